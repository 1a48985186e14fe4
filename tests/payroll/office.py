# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payroll office of plain values: who works there, and the rules of its file."""

from datetime import date
from decimal import Decimal

from odoo.addons.l10n_nl_loket.payroll import (
    Booking,
    Component,
    History,
    Job,
    Rules,
    Source,
    land,
)

HERE, ELSEWHERE = 1, 2  # two links with Loket
ANNA, BRAM = 11, 12
SHOP, OFFICE = 21, 22
MOTHER, BRANCH, OTHER_BRANCH, SUB_BRANCH, STRANGER = 51, 52, 53, 54, 55
#: The companies, each with those above it.
PATHS = {
    MOTHER: (MOTHER,),
    BRANCH: (MOTHER, BRANCH),
    OTHER_BRANCH: (MOTHER, OTHER_BRANCH),
    SUB_BRANCH: (MOTHER, BRANCH, SUB_BRANCH),
    STRANGER: (STRANGER,),
}
WORK, OVERTIME, SICK = (Source("hours", number) for number in (31, 32, 33))
BONUS, TRAVEL_DAYS = Source("wage", 41), Source("wage", 42)
CODES = {WORK: "1", OVERTIME: "30", BONUS: "86"}


def day(number, month=9):
    """A day of September 2026."""
    return date(2026, month, number)


def job(number, connection=HERE, start=date(2025, 1, 1), **values):
    return Job(
        **{
            "connection": connection,
            "start": start,
            "end": None,
            "payroll_number": number,
            "shift": None,
            **values,
        }
    )


def rules(**values):
    """The rules of a file with units and without a list of components."""
    start = date(2025, 1, 1)
    return Rules(
        **{
            "connection": HERE,
            "jobs": {ANNA: [job(1)], BRAM: [job(2)]},
            "history": History([(ANNA, start, SHOP), (BRAM, start, OFFICE)]),
            "codes": CODES,
            "offered": None,
            "units": {SHOP: "100", OFFICE: "200"},
            "with_unit": True,
            "default_shift": 1,
            **values,
        }
    )


def hours(employee, number, quantity, source=WORK):
    return Booking(employee, day(number), source, Decimal(quantity), is_hours=True)


def value(employee, number, quantity, source=BONUS):
    return Booking(employee, day(number), source, Decimal(quantity), is_hours=False)


def offered(measure=None, collective=True):
    return Component("Component", collective, measure)


def cells(outcome):
    """{(payroll number, unit, component): total}"""
    return {
        (cell.payroll_number, cell.unit, cell.component): amount.total
        for cell, amount in outcome.cells.items()
    }


def left_out(outcome):
    """{(employee, reason): (hours, value)}"""
    return {
        (problem.employee, problem.reason): (amount.hours, amount.value)
        for problem, amount in outcome.left_out.items()
    }


def reasons(*bookings, **values):
    """Why something is left out, in a file of these bookings and rules."""
    outcome = land(bookings, rules(**values))
    return [problem.reason for problem in outcome.left_out]
