# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who would have the file of a period vanish, public, or another one, is refused."""

import base64

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common_export import ExportCase

#: A value of each type that the file does not have.
OTHER = {
    "binary": base64.b64encode(b"5555;1;1;80"),
    "boolean": True,
    "char": "other",
    "datetime": "2020-01-01 00:00:00",
    "html": "other",
    "integer": 999,
    "many2one_reference": 999,
    "selection": "url",
    "text": "other",
}
#: Says nothing of the file, nor of who sees it; or is Odoo's own to write.
FREE = {"description", "thumbnail", "id", "display_name"}
FREE |= {"create_uid", "create_date", "write_uid", "write_date"}


class TestKeptAttachment(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._book(cls.anna, 1, 8)
        cls.export = cls.env["loket.export"].create(
            {"connection_id": cls.connection.id, "year": 2026, "period": 9}
        )
        cls.export.action_generate()
        cls.file = cls.export.attachment_id

    def users(self):
        """Everybody who could have a hand in it, by login; the superuser too."""
        groups = {
            "plain": "base.group_user",
            "manager": "l10n_nl_loket.group_manager",
            "system": "base.group_system,l10n_nl_loket.group_manager",
        }
        made = [
            new_test_user(
                self.env,
                f"kept-{login}",
                names,
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            for login, names in groups.items()
        ]
        return [self.clerk, *made, self.env.ref("base.user_root")]

    def as_it_is(self):
        self.env.invalidate_all()
        self.assertEqual(self.export.attachment_id, self.file)
        names = [
            name
            for name, field in self.file._fields.items()
            if (field.store or name == "raw") and name not in FREE
        ]
        return self.file.sudo().read(names, load=None)

    def assert_refused(self, work, what):
        before = self.as_it_is()
        with (
            self.subTest(what),
            self.assertRaises(UserError),  # an AccessError is one
            self.env.cr.savepoint(),
        ):
            work()
            self.env.flush_all()
        self.assertEqual(self.as_it_is(), before, what)

    def other_values(self):
        """Each field of an attachment, with another value than the file has."""
        for name, field in self.file._fields.items():
            if name in FREE or field.type in ("one2many", "many2many"):
                continue
            if not field.store and not field.inverse:
                continue
            if field.type == "many2one":
                yield name, self.env[field.comodel_name].search([], limit=2)[-1:].id
            else:
                yield name, OTHER[field.type]
            yield name, False

    def test_no_field_of_it_is_written_whoever_does_it(self):
        tried = set()
        for user in self.users():
            file = self.file.with_user(user)
            for name, value in self.other_values():
                old = self.file[name]
                if value == (old.id if hasattr(old, "ids") else old):
                    continue
                tried.add(name)
                self.assert_refused(
                    lambda file=file, name=name, value=value: file.write({name: value}),
                    (user.login, name, value),
                )
        self.assertLessEqual(
            {"res_field", "public", "res_model", "res_id", "access_token", "datas"}
            | {"raw", "db_datas", "store_fname", "mimetype", "name", "company_id"}
            | {"type", "url"},
            tried,
        )

    def test_it_is_not_deleted_by_any_way(self):
        for user in self.users():
            file, export = self.file.with_user(user), self.export.with_user(user)
            message = export.sudo().message_post(
                body="Here", attachment_ids=self.file.ids
            )
            for what, work in {
                "unlink": file.unlink,
                "token": file.generate_access_token,
                "notify": lambda file=file: file._delete_and_notify(),
                "export": export.unlink,
                "message": lambda message=message: message.write(
                    {"attachment_ids": [Command.delete(self.file.id)]}
                ),
                "other": lambda export=export: export.write(
                    {"attachment_id": self.env["ir.attachment"].create({"name": "x"})}
                ),
                "connection": lambda export=export: export.connection_id.unlink(),
            }.items():
                if what == "other" and user == self.env.ref("base.user_root"):
                    continue  # the system makes files
                self.assert_refused(work, (user.login, what))
            message.unlink()
            self.as_it_is()

    def test_the_database_keeps_it_too(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "DELETE FROM ir_attachment WHERE id = %s", [self.file.id]
            )

    def test_no_second_file_passes_for_it(self):
        vals = {"res_model": "loket.export", "res_id": self.export.id, "raw": b"80"}
        Attachment = self.env["ir.attachment"].with_user(self.clerk)
        self.assert_refused(
            lambda: Attachment.create({**vals, "name": self.file.name}), "created"
        )
        other = Attachment.create({**vals, "name": "note.csv"})
        self.assert_refused(lambda: other.write({"name": self.file.name}), "renamed")
        self.assert_refused(self.file.copy, "copied")

    def test_the_same_content_may_be_written_where_odoo_moves_its_storage(self):
        self.file.write({"raw": self.file.raw, "mimetype": self.file.mimetype})
        self.file.description = "Of September"

    def test_a_draft_goes_with_its_attachments(self):
        draft = self._export(period=10)
        note = self.env["ir.attachment"].create(
            {"name": "x", "res_model": "loket.export", "res_id": draft.id}
        )
        draft.with_user(self.clerk).unlink()
        self.assertFalse(note.exists())
