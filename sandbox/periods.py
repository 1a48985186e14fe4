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


def period_count(kind, year):
    """Return how many periods of this kind the year has."""
    return {MONTH: 12, FOUR_WEEKS: 13, WEEK: weeks_in(year)}[kind]


def period_bounds(kind, year, number):
    """Return the first and last day of a period."""
    if kind == MONTH:
        last = calendar.monthrange(year, number)[1]
        return datetime.date(year, number, 1), datetime.date(year, number, last)
    if kind == WEEK:
        first_week = last_week = number
    else:
        first_week, last_week = number * 4 - 3, number * 4
        if number == 13:
            last_week = weeks_in(year)
    return (
        datetime.date.fromisocalendar(year, first_week, 1),
        datetime.date.fromisocalendar(year, last_week, 7),
    )
