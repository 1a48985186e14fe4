# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from smtplib import SMTPServerDisconnected

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user

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
        self.assertEqual(body.count("<li>"), 12)

    def test_without_a_file_nothing_is_sent(self):
        with self.assertRaisesRegex(UserError, "no file yet"):
            self._export().action_send()
        with self.assertRaisesRegex(UserError, "no file yet"):
            self._export().action_download()

    def test_who_will_get_the_file_is_said_before_it_is_made(self):
        draft = self._export().with_user(self.clerk)
        self.assertIn("clerk@example.com", draft.to_mail)
        self.assertIn("mailed to you", draft.mail_problem)
        office = self.env["res.partner"].create({"name": "Salarisbureau"})
        self.connection.recipient_ids = office
        draft.invalidate_recordset()
        self.assertIn("Salarisbureau has no e-mail address", draft.mail_problem)
        office.email = "salaris@example.com"
        draft.invalidate_recordset()
        self.assertEqual(draft.to_mail, "Salarisbureau <salaris@example.com>")
        self.assertFalse(draft.mail_problem)

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

    def offices(self, *langs):
        """Two recipients of the connection."""
        self.connection.recipient_ids = self.env["res.partner"].create(
            [
                {"name": "Bureau", "email": "bureau@example.com"},
                {"name": "Office", "email": "office@example.com"},
            ]
        )
        for partner, lang in zip(self.connection.recipient_ids, langs, strict=False):
            partner.lang = lang
        return self.connection.recipient_ids

    def refuse(self, name):
        """A mail server that takes the mail of all but one."""

        def send(mails, **_options):
            refused = mails.filtered(lambda mail: mail.recipient_ids.name == name)
            refused.write({"state": "exception", "failure_reason": "full"})
            (mails - refused).state = "sent"

        self.patch(type(self.env["mail.mail"]), "send", send)

    def mails(self, export):
        domain = [("model", "=", export._name), ("res_id", "=", export.id)]
        return self.env["mail.mail"].search(domain, order="id").recipient_ids

    def test_who_did_not_get_it_is_named_when_others_did(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.offices("nl_NL", "en_US")
        self.refuse("Office")
        export = self._generate()
        export.action_send()
        self.assertEqual(export.state, "sent")
        self.assertIn("Office: full", export.message_ids[0].body)
        self.assertTrue(export.has_failed)

    def test_who_sends_it_for_the_clerk_writes_the_clerk_s_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.clerk.lang = "nl_NL"
        self.offices()
        self.refuse("Office")
        export = self._generate()
        export.user_id = self.clerk
        export.action_send()
        self.assertIn("niet verstuurd", export.message_ids[0].body)

    def test_sending_again_mails_only_who_does_not_have_it(self):
        bureau, office = self.offices()
        export = self._generate()
        self.refuse("Office")
        export.action_send()
        self.assertEqual(export.to_mail, "Office <office@example.com>")
        self.assertRecordValues(
            export.recipient_ids,
            [
                {"partner_id": bureau.id, "state": "sent", "reason": False},
                {"partner_id": office.id, "state": "failed", "reason": "full"},
            ],
        )
        self.refuse("nobody")
        before = self.env["mail.mail"].search([])
        export.action_send()
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(mails.recipient_ids, office)
        self.assertEqual(export.recipient_ids.mapped("state"), ["sent", "sent"])
        self.assertFalse(export.to_mail or export.has_failed)

    def test_who_has_it_is_not_mailed_by_a_second_press(self):
        export = self._generate()
        self.assertTrue(self._sent(export))
        self.assertFalse(self._sent(export))
        with self.mock_mail_gateway():
            export.action_send_again()
        self.assertFalse(self._new_mails, "pressed twice")

    def test_on_purpose_everybody_gets_it_once_more(self):
        self.offices()
        export = self._generate()
        self._sent(export)
        export.recipient_ids.tried_on = "2026-10-01"
        with self.mock_mail_gateway():
            export.action_send_again()
        self.assertEqual(len(self._new_mails), 2)

    def test_an_address_that_was_corrected_gets_the_file(self):
        bureau, _office = self.offices()
        export = self._generate()
        self._sent(export)
        bureau.email = "salaris@example.com"
        self.assertEqual(export.to_mail, "Bureau <salaris@example.com>")
        self.assertEqual(self._sent(export).recipient_ids, bureau)

    def test_who_will_be_mailed_is_named_before(self):
        export = self._generate().with_user(self.clerk)
        self.assertTrue(export.to_mail.endswith(" <clerk@example.com>"))
        self.offices()
        self.assertEqual(
            export.to_mail, "Bureau <bureau@example.com>, Office <office@example.com>"
        )

    def test_what_waits_in_the_queue_is_not_said_to_be_sent(self):
        def queue(mails, **_options):
            mails.state = "outgoing"

        self.patch(type(self.env["mail.mail"]), "send", queue)
        export = self._generate()
        export.action_send()
        self.assertEqual(export.recipient_ids.state, "queued")

    def test_a_mail_server_that_hangs_up_is_a_mail_that_was_not_sent(self):
        def hang_up(mails, **_options):
            raise SMTPServerDisconnected("gone")

        self.patch(type(self.env["mail.mail"]), "send", hang_up)
        export = self._generate()
        with self.assertRaisesRegex(UserError, "gone"):
            export.action_send()
        self.assertEqual(export.state, "done")

    def lose(self, export, content=None):
        """The file as Odoo's storage has it: gone, or with other content."""
        store = type(self.env["ir.attachment"])
        self.patch(store, "_file_read", lambda *_args, **_options: content or b"")
        export.env.flush_all()

    def test_a_file_that_is_gone_is_neither_mailed_nor_sent(self):
        for content in (b"", b"5555;1;1;80"):
            with self.subTest(content):
                export = self._generate()
                self.lose(export, content)
                with self.mock_mail_gateway():
                    for action in (
                        export.action_send,
                        export.action_send_again,
                        export.action_download,
                    ):
                        with self.assertRaisesRegex(UserError, "storage"):
                            action()
                self.assertFalse(self._new_mails)
                self.assertEqual(export.state, "done")

    def test_it_is_in_loket_when_somebody_says_so(self):
        export = self._generate().with_user(self.clerk)
        export.action_download()
        export.action_mark_uploaded()
        self.assertEqual(export.state, "uploaded")
        since = export.uploaded_on
        self.assertTrue(since)
        export.action_mark_uploaded()
        self.assertEqual(export.uploaded_on, since)
        self._sent(export)
        self.assertEqual(export.state, "uploaded")

    def test_not_in_loket_after_all(self):
        export = self._generate().with_user(self.clerk)
        export.action_mark_uploaded()
        export.action_unmark_uploaded()
        self.assertRecordValues(export, [{"state": "done", "uploaded_on": False}])
        self._sent(export)
        export.action_mark_uploaded()
        export.action_unmark_uploaded()
        self.assertEqual(export.state, "sent")

    def test_only_the_file_that_counts_is_in_loket(self):
        with self.assertRaisesRegex(UserError, "no file yet"):
            self._export().action_mark_uploaded()
        old = self._generate()
        self._book(self.anna, 2, 8)
        self._generate()
        with self.assertRaisesRegex(UserError, "later file"):
            old.action_mark_uploaded()
        self.assertEqual(old.state, "done")

    def test_the_state_is_for_the_clerk_to_say_and_not_to_write(self):
        export = self._generate().with_user(self.clerk)
        for vals in ({"state": "uploaded"}, {"uploaded_on": "2026-10-01"}):
            with self.assertRaises(AccessError):
                export.write(vals)
        outsider = new_test_user(self.env, "loket-outsider", "base.group_user")
        with self.assertRaises(AccessError):
            export.with_user(outsider).action_mark_uploaded()

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
