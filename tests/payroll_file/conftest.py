# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The file format is plain Python: it is imported without Odoo."""

import sys
from pathlib import Path

ADDON = Path(__file__).resolve().parents[2] / "l10n_nl_loket"
sys.path.insert(0, str(ADDON))
