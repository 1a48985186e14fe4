# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestMeasures(ExportCase):
    """Hours on a component of euros, and the other way around."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._offer("1")
        cls._offer("120", category="Netto betaling")
        cls._offer("200", category="Bruto betaling")
        cls._offer("500", category="Output")
        cls._offer("501", category=False)
        cls._offer("130", category="Eenheden")
        cls.bonus, cls.days = cls.env["hr.wage.component"].create(
            [
                {"name": "Bonus", "code": "B", "company_id": cls.company.id},
                {
                    "name": "Reisdagen",
                    "code": "D",
                    "unit": "days",
                    "company_id": cls.company.id,
                },
            ]
        )
        cls.manager = new_test_user(
            cls.env,
            login="loket-manager",
            groups="l10n_nl_loket.group_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def overtime_on(self, code):
        return self._map_component(code, work_entry_type_id=self.overtime.id)

    def book_overtime(self, hours=8):
        return self._book(self.anna, 1, hours, work_entry_type_id=self.overtime.id)

    def pay_bonus(self, value=40):
        return self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": self.bonus.id,
                "date": "2026-09-01",
                "value": value,
            }
        )

    def test_hours_on_a_component_of_euros_are_said_when_they_are_mapped(self):
        mapping = self.overtime_on("120")
        self.assertIn("8 hours become 8 euros", mapping.remark)
        self.assertTrue(mapping.asks_confirmation)

    def test_euros_on_a_component_of_hours_are_said_when_they_are_mapped(self):
        mapping = self._map_component("1", wage_component_id=self.bonus.id)
        self.assertIn("8 euros become 8 hours", mapping.remark)
        self.assertTrue(mapping.asks_confirmation)

    def test_hours_on_a_component_of_euros_block_until_a_manager_confirms(self):
        mapping = self.overtime_on("120")
        self.book_overtime()
        export = self._export()
        with self.assertRaisesRegex(UserError, "Loket takes for euros"):
            export.with_user(self.clerk).action_generate()
        export.action_check()
        self.assertEqual(export.warning_ids.mapped("reason"), ["hours_as_money"])
        self.assertTrue(export.has_blocking)
        mapping.with_user(self.manager).action_confirm()
        self.assertFalse(mapping.asks_confirmation)
        self.assertIn("a manager said", mapping.remark)
        export.action_generate()
        self.assertIn(";8", self._file(export))

    def test_euros_on_a_component_of_hours_block_until_a_manager_confirms(self):
        mapping = self._map_component("1", wage_component_id=self.bonus.id)
        self.pay_bonus()
        with self.assertRaisesRegex(UserError, "Loket takes for hours"):
            self._generate()
        mapping.action_confirm()
        self.assertIn(";40", self._file(self._generate()))

    def test_a_clerk_confirms_nothing(self):
        mapping = self.overtime_on("120")
        with self.assertRaises(AccessError):
            mapping.with_user(self.clerk).action_confirm()

    def test_the_clerk_is_told_whom_to_ask(self):
        self.overtime_on("120")
        self.book_overtime()
        export = self._export()
        export.action_check()
        with self.assertRaisesRegex(UserError, "Ask the HR manager"):
            export.warning_ids.with_user(self.clerk).action_fix()
        action = export.warning_ids.with_user(self.manager).action_fix()
        self.assertEqual(action["res_model"], "loket.component.mapping")

    def test_another_code_is_asked_again_and_so_is_the_first_one_after_that(self):
        mapping = self.overtime_on("120")
        mapping.action_confirm()
        mapping.component_code = "0120"  # the same component
        self.assertFalse(mapping.asks_confirmation)
        mapping.component_code = "200"
        self.env.flush_all()
        self.assertTrue(mapping.asks_confirmation)
        mapping.component_code = "120"
        self.env.flush_all()
        self.assertTrue(mapping.asks_confirmation)

    def test_another_meaning_of_the_component_is_asked_again(self):
        mapping = self._map_component("1", wage_component_id=self.bonus.id)
        mapping.action_confirm()
        self.bonus.unit = "quantity"
        self.assertFalse(mapping.asks_confirmation)
        self.bonus.unit = "amount"
        self.env["loket.component"].search([("code", "=", "1")]).category = "Overwerk"
        mapping.invalidate_recordset()
        self.assertFalse(mapping.asks_confirmation)  # hours still

    def test_a_copy_of_a_line_has_nobodys_yes(self):
        mapping = self.overtime_on("120")
        mapping.action_confirm()
        self.assertTrue(mapping.confirmed_for)
        other = self.env.ref("hr_work_entry.work_entry_type_leave")
        self.assertFalse(mapping.copy({"work_entry_type_id": other.id}).confirmed_for)

    def test_a_category_that_nobody_knows_is_remarked_on_and_blocks_nothing(self):
        mapping = self.overtime_on("500")
        self.assertIn("Output", mapping.remark)
        self.assertFalse(mapping.asks_confirmation)
        self.book_overtime()
        export = self._generate()
        self.assertEqual(export.state, "done")
        mapping.component_code = "501"
        self.assertIn("no category", mapping.remark)

    def test_days_on_a_component_of_euros_are_remarked_on(self):
        mapping = self._map_component("120", wage_component_id=self.days.id)
        self.assertIn("counts days", mapping.remark)
        self.assertFalse(mapping.asks_confirmation)
        mapping.component_code = "130"
        self.assertFalse(mapping.remark)

    def test_each_category_of_hours_counts_hours(self):
        for number, category in enumerate(
            ("Uren", "Overwerk", "Tijd voor tijd", "Onregelmatige dienst"), 600
        ):
            self._offer(str(number), category=category)
            mapping = self._map_component(str(number), wage_component_id=self.bonus.id)
            self.assertTrue(mapping.asks_confirmation, category)
            mapping.unlink()
