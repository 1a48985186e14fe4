# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One job, in a process of its own on a database of its own; its rows go to stdout."""

import cProfile
import importlib
import json
import os
import pstats
import sys
import time
import traceback
from contextlib import closing, contextmanager

import psycopg2

from odoo import api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config

from bench.measure import Meter, measured
from tools import database

#: Odoo's own, on newer packages.
QUIET = "--log-handler=py.warnings:CRITICAL"
#: What stands before the line with the rows.
ANSWER = "ROWS "


class Bench:
    """What a job has to work with: a database with the addon, and nothing in it.

    :param name: of the database
    :param size: ``small`` or ``full``
    :param part: which one of the job
    """

    def __init__(self, name, size, part):
        self.size, self.part = size, part
        self.registry = Registry(name)
        self.meter = Meter()

    @contextmanager
    def env(self, keep=False):
        """A new environment of the system, in a transaction of its own.

        :param keep: whether what is done in it stays
        """
        with self.registry.cursor() as cr:
            yield api.Environment(cr, api.SUPERUSER_ID, {})
            if keep:
                cr.commit()
            else:
                cr.rollback()

    def apart(self, work):
        """Do work that stays in the database alone, in a process of its own."""
        sql_db.close_all()  # no process goes on with the connection of another
        process = os.fork()
        if not process:
            failed = 1
            try:
                work()
                failed = 0
            except Exception:  # noqa: BLE001 (told, and then this process ends)
                traceback.print_exc()
            finally:
                os._exit(failed)
        _process, failed = os.waitpid(process, 0)
        if failed:
            raise RuntimeError("What is done apart failed")
        self.registry.clear_all_caches()

    @contextmanager
    def twin(self):
        """The same on a copy of the database, for what waits for each other in one."""
        name = f"{self.registry.db_name}_twin"
        sql_db.close_all()  # of what is in use there is no copy
        database.drop(name)
        database.copy(self.registry.db_name, name)
        try:
            yield Bench(name, self.size, self.part)
        finally:
            sql_db.close_db(name)
            Registry.delete(name)
            database.drop(name)

    def undone(self, work):
        """``work``, a function of an environment, as one whose writing is undone."""

        def run():
            with self.env() as env:
                result = work(env)
                env.flush_all()
                return result

        return run

    def undone_in_pieces(self, work):
        """The same of one that yields what came of it so far, after each piece."""

        def run():
            with self.env() as env:
                for result in work(env):
                    env.flush_all()
                    yield result

        return run

    def kept(self, work):
        """``work``, a function of an environment, as one whose writing stays."""

        def run():
            with self.env(keep=True) as env:
                result = work(env)
                env.flush_all()
                return result

        return run

    def analyze(self):
        """Let the database know how much there is of what."""
        with self.registry.cursor() as cr:
            # Not all tables: those that all databases share, others wait for.
            cr.execute(
                "SELECT format('ANALYZE %I', tablename) FROM pg_tables "
                "WHERE schemaname = 'public'"
            )
            for (statement,) in cr.fetchall():
                cr.execute(statement)
            cr.commit()

    def vacuum(self):
        """Rid the tables of what was undone, and let the database know it.

        Else it takes them for empty, however much the next transaction writes.
        """
        with closing(psycopg2.connect(dbname=self.registry.db_name)) as connection:
            connection.autocommit = True  # in a transaction it can't be done
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")


def profile(row):
    """Run our side of a row once, and tell where its processor time goes."""
    row.before("ours")
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(lambda: list(row.ours()) if row.in_pieces else row.ours())
    stats = pstats.Stats(profiler, stream=sys.stderr)
    stats.sort_stats("cumulative").print_stats(r"l10n_nl_loket|odoo/orm", 40)
    stats.sort_stats("tottime").print_stats(20)


def main(job, size, name, rounds, part):
    """Measure a job, and print its rows as JSON.

    :param rounds: 0: measure nothing, and tell where the time of our side goes
    """
    config.parse_config(
        ["-d", name, "--no-http", "--log-level=error", QUIET], setup_logging=True
    )
    bench = Bench(name, size, part)
    module = importlib.import_module(f"bench.jobs.{job}")
    rows = []
    for row in module.rows(bench):
        print(row.what, file=sys.stderr, flush=True)
        if rounds:
            rows.append(measured(row, bench.meter, rounds))
        else:
            profile(row)
    print(ANSWER + json.dumps(rows))


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
