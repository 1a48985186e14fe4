# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of a list, packed as their pages come; of all, a few are unpacked at a time.

All rows are held until all lists are whole. Read, a row takes ten times the room of its
text, and packed a tenth. Most nights nearly all are as they were, which a digest of
their text tells: these are never unpacked. Of what is packed only a little stays in
memory, however much there is.
"""

import hashlib
import json
import marshal
import os
import tempfile
import weakref
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cryptography.fernet import Fernet

from .reading import Cut, JsonObject, json_row

#: Bytes of the digest of a row.
DIGEST = 16
#: How hard a page is packed: the lists are read while somebody else waits.
_LEVEL = 1
#: Bytes that stay in memory: the lists of some five thousand people.
_IN_MEMORY = 4 << 20
#: More than the rows that a page can have.
_ROWS = 1 << 21
#: As JSON has it, with decimals; characters that can't be are escaped.
_as_json = json.JSONEncoder(default=repr, check_circular=False).encode

#: Where in a depot something is, and how many bytes it takes.
_Place = tuple[int, int]


class Depot:
    """Keeps what is packed, for as long as it is of use.

    What is more than a little goes into a file. That has no name, so it is gone with
    the process, whatever ends that. A disk may still hold what was once on it: so all
    of it is encrypted, with a key that is nowhere but here.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (below)
        self._key = Fernet(Fernet.generate_key())
        weakref.finalize(self, self._file.close)

    def put(self, value: Any) -> _Place:
        """Keep a plain value; returns where.

        :raise OSError: the disk has no room for it
        """
        content = self._key.encrypt(zlib.compress(marshal.dumps(value), _LEVEL))
        self._file.seek(0, os.SEEK_END)
        start = self._file.tell()
        self._file.write(content)
        return start, len(content)

    def get(self, place: _Place) -> Any:
        """What was put there."""
        start, size = place
        self._file.seek(start)
        content = self._key.decrypt(self._file.read(size))
        return marshal.loads(zlib.decompress(content))


class PackedRow(NamedTuple):
    """What may be asked of a row without unpacking it."""

    place: int
    """Where in its list it is."""
    key: str | None
    """What tells it apart; None: nothing does."""
    mark: Any
    """What its page was added with."""
    digest: bytes
    """What is another as soon as its text is."""


class _Sheet(NamedTuple):
    """The rows of one page."""

    size: int
    heads: _Place
    """Of each row the key and the mark, and all digests."""
    texts: _Place | None
    """The text of all, and where in it each begins; None: they are ``plain``."""
    plain: list[JsonObject]
    """The rows as they were read, where their text is not known."""


class PackedList:
    """The rows of a list, packed.

    :param depot: what keeps them
    """

    def __init__(self, depot: Depot):
        self._depot = depot
        self._sheets: list[_Sheet] = []
        self.notes: list[Any] = []
        """What has to be known of some of the rows at once. There are few of these."""

    def __len__(self) -> int:
        return sum(sheet.size for sheet in self._sheets)

    def __iter__(self) -> Iterator[PackedRow]:
        for number, sheet in enumerate(self._sheets):
            keys, marks, digests = self._depot.get(sheet.heads)
            for index, (key, mark) in enumerate(zip(keys, marks, strict=True)):
                digest = digests[index * DIGEST : (index + 1) * DIGEST]
                yield PackedRow(number * _ROWS + index, key, mark, digest)

    def clear(self) -> None:
        """Forget all rows."""
        self._sheets.clear()
        self.notes.clear()

    def add(
        self,
        rows: Sequence[JsonObject],
        cut: Cut | None,
        keys: Sequence[str | None],
        marks: Iterable[Any],
    ) -> None:
        """Add the rows of a page.

        :param cut: where their text is; None: not known, so they stay as they are
        :param keys: what tells each row apart; None: nothing does
        :param marks: what may be asked of each later, without unpacking it
        """
        texts = [cut.text[start:end] for start, end in cut.spans] if cut else None
        digests = b"".join(
            map(_digest, map(_as_json, rows) if texts is None else texts)
        )
        heads = self._depot.put((list(keys), list(marks), digests))
        if texts is None:
            self._sheets.append(_Sheet(len(rows), heads, None, list(rows)))
            return
        starts = array("I")
        start = 0
        for text in texts:
            starts.append(start)
            start += len(text)
        place = self._depot.put((starts.tobytes(), "".join(texts)))
        self._sheets.append(_Sheet(len(rows), heads, place, []))

    def extend(self, other: "PackedList") -> None:
        """Add the rows of another list, which has the same depot."""
        self._sheets += other._sheets

    def unpacked(self, places: Iterable[int]) -> dict[int, JsonObject]:
        """Some rows as they were read, by their place; each page is unpacked once."""
        found: dict[int, JsonObject] = {}
        wanted: dict[int, list[int]] = defaultdict(list)
        for place in places:
            number, index = divmod(place, _ROWS)
            wanted[number].append(index)
        for number, indices in wanted.items():
            sheet = self._sheets[number]
            starts, text = array("I"), ""
            if sheet.texts:
                content, text = self._depot.get(sheet.texts)
                starts.frombytes(content)
            for index in indices:
                found[number * _ROWS + index] = (
                    json_row(text, starts[index]) if starts else sheet.plain[index]
                )
        return found


def _digest(text: str) -> bytes:
    # Characters that can't be come through, to the record that they stand in.
    content = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=DIGEST).digest()
