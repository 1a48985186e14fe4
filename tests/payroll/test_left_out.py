# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is not in the file says of whom it is, and what there is to correct."""

from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.payroll import (
    Amount,
    History,
    LeftOut,
    Remark,
    land,
    rank_of,
)
from odoo.addons.l10n_nl_loket.payroll.salaried import answer_of

from .office import (
    ANNA,
    BONUS,
    BRAM,
    ELSEWHERE,
    HERE,
    OFFICE,
    OVERTIME,
    SHOP,
    WORK,
    day,
    hours,
    job,
    offered,
    rules,
    value,
)

LINKS = {HERE: "Here", ELSEWHERE: "There"}
UNDECIDED = {ANNA: [job(7, connection=ELSEWHERE)]}


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        (LeftOut(ANNA, "not_linked"), {"jobs": {}}),
        (LeftOut(ANNA, "no_employment"), {"jobs": {ANNA: [job(1, end=day(1))]}}),
        (
            LeftOut(ANNA, "no_employment"),
            {
                "jobs": {
                    ANNA: [
                        job(1, end=day(1)),
                        job(5, connection=ELSEWHERE, end=day(2)),
                    ]
                }
            },
        ),
        (
            LeftOut(ANNA, "not_in_loket"),
            {"jobs": {ANNA: [job(1, in_loket=False, gone_since=day(1))]}},
        ),
        (
            LeftOut(ANNA, "number_waits"),
            {"jobs": {ANNA: [job(1, number_waits=True)]}},
        ),
        (LeftOut(ANNA, "no_payroll_number"), {"jobs": {ANNA: [job(None)]}}),
        (
            LeftOut(ANNA, "undecided_elsewhere", code="There"),
            {"jobs": {}, "undecided": UNDECIDED},
        ),
        (
            LeftOut(ANNA, "not_linked"),
            {"jobs": {}, "undecided": UNDECIDED, "connection": ELSEWHERE},
        ),
        (
            LeftOut(ANNA, "undecided"),
            {
                "jobs": {ANNA: [job(1, end=day(1))]},
                "undecided": UNDECIDED,
                "connection": ELSEWHERE,
            },
        ),
        (LeftOut(ANNA, "no_code", source=WORK), {"codes": {}}),
        (LeftOut(ANNA, "not_sent", source=WORK), {"codes": {}, "not_sent": [WORK]}),
        (LeftOut(ANNA, "bad_code", source=WORK, code="x"), {"codes": {WORK: "x"}}),
        (
            LeftOut(ANNA, "unknown_code", source=WORK, code="1"),
            {"offered": {30: offered()}},
        ),
        (
            LeftOut(ANNA, "not_collective", source=WORK, code="1"),
            {"offered": {1: offered(collective=False)}},
        ),
        (
            LeftOut(ANNA, "hours_as_money", source=WORK, code="1"),
            {"offered": {1: offered("money")}, "measures": {WORK: "hours"}},
        ),
        (LeftOut(ANNA, "no_cost_center", department=SHOP), {"units": {}}),
        (LeftOut(ANNA, "no_cost_center"), {"history": History([])}),
        (LeftOut(ANNA, "unknown_unit", department=SHOP), {"units": {SHOP: None}}),
        (
            LeftOut(ANNA, "bad_unit", department=SHOP, code="SAL073"),
            {"units": {SHOP: "SAL073"}},
        ),
    ],
)
def test_each_reason_is_told_with_what_there_is_to_correct(expected, values):
    outcome = land([hours(ANNA, 10, 8)], rules(**{"links": LINKS, **values}))
    assert outcome.left_out == {expected: Amount(hours=Decimal(8))}


def test_what_is_booked_in_another_unit_is_told_with_it():
    dozen = replace(hours(ANNA, 1, 2), foreign_unit="Dozens")
    outcome = land([dozen], rules())
    assert list(outcome.left_out) == [
        LeftOut(ANNA, "foreign_unit", source=WORK, code="Dozens")
    ]


def test_what_ended_at_another_link_is_for_that_one_to_tell():
    jobs = {ANNA: [job(5, connection=ELSEWHERE, end=day(1))]}
    assert not land([hours(ANNA, 10, 8)], rules(jobs=jobs, links=LINKS)).left_out


def test_whose_hours_they_will_be_goes_by_their_project_too():
    here, there = job(7, projects=frozenset([3])), job(8, connection=ELSEWHERE)
    values = rules(jobs={}, undecided={ANNA: [here, there]}, links=LINKS)
    booked = hours(ANNA, 10, 8)
    outcome = land([booked, replace(booked, project=3)], values)
    assert [problem.reason for problem in outcome.left_out] == [
        "undecided_elsewhere",
        "not_linked",
    ]


@pytest.mark.parametrize(
    ("rank", "reasons"),
    [
        (
            "accept",
            """not_linked no_employment not_in_loket no_payroll_number no_code
            no_cost_center foreign_unit undecided""",
        ),
        ("rule", "undecided_elsewhere delivered not_sent salaried"),
        (
            "blocking",
            """number_waits bad_code unknown_code not_collective unknown_unit bad_unit
            negative too_many shared_number hours_as_money money_as_hours
            salaried_question what_nobody_ranked""",
        ),
    ],
)
def test_what_is_to_be_done_about_each_reason(rank, reasons):
    for reason in reasons.split():
        assert rank_of(reason) == LeftOut(ANNA, reason).rank == rank, reason
        assert LeftOut(ANNA, reason).blocking is (rank == "blocking"), reason


def test_what_is_wrong_in_two_rows_is_added_up():
    history = History([(ANNA, day(16), OFFICE), (ANNA, day(1), SHOP)])
    booked = [hours(ANNA, 1, -2), hours(ANNA, 20, -3)]
    outcome = land(booked, rules(history=history))
    assert outcome.left_out == {
        LeftOut(ANNA, "negative", code="1"): Amount(hours=Decimal(-5))
    }


@pytest.mark.parametrize("kind", ["hours", "value"])
def test_a_billionth_is_something_and_less_is_nothing(kind):
    least = Decimal("1e-9")
    assert not Amount(**{kind: least}).is_nothing
    assert not Amount(**{kind: -least}).is_nothing
    assert Amount(**{kind: least - Decimal("1e-10")}).is_nothing
    assert Amount().is_nothing


@pytest.mark.parametrize(
    ("answer", "reason"), [("leave_out", "salaried"), (None, "salaried_question")]
)
def test_a_fixed_salary_is_told_by_hour_type(answer, reason):
    salaried = job(1, salaried=True)
    values = rules(jobs={ANNA: [salaried]}, normal_hours={WORK}, salaried_hours=answer)
    booked = hours(ANNA, 1, 8)
    assert list(land([booked], values).left_out) == [LeftOut(ANNA, reason, source=WORK)]
    sends = replace(salaried, salaried_hours="send")
    assert answer_of(booked, salaried, values) == answer
    assert answer_of(booked, sends, values) == "send"
    assert answer_of(hours(ANNA, 1, 8, OVERTIME), salaried, values) == "send"


class TestRemarks:
    """Hours are told together, values by what they are."""

    LEAVER = job(1, in_loket=False, end=day(30), id=5)

    def remarks(self, *booked, **values):
        outcome = land(booked, rules(links=LINKS, **values))
        return {remark: (a.hours, a.value) for remark, a in outcome.remarks.items()}

    def test_of_a_leaver(self):
        jobs = {ANNA: [self.LEAVER]}
        assert self.remarks(hours(ANNA, 1, 8), value(ANNA, 1, 50), jobs=jobs) == {
            Remark("not_in_loket", ANNA, 5): (8, 0),
            Remark("not_in_loket", ANNA, 5, source=BONUS): (0, 50),
        }

    def test_of_what_is_left_out_only_why(self):
        jobs = {ANNA: [self.LEAVER]}
        assert not self.remarks(hours(ANNA, 1, 8), jobs=jobs, codes={})

    def test_of_what_is_sent_again(self):
        again = replace(value(ANNA, 1, 50), delivered="There, file")
        assert self.remarks(again, sends_delivered=True) == {
            Remark("sent_again", ANNA, source=BONUS, detail="There, file"): (0, 50)
        }

    def test_of_what_may_move(self):
        assert self.remarks(value(ANNA, 1, 50), undecided=UNDECIDED) == {
            Remark("may_move", ANNA, source=BONUS, detail="There"): (0, 50)
        }

    def test_of_several_employments(self):
        jobs = {ANNA: [job(1, id=1), job(7, id=7, start=day(1))]}
        assert self.remarks(value(ANNA, 1, 50), jobs=jobs) == {
            Remark("several", ANNA, 7, (1, 7), source=BONUS): (0, 50)
        }


def test_hours_of_one_type_never_make_up_for_another_that_was_taken_back():
    """Eight worked hours and minus eight of overtime of somebody who is not linked."""
    booked = [hours(ANNA, 1, 8), hours(ANNA, 2, -8, OVERTIME)]
    assert land(booked, rules(jobs={})).left_out == {
        LeftOut(ANNA, "not_linked", source=WORK): Amount(hours=Decimal(8)),
        LeftOut(ANNA, "not_linked", source=OVERTIME): Amount(hours=Decimal(-8)),
    }


def test_hours_that_all_miss_are_one_sum_and_what_was_taken_back_is_nothing():
    booked = [hours(ANNA, 1, 8), hours(ANNA, 2, 2, OVERTIME), hours(ANNA, 3, -2)]
    booked += [hours(ANNA, 4, 3, OVERTIME), hours(ANNA, 5, -3, OVERTIME)]
    assert land(booked, rules(jobs={})).left_out == {
        LeftOut(ANNA, "not_linked"): Amount(hours=Decimal(8))
    }
    assert not land([hours(ANNA, 1, 8), hours(ANNA, 2, -8)], rules(jobs={})).left_out


def test_what_one_has_too_much_elsewhere_takes_nothing_away_from_another():
    jobs = {ANNA: [job(1, connection=ELSEWHERE)], BRAM: [job(2, connection=ELSEWHERE)]}
    booked = [hours(ANNA, 1, 8), hours(BRAM, 1, -8)]
    outcome = land(booked, rules(jobs=jobs, links=LINKS))
    assert list(outcome.remarks) == [Remark("elsewhere_others", detail="There")]
