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
#: What the second addon needs: fetched for its tests, and on the path of no other.
QUEUE_JOB = CACHE / "queue_job"
QUEUE_JOB_ADDONS = QUEUE_JOB / "odoo" / "addons"
QUEUE_JOB_REQUIREMENTS = REPO / "tools" / "queue_job.txt"


def ensure():
    """Fetch them where they are not there yet, and let Odoo find them.

    :return: their names
    """
    _ensure(FOLDER, REQUIREMENTS, "Addons of others")
    os.environ["ODOO_ADDONS_PATH"] = f"{REPO},{ADDONS}"
    fetched = (manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py"))
    return sorted([*fetched, *OF_ODOO])


def ensure_queue_job():
    """Fetch OCA's ``queue_job`` where it is not there yet.

    :return: (the folder of its addons, the folder of the Python packages it needs)
    """
    _ensure(QUEUE_JOB, QUEUE_JOB_REQUIREMENTS, "OCA's queue_job")
    return QUEUE_JOB_ADDONS, QUEUE_JOB


def use_queue_job():
    """Let Odoo find ``queue_job``, and the second addon with it; returns its name."""
    addons, packages = ensure_queue_job()
    os.environ["ODOO_ADDONS_PATH"] = f"{REPO},{addons}"
    os.environ["PYTHONPATH"] = str(packages)
    return "queue_job"


def _ensure(folder, requirements, what):
    def fetch():
        wanted = ["--no-deps", "--only-binary", ":all:", "--target", str(folder)]
        run([*PIP, "install", *wanted, "-r", str(requirements)], INDEX)

    build_once(folder, digest(requirements.read_text()), what, fetch)
