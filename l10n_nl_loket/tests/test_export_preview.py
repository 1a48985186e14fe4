# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time

from .common_export import ExportCase


class TestExportPreview(ExportCase):
    """What the clerk looks at before there is a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._offer("1")
        cls._book(cls.anna, 1, 8)
        cls._book(cls.bram, 1, 4)
        cls._book(cls.anna, 1, 6, date=date(2026, 8, 3))

    def preview(self):
        export = self._export()
        export.action_check()
        return export

    def totals(self, lines):
        return [
            (one.code, one.value, one.value_before, one.difference) for one in lines
        ]

    def test_components_stand_beside_those_of_the_period_before(self):
        export = self.preview()
        self.assertEqual(self.totals(export.component_total_ids), [(1, 12, 6, 6)])
        self.assertEqual(export.component_total_ids.display_name, "1 Component 1")

    def test_cost_centers_stand_beside_those_of_the_period_before(self):
        export = self.preview()
        self.assertEqual(
            self.totals(export.cost_center_total_ids),
            [(100, 8, 6, 2), (200, 4, 0, 4)],
        )
        self.assertEqual(
            export.cost_center_total_ids.mapped("name"), ["Unit 100", "Unit 200"]
        )

    def test_without_a_file_the_period_before_is_what_is_booked(self):
        self.assertIn("August 2026, as booked", self.preview().comparison)

    def test_with_a_file_the_period_before_is_what_is_in_it(self):
        self._generate(period=8)
        self._book(self.anna, 1, 99, date=date(2026, 8, 4))
        export = self.preview()
        self.assertIn("August 2026, as in its file", export.comparison)
        self.assertEqual(self.totals(export.component_total_ids), [(1, 12, 6, 6)])
        self.assertEqual(
            self.totals(export.cost_center_total_ids),
            [(100, 8, 6, 2), (200, 4, 0, 4)],
        )

    def test_what_was_sent_last_period_and_is_gone_now_is_shown(self):
        self._map_component("30", work_entry_type_id=self.overtime.id)
        self._offer("30")
        self._book(
            self.anna, 1, 2, date=date(2026, 8, 3), work_entry_type_id=self.overtime.id
        )
        self.assertIn((30, 0, 2, -2), self.totals(self.preview().component_total_ids))

    def test_who_has_no_hours_is_listed_also_with_wage_entries(self):
        idle = self._employee("Ida Idle", self.shop)
        job = self._link(idle, 3)
        travel = self.env["hr.wage.component"].create({"name": "Reis", "code": "R"})
        entry = {"employee_id": idle.id, "wage_component_id": travel.id, "value": 46.2}
        self.env["hr.wage.entry"].create({**entry, "date": "2026-09-01"})
        gone = self._employee("Gijs Gegaan", self.shop)
        self._link(gone, 4, end_date="2026-08-31")
        self._link(self._employee("Vera Verdwenen", self.shop), 5, in_loket=False)
        export = self.preview()
        self.assertEqual(export.idle_employment_ids, job)
        self.assertEqual(export.idle_count, 1)
        action = export.action_idle_timesheets()
        self.assertIn(("employee_id", "in", idle.ids), action["domain"])

    def test_where_nobody_has_hours_who_has_nothing_at_all_is_listed(self):
        self.env["account.analytic.line"].search(
            [("employee_id.company_id", "=", self.company.id)]
        ).unlink()
        travel = self.env["hr.wage.component"].create({"name": "Reis", "code": "R"})
        entry = {"employee_id": self.anna.id, "wage_component_id": travel.id}
        self.env["hr.wage.entry"].create({**entry, "date": "2026-09-01", "value": 5})
        self.assertEqual(self.preview().idle_employment_ids.employee_id, self.bram)

    def test_a_period_that_is_not_over_is_said(self):
        with freeze_time("2026-09-30"):
            self.assertTrue(self._export().is_running)
            wizard = self.env["loket.export.wizard"].create({"year": 2026, "period": 9})
            self.assertTrue(wizard.is_running)
        with freeze_time("2026-10-01"):
            self.assertFalse(self._export().is_running)

    def test_the_totals_of_the_cells_are_the_totals_of_the_file(self):
        export = self._generate()
        self.assertEqual(sum(export.line_ids.mapped("hours")), export.total_hours)
        self.assertEqual(
            sum(export.component_total_ids.mapped("value")), export.total_hours
        )

    def test_the_cells_of_a_file_open_on_a_page_of_their_own(self):
        export = self._generate()
        action = export.action_view_lines()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines, export.line_ids)

    def test_the_file_that_replaced_this_one_is_opened(self):
        old, new = self._generate(), self._generate()
        self.assertEqual(old.action_view_latest()["res_id"], new.id)

    def test_a_department_that_was_changed_in_place_since_the_last_file_is_told(self):
        self.anna.department_id = self.office
        self.anna.department_id = self.shop
        self.assertFalse(self.preview().remark_ids, "there is no file yet")
        self._generate()
        self.anna.department_id = self.office
        remark = self.preview().remark_ids
        self.assertEqual(remark.employee_id, self.anna)
        self.assertIn("Winkel → Kantoor", remark.display_name)
        self.assertIn("01/01/2025", remark.display_name)
        long_ago = "2026-01-01 00:00:00"
        self.anna.version_id.sudo().loket_department_changed_on = long_ago
        self.assertFalse(self.preview().remark_ids, "the last file knew")
