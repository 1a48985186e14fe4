# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which company a worked day is, and which wage components count it.

A day is of the company of the version of that day, as it is of the department of that
version. Of several components with one code, the nearest to that company counts it: a
day is in each cell once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..payroll_file import periods
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
    """What Odoo has of a version of somebody; companies are ids.

    :param start: its first day
    :param company: by which its days are counted
    :param of_department: the one of its department; None: that is of no company
    :param in_odoo: what Odoo has for it, which may have been set by itself
    :param today: what the employee is in today
    :param was: the one before, where it was changed without a new version
    :param changed_on: when that was done, in UTC
    :param is_archived: whether its days are of the version before it, or of the first
    """

    employee: int
    start: date
    company: int
    of_department: int | None
    in_odoo: int | None
    today: int
    was: int | None = None
    changed_on: datetime | None = None
    is_archived: bool = False


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


def doubts(
    versions: Iterable[Version],
    rules: Rules,
    paths: Mapping[int, Sequence[int]],
    period: periods.Period,
    since: datetime,
) -> Iterator[Doubt]:
    """Of whom a component of this link may count days of another company, or miss some.

    :param versions: all of each employee
    :param paths: as of ``whose_days``
    :param period: of the file
    :param since: since when a change is news to the file, in UTC
    """
    by_employee = defaultdict(list)
    for version in versions:
        jobs = rules.jobs.get(version.employee, ())
        if any(job.connection == rules.connection for job in jobs):
            by_employee[version.employee].append(version)
    for both in by_employee.values():
        both.sort(key=lambda version: version.start)
        its = [version for version in both if not version.is_archived]
        if not its:
            continue
        yield from _archived_before(its[0], both, rules, period)
        # What was worked before the first version is counted as of that one.
        starts = [date.min, *(version.start for version in its[1:])]
        ends = [*(start - timedelta(days=1) for start in starts[1:]), date.max]
        for version, start, end in zip(its, starts, ends, strict=True):
            if start > period.end:
                break
            # Whoever was there before may have been in a third company before that: it
            # is told, whichever components count.
            if version.was and _moved_days(version, since):
                yield _doubt("company", version, version.was)
            first, last = max(start, period.start), min(end, period.end)
            if not _may_pay(version.employee, first, last, rules):
                continue
            for other in _contradicting(version, its[-1], paths):
                if rules.tells_apart(version.company, other):
                    yield _doubt("company_differs", version, other)
                    break


def _archived_before(
    version: Version, both: Iterable[Version], rules: Rules, period: periods.Period
) -> Iterator[Doubt]:
    """Days that an archived version had, and that count as of the first one now.

    :param version: the first one that is not archived
    :param both: those that are archived among them
    """
    last = min(version.start - timedelta(days=1), period.end)
    for one in both:
        first = max(one.start, period.start)
        apart = rules.tells_apart(version.company, one.company)
        if apart and _may_pay(one.employee, first, last, rules):
            yield Doubt(
                "company_differs", one.employee, first, version.company, one.company
            )
            return


def _may_pay(employee: int, first: date, last: date, rules: Rules) -> bool:
    """Whether this link may pay a day of somebody from ``first`` to ``last``."""
    return first <= last and any(
        job.connection == rules.connection and job.covers_any(first, last)
        for job in rules.jobs[employee]
    )


def _moved_days(version: Version, since: datetime) -> bool:
    """Whether the company was changed since then, and after the first day."""
    changed_on = version.changed_on
    return bool(
        changed_on and changed_on >= since and changed_on.date() > version.start
    )


def _contradicting(
    version: Version, last: Version, paths: Mapping[int, Sequence[int]]
) -> list[int]:
    """Other companies that Odoo has for the days of a version.

    A branch may use the departments of the companies above it: of these, only one that
    somebody left speaks against it.

    :param last: of the same employee
    """
    facts = []
    is_above = version.of_department in paths[version.company]
    if not is_above or version.of_department != last.of_department:
        facts.append(version.of_department)
    if version.in_odoo != version.today:  # then it was chosen for this version
        facts.append(version.in_odoo)
    if version is last:
        facts.append(version.today)
    return [fact for fact in facts if fact and fact != version.company]


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
