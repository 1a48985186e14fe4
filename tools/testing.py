# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev test`: all tests on a fresh database, with coverage of the addon."""

import os
import subprocess

from . import database
from .paths import PYTHON, REPO
from .versions import ADDON


def run(arguments):
    """Run pytest; with arguments of yours, on those tests."""
    name = f"loket_test_{os.getpid()}"
    database.create(name)
    try:
        return _pytest(name, arguments)
    finally:
        database.drop(name)


def _pytest(name, arguments):
    paths = [one for one in arguments if (REPO / one.partition("::")[0]).exists()]
    everything = [] if paths else [f"{ADDON}/tests", "tests"]
    coverage = [] if paths else [f"--cov={ADDON}", "--cov-report=term:skip-covered"]
    command = [str(PYTHON), "-m", "pytest", f"--odoo-database={name}", "--odoo-http"]
    command += ["--odoo-extra", "max-cron-threads=0"]
    return subprocess.run(
        [*command, *coverage, *everything, *arguments], cwd=REPO, check=False
    ).returncode
