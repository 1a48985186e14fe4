# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers and dates as people type them: what may be two of them is none."""

from datetime import date

import pytest
from payroll_file import typed_date, typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("46,20", "46.20"),
        ("46.20", "46.20"),
        ("46,2", "46.2"),
        ("-46,20", "-46.20"),
        ("€ 46,20", "46.20"),
        ("1 234,50", "1234.50"),
        ("1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1234567"),
        ("-€ 1 234,50", "-1234.50"),
        ("46,20 €", "46.20"),
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
        *("46 20", "1 23", "1 2345", "1 234 5", "4 6,20", "12 345.678,9"),
    ],
)
def test_what_may_be_two_numbers_or_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        typed_number(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[(text, date(2026, 9, 3)) for text in ("3-9-2026", "03-09-2026", "3.9.2026")],
        *[(text, date(2026, 9, 3)) for text in ("2026-09-03", "2026/9/3")],
        *[(text, date(2026, 9, 15)) for text in ("15/09/2026", " 15-9-2026 ")],
        *[(text, date(2026, 9, 9)) for text in ("9/9/2026", "2026-09-09 00:00:00")],
    ],
)
def test_the_day_comes_before_the_month_or_the_year_before_both(text, day):
    assert typed_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("03/09/2026", "9/15/2026", "09-15-2026", "03-09-26", "26-09-03", "31-2-2026"),
        *("3-9", "3 sep 2026", "46268", "3-9.2026", "2026-09-03 08:00", "", "0-1-2026"),
    ],
)
def test_what_may_be_two_days_or_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        typed_date(text)
