# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of a list, packed as their pages come; of all, a few are unpacked at a time.

All rows are held until all lists are whole. Read, a row takes ten times the room of its
text, and packed a tenth. Most nights nearly all are as they were, which a digest of
their text tells: these are never unpacked.
"""

import hashlib
import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .reading import Cut, JsonObject, json_row

#: Bytes of the digest of a row.
DIGEST = 16
#: How hard a page is packed: the lists are read while somebody else waits.
_LEVEL = 1
#: As JSON has it, with decimals; characters that can't be are escaped.
_as_json = json.JSONEncoder(default=repr, check_circular=False).encode


class _Sheet:
    """The rows of one page, packed."""

    __slots__ = ("digests", "packed", "starts")

    def __init__(self, cut: Cut):
        texts = [cut.text[start:end] for start, end in cut.spans]
        self.digests = b"".join(map(_digest, texts))
        self.packed = zlib.compress(_bytes("".join(texts)), _LEVEL)
        self.starts = array("I")
        start = 0
        for text in texts:
            self.starts.append(start)
            start += len(text)

    def text(self) -> str:
        """All rows, one after the other."""
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")


class PackedRow:
    """One row of a list. Two are the same row only where they are one object.

    :param key: what tells it apart; None: nothing does
    :param note: what of it is asked of all rows
    :param sheet: where it is, at ``index``; None: it is ``plain``, as it was read
    """

    __slots__ = ("index", "key", "note", "plain", "sheet")

    def __init__(
        self,
        key: str | None,
        note: Any,
        sheet: _Sheet | None,
        index: int,
        plain: JsonObject | None,
    ):
        self.key = key
        self.note = note
        self.sheet = sheet
        self.index = index
        self.plain = plain

    @property
    def digest(self) -> bytes:
        """What is another as soon as its text is."""
        if self.sheet is None:
            return _digest(_as_json(self.plain))
        return self.sheet.digests[self.index * DIGEST : (self.index + 1) * DIGEST]


def packed(
    rows: list[JsonObject],
    cut: Cut | None,
    keys: Iterable[str | None],
    notes: Iterable[Any],
) -> list[PackedRow]:
    """The rows of a page, packed.

    :param cut: where their text is; None: not known, so they stay as they are
    """
    sheet = _Sheet(cut) if cut else None
    return [
        PackedRow(key, note, sheet, index, None if sheet else row)
        for index, (row, key, note) in enumerate(zip(rows, keys, notes, strict=True))
    ]


def unpacked(rows: Iterable[PackedRow]) -> dict[PackedRow, JsonObject]:
    """Some rows as they were read, each page of them unpacked once."""
    found: dict[PackedRow, JsonObject] = {}
    sheets: dict[_Sheet, list[PackedRow]] = defaultdict(list)
    for row in rows:
        if row.sheet is not None:
            sheets[row.sheet].append(row)
        elif row.plain is not None:
            found[row] = row.plain
    for sheet, of_it in sheets.items():
        text = sheet.text()
        for row in of_it:
            found[row] = json_row(text, sheet.starts[row.index])
    return found


def _digest(text: str) -> bytes:
    return hashlib.blake2b(_bytes(text), digest_size=DIGEST).digest()


def _bytes(text: str) -> bytes:
    # Characters that can't be come through, to the record that they stand in.
    return text.encode("utf-8", "surrogatepass")
