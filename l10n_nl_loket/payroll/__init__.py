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
    counted_days,
)
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
    land,
    rank_of,
    totals,
)

__all__ = [
    "Amount",
    "Booking",
    "Catalogue",
    "Cell",
    "Cells",
    "Change",
    "Component",
    "History",
    "Job",
    "LeftOut",
    "Outcome",
    "Rank",
    "Remark",
    "Rules",
    "Source",
    "Totals",
    "active_job",
    "changes",
    "counted_days",
    "land",
    "rank_of",
    "totals",
]
