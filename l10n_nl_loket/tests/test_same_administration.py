# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One administration has one connection: two would send every hour twice."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common_connection import ConnectionMixin
from .common_export import ExportCase

REF = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


@tagged("post_install", "-at_install")
class TestSameAdministration(TransactionCase):
    def connect(self, **vals):
        return self.env["loket.connection"].create(
            {
                "name": "Voorbeeld",
                "employer_ref": "employer",
                "administration_ref": REF,
                **vals,
            }
        )

    def custom(self, **vals):
        return {
            "environment": "custom",
            "api_url": "https://loket.example/v2",
            "oauth_url": "https://oauth.loket.example",
            **vals,
        }

    def assert_refused(self, **vals):
        with (
            self.assertRaisesRegex(ValidationError, "already"),
            self.env.cr.savepoint(),
        ):
            self.connect(**vals)

    def test_by_hand_in_any_case(self):
        self.connect()
        self.assert_refused()
        self.assert_refused(administration_ref=f" {REF.upper()} ", protocol="soap")
        self.assert_refused(administration_ref=f"{{{REF}}}")
        self.assert_refused(administration_ref=REF.replace("-", ""))
        other = self.connect(administration_ref="other")
        with self.assertRaises(ValidationError):
            other.administration_ref = REF.upper()

    def test_unarchiving(self):
        archived = self.connect(active=False)
        self.connect()
        with self.assertRaises(ValidationError):
            archived.action_unarchive()

    def test_another_environment_is_another_loket(self):
        self.connect()
        self.assertTrue(self.connect(environment="acceptance"))
        with self.assertRaises(ValidationError):
            self.connect(active=False).write({"active": True})

    def test_moving_to_the_same_environment(self):
        self.connect()
        other = self.connect(environment="acceptance")
        with self.assertRaises(ValidationError):
            other.environment = "production"

    def test_typed_addresses_are_told_apart_by_their_host(self):
        self.connect(**self.custom())
        self.assert_refused(**self.custom(api_url="https://LOKET.example:443/v3"))
        self.assert_refused(
            **self.custom(protocol="soap", wsdl_url="https://loket.example/soap?wsdl")
        )
        self.assertTrue(self.connect(**self.custom(api_url="https://ander.example/v2")))

    def test_the_typed_address_of_production_is_production(self):
        self.connect()
        for host in ("api.loket.nl", "api.loket.nl.", "API.loket.nl.:443"):
            self.assert_refused(**self.custom(api_url=f"https://{host}/v2"))

    def test_another_company_s_connection_is_not_named(self):
        company = self.env["res.company"].create({"name": "Ander B.V."})
        self.connect(name="Geheim", company_id=company.id)
        with self.assertRaises(ValidationError) as refusal:
            self.connect()
        self.assertNotIn("Geheim", str(refusal.exception))

    def test_a_client_number_on_production_and_elsewhere_warns_both(self):
        real = self.connect(name="Echt", client_number=5555, warning="Rechten")
        trial = self.connect(name="Proef", administration_ref="x", **self.custom())
        self.assertFalse(trial.warning)
        trial.client_number = 5555
        self.assertIn("Echt", trial.warning)
        self.assertIn("Proef", real.warning)
        self.assertIn("Rechten", real.warning)
        for connection in (real, trial):
            said = connection.message_ids.filtered(lambda one: "5555" in one.body)
            self.assertEqual(len(said), 1)
        trial.client_number = 5555
        self.assertEqual(trial.warning.count("5555"), 1)
        trial.active = False
        self.assertFalse(trial.warning)
        self.assertEqual(real.warning, "Rechten")

    def test_each_side_is_warned_in_the_language_of_who_looks_after_it(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        dutch = new_test_user(
            self.env,
            "loket-dutch",
            "l10n_nl_loket.group_manager",
            company_id=self.env.company.id,
            lang="nl_NL",
        )
        real = self.connect(client_number=5555, user_id=dutch.id)
        trial = self.connect(client_number=5555, **self.custom())
        for connection, word in ((real, "Archiveer"), (trial, "Archive ")):
            said = connection.message_ids.filtered(lambda one: "5555" in one.body)
            self.assertIn(word, said.body)

    def test_a_trial_on_acceptance_is_no_trouble(self):
        self.connect(client_number=5555)
        trial = self.connect(environment="acceptance", client_number=5555)
        self.assertFalse(trial.warning)


@tagged("post_install", "-at_install")
class TestTwiceFromBefore(ExportCase):
    """Two that were there before it was refused: neither goes on in silence."""

    def setUp(self):
        super().setUp()
        self.second = self._connection(self.company, 6666, name="Tweede")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loket_connection SET administration_ref = %s WHERE id = %s",
            (self.connection.administration_ref, self.second.id),
        )
        self.env.invalidate_all()

    def test_the_night_says_so_on_both_and_changes_nothing(self):
        for connection, other in (
            (self.connection, self.second),
            (self.second, self.connection),
        ):
            run = self.env["loket.sync.run"]._sync_by_hand(connection)
            self.assertEqual(run.state, "failed")
            self.assertIn(other.name, connection.last_error)
            self.assertTrue(connection.activity_ids)

    def test_no_file_is_made_until_one_is_archived(self):
        self._book(self.anna, 1, 8)
        export = self._export()
        with self.assertRaisesRegex(UserError, "Tweede"):
            export.action_generate()
        self.second.active = False
        export.action_generate()
        self.assertTrue(export.attachment_id)


@tagged("post_install", "-at_install")
class TestSameAdministrationFetched(ConnectionMixin, TransactionCase):
    def test_the_fetch_that_finds_the_same_one_says_so(self):
        self.employer.administrations = self.employer.administrations[:1]
        self.loket.company.employers = self.loket.company.employers[:1]
        self.connect()
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "ready")
        second = self.connect(self.make_connection(name="Tweede"))
        second.action_fetch()
        self.assertFalse(second.administration_ref)
        self.assertNotEqual(second.state, "ready")
        self.assertIn("already", second.last_error)
        self.connection.active = False
        second.action_fetch()
        self.assertEqual(second.state, "ready", second.last_error)

    def test_a_fetch_keeps_the_warning_of_a_twin(self):
        self.make_ready()
        other = self.env["loket.connection"].create(
            {"name": "Echt", "client_number": self.connection.client_number}
        )
        self.connection.action_fetch()
        self.assertIn("Echt", self.connection.warning)
        self.assertTrue(other.warning)
