# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the user's filter settings and the faults leave to be seen."""

import datetime


def visible_employments(server, employer, path=""):
    """Return the (employee, employment) pairs that the user may see now."""
    settings = effective_settings(server, employer)
    pairs = [pair for pair in employer.employments() if _passes(pair[1], settings)]
    return without_vanished(server, pairs, path)


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


def effective_activities(server, employer):
    """Return the names of the activities that the user may carry out."""
    if fault := server.faults.take("missing_activity"):
        gone = fault.value or "GetActualWagesByEmployerId"
        return [name for name in employer.activities if name != gone]
    return employer.activities


def _passes(employment, settings):
    administrations = {item["key"] for item in settings["filterOnAdministrations"]}
    if administrations and employment.administration.id not in administrations:
        return False
    departments = {item["key"] for item in settings["filterOnDepartments"]}
    if departments and employment.department.id not in departments:
        return False
    on_call = settings["filterOnOnCallEmployment"]
    if on_call is not None and employment.on_call != on_call:
        return False
    today = datetime.date.today()
    ended = employment.end_date is not None and employment.end_date < today
    future = employment.start_date > today
    status = settings["filterOnEmployedStatus"]
    if ended and status in ("ActiveEmployments", "ActiveAndFutureEmployments"):
        return False
    return not (
        future and status in ("ActiveEmployments", "ActiveAndHistoricEmployments")
    )
