# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every booking ends in a cell or in a left-out, or another link pays it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import (
    Amount,
    Cell,
    History,
    Remark,
    changes,
    check,
    land,
    totals,
)

from .office import (
    ANNA,
    BONUS,
    BRAM,
    CODES,
    ELSEWHERE,
    OFFICE,
    OVERTIME,
    SHOP,
    SICK,
    TRAVEL_DAYS,
    WORK,
    cells,
    day,
    hours,
    job,
    left_out,
    offered,
    reasons,
    rules,
    value,
)

quantities = st.decimals(-30, 30, places=3)
bookings = st.lists(
    st.builds(
        lambda make, employee, number, quantity, source: make(
            employee, number, quantity, source
        ),
        st.just(hours),
        st.sampled_from([ANNA, BRAM, 99]),
        st.integers(1, 30),
        quantities,
        st.sampled_from([WORK, OVERTIME, SICK]),
    )
    | st.builds(
        value,
        st.sampled_from([ANNA, BRAM, 99]),
        st.integers(1, 30),
        quantities,
        st.sampled_from([BONUS]),
    ),
    max_size=20,
)


@given(bookings)
def test_nothing_that_is_booked_gets_lost(booked):
    outcome = land(booked, rules())
    # Bounds list hours that are in a cell as well.
    missing = [
        amount
        for problem, amount in outcome.left_out.items()
        if problem.reason not in ("negative", "too_many", "shared_number")
    ]
    # What would be 0,00 is no cell, and is told.
    empty = [
        amount
        for remark, amount in outcome.remarks.items()
        if remark.reason in ("evens_out", "rounds_away")
    ]
    ends = [*outcome.cells.values(), *missing, *empty]
    for is_hours in (True, False):
        quantity = sum(one.quantity for one in booked if one.is_hours is is_hours)
        kept = sum(one.hours if is_hours else one.value for one in ends)
        assert abs(kept - quantity) < Decimal("1e-4")


@given(bookings, st.randoms())
def test_the_order_of_the_bookings_changes_nothing(booked, random):
    shuffled = random.sample(booked, len(booked))
    one, other = land(booked, rules()), land(shuffled, rules())
    assert (one.cells, one.left_out) == (other.cells, other.left_out)


def test_hours_land_by_person_unit_and_component():
    outcome = land(
        [
            hours(ANNA, 1, 8),
            hours(ANNA, 2, "7.5"),
            hours(ANNA, 2, 2, OVERTIME),
            hours(BRAM, 30, 4),
            value(BRAM, 3, 250),
        ],
        rules(),
    )
    assert cells(outcome) == {
        (1, 100, 1): Decimal("15.5"),
        (1, 100, 30): 2,
        (2, 200, 1): 4,
        (2, 200, 86): 250,
    }
    assert (outcome.row_count, outcome.employee_count) == (2, 2)
    assert outcome.hours == Decimal("21.5")


def test_without_units_a_department_decides_nothing():
    outcome = land([hours(ANNA, 1, 8)], rules(with_unit=False, units={}))
    assert cells(outcome) == {(1, None, 1): 8}


def test_a_move_splits_the_hours_on_its_day():
    history = History([(ANNA, day(16), OFFICE), (ANNA, day(1), SHOP)])
    outcome = land([hours(ANNA, 15, 8), hours(ANNA, 16, 6)], rules(history=history))
    assert cells(outcome) == {(1, 100, 1): 8, (1, 200, 1): 6}


def test_before_the_first_version_the_department_is_that_of_the_first():
    history = History([(ANNA, day(16), OFFICE)])
    outcome = land([hours(ANNA, 1, 8)], rules(history=history))
    assert cells(outcome) == {(1, 200, 1): 8}


def test_the_own_shift_goes_before_the_one_of_the_connection():
    jobs = {ANNA: [job(1, shift=3)], BRAM: [job(2)]}
    outcome = land([hours(ANNA, 1, 8), hours(BRAM, 1, 8)], rules(jobs=jobs))
    assert {cell.payroll_number: cell.shift for cell in outcome.cells} == {1: 3, 2: 1}


class TestWhoPays:
    def test_of_two_employments_the_one_that_started_last(self):
        jobs = {ANNA: [job(7, start=day(10)), job(1)]}
        outcome = land([hours(ANNA, 9, 8), hours(ANNA, 10, 6)], rules(jobs=jobs))
        assert cells(outcome) == {(1, 100, 1): 8, (7, 100, 1): 6}

    def test_the_last_day_is_still_of_the_employment(self):
        jobs = {ANNA: [job(1, end=day(15))]}
        assert not reasons(hours(ANNA, 15, 8), jobs=jobs)
        assert reasons(hours(ANNA, 16, 8), jobs=jobs) == ["no_employment"]

    def test_one_that_loket_gives_goes_before_one_it_gave(self):
        jobs = {ANNA: [job(1, in_loket=False, start=day(1)), job(7)]}
        assert cells(land([hours(ANNA, 9, 8)], rules(jobs=jobs))) == {(7, 100, 1): 8}

    def test_what_another_link_pays_is_neither_sent_nor_missing(self):
        jobs = {ANNA: [job(1), job(5, connection=ELSEWHERE, start=day(10))]}
        outcome = land([hours(ANNA, 9, 8), hours(ANNA, 10, 6)], rules(jobs=jobs))
        assert cells(outcome) == {(1, 100, 1): 8}
        assert not outcome.left_out


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        ("not_linked", {"jobs": {}}),
        (
            "not_in_loket",
            {"jobs": {ANNA: [job(1, in_loket=False, gone_since=date(2026, 8, 31))]}},
        ),
        ("no_payroll_number", {"jobs": {ANNA: [job(None)]}}),
        ("number_waits", {"jobs": {ANNA: [job(1, number_waits=True)]}}),
        ("no_code", {"codes": {}}),
        ("not_sent", {"codes": {}, "not_sent": [WORK]}),
        ("bad_code", {"codes": {WORK: "uren"}}),
        ("bad_code", {"codes": {WORK: "²"}}),
        ("bad_code", {"codes": {WORK: "10000"}}),
        ("unknown_code", {"offered": {30: offered()}}),
        ("not_collective", {"offered": {1: offered(collective=False)}}),
        ("no_cost_center", {"units": {}}),
        ("no_cost_center", {"history": History([])}),
        ("unknown_unit", {"units": {SHOP: None}}),
        ("bad_unit", {"units": {SHOP: "SAL073"}}),
        ("bad_unit", {"units": {SHOP: "²"}}),
        ("bad_unit", {"units": {SHOP: "010"}}),
    ],
)
def test_what_cannot_go_into_the_file_is_told_with_the_reason(reason, values):
    assert reasons(hours(ANNA, 1, 8), **values) == [reason]


def test_a_code_with_a_zero_before_it_is_that_component():
    codes = {**CODES, WORK: "001"}
    outcome = land([hours(ANNA, 1, 8)], rules(codes=codes, offered={1: offered()}))
    assert cells(outcome) == {(1, 100, 1): 8}


class TestNothing:
    """What was booked and taken back is neither sent nor missing."""

    def test_in_a_cell_and_left_out(self):
        booked = [hours(who, 1, n) for who in (ANNA, 99) for n in (8, -8)]
        outcome = land(booked, rules())
        assert not outcome.cells
        assert not outcome.left_out

    def test_thirds_of_an_hour_leave_no_noise(self):
        third = Decimal(str(1 / 3))
        booked = [hours(ANNA, n, third) for n in (1, 2, 3)]
        assert not land([*booked, hours(ANNA, 4, -1)], rules()).cells

    def test_a_wrong_file_stays_wrong(self):
        booked = [hours(ANNA, 1, 8), hours(ANNA, 1, -8)]
        assert reasons(*booked, codes={WORK: "x"}) == ["bad_code"]

    @pytest.mark.parametrize(
        ("employee", "values", "reason"),
        [
            (99, {}, "not_linked"),
            (ANNA, {"units": {}}, "no_cost_center"),
            (ANNA, {"jobs": {ANNA: [job(1, end=date(2026, 8, 31))]}}, "no_employment"),
            (ANNA, {"jobs": {ANNA: [job(None)]}}, "no_payroll_number"),
            (ANNA, {"jobs": {ANNA: [job(1, number_waits=True)]}}, "number_waits"),
        ],
    )
    def test_different_kinds_never_make_nothing_together(
        self, employee, values, reason
    ):
        booked = [
            hours(employee, 1, 40),
            value(employee, 1, -40),
            value(employee, 2, 40, TRAVEL_DAYS),
        ]
        codes = {**CODES, TRAVEL_DAYS: "90"}
        outcome = land(booked, rules(codes=codes, **values))
        assert {
            (problem.reason, problem.source): (amount.hours, amount.value)
            for problem, amount in outcome.left_out.items()
        } == {
            (reason, None): (40, 0),
            (reason, BONUS): (0, -40),
            (reason, TRAVEL_DAYS): (0, 40),
        }

    def test_of_one_kind_they_do(self):
        booked = [value(99, 1, 40), value(99, 2, -40)]
        assert not land(booked, rules()).left_out


class TestHoursOfTwoTypes:
    """What is left out of several types of hours: told apart where one has too much."""

    def left_out(self, *booked):
        outcome = land(booked, rules())
        return {p.source: amount.hours for p, amount in outcome.left_out.items()}

    def test_each_type_is_told_with_all_its_hours(self):
        booked = [hours(99, 1, 8), hours(99, 2, 7), hours(99, 3, -4, OVERTIME)]
        assert self.left_out(*booked) == {WORK: 15, OVERTIME: -4}

    def test_a_type_that_was_taken_back_hides_none_after_it(self):
        booked = [
            hours(99, 1, -4, OVERTIME),
            hours(99, 1, 8, SICK),
            hours(99, 2, -8, SICK),
            hours(99, 3, "0.5"),
        ]
        assert self.left_out(*booked) == {OVERTIME: -4, WORK: Decimal("0.5")}

    def test_less_than_an_hour_is_more_than_nothing(self):
        booked = [hours(99, 1, "0.5"), hours(99, 2, 3, OVERTIME)]
        assert self.left_out(*booked) == {None: Decimal("3.5")}


class TestOneCell:
    """What Loket would read as one number, though it is of several kinds."""

    CODES: ClassVar = {WORK: "1", BONUS: "1", TRAVEL_DAYS: "1"}

    def remarks(self, *booked):
        outcome = land(booked, rules(codes=self.CODES))
        told = {
            (remark.reason, remark.employee, remark.detail): (
                amount.hours,
                amount.value,
            )
            for remark, amount in outcome.remarks.items()
        }
        return cells(outcome), told

    def test_hours_and_values_together_are_told(self):
        assert self.remarks(hours(ANNA, 1, 8), value(ANNA, 1, 2)) == (
            {(1, 100, 1): 10},
            {("mixed", ANNA, "1"): (8, 2)},
        )

    def test_hours_and_values_that_even_out_are_told(self):
        assert self.remarks(hours(ANNA, 1, 8), value(ANNA, 1, -8)) == (
            {},
            {("evens_out", ANNA, "1"): (8, -8)},
        )

    def test_values_of_two_sources_that_even_out_are_told(self):
        booked = [value(ANNA, 1, 8), value(ANNA, 1, -8, TRAVEL_DAYS)]
        assert self.remarks(*booked) == ({}, {("evens_out", ANNA, "1"): (0, 0)})

    def test_less_than_a_hundredth_is_an_empty_cell(self):
        assert self.remarks(hours(ANNA, 1, "-0.004")) == (
            {},
            {("rounds_away", ANNA, "1"): (Decimal("-0.004"), 0)},
        )

    def test_what_is_taken_back_is_silent(self):
        assert self.remarks(hours(ANNA, 1, 8), hours(ANNA, 2, -8)) == ({}, {})
        assert self.remarks(value(ANNA, 1, 8), value(ANNA, 2, -8)) == ({}, {})


def test_what_is_booked_in_dozens_is_no_hours():
    dozen = replace(hours(ANNA, 1, 2), is_hours=False, foreign_unit="Dozens")
    outcome = land([dozen, hours(ANNA, 1, 8)], rules())
    assert cells(outcome) == {(1, 100, 1): 8}
    assert left_out(outcome) == {(ANNA, "foreign_unit"): (0, 2)}


class TestLeaver:
    """Who left keeps number, shift and dates, also when Loket no longer gives them."""

    def test_the_last_hours_go_into_the_file_and_are_told(self):
        left = job(1, in_loket=False, end=day(15), gone_since=day(3), id=5, shift=4)
        outcome = land([hours(ANNA, 15, 8)], rules(jobs={ANNA: [left]}))
        assert {cell.shift: amount.hours for cell, amount in outcome.cells.items()} == {
            4: 8
        }
        assert list(outcome.remarks) == [Remark("not_in_loket", ANNA, job=5)]

    def test_after_the_last_day_there_is_no_employment(self):
        left = job(1, in_loket=False, end=day(15))
        assert reasons(hours(ANNA, 16, 8), jobs={ANNA: [left]}) == ["no_employment"]

    def test_without_a_last_day_it_is_that_on_which_loket_stopped(self):
        jobs = {ANNA: [job(1, in_loket=False, gone_since=day(15))]}
        assert reasons(hours(ANNA, 15, 8), jobs=jobs) == []
        assert reasons(hours(ANNA, 16, 8), jobs=jobs) == ["not_in_loket"]


class TestBounds:
    def test_hours_below_zero(self):
        outcome = land([hours(ANNA, 1, -2)], rules())
        assert left_out(outcome) == {(ANNA, "negative"): (-2, 0)}
        assert reasons(hours(ANNA, 1, "-0.004")) == []
        assert reasons(hours(ANNA, 1, "-0.005")) == ["negative"]

    def test_values_may_be_below_zero(self):
        assert reasons(value(ANNA, 1, -20)) == []

    def test_a_thousand_hours_in_one_row(self):
        assert reasons(hours(ANNA, 1, "999.99")) == []
        assert reasons(hours(ANNA, 1, 600), hours(ANNA, 2, 400, OVERTIME)) == [
            "too_many"
        ]

    def test_it_is_told_whose_row_that_is(self):
        outcome = land([hours(ANNA, 1, 1000)], rules())
        assert left_out(outcome) == {(ANNA, "too_many"): (1000, 0)}

    def test_what_was_wrong_is_told_once_or_no_more(self):
        jobs = {ANNA: [job(9)], BRAM: [job(9)]}
        ours = rules(jobs=jobs)
        outcome = land([hours(ANNA, 1, 1000), hours(BRAM, 1, 4)], ours)
        wrong = left_out(outcome)
        check(outcome, ours)
        assert left_out(outcome) == wrong
        outcome.cells.clear()
        check(outcome, ours)
        assert left_out(outcome) == {}

    def test_rows_of_one_person_are_counted_apart(self):
        history = History([(ANNA, day(16), OFFICE), (ANNA, day(1), SHOP)])
        booked = [hours(ANNA, 1, 600), hours(ANNA, 20, 600)]
        assert reasons(*booked, history=history) == []

    def test_values_on_a_component_of_hours_count_as_hours(self):
        known = {86: offered("hours")}
        assert reasons(value(ANNA, 1, 1500), offered=known) == ["too_many"]
        assert reasons(value(ANNA, 1, -8), offered=known) == ["negative"]
        assert reasons(value(ANNA, 1, 1500), offered={86: offered()}) == []

    def test_two_people_on_one_payroll_number(self):
        jobs = {ANNA: [job(9)], BRAM: [job(9)]}
        outcome = land([hours(ANNA, 1, 8), hours(BRAM, 1, 4)], rules(jobs=jobs))
        assert left_out(outcome) == {
            (ANNA, "shared_number"): (8, 0),
            (BRAM, "shared_number"): (4, 0),
        }
        more = [hours(ANNA, 1, 8), hours(ANNA, 2, 3, OVERTIME), hours(BRAM, 1, 4)]
        told = left_out(land(more, rules(jobs=jobs)))
        assert told[ANNA, "shared_number"] == (11, 0)

    def test_all_of_these_block_the_file(self):
        outcome = land([hours(ANNA, 1, -2)], rules())
        assert all(problem.blocking for problem in outcome.left_out)


class TestTwoFiles:
    def cell(self, component=1, unit=100):
        return Cell(ANNA, 1, 1, unit, component)

    def test_totals_are_of_the_rounded_cells(self):
        both = {
            self.cell(): Amount(hours=Decimal("1.005")),
            self.cell(unit=None): Amount(hours=Decimal("1.005")),
            self.cell(86): Amount(value=Decimal(20)),
        }
        assert totals(both) == {
            ("component", 1): Decimal("2.02"),
            ("component", 86): 20,
            ("cost_center", 100): Decimal("1.01"),
        }

    def test_changes_are_what_is_new_gone_or_other(self):
        before = {self.cell(n): Amount(hours=Decimal(n)) for n in (1, 2, 3)}
        now = {self.cell(n): Amount(hours=Decimal(n)) for n in (2, 4)}
        now[self.cell(3)] = Amount(hours=Decimal("3.01"))
        found = {
            one.cell.component: (one.before, one.now) for one in changes(before, now)
        }
        assert found == {1: (1, None), 3: (3, Decimal("3.01")), 4: (None, 4)}

    def test_an_empty_cell_that_goes_is_no_change_and_one_that_comes_is(self):
        empty = {self.cell(): Amount()}
        assert changes(empty, {}) == []
        assert changes(empty, empty) == []
        (change,) = changes({}, empty)
        assert (change.before, change.now) == (None, 0)

    def test_cells_that_changed_are_checked_anew(self):
        outcome = land([hours(ANNA, 1, -2), hours(99, 1, 8)], rules())
        cell = next(iter(outcome.cells))
        outcome.cells[cell] = Amount(hours=Decimal(-3))
        check(outcome, rules())
        assert left_out(outcome) == {
            (ANNA, "negative"): (-3, 0),
            (99, "not_linked"): (8, 0),
        }
        outcome.cells[cell] = Amount(hours=Decimal(3))
        check(outcome, rules())
        assert left_out(outcome) == {(99, "not_linked"): (8, 0)}

    def test_rows_that_only_tell_nothing_count_and_people_in_them_do_not(self):
        outcome = land([hours(ANNA, 1, 8), hours(ANNA, 1, 2, OVERTIME)], rules())
        outcome.gone = [self.cell(86), self.cell(unit=200), Cell(BRAM, 2, 1, 100, 1)]
        assert (outcome.row_count, outcome.employee_count) == (3, 1)

    def test_what_no_file_can_tell_is_no_change(self):
        before = {self.cell(): Amount(hours=Decimal("1.33"))}
        now = {self.cell(): Amount(hours=Decimal("1.3333"))}
        assert changes(before, now) == []


def test_a_day_that_is_of_the_file_of_another_period_is_told_without_a_tick():
    booked = replace(hours(ANNA, 1, 8), other_period="August, file")
    outcome = land([booked, hours(ANNA, 2, 6)], rules())
    assert cells(outcome) == {(1, 100, 1): 6}
    ((problem, amount),) = outcome.left_out.items()
    assert problem.employee == ANNA
    assert (problem.reason, problem.rank, problem.code, amount.hours) == (
        "other_period",
        "rule",
        "August, file",
        8,
    )


def test_a_file_accepts_what_loket_offers_for_all_and_anything_without_a_list():
    known = {1: offered(), 30: offered(collective=False)}
    accepts = rules(offered=known).accepts
    assert [accepts(number) for number in (1, 30, 86)] == [True, False, False]
    assert rules(offered=None).accepts(86)
