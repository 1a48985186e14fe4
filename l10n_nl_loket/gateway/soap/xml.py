# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""XML from outside: parsed without any DTD, and held against the service description.

Nothing here quotes a value: replies hold people, requests hold passwords.
"""

import re
from pathlib import Path
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


def parse(content: bytes):
    """The root element. NotXml for what is broken, or has a document type.

    A document type is all that entities and references to other documents can come
    from. It is looked for first, so that no parser ever expands or fetches one.
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


def _no_document_type(*_declaration):
    raise NotXml


def packaged_schema() -> etree.XMLSchema:
    """A new validator each time: they keep their errors, so must not be shared."""
    return etree.XMLSchema(parse(PACKAGED.read_bytes()).find(f".//{_SCHEMA}"))


def check(schema: etree.XMLSchema, element) -> None:
    """Raise BreaksSchema unless ``element`` is as the service description says."""
    if not schema.validate(element):
        found = _ELEMENT.match(schema.error_log[0].message)
        raise BreaksSchema(found[1] if found else "the body")


def content_of(envelope):
    """The one element in the body of a SOAP message; NotXml when it is not one."""
    if envelope.tag != f"{{{ENVELOPE}}}Envelope":
        raise NotXml
    bodies = envelope.findall(f"{{{ENVELOPE}}}Body")
    if len(bodies) != 1 or len(bodies[0]) != 1:
        raise NotXml
    return bodies[0][0]
