# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which company a worked day is, and which wage components count it.

A day is of the company of the version of that day, as it is of the department of that
version. Of several components with one code, the nearest to that company counts it: a
day is in each cell once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .bookings import Rules, Source


@dataclass(frozen=True, slots=True)
class DayComponent:
    """A wage component that counts days.

    :param company: whose it is
    :param number: the component of Loket that it goes to; None where the code is none
    """

    source: Source
    company: int
    number: int | None


def twins(components: Iterable[DayComponent]) -> dict[Source, Source]:
    """Of those of one company that have one code: by which the days are counted.

    Both would count the same days into the same cell.

    :return: {the source that leaves them: the first one, that counts them}
    """
    first: dict[tuple[int, int], Source] = {}
    left = {}
    for one in sorted(components, key=lambda one: one.source.id):
        if one.number is None:
            continue
        counting = first.setdefault((one.company, one.number), one.source)
        if counting != one.source:
            left[one.source] = counting
    return left


def whose_days(
    components: Sequence[DayComponent], paths: Mapping[int, Sequence[int]], root: int
) -> dict[Source, frozenset[int]]:
    """Of which companies each component counts the days, where these are not all.

    One of a branch counts those of the branch, and of what is below it. One of the
    company of the connection counts those of everybody who is paid here. Of these, a
    component leaves to another with its code what that one is nearer to.

    :param paths: {company: the ids from the highest company down to this one itself}
    :param root: the company of the connection
    """
    leaving = twins(components)

    def is_of(company: int, owner: int) -> bool:
        return owner == root or owner in paths[company]

    def is_nearer(other: DayComponent, one: DayComponent) -> bool:
        is_below = other.company != one.company and one.company in paths[other.company]
        return is_below and other.number == one.number

    result = {}
    for one in components:
        nearer = [other.company for other in components if is_nearer(other, one)]
        whose = frozenset(
            company
            for company in paths
            if one.source not in leaving
            and is_of(company, one.company)
            and not any(is_of(company, other) for other in nearer)
        )
        if len(whose) < len(paths):
            result[one.source] = whose
    return result


# === WHERE THE FACTS DO NOT TELL === #


@dataclass(frozen=True, slots=True)
class Version:
    """What a version of somebody tells of the company, and what speaks against it.

    :param start: its first day
    :param company: by which its days are counted
    :param was: the company before, where that was changed without a new version
    :param changed_on: the day of that
    :param other: another company that its department, or Odoo, has for it
    """

    employee: int
    start: date
    company: int
    was: int | None = None
    changed_on: date | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whose days may be of another company than that by which they are counted.

    :param reason: ``company``, which was changed in place, or ``company_differs`` where
        two facts contradict
    :param start: the first day of the version
    :param other: the other company
    """

    reason: str
    employee: int
    start: date
    company: int
    other: int


def doubts(versions: Iterable[Version], rules: Rules) -> Iterator[Doubt]:
    """Of whom a component of this link may count days of another company, or miss some.

    :param versions: those that hold for days of the file, or were changed since the
        last one
    """
    for version in versions:
        jobs = rules.jobs.get(version.employee, ())
        if not any(job.connection == rules.connection for job in jobs):
            continue
        # What was changed before its first day moved nothing. Else whoever was there
        # before may have been in a third company before that: it is told in any case.
        if version.was and version.changed_on and version.start < version.changed_on:
            yield _doubt("company", version, version.was)
        if version.other and rules.tells_apart(version.company, version.other):
            yield _doubt("company_differs", version, version.other)


def _doubt(reason: str, version: Version, other: int) -> Doubt:
    return Doubt(reason, version.employee, version.start, version.company, other)


@dataclass(frozen=True, slots=True)
class Kept:
    """The company of a version, and which it was before it was changed in place.

    :param changed_on: when it was changed
    """

    company: int
    was: int | None = None
    changed_on: datetime | None = None


def moved(kept: Kept, company: int, now: datetime, is_meant: bool) -> Kept:
    """What a version keeps whose company becomes another.

    :param is_meant: whether all its days are, without a doubt: it was made for this, or
        chosen though it is not the one of today
    """
    if company == kept.company:
        return kept
    return Kept(company) if is_meant else Kept(company, kept.company, now)
