# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The normal hours of people on a fixed salary: asked, sent, or left to Loket."""

from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.payroll import (
    Amount,
    Remark,
    is_left_to_loket,
    land,
    rank_of,
)

from .office import (
    ANNA,
    BRAM,
    ELSEWHERE,
    OVERTIME,
    SICK,
    WORK,
    cells,
    hours,
    job,
    left_out,
    rules,
    value,
)


def office(answer=None, *, salaried=True, own=None, **values):
    """Anna is on a fixed salary, Bram is on call."""
    anna = job(1, salaried=salaried, salaried_hours=own)
    return rules(
        jobs={ANNA: [anna], BRAM: [job(2)]},
        normal_hours={WORK},
        salaried_hours=answer,
        **values,
    )


def outcome(*bookings, **values):
    return land(bookings, office(**values))


def test_until_a_manager_answers_such_hours_block_the_file():
    found = outcome(hours(ANNA, 1, 8), hours(BRAM, 1, 5))

    assert left_out(found) == {(ANNA, "salaried_question"): (8, 0)}
    assert rank_of("salaried_question") == "blocking"
    assert cells(found) == {(2, 200, 1): 5}


def test_left_out_they_are_told_and_ask_no_tick():
    found = outcome(hours(ANNA, 1, 8), hours(BRAM, 1, 5), answer="leave_out")

    assert left_out(found) == {(ANNA, "salaried"): (8, 0)}
    assert rank_of("salaried") == "rule"
    assert cells(found) == {(2, 200, 1): 5}


def test_sent_they_are_hours_like_others():
    found = outcome(hours(ANNA, 1, 8), answer="send")

    assert cells(found) == {(1, 100, 1): 8}
    assert not found.left_out


@pytest.mark.parametrize("answer", [None, "send", "leave_out"])
def test_overtime_leave_and_allowances_always_go(answer):
    found = outcome(
        hours(ANNA, 1, 2, OVERTIME),
        hours(ANNA, 2, 8, SICK),
        value(ANNA, 1, "100.50"),
        answer=answer,
        codes={WORK: "1", OVERTIME: "30", SICK: "40", value(ANNA, 1, 1).source: "86"},
    )

    assert cells(found) == {
        (1, 100, 30): 2,
        (1, 100, 40): 8,
        (1, 100, 86): Decimal("100.50"),
    }
    assert not found.left_out


@pytest.mark.parametrize(
    ("own", "answer", "expected"),
    [
        ("send", "leave_out", {}),
        ("send", None, {}),
        ("leave_out", "send", {(ANNA, "salaried"): (8, 0)}),
        ("leave_out", None, {(ANNA, "salaried"): (8, 0)}),
    ],
)
def test_what_is_said_of_the_employment_comes_first(own, answer, expected):
    found = outcome(hours(ANNA, 1, 8), own=own, answer=answer)

    assert left_out(found) == expected


def test_left_to_loket_they_need_no_code_and_without_one_there_is_nothing_to_ask():
    found = outcome(hours(ANNA, 1, 8), answer="leave_out", codes={})
    asked = outcome(hours(ANNA, 1, 8), codes={})

    assert left_out(found) == {(ANNA, "salaried"): (8, 0)}
    assert left_out(asked) == {(ANNA, "no_code"): (8, 0)}


def test_nobody_is_asked_about_hours_that_were_taken_back():
    found = outcome(hours(ANNA, 1, 8), hours(ANNA, 1, -8), answer="leave_out")

    assert not found.left_out and not found.cells


def test_a_cell_of_before_that_is_left_to_loket_now_is_known():
    there = office("leave_out")

    assert is_left_to_loket(ANNA, 1, 1, there)
    assert not is_left_to_loket(ANNA, 1, 30, there), "overtime goes"
    assert not is_left_to_loket(BRAM, 2, 1, there), "not on a fixed salary"
    assert not is_left_to_loket(ANNA, 7, 1, there), "another employment"
    assert not is_left_to_loket(ANNA, 1, 1, office("send"))
    assert not is_left_to_loket(ANNA, 1, 1, office(None))
    assert not is_left_to_loket(99, 1, 1, there), "nobody's"
    elsewhere = rules(
        jobs={ANNA: [job(1, ELSEWHERE, salaried=True)]},
        normal_hours={WORK},
        salaried_hours="leave_out",
    )
    assert not is_left_to_loket(ANNA, 1, 1, elsewhere)


def test_overtime_on_the_component_of_hours_that_loket_pays_is_told():
    codes = {WORK: "1", OVERTIME: "1"}
    booked = [hours(ANNA, 1, 8), hours(ANNA, 2, 2, OVERTIME), hours(BRAM, 1, 4)]
    result = outcome(*booked, answer="leave_out", codes=codes)
    assert result.remarks == {
        Remark("beside_salary", ANNA, 0, detail="1"): Amount(hours=Decimal(2))
    }
    for values in ({"answer": "send"}, {"answer": "leave_out", "salaried": False}):
        assert not outcome(*booked, codes=codes, **values).remarks
    assert not outcome(*booked, answer="leave_out").remarks, "components of their own"
