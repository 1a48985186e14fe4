# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are: the repository, and the cache that everything is built in."""

import os
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "l10n_nl_loket"
)
VENV = CACHE / "venv"
PYTHON = VENV / "bin" / "python"
ODOO = CACHE / "odoo"
POSTGRES = CACHE / "postgres"
DATA = CACHE / "data"
REQUIREMENTS = REPO / "tools" / "requirements.txt"
