# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html

from odoo.exceptions import AccessError, UserError

from .common_export import ExportCase


class TestExportKept(ExportCase):
    """A file that was made stays what it was; the tick is for what was seen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._book(cls.anna, 1, 8)

    def made(self):
        """A file, as its clerk has it."""
        return self._generate().with_user(self.clerk)

    def test_a_clerk_writes_nothing_into_a_file_that_was_made(self):
        export = self.made()
        for vals in (
            {"state": "draft"},
            {"total_hours": 1},
            {"period": 8},
            {"accept_left_out": True},
            {"attachment_id": False},
            {"client_number": 1},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                export.write(vals)

    def test_a_clerk_makes_it_again_beside_the_first(self):
        export = self.made()
        action = export.action_again()
        again = export.browse(action["res_id"])
        again.action_generate()
        self.assertEqual((export.is_latest, again.is_latest), (False, True))

    def test_a_clerk_makes_no_file_out_of_nothing(self):
        vals = {"connection_id": self.connection.id, "year": 2026, "period": 9}
        exports = self.env["loket.export"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            exports.create({**vals, "state": "sent"})
        draft = exports.with_context(
            default_state="done", default_total_hours=99
        ).create(vals)
        self.assertRecordValues(draft, [{"state": "draft", "total_hours": 0}])

    def test_a_draft_does_not_go_to_a_connection_of_another_company(self):
        connection = self._connection(self._company("Slagerij Pieters"), 7777)
        draft = self._export().with_user(self.clerk)
        with self.assertRaises(AccessError):
            draft.with_context(
                allowed_company_ids=self.company.ids
            ).connection_id = connection.id

    def test_a_connection_with_files_is_archived_not_deleted(self):
        self._generate()
        with self.assertRaisesRegex(UserError, "Archive the connection"):
            self.connection.unlink()

    def test_a_connection_with_drafts_only_is_deleted_with_them(self):
        other = self._connection(self.company, 6666)
        draft = self._export(connection_id=other.id)
        other.unlink()
        self.assertFalse(draft.exists())

    def test_the_bytes_that_loket_has_are_neither_changed_nor_removed(self):
        file = self.made().attachment_id
        with self.assertRaisesRegex(UserError, "kept as it was made"):
            file.raw = b"5555;1;1;80"
        with self.assertRaisesRegex(UserError, "kept as it was made"):
            file.unlink()
        file.sudo().write({"raw": file.raw, "mimetype": file.mimetype})

    def test_other_attachments_of_a_payroll_file_come_and_go(self):
        note = self.env["ir.attachment"].create(
            {
                "name": "note.txt",
                "raw": b"x",
                "res_model": "loket.export",
                "res_id": self.made().id,
            }
        )
        note.raw = b"y"
        note.unlink()

    def test_it_tells_the_administration_it_was_made_for(self):
        export = self.made()
        self.connection.write(
            {
                "client_number": 7777,
                "administration_name": "Jansen weken",
                "distribution": "none",
                "period_type": "week",
            }
        )
        self.assertEqual(export.display_name, "Loket 5555 2026-09")
        self.assertEqual(export.period_name, "September 2026")
        self.assertIn("Jansen maand", export.upload_steps)
        self.assertIn("<strong>Ja</strong>", export.upload_steps)

    def test_uploading_begins_with_the_file_at_hand(self):
        """On the screen before and after it is sent, and in the mail with it."""
        export = self.made()
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])
        for lang, word in (("en_US", "Download the file"), ("nl_NL", "Download het")):
            steps = html.fromstring(export.with_context(lang=lang).upload_steps)
            first = steps.find("li").text_content()
            self.assertIn(word, first)
            self.assertIn(export.attachment_id.name, first)

    def test_another_administration_has_files_of_its_own(self):
        export = self.made()
        self.connection.client_number = 7777
        other = self._generate()
        self.assertIn("first file", other.changes)
        self.assertTrue(export.is_latest and other.is_latest)

    def test_a_file_is_not_made_again_for_another_administration(self):
        export = self._generate()
        self.connection.client_number = 7777
        with self.assertRaisesRegex(UserError, "another administration"):
            export.action_again()

    def test_a_draft_follows_the_kind_of_period_of_its_connection(self):
        draft = self._export()
        self.connection.period_type = "week"
        self.assertEqual(str(draft.date_from), "2026-02-23")
        self.assertEqual(str(draft.date_to), "2026-03-01")

    def test_the_tick_does_not_hold_for_what_was_not_seen(self):
        cees = self._employee("Cees Vreemd", self.shop)
        self._book(cees, 1, 3)
        draft = self._export()
        draft.action_check()
        draft.accept_left_out = True
        self._book(self.bram, 2, 40, work_entry_type_id=self.overtime.id)
        with self.assertRaisesRegex(UserError, "Bram Bakker"):
            draft.action_generate()

    def test_the_tick_holds_for_what_was_seen(self):
        cees = self._employee("Cees Vreemd", self.shop)
        self._book(cees, 1, 3)
        draft = self._export()
        draft.action_check()
        draft.accept_left_out = True
        self._book(self.bram, 2, 4)
        draft.action_generate()
        self.assertEqual(draft.state, "done")

    def test_looking_again_at_more_than_was_ticked_takes_the_tick_away(self):
        draft = self._export(accept_left_out=True)
        draft.action_check()
        self.assertTrue(draft.accept_left_out)
        self._book(self._employee("Cees Vreemd", self.shop), 1, 3)
        draft.action_check()
        self.assertFalse(draft.accept_left_out)

    def test_the_wizard_reopens_a_draft_without_the_tick_of_somebody_else(self):
        draft = self._export(accept_left_out=True)
        again = self.env["loket.export"]._draft_of(self.connection, 2026, 9)
        self.assertEqual(again, draft)
        self.assertFalse(again.accept_left_out)
