# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From bookings to the cells of a payroll file. Plain Python, no recordsets.

Every booking ends either in a cell or in a left-out: nothing disappears silently.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from ..payroll_file import component_number, rounded, unit_number
from .bookings import NOISE, Booking, Component, Rules, Source
from .jobs import Job, active_job, rivals
from .salaried import answer_of, is_left_to_loket

#: A row of the file may not reach this many hours.
HOURS_LIMIT = Decimal(1000)
#: How much of each source.
_Parts = dict[Source, Decimal]

#: Reasons why a file is wrong; what they are about is in its cells all the same.
IN_THE_CELLS = frozenset({"negative", "too_many", "shared_number"})

Rank = Literal["blocking", "accept", "rule"]
#: What is to be done about each reason: left out when the clerk accepts it with the
#: tick, or by a rule, which is told and asks no tick. Every other reason blocks.
RANKS: dict[str, Rank] = {
    "not_linked": "accept",
    "no_employment": "accept",
    "not_in_loket": "accept",
    "no_payroll_number": "accept",
    "no_code": "accept",
    "no_cost_center": "accept",
    "foreign_unit": "accept",
    "undecided": "accept",
    "undecided_elsewhere": "rule",
    "delivered": "rule",
    "other_period": "rule",
    "not_sent": "rule",
    "salaried": "rule",
}


def rank_of(reason: str) -> Rank:
    """What is to be done about a reason: what nobody ranked must be corrected."""
    return RANKS.get(reason, "blocking")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a quantity lands: one person's key columns and one component."""

    employee: int
    payroll_number: int
    shift: int | None
    unit: int | None
    component: int

    @property
    def order(self) -> tuple[int, ...]:
        """Cells are gone through by this, so that equal bookings make equal files."""
        return (
            self.employee,
            self.payroll_number,
            self.shift or 0,
            self.unit or 0,
            self.component,
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why something is not in the file, or makes it wrong, for one person.

    :param source: where the source is what to correct
    :param department: where its cost center is what to correct
    :param code: the component, unit or payroll number that it is about
    """

    employee: int
    reason: str
    source: Source | None = None
    department: int | None = None
    code: str | None = None

    @property
    def rank(self) -> Rank:
        """What is to be done about it."""
        return rank_of(self.reason)

    @property
    def blocking(self) -> bool:
        """Whether it must be corrected before there can be a file."""
        return self.rank == "blocking"


@dataclass(frozen=True, slots=True)
class Remark:
    """What the file holds, and a clerk is to know of it. It stops nothing.

    :param employee: whom it is about; None when it is about the whole file
    :param job: id of the employment that it is about
    :param jobs: ids of the employments between which was chosen
    :param source: of the values that it is about; hours have none
    :param detail: what it is about, as a person calls it
    :param day: from which it holds
    :param counted: beside what was entered, how many there would have been
    """

    reason: str
    employee: int | None = None
    job: int | None = None
    jobs: tuple[int, ...] = ()
    source: Source | None = None
    detail: str | None = None
    day: date | None = None
    counted: Decimal | None = None


@dataclass(slots=True)
class Amount:
    """Exact sums: of hours, and beside them of values (euros, things, days)."""

    hours: Decimal = Decimal(0)
    value: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """What a cell of the file holds: hours and values of one component."""
        return self.hours + self.value

    @property
    def is_nothing(self) -> bool:
        """Whether all of it was booked and taken back."""
        return abs(self.hours) < NOISE and abs(self.value) < NOISE

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.hours + other.hours, self.value + other.value)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.hours - other.hours, self.value - other.value)

    def add(self, quantity: Decimal, *, is_hours: bool) -> None:
        """Add a quantity to the sum of its own kind."""
        if is_hours:
            self.hours += quantity
        else:
            self.value += quantity


Cells = Mapping[Cell, Amount]


@dataclass(slots=True)
class Outcome:
    """Where everything that was booked went."""

    cells: dict[Cell, Amount] = field(default_factory=lambda: defaultdict(Amount))
    left_out: dict[LeftOut, Amount] = field(default_factory=lambda: defaultdict(Amount))
    gone: list[Cell] = field(default_factory=list)
    """What earlier files of the period sent and this one writes as 0."""
    remarks: dict[Remark, Amount] = field(default_factory=lambda: defaultdict(Amount))

    @property
    def row_count(self) -> int:
        """How many rows the file has, those that only tell 0 too."""
        cells = (*self.cells, *self.gone)
        return len({(c.payroll_number, c.shift, c.unit) for c in cells})

    @property
    def employee_count(self) -> int:
        """How many people are in the file."""
        return len({cell.employee for cell in self.cells})

    @property
    def hours(self) -> Decimal:
        """The hours in the file: of the rounded cells, so that what is seen adds up."""
        hours = (rounded(amount.hours) for amount in self.cells.values())
        return sum(hours, Decimal(0))


TotalKind = Literal["component", "cost_center"]
Totals = dict[tuple[TotalKind, int], Decimal]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs from another file; None where it is not in one of the two."""

    cell: Cell
    before: Decimal | None
    now: Decimal | None


#: Where a booking goes: see ``destination``.
Place = Cell | LeftOut | None


def land(
    bookings: Collection[Booking],
    rules: Rules,
    places: Iterable[Place] | None = None,
) -> Outcome:
    """Where each booking goes, added up.

    :param bookings: of one period, in any order
    :param rules: of that same period
    :param places: of each booking its ``destination``, where that is known already
    """
    if places is None:
        places = (destination(booking, rules) for booking in bookings)
    outcome = Outcome()
    values: dict[Cell, _Parts] = defaultdict(lambda: defaultdict(Decimal))
    hours: dict[LeftOut, _Parts] = defaultdict(lambda: defaultdict(Decimal))
    told: dict[Remark, dict[tuple[int, Source, bool], Decimal]]
    told = defaultdict(lambda: defaultdict(Decimal))
    for booking, place in zip(bookings, places, strict=True):
        if isinstance(place, Cell):
            outcome.cells[place].add(booking.quantity, is_hours=booking.is_hours)
            if not booking.is_hours:
                values[place][booking.source] += booking.quantity
        elif place is not None:
            outcome.left_out[place].add(booking.quantity, is_hours=booking.is_hours)
            if booking.is_hours and not place.source:
                hours[place][booking.source] += booking.quantity
        for remark in _remarks(booking, place, rules):
            outcome.remarks[remark].add(booking.quantity, is_hours=booking.is_hours)
            part = booking.employee, booking.source, booking.is_hours
            told[remark][part] += booking.quantity
    for problem, parts in hours.items():
        _tell_apart(outcome, problem, parts)
    _drop_taken_back(outcome, told)
    _empty_cells(outcome, values)
    check(outcome, rules)
    return outcome


def _drop_taken_back(
    outcome: Outcome,
    told: Mapping[Remark, Mapping[tuple[int, Source, bool], Decimal]],
) -> None:
    """Nobody is told of what was booked and taken back.

    :param told: of each remark, how much of whom and which source
    """
    # Hours that were booked and taken back are neither sent nor missing, but a wrong
    # file stays wrong. This comes first: nothing is no hours below zero either.
    for problem, sums in list(outcome.left_out.items()):
        if sums.is_nothing and not problem.blocking:
            del outcome.left_out[problem]
    for remark, quantities in told.items():
        # What one has too much takes nothing away from another.
        if all(abs(quantity) < NOISE for quantity in quantities.values()):
            del outcome.remarks[remark]


def check(outcome: Outcome, rules: Rules) -> None:
    """List what makes the file wrong, whatever was listed of it before.

    :param outcome: its cells may have changed since it was checked
    """
    for problem in [one for one in outcome.left_out if one.reason in IN_THE_CELLS]:
        del outcome.left_out[problem]
    _check_bounds(outcome, rules)
    _check_shared_numbers(outcome)


def totals(cells: Cells) -> Totals:
    """Values per component and hours per cost center, of the rounded cells."""
    sums: Totals = defaultdict(Decimal)
    for cell, amount in cells.items():
        sums["component", cell.component] += rounded(amount.total)
        if cell.unit:
            sums["cost_center", cell.unit] += rounded(amount.hours)
    return sums


def changes(before: Cells, now: Cells) -> list[Change]:
    """The cells that a clerk sees differ between two files, as they are rounded.

    :param before: of the file that Loket has, exact
    :param now: of what is booked now, exact
    """
    old = {cell: rounded(amount.total) for cell, amount in before.items()}
    new = {cell: rounded(amount.total) for cell, amount in now.items()}
    return [
        Change(cell, old.get(cell), new.get(cell))
        for cell in {**old, **new}
        if old.get(cell) != new.get(cell) and (cell in new or old[cell])
    ]


def destination(booking: Booking, rules: Rules) -> Place:
    """The cell or the reason; None when another link pays this booking.

    This one function decides, for a file and for whoever asks what is late.
    """
    job = _paying_job(booking, rules)
    place = _place(booking, job, rules) if isinstance(job, Job) else job
    if isinstance(place, LeftOut) and not booking.is_hours:
        # Euros, days and meals are never added to each other: each source is apart.
        return replace(place, source=booking.source)
    return place


def _place(booking: Booking, job: Job, rules: Rules) -> Cell | LeftOut:
    """The cell of what an employment pays, or why there is none."""
    employee = booking.employee
    if booking.foreign_unit:
        code = booking.foreign_unit
        return LeftOut(employee, "foreign_unit", source=booking.source, code=code)
    answer = answer_of(booking, job, rules)
    if answer == "leave_out":
        return LeftOut(employee, "salaried", source=booking.source)
    component = _component(booking, rules)
    if isinstance(component, LeftOut):
        return component
    if not answer:
        return LeftOut(employee, "salaried_question", source=booking.source)
    if not job.payroll_number:
        return LeftOut(employee, "no_payroll_number")
    unit = _unit(booking, rules) if rules.with_unit else None
    if isinstance(unit, LeftOut):
        return unit
    shift = job.shift_on(booking.day) or rules.default_shift or None
    return Cell(employee, job.payroll_number, shift, unit, component)


def _paying_job(booking: Booking, rules: Rules) -> Job | LeftOut | None:
    """The employment that pays, or why there is none; None when another link pays."""
    job = rules.job(booking)
    if not job:
        return _without_job(booking, rules)
    if job.connection != rules.connection:
        return None
    if booking.other_period:
        code = booking.other_period
        return LeftOut(booking.employee, "other_period", code=code)
    if job.is_in_doubt(booking.day):
        return LeftOut(booking.employee, "not_in_loket")
    if booking.delivered and not rules.sends_delivered:
        return LeftOut(booking.employee, "delivered", code=booking.delivered)
    if job.number_waits:
        return LeftOut(booking.employee, "number_waits")
    return job


def _without_job(booking: Booking, rules: Rules) -> LeftOut | None:
    """Why nobody pays; None when it is for another link to tell."""
    employee = booking.employee
    jobs = rules.jobs.get(employee, ())
    is_here = any(job.connection == rules.connection for job in jobs)
    undecided = _undecided(booking, rules)
    if undecided and undecided.connection == rules.connection:
        return LeftOut(employee, "undecided" if jobs else "not_linked")
    if undecided and (is_here or not jobs):
        name = rules.links.get(undecided.connection)
        return LeftOut(employee, "undecided_elsewhere", code=name)
    if not jobs:
        return LeftOut(employee, "not_linked")
    return LeftOut(employee, "no_employment") if is_here else None


def _undecided(booking: Booking, rules: Rules) -> Job | None:
    """The employment that pays once somebody has decided on it; None: there is none."""
    jobs = rules.undecided.get(booking.employee, ())
    return active_job(jobs, booking.day, booking.project)


def _component(booking: Booking, rules: Rules) -> int | LeftOut:
    """The component of what is booked, or why the file may not hold it."""
    employee, source = booking.employee, booking.source
    code = rules.codes.get(source)
    if not code:
        reason = "not_sent" if source in rules.not_sent else "no_code"
        return LeftOut(employee, reason, source=source)
    component = component_number(code)
    if component is None:
        return LeftOut(employee, "bad_code", source=source, code=code)
    if problem := _component_problem(component, rules.offered):
        return LeftOut(employee, problem, source=source, code=code)
    if rules.is_misread(source, component):
        reason = "hours_as_money" if booking.is_hours else "money_as_hours"
        return LeftOut(employee, reason, source=source, code=code)
    return component


def _component_problem(
    component: int, offered: Mapping[int, Component] | None
) -> str | None:
    """The reason why this file may not hold the component; None when it may."""
    if offered is None:
        return None
    if component not in offered:
        return "unknown_code"
    return None if offered[component].collective else "not_collective"


def _unit(booking: Booking, rules: Rules) -> int | LeftOut:
    """The distribution unit of the department on the day of the booking."""
    employee = booking.employee
    department = rules.history.at(employee, booking.day)
    if department is None or department not in rules.units:
        return LeftOut(employee, "no_cost_center", department=department)
    code = rules.units[department]
    if not code:
        return LeftOut(employee, "unknown_unit", department=department)
    unit = unit_number(code)
    if unit is None:
        return LeftOut(employee, "bad_unit", department=department, code=code)
    return unit


def _tell_apart(outcome: Outcome, problem: LeftOut, parts: _Parts) -> None:
    """Hours of one type never make up for hours of another that were taken back.

    :param parts: of the problem, how many hours of each type
    """
    quantities = [part for part in parts.values() if abs(part) >= NOISE]
    if not quantities or min(quantities) > 0 or max(quantities) < 0:
        return
    del outcome.left_out[problem]
    for source, quantity in parts.items():
        if abs(quantity) < NOISE:
            continue
        outcome.left_out[replace(problem, source=source)] = Amount(hours=quantity)


def _empty_cells(outcome: Outcome, values: Mapping[Cell, _Parts]) -> None:
    """What would be 0,00 is an empty cell; told, unless all of it was taken back.

    :param values: of each cell, what is in it of each source but hours
    """
    for cell, amount in list(outcome.cells.items()):
        parts = [amount.hours, *values.get(cell, {}).values()]
        if rounded(amount.total):
            if rounded(amount.hours) and any(map(rounded, parts[1:])):
                _add_remark(outcome, "mixed", cell, amount)
            continue
        del outcome.cells[cell]
        if any(map(rounded, parts)):
            _add_remark(outcome, "evens_out", cell, amount)
        elif not amount.is_nothing:
            _add_remark(outcome, "rounds_away", cell, amount)


def _add_remark(outcome: Outcome, reason: str, cell: Cell, amount: Amount) -> None:
    """Tell something of a cell, beside what was told of others like it."""
    remark = Remark(reason, cell.employee, detail=str(cell.component))
    outcome.remarks[remark] += amount


def _remarks(
    booking: Booking, place: Cell | LeftOut | None, rules: Rules
) -> list[Remark]:
    """What a clerk is to know of a booking, wherever it went."""
    employee = booking.employee
    jobs = rules.jobs.get(employee, ())
    is_here = any(job.connection == rules.connection for job in jobs)
    source = None if booking.is_hours else booking.source
    remarks = []
    job = rules.job(booking)
    if job and is_here and (running := rivals(jobs, booking.day)):
        # Days that were counted go with the hours that they are of.
        remarks.append(Remark("several", employee, job.id, running, source=source))
    if place is None:
        # Whoever has nothing to do with this link is told of in one sum.
        reason, whom = (
            ("elsewhere", employee) if is_here else ("elsewhere_others", None)
        )
        if not job:  # no employment runs on the day: listed there, and not counted
            reason, whom = "elsewhere_listed", None
        detail = _payer(booking, rules)
        remarks.append(Remark(reason, whom, source=source, detail=detail))
    if isinstance(place, Cell) and job:
        if not job.in_loket:
            remarks.append(Remark("not_in_loket", employee, job.id, source=source))
        if booking.delivered:
            detail = booking.delivered
            remarks.append(Remark("sent_again", employee, source=source, detail=detail))
        undecided = _undecided(booking, rules)
        if undecided and undecided.connection != rules.connection:
            detail = rules.links.get(undecided.connection)
            remarks.append(Remark("may_move", employee, source=source, detail=detail))
        if _may_replace_salary(booking, job, place, rules):
            detail = str(place.component)
            remarks.append(Remark("beside_salary", employee, job.id, detail=detail))
    return remarks


def _may_replace_salary(booking: Booking, job: Job, cell: Cell, rules: Rules) -> bool:
    """Whether hours go to a component whose normal hours are left to Loket.

    Overtime or leave that has the code of the normal hours: Loket may take what the
    file holds for all of them.
    """
    return (
        booking.is_hours
        and job.salaried
        and booking.source not in rules.normal_hours
        and is_left_to_loket(
            booking.employee, cell.payroll_number, cell.component, rules
        )
    )


def _payer(booking: Booking, rules: Rules) -> str | None:
    """What the link is called that pays a booking or, by the last job, lists it."""
    jobs = rules.jobs.get(booking.employee, ())
    job = rules.job(booking) or max(
        jobs, key=lambda job: (job.end or date.max, job.connection), default=None
    )
    return rules.links.get(job.connection) if job else None


def _check_bounds(outcome: Outcome, rules: Rules) -> None:
    """Hours of a row may not be negative, nor reach a thousand.

    Loket takes all of an hours component for hours, wage entries in it too.
    """
    rows: dict[tuple[int, int, int | None, int | None], Decimal]
    rows = defaultdict(Decimal)
    for cell, amount in outcome.cells.items():
        is_hours = rules.counts_hours(cell.component)
        hours = amount.total if is_hours else amount.hours
        rows[cell.employee, cell.payroll_number, cell.shift, cell.unit] += hours
        if rounded(hours) < 0:
            _add_wrong(outcome, cell.employee, "negative", hours, cell.component)
    for (employee, *_key), hours in rows.items():
        if rounded(hours) >= HOURS_LIMIT:
            _add_wrong(outcome, employee, "too_many", hours)


def _check_shared_numbers(outcome: Outcome) -> None:
    """Two people on one payroll number would be paid as one."""
    people: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for cell, amount in outcome.cells.items():
        people[cell.payroll_number][cell.employee] += amount.hours
    for number, hours_of in people.items():
        if len(hours_of) > 1:
            for employee, hours in hours_of.items():
                _add_wrong(outcome, employee, "shared_number", hours, number)


def _add_wrong(
    outcome: Outcome,
    employee: int,
    reason: str,
    hours: Decimal,
    number: int | None = None,
) -> None:
    """List what is in the cells and makes the file wrong."""
    code = None if number is None else str(number)
    outcome.left_out[LeftOut(employee, reason, code=code)].hours += hours
