# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestCopyWizard(ExportCase):
    """What stood in the period before is copied as a person says, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.travel = cls.env["hr.wage.component"].create(
            {"name": "Reiskosten", "code": "R", "company_id": cls.company.id}
        )
        cls.of_anna = cls.enter(cls.anna, "2026-08-31", 46.2, note="trein")
        cls.of_bram = cls.enter(cls.bram, "2026-08-03", 12)

    @classmethod
    def enter(cls, employee, date, value, **vals):
        return cls.env["hr.wage.entry"].create(
            {
                "employee_id": employee.id,
                "wage_component_id": cls.travel.id,
                "date": date,
                "value": value,
                **vals,
            }
        )

    def open(self):
        export = self._export().with_user(self.clerk)
        action = export.action_copy_last_period()
        return (
            self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])
        )

    def choice(self, window, entry):
        return window.choice_ids.filtered(lambda one: one.entry_id == entry)

    def copies(self):
        entries = self.env["hr.wage.entry"].search([("date", ">=", "2026-09-01")])
        return sorted(
            (one.employee_id.name, str(one.date), one.value, one.note or "")
            for one in entries
        )

    def test_an_entry_is_called_by_its_day_as_its_reader_writes_days(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        entry = self.env["hr.wage.entry"].search([], order="date desc", limit=1)
        entry.date = "2026-03-01"
        self.assertIn("- 1 Mar 2026", entry.display_name)
        self.assertIn("- 1 mrt. 2026", entry.with_context(lang="nl_NL").display_name)

    def test_it_asks_first_and_copies_with_the_day_of_the_period(self):
        window = self.open()
        self.assertEqual(self.copies(), [])
        window.action_copy()
        self.assertEqual(
            self.copies(),
            [
                ("Anna de Vries", "2026-09-30", 46.2, "trein"),
                ("Bram Bakker", "2026-09-03", 12, ""),
            ],
        )

    def test_only_who_is_chosen_with_the_amount_that_was_filled_in(self):
        window = self.open()
        self.choice(window, self.of_bram).is_chosen = False
        self.choice(window, self.of_anna).value = 50
        window.action_copy()
        self.assertEqual(self.copies(), [("Anna de Vries", "2026-09-30", 50, "trein")])
        self.assertEqual(self.of_anna.value, 46.2)

    def test_nothing_is_copied_twice(self):
        first, second = self.open(), self.open()
        first.action_copy()
        second.action_copy()
        third = self.open()
        self.assertFalse(any(third.choice_ids.mapped("is_chosen")))
        third.choice_ids.is_chosen = True
        third.action_copy()
        self.assertEqual(len(self.copies()), 2)

    def test_the_database_refuses_a_second_copy(self):
        self.open().action_copy()
        other = self.enter(self.anna, "2026-09-15", 1)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            other.copied_from_id = self.of_anna
            other.flush_recordset()

    def test_who_has_one_already_is_only_copied_on_purpose(self):
        self.enter(self.anna, "2026-09-15", 40)
        window = self.open()
        choice = self.choice(window, self.of_anna)
        self.assertEqual(
            (choice.is_chosen, choice.remark), (False, "Has one already: € 40.00")
        )
        window.action_copy()
        self.assertEqual(len(self.copies()), 2)

    def test_who_left_is_not_chosen(self):
        self.anna_job.end_date = "2026-08-31"
        window = self.open()
        choice = self.choice(window, self.of_anna)
        self.assertEqual((choice.is_chosen, bool(choice.remark)), (False, True))

    def test_what_recurs_is_not_copied(self):
        self.env["hr.wage.entry.recurring"].create(
            {"employee_id": self.bram.id, "wage_component_id": self.travel.id}
            | {"value": 30, "date_from": "2026-07-01"}
        )
        self.of_bram.unlink()
        self._export(period=8).action_check()
        window = self.open()
        self.assertEqual(window.choice_ids.entry_id, self.of_anna)

    def test_an_entry_of_another_period_can_not_be_passed_in(self):
        window = self.open()
        earlier = self.enter(self.anna, "2026-05-01", 999)
        self.choice(window, self.of_anna).sudo().entry_id = earlier
        with self.assertRaises(UserError):
            window.action_copy()
        self.choice(window, earlier).sudo().entry_id = self.of_anna
        self.choice(window, self.of_anna).date = "2026-11-01"
        with self.assertRaisesRegex(UserError, "not in the period"):
            window.action_copy()

    def test_where_there_is_nothing_it_says_so(self):
        (self.of_anna | self.of_bram).unlink()
        with self.assertRaisesRegex(UserError, "nothing to copy"):
            self.open()

    def test_from_the_list_it_is_the_last_full_period(self):
        with freeze_time("2026-10-05"):
            entries = self.env["hr.wage.entry"].with_user(self.clerk)
            action = entries.action_copy_last_period()
        window = self.env["loket.copy.wizard"].browse(action["res_id"])
        self.assertEqual((window.year, window.period), (2026, 9))
