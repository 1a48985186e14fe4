# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is the number of a component and of a distribution unit, and what is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payroll_file import (
    component_number,
    exact,
    exact_hours,
    rounded,
    unit_number,
)
from payroll_file.numbers import HIGHEST_COMPONENT, HIGHEST_UNIT

#: All of these are digits, numbers or signs to Python or to a person; none is a code.
NO_NUMBERS = (
    "",
    " ",
    "0",
    "²",
    "1²",
    "٣",
    "Ⅷ",
    "-1",
    "+1",
    "1,5",
    "1.0",
    "1_0",
    "SAL073",
    "X10",
)


@given(st.integers(1, HIGHEST_COMPONENT))
def test_a_component_is_a_number_of_one_to_four_digits(number):
    assert component_number(str(number)) == number


@given(st.integers(1, HIGHEST_UNIT))
def test_a_unit_is_a_number_as_loket_can_have_it(number):
    assert unit_number(str(number)) == number


@pytest.mark.parametrize("number", [component_number, unit_number])
@pytest.mark.parametrize("text", [*NO_NUMBERS, None, False, "9" * 5000])
def test_what_is_no_number_is_none(number, text):
    assert number(text) is None


@given(st.text())
def test_no_text_at_all_raises(text):
    assert component_number(text) is None or 1 <= component_number(text) <= 9999
    assert unit_number(text) is None or str(unit_number(text)) == text


def test_the_bounds_hold():
    assert component_number("9999") == 9999
    assert component_number("10000") is None
    assert unit_number(str(HIGHEST_UNIT)) == HIGHEST_UNIT
    assert unit_number(str(HIGHEST_UNIT + 1)) is None


def test_spaces_and_zeros_before_a_component_do_not_count():
    assert component_number(" 0010 ") == 10
    assert component_number("000001") == 1


@pytest.mark.parametrize("text", ["010", " 10", "10 ", "10\n"])
def test_a_unit_is_written_exactly_as_loket_has_it(text):
    assert unit_number(text) is None


def test_a_float_of_the_database_is_the_number_that_it_shows():
    assert exact(0.1) + exact(0.2) == Decimal("0.3")


def test_six_decimals_of_it_count():
    assert exact(1 / 3) == Decimal("0.333333")
    assert exact(2.5, Decimal(8)) == 20
    assert exact(1e300)  # absurd, but no reason to fail


@pytest.mark.parametrize("third", [1 / 3, 0.333333, 0.3333333, 0.33333333333])
def test_three_times_twenty_minutes_are_an_hour(third):
    hours = sum(exact_hours(one) for one in (third, third, third, 0.125))
    assert rounded(hours) == Decimal("1.13")
    assert rounded(-hours) == Decimal("-1.13")


def test_a_thousand_times_a_minute_is_no_minute_less():
    hours = sum(exact_hours(1 / 60) for _ in range(999)) + exact_hours(0.355)
    assert rounded(hours) == Decimal("17.01")  # 17.005


@pytest.mark.parametrize("hours", [0.33, 0.3333, 0.125, 0.004, 7.25, 0.333334, -1.5])
def test_hours_that_are_no_whole_minutes_are_what_they_are(hours):
    assert exact_hours(hours) == Decimal(str(hours))


def test_minutes_as_a_unit_are_sixtieths():
    assert exact_hours(20, Decimal(1) / 60) * 3 == Decimal(
        "0.9999999999999999999999999999"
    )
    assert rounded(exact_hours(20, Decimal(1) / 60) * 3) == 1


def test_absurd_hours_are_kept_for_who_judges_them():
    assert exact_hours(1e30) == Decimal("1e30")


@pytest.mark.parametrize(
    "minutes", [1, 20, 40, 59, 7 * 60 + 20, 61 * 60, 100 * 60 + 20, -20]
)
def test_six_decimals_of_an_hour_are_whole_minutes(minutes):
    assert exact_hours(round(minutes / 60, 6)) == Decimal(minutes) / 60


@pytest.mark.parametrize("hours", ["0.3333", "0.333334", "0.0049", "2000000000.333333"])
def test_what_is_no_whole_number_of_minutes_is_what_it_is(hours):
    assert exact_hours(float(hours)) == Decimal(hours)


def test_half_of_the_sixth_decimal_goes_up():
    assert exact(5e-7) == Decimal("0.000001")
    assert exact(-5e-7) == Decimal("-0.000001")
