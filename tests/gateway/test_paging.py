# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All pages of a list or none, whatever the protocol."""

import pytest

from odoo.addons.l10n_nl_loket.gateway import LoketBadReply
from odoo.addons.l10n_nl_loket.gateway.paging import Page, all_rows

CALL = "read x (GetX)"


def page(*rows, size, pages=1, current=1):
    return Page(
        rows=list(rows), total_size=size, total_pages=pages, current_page=current
    )


class Pages:
    """Hands out ``pages`` one after another; ``asked`` holds the numbers."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.asked = []

    def __call__(self, number):
        self.asked.append(number)
        return self.pages.pop(0)


def read(pages):
    return all_rows(CALL, pages, row_key=lambda row: row or None, rows_field="rows")


def test_all_pages_are_read_in_order():
    pages = Pages(
        page("a", "b", size=3, pages=2), page("c", size=3, pages=2, current=2)
    )

    assert read(pages) == ["a", "b", "c"]
    assert pages.asked == [1, 2]


@pytest.mark.parametrize("current", [0, 1])
@pytest.mark.parametrize("pages", [0, 1])
def test_an_empty_list_is_no_error(pages, current):
    assert read(Pages(page(size=0, pages=pages, current=current))) == []


def test_a_row_that_comes_twice_counts_once():
    assert read(Pages(page("a", "a", "b", size=2))) == ["a", "b"]


def test_rows_without_a_key_all_stay():
    assert read(Pages(page("", "a", "", size=3))) == ["", "a", ""]


def test_a_list_that_grows_while_it_is_read_is_read_anew():
    pages = Pages(
        page("a", size=2, pages=2),
        page("b", size=3, pages=3, current=2),
        page("a", size=3, pages=3),
        page("b", size=3, pages=3, current=2),
        page("c", size=3, pages=3, current=3),
    )
    assert read(pages) == ["a", "b", "c"]
    assert pages.asked == [1, 2, 1, 2, 3]


def test_a_row_that_slips_to_a_page_before_it_is_not_missed():
    pages = Pages(
        page("a", "b", size=5, pages=3),
        # "a" is removed: "c" is on the first page by now.
        page("d", "e", size=4, pages=2, current=2),
        page("b", "c", size=4, pages=2),
        page("d", "e", size=4, pages=2, current=2),
    )

    assert read(pages) == ["b", "c", "d", "e"]
    assert pages.asked == [1, 2, 1, 2]


def test_a_list_that_changes_each_time_is_not_believed():
    changing = [page("a", size=2, pages=2), page("b", size=3, pages=2, current=2)]
    pages = Pages(*changing, *changing)

    with pytest.raises(LoketBadReply) as caught:
        read(pages)

    assert caught.value.field == "totalSize"
    assert pages.asked == [1, 2, 1, 2]


def test_pages_that_do_not_add_up_are_read_anew_from_the_start():
    pages = Pages(
        page("a", "b", size=4, pages=2),
        page("b", "c", size=4, pages=2, current=2),
        page("a", "b", "c", size=3),
    )

    assert read(pages) == ["a", "b", "c"]
    assert pages.asked == [1, 2, 1]


@pytest.mark.parametrize(
    ("hostile", "field"),
    [
        (page("a", size=1_000_000, pages=10_001), "totalPages"),
        (page("a", size=10**9, pages=10**9), "totalPages"),
        (page("a", size=1_000_001, pages=2), "totalSize"),
        (page(*map(str, range(1_000_001)), size=1), "totalSize"),
    ],
)
def test_a_list_without_end_is_refused_at_once(hostile, field):
    pages = Pages(hostile)

    with pytest.raises(LoketBadReply) as caught:
        read(pages)

    assert caught.value.field == field
    assert pages.asked == [1]


def test_a_page_that_comes_again_is_refused_at_once():
    pages = Pages(
        page("a", "b", size=6, pages=3),
        page("b", "a", size=6, pages=3, current=2),
    )

    with pytest.raises(LoketBadReply, match="rows come again"):
        read(pages)
    assert pages.asked == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (page("a", size=2), "totalSize"),
        (page("a", "b", size=1), "totalSize"),
        (page("a", size=1, current=2), "currentPage"),
        (page(size=0, current=2), "currentPage"),
        (page("a", size=1, pages=2), "totalPages"),
        (page(size=2, pages=2), "rows"),
    ],
)
def test_twice_wrong_is_a_bad_reply_that_names_call_and_field(wrong, field):
    pages = Pages(wrong, wrong, page("a", size=1))

    with pytest.raises(LoketBadReply) as caught:
        read(pages)

    assert (caught.value.call, caught.value.field) == (CALL, field)
    assert caught.value.__context__ is None
    assert pages.asked == [1, 1]
