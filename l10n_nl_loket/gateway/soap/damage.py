# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One person who breaks the service description, and all others who don't.

A schema knows right and wrong documents only. So what breaks a list is looked for by
its rows, taken out, and told beside it: zeep reads what is left.
"""

from dataclasses import dataclass, field

from lxml import etree

from ...words import _lt
from .. import bounds
from . import xml

#: Lists that go on without a row: what their rows are, and what these are made of.
ROWS = {"GetEmployees": ("employee", "employment")}


@dataclass(frozen=True, kw_only=True, slots=True)
class DamagedPart:
    """An employment that may be read no further."""

    ref: str
    """Empty where it can't be read."""
    administration_ref: str
    """Empty where it can't be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Damaged:
    """A person with employments that can't be read.

    ``ref`` is empty where it can't be read; ``name`` is as far as it can be shown.
    """

    ref: str
    name: str = field(repr=False)
    reason: str
    is_whole: bool
    """Whether the person is damaged; else only the ``parts`` are, and the person is in
    the list without them."""
    parts: tuple[DamagedPart, ...]


def taken_out(
    schema: etree.XMLSchema, content: etree._Element, operation: str
) -> list[Damaged]:
    """Take out of a reply what breaks the service description.

    :param content: the reply, which is what the description says afterwards
    :raise BreaksSchema: it is wrong where there is no row to blame
    """
    row_name, part_name = ROWS[operation]
    damaged = []
    for row, _field in _bad(schema, content, content, row_name):
        damaged += _looked_into(schema, content, row, part_name)
    return damaged


def _bad(
    schema: etree.XMLSchema, content: etree._Element, parent: etree._Element, name: str
) -> list[tuple[etree._Element, str]]:
    """Take the children of a name out of ``parent`` that break the description.

    :param content: the document that is checked; without those it is right
    :return: those, each with the name of the element that is wrong
    :raise BreaksSchema: it is wrong without any of them
    """
    children = parent.findall(f"{{{xml.NAMESPACE}}}{name}")
    for child in children:
        parent.remove(child)
    xml.check(schema, content)
    good, bad = [], []
    for child in children:
        parent.append(child)
        try:
            xml.check(schema, content)
            good.append(child)
        except xml.BreaksSchema as error:
            bad.append((child, error.field))
        parent.remove(child)
    parent.extend(good)
    return bad


def _looked_into(
    schema: etree.XMLSchema, content: etree._Element, row: etree._Element, name: str
) -> list[Damaged]:
    """Which parts of a row are wrong, or the row itself; put back what is right."""
    parts = row.findall(f"{{{xml.NAMESPACE}}}{name}")
    others = content.findall(row.tag)
    for other in others:  # they are right, and would be checked again each time
        content.remove(other)
    content.append(row)
    try:
        bad = _bad(schema, content, row, name)
    except xml.BreaksSchema as error:
        content.remove(row)
        damaged = [_damaged(row, error.field, parts, is_whole=True)]
    else:
        content.remove(row)
        others.append(row)
        damaged = [_damaged(row, wrong, [part], is_whole=False) for part, wrong in bad]
    content.extend(others)
    return damaged


def _damaged(
    row: etree._Element, wrong: str, parts: list[etree._Element], is_whole: bool
) -> Damaged:
    number = bounds.shown(_text(row, "number"))
    return Damaged(
        ref=_ref(row, "ref"),
        name=bounds.shown(_text(row, "formattedName"))
        or bounds.shown(_text(row, "firstName"))
        or (_lt("employee %(number)s", number=number) if number else _lt("unknown")),
        reason=_lt(
            "%(field)s %(detail)s",
            field=wrong,
            detail=_lt("does not fit the service description"),
        ),
        is_whole=is_whole,
        parts=tuple(
            DamagedPart(
                ref=_ref(part, "ref"),
                administration_ref=_ref(part, "administrationRef"),
            )
            for part in parts
        ),
    )


def _ref(element: etree._Element, name: str) -> str:
    return bounds.fit_ref(_text(element, name).lower())


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{{xml.NAMESPACE}}}{name}") or "").strip()
