# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A form that is not saved answers nothing about another company."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .access_world import AccessWorld

ASKING = ("clerk", "Loket manager")


@tagged("post_install", "-at_install")
class TestAsked(AccessWorld):
    """``near`` asks; words, dates and numbers of ``far`` are what may not be told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secrets = ("Verweg", "6666", "1966")

    def spec(self, model, deep=True):
        """All fields of a model, as a form that wants to know everything asks them."""
        return {
            name: {"fields": {"display_name": {}, **self.inner(one)} if deep else {}}
            if one.relational
            else {}
            for name, one in self.env[model]._fields.items()
            if one.type not in ("reference", "many2one_reference", "binary")
        }

    def inner(self, one):
        """Plain fields of what is referred to."""
        if one.comodel_name not in self.own_models():
            return {}
        return {
            name: {}
            for name, inner in self.env[one.comodel_name]._fields.items()
            if not inner.relational and not inner.groups and inner.type != "binary"
        }

    def forms(self, one, record):
        """A record as a value of a field, in each form that Odoo takes."""
        if one.type == "many2one":
            yield record.id
            yield {"id": record.id}
            return
        yield [[Command.LINK, record.id, 0]]
        yield [[Command.SET, 0, record.ids]]
        yield [[Command.UPDATE, record.id, {}]]
        yield record.ids
        if one.comodel_name not in self.own_models():
            return  # what Odoo's own forms tell is Odoo's
        for name, inner in self.references(one.comodel_name).items():
            if inner.type == "many2one":
                vals = {name: self.far.records[inner.comodel_name].id}
                yield [[Command.CREATE, "virtual_1", vals]]

    def ask(self, role, model, ids, values, names=None):
        """What a form is told; nothing where it is refused."""
        names = list(values) if names is None else names
        spec = self.readable_spec(role, model)
        done, answer = self.call(role, model, "onchange", ids, values, names, spec)
        if done:
            return json.dumps(answer, default=str)
        self.assertIsInstance(answer, AccessError, (model, values))
        return None

    def readable_spec(self, role, model):
        records = self.env[model].with_user(self.users[role])
        return {
            name: spec
            for name, spec in self.spec(model).items()
            if records._has_field_access(records._fields[name], "read")
        }

    def assert_silent(self, told, *what):
        for secret in self.secrets:
            self.assertNotIn(secret, told or "", what)

    def asked(self):
        """(role, model, field) of all that a form may name."""
        for role in ASKING:
            for model in self.own_models():
                records = self.env[model].with_user(self.users[role])
                if records.has_access("create"):
                    for name, one in self.references(model).items():
                        yield role, model, name, one

    def test_a_new_record_tells_nothing_of_what_it_names(self):
        count = 0
        for role, model, name, one in self.asked():
            for value in self.forms(one, self.far.records[one.comodel_name]):
                told = self.ask(role, model, [], {name: value})
                self.assertIsNone(told, (role, model, name, value))
                # Beside what is one's own, and as what was there before.
                values = {**self.near.fresh[model], name: value}
                self.assertIsNone(self.ask(role, model, [], values, []))
                count += 1
        self.assertGreater(count, 50)

    def test_a_record_that_is_there_tells_nothing_of_what_it_is_told_to_name(self):
        for role, model, name, one in self.asked():
            record = self.record_for(self.near, model, self.users[role])
            self.env.flush_all()
            for value in self.forms(one, self.far.records[one.comodel_name]):
                told = self.ask(role, model, record.ids, {name: value})
                self.assertIsNone(told, (role, model, name, value))

    def test_a_default_that_a_link_brings_along_tells_nothing(self):
        for role, model, name, one in self.asked():
            user = self.users[role]
            value = self.given(one, self.far.records[one.comodel_name])
            context = {
                "allowed_company_ids": user.company_ids.ids,
                f"default_{name}": value,
            }
            spec = self.readable_spec(role, model)
            done, answer = self.call(
                role, model, "onchange", [], {}, [], spec, context=context
            )
            if done:
                self.assert_silent(json.dumps(answer, default=str), model, name)

    def test_a_record_in_mind_tells_nothing(self):
        for role, model, name, one in self.asked():
            records = self.env[model].with_user(self.users[role])
            value = self.given(one, self.far.records[one.comodel_name])
            with self.assertRaises(AccessError, msg=(role, model, name)):
                records.new({name: value})
            self.env.transaction.clear()

    def test_what_odoo_fills_in_is_not_supposed(self):
        number = str(self.far.records["loket.employee"].employee_number)
        told = self.ask(
            "Loket manager",
            "loket.employee",
            [],
            {
                "connection_id": self.near.records["loket.connection"].id,
                "name": "Iemand",
                "employee_number": number,
            },
        )
        self.assertNotIn('"has_number_clash": true', told)

    def test_whom_a_person_may_not_see_is_not_suggested_by_name(self):
        branch = self.env["res.company"].create(
            {"name": "Verweg Filiaal", "parent_id": self.near.company.id}
        )
        hidden = self.env["hr.employee"].create(
            {"name": "Iemand Verweg", "company_id": branch.id, "birthday": "1966-01-02"}
        )
        row = self.env["loket.employee"].create(
            {
                "connection_id": self.near.records["loket.connection"].id,
                "employment_ref": "hidden",
                "name": "Iemand Verweg",
                "birthday": "1966-01-02",
            }
        )
        names = ["suggested_employee_id", "suggestion_reason", "suggestion_strength"]
        names.append("may_be_double")
        user = self.users["Loket manager"]
        row = row.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        told = row.read(names)[0]
        self.assertTrue(told.pop("may_be_double"))
        self.assertIn("whom you may not see", told["suggestion_reason"])
        self.assert_silent(json.dumps(told))
        self.assertFalse(row.suggested_employee_id)
        with self.assertRaisesRegex(UserError, "suggestion that is sure enough"):
            row.action_link_suggestion()
        user.company_ids |= branch
        row = row.with_context(allowed_company_ids=user.company_ids.ids)
        self.assertEqual(row.suggested_employee_id, hidden)

    def test_the_own_form_goes_on_answering(self):
        for role, model, name, one in self.asked():
            if one.type != "many2one" or model == "loket.export":
                continue
            record = self.record_for(self.near, model, self.users[role])
            self.env.flush_all()
            values = {name: self.near.records[one.comodel_name].id}
            for ids in ([], record.ids):
                if one.comodel_name in ("hr.employee",) and role == "clerk":
                    continue  # a clerk sees the directory of employees only
                if self.env[one.comodel_name]._transient:
                    continue
                told = self.ask(role, model, ids, values)
                self.assertIsNotNone(told, (role, model, name))
