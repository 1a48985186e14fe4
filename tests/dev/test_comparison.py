# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The closing table of the demonstration shows every difference."""

from decimal import Decimal

from tools.demo.comparison import compare, table

NAMES = {1: "Uren gewerkt", "20": "Administratie"}


def test_equal_totals_are_equal_in_every_row():
    totals = {(1, "20"): Decimal("152.50")}

    (row,) = compare(totals, totals, NAMES)

    assert row == {
        "component": 1,
        "name": "Uren gewerkt",
        "cost_center": "Administratie",
        "odoo": "152.50",
        "loket": "152.50",
        "equal": True,
    }


def test_a_total_that_only_one_side_has_is_a_difference():
    rows = compare({(1, "20"): Decimal(8)}, {(1, "30"): Decimal(8)}, NAMES)

    assert [row["equal"] for row in rows] == [False, False]
    assert table(rows).count("DIFFERENT") == 2


def test_a_cent_is_a_difference():
    ours, theirs = {(1, "20"): Decimal("8.00")}, {(1, "20"): Decimal("8.01")}

    assert not compare(ours, theirs, NAMES)[0]["equal"]
