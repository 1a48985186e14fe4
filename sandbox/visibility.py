# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the user's filter settings, the modules and the faults leave to be seen."""

import datetime

from .data import JOURNALS

# module (product) -> activities that need it
MODULES = {
    JOURNALS: (
        "GetJournalProfilesByPayrollAdministrationId",
        "GetCostCentersAtPayrollAdministrationLevelByJournalProfileId",
    )
}


def visible_employments(server, employer, path=""):
    """Return the (employee, employment) pairs that the user may see now."""
    settings = effective_settings(server, employer)
    pairs = server.index.visible(employer, settings, datetime.date.today())
    return without_vanished(server, pairs, path)


def actual_employments(server, employer, path, day, kind):
    """Return the visible pairs with a row in the actual list ``kind`` on a day."""
    settings = effective_settings(server, employer)
    today = datetime.date.today()
    pairs = server.index.actual(employer, settings, today, day, kind)
    if not server.faults.is_on("vanished_employees", path):
        return pairs
    left = {job.id for _person, job in visible_employments(server, employer, path)}
    return [pair for pair in pairs if pair[1].id in left]


def listed_people(server, employer, path):
    """Return the employees that the list of employees shows now."""
    people = server.index.people(employer)
    if not server.faults.is_on("vanished_employees", path):
        return people
    left = {person.id for person, _job in visible_employments(server, employer, path)}
    return [person for person in people if person.id in left]


def without_vanished(server, pairs, path):
    """Return the pairs that the fault vanished_employees leaves."""
    if fault := server.faults.take("vanished_employees", path):
        keep = len(pairs) - len(pairs) * int(fault.value or 50) // 100
        pairs = pairs[:keep]
    return pairs


def effective_settings(server, employer):
    """Return the filter settings; the fault hiding_filter overrides the status."""
    if server.faults.take("hiding_filter"):
        return {
            **employer.filter_settings,
            "filterOnEmployedStatus": "ActiveEmployments",
        }
    return employer.filter_settings


def missing_module(employer, activity):
    """Return the module that an activity needs and the employer has not, or None."""
    for number, activities in MODULES.items():
        if activity in activities and number not in employer.modules:
            return number
    return None


def effective_activities(server, employer):
    """Return the names of the activities that the user may carry out.

    The rights of the user and the modules of the employer decide, together.
    """
    names = [name for name in employer.activities if not missing_module(employer, name)]
    if fault := server.faults.take("missing_activity"):
        gone = fault.value or "GetActualWagesByEmployerId"
        return [name for name in names if name != gone]
    return names


def passes(employment, settings, today):
    """Return whether filter settings let an employment be seen."""
    administrations = {item["key"] for item in settings["filterOnAdministrations"]}
    if administrations and employment.administration.id not in administrations:
        return False
    departments = {item["key"] for item in settings["filterOnDepartments"]}
    if departments and employment.department.id not in departments:
        return False
    on_call = settings["filterOnOnCallEmployment"]
    if on_call is not None and employment.on_call != on_call:
        return False
    ended = employment.end_date is not None and employment.end_date < today
    future = employment.start_date > today
    status = settings["filterOnEmployedStatus"]
    if ended and status in ("ActiveEmployments", "ActiveAndFutureEmployments"):
        return False
    return not (
        future and status in ("ActiveEmployments", "ActiveAndHistoricEmployments")
    )
