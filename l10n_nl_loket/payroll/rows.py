# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A period row by row: what nearly all rows are is told at once, for the whole of each.

What ``push`` and ``compare`` say of a place follows from that place alone, and from
whether its employment could be read at all. So a row that Loket has as the file has it,
or of which it has nothing, need not be gone through; of the others each place is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import NamedTuple, Protocol

from ..payroll_file import rounded
from . import compare, push
from .compare import Verdict
from .push import Held, Ours, Place, Sent, Spot, Value

#: What the places of a period hold, or shall hold: {spot: {component: value}}.
Rows = Mapping[Spot, Mapping[int, Value]]
#: The same, of what is there or in a file.
FullRows = Mapping[Spot, Mapping[int, Decimal]]


class SentRows(Protocol):
    """What was sent in one call."""

    @property
    def rows(self) -> Rows:
        """All of it."""

    def sent_at(self, spots: Collection[Spot]) -> Iterable[Sent]:
        """What was sent to some rows."""


@dataclass(frozen=True, slots=True)
class OurRows:
    """See ``push.Ours``.

    :param sent: all calls there ever were, the first first
    :param files: the rows of each file of the period, the one that is looked at too
    """

    sent: Sequence[SentRows]
    files: Sequence[FullRows]

    @property
    def all(self) -> Iterator[Rows]:
        """Those of each file, and of each call."""
        return chain(self.files, (part.rows for part in self.sent))

    @property
    def employments(self) -> set[str]:
        """References of those of whom there ever was anything of ours."""
        return {spot[0] for rows in self.all for spot in rows}

    @property
    def components(self) -> set[int]:
        """Of which there ever was anything of ours."""
        return set[int]().union(
            *chain.from_iterable(rows.values() for rows in self.all)
        )

    def of_components(self, components: set[int]) -> set[str]:
        """References of employments that have, or had, one of these components."""
        return {
            spot[0]
            for rows in (self.all if components else ())
            for spot, row in rows.items()
            if not components.isdisjoint(row)
        }

    def surely_stored(self, employments: set[str]) -> set[str]:
        """References of those of whom a value was surely stored once."""
        return {
            place.employment
            for part in (self.sent if employments else ())
            for place, value, is_certain in part.sent_at(
                [spot for spot in part.rows if spot[0] in employments]
            )
            if is_certain and value is not None
        }

    def at(self, spots: Collection[Spot]) -> Ours:
        """What is ours of some rows, place by place."""
        return Ours.of(
            chain.from_iterable(part.sent_at(spots) for part in self.sent),
            [places(rows, spots) for rows in self.files],
        )


@dataclass(frozen=True, slots=True)
class HeldRows:
    """See ``push.Held``: what Loket holds, to its last digit; no row is empty."""

    values: dict[Spot, dict[int, Decimal]] = field(default_factory=dict)
    added: set[Place] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def put(self, spot: Spot, row: dict[int, Decimal]) -> None:
        """Add what a row holds; what comes again counts as it comes last."""
        before = self.values.get(spot)
        self.values[spot] = {**before, **row} if before else row

    def at(self, spots: Collection[Spot]) -> Held:
        """What some rows hold, place by place and to the cent, as a file has it."""
        values = {
            place: rounded(value) for place, value in places(self.values, spots).items()
        }
        return Held(values, self.added, self.unread)


class Plan(NamedTuple):
    """See ``push.Plan``.

    :param write: row by row, all of a person together
    """

    write: dict[Spot, dict[int, Value]]
    asks: Mapping[Place, Decimal]


class Verdicts(NamedTuple):
    """What became of a period.

    :param stored: rows of the file of which every cell is stored
    :param others: {place: verdict} of all other rows
    :param held: what Loket holds of these
    """

    stored: list[Spot]
    others: dict[Place, Verdict]
    held: Held


def places(rows: FullRows, spots: Iterable[Spot]) -> dict[Place, Decimal]:
    """Some rows, place by place."""
    return {
        Place(*spot, component): value
        for spot in spots
        for component, value in rows.get(spot, {}).items()
    }


def plan(file: FullRows, ours: OurRows, held: HeldRows) -> Plan:
    """``push.plan`` of whole rows.

    :param file: one of the files of ``ours``
    """
    _equal, absent, odd = _sorted_out(file, ours, held)
    some = push.plan(places(file, odd), ours.at(odd), held.at(odd))
    write: dict[Spot, dict[int, Value]] = {spot: {**file[spot]} for spot in absent}
    for place, value in some.write.items():
        write.setdefault(place.spot, {})[place.component] = value
    return Plan(
        {spot: dict(sorted(write[spot].items())) for spot in sorted(write, key=_order)},
        some.asks,
    )


def judge(
    file: FullRows,
    ours: OurRows,
    held: HeldRows,
    *,
    by_hand: bool,
    doubtful: Collection[Spot] = (),
) -> Verdicts:
    """``compare.judge`` of whole rows.

    :param file: one of the files of ``ours``
    :param doubtful: rows that are among the others, whatever they hold
    """
    equal, absent, odd = _sorted_out(file, ours, held)
    odd.update(absent, doubtful)
    there = held.at(odd)
    others = compare.judge(places(file, odd), ours.at(odd), there, by_hand=by_hand)
    return Verdicts([spot for spot in equal if spot not in odd], others, there)


def _sorted_out(
    file: FullRows, ours: OurRows, held: HeldRows
) -> tuple[list[Spot], list[Spot], set[Spot]]:
    """Rows of a file that are there as they are, those that are not at all, the rest.

    A row with a zero, which stands for what is gone, is of the rest, and so is one that
    the file does not have, and each row of whoever could not be read.
    """
    equal, absent = [], []
    of_others = (rows for rows in ours.all if rows is not file)
    odd = set(held.values).union(*of_others).difference(file)
    odd.update(place.spot for place in held.added)
    for spot, row in file.items():
        there = held.values.get(spot)
        if spot in odd or spot[0] in held.unread or not all(row.values()):
            odd.add(spot)
        elif there is None:
            absent.append(spot)
        elif there == row:
            equal.append(spot)
        else:
            odd.add(spot)
    return equal, absent, odd


def _order(spot: Spot) -> tuple[str, int, str]:
    """As ``Place.order``."""
    employment, shift, unit = spot
    return employment, shift, unit or ""
