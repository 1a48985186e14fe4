# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases of these tests' own, and an Odoo in a process of its own on each."""

import json
import os
import subprocess

import pytest

from tools import database, odoo, postgres
from tools.build import lock
from tools.paths import CACHE, DATA, PYTHON

ANSWER = "ANSWER "
CONFIGURATION = CACHE / "odoo.conf"
QUIET = ["--no-http", "--max-cron-threads=0", "--log-level=error"]
QUIET.append("--log-handler=py.warnings:CRITICAL")


class Installation:
    """One database, and the Odoo that works on it."""

    def __init__(
        self, name, folder, addons=None, python=PYTHON, configuration=CONFIGURATION
    ):
        self.name, self.folder, self.python = name, folder, python
        environment = dict(os.environ)
        for variable in ("PYTHONPATH", "ODOO_ADDONS_PATH"):
            environment.pop(variable, None)
        if addons:
            environment["ODOO_ADDONS_PATH"] = str(addons)
        self.environment = {
            **environment,
            "ODOO_RC": str(configuration),
            "ODOO_DATA_DIR": str(DATA),
        }

    def odoo(self, *arguments, log=False, **options):
        """Run Odoo's command line and return what it printed; it must succeed.

        :param log: return Odoo's log in place of what it printed
        """
        done = subprocess.run(
            [str(self.python), "-c", odoo.MAIN, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        end = done.stderr[-5000:]
        assert done.returncode == 0 and " ERROR " not in end, end
        return done.stderr if log else done.stdout

    def install(self, *modules):
        self.odoo("-d", self.name, "-i", ",".join(modules), "--stop-after-init", *QUIET)

    def upgrade(self, *modules):
        self.odoo("-d", self.name, "-u", ",".join(modules), "--stop-after-init", *QUIET)

    def shell(self, script):
        """Run a script with `env`; returns what it left in the name `answer`."""
        script += f"\nimport json\nprint({ANSWER!r} + json.dumps(answer, default=str))"
        printed = self.odoo("shell", "-d", self.name, *QUIET, input=script)
        (line,) = (one for one in printed.splitlines() if one.startswith(ANSWER))
        return json.loads(line.removeprefix(ANSWER))


@pytest.fixture(scope="module")
def new_database(request):
    """A function that makes a database with what the addon depends on."""
    postgres.ensure()
    odoo.configure()
    names = []

    def make(what):
        name = f"loket_{what}_{os.getpid()}"
        template = database.ensure_template()
        database.drop(name)
        names.append(name)
        with lock(template):
            database.copy(template, name)
        return name

    yield make
    for name in names:
        database.drop(name)
