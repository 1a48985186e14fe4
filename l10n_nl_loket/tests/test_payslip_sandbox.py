# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import date, timedelta

import freezegun

from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin


@tagged("post_install", "-at_install")
class TestPayslipSandbox(ConnectionMixin, TransactionCase):
    """Payslips over REST: held back until their day, fetched once, withdrawn."""

    def setUp(self):
        super().setUp()
        self.make_ready().fetch_payslips = True
        self.connection.action_sync()
        rows = self.connection.loket_employee_ids.filtered(
            lambda row: row.start_date < date(2026, 1, 1) and not row.end_date
        )[:3]
        rows.action_add()
        self.rows = rows.filtered("employee_id")
        self.assertTrue(self.rows)
        self.loket.faults.add("approved_period", "202609")
        self.loket.faults.add("approved_period", "202610")

    def night(self, days):
        with (
            freezegun.freeze_time(date.today() + timedelta(days), tick=True),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("l10n_nl_loket.ir_cron_loket_sync").method_direct_trigger()
        self.env.invalidate_all()

    def docs(self):
        return self.env["loket.payslip"].search([])

    def test_held_back_fetched_once_and_withdrawn(self):
        day = date.today() + timedelta(1)
        self.loket.faults.add("payslips_from", day.isoformat())
        self.night(0)
        self.assertFalse(self.docs())

        self.night(1)
        self.assertEqual(len(self.docs()), 2 * len(self.rows))
        self.assertEqual(self.docs().employee_id, self.rows.employee_id)
        for document in self.docs().mapped("document"):
            self.assertEqual(base64.b64decode(document)[:5], b"%PDF-")
        fetched = self.count_requests("/payslips/")
        self.night(2)
        self.assertEqual(self.count_requests("/payslips/"), fetched)

        self.loket.faults.add("approved_anew", "202610")
        self.night(3)
        self.assertEqual(set(self.docs().mapped("state")), {"available"})
        again = self.count_requests("/payslips/") - fetched
        self.assertEqual(again, len(self.rows), "of that run alone")

        self.loket.faults.add("undone_run", "202610")
        self.night(4)
        gone = self.docs().filtered(lambda one: one.state == "withdrawn")
        self.assertEqual(set(gone.mapped("number")), {10})
        self.assertEqual(len(gone), len(self.rows))
        self.assertFalse(any(gone.mapped("document")))

    def test_a_year_end_statement_is_fetched(self):
        self.loket.faults.add("year_end", "2025")
        self.night(0)
        years = self.docs().filtered(lambda one: one.kind == "year_end")
        self.assertEqual(set(years.mapped("year")), {2025})
