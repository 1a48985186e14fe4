# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import new_test_user

from .common_export import ExportCase


class TestHourType(ExportCase):
    def test_a_line_is_attendance_unless_something_says_otherwise(self):
        line = self._book(self.anna, 1, 8)
        self.assertEqual(line.work_entry_type_id, self.attendance)

    def test_a_project_gives_its_lines_its_own_hour_type(self):
        self.project.loket_work_entry_type_id = self.overtime
        line = self._book(self.anna, 1, 8)
        self.assertEqual(line.work_entry_type_id, self.overtime)

    def test_a_project_that_changes_its_default_leaves_booked_hours_alone(self):
        line = self._book(self.anna, 1, 8)
        self.env.flush_all()
        self.project.loket_work_entry_type_id = self.overtime
        self.assertEqual(line.work_entry_type_id, self.attendance)

    def test_a_chosen_hour_type_stays(self):
        line = self._book(self.anna, 1, 8, work_entry_type_id=self.overtime.id)
        line.unit_amount = 4
        self.assertEqual(line.work_entry_type_id, self.overtime)

    def test_an_analytic_line_without_project_has_none(self):
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Account", "plan_id": plan.id, "company_id": self.company.id}
        )
        line = self.env["account.analytic.line"].create(
            {"name": "Cost", plan._column_name(): account.id, "amount": 1}
        )
        self.assertFalse(line.work_entry_type_id)

    def test_somebody_who_only_books_hours_can_read_the_hour_type(self):
        user = new_test_user(
            self.env,
            login="books-hours",
            groups="hr_timesheet.group_hr_timesheet_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.anna.user_id = user
        line = self._book(self.anna, 1, 8)
        self.assertEqual(line.with_user(user).work_entry_type_id.name, "Attendance")
