# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ports of this machine, so that several commands of `./dev` can run at once."""

import contextlib
import socket

HOST = "127.0.0.1"


def free_port(wanted):
    """That port if nobody has it, else any other."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((HOST, port))
            return one.getsockname()[1]
    raise OSError("no free port")
