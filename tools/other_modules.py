# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addons of others that the addon has to work beside, in a folder of their own.

No part of what is shipped, nor of the environment that all commands share.
"""

import os

from .build import build_once, digest, run
from .paths import CACHE, REPO
from .wheel import INDEX, PIP

REQUIREMENTS = REPO / "tools" / "other_modules.txt"
#: Addons of Odoo itself that the addon does not need, and has to work with.
OF_ODOO = ("hr_work_entry_holidays", "project_timesheet_holidays")
FOLDER = CACHE / "other_modules"
ADDONS = FOLDER / "odoo" / "addons"


def ensure():
    """Fetch them where they are not there yet, and let Odoo find them.

    :return: their names
    """
    build_once(FOLDER, digest(REQUIREMENTS.read_text()), "Addons of others", _fetch)
    os.environ["ODOO_ADDONS_PATH"] = f"{REPO},{ADDONS}"
    fetched = (manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py"))
    return sorted([*fetched, *OF_ODOO])


def _fetch():
    wanted = ["--no-deps", "--only-binary", ":all:", "--target", str(FOLDER)]
    run([*PIP, "install", *wanted, "-r", str(REQUIREMENTS)], INDEX)
