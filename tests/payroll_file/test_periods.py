# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payroll_file import PayrollCalendar
from payroll_file.periods import bounds, count

TYPES = ("month", "four_weeks", "week")
period_types = st.sampled_from(TYPES)
days = st.dates(date(1990, 1, 8), date(2100, 12, 20))


@given(period_types, days)
def test_every_day_is_in_one_period(period_type, day):
    (period,) = PayrollCalendar(period_type, []).between(day, day)
    assert period.start <= day <= period.end


@given(period_types, st.integers(1990, 2100))
def test_the_periods_of_a_year_follow_each_other_without_a_gap(period_type, year):
    found = [
        bounds(period_type, year, number)
        for number in range(1, count(period_type, year) + 1)
    ]
    found.append(bounds(period_type, year + 1, 1))
    for (_first, last), (following, _last) in pairwise(found):
        assert following == last + timedelta(days=1)


@given(period_types, days)
def test_the_last_full_period_ended_just_before_the_running_one(period_type, today):
    calendar = PayrollCalendar(period_type, [])
    (running,) = calendar.between(today, today)
    assert calendar.last_full(today).end + timedelta(days=1) == running.start


@pytest.mark.parametrize(
    ("period_type", "year", "number", "first", "last"),
    [
        ("month", 2024, 2, date(2024, 2, 1), date(2024, 2, 29)),
        ("month", 2026, 12, date(2026, 12, 1), date(2026, 12, 31)),
        ("four_weeks", 2026, 1, date(2025, 12, 29), date(2026, 1, 25)),
        ("four_weeks", 2026, 13, date(2026, 11, 30), date(2027, 1, 3)),
        ("four_weeks", 2025, 13, date(2025, 12, 1), date(2025, 12, 28)),
        ("week", 2026, 53, date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_bounds_of_known_periods(period_type, year, number, first, last):
    assert bounds(period_type, year, number) == (first, last)


def test_the_thirteenth_period_takes_week_53():
    assert bounds("four_weeks", 2026, 13)[1] == date(2027, 1, 3)


def test_in_january_the_last_full_month_is_december():
    december = PayrollCalendar("month", []).last_full(date(2026, 1, 31))
    assert (december.year, december.number) == (2025, 12)


@pytest.mark.parametrize(
    ("period_type", "year", "number"),
    [("month", 2026, 13), ("month", 2026, 0), ("four_weeks", 2026, 14)]
    + [("week", 2025, 53)],
)
def test_a_period_that_the_year_does_not_have_is_refused(period_type, year, number):
    with pytest.raises(ValueError, match=f"{year} has periods 1 to"):
        bounds(period_type, year, number)


def test_an_unknown_period_type_is_refused():
    with pytest.raises(ValueError, match="unknown period type 'quarter'"):
        count("quarter", 2026)
