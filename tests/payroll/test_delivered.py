# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What files delivered for a period, by source, and how that is kept."""

import json
from decimal import Decimal

from odoo.addons.l10n_nl_loket.payroll import Amount, Cell, Source
from odoo.addons.l10n_nl_loket.payroll.delivered import (
    Missing,
    Piece,
    delivered,
    from_json,
    of_kinds,
    of_old_file,
    to_json,
    to_text,
    trace,
)

from .office import ANNA, BRAM, CODES, OVERTIME, WORK, hours, job, rules, value

CELL = Cell(ANNA, 1, 1, 100, 1)


def test_what_lands_is_told_by_source_and_what_does_not_by_person():
    codes = {**CODES, OVERTIME: "1"}
    jobs = {ANNA: [job(1, id=7)]}
    booked = [
        hours(ANNA, 1, "0.333333"),
        hours(ANNA, 2, "7"),
        hours(ANNA, 2, 2, OVERTIME),
        hours(BRAM, 1, 4),
    ]
    traced = trace(booked, rules(codes=codes, jobs=jobs))
    assert traced.pieces == {
        Piece(CELL, WORK, True, 7): Decimal("7.333333"),
        Piece(CELL, OVERTIME, True, 7): 2,
    }
    assert traced.cells == {CELL: Amount(hours=Decimal("9.33"))}
    assert traced.missing == {Missing(BRAM, WORK, True, "listed"): 4}


def test_what_was_taken_back_is_nowhere():
    traced = trace([hours(ANNA, 1, 8), hours(ANNA, 2, -8)], rules())
    assert not traced.pieces
    assert not traced.cells


def test_a_period_has_what_its_file_and_later_ones_delivered_for_it():
    own = {(2026, 9): trace([hours(ANNA, 1, 8)], rules())}
    later = {
        (2026, 9): trace([hours(ANNA, 2, 7)], rules()),
        (2026, 10): trace([hours(ANNA, 2, 99)], rules()),
    }
    assert delivered([own, later], (2026, 9)).cells == {CELL: Amount(hours=Decimal(15))}
    assert delivered([own, later], (2026, 8)).cells == {}


def test_of_a_kind_that_is_gone_nothing_was_delivered_and_of_others_all():
    gone = Source("piecework", 5)
    codes = {**CODES, gone: "1"}
    known = [hours(ANNA, 1, 8), value(BRAM, 1, 5), hours(99, 1, 3)]
    unknown = [value(ANNA, 1, 2, gone), value(BRAM, 2, 4, gone), value(99, 1, 1, gone)]
    ledger = {(2026, 9): trace([*known, *unknown], rules(codes=codes))}
    without = {(2026, 9): trace(known, rules(codes=codes))}
    assert ledger != without
    assert of_kinds(ledger, {"hours", "wage"}) == without


def test_a_file_of_before_loses_nothing_to_kinds_that_are_gone():
    old = {(2026, 9): of_old_file({CELL: Amount(hours=Decimal(8))}, [])}
    assert of_kinds(old, {"hours"})[2026, 9].cells == {CELL: Amount(hours=Decimal(8))}


def test_a_ledger_is_kept_as_it_is():
    booked = [hours(ANNA, 1, "0.333333"), value(BRAM, 1, 5), hours(99, 1, 3)]
    ledger = {(2026, 9): trace(booked, rules(with_unit=False))}
    assert from_json(json.loads(json.dumps(to_json(ledger)))) == ledger


def test_a_ledger_in_words_is_the_same_however_many_rows_it_has(monkeypatch):
    monkeypatch.setattr("odoo.addons.l10n_nl_loket.payroll.delivered.ROWS_AT_ONCE", 2)
    for count in range(6):
        booked = [hours(ANNA, 1, 8, Source("hours", 31 + n)) for n in range(count)]
        booked += [hours(100 + n, 1, 8) for n in range(count)]
        part = trace(booked, rules(codes={one.source: "1" for one in booked}))
        ledger = {(2026, 9): part, (2026, 8): part.coarse()} if count else {}
        assert json.loads(to_text(ledger)) == to_json(ledger)


def test_a_file_of_before_has_components_only():
    amount = Amount(hours=Decimal(8), value=Decimal(2))
    old = of_old_file({CELL: amount}, [(BRAM, Amount(hours=Decimal(3)))])
    source = Source("", 1)
    assert old.is_coarse
    assert old.pieces == {Piece(CELL, source, True): 8, Piece(CELL, source, False): 2}
    assert list(old.missing.values()) == [3]
