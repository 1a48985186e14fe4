# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payroll periods as Loket numbers them; written apart from the addon on purpose."""

import calendar
import datetime

MONTH, FOUR_WEEKS, WEEK = 1, 3, 4  # keys of payrollPeriodType
PERIOD_NAMES = {MONTH: "Maand", FOUR_WEEKS: "4 weken", WEEK: "Week"}


def weeks_in(year):
    """Return the number of ISO weeks of a year: 52 or 53."""
    return datetime.date(year, 12, 28).isocalendar().week


def period_count(kind, year, fourteenth=False):
    """Return how many periods of this kind the year has.

    With ``fourteenth`` week 53 is a four-weekly period of its own.
    """
    if kind == FOUR_WEEKS:
        return 14 if fourteenth and weeks_in(year) == 53 else 13
    return {MONTH: 12, WEEK: weeks_in(year)}[kind]


def period_bounds(kind, year, number, first_day=1, fourteenth=False):
    """Return the first and last day of a period.

    Months run from ``first_day`` of the month before, or are calendar months (1).
    """
    if kind == MONTH:
        return _month(year, number, first_day)
    if kind == WEEK:
        first_week = last_week = number
    else:
        first_week, last_week = number * 4 - 3, min(number * 4, weeks_in(year))
        if number == 13 and not fourteenth:
            last_week = weeks_in(year)
    return (
        datetime.date.fromisocalendar(year, first_week, 1),
        datetime.date.fromisocalendar(year, last_week, 7),
    )


def _month(year, number, first_day):
    if first_day == 1:
        last = calendar.monthrange(year, number)[1]
        return datetime.date(year, number, 1), datetime.date(year, number, last)
    start_year, start_month = (year, number - 1) if number > 1 else (year - 1, 12)
    return (
        datetime.date(start_year, start_month, first_day),
        datetime.date(year, number, first_day - 1),
    )
