# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sandbox Loket behind a line that breaks, at one call and in one way.

The line is a real one: connections that are reset, bodies that stop half way, and bytes
that come one at a time are so on a socket.
"""

import re
import socket
import socketserver
import struct
import threading
import time
from contextlib import suppress

from werkzeug.test import Client
from werkzeug.wrappers import Response

from odoo.addons.l10n_nl_loket.gateway.rest import endpoints
from odoo.addons.l10n_nl_loket.gateway.soap.operations import LOG_IN, PURPOSES

from sandbox.app import application
from sandbox.server import Sandbox

from .faults import Answer

#: Closing a socket that lingers no time resets the connection.
_RESET = struct.pack("ii", 1, 0)
#: Asked only where another one is refused, and how that one refuses.
SECOND_CHOICE = {
    "GLOBAL_FILTER_SETTINGS": ("FILTER_SETTINGS", 404),
    "MINIMIZED_PERIODS": ("PERIODS", 403),
}


def places(protocol):
    """{name of a call: what it is known by}, of all calls that the addon makes.

    Who logs in or gives consent waits for it; the nights know nothing of that.
    """
    if protocol == "soap":
        found = {name: f"/soap {name}" for name in PURPOSES if name != LOG_IN}
        return {"description": "/soap", **found}
    found = {
        name: ("" if one.at_root else "/v2") + re.sub(r"\{\w+\}", "[^/]+", one.path)
        for name, one in vars(endpoints).items()
        if isinstance(one, endpoints.Endpoint)
    }
    return {"token": "/token", **found}


class BrokenLoket(Sandbox):
    """A sandbox whose answers at one place are broken by one fault.

    ``asked`` holds the places that were asked, in order; ``met`` how often the fault
    was met.
    """

    def __init__(self, protocol, **options):
        super().__init__(0, **options)
        self.places = places(protocol)
        self.asked, self.met = [], 0
        self._fault = self._place = None
        self._app = application(self)
        broken = self

        class Line(socketserver.StreamRequestHandler):
            def handle(self):
                with suppress(OSError):
                    broken._answer(self.rfile, self.connection)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 64

        self._line = Server(("127.0.0.1", 0), Line)
        self.url = f"http://127.0.0.1:{self._line.server_address[1]}"

    def start(self):
        threading.Thread(
            target=self._line.serve_forever, args=(0.01,), daemon=True
        ).start()
        return self

    def stop(self):
        self._line.shutdown()
        self._line.server_close()
        super().stop()

    def break_at(self, place, fault):
        """From now on a call is answered as ``fault`` makes it; ``mend`` ends it."""
        self._place, self._fault, self.met = place, fault, 0

    def mend(self):
        """All answers are sound again."""
        self._place = self._fault = None

    def _answer(self, received, line):
        method, address, headers, sent = _request(received)
        path = address.partition("?")[0]
        operation = re.search(rb":Body>\s*<(?:\w+:)?(\w+)", sent)
        if path == "/soap" and operation:
            path = f"/soap {operation[1].decode()}"
        place = next(
            (n for n, known in self.places.items() if re.fullmatch(known, path)), None
        )
        self.asked.append(place)
        fault = self._fault if place == self._place else None
        if fault:
            self.met += 1
        refused, status = SECOND_CHOICE.get(self._place, (None, 0))
        if fault and fault.is_refusal:
            answer = fault.play(Answer())
        elif refused and place == refused:
            answer = Answer(status, b"{}")
        else:
            answer = self._sound(method, address, headers, sent)
            answer = fault.play(answer) if fault else answer
        _send(line, answer)

    def _sound(self, method, address, headers, sent):
        reply = Client(self._app, Response).open(
            address, method=method, headers=headers, data=sent
        )
        kept = {"Content-Type": reply.headers.get("Content-Type", "text/plain")}
        return Answer(reply.status_code, reply.get_data(), kept)


def _request(received):
    """Method, address, headers and body of a request."""
    method, address, _version = received.readline().decode().split()
    headers = {}
    while line := received.readline().strip():
        name, _colon, value = line.decode("latin-1").partition(":")
        headers[name] = value.strip()
    size = int(headers.get("Content-Length", 0))
    return method, address, headers, received.read(size) if size else b""


def _send(line, answer):
    """Send an answer the way that it says."""
    lines = [f"HTTP/1.1 {answer.status} X", "Connection: close"]
    headers = {"Content-Length": str(len(answer.body)), **answer.headers}
    lines += [f"{name}: {value}" for name, value in headers.items() if value]
    whole = "\r\n".join([*lines, "", ""]).encode() + answer.body
    half = whole[: len(whole) - len(answer.body) // 2 - 1]
    if answer.way in ("reset", "half, reset"):
        line.sendall(half if answer.way == "half, reset" else b"")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    elif answer.way == "half":
        line.sendall(half)
    elif answer.way == "silent":
        line.recv(1)  # until the other side hangs up
    elif answer.way == "drip":
        for place in range(len(whole)):
            line.sendall(whole[place : place + 1])
            time.sleep(0.02)
    elif answer.way == "whole":
        line.sendall(whole)
