# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers as people type them: what may be two numbers is none."""

import pytest
from payroll_file import typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("46,20", "46.20"),
        ("46.20", "46.20"),
        ("46,2", "46.2"),
        ("-46,20", "-46.20"),
        ("€ 46,20", "46.20"),
        ("1 234,50", "1234.50"),
        ("12", "12"),
        ("1234", "1234"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1,234,567.125", "1234567.125"),
        ("12.345.678,9", "12345678.9"),
        ("1234,567", "1234.567"),
        ("0,125", "0.125"),
        ("0.1234", "0.1234"),
        ("1,2345", "1.2345"),
    ],
)
def test_a_point_or_a_comma_before_decimals(text, number):
    assert typed_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("1.234", "1,234", "-123.456", "999,999"),
        *("1.23.45", "1.2,3.4", "12.34,56", "1234.567,8", "1.,234", "1,23,456.7"),
        *("1.234.56", ".5", ",5", "5.", "--5", "+5", "(5)", "1e3", "vijf", "", "²"),
    ],
)
def test_what_may_be_two_numbers_or_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        typed_number(text)
