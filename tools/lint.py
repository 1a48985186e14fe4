# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev lint [CHECK ...]`: the checks that the OCA asks of an addon, and our own.

`.pre-commit-config.yaml` names the same checks, each as a hook that runs it from here:
so that they are the same programs, of the same versions, wherever they run.
"""

import subprocess

from . import headers, javascript, readme
from .paths import PYTHON, REPO
from .report import Missing, step
from .versions import ADDONS

SCRIPTS = PYTHON.parent


def _runs(*command, env=None):
    """Return whether a command that runs in the repository finds nothing wrong."""
    return not subprocess.run(command, cwd=REPO, check=False, env=env).returncode


def _node(tool, *arguments):
    javascript.ensure()
    command = javascript.command(tool, *arguments)
    return _runs(*command, env=javascript.environment())


def _po():
    folders = (REPO / addon / "i18n" for addon in ADDONS)
    files = sorted(str(path) for folder in folders for path in folder.glob("*.po"))
    return _runs(SCRIPTS / "oca-checks-po", *files)


def _prettier():
    suffixes = (".cjs", ".js")
    paths = [str(path) for path in headers.sources() if path.suffix in suffixes]
    return _node("prettier", "--check", "--log-level=warn", *paths)


#: {name: function that says what is wrong, and returns whether nothing is}
CHECKS = {
    "ruff-check": lambda: _runs(SCRIPTS / "ruff", "check", "--quiet", "."),
    "ruff-format": lambda: _runs(SCRIPTS / "ruff", "format", "--quiet", "--check", "."),
    "mypy": lambda: _runs(SCRIPTS / "mypy", "--no-error-summary"),
    "pylint-odoo": lambda: _runs(SCRIPTS / "pylint", "--rcfile=.pylintrc", *ADDONS),
    "oca-checks-odoo-module": lambda: _runs(
        SCRIPTS / "oca-checks-odoo-module", *ADDONS
    ),
    "oca-checks-po": _po,
    "eslint": lambda: _node("eslint", "--max-warnings=0", "."),
    "prettier": _prettier,
    "licence-headers": headers.check,
    "generated-readme": readme.check,
}


def run(arguments):
    """Run the named checks, or all of them.

    :return: the status for the shell: 1 when any of them complains
    """
    unknown = [name for name in arguments if name not in CHECKS]
    if unknown:
        raise Missing(f"./dev lint {unknown[0]}: no such check; {', '.join(CHECKS)}")
    failed = []
    for name in arguments or CHECKS:
        with step(name):
            if not CHECKS[name]():
                failed.append(name)
    if failed:
        print(f"lint: failed: {', '.join(failed)}")
    return int(bool(failed))
