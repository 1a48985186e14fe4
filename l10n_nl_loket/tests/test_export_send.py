# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time

from odoo.addons.mail.tests.common import MailCase

from .common_export import ExportCase


class TestExportSend(ExportCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.email = "clerk@example.com"
        cls._book(cls.anna, 1, 8)

    def _sent(self, export):
        with self.mock_mail_gateway():
            export.action_send()
        return self._new_mails

    def test_the_person_who_runs_it_gets_the_file(self):
        export = self._generate().with_user(self.clerk)
        mail = self._sent(export)
        self.assertEqual(mail.recipient_ids, self.clerk.partner_id)
        self.assertEqual(mail.attachment_ids.name, "loket_5555_2026_9.csv")
        self.assertEqual(export.state, "sent")

    def test_the_recipients_of_the_connection_go_first(self):
        office = self.env["res.partner"].create(
            {"name": "Salarisbureau", "email": "salaris@example.com"}
        )
        self.connection.recipient_ids = office
        self.assertEqual(self._sent(self._generate()).recipient_ids, office)

    def test_the_mail_tells_how_to_upload_this_file(self):
        body = self._sent(self._generate().with_user(self.clerk)).body_html
        for part in (
            "loket_5555_2026_9.csv",
            "2026",
            "Jansen maand",
            "Overschrijven",
            "Ja",
        ):
            self.assertIn(part, body)
        self.assertEqual(body.count("<li>"), 11)

    def test_without_a_file_nothing_is_sent(self):
        with self.assertRaisesRegex(UserError, "no file yet"):
            self._export().action_send()
        with self.assertRaisesRegex(UserError, "no file yet"):
            self._export().action_download()

    def test_a_recipient_without_address_is_named(self):
        self.connection.recipient_ids = self.env["res.partner"].create(
            {"name": "Zonder Adres"}
        )
        export = self._generate()
        with self.assertRaisesRegex(UserError, "Zonder Adres"):
            export.action_send()
        self.assertEqual(export.state, "done")

    def test_an_address_that_cannot_be_used_is_named(self):
        self.connection.recipient_ids = self.env["res.partner"].create(
            {"name": "Salarisbureau", "email": "salaris@"}
        )
        export = self._generate()
        with self.assertRaisesRegex(UserError, "Salarisbureau"):
            export.action_send()
        self.assertEqual(export.state, "done")

    def test_when_nobody_got_it_it_is_not_sent(self):
        export = self._generate().with_user(self.clerk)

        def fail(mails, **_options):
            mails.write({"state": "exception", "failure_reason": "no server"})

        self.patch(type(self.env["mail.mail"]), "send", fail)
        with self.assertRaisesRegex(UserError, "no server"):
            export.action_send()
        self.assertEqual(export.state, "done")

    def test_who_did_not_get_it_is_named_when_others_did(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.connection.recipient_ids = self.env["res.partner"].create(
            [
                {"name": "Bureau", "email": "bureau@example.com", "lang": "nl_NL"},
                {"name": "Office", "email": "office@example.com", "lang": "en_US"},
            ]
        )
        export = self._generate()

        def fail_one(mails, **_options):
            mails[0].state = "sent"
            mails[1].write({"state": "exception", "failure_reason": "full"})

        self.patch(type(self.env["mail.mail"]), "send", fail_one)
        export.action_send()
        self.assertEqual(export.state, "sent")
        self.assertRegex(export.message_ids[0].body, "(Bureau|Office): full")

    def test_an_outdated_file_is_not_sent(self):
        old = self._generate()
        self._book(self.anna, 2, 8)
        self._generate()
        with self.assertRaisesRegex(UserError, "later file"):
            old.action_send()

    def test_download_gives_the_file(self):
        export = self._generate()
        self.assertIn(f"/{export.attachment_id.id}?", export.action_download()["url"])


class TestExportWizard(ExportCase):
    @freeze_time("2026-10-05")
    def test_it_opens_on_the_connection_and_the_last_full_period(self):
        wizard = self.env["loket.export.wizard"].create({})
        self.assertEqual(wizard.connection_id, self.connection)
        self.assertEqual((wizard.year, wizard.period), (2026, 9))

    def test_a_year_that_does_not_exist_is_told(self):
        wizard = self.env["loket.export.wizard"].create({"period": 9})
        for year in (20266, 0):
            wizard.year = year
            self.assertIn("2000 to 2100", wizard.problem)

    def test_it_opens_on_the_connection_that_this_person_used_last(self):
        other = self._connection(self.company, 6666, name="Andere", period_type="week")
        self.assertEqual(
            self.env["loket.export.wizard"].create({}).connection_id, self.connection
        )
        self.env["loket.export"]._draft_of(other, 2026, 9)
        self.assertEqual(
            self.env["loket.export.wizard"].create({}).connection_id, other
        )

    def test_it_shows_what_is_in_the_way_before_there_is_a_file(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self._book(stranger, 1, 3)
        self._book(self.anna, 1, 8)
        wizard = self.env["loket.export.wizard"].create({"year": 2026, "period": 9})
        action = wizard.action_make()
        export = self.env["loket.export"].browse(action["res_id"])
        self.assertEqual(export.state, "draft")
        self.assertEqual(export.left_out_ids.name, "Cees Vreemd")
        self.assertEqual(export.total_hours, 8)
