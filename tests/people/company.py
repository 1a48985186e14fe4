# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small company as Odoo knows it, and as Loket tells of it, in plain values."""

from dataclasses import replace
from datetime import date

from odoo.addons.l10n_nl_loket.gateway import Employment, Employments, Person
from odoo.addons.l10n_nl_loket.people.known import Connection, Contract, Employee, Row
from odoo.addons.l10n_nl_loket.people.night import plan_night
from odoo.addons.l10n_nl_loket.people.plan import Known
from odoo.addons.l10n_nl_loket.people.snapshot import EMPLOYEE_FIELDS, row_vals

HERE = Connection(1, 1, "Voorbeeld", True)
ELSEWHERE = Connection(2, 1, "Tweede", True)
START = date(2024, 3, 1)
TODAY = date(2026, 3, 1)


def job(number, person=None, **values):
    """What Loket tells of an employment."""
    person = {
        "employee_ref": f"person-{number}",
        "first_name": f"Jan{number}",
        "last_name": "Bakker",
        "birthday": date(1980, 1, number),
        "street": "Dorpsstraat 1",
        "city": "Utrecht",
        "country_code": "NL",
        "phone": "030 1234567",
        **(person or {}),
    }
    return Employment(
        **{
            "employment_ref": f"job-{number}",
            "person": Person(**person),
            "payroll_number": number,
            "start_date": START,
            "contract_type": "permanent",
            **values,
        }
    )


def row(number, *, told=None, connection=HERE, **values):
    """The row of an employment that Loket told of before.

    :param told: the employment as it was then; by default that of ``job``
    """
    vals = row_vals(told or job(number))
    return replace(
        Row(
            id=connection.id * 1000 + number,
            connection=connection,
            name=vals["name"],
            employment_ref=vals["employment_ref"],
        ),
        **vals | values,
    )


def linked(number, employee_id=None, **values):
    """The row of an employment that was added."""
    employee_id = employee_id or number
    return row(
        number,
        **{"decision": "add", "employee_id": employee_id, **values},
    )


def employee(number, *contracts, **values):
    """An employee who is as ``job`` tells, with a contract since its start."""
    return Employee(
        id=number,
        version_id=number * 100,
        values={
            **dict.fromkeys(EMPLOYEE_FIELDS),
            "name": f"Jan{number} Bakker",
            "legal_name": f"Jan{number} Bakker",
            "birthday": date(1980, 1, number),
            "private_street": "Dorpsstraat 1",
            "private_city": "Utrecht",
            "private_phone": "030 1234567",
            "private_country_id": 31,
            **values,
        },
        contracts=contracts or (Contract(number * 100, START, None),),
    )


def known_of(rows=(), elsewhere=(), employees=(), **values):
    """What Odoo knows.

    :param employees: those who aren't as ``job`` tells
    :param values: what else, as ``Known`` has it
    """
    known_employees = {
        plain.employee_id: employee(plain.employee_id)
        for plain in rows
        if plain.employee_id
    }
    return Known(
        connection=HERE,
        rows=rows,
        elsewhere=elsewhere,
        employees=known_employees | {one.id: one for one in employees},
        countries={"NL": 31, "BE": 32},
        today=TODAY,
        **values,
    )


def night(jobs, rows=(), elsewhere=(), employees=(), problems=(), limit=20, **values):
    """The plan of a night; what Odoo knows is as ``known_of`` has it."""
    return plan_night(
        known_of(rows, elsewhere, employees, **values),
        Employments(records=tuple(jobs), problems=tuple(problems)),
        limit,
    )


def plan_of(plan, number):
    """The plan of the row with this payroll number on this connection."""
    return next(
        planned
        for planned in plan.rows
        if (planned.row and planned.row.payroll_number == number)
        or planned.vals.get("payroll_number") == number
    )
