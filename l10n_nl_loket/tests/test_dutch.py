# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..gateway import LoketBadReply, LoketRefused
from ..gateway.rest import endpoints
from ..models.translated import translated
from ..words import _lt
from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestDutch(ExportCase):
    """A Dutch user reads Dutch, also of what the plain Python parts say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])

    def dutch(self, record):
        return record.with_context(lang="nl_NL")

    def test_labels(self):
        fields = self.dutch(self.env["loket.connection"]).fields_get(["client_number"])
        self.assertEqual(fields["client_number"]["string"], "Aansluitnummer")

    def test_a_month_has_no_capital_within_a_sentence(self):
        self.assertEqual(self.dutch(self._export()).period_name, "september 2026")

    def test_an_error_of_a_model(self):
        with self.assertRaisesRegex(UserError, "Er is geen bestand gemaakt"):
            self.dutch(self._export()).action_generate()

    def test_an_error_of_the_gateway(self):
        error = LoketRefused(
            _lt("There is no connection with Loket yet. Connect to Loket first.")
        )
        message = self.dutch(self.connection)._record_error(error)
        self.assertEqual(
            message, "Er is nog geen verbinding met Loket. Verbind eerst met Loket."
        )
        self.assertEqual(self.dutch(self.connection).last_error, message)

    def test_the_parts_of_a_sentence(self):
        text = _lt(
            "The Loket user may not do this: %(call)s. Give the user's team this "
            "right, or this employer, in Loket.",
            call=_lt("read employees"),
        )
        dutch = self.dutch(self.connection).env
        self.assertIn("werknemers lezen", translated(dutch, text))

    def test_an_error_of_the_rest_calls_with_its_parts(self):
        error = LoketBadReply(endpoints.EMPLOYEES.title, "lastName")
        message = translated(self.dutch(self.connection).env, error.message)
        self.assertIn("werknemers lezen (GetEmployeesByEmployerId)", message)
        self.assertIn("lastName ontbreekt of is onleesbaar", message)

    def test_english_stays_english(self):
        error = LoketBadReply("read employees", "lastName")
        self.assertIn("lastName", translated(self.env, error.message))
