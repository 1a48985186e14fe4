# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hours go to the shift of their own day."""

from datetime import date

import pytest

from .office import ANNA, hours, job, land, rules

CHANGED = ((date(2025, 1, 1), 3), (date(2026, 9, 15), 2))


@pytest.mark.parametrize(
    ("day", "shift"),
    [
        (date(2024, 12, 31), 3),  # before all that is known
        (date(2026, 9, 14), 3),
        (date(2026, 9, 15), 2),
        (date(2026, 12, 31), 2),
    ],
)
def test_the_shift_of_a_day(day, shift):
    assert job(1, shift=9, shifts=CHANGED).shift_on(day) == shift


def test_without_days_there_is_one_shift():
    assert job(1, shift=4).shift_on(date(2026, 9, 1)) == 4


def test_no_shift_is_none():
    assert job(1, shift=4, shifts=((date(2025, 1, 1), 0),)).shift_on(date.max) is None


def test_two_shifts_in_a_period_are_two_rows():
    booked = [hours(ANNA, 14, 8), hours(ANNA, 15, 4)]
    outcome = land(booked, rules(jobs={ANNA: [job(1, shifts=CHANGED)]}))

    assert {cell.shift: amount.hours for cell, amount in outcome.cells.items()} == {
        3: 8,
        2: 4,
    }


def test_days_without_a_shift_have_the_usual_one():
    none = ((date(2025, 1, 1), 0),)
    outcome = land([hours(ANNA, 1, 8)], rules(jobs={ANNA: [job(1, shifts=none)]}))

    assert [cell.shift for cell in outcome.cells] == [1]
