# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo fills in is written by nobody, and no method answers who has no role."""

import inspect

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.models import BaseModel
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common_export import ExportCase

MODULE = "l10n_nl_loket"
USER, MANAGER = f"{MODULE}.group_user", f"{MODULE}.group_manager"
#: What a person fills in, by model; all else is filled in by Odoo.
BY_HAND = {
    "hr.wage.component": {
        "active",
        "code",
        "company_id",
        "loket_mapping_ids",
        "name",
        "unit",
    },
    "hr.wage.entry": {
        "adds_to_count",
        "date",
        "employee_id",
        "note",
        "value",
        "wage_component_id",
    },
    "hr.wage.entry.recurring": {
        "date_from",
        "date_to",
        "employee_id",
        "note",
        "turn_ids",
        "value",
        "wage_component_id",
    },
    "loket.component.mapping": {
        "component_code",
        "connection_id",
        "is_offered",
        "is_skipped",
        "normal_hours",
        "wage_component_id",
        "work_entry_type_id",
    },
    "loket.connection": {
        "active",
        "administration_ref",
        "allow_editing",
        "api_url",
        "company_id",
        "component_ids",
        "component_mapping_ids",
        "cost_center_ids",
        "default_shift",
        "department_mapping_ids",
        "distribution",
        "employer_ref",
        "environment",
        "fetch_payslips",
        "loket_employee_ids",
        "name",
        "oauth_url",
        "period_ids",
        "period_type",
        "protocol",
        "recipient_ids",
        "salaried_hours",
        "user_id",
        "vanish_threshold",
        "write_zero",
        "wsdl_url",
    },
    "loket.department.mapping": {
        "connection_id",
        "cost_center_id",
        "department_id",
        "is_skipped",
    },
    "loket.employee": {
        "decision",
        "employee_department_id",
        "employee_id",
        "employee_work_email",
        "gets_hours",
        "hours_project_ids",
        "salaried_hours",
    },
    "loket.export": {
        "accept_left_out",
        "connection_id",
        "period",
        "send_delivered",
        "take_late",
        "year",
    },
}
#: Fields of Odoo's own models that this addon alone fills in.
ADDED = {
    "hr.version": {
        "loket_company_changed_on",
        "loket_company_id",
        "loket_company_was_id",
        "loket_department_changed_on",
        "loket_department_was_id",
    }
}
#: Of a type, something to write.
VALUES = {
    "boolean": True,
    "char": "x",
    "date": "2026-01-01",
    "datetime": "2026-01-01 10:00:00",
    "float": 7.0,
    "html": "x",
    "integer": 7,
    "json": {"x": 1},
    "many2many": [Command.clear()],
    "many2one": False,
    "one2many": [Command.create({})],
    "text": "x",
}


@tagged("post_install", "-at_install")
class TestReadonlyFields(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.user("vast-manager", MANAGER, "base.group_system")
        cls.component = cls.env["hr.wage.component"].create(
            {"name": "Reis", "code": "REIS"}
        )

    @classmethod
    def user(cls, login, *groups):
        is_internal = "base.group_portal" not in groups
        groups = ("base.group_user", *groups) if is_internal else groups
        groups = tuple(group for group in groups if group != "base.group_public")
        return new_test_user(
            cls.env,
            login,
            ",".join(groups),
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def as_user(self, records, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )

    def record(self, model):
        """A record of a model that the manager may write."""
        component = self.component
        vals = {
            "hr.version": None,
            "loket.connection": None,
            "loket.employee": None,
            "hr.wage.component": {"name": "Eten", "code": "ETEN"},
            "hr.wage.entry": {
                "employee_id": self.anna.id,
                "wage_component_id": component.id,
                "value": 1,
            },
            "hr.wage.entry.recurring": {
                "employee_id": self.anna.id,
                "wage_component_id": component.id,
                "value": 1,
            },
            "loket.component.mapping": {
                "connection_id": self.connection.id,
                "wage_component_id": component.id,
            },
            "loket.department.mapping": {
                "connection_id": self.connection.id,
                "department_id": self.env["hr.department"]
                .create({"name": "Vast", "company_id": self.company.id})
                .id,
            },
            "loket.export": {
                "connection_id": self.connection.id,
                "year": 2026,
                "period": 9,
            },
        }[model]
        known = {
            "hr.version": self.anna.version_id,
            "loket.connection": self.connection,
            "loket.employee": self.anna_job,
        }
        return known.get(model) or self.env[model].create(vals)

    def value(self, field, record):
        """Something else than there is."""
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        if field.type == "many2one":
            return record.sudo()[field.name].id or False
        return VALUES[field.type]

    def own_fields(self, model):
        """The fields that this addon keeps, or lets write."""
        return {
            name: field
            for name, field in self.env[model]._fields.items()
            if MODULE in field._modules
            and (field.store or field.inverse or field.type == "one2many")
        }

    # === FIELDS === #

    def writable(self):
        """Models of the addon that are kept and that a manager may write."""
        for name, model in self.env.registry.items():
            if not name.startswith(("loket.", "hr.wage.")) or model._abstract:
                continue
            records = self.as_user(self.env[name], self.manager)
            if not model._transient and records.has_access("write"):
                yield name

    def test_every_field_is_either_filled_in_by_hand_or_by_odoo(self):
        self.assertEqual(set(self.writable()), set(BY_HAND))
        for model, by_hand in BY_HAND.items():
            records = self.as_user(self.env[model], self.manager)
            open_fields = {
                name
                for name, field in self.own_fields(model).items()
                if records._has_field_access(field, "write")
            }
            self.assertEqual(open_fields, by_hand, model)

    def kept_from_people(self):
        """(model, field) of all that Odoo fills in."""
        for model, by_hand in BY_HAND.items():
            for name, field in self.own_fields(model).items():
                if name not in by_hand:
                    yield model, field
        for model, names in ADDED.items():
            for name in names:
                yield model, self.env[model]._fields[name]

    def test_what_odoo_fills_in_is_written_by_nobody(self):
        records = {}
        for model, field in self.kept_from_people():
            if model not in records:
                records[model] = self.record(model)
            record = self.as_user(records[model], self.manager)
            vals = {field.name: self.value(field, record)}
            with self.subTest(f"{model}.{field.name}"):
                before = record.sudo()[field.name]
                with self.assertRaises(AccessError):
                    record.write(vals)
                self.assertEqual(record.sudo()[field.name], before)
                with self.assertRaises(AccessError):
                    record.with_context(
                        loket=True, install_mode=True, su=True, tracking_disable=True
                    ).web_save(vals, {})
                shown = record.fields_get([field.name], ["readonly"])
                if field.name in shown:
                    self.assertTrue(shown[field.name]["readonly"])

    def test_what_odoo_fills_in_is_given_to_no_new_record(self):
        for model, field in self.kept_from_people():
            if model in ADDED:
                continue
            records = self.as_user(self.env[model], self.manager)
            value = self.value(field, records.browse())
            with self.subTest(f"{model}.{field.name}"), self.assertRaises(AccessError):
                records.create({field.name: value})

    def test_what_a_version_remembers_is_not_written_through_the_employee(self):
        employee = self.as_user(self.anna, self.manager)
        vals = {"loket_department_was_id": self.office.id}
        with self.assertRaises(AccessError):
            employee.write(vals)
        # Odoo itself drops what may not be written of a new employee's version.
        fresh = employee.create({"name": "Nieuw", **vals})
        self.assertFalse(fresh.sudo().version_id.loket_department_was_id)
        employee.department_id = self.office  # which is remembered by itself
        version = self.anna.version_id
        self.assertEqual(version.loket_department_was_id, self.shop)

    def test_defaults_and_copies_fill_in_nothing_of_it(self):
        connections = self.as_user(self.env["loket.connection"], self.manager)
        with self.assertRaises(AccessError):
            connections.with_context(default_state="ready").create({"name": "x"})
        with self.assertRaises(AccessError):
            self.as_user(self.connection, self.manager).copy({"state": "ready"})
        twin = self.as_user(self.connection, self.manager).copy()
        self.assertEqual(twin.state, "draft")
        exports = self.as_user(self.env["loket.export"], self.clerk)
        draft = exports.with_context(default_state="done").create(
            {"connection_id": self.connection.id, "year": 2026, "period": 9}
        )
        self.assertEqual(draft.state, "draft")

    def test_an_import_fills_in_nothing_of_it(self):
        connections = self.as_user(self.env["loket.connection"], self.manager)
        result = connections.load(["name", "state"], [["x", "ready"]])
        self.assertFalse(result["ids"])

    def test_what_was_settled_on_connecting_stays(self):
        connection = self.as_user(self.connection, self.manager)
        for vals in ({"protocol": "soap"}, {"period_type": "week"}):
            with self.assertRaises(AccessError):
                connection.write(vals)
        self.connection.state = "connected"
        self.as_user(self.connection, self.manager).period_type = "week"

    def test_no_form_sends_what_odoo_fills_in(self):
        """A view that says when a field is read-only has it sent when it is not."""
        seen = 0
        for view in self.env["ir.ui.view"].search([("model", "in", list(BY_HAND))]):
            for node in etree.fromstring(view.arch).xpath("//field"):
                says = {node.get("readonly"), node.get("force_save")} - {None}
                model = self.env[view.model]
                for parent in reversed(list(node.iterancestors("field"))):
                    model = self.env[model._fields[parent.get("name")].comodel_name]
                field = model._fields.get(node.get("name"))
                if not says or field is None or model._transient:
                    continue
                is_sent = says != {"1"} or node.get("force_save")
                kept = field.readonly and MODULE in field._modules
                self.assertFalse(is_sent and kept, f"{view.name}: {field}")
                seen += 1
        self.assertTrue(seen)

    # === METHODS === #

    def methods(self):
        """(model, name) of the methods that this addon lets a client call."""
        for model in self.env.registry:
            seen = set()
            for cls in type(self.env[model]).__mro__:
                if not cls.__module__.startswith(f"odoo.addons.{MODULE}."):
                    continue
                for name, method in vars(cls).items():
                    is_public = inspect.isfunction(method) and name[0] != "_"
                    if is_public and not getattr(method, "_api_private", False):
                        seen.add(name)
            for name in sorted(seen):
                # What every model has asks first by itself.
                if not hasattr(BaseModel, name):
                    yield model, name

    def roles_without(self):
        return [
            self.user("zonder-portaal", "base.group_portal"),
            self.env.ref("base.public_user"),
            self.user("zonder-intern"),
            self.user("zonder-uren", "hr_timesheet.group_hr_timesheet_user"),
        ]

    def call(self, model, name, user):
        records = self.env[model].sudo().search([], limit=1)
        records = records.with_env(self.env(user=user.id, su=False))
        method = getattr(records, name)
        needed = [
            "x"
            for parameter in inspect.signature(method).parameters.values()
            if parameter.default is parameter.empty
            and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]
        return method(*needed)

    def test_no_method_answers_who_has_no_role(self):
        self._book(self.anna, 1, 8)
        self._generate()
        methods = list(self.methods())
        self.assertIn(("loket.connection", "action_components"), methods)
        self.assertIn(("loket.employee", "action_open"), methods)
        for user in self.roles_without():
            for model, name in methods:
                if name == "name_create":  # in the table of hour types only
                    continue
                if model == "loket.payslip":  # one's own; see test_payslip
                    continue
                if model == "ir.http":  # Odoo's own, which each web client asks first
                    continue
                with (
                    self.subTest(f"{model}.{name}", user=user.login),
                    self.assertRaises(AccessError),
                ):
                    self.call(model, name, user)

    # === WHO IS TOLD === #

    def test_only_who_has_a_role_is_made_responsible(self):
        self.connection.user_id = self.clerk
        plain = self.user("verantwoordelijk")
        officer = self.user("personeel", "hr.group_hr_manager")
        elsewhere = self.user("elders", MANAGER)
        other = self._company("Elders")
        elsewhere.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        connection = self.as_user(self.connection, self.manager)
        for user in (plain, officer):
            with self.assertRaises(ValidationError) as caught:
                connection.user_id = user
            self.assertIn("no role", str(caught.exception))
        with self.assertRaises(UserError):
            connection.user_id = elsewhere
        self.env.invalidate_all()
        self.assertEqual(self.connection.user_id, self.clerk)

    def test_only_who_has_a_role_is_offered(self):
        plain = self.user("niet-te-kiezen")
        described = self.env["loket.connection"].fields_get(["user_id"], ["domain"])
        domain = described["user_id"]["domain"]
        domain = safe_eval(domain, {"company_id": self.company.id})
        offered = self.env["res.users"].search(domain)
        self.assertIn(self.clerk, offered)
        self.assertIn(self.manager, offered)
        self.assertNotIn(plain, offered)

    # === WHAT A CLERK MAY FIND OUT === #

    def test_what_is_kept_from_a_clerk_is_not_found_out_by_asking(self):
        rows = self.as_user(self.env["loket.employee"], self.clerk)
        connections = self.as_user(self.env["loket.connection"], self.clerk)
        for name in (
            "birthday",
            "email",
            "employee_work_email",
            "employee_department_id",
            "employee_id.birthday",
            "employee_id.private_email",
            "held_text",
            "snapshot",
        ):
            with self.subTest(name):
                self.assert_no_answer(rows.search, [(name, "ilike", "a")])
                path = f"loket_employee_ids.{name}"
                self.assert_no_answer(connections.search, [(path, "ilike", "a")])
                if "." not in name:
                    self.assert_no_answer(rows.formatted_read_group, [], [name])
                    self.assert_no_answer(lambda name=name: rows.search([], order=name))
                    self.assert_no_answer(rows.search([]).read, [name])

    def assert_no_answer(self, ask, *args):
        """Refused, or nothing that can be asked at all."""
        try:
            ask(*args)
        except (AccessError, ValueError):
            return
        self.fail("answered")
