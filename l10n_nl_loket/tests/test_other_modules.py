# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Beside addons of others that keep names and schedules in their own way.

``./dev test --other-modules`` installs them; elsewhere these tests are skipped.
"""

from datetime import date, timedelta
from decimal import Decimal

from odoo.tests import tagged

from .common_employees import EmployeesCase, employment

ORDERS = {
    "first_last": "Anna Maria van de Wiel - van Bergen",
    "last_first": "van de Wiel - van Bergen Anna Maria",
    "last_first_comma": "van de Wiel - van Bergen, Anna Maria",
}
ANNA = {
    "first_name": "Anna Maria",
    "prefix": "van",
    "last_name": "Bergen",
    "partner_prefix": "van de",
    "partner_last_name": "Wiel",
    "name_format": "partner_own",
}


@tagged("post_install", "-at_install")
class TestPartsOfNames(EmployeesCase):
    """OCA's hr_employee_firstname."""

    def setUp(self):
        super().setUp()
        if "firstname" not in self.env["hr.employee"]._fields:
            self.skipTest("hr_employee_firstname is not installed")

    def order(self, order):
        self.env["ir.config_parameter"].set_param("employee_names_order", order)

    def come(self, number):
        """One more Anna, who is added."""
        who = {**ANNA, "birthday": date(1980, 1, number)}
        self.loket.people.append(employment(number, person=who))
        self.sync()
        row = self.row(number)
        row.action_add()
        return row

    def assertParts(self, employee, name, first="Anna Maria"):
        self.assertEqual(
            (employee.firstname, employee.lastname, employee.name),
            (first, "van de Wiel - van Bergen", name),
        )

    def test_the_parts_arrive_in_each_order(self):
        for number, (order, name) in enumerate(ORDERS.items(), start=1):
            with self.subTest(order):
                self.order(order)
                row = self.come(number)
                self.assertParts(row.employee_id, name)

    def test_an_unchanged_name_is_not_written_at_night(self):
        for number, order in enumerate(ORDERS, start=1):
            with self.subTest(order):
                self.order(order)
                row = self.come(number)
                written = self.writes(row.employee_id)
                run = self.sync()
                self.assertEqual(written, [])
                self.assertFalse(run.line_ids.filtered("field_name"))

    def test_a_wrong_split_is_put_right_and_stays_so(self):
        self.order("last_first")
        employee = self.make_employee(name="van de Wiel - van Bergen Anna Maria")
        row = self.arrive(employment(1, person=ANNA))
        self.link(row, employee)
        self.assertParts(employee, ORDERS["last_first"])
        written = self.writes(employee)
        self.sync()
        self.assertEqual(written, [])

    def test_another_name_in_loket_is_taken_over_in_its_parts(self):
        for number, order in enumerate(ORDERS, start=1):
            with self.subTest(order):
                self.order(order)
                row = self.come(number)
                self.loket.change(number, person={"first_name": "Anne"})
                self.sync()
                name = ORDERS[order].replace("Anna Maria", "Anne")
                self.assertParts(row.employee_id, name, "Anne")
                self.assertEqual(row.employee_id.legal_name, name)

    def test_another_order_changes_nobody_by_night(self):
        row = self.arrive(employment(1, person=ANNA))
        row.action_add()
        self.order("last_first_comma")
        written = self.writes(row.employee_id)
        self.sync()
        self.assertEqual(written, [])

    def test_without_first_name_the_initials_are_the_first_part(self):
        row = self.arrive(
            employment(1, person={**ANNA, "first_name": None, "initials": "A.M."})
        )
        row.action_add()
        self.assertEqual(row.employee_id.firstname, "A.M.")


@tagged("post_install", "-at_install")
class TestPlannedSchedules(EmployeesCase):
    """OCA's hr_employee_calendar_planning; in tests of others it holds itself back."""

    def setUp(self):
        super().setUp()
        Employee = self.env["hr.employee"]
        if "calendar_ids" not in Employee._fields:
            self.skipTest("hr_employee_calendar_planning is not installed")
        for model in (Employee, self.env["resource.calendar"]):
            self.patch(
                type(model),
                "_test_module_hr_attendance_employee_calendar_planning",
                lambda _self: True,
            )

    def add(self, **told):
        row = self.arrive(employment(1, **told))
        row.action_add()
        self.assertFalse(row.problem)
        return row.employee_id

    def planned(self, employee):
        lines = employee.calendar_ids.sorted(lambda line: line.date_start or date.min)
        return [
            (line.date_start, line.date_end, line.calendar_id.hours_per_week)
            for line in lines
        ]

    def test_the_hours_are_those_of_loket(self):
        for hours in (32, 40, 24.5, 0):
            with self.subTest(hours):
                employee = self.make_one(hours)
                self.assertEqual(employee.resource_calendar_id.hours_per_week, hours)
                self.assertEqual(self.planned(employee), [(False, False, hours)])

    def make_one(self, hours):
        number = int(hours * 10) + 1
        told = employment(number, hours_per_week=Decimal(str(hours)))
        self.loket.people.append(told)
        self.sync()
        row = self.row(number)
        row.action_add()
        self.assertFalse(row.problem)
        return row.employee_id

    def test_who_comes_back_gets_the_new_hours_from_that_day(self):
        same = {"employee_ref": "person-1"}
        ended, back = date(2025, 12, 31), date(2026, 3, 1)
        employee = self.add(person=same, end_date=ended)
        self.loket.people.append(
            employment(2, person=same, start_date=back, hours_per_week=Decimal(24))
        )
        self.sync()
        self.row(2).action_add()
        self.assertFalse(self.row(2).problem)
        self.assertEqual(
            self.planned(employee),
            [(False, back - timedelta(days=1), 32), (back, False, 24)],
        )
        self.assertEqual(employee.resource_calendar_id.hours_per_week, 24)

    def test_hours_that_come_later_take_the_place_of_the_company_s(self):
        soon = date.today() + timedelta(days=40)
        employee = self.add(start_date=soon, hours_per_week=None)
        self.loket.change(1, hours_per_week=Decimal(24))
        self.sync()
        self.assertFalse(self.row(1).problem)
        self.assertEqual(self.planned(employee), [(False, False, 24)])
        self.assertEqual(employee.resource_calendar_id.hours_per_week, 24)
