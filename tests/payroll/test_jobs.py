# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which employment pays what is booked on a day."""

from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.payroll.jobs import active_job, rivals

from .office import ELSEWHERE, HERE, day, job

FIRST, LAST = day(10), day(20)


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        (FIRST, LAST, [10, 11, 19, 20]),
        (FIRST, None, [10, 11, 19, 20, 21]),
        (None, LAST, [9, 10, 11, 19, 20]),
        (None, None, [9, 10, 11, 19, 20, 21]),
    ],
)
def test_the_first_and_the_last_day_are_of_the_employment(start, end, covered):
    one = job(1, start=start, end=end)
    assert [n for n in (9, 10, 11, 19, 20, 21) if one.covers(day(n))] == covered
    assert [
        n for n in (9, 10, 11, 19, 20, 21) if active_job([one], day(n), 0) is one
    ] == covered


@pytest.mark.parametrize(
    ("wins", "loses"),
    [
        (job(1, start=FIRST), job(2, start=day(9))),
        (job(1, start=FIRST), job(2, start=None)),
        (job(1, start=day(9)), job(2, start=FIRST, in_loket=False)),
        (job(1, start=FIRST), job(2, connection=ELSEWHERE, start=day(9))),
        (job(1, connection=ELSEWHERE), job(2, connection=HERE)),
        (job(2, connection=ELSEWHERE, start=FIRST), job(3, start=FIRST)),
        (job(2), job(1)),
        (job(1), job(None)),
    ],
)
def test_of_two_the_one_that_loket_gives_that_started_last_and_came_last(wins, loses):
    """Each link makes the same choice, in whatever order it finds them."""
    assert active_job([wins, loses], LAST, 0) is wins
    assert active_job([loses, wins], LAST, 0) is wins


def test_one_that_has_ended_pays_nothing_however_late_it_started():
    old, over = job(1), job(2, start=FIRST, end=day(15))
    assert active_job([old, over], day(15), 0) is over
    assert active_job([old, over], day(16), 0) is old
    assert active_job([over], day(16), 0) is None
    assert active_job([], day(16), 0) is None


@pytest.mark.parametrize(
    ("values", "in_doubt"),
    [
        ({"in_loket": False, "gone_since": day(15)}, True),
        ({"in_loket": False, "gone_since": day(16)}, False),
        ({"in_loket": False, "gone_since": day(15), "end": day(30)}, False),
        ({"in_loket": False}, False),
        ({"gone_since": day(15)}, False),
    ],
)
def test_it_is_in_doubt_once_loket_stopped_without_telling_when(values, in_doubt):
    assert job(1, **values).is_in_doubt(day(16)) is in_doubt


def test_whoever_gives_no_more_than_it_must_has_an_employment_in_loket():
    plain = job(1)
    assert plain.in_loket and not plain.number_waits
    assert plain.start == date(2025, 1, 1)


def test_employments_that_run_at_once_are_a_choice():
    one, other = job(1, id=5), job(2, id=3, start=FIRST, connection=ELSEWHERE)
    assert rivals([one, other], FIRST) == (3, 5)
    assert rivals([one, other], day(9)) == ()
    assert rivals([one], FIRST) == ()
    assert rivals([one, job(2, id=3, in_loket=False)], FIRST) == ()


def test_of_two_that_are_alike_the_last_one_pays():
    first, last = job(1, id=3), job(1, id=5)
    assert active_job([first, last], FIRST, 0) is last
    assert active_job([last, first], FIRST, 0) is last


def test_the_last_days_of_one_that_ended_and_is_gone_are_to_be_chosen_for():
    ended = job(1, id=1, start=None, end=LAST, in_loket=False, is_chosen=True)
    other = job(2, id=2, start=FIRST)
    assert active_job([ended, other], LAST, 0) is ended
    assert rivals([ended, other], LAST) == (1, 2)
    assert active_job([ended, other], day(21), 0) is other
    assert not rivals([ended, other], day(21))


def test_one_that_is_gone_without_a_last_day_is_not_chosen():
    lost = job(1, id=1, start=None, in_loket=False, is_chosen=True)
    other = job(2, id=2, start=FIRST)
    assert active_job([lost, other], LAST, 0) is other
    assert not rivals([lost, other], LAST)


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [(8, 9, False), (8, 10, True), (20, 22, True), (21, 22, False), (8, 22, True)],
)
def test_an_employment_runs_in_a_period_when_it_does_on_any_day(first, last, covered):
    one = job(1, start=FIRST, end=LAST)
    assert one.covers_any(day(first), day(last)) is covered
