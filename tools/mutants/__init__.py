# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev mutants [ROOM ...]`: break the plain rooms, and see whether a test notices.

Mutmut changes one thing at a time (`<` to `<=`, a bound by one, an argument to None)
and runs the tests of that room. What no test notices must be in tests/survivors.toml,
with the reason why it may live. An interrupted run goes on where it was; after a change
of sources or tests a room is done anew. While you write tests, `--again` tests only
those that lived, and functions that changed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..build import build_once, digest, lock
from ..build import run as run_quietly
from ..paths import CACHE, REPO
from ..report import Missing, step
from ..versions import ADDON
from . import survivors
from .staging import staged

#: What the other rooms import of these.
FORMAT = "payroll_file"
ROOMS = (FORMAT, "people", "payroll")
#: What the rooms import, and is left alone.
BESIDE = ("gateway", "words.py")
HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
VENV = CACHE / "mutants_venv"
#: As Odoo has it: a folder without a package above it, for no Odoo is needed.
INSIDE = Path("odoo", "addons", ADDON)
#: Without the tests of how long a thing takes: they would run thousands of times.
CONFIGURATION = r"""[mutmut]
source_paths={source}
only_mutate={inside}/{room}/*
also_copy=
    conftest.py
    tools
pytest_add_cli_args_test_selection=tests/{room}
pytest_add_cli_args=
    -p
    no:cacheprovider
    -p
    no:unraisableexception
    -k
    not take_seconds
do_not_mutate_patterns=^\s*assert\b
use_git_change_detection=false
timeout_multiplier=5
"""


def run(arguments):
    """Test the mutants of the named rooms, or of all.

    :return: the status for the shell: 1 when a mutant lives that is not listed, when
        one that is listed lives no more, or when too few are killed
    """
    parser = argparse.ArgumentParser("./dev mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    workers = len(os.sched_getaffinity(0))
    parser.add_argument("--workers", type=int, default=workers, help="at a time")
    again = "only what lived or changed, by the tests of now; whole is a run without it"
    parser.add_argument("--again", action="store_true", help=again)
    options = parser.parse_args(arguments)
    for room in options.rooms:
        if room not in ROOMS:
            raise Missing(f"./dev mutants {room}: no such room; {', '.join(ROOMS)}")
    key = digest(REQUIREMENTS.read_text(), sys.version_info[:2])
    build_once(VENV, key, "Mutmut and what it runs", _make_environment)
    rooms = options.rooms or ROOMS
    # A list, for each of them is told.
    right = [_test(room, options.workers, options.again) for room in rooms]
    return int(not all(right))


def _make_environment():
    run_quietly(
        [sys.executable, "-m", "venv", str(VENV)], "missing: Python's venv module"
    )
    missing = "missing: a Python package index that pip can reach; set PIP_INDEX_URL"
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--only-binary", ":all:", "--no-deps"]
    run_quietly([*pip, "-r", str(REQUIREMENTS)], missing)


def _test(room, workers, again):
    """Test the mutants of a room, tell what lives, and return whether that is right.

    :param again: whether what was killed stays so, whatever the tests are now
    """
    # Clones of the repository work beside each other; two runs of one room do not.
    clone = digest(str(REPO))
    with lock(f"mutants_{clone}_{room}"):
        folder = CACHE / "mutants" / clone / room
        _lay_out(folder, room, again)
        with step(f"Mutants of {room}"):
            _mutmut(folder, workers)
        verdicts = json.loads(_ask(folder))
    return survivors.judge(room, verdicts)


def _ask(folder, *options):
    """What became of the mutants: see verdicts.py."""
    command = [str(VENV / "bin" / "python"), str(HERE / "verdicts.py"), *options]
    return run_quietly(command, "missing: what mutmut left", cwd=folder)


def _mutmut(folder, workers):
    """Have mutmut go on where it was; what it says is in run.log."""
    environment = {**os.environ, "PYTHONPATH": "", "COLUMNS": "200"}
    python, program = VENV / "bin" / "python", HERE / "mutate.py"
    command = ["nice", python, program, "run", f"--max-children={workers}"]
    log = folder / "run.log"
    with open(log, "w") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        last = "\n".join(log.read_text().splitlines()[-20:])
        raise Missing(f"{last}\nmutmut stopped; all that it said is in {log}")


def _lay_out(folder, room, again):
    """Fill the folder that mutmut works in, unless it is there from a run before."""
    files = _sources(room) | _tests(room)
    tools = (REQUIREMENTS, HERE / "mutate.py", HERE / "conftest_of_mutants.py")
    of_tools = digest(*(path.read_text() for path in tools))
    key = f"{of_tools} {digest(*sorted(files.items()))}"
    stamp = folder / ".laid_out"
    known = stamp.read_text() if stamp.exists() else ""
    if again and known.startswith(of_tools):
        # Mutmut sees by itself which functions are other ones now.
        _ask(folder, "--forget")
        (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
        key = of_tools  # not whole: some were killed by other tests
        stamp.write_text(key)
    elif known == key:
        return
    else:
        shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
    stamp.write_text(key)


def _sources(room):
    """{path in the folder: text} of the rooms, what they import, and what is to do."""
    addon = REPO / ADDON
    sources = {
        str(path.relative_to(addon)): path.read_text()
        for name in {room, FORMAT}
        for path in sorted((addon / name).rglob("*.py"))
    }
    files = {str(INSIDE / path): text for path, text in staged(sources).items()}
    for name in BESIDE:
        path = addon / name
        for one in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            files[str(INSIDE / one.relative_to(addon))] = one.read_text()
    files[str(INSIDE / "__init__.py")] = ""  # the models need Odoo
    files["setup.cfg"] = CONFIGURATION.format(
        source=INSIDE.parts[0], inside=INSIDE, room=room
    )
    return files


def _tests(room):
    """{path in the folder: text} of the tests of a room, and what they import."""
    files, tests = {}, REPO / "tests"
    beside = [tests / "__init__.py", tests / "conftest.py"]
    beside += [REPO / "tools" / "__init__.py", REPO / "tools" / "paths.py"]
    for path in [*beside, *sorted((tests / room).rglob("*.py"))]:
        files[str(path.relative_to(REPO))] = path.read_text()
    files["conftest.py"] = (HERE / "conftest_of_mutants.py").read_text()
    return files
