# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is late is told once, goes once, and adds up over all files that count."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import (
    Amount,
    Booking,
    Cell,
    History,
    Source,
    land,
)
from odoo.addons.l10n_nl_loket.payroll.delivered import (
    ANY_SOURCE,
    Delivered,
    Missing,
    Piece,
    of_old_file,
    trace,
)
from odoo.addons.l10n_nl_loket.payroll.late import (
    Books,
    Late,
    Staff,
    Watch,
    compose,
    watch,
    without_taken,
)
from odoo.addons.l10n_nl_loket.payroll_file import rounded

from .office import (
    ANNA,
    BONUS,
    BRAM,
    CODES,
    OFFICE,
    OVERTIME,
    SHOP,
    WORK,
    day,
    job,
    rules,
)

SEP, OCT, NOV = (2026, 9), (2026, 10), (2026, 11)
ANNA_JOB, BRAM_JOB = 7, 8


class Year:
    """An office, what is booked there, and the files that count."""

    def __init__(self):
        self.booked = []
        self.ledgers, self.cells = {}, {}
        self.values = {
            "jobs": {ANNA: [job(1, id=ANNA_JOB)], BRAM: [job(2, id=BRAM_JOB)]},
            "codes": dict(CODES),
        }

    def book(self, period, employee, quantity, source=WORK, number=1):
        booking = Booking(
            employee,
            day(number, period[1]),
            source,
            Decimal(quantity),
            is_hours=source.kind == "hours",
        )
        self.booked.append(booking)
        return booking

    def of(self, period):
        return [one for one in self.booked if one.day.month == period[1]]

    def rules(self):
        return rules(**self.values)

    def staff(self):
        return Staff.of(self.rules())

    def books(self, before):
        now = {
            period: trace(self.of(period), self.rules())
            for period in self.ledgers
            if period < before
        }
        return Books(self.ledgers, now, self.staff(), self.rules().with_unit)

    def look(self, period, take=False):
        now = trace(self.of(period), self.rules())
        landed = land(self.of(period), self.rules()).cells
        return compose(period, now, landed, self.books(period), take=take)

    def make(self, period, take=False):
        composed = self.look(period, take)
        self.ledgers[period], self.cells[period] = composed.ledger, composed.cells
        return composed

    def late(self):
        """{(period, payroll number, component): total}, of all periods."""
        books = self.books((9999, 1))
        return {
            (period, late.cell.payroll_number, late.cell.component): late.amount.total
            for period in self.ledgers
            for late in books.watch(period).late
        }

    def file(self, period):
        """{(payroll number, component): total}"""
        sums = defaultdict(Decimal)
        for cell, amount in self.cells[period].items():
            sums[cell.payroll_number, cell.component] += amount.total
        return dict(sums)


@pytest.fixture
def year():
    """October was sent with 40 hours of Anna and 30 of Bram."""
    year = Year()
    year.book(OCT, ANNA, 40)
    year.book(OCT, BRAM, 30)
    year.make(OCT)
    return year


def test_what_was_delivered_is_not_late(year):
    assert year.late() == {}
    assert year.look(NOV).late == []


def test_hours_booked_since_are_late_until_they_are_taken_along(year):
    year.book(OCT, ANNA, 7)
    assert year.late() == {(OCT, 1, 1): 7}
    assert [one.amount.total for one in year.look(NOV).late] == [7]
    year.book(NOV, ANNA, 100)
    year.make(NOV)
    assert year.file(NOV) == {(1, 1): 100}
    year.make(NOV, take=True)
    assert year.file(NOV) == {(1, 1): 107}
    assert year.late() == {}


def test_a_period_made_again_leaves_out_what_others_took_along(year):
    year.book(OCT, ANNA, 7)
    year.make(NOV, take=True)
    year.book(OCT, BRAM, 1)
    year.make(OCT)
    assert year.file(OCT) == {(1, 1): 40, (2, 1): 31}
    assert year.late() == {}


def test_a_period_made_again_keeps_what_it_took_along(year):
    year.book(OCT, ANNA, 7)
    year.make(NOV, take=True)
    year.book(NOV, BRAM, 5)
    composed = year.make(NOV)
    assert year.file(NOV) == {(1, 1): 7, (2, 1): 5}
    assert composed.late == composed.taken == []
    assert year.late() == {}


def test_more_than_was_left_of_what_was_taken_along_is_told(year):
    late = year.book(OCT, ANNA, 7)
    year.book(NOV, ANNA, 100)
    year.make(NOV, take=True)
    year.booked = [one for one in year.of(NOV) if one is not late]
    year.make(OCT)
    assert year.file(OCT) == {}
    assert year.late() == {(OCT, 1, 1): -7}
    year.make(NOV, take=True)
    assert year.file(NOV) == {(1, 1): 100}
    assert year.late() == {}


def test_hours_less_are_taken_from_the_same_cell(year):
    year.booked[0] = replace(year.booked[0], quantity=Decimal(37))
    year.book(NOV, ANNA, 3)
    assert year.late() == {(OCT, 1, 1): -3}
    year.make(NOV, take=True)
    assert year.file(NOV) == {}
    assert year.late() == {}


def test_less_than_this_period_has_is_not_taken_along(year):
    year.booked[0] = replace(year.booked[0], quantity=Decimal(37))
    year.book(OCT, BRAM, 2)
    year.book(NOV, ANNA, "2.99")
    composed = year.make(NOV, take=True)
    assert [late.amount.total for late in composed.taken] == [2]
    assert year.file(NOV) == {(1, 1): Decimal("2.99"), (2, 1): 2}
    assert year.late() == {(OCT, 1, 1): -3}
    year.make(OCT)
    assert year.file(OCT) == {(1, 1): 37, (2, 1): 30}


def test_what_is_added_comes_first_so_that_less_fits(year):
    year.make(SEP)
    year.booked[0] = replace(year.booked[0], quantity=Decimal(37))
    year.book(SEP, ANNA, 3)
    year.make(NOV, take=True)
    assert year.late() == {}


def test_a_link_that_comes_later_is_late(year):
    year.values["jobs"].pop(BRAM)
    year.make(OCT)
    assert year.file(OCT) == {(1, 1): 40}
    assert year.late() == {}
    year.values["jobs"][BRAM] = [job(2, id=BRAM_JOB)]
    assert year.late() == {(OCT, 2, 1): 30}


def test_a_first_code_is_late_another_code_is_not(year):
    year.book(OCT, ANNA, 2, OVERTIME)
    year.values["codes"].pop(OVERTIME)
    year.make(OCT)
    year.values["codes"][OVERTIME] = "31"
    assert year.late() == {(OCT, 1, 31): 2}
    year.make(OCT)
    year.values["codes"][OVERTIME] = "32"
    assert year.late() == {}
    assert year.books(NOV).watch(OCT).is_elsewhere


@pytest.mark.parametrize(
    "values",
    [
        {"codes": {**CODES, WORK: "2"}},
        {"codes": {}},
        {"units": {SHOP: "101", OFFICE: "200"}},
        {"history": History([(ANNA, day(1, 1), OFFICE), (BRAM, day(1, 1), OFFICE)])},
        {"with_unit": False},
        {"default_shift": 2},
        {"jobs": {ANNA: [job(11, id=ANNA_JOB)], BRAM: [job(2, id=BRAM_JOB)]}},
        {"jobs": {ANNA: [job(1, id=99)], BRAM: [job(2, end=day(1, 9), id=BRAM_JOB)]}},
    ],
    ids=lambda values: next(iter(values)),
)
def test_what_only_stands_elsewhere_by_now_is_not_late(year, values):
    year.values |= values
    assert year.late() == {}
    # Nor does it hide what is.
    if "codes" not in values:
        year.book(OCT, ANNA, 7)
        assert list(year.late().values()) == [7]


def test_another_answer_on_a_fixed_salary_is_not_late():
    year = Year()
    year.values |= {
        "jobs": {ANNA: [job(1, id=ANNA_JOB, salaried=True)]},
        "normal_hours": {WORK},
        "salaried_hours": "leave_out",
    }
    year.book(OCT, ANNA, 160)
    year.make(OCT)
    assert year.file(OCT) == {}
    year.values["salaried_hours"] = "send"
    assert year.late() == {}
    assert year.books(NOV).watch(OCT).is_elsewhere
    year.book(OCT, ANNA, 7)
    assert year.late() == {(OCT, 1, 1): 7}
    year.values["salaried_hours"] = "leave_out"
    assert year.late() == {}
    year.values["salaried_hours"] = "send"
    year.make(OCT)
    assert year.file(OCT) == {(1, 1): 167}
    year.values["salaried_hours"] = "leave_out"
    assert year.late() == {}


def test_what_is_booked_since_of_who_is_not_linked_is_told(year):
    year.book(OCT, 99, 5)
    watch = year.books(NOV).watch(OCT)
    assert watch.late == []
    assert [(one.employee, q) for one, q in watch.missing.items()] == [(99, 5)]


def test_what_was_left_out_when_the_file_was_made_is_not_told_again(year):
    year.book(OCT, 99, 5)
    year.make(OCT)
    assert year.books(NOV).watch(OCT).missing == {}


def test_what_is_late_has_the_unit_of_its_own_date(year):
    year.values["history"] = History(
        [(ANNA, day(1, 1), SHOP), (ANNA, day(1, 11), OFFICE)]
    )
    year.book(OCT, ANNA, 7)
    year.book(NOV, ANNA, 8)
    year.make(NOV, take=True)
    assert {cell.unit: amount.total for cell, amount in year.cells[NOV].items()} == {
        100: 7,
        200: 8,
    }


def test_a_file_without_units_takes_along_without_units(year):
    year.book(OCT, ANNA, 7)
    year.values |= {"with_unit": False}
    year.make(NOV, take=True)
    (cell,) = year.cells[NOV]
    assert cell.unit is None
    assert year.late() == {}


def test_thirds_of_an_hour_add_up_to_the_cent():
    year = Year()
    year.book(OCT, ANNA, "0.335")
    year.make(OCT)
    year.book(OCT, ANNA, "0.335")
    assert year.file(OCT) == {(1, 1): Decimal("0.335")}  # the writer rounds it: 0.34
    assert year.late() == {(OCT, 1, 1): Decimal("0.33")}
    year.make(NOV, take=True)
    assert year.late() == {}


def test_a_file_of_before_the_sources_were_kept_is_compared_by_component():
    year = Year()
    year.book(OCT, ANNA, 40)
    cells = trace(year.of(OCT), year.rules()).cells
    year.ledgers[OCT] = {OCT: of_old_file(cells, [(BRAM, Amount(Decimal(4)))])}
    year.book(OCT, BRAM, 4)
    year.values["jobs"].pop(BRAM)
    assert year.late() == {}
    year.values["jobs"][BRAM] = [job(2, id=BRAM_JOB)]
    year.book(OCT, ANNA, 7)
    assert year.late() == {(OCT, 1, 1): 7, (OCT, 2, 1): 4}
    year.make(NOV, take=True)
    assert year.late() == {}
    year.make(OCT)
    assert year.late() == {}


#: By unit; a file without units has None.
NONE, LOW, MIDDLE, HIGH = (Cell(ANNA, 1, 1, unit, 1) for unit in (None, 100, 200, 300))
OTHER = Cell(BRAM, 2, 1, 100, 1)


def delivery(quantities=(), missing=(), source=WORK, **values):
    """What was delivered, or would be now, in hours of one source.

    :param quantities: {cell: hours}, or {(cell, job): hours}
    :param missing: {how: hours} of Anna that do not land
    """
    result = Delivered(**values)
    for place, quantity in dict(quantities).items():
        cell, of_job = place if isinstance(place, tuple) else (place, 0)
        result.pieces[Piece(cell, source, True, of_job)] += Decimal(quantity)
    for cell, amount in result.by_cell().items():
        result.cells[cell] = Amount(hours=rounded(amount.hours))
    for how, quantity in dict(missing).items():
        result.missing[Missing(ANNA, source, True, how)] += Decimal(quantity)
    return result


class TestWatched:
    """What is booked now, beside what was delivered."""

    def watch(self, now, then, numbers=()):
        return watch(OCT, now, then, Staff(dict(numbers)))

    def late(self, *args):
        return {late.cell: late.amount.hours for late in self.watch(*args).late}

    def told(self, *args):
        return list(self.watch(*args).missing.values())

    def test_what_is_late_stands_nowhere_else(self):
        watched = self.watch(delivery({LOW: "47.5"}), delivery({LOW: 40}))
        assert [late.amount.hours for late in watched.late] == [Decimal("7.5")]
        assert watched.late[0].pieces == ((Piece(LOW, WORK, True), Decimal("7.5")),)
        assert not watched.is_elsewhere

    def test_what_is_late_knows_its_employment(self):
        then = delivery({(LOW, ANNA_JOB): 40})
        (late,) = self.watch(delivery({(LOW, ANNA_JOB): 48}), then).late
        assert late.pieces == ((Piece(LOW, WORK, True, ANNA_JOB), Decimal(8)),)

    @pytest.mark.parametrize(("hours", "is_elsewhere"), [("0.01", 1), ("0.009", 0)])
    def test_a_cent_that_stands_elsewhere_is_told(self, hours, is_elsewhere):
        watched = self.watch(delivery({HIGH: hours}), delivery({LOW: hours}))
        assert watched.is_elsewhere == bool(is_elsewhere)

    def test_who_stands_elsewhere_is_told_whoever_does_not(self):
        now, then = {HIGH: 40, OTHER: 30}, {LOW: 40, OTHER: 30}
        assert self.watch(delivery(now), delivery(then)).is_elsewhere
        now, then = {LOW: 40, OTHER: 35}, {LOW: 40, OTHER: 30}
        assert not self.watch(delivery(now), delivery(then)).is_elsewhere

    def test_what_is_late_goes_to_the_cells_that_have_more_in_order(self):
        now, then = delivery({HIGH: 5, MIDDLE: 5}), delivery({NONE: 3})
        assert self.late(now, then) == {MIDDLE: 5, HIGH: 2}
        assert self.late(then, now) == {MIDDLE: -5, HIGH: -2}
        assert self.watch(now, then).is_elsewhere

    def test_a_number_that_another_employment_of_the_same_person_has_by_now(self):
        now, then = delivery({(LOW, 99): 40}), delivery({(LOW, ANNA_JOB): 40})
        assert self.late(now, then, {99: 1, ANNA_JOB: 11}) == {}

    def test_what_could_not_be_delivered_by_now_was_not_taken_back(self):
        then = delivery({LOW: 40})
        assert self.late(delivery({LOW: 33}, {"listed": 5}), then) == {LOW: -2}
        assert self.late(delivery({LOW: 30}, {"listed": 15}), then) == {}
        assert self.told(delivery({LOW: 30}, {"listed": 15}), then) == [5]
        assert self.told(delivery({LOW: 33}, {"listed": 5}), then) == []

    def test_neither_was_what_another_rule_keeps_out_by_now(self):
        now = delivery({LOW: 30}, {"listed": 2, "other": 3, "setting": 4})
        assert self.late(now, delivery({LOW: 40})) == {LOW: -1}

    def test_the_same_hours_do_not_stand_in_for_two_employments(self):
        second = replace(LOW, payroll_number=7)
        now, then = delivery({}, {"listed": 10}), delivery({LOW: 6, second: 6})
        assert self.late(now, then) == {second: -2}
        assert self.told(now, then) == []

    def test_what_an_answer_kept_out_then_is_not_late_now(self):
        second = replace(LOW, payroll_number=7)
        now, then = delivery({LOW: 6, second: 6}), delivery({}, {"setting": 10})
        assert self.late(now, then) == {second: 2}
        half = delivery({LOW: "0.5"})
        assert self.late(half, delivery({}, {"setting": "0.5"})) == {}
        assert self.late(half, delivery({}, {"setting": "0.25"})) == {
            LOW: Decimal("0.25")
        }
        assert self.late(half, delivery({}, {"setting": -1})) == {LOW: Decimal("0.5")}

    def test_what_an_answer_keeps_out_still_lets_nothing_go(self):
        now = delivery({LOW: 6}, {"setting": 8})
        assert self.late(now, delivery({}, {"setting": 10})) == {LOW: 4}

    @pytest.mark.parametrize(
        ("now", "then", "told"),
        [
            ({"listed": 7}, {"listed": 5}, [2]),
            ({"listed": 5}, {"listed": 5}, []),
            ({"listed": 3}, {"listed": -5}, [3]),
            ({"listed": 3}, {"setting": 3}, []),
            ({"listed": 3, "other": 4}, {"other": 5}, [2]),
            ({"listed": 3, "other": 4}, {}, [3]),
            ({"listed": "0.01"}, {}, [Decimal("0.01")]),
            ({"listed": "0.009"}, {}, []),
            ({}, {"listed": 5}, []),
            ({"other": 5}, {}, []),
        ],
    )
    def test_what_does_not_land_is_told_as_far_as_it_is_new(self, now, then, told):
        assert self.told(delivery({}, now), delivery({}, then)) == told

    def test_beside_an_old_file_any_source_that_does_not_land_stands_in(self):
        old = delivery({LOW: 40}, source=Source("", 1), is_coarse=True)
        now = delivery({LOW: 33}, {"listed": 5})
        assert self.late(now, old) == {LOW: -2}
        told = self.watch(delivery({LOW: 40}, {"listed": 5}), old).missing
        assert told == {Missing(ANNA, ANY_SOURCE, True, "listed"): 5}


class TestStaff:
    """Anna has number 1, and 5 beside it; Bram has 2; nobody is linked to job 9."""

    SECOND, NOBODY, LEFT = 6, 9, 10
    STAFF = Staff(
        {ANNA_JOB: 1, SECOND: 5, BRAM_JOB: 2, NOBODY: 4},
        {ANNA_JOB: ANNA, SECOND: ANNA, BRAM_JOB: BRAM, LEFT: BRAM},
    )

    @pytest.mark.parametrize(
        ("employee", "of_job", "then", "now"),
        [
            (ANNA, ANNA_JOB, 3, 1),
            (ANNA, BRAM_JOB, 3, 2),
            (ANNA, 0, 5, 5),
            (ANNA, 0, 3, 3),
            (BRAM, 0, 3, 2),
            (BRAM, 0, 2, 2),
            (BRAM, 99, 1, 2),
            (99, 0, 3, 3),
        ],
    )
    def test_the_number_of_now(self, employee, of_job, then, now):
        cell = Cell(employee, then, 1, 100, 1)
        assert self.STAFF.number_of(Piece(cell, WORK, True, of_job)) == now

    @pytest.mark.parametrize(
        ("employee", "number", "is_other"),
        [
            (ANNA, 1, False),
            (ANNA, 2, True),
            (BRAM, 5, True),
            (99, 1, True),
            (ANNA, 4, False),
            (ANNA, 3, False),
        ],
    )
    def test_a_number_that_is_somebody_else_s(self, employee, number, is_other):
        assert self.STAFF.is_of_another(employee, number) is is_other

    def test_what_a_wrong_link_delivered_is_too_much_though_it_is_booked(self):
        now, then = delivery({}, {"listed": 40}), delivery({OTHER: 40})
        now.missing = {replace(one, employee=BRAM): q for one, q in now.missing.items()}
        right = watch(OCT, now, then, Staff({}))
        assert right.late == []
        wrong = watch(OCT, now, then, Staff({ANNA_JOB: 2}, {ANNA_JOB: ANNA}))
        assert [late.amount.hours for late in wrong.late] == [-40]


class TestTakenAlong:
    @pytest.mark.parametrize(
        ("hours", "value", "is_less"),
        [
            (0, 5, False),
            ("0.5", 0, False),
            (0, "0.5", False),
            (-1, 5, True),
            (1, -3, True),
            (3, -1, False),
            (3, -3, False),
            (0, -5, True),
        ],
    )
    def test_less_is_less_in_hours_or_in_all(self, hours, value, is_less):
        amount = Amount(Decimal(hours), Decimal(value))
        assert Late(OCT, LOW, amount, ()).is_less is is_less

    def test_half_an_hour_may_be_left(self, year):
        year.booked[0] = replace(year.booked[0], quantity=Decimal(37))
        year.book(NOV, ANNA, "3.5")
        year.make(NOV, take=True)
        assert year.file(NOV) == {(1, 1): Decimal("0.5")}

    def test_hours_are_not_taken_from_euros_of_the_same_component(self, year):
        year.values["codes"][BONUS] = "1"
        year.booked[0] = replace(year.booked[0], quantity=Decimal(37))
        year.book(NOV, ANNA, 50, BONUS)
        assert year.make(NOV, take=True).taken == []
        assert year.late() == {(OCT, 1, 1): -3}

    def test_what_is_late_twice_goes_twice(self, year):
        year.book(OCT, ANNA, 7)
        year.make(NOV, take=True)
        year.book(OCT, ANNA, 2)
        assert year.late() == {(OCT, 1, 1): 2}
        year.make(NOV, take=True)
        assert year.file(NOV) == {(1, 1): 9}
        assert list(year.ledgers[NOV][OCT].pieces.values()) == [9]
        assert year.late() == {}

    def test_made_again_it_keeps_what_it_took_of_each_period(self, year):
        year.make(SEP)
        year.book(SEP, ANNA, 3)
        year.book(OCT, ANNA, 7)
        year.make(NOV, take=True)
        kept = year.make(NOV).kept
        assert [late.amount.total for late in kept] == [3, 7]
        assert year.file(NOV) == {(1, 1): 10}

    def test_what_can_be_kept_no_more_is_late_again(self, year):
        year.booked[0] = replace(year.booked[0], quantity=Decimal(37))
        year.book(NOV, ANNA, 3)
        year.make(NOV, take=True)
        year.booked.pop()
        composed = year.make(NOV)
        assert composed.kept == []
        assert [late.amount.total for late in composed.late] == [-3]
        assert year.late() == {(OCT, 1, 1): -3}

    def test_of_what_went_along_whole_the_own_file_holds_nothing(self):
        year = Year()
        year.make(OCT)
        year.book(OCT, ANNA, 7)
        year.make(NOV, take=True)
        year.make(OCT)
        assert year.file(OCT) == {}
        assert year.late() == {}

    def test_what_went_along_and_is_less_than_nothing_now_is_in_the_own_file(self):
        year = Year()
        year.make(OCT)
        year.book(OCT, ANNA, 3)
        year.make(NOV, take=True)
        year.values["codes"][WORK] = "2"
        year.booked[0] = replace(year.booked[0], quantity=Decimal(-2))
        year.make(OCT)
        assert year.file(OCT) == {(1, 1): -3, (1, 2): -2}

    def test_the_number_of_now_is_that_of_the_employment_where_it_is_known(self):
        books = Books({}, {}, Staff({1: 5, ANNA_JOB: 11}), with_unit=True)
        known = ((Piece(LOW, WORK, True, ANNA_JOB), Decimal(7)),)
        unknown = ((Piece(LOW, WORK, True, 99), Decimal(7)),)
        for pieces, number in ((known, 11), (unknown, 1), ((), 1)):
            target = books.target(Late(OCT, LOW, Amount(), pieces))
            assert target == replace(LOW, payroll_number=number)

    def test_a_file_without_units_has_none_in_what_it_takes_along(self):
        books = Books({}, {}, {}, with_unit=False)
        late = Late(OCT, LOW, Amount(), ())
        assert books.target(late) == NONE


class TestMadeAgain:
    """What a file holds in each cell, less what others took along of one source."""

    def left(self, booked, taken):
        """{cell: hours} of the file, and of its sources: they are the same."""
        own = without_taken(delivery(booked), delivery(taken), Staff({}))
        pieces = {piece.cell: quantity for piece, quantity in own.pieces.items()}
        assert pieces == {cell: amount.hours for cell, amount in own.cells.items()}
        return pieces

    @pytest.mark.parametrize("quantity", ["0.5", "3"])
    def test_what_is_left_stays_in_its_cell(self, quantity):
        booked = Decimal(quantity) + Decimal("2.5")
        assert self.left({LOW: booked}, {LOW: "2.5"}) == {LOW: Decimal(quantity)}

    def test_what_went_from_a_cell_that_is_no_more_is_taken_from_the_others(self):
        booked, taken = {HIGH: 5, MIDDLE: 5}, {LOW: 3}
        assert self.left(booked, taken) == {MIDDLE: 2, HIGH: 5}

    def test_what_went_from_two_of_them_is_taken_away_twice(self):
        booked, taken = {HIGH: 9}, {LOW: 3, MIDDLE: 2}
        assert self.left(booked, taken) == {HIGH: 4}

    def test_what_went_without_a_unit_is_taken_from_those_with_one(self):
        assert self.left({HIGH: 5}, {NONE: 3}) == {HIGH: 2}

    def test_half_an_hour_is_left_when_another_cell_is_short(self):
        booked, taken = {LOW: 3, HIGH: 5}, {LOW: "7.5"}
        assert self.left(booked, taken) == {HIGH: Decimal("0.5")}

    @pytest.mark.parametrize("booked", ["2", "2.5", "5"])
    def test_where_as_much_went_as_is_booked_or_more_nothing_is_left(self, booked):
        assert self.left({LOW: -2, HIGH: booked}, {HIGH: 3}) == {}

    def test_what_was_taken_back_in_one_cell_stays_less_than_nothing(self):
        booked, taken = {LOW: -2, HIGH: 5}, {HIGH: 1}
        assert self.left(booked, taken) == {LOW: -2, HIGH: 4}

    def test_what_is_less_than_nothing_in_all_is_less_by_what_went(self):
        left = self.left({LOW: -2}, {HIGH: 3})
        assert left == {LOW: -2, HIGH: -3}

    def test_of_whom_nothing_went_all_stays_as_it_is_booked(self):
        booked = {LOW: -2, HIGH: 2, OTHER: 30}
        assert self.left(booked, {OTHER: 5}) == {**booked, OTHER: 25}

    def test_what_does_not_land_is_kept_with_it(self):
        own = without_taken(
            delivery({LOW: 5}, {"listed": 2}), delivery({LOW: 3}), Staff({})
        )
        assert list(own.missing.values()) == [2]
        assert not own.is_coarse

    def test_what_an_old_file_took_along_is_known_by_component(self):
        old = delivery({LOW: 3}, source=Source("", 1), is_coarse=True)
        own = without_taken(delivery({LOW: 5}), old, Staff({}))
        assert own.pieces == {Piece(LOW, Source("", 1), True): 2}
        assert own.is_coarse

    def test_what_is_left_is_of_the_same_employment(self):
        now, taken = delivery({(LOW, ANNA_JOB): 5}), delivery({(LOW, ANNA_JOB): 3})
        own = without_taken(now, taken, Staff({ANNA_JOB: 1}))
        assert own.pieces == {Piece(LOW, WORK, True, ANNA_JOB): 2}

    def test_a_number_that_two_employments_had_adds_up(self):
        now = delivery({(LOW, 99): 10, (replace(LOW, payroll_number=11), ANNA_JOB): -5})
        taken = delivery({(LOW, ANNA_JOB): 3})
        own = without_taken(now, taken, Staff({99: 1, ANNA_JOB: 11}))
        assert sum(own.pieces.values()) == 2
        assert sum(amount.hours for amount in own.cells.values()) == 2


def test_of_an_old_file_another_number_alone_is_not_late():
    year = Year()
    year.book(OCT, ANNA, 40)
    cells = trace(year.of(OCT), year.rules()).cells
    year.ledgers[OCT] = {OCT: of_old_file(cells, [])}
    year.values["jobs"][ANNA] = [job(11, id=ANNA_JOB)]
    assert year.late() == {}
    year.book(OCT, ANNA, 7)
    assert year.late() == {(OCT, 11, 1): 7}
    # Of two employments nobody knows which one it was.
    year.values["jobs"][ANNA] = [job(11, id=ANNA_JOB), job(12, id=13, start=day(2))]
    assert year.late() == {(OCT, 1, 1): -40, (OCT, 12, 1): 47}


def test_a_link_that_was_wrong_leaves_too_much_at_the_number(year):
    year.book(OCT, 99, 5)
    year.values["history"] = History(
        [(ANNA, day(1), SHOP), (99, day(1), SHOP), (BRAM, day(1), OFFICE)]
    )
    year.values["jobs"] = {99: [job(1, id=ANNA_JOB)], BRAM: [job(2, id=BRAM_JOB)]}
    watch = year.books(NOV).watch(OCT)
    late = [(one.cell.employee, one.amount.total) for one in watch.late]
    assert sorted(late) == [(ANNA, -40), (99, 5)]
    # A link that is gone, or whose number is changed with another's, leaves nothing.
    year.values["jobs"] = {BRAM: [job(2, id=BRAM_JOB)]}
    assert year.late() == {}
    year.values["jobs"] = {
        ANNA: [job(2, id=ANNA_JOB)],
        BRAM: [job(1, id=BRAM_JOB)],
    }
    assert year.late() == {}


@pytest.fixture
def moved(year):
    """Anna's 40 hours were sent with one employment; by now another one gets them."""
    first, second = job(1, id=ANNA_JOB), job(3, id=9)
    year.values["jobs"][ANNA] = [replace(first, is_chosen=True), second]
    year.make(OCT)
    year.values["jobs"][ANNA] = [first, replace(second, is_chosen=True)]
    assert year.late() == {(OCT, 1, 1): -40, (OCT, 3, 1): 40}
    return year


def test_hours_of_another_employment_stay_while_the_old_one_keeps_them(moved):
    """Taken along alone, they would be paid by both."""
    moved.book(OCT, BRAM, 2)
    composed = moved.make(NOV, take=True)
    assert moved.file(NOV) == {(2, 1): 2}
    assert {late.amount.total for late in composed.late} == {-40, 40}
    moved.make(OCT)
    assert moved.file(OCT) == {(3, 1): 40, (2, 1): 30}
    assert moved.late() == {}


def test_hours_of_another_employment_go_along_with_what_is_taken_back(moved):
    first, second = moved.values["jobs"][ANNA]
    second = replace(second, end=day(31, OCT[1]))
    moved.values["jobs"][ANNA] = [first, second]
    moved.book(NOV, ANNA, 50)
    moved.make(NOV, take=True)
    assert moved.file(NOV) == {(1, 1): 10, (3, 1): 40}
    assert moved.late() == {}


def test_what_is_refused_with_what_moved_keeps_back_nothing_else(moved):
    """Overtime that is new stands in the cell of what moved, and in one of its own."""
    moved.values["codes"][OVERTIME] = "1"
    moved.book(OCT, ANNA, 2, OVERTIME)
    moved.values["history"] = History(
        [(ANNA, day(1), SHOP), (ANNA, day(20, 10), OFFICE), (BRAM, day(1), OFFICE)]
    )
    moved.book(OCT, ANNA, 3, OVERTIME, number=21)
    composed = moved.make(NOV, take=True)
    assert [late.amount.total for late in composed.taken] == [3]
    assert {late.amount.total for late in composed.late} == {-40, 42}


def test_of_less_in_two_cells_what_fits_is_taken_back(year):
    year.values["history"] = History(
        [(ANNA, day(1), SHOP), (ANNA, day(20, 10), OFFICE), (BRAM, day(1), OFFICE)]
    )
    year.book(OCT, ANNA, 5, number=21)
    year.make(OCT)
    year.booked = [one for one in year.booked if one.employee != ANNA]
    year.values["history"] = History([(ANNA, day(1), OFFICE), (BRAM, day(1), OFFICE)])
    year.book(NOV, ANNA, 8)
    composed = year.make(NOV, take=True)
    assert [late.amount.total for late in composed.taken] == [-5]
    assert [late.amount.total for late in composed.late] == [-40]


def test_who_was_never_paid_is_whoever_was_paid_instead(year):
    """A number that is somebody else's by now: both are told, each by itself."""
    year.values["jobs"] = {
        ANNA: [job(3, id=9)],
        BRAM: [job(2, id=BRAM_JOB)],
        99: [job(1, id=ANNA_JOB)],
    }
    assert year.late() == {(OCT, 1, 1): -40, (OCT, 3, 1): 40}
    composed = year.make(NOV, take=True)
    assert year.file(NOV) == {(3, 1): 40}
    assert [late.amount.total for late in composed.late] == [-40]


def test_in_all_hours_and_values_are_each_more_or_less():
    cell = Cell(ANNA, 1, 1, 100, 1)
    mixed = Late(OCT, cell, Amount(Decimal(-5), Decimal(10)), ())
    absent = Missing(ANNA, WORK, True, "listed")
    bonus = Missing(ANNA, BONUS, False, "listed")
    late = Watch([mixed, mixed], {absent: Decimal(2), bonus: Decimal(500)})
    assert late.hours() == (2, 10)
    assert late.values() == {1: (20, 0)}
    assert late.missing_of() == {(ANNA, None): 2, (ANNA, BONUS): 500}
    assert late.is_late and not Watch().is_late
    assert Watch([mixed]).is_late and Watch([], {absent: Decimal(2)}).is_late


def test_hours_of_two_types_are_one_number_values_are_not():
    absent = {
        Missing(ANNA, source, source != BONUS, how): Decimal("0.5")
        for source in (WORK, OVERTIME, BONUS)
        for how in ("listed", "other")
    }
    late = Watch([], absent)
    assert late.missing_of() == {(ANNA, None): 2, (ANNA, BONUS): 1}
    assert late.hours() == (2, 0)


# === AT RANDOM === #

PERIODS = [SEP, OCT, NOV]
periods = st.sampled_from(PERIODS)
people = st.sampled_from([ANNA, BRAM])
quantities = st.integers(-300, 3000).map(lambda cents: Decimal(cents) / 100)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("book"),
            periods,
            people,
            quantities,
            st.sampled_from([WORK, OVERTIME, BONUS]),
        ),
        st.tuples(st.just("change"), st.integers(0, 99), quantities),
        st.tuples(st.just("remove"), st.integers(0, 99)),
        st.tuples(st.just("make"), periods, st.booleans()),
        st.just(("make", NOV, True)),
        st.tuples(st.just("link"), people, st.booleans()),
        st.tuples(st.just("code"), st.sampled_from([WORK, OVERTIME]), st.booleans()),
        st.tuples(st.just("recode"), st.sampled_from(["1", "2", "30"])),
    ),
    max_size=25,
)


MADE = [
    *(("book", period, ANNA, Decimal(period[1]), WORK) for period in PERIODS),
    *(("book", period, BRAM, Decimal(period[1]), OVERTIME) for period in PERIODS),
    ("make", SEP, False),
    ("make", OCT, False),
]
ALL_LANDS = [
    ("link", ANNA, True),
    ("link", BRAM, True),
    ("code", WORK, True),
    ("code", OVERTIME, True),
]


def play(year, step):
    """Do one step; a file that would be blocked is not made."""
    jobs, codes = year.values["jobs"], year.values["codes"]
    match step:
        case "book", period, employee, quantity, source:
            year.book(period, employee, quantity, source)
        case "change", index, quantity if year.booked:
            index %= len(year.booked)
            year.booked[index] = replace(year.booked[index], quantity=quantity)
        case "remove", index if year.booked:
            year.booked.pop(index % len(year.booked))
        case "make", period, take:
            composed = year.look(period, take)
            if all(amount.total >= 0 for amount in composed.cells.values()):
                year.make(period, take)
        case "link", employee, True:
            number, of_job = {ANNA: (1, ANNA_JOB), BRAM: (2, BRAM_JOB)}[employee]
            jobs[employee] = [job(number, id=of_job)]
        case "link", employee, False:
            jobs.pop(employee, None)
        case "code", source, True:
            codes[source] = CODES[source]
        case "code", source, False:
            codes.pop(source, None)
        case "recode", code:
            codes[WORK] = code


@settings(max_examples=300, deadline=None)
@given(steps)
def test_over_all_files_the_sum_is_what_is_booked_less_what_is_listed(played):
    year = Year()
    for step in [*MADE, *played]:
        play(year, step)
        check(year)
    # Once all are linked and have their codes, nothing at all is missing.
    for step in ALL_LANDS:
        play(year, step)
    check(year)
    # Way one: all that is late goes along with the last period, but what it lacks.
    if all(rounded(one.total) >= 0 for one in year.look(NOV, take=True).cells.values()):
        year.make(NOV, take=True)
        assert not any(
            late.amount.total > 0
            for period in year.ledgers
            if period < NOV
            for late in year.books(NOV).watch(period).late
        )
        check(year)


def check(year):
    """Each hour and euro of the periods with a file is in one of them, or listed."""
    books = year.books((9999, 1))
    sums = defaultdict(Decimal)
    for period, cells in year.cells.items():
        for cell, amount in cells.items():
            assert amount.total >= 0, (period, cell)
            sums[cell.employee] += amount.total
    booked, missing = defaultdict(Decimal), defaultdict(Decimal)
    for period in year.ledgers:
        for one in year.of(period):
            booked[one.employee] += one.quantity
        watch = books.watch(period)
        for late in watch.late:
            sums[late.cell.employee] += late.amount.total
        for one, quantity in books.now[period].missing.items():
            missing[one.employee] += quantity
    for employee in (ANNA, BRAM):
        rest = booked[employee] - sums[employee]
        if not missing[employee]:
            assert rest == 0
