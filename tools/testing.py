# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev test`: all tests on fresh databases.

They run in parts, as many at a time as the machine has processors. What is named runs
at once and in one go.

`--long` is for what takes too long each time: what plays at random plays more, what of
the addon ran is measured, and of all tests it is asked whether they notice when the
plain rooms are broken.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from . import chromium, database, mutants, odoo, other_modules, ports, postgres
from .paths import CACHE, PYTHON, REPO
from .versions import ADDON, KIND_ADDONS

PLAIN = REPO / "tests"
OWN = REPO / ADDON / "tests"
LONG = "--long"
OTHER_MODULES = "--other-modules"
#: What takes longer than its size tells, in parts of their own: what is walked in a
#: browser, and what plays at random.
APART = (("test_tours.py",), ("test_nights.py", "test_push_random.py"))
#: How pytest says that it found no test.
NO_TESTS = 5


def run(arguments):
    """Run pytest; tests under tests/ alone get no database, or make one themselves.

    With ``--other-modules`` the addon's own tests run beside addons of others, and
    what plays at random plays less. With ``--long`` and no tests that are named, the
    mutants follow.
    """
    beside = ()
    is_long = LONG in arguments
    if is_long:
        arguments = [one for one in arguments if one != LONG]
        os.environ["LOKET_LONG"] = "1"
    postgres.ensure()
    odoo.configure()
    own_only = OTHER_MODULES in arguments
    if own_only:
        arguments = [one for one in arguments if one != OTHER_MODULES]
        beside = other_modules.ensure()
        if not is_long:
            os.environ["LOKET_BESIDE"] = "1"
    named = _paths(arguments)
    if named:
        status = _test(arguments, beside)
    else:
        status = _all(arguments, beside, own_only=own_only, is_measured=is_long)
    if is_long and not named:
        status = mutants.run([]) or status
    return status


def _all(arguments, beside, *, own_only, is_measured):
    """Run all tests, in parts that don't know of each other.

    :param own_only: only those that need the addon's own database
    :param is_measured: whether to print what of the addon ran, which takes its time
    """
    processors = os.cpu_count() or 1
    # What takes longest comes first, so that no processor is left alone at the end.
    tours, at_random = ([str(OWN / name) for name in names] for names in APART)
    parts = [tours, *_shares(processors), at_random]
    if not own_only:
        package = PLAIN / "package"
        plain = [str(PLAIN), f"--ignore={package}"]
        kinds = [str(REPO / addon / "tests") for addon in KIND_ADDONS]
        parts = [[str(package)], plain, *parts, kinds]
    with tempfile.TemporaryDirectory() as folder, _base(beside) as base:
        measured = [Path(folder) / f"coverage.{number}" for number in range(len(parts))]

        def run_part(part, coverage):
            options = [f"--cov={ADDON}", "--cov-report="] if is_measured else []
            with tempfile.TemporaryFile() as output:
                command = [*options, *part, *arguments]
                status = _test(command, beside, coverage, output, base)
                output.seek(0)
                # in one piece, when it is done: parts would mix
                sys.stdout.write(output.read().decode(errors="replace"))
                sys.stdout.flush()
            return status

        print(f"{len(parts)} parts, {processors} at a time", flush=True)
        with ThreadPoolExecutor(processors) as pool:
            statuses = list(pool.map(run_part, parts, measured))
        if is_measured:
            _report(measured, Path(folder) / "coverage")
    # Options may leave a part without any test.
    return max((one for one in statuses if one != NO_TESTS), default=NO_TESTS)


def _shares(number):
    """The addon's own tests, but those apart, in so many parts, by their size."""
    apart = [name for names in APART for name in names]
    files = [path for path in OWN.glob("test_*.py") if path.name not in apart]
    shares, sizes = [[] for _ in range(number)], [0] * number
    for path in sorted(files, key=lambda path: (-path.stat().st_size, path.name)):
        share = sizes.index(min(sizes))
        shares[share].append(str(path))
        sizes[share] += path.stat().st_size
    return shares


def _report(measured, whole):
    """Print what of the addon ran in any of the parts."""
    environment = {**os.environ, "COVERAGE_FILE": str(whole)}
    for command in (["combine", *map(str, measured)], ["report", "--skip-covered"]):
        command = [str(PYTHON), "-m", "coverage", *command]
        subprocess.run(command, cwd=REPO, env=environment, check=False)


@contextmanager
def _base(beside):
    """A database with the addons, for all parts: to copy it takes less than to install.

    :return: its name
    """
    name = f"loket_test_{os.getpid()}"
    database.create(name, beside=beside)
    try:
        yield name
    finally:
        database.drop(name)


def _test(arguments, beside=(), coverage=None, output=None, base=None):
    """Run pytest, with a database where the tests need one.

    :param coverage: the file that keeps which lines ran
    :param output: a file that is written to; None: the terminal
    :param base: a database with the addon and those beside it; None: there is none yet
    """
    if all(path.is_relative_to(PLAIN) for path in _paths(arguments)):
        return _pytest(["-p", "no:odoo", *arguments], coverage, output)
    kinds = _kind_addons(_paths(arguments))
    if not chromium.ensure():
        print(f"{chromium.MISSING}; the tours are skipped")
    port = ports.free_port(0)
    name = f"loket_test_{os.getpid()}_{port}"
    if base and not kinds:
        database.copy(base, name)
    else:
        database.create(name, beside=(*beside, *kinds))
    options = [f"--odoo-database={name}", "--odoo-http"]
    options += ["--odoo-extra", "max-cron-threads=0"]
    # Odoo's bound is of one server's address space, not of a whole test run's, whose
    # many small servers have many threads.
    options += ["--odoo-extra", "limit-memory-hard=0"]
    options += ["--odoo-extra", f"http-port={port}"]
    try:
        return _pytest([*options, *arguments], coverage, output)
    finally:
        database.drop(name)


def _kind_addons(paths):
    """The addons for further kinds of booking that some tests are of."""
    return [
        addon
        for addon in KIND_ADDONS
        if any(path.is_relative_to(REPO / addon) for path in paths)
    ]


def _paths(arguments):
    """The tests that are named, as files or folders of the repository."""
    named = [Path(one.partition("::")[0]).resolve() for one in arguments]
    return [path for path in named if path.exists() and path.is_relative_to(REPO)]


def _pytest(arguments, coverage=None, output=None):
    # Neither what ran nor what failed is kept in the clone.
    environment = {**os.environ, "COVERAGE_FILE": str(coverage or CACHE / "coverage")}
    memory = ["-o", f"cache_dir={CACHE / 'pytest'}"]
    command = [str(PYTHON), "-m", "pytest", *memory, *arguments]
    return subprocess.run(
        command, cwd=REPO, env=environment, check=False, stdout=output, stderr=output
    ).returncode
