# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A worker of OCA's ``queue_job``: for each line from stdin, until no job is left.

It runs jobs by ``queue_job``'s own controller, but takes them itself: the server has a
thread that hands them out. Pages are read one at a time, as by ``night_worker``.
"""

import sys

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

from bench.worker import QUIET

#: The line that asks for the night to be enqueued.
ENQUEUE = "enqueue\n"
_TAKE = """
    UPDATE queue_job SET state = 'enqueued', date_enqueued = now() AT TIME ZONE 'utc'
    WHERE id = (
        SELECT id FROM queue_job WHERE state = 'pending'
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING uuid
"""


def main(database):
    """Tell that this is ready, then that each thing asked for is done, by a line."""
    config.parse_config(
        ["-d", database, "--no-http", "--log-level=error", QUIET], setup_logging=True
    )
    registry = Registry(database)
    from odoo.addons.l10n_nl_loket.gateway.rest import transport

    transport.AT_ONCE = 0
    print("ready", flush=True)
    for line in sys.stdin:
        if line == ENQUEUE:
            with registry.cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                env["queue.job"].search([]).unlink()
                env["loket.connection"]._cron_sync()
        else:
            while _ran_one(registry):
                pass
        print("done", flush=True)


def _ran_one(registry):
    """Run a job that nobody else has; whether there was one."""
    from odoo.addons.queue_job.controllers.main import RunJobController

    with registry.cursor() as cr:
        cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        cr.execute(_TAKE)
        found = cr.fetchone()
    if found:
        with registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            job = RunJobController._acquire_job(env, found[0])
            if job:
                RunJobController._runjob(env, job)
    return bool(found)


if __name__ == "__main__":
    main(sys.argv[1])
