# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From bookings to the cells of a payroll file. Plain Python: no recordsets."""

from .bookings import (
    Booking,
    Catalogue,
    Component,
    History,
    Job,
    Rules,
    Source,
    counted_days,
)
from .landing import (
    Amount,
    Cell,
    Cells,
    Change,
    LeftOut,
    Outcome,
    Totals,
    changes,
    land,
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
    "Rules",
    "Source",
    "Totals",
    "changes",
    "counted_days",
    "land",
    "totals",
]
