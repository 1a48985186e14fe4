# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The employments at Loket, and which of them pays what is booked on a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Job:
    """One employment at Loket; an empty start or end means: without limit.

    :param connection: the link with Loket that it came through
    :param in_loket: whether Loket still gives it; who left keeps number and dates
    :param gone_since: the first day that Loket no longer gave it, where that is known
    :param is_chosen: whether a person said that of two at once this one gets the hours
    :param projects: whose hours a person said go to this one
    :param number_waits: whether it is not known whose payroll number it is
    :param id: of the employment in Odoo; 0 where nobody needs it
    :param salaried: whether Loket pays a fixed salary, so works out the hours itself
    :param shifts: the first day and number of each shift, in order, where it changed;
        empty: ``shift`` is all that is known
    :param salaried_hours: what becomes of its normal hours then; None: as the link says
    """

    connection: int
    start: date | None
    end: date | None
    payroll_number: int | None
    shift: int | None
    in_loket: bool = True
    number_waits: bool = False
    id: int = 0
    gone_since: date | None = None
    salaried: bool = False
    salaried_hours: Literal["send", "leave_out"] | None = None
    is_chosen: bool = False
    projects: frozenset[int] = frozenset()
    shifts: tuple[tuple[date, int], ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether its days are known: Loket gives it, or told its end before."""
        return self.in_loket or self.end is not None

    def is_in_doubt(self, day: date) -> bool:
        """Whether Loket may have ended it before the day, without telling when."""
        if self.in_loket or self.end or not self.gone_since:
            return False
        return day > self.gone_since

    def shift_on(self, day: date) -> int | None:
        """The shift of a day; before the first one that is known: that one.

        :return: None where it has none of its own
        """
        if not self.shifts:
            return self.shift
        index = bisect_right(self.shifts, day, key=lambda entry: entry[0])
        return self.shifts[max(index - 1, 0)][1] or None

    def turns(self) -> Iterator[date]:
        """The days on which any answer about it may be another than the day before."""
        if self.start:
            yield self.start
        for last in (self.end, self.gone_since):
            if last and last < date.max:
                yield last + timedelta(days=1)
        for first, _shift in self.shifts:
            yield first

    def covers(self, day: date) -> bool:
        """Whether the employment runs on that day; its first and last day too."""
        return self.covers_any(day, day)

    def covers_any(self, first: date, last: date) -> bool:
        """Whether the employment runs on any day from ``first`` to ``last``."""
        return (not self.start or self.start <= last) and (
            not self.end or self.end >= first
        )


def active_job(jobs: Iterable[Job], day: date, project: int) -> Job | None:
    """The employment that pays this day; of two, the one that somebody chose.

    For hours on a project, or in general; where nobody chose, the one that Loket gives
    now, and of two of these the one that started last. One that Loket no longer gives,
    and whose end it never told, comes last, chosen or not. Each link makes the same
    choice, so that no hour is paid twice.

    :param jobs: of one person, at all links
    :param project: of what is booked; 0 when it has none
    :return: None when no employment runs on the day
    """
    return max(
        (job for job in jobs if job.covers(day)),
        key=lambda job: (
            job.is_certain,
            project in job.projects,
            job.is_chosen,
            job.in_loket,
            job.start or date.min,
            job.connection,
            job.payroll_number or 0,
            job.id,
        ),
        default=None,
    )


def rivals(jobs: Iterable[Job], day: date) -> tuple[int, ...]:
    """The employments of which one has to be chosen: two or more that run at once.

    Also one that ended and that Loket no longer gives: its last days were its own.

    :param jobs: of one person, at all links
    :return: their ids, in order; empty when there is nothing to choose
    """
    running = sorted(job.id for job in jobs if job.is_certain and job.covers(day))
    return tuple(running) if len(running) > 1 else ()
