# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon as a wheel, and an environment that has Odoo and nothing of this folder."""

import os
import shutil
import subprocess
import sys

from .build import build_once, digest, run
from .odoo_source import source_folder
from .paths import CACHE, PYTHON, REPO, VENV
from .versions import ADDON

BUILDER = CACHE / "wheel_builder"
REQUIREMENTS = REPO / "tools" / "packaging.txt"
PIP = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]
INDEX = "missing: a Python package index that pip can reach; set PIP_INDEX_URL"


def files_of_addon(tests=False, addon=ADDON):
    """Return the names of an addon's files, as git knows them.

    :param tests: with its tests, which are not to be in the wheel
    """
    listed = run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", addon],
        "missing: git, and a checkout made by it",
        cwd=REPO,
    ).splitlines()
    kept = (name for name in listed if (REPO / name).is_file())
    inside = f"{addon}/tests/"
    return sorted(name for name in kept if tests or not name.startswith(inside))


def build(folder, addon=ADDON):
    """Build the wheel of what git knows into `folder`; returns its path."""
    key = digest(REQUIREMENTS.read_text(), sys.version_info[:2])
    build_once(BUILDER, key, "What builds a wheel", _fetch_builder)
    source = folder / f"source_{addon}"
    others = ("setup.py", "pyproject.toml", "LICENSE", "README.md")
    for name in (*files_of_addon(addon=addon), *others):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPO / name, source / name)
    command = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    environment = {**os.environ, "PYTHONPATH": str(BUILDER), "LOKET_ADDON": addon}
    run(
        [*command, str(folder), str(source)],
        "the wheel could not be built",
        env=environment,
    )
    (wheel,) = folder.glob(f"odoo_addon_{addon}-*.whl")
    return wheel


def _fetch_builder():
    wanted = ["--only-binary", ":all:", "--target", str(BUILDER)]
    run([*PIP, "install", *wanted, "-r", str(REQUIREMENTS)], INDEX)


def install(wheel, folder):
    """Make a virtual environment with Odoo and this wheel; returns its Python.

    Odoo and what it imports come from where `./dev` has them, by a path file; this
    repository is on no path of it.
    """
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True
    )
    (site,) = folder.glob("lib/python3*/site-packages")
    (packages,) = VENV.glob("lib/python3*/site-packages")
    (site / "odoo-and-packages.pth").write_text(f"{source_folder()}\n{packages}\n")
    run(
        [*PIP, "install", "--no-deps", "--target", str(site), str(wheel)],
        f"{wheel.name} could not be installed",
    )
    return folder / "bin" / "python"
