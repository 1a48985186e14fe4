# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev lint`: the checks that the OCA asks of an addon."""

import subprocess

from .paths import PYTHON, REPO
from .report import step
from .versions import ADDON

TRANSLATIONS = REPO / ADDON / "i18n"


def run(_arguments):
    """Run every linter; the status is 1 when any of them complains."""
    scripts = PYTHON.parent
    po = sorted(map(str, TRANSLATIONS.glob("*.po")))
    commands = {
        "ruff check": [scripts / "ruff", "check", "."],
        "ruff format": [scripts / "ruff", "format", "--check", "."],
        "pylint-odoo": [scripts / "pylint", "--rcfile=.pylintrc", ADDON],
        "oca-checks-odoo-module": [scripts / "oca-checks-odoo-module", ADDON],
    }
    if po:
        commands["oca-checks-po"] = [scripts / "oca-checks-po", *po]
    failed = []
    for name, command in commands.items():
        with step(name):
            if subprocess.run(command, cwd=REPO, check=False).returncode:
                failed.append(name)
    if failed:
        print(f"lint: failed: {', '.join(failed)}")
    return int(bool(failed))
