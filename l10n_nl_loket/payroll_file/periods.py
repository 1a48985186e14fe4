# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods as they are computed: calendar months, four weeks or a week of the ISO year.

Only where Loket gives no dates of its own: see ``payroll_calendar``.

A year of four-week periods has thirteen; the last takes week 53 where the year has
one. Loket numbers periods from 1 (month 1-12, four weeks 1-13, week 1-53).
"""

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PeriodType = Literal["month", "four_weeks", "week"]

_MONTHS = 12
_FOUR_WEEKS = 13


@dataclass(frozen=True, slots=True)
class Period:
    """A payroll period: its year and number at Loket, its first and last day.

    :param is_approved: whether Loket has approved a payroll run of it
    :param is_computed: whether the dates are ours, since Loket gives none
    """

    year: int
    number: int
    start: date
    end: date
    is_approved: bool = field(default=False, compare=False)
    is_computed: bool = field(default=False, compare=False)


def count(period_type: PeriodType, year: int) -> int:
    """How many periods the payroll year has.

    :param year: of the ISO calendar, but for months
    :raise ValueError: there is no such kind of period
    """
    match period_type:
        case "month":
            return _MONTHS
        case "four_weeks":
            return _FOUR_WEEKS
        case "week":
            return _weeks(year)
    raise ValueError(f"unknown period type {period_type!r}")


def bounds(period_type: PeriodType, year: int, number: int) -> tuple[date, date]:
    """First and last day of a period.

    :raise ValueError: the year has no such period
    """
    last = count(period_type, year)
    if not 1 <= number <= last:
        raise ValueError(f"{year} has periods 1 to {last}, not {number}")
    if period_type == "month":
        days = calendar.monthrange(year, number)[1]
        return date(year, number, 1), date(year, number, days)
    if period_type == "week":
        first_week = last_week = number
    else:
        first_week = 4 * number - 3
        last_week = _weeks(year) if number == _FOUR_WEEKS else 4 * number
    return (
        date.fromisocalendar(year, first_week, 1),
        date.fromisocalendar(year, last_week, 7),
    )


def _weeks(year: int) -> int:
    """52 or 53; the 28th of December is always in the last ISO week."""
    return date(year, 12, 28).isocalendar().week
