# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""XML from outside: parsed without any DTD, and held against the service description.

Nothing here quotes a value: replies hold people, requests hold passwords.
"""

import re
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from lxml import etree

#: The service description that the addon speaks.
PACKAGED = Path(__file__).with_name("loket.wsdl")
NAMESPACE = "urn:l10n-nl-loket:soap:1"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"

_SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"
#: libxml2 names the element first; what follows may hold its value.
_ELEMENT = re.compile(r"Element '(?:\{[^}']*\})?([A-Za-z]{1,40})'")


class NotXml(ValueError):
    """The bytes are no XML document, or one that may not be trusted."""


class BreaksSchema(ValueError):
    """``field``: the name of the element that is wrong."""

    def __init__(self, field: str):
        super().__init__(field)
        self.field = field


def parse(content: bytes) -> etree._Element:
    """The root element.

    A document type is all that entities and references to other documents can come
    from. It is looked for first, so that no parser ever expands or fetches one.

    :raise NotXml: the document is broken, or has a document type
    """
    scan = expat.ParserCreate()
    scan.StartDoctypeDeclHandler = _no_document_type
    try:
        scan.Parse(content, True)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        return etree.fromstring(content, parser)
    except (expat.ExpatError, etree.XMLSyntaxError):
        raise NotXml from None


def _no_document_type(*_declaration: object) -> NoReturn:
    raise NotXml


def packaged_schema() -> etree.XMLSchema:
    """A new validator each time: they keep their errors, so must not be shared."""
    return etree.XMLSchema(next(parse(PACKAGED.read_bytes()).iter(_SCHEMA)))


def check(schema: etree.XMLSchema, element: etree._Element) -> None:
    """Hold ``element`` against the service description.

    :raise BreaksSchema: it is otherwise than that says
    """
    if not schema.validate(element):
        # lxml's stubs don't know that the log is a sequence
        name = _ELEMENT.match(schema.error_log[0].message)  # type: ignore[index]
        raise BreaksSchema(name[1] if name else "the body")


def content_of(envelope: etree._Element) -> etree._Element:
    """The one element in the body of a SOAP message.

    :raise NotXml: it is no such message
    """
    if envelope.tag != f"{{{ENVELOPE}}}Envelope":
        raise NotXml
    bodies = envelope.findall(f"{{{ENVELOPE}}}Body")
    if len(bodies) != 1 or len(bodies[0]) != 1:
        raise NotXml
    return bodies[0][0]
