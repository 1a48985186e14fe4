# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases: a cached template with what the addon depends on, and copies of it."""

import shutil
from contextlib import closing

import psycopg2
from psycopg2 import sql

from . import odoo
from .build import digest, lock
from .odoo_source import source_folder
from .paths import DATA, REQUIREMENTS
from .report import Missing, step
from .versions import ADDON, ODOO_PACKAGE, TEMPLATE_MODULES

PREFIX = "loket_template"
# As Odoo itself does, but without its attempt at extensions that may not be there.
EMPTY = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'unicode' LC_COLLATE 'C'"


def create(name, demo=False, beside=()):
    """Make database `name` with the addon, replacing one of that name.

    :param beside: names of other addons that are installed with it
    """
    template = ensure_template(demo)
    with step(f"Database {name} from the template"):
        drop(name)
        with lock(template):
            copy(template, name)
    with step(f"Addon {ADDON} in {name}"):
        odoo.install(name, [ADDON, *beside], demo)


def ensure_template(demo=False):
    """The name of the template database; make it where it is not there yet."""
    key = digest(ODOO_PACKAGE, str(source_folder()), REQUIREMENTS.read_text())
    name = f"{PREFIX}_{'demo_' if demo else ''}{digest(key, TEMPLATE_MODULES)}"
    with lock(name):
        if exists(name):
            return name
        what = "with demo data" if demo else "without demo data"
        with step(f"Template database {what} (about a minute, once)"):
            partial = f"{name}_partial"
            drop(partial)
            _execute(EMPTY, partial)
            odoo.install(partial, TEMPLATE_MODULES, demo, compiled=True)
            rename(partial, name)
    return name


def exists(name):
    """Whether the server has a database of that name."""
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    with closing(_connect()) as server, server.cursor() as cursor:
        cursor.execute(query, (name,))
        return bool(cursor.fetchone())


def drop(name):
    """Remove a database and its files, if they are there."""
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    shutil.rmtree(_files(name), ignore_errors=True)
    (DATA / ADDON / f"{name}.key").unlink(missing_ok=True)


def copy(source, target):
    """Make `target` a copy of `source`, files included."""
    _execute("CREATE DATABASE {} TEMPLATE {}", target, source)
    if _files(source).exists():
        shutil.copytree(_files(source), _files(target))


def rename(source, target):
    """Give a database another name, and its files with it."""
    shutil.rmtree(_files(target), ignore_errors=True)
    if _files(source).exists():
        _files(source).rename(_files(target))
    _execute("ALTER DATABASE {} RENAME TO {}", source, target)


def _files(name):
    return DATA / "filestore" / name


def _connect():
    try:
        connection = psycopg2.connect(dbname="postgres")
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Missing(f"missing: PostgreSQL; correct PGHOST... ({reason})") from error
    connection.autocommit = True
    return connection


def _execute(statement, *names):
    query = sql.SQL(statement).format(*map(sql.Identifier, names))
    with closing(_connect()) as server, server.cursor() as cursor:
        cursor.execute(query)
