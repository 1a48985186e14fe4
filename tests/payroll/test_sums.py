# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is added up is added: bookings of a day, of a file, of several files."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.payroll import (
    Amount,
    Cell,
    History,
    OtherFile,
    Remark,
    Source,
    counted_days,
    is_left_to_loket,
    land,
    mark_delivered,
)
from odoo.addons.l10n_nl_loket.payroll.bookings import days_by_hand
from odoo.addons.l10n_nl_loket.payroll.delivered import (
    ANY_SOURCE,
    Delivered,
    Missing,
    Piece,
    from_json,
    of_old_file,
    to_json,
    trace,
)

from .office import (
    ANNA,
    BONUS,
    BRAM,
    CODES,
    ELSEWHERE,
    HERE,
    OFFICE,
    OVERTIME,
    SHOP,
    SICK,
    TRAVEL_DAYS,
    WORK,
    day,
    hours,
    job,
    rules,
    value,
)

CELL = Cell(ANNA, 1, 1, 100, 1)
BONUS_CELL = replace(CELL, component=86)


class TestDays:
    def days(self, *booked):
        return counted_days(booked, [TRAVEL_DAYS], {SICK}, rules())

    def test_what_is_left_of_a_day_counts(self):
        booked = [hours(ANNA, 1, 8), hours(ANNA, 1, -7)]
        (one,) = self.days(*booked)
        assert (one.quantity, one.is_hours, one.is_counted) == (1, False, True)

    def test_a_day_that_was_taken_back_stops_no_other_day(self):
        booked = [hours(ANNA, 1, 8), hours(ANNA, 1, -8), hours(ANNA, 2, 8)]
        assert [one.day for one in self.days(*booked)] == [day(2)]

    @pytest.mark.parametrize(
        ("quantities", "project"),
        [({5: 2, 3: 6}, 3), ({3: 2, 5: 6}, 5), ({3: 4, 5: 4}, 5), ({5: 4, 3: 4}, 5)],
    )
    def test_a_day_is_of_the_project_that_most_of_it_went_to(self, quantities, project):
        booked = [
            replace(hours(ANNA, 1, quantity), project=number)
            for number, quantity in quantities.items()
        ]
        (one,) = self.days(*booked)
        assert one.project == project

    def test_days_by_hand_are_added_up_and_replace_when_one_does(self):
        adds = replace(value(ANNA, 30, 1, TRAVEL_DAYS), adds=True)
        replaces = value(ANNA, 30, 5, TRAVEL_DAYS)
        worked = [hours(ANNA, 1, 8), hours(ANNA, 2, 8)]

        def by_hand(*entered):
            both = days_by_hand([*worked, *entered], [TRAVEL_DAYS], {SICK}, rules())
            (days,) = both.values()
            return days.counted, days.by_hand, days.replaces, days.total

        assert by_hand(adds, adds) == (2, 2, False, 4)
        assert by_hand(replaces, adds) == (2, 6, True, 6)
        assert by_hand(adds, replaces) == (2, 6, True, 6)


class TestLanding:
    def test_what_is_wrong_says_of_which_component_or_number(self):
        negative = land([hours(ANNA, 1, -2)], rules())
        assert [problem.code for problem in negative.left_out] == ["1"]
        many = land([hours(ANNA, 1, 1000)], rules())
        assert [problem.code for problem in many.left_out] == [None]
        jobs = {ANNA: [job(9)], BRAM: [job(9)]}
        shared = land([hours(ANNA, 1, 8), hours(BRAM, 1, 8)], rules(jobs=jobs))
        assert [problem.code for problem in shared.left_out] == ["9", "9"]

    def test_what_is_told_of_two_cells_alike_is_added_up(self):
        history = History([(ANNA, day(16), OFFICE), (ANNA, day(1), SHOP)])
        codes = {WORK: "1", BONUS: "1"}
        booked = [hours(ANNA, 1, 8), value(ANNA, 1, 2)]
        booked += [hours(ANNA, 20, 4), value(ANNA, 20, 1)]
        outcome = land(booked, rules(history=history, codes=codes))
        (amount,) = outcome.remarks.values()
        assert (amount.hours, amount.value) == (12, 3)

    @pytest.mark.parametrize(
        ("ends", "last"),
        [
            ((day(5), day(6)), "Third"),
            ((day(6), day(5)), "There"),
            ((day(5), day(5)), "Third"),
        ],
    )
    def test_after_the_last_employment_it_is_told_at_the_link_of_that(self, ends, last):
        third = 3
        jobs = [
            job(5, connection=ELSEWHERE, end=ends[0]),
            job(6, connection=third, end=ends[1]),
        ]
        links = {HERE: "Here", ELSEWHERE: "There", third: "Third"}
        outcome = land([hours(ANNA, 10, 8)], rules(jobs={ANNA: jobs}, links=links))
        assert outcome.remarks == {
            Remark("elsewhere_listed", detail=last): Amount(hours=Decimal(8))
        }


class TestOtherLink:
    ENDED = job(5, connection=ELSEWHERE, end=day(15))
    OURS = rules(jobs={ANNA: [ENDED, job(1, start=day(16))]})

    def file(self, delivered, booked, **values):
        return OtherFile(
            **{
                "connection": ELSEWHERE,
                "name": "There",
                "start": day(1),
                "end": day(30),
                "delivered": {(ANNA, WORK): Decimal(delivered)},
                "booked": booked,
                **values,
            }
        )

    def marked(self, booked, file):
        return {
            (one.day.day, one.quantity)
            for one in mark_delivered(booked, [file], self.OURS)
            if one.delivered
        }

    def test_what_it_pays_and_delivered_is_no_surplus(self):
        booked = [hours(ANNA, 10, 8), hours(ANNA, 10, 2, OVERTIME)]
        assert self.file(8, booked).surplus(self.OURS) == {}
        assert self.file(9, booked).surplus(self.OURS) == {(ANNA, WORK): 1}
        back = hours(ANNA, 20, -2)
        assert self.marked([*booked, back], self.file(8, [*booked, back])) == set()

    def test_the_first_and_the_last_day_are_of_its_period(self):
        booked = [hours(ANNA, number, 2) for number in (19, 20, 25, 26)]
        file = self.file(8, booked, start=day(20), end=day(25))
        assert self.marked(booked, file) == {(20, 2), (25, 2)}

    def test_what_was_taken_back_comes_first(self):
        booked = [hours(ANNA, 17, 1), hours(ANNA, 20, -2)]
        assert self.marked(booked, self.file("0.5", booked)) == {(17, 1), (20, -2)}

    def test_a_source_without_a_component_is_none_of_an_old_file(self):
        file = self.file(8, [], components={WORK: 1})
        assert file.share(hours(ANNA, 20, 8)) == (ANNA, Source("", 1))
        assert file.share(hours(ANNA, 20, 8, SICK)) == (ANNA, Source("", 0))


def test_nothing_is_left_to_loket_of_who_has_no_employment():
    assert not is_left_to_loket(99, 1, 1, rules(normal_hours={WORK}))


class TestDelivered:
    def traced(self, *booked, **values):
        return trace(booked, rules(jobs={ANNA: [job(1, id=7)]}, **values))

    def test_two_files_are_added_up_in_everything(self):
        first = self.traced(hours(ANNA, 1, 8), value(ANNA, 1, 50), hours(99, 1, 3))
        second = self.traced(hours(ANNA, 2, 7), value(ANNA, 1, 20), hours(99, 1, 2))
        first.add(second)
        assert first.pieces == {
            Piece(CELL, WORK, True, 7): 15,
            Piece(BONUS_CELL, BONUS, False, 7): 70,
        }
        assert (
            first.cells
            == first.by_cell()
            == {
                CELL: Amount(hours=Decimal(15)),
                BONUS_CELL: Amount(value=Decimal(70)),
            }
        )
        assert first.missing == {Missing(99, WORK, True, "listed"): 5}
        assert not first.is_coarse

    @pytest.mark.parametrize(
        ("first", "second"), [(True, False), (False, True), (True, True)]
    )
    def test_it_is_coarse_as_soon_as_one_of_the_files_is(self, first, second):
        both = Delivered(is_coarse=first)
        both.add(Delivered(is_coarse=second))
        assert both.is_coarse is True

    def test_without_the_sources_the_sums_are_by_component(self):
        codes = {**CODES, OVERTIME: "1"}
        booked = [hours(ANNA, 1, 8), hours(ANNA, 1, 2, OVERTIME)]
        missing = [hours(99, 1, 3), hours(99, 1, 2, OVERTIME)]
        fine = self.traced(*booked, *missing, codes=codes)
        coarse = fine.coarse()
        assert coarse.is_coarse is True
        assert coarse.cells == fine.cells
        assert coarse.pieces == {Piece(CELL, Source("", 1), True, 7): 10}
        assert coarse.missing == {Missing(99, Source("", 0), True, "listed"): 5}
        assert ANY_SOURCE == Source("", 0)

    def test_hours_and_values_of_one_source_are_added_apart(self):
        cells = {
            Piece(CELL, WORK, True): Decimal(8),
            Piece(CELL, OVERTIME, True): Decimal(2),
            Piece(CELL, BONUS, False): Decimal(50),
            Piece(CELL, TRAVEL_DAYS, False): Decimal(5),
        }
        assert Delivered(pieces=cells).by_cell() == {
            CELL: Amount(hours=Decimal(10), value=Decimal(55))
        }

    def test_a_cell_is_as_the_file_shows_it(self):
        codes = {WORK: "1", BONUS: "1"}
        booked = [hours(ANNA, 1, "1.004"), value(ANNA, 1, "0.004")]
        (amount,) = self.traced(*booked, codes=codes).cells.values()
        assert (amount.hours, amount.value, amount.total) == (
            Decimal("1.00"),
            Decimal("0.01"),
            Decimal("1.01"),
        )

    def test_what_a_clerk_is_not_asked_about_is_not_listed(self):
        jobs = {ANNA: [job(5, connection=ELSEWHERE)], BRAM: [job(2)]}
        codes = {BONUS: "86"}
        booked = [hours(ANNA, 1, 8), hours(BRAM, 1, 4), hours(BRAM, 1, 2, SICK)]
        booked += [hours(BRAM, 2, 1, SICK)]
        traced = trace(booked, rules(jobs=jobs, codes=codes, not_sent=[WORK]))
        assert traced.missing == {
            Missing(ANNA, WORK, True, "other"): 8,
            Missing(BRAM, WORK, True, "other"): 4,
            Missing(BRAM, SICK, True, "listed"): 3,
        }

    def test_the_least_that_is_told_apart_from_nothing(self):
        assert self.traced(hours(ANNA, 1, "1e-9")).pieces
        assert not self.traced(hours(ANNA, 1, "9e-10")).pieces

    def test_a_ledger_keeps_employments_and_all_that_is_missing(self):
        booked = [hours(ANNA, 1, 8), value(ANNA, 1, 50), hours(99, 1, 3)]
        part = self.traced(*booked)
        coarse = part.coarse()
        ledger = {(2026, 9): part, (2025, 13): coarse}
        assert from_json(json.loads(json.dumps(to_json(ledger)))) == ledger
        assert {piece.job for piece in part.pieces} == {7}

    def test_a_file_of_before_tells_hours_and_values_apart(self):
        amount = Amount(hours=Decimal(8), value=Decimal(2))
        other = replace(CELL, unit=200)
        cells = {CELL: amount, other: Amount(hours=Decimal(1))}
        missing = [
            (BRAM, Amount(hours=Decimal(3), value=Decimal(1))),
            (BRAM, Amount(hours=Decimal(4))),
        ]
        old = of_old_file(cells, missing)
        source = Source("", 1)
        assert old.cells == cells
        assert old.pieces == {
            Piece(CELL, source, True): 8,
            Piece(CELL, source, False): 2,
            Piece(other, source, True): 1,
        }
        assert old.missing == {
            Missing(BRAM, ANY_SOURCE, True, "listed"): 7,
            Missing(BRAM, ANY_SOURCE, False, "listed"): 1,
        }
