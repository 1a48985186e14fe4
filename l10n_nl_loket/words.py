# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sentences that can be said in any language: in English, and still translatable.

The gateway and the payroll file know no user and so no language. They hand out English
text that remembers what it was made of; a model translates it for whoever reads it.
What a ``Sentence`` field keeps is kept so, and read in the language of each reader.
"""

from collections.abc import Iterable
from typing import Any


class Text(str):
    """A sentence, with the ``source`` and the ``values`` it was made of.

    :param words: it in the language of a reader; None: it is English
    """

    __slots__ = ("source", "values")

    source: str
    values: dict[str, Any]

    # typing.Self would say it better, from Python 3.11 on.
    def __new__(  # noqa: PYI034
        cls, source: str, values: dict[str, Any], words: str | None = None
    ) -> "Text":
        if words is None:
            words = source % values if values else source
        text = super().__new__(cls, words)
        text.source = source
        text.values = values
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self.values, str(self))


class Number(float):
    """A number with two decimals, written as its reader writes numbers."""

    def __str__(self) -> str:
        return f"{self:.2f}"


class Brief(Number):
    """A number with the decimals that it has, two at most: 40 or 36.5 hours."""

    @property
    def decimals(self) -> int:
        """How many it has."""
        return len(f"{self:.2f}".rstrip("0").partition(".")[2])

    def __str__(self) -> str:
        return f"{self:.{self.decimals}f}"


def _lt(source: str, **values: Any) -> Text:
    """The sentence, filled in. Odoo's export of terms finds calls of this name.

    :param values: text, another ``Text``, a ``Number``, or a date, which is written as
        its reader writes dates
    """
    return Text(source, values)


def joined(separator: str, parts: Iterable[str | None]) -> str:
    """The parts that say something, as one text that is as translatable as they are."""
    said = [part for part in parts if part]
    if not any(isinstance(part, Text) for part in said):
        return separator.join(said)
    if len(said) == 1:
        return said[0]
    values = {f"part{number}": part for number, part in enumerate(said)}
    source = separator.replace("%", "%%").join(f"%({name})s" for name in values)
    return Text(source, values, separator.join(said))
