# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payroll_file import PayrollCalendar
from payroll_file.periods import Period, bounds

TYPES = ("month", "four_weeks", "week")
DAY = timedelta(days=1)


def loket_months(year, first_day=21):
    """Months from a day of the month before up to the day before it."""
    starts = [
        date(year - 1, 12, first_day),
        *(date(year, month, first_day) for month in range(1, 13)),
    ]
    return [
        Period(year, number, start, following - DAY)
        for number, (start, following) in enumerate(pairwise(starts), start=1)
    ]


def test_what_loket_gives_counts():
    calendar = PayrollCalendar("month", loket_months(2026))

    period = calendar.period(2026, 9)

    assert (period.start, period.end) == (date(2026, 8, 21), date(2026, 9, 20))
    assert not period.is_computed
    assert calendar.period(2026, 13) is None
    assert calendar.years == [2026]


def test_a_fourteenth_period_of_four_weeks_is_a_period_and_the_thirteenth_is_shorter():
    weeks = [
        Period(2026, n, *(bounds("week", 2026, w)[i] for i, w in enumerate(span)))
        for n, span in enumerate(
            [(4 * n - 3, min(4 * n, 53)) for n in range(1, 15)], start=1
        )
    ]
    calendar = PayrollCalendar("four_weeks", weeks)

    assert calendar.period(2026, 14).start == date(2026, 12, 28)
    assert calendar.period(2026, 14).end == date(2027, 1, 3)
    assert calendar.period(2026, 13).end == date(2026, 12, 27)
    assert calendar.before(calendar.period(2027, 1)) == calendar.period(2026, 14)


def test_a_year_that_loket_does_not_give_is_computed_and_says_so():
    calendar = PayrollCalendar("four_weeks", [])

    period = calendar.period(2026, 1)

    assert period == Period(2026, 1, *bounds("four_weeks", 2026, 1))
    assert period.is_computed
    assert calendar.period(2026, 14) is None


def test_without_a_kind_of_period_only_what_loket_gives_is_known():
    calendar = PayrollCalendar(None, loket_months(2026))

    assert calendar.period(2026, 1)
    assert calendar.of_year(2025) == []
    assert PayrollCalendar(None, []).last_full(date(2026, 5, 5)) is None
    assert calendar.before(calendar.period(2026, 1)) is None


@given(st.integers(2, 28))
def test_computed_years_join_up_with_what_loket_gives(first_day):
    calendar = PayrollCalendar("month", loket_months(2026, first_day))

    periods = [p for year in (2025, 2026, 2027) for p in calendar.of_year(year)]

    assert len(periods) == 36
    assert all(b.start == a.end + DAY for a, b in pairwise(periods))


@given(
    st.sampled_from(TYPES),
    st.dates(date(2001, 1, 1), date(2099, 1, 1)),
    st.integers(0, 400),
)
def test_between_two_days_every_day_is_in_one_period(period_type, first, days):
    last = first + timedelta(days=days)
    calendar = PayrollCalendar(period_type, loket_months(2026))

    found = calendar.between(first, last)

    assert found[0].start <= first and last <= found[-1].end
    if period_type == "month":  # others need not join up with months
        assert all(b.start == a.end + DAY for a, b in pairwise(found))


def test_between_one_day_is_the_period_of_the_day():
    calendar = PayrollCalendar("month", loket_months(2026))

    day = date(2026, 8, 20)

    assert [p.number for p in calendar.between(day, day)] == [8]
    assert [p.number for p in calendar.between(day, day + DAY)] == [8, 9]


def test_the_last_full_period_is_over_by_loket_s_dates():
    calendar = PayrollCalendar("month", loket_months(2026))

    assert calendar.last_full(date(2026, 9, 20)).number == 8
    assert calendar.last_full(date(2026, 9, 21)).number == 9
    assert calendar.last_full(date(2025, 12, 21)).year == 2025


def test_the_period_before_the_first_is_the_last_of_the_year_before():
    calendar = PayrollCalendar("month", loket_months(2026))

    before = calendar.before(calendar.period(2026, 1))

    assert (before.year, before.number) == (2025, 12)
    assert before.end == date(2025, 12, 20)
    assert calendar.before(calendar.period(2026, 9)).number == 8


def test_days_in_no_period_or_in_two_are_breaks():
    first, second, third, *_rest = loket_months(2026)
    late = Period(2026, 2, second.start + DAY, second.end)
    early = Period(2026, 3, third.start - DAY, third.end)

    assert PayrollCalendar("month", [first, second, third]).breaks() == []
    assert PayrollCalendar("month", [first, late]).breaks() == [(first, late)]
    assert PayrollCalendar("month", [second, early]).breaks() == [(second, early)]


def test_a_year_that_loket_leaves_out_is_no_break():
    given = [*loket_months(2024), *loket_months(2026)]

    assert PayrollCalendar("month", given).breaks() == []


def test_of_a_year_between_that_loket_leaves_out_nothing_is_a_break():
    months = [*loket_months(2024), *loket_months(2026)]
    assert PayrollCalendar("month", months).breaks() == []
    months = [*loket_months(2025), *loket_months(2026, first_day=22)]
    calendar = PayrollCalendar("month", months)
    assert [(one.year, next_one.year) for one, next_one in calendar.breaks()] == [
        (2025, 2026)
    ]


def year_of(year, first, last):
    """A year of which Loket gives one long period."""
    return [Period(year, 1, first, last)]


@pytest.mark.parametrize(
    ("last_day", "start"),
    [
        (date(2026, 1, 20), date(2026, 1, 21)),
        (date(2026, 1, 30), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 1, 1)),
        (date(2026, 2, 10), date(2026, 1, 1)),
    ],
)
def test_a_computed_year_begins_after_the_one_that_loket_gives(last_day, start):
    """Where that leaves a day of its first period; else the two are not of one kind."""
    calendar = PayrollCalendar("month", year_of(2025, date(2025, 1, 1), last_day))
    assert calendar.period(2026, 1).start == start
    assert calendar.period(2026, 1).end == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("first_day", "end"),
    [
        (date(2026, 12, 21), date(2026, 12, 20)),
        (date(2026, 12, 2), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 11, 15), date(2026, 12, 31)),
    ],
)
def test_a_computed_year_ends_before_the_one_that_loket_gives(first_day, end):
    calendar = PayrollCalendar("month", year_of(2027, first_day, date(2027, 12, 31)))
    assert calendar.period(2026, 12).end == end
    assert calendar.period(2026, 12).start == date(2026, 12, 1)
