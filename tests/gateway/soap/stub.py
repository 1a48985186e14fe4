# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A web server with a SOAP description, and whatever replies a test gives it."""

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE, PACKAGED

EMPLOYER = (
    f'<employer xmlns="{NAMESPACE}"><ref>A1</ref><name>Voorbeeld</name></employer>'
)


def body(content):
    """A SOAP message around ``content``."""
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<s:Body>{content}</s:Body></s:Envelope>"
    )


def employers(content=EMPLOYER):
    """A reply to GetEmployers."""
    return body(
        f'<GetEmployersResponse xmlns="{NAMESPACE}">{content}</GetEmployersResponse>'
    )


def fault(code, detail="", text="Jan Jansen, BSN 123456782"):
    """A SOAP fault, with words in it that nobody may see."""
    return body(
        f"<s:Fault><faultcode>s:{code}</faultcode><faultstring>{text}</faultstring>"
        f'<detail xmlns:t="{NAMESPACE}">{detail}</detail></s:Fault>'
    )


class SoapStub:
    """``reply`` answers every POST: (status, body), with ``headers`` beside it.

    ``wsdl`` is the description, ``cut`` how many bytes of a reply are never sent, and
    ``seen`` holds (method, path, headers, body) of each request.
    """

    def __init__(self):
        self.seen = []
        self.reply = (200, employers())
        self.headers = {}
        self.cut = 0
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub._note(self, "")
                stub._send(self, stub.wsdl_status, stub.wsdl, {}, 0)

            def do_POST(self):
                size = int(self.headers.get("Content-Length") or 0)
                stub._note(self, self.rfile.read(size).decode())
                stub._send(self, *stub.reply, stub.headers, stub.cut)

            def log_message(self, *_args):
                """Keeps the test output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.wsdl_url = f"{self.url}/soap?wsdl"
        self.wsdl_status = 200
        self.wsdl = PACKAGED.read_text().replace(
            "https://loket.invalid/soap", f"{self.url}/soap"
        )

    def __enter__(self):
        threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        ).start()
        return self

    def __exit__(self, *_exc):
        self._server.shutdown()
        self._server.server_close()

    def posts(self):
        return [request for request in self.seen if request[0] == "POST"]

    def _note(self, handler, sent):
        self.seen.append((handler.command, handler.path, dict(handler.headers), sent))

    @staticmethod
    def _send(handler, status, text, headers, cut):
        data = text.encode()
        with suppress(ConnectionError):
            handler.send_response(status)
            handler.send_header("Content-Type", "text/xml; charset=utf-8")
            handler.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data[: len(data) - cut])
