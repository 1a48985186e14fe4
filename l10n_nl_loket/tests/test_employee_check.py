# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.connection.loket_connection import CHECK
from .common_employees import EmployeesCase, employment


@tagged("post_install", "-at_install")
class TestEmployeeCheck(EmployeesCase):
    """After linking: whose department and e-mail a person has to look at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office, cls.workshop = cls.env["hr.department"].create(
            [{"name": "Kantoor"}, {"name": "Werkplaats"}]
        )

    def link(self, told, **employee):
        """Link one employment to an employee who matches it; the row."""
        self.loket.people = [employment(1, **told)]
        self.sync()
        self.employee = self.env["hr.employee"].create(
            {
                "name": "Jan Bakker",
                "company_id": self.company.id,
                "barcode": "1",
                "work_email": "p1@voorbeeld.example",
                **employee,
            }
        )
        self.action = self.row(1).action_link_suggestion()
        self.assertEqual(self.row(1).employee_id, self.employee)
        return self.row(1)

    def test_another_department_is_to_check(self):
        row = self.link({"department_name": "Werkplaats"}, department_id=self.office.id)
        self.assertTrue(row.to_check)
        self.assertEqual(self.connection.employees_to_check, 1)
        action = row.action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("hr.employee", self.employee.id)
        )

    def test_another_email_is_to_check(self):
        self.assertTrue(self.link({}, work_email="anders@voorbeeld.example").to_check)

    def test_the_same_department_and_email_need_no_check(self):
        row = self.link(
            {"department_name": "kantoor"},
            department_id=self.office.id,
            work_email="P1@voorbeeld.example",
        )
        self.assertFalse(row.to_check)

    def test_the_department_of_the_cost_center_needs_no_check(self):
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "kind": "cost_center",
                "code": "100",
                "name": "Overhead",
            }
        )
        self.env["loket.department.mapping"].create(
            {
                "connection_id": self.connection.id,
                "department_id": self.office.id,
                "cost_center_id": center.id,
            }
        )
        row = self.link({"department_name": "Overhead"}, department_id=self.office.id)
        self.assertFalse(row.to_check)

    def test_what_loket_does_not_tell_needs_no_check(self):
        nothing = {"email": None, "work_email": None}
        row = self.link({"person": nothing}, department_id=self.office.id)
        self.assertFalse(row.to_check)

    def map(self, code, name, *departments, kind="distribution_unit"):
        """Give departments of Odoo a unit of Loket."""
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "kind": kind,
                "code": code,
                "name": name,
            }
        )
        for department in departments:
            self.env["loket.department.mapping"].create(
                {
                    "connection_id": self.connection.id,
                    "department_id": department.id,
                    "cost_center_id": center.id,
                }
            )

    def add(self, **told):
        row = self.arrive(employment(1, **told))
        row.action_add()
        self.assertFalse(row.problem)
        return row

    def test_an_added_employee_whose_unit_has_a_department_needs_no_check(self):
        self.map("10", "Tien", self.workshop)
        row = self.add(department_name="Werkplaats", distribution_unit="10")
        self.assertEqual(row.employee_id.department_id, self.workshop)
        self.assertFalse(row.to_check)

    def test_the_code_of_the_unit_wins_over_a_name_of_another(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Verkoop", self.office)
        row = self.add(department_name="Verkoop", distribution_unit="10")
        self.assertEqual(row.employee_id.department_id, self.workshop)
        self.assertFalse(row.to_check)

    def test_a_cost_center_of_the_same_code_is_no_unit(self):
        self.map("10", "Kosten", self.office, kind="cost_center")
        self.map("10", "Tien", self.workshop)
        row = self.add(department_name="Iets", distribution_unit="10")
        self.assertEqual(row.employee_id.department_id, self.workshop)

    def test_a_unit_of_a_branch_adds_an_employee_of_the_branch(self):
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id}
        )
        shop = self.env["hr.department"].create(
            {"name": "Winkel", "company_id": branch.id}
        )
        self.map("10", "Tien", shop)
        row = self.add(department_name="Iets", distribution_unit="10")
        self.assertEqual(row.employee_id.department_id, shop)
        self.assertEqual(row.employee_id.company_id, branch)
        self.assertEqual(row.employee_id.job_id.name, "Loodgieter")
        self.assertEqual(row.employee_id.resource_calendar_id.hours_per_week, 32)
        self.assertFalse(row.to_check)
        self.assertEqual(self.sync().state, "done")

    def test_a_unit_of_a_branch_that_comes_later_is_to_check(self):
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id}
        )
        shop = self.env["hr.department"].create(
            {"name": "Winkel", "company_id": branch.id}
        )
        self.map("10", "Tien", shop)
        row = self.add()
        self.loket.change(1, department_name="Iets", distribution_unit="10")
        self.assertEqual(self.sync().state, "done")
        self.assertEqual(row.employee_id.company_id, self.company)
        self.assertFalse(row.employee_id.department_id)
        self.assertTrue(row.to_check)

    def test_a_unit_of_two_departments_is_to_check_by_name(self):
        self.map("10", "Tien", self.workshop, self.office)
        row = self.add(department_name="Iets", distribution_unit="10")
        self.assertFalse(row.employee_id.department_id)
        self.assertTrue(row.to_check and row.check_department)
        self.assertIn("Kantoor", row.check_reasons)
        self.assertIn("Werkplaats", row.check_reasons)

    def test_a_unit_without_department_is_to_check_by_name(self):
        row = self.add(department_name="Werkplaats", distribution_unit="10")
        self.assertFalse(row.employee_id.department_id)
        self.assertTrue(row.to_check)
        self.assertIn("10 Werkplaats", row.check_reasons)

    def test_a_department_that_changes_in_loket_is_to_check(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Twintig", self.office)
        row = self.add(department_name="A", distribution_unit="10")
        self.loket.change(1, distribution_unit="20")
        self.sync()
        self.assertEqual(row.employee_id.department_id, self.workshop)
        self.assertTrue(row.check_department)
        self.assertIn("20", row.check_reasons)
        row.action_checked()
        self.sync()
        self.assertFalse(row.to_check)

    def test_a_department_is_to_check_though_the_contract_can_t_end(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Twintig", self.office)
        row = self.add(department_name="A", distribution_unit="10")
        self.loket.change(1, distribution_unit="20", end_date=date(2020, 1, 1))
        with mute_logger("odoo.sql_db"):
            self.sync()
        self.assertIn("2020-01-01", row.problem)
        self.assertTrue(row.check_department)
        self.assertIn("20", row.check_reasons)

    def test_departments_of_many_are_looked_up_once_a_night(self):
        departments = [self.workshop, self.office]
        self.map("10", "Tien", *departments)
        for number in range(1, 7):
            told = {"distribution_unit": "10", "person": {"first_name": f"J{number}"}}
            self.loket.people.append(employment(number, **told))
        self.sync()
        rows = self.env["loket.employee"].union(*map(self.row, range(1, 7)))
        for row in rows:
            row.action_add()
        self.assertTrue(all(row.check_department for row in rows))
        search = type(self.env["loket.department.mapping"])._search
        searches = []

        def counted(model, *args, **kwargs):
            searches.append(args)
            return search(model, *args, **kwargs)

        self.patch(type(self.env["loket.department.mapping"]), "_search", counted)
        self.sync()
        self.assertLess(len(searches), len(rows))

    def test_what_changes_back_is_not_asked_any_more_and_anew_it_is(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Twintig", self.office)
        row = self.add(department_name="A", distribution_unit="10")
        for unit, name, asks in (
            ("20", "B", "20"),
            (None, None, "(-)"),
            ("10", "A", None),
            ("20", "B", "20"),
            ("10", "A", None),
            (None, None, "(-)"),
            ("10", "A", None),
        ):
            self.loket.change(1, distribution_unit=unit, department_name=name)
            self.sync()
            self.assertEqual(row.employee_id.department_id, self.workshop)
            self.assertEqual(row.to_check, bool(asks), (unit, asks))
            self.assertIn(asks or "", row.check_reasons or "")
            if unit == "20":
                row.action_checked()
                self.assertFalse(row.to_check)

    def test_once_it_is_right_in_odoo_nobody_asks(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Twintig", self.office)
        row = self.add(department_name="A", distribution_unit="10")
        self.loket.change(1, distribution_unit="20")
        self.sync()
        row.employee_id.department_id = self.office
        self.sync()
        self.assertFalse(row.to_check)

    def test_a_department_that_changed_in_odoo_first_is_not(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Twintig", self.office)
        row = self.add(department_name="A", distribution_unit="10")
        row.employee_id.department_id = self.office
        self.loket.change(1, distribution_unit="20")
        self.sync()
        self.assertFalse(row.to_check)

    def test_after_linking_the_list_of_what_to_check_opens(self):
        row = self.link({}, work_email="anders@voorbeeld.example")
        follows = self.action["params"]["next"]
        self.assertEqual(follows["res_model"], "loket.employee")
        self.assertEqual(row.search(follows["domain"]), row)

    def test_checked_leaves_the_list_and_stays_off_it_at_night(self):
        row = self.link({}, work_email="anders@voorbeeld.example")
        row.action_checked()
        self.loket.change(1, person={"city": "Zwolle"})
        self.sync()
        self.assertFalse(row.to_check)

    def test_department_and_email_are_put_right_in_the_list(self):
        row = self.link({"department_name": "Werkplaats"}, department_id=self.office.id)
        with Form(row, view="l10n_nl_loket.loket_employee_view_list_check") as line:
            line.employee_department_id = self.workshop
            line.employee_work_email = "jan@voorbeeld.example"
        self.assertRecordValues(
            self.employee,
            [
                {
                    "department_id": self.workshop.id,
                    "work_email": "jan@voorbeeld.example",
                }
            ],
        )

    def test_checking_is_the_step_before_the_payroll_file(self):
        self.env["loket.component.mapping"].create(
            {
                "connection_id": self.connection.id,
                "work_entry_type_id": self.env.ref(
                    "hr_work_entry.work_entry_type_attendance"
                ).id,
                "component_code": "1",
            }
        )
        self.connection.action_hour_types()
        lines = self.connection.component_mapping_ids
        lines.filtered(lambda line: not line.is_mapped).action_skip()
        row = self.link({}, work_email="anders@voorbeeld.example")
        self.assertEqual(self.connection.next_step, "check")
        row.action_checked()
        self.assertEqual(self.connection.next_step, "export")

    # === WHAT A NIGHT ASKS === #

    def told(self):
        """What the one activity about what to check tells; empty without one."""
        activity = self.connection.activity_search([CHECK])
        self.assertLessEqual(len(activity), 1)
        return str(activity.note or "")

    def hire(self, *numbers):
        rows = self.arrive(*(employment(n, f"Jan{n}") for n in numbers))
        rows.action_add()
        self.assertFalse(any(rows.mapped("to_check")))
        return rows

    def move(self, *numbers, unit="20"):
        """Loket puts people in another unit; the run."""
        for number in numbers:
            self.loket.change(number, department_name="Elders", distribution_unit=unit)
        return self.sync()

    def test_what_a_night_asks_is_a_line_a_count_and_an_activity_by_name_once(self):
        self.map("10", "Tien", self.workshop)
        row = self.hire(1, 2)[0]
        self.loket.change(1, department_name="A", distribution_unit="10")
        self.assertFalse(self.sync().to_check, "what comes first is taken over")
        run = self.move(1)
        (line,) = run.line_ids.filtered(lambda line: line.kind == "check")
        self.assertEqual((line.name, line.loket_employee_id), ("Jan1 Bakker", row))
        self.assertEqual(line.message, row.check_reasons)
        self.assertIn("20 Elders", line.message)
        self.assertEqual((run.to_check, run.unchanged, run.failed), (1, 1, 0))
        self.assertEqual(run.state, "done")
        self.assertIn("1 employments to check: Jan1 Bakker.", self.told())
        self.assertEqual(self.connection.activity_search([CHECK]).user_id,
                         self.responsible)  # fmt: skip
        action = run.action_check()
        self.assertEqual(row.search(action["domain"]), row)

        self.connection.activity_search([CHECK]).action_feedback()
        run = self.sync()
        self.assertEqual((run.to_check, run.unchanged), (0, 2))
        self.assertFalse(run.line_ids or self.told(), "once")

    def test_a_start_that_moves_and_nothing_else_is_no_unchanged_row(self):
        row = self.hire(1)
        self.loket.change(1, start_date=date(2024, 2, 1))
        run = self.sync()
        self.assertFalse(run.unchanged)
        self.assertEqual(run.to_check, 1)
        self.assertIn(row.check_reasons, run.line_ids.mapped("message"))
        self.assertIn("Jan1", self.told())

    def test_the_unit_alone_that_changes_is_no_unchanged_row(self):
        self.map("10", "Tien", self.workshop)
        self.map("20", "Twintig", self.office)
        self.add(department_name="A", distribution_unit="10")
        self.loket.change(1, distribution_unit="20")
        run = self.sync()
        self.assertEqual((run.updated, run.unchanged, run.to_check), (0, 0, 1))
        self.assertEqual(run.line_ids.mapped("kind"), ["check"])

    def test_the_first_ten_are_named_those_of_tonight_before_the_others(self):
        rows = self.hire(*range(1, 14))
        self.move(*range(1, 13))
        self.assertIn("12 employments to check", self.told())
        self.assertEqual(self.told().count("Bakker"), 10)
        self.assertIn("and 2 more", self.told())
        self.move(13)
        self.assertIn("13 employments to check: Jan13 Bakker, ", self.told())
        rows[:12].action_checked()
        self.assertTrue(self.told())
        rows[12].action_checked()
        self.assertFalse(self.told(), "nothing is left to look at")

    def test_what_is_over_by_itself_asks_nobody_any_more(self):
        row = self.hire(1)
        self.move(1)
        self.assertTrue(self.told())
        self.map("20", "Twintig", self.workshop)
        row.employee_id.department_id = self.workshop
        self.sync()
        self.assertFalse(row.to_check or self.told())

    def test_one_reason_more_is_told_and_what_was_asked_is_not_again(self):
        row = self.hire(1)
        self.move(1)
        self.loket.change(1, start_date=date(2024, 2, 1))
        run = self.sync()
        (line,) = run.line_ids.filtered(lambda line: line.kind == "check")
        self.assertIn("1 Feb 2024", line.message)
        self.assertEqual(len(row._reasons_to_check()), 2)

    def test_who_is_back_in_loket_has_a_line(self):
        row = self.hire(*range(1, 12))[0]
        everybody, self.loket.people = self.loket.people, self.loket.people[1:]
        self.assertEqual(self.sync().line_ids.mapped("kind"), ["gone"])
        self.loket.people = everybody
        run = self.sync()
        self.assertTrue(row.in_loket)
        self.assertEqual((run.updated, run.unchanged), (1, 10))
        self.assertEqual(
            [(line.name, line.kind) for line in run.line_ids], [("Jan1 Bakker", "back")]
        )
        self.assertFalse(self.sync().line_ids)

    def test_the_form_tells_what_to_check_with_the_button_that_answers(self):
        row = self.hire(1)
        self.move(1)
        clerk = new_test_user(
            self.env,
            "loket-clerk",
            "l10n_nl_loket.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        view = "l10n_nl_loket.loket_employee_view_form"
        for user in (self.responsible, clerk):
            form = Form(row.with_user(user), view=view)
            self.assertTrue(form.to_check)
            self.assertIn("20 Elders", form.check_reasons)
        arch = row.with_user(self.responsible).get_view(self.env.ref(view).id)["arch"]
        self.assertIn('name="action_checked"', arch)
        arch = row.with_user(clerk).get_view(self.env.ref(view).id)["arch"]
        self.assertNotIn('name="action_checked"', arch)
