# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What somebody does in one company leaves the others, and what is set up, alone."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_export import ExportCase
from .test_walls import TwoCompanies


@tagged("post_install", "-at_install")
class TestBeyond(TwoCompanies, ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._company("Ander Bedrijf")
        cls.manager = cls.make_manager("voorbij-a", cls.company)
        cls.stranger = cls.make_manager("voorbij-b", cls.other)
        cls.both = cls.make_manager("voorbij-ab", cls.company, cls.other)

    def settings(self):
        """All that is set up for A, as it is kept."""
        self.env.flush_all()
        self.env.invalidate_all()
        names = ["name", "client_id", "api_url", "employer_ref", "employer_name"]
        mappings = self.connection.component_mapping_ids
        return (
            self.connection.read([*names, "last_error"]),
            mappings.read(["component_code"]),
            self.connection.cost_center_ids.read(["code", "name"]),
            self.connection.message_ids.mapped("body"),
        )

    def test_whom_another_company_deletes_is_forgotten_there_only(self):
        self.connection.last_error = "Jan Bakker (7) can't be read."
        self.connection.message_post(body="Ask Jan Bakker.")
        before = self.settings()
        for name in ("Jan Bakker", "1", "odoo", "Loket 5555", "employer-5555", "100"):
            employee = self.as_user(self.env["hr.employee"], self.stranger).create(
                {"name": name, "private_street": name}
            )
            employee.unlink()
            self.assertEqual(self.settings(), before, name)

    def test_who_is_called_like_the_company_takes_no_setting_along(self):
        before = self.settings()
        self._offer("77", name="Jan Jansen")
        for name in ("Bakkerij Jansen", "1", "odoo", "Loket 5555", "Unit 100"):
            employee = self.as_user(self.env["hr.employee"], self.manager).create(
                {"name": name}
            )
            employee.unlink()
            self.assertEqual(self.settings(), before, name)

    def test_archiving_in_other_words_forgets_the_secrets_too(self):
        for no in (0, "", None):
            self.connection.write({"active": True, "client_secret": "geheim"})
            self.connection.state = "ready"
            self.as_user(self.connection, self.manager).write({"active": no})
            self.env.invalidate_all()
            self.assertFalse(self.connection.active)
            self.assertFalse(self.connection.client_secret, no)
            self.assertEqual(self.connection.state, "draft", no)

    def test_what_lay_ready_on_a_draft_passes_for_no_payroll_file(self):
        self._book(self.anna, 1, 8)
        self._export().action_generate()
        name = "loket_5555_2026_9_versie_2_vervangt_1.csv"
        draft = self._export()
        vals = {"res_model": "loket.export", "res_id": draft.id, "name": name}
        attachments = self.env["ir.attachment"].with_user(self.clerk)
        ready = attachments.create({**vals, "raw": b"9999"})
        draft.with_user(self.clerk).action_generate()
        self.assertEqual(draft.attachment_id.name, name)
        self.assertNotEqual(ready.name, name)

    def test_a_clerk_groups_and_orders_by_nothing_that_is_hidden(self):
        self._book(self.anna, 1, 8)
        export = self._export()
        export.action_generate()
        rows = self.as_user(self.env["loket.employee"], self.clerk)
        lines = self.as_user(export.line_ids, self.clerk)
        path = "employee_id.private_email"
        later = [("birthday:max", ">", "2000-01-01")]
        spec = {"employee_id": {"fields": {"private_email": {}}}}
        link = ["connection_id"]
        for what, ask in {
            "group": lambda: rows.formatted_read_group([], [path], ["__count"]),
            "cells": lambda: lines.formatted_read_group([], [path], ["__count"]),
            "sum": lambda: rows.formatted_read_group([], [], ["birthday:max"]),
            "having": lambda: rows.formatted_read_group([], link, [], having=later),
            "order": lambda: rows.formatted_read_group(
                [], link, ["__count"], order="birthday:max"
            ),
            "sort": lambda: rows.search([], order=path),
            "read": lambda: lines.web_read(spec),
            "far": lambda: lines.search(
                [("employee_id.loket_employee_ids.birthday", "!=", False)]
            ),
            "secret": lambda: self.as_user(self.connection, self.manager).search(
                [("client_secret", "like", "a")]
            ),
        }.items():
            with self.subTest(what):
                try:
                    ask()
                except (AccessError, ValueError):
                    continue
                self.fail("answered")

    def test_another_company_asks_by_no_path(self):
        self._map_component("7777", work_entry_type_id=self.overtime.id)
        self.connection.last_error = "zoek"
        self.connection.message_post(body="zoek")
        lines, kind = "loket_mapping_ids", "hr.work.entry.type"
        for model, domain in [
            (kind, [(f"{lines}.component_code", "=", "7777")]),
            (kind, [(lines, "any", [("component_code", "=", "7777")])]),
            (kind, [(f"{lines}.connection_id.last_error", "=", "zoek")]),
            (kind, [(lines, "ilike", "Over")]),
            ("mail.message", [("model", "=", "loket.connection")]),
            ("loket.employee", [("display_name", "ilike", "Anna")]),
        ]:
            with self.subTest(str(domain)):
                records = self.as_user(self.env[model], self.stranger)
                self.assertFalse(records.search(domain))
        types = self.as_user(self.overtime, self.stranger)
        (told,) = types.web_read({lines: {"fields": {"component_code": {}}}})
        self.assertFalse(told[lines])

    def test_lists_of_odoo_take_no_line_of_another_company(self):
        foreign = self.env["hr.department"].create(
            {"name": "X", "company_id": self.other.id}
        )
        theirs = self._connection(self.other, 7777)
        job = self._link(self._employee("Vreemde", foreign, self.other), 9, theirs)
        line = self._map_component(
            "5", connection_id=theirs.id, work_entry_type_id=self.overtime.id
        )
        made = {"connection_id": theirs.id, "component_code": "9"}
        row = {"connection_id": theirs.id, "name": "x", "employment_ref": "x"}
        for record, name, one, vals, fresh in (
            (self.anna, "loket_employee_ids", job, {"gets_hours": True}, row),
            (self.overtime, "loket_mapping_ids", line, {"component_code": "9"}, made),
            (self.attendance, "loket_mapping_ids", line, {"is_skipped": True}, made),
        ):
            for command in (
                Command.link(one.id),
                Command.set(one.ids),
                Command.update(one.id, vals),
                Command.delete(one.id),
                Command.create(fresh),
            ):
                with (
                    self.subTest(f"{record} {command}"),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    self.as_user(record, self.manager).write({name: [command]})
                    self.env.flush_all()

    def test_forms_of_odoo_tell_nothing_through_lines_of_ours(self):
        theirs = self._connection(self.other, 7777)
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": theirs.id,
                "code": "900",
                "name": "Verweg",
                "kind": "distribution_unit",
                "ref": "verweg",
            }
        )
        self._offer("66", name="Verweg", connection_id=theirs.id)
        foreign = self._map_component(
            "66", connection_id=theirs.id, work_entry_type_id=self.overtime.id
        )
        code = self.connection.component_mapping_ids
        line = self.connection.department_mapping_ids[0]
        for record, own, vals in (
            (self.shop, line, {"connection_id": theirs.id}),
            (self.shop, line, {"cost_center_id": center.id}),
            (self.attendance, code, {"connection_id": theirs.id, "component_code": 66}),
            (self.attendance, foreign, {}),
        ):
            computed = [
                name
                for name, field in own._fields.items()
                if field.compute and not field.relational
            ]
            for told in (computed, computed + ["connection_id", "company_id"]):
                spec = {"loket_mapping_ids": {"fields": {name: {} for name in told}}}
                for command in (
                    [Command.UPDATE, own.id, vals],
                    [Command.LINK, own.id, 0] if not vals else None,
                    [Command.CREATE, "virtual", vals] if vals else None,
                    [Command.SET, 0, own.ids] if not vals else None,
                ):
                    if command:
                        for records in (record, record.browse()):
                            self.assert_silent(records, [command], spec)
        # What is one's own is told.
        spec = {"loket_mapping_ids": {"fields": {"component_code": {}}}}
        attendance = self.as_user(self.attendance, self.manager)
        change = {"loket_mapping_ids": [[Command.UPDATE, code.id, {"is_skipped": 1}]]}
        self.assertIn("'1'", str(attendance.onchange(change, [], spec)))

    def assert_silent(self, records, lines, spec):
        """A form that names these lines is refused, in its values or by default."""
        self.env.flush_all()
        asked = self.as_user(records, self.manager)
        with self.assertRaises(AccessError, msg=lines):
            asked.onchange({"loket_mapping_ids": lines}, [], spec)
        self.env.transaction.clear()
        with self.assertRaises(AccessError, msg=lines):
            asked.with_context(default_loket_mapping_ids=lines).onchange({}, [], spec)
        self.env.transaction.clear()
