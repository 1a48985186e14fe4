# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From bookings to the cells of a payroll file. Plain Python: no recordsets."""

from .bookings import (
    Booking,
    Catalogue,
    Component,
    History,
    Rules,
    Source,
    Worked,
    counted_days,
    days_by_hand,
)
from .companies import (
    DayComponent,
    Kept,
    Version,
    doubts,
    moved,
    twins,
    whose_days,
)
from .coverage import Coverage, FileDays
from .elsewhere import OtherFile, mark_delivered
from .grain import Grain, grain
from .jobs import Job, active_job
from .landing import (
    Amount,
    Cell,
    Cells,
    Change,
    LeftOut,
    Outcome,
    Rank,
    Remark,
    Totals,
    changes,
    check,
    land,
    rank_of,
    totals,
)
from .measures import Measure, confirmation, contradict, counts_as, measure_of
from .salaried import is_left_to_loket

__all__ = [
    "Amount",
    "Booking",
    "Catalogue",
    "Cell",
    "Cells",
    "Change",
    "Component",
    "Coverage",
    "DayComponent",
    "FileDays",
    "Grain",
    "History",
    "Job",
    "Kept",
    "LeftOut",
    "Measure",
    "OtherFile",
    "Outcome",
    "Rank",
    "Remark",
    "Rules",
    "Source",
    "Totals",
    "Version",
    "Worked",
    "active_job",
    "changes",
    "check",
    "confirmation",
    "contradict",
    "counted_days",
    "counts_as",
    "days_by_hand",
    "doubts",
    "grain",
    "is_left_to_loket",
    "land",
    "mark_delivered",
    "measure_of",
    "moved",
    "rank_of",
    "totals",
    "twins",
    "whose_days",
]
