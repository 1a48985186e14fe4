# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev test`: all tests on a fresh database, with coverage of the addon.

`--long` is for what takes too long each time: what plays at random plays more, and
of all tests it is asked whether they notice when the plain rooms are broken.
"""

import os
import subprocess
from pathlib import Path

from . import chromium, database, mutants, odoo, other_modules, ports, postgres
from .paths import CACHE, PYTHON, REPO
from .versions import ADDON

PLAIN = REPO / "tests"
LONG = "--long"
OTHER_MODULES = "--other-modules"


def run(arguments):
    """Run pytest; tests under tests/ alone get no database, or make one themselves.

    With ``--other-modules`` the addon's own tests run beside addons of others. With
    ``--long`` and no tests that are named, the mutants follow.
    """
    beside = ()
    is_long = LONG in arguments
    if is_long:
        arguments = [one for one in arguments if one != LONG]
        os.environ["LOKET_LONG"] = "1"
    postgres.ensure()
    odoo.configure()
    if OTHER_MODULES in arguments:
        arguments = [one for one in arguments if one != OTHER_MODULES]
        beside = other_modules.ensure()
        if not _paths(arguments):
            arguments.append(f"{ADDON}/tests")
    status = _test(arguments, beside)
    if is_long and not _paths(arguments):
        status = mutants.run([]) or status
    return status


def _test(arguments, beside):
    """Run pytest, with a database where the tests need one."""
    paths = _paths(arguments)
    if paths and all(path.is_relative_to(PLAIN) for path in paths):
        return _pytest(["-p", "no:odoo", *arguments])
    if not chromium.ensure():
        print(f"{chromium.MISSING}; the tours are skipped")
    name = f"loket_test_{os.getpid()}"
    database.create(name, beside=beside)
    options = [f"--odoo-database={name}", "--odoo-http"]
    options += ["--odoo-extra", "max-cron-threads=0"]
    # Odoo's bound is of one server's address space, not of a whole test run's, whose
    # many small servers have many threads.
    options += ["--odoo-extra", "limit-memory-hard=0"]
    options += ["--odoo-extra", f"http-port={ports.free_port(0)}"]
    if not paths:
        options += [f"--cov={ADDON}", "--cov-report=term:skip-covered"]
        options += [f"{ADDON}/tests", "tests"]
    try:
        return _pytest([*options, *arguments])
    finally:
        database.drop(name)


def _paths(arguments):
    """The tests that are named, as files or folders of the repository."""
    named = [Path(one.partition("::")[0]).resolve() for one in arguments]
    return [path for path in named if path.exists() and path.is_relative_to(REPO)]


def _pytest(arguments):
    coverage = CACHE / f"coverage.{os.getpid()}"
    environment = {**os.environ, "COVERAGE_FILE": str(coverage)}
    memory = ["-o", f"cache_dir={CACHE / 'pytest'}"]  # not in the clone
    command = [str(PYTHON), "-m", "pytest", *memory, *arguments]
    try:
        return subprocess.run(
            command, cwd=REPO, env=environment, check=False
        ).returncode
    finally:
        coverage.unlink(missing_ok=True)
