# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev demo`: the whole job on a new Odoo and a sandbox Loket."""

import argparse
import threading
from pathlib import Path

from .. import database, odoo, postgres
from ..paths import REPO
from ..report import Missing
from . import job, services
from .client import OdooError

DATABASE = "loket_demo"
"""Made anew by each run, unless `--db` names another."""


def run(arguments):
    """Prepare, do the job, and leave everything running unless `--once`."""
    parser = argparse.ArgumentParser("./dev demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop after the job")
    parser.add_argument("--out", type=Path, default=REPO / "out", help="results")
    parser.add_argument(
        "--protocol", choices=("rest", "soap"), default="rest", help="way to Loket"
    )
    parser.add_argument("--db", default=DATABASE, help="database to make and use")
    options = parser.parse_args(arguments)
    postgres.ensure()
    odoo.configure()
    database.create(options.db, demo=True)
    try:
        return _demonstrate(options)
    except (OdooError, ValueError) as error:
        raise Missing(f"the demonstration stopped: {error}") from error


def _demonstrate(options):
    with (
        services.mail_catcher() as (smtp_port, messages),
        services.sandbox() as loket,
        services.running_odoo(options.db, smtp_port) as client,
    ):
        client.login("admin", "admin")
        summary = job.do(client, loket, messages, options.out, options.protocol)
        print(f"\nResults in {options.out}")
        if not summary["equal"]:
            print("Odoo, the file and Loket differ where they must not: see the table")
        if not options.once:
            _stay(client, loket)
    return int(not summary["equal"])


def _stay(client, loket):
    print(f"Odoo   {client.url}  (admin / admin)")
    print(f"Loket  {loket.url}  (hr@voorbeeld.nl / loket)")
    print("Ctrl-C stops both.", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()
