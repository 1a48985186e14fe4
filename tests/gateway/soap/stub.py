# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A web server with a SOAP description, and whatever replies a test gives it."""

from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE, PACKAGED

from ..http_stub import HttpStub

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


class SoapStub(HttpStub):
    """``reply`` answers every POST: (status, body), with ``headers`` beside it.

    ``raw`` are bytes in place of that body, ``wsdl`` is the description, ``cut`` how
    many bytes of a reply are never sent, and ``seen`` holds (method, path, headers,
    body) of each request.
    """

    content_type = "text/xml; charset=utf-8"

    def __init__(self):
        super().__init__()
        self.reply = (200, employers())
        self.raw = None
        self.headers = {}
        self.cut = 0
        self.wsdl_url = f"{self.url}/soap?wsdl"
        self.wsdl_status = 200
        self.wsdl = PACKAGED.read_text().replace(
            "https://loket.invalid/soap", f"{self.url}/soap"
        )

    def posts(self):
        return [request for request in self.seen if request[0] == "POST"]

    def _answer(self, handler, sent):
        method = handler.command
        self.seen.append((method, handler.path, dict(handler.headers), sent))
        if method == "GET":
            self._send(handler, self.wsdl_status, self.wsdl.encode(), {}, 0)
        else:
            status, text = self.reply
            data = text.encode() if self.raw is None else self.raw
            self._send(handler, status, data, self.headers, self.cut)
