# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows that are packed come out as they were read, whatever stood on their page."""

import json
import os
import random
import tempfile
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.gateway import LoketBadReply
from odoo.addons.l10n_nl_loket.gateway.http import Reply
from odoo.addons.l10n_nl_loket.gateway.rest import packed
from odoo.addons.l10n_nl_loket.gateway.rest.packed import Depot, PackedList
from odoo.addons.l10n_nl_loket.gateway.rest.reading import cut_object, json_object

LIST = "_embedded"
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.text(max_size=8)
    | st.sampled_from([LIST, f'"{LIST}": [', "\ud800", "],[", "\\"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4) | st.just(LIST), inner, max_size=3)
    ),
    max_leaves=12,
)
rows = st.lists(st.dictionaries(st.text(max_size=6), values, max_size=4), max_size=5)


def reply(text):
    return Reply(
        status_code=200, headers={}, content=text.encode("utf-8", "surrogatepass")
    )


def page(text, depot=None):
    """The rows of a page, packed."""
    found = PackedList(depot or Depot())
    body, cut = cut_object("reading", reply(text), LIST)
    found.add(body[LIST], cut, [None] * len(body[LIST]), range(len(body[LIST])))
    return found


@given(rows, st.dictionaries(st.text(max_size=6), values, max_size=3), st.booleans())
def test_a_page_is_read_as_any_other_body_and_its_rows_come_out_as_they_were(
    those, others, is_spread
):
    # In any other place, and name, of the body the same list may stand as well.
    body = {"before": others, LIST: those, "after": others}
    text = json.dumps(body, indent=1 if is_spread else None, ensure_ascii=is_spread)

    whole = json_object("reading", reply(text))
    assert cut_object("reading", reply(text), LIST)[0] == whole
    packed_page = page(text)
    places = [row.place for row in packed_page]
    found = packed_page.unpacked(reversed(places))
    assert [found[place] for place in places] == whole[LIST]
    assert [row.mark for row in packed_page] == list(range(len(those)))


@pytest.mark.parametrize(
    "text",
    [
        f'{{"x": {{"{LIST}": [{{"a": 1}}]}}}}',
        f'{{"x": {{"{LIST}": [{{"a": 1}}]}}, "\\u005fembedded": []}}',
        f'{{"x": "\\"{LIST}\\": [", "{LIST}": []}}',
        f'{{"{LIST}": [1], "{LIST}": [2]}}',
        f'{{"{LIST}": {{}}}}',
        f'{{"{LIST}": []}}',
        f'{{"{LIST}": [{{}}, 5, null, [1.50]]}}',
        "{}",
    ],
)
def test_a_body_that_is_not_plain_is_read_all_the_same(text):
    found, _cut = cut_object("reading", reply(text), LIST)

    assert found == json_object("reading", reply(text))


@pytest.mark.parametrize(
    "text",
    [
        f'{{"{LIST}": [1,]}}',
        f'{{"{LIST}": [,1]}}',
        f'{{"{LIST}": [1 2]}}',
        f'{{"{LIST}": [1}}',
        f'{{"{LIST}": [',
        f'{{"{LIST}": [{{"a": ]}}',
        f'{{"{LIST}": [1]',
        f'["{LIST}", {{"{LIST}": [1]}}]',
        f'{{"{LIST}": [' + "[" * 100_000,
        f'{{"{LIST}": []}} x',
        "",
    ],
)
def test_what_is_no_object_is_refused_as_any_other(text):
    errors = []
    for read in (lambda: cut_object("reading", reply(text), LIST),
                 lambda: json_object("reading", reply(text))):  # fmt: skip
        with pytest.raises(LoketBadReply) as caught:
            read()
        errors.append(str(caught.value))

    assert errors[0] == errors[1]


def test_digests_tell_a_row_that_is_another_from_one_that_is_not():
    one, same, other, _number = page(
        f'{{"{LIST}": [{{"a": 1.50}}, {{"a": 1.50}}, {{"a": 1.5}}, {{"a": "1.50"}}]}}'
    )

    assert one.digest == same.digest and len(one.digest) == 16
    assert len({row.digest for row in (one, other, _number)}) == 3


def test_of_a_page_that_is_not_plain_the_rows_stay_as_they_are():
    text = f'{{"x": "\\"{LIST}\\"", "{LIST}": [{{"a": 1}}, {{"a": 2}}]}}'
    found = page(text)
    one, other = found

    assert found.unpacked([one.place, other.place]) == {
        one.place: {"a": 1},
        other.place: {"a": 2},
    }
    assert one.digest != other.digest


def test_packed_rows_take_a_fraction_of_the_room_of_their_text():
    def text(page):
        people = [
            {"id": f"{page}-{n}", "name": f"Jan {n}", "details": {"city": "Leiden",
             "street": f"Dorpsstraat {n}", "wages": [{"amount": 3000 + n}] * 90}}
            for n in range(250)
        ]  # fmt: skip
        return json.dumps({LIST: people})

    pages = [text(number) for number in range(8)]
    page(pages[0])  # what Python makes once is not what a page takes
    tracemalloc.start()
    kept = [page(one) for one in pages]
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sum(map(len, kept)) == 2_000
    assert held < sum(map(len, pages)) / 5


def noise(page):
    """A page of names that no packing makes smaller."""
    number = random.Random(page)
    return json.dumps({LIST: [{"name": f"{number.getrandbits(8_000):x}"}] * 20})


def test_however_many_pages_there_are_they_take_no_more_memory(monkeypatch):
    monkeypatch.setattr(packed, "_IN_MEMORY", 1 << 18)
    depot = Depot()
    page(noise(0), depot)  # what Python makes once
    tracemalloc.start()
    kept, held = [], []
    for number in range(600):
        kept.append(page(noise(number), depot))
        if number in (299, 599):
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()

    assert held[1] < 1 << 20, "of 600 pages of 40 kB"
    assert held[1] - held[0] < 300 * 1_000, "a page leaves but its place"
    for number in (599, 0, 300):
        places = [row.place for row in kept[number]]
        rows = json.loads(noise(number))[LIST]
        assert list(kept[number].unpacked(places).values()) == rows


def test_on_the_disk_is_nothing_that_anybody_can_read_or_find(monkeypatch, tmp_path):
    monkeypatch.setattr(packed, "_IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    depots = [Depot(), Depot()]
    text = json.dumps({LIST: [{"name": "Jansen"}] * 50})
    pages = [page(text, depot) for depot in depots]

    assert not list(tmp_path.iterdir())
    written = []
    for depot, of_it in zip(depots, pages, strict=True):
        assert len(list(of_it)) == 50
        file = depot._file.fileno()
        assert os.fstat(file).st_nlink == 0
        written.append(os.pread(file, os.fstat(file).st_size, 0))
    assert all(written) and not any(b"Jansen" in one for one in written)
    assert written[0] != written[1], "each has a key of its own"
