# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""XML from outside: parsed without any DTD, and held against the service description.

Nothing here quotes a value: replies hold people, requests hold passwords.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from lxml import etree

from .. import bounds

#: The service description that the addon speaks.
PACKAGED = Path(__file__).with_name("loket.wsdl")
NAMESPACE = "urn:l10n-nl-loket:soap:1"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"

_SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"
#: libxml2 names the element first; what follows may hold its value.
_ELEMENT = re.compile(r"Element '(?:\{[^}']*\})?([A-Za-z]{1,40})'")


#: Signs that begin an element. Small ones take much more room than their text.
_MOST_SIGNS = 500_000
_LONG_TEXT = etree.XPath(f".//text()[string-length(.) > {bounds.LONGEST_TEXT}]")
_CHARACTER = re.compile("&#(?:x([0-9a-fA-F]*)|([0-9]*));?")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")


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

    Comments and the like are left out: who reads a text would see half of it.

    :raise NotXml: the document is broken, or has a document type; or it is of absurd
        depth, or has too many elements
    """
    if content.count(b"<") > _MOST_SIGNS:
        raise NotXml
    scan = expat.ParserCreate()
    scan.StartDoctypeDeclHandler = _no_document_type
    try:
        scan.Parse(content, True)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        return etree.fromstring(content, parser)
    # The latter two: an encoding that nobody knows, or that is none.
    except (expat.ExpatError, etree.XMLSyntaxError, LookupError, ValueError):
        raise NotXml from None


def parse_mended(content: bytes) -> etree._Element:
    """The root element of a document that may hold characters XML can't have.

    One of these breaks all of a document. Each is replaced by ``bounds.DAMAGE``, which
    whoever reads the text it stands in refuses.

    :raise NotXml: it is broken otherwise, or has a document type
    """
    try:
        return parse(content)
    except NotXml:
        return parse(_mended(content))


def _mended(content: bytes) -> bytes:
    """A document in UTF-8 without characters that XML can't hold."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    declaration = _DECLARATION.match(text)
    if declaration and "encoding" in declaration[0].lower():
        if "utf-8" not in declaration[0].lower():
            raise NotXml
        text = text[declaration.end() :]
    text = bounds.UNFIT.sub(bounds.DAMAGE, _CHARACTER.sub(_character, text))
    return text.encode()


def _character(reference: re.Match[str]) -> str:
    """A reference to a character, or DAMAGE where XML can't hold that one."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    if not digits or len(digits) > 8 or int(digits, base) > 0x10FFFF:
        return bounds.DAMAGE
    fits = not bounds.UNFIT.match(chr(int(digits, base)))
    return f"&#{int(digits, base)};" if fits else bounds.DAMAGE


def _no_document_type(*_declaration: object) -> NoReturn:
    raise NotXml


def packaged_schema() -> etree.XMLSchema:
    """A new validator each time: they keep their errors, so must not be shared."""
    return etree.XMLSchema(next(parse(PACKAGED.read_bytes()).iter(_SCHEMA)))


def check(schema: etree.XMLSchema, element: etree._Element) -> None:
    """Hold ``element`` against the service description.

    :raise BreaksSchema: it is otherwise than that says, or holds a text without end
    """
    if not schema.validate(element):
        # lxml's stubs don't know that the log is a sequence
        name = _ELEMENT.match(schema.error_log[0].message)  # type: ignore[index]
        raise BreaksSchema(name[1] if name else "the body")
    long_texts = _LONG_TEXT(element)
    if isinstance(long_texts, Sequence) and long_texts:
        parent = long_texts[0].getparent()  # type: ignore[union-attr]
        raise BreaksSchema(etree.QName(parent).localname)


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
