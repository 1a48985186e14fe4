# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each day is of one file at the most, whatever dates its period got since."""

from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.payroll import Coverage, FileDays
from odoo.addons.l10n_nl_loket.payroll_file.periods import Period


def period(number, start, end):
    return Period(2026, number, date(2026, *start), date(2026, *end))


AUGUST, SEPTEMBER = period(8, (8, 1), (8, 31)), period(9, (9, 1), (9, 30))
OCTOBER = period(10, (10, 1), (10, 31))
SEPTEMBER_21, OCTOBER_21 = period(9, (8, 21), (9, 20)), period(10, (9, 21), (10, 20))


def owner(day, *files):
    file = Coverage(files).owner(date(2026, *day))
    return file and file.days


@pytest.mark.parametrize(
    ("day", "whose"),
    [
        ((9, 20), SEPTEMBER),
        ((9, 21), SEPTEMBER),
        ((9, 30), SEPTEMBER),
        ((10, 1), OCTOBER_21),
        ((10, 20), OCTOBER_21),
        ((10, 21), None),
    ],
)
def test_a_day_of_two_is_of_the_file_that_had_it_first(day, whose):
    made = FileDays(SEPTEMBER, SEPTEMBER_21, 1)
    assert owner(day, FileDays(OCTOBER_21, None, 2, is_draft=True), made) == whose


def test_once_it_is_made_again_the_day_is_of_the_other():
    files = FileDays(SEPTEMBER_21, SEPTEMBER_21, 3), FileDays(OCTOBER_21, OCTOBER_21, 2)
    assert owner((9, 25), *files) == OCTOBER_21
    assert owner((9, 5), *files) == SEPTEMBER_21


@pytest.mark.parametrize(
    ("day", "whose"),
    [((9, 20), SEPTEMBER_21), ((9, 21), SEPTEMBER_21), ((9, 30), SEPTEMBER_21)],
)
def test_a_day_that_none_has_is_of_the_period_that_has_it_now(day, whose):
    made = FileDays(SEPTEMBER_21, SEPTEMBER, 1)
    assert owner(day, made, FileDays(OCTOBER, None, 2, is_draft=True)) == whose
    assert owner((10, 1), made) is None


def test_files_before_are_those_that_began_and_are_not_too_long_ago():
    coverage = Coverage(
        [
            FileDays(AUGUST, None, 1),
            FileDays(SEPTEMBER, None, 2),
            FileDays(OCTOBER, None, 3, is_draft=True),
        ]
    )
    before = {
        first: [file.days for file in coverage.made_before(first)]
        for first in (date(2026, 9, 1), date(2026, 9, 21), date(2028, 1, 1))
    }
    assert list(before.values()) == [[AUGUST], [AUGUST, SEPTEMBER], []]


def test_a_day_before_the_first_file_is_of_none():
    made = FileDays(SEPTEMBER, SEPTEMBER_21, 1)
    assert owner((8, 31), made) is None
    assert owner((8, 31), made, FileDays(AUGUST, None, 2, is_draft=True)) == AUGUST
    july = FileDays(period(7, (7, 1), (7, 31)), None, 0)
    assert owner((8, 31), made, july) == SEPTEMBER


def test_the_days_of_files_are_those_of_then_and_of_now():
    coverage = Coverage(
        [FileDays(SEPTEMBER, SEPTEMBER_21, 1), FileDays(AUGUST, None, 0)]
    )
    days = coverage.days([(2026, 9)])
    assert (days.start, days.end) == (date(2026, 8, 21), date(2026, 9, 30))
    assert (days.year, days.number) == (0, 0), "of no period in Loket"

    days = coverage.days([(2026, 9), (2026, 8), (2026, 10)])
    assert (days.start, days.end) == (date(2026, 8, 1), date(2026, 9, 30))


def test_before_there_is_a_file_no_day_is_of_any_but_those_of_its_draft():
    draft = FileDays(SEPTEMBER, SEPTEMBER_21, 1, is_draft=True)
    assert owner((8, 31), draft) is None
    assert owner((9, 1), draft) == SEPTEMBER
    assert owner((9, 1)) is None
