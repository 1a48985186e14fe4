# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The virtual environment: the pinned packages, and Odoo importable by a path file."""

import sys

from .build import build_once, digest, run
from .odoo_source import source_folder
from .paths import REQUIREMENTS, VENV


def ensure():
    """Make the virtual environment, if it does not stand with these very versions."""
    source = source_folder()
    key = digest(REQUIREMENTS.read_text(), sys.version_info[:2], str(source))
    build_once(VENV, key, "Python packages (about 20 s)", lambda: _make(source))


def _make(source):
    missing = "missing: a Python package index that pip can reach; set PIP_INDEX_URL"
    run([sys.executable, "-m", "venv", str(VENV)], "missing: Python's venv module")
    python = VENV / "bin" / "python"
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    wheels = ["--only-binary", ":all:", "--no-binary", "docopt"]
    run([*pip, *wheels, "-r", str(REQUIREMENTS)], missing)
    site = next(VENV.glob("lib/python3*/site-packages"))
    (site / "odoo-source.pth").write_text(f"{source}\n")
