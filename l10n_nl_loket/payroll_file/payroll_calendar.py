# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The payroll periods of an administration, as Loket dates them.

A fourteenth period of four weeks, months from the 21st to the 20th: what Loket gives
is what counts. Of a year of which it gives nothing the dates are computed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from .periods import Period, PeriodType, bounds, count

_DAY = timedelta(days=1)


class PayrollCalendar:
    """Answers what a period is, and which ones lie where.

    A year of which Loket gives any period has those and no others.

    :param period_type: of the years that are computed; None: none can be
    :param given: the periods that Loket gives, in any order
    """

    def __init__(self, period_type: PeriodType | None, given: Iterable[Period]):
        self._type = period_type
        years: dict[int, dict[int, Period]] = defaultdict(dict)
        for period in given:
            years[period.year][period.number] = period
        self._given = {
            year: [numbered[number] for number in sorted(numbered)]
            for year, numbered in years.items()
        }

    @property
    def years(self) -> list[int]:
        """The payroll years of which Loket gives periods, in order."""
        return sorted(self._given)

    def of_year(self, year: int) -> list[Period]:
        """All periods of a payroll year, in order."""
        return self._given.get(year) or self._computed(year)

    def period(self, year: int, number: int) -> Period | None:
        """The period of that number; None when the year has no such period."""
        of_year = self.of_year(year)
        return next((period for period in of_year if period.number == number), None)

    def between(self, first: date, last: date) -> list[Period]:
        """The periods with a day from ``first`` to ``last``, in order."""
        return [
            period
            # a payroll year begins and ends within weeks of that of the calendar
            for year in range(first.year - 1, last.year + 2)
            for period in self.of_year(year)
            if period.start <= last and first <= period.end
        ]

    def last_full(self, today: date) -> Period | None:
        """The last period that was over before today; None when there is none."""
        over = [
            period
            for year in range(today.year - 1, today.year + 2)
            for period in self.of_year(year)
            if period.end < today
        ]
        return max(over, key=lambda period: period.end, default=None)

    def before(self, period: Period) -> Period | None:
        """The period before this one, as Loket counts; None when there is none."""
        earlier = [
            *self.of_year(period.year - 1),
            *(p for p in self.of_year(period.year) if p.number < period.number),
        ]
        return earlier[-1] if earlier else None

    def breaks(self) -> list[tuple[Period, Period]]:
        """Neighbours among Loket's periods of which the second does not follow at once.

        The days between them are in no period, or those of both are in two.
        """
        given = [period for year in self.years for period in self._given[year]]
        return [
            (one, following)
            for one, following in pairwise(given)
            if following.start != one.end + _DAY
            # of years that Loket leaves out between them nothing is known
            and following.year - one.year <= 1
        ]

    def _computed(self, year: int) -> list[Period]:
        """By the calendar; beside a year that Loket dates it joins up with that one."""
        if not self._type:
            return []
        periods = [
            Period(year, number, *bounds(self._type, year, number), is_computed=True)
            for number in range(1, count(self._type, year) + 1)
        ]
        if year - 1 in self._given:
            start = self._given[year - 1][-1].end + _DAY
            if start <= periods[0].end:
                periods[0] = replace(periods[0], start=start)
        if year + 1 in self._given:
            end = self._given[year + 1][0].start - _DAY
            if end >= periods[-1].start:
                periods[-1] = replace(periods[-1], end=end)
        return periods
