# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin


@tagged("post_install", "-at_install")
class TestAdministrationWizard(ConnectionMixin, TransactionCase):
    """A person picks the employer, then the administration, by name."""

    def setUp(self):
        super().setUp()
        self.connect()
        self.wizard = self.open()

    def open(self):
        action = self.connection.action_choose_administration()
        return self.env[action["res_model"]].browse(action["res_id"])

    def choose(self, name):
        choice = self.wizard.choice_ids.filtered(lambda one: one.name == name)
        return choice.action_choose()

    def test_the_employers_of_the_user_are_offered(self):
        self.assertEqual(
            sorted(self.wizard.choice_ids.mapped("name")),
            ["Bakkerij De Korenaar B.V.", "Voorbeeld B.V."],
        )

    def test_then_the_administrations_with_their_numbers(self):
        self.choose("Voorbeeld B.V.")
        self.assertEqual(
            sorted(self.wizard.choice_ids.mapped("client_number")), [5555, 5556]
        )

    def test_choosing_fetches_it_and_goes_back_to_the_connection(self):
        self.choose("Voorbeeld B.V.")
        action = self.choose("Voorbeeld")
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("loket.connection", self.connection.id),
        )
        self.assertRecordValues(
            self.connection,
            [{"state": "ready", "employer_name": "Voorbeeld B.V."}],
        )
        self.assertEqual(self.connection.client_number, 5555)

    def test_with_one_employer_the_question_is_the_administration(self):
        del self.loket.company.employers[1]
        self.wizard = self.open()
        self.assertEqual(self.wizard.employer_name, "Voorbeeld B.V.")
        self.assertEqual(len(self.wizard.choice_ids), 2)

    def test_no_employer_and_no_administration_are_told(self):
        self.employer.administrations.clear()
        with self.assertRaisesRegex(UserError, "no payroll administration"):
            self.choose("Voorbeeld B.V.")
        self.loket.company.employers.clear()
        with self.assertRaisesRegex(UserError, "has no employer"):
            self.open()

    def test_a_loket_that_is_down_is_told_on_the_connection(self):
        self.loket.faults.add("error500")
        action = self.choose("Voorbeeld B.V.")
        self.assertEqual(action["tag"], "display_notification")
        self.assertTrue(self.connection.last_error)
