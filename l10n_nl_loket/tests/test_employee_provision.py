# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Working schedules for the hours of Loket, and departments that are in use."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.employee.employee_provision import EmployeeProvision
from .common_employees import EmployeesCase


@tagged("post_install", "-at_install")
class TestEmployeeProvision(EmployeesCase):
    def test_no_working_day_runs_past_midnight(self):
        provision = EmployeeProvision(self.company)
        for hours in (80, 90, 120, 130, 168):
            with self.subTest(hours):
                calendar = provision.calendar(hours)
                self.assertAlmostEqual(calendar.hours_per_week, hours, 2)
                self.assertLessEqual(max(calendar.attendance_ids.mapped("hour_to")), 24)
                self.assertGreaterEqual(
                    min(calendar.attendance_ids.mapped("hour_from")), 0
                )

    def test_a_schedule_of_no_hours_has_no_working_day(self):
        provision = EmployeeProvision(self.company)
        none = provision.calendar(0)
        self.assertFalse(none.attendance_ids)
        self.assertEqual(none.hours_per_week, 0)
        self.assertEqual(EmployeeProvision(self.company).calendar(0), none)

    def test_a_schedule_is_called_by_its_hours_as_its_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        dutch = self.company.with_context(lang="nl_NL")
        for company, hours, name in (
            (self.company, 36.5, "36.5 hours a week"),
            (self.company, 40.25, "40.25 hours a week"),
            (dutch, 37.5, "37,5 uur per week"),
            (dutch, 41.0, "41 uur per week"),
        ):
            calendar = EmployeeProvision(company).calendar(hours)
            self.assertEqual(calendar.name, name)

    def test_hours_that_a_week_does_not_have_are_refused(self):
        for hours in (-8, 169):
            with self.subTest(hours), self.assertRaisesRegex(UserError, f"{hours} h"):
                EmployeeProvision(self.company).calendar(hours)

    def test_an_archived_department_is_not_counted(self):
        shop, office = self.env["hr.department"].create(
            [{"name": name, "company_id": self.company.id} for name in ("A", "B")]
        )
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "code": "10",
                "name": "Tien",
                "kind": "cost_center",
            }
        )
        for department in (shop, office):
            self.env["loket.department.mapping"].create(
                {
                    "connection_id": self.connection.id,
                    "department_id": department.id,
                    "cost_center_id": center.id,
                }
            )
        shop.active = False
        self.env.invalidate_all()
        self.assertEqual(self.connection.departments_done, 1)
        self.assertLessEqual(
            self.connection.departments_done, self.connection.departments_total
        )
