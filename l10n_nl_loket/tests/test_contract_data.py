# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contract data is taken once, when Loket first gives it; what lacks is told."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from odoo.tests import tagged

from .common_employees import EmployeesCase, employment

NOTHING = {
    "hours_per_week": None,
    "wage": None,
    "job_title": None,
    "department_name": None,
    "distribution_unit": None,
}
SOON = date.today() + timedelta(days=40)


@tagged("post_install", "-at_install")
class TestContractData(EmployeesCase):
    def add(self, **told):
        row = self.arrive(employment(1, **told))
        row.action_add()
        self.assertFalse(row.problem)
        return row

    def hours(self, row):
        return row.employee_id.resource_calendar_id.hours_per_week

    # === WHAT COMES LATER === #

    def test_a_hire_in_the_future_gets_all_of_it_when_it_comes(self):
        department = self.env["hr.department"].create({"name": "Werkplaats"})
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "kind": "distribution_unit",
                "code": "10",
                "name": "Tien",
            }
        )
        self.env["loket.department.mapping"].create(
            {
                "connection_id": self.connection.id,
                "department_id": department.id,
                "cost_center_id": center.id,
            }
        )
        row = self.add(start_date=SOON, **NOTHING)
        self.assertTrue(row.to_check, "the hours are not known")
        self.sync()
        self.loket.change(
            1,
            hours_per_week=Decimal(24),
            wage=Decimal(2500),
            job_title="Planner",
            distribution_unit="10",
        )
        run = self.sync()
        employee = row.employee_id
        self.assertRecordValues(
            employee,
            [
                {
                    "contract_date_start": SOON,
                    "wage": 2500,
                    "department_id": department.id,
                }
            ],
        )
        self.assertEqual(employee.job_id.name, "Planner")
        self.assertEqual(self.hours(row), 24)
        self.assertFalse(row.to_check, row.check_reasons)
        self.assertIn("2,500.00", run.line_ids.mapped("new_value"))

    def test_each_part_is_taken_once(self):
        row = self.add(**NOTHING)
        self.loket.change(1, hours_per_week=Decimal(24))
        self.sync()
        self.loket.change(1, hours_per_week=Decimal(16), wage=Decimal(2500))
        self.sync()
        self.loket.change(1, wage=Decimal(2600))
        self.sync()
        self.assertEqual(self.hours(row), 24)
        self.assertEqual(row.employee_id.wage, 2500)

    def test_what_somebody_filled_in_meanwhile_stays(self):
        row = self.add(**NOTHING)
        job = self.env["hr.job"].create({"name": "Zelf gekozen"})
        row.employee_id.write({"wage": 3000, "job_id": job.id})
        self.loket.change(1, wage=Decimal(2500), job_title="Planner")
        self.sync()
        self.assertEqual(row.employee_id.wage, 3000)
        self.assertEqual(row.employee_id.job_id, job)

    def test_who_comes_back_keeps_nothing_of_the_old_contract(self):
        same = {"employee_ref": "person-1"}
        row = self.arrive(employment(1, person=same, end_date=date(2025, 12, 31)))
        row.action_add()
        back = employment(2, person=same, start_date=SOON, **NOTHING)
        self.loket.people.append(back)
        self.sync()
        self.row(2).action_add()
        employee = row.employee_id
        self.assertEqual(employee._get_version(SOON).wage, 0)
        self.loket.change(2, hours_per_week=Decimal(12), wage=Decimal(900))
        self.sync()
        new = employee._get_version(SOON)
        self.assertEqual((new.wage, new.resource_calendar_id.hours_per_week), (900, 12))
        self.assertEqual(employee._get_version(date(2025, 1, 1)).wage, 3210.5)

    # === HOURS === #

    def public_holiday(self):
        """A day off for the whole company, soon, on a weekday; what it books."""
        day = date.today() + timedelta(days=7)
        while day.weekday() > 4:
            day += timedelta(days=1)
        begin = datetime(day.year, day.month, day.day)
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Feestdag",
                "company_id": self.company.id,
                "calendar_id": False,
                "date_from": begin,
                "date_to": begin + timedelta(hours=23),
            }
        )
        return sum(leave.timesheet_ids.mapped("unit_amount"))

    def test_no_hours_a_week_is_a_schedule_of_no_hours(self):
        row = self.add(hours_per_week=Decimal(0), on_call=True)
        self.assertEqual(self.hours(row), 0)
        self.assertFalse(row.employee_id.resource_calendar_id.attendance_ids)
        self.assertFalse(row.to_check)

    def test_a_public_holiday_books_nothing_on_no_hours(self):
        if "global_leave_id" not in self.env["account.analytic.line"]._fields:
            self.skipTest("public holidays don't come into timesheets here")
        self.add(hours_per_week=Decimal("0.00"))
        self.assertEqual(self.public_holiday(), 0)
        self.loket.people.append(employment(2, hours_per_week=Decimal(40)))
        self.sync()
        self.row(2).action_add()
        other = self.env["account.analytic.line"].search(
            [("employee_id", "=", self.row(2).employee_id.id)]
        )
        self.assertGreater(sum(other.mapped("unit_amount")), 0)

    def test_unknown_hours_are_to_check_and_named(self):
        row = self.add(hours_per_week=None)
        self.assertTrue(row.to_check)
        schedule = row.employee_id.resource_calendar_id.display_name
        self.assertIn(schedule, row.check_reasons)

    def test_who_works_on_call_has_no_hours_which_nobody_is_asked_about(self):
        row = self.add(hours_per_week=None, on_call=True)
        self.assertEqual(self.hours(row), 0)
        self.assertFalse(row.to_check)
        self.sync()
        self.assertFalse(row.to_check)

    def test_hours_that_come_for_who_works_on_call_are_taken_over(self):
        row = self.add(hours_per_week=None, on_call=True)
        self.loket.change(1, hours_per_week=Decimal(8))
        self.sync()
        self.assertEqual(self.hours(row), 8)

    def test_who_works_on_call_no_more_is_asked_about_the_hours(self):
        row = self.add(hours_per_week=None, on_call=True)
        self.loket.change(1, on_call=False)
        self.sync()
        self.assertIn("hours", row.check_reasons)

    def test_who_turns_out_to_work_on_call_is_asked_about_a_schedule_of_hours(self):
        row = self.add(hours_per_week=None)
        row.action_checked()
        row.employee_id.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Veertig", "company_id": self.company.id}
        )
        self.loket.change(1, on_call=True)
        self.sync()
        self.assertIn("Veertig", row.check_reasons)
        row.employee_id.resource_calendar_id.attendance_ids.unlink()
        self.sync()
        self.assertFalse(row.to_check)

    # === WAGE === #

    def test_a_wage_by_the_hour_is_to_check_once(self):
        row = self.add(wage=None, hourly_wage=Decimal("15.25"))
        self.assertEqual(row.employee_id.wage, 0)
        self.assertTrue(row.to_check)
        self.assertIn("hour", row.check_reasons)
        row.action_checked()
        self.sync()
        self.assertFalse(row.to_check)

    def test_an_unknown_wage_is_to_check(self):
        row = self.add(wage=None)
        self.assertIn("wage", row.check_reasons)

    def test_what_was_checked_is_told_again_when_the_decision_is_new(self):
        row = self.add(hours_per_week=None)
        row.action_checked()
        self.assertFalse(row.to_check)
        employee = row.employee_id
        row.action_reset()
        self.assertFalse(row.checks)
        self.link(row, employee)
        self.assertFalse(row.to_check, "linking takes no hours over")
