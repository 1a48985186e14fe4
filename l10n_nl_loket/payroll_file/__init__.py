# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The file of variable data (*collectieve mutaties*): rows in, bytes out.

Plain Python; knows nothing of Odoo or of Loket's API.

Sources of the format: Loket's help page "Import variabele gegevens: Het maken van het
bestand" (header, separator, an example) and Loket's manual 2015-1 as others quote it
(decimal comma, CRLF, the column *verdelingseenheid*, the bounds of hours).
"""

from . import periods
from .content import Key, PayrollFile, collect, rounded
from .errors import PayrollFileError
from .naming import file_name
from .numbers import (
    component_number,
    exact,
    exact_hours,
    typed_date,
    typed_number,
    unit_number,
)
from .payroll_calendar import PayrollCalendar
from .writer import write

__all__ = [
    "Key",
    "PayrollCalendar",
    "PayrollFile",
    "PayrollFileError",
    "collect",
    "component_number",
    "exact",
    "exact_hours",
    "file_name",
    "periods",
    "rounded",
    "typed_date",
    "typed_number",
    "unit_number",
    "write",
]
