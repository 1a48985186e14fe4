# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small web server that answers like Loket, right or wrong, as a test tells it."""

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from odoo.addons.l10n_nl_loket.gateway import TokenSet


class Answer:
    """What the server sends: ``body`` as JSON, or as it is when it is text."""

    def __init__(self, body="", status=200, headers=(), cut=0):
        text = body if isinstance(body, str) else json.dumps(body)
        self.body = text.encode()
        self.status = status
        self.headers = dict(headers)
        self.cut = cut
        """How many bytes of the body are never sent."""


def page(rows, *, size=None, pages=1, current=1):
    """A list reply of the contract."""
    return {
        "totalSize": len(rows) if size is None else size,
        "pageSize": 250,
        "totalPages": pages,
        "currentPage": current,
        "version": {"obsoleteDate": None, "resourceVersion": "2018-01-01"},
        "messages": [],
        "_embedded": rows,
    }


class LoketStub:
    """``routes``: path -> an answer, a list of answers (the last one stays), or a
    function of the query. ``seen``: (method, path, headers, fields) of each request."""

    def __init__(self):
        self.routes = {}
        self.seen = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub._answer(self, "")

            def do_POST(self):
                size = int(self.headers.get("Content-Length") or 0)
                stub._answer(self, self.rfile.read(size).decode())

            def log_message(self, *_args):
                """Keeps the test output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.api_url = f"{self.url}/v2"

    def __enter__(self):
        threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        ).start()
        return self

    def __exit__(self, *_exc):
        self._server.shutdown()
        self._server.server_close()

    def calls(self, path):
        return [request for request in self.seen if request[1] == path]

    def _answer(self, handler, sent):
        parts = urlsplit(handler.path)
        fields = parse_qs(sent or parts.query)
        self.seen.append((handler.command, parts.path, dict(handler.headers), fields))
        answer = self.routes.get(parts.path, Answer(status=404))
        if callable(answer):
            answer = answer(fields)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        with suppress(ConnectionError):  # the caller may have given up
            self._send(handler, answer)

    @staticmethod
    def _send(handler, answer):
        handler.send_response(answer.status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(answer.body[: len(answer.body) - answer.cut])


class MemoryTokens:
    """A token store that behaves as the port asks."""

    def __init__(self, token):
        self.stored = token
        self.renewals = 0

    def load(self) -> TokenSet:
        return self.stored

    def renew(self, stale, fetch) -> TokenSet:
        if self.stored == stale:
            self.renewals += 1
            self.stored = fetch(stale)
        return self.stored
