# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Events that are about periods, components, and how hours are paid."""

import datetime

from .data import APPROVED, JOURNALS, REMOVED
from .event_registry import event, somebody
from .events_people import _from_day
from .periods import FOUR_WEEKS, MONTH


@event("four-weekly administrations have week 53 as a fourteenth period")
def fourteenth_period(company, changes, _value):
    for office in _offices(company):
        if office.period_type == FOUR_WEEKS:
            changes.set(office, fourteenth=True)


@event("months run from day VALUE (default 21) of the month before")
def months_from_day(company, changes, value):
    for office in _offices(company):
        if office.period_type == MONTH:
            changes.set(office, first_day=int(value or 21))


@event("period VALUE (YYYYPP) is approved; default: all that have ended")
def approved_period(company, changes, value):
    today = datetime.date.today()
    for office in _offices(company):
        periods = [int(value)] if value else [
            year * 100 + number
            for year in office.period_years()
            for number in range(1, office.period_count(year) + 1)
            if office.period_bounds(year, number)[1] < today
        ]  # fmt: skip
        runs = {period: [*office.runs.get(period, ()), APPROVED] for period in periods}
        changes.set(office, runs={**office.runs, **runs})


@event("period and status of VALUE (YYYYPP:KEY of payrollStatus, default approved now)")
def payroll_status(company, changes, value):
    for office in _offices(company):
        period, _colon, key = (value or f"{_current(office)}:6").partition(":")
        statuses = {**office.payroll_status, int(period): int(key)}
        changes.set(office, payroll_status=statuses)


@event("the approved runs of period VALUE (YYYYPP; default: all) are undone")
def undone_run(company, changes, value):
    for office in _offices(company):
        runs = {
            period: [
                REMOVED if key == APPROVED else key
                for key in office.runs.get(period, [APPROVED])
            ]
            for period in _approved(office, value)
        }
        changes.set(office, runs={**office.runs, **runs})


@event("the approved runs of period VALUE (YYYYPP; default: all) are approved anew now")
def approved_anew(company, changes, value):
    now = datetime.datetime.now(datetime.timezone.utc)
    for office in _offices(company):
        anew = dict.fromkeys(_approved(office, value), f"{now:%Y-%m-%dT%H:%M:%SZ}")
        changes.set(office, approved_at={**office.approved_at, **anew})


def _approved(office, value):
    """Return the period that is named, or those with an approved run."""
    if value:
        return [int(value)]
    approved = [period for period in office.runs if office.is_approved(period)]
    return approved or [_current(office)]


@event("payslips are for employees to see from VALUE (yyyy-mm-dd; default: no date)")
def payslips_from(company, changes, value):
    day = datetime.date.fromisoformat(value) if value else None
    for office in _offices(company):
        changes.set(office, available_on=dict.fromkeys(office.period_ids(), day))


@event("year VALUE (default this year) is a test year")
def test_year(company, changes, value):
    year = int(value or datetime.date.today().year)
    for office in _offices(company):
        changes.set(office, test_years=[*office.test_years, year])


@event("there are year-end statements of VALUE (default last year)")
def year_end(company, changes, value):
    year = int(value or datetime.date.today().year - 1)
    for office in _offices(company):
        changes.set(office, year_ends=[*office.year_ends, year])


@event("component VALUE (default 1) is closed to collective mutations")
def closed_component(company, changes, value):
    for office in _offices(company):
        for component in office.components:
            if component.key == int(value or 1):
                changes.set(component, collective=False)


@event("the administrations have year VALUE (default this year) only")
def only_year(company, changes, value):
    for office in _offices(company):
        changes.set(office, years=[int(value or datetime.date.today().year)])


@event("the list of components is empty")
def no_components(company, changes, _value):
    for office in _offices(company):
        changes.set(office, components=[], components_by_year={})


@event("the employers do not have module 940 (journal profiles, cost centers)")
def no_journals(company, changes, _value):
    for employer in company.employers:
        changes.set(employer, modules=employer.modules - {JOURNALS})


@event("no distribution units (null for each employment: the contract is silent)")
def no_distribution_units(company, changes, _value):
    for employer in company.employers:
        changes.set(employer, distribution_units=[])
        for person in employer.employees:
            for job in person.employments:
                changes.set(job, distribution_unit=None)


@event("employee VALUE (default 108) is on call: no hours are worked out by Loket")
def on_call(company, changes, value):
    for job in somebody(company, value)[1].employments:
        changes.set(job, on_call=True, calculates_hours=False)


@event("employee VALUE (default 108) is in shift 2 from the first of this month")
def other_shift(company, changes, value):
    first = datetime.date.today().replace(day=1)
    for job in somebody(company, value)[1].employments:
        _from_day(changes, job, first, shift=2)


def _current(office):
    today = datetime.date.today()
    return next(
        period
        for period in office.period_ids()
        if office.period_bounds(*divmod(period, 100))[1] >= today
    )


def _offices(company):
    return [office for item in company.employers for office in item.administrations]
