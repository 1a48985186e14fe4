# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server that sends whatever bytes a test tells, as slowly as it tells."""

import socket
import threading
import time
from contextlib import suppress


class RawServer:
    """Answers each connection with ``reply``: bytes, or pieces of them that it makes.

    :param ssl_context: speaks TLS by it
    """

    def __init__(self, reply=b"", ssl_context=None):
        self.reply = reply
        self.requests = []
        self._context = ssl_context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._stopped = threading.Event()
        scheme = "https" if ssl_context else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_exc):
        self._stopped.set()
        self._listener.close()

    def _serve(self):
        with suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                threading.Thread(
                    target=self._answer, args=(connection,), daemon=True
                ).start()

    def _answer(self, connection):
        with suppress(OSError), connection:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                self.requests.append(self._request(connection))
                reply = self.reply() if callable(self.reply) else [self.reply]
                for piece in reply:
                    if self._stopped.is_set():
                        return
                    connection.sendall(piece)

    def _request(self, connection):
        """The head of a request, and its body."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return data
            data += piece
        head, _blank, body = data.partition(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ),
            0,
        )
        while len(body) < length:
            body += connection.recv(65536)
        return head + body


def http(body=b"", *, status="200 OK", headers=(), length=True):
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def drip(data, pause=0.05):
    """A reply of a byte at a time."""

    def pieces():
        for number in range(len(data)):
            yield data[number : number + 1]
            time.sleep(pause)

    return pieces
