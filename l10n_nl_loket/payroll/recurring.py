# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""On which day of a period that is booked which recurs, or why it is not."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .jobs import Job, active_job

#: Why nothing is booked: no employment runs, another link pays, or the file of another
#: period has the days.
Reason = Literal["left", "elsewhere", "other_file"]


@dataclass(frozen=True, slots=True)
class Employed:
    """When somebody works here, as Loket and Odoo tell it.

    :param connection: the link that asks
    :param jobs: at all links; empty: the person is linked to no employment
    :param contracts: first and last day of each contract in Odoo; empty: none is known
    :param is_archived: whether the person is former in Odoo
    """

    connection: int
    jobs: Collection[Job] = ()
    contracts: Collection[tuple[date, date | None]] = ()
    is_archived: bool = False

    def on(self, day: date) -> Literal["here", "elsewhere"] | None:
        """Who pays the day; None when no employment runs, or no contract."""
        if self.contracts and not any(
            start <= day and (end is None or day <= end)
            for start, end in self.contracts
        ):
            return None
        if not self.jobs:
            return None if self.is_archived else "here"
        job = active_job(self.jobs, day, 0)
        if job is None:
            return None
        return "here" if job.connection == self.connection else "elsewhere"

    def is_whole(self, first: date, last: date) -> bool:
        """Whether each of some days is paid, here or elsewhere.

        A gap begins on the first of them, or after the end of a job or contract.
        """
        ends = [job.end for job in self.jobs]
        ends += [end for _start, end in self.contracts]
        begins = [end + timedelta(1) for end in ends if end and first <= end < last]
        return all(self.on(day) for day in (first, *begins))


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of something that recurs, in one period.

    :param day: on which it is booked; None: it is not
    :param reason: why it is not
    :param is_part: whether the person works here for a part of these days only
    """

    day: date | None
    reason: Reason | None = None
    is_part: bool = False


def turn(
    first: date, last: date, employed: Employed, is_of_file: Callable[[date], bool]
) -> Turn:
    """On the first day that the person works here, whole, however few days it is.

    :param first: of the days of the period that it is for
    :param last: of these days
    :param is_of_file: whether a day is of the file of this period
    """
    reasons = set[Reason]()
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        where = employed.on(day)
        if where != "here":
            reasons.add("elsewhere" if where else "left")
        elif is_of_file(day):
            return Turn(day, is_part=not employed.is_whole(first, last))
        else:
            reasons.add("other_file")
    order: tuple[Reason, ...] = ("other_file", "elsewhere", "left")
    return Turn(None, next(reason for reason in order if reason in reasons))
