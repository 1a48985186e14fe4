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
    "FileDays",
    "Grain",
    "History",
    "Job",
    "LeftOut",
    "Measure",
    "OtherFile",
    "Outcome",
    "Rank",
    "Remark",
    "Rules",
    "Source",
    "Totals",
    "Worked",
    "active_job",
    "changes",
    "check",
    "confirmation",
    "contradict",
    "counted_days",
    "counts_as",
    "days_by_hand",
    "grain",
    "is_left_to_loket",
    "land",
    "mark_delivered",
    "measure_of",
    "rank_of",
    "totals",
]
