# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is gone since an earlier file is written as 0, or told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.payroll import Amount, Cell, Component, Outcome, Remark
from odoo.addons.l10n_nl_loket.payroll.gone import gone, last_sent, write_gone

from .office import ANNA, BRAM, WORK, job, rules

CELL = Cell(ANNA, 1, 1, 100, 1)
OTHER = replace(CELL, component=30)


def hours(number):
    return Amount(hours=Decimal(number))


def test_what_was_sent_and_is_no_more():
    assert gone([CELL, OTHER, OTHER], [CELL]) == [OTHER]
    assert gone([OTHER, CELL], []) == [CELL, OTHER]


def test_all_that_is_gone_is_told_in_order():
    sent = [
        replace(CELL, employee=BRAM, payroll_number=2),
        CELL,
        replace(CELL, unit=None, component=30),
        replace(CELL, shift=None),
    ]
    assert gone(sent, []) == [sent[3], sent[2], sent[1], sent[0]]


def test_the_same_number_of_somebody_else_is_not_gone():
    now = replace(CELL, employee=BRAM)
    assert gone([CELL], [now]) == []


def test_what_a_cell_held_last_is_known_after_it_was_emptied():
    files = [{CELL: hours(8)}, {CELL: hours(5), OTHER: hours(0)}, {CELL: hours(0)}]
    assert last_sent(files) == {CELL: hours(5), OTHER: hours(0)}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, None),
        ({"writes_zero": False}, "gone_by_hand"),
        ({"with_unit": False}, "gone_by_hand"),
        ({"offered": {1: Component("Hours", True)}}, None),
        ({"offered": {1: Component("Hours", False)}}, "gone_by_hand"),
        (
            {
                "jobs": {ANNA: [job(1, salaried=True)]},
                "normal_hours": {WORK},
                "salaried_hours": "leave_out",
                "writes_zero": False,
            },
            "gone_to_loket",
        ),
    ],
)
def test_where_no_0_is_written_it_is_told(values, reason):
    outcome = Outcome()
    write_gone(outcome, [{CELL: hours(8)}], rules(**values))
    assert outcome.gone == ([] if reason else [CELL])
    told = {Remark(reason, ANNA, detail="1"): hours(8)} if reason else {}
    assert outcome.remarks == told


def test_a_file_without_units_can_empty_what_had_none():
    cell = replace(CELL, unit=None)
    outcome = Outcome()
    write_gone(outcome, [{cell: hours(8)}], rules(with_unit=False))
    assert outcome.gone == [cell]
