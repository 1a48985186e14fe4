# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lists of employments as they were read, joined where somebody asks for it.

Most nights they are the same as the night before, to the letter; then nobody does.
"""

import hashlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from ...words import _lt
from ..errors import LoketBadReply
from ..port import Numbers
from ..records import Employment, Employments, Problem
from . import endpoints, mapping
from .packed import DIGEST, PackedList, PackedRow
from .reading import JsonObject

#: How many employments are unpacked at once, with all that the lists tell of them.
_AT_ONCE = 500
#: No row of a list.
_NOWHERE = -1


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The "actual" lists of a day."""

    hours: PackedList
    wages: PackedList
    organizations: PackedList

    def lists(self) -> tuple[PackedList, ...]:
        """Each of them, in the order of ``FACTS``."""
        return self.hours, self.wages, self.organizations


#: What the "actual" lists are of.
FACTS = (
    endpoints.WORKING_HOURS,
    endpoints.WAGES,
    endpoints.ORGANIZATIONAL_ENTITIES,
)


@dataclass(frozen=True, kw_only=True)
class ReadLists:
    """All lists of employments as they were read on a day, not yet understood."""

    administration: str
    """Its reference."""
    rows: PackedList
    """Of employments; each is marked with its ``mapping.Place``."""
    employees: PackedList
    facts: Facts
    earlier: PackedList
    """The hours of a day in the past."""
    problems: list[Problem]
    today: date

    @cached_property
    def _index(self) -> "_Index":
        return _Index(
            self.administration,
            self.rows,
            self.employees,
            (*self.facts.lists(), self.earlier),
        )

    def employments(self, only: Collection[str] | None = None) -> Employments:
        """The employments of the administration.

        :param only: the references of those that are wanted; None: all
        """
        records: list[Employment] = []
        unreadable = list(self.problems)
        wanted = list(self._index.inside(only))
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found = self._index.unpacked([number for _key, number in some])
            for (key, _number), told in zip(some, found, strict=True):
                row, employee, *facts = told
                assert row
                try:
                    if mapping.administration_of(row) == self.administration:
                        records.append(self._join(row, employee, facts))
                except LoketBadReply as error:
                    name = mapping.shown_name(row, employee)
                    ref = key if isinstance(key, str) else ""
                    unreadable.append(Problem(ref=ref, name=name, reason=error.reason))
        return Employments(records=tuple(records), problems=tuple(unreadable))

    def numbers(self) -> Iterator[Numbers]:
        """The numbers of each that is told, in the order of the records.

        They are as those of ``employments``, for a part of what that takes; nothing of
        who can't be read at all.
        """
        wanted = list(self._index.inside())
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found = self._index.unpacked_who([number for _key, number in some])
            for (key, _number), (row, employee) in zip(some, found, strict=True):
                try:
                    yield Numbers(str(key), *mapping.numbers(row or {}, employee or {}))
                except LoketBadReply:
                    continue

    def told(self) -> Mapping[str, str] | None:
        """A digest of what all lists tell of each; None: of one it is not clear."""
        index = self._index
        is_known = not self.problems and all(
            isinstance(key, str) and index.is_known(number)
            for key, number in index.inside()
        )
        return _Told(index) if is_known else None

    def _join(
        self,
        row: JsonObject,
        employee: JsonObject | None,
        facts: Sequence[JsonObject | None],
    ) -> Employment:
        mapping.employee_of(row)
        if employee is None:
            raise LoketBadReply(
                endpoints.EMPLOYEES.title, _lt("the employee"), _lt("is missing")
            )
        person = mapping.person(employee)
        hours, wage, organization, earlier = facts
        return mapping.employment(
            row,
            person,
            hours=hours,
            wage=wage,
            organization=organization,
            earlier=earlier,
            today=self.today,
        )


class _Index:
    """Where all that the lists tell of each employment is; some bytes of each.

    An employment that is there twice is what is told of it last.

    :param administration: its reference
    :param rows: of employments
    :param facts: lists that tell of employments by their reference
    """

    def __init__(
        self,
        administration: str,
        rows: PackedList,
        employees: PackedList,
        facts: Sequence[PackedList],
    ):
        count = len(rows)
        self._numbers: dict[str | int, int] = {}
        """Of the employments, by reference; what has none is as it comes."""
        self._is_elsewhere = bytearray(count)
        """Whether it is known to be of another administration."""
        self._is_clear = bytearray(count)
        """Whether it is known of which administration it is."""
        self._employee = array("q", [_NOWHERE]) * count
        """The number of its employee."""
        self._own = _Column(rows, count)
        staff: dict[str | int, int] = {}
        for turn, row in enumerate(rows):
            number = self._numbers.setdefault(row.key or turn, len(self._numbers))
            self._own.put(number, row)
            place = mapping.Place(*row.mark)
            self._is_clear[number] = place.is_clear
            self._is_elsewhere[number] = (
                place.is_clear and place.administration != administration
            )
            self._employee[number] = (
                staff.setdefault(place.employee, len(staff))
                if place.employee
                else _NOWHERE
            )
        self._person = _Column(employees, len(staff)).filled(staff)
        self._facts = [_Column(one, count).filled(self._numbers) for one in facts]

    def inside(
        self, only: Collection[str] | None = None
    ) -> Iterator[tuple[str | int, int]]:
        """(key, number) of all employments but those of other administrations.

        :param only: the keys of those that are wanted; None: all
        """
        wanted: Iterable[tuple[str | int, int]] = self._numbers.items()
        if only is not None:
            there = set(only) & self._numbers.keys()
            wanted = sorted(
                ((key, self._numbers[key]) for key in there), key=itemgetter(1)
            )
        return (one for one in wanted if not self._is_elsewhere[one[1]])

    def number(self, key: str) -> int:
        """The number of an employment of the administration.

        :raise KeyError: it is none
        """
        number = self._numbers[key]
        if self._is_elsewhere[number]:
            raise KeyError(key)
        return number

    def is_known(self, number: int) -> bool:
        """Whether it is clear where an employment belongs, and whose it is."""
        who = self._employee[number]
        is_somebody = who != _NOWHERE and self._person.places[who] != _NOWHERE
        return bool(self._is_clear[number]) and is_somebody

    def digest(self, number: int) -> str:
        """Of all that the lists tell of an employment that is known."""
        parts = [self._own.digest(number), self._person.digest(self._employee[number])]
        parts += [column.digest(number) for column in self._facts]
        return hashlib.blake2b(b"".join(parts), digest_size=DIGEST).hexdigest()

    def unpacked(self, numbers: Sequence[int]) -> Iterator[list[JsonObject | None]]:
        """What each list has of some employments: its own, its employee's, the facts'.

        :return: in the order of the numbers
        """
        told = [column.unpacked(numbers) for column in self._facts]
        return (
            [*who, *facts]
            for who, *facts in zip(self.unpacked_who(numbers), *told, strict=True)
        )

    def unpacked_who(
        self, numbers: Sequence[int]
    ) -> Iterator[tuple[JsonObject | None, JsonObject | None]]:
        """The employment and the employee of some, in the order of the numbers."""
        employees = self._person.unpacked([self._employee[one] for one in numbers])
        return zip(self._own.unpacked(numbers), employees, strict=True)


class _Told(Mapping[str, str]):
    """The digest of each employment, by reference; made when it is asked for."""

    def __init__(self, index: _Index):
        self._index = index

    def __getitem__(self, ref: str) -> str:
        return self._index.digest(self._index.number(ref))

    def __iter__(self) -> Iterator[str]:
        return (str(key) for key, _number in self._index.inside())

    def __len__(self) -> int:
        return sum(1 for _one in self._index.inside())


class _Column:
    """What a list tells of each, by its number.

    :param count: of those who may be in it
    """

    def __init__(self, rows: PackedList, count: int):
        self.places = array("q", [_NOWHERE]) * count
        self._rows = rows
        self._digests = bytearray(DIGEST * count)

    def put(self, number: int, row: PackedRow) -> None:
        """Keep where a row is, and its digest."""
        self.places[number] = row.place
        self._digests[number * DIGEST : (number + 1) * DIGEST] = row.digest

    def filled(self, numbers: Mapping[str | int, int]) -> "_Column":
        """This, with all rows of the list.

        :param numbers: of those it is asked of, by key
        """
        for row in self._rows:
            if row.key and row.key in numbers:
                self.put(numbers[row.key], row)
        return self

    def digest(self, number: int) -> bytes:
        """Of what the list tells; zeros where that is nothing."""
        return bytes(self._digests[number * DIGEST : (number + 1) * DIGEST])

    def unpacked(self, numbers: Sequence[int]) -> list[JsonObject | None]:
        """What the list tells of each of these; a number may be ``_NOWHERE``."""
        places = [_NOWHERE if one == _NOWHERE else self.places[one] for one in numbers]
        found = self._rows.unpacked(set(places) - {_NOWHERE})
        return [found.get(place) for place in places]
