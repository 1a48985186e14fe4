# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an earlier file of the period sent, and this one does not.

An empty cell may leave the old value standing in Loket, so it is written as 0; where
that would be wrong or can't be, the clerk is told to empty it there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .bookings import Rules
from .landing import Amount, Cell, Cells, Outcome, Remark
from .salaried import is_left_to_loket


def write_gone(outcome: Outcome, files: Iterable[Cells], rules: Rules) -> None:
    """Put what is gone into the outcome: as 0, or as a remark.

    :param outcome: of the file, all of its cells in it
    :param files: the cells of all files of the period that were made, the first first
    """
    sent = last_sent(files)
    for cell in gone(sent, outcome.cells):
        if reason := _not_written(cell, rules):
            remark = Remark(reason, cell.employee, detail=str(cell.component))
            outcome.remarks[remark] = sent[cell]
        else:
            outcome.gone.append(cell)


def last_sent(files: Iterable[Cells]) -> Mapping[Cell, Amount]:
    """What each cell that was ever sent held last, a 0 that emptied it aside."""
    sent: dict[Cell, Amount] = {}
    for cells in files:
        for cell, amount in cells.items():
            if amount.total or cell not in sent:
                sent[cell] = amount
    return sent


def gone(sent: Iterable[Cell], now: Iterable[Cell]) -> list[Cell]:
    """The cells that earlier files of the period sent and this one does not.

    Whoever they are of now: a number and component that still has a value is not gone.

    :param sent: of all earlier files
    """
    here = {replace(cell, employee=0) for cell in now}
    result: dict[Cell, Cell] = {}
    for cell in sent:
        place = replace(cell, employee=0)
        if place not in here:
            result.setdefault(place, cell)
    return sorted(result.values(), key=lambda cell: cell.order)


def _not_written(cell: Cell, rules: Rules) -> str | None:
    """The reason of the remark, where no 0 is written; None where one is."""
    if is_left_to_loket(cell.employee, cell.payroll_number, cell.component, rules):
        return "gone_to_loket"
    if not rules.writes_zero or (cell.unit and not rules.with_unit):
        return "gone_by_hand"
    # Maybe Loket refused the earlier file for it, and would refuse this one.
    return None if rules.accepts(cell.component) else "gone_by_hand"
