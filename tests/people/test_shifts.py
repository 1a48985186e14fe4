# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shift of each day, from what Loket told night after night."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.gateway.records import Shift
from odoo.addons.l10n_nl_loket.people.shifts import (
    as_json,
    from_json,
    shift_on,
    with_told,
)

LONG_AGO, EARLIER, SEPTEMBER = date(2020, 1, 1), date(2026, 8, 1), date(2026, 9, 30)
OCTOBER, TODAY = date(2026, 10, 1), date(2026, 10, 5)


def told(number, since=None, until=None, asked=TODAY):
    return Shift(asked=asked, number=number, since=since, until=until)


def test_a_shift_holds_since_the_day_that_loket_tells():
    history = with_told([(LONG_AGO, 1)], [told(2, since=OCTOBER)])

    assert history == [(LONG_AGO, 1), (OCTOBER, 2)]
    assert shift_on(history, SEPTEMBER) == 1
    assert shift_on(history, OCTOBER) == 2


def test_before_the_first_that_is_known_that_one_held():
    assert shift_on([(OCTOBER, 2)], LONG_AGO) == 2


def test_the_first_time_a_day_in_the_past_tells_what_was_before():
    history = with_told(
        [], [told(2, since=OCTOBER), told(1, since=LONG_AGO, asked=EARLIER)]
    )

    assert history == [(LONG_AGO, 1), (OCTOBER, 2)]


def test_what_is_told_again_changes_nothing():
    history = [(LONG_AGO, 1), (OCTOBER, 2)]

    assert with_told(history, [told(2, since=OCTOBER)]) == history
    assert with_told(history, [told(2)]) == history
    assert with_told(history, []) == history


def test_other_hours_in_one_shift_are_no_other_shift():
    assert with_told([(LONG_AGO, 1)], [told(1, since=OCTOBER)]) == [(LONG_AGO, 1)]


def test_without_a_first_day_it_holds_from_the_night_that_saw_it():
    assert with_told([(LONG_AGO, 1)], [told(2)]) == [(LONG_AGO, 1), (TODAY, 2)]


def test_without_a_first_day_the_first_one_holds_always():
    assert shift_on(with_told([], [told(2)]), LONG_AGO) == 2


def test_a_mistake_that_loket_takes_back_is_taken_back():
    history = [(LONG_AGO, 1), (OCTOBER, 2)]

    assert with_told(history, [told(1, since=LONG_AGO)]) == [(LONG_AGO, 1)]


def test_a_change_that_loket_moves_is_moved():
    history = [(LONG_AGO, 1), (OCTOBER, 2)]

    assert with_told(history, [told(2, since=date(2026, 9, 1))]) == [
        (LONG_AGO, 1),
        (date(2026, 9, 1), 2),
    ]


def test_what_is_known_between_a_day_in_the_past_and_today_stays():
    history = [(LONG_AGO, 1), (date(2026, 9, 1), 3), (OCTOBER, 2)]
    again = [told(1, since=LONG_AGO, asked=EARLIER), told(2, since=OCTOBER)]

    assert with_told(history, again) == history


def test_the_day_that_a_shift_ended_is_followed_by_what_was_known():
    history = [(LONG_AGO, 2)]
    past = told(1, since=LONG_AGO, until=date(2026, 8, 31), asked=EARLIER)

    assert with_told(history, [past]) == [(LONG_AGO, 1), (date(2026, 9, 1), 2)]


def test_a_shift_that_ended_goes_before_what_is_known_of_later():
    history = [(LONG_AGO, 2), (OCTOBER, 3)]
    past = told(1, since=LONG_AGO, until=date(2026, 8, 31), asked=EARLIER)

    assert with_told(history, [past]) == [
        (LONG_AGO, 1),
        (date(2026, 9, 1), 2),
        (OCTOBER, 3),
    ]


def test_a_change_on_the_day_after_a_shift_ended_stays():
    history = [(LONG_AGO, 2), (OCTOBER, 3)]
    past = told(1, since=LONG_AGO, until=SEPTEMBER, asked=EARLIER)

    assert with_told(history, [past]) == [(LONG_AGO, 1), (OCTOBER, 3)]


def test_a_change_on_the_last_day_of_a_shift_is_what_goes_on():
    history = [(LONG_AGO, 2), (SEPTEMBER, 3)]
    past = told(1, since=LONG_AGO, until=SEPTEMBER, asked=EARLIER)

    assert with_told(history, [past]) == [(LONG_AGO, 1), (OCTOBER, 3)]


def test_the_first_that_is_known_may_have_ended():
    past = told(1, since=LONG_AGO, until=date(2026, 8, 31), asked=EARLIER)

    assert with_told([], [past]) == [(LONG_AGO, 1)]


def test_another_shift_since_the_same_day_takes_its_place():
    history = [(LONG_AGO, 1), (OCTOBER, 2)]

    assert with_told(history, [told(3, since=OCTOBER)]) == [(LONG_AGO, 1), (OCTOBER, 3)]


def test_it_holds_on_the_day_itself_that_was_asked_for():
    history = [(LONG_AGO, 1), (TODAY, 2)]

    assert with_told(history, [told(3, since=OCTOBER)]) == [(LONG_AGO, 1), (OCTOBER, 3)]


def test_an_end_before_the_day_that_was_asked_for_is_none():
    history = [(LONG_AGO, 1), (TODAY, 2)]
    ended = told(3, since=OCTOBER, until=OCTOBER)

    assert shift_on(with_told(history, [ended]), TODAY) == 3


def test_no_shift_of_its_own_is_known_as_such():
    assert with_told([], [told(None)]) == [(date.min, 0)]
    assert with_told([(LONG_AGO, 1)], [told(None)]) == [(LONG_AGO, 1), (TODAY, 0)]


@pytest.mark.parametrize("kept", [None, []])
def test_a_row_that_keeps_nothing_has_no_history(kept):
    assert from_json(kept) == []


def test_it_is_kept_as_it_is():
    history = [(date.min, 1), (OCTOBER, 2)]

    assert from_json(as_json(history)) == history


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    changes=st.dictionaries(DAYS, st.integers(1, 4), min_size=1, max_size=6),
    nights=st.lists(DAYS, min_size=1, max_size=12),
    tells_since=st.booleans(),
)
def test_each_night_knows_its_own_day_and_what_loket_told_of_before(
    changes, nights, tells_since
):
    """Whatever changes when, the history agrees with Loket on each day it was asked."""
    truth = sorted(changes.items())
    history = []
    for night in sorted(nights):
        since = max((day for day, _n in truth if day <= night), default=None)
        if since is None:
            continue
        told_now = told(
            changes[since], since=since if tells_since else None, asked=night
        )
        history = with_told(history, [told_now])
        assert shift_on(history, night) == changes[since]
        if tells_since:
            assert shift_on(history, since) == changes[since]
    firsts = [first for first, _shift in history]
    assert firsts == sorted(set(firsts))
    for night in nights:
        since = max((day for day, _n in truth if day <= night), default=None)
        if since is not None:
            assert shift_on(history, night) == changes[since]
