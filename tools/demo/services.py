# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the demonstration runs beside itself: Odoo, the sandbox and a mail catcher."""

import contextlib
import subprocess

from aiosmtpd.controller import Controller

from sandbox.server import Sandbox

from .. import odoo
from ..ports import HOST, free_port
from .client import Odoo


class _Keep:
    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):
        self.messages.append(envelope.content)
        return "250 OK"


@contextlib.contextmanager
def mail_catcher():
    """Receive mail; gives (port, list of the messages as bytes)."""
    handler = _Keep()
    controller = Controller(handler, hostname=HOST, port=free_port(8025))
    controller.start()
    try:
        yield controller.port, handler.messages
    finally:
        controller.stop()


def sandbox():
    """A Loket with 25 employees in the main administration."""
    return Sandbox(free_port(8870), employees=25, seed=1)


@contextlib.contextmanager
def running_odoo(database, smtp_port, log=("--log-level=error",), wanted=8069):
    """Odoo's server on that database, sending its mail to `smtp_port`.

    :param log: options of Odoo's command line, about its log
    :param wanted: the port, if nobody has it; 0: any that is free
    """
    port = free_port(wanted)
    command = odoo.command("-d", database, "--db-filter", f"^{database}$")
    command += ["--http-port", str(port), "--http-interface", HOST]
    command += ["--smtp", HOST, "--smtp-port", str(smtp_port), "--no-database-list"]
    command += [*log, "--max-cron-threads=0"]
    command.append("--log-handler=py.warnings:ERROR")  # Odoo's own, on newer packages
    process = subprocess.Popen(command)
    client = Odoo(f"http://localhost:{port}", database)
    try:
        client.wait(process)
        yield client
    finally:
        process.terminate()
        process.wait(20)
