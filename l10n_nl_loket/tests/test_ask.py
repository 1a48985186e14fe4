# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..gateway.rest import endpoints
from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestAsk(ExportCase):
    """Before connecting: what Loket has to hand out, on a page and as a mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connection.state = "draft"

    def test_the_first_step_leads_there_until_one_is_connected(self):
        step = self.connection.steps[0]
        self.assertEqual((step["name"], step["action"]), ("ask", "action_ask"))
        self.assertFalse(step["is_done"])
        action = self.connection.action_ask()
        form = Form(self.connection, view=action["views"][0][0])
        self.assertTrue(form.redirect_uri.endswith("/loket/oauth/callback"))
        self.connection.state = "connected"
        self.connection.invalidate_recordset()
        self.assertFalse(self.connection.steps[0]["is_shown"])

    def test_it_is_done_once_client_id_and_secret_are_here(self):
        self.connection.client_secret = "secret"
        self.connection.invalidate_recordset()
        self.assertTrue(self.connection.steps[0]["is_done"])

    def test_each_right_is_named_as_loket_names_it_with_what_it_is_for(self):
        text = self.connection.ask_text
        self.assertIn(self.connection.redirect_uri, text)
        self.assertIn("Bakkerij Jansen", text)
        groups = (
            *endpoints.NEEDED,
            *endpoints.NEEDED_TO_WRITE,
            *endpoints.NEEDED_FOR_PAYSLIPS,
            (endpoints.VERSIONS,),
        )
        for ways in groups:
            self.assertIn(ways[0].operation, text)
            self.assertIn(str(ways[0].purpose), text)
        needed, optional = text.split("Optional:", 1)
        for ways in endpoints.NEEDED:
            self.assertIn(ways[0].operation, needed)
        self.assertNotIn(endpoints.WRITE_VALUES.operation, needed)
        self.assertIn(endpoints.WRITE_VALUES.operation, optional)

    def test_over_soap_it_is_the_web_service_user_in_the_words_of_its_screens(self):
        self.connection.protocol = "soap"
        text = self.connection.ask_text
        for words in (
            "Teams en gebruikers",
            "Gebruikers AK",
            "Webservice gebruiker",
            "Wachtwoord wijzigen toestaan",
            "Nee",
            "Autorisatieset n.v.t.",
            "environment code",
        ):
            self.assertIn(words, text)
        self.assertNotIn(endpoints.EMPLOYEES.operation, text)

    def test_it_is_in_the_language_of_who_reads(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])
        text = self.connection.with_context(lang="nl_NL").ask_text
        for english in ("Optional", "Needed", "We link", "read employees"):
            self.assertNotIn(english, text)

    def test_the_mail_holds_the_same_and_goes_where_a_person_sends_it(self):
        office = self.env["res.partner"].create(
            {"name": "Kantoor", "email": "kantoor@voorbeeld.example"}
        )
        action = self.connection.action_mail_ask()
        arch = self.env[action["res_model"]].get_view(*action["views"][0])["arch"]
        # Nobody is filled in; the window says first whom to fill in.
        first = etree.fromstring(arch)[0]
        self.assertIn("api@loket.nl", "".join(first.itertext()))
        composer = Form(self.env[action["res_model"]].with_context(**action["context"]))
        self.assertIn("Bakkerij Jansen", composer.subject)
        composer.partner_ids.add(office)
        composer.save()._action_send_mail()
        message = self.connection.message_ids[0]
        self.assertIn(endpoints.EMPLOYEES.operation, message.body)
        self.assertIn(self.connection.redirect_uri, message.body)
        self.assertIn(office, message.partner_ids)
        # Nothing of what lets one in is told, to whomever it is sent.
        self.assertNotIn("client_secret", message.body)

    def test_a_clerk_asks_for_nothing(self):
        for method in ("action_ask", "action_mail_ask"):
            with self.assertRaises(AccessError):
                getattr(self.connection.with_user(self.clerk), method)()
