# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's own command line, with this repository on its addons path."""

import os
import subprocess

from .odoo_source import fill_gap
from .paths import CACHE, DATA, PYTHON, REPO
from .report import Missing

MAIN = "import odoo.cli; odoo.cli.main()"


def configure():
    """Tell Odoo by its environment variables where its addons and files are."""
    DATA.mkdir(parents=True, exist_ok=True)
    configuration = CACHE / "odoo.conf"
    if not configuration.exists():
        configuration.write_text("[options]\n")
    fill_gap(CACHE / "odoo/usr/lib/python3/dist-packages")
    os.environ.setdefault("ODOO_RC", str(configuration))
    os.environ["ODOO_DATA_DIR"] = str(DATA)
    os.environ["ODOO_ADDONS_PATH"] = str(REPO)


def command(*arguments):
    """The command that runs Odoo with these arguments."""
    return [str(PYTHON), "-c", MAIN, *arguments]


def install(database, modules, demo=False, compiled=False):
    """Install modules; errors and warnings of Odoo's log are shown.

    :param compiled: whether Python keeps what it compiles beside the sources, where
        each later process finds it; not of modules that are in a clone
    """
    arguments = ["-d", database, "-i", ",".join(modules), "--stop-after-init"]
    arguments += ["--no-http", "--max-cron-threads=0", "--log-level=warn"]
    arguments.append("--log-handler=py.warnings:ERROR")  # Odoo's own, on newer packages
    if demo:
        arguments.append("--with-demo")
    environment = dict(os.environ)
    if compiled:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command(*arguments), env=environment, check=False)
    if done.returncode:
        raise Missing(
            f"{database}: Odoo could not install {', '.join(modules)}; see above"
        )
