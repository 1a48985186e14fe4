# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From bookings to the cells of a payroll file. Plain Python, no recordsets.

Every booking ends either in a cell or in a left-out: nothing disappears silently.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..payroll_file import rounded
from ..payroll_file.content import HIGHEST_COMPONENT, is_number

HOURS_LIMIT = Decimal(1000)
#: What floats of 1/3 hour leave when they are added up; less than any real booking.
NOISE = Decimal("1e-6")

#: Left out when the clerk accepts it; every other reason blocks the file.
ACCEPTABLE = frozenset(
    {
        "not_linked",
        "no_employment",
        "not_in_loket",
        "no_payroll_number",
        "no_code",
        "no_cost_center",
    }
)


@dataclass(frozen=True, slots=True)
class Booking:
    """A quantity of one hour type or wage component, on one day."""

    employee: int
    day: date
    source: tuple[str, int]  # ("hours", hour type id) or ("wage", component id)
    quantity: Decimal

    @property
    def is_hours(self) -> bool:
        return self.source[0] == "hours"


@dataclass(frozen=True, slots=True)
class Job:
    """One employment at Loket; an empty start or end means: without limit."""

    connection: int
    start: date | None
    end: date | None
    payroll_number: int | None
    shift: int | None
    in_loket: bool = True

    def covers(self, day: date) -> bool:
        return (not self.start or self.start <= day) and (
            not self.end or day <= self.end
        )


class History:
    """The departments of employees through time, as Odoo's versions tell it."""

    def __init__(self, versions: Iterable[tuple[int, date, int | None]]):
        self._by_employee = defaultdict(list)
        for employee, start, department in sorted(versions, key=lambda v: v[:2]):
            self._by_employee[employee].append((start, department))

    def department(self, employee: int, day: date) -> int | None:
        """The department on a day; before the first version: that of the first."""
        versions = self._by_employee.get(employee)
        if not versions:
            return None
        index = bisect_right(versions, day, key=lambda version: version[0])
        return versions[max(index - 1, 0)][1]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value lands: one person's key columns and one component."""

    employee: int
    payroll_number: int
    shift: int | None
    unit: str | None
    code: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    employee: int
    reason: str
    source: tuple[str, int] | None = None
    department: int | None = None
    code: str | None = None

    @property
    def blocking(self) -> bool:
        return self.reason not in ACCEPTABLE


@dataclass(slots=True)
class Amount:
    """Exact sums: of everything, and of the hours in it."""

    total: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)

    def add(self, booking: Booking) -> None:
        self.total += booking.quantity
        if booking.is_hours:
            self.hours += booking.quantity


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that decides where a booking goes.

    `jobs` holds the employments of each employee, those that other links pay too.
    `offered` are the codes known to Loket; None when its list was never fetched.
    `hour_codes` are the components whose values Loket takes for hours.
    `units` are the distribution units by department; None where it is none of Loket's.
    """

    connection: int
    jobs: Mapping[int, list[Job]]
    history: History
    codes: Mapping[tuple[str, int], str]
    offered: Mapping[int, bool] | None
    hour_codes: frozenset[int]
    units: Mapping[int, str | None]
    with_unit: bool
    default_shift: int | None

    def pays(self, employee: int, day: date) -> bool:
        """Whether this link, and no other, pays what is booked on the day."""
        job = active_job(self.jobs.get(employee, ()), day)
        return bool(job) and job.in_loket and job.connection == self.connection


@dataclass(slots=True)
class Outcome:
    cells: dict[Cell, Amount] = field(default_factory=lambda: defaultdict(Amount))
    left_out: dict[LeftOut, Amount] = field(default_factory=lambda: defaultdict(Amount))


def active_job(jobs: Iterable[Job], day: date) -> Job | None:
    """The employment that pays this day; of two, the one that started last.

    One that Loket no longer gives comes last. Each link makes the same choice, so that
    no hour is paid twice.
    """
    covering = [job for job in jobs if job.covers(day)]
    return max(
        covering,
        key=lambda job: (
            job.in_loket,
            job.start or date.min,
            job.connection,
            job.payroll_number or 0,
        ),
        default=None,
    )


def collect(bookings: Iterable[Booking], rules: Rules) -> Outcome:
    outcome = Outcome()
    for booking in bookings:
        landed = _land(booking, rules)
        if isinstance(landed, Cell):
            outcome.cells[landed].add(booking)
        elif landed is not None:
            outcome.left_out[landed].add(booking)
    for amounts in (outcome.cells, outcome.left_out):
        nothing = [key for key, one in amounts.items() if abs(one.total) < NOISE]
        for key in nothing:
            # Hours that were booked and taken back are neither sent nor missing,
            # but a wrong file stays wrong.
            if isinstance(key, Cell) or not key.blocking:
                del amounts[key]
    _check_bounds(outcome, rules.hour_codes)
    _check_shared_numbers(outcome)
    return outcome


def _land(booking: Booking, rules: Rules) -> Cell | LeftOut | None:
    """The cell or the reason; None when another link pays this booking."""
    employee, day = booking.employee, booking.day
    jobs = rules.jobs.get(employee, ())
    job = active_job(jobs, day)
    if not jobs:
        return LeftOut(employee, "not_linked")
    if not job and any(one.connection == rules.connection for one in jobs):
        return LeftOut(employee, "no_employment")
    if not job or job.connection != rules.connection:
        return None  # another link pays this, or lists it
    if not job.in_loket:
        return LeftOut(employee, "not_in_loket")
    code = rules.codes.get(booking.source)
    if not code:
        return LeftOut(employee, "no_code", source=booking.source)
    if problem := _code_problem(code, rules.offered):
        return LeftOut(employee, problem, source=booking.source, code=code)
    if not job.payroll_number:
        return LeftOut(employee, "no_payroll_number")
    shift = job.shift or rules.default_shift or None
    unit = None
    if rules.with_unit:
        department = rules.history.department(employee, day)
        if department not in rules.units:
            return LeftOut(employee, "no_cost_center", department=department)
        unit = rules.units[department]
        if not unit:
            return LeftOut(employee, "unknown_unit", department=department)
        if not is_number(unit):
            return LeftOut(employee, "bad_unit", department=department, code=unit)
    return Cell(employee, job.payroll_number, shift, unit, int(code))


def _code_problem(code: str, offered: Mapping[int, bool] | None) -> str | None:
    digits = code.isascii() and code.isdigit()
    if not digits or not 1 <= int(code) <= HIGHEST_COMPONENT:
        return "bad_code"
    if offered is None or offered.get(int(code)):
        return None
    return "not_collective" if int(code) in offered else "unknown_code"


def _check_bounds(outcome: Outcome, hour_codes: frozenset[int]) -> None:
    """Hours of a row may not be negative, nor reach a thousand.

    Loket takes all of an hours component for hours, wage entries in it too.
    """
    rows = defaultdict(Decimal)
    for cell, amount in outcome.cells.items():
        hours = amount.total if cell.code in hour_codes else amount.hours
        rows[cell.employee, cell.payroll_number, cell.shift, cell.unit] += hours
        if rounded(hours) < 0:
            _wrong(outcome, cell.employee, "negative", hours, str(cell.code))
    for (employee, *_key), hours in rows.items():
        if rounded(hours) >= HOURS_LIMIT:
            _wrong(outcome, employee, "too_many", hours)


def _check_shared_numbers(outcome: Outcome) -> None:
    """Two people on one payroll number would be paid as one."""
    people = defaultdict(set)
    for cell in outcome.cells:
        people[cell.payroll_number].add(cell.employee)
    for number, employees in people.items():
        if len(employees) > 1:
            for employee in employees:
                hours = sum(
                    amount.hours
                    for cell, amount in outcome.cells.items()
                    if cell.employee == employee and cell.payroll_number == number
                )
                _wrong(outcome, employee, "shared_number", hours, str(number))


def _wrong(outcome, employee, reason, hours, code=None) -> None:
    found = outcome.left_out[LeftOut(employee, reason, code=code)]
    found.total += hours
    found.hours += hours
