# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a clerk begins, and whom she asks and reminds from there."""

from unittest.mock import patch

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.mail.tests.common import MailCase

from ..models.export.loket_export_preview import ASK_HR
from .common_export import ExportCase

GROUP = "l10n_nl_loket.group_user"


@tagged("post_install", "-at_install")
class TestClerkHome(HttpCase, ExportCase):
    def home(self, user):
        """The id of the action that somebody's web client opens on."""
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info", {})[
            "home_action_id"
        ]

    def test_a_clerk_opens_on_the_preview(self):
        preview = self.env.ref("l10n_nl_loket.action_loket_preview")
        self.assertEqual(self.home(self.clerk), preview.id)

    def test_a_home_that_somebody_chose_stays(self):
        chosen = self.env.ref("l10n_nl_loket.action_hr_wage_entry")
        self.clerk.action_id = chosen.id
        self.assertEqual(self.home(self.clerk), chosen.id)

    def test_who_does_more_than_payroll_opens_where_odoo_begins(self):
        for name, groups in {
            "plain": "base.group_user",
            "officer": f"{GROUP},hr.group_hr_user",
            "manager": "l10n_nl_loket.group_manager",
        }.items():
            user = new_test_user(self.env, f"loket-{name}", groups)
            self.assertFalse(self.home(user), name)


@tagged("post_install", "-at_install")
class TestClerk(ExportCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.email = "clerk@example.com"
        cls.manager = new_test_user(
            cls.env,
            "loket-karin",
            "l10n_nl_loket.group_manager",
            name="Karin",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.connection.user_id = cls.manager

    def menus(self, user):
        """The names of the entries of the app, as somebody sees them."""
        root = self.env.ref("l10n_nl_loket.menu_loket_root").id
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        return [
            menus[child]["name"] for child in menus.get(root, {}).get("children", [])
        ]

    def draft(self):
        export = self._export().with_user(self.clerk)
        export.action_check()
        return export

    def asked(self, export):
        return export.sudo().activity_search([ASK_HR])

    # === WHERE SHE BEGINS === #

    def test_the_app_of_a_clerk_has_preview_files_and_wage_entries(self):
        self.assertEqual(
            self.menus(self.clerk),
            [
                "Preview",
                "Payroll files",
                "Wage entries",
                "Recurring wage entries",
                "Reporting",
            ],
        )
        self.assertIn("Configuration", self.menus(self.manager))
        plain = new_test_user(self.env, "loket-plain", "base.group_user")
        self.assertFalse(self.menus(plain))

    def preview(self):
        action = self.env.ref("l10n_nl_loket.action_loket_preview")
        return action.with_user(self.clerk).run()

    def period(self, action):
        export = self.env["loket.export"].browse(action["res_id"])
        self.assertEqual(export.state, "draft")
        return export.year, export.period

    @freeze_time("2026-10-05")
    def test_the_preview_is_of_the_last_full_period_until_its_file_is_made(self):
        self._book(self.anna, 1, 8)
        self.assertEqual(self.period(self.preview()), (2026, 9))
        self._generate()
        self.assertEqual(self.period(self.preview()), (2026, 10))
        drafts = self.env["loket.export"].search([("state", "=", "draft")])
        self.preview()
        self.assertEqual(
            self.env["loket.export"].search([("state", "=", "draft")]), drafts
        )

    def test_where_nothing_can_be_looked_at_the_preview_says_why(self):
        self.connection.active = False
        action = self.preview()
        self.assertEqual(action["res_model"], "loket.export.wizard")
        self.assertEqual(action["target"], "current")
        window = self.env["loket.export.wizard"].with_user(self.clerk).new()
        self.assertEqual(window.display_name, "Make a payroll file")
        self.assertIn("Configuration, Connections", window.problem)

    def test_who_can_make_the_first_connection_begins_there(self):
        self.connection.active = False
        action = self.env.ref("l10n_nl_loket.action_loket_preview")
        first = action.with_user(self.manager).run()
        self.assertEqual(first["res_model"], "loket.connection")

    # === ONE NEXT STEP === #

    def primary(self, export):
        """The buttons of a file that are to be clicked, of those that it shows."""
        header = self.arch("l10n_nl_loket.loket_export_view_form").find("header")
        names = [
            "state",
            "has_blocking",
            "has_acceptable",
            "accept_left_out",
            "is_latest",
            "can_push",
            "push_state",
            "push_queued",
            "to_mail",
            "ready_on",
            "attachment_id",
        ]
        values = {name: export[name] for name in names}
        return [
            button.get("name")
            for button in header.iter("button")
            if button.get("class") == "oe_highlight"
            and not safe_eval(button.get("invisible"), dict(values))
        ]

    def test_a_file_shows_one_next_step(self):
        carla = self._employee("Carla", self.shop)
        for employee in (self.anna, carla):
            self._book(employee, 1, 8)
        export = self.draft()
        self.assertEqual(self.primary(export), [], "the tick comes first")
        export.accept_left_out = True
        self.assertEqual(self.primary(export), ["action_generate"])
        export.action_generate()
        for can_push, expected in (
            (True, ["action_push", "action_push", "action_compare"]),
            (False, ["action_send", "action_download", None]),
        ):
            for state, name in zip(("done", "sent", "uploaded"), expected, strict=True):
                made = export.new(
                    {"state": state, "can_push": can_push, "is_latest": True}
                )
                made.update({"to_mail": False, "push_state": "none"})
                with self.subTest(state=state, can_push=can_push):
                    self.assertEqual(self.primary(made), [name] if name else [])

    def specification(self, env, model, views):
        """All that some views show of a record, as the web client asks for it."""
        shown = {}
        for view in views.values():
            for node in etree.fromstring(view["arch"]).iter("field"):
                outer = next(node.iterancestors("field"), None)
                field = env[model]._fields.get(node.get("name"))
                if outer is None and field and field.relational:
                    shown[node.get("name")] = {"fields": {"display_name": {}}}
                elif outer is None and field:
                    shown[node.get("name")] = {}
        return shown

    def test_whatever_the_menus_of_a_clerk_open_can_be_read(self):
        self._book(self.anna, 1, 8)
        self._generate()
        self.draft()
        env = self.env(user=self.clerk, su=False)
        root = self.env.ref("l10n_nl_loket.menu_loket_root").id
        menus = env["ir.ui.menu"].load_menus(False)
        actions, waiting = [], [root]
        while waiting:
            menu = menus[waiting.pop()]
            waiting += menu["children"]
            if menu["action_model"] == "ir.actions.act_window":
                actions.append(menu["action_id"])
        self.assertGreater(len(actions), 4)
        for action in env["ir.actions.act_window"].sudo().browse(actions):
            model = env[action.res_model]
            views = model.get_views(action.views)["views"]
            with self.subTest(action.name):
                model.web_search_read(
                    [], self.specification(env, action.res_model, views)
                )

    # === ON A PHONE === #

    def arch(self, xmlid):
        view = self.env.ref(xmlid)
        return etree.fromstring(
            self.env[view.model]
            .with_user(self.env.ref("base.user_admin"))
            .get_view(view.id, view.type)["arch"]
        )

    def test_each_table_of_a_file_has_cards(self):
        form = self.arch("l10n_nl_loket.loket_export_view_form")
        tables = form.xpath("//field[list]")
        self.assertGreater(len(tables), 10)
        bare = [table.get("name") for table in tables if table.find("kanban") is None]
        self.assertFalse(bare)
        modes = {table.get("mode") for table in tables}
        self.assertEqual(modes, {"list,kanban"})

    def test_the_card_of_a_timesheet_has_the_hour_type(self):
        card = self.arch("hr_timesheet.view_kanban_account_analytic_line")
        self.assertTrue(
            card.xpath("//t[@t-name='card']//field[@name='work_entry_type_id']")
        )

    # === WHAT ONLY HR CAN CORRECT === #

    def test_one_click_asks_hr_for_all_with_the_names_and_only_once(self):
        carla = self._employee("Carla", self.shop)
        dirk = self._employee("Dirk", self.shop)
        for employee in (self.anna, carla, dirk):
            self._book(employee, 1, 8)
        self._book(self.anna, 2, 4, work_entry_type_id=self.overtime.id)
        export = self.draft()
        self.assertTrue(export.can_ask_hr)
        self.assertFalse(export.hr_asked)

        export.action_ask_hr()
        export.action_ask_hr()

        activity = self.asked(export)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.manager)
        for name in ("Carla", "Dirk", "Anna de Vries"):
            self.assertEqual(activity.note.count(name), 1, name)
        self.assertIn("Karin", export.hr_asked)

    def test_asked_again_once_somebody_else_is_responsible_it_is_that_one_s(self):
        self._book(self._employee("Carla", self.shop), 1, 8)
        export = self.draft()
        export.action_ask_hr()
        before = self.asked(export)
        other = new_test_user(
            self.env,
            "loket-other-manager",
            "l10n_nl_loket.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.connection.sudo().user_id = other
        export.action_ask_hr()
        self.assertEqual(self.asked(export), before)
        self.assertEqual(before.user_id, other)

    def test_what_hr_has_corrected_is_asked_no_more(self):
        carla = self._employee("Carla", self.shop)
        for employee in (self.anna, carla):
            self._book(employee, 1, 8)
        self._book(self.anna, 2, 4, work_entry_type_id=self.overtime.id)
        export = self.draft()
        export.action_ask_hr()
        self._link(carla, 3)
        export.action_check()
        self.assertNotIn("Carla", self.asked(export).note)
        self._map_component("30", work_entry_type_id=self.overtime.id)
        export.action_check()
        self.assertFalse(self.asked(export))
        self.assertFalse(export.hr_asked)
        with self.assertRaisesRegex(UserError, "nothing here"):
            export.action_ask_hr()

    def test_hr_is_asked_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])
        self.manager.lang = "nl_NL"
        self._book(self._employee("Carla", self.shop), 1, 8)
        export = self.draft()
        export.action_ask_hr()
        self.assertNotIn("Not linked", self.asked(export).note)

    def test_who_can_correct_it_is_not_sent_to_hr(self):
        self._book(self._employee("Carla", self.shop), 1, 8)
        export = self._export().with_user(self.manager)
        export.action_check()
        self.assertFalse(export.can_ask_hr)
        self._book(self.anna, 1, -8)
        export = self.draft()
        negative = export.warning_ids.filtered(lambda one: one.reason == "negative")
        self.assertFalse(negative.is_for_hr, "the clerk asks who booked it")

    # === WHO HAS NO HOURS === #

    def remind(self, export):
        return (
            self.env["loket.remind.wizard"]
            .browse(export.action_remind()["res_id"])
            .with_user(self.clerk)
        )

    def idle(self, *employees):
        """A draft in which nothing is booked for these, and for others there is."""
        for employee in (self.anna, self.bram):
            if employee not in employees:
                self._book(employee, 1, 8)
        return self.draft()

    def test_who_has_no_hours_is_reminded_each_apart(self):
        self.anna.work_email = "anna@example.com"
        self.bram.work_email = "bram@example.com"
        wizard = self.remind(self.idle(self.anna, self.bram))
        self.assertIn("September 2026", wizard.subject)
        self.assertIn("September 2026", wizard.body)
        self.assertFalse(wizard.without_address)
        with self.mock_mail_gateway():
            wizard.action_send()
        self.assertEqual(
            sorted(mail["email_to"] for mail in self._mails),
            [
                ['"Anna de Vries" <anna@example.com>'],
                ['"Bram Bakker" <bram@example.com>'],
            ],
        )
        self.assertIn("2 employees", wizard.export_id.message_ids[0].body)

    def test_only_those_who_are_chosen_are_reminded_with_what_was_shown(self):
        self.anna.work_email = "anna@example.com"
        self.bram.work_email = "bram@example.com"
        wizard = self.remind(self.idle(self.anna, self.bram))
        wizard.employment_ids = self.bram_job
        wizard.body = "<p>Graag vandaag nog.</p>"
        with self.mock_mail_gateway():
            wizard.action_send()
        self.assertEqual(len(self._mails), 1)
        self.assertIn("bram@example.com", self._mails[0]["email_to"][0])
        self.assertIn("vandaag", self._mails[0]["body"])

    def test_who_has_hours_is_never_reminded(self):
        self.anna.work_email = "anna@example.com"
        self.bram.work_email = "bram@example.com"
        wizard = self.remind(self.idle(self.anna))
        self.assertEqual(wizard.employment_ids, self.anna_job)
        wizard.employment_ids = self.anna_job | self.bram_job
        with self.mock_mail_gateway():
            wizard.action_send()
        self.assertEqual(len(self._mails), 1)

    def test_pressed_twice_nobody_is_reminded_twice(self):
        self.anna.work_email = "anna@example.com"
        wizard = self.remind(self.idle(self.anna))
        with self.mock_mail_gateway():
            wizard.action_send()
            with self.assertRaises(UserError):
                wizard.action_send()
        self.assertEqual(len(self._mails), 1)

    def test_who_is_archived_in_odoo_is_not_proposed(self):
        self.anna.work_email = "anna@example.com"
        self.bram.work_email = "bram@example.com"
        self.anna.active = False
        wizard = self.remind(self.idle(self.anna, self.bram))
        self.assertEqual(wizard.employment_ids, self.bram_job)

    def test_each_reads_it_in_the_own_language_also_where_that_is_gone(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        for employee, lang in ((self.anna, "nl_NL"), (self.bram, "en_US")):
            employee.write({"work_email": f"{lang}@example.com", "lang": lang})
        draft = self.idle(self.anna, self.bram)
        wizard = self.remind(draft)
        self.assertIn("Your hours of September 2026", wizard.subject)
        self.assertIn("september 2026", wizard.subject)
        self.assertIn("<hr", wizard.body)
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_employee SET lang = 'xx_YY'")
        self.env.invalidate_all()
        self.assertEqual(self.remind(draft).subject, "Your hours of September 2026")

    def test_who_has_no_address_is_named_and_not_dropped_in_silence(self):
        self.bram.work_email = "bram@example.com"
        wizard = self.remind(self.idle(self.anna, self.bram))
        self.assertEqual(wizard.without_address, "Anna de Vries")
        self.assertEqual(wizard.employment_ids, self.bram_job)
        wizard.employment_ids |= self.anna_job
        with self.mock_mail_gateway(), self.assertRaisesRegex(UserError, "Anna"):
            wizard.action_send()
        self.assertFalse(self._mails)

    # === MAIL SERVERS AND RECIPIENTS === #

    def no_server(self):
        return patch.object(
            type(self.env["ir.mail_server"]),
            "_connect__",
            side_effect=ConnectionRefusedError(111, "Connection refused"),
        )

    def test_without_a_mail_server_who_can_mend_it_is_named(self):
        self.env["ir.mail_server"].search([]).active = False
        self._book(self.bram, 1, 8)
        made = self._generate().with_user(self.clerk)
        self.anna.work_email = "anna@example.com"
        wizard = self.remind(self.draft())
        before = self.env["mail.mail"].search([])
        for send in (made.action_send, wizard.action_send):
            with self.no_server(), self.assertRaises(UserError) as caught:
                send()
            self.assertIn("no outgoing mail server is set up", str(caught.exception))
            self.assertIn("administrator", str(caught.exception))
            self.assertNotIn("111", str(caught.exception))
        self.assertEqual(made.state, "done")
        self.assertEqual(self.env["mail.mail"].search([]), before, "none waits to go")

    def test_a_mail_server_that_does_not_answer_is_told_from_none(self):
        self.env["ir.mail_server"].create({"name": "Post", "smtp_host": "post.example"})
        self._book(self.anna, 1, 8)
        made = self._generate().with_user(self.clerk)
        with self.no_server(), self.assertRaisesRegex(UserError, "does not answer"):
            made.action_send()
