# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev`: set up what a command needs, then run it inside the virtual environment."""

import os
import sys

from . import odoo_source, venv
from .paths import PYTHON
from .report import Missing

HELP = """\
./dev COMMAND: everything of this repository, in one place

  demo  [--once] [--out DIR]   the whole job, on a new Odoo and a sandbox Loket
  test  [--long] [PYTEST ARGUMENTS]  all tests, on a new database
  mutants [ROOM ...]           break the plain rooms: does a test notice?
  access                       who may do what, tried and written in docs/access.md
  bench [--size small|full] [--job NAME]  what the work costs, against a bound
  screenshots                  the pictures of the manual, from the demonstration
  i18n                         export the terms, and bring the Dutch file in line
  lint  [CHECK ...]            ruff, mypy, pylint-odoo, eslint and the OCA's checks
  readme                       the addon's README and page under Apps, from readme/*.md
  release                      the changelog and the wheel of the manifest's version
  wheel                        the wheel of the addon as it is here, in dist/
  db    NAME                   (re)make database NAME: the addon, no demo data
  shell --db NAME < SCRIPT     run a script with `env`; it commits what it wants to keep
  serve --db NAME [--port N]   Odoo in the browser (user admin, password admin)
  sandbox [--port N ...]       a Loket that runs on this machine (--help tells all)
  setup                        fetch and build what the others need, and nothing else
  stop                         stop the embedded PostgreSQL

The first run fetches Odoo and its packages into the cache (XDG_CACHE_HOME or ~/.cache,
in l10n_nl_loket/); an interrupted one may be run again. ODOO_SRC=FOLDER uses an Odoo
of yours, PGHOST (with PGUSER, PGPASSWORD, PGPORT) a PostgreSQL of yours.
"""


def main(arguments):
    """Explain, or prepare and go on in the virtual environment."""
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        print(HELP, end="")
        return
    odoo_source.source_folder()
    venv.ensure()
    os.execv(PYTHON, [str(PYTHON), "-m", "tools.commands", *arguments])


try:
    main(sys.argv[1:])
except Missing as error:
    sys.exit(str(error))
