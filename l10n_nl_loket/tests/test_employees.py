# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..gateway import Problem
from .common_employees import EmployeesCase, FakeGateway, employment


@tagged("post_install", "-at_install")
class TestEmployees(EmployeesCase):
    def add(self, *numbers):
        self.loket.people = [employment(number, f"Jan{number}") for number in numbers]
        self.sync()
        rows = self.env["loket.employee"].union(*map(self.row, numbers))
        rows.action_add()
        return rows

    def make_employee(self, **values):
        return self.env["hr.employee"].create(
            {"name": "Iemand", "company_id": self.company.id, **values}
        )

    def test_new_employments_wait_for_a_decision_and_one_activity_tells(self):
        self.loket.people = [employment(1), employment(2)]
        run = self.sync()
        self.assertEqual(self.row(1).decision, "pending")
        self.assertRecordValues(run, [{"state": "done", "created": 2, "failed": 0}])
        self.loket.people.append(employment(3))
        self.sync()
        self.assertEqual(len(self.connection.activity_ids), 1)

    def test_adding_makes_an_employee_with_contract_data(self):
        employee = self.add(1).employee_id
        self.assertRecordValues(
            employee,
            [
                {
                    "name": "Jan1 Bakker",
                    "private_street": "Dorpsstraat 1",
                    "private_city": "Utrecht",
                    "work_email": "p1@voorbeeld.example",
                    "private_email": "p1@thuis.example",
                    "contract_date_start": date(2024, 3, 1),
                    "contract_date_end": False,
                    "wage": 3210.5,
                }
            ],
        )
        self.assertEqual(employee.resource_calendar_id.hours_per_week, 32)
        self.assertEqual(employee.job_id.name, "Loodgieter")

    def test_several_employments_of_one_person_are_one_employee(self):
        same = {"employee_ref": "person-1"}
        self.loket.people = [employment(1), employment(2, person=same)]
        self.sync()
        rows = self.row(1) | self.row(2)
        rows.action_add()
        self.assertEqual(len(rows.employee_id), 1)

    def test_suggestions_say_why(self):
        badge = self.make_employee(name="J. Bakker", barcode="001")
        mail = self.make_employee(work_email="P2@voorbeeld.example")
        born = self.make_employee(name="jan3 bakker", birthday=date(1980, 1, 3))
        self.loket.people = [
            employment(n, f"Jan{n}", person={"birthday": date(1980, 1, n)})
            for n in (1, 2, 3, 4)
        ]
        self.sync()
        for number, employee, reason in (
            (1, badge, "number"),
            (2, mail, "e-mail"),
            (3, born, "birth date"),
        ):
            self.assertEqual(self.row(number).suggested_employee_id, employee)
            self.assertIn(reason, self.row(number).suggestion_reason)
        self.assertFalse(self.row(4).suggested_employee_id)

    def test_two_candidates_are_no_suggestion(self):
        for _index in range(2):
            self.make_employee(name="Jan Bakker", birthday=date(1980, 1, 1))
        self.loket.people = [employment(1)]
        self.sync()
        self.assertFalse(self.row(1).suggested_employee_id)

    def test_linking_leaves_department_and_work_email(self):
        department = self.env["hr.department"].create({"name": "Kantoor"})
        employee = self.make_employee(
            work_email="eigen@voorbeeld.example", department_id=department.id
        )
        self.loket.people = [employment(1, department_name="Werkplaats")]
        self.sync()
        wizard = self.env["loket.employee.link.wizard"].create(
            {"loket_employee_id": self.row(1).id, "employee_id": employee.id}
        )
        wizard.action_link()
        self.assertEqual(employee.name, "Iemand", "another name: asked first")
        wizard.action_link_anyway()
        self.assertRecordValues(
            employee,
            [
                {
                    "name": "Jan Bakker",
                    "private_city": "Utrecht",
                    "work_email": "eigen@voorbeeld.example",
                    "department_id": department.id,
                }
            ],
        )

    def test_ignored_stays_ignored(self):
        self.loket.people = [employment(1)]
        self.sync()
        self.row(1).action_ignore()
        self.loket.change(1, person={"city": "Zwolle"})
        self.sync()
        self.assertEqual(self.row(1).decision, "ignore")
        self.assertFalse(self.row(1).employee_id)

    def test_who_is_linked_is_not_left_out_without_a_word(self):
        rows = self.add(1)
        with self.assertRaisesRegex(UserError, "linked already"):
            rows.action_ignore()
        self.assertEqual(rows.decision, "add")

    def test_name_address_and_end_date_are_taken_over_with_old_and_new(self):
        employee = self.add(1).employee_id
        self.loket.change(
            1,
            person={"city": "Zwolle", "last_name": "Visser"},
            end_date=date(2026, 6, 30),
        )
        run = self.sync()
        self.assertEqual(employee.name, "Jan1 Visser")
        self.assertEqual(employee.private_city, "Zwolle")
        self.assertEqual(employee.contract_date_end, date(2026, 6, 30))
        self.assertIn(
            ("Utrecht", "Zwolle"),
            run.line_ids.mapped(lambda line: (line.old_value, line.new_value)),
        )

    def test_the_end_of_a_temporary_contract_is_taken_over(self):
        until = date(2026, 6, 30)
        self.loket.people = [
            employment(1, contract_type="temporary", appointed_until=until),
            employment(2, "Kees", contract_type="permanent", appointed_until=until),
        ]
        self.sync()
        (self.row(1) | self.row(2)).action_add()
        self.assertEqual(self.row(1).employee_id.contract_date_end, until)
        self.assertFalse(self.row(2).employee_id.contract_date_end)
        self.assertFalse(self.row(1).end_date, "hours may still be booked after it")

    def test_a_name_is_written_the_dutch_way(self):
        who = {"prefix": "van den"}
        self.loket.people = [employment(1, "Kees", "Berg", person=who)]
        self.sync()
        self.assertEqual(self.row(1).name, "Kees van den Berg")

    def test_withdrawn_end_date_is_taken_over(self):
        employee = self.add(1).employee_id
        self.loket.change(1, end_date=date(2026, 6, 30))
        self.sync()
        self.loket.change(1, end_date=None)
        self.sync()
        self.assertFalse(employee.contract_date_end)

    def test_wage_is_taken_over_once(self):
        employee = self.add(1).employee_id
        employee.wage = 4000
        self.loket.change(1, wage=5000)
        self.sync()
        self.assertEqual(employee.wage, 4000)

    def test_unchanged_employees_are_not_written(self):
        employees = self.add(1, 2).employee_id
        self.env.flush_all()
        written = []
        original = type(employees).write

        def write(records, vals):
            written.append(vals)
            return original(records, vals)

        self.patch(type(employees), "write", write)
        run = self.sync()
        self.assertEqual(written, [])
        self.assertEqual(run.unchanged, 2)

    def test_one_bad_employee_stops_no_other(self):
        first, second = self.add(1, 2)
        self.loket.change(1, end_date=date(2020, 1, 1))
        self.loket.change(2, person={"city": "Zwolle"})
        self.loket.problems = [Problem(ref="x", name="Piet", reason="No last name")]
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertTrue(first.problem)
        self.assertEqual(second.employee_id.private_city, "Zwolle")
        self.assertIn("No last name", run.line_ids.mapped("message"))

    def test_too_many_vanished_changes_nothing_and_tells(self):
        rows = self.add(1, 2, 3, 4, 5)
        self.loket.people = self.loket.people[:3]
        self.loket.change(1, person={"city": "Zwolle"})
        run = self.sync()
        self.assertEqual(run.state, "failed")
        self.assertEqual(rows[0].employee_id.private_city, "Utrecht")
        self.assertTrue(all(rows.mapped("in_loket")))
        self.assertIn("vanished", str(self.connection.activity_ids.mapped("summary")))

    def test_few_vanished_are_shown_and_not_ended(self):
        rows = self.add(1, 2, 3, 4, 5)
        self.loket.people = self.loket.people[:4]
        self.sync()
        self.assertFalse(rows[4].in_loket)
        self.assertTrue(rows[4].problem)
        self.assertFalse(rows[4].employee_id.contract_date_end)

    def test_number_of_another_person_elsewhere_blocks_those_rows_only(self):
        other = FakeGateway()
        other.people = [employment(1, "Kees", person={"employee_ref": "other"})]
        second = self.connect(other, self.company, "Tweede")
        self.loket.people = [employment(1), employment(2, "Piet")]
        self.sync()
        self.sync(second)
        rows = self.row(1) | self.row(2) | self.row(1, second)
        rows.action_add()
        self.assertFalse((self.row(1) | self.row(1, second)).employee_id)
        self.assertIn("Kees", self.row(1).problem)
        self.assertTrue(self.row(2).employee_id)

    def test_another_company_sees_nothing_and_a_clerk_decides_nothing(self):
        self.loket.people = [employment(1)]
        self.sync()
        row = self.row(1)
        other = self.env["res.company"].create({"name": "Ander B.V."})
        stranger = new_test_user(
            self.env,
            "stranger",
            "l10n_nl_loket.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        clerk = new_test_user(
            self.env,
            "clerk",
            "l10n_nl_loket.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        Rows = self.env["loket.employee"].with_context(allowed_company_ids=None)
        self.assertFalse(Rows.with_user(stranger).search([]))
        self.assertEqual(row.with_user(clerk).name, "Jan Bakker")
        for call in (
            lambda: row.with_user(clerk).action_apply(),
            lambda: row.with_user(clerk).action_add(),
            lambda: row.with_user(clerk).birthday,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_department_is_that_of_the_distribution_unit(self):
        office, shop = self.env["hr.department"].create(
            [
                {"name": "Kantoor", "company_id": self.company.id},
                {"name": "Werkplaats", "company_id": self.company.id},
            ]
        )
        for code, department in (("10", office), ("20", shop)):
            center = self.env["loket.cost.center"].create(
                {
                    "connection_id": self.connection.id,
                    "code": code,
                    "name": f"Kostenplaats {code}",
                    "kind": "distribution_unit",
                }
            )
            self.env["loket.department.mapping"].create(
                {
                    "connection_id": self.connection.id,
                    "department_id": department.id,
                    "cost_center_id": center.id,
                }
            )
        self.loket.people = [
            employment(1, distribution_unit="20"),
            employment(2, "Kees", distribution_unit="30"),
        ]
        self.sync()
        (self.row(1) | self.row(2)).action_add()
        self.assertEqual(self.row(1).employee_id.department_id, shop)
        self.assertFalse(self.row(2).employee_id.department_id)

    def test_linking_suggestions_without_any_says_so(self):
        self.loket.people = [employment(1)]
        self.sync()
        with self.assertRaises(UserError):
            self.row(1).action_link_suggestion()
