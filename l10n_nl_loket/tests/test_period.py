# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The payroll periods are Loket's: how they come in, and what a file does with them."""

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin
from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestPeriodFetch(ConnectionMixin, TransactionCase):
    def period(self, year, number):
        return self.connection._period(year, number)

    def test_months_that_begin_on_another_day_are_loket_s(self):
        self.loket.faults.add("months_from_day", "21")
        self.make_ready()

        september = self.period(2026, 9)

        self.assertEqual(september.start, date(2026, 8, 21))
        self.assertEqual(september.end, date(2026, 9, 20))
        self.assertFalse(self.connection.warning)

    def test_the_night_takes_over_other_dates_and_what_is_approved(self):
        self.make_ready()
        self.assertFalse(self.period(2026, 9).is_approved)
        self.loket.faults.add("months_from_day", "16")
        self.loket.faults.add("approved_period", "202609")

        self.connection.action_sync()

        self.assertEqual(self.period(2026, 9).start, date(2026, 8, 16))
        self.assertTrue(self.period(2026, 9).is_approved)
        self.assertFalse(self.period(2026, 10).is_approved)

    def test_a_year_that_loket_stops_giving_is_kept(self):
        self.loket.faults.add("months_from_day", "21")
        self.make_ready()
        self.loket.faults.add("only_year", "2026")
        self.connection.action_sync()

        self.assertEqual(self.period(2025, 12).end, date(2025, 12, 20))

    def test_periods_that_a_shorter_list_lacks_are_kept_and_told(self):
        self.make_ready()
        before = self.connection.period_ids
        gateway = type(self.connection._gateway())
        periods = gateway.periods
        self.patch(
            gateway,
            "periods",
            lambda *asked: [one for one in periods(*asked) if one.number <= 6],
        )
        for way in (self.connection.action_fetch, self.connection.action_sync):
            way()
            self.assertEqual(self.connection.period_ids, before)
        run = self.env["loket.sync.run"].search([], limit=1)
        for told in (run.message, self.connection.warning):
            self.assertIn("no longer gives the payroll periods 20", told)

    def test_a_period_whose_days_others_have_goes(self):
        self.make_ready()
        for number, start, end in ((13, "11-30", "12-27"), (14, "12-28", "12-31")):
            self.env["loket.period"].sudo().create(
                {
                    "connection_id": self.connection.id,
                    "year": 2026,
                    "number": number,
                    "date_from": f"2026-{start}",
                    "date_to": f"2026-{end}",
                }
            )
        self.connection.action_fetch()
        numbers = self.connection.period_ids.filtered(lambda one: one.year == 2026)
        self.assertEqual(sorted(numbers.mapped("number")), [*range(1, 13)])
        self.assertFalse(self.connection.warning)

    def test_who_may_not_see_periods_gets_computed_ones_and_is_told(self):
        self.loket.faults.add("forbidden", path="payrollperiods")
        self.make_ready()

        self.assertTrue(self.period(2026, 9).is_computed)
        self.assertEqual(self.period(2026, 9).end, date(2026, 9, 30))
        self.assertIn("works them out", self.connection.warning)

    def test_a_night_without_periods_keeps_the_known_ones_and_brings_in_people(self):
        self.loket.faults.add("months_from_day", "21")
        self.make_ready()
        self.loket.faults.add("html", path="payrollperiods")

        self.connection.action_sync()

        run = self.env["loket.sync.run"].search([], limit=1)
        self.assertIn(run.state, ("done", "partial"))
        self.assertIn("payroll periods", run.message)
        self.assertTrue(self.connection.loket_employee_ids)
        self.assertEqual(self.period(2026, 9).end, date(2026, 9, 20))

    def test_another_administration_has_other_periods(self):
        self.make_ready()
        self.assertTrue(self.connection.period_ids)

        self.connection.write(self.choice(1))

        self.assertFalse(self.connection.period_ids)


@tagged("post_install", "-at_install")
class TestPeriodOfFile(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Loket's September: from the 21st of August
        cls.september = cls.env["loket.period"].create(
            {
                "connection_id": cls.connection.id,
                "year": 2026,
                "number": 9,
                "date_from": "2026-08-21",
                "date_to": "2026-09-20",
            }
        )

    def test_the_file_has_the_days_of_loket_s_period(self):
        self._book(self.anna, 1, 8, date="2026-08-20")
        self._book(self.anna, 1, 4, date="2026-08-21")
        self._book(self.anna, 20, 2)
        self._book(self.anna, 21, 1)

        export = self._generate()

        self.assertEqual(export.date_from, date(2026, 8, 21))
        self.assertEqual(export.date_to, date(2026, 9, 20))
        self.assertEqual(export.line_ids.mapped("value"), [6])

    def test_a_draft_follows_the_dates_and_a_file_keeps_those_it_was_made_for(self):
        self._book(self.anna, 1, 8)
        file, draft = self._generate(), self._export()

        self.september.write({"date_from": "2026-08-16", "date_to": "2026-09-15"})

        self.assertEqual(draft.date_to, date(2026, 9, 15))
        self.assertEqual(file.date_to, date(2026, 9, 20))

    def test_a_period_that_only_loket_has_can_be_made(self):
        self.connection.period_type = "four_weeks"
        self.september.copy(
            {"number": 14, "date_from": "2026-12-28", "date_to": "2027-01-03"}
        )

        export = self._export(period=14)

        self.assertEqual(export.date_from, date(2026, 12, 28))

    def test_a_period_that_loket_does_not_have_can_not(self):
        with self.assertRaises(ValidationError):
            self._export(period=10)

    def test_a_period_that_is_approved_is_told_and_what_that_means(self):
        self._book(self.anna, 1, 8)
        export = self._export()
        export.action_check()
        self.assertFalse(export.is_approved)
        self.assertNotIn("approved", export.cautions)

        self.september.is_approved = True

        self.assertTrue(export.is_approved)
        self.assertIn("it was paid", export.cautions)
        self.assertFalse(export.has_blocking)
        wizard = self.env["loket.export.wizard"].create(
            {"connection_id": self.connection.id, "year": 2026, "period": 9}
        )
        self.assertTrue(wizard.is_approved)

    def test_a_file_of_other_dates_than_loket_s_is_told(self):
        self._book(self.anna, 1, 8)
        self._generate()
        self.september.write({"date_from": "2026-08-16", "date_to": "2026-09-15"})

        self.assertIn("other dates", self._export().cautions)

    def test_computed_dates_are_told(self):
        self.assertNotIn("works them out", self._export().cautions)
        self.september.unlink()

        self.assertIn("works them out", self._export().cautions)


@tagged("post_install", "-at_install")
class TestStale(ExportCase):
    """What a preview says of what it goes by."""

    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        self.connection.last_sync_date = self.now

    def run_of(self, state, **vals):
        return self.env["loket.sync.run"].create(
            {
                "connection_id": self.connection.id,
                "state": state,
                "start": self.now,
                **vals,
            }
        )

    def cautions(self):
        draft = self._export().with_user(self.clerk)
        text = draft.with_context(allowed_company_ids=self.company.ids).cautions or ""
        return [line for line in text.splitlines() if "works them out" not in line]

    def test_last_night_is_nothing_to_say(self):
        self.run_of("done")

        self.assertEqual(self.cautions(), [])

    def test_a_synchronisation_that_failed(self):
        self.run_of("done", start=self.now - timedelta(days=1))
        self.run_of("failed", message="Loket is not available.")

        (caution,) = self.cautions()

        self.assertIn("failed", caution)
        self.assertIn("Loket is not available.", caution)

    def test_older_than_two_days(self):
        self.connection.last_sync_date = self.now - timedelta(days=2, hours=1)
        self.assertIn("not those of today", self.cautions()[0])
        self.connection.last_sync_date = self.now - timedelta(days=1, hours=23)
        self.assertEqual(self.cautions(), [])
        self.connection.last_sync_date = False
        self.assertIn("never synchronised", self.cautions()[0])

    def test_a_connection_in_error(self):
        self.run_of("failed", message="Loket does not accept the connection any more.")
        self.connection.state = "error"

        (caution,) = self.cautions()

        self.assertIn("Connect again", caution)

    def test_somebody_who_could_not_be_read_last_night_is_named(self):
        line = {"name": "Anna de Vries", "kind": "failed", "message": "geboren"}
        before = self.run_of("partial", start=self.now - timedelta(days=1))
        before.line_ids.create({"run_id": before.id, **line, "name": "Bram"})
        last = self.run_of("partial")
        last.line_ids.create({"run_id": last.id, **line})

        (caution,) = self.cautions()

        self.assertIn("Anna de Vries", caution)
        self.assertNotIn("Bram", caution)
