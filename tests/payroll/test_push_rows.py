# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whole rows of a period are told what they would be told place by place."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import compare, push, rows
from odoo.addons.l10n_nl_loket.payroll.push import Held, Ours, Place, Sent
from odoo.addons.l10n_nl_loket.payroll.rows import HeldRows, OurRows, places
from odoo.addons.l10n_nl_loket.payroll_file import rounded

PEOPLE = ("anna", "bram", "carla")
SPOTS = [(ref, 1, unit) for ref in PEOPLE for unit in (None, "shop")]
COMPONENTS = st.sampled_from([1, 2, 30])
#: Of a file: cents, and 0 where something is gone.
OF_FILE = st.sampled_from(["0.00", "0", "8.00", "8.25", "-5"]).map(Decimal)
#: Of Loket: what is the same to the cent is the same.
OF_LOKET = st.sampled_from(
    ["0", "8", "8.00", "8.25", "8.250", "8.2549", "8.245", "8.255", "-5.0", "9"]
).map(Decimal)


def sheet(values):
    """{spot: {component: value}}; no row is empty."""
    row = st.dictionaries(COMPONENTS, values, min_size=1)
    return st.dictionaries(st.sampled_from(SPOTS), row)


@dataclass
class Call:
    """What was sent in one call, and of whom Loket took it for sure."""

    rows: Mapping
    certain: set

    def sent_at(self, spots):
        return [
            Sent(place, value, place.employment in self.certain)
            for place, value in places(self.rows, spots).items()
        ]


SOME_PEOPLE = st.sets(st.sampled_from(PEOPLE))
CALLS = st.lists(st.builds(Call, sheet(st.none() | OF_FILE), SOME_PEOPLE), max_size=3)
PLACES = st.sets(st.builds(lambda spot, one: Place(*spot, one),
                           st.sampled_from(SPOTS), COMPONENTS), max_size=2)  # fmt: skip


@st.composite
def periods(draw):
    """A file, all that is ours, and what Loket holds: often nearly the file."""
    file = draw(sheet(OF_FILE))
    held = draw(sheet(OF_LOKET))
    held |= {spot: {**file[spot]} for spot in draw(st.sets(st.sampled_from(SPOTS)))
             if spot in file}  # fmt: skip
    ours = OurRows(draw(CALLS), [file, *draw(st.lists(sheet(OF_FILE), max_size=2))])
    return file, ours, HeldRows(held, draw(PLACES), draw(SOME_PEOPLE))


def everywhere(of_rows):
    return places(of_rows, of_rows)


def plain(file, ours, held):
    """The same, place by place."""
    sent = [one for call in ours.sent for one in call.sent_at(call.rows)]
    values = {place: rounded(one) for place, one in everywhere(held.values).items()}
    return (
        everywhere(file),
        Ours.of(sent, [everywhere(one) for one in ours.files]),
        Held(values, held.added, held.unread),
    )


ANNA = SPOTS[0]
EIGHT, NONE = {1: Decimal(8)}, HeldRows()


@given(periods())
@example(({ANNA: EIGHT}, OurRows([], [{ANNA: EIGHT}]), NONE))
@example(({ANNA: EIGHT}, OurRows([], [{ANNA: EIGHT}]), HeldRows({ANNA: EIGHT})))
@settings(max_examples=300)
def test_rows_are_written_and_judged_as_each_of_their_places_would_be(period):
    file = period[0]
    by_place = plain(*period)

    done, expected = rows.plan(*period), push.plan(*by_place)
    assert list(everywhere(done.write).items()) == list(expected.write.items())
    assert done.asks == expected.asks

    for by_hand in (False, True):
        for doubtful in (), [*file][:1]:
            found = rows.judge(*period, by_hand=by_hand, doubtful=doubtful)
            stored = dict.fromkeys(places(file, found.stored), "stored")
            assert not stored.keys() & found.others.keys()
            assert not set(found.stored) & set(doubtful)
            expected = compare.judge(*by_place, by_hand=by_hand)
            assert stored | found.others == expected
            for place in found.others:
                assert found.held.values.get(place) == by_place[2].values.get(place)


@given(periods(), SOME_PEOPLE, st.sets(COMPONENTS))
def test_what_matters_of_a_period_is_all_that_was_of_a_file_or_sent(
    period, people, components
):
    ours, by_place = period[1], plain(*period)[1]
    matter = by_place.places
    assert ours.employments == {place.employment for place in matter}
    assert ours.components == {place.component for place in matter}
    assert ours.of_components(components) == {
        place.employment for place in matter if place.component in components
    }
    assert ours.surely_stored(people) == {
        place.employment
        for call in ours.sent
        for place, value in everywhere(call.rows).items()
        if place.employment in call.certain & people and value is not None
    }
    spots = [spot for spot in SPOTS if spot[0] in people]
    of_people = ours.at(spots)
    assert of_people.places == {one for one in matter if one.spot in spots}
    assert all(of_people.sent[one] == by_place.sent[one] for one in of_people.sent)


def test_what_is_told_twice_of_a_row_counts_as_it_was_told_last():
    held = HeldRows()
    first = {1: Decimal(8), 2: Decimal(3)}
    held.put(ANNA, first)
    held.put(ANNA, {2: Decimal(4), 30: Decimal(1)})
    assert held.values == {ANNA: {1: Decimal(8), 2: Decimal(4), 30: Decimal(1)}}
    assert first == {1: Decimal(8), 2: Decimal(3)}
