# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Loket in memory, and the company that the tests of employees work on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user

from ..gateway import CostCenters, Employment, Employments, Person
from ..gateway.port import Gateway, Lists, Numbers
from ..people import quiet


class FakeGateway(Gateway):
    """Answers from lists that a test edits; ``error`` is raised on every read."""

    def __init__(self):
        self.people = []
        self.problems = []
        self.hidden = []
        self.payroll_periods = []
        self.error = None
        self.count = None  # of changes; None: the right to ask for it is missing
        self.missing = []
        self.slips = None  # the PeriodData; None: by file only
        self.asked = []  # what was asked of Loket
        self.understood = 0  # how often its lists were made records of
        self.has_digest = True  # of its lists
        self.has_told = False  # of each of them
        self.chosen = []  # whom alone somebody asked for

    def employers(self):
        return []

    def administrations(self, employer_ref):
        return []

    def cost_centers(self, employer_ref, administration_ref):
        return CostCenters(records=())

    def components(self, administration_ref, year):
        self.asked.append("components")
        return []

    def periods(self, administration_ref, first_year):
        self.asked.append("periods")
        return self.payroll_periods

    @property
    def period_data(self):
        return self.slips

    def highest_version(self, employer_ref, since):
        self.asked.append("count")
        if self.count is None:
            return super().highest_version(employer_ref, since)
        return self.count if self.count and self.count >= since else None

    def employments(self, employer_ref, administration_ref):
        self.asked.append("people")
        if self.error:
            raise self.error
        return Employments(records=tuple(self.people), problems=tuple(self.problems))

    def lists(self, employer_ref, administration_ref):
        found = self.employments(employer_ref, administration_ref)

        def read():
            self.understood += 1
            return found

        def told():
            return {one.employment_ref: quiet.digest(one) for one in found.records}

        def some(refs):
            chosen = [one for one in found.records if one.employment_ref in refs]
            self.chosen.append({one.payroll_number for one in chosen})
            return Employments(records=tuple(chosen))

        def numbers():
            for one in found.records:
                number = one.person.employee_number
                yield Numbers(one.employment_ref, number, one.payroll_number)

        digest = quiet.digest(found.records, found.problems)
        if self.has_told and not found.problems:
            return Lists(read, digest, told, some, numbers)
        return Lists(read, digest if self.has_digest else None)

    def hidden_by_filter(self, employer_ref):
        self.asked.append("filter")
        return self.hidden

    def missing_activities(self, employer_ref):
        self.asked.append("rights")
        return self.missing

    def change(self, number, *, person=None, **values):
        """Change the employment with this payroll number, and its person."""
        for index, one in enumerate(self.people):
            if one.payroll_number == number:
                who = replace(one.person, **(person or {}))
                self.people[index] = replace(one, person=who, **values)


def employment(number, first="Jan", last="Bakker", person=None, **values):
    """An employment that started in 2024, of a person born on a fixed day."""
    who = {
        "employee_ref": f"person-{number}",
        "employee_number": str(number),
        "first_name": first,
        "last_name": last,
        "birthday": date(1980, 1, 1),
        "gender": "female",
        "street": "Dorpsstraat 1",
        "zip": "1234 AB",
        "city": "Utrecht",
        "country_code": "NL",
        "email": f"p{number}@thuis.example",
        "phone": "030 1234567",
        "work_email": f"p{number}@voorbeeld.example",
        **(person or {}),
    }
    return Employment(
        **{
            "employment_ref": f"job-{number}",
            "person": Person(**who),
            "payroll_number": number,
            "start_date": date(2024, 3, 1),
            "hours_per_week": Decimal(32),
            "wage": Decimal("3210.50"),
            "contract_type": "permanent",
            "job_title": "Loodgieter",
            **values,
        }
    )


class EmployeesCase(TransactionCase):
    """One ready connection, answered by ``self.loket`` (a new one for each test)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Voorbeeld B.V."})
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.responsible = new_test_user(
            cls.env,
            "loket-responsible",
            "l10n_nl_loket.group_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.gateways = {}
        cls.connection = cls.connect(FakeGateway(), cls.company, "Voorbeeld")
        cls.startClassPatcher(
            patch.object(
                type(cls.env["loket.connection"]),
                "_gateway",
                lambda connection: cls.gateways[connection.id],
            )
        )

    def setUp(self):
        super().setUp()
        self.loket = FakeGateway()
        self.gateways[self.connection.id] = self.loket

    @classmethod
    def connect(cls, gateway, company, name):
        """A ready connection that ``gateway`` answers."""
        connection = cls.env["loket.connection"].create(
            {
                "name": name,
                "company_id": company.id,
                "employer_ref": "employer",
                "administration_ref": name,
                # Who has no role in a company is not told of its people.
                "user_id": company in cls.responsible.company_ids
                and cls.responsible.id,
                "state": "ready",
            }
        )
        cls.gateways[connection.id] = gateway
        return connection

    def sync(self, connection=None):
        """Synchronise; returns the run."""
        return self.env["loket.sync.run"]._sync(connection or self.connection)

    def row(self, number, connection=None):
        """The loket.employee with this payroll number."""
        return self.env["loket.employee"].search(
            [
                ("connection_id", "=", (connection or self.connection).id),
                ("payroll_number", "=", number),
            ]
        )

    def arrive(self, *people):
        """Let Loket give these employments from now on; returns their rows, in order.

        :param people: employments of distinct payroll numbers
        """
        self.loket.people = list(people)
        self.sync()
        return self.env["loket.employee"].union(
            *(self.row(one.payroll_number) for one in people)
        )

    def make_employee(self, **values):
        """An employee whom Loket may or may not know."""
        return self.env["hr.employee"].create(
            {"name": "Iemand", "company_id": self.company.id, **values}
        )

    def link(self, row, employee):
        """Link a row to an employee, as the wizard does."""
        row.write({"decision": "link", "employee_id": employee.id})
        row.action_apply()

    def writes(self, records):
        """A list that gets the values of every later write to such records."""
        written = []
        original = type(records).write

        def write(those, vals):
            written.append(vals)
            return original(those, vals)

        self.patch(type(records), "write", write)
        return written
