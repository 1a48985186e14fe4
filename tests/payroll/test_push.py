# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is written into Loket, what asks first, and what became of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import compare, push
from odoo.addons.l10n_nl_loket.payroll.compare import push_state, sums
from odoo.addons.l10n_nl_loket.payroll.push import Held, Ours, Place, Sent

HERE = Place("anna", 1, "shop", 1)
THERE = HERE._replace(unit="office")
OTHER = HERE._replace(component=30)
EIGHT, NINE, FIVE, ZERO = Decimal(8), Decimal(9), Decimal(5), Decimal(0)


def sent(value, place=HERE, certain=True):
    return Sent(place, value, certain)


def plan(file, made, values, **held):
    return push.plan(file, made, Held(values, **held))


def judge(file, made, values, by_hand=False, **held):
    return compare.judge(file, made, Held(values, **held), by_hand=by_hand)


def ours(*files, pushed=()):
    return Ours.of(pushed, files)


def test_the_letters_of_a_reference_have_no_case():
    assert Place.at("ANNA", 1, "Shop", 1) == HERE
    assert Place.at("anna", 1, "", 1).unit is None
    assert Place.at("anna", 1, None, 1).unit is None


def test_nothing_is_left_where_nothing_was_put():
    assert not ours().is_left(HERE)
    assert ours({HERE: EIGHT}).is_left(HERE)
    assert ours(pushed=[sent(EIGHT)]).is_left(HERE)


def test_people_are_written_one_after_the_other():
    bram = HERE._replace(employment="bram")
    file = dict.fromkeys([bram, OTHER, HERE._replace(shift=2), HERE], EIGHT)
    assert list(plan(file, ours(file), {}).write) == [
        HERE,
        OTHER,
        HERE._replace(shift=2),
        bram,
    ]
    no_unit, numbered = HERE._replace(unit=None), HERE._replace(unit="1")
    first, _second = plan({numbered: EIGHT, no_unit: EIGHT}, ours(), {}).write
    assert first == no_unit


def test_what_loket_has_already_is_not_written():
    file = {HERE: EIGHT, OTHER: FIVE}
    assert plan(file, ours(file), {HERE: EIGHT}).write == {OTHER: FIVE}


def test_what_the_last_push_or_an_earlier_file_had_is_written_over_unasked():
    before, file = {HERE: FIVE}, {HERE: EIGHT}
    assert plan(file, ours(before, file), {HERE: FIVE}).asks == {}
    assert plan(file, ours(file, pushed=[sent(FIVE)]), {HERE: FIVE}).asks == {}


def test_what_somebody_else_put_or_changed_asks():
    file = {HERE: EIGHT}
    made = ours({HERE: FIVE}, file, pushed=[sent(FIVE), sent(EIGHT)])
    done = plan(file, made, {HERE: NINE})
    assert (done.write, done.asks) == ({HERE: EIGHT}, {HERE: NINE})


def test_a_value_that_was_pushed_before_the_last_one_is_not_ours_any_more():
    file = {HERE: EIGHT}
    made = ours(file, pushed=[sent(FIVE), sent(EIGHT)])
    assert plan(file, made, {HERE: FIVE}).asks == {HERE: FIVE}


def test_while_it_is_not_known_whether_loket_took_it_both_are_ours():
    file = {HERE: EIGHT}
    made = ours(file, pushed=[sent(FIVE), sent(NINE, certain=False)])
    assert plan(file, made, {HERE: FIVE}).asks == {}
    assert plan(file, made, {HERE: NINE}).asks == {}
    first = ours(file, pushed=[sent(NINE, certain=False)])
    assert plan(file, first, {HERE: NINE}).asks == {}


def test_a_cell_that_is_gone_is_taken_away_where_it_was_pushed_or_is_seen():
    file = {HERE: ZERO}
    assert plan(file, ours(file), {}).write == {}
    assert plan(file, ours({HERE: FIVE}, file), {}).write == {}
    assert plan(file, ours(file, pushed=[sent(FIVE)]), {HERE: FIVE}).write == {
        HERE: None
    }
    assert plan(file, ours({HERE: FIVE}, file), {HERE: FIVE}).write == {HERE: None}
    assert plan(file, ours({HERE: FIVE}, file), {HERE: FIVE}).asks == {}


def test_what_is_seen_to_be_gone_is_not_taken_away_again():
    file = {HERE: ZERO}
    assert plan(file, ours(file, pushed=[sent(FIVE)]), {}).write == {}
    assert judge(file, ours(file, pushed=[sent(FIVE)]), {}) == {HERE: "withdrawn"}


def test_of_whom_nothing_can_be_read_what_was_sent_is_taken_away():
    file = {HERE: ZERO, OTHER: EIGHT}
    made = ours(file, pushed=[sent(FIVE)])
    assert plan(file, made, {}, unread={"anna"}).write == {HERE: None, OTHER: EIGHT}
    unknown = {HERE: "not_withdrawn", OTHER: "missing"}
    assert judge(file, made, {}, unread={"anna"}) == unknown
    assert plan(file, made, {}, unread={"bram"}).write == {OTHER: EIGHT}
    gone = ours(file, pushed=[sent(FIVE), sent(None)])
    assert plan(file, gone, {}, unread={"anna"}).write == {OTHER: EIGHT}
    assert judge(file, gone, {}, unread={"anna"})[HERE] == "withdrawn"
    maybe = ours(file, pushed=[sent(FIVE), sent(None, certain=False)])
    assert plan(file, maybe, {}, unread={"anna"}).write[HERE] is None


def test_of_whom_nothing_can_be_read_nothing_is_said_to_be_gone():
    pushed = ours({THERE: EIGHT}, pushed=[sent(FIVE)])
    unknown = {HERE: "not_withdrawn", THERE: "not_withdrawn"}
    assert judge({}, pushed, {}, unread={"anna"}) == unknown, "no row in the file"
    assert judge({}, pushed, {}, unread={"bram"}) == {}
    carried = ours({HERE: FIVE}, {HERE: ZERO})
    assert judge({HERE: ZERO}, carried, {}, unread={"anna"}) == {HERE: unknown[HERE]}
    assert judge({HERE: ZERO}, carried, {}) == {HERE: "withdrawn"}
    never = ours({HERE: ZERO})
    assert judge({HERE: ZERO}, never, {}, unread={"anna"}) == {HERE: "withdrawn"}


def test_a_zero_that_an_uploaded_file_put_there_is_ours():
    file = {HERE: ZERO}
    done = plan(file, ours(file), {HERE: ZERO})
    assert (done.write, done.asks) == ({HERE: None}, {})


def test_a_gone_cell_in_which_somebody_put_a_value_asks():
    file = {HERE: ZERO}
    made = ours({HERE: FIVE}, file, pushed=[sent(FIVE)])
    assert plan(file, made, {HERE: NINE}).asks == {HERE: NINE}
    assert plan(file, ours({HERE: FIVE}, file), {HERE: NINE}).asks == {HERE: NINE}


def test_what_was_pushed_elsewhere_is_taken_away_there():
    file = {THERE: EIGHT}
    made = ours(file, pushed=[sent(EIGHT)])
    assert plan(file, made, {HERE: EIGHT}).write == {HERE: None, THERE: EIGHT}
    assert plan(file, made, {HERE: NINE}).write == {HERE: None, THERE: EIGHT}
    assert plan(file, made, {HERE: NINE}).asks == {HERE: NINE}


def test_what_an_uploaded_file_left_standing_is_taken_away():
    file = {THERE: EIGHT}
    made = ours({HERE: FIVE}, file)
    assert plan(file, made, {HERE: FIVE}).write == {HERE: None, THERE: EIGHT}
    assert plan(file, made, {HERE: NINE}).write == {THERE: EIGHT}


def test_what_was_never_ours_stays():
    file = {HERE: EIGHT}
    done = plan(file, ours(file), {OTHER: NINE})
    assert (done.write, done.asks) == ({HERE: EIGHT}, {})


@pytest.mark.parametrize(
    ("value", "made", "held", "verdict"),
    [
        (EIGHT, ours(), EIGHT, "stored"),
        (EIGHT, ours(), None, "missing"),
        (EIGHT, ours({HERE: FIVE}), FIVE, "different"),
        (ZERO, ours({HERE: FIVE}), None, "withdrawn"),
        (ZERO, ours({HERE: FIVE}, {HERE: ZERO}), FIVE, "not_withdrawn"),
        (ZERO, ours({HERE: FIVE}, {HERE: ZERO}), ZERO, "not_withdrawn"),
        (ZERO, ours(pushed=[sent(FIVE)]), FIVE, "not_withdrawn"),
        (ZERO, ours({HERE: FIVE}), NINE, "different"),
        (None, ours(), NINE, "foreign"),
        (None, ours({HERE: FIVE}), NINE, "foreign"),
        (None, ours({HERE: FIVE}), FIVE, "not_withdrawn"),
        (None, ours(pushed=[sent(FIVE)]), FIVE, "not_withdrawn"),
        (None, ours(pushed=[sent(FIVE)]), NINE, "different"),
        (None, ours(pushed=[sent(FIVE), sent(None)]), NINE, "foreign"),
    ],
)
def test_each_cell_gets_its_verdict(value, made, held, verdict):
    file = {} if value is None else {HERE: value}
    there = {} if held is None else {HERE: held}
    assert judge(file, made, there) == {HERE: verdict}


def test_of_a_file_that_was_uploaded_the_zero_is_there_too():
    file = {HERE: ZERO}
    made = ours({HERE: FIVE}, file)
    assert judge(file, made, {HERE: ZERO}, by_hand=True) == {HERE: "stored"}
    assert judge(file, made, {HERE: FIVE}, by_hand=True) == {HERE: "not_withdrawn"}
    assert judge(file, made, {}, by_hand=True) == {HERE: "withdrawn"}
    assert judge({}, ours(), {HERE: ZERO}, by_hand=True) == {HERE: "foreign"}


def test_what_comes_on_top_of_a_fixed_value_is_equal_to_nothing_of_ours():
    file = {HERE: EIGHT, OTHER: ZERO}
    before = {HERE: EIGHT, OTHER: FIVE, THERE: FIVE}
    made = ours(before, file)
    done = plan(file, made, before, added={HERE, OTHER, THERE})
    assert done.write == {HERE: EIGHT, OTHER: None}
    assert done.asks == {HERE: EIGHT, OTHER: FIVE}
    assert judge(file, made, before, added={HERE, OTHER, THERE}) == {
        HERE: "different",
        OTHER: "different",
        THERE: "foreign",
    }


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        (["stored", "withdrawn", "foreign"], "stored"),
        ([], "stored"),
        (["stored", "missing"], "partial"),
        (["not_withdrawn"], "partial"),
        (["missing", "different", "not_withdrawn"], "different"),
    ],
)
def test_a_file_is_stored_when_all_of_it_is(verdicts, state):
    assert push_state(verdicts) == state


def test_the_table_has_a_row_for_each_component_and_cost_center():
    cells = [
        (30, "100", EIGHT, EIGHT),
        (1, "200", FIVE, ZERO),
        (1, "100", EIGHT, NINE),
        (1, "100", FIVE, FIVE),
    ]
    assert list(sums(cells).items()) == [
        ((1, "100"), (Decimal(13), Decimal(14))),
        ((1, "200"), (FIVE, ZERO)),
        ((30, "100"), (EIGHT, EIGHT)),
    ]


# === AT RANDOM === #

PLACES = [
    Place(employment, 1, unit, component)
    for employment in ("anna", "bram")
    for unit in ("shop", "office")
    for component in (1, 30)
]
VALUES = st.integers(1, 4).map(Decimal)
FILES = st.dictionaries(st.sampled_from(PLACES), VALUES)
#: What a call does: all is stored and said so; all is stored, and the answer lost; some
#: is stored, and some refused; nothing comes through.
CALLS = st.sampled_from(["done", "lost", "half", "down"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), FILES),
        st.tuples(st.just("push"), CALLS),
        st.tuples(st.just("other"), st.sampled_from(PLACES), VALUES),
    ),
    max_size=12,
)


class Office:
    """A period in Loket, the files of it, and what somebody else enters.

    A place that somebody else wrote last is theirs until we are told to write over it.
    """

    def __init__(self):
        self.held, self.files, self.sent, self.theirs = {}, [{}], [], {}

    def file(self, cells):
        earlier = {place for file in self.files for place in file}
        self.files.append({**dict.fromkeys(earlier, ZERO), **cells})

    def other(self, place, value):
        self.held[place] = self.theirs[place] = value

    def ours(self):
        return Ours.of(self.sent, self.files)

    def push(self, call, yes=False):
        """What is asked; nothing is written then, unless somebody said yes."""
        done = plan(self.files[-1], self.ours(), self.held)
        if done.asks and not yes:
            return done.asks
        for index, (place, value) in enumerate(done.write.items()):
            is_kept = call in ("done", "lost") or (call == "half" and index % 2)
            self.sent.append(Sent(place, value, is_certain=call == "done"))
            if is_kept:
                self.theirs.pop(place, None)
                if value is None:
                    self.held.pop(place, None)
                else:
                    self.held[place] = value
        return {}

    def verdicts(self):
        return judge(self.files[-1], self.ours(), self.held)


@given(STEPS)
def test_after_a_clean_push_loket_holds_the_file_and_all_that_is_not_ours(steps):
    office = Office()
    for what, *values in steps:
        before = dict(office.theirs)
        getattr(office, what)(*values)
        if what == "push":
            known = [one for file in office.files for one in file.items()]
            known += [(one.place, one.value) for one in office.sent]
            for place, value in before.items():
                if (place, value) not in known:
                    assert office.held[place] == value, "written over unasked"
    file = {place: value for place, value in office.files[-1].items() if value}
    theirs = {
        place: value
        for place, value in office.theirs.items()
        if place not in office.ours().places
    }

    office.push("done", yes=True)

    assert office.held == {**theirs, **file}
    verdicts = office.verdicts()
    assert push_state(verdicts.values()) == "stored"
    assert {p for p, v in verdicts.items() if v == "foreign"} == set(theirs)
    assert office.push("done") == {}, "a second push has nothing to ask"
    assert not plan(office.files[-1], office.ours(), office.held).write


@given(FILES, FILES, FILES)
def test_nothing_is_called_stored_that_loket_does_not_hold(before, now, held):
    file = {**dict.fromkeys(before, ZERO), **now}
    verdicts = judge(file, ours(before, file), held)
    is_equal = all(held.get(place) == value for place, value in now.items())
    left = any(place in held for place in set(before) - set(now))
    is_stored = push_state(verdicts.values()) == "stored"
    assert is_stored == (is_equal and not left)
