# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common_employees import EmployeesCase, employment


class DecidedCase(EmployeesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office, cls.workshop = cls.env["hr.department"].create(
            [
                {"name": "Kantoor", "company_id": cls.company.id},
                {"name": "Werkplaats", "company_id": cls.company.id},
            ]
        )

    def map(self, department, code):
        unit = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "kind": "distribution_unit",
                "code": code,
                "name": f"Eenheid {code}",
                "ref": code,
            }
        )
        return self.env["loket.department.mapping"].create(
            {
                "connection_id": self.connection.id,
                "department_id": department.id,
                "cost_center_id": unit.id,
            }
        )


@tagged("post_install", "-at_install")
class TestTakeOver(DecidedCase):
    """What is to check can be taken over from Loket, of one or of many."""

    def linked(self, *people, **employee):
        """Rows that are linked to employees of the office with another e-mail."""
        rows = self.arrive(*people)
        for row in rows:
            vals = {"department_id": self.office.id, "work_email": "oud@x.example"}
            self.link(row, self.make_employee(name=row.name, **{**vals, **employee}))
        return rows

    def test_department_and_email_of_many_are_taken_over_at_once(self):
        self.map(self.workshop, "10")
        people = [employment(n, last=f"B{n}", distribution_unit="10") for n in (1, 2)]
        rows = self.linked(*people)
        self.assertTrue(all(row.check_department and row.check_email for row in rows))
        action = rows.action_take_over()
        self.assertEqual(action["params"]["type"], "success")
        for row in rows:
            self.assertEqual(row.employee_id.department_id, self.workshop)
            self.assertEqual(row.employee_id.work_email, row.email)
            self.assertFalse(row.to_check)
        self.assertEqual(self.sync().state, "done")
        self.assertFalse(any(rows.mapped("to_check")), "the night asks it no more")

    def test_a_department_is_found_by_its_name_where_nothing_is_mapped(self):
        row = self.linked(employment(1, department_name="werkplaats"))
        row.action_take_over()
        self.assertEqual(row.employee_id.department_id, self.workshop)

    def test_what_is_unclear_stays_on_the_list_by_name(self):
        self.map(self.workshop, "10")
        clear, unclear = self.linked(
            employment(1, last="Klaar", distribution_unit="10"),
            employment(2, last="Vaag", distribution_unit="99"),
            work_email="p1@voorbeeld.example",
        )
        unclear.employee_id.work_email = "p2@voorbeeld.example"
        unclear.check_email = False
        action = (clear | unclear).action_take_over()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("Vaag", action["params"]["message"])
        self.assertNotIn("Klaar", action["params"]["message"])
        self.assertEqual(unclear.employee_id.department_id, self.office)
        self.assertTrue(unclear.to_check)
        with self.assertRaisesRegex(UserError, "not exactly one"):
            unclear.action_take_over()

    def test_a_name_with_an_underscore_is_that_name_and_no_pattern(self):
        self.workshop.name = "Zorg 1"
        row = self.linked(employment(1, department_name="Zorg_1"))
        row.check_department = True
        row.action_take_over()  # the e-mail
        self.assertEqual(row.employee_id.department_id, self.office)

    def test_of_two_departments_of_a_unit_none_is_taken(self):
        unit = self.map(self.workshop, "10").cost_center_id
        other = self.env["hr.department"].create(
            {"name": "Tweede", "company_id": self.company.id}
        )
        self.map(other, "11").cost_center_id = unit
        row = self.linked(employment(1, distribution_unit="10"))
        row.check_department = True
        row.action_take_over()  # the e-mail
        self.assertEqual(row.employee_id.department_id, self.office)
        self.assertTrue(row.check_department)

    def test_what_is_not_to_check_is_left_alone(self):
        row = self.linked(
            employment(1, department_name="Kantoor"), work_email="p1@voorbeeld.example"
        )
        self.assertFalse(row.to_check)
        row.employee_id.work_email = "zelf@gekozen.example"
        with self.assertRaises(UserError):
            row.action_take_over()
        self.assertEqual(row.employee_id.work_email, "zelf@gekozen.example")

    def test_a_clerk_takes_nothing_over_and_undoes_nothing(self):
        row = self.linked(employment(1))
        clerk = new_test_user(
            self.env,
            "loket-clerk",
            "l10n_nl_loket.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        for method in ("action_take_over", "action_undo", "action_undo_adding"):
            with self.assertRaises(AccessError):
                getattr(row.with_user(clerk), method)()
        self.assertEqual(row.employee_id.work_email, "oud@x.example")


@tagged("post_install", "-at_install")
class TestUndo(DecidedCase):
    """To undo *Add* may remove the employee that it made, while nothing hangs on it."""

    def added(self, **told):
        row = self.arrive(employment(1, **told))
        row.action_add()
        self.assertFalse(row.problem)
        return row

    def assert_asks(self, row):
        action = row.action_undo()
        self.assertEqual(action["target"], "new")
        self.assertEqual(row.decision, "add", "asking undoes nothing")

    def assert_keeps(self, row):
        """The decision is undone, nothing is asked, and the employee stays."""
        employee = row.employee_id
        with self.assertRaisesRegex(UserError, "is not removed"):
            row.action_undo_adding()
        self.assertTrue(row.employee_id)
        row.action_undo()
        self.assertEqual(row.decision, "pending")
        self.assertTrue(employee.exists())

    def test_the_employee_is_removed_with_contract_and_contact(self):
        row = self.added()
        employee = row.employee_id
        versions, contact = employee.version_ids, employee.work_contact_id
        self.assert_asks(row)
        row.with_user(self.responsible).action_undo_adding()
        for gone in (employee, versions, contact):
            self.assertFalse(gone.exists())
        self.assertEqual((row.decision, row.in_loket), ("pending", True))
        self.assertEqual(row.name, "Jan Bakker")
        self.sync()
        row.action_add()
        self.assertTrue(row.employee_id, "and may be added again")

    def test_it_may_be_kept(self):
        row = self.added()
        employee = row.employee_id
        self.assert_asks(row)
        row.action_reset()
        self.assertTrue(employee.exists())
        self.assertEqual(row.decision, "pending")

    def test_hours_a_user_a_report_or_a_note_keep_the_employee(self):
        project = self.env["project.project"].create(
            {"name": "Werk", "company_id": self.company.id, "allow_timesheets": True}
        )

        def book(employee):
            self.env["account.analytic.line"].create(
                {
                    "name": "/",
                    "employee_id": employee.id,
                    "project_id": project.id,
                    "unit_amount": 1,
                }
            )

        def give_user(employee):
            employee.user_id = new_test_user(
                self.env, "bakker", company_id=self.company.id,
                company_ids=self.company.ids,
            )  # fmt: skip

        hangs = {
            "hours": book,
            "user": give_user,
            "manager": lambda employee: self.make_employee(parent_id=employee.id),
            "department": lambda employee: self.office.write(
                {"manager_id": employee.id}
            ),
            "note": lambda employee: employee.message_post(
                body="Belt morgen", message_type="comment"
            ),
        }
        for what, hang in hangs.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                row = self.added()
                hang(row.employee_id)
                self.env.flush_all()
                self.assert_keeps(row)
                savepoint.rollback()
                self.env.invalidate_all()

    def of_yesterday(self, row):
        """Add was another transaction than what comes now."""
        employee = row.employee_id
        self.env.flush_all()
        parts = [employee, employee.version_ids, employee.work_contact_id]
        parts.append(employee.resource_id)
        if "calendar_ids" in employee._fields:  # another addon's, made with everybody
            parts.append(employee.calendar_ids)
        for part in parts:
            query = "UPDATE %s SET create_date = '2026-01-01' WHERE id = ANY(%s)"
            table = SQL.identifier(part._table)
            self.env.cr.execute(SQL(query, table, part.ids))
        self.env.invalidate_all()
        return employee

    def test_what_somebody_entered_later_keeps_the_employee(self):
        def attach(record):
            vals = {"name": "x", "res_model": record._name, "res_id": record.id}
            self.env["ir.attachment"].create({**vals, "raw": b"1"})

        def take_off(employee):
            self.env["resource.calendar.leaves"].create(
                {
                    "resource_id": employee.resource_id.id,
                    "date_from": "2026-10-01 06:00:00",
                    "date_to": "2026-10-01 16:00:00",
                }
            )

        def pay_to(employee):
            contact = {"partner_id": employee.work_contact_id.id}
            number = {"acc_number": "NL91ABNA0417164300"}
            bank = self.env["res.partner.bank"].create({**contact, **number})
            employee.bank_account_ids = bank

        hangs = {
            "contract": lambda one: one.create_version({"date_version": "2030-01-01"}),
            "document of the contract": lambda one: attach(one.version_id),
            "day off": take_off,
            "bank account": pay_to,
        }
        for what, hang in hangs.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                row = self.added()
                employee = self.of_yesterday(row)
                self.assertTrue(row._may_remove_employee())
                hang(employee)
                self.env.flush_all()
                self.assert_keeps(row)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_contact_that_was_there_before_stays(self):
        row = self.added()
        self.of_yesterday(row).work_contact_id = contact = self.env[
            "res.partner"
        ].create({"name": "Klant"})
        row.action_undo_adding()
        self.assertFalse(row.employee_id)
        self.assertTrue(contact.exists())

    def test_who_was_in_odoo_before_is_never_removed(self):
        row = self.arrive(employment(1))
        self.link(row, self.make_employee(name="Jan Bakker"))
        self.assert_keeps(row)

    def test_of_a_second_job_the_employee_stays(self):
        person = {"employee_ref": "same"}
        first, second = self.arrive(
            employment(1, person=person), employment(2, person=person)
        )
        first.action_add()
        second.action_add()
        self.assertEqual(first.employee_id, second.employee_id)
        for row in (first, second):
            self.assertFalse(row._may_remove_employee())

    def test_another_link_makes_it_another_employee(self):
        row = self.added()
        row.action_reset()
        self.link(row, self.make_employee(name="Jan Bakker"))
        self.assertFalse(row.made_employee)
        self.assert_keeps(row)

    def test_several_at_once_are_only_undone(self):
        rows = self.arrive(employment(1), employment(2, last="Smit"))
        rows.action_add()
        employees = rows.employee_id
        rows.action_undo()
        self.assertEqual(rows.mapped("decision"), ["pending"] * 2)
        self.assertEqual(employees.exists(), employees)
