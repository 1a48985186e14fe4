# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..gateway import LoketUnavailable
from .common_employees import EmployeesCase, FakeGateway, employment


@tagged("post_install", "-at_install")
class TestCron(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.other_company = self.env["res.company"].create({"name": "Ander B.V."})
        self.second = FakeGateway()
        self.second_connection = self.connect(self.second, self.other_company, "Tweede")
        self.loket.people = [employment(1)]
        self.second.people = [employment(1, "Kees", person={"employee_ref": "other"})]
        self.cron = self.env.ref("l10n_nl_loket.ir_cron_loket_sync")

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def runs(self, connection):
        return self.env["loket.sync.run"].search(
            [("connection_id", "=", connection.id)]
        )

    def test_the_night_synchronises_each_ready_connection_once(self):
        self.second_connection.state = "draft"
        self.run_cron()
        self.assertEqual(self.runs(self.connection).mapped("state"), ["done"])
        self.assertFalse(self.runs(self.second_connection))

    def test_a_connection_that_fails_stops_no_other_and_runs_once(self):
        self.loket.error = LoketUnavailable("Loket is down.")
        self.run_cron()
        failed = self.runs(self.connection)
        self.assertEqual(failed.mapped("state"), ["failed"])
        self.assertIn("Loket is down", failed.message)
        self.assertIn("Loket is down", self.connection.last_error)
        self.assertEqual(self.runs(self.second_connection).mapped("state"), ["done"])

    @mute_logger("odoo.addons.l10n_nl_loket.models.sync.loket_sync_run_night")
    def test_an_unexpected_error_is_recorded_without_its_text(self):
        self.loket.error = ZeroDivisionError("Jan Bakker, Dorpsstraat 1")
        self.run_cron()
        self.assertEqual(self.runs(self.connection).state, "failed")
        self.assertNotIn("Bakker", self.connection.last_error)

    def test_a_connection_that_is_being_synchronised_is_skipped(self):
        def locked(records, **_options):
            raise LockError("busy")

        self.patch(type(self.connection), "lock_for_update", locked)
        self.run_cron()
        self.assertFalse(self.runs(self.connection))
        self.assertFalse(self.connection.last_error)

    def test_same_number_in_another_company_is_asked_about_and_names_nobody(self):
        self.run_cron()
        self.run_cron()
        for row in (self.row(1), self.row(1, self.second_connection)):
            self.assertIn("another company", row.problem)
            self.assertNotIn("Bakker", row.problem)
