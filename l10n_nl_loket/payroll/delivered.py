# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the files that count delivered for each period, and of which bookings it was.

A file holds the hours of its own period, and what it took along of earlier ones. What
was delivered for a period is what its own file holds of it, and what others took along
for it. Kept with each file as JSON, so that a code or unit that is changed later can be
told from hours that are booked later.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from ..payroll_file import rounded
from .bookings import NOISE, Booking, Rules, Source
from .landing import Amount, Cell, LeftOut, Place, destination

#: Year and number of a period, as Loket counts.
PeriodKey = tuple[int, int]
How = Literal["listed", "setting", "other"]
#: Stands for the sources of a file that was made before they were kept.
ANY_SOURCE = Source("", 0)
NO_VALUE = Decimal("0.00")
#: How many rows of a ledger are put into words at once.
ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a cell that is of one source.

    :param job: id of the employment, which keeps it when its payroll number changes;
        0 where that is not known
    """

    cell: Cell
    source: Source
    is_hours: bool
    job: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """What is booked of one source, and does not land in the file.

    :param how: ``listed``: the clerk is told, and is to correct or accept it;
        ``setting``: an answer of a person keeps it out (a fixed salary); ``other``: out
        by another rule, or another link pays it
    """

    employee: int
    source: Source
    is_hours: bool
    how: How


@dataclass(slots=True)
class Delivered:
    """What was delivered for one period: exact, by source, and as the cells hold it.

    :param pieces: exact quantities
    :param cells: rounded as in the files, so that what is seen adds up
    :param missing: exact quantities of what was booked and did not go along
    :param is_coarse: whether the sources are not known, only the components
    """

    pieces: dict[Piece, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    cells: dict[Cell, Amount] = field(default_factory=lambda: defaultdict(Amount))
    missing: dict[Missing, Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    is_coarse: bool = False

    def add(self, other: "Delivered") -> None:
        """Add what another file delivered for the same period."""
        for piece, quantity in other.pieces.items():
            self.pieces[piece] += quantity
        for cell, amount in other.cells.items():
            self.cells[cell] += amount
        for missing, quantity in other.missing.items():
            self.missing[missing] += quantity
        self.is_coarse |= other.is_coarse

    def coarse(self) -> "Delivered":
        """The same without the sources: by component."""
        result = Delivered(cells=self.cells, is_coarse=True)
        for piece, quantity in self.pieces.items():
            source = Source("", piece.cell.component)
            result.pieces[replace(piece, source=source)] += quantity
        for missing, quantity in self.missing.items():
            result.missing[replace(missing, source=ANY_SOURCE)] += quantity
        return result

    def by_cell(self) -> dict[Cell, Amount]:
        """The exact sums of the pieces."""
        sums: dict[Cell, Amount] = defaultdict(Amount)
        for piece, quantity in self.pieces.items():
            sums[piece.cell].add(quantity, is_hours=piece.is_hours)
        return sums


#: What one file delivered, by period: its own, and those it took along of.
Ledger = Mapping[PeriodKey, Delivered]


def as_in_file(amount: Amount) -> Amount:
    """An amount as a cell holds it: its total rounded once, and its hours."""
    hours = rounded(amount.hours)
    # One and the same nothing: most cells hold hours alone, and files many cells.
    value = rounded(amount.total) - hours if amount.value else NO_VALUE
    return Amount(hours=hours, value=value)


def trace(
    bookings: Collection[Booking],
    rules: Rules,
    places: Iterable[Place] | None = None,
) -> Delivered:
    """What a file of these bookings delivers, by the rules of now.

    :param bookings: of one period, in any order
    :param rules: of that same period
    :param places: of each booking its ``destination``, where that is known already
    """
    if places is None:
        places = (destination(booking, rules) for booking in bookings)
    result = Delivered()
    jobs = {
        (employee, job.payroll_number): job.id
        for employee, of_employee in rules.jobs.items()
        for job in of_employee
        if job.connection == rules.connection
    }
    for booking, place in zip(bookings, places, strict=True):
        employee, source, is_hours = booking.employee, booking.source, booking.is_hours
        if isinstance(place, Cell):
            job = jobs[employee, place.payroll_number]
            result.pieces[Piece(place, source, is_hours, job)] += booking.quantity
        else:
            missing = Missing(employee, source, is_hours, _how(place))
            result.missing[missing] += booking.quantity
    for quantities in (result.pieces, result.missing):
        _drop_noise(quantities)
    for cell, amount in result.by_cell().items():
        result.cells[cell] = as_in_file(amount)
    return result


def delivered(ledgers: Iterable[Ledger], period: PeriodKey) -> Delivered:
    """What was delivered for a period in all.

    :param ledgers: of the files that count
    """
    result = Delivered()
    for ledger in ledgers:
        if period in ledger:
            result.add(ledger[period])
    return result


def of_old_file(
    cells: Mapping[Cell, Amount], missing: Iterable[tuple[int, Amount]]
) -> Delivered:
    """What a file delivered that was made before its sources were kept.

    :param cells: as in the file
    :param missing: id of the employee, and what was left out
    """
    result = Delivered(is_coarse=True)
    for cell, amount in cells.items():
        source = Source("", cell.component)
        for is_hours, quantity in ((True, amount.hours), (False, amount.value)):
            if quantity:
                result.pieces[Piece(cell, source, is_hours)] += quantity
        result.cells[cell] = amount
    for employee, amount in missing:
        for is_hours, quantity in ((True, amount.hours), (False, amount.value)):
            if quantity:
                left_out = Missing(employee, ANY_SOURCE, is_hours, "listed")
                result.missing[left_out] += quantity
    return result


def of_kinds(ledger: Ledger, kinds: Collection[str]) -> Ledger:
    """A ledger without what is of a kind of booking that is no longer known.

    Of an addon that was uninstalled nobody knows what is booked: that is not nothing,
    and what was delivered of it is not too much.

    :param ledger: is changed
    :param kinds: names of the kinds that are known
    """

    def is_gone(source: Source) -> bool:
        return bool(source.kind) and source.kind not in kinds

    for part in ledger.values():
        for missing in [one for one in part.missing if is_gone(one.source)]:
            del part.missing[missing]
        gone = [piece for piece in part.pieces if is_gone(piece.source)]
        for piece in gone:
            del part.pieces[piece]
            part.cells.pop(piece.cell, None)
        rest = part.by_cell() if gone else {}
        for cell in {piece.cell for piece in gone} & rest.keys():
            part.cells[cell] = as_in_file(rest[cell])
    return ledger


def _how(place: LeftOut | None) -> How:
    if place is None:
        return "other"
    if place.reason == "salaried":
        return "setting"
    return "other" if place.rank == "rule" else "listed"


def _drop_noise(quantities: dict[Any, Decimal]) -> None:
    for key in [key for key, value in quantities.items() if abs(value) < NOISE]:
        del quantities[key]


# === AS JSON === #


def to_json(ledger: Ledger) -> dict[str, Any]:
    """A ledger as JSON keeps it; quantities as text, for they are exact."""
    return {
        _name(period): {
            **{name: list(rows) for name, rows in _rows(part).items()},
            "is_coarse": part.is_coarse,
        }
        for period, part in ledger.items()
    }


def to_text(ledger: Ledger) -> str:
    """The same as text; a few rows at a time, for as values they are ten times that."""
    parts = []
    for period, part in ledger.items():
        rows_of = [
            f'"{name}": [{", ".join(_texts(rows))}]'
            for name, rows in _rows(part).items()
        ]
        is_coarse = f'"is_coarse": {json.dumps(part.is_coarse)}'
        parts.append(f'"{_name(period)}": {{{", ".join([*rows_of, is_coarse])}}}')
    return f"{{{', '.join(parts)}}}"


def _texts(rows: Iterator[Any]) -> Iterator[str]:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield json.dumps(some)[1:-1]


def _name(period: PeriodKey) -> str:
    year, number = period
    return f"{year}-{number}"


def _rows(part: Delivered) -> dict[str, Iterator[list[Any]]]:
    return {
        "pieces": (
            [
                *_cell_json(piece.cell),
                piece.source.kind,
                piece.source.id,
                piece.is_hours,
                piece.job,
                str(quantity),
            ]
            for piece, quantity in part.pieces.items()
        ),
        "cells": (
            [*_cell_json(cell), str(amount.hours), str(amount.value)]
            for cell, amount in part.cells.items()
        ),
        "missing": (
            [
                missing.employee,
                missing.source.kind,
                missing.source.id,
                missing.is_hours,
                missing.how,
                str(quantity),
            ]
            for missing, quantity in part.missing.items()
        ),
    }


def from_json(kept: Mapping[str, Any]) -> Ledger:
    """The ledger that ``to_json`` made this of."""
    ledger = {}
    for name, values in kept.items():
        year, number = name.split("-")
        part = Delivered(is_coarse=values["is_coarse"])
        for *cell, kind, source, is_hours, job, quantity in values["pieces"]:
            piece = Piece(Cell(*cell), Source(kind, source), is_hours, job)
            part.pieces[piece] = Decimal(quantity)
        for *cell, hours, value in values["cells"]:
            part.cells[Cell(*cell)] = Amount(Decimal(hours), Decimal(value))
        for employee, kind, source, is_hours, how, quantity in values["missing"]:
            missing = Missing(employee, Source(kind, source), is_hours, how)
            part.missing[missing] = Decimal(quantity)
        ledger[int(year), int(number)] = part
    return ledger


def _cell_json(cell: Cell) -> list[int | None]:
    return [
        cell.employee,
        cell.payroll_number,
        cell.shift,
        cell.unit,
        cell.component,
    ]
