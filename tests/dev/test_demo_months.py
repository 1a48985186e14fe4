# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demonstration counts its months right, at the end of a year too."""

import pytest

from tools.demo.hours import bounds, month_after, workdays


@pytest.mark.parametrize(
    ("month", "after"), [((2026, 11), (2026, 12)), ((2026, 12), (2027, 1))]
)
def test_the_month_after(month, after):
    assert month_after(*month) == after


def test_the_first_and_the_last_day():
    assert bounds(2026, 12) == ("2026-12-01", "2026-12-31")
    assert bounds(2028, 2) == ("2028-02-01", "2028-02-29")


def test_the_workdays_of_a_short_month_end_with_it():
    assert str(workdays(*bounds(2026, 2))[-1]) == "2026-02-27"
