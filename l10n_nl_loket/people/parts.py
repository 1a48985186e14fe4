# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A night part by part, so that not everybody is held at once.

Of most employments a night finds that they stay as they are; of these only a few facts
are of use once they are planned. So employments are planned in parts that can't concern
each other, and what stays as it is is forgotten before the next part is read. What is
counted over all is counted before anything is written. The plan is the one that
``night.plan_night`` makes of all at once, which is right by definition; where somebody
is missing, so that more is to be weighed, it is asked.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from ..gateway.records import Employment, Employments, Part, UnknownWord
from .limits import kinds_to_hold, lacking_parts, missing_rows
from .names import number_key
from .night import plan_rows, words_of
from .plan import Known, Plan, RowPlan
from .quiet import Staying

_ORDER = ("unreadable", "new", "known")
"""The kinds of plans, as ``night.plan_night`` has them; each is in Loket's order."""


class Ties:
    """Which employments of a connection may concern each other.

    Whatever decides on one of them looks at others of the connection by one of these
    alone, as Odoo has it or as Loket tells it now: the personnel number (whose it is,
    ``one_person.clashing_with``), the payroll number (who had it last,
    ``identity.other_people``), and the employee, whom Loket does not tell (links and
    who told before, so name, address, contracts and wrong links; and each brake counts
    employees). Employments elsewhere are found by the same.

    :param refs: the references of those that Loket gives, in its order
    """

    def __init__(self, refs: Iterable[str]):
        self.places = {ref: place for place, ref in enumerate(refs)}
        """Reference -> where it stands in Loket's order; others come last."""
        self._head = array("l", range(len(self.places)))
        """Of each one that it is tied to and comes earlier; of the first, itself."""
        self._first: tuple[dict[str | int, int], ...] = ({}, {}, {})

    def add(
        self,
        ref: str,
        number: str | None,
        payroll_number: int | None,
        employee_id: int | None = None,
    ) -> None:
        """Tie an employment to those that have one of these too."""
        place = self.places.setdefault(ref, len(self._head))
        if place == len(self._head):
            self._head.append(place)
        keys = (number_key(number), payroll_number, employee_id)
        for first, key in zip(self._first, keys, strict=True):
            if key:
                one = self._head_of(first.setdefault(key, place))
                other = self._head_of(place)
                self._head[max(one, other)] = min(one, other)

    def _head_of(self, place: int) -> int:
        head = self._head
        while head[place] != place:
            head[place] = head[head[place]]
            place = head[place]
        return place

    def parts(self, size: int) -> list[list[str]]:
        """The references in parts of about this size; none is tied to another's.

        Nothing more can be tied after it: what that takes of memory is given back.
        """
        for first in self._first:
            first.clear()
        parts: list[list[str]] = [[]]
        part_of: list[list[str]] = []
        for place, ref in enumerate(self.places):
            head = self._head_of(place)
            if head == place and len(parts[-1]) >= size:
                parts.append([])
            part_of.append(parts[-1] if head == place else part_of[head])
            part_of[place].append(ref)
        return parts


def plan_parts(
    parts: Sequence[Collection[str]],
    places: Mapping[str, int],
    read: Callable[[Collection[str]], tuple[Known, Employments]],
    limit: int,
    today: date,
    beyond: Collection[int] = (),
) -> tuple[Plan, Staying] | None:
    """What Loket's answer changes, as ``night.plan_night`` plans it.

    :param parts: the references of employments (see ``Ties``)
    :param places: reference -> where it stands in Loket's order
    :param read: what Odoo knows, and what Loket gives, of a part; nobody lets pass what
        waits on these
    :param limit: as of ``night.plan_night``
    :param today: what the next nights rest on are days after it
    :param beyond: ids of rows that are planned, though all stays as it is
    :return: the plan, less those on whom all stays as it is, and what the next nights
        rest on; None: somebody is missing, or it is not clear who
    """
    held: frozenset[str] = frozenset()
    while True:
        found, people = _Found(places, today), 0
        for refs in parts:
            known, answer = read(refs)
            unread = {problem.ref for problem in answer.problems}
            if missing_rows(known.rows, answer) or not unread <= set(refs):
                return None
            plans = plan_rows(known, answer, held=held)
            found.add(known, answer.records, plans, beyond)
            people += known.people  # no employee is in two parts
        if held:
            break
        # Of any part: which fields keep a name is the same for all.
        held = kinds_to_hold(found.moving, known, people, limit)
        if not held:
            break
    return found.plan(limit), found.stays


class _Found:
    """What is planned by now, of the parts that were.

    :param places, today: as of ``plan_parts``
    """

    def __init__(self, places: Mapping[str, int], today: date):
        self._places = places
        self.stays = Staying(today)
        """What the next nights rest on."""
        self.moving: list[RowPlan] = []
        """Whatever is more than still. Brakes count changes, so these are enough."""
        self._still = 0
        self._knows: Counter[Part] = Counter()
        """How many of those who are still had each part before."""
        self._words: dict[UnknownWord, tuple[int, int, str]] = {}
        """Where each stands first, and of whom that is."""

    def add(
        self,
        known: Known,
        records: Collection[Employment],
        plans: Iterable[RowPlan],
        beyond: Collection[int],
    ) -> None:
        """Add the plans of a part; of those on whom all stays as it is, what counts."""
        moved = set()
        for plan in plans:
            if plan.is_still and plan.row and plan.row.id not in beyond:
                self._still += 1
                self._knows.update(plan.knows)
            else:
                self.moving.append(plan)
                moved |= {plan.row.id} if plan.row else set()
        for record in records:
            for index, word in enumerate(words_of(record)):
                place = self._places[record.employment_ref]
                here = (place, index, record.person.display_name)
                self._words[word] = min(self._words.get(word, here), here)
        self.stays.add(known, records, moved)

    def plan(self, limit: int) -> Plan:
        """The plan of all parts, in the order of ``night.plan_night``."""
        rows = tuple(sorted(self.moving, key=self._order))
        words = sorted(self._words.items(), key=lambda item: item[1])
        return Plan(
            rows=rows,
            still=self._still,
            lacking=lacking_parts(rows, limit, self._knows),
            unknown_words={word: name for word, (_place, _index, name) in words},
        )

    def _order(self, plan: RowPlan) -> tuple[int, int]:
        ref = plan.row.employment_ref if plan.row else plan.ref
        ref = ref or str(plan.vals["employment_ref"])
        return _ORDER.index(plan.kind), self._places[ref]
