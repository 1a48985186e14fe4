# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A web server on this machine, for as long as a test needs it."""

import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HttpStub(ABC):
    """Hands each request to ``_answer``, which a stub of a protocol fills in.

    ``seen`` is for what that one wants to remember of each request.
    """

    content_type = "text/plain"

    def __init__(self):
        self.seen = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub._answer(self, "")

            def do_POST(self):
                size = int(self.headers.get("Content-Length") or 0)
                stub._answer(self, self.rfile.read(size).decode())

            do_PATCH = do_POST  # the library's name

            def log_message(self, *_args):
                """Keeps the test output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        ).start()
        return self

    def __exit__(self, *_exc):
        self._server.shutdown()
        self._server.server_close()

    @abstractmethod
    def _answer(self, handler, sent):
        """Answer one request.

        :param handler: of the request; the reply goes out with ``_send``
        :param sent: the body of the request, empty for a GET
        """

    def _send(self, handler, status, data, headers, cut):
        """Send a reply.

        :param data: its body, in bytes
        :param headers: what is sent beside type and length
        :param cut: how many bytes of the body are never sent
        """
        with suppress(ConnectionError):  # the caller may have given up
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(data)))
            for name, value in {"Content-Type": self.content_type, **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data[: len(data) - cut])
