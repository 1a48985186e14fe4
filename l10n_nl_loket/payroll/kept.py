# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was found late is kept, and looked up again of those who were touched only.

What is late of one person follows from that person's bookings, and from what was
delivered of them: nobody else's change it. So one look-up of all people, and one of
those who were touched since, make what a look-up of all people would tell now.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, replace
from decimal import Decimal
from typing import Any

from .bookings import Source
from .delivered import Delivered, Ledger, Missing, PeriodKey, Piece
from .landing import Amount, Cell
from .late import Late, Watch


def of_people(ledger: Ledger, people: Collection[int]) -> Ledger:
    """What a file delivered to some people.

    :param people: ids of the employees
    """
    result = {}
    for period, part in ledger.items():
        own = Delivered(is_coarse=part.is_coarse)
        own.pieces.update(
            (piece, quantity)
            for piece, quantity in part.pieces.items()
            if piece.cell.employee in people
        )
        own.cells.update(
            (cell, amount)
            for cell, amount in part.cells.items()
            if cell.employee in people
        )
        own.missing.update(
            (missing, quantity)
            for missing, quantity in part.missing.items()
            if missing.employee in people
        )
        result[period] = own
    return result


def by_person(ledger: Ledger) -> dict[int | None, Ledger]:
    """The same, of each person apart; None: the periods, with nobody in them."""
    result: dict[int | None, dict[PeriodKey, Delivered]] = defaultdict(dict)
    for period, part in ledger.items():
        result[None][period] = Delivered(is_coarse=part.is_coarse)

        def of(
            employee: int, period: PeriodKey = period, part: Delivered = part
        ) -> Delivered:
            nothing = Delivered(is_coarse=part.is_coarse)
            return result[employee].setdefault(period, nothing)

        for piece, quantity in part.pieces.items():
            of(piece.cell.employee).pieces[piece] = quantity
        for cell, amount in part.cells.items():
            of(cell.employee).cells[cell] = amount
        for missing, quantity in part.missing.items():
            of(missing.employee).missing[missing] = quantity
    return dict(result)


def together(parts: Iterable[Ledger]) -> Ledger:
    """One ledger of what is known of several people.

    :param parts: the one of nobody too
    """
    result: dict[PeriodKey, Delivered] = defaultdict(Delivered)
    for ledger in parts:
        for period, part in ledger.items():
            result[period].add(part)
    return dict(result)


def renewed(kept: Watch, again: Watch, people: Collection[int]) -> Watch:
    """What was found of all people, with what is found now of some of them.

    :param again: of these people alone
    :param people: ids of the employees
    """
    late = [late for late in kept.late if late.cell.employee not in people]
    missing = [
        (missing, quantity)
        for missing, quantity in kept.missing.items()
        if missing.employee not in people
    ]
    return in_order(
        Watch(
            late=[*late, *again.late],
            missing=dict([*missing, *again.missing.items()]),
            elsewhere=kept.elsewhere.difference(people) | again.elsewhere,
        )
    )


def in_order(watch: Watch) -> Watch:
    """The same, person by person, so that it reads alike however it was found."""
    return Watch(
        late=[
            replace(late, pieces=tuple(sorted(late.pieces, key=_order_of_pieces)))
            for late in sorted(watch.late, key=lambda late: late.cell.order)
        ],
        missing=dict(
            sorted(watch.missing.items(), key=lambda item: _order(item[0])),
        ),
        elsewhere=watch.elsewhere,
    )


def _order_of_pieces(part: tuple[Piece, Decimal]) -> tuple[str, int, bool, int]:
    piece, _quantity = part
    return piece.source.kind, piece.source.id, piece.is_hours, piece.job


def _order(missing: Missing) -> tuple[int, str, int, bool]:
    return (
        missing.employee,
        missing.source.kind,
        missing.source.id,
        missing.is_hours,
    )


def to_json(watch: Watch) -> dict[str, Any]:
    """As it is kept; quantities as text, for they are exact."""
    return {
        "late": [
            [
                *astuple(late.cell),
                str(late.amount.hours),
                str(late.amount.value),
                [
                    [
                        piece.source.kind,
                        piece.source.id,
                        piece.is_hours,
                        piece.job,
                        str(quantity),
                    ]
                    for piece, quantity in late.pieces
                ],
            ]
            for late in watch.late
        ],
        "missing": [
            [
                missing.employee,
                missing.source.kind,
                missing.source.id,
                missing.is_hours,
                missing.how,
                str(quantity),
            ]
            for missing, quantity in watch.missing.items()
        ],
        "elsewhere": sorted(watch.elsewhere),
    }


def from_json(period: PeriodKey, kept: Mapping[str, Any]) -> Watch:
    """What ``to_json`` made this of.

    :param period: that it was found of
    """
    watch = Watch(elsewhere=set(kept["elsewhere"]))
    for *key, hours, value, parts in kept["late"]:
        cell = Cell(*key)
        pieces = tuple(
            (Piece(cell, Source(kind, source), is_hours, job), Decimal(quantity))
            for kind, source, is_hours, job, quantity in parts
        )
        amount = Amount(Decimal(hours), Decimal(value))
        watch.late.append(Late(period, cell, amount, pieces))
    for employee, kind, source, is_hours, how, quantity in kept["missing"]:
        missing = Missing(employee, Source(kind, source), is_hours, how)
        watch.missing[missing] = Decimal(quantity)
    return watch
