# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two links with Loket: no hour is paid twice, and none is nobody's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import (
    OtherFile,
    Remark,
    Source,
    land,
    mark_delivered,
)

from .office import (
    ANNA,
    BONUS,
    BRAM,
    ELSEWHERE,
    HERE,
    OVERTIME,
    WORK,
    cells,
    day,
    hours,
    job,
    left_out,
    rules,
    value,
)

LINKS = {HERE: "Here", ELSEWHERE: "There"}
#: Anna went from the other link to this one on the 16th.
MOVED = {ANNA: [job(5, connection=ELSEWHERE, end=day(15)), job(1, start=day(16))]}


def other_file(delivered, booked, **values):
    """A file of the other link, of the whole of September."""
    return OtherFile(
        **{
            "connection": ELSEWHERE,
            "name": "There, file",
            "start": day(1),
            "end": day(30),
            "delivered": delivered,
            "booked": booked,
            **values,
        }
    )


def landed(booked, delivered, **values):
    """What lands here after another file delivered some of it."""
    sends = values.pop("sends_delivered", False)
    ours = rules(jobs=values.pop("jobs", MOVED), links=LINKS, sends_delivered=sends)
    file = other_file(delivered, booked, **values)
    return land(mark_delivered(booked, [file], ours), ours)


class TestDelivered:
    def test_what_the_other_paid_of_its_own_days_is_no_double(self):
        booked = [hours(ANNA, 10, 8), hours(ANNA, 20, 6)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(8)})
        assert cells(outcome) == {(1, 100, 1): 6}
        assert not outcome.left_out

    def test_what_the_other_delivered_of_days_that_are_ours_stays_out(self):
        booked = [hours(ANNA, 10, 8), hours(ANNA, 20, 6)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(14)})
        assert cells(outcome) == {}
        ((problem, amount),) = outcome.left_out.items()
        assert (problem.reason, problem.rank) == ("delivered", "rule")
        assert (problem.code, amount.hours) == ("There, file", 6)

    def test_what_was_booked_since_is_sent(self):
        booked = [hours(ANNA, 20, 6), hours(ANNA, 21, 4)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(8)})
        assert cells(outcome) == {(1, 100, 1): 2}
        assert left_out(outcome) == {(ANNA, "delivered"): (8, 0)}

    def test_what_was_taken_back_since_is_not_sent_either(self):
        booked = [hours(ANNA, 20, 6), hours(ANNA, 21, -2)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(4)})
        assert cells(outcome) == {}
        assert left_out(outcome) == {(ANNA, "delivered"): (4, 0)}

    def test_each_source_is_looked_at_apart(self):
        booked = [hours(ANNA, 20, 6), hours(ANNA, 20, 2, OVERTIME), value(ANNA, 20, 50)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(6), (ANNA, BONUS): Decimal(50)})
        assert cells(outcome) == {(1, 100, 30): 2}

    def test_of_other_days_and_people_nothing_is_held_back(self):
        booked = [hours(ANNA, 20, 6), hours(BRAM, 20, 6)]
        jobs = {**MOVED, BRAM: [job(2)]}
        outcome = landed(booked, {(ANNA, WORK): Decimal(6)}, jobs=jobs, end=day(19))
        assert cells(outcome) == {(1, 100, 1): 6, (2, 200, 1): 6}

    def test_a_file_of_before_the_sources_were_kept_goes_by_component(self):
        booked = [hours(ANNA, 20, 6), hours(ANNA, 20, 2, OVERTIME)]
        outcome = landed(
            booked,
            {(ANNA, Source("", 1)): Decimal(6)},
            components={WORK: 1, OVERTIME: 30},
        )
        assert cells(outcome) == {(1, 100, 30): 2}

    def test_a_link_that_pays_nobody_any_more_paid_all_that_it_delivered(self):
        jobs = {ANNA: [job(1)]}
        booked = [hours(ANNA, 20, 6)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(6)}, jobs=jobs, connection=None)
        assert cells(outcome) == {}

    def test_when_somebody_says_so_it_is_sent_and_told(self):
        booked = [hours(ANNA, 20, 6)]
        outcome = landed(booked, {(ANNA, WORK): Decimal(6)}, sends_delivered=True)
        assert cells(outcome) == {(1, 100, 1): 6}
        assert Remark("sent_again", ANNA, detail="There, file") in outcome.remarks

    def marked(self, booked, delivered, jobs=MOVED, **values):
        """{(day, quantity): the file that holds it}; None: this one is to send it."""
        file = other_file(delivered, booked, **values)
        result = mark_delivered(booked, [file], rules(jobs=jobs))
        return {(one.day.day, one.quantity): one.delivered for one in result}

    def test_a_file_that_delivered_no_more_than_its_link_pays_holds_nothing(self):
        booked = [hours(ANNA, 10, 8), hours(ANNA, 20, 6), hours(ANNA, 21, -2)]
        marked = self.marked(booked, {(ANNA, WORK): Decimal(8)})
        assert not any(marked.values())

    def test_half_an_hour_is_held_too(self):
        booked = [hours(ANNA, 20, "0.5")]
        marked = self.marked(booked, {(ANNA, WORK): Decimal("0.5")})
        assert marked == {(20, Decimal("0.5")): "There, file"}

    def test_the_earliest_is_held_first_in_whatever_order_it_is_told(self):
        booked = [hours(ANNA, 21, 4), hours(ANNA, 20, 6)]
        marked = self.marked(booked, {(ANNA, WORK): Decimal(7)})
        file = "There, file"
        assert {key: bool(name) for key, name in marked.items()} == {
            (20, 6): True,
            (21, 1): True,
            (21, 3): False,
        }
        assert set(marked.values()) - {file} == {marked[21, 3]}

    def test_what_was_taken_back_is_held_before_anything_else(self):
        booked = [hours(ANNA, 20, "0.5"), hours(ANNA, 21, -2)]
        marked = self.marked(booked, {(ANNA, WORK): Decimal("0.25")})
        assert len(marked) == 2 and all(marked.values())

    def test_the_first_and_the_last_day_are_of_the_file(self):
        booked = [hours(ANNA, number, 1) for number in (19, 20, 21, 22)]
        marked = self.marked(
            booked, {(ANNA, WORK): Decimal(9)}, start=day(20), end=day(21)
        )
        held = {number for (number, _quantity), name in marked.items() if name}
        assert held == {20, 21}

    def test_what_one_file_holds_no_other_holds(self):
        booked = [hours(ANNA, 20, 6), hours(ANNA, 21, 4)]
        files = [
            other_file({(ANNA, WORK): Decimal(6)}, booked, name=name)
            for name in ("first", "second")
        ]
        marked = mark_delivered(booked, files, rules(jobs=MOVED))
        held = [(one.day.day, one.quantity, one.delivered) for one in marked]
        assert held[0] == (20, 6, "first")
        assert held[1] == (21, 4, "second")

    def test_who_has_no_employment_at_all_was_paid_by_no_link(self):
        booked = [hours(ANNA, 20, 6), hours(BRAM, 20, 6)]
        marked = mark_delivered(
            booked,
            [other_file({(ANNA, WORK): Decimal(6)}, booked)],
            rules(jobs=MOVED),
        )
        assert {one.employee for one in marked if one.delivered} == {ANNA}

    def test_a_source_of_which_an_old_file_has_no_component_is_not_held(self):
        booked = [hours(ANNA, 19, 2, OVERTIME), hours(ANNA, 20, 6)]
        outcome = landed(
            booked, {(ANNA, Source("", 1)): Decimal(6)}, components={WORK: 1}
        )
        assert cells(outcome) == {(1, 100, 30): 2}

    @given(
        st.lists(st.tuples(st.integers(16, 30), st.integers(-9, 9)), max_size=8),
        st.integers(0, 40),
    )
    def test_marking_neither_makes_nor_loses_anything(self, booked, delivered):
        booked = [hours(ANNA, number, quantity) for number, quantity in booked]
        total = sum(booking.quantity for booking in booked)
        file = other_file({(ANNA, WORK): Decimal(delivered)}, booked)
        marked = mark_delivered(booked, [file], rules(jobs=MOVED))
        assert sum(booking.quantity for booking in marked) == total
        held = sum(booking.quantity for booking in marked if booking.delivered)
        if total >= 0:
            assert held == min(total, delivered) or not delivered
        assert held <= delivered


class TestWhoseHours:
    def undecided(self, connection):
        """Anna's employment here ended; one at the other link is to be decided on."""
        return rules(
            connection=connection,
            jobs={ANNA: [job(1, end=date(2026, 8, 31))]},
            undecided={ANNA: [job(7, connection=ELSEWHERE, start=day(1))]},
            links=LINKS,
        )

    def test_both_links_tell_whose_they_will_be(self):
        booked = [hours(ANNA, 10, 8)]
        old = land(booked, self.undecided(HERE))
        ((problem, amount),) = old.left_out.items()
        assert (problem.reason, problem.rank, problem.code) == (
            "undecided_elsewhere",
            "rule",
            "There",
        )
        assert amount.hours == 8
        new = land(booked, self.undecided(ELSEWHERE))
        assert {(p.reason, p.rank) for p in new.left_out} == {("undecided", "accept")}

    def test_before_it_begins_there_is_no_employment(self):
        values = self.undecided(HERE)
        waiting = {ANNA: [job(7, connection=ELSEWHERE, start=day(20))]}
        outcome = land([hours(ANNA, 10, 8)], replace(values, undecided=waiting))
        assert [problem.reason for problem in outcome.left_out] == ["no_employment"]

    def test_who_was_never_linked_waits_at_one_link_only(self):
        waiting = {ANNA: [job(7, connection=ELSEWHERE)]}
        for connection, reason in (
            (HERE, "undecided_elsewhere"),
            (ELSEWHERE, "not_linked"),
        ):
            outcome = land(
                [hours(ANNA, 10, 8)],
                rules(connection=connection, jobs={}, undecided=waiting, links=LINKS),
            )
            assert [problem.reason for problem in outcome.left_out] == [reason]

    def test_hours_that_may_move_are_told_where_they_are_counted(self):
        waiting = {ANNA: [job(7, connection=ELSEWHERE, start=day(5))]}
        outcome = land(
            [hours(ANNA, 4, 8), hours(ANNA, 10, 6)],
            rules(undecided=waiting, links=LINKS),
        )
        assert cells(outcome) == {(1, 100, 1): 14}
        remark = Remark("may_move", ANNA, detail="There")
        assert outcome.remarks[remark].hours == 6

    def test_what_another_link_counts_is_named(self):
        booked = [hours(ANNA, 10, 8), hours(BRAM, 10, 6), value(BRAM, 10, 50)]
        jobs = {**MOVED, BRAM: [job(2, connection=ELSEWHERE)]}
        outcome = land(booked, rules(jobs=jobs, links=LINKS))
        told = {remark: (a.hours, a.value) for remark, a in outcome.remarks.items()}
        assert told == {
            Remark("elsewhere", ANNA, detail="There"): (8, 0),
            Remark("elsewhere_others", detail="There"): (6, 0),
            Remark("elsewhere_others", source=BONUS, detail="There"): (0, 50),
        }

    def test_who_left_another_link_is_told_by_the_last_one(self):
        third = 3
        ended = [
            job(4, connection=third, end=day(2)),
            job(5, connection=ELSEWHERE, end=day(5)),
        ]
        links = {**LINKS, third: "Third"}
        booked = [hours(BRAM, 10, 6)]
        for jobs in (ended, ended[::-1]):
            outcome = land(booked, rules(jobs={BRAM: jobs}, links=links))
            assert list(outcome.remarks) == [Remark("elsewhere_listed", detail="There")]
            assert not outcome.left_out

    def test_who_goes_on_at_another_link_is_told_by_that_one(self):
        outcome = land(
            [hours(BRAM, 10, 6)],
            rules(
                jobs={BRAM: [job(5, connection=ELSEWHERE, end=day(5))]},
                undecided={BRAM: [job(6, connection=ELSEWHERE, start=day(6))]},
                links=LINKS,
            ),
        )
        assert not outcome.left_out
        assert list(outcome.remarks) == [Remark("elsewhere_listed", detail="There")]

    def test_what_was_taken_back_of_another_link_is_not_told(self):
        booked = [hours(ANNA, 10, 8), hours(ANNA, 11, -8)]
        assert not land(booked, rules(jobs=MOVED, links=LINKS)).remarks

    def test_one_to_be_decided_on_here_moves_nothing(self):
        waiting = {ANNA: [job(7, start=day(5))]}
        outcome = land([hours(ANNA, 10, 8)], rules(undecided=waiting, links=LINKS))
        assert not outcome.remarks

    def test_values_are_told_by_their_source(self):
        gone = job(1, id=1, in_loket=False, end=day(30))
        waiting = {ANNA: [job(7, connection=ELSEWHERE, start=day(5))]}
        booked = replace(value(ANNA, 10, 50), delivered="There, file")
        outcome = land(
            [booked],
            rules(
                jobs={ANNA: [gone]},
                undecided=waiting,
                links=LINKS,
                sends_delivered=True,
            ),
        )
        assert set(outcome.remarks) == {
            Remark("not_in_loket", ANNA, 1, source=BONUS),
            Remark("sent_again", ANNA, source=BONUS, detail="There, file"),
            Remark("may_move", ANNA, source=BONUS, detail="There"),
        }
        jobs = {ANNA: [job(1, id=1), job(7, id=7, start=day(5))]}
        outcome = land([value(ANNA, 10, 50)], rules(jobs=jobs))
        assert list(outcome.remarks) == [
            Remark("several", ANNA, 7, (1, 7), source=BONUS)
        ]

    def test_what_is_left_out_is_told_as_such_only(self):
        gone = job(1, id=1, in_loket=False, end=day(30))
        waiting = {ANNA: [job(7, connection=ELSEWHERE, start=day(5))]}
        booked = replace(hours(ANNA, 10, 8), delivered="There, file")
        outcome = land(
            [booked], rules(jobs={ANNA: [gone]}, undecided=waiting, links=LINKS)
        )
        assert left_out(outcome) == {(ANNA, "delivered"): (8, 0)}
        assert not outcome.remarks


class TestSeveralEmployments:
    FIRST, SECOND = job(1, id=1), job(7, id=7, start=day(10))

    def test_the_one_that_started_last_unless_somebody_chose(self):
        for changed, number in (
            ({}, 7),
            ({"is_chosen": True}, 1),
            ({"projects": frozenset([3])}, 1),
            ({"projects": frozenset([4])}, 7),
        ):
            jobs = {ANNA: [replace(self.FIRST, **changed), self.SECOND]}
            booked = replace(hours(ANNA, 12, 8), project=3)
            outcome = land([booked], rules(jobs=jobs))
            assert cells(outcome) == {(number, 100, 1): 8}
            remark = Remark("several", ANNA, number, (1, 7))
            assert outcome.remarks[remark].hours == 8

    def test_a_project_goes_before_the_general_choice(self):
        jobs = {
            ANNA: [
                replace(self.FIRST, projects=frozenset([3])),
                replace(self.SECOND, is_chosen=True),
            ]
        }
        booked = [replace(hours(ANNA, 12, 8), project=3), hours(ANNA, 12, 2)]
        outcome = land(booked, rules(jobs=jobs))
        assert cells(outcome) == {(1, 100, 1): 8, (7, 100, 1): 2}

    def test_only_days_on_which_both_run_are_a_choice(self):
        jobs = {ANNA: [self.FIRST, self.SECOND]}
        outcome = land([hours(ANNA, 9, 8)], rules(jobs=jobs))
        assert not outcome.remarks

    def test_both_links_tell_it(self):
        jobs = {ANNA: [self.FIRST, replace(self.SECOND, connection=ELSEWHERE)]}
        for connection in (HERE, ELSEWHERE):
            outcome = land(
                [hours(ANNA, 12, 8)],
                rules(jobs=jobs, connection=connection, links=LINKS),
            )
            assert Remark("several", ANNA, 7, (1, 7)) in outcome.remarks

    def test_a_link_that_has_nothing_to_do_with_them_does_not_tell_it(self):
        jobs = {
            ANNA: [
                replace(one, connection=ELSEWHERE) for one in (self.FIRST, self.SECOND)
            ]
        }
        outcome = land([hours(ANNA, 12, 8)], rules(jobs=jobs, links=LINKS))
        assert list(outcome.remarks) == [Remark("elsewhere_others", detail="There")]


def test_two_periods_of_this_link_never_find_the_same_hours_in_one_file():
    """A month of the other link, of which eighty hours went; two periods here."""
    jobs = {ANNA: [job(1)]}
    booked = [hours(ANNA, number, 8) for number in range(1, 26)]
    file = other_file({(ANNA, WORK): Decimal(80)}, booked, ours=booked)
    ours = rules(jobs=jobs, links=LINKS)
    marked = [
        booking.quantity
        for days in ((1, 6), (7, 30))
        for booking in mark_delivered(
            [one for one in booked if days[0] <= one.day.day <= days[1]], [file], ours
        )
        if booking.delivered
    ]
    assert sum(marked) == 80
    assert len(marked) == 10


def test_days_of_one_file_beyond_this_period_are_not_in_it():
    jobs = {ANNA: [job(1)]}
    booked = [hours(ANNA, 1, 8), hours(ANNA, 20, 8)]
    file = other_file({(ANNA, WORK): Decimal(16)}, booked, ours=booked)
    marked = mark_delivered(booked[1:], [file], rules(jobs=jobs, links=LINKS))
    assert [(one.day, one.delivered) for one in marked] == [(day(20), "There, file")]


def test_what_a_file_delivered_of_earlier_days_is_looked_for_there_first():
    booked = [hours(ANNA, 1, 8), hours(ANNA, 20, 8)]
    ours = rules(jobs={ANNA: [job(1)]}, links=LINKS)
    file = other_file({(ANNA, WORK): Decimal(8)}, booked, ours=booked)
    assert not any(one.delivered for one in mark_delivered(booked[1:], [file], ours))
    assert mark_delivered([], [file], ours) == []


def test_what_was_taken_back_on_the_last_day_is_taken_back_once():
    booked = [hours(ANNA, 18, 8), hours(ANNA, 19, 8), hours(ANNA, 20, -4)]
    ours = rules(jobs={ANNA: [job(1)]}, links=LINKS)
    file = other_file({(ANNA, WORK): Decimal(4)}, booked, ours=booked)
    marked = mark_delivered(booked, [file], ours)
    assert sum(one.quantity for one in marked if one.delivered) == 4


def test_who_has_nothing_left_elsewhere_hides_nobody_who_has():
    jobs = {who: [job(who, connection=ELSEWHERE)] for who in (ANNA, BRAM)}
    booked = [hours(ANNA, 1, 8), hours(ANNA, 2, -8), hours(BRAM, 1, 6)]
    outcome = land(booked, rules(jobs=jobs, links=LINKS))
    assert [amount.hours for amount in outcome.remarks.values()] == [6]
