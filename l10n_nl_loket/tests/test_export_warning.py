# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from .common_export import ExportCase


class TestExportWarning(ExportCase):
    """Each warning says whose hours it is about, and opens where it is put right."""

    def setUp(self):
        super().setUp()
        self._book(self.bram, 1, 4)

    def warning(self, reason):
        export = self._export()
        export.action_check()
        return export.warning_ids.filtered(lambda one: one.reason == reason)

    def records(self, action):
        return self.env[action["res_model"]].search(action["domain"])

    def test_people_who_are_not_linked_are_grouped_by_name_and_hours(self):
        for number in range(5):
            stranger = self._employee(f"Vreemd {number}", self.shop)
            self._book(stranger, 1, 9 - number)
        warning = self.warning("not_linked")
        self.assertEqual(warning.hours, 35)
        self.assertEqual(
            warning.people,
            "Vreemd 0 (9.00), Vreemd 1 (8.00), Vreemd 2 (7.00) and 2 more",
        )
        people = self.records(warning.action_fix())
        self.assertEqual(people.mapped("name")[:1], ["Vreemd 0"])

    def test_while_there_is_somebody_to_decide_on_that_is_opened(self):
        self._book(self._employee("Cees Vreemd", self.shop), 1, 3)
        self._link(self.anna, 9, decision="pending", employee_id=False)
        action = self.warning("not_linked").action_fix()
        self.assertEqual(action["res_model"], "loket.employee")
        self.assertEqual(action["context"]["search_default_pending"], 1)

    def test_an_employment_to_correct_is_opened(self):
        self.anna_job.payroll_number = 0
        self._book(self.anna, 1, 8)
        action = self.warning("no_payroll_number").action_fix()
        self.assertEqual(self.records(action), self.anna_job)

    def test_an_hour_type_without_code_opens_its_line(self):
        self._book(self.anna, 1, 8, work_entry_type_id=self.overtime.id)
        warning = self.warning("no_code")
        self.assertEqual(
            warning.display_name, f"Hour type without a code: {self.overtime.name}"
        )
        action = warning.action_fix()
        self.assertEqual(
            action["context"]["search_default_work_entry_type_id"], self.overtime.id
        )
        self.assertIn(self.overtime, self.records(action).work_entry_type_id)

    def test_a_wage_component_without_code_opens_its_line(self):
        bonus = self.env["hr.wage.component"].create({"name": "Bonus", "code": "B"})
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": bonus.id,
                "date": "2026-09-03",
                "value": 250,
            }
        )
        warning = self.warning("no_code")
        self.assertEqual((warning.hours, warning.value), (0, 250))
        words = "Wage component without a code"
        self.assertEqual(warning.display_name, f"{words}: Bonus")
        self.assertIn(f"{words} (Bonus)", warning.left_out_ids.display_name)
        action = warning.action_fix()
        self.assertIn(bonus, self.records(action).wage_component_id)

    def test_a_department_without_cost_center_opens_its_line(self):
        self.shop.loket_mapping_ids.unlink()
        self._book(self.anna, 1, 8)
        action = self.warning("no_cost_center").action_fix()
        self.assertIn(self.shop, self.records(action).department_id)

    def test_an_employee_without_department_is_opened(self):
        self.anna.department_id = False
        self._book(self.anna, 1, 8)
        warning = self.warning("no_cost_center")
        self.assertEqual(self.records(warning.action_fix()), self.anna)

    def test_wrong_hours_open_the_timesheets_of_the_period(self):
        self._book(self.anna, 1, -8)
        action = self.warning("negative").action_fix()
        self.assertEqual(self.records(action).employee_id, self.anna)

    def test_a_clerk_is_told_whom_to_ask(self):
        self.anna.department_id = False
        self._book(self.anna, 1, 8)
        self._book(self.anna, 2, 8, work_entry_type_id=self.overtime.id)
        self._book(self.bram, 2, -8)
        self._book(self._employee("Cees Vreemd", self.shop), 1, 3)
        for reason, words in (
            ("no_code", "Ask the HR manager.*Loket 5555.*Overtime"),
            ("not_linked", "Ask the HR manager to link.*Cees Vreemd"),
            ("no_cost_center", "Ask somebody of HR.*Anna de Vries"),
            ("negative", "see all timesheets.*Bram Bakker"),
        ):
            warning = self.warning(reason).with_user(self.clerk)
            with self.assertRaisesRegex(UserError, words):
                warning.action_fix()
