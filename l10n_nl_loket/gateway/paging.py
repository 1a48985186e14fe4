# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All pages of a list, and the certainty that they are the whole list.

A row that is missed would be taken for somebody who has left. So the rows are held
against the size that Loket gives, whatever the protocol.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..words import _lt
from .errors import LoketBadReply

_logger = logging.getLogger(__name__)

Row = TypeVar("Row")

#: A list may change while its pages are read; then it is read anew, from the start.
_READINGS = 2
#: More than this is no list of a company; whoever says so is not believed, nor read on.
_MAX_PAGES = 10_000
_MAX_ROWS = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Page(Generic[Row]):
    """One page, with what it says of the whole list."""

    rows: list[Row]
    total_size: int
    """Rows of all pages together."""
    total_pages: int
    current_page: int
    """Its number; the first is 1. Some empty lists say 0."""


def all_rows(
    call: str,
    read_page: Callable[[int], Page[Row]],
    *,
    row_key: Callable[[Row], str | None],
    rows_field: str,
    prepare: Callable[[Sequence[int]], None] = lambda _numbers: None,
) -> list[Row]:
    """All rows of a list in Loket's order, each once.

    :param call: the request in words
    :param read_page: reads the page of a number, from 1
    :param row_key: what tells a row apart, as text in one case; a row without it
        stays, for its reader to refuse
    :param rows_field: what the protocol calls the rows of a page
    :param prepare: is told which pages come next; none, when they are read (anew) from
        the start: what was read of them before is of no use
    :raise LoketBadReply: twice the list changed meanwhile, or the pages did not add up
        to the size that Loket gives; or there is no end to it, and it is not read twice
    """
    for _reading in range(_READINGS):
        try:
            return _read_pages(call, read_page, row_key, rows_field, prepare)
        except _PagesDontAddUp as error:
            field, detail = error.field, error.detail
            _logger.info("Loket: %s: pages don't add up", call)
    raise LoketBadReply(call, field, detail)


def _read_pages(
    call: str,
    read_page: Callable[[int], Page[Row]],
    row_key: Callable[[Row], str | None],
    rows_field: str,
    prepare: Callable[[Sequence[int]], None],
) -> list[Row]:
    rows: dict[str | int, Row] = {}
    number, last = 0, 1
    size: int | None = None
    prepare(())
    while number < last:
        number += 1
        page = read_page(number)
        _check_bounds(call, page)
        _check(page, number, rows_field)
        if size not in (None, page.total_size):
            # What was removed from a page that was read already has the others move up:
            # one of them is on no page, though all adds up to the size of now.
            raise _PagesDontAddUp(
                "totalSize",
                _lt("is %(found)s, and was %(size)s", found=page.total_size, size=size),
            )
        size = page.total_size
        last = page.total_pages
        keys = [row_key(row) for row in page.rows]
        if number > 1 and keys and all(key in rows for key in keys):
            raise LoketBadReply(call, rows_field, _lt("come again on another page"))
        for key, row in zip(keys, page.rows, strict=True):
            rows[key or len(rows)] = row
        prepare(range(number + 1, last + 1))
    if len(rows) != size:
        raise _PagesDontAddUp(
            "totalSize",
            _lt(
                "says %(size)s rows, the pages hold %(found)s",
                size=size,
                found=len(rows),
            ),
        )
    return list(rows.values())


def _check_bounds(call: str, page: Page[Row]) -> None:
    """Refuse at once what would be read without end.

    :raise LoketBadReply: there are more pages or rows than any company has
    """
    for name, value, most in (
        ("totalPages", page.total_pages, _MAX_PAGES),
        ("totalSize", max(page.total_size, len(page.rows)), _MAX_ROWS),
    ):
        if value > most:
            raise LoketBadReply(call, name, _lt("is more than %(most)s", most=most))


def _check(page: Page[Row], number: int, rows_field: str) -> None:
    """Refuse a page that can't be the one of this number, or can't end the list."""
    size, pages, current = page.total_size, page.total_pages, page.current_page
    if current != number and (size or current > 1):
        raise _PagesDontAddUp(
            "currentPage",
            _lt("is %(found)s instead of %(page)s", found=current, page=number),
        )
    if pages > max(size, 1):
        raise _PagesDontAddUp(
            "totalPages",
            _lt("is %(pages)s for %(size)s rows", pages=pages, size=size),
        )
    if number < pages and not page.rows:
        raise _PagesDontAddUp(
            rows_field,
            _lt("is empty on page %(page)s of %(pages)s", page=number, pages=pages),
        )


class _PagesDontAddUp(Exception):
    """``field`` of a page, and in ``detail`` what is wrong with it."""

    def __init__(self, field: str, detail: str):
        super().__init__(field)
        self.field = field
        self.detail = detail
