# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The three walks in a real browser; skipped where Chromium is not."""

from odoo.tests import HttpCase, new_test_user, tagged

from .export_common import ExportCase

FORM = "/odoo/action-l10n_nl_loket.action_loket_connection/"
REPORT = "/odoo/action-l10n_nl_loket.action_loket_export_wizard"


@tagged("post_install", "-at_install")
class TestTours(HttpCase, ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            login="loket-manager",
            groups="base.group_user,l10n_nl_loket.group_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        (cls.clerk | cls.manager).email = "loket@voorbeeld.example"
        for code in ("1", "30"):
            cls._offer(code)

    def speak_dutch(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])
        (self.clerk | self.manager).lang = "nl_NL"

    def walk_a_period(self):
        day = self.connection._last_full_dates()[0][2]
        for employee in (self.anna, self.bram):
            self._book(employee, 1, 7.5, date=day)
        self.start_tour(REPORT, "loket_period", login="loket-clerk")
        export = self.env["loket.export"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(export.state, "sent")
        self.assertEqual(export.total_hours, 15)

    def test_setting_up_an_hour_type(self):
        self.start_tour(
            f"{FORM}{self.connection.id}", "loket_setup", login="loket-manager"
        )
        codes = self.connection.component_mapping_ids.mapped("component_code")
        self.assertIn("30", codes)

    def test_deciding_on_a_new_employment(self):
        row = self.env["loket.employee"].create(
            {
                "connection_id": self.connection.id,
                "employment_ref": "new",
                "name": "Kees Nieuw",
            }
        )
        self.start_tour(
            f"{FORM}{self.connection.id}", "loket_day", login="loket-manager"
        )
        self.assertEqual(row.decision, "ignore")

    def test_making_and_sending_the_file_of_a_period(self):
        self.walk_a_period()

    def test_making_and_sending_the_file_in_dutch(self):
        self.speak_dutch()
        self.walk_a_period()
