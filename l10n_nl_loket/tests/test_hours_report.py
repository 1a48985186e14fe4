# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the chart of hours answers: is this period as the ones before it?"""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestHoursReport(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Week", "company_id": cls.company.id, "hours_per_week": 40}
        )
        cls.half = cls.env["resource.calendar"].create(
            {"name": "Half", "company_id": cls.company.id, "hours_per_week": 20}
        )
        cls.anna.resource_calendar_id = cls.calendar
        cls.bram.resource_calendar_id = cls.half

    def make(self, *months, **hours):
        """Files of these months of 2026, with hours of people by their first name."""
        for month in months:
            for name, number in hours.items():
                employee = getattr(self, name)
                self._book(employee, 1, number, date=f"2026-{month:02d}-01")
            self._generate(period=month)

    def sums(self, field, user=None):
        """{component, cost center: sums of this period, of before, and between}"""
        report = self.env["loket.hours.report"].with_user(user or self.clerk)
        measures = ["hours_now:sum", "hours_usual:sum", "difference:sum"]
        return {
            key: tuple(round(number, 2) for number in numbers)
            for key, *numbers in report._read_group([], [field], measures)
        }

    def people(self, **vals):
        domain = [("ago", "=", 0)]
        people = self.env["loket.hours.person"].with_user(self.clerk).search(domain)
        if not self.calendar._fields["hours_per_week"].store:
            self.assertFalse(any(people.mapped("contract_hours")))
            self.skipTest("an addon works the hours of each schedule out each time")
        return people

    def test_this_period_stands_beside_the_average_of_those_before(self):
        self.make(6, anna=10)
        self.make(7, anna=20, bram=6)
        self.make(8, anna=50)
        self.assertEqual(
            self.sums("distribution_unit"), {"100": (50, 15, 35), "200": (0, 3, -3)}
        )
        (numbers,) = self.sums("component_label").values()
        self.assertEqual(numbers, (50, 18, 32))

    def test_a_period_that_was_made_again_counts_once(self):
        self.make(7, anna=10)
        self.make(8, anna=10)
        self._book(self.anna, 2, 5, date="2026-08-02")
        self._generate(period=8)
        self.assertEqual(self.sums("distribution_unit"), {"100": (15, 10, 5)})

    def test_twelve_periods_before_count_and_no_more(self):
        for month in range(1, 13):
            self._book(self.anna, 1, 12, date=f"2025-{month:02d}-01")
            self._generate(year=2025, period=month)
        self.make(1, 2, anna=12)
        self.assertEqual(self.sums("distribution_unit"), {"100": (12, 12, 0)})
        oldest = self.env["loket.hours.report"].search([], order="period", limit=1)
        self.assertEqual(oldest.period, "2025-02")

    def test_who_is_furthest_from_the_contract_comes_first(self):
        self.make(9, anna=170, bram=20)
        self.assertRecordValues(
            self.people(),
            [
                # September 2026 has 22 weekdays.
                {"employee_id": self.bram.id, "contract_hours": 88, "difference": -68},
                {"employee_id": self.anna.id, "contract_hours": 176, "difference": -6},
            ],
        )

    def test_hours_that_are_not_in_the_file_and_nobody_s_hours_count_too(self):
        self._book(self.anna, 1, 4, work_entry_type_id=self.overtime.id)
        self._book(self.anna, 2, 8)
        self._generate(accept_left_out=True)
        self.assertRecordValues(
            self.people(),
            [
                {"employee_id": self.anna.id, "hours": 8, "left_out": 4}
                | {"difference": -164},
                {"employee_id": self.bram.id, "hours": 0, "left_out": 0}
                | {"difference": -88},
            ],
        )

    def test_the_contract_is_that_of_each_day_on_which_the_employment_runs(self):
        self.anna.create_version(
            {"date_version": "2026-09-15", "resource_calendar_id": self.half.id}
        )
        self.bram_job.end_date = "2026-09-02"
        self.make(9, anna=1, bram=1)
        hours = {one.employee_id: one.contract_hours for one in self.people()}
        # 10 weekdays of 8 hours and 12 of 4; 2 of 4.
        self.assertEqual(hours, {self.anna: 128, self.bram: 8})

    def test_who_has_no_schedule_is_held_against_nothing(self):
        self.anna.resource_calendar_id = False
        self.make(9, anna=300, bram=88)
        self.assertRecordValues(
            self.people(),
            [
                {"employee_id": self.anna.id, "contract_hours": 0, "difference": 0},
                {"employee_id": self.bram.id, "contract_hours": 88, "difference": 0},
            ],
        )

    def test_only_clerks_of_the_company_see_it(self):
        self.make(9, anna=8)
        other = self._company("Ander Bedrijf")
        stranger = new_test_user(
            self.env,
            "loket-stranger",
            "l10n_nl_loket.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        plain = new_test_user(self.env, "loket-plain", "hr.group_hr_manager")
        for model in ("loket.hours.report", "loket.hours.person"):
            report = self.env[model].with_context(allowed_company_ids=None)
            self.assertTrue(report.with_user(self.clerk).search([]))
            self.assertFalse(report.with_user(stranger).search([]))
            with self.assertRaises(AccessError):
                report.with_user(plain).search([])
            with self.assertRaises(AccessError):
                report.with_user(stranger).create({})
