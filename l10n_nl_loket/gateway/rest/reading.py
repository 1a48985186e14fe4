# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads fields of a JSON object strictly: what is wrong becomes LoketBadReply.

The error names the field, never its value. Fields nobody asks for are ignored.
"""

import datetime
import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from ...words import _lt
from .. import bounds
from ..errors import LoketBadReply
from ..http import Reply

JsonObject = dict[str, Any]
Value = TypeVar("Value")

#: Digits of a whole number; one that has more is none that Python should work out.
_MOST_DIGITS = 40
#: Values of a body. Small ones take much more room than their text.
_MOST_VALUES = 2_000_000
#: How many different numbers of a body are kept, to be read once.
_KEPT = 10_000
_TEXT, _NUMBER = (str, int), (int, Decimal)
_SIGN = re.compile(r"[^ \t\n\r]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|$)")


def json_object(call: str, reply: Reply) -> JsonObject:
    """The body of an answer that is an object: see ``json_value``.

    :raise LoketBadReply: the body is not a JSON object
    """
    body = json_value(call, reply)
    if not isinstance(body, dict):
        raise LoketBadReply(call, _lt("the body"), _lt("is not an object"))
    return body


def json_value(call: str, reply: Reply) -> Any:
    """The body of an answer, its fractions as exact decimals.

    Characters and numbers that can't be are let through, to the record that they
    stand in: ``Reader`` refuses them there.

    :param call: the request in words
    :raise LoketBadReply: the body is not JSON
    """
    _check_size(call, reply.content)
    try:
        return _decoder().decode(_decoded(reply.content))
    except RecursionError:
        raise LoketBadReply(call, _lt("the body"), _lt("is nested too deep")) from None
    except ValueError:
        raise LoketBadReply(call, _lt("the body"), _lt("is not JSON")) from None


class Cut(NamedTuple):
    """Where in the text of an answer the rows of a list are."""

    text: str
    spans: list[tuple[int, int]]
    """The start and the end of each row."""


def cut_object(call: str, reply: Reply, name: str) -> tuple[JsonObject, Cut | None]:
    """The same as ``json_object``, and where the rows of a list in it are.

    :param name: of the list, in the body itself
    :return: (the body, None where that can't be told: it is read all the same)
    :raise LoketBadReply: the body is not a JSON object
    """
    _check_size(call, reply.content)
    try:
        found = _cut(_decoded(reply.content), name)
    except (RecursionError, StopIteration, ValueError):
        found = None
    return found or (json_object(call, reply), None)


def json_row(text: str, start: int) -> JsonObject:
    """The row that begins at a place in a text, which was read before."""
    row: JsonObject = _ROW_DECODER.raw_decode(text, start)[0]
    return row


def _cut(text: str, name: str) -> tuple[JsonObject, Cut] | None:
    """The body and the rows of the only list of this name; None: it is not plain.

    :raise StopIteration, ValueError: the text is not JSON
    """
    begin = re.search(rf'"{name}"\s*:\s*\[', text)
    if not begin or text.count(f'"{name}"') != 1:
        return None
    decoder = _decoder()
    rows: list[Any] = []
    spans: list[tuple[int, int]] = []
    place = last = _next(text, begin.end())
    while text[place] != "]" or (rows and text[last] == ","):
        row, end = decoder.raw_decode(text, place)
        rows.append(row)
        spans.append((place, end))
        last = _next(text, end)
        if text[last] not in ",]":
            return None
        place = _next(text, last + 1) if text[last] == "," else last
    # The rest has to be an object that has the list itself: in its place is a mark.
    mark = f"list of {name}"
    rest = f'{text[: begin.end()]}"{mark}"{text[place:]}'
    body = decoder.decode(rest)
    if not isinstance(body, dict) or body.get(name) != [mark]:
        return None
    body[name] = rows
    return body, Cut(text, spans)


def _next(text: str, place: int) -> int:
    """The place of the next sign that is no white space.

    :raise ValueError: there is none
    """
    found = _SIGN.search(text, place)
    if not found:
        raise ValueError
    return found.start()


def _check_size(call: str, content: bytes) -> None:
    """:raise LoketBadReply: it holds more values than anybody should read"""
    signs = (b"{", b"[", b",")
    if len(content) > _MOST_VALUES and sum(map(content.count, signs)) > _MOST_VALUES:
        raise LoketBadReply(call, _lt("the body"), _lt("holds too many values"))


def _decoded(content: bytes) -> str:
    encoding = json.detect_encoding(content)
    is_utf_8 = encoding.startswith("utf-8")
    return content.decode(encoding, "surrogateescape" if is_utf_8 else "surrogatepass")


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _MOST_DIGITS else _fraction(digits)


def _fraction(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:  # an exponent that is itself beyond all numbers
        return Decimal("NaN")


def _decoder() -> json.JSONDecoder:
    """Reads one body: in a list the same few numbers come again and again."""
    return json.JSONDecoder(
        strict=False,
        parse_float=lru_cache(_KEPT)(_fraction),
        parse_int=lru_cache(_KEPT)(_whole),
    )


_ROW_DECODER = json.JSONDecoder(strict=False, parse_float=_fraction, parse_int=_whole)


class Reader:
    """One object of a reply. Field names may be dotted: ``address.city``.

    What is absent or null is read as None. Every method may raise LoketBadReply.

    :param call: the request in words, for the error
    """

    def __init__(self, call: str, data: JsonObject):
        self._call = call
        self._data = data

    def text(self, field: str) -> str | None:
        """Trimmed text; empty is None. A number is taken as its digits."""
        return self._text(field, bounds.LONGEST_TEXT)

    def integer(self, field: str) -> int | None:
        """A whole number."""
        number: int | None = self._value(field, int)
        if number is not None:
            self._check(field, bounds.wrong_integer(number))
        return number

    def amount(self, field: str) -> Decimal | None:
        """Euros, exactly as Loket wrote them."""
        return self._decimal(field, bounds.HIGHEST_AMOUNT)

    def hours(self, field: str) -> Decimal | None:
        """Hours a week, exactly as Loket wrote them."""
        return self._decimal(field, bounds.HIGHEST_HOURS)

    def value(self, field: str) -> Decimal | None:
        """A value of a payroll period, exactly as Loket wrote it."""
        value = self._value(field, _NUMBER)
        if value is None:
            return None
        number = Decimal(value)
        self._check(field, bounds.wrong_value(number))
        return number

    def version(self, field: str) -> int | None:
        """A number of Loket's count of changes."""
        number: int | None = self._value(field, int)
        if number is not None and not 0 <= number <= bounds.HIGHEST_VERSION:
            raise self._bad(field, _lt("is out of bounds"))
        return number

    def boolean(self, field: str) -> bool | None:
        """True or false."""
        answer: bool | None = self._value(field, bool)
        return answer

    def array(self, field: str) -> list[Any] | None:
        """A list of whatever."""
        values: list[Any] | None = self._value(field, list)
        return values

    def date(self, field: str) -> datetime.date | None:
        """A date; a time of day behind it is left out.

        :raise LoketBadReply: it is no date
        """
        value = self._value(field, str)
        if not value:
            return None
        try:
            if not _DATE.match(value):
                raise ValueError
            day = datetime.date.fromisoformat(value[:10])
        except ValueError:
            raise self._bad(field, _lt("is not a date")) from None
        self._check(field, bounds.wrong_date(day))
        return day

    def ref(self, field: str) -> str | None:
        """An identifier, in one case: GUIDs are the same in upper and lower case."""
        value = self._text(field, bounds.LONGEST_REF)
        return value and value.lower()

    def shown(self, field: str) -> str | None:
        """Text to show a person, as far as it can be shown."""
        try:
            value = self._value(field, _TEXT)
        except LoketBadReply:
            return None
        return bounds.shown(str(value)) if value is not None else None

    def required(self, read: Callable[[str], Value | None], field: str) -> Value:
        """The value that the method ``read`` of this reader reads; it has to be there.

        :raise LoketBadReply: it is not
        """
        value = read(field)
        if value is None:
            raise self._bad(field, _lt("is missing"))
        return value

    def _text(self, field: str, longest: int) -> str | None:
        value = self._value(field, _TEXT)
        if value is None:
            return None
        text = str(value).strip()
        self._check(field, bounds.wrong_text(text, longest))
        return text or None

    def _decimal(self, field: str, highest: int) -> Decimal | None:
        value = self._value(field, _NUMBER)
        if value is None:
            return None
        number = Decimal(value)
        self._check(field, bounds.wrong_decimal(number, highest))
        return number

    def _check(self, field: str, trouble: str | None) -> None:
        if trouble:
            raise self._bad(field, trouble)

    def _bad(self, field: str, detail: str) -> LoketBadReply:
        return LoketBadReply(self._call, field, detail)

    def _value(self, field: str, kind: type | tuple[type, ...]) -> Any:
        value: Any = self._data
        for name in _names(field):
            if value is None:
                return None
            if not isinstance(value, dict):
                raise self._bad(field, _lt("is not an object"))
            value = value.get(name)
        if value is None:
            return None
        # To Python a bool is an int; to Loket it is not.
        if not isinstance(value, kind) or (kind != bool and isinstance(value, bool)):
            raise self._bad(field, _lt("is of the wrong type"))
        return value


@cache
def _names(field: str) -> tuple[str, ...]:
    """Of a dotted field; there are as many as the addon asks for."""
    return tuple(field.split("."))
