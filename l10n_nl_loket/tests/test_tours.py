# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The walks of the three users in a real browser; skipped where Chromium is not."""

import os
from unittest import skipIf
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.mail.tests.common import MailCase

from ..models.connection.loket_connection import ADDRESSES
from .common_connection import MANAGER, USER, ConnectionMixin
from .common_export import ExportCase
from .test_push_sandbox import PushMixin


def load_dutch(env):
    """Have all screens in Dutch, too."""
    env["res.lang"]._activate_lang("nl_NL")
    env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])


def speak_dutch(user):
    """Show a user all screens in Dutch."""
    load_dutch(user.env)
    user.lang = "nl_NL"


#: Of the walks that take longest, once is enough beside addons of others: all of them
#: are walked without.
walked_once = skipIf(os.environ.get("LOKET_BESIDE"), "walked wide")


class ManagerCase(ConnectionMixin, HttpCase):
    """An HR manager who may connect, and a Loket of this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Voorbeeld B.V.", "country_id": cls.env.ref("base.nl").id}
        )
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )

    def setUp(self):
        super().setUp()
        self.loket.remembers_consent = True
        self.manager = self.make_user(
            "loket-manager",
            f"base.group_system,{MANAGER}",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def make_connection(self, env=None, **vals):
        return super().make_connection(env, name="Voorbeeld B.V.", **vals)

    def walk(self, start, tour):
        self.env.flush_all()
        self.start_tour(start, tour, login="loket-manager", timeout=180)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestManagerTours(ManagerCase):
    """The HR manager: from nothing to linked employees, and what happens every day."""

    def book_an_hour(self, employee):
        project = self.env["project.project"].create(
            {"name": "Werk", "company_id": self.company.id, "allow_timesheets": True}
        )
        self.env["account.analytic.line"].create(
            {
                "name": "/",
                "employee_id": employee.id,
                "project_id": project.id,
                "unit_amount": 1,
            }
        )

    def test_setting_up_from_the_settings_to_the_employees(self):
        self.connection.unlink()
        addresses = (self.loket.api_url, self.loket.oauth_url)
        self.enterContext(patch.dict(ADDRESSES, production=addresses))
        # Here, production is on this machine.
        self.patch(type(self.connection), "_may_be_local", lambda connection: True)
        known = self.employer.employees[0]
        employee = self.env["hr.employee"].create(
            {
                "name": "Bekend in Odoo",
                "company_id": self.company.id,
                "work_email": known.work_email or known.email,
            }
        )
        department = self.env["hr.department"].create({"name": "Verkoop"})
        self.book_an_hour(employee)

        self.walk("/odoo/settings", "loket_setup")

        connection = self.env["loket.connection"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertRecordValues(
            connection,
            [{"name": "Voorbeeld B.V.", "state": "ready", "client_number": 5555}],
        )
        mapped = department.loket_mapping_ids
        self.assertEqual(mapped.cost_center_id.name, "Verkoop")
        for part in ("departments", "hour_types"):
            self.assertEqual(connection[f"{part}_done"], connection[f"{part}_total"])
        warehouse = self.env["hr.department"].search(
            [("name", "=", "Magazijn"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(warehouse.loket_mapping_ids.cost_center_id.name, "Magazijn")
        self.assertEqual(connection.stage, "ready")
        rows = connection.loket_employee_ids.grouped("decision")
        self.assertEqual(len(rows["add"].employee_id), 1)
        self.assertEqual(rows["link"].employee_id, employee)
        self.assertEqual(employee.name.split()[0], known.first_name)

    def test_hour_types_that_odoo_lacks_are_made(self):
        self.make_ready()

        self.walk("/odoo/action-l10n_nl_loket.action_loket_connection", "loket_make")

        mapped = self.connection.component_mapping_ids.filtered("component_code")
        self.assertEqual(
            {line.component_code: line.work_entry_type_id.name for line in mapped},
            {"32": "Zondagen", "31": "Overwerk 150%"},
        )

    def test_work_in_the_background_moves_on_the_page_by_itself(self):
        for employee in self.employer.employees[3:]:
            employee.vanished = True
        self.make_ready().action_sync()
        rows = self.connection.loket_employee_ids
        rows.decision = "add"
        rows.sudo().is_queued = True
        action = "/odoo/action-l10n_nl_loket.action_loket_connection"
        self.walk(f"{action}/{self.connection.id}", "loket_goes_on")
        self.assertTrue(all(rows.mapped("employee_id")))
        self.assertEqual(set(rows.mapped("outcome")), {"added"})

    def test_every_day_what_changed_and_who_is_new(self):
        moves, joins = self.employer.employees[:2]
        moves.street = "Oudestraat"
        joins.vanished = True
        self.make_ready().action_sync()
        rows = self.connection.loket_employee_ids
        mover = rows.filtered(lambda row: row.employee_number == str(moves.number))
        mover.action_add()
        (rows - mover).action_ignore()
        moves.street = "Nieuwestraat"
        joins.vanished = False
        joins.last_name = "Nieuw"

        self.walk(
            "/odoo/action-l10n_nl_loket.action_loket_connection",
            "loket_day",
        )

        self.assertIn("Nieuwestraat", mover.employee_id.private_street)
        fresh = self.connection.loket_employee_ids - rows
        self.assertEqual(fresh.decision, "ignore")


@tagged("post_install", "-at_install")
class TestManagerInDutch(TestManagerTours):
    """The same in Dutch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        load_dutch(cls.env)

    def setUp(self):
        super().setUp()
        self.manager.lang = "nl_NL"


@walked_once
@tagged("post_install", "-at_install")
class TestManagerOnAPhone(TestManagerTours):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True


@walked_once
@tagged("post_install", "-at_install")
class TestManagerOnAPhoneInDutch(TestManagerOnAPhone, TestManagerInDutch):
    """The same on a phone, in Dutch."""


@tagged("post_install", "-at_install")
class TestPuttingRight(ManagerCase):
    """The HR manager: Loket's value over Odoo's, and somebody added by mistake."""

    def walk_to_mistake(self, _added):
        self.walk("/odoo/action-l10n_nl_loket.action_loket_employee", "loket_mistake")

    def test_what_is_to_check_is_taken_over_and_a_mistake_is_undone(self):
        known, mistake = self.employer.employees[:2]
        known.last_name, mistake.last_name = "Bekend", "Vergissing"
        self.make_ready().action_sync()
        rows = self.connection.loket_employee_ids
        linked, added = (
            rows.filtered(lambda row, one=one: row.employee_number == str(one.number))
            for one in (known, mistake)
        )
        employee = self.env["hr.employee"].create(
            {"name": linked.name, "company_id": self.company.id, "work_email": "x@y.nl"}
        )
        linked.write({"decision": "link", "employee_id": employee.id})
        (linked | added).action_apply()
        added.action_add()
        linked.check_department = False
        made = added.employee_id

        self.walk(
            "/odoo/action-l10n_nl_loket.action_loket_employee_check", "loket_put_right"
        )
        self.walk_to_mistake(added)

        self.assertEqual(employee.work_email, linked.email)
        self.assertFalse(made.exists())
        self.assertEqual(added.decision, "pending")

    def test_putting_right_in_dutch(self):
        speak_dutch(self.manager)
        self.test_what_is_to_check_is_taken_over_and_a_mistake_is_undone()


@tagged("post_install", "-at_install")
class TestPuttingRightOnAPhone(TestPuttingRight):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def walk_to_mistake(self, added):
        action = "/odoo/action-l10n_nl_loket.action_loket_employee"
        self.walk(f"{action}/{added.id}", "loket_mistake_on_a_phone")


@tagged("post_install", "-at_install")
class TestClerkTours(HttpCase, ExportCase):
    """The payroll clerk: from the menu to a file that was sent, in two languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.email = "loket@voorbeeld.example"
        cls._offer("1")
        cls.env["hr.wage.component"].create({"name": "Reiskosten", "code": "R"})
        day = cls.connection._last_full_dates()[0][2]
        for employee in (cls.anna, cls.bram):
            cls._book(employee, 1, 7.5, date=day)
        cls._book(
            cls.anna, 1, 2, date=day, work_entry_type_id=cls.overtime.id
        )  # without a code

        karin = new_test_user(
            cls.env,
            "loket-karin",
            MANAGER,
            name="Karin",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.connection.user_id = karin

    def walk(self):
        self.start_tour("/odoo", "loket_period", login="loket-clerk")
        export = self.env["loket.export"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(export.state, "sent")
        self.assertEqual(export.total_hours, 15)
        self.assertEqual(export.left_out_hours, 2)
        entry = self.env["hr.wage.entry"].search([("employee_id", "=", self.anna.id)])
        self.assertEqual(entry.value, 12)

    def test_making_and_sending_the_file_of_a_period(self):
        self.walk()

    def test_making_and_sending_the_file_in_dutch(self):
        speak_dutch(self.clerk)
        self.walk()


@tagged("post_install", "-at_install")
class TestReturning(HttpCase, ExportCase):
    """The clerk: what returns each period, and hours beside those of the contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.travel = cls.env["hr.wage.component"].create(
            {"name": "Reiskosten", "code": "R", "company_id": cls.company.id}
        )
        cls._map_component("200", wage_component_id=cls.travel.id)
        day = cls.connection._last_full_dates()[0][2]
        cls._book(cls.anna, 1, 7.5, date=day)
        cls.before = cls.env["hr.wage.entry"].create(
            {
                "employee_id": cls.bram.id,
                "wage_component_id": cls.travel.id,
                "date": day - relativedelta(months=1, day=1),
                "value": 30,
            }
        )
        cls.clerk.lang = "en_US"

    def walk(self):
        action = "/odoo/action-l10n_nl_loket.action_hr_wage_entry_recurring"
        self.start_tour(action, "loket_recurs", login="loket-clerk")
        recurring = self.env["hr.wage.entry.recurring"].search(
            [("employee_id", "=", self.anna.id)]
        )
        self.assertEqual(recurring.value, 46)
        recurring.date_from = self.before.date
        self.start_tour("/odoo", "loket_recurs_in_the_file", login="loket-clerk")
        self.assertTrue(recurring.turn_ids.entry_id)
        copy = self.env["hr.wage.entry"].search(
            [("copied_from_id", "=", self.before.id)]
        )
        self.assertEqual((copy.employee_id, copy.value), (self.bram, 30))
        draft = self.env["loket.export"].search([("state", "=", "draft")])
        draft.action_generate()
        self.assertEqual(sorted(draft.line_ids.mapped("value")), [7.5, 30, 46])
        self.start_tour(
            "/odoo/action-l10n_nl_loket.action_loket_hours_person",
            "loket_per_person",
            login="loket-clerk",
        )

    def test_what_returns_each_period(self):
        self.walk()

    def test_what_returns_each_period_in_dutch(self):
        speak_dutch(self.clerk)
        self.walk()


@tagged("post_install", "-at_install")
class TestReturningOnAPhone(TestReturning):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True


@tagged("post_install", "-at_install")
class TestClerkOnAPhone(HttpCase, ExportCase, MailCase):
    """The clerk looks at the period on a phone, and reminds who has no hours."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.email = "loket@voorbeeld.example"
        cls.bram.work_email = "bram@voorbeeld.example"
        chris = cls._employee("Chris", cls.office)
        cls._link(chris, 3)
        day = cls.connection._last_full_dates()[0][2]
        cls._book(cls.anna, 1, 7.5, date=day)
        cls._book(cls.anna, 1, 2, date=day, work_entry_type_id=cls.overtime.id)

    def test_who_has_no_hours_is_reminded_in_dutch(self):
        speak_dutch(self.clerk)
        self.test_who_has_no_hours_is_reminded()

    def test_who_has_no_hours_is_reminded(self):
        with self.mock_mail_gateway():
            self.start_tour("/odoo", "loket_period_on_a_phone", login="loket-clerk")
        self.assertEqual(len(self._mails), 1)
        self.assertIn("bram@", self._mails[0]["email_to"][0])


@tagged("post_install", "-at_install")
class TestStraight(PushMixin, HttpCase):
    """The clerk: from what is booked to a period that the payroll office can run."""

    def setUp(self):
        super().setUp()
        self.clerk = self.make_user("loket-clerk", USER)
        day = self.connection._last_full_dates()[0][2]
        for person in self.people:
            self.book(person, self.travel, 46.2).date = day

    def walk(self):
        self.env.flush_all()
        self.start_tour("/odoo", "loket_straight", login="loket-clerk")
        self.env.invalidate_all()
        export = self.env["loket.export"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(export.push_state, "stored")
        self.assertEqual(export.line_ids.mapped("loket_value"), [46.2] * self.employees)
        self.assertTrue(export.ready_on)

    def test_into_loket_and_told(self):
        self.walk()

    def test_into_loket_and_told_in_dutch(self):
        speak_dutch(self.clerk)
        self.walk()


@tagged("post_install", "-at_install")
class TestStraightOnAPhone(TestStraight):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True


@tagged("post_install", "-at_install")
class TestStepsOnAPhone(HttpCase, ExportCase):
    """The steps of a connection fit the screen of a phone, in two languages."""

    browser_size = "390x844"
    touch_enabled = True
    #: Says in the console what stands beyond the edge, or has no words for its mark.
    LOOK = """
        const items = [...document.querySelectorAll(".o_loket_steps > *")];
        const beyond = [...document.querySelectorAll(".o_loket_steps *")].filter(
            (part) => part.getBoundingClientRect().right > window.innerWidth
        );
        const silent = items.filter(
            (item) => !item.querySelector(".visually-hidden").textContent.trim()
        );
        const current = document.querySelectorAll(".o_loket_steps [aria-current=step]");
        if (items.length !== 9 || beyond.length || silent.length) {
            console.error(items.length, beyond.length, silent.length);
        } else if (current.length !== 1) {
            console.error("not one step is the next one");
        } else {
            console.log("test successful");
        }
    """

    #: The same of a page or a window: what it shows must not be cut.
    NOT_BEYOND = """
        const parts = [...document.querySelectorAll(".o_content *, .modal-body *")];
        const beyond = parts.filter(
            (part) =>
                part.getClientRects().length &&
                part.getBoundingClientRect().right > window.innerWidth + 1
        );
        if (beyond.length) {
            console.error(beyond.length, beyond[0].outerHTML);
        } else {
            console.log("test successful");
        }
    """

    def test_what_to_ask_loket_for(self):
        self.connection.state = "draft"
        view = self.env.ref("l10n_nl_loket.loket_connection_view_form_ask")
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "Ask",
                "res_model": "loket.connection",
                "view_mode": "form",
                "view_id": view.id,
            }
        )
        self.env.flush_all()
        self.browser_js(
            f"/odoo/action-{action.id}/{self.connection.id}",
            self.NOT_BEYOND,
            "Boolean(document.querySelector('.o_loket_ask code'))",
            login="admin",
        )

    def test_what_is_to_check(self):
        self.connection.loket_employee_ids.write(
            {"check_email": True, "email": "een.heel.lang.adres@voorbeeld.example"}
        )
        self.env.flush_all()
        self.browser_js(
            "/odoo/action-l10n_nl_loket.action_loket_employee_check",
            self.NOT_BEYOND,
            "Boolean(document.querySelector('[name=action_take_over]'))",
            login="admin",
        )

    def look(self):
        self.connection.administration_name = "Voorbeeld"
        everybody = self.connection.loket_employee_ids
        everybody[0].problem = "Iets"
        everybody[1].check_email = True
        self.env.flush_all()
        self.browser_js(
            f"/odoo/action-l10n_nl_loket.action_loket_connection/{self.connection.id}",
            self.LOOK,
            "Boolean(document.querySelector('.o_loket_steps'))",
            login="admin",
        )

    def setUp(self):
        super().setUp()
        self.admin = self.env.ref("base.user_admin")
        self.admin.company_ids |= self.company
        self.admin.company_id = self.company

    def test_in_english(self):
        self.look()

    def test_in_dutch(self):
        speak_dutch(self.admin)
        self.look()
