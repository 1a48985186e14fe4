# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is the number of a component and of a distribution unit, and what is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payroll_file import component_number, exact, unit_number
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
