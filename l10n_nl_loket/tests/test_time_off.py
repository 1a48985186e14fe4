# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time off beside timesheets; skipped where Odoo's time off is not installed."""

from odoo.tests import tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestTimeOff(ExportCase):
    def setUp(self):
        super().setUp()
        if "holiday_id" not in self.env["account.analytic.line"]._fields:
            self.skipTest("project_timesheet_holidays is not installed")
        self.sick = self.env["hr.work.entry.type"].create(
            {"name": "Ziek", "code": "ZIEK", "is_leave": True}
        )
        self._map_component("40", work_entry_type_id=self.sick.id)
        self.leave_type = self.env["hr.leave.type"].create(
            {
                "name": "Ziekteverlof",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
                "company_id": self.company.id,
            }
        )
        self._book(self.bram, 1, 8)

    def away(self, employee, internal_project=False):
        """Somebody is away on the 1st and 2nd of September 2026."""
        self.company.internal_project_id = internal_project
        if internal_project:
            self.company.leave_timesheet_task_id = self.env["project.task"].create(
                {"name": "Verlof", "project_id": internal_project.id}
            )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": employee.id,
                "holiday_status_id": self.leave_type.id,
                "request_date_from": "2026-09-01",
                "request_date_to": "2026-09-02",
            }
        )
        self.assertEqual(leave.state, "validate")
        return leave

    def remarks(self):
        export = self._export()
        export.action_check()
        return export.remark_ids.filtered(lambda row: row.reason == "time_off")

    def test_time_off_that_made_no_hours_is_named_once_per_leave_type(self):
        self.away(self.anna)
        self.away(self.bram)
        remark = self.remarks()
        self.assertEqual(len(remark), 1)
        self.assertIn("Ziekteverlof: Anna de Vries, Bram", remark.display_name)

    def test_what_is_booked_by_hand_is_not_missed(self):
        self.leave_type.work_entry_type_id = self.sick
        self.away(self.anna)
        self._book(self.anna, 1, 8, work_entry_type_id=self.sick.id)
        self.assertIn("Anna de Vries", self.remarks().display_name, "one day of two")
        self._book(self.anna, 2, 8, work_entry_type_id=self.sick.id)
        self.assertFalse(self.remarks())

    def test_what_is_not_sent_on_purpose_is_not_missed(self):
        self.leave_type.work_entry_type_id = self.sick
        self.sick.loket_mapping_ids.write({"component_code": False, "is_skipped": True})
        self.away(self.anna)
        self.assertFalse(self.remarks())

    def test_who_is_paid_nowhere_here_is_not_missed(self):
        self.away(self._employee("Cees Vreemd", self.shop))
        self.assertFalse(self.remarks())

    def test_a_leave_type_that_gets_its_hour_type_later_is_taken_over(self):
        self.away(self.anna, self.project)
        lines = self.env["account.analytic.line"].search(
            [("employee_id", "=", self.anna.id)]
        )
        self.assertTrue(lines)
        self.assertNotIn(self.sick, lines.work_entry_type_id)
        chosen = lines[0]
        chosen.sudo().work_entry_type_id = self.overtime
        self.leave_type.work_entry_type_id = self.sick
        self.assertFalse(self.remarks(), "there are hours of it")
        self.assertEqual(chosen.work_entry_type_id, self.overtime, "a person chose it")
        self.assertEqual((lines - chosen).work_entry_type_id, self.sick)
