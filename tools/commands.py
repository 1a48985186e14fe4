# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands of `./dev`, run inside the virtual environment."""

import argparse
import os
import subprocess
import sys

from . import (
    access_table,
    database,
    lint,
    mutants,
    odoo,
    ports,
    postgres,
    readme,
    release,
    testing,
    translations,
)
from .paths import CACHE, PYTHON
from .report import Missing


def _db(arguments):
    parser = argparse.ArgumentParser("./dev db", description="(Re)make a database.")
    parser.add_argument("name")
    parser.add_argument("--demo", action="store_true", help="with Odoo's demo data")
    options = parser.parse_args(arguments)
    _services()
    database.create(options.name, options.demo)


def _shell(arguments):
    parser = argparse.ArgumentParser("./dev shell", description="Script or prompt.")
    parser.add_argument("--db", required=True)
    options = parser.parse_args(arguments)
    _services()
    quiet = ["--no-http", "--log-level=warn", "--log-handler=py.warnings:ERROR"]
    return _run(odoo.command("shell", "-d", options.db, *quiet))


def _serve(arguments):
    parser = argparse.ArgumentParser("./dev serve", description="Odoo in the browser.")
    parser.add_argument("--db", required=True)
    parser.add_argument("--port", default="8069")
    options = parser.parse_args(arguments)
    _services()
    print(f"Odoo on http://localhost:{options.port} (user admin, password admin)")
    only = ["-d", options.db, "--db-filter", f"^{options.db}$", "--no-database-list"]
    # With that password, this machine only.
    where = ["--http-interface", ports.HOST, "--http-port", options.port]
    return _run(odoo.command(*only, *where))


def _demo(arguments):
    from . import demo  # brings the sandbox, which no other command needs

    return demo.run(arguments)


def _sandbox(arguments):
    return _run([str(PYTHON), "-m", "sandbox", *arguments])


def _bench(arguments):
    return _run([str(PYTHON), "-m", "bench", *arguments])


def _screenshots(arguments):
    from . import screenshots  # brings the sandbox, as the demonstration does

    return screenshots.run(arguments)


def _setup(_arguments):
    _services()
    database.ensure_template()


def _stop(_arguments):
    postgres.stop()


COMMANDS = {
    "demo": _demo,
    "db": _db,
    "shell": _shell,
    "serve": _serve,
    "sandbox": _sandbox,
    "test": testing.run,
    "access": access_table.run,
    "mutants": mutants.run,
    "bench": _bench,
    "lint": lint.run,
    "i18n": translations.run,
    "readme": readme.run,
    "release": release.run,
    "wheel": release.run_wheel,
    "screenshots": _screenshots,
    "setup": _setup,
    "stop": _stop,
}

#: Where the tools remember what they saw: beside the rest, not in the clone.
TOOL_CACHES = {
    "HYPOTHESIS_STORAGE_DIRECTORY": "hypothesis",
    "MYPY_CACHE_DIR": "mypy",
    "RUFF_CACHE_DIR": "ruff",
}


def _services():
    postgres.ensure()
    odoo.configure()


def _run(command):
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 130


def main(arguments):
    """Run one command and give its exit status."""
    name, *rest = arguments
    if name not in COMMANDS:
        raise Missing(f"./dev {name}: no such command; ./dev alone lists them")
    os.environ["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
    for variable, folder in TOOL_CACHES.items():
        os.environ.setdefault(variable, str(CACHE / folder))
    return COMMANDS[name](rest) or 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as error:
        sys.exit(str(error))
