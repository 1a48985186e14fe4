# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How finely bookings must be told apart, so that their sums land as they would.

A database adds up a million lines faster than they can be looked at one by one. What
the rules say of a line depends on its day only where something begins or ends: an
employment, a shift, a department, a company, the days of another file. Between two such
days all lines of a person and source go the same way, and so does their sum.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from .bookings import Rules


@dataclass(frozen=True)
class Grain:
    """What is not added up with each other.

    :param cuts: days from which something is otherwise for everybody, in order
    :param own: the same of one employee; those of everybody too
    :param projects: those that decide which employment pays; all others are alike
    :param apart: employees whose bookings stay each by itself
    """

    cuts: tuple[date, ...] = ()
    own: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    projects: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


def grain(
    rules: Rules,
    first: date,
    last: date,
    common: Iterable[date] = (),
    apart: Collection[int] = (),
) -> Grain:
    """What the rules tell apart, of what is booked from ``first`` to ``last``.

    :param common: days from which something is otherwise for everybody
    :param apart: employees of whom it matters which of two bookings comes first
    """

    def within(days: Iterable[date]) -> set[date]:
        # Whatever begins on the first day, or before it, holds for all of them.
        return {day for day in days if first < day <= last}

    cuts = within(common)
    own: dict[int, set[date]] = defaultdict(set)
    projects: set[int] = set()
    for jobs_of in (rules.jobs, rules.undecided):
        for employee, jobs in jobs_of.items():
            for job in jobs:
                projects |= job.projects
                if days := within(job.turns()) - cuts:
                    own[employee] |= days
    # Where somebody was decides only where the file, or a component, tells it.
    histories = [rules.history] if rules.with_unit else []
    histories += [rules.companies] if rules.counted else []
    for history in histories:
        for employee, day in history.moves():
            if within([day]) - cuts:
                own[employee].add(day)
    return Grain(
        cuts=tuple(sorted(cuts)),
        own={
            employee: tuple(sorted(days | cuts))
            for employee, days in own.items()
            if employee not in apart
        },
        projects=frozenset(projects),
        apart=frozenset(apart),
    )
