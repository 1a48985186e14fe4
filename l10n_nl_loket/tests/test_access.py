# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may do what, for every model of the addon, and in which company."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from .common_export import ExportCase

OPERATIONS = ("read", "write", "create", "unlink")
NOTHING, LOOK, ALL = set(), {"read"}, set(OPERATIONS)
WIZARD = {"read", "write", "create"}
#: model -> (clerk, manager); an internal user without a Loket group may do nothing.
RIGHTS = {
    "hr.wage.component": (LOOK, ALL),
    "hr.wage.entry": (ALL, ALL),
    "hr.wage.entry.recurring": (ALL, ALL),
    "hr.wage.entry.turn": (LOOK | {"unlink"}, LOOK | {"unlink"}),
    "loket.administration.choice": (NOTHING, ALL),
    "loket.administration.wizard": (NOTHING, WIZARD),
    "loket.booking.mark": (NOTHING, NOTHING),
    "loket.component": (LOOK, LOOK),
    "loket.component.mapping": (LOOK, ALL),
    "loket.connect.wizard": (NOTHING, WIZARD),
    "loket.connection": (LOOK, ALL),
    "loket.cost.center": (LOOK, LOOK),
    "loket.department.mapping": (LOOK, ALL),
    "loket.employee": (LOOK, ALL),
    "loket.employee.link.wizard": (NOTHING, WIZARD),
    "loket.export": (ALL, ALL),
    "loket.export.change": (LOOK, LOOK),
    "loket.export.kept": (NOTHING, NOTHING),
    "loket.export.late": (LOOK, LOOK),
    "loket.export.left.out": (LOOK, LOOK),
    "loket.export.line": (LOOK, LOOK),
    "loket.export.part": (NOTHING, NOTHING),
    "loket.export.remark": (LOOK, LOOK),
    "loket.export.recipient": (LOOK, LOOK),
    "loket.export.sending": (LOOK, LOOK),
    "loket.export.total": (LOOK, LOOK),
    "loket.export.warning": (LOOK, LOOK),
    "loket.export.wizard": (WIZARD, WIZARD),
    "loket.hours.person": (LOOK, LOOK),
    "loket.hours.report": (LOOK, LOOK),
    "loket.payslip": (LOOK, LOOK),
    "loket.period": (LOOK, LOOK),
    "loket.copy.choice": (ALL, ALL),
    "loket.copy.wizard": (WIZARD, WIZARD),
    "loket.make.choice": (NOTHING, ALL),
    "loket.make.wizard": (NOTHING, WIZARD),
    "loket.hours.choice": (WIZARD, WIZARD),
    "loket.ready.wizard": (WIZARD, WIZARD),
    "loket.remind.wizard": (WIZARD, WIZARD),
    "loket.shared.number": (NOTHING, {"read", "unlink"}),
    "loket.sync.run": (LOOK, LOOK | {"unlink"}),
    "loket.sync.run.line": (LOOK, LOOK | {"unlink"}),
    "loket.token": (NOTHING, NOTHING),
}
#: Of these everybody sees the own ones (see test_payslip).
OWN = "loket.payslip"


@tagged("post_install", "-at_install")
class TestAccess(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls._user("plain", "base.group_user", cls.company)
        cls.manager = cls._user("manager", "l10n_nl_loket.group_manager", cls.company)
        cls.system = cls._user("system", "base.group_system", cls.company)
        other = cls._company("Ander Bedrijf")
        cls.stranger = cls._user("other", "l10n_nl_loket.group_manager", other)
        cls.connection.client_secret = "geheim"
        cls.connection._loket_store_token({"access_token": "a", "refresh_token": "b"})

    @classmethod
    def _user(cls, login, group, company):
        return new_test_user(
            cls.env,
            f"loket-{login}",
            f"base.group_user,{group}",
            company_id=company.id,
            company_ids=company.ids,
        )

    def as_user(self, records, user):
        return records.with_user(user).with_context(
            allowed_company_ids=user.company_id.ids
        )

    def rights(self, model, user):
        records = self.as_user(self.env[model], user)
        return {name for name in OPERATIONS if records.has_access(name)}

    def own_models(self):
        """Models with a table that this addon brings."""
        return {
            data.model
            for data in self.env["ir.model"].search(
                [("transient", "in", [True, False])]
            )
            if data.modules == "l10n_nl_loket" and not self.env[data.model]._abstract
        }

    def test_every_model_of_the_addon_is_in_the_table(self):
        self.assertEqual(self.own_models(), set(RIGHTS))

    def test_each_role_may_do_what_the_table_says(self):
        for model, (clerk, manager) in RIGHTS.items():
            with self.subTest(model):
                plain = LOOK if model == OWN else NOTHING
                self.assertEqual(self.rights(model, self.plain), plain)
                self.assertEqual(self.rights(model, self.clerk), clerk)
                self.assertEqual(self.rights(model, self.manager), manager)

    def test_an_hr_officer_sees_the_employments_and_nothing_else_of_loket(self):
        officer = self._user("officer", "hr.group_hr_user", self.company)
        seen = {model for model in RIGHTS if self.rights(model, officer)}
        self.assertEqual(seen, {"loket.employee", OWN})
        self.assertEqual(self.rights("loket.employee", officer), LOOK)

    def test_secrets_are_for_the_system_group_only(self):
        self.assertEqual(self.rights("loket.token", self.system), LOOK)

    def test_records_of_another_company_are_invisible(self):
        self._map_component("30", work_entry_type_id=self.overtime.id)
        self._offer("1")
        self._offer("30")
        self._book(self.anna, 1, 8)
        self._generate().action_send()
        self._book(self.anna, 2, 1)
        self._export(period=10).action_check()
        run = {"connection_id": self.connection.id}
        line = self.env["loket.sync.run"].create(run)
        line.line_ids.create({"run_id": line.id, "name": "Anna", "kind": "created"})
        component = self.env["hr.wage.component"].create({"name": "Reis", "code": "R"})
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": component.id,
                "value": 1,
                "date": "2026-09-01",
            }
        )
        seen = set()
        for model in RIGHTS:
            if self.env[model]._transient or RIGHTS[model][1] == NOTHING:
                continue
            mine = self.as_user(self.env[model], self.manager).search([])
            theirs = self.as_user(self.env[model], self.stranger).search([])
            seen |= {model} if mine else set()
            self.assertFalse(mine & theirs, model)
        self.assertLessEqual(
            {
                "hr.wage.entry",
                "loket.connection",
                "loket.export",
                "loket.export.line",
                "loket.export.recipient",
            },
            seen,
        )

    def test_the_client_secret_is_unreadable_and_never_exported(self):
        for user in (self.clerk, self.manager):
            connection = self.as_user(self.connection, user)
            with self.assertRaises(AccessError):
                connection.read(["client_secret"])
            self.assertNotIn("client_secret", connection.read()[0])
        exportable = self.env["loket.connection"].fields_get(attributes=["exportable"])
        self.assertFalse(exportable["client_secret"]["exportable"])
        tokens = self.env["loket.token"].fields_get(attributes=["exportable"])
        for name in ("access_token", "refresh_token", "link_key"):
            self.assertFalse(tokens[name]["exportable"], name)

    def test_a_copy_has_no_secret_and_no_link(self):
        twin = self.connection.copy()
        self.assertFalse(twin.client_secret)
        self.assertEqual(twin.state, "draft")
        self.assertFalse(twin.administration_ref)
        self.assertFalse(twin.client_number)

    def test_a_neutralized_copy_of_the_database_speaks_to_nobody(self):
        self.env.flush_all()
        with file_open("l10n_nl_loket/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertFalse(self.connection.client_secret)
        self.assertEqual(self.connection.state, "draft")
        self.assertFalse(
            self.env["loket.token"].search([("connection_id", "=", self.connection.id)])
        )

    def test_the_loket_page_of_an_employee_is_for_hr(self):
        officer = self._user("officer", "hr.group_hr_user", self.company)
        for user in (officer, self.manager):
            employees = self.as_user(self.env["hr.employee"], user)
            arch = employees.get_view(view_type="form")["arch"]
            self.assertIn('name="loket_employee_ids"', arch)
        shown = self.as_user(self.anna, officer).web_read(
            {
                "loket_employee_ids": {
                    "fields": {
                        "connection_id": {"fields": {"display_name": {}}},
                        "payroll_number": {},
                        "connection_sync_date": {},
                    }
                }
            }
        )
        row = shown[0]["loket_employee_ids"][0]
        self.assertEqual(row["connection_id"]["display_name"], "Loket 5555")
        arch = self.as_user(self.env["hr.employee"], self.clerk).get_view(
            view_type="form"
        )["arch"]
        self.assertNotIn('name="loket_employee_ids"', arch)

    def test_a_clerk_sets_nothing_up_and_decides_nothing(self):
        connection = self.as_user(self.connection, self.clerk)
        row = self.as_user(self.anna_job, self.clerk)
        for call in (
            connection.action_connect,
            connection.action_fetch,
            connection.action_sync,
            connection.action_choose_administration,
            row.action_apply,
            row.action_reset,
            row.action_ignore,
        ):
            with self.assertRaises(AccessError):
                call()
