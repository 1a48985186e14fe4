# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP messages, held against the schema of the service description both ways."""

import re
from pathlib import Path

from lxml import etree
from lxml.builder import ElementMaker
from werkzeug.wrappers import Response

#: A text, read as such: nothing of the addon is imported.
DESCRIPTION = (
    Path(__file__)
    .parents[1]
    .joinpath("l10n_nl_loket/gateway/soap/loket.wsdl")
    .read_bytes()
)
NAMESPACE = "urn:l10n-nl-loket:soap:1"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"
_ADDRESS = "{http://schemas.xmlsoap.org/wsdl/soap/}address"

element = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_wrap = ElementMaker(namespace=ENVELOPE, nsmap={"soap": ENVELOPE})


# What XML can't hold goes as a character reference all the same: a broken Loket.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARK = "\ue000"


class SoapFault(Exception):
    """Ends a request. ``detail`` is a typed fault of the description, or None."""

    def __init__(self, code, text, detail=None):
        super().__init__(text)
        self.code, self.text, self.detail = code, text, detail


def refused(reason, activity=None):
    """Return the fault of credentials, link key or rights that are no good."""
    detail = record("RefusedFault", reason=reason, activity=activity)
    return SoapFault("Client", "Geen toegang.", detail)


def not_available(retry_after=None):
    """Return the fault of a Loket that is closed for maintenance, say."""
    detail = record("NotAvailableFault", retryAfter=retry_after)
    return SoapFault("Server", "Niet beschikbaar.", detail)


def invalid(field=None, messages=(), reason="invalid"):
    """Return the fault of a request that can't be carried out as it is."""
    detail = record("InvalidRequestFault", reason=reason, field=field)
    detail.extend(element.message(text) for text in messages)
    return SoapFault("Client", "Ongeldig verzoek.", detail)


def record(name, /, **values):
    """Return an element with a child per value; None and blank are left out."""
    found = getattr(element, name)()
    for key, value in values.items():
        if value is not None and value != "":
            found.append(getattr(element, key)(text_of(value)))
    return found


def text_of(value):
    """Return a value as XML schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNWRITABLE.sub(lambda found: _MARK + f"{ord(found[0]):04x}", str(value))


def description(address):
    """Return the service description with the address of this server."""
    root = etree.fromstring(DESCRIPTION)
    for found in root.iter(_ADDRESS):
        found.set("location", address)
    return Response(etree.tostring(root), content_type="text/xml; charset=utf-8")


def read(data):
    """Return the valid request in the bytes of a message, or raise a SoapFault."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        envelope = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise SoapFault("Client", "Dit is geen XML.") from None
    if envelope.getroottree().docinfo.doctype:
        raise SoapFault("Client", "Een DTD is niet toegestaan.")
    body = envelope.find(f"{{{ENVELOPE}}}Body")
    if envelope.tag != f"{{{ENVELOPE}}}Envelope" or body is None or len(body) != 1:
        raise SoapFault("Client", "Dit is geen SOAP-bericht.")
    if not _schema().validate(body[0]):
        raise invalid()
    return body[0]


def reply(found, strict=True):
    """Return the message with a reply; ``strict``: it has to be as described."""
    if strict:
        _schema().assertValid(found)
    return _message(found, 200)


def fault(trouble):
    """Return the message with a fault, with the status that SOAP 1.1 gives it."""
    found = _wrap.Fault(
        etree.fromstring(
            f"<faultcode xmlns:s='{ENVELOPE}'>s:{trouble.code}</faultcode>"
        ),
        etree.fromstring(f"<faultstring>{trouble.text}</faultstring>"),
    )
    if trouble.detail is not None:
        _schema().assertValid(trouble.detail)
        etree.SubElement(found, "detail").append(trouble.detail)
    return _message(found, 500)


def _message(found, status):
    envelope = _wrap.Envelope(_wrap.Body(found))
    data = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
    return Response(
        re.sub(_MARK.encode() + rb"([0-9a-f]{4})", rb"&#x\1;", data),
        status=status,
        content_type="text/xml; charset=utf-8",
    )


def _schema():
    """A validator for one message: it keeps errors, and threads must not share it."""
    return etree.XMLSchema(etree.fromstring(DESCRIPTION).find(f".//{_SCHEMA}"))
