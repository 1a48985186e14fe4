# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hours go to the shift of their own day, as far as Loket tells."""

from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin
from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestShiftOfTheNight(ConnectionMixin, TransactionCase):
    """Employee 108 is in shift 2 from the first of this month."""

    protocol = "rest"

    def setUp(self):
        super().setUp()
        self.today = fields.Date.context_today(self.connection)
        self.first = self.today.replace(day=1)
        self.before = self.first - timedelta(days=1)

    def row(self):
        (person,) = [one for one in self.employer.employees if one.number == 108]
        return self.connection.loket_employee_ids.filtered(
            lambda row: row.employment_ref == person.employments[0].id
        )

    def shift(self, day):
        (job,) = [
            job
            for jobs in self.env["loket.export"]
            .create(
                {
                    "connection_id": self.connection.id,
                    "year": day.year,
                    "period": day.month,
                }
            )
            ._jobs()
            .values()
            for job in jobs
            if job.id == self.row().id
        ]
        return job.shift_on(day)

    def assert_changed(self):
        self.row().action_add()
        self.assertEqual(self.row().shift, 2)
        self.assertEqual(self.shift(self.first), 2)
        self.assertEqual(self.shift(self.before), 1)
        self.assertIn("1 until", self.row().shift_history)

    def test_a_shift_that_changes_leaves_the_days_before_alone(self):
        self.make_ready().action_sync()
        self.assertEqual(self.row().shift, 1)
        self.assertFalse(self.row().shift_history)
        self.loket.faults.add("other_shift")

        self.connection.action_sync()

        self.assert_changed()

    def test_a_change_of_before_the_first_night_is_known_too(self):
        self.loket.faults.add("other_shift")

        self.make_ready().action_sync()

        self.assert_changed()

    def test_a_row_of_before_kept_its_shift(self):
        self.make_ready().action_sync()
        self.row().shifts = False
        self.loket.faults.add("other_shift")

        self.connection.action_sync()

        self.assert_changed()

    def test_a_night_that_can_t_be_told_of_the_past_takes_over_today(self):
        self.make_ready().action_sync()
        self.loket.faults.add("other_shift")
        whole = self.loket.faults.take

        def take(name, path=""):
            """The second answer of the list of hours, that of the past, breaks."""
            if name == "html" and path.endswith("actualworkinghours"):
                self.asked += 1
                return self.asked > 1
            return whole(name, path)

        self.asked = 0
        self.patch(self.loket.faults, "take", take)

        self.connection.action_sync()

        self.assertEqual(self.asked, 2)
        self.assert_changed()

    def test_another_night_changes_nothing(self):
        self.make_ready().action_sync()
        kept = self.row().shifts
        self.connection.action_sync()
        run = self.env["loket.sync.run"].search([], limit=1)
        self.assertFalse(run.line_ids)
        self.assertEqual(self.row().shifts, kept)


@tagged("post_install", "-at_install")
class TestShiftInTheFile(ExportCase):
    def test_hours_go_to_the_shift_of_their_day(self):
        self.anna_job.write(
            {"shift": 2, "shifts": [["2025-01-01", 1], ["2026-09-15", 2]]}
        )
        self._book(self.anna, 14, 8)
        self._book(self.anna, 15, 4)
        export = self._generate()
        self.assertEqual(
            self._file(export).splitlines()[1:], ["5555;1;1;100;8", "5555;1;2;100;4"]
        )

    def test_a_period_before_the_change_keeps_its_shift(self):
        self.anna_job.write(
            {"shift": 2, "shifts": [["2025-01-01", 3], ["2026-10-01", 2]]}
        )
        self._book(self.anna, 30, 8)
        self.assertIn("5555;1;3;100;8", self._file(self._generate()))

    def test_a_day_before_all_that_is_known_has_the_first_shift(self):
        self.anna_job.write({"shift": 2, "shifts": [["2026-10-01", 2]]})
        self._book(self.anna, 30, 8)
        self.assertIn("5555;1;2;100;8", self._file(self._generate()))

    def test_days_without_a_shift_get_the_usual_one(self):
        self.anna_job.write({"shifts": [["2025-01-01", 0], ["2026-10-01", 2]]})
        self._book(self.anna, 30, 8)
        self.assertIn("5555;1;1;100;8", self._file(self._generate()))

    def test_a_row_that_keeps_no_days_has_its_shift(self):
        self.anna_job.shift = 4
        self._book(self.anna, 30, 8)
        self.assertIn("5555;1;4;100;8", self._file(self._generate()))

    def test_the_unit_is_that_of_the_department_of_the_day(self):
        self.anna.create_version(
            {"date_version": "2026-09-15", "department_id": self.office.id}
        )
        self._book(self.anna, 14, 8)
        self._book(self.anna, 15, 4)
        self.assertEqual(
            self._file(self._generate()).splitlines()[1:],
            ["5555;1;1;100;8", "5555;1;1;200;4"],
        )

    def test_before_the_first_version_the_unit_is_that_of_the_first(self):
        self._book(self.anna, 1, 8, date="2024-12-31")
        self.anna_job.start_date = "2024-01-01"
        export = self._generate(year=2024, period=12)
        self.assertIn("5555;1;1;100;8", self._file(export))
