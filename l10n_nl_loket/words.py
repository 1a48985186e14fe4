# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sentences of the plain Python parts, in English and still translatable.

The gateway and the payroll file know no user and so no language. They hand out English
text that remembers what it was made of; a model translates it for whoever reads it.
"""

from typing import Any


class Text(str):
    """An English sentence, with the ``source`` and the ``values`` it was made of."""

    __slots__ = ("source", "values")

    source: str
    values: dict[str, Any]

    # typing.Self would say it better, from Python 3.11 on.
    def __new__(cls, source: str, values: dict[str, Any]) -> "Text":  # noqa: PYI034
        text = super().__new__(cls, source % values if values else source)
        text.source = source
        text.values = values
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self.values)


def _lt(source: str, **values: Any) -> Text:
    """The sentence, filled in. Odoo's export of terms finds calls of this name."""
    return Text(source, values)
