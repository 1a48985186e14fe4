# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads fields of a JSON object strictly: what is wrong becomes LoketBadReply.

The error names the field, never its value. Fields nobody asks for are ignored.
"""

from datetime import date
from decimal import Decimal

from ...words import _lt
from ..errors import LoketBadReply


class Reader:
    """One object of a reply. Field names may be dotted: ``address.city``."""

    def __init__(self, call: str, data: dict):
        self._call = call
        self._data = data

    def text(self, field: str) -> str | None:
        """Trimmed text; empty is None. A number is taken as its digits."""
        value = self._get(field, str | int)
        return None if value is None else str(value).strip() or None

    def integer(self, field: str) -> int | None:
        return self._get(field, int)

    def decimal(self, field: str) -> Decimal | None:
        value = self._get(field, int | Decimal)
        return None if value is None else Decimal(value)

    def boolean(self, field: str) -> bool | None:
        return self._get(field, bool)

    def list(self, field: str) -> list | None:
        return self._get(field, list)

    def date(self, field: str) -> date | None:
        value = self._get(field, str)
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            raise self.bad(field, _lt("is not a date")) from None

    def ref(self, field: str) -> str | None:
        """An identifier, in one case: GUIDs are the same in upper and lower case."""
        value = self.text(field)
        return value and value.lower()

    def required(self, kind: str, field: str):
        """The value that method ``kind`` reads, which has to be there."""
        value = getattr(self, kind)(field)
        if value is None:
            raise self.bad(field, _lt("is missing"))
        return value

    def bad(self, field: str, detail: str) -> LoketBadReply:
        return LoketBadReply(self._call, field, detail)

    def _get(self, field: str, kind):
        value = self._data
        for name in field.split("."):
            if value is None:
                return None
            if not isinstance(value, dict):
                raise self.bad(field, _lt("is not an object"))
            value = value.get(name)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind != bool and isinstance(value, bool)):
            raise self.bad(field, _lt("is of the wrong type"))
        return value
