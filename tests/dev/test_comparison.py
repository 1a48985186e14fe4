# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The closing table of the demonstration shows every difference."""

from decimal import Decimal

from tools.demo.comparison import compare, table

NAMES = {1: "Uren gewerkt", "20": "Administratie"}


def test_equal_totals_are_equal_in_every_row():
    totals = {(1, "20"): Decimal("152.50")}

    (row,) = compare(totals, totals, totals, NAMES)

    assert row == {
        "component": 1,
        "name": "Uren gewerkt",
        "unit": "20",
        "cost_center": "Administratie",
        "odoo": "152.50",
        "file": "152.50",
        "loket": "152.50",
        "differs": [],
    }
    assert table([row]).endswith("  152.50   152.50   152.50  =")


def test_a_total_that_one_lacks_is_a_difference():
    here, there = {(1, "20"): Decimal(8)}, {(1, "30"): Decimal(8)}

    rows = compare(here, here, there, NAMES)

    assert [row["differs"] for row in rows] == [["loket"], ["loket"]]
    assert table(rows).count("Loket DIFFERS") == 2


def test_the_one_that_differs_is_named():
    ours, theirs = {(1, "20"): Decimal("8.00")}, {(1, "20"): Decimal("8.01")}

    def differs(*totals):
        return compare(*totals, NAMES)[0]["differs"]

    assert differs(theirs, ours, ours) == ["odoo"]
    assert differs(ours, theirs, ours) == ["file"]
    assert differs(ours, ours, theirs) == ["loket"]
    assert differs(ours, theirs, {}) == ["odoo", "file", "loket"]


def test_why_one_differs_is_said():
    ours, theirs = {(1, "20"): Decimal(8)}, {(1, "20"): Decimal(9)}
    (row,) = compare(ours, ours, theirs, NAMES)

    assert table([{**row, "why": "(by Kantoor)"}]).endswith(
        "Loket DIFFERS (by Kantoor)"
    )
