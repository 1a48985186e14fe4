# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is archived hides no hours: they were worked, so they are paid."""

from odoo.tests import tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestExportArchived(ExportCase):
    def total(self):
        self.env.flush_all()
        return self._generate().total_hours

    def test_hours_of_somebody_who_left_are_in_the_file(self):
        self._book(self.anna, 1, 8)
        self.anna.active = False
        self.assertEqual(self.total(), 8)

    def test_hours_of_somebody_who_left_and_is_not_linked_are_named(self):
        self._book(self.anna, 1, 8)
        self.anna_job.write({"decision": "ignore", "employee_id": False})
        self.anna.active = False
        export = self._export()
        export.action_check()
        self.assertEqual(export.left_out_ids.employee_id, self.anna)
        self.assertEqual(export.left_out_ids.reason, "not_linked")

    def test_hours_on_a_project_that_is_closed_are_in_the_file(self):
        self._book(self.anna, 1, 8)
        self.project.active = False
        self.assertEqual(self.total(), 8)

    def test_hours_of_an_hour_type_that_is_archived_are_in_the_file(self):
        self._map_component("30", work_entry_type_id=self.overtime.id)
        self._book(self.anna, 1, 8, work_entry_type_id=self.overtime.id)
        self.overtime.active = False
        self.assertEqual(self.total(), 8)

    def test_time_off_of_an_archived_type_is_no_day_worked(self):
        leave = self.env["hr.work.entry.type"].create(
            {"name": "Oud verlof", "code": "OLD", "is_leave": True}
        )
        self._map_component("3", work_entry_type_id=leave.id)
        travel = self.env["hr.wage.component"].create(
            {"name": "Reisdagen", "code": "D", "unit": "days"}
        )
        self._map_component("90", wage_component_id=travel.id)
        self._book(self.anna, 1, 8, work_entry_type_id=leave.id)
        leave.active = False
        self.env.flush_all()
        lines = self._generate().line_ids
        self.assertNotIn(90, lines.mapped("component_code"))

    def test_the_unit_of_a_department_that_is_archived_still_counts(self):
        self._book(self.anna, 1, 8)
        self.shop.active = False
        self.env.flush_all()
        self.assertIn("5555;1;1;100;8", self._file(self._generate()))
