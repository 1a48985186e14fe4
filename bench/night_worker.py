# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A worker of Odoo's scheduler: for each line from stdin, until the night is over.

Pages are read one at a time, so that waiting for Loket is all there is to share.
"""

import sys
import time

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

from bench.worker import QUIET

#: Seconds between two looks for what is due. Odoo's own workers look once a minute.
PAUSE = 0.05


def main(database):
    """Tell that this is ready, then that each night is over, by a line each."""
    config.parse_config(
        ["-d", database, "--no-http", "--log-level=error", QUIET], setup_logging=True
    )
    registry = Registry(database)
    from odoo.addons.l10n_nl_loket.gateway.rest import transport

    transport.AT_ONCE = 0
    print("ready", flush=True)
    for _line in sys.stdin:
        while not _is_over(registry):
            registry["ir.cron"]._process_jobs(database)
            time.sleep(PAUSE)
        print("over", flush=True)


def _is_over(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        main = env.ref("l10n_nl_loket.ir_cron_loket_sync")
        return main.nextcall > cr.now()


if __name__ == "__main__":
    main(sys.argv[1])
