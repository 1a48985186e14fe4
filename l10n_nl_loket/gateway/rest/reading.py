# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads fields of a JSON object strictly: what is wrong becomes LoketBadReply.

The error names the field, never its value. Fields nobody asks for are ignored.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar

import requests

from ...words import _lt
from ..errors import LoketBadReply

JsonObject = dict[str, Any]
Value = TypeVar("Value")


def json_object(call: str, response: requests.Response) -> JsonObject:
    """The body of an answer, its fractions as exact decimals.

    :param call: the request in words
    :raise LoketBadReply: the body is not a JSON object
    """
    try:
        body = response.json(parse_float=Decimal)
    except ValueError:
        raise LoketBadReply(call, _lt("the body"), _lt("is not JSON")) from None
    if not isinstance(body, dict):
        raise LoketBadReply(call, _lt("the body"), _lt("is not an object"))
    return body


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
        value = self._value(field, str | int)
        return None if value is None else str(value).strip() or None

    def integer(self, field: str) -> int | None:
        """A whole number."""
        number: int | None = self._value(field, int)
        return number

    def decimal(self, field: str) -> Decimal | None:
        """A number, exactly as Loket wrote it."""
        value = self._value(field, int | Decimal)
        return None if value is None else Decimal(value)

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
            return datetime.date.fromisoformat(value[:10])
        except ValueError:
            raise self._bad(field, _lt("is not a date")) from None

    def ref(self, field: str) -> str | None:
        """An identifier, in one case: GUIDs are the same in upper and lower case."""
        value = self.text(field)
        return value and value.lower()

    def required(self, read: Callable[[str], Value | None], field: str) -> Value:
        """The value that the method ``read`` of this reader reads; it has to be there.

        :raise LoketBadReply: it is not
        """
        value = read(field)
        if value is None:
            raise self._bad(field, _lt("is missing"))
        return value

    def _bad(self, field: str, detail: str) -> LoketBadReply:
        return LoketBadReply(self._call, field, detail)

    def _value(self, field: str, kind: type | UnionType) -> Any:
        value: Any = self._data
        for name in field.split("."):
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
