# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night may not do, against a Loket that speaks REST and SOAP over HTTP."""

import time
from dataclasses import replace
from datetime import date

from odoo.tests import tagged

from ..gateway import RestGateway, SoapGateway, TokenSet
from ..models.connection.loket_connection import WAITS
from ..models.sync.loket_sync_run_tell import TROUBLE
from .common_employees import EmployeesCase
from .common_sandbox import SandboxMixin


class Tokens:
    """Keeps the tokens of one link; they outlast a test."""

    def __init__(self, reply):
        self.tokens = TokenSet(
            access_token=reply["access_token"],
            refresh_token=reply["refresh_token"],
            expires_at=time.time() + reply["expires_in"],
        )

    def load(self):
        return self.tokens


class NightMixin:
    """A company whose people were all added; the sandbox plays what happens to it."""

    def setUp(self):
        super().setUp()
        employer = self.loket.company.employer
        self.connection.write(
            {
                "employer_ref": employer.id,
                "administration_ref": employer.administrations[0].id,
            }
        )
        self.gateways[self.connection.id] = self.gateway()
        self.sync()
        self.rows = self.env["loket.employee"].search(
            [("connection_id", "=", self.connection.id)]
        )
        for row in self.rows:
            row.decision = "add"
        self.rows.action_apply()
        self.assertFalse(self.rows.filtered("problem").mapped("problem"))
        self.assertEqual(self.sync().state, "done")
        self.person = self.rows.filtered(lambda row: row.employee_number == "108")[:1]
        self.assertTrue(self.person)

    def played(self, event, value=None):
        self.loket.faults.add(event, value)
        return self.sync()

    def told(self, kind):
        return str(self.connection.activity_search([kind]).note or "")

    def before(self):
        fields = ["name", "birthday", "sex", "private_street", "private_city"]
        return self.rows.employee_id.read([*fields, "contract_date_end"])

    def assert_waits(self, event):
        before = self.before()
        run = self.played(event)
        self.assertEqual(run.state, "partial")
        self.assertEqual(self.before(), before)
        self.assertTrue(self.told(WAITS))
        return run

    def test_another_person_under_an_employment(self):
        for event in ("other_person", "other_name_and_birthday", "other_employee_id"):
            with self.subTest(event):
                self.assert_waits(event)
                self.assertTrue(self.person.is_other_person)
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")
                self.assertFalse(self.told(WAITS))

    def test_swapped_payroll_numbers(self):
        numbers = self.rows.mapped("payroll_number")
        self.assert_waits("swapped_payroll_numbers")
        self.assertEqual(self.rows.mapped("payroll_number"), numbers)
        self.assertEqual(len(self.rows.filtered("number_waits")), 2)

    def test_too_much_for_one_night(self):
        for event in ("all_ended", "no_addresses", "one_name"):
            with self.subTest(event):
                self.assert_waits(event)
                self.assertTrue(self.connection.can_let_pass)
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")

    def test_a_row_that_one_list_lacks_and_a_list_that_is_empty(self):
        values = ("shift", "department_name", "snapshot")
        for event in ("no_working_hours", "no_organization", "no_wages"):
            with self.subTest(event):
                before = self.rows.mapped(lambda row: [row[name] for name in values])
                run = self.played(event, "108")
                self.assertEqual(run.line_ids.mapped("kind"), ["kept"])
                self.assertFalse(self.told(TROUBLE))
                run = self.played(event)
                self.assertIn("last known", self.told(TROUBLE))
                self.assertEqual(run.state, "partial")
                after = self.rows.mapped(lambda row: [row[name] for name in values])
                self.assertEqual(after, before)
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")

    def test_a_gender_in_an_unknown_word(self):
        sex = self.person.employee_id.sex
        run = self.played("unknown_gender")
        self.assertIn("Anders benoemd", run.message)
        self.assertEqual(self.person.employee_id.sex, sex)
        self.assertFalse(self.sync().message)

    def somebody(self):
        """The sandbox's own records of the person, and of the employment."""
        person = next(
            one for one in self.loket.company.employer.employees if one.number == 108
        )
        return person, person.employments[0]

    def test_one_who_can_t_be_read_is_named_once(self):
        self.assertEqual(self.played("missing_field", "108").state, "partial")
        self.assertIn("1 employments can't be read", self.told(TROUBLE))
        self.connection.activity_search([TROUBLE]).action_feedback()
        self.sync()
        self.assertFalse(self.told(TROUBLE))
        self.assertTrue(self.connection.last_error)

    def test_undecided_people_who_are_gone_are_told(self):
        gone = self.rows[:8]
        gone.action_reset()
        refs = set(gone.mapped("employment_ref"))
        for _person, job in self.loket.company.employer.employments():
            job.vanished = job.id in refs
        self.assertEqual(self.sync().state, "partial")
        self.assertTrue(all(gone.mapped("vanished_on")))
        for name in gone.mapped("name"):
            self.assertIn(name, self.told(WAITS))

    def test_a_department_that_changes_and_changes_back(self):
        units = [
            self.env["loket.cost.center"].create(
                {
                    "connection_id": self.connection.id,
                    "kind": "distribution_unit",
                    "ref": str(unit.code),
                    "code": str(unit.code),
                    "name": f"Eenheid {unit.code}",
                }
            )
            for unit in self.loket.company.employer.distribution_units[:2]
        ]
        departments = self.env["hr.department"].create(
            [{"name": f"Afdeling {unit.code}"} for unit in units]
        )
        for unit, department in zip(units, departments, strict=True):
            self.env["loket.department.mapping"].create(
                {
                    "connection_id": self.connection.id,
                    "department_id": department.id,
                    "cost_center_id": unit.id,
                }
            )
        employer = self.loket.company.employer
        _person, job = self.somebody()
        job.distribution_unit = employer.distribution_units[0]
        self.sync()
        self.person.employee_id.department_id = departments[0]
        self.sync()
        self.assertFalse(self.person.check_department)
        for step, asks in ((1, True), (0, False), (1, True), (0, False)):
            job.distribution_unit = employer.distribution_units[step]
            self.sync()
            self.assertEqual(self.person.check_department, asks)
            self.assertEqual(bool(self.person.check_reasons), asks)
            if asks:
                self.person.action_checked()

    def test_who_goes_over_without_an_address_keeps_no_old_one(self):
        employer = self.loket.company.employer
        person, job = self.somebody()
        second = self.connect(self.gateway(), self.company, "Tweede")
        second.write(
            {
                "employer_ref": employer.id,
                "administration_ref": employer.administrations[1].id,
            }
        )
        new = replace(
            job,
            id="0e6d2f0a-5d4b-4d53-9c2b-0a1b2c3d4e5f",
            payroll_id=999,
            administration=employer.administrations[1],
            start_date=max(job.start_date, date(2026, 1, 1)),
            end_date=None,
        )
        person.employments = [new]
        person.street = person.house_number = person.house_number_addition = None
        person.postal_code = person.city = person.location = None
        person.mobile = person.phone = None
        self.sync(second)
        row = self.row(999, second)
        row.action_add()
        employee = self.person.employee_id
        self.assertEqual(row.employee_id, employee)
        self.assertTrue(employee.private_street)
        self.sync()
        self.sync(second)
        self.assertFalse(self.person.in_loket)
        for name in ("private_street", "private_zip", "private_city", "private_phone"):
            self.assertFalse(employee[name], name)

    def test_an_end_in_a_chain_that_is_taken_back_leaves_no_cut(self):
        employee = self.person.employee_id
        _person, job = self.somebody()
        job.permanent, job.commission_until, job.end_date = True, None, None
        self.sync()
        start = employee.contract_date_start
        employee.version_id.contract_date_end = date(start.year + 1, 12, 31)
        employee.create_contract(date(start.year + 2, 1, 1))

        def ends():
            versions = employee.version_ids.sorted("contract_date_start")
            return versions.mapped("contract_date_end")

        self.assertEqual(self.sync().state, "done")
        self.assertEqual(ends(), [date(start.year + 1, 12, 31), False])
        job.end_date = date(start.year + 1, 6, 30)
        self.sync()
        self.assertEqual(ends(), [date(start.year + 1, 6, 30), False])
        job.end_date = None
        self.sync()
        self.assertEqual(ends(), [date(start.year + 1, 12, 31), False])

    def test_one_bad_record_is_a_problem_by_name_and_all_others_go_on(self):
        other = self.rows.filtered(lambda row: row.employee_number == "109")[:1]
        person = next(
            person
            for person in self.loket.company.employer.employees
            if person.number == 109
        )
        for event in ("nul_character", "half_surrogate", "huge_numbers", "huge_texts"):
            with self.subTest(event):
                person.city = f"Stad {event}"
                run = self.played(event)
                (problem,) = run.line_ids.filtered(lambda line: line.kind == "failed")
                self.assertEqual(run.state, "partial")
                self.assertEqual(problem.loket_employee_id, self.person)
                self.assertTrue(problem.name)
                self.assertEqual(self.person.problem, problem.message)
                self.assertTrue(self.person.in_loket)
                self.assertEqual(other.employee_id.private_city, f"Stad {event}")
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")

    def test_dates_at_the_bounds_end_in_no_bare_error(self):
        run = self.played("odd_dates")
        self.assertIn(run.state, ("done", "partial"))
        self.assertEqual(self.person.end_date.year, 9999)

    def test_nobody_can_be_read(self):
        self.assertEqual(self.played("missing_field", "all").state, "failed")
        self.assertIn("can't be read", self.told(TROUBLE))


@tagged("post_install", "-at_install")
class TestNightRest(NightMixin, SandboxMixin, EmployeesCase):
    def gateway(self):
        return RestGateway(
            api_url=self.loket.api_url,
            oauth_url=self.loket.oauth_url,
            client_id="odoo",
            client_secret="sandbox-secret",
            tokens=Tokens(self.loket.issue_tokens()),
            local=True,
        )


@tagged("post_install", "-at_install")
class TestNightSoap(NightMixin, SandboxMixin, EmployeesCase):
    def gateway(self):
        return SoapGateway(
            wsdl_url=self.loket.wsdl_url,
            link_key=self.loket.link_keys.issue(),
            local=True,
        )
