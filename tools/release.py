# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev release`: the changelog and the wheel; `./dev wheel`: the wheel alone.

What changed is told in readme/newsfragments, a file each; towncrier moves it to
CHANGELOG.md, from where it comes into the README, and so into the wheel.
"""

import argparse
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

from . import readme, wheel
from .build import run as run_command
from .paths import PYTHON, REPO
from .report import Missing, step
from .versions import ADDON, ADDONS

CHANGELOG = REPO / "CHANGELOG.md"
NEWS = REPO / ADDON / "readme" / "newsfragments"
DIST = REPO / "dist"
#: The versions whose chapters the changelog has.
RELEASED = re.compile(r"^## (\S+)", re.MULTILINE)


def fragments():
    """Return the paths of the news that no release has told yet."""
    return sorted(path for path in NEWS.glob("*.md") if path.name != "README.md")


def run(arguments):
    """Write the changelog and build the wheel into dist/.

    :return: the status for the shell
    :raise Missing: there is news, but the manifest's version was released already
    """
    parser = argparse.ArgumentParser("./dev release", description=__doc__)
    parser.add_argument("--date", default=date.today().isoformat(), help="YYYY-MM-DD")
    options = parser.parse_args(arguments)
    version = readme.manifest()["version"]
    if fragments():
        if version in RELEASED.findall(CHANGELOG.read_text()):
            raise Missing(
                f"{version} is in CHANGELOG.md already, and there is news: raise the"
                f" version in {ADDON}/__manifest__.py"
            )
        with step("Changelog"):
            _tell(version, options.date)
        readme.run([])
    with step("Wheel"):
        built = _build()
    print(f"{built}\nNow commit, and tag the commit {version}.")
    return 0


def run_wheel(arguments):
    """Build the wheels of the addons as they are here into dist/, without a release.

    :return: the status for the shell
    """
    argparse.ArgumentParser("./dev wheel", description=run_wheel.__doc__).parse_args(
        arguments
    )
    with step("Wheel"):
        built = _build()
    print(built)
    return 0


def _tell(version, day):
    towncrier = [PYTHON.parent / "towncrier", "build", "--yes"]
    values = [f"--version={version}", f"--date={day}"]
    run_command([*towncrier, *values], "the changelog could not be written", cwd=REPO)


def _build():
    """Build the wheel of each addon; returns their paths, one a line."""
    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        built = [wheel.build(Path(folder), addon) for addon in ADDONS]
        paths = [Path(shutil.copy(one, DIST)).relative_to(REPO) for one in built]
    return "\n".join(map(str, paths))
