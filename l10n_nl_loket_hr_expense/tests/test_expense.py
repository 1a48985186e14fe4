# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.l10n_nl_loket.models.booking.loket_booking import HOURS, WAGES
from odoo.addons.l10n_nl_loket.tests.common_export import ExportCase


@tagged("post_install", "-at_install")
class TestExpense(ExportCase):
    """Each approved expense is in the file, or listed with the reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.meals, cls.trips = cls.env["product.product"].create(
            [
                {"name": name, "can_be_expensed": True, "standard_price": 0}
                for name in ("Maaltijden", "Reizen")
            ]
        )

    def in_use(self, code="210"):
        return self._map_component(code, product_id=self.meals.id)

    def expense(self, total=46.2, state="approved", **vals):
        expense = self.env["hr.expense"].create(
            {
                "name": "Lunch",
                "employee_id": self.anna.id,
                "product_id": self.meals.id,
                "date": "2026-09-10",
                "total_amount_currency": total,
                "company_id": self.company.id,
                "payment_mode": "own_account",
                **vals,
            }
        )
        expense.approval_state = state
        return expense

    def look(self, **vals):
        export = self._export(**vals)
        export.with_user(self.clerk).action_check()
        return export

    def cells(self, export):
        return [(line.component_code, line.value) for line in export.line_ids]

    def warned(self, export):
        return [(one.reason, one.value) for one in export.warning_ids]

    def told(self, export):
        return [
            (one.reason, one.name, one.value)
            for one in export.remark_ids
            if one.reason.startswith("expense")
        ]

    # === OFF UNTIL IT IS MAPPED === #

    def test_before_a_category_has_a_code_no_expense_is_in_a_file_or_a_list(self):
        self.expense()
        self.connection.action_expense_categories()
        export = self.look()
        self.assertEqual((self.cells(export), self.warned(export)), ([], []))
        self.assertEqual(self.told(export), [])

    def test_the_code_of_another_company_puts_nothing_of_this_one_in_a_file(self):
        other = self._connection(self._company("Anders"), 6666)
        code = {"connection_id": other.id, "product_id": self.meals.id}
        self._map_component("210", **code)
        self.expense()
        export = self.look()
        self.assertEqual((self.cells(export), self.warned(export)), ([], []))

    # === IN THE FILE, OR LISTED === #

    def test_approved_expenses_are_in_the_file_added_up_in_euros(self):
        self.in_use()
        self.expense(46.2)
        self.expense(10)
        export = self._generate()
        self.assertEqual(self._file(export).splitlines()[1:], ["5555;1;1;100;56,2"])
        self.assertEqual(export.total_hours, 0)

    def test_what_is_not_approved_or_the_company_paid_is_none(self):
        self.in_use()
        for state in (False, "submitted", "refused"):
            self.expense(state=state)
        self.expense(payment_mode="company_account")
        export = self.look()
        self.assertEqual((self.cells(export), self.warned(export)), ([], []))

    def test_a_category_without_a_code_is_listed_once_another_has_one(self):
        self.in_use()
        self.expense(product_id=self.trips.id)
        export = self.look()
        self.assertEqual(self.cells(export), [])
        self.assertEqual(self.warned(export), [("no_code", 46.2)])
        self.assertEqual(
            export.warning_ids.display_name, "Expense category without a code: Reizen"
        )

    def test_a_category_that_is_not_sent_on_purpose_is_told_without_a_tick(self):
        self.in_use()
        skipped = self._map_component(False, product_id=self.trips.id)
        skipped.is_skipped = True
        self.expense(product_id=self.trips.id)
        self.expense(1)
        export = self._generate()
        self.assertEqual(self.warned(export), [("not_sent", 46.2)])

    def test_an_expense_in_another_currency_counts_as_odoo_has_it_in_euros(self):
        self.in_use()
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 2,
            }
        )
        self.expense(100, currency_id=dollar.id)
        self.assertEqual(self.cells(self.look()), [(210, 50)])

    def test_of_a_company_that_does_not_count_in_euros_it_is_listed(self):
        self.in_use()
        self.company.currency_id = self.env.ref("base.USD")
        self.expense()
        export = self.look()
        self.assertEqual(self.cells(export), [])
        self.assertEqual(self.warned(export), [("foreign_unit", 46.2)])
        self.assertIn("does not count in euros", export.warning_ids.display_name)

    def test_euros_on_a_component_of_hours_are_refused(self):
        self._offer("210")
        self.in_use()
        self.expense()
        export = self.look()
        self.assertEqual(self.warned(export), [("money_as_hours", 46.2)])

    def test_an_expense_without_a_date_is_told(self):
        self.in_use()
        self.expense(date=False)
        export = self.look()
        self.assertEqual(self.told(export), [("expense_undated", self.anna.name, 46.2)])
        self.assertFalse(export.is_whole)

    def test_what_odoo_paid_is_in_the_file_with_a_warning(self):
        self.in_use()
        expense = self.expense()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_expense SET state = 'paid' WHERE id = %s", [expense.id]
        )
        expense.invalidate_recordset()
        export = self.look()
        self.assertEqual(self.cells(export), [(210, 46.2)])
        self.assertEqual(self.told(export), [("expense_paid", self.anna.name, 46.2)])
        told = export.remark_ids.filtered(lambda one: one.reason == "expense_paid")
        self.assertIn("46.20 euros", told.display_name)

    # === LATE === #

    def test_what_is_approved_after_the_file_is_late(self):
        self.in_use()
        late = self.expense(state="submitted")
        self.expense(10)
        self._generate()
        late.approval_state = "approved"
        draft = self.look(period=10)
        self.assertEqual(draft.late_ids.mapped("value"), [46.2])

    def test_what_is_refused_after_the_file_is_taken_back(self):
        self.in_use()
        refused = self.expense()
        self.expense(10)
        file = self._generate()
        self.assertFalse(file.late_now)
        refused.approval_state = "refused"
        file.invalidate_recordset()
        self.assertIn("46.20 less", file.late_now)
        again = self._generate()
        self.assertEqual(self.cells(again), [(210, 10)])

    def test_what_was_no_amount_in_euros_is_late_once_the_company_counts_in_them(self):
        self.in_use()
        self.company.currency_id = self.env.ref("base.USD")
        self._book(self.bram, 1, 8)
        self.expense()
        file = self._generate(accept_left_out=True)
        self.assertFalse(file.late_now)
        self.company.currency_id = self.env.ref("base.EUR")
        file.invalidate_recordset()
        self.assertIn("46.20 more", file.late_now)

    def pay(self, *expenses):
        """Odoo pays them; how, is accounting's."""
        self.env.flush_all()
        for expense in expenses:
            self.env.cr.execute(
                "UPDATE hr_expense SET state = 'paid' WHERE id = %s", [expense.id]
            )
        self.env.invalidate_all()

    def test_what_odoo_pays_after_the_file_is_told_by_the_night_once(self):
        self.in_use()
        first, second, bram = (
            self.expense(46.2),
            self.expense(10),
            self.expense(5, employee_id=self.bram.id),
        )
        file = self._generate()
        night = self.env["loket.export"]
        night._cron_late()
        self.assertFalse(self.told(file))
        of_anna = (self.anna.name, 46.2)
        others = [(self.anna.name, 10), (self.bram.name, 5)]
        for paid, told in (
            ((first,), [of_anna]),
            ((), [of_anna]),
            ((second, bram), [of_anna, *others]),
        ):
            self.pay(*paid)
            night._cron_late()
            since = [row[1:] for row in self.told(file)]
            self.assertCountEqual(since, told)
        activities = file.activity_ids.filtered(lambda one: "paid" in one.summary)
        self.assertEqual(len(activities), 2)
        self.assertNotIn(self.anna.name, "".join(activities.mapped("note")))

    def test_what_was_told_with_the_file_or_was_never_sent_is_not_told_again(self):
        self.in_use()
        self._map_component(False, product_id=self.trips.id).is_skipped = True
        paid, never = self.expense(), self.expense(7, product_id=self.trips.id)
        self.expense(10)
        self.pay(paid, never)
        file = self._generate()
        expected = [("expense_paid", self.anna.name, 46.2)]
        self.assertEqual(self.told(file), expected)
        self.env["loket.export"]._cron_late()
        self.assertEqual(self.told(file), expected)

    def test_who_was_only_taken_along_by_a_later_file_is_told_too(self):
        self.in_use()
        self._book(self.bram, 1, 8, date="2026-08-03")
        august = self._generate(period=8)
        late = self.expense(300, date="2026-08-05")
        self._generate(take_late=True)
        self.pay(late)
        night = self.env["loket.export"]
        night._cron_late()
        expected = [("expense_paid_since", self.anna.name, 300)]
        self.assertEqual(self.told(august), expected)
        night._cron_late()
        self.assertEqual(self.told(august), expected)

    def test_paid_of_a_category_that_was_never_sent_is_nothing_of_another(self):
        self.in_use()
        self.expense(10)
        late = self.expense(10, product_id=self.trips.id)
        file = self._generate(accept_left_out=True)
        self._map_component("211", product_id=self.trips.id)
        self.pay(late)
        self.env["loket.export"]._cron_late()
        self.assertEqual(self.told(file), [])

    def test_paid_on_a_day_that_the_period_got_later_is_told_too(self):
        self.in_use()
        self._book(self.bram, 1, 8, date="2026-08-03")
        august = self._generate(period=8)
        late = self.expense(300, date="2026-09-02")
        days = (8, "2026-08-01", "2026-09-05"), (9, "2026-09-06", "2026-10-04")
        for number, first, last in days:
            self.env["loket.period"].create(
                {"connection_id": self.connection.id, "year": 2026, "number": number}
                | {"date_from": first, "date_to": last}
            )
        self._generate(take_late=True)
        self.pay(late)
        self.env["loket.export"]._cron_late()
        expected = [("expense_paid_since", self.anna.name, 300)]
        self.assertEqual(self.told(august), expected)

    def test_what_odoo_paid_and_is_late_is_told_before_it_goes_along(self):
        self.expense(300, employee_id=self.bram.id, date="2026-08-05")
        paid = self.expense(300, date="2026-08-05")
        self._book(self.bram, 1, 8, date="2026-08-03")
        self._generate(period=8)
        self.in_use()  # the first code makes what was booked before late
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_expense SET state = 'paid' WHERE id = %s", [paid.id]
        )
        paid.invalidate_recordset()
        draft = self.look()
        self.assertEqual(draft.late_ids.mapped("value"), [300, 300])
        expected = [("expense_paid_late", self.anna.name, 300)]
        self.assertEqual(self.told(draft), expected)
        self.assertIn("2026-08", draft.remark_ids.display_name)
        draft.take_late = True
        draft.action_check()
        self.assertEqual(self.told(draft), expected)

    # === SCREENS === #

    def test_without_its_only_code_what_was_sent_is_listed_and_not_taken_back(self):
        line = self.in_use()
        self.expense()
        file = self._generate()
        line.component_code = False
        export = self.look()
        self.assertEqual([amount for _reason, amount in self.warned(export)], [46.2])
        self.assertNotIn("less", file.late_now or "")

    def test_the_table_lists_the_categories_and_the_step_counts_them(self):
        action = self.connection.action_expense_categories()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertLessEqual(self.meals | self.trips, lines.product_id)
        self.in_use_of(lines)
        (step,) = [
            step
            for step in self.connection._steps()
            if step.name == "expense_categories"
        ]
        self.assertEqual((step.done, step.total), (1, len(lines)))

    def in_use_of(self, lines):
        line = lines.filtered(lambda one: one.product_id == self.meals)
        line.component_code = "210"

    def test_a_clerk_is_told_whom_to_ask_for_expenses_and_others_see_them(self):
        self.in_use()
        expense = self.expense(product_id=self.trips.id)
        warning = self.look().warning_ids
        with self.assertRaisesRegex(UserError, self.anna.name):
            warning.with_user(self.clerk).action_bookings()
        self.env.user.group_ids |= self.env.ref("hr_expense.group_hr_expense_user")
        action = warning.action_bookings()
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]), expense
        )

    def test_a_link_that_is_archived_puts_nothing_in_a_file(self):
        code = {"connection_id": self._connection(self.company, 6666).id}
        line = self._map_component("210", product_id=self.meals.id, **code)
        line.connection_id.active = False
        self.expense()
        export = self.look()
        self.assertEqual((self.cells(export), self.warned(export)), ([], []))

    def test_a_link_that_is_archived_after_its_files_takes_nothing_back(self):
        self.in_use()
        self.expense()
        file = self._generate()
        self.connection.active = False
        file.invalidate_recordset()
        self.assertFalse(file.late_now)

    def test_a_category_of_a_branch_gets_its_code_at_the_link_that_pays(self):
        self.in_use()
        branch = self.env["res.company"].create(
            {
                "name": "Filiaal",
                "parent_id": self.company.id,
                "currency_id": self.company.currency_id.id,
            }
        )
        (self.env.user | self.clerk).company_ids |= branch
        companies = (self.company | branch).ids
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": companies}
        )
        category, other = self.env["product.product"].create(
            [
                {"name": name, "can_be_expensed": True, "company_id": company.id}
                for name, company in (("Eten", branch), ("Anders", self._company("B")))
            ]
        )
        kees = self._employee("Kees", self.shop, branch)
        self._link(kees, 77)
        vals = {"employee_id": kees.id, "company_id": branch.id}
        self.expense(product_id=category.id, **vals)
        self.assertEqual(self.warned(self.look()), [("no_code", 46.2)])
        action = self.connection.with_env(self.env).action_expense_categories()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertNotIn(other, lines.product_id)
        line = lines.filtered(lambda line: line.product_id == category)
        line.component_code = "210"
        self.assertEqual(len(line), 1)
        export = self.look()
        self.assertEqual((self.cells(export), self.warned(export)), ([(210, 46.2)], []))

    def test_a_category_of_a_branch_out_of_sight_keeps_the_step_open(self):
        lines = self.env["loket.component.mapping"]
        domain = self.connection.action_expense_categories()["domain"]
        lines.search(domain).filtered(lambda one: not one.is_mapped).action_skip()
        branch, other = self.env["res.company"].create(
            [{"name": "Filiaal", "parent_id": self.company.id}, {"name": "Elders"}]
        )
        self.assertTrue(self.expense_step()["is_done"])
        category, _other = self.env["product.product"].create(
            [
                {"name": "Geheim", "can_be_expensed": True, "company_id": company.id}
                for company in (branch, other)
            ]
        )
        step = self.expense_step()
        self.assertFalse(step["is_done"])
        self.assertIn("1 in other companies", step["problem"])
        self.assertNotIn("Geheim", str(step))
        line = self._map_component("210", product_id=category.id)
        self.assertTrue(self.expense_step()["is_done"])
        line.component_code = False
        self.assertFalse(self.expense_step()["is_done"])

    def expense_step(self):
        """As somebody has it who sees the company alone."""
        steps = {step["name"]: step for step in self.of_parent(self.connection).steps}
        return steps["expense_categories"]

    def test_a_category_of_another_company_gets_no_code_here(self):
        with self.assertRaises(UserError):
            self.meals.company_id = self._company("Anders")
            self.in_use()

    def test_without_the_addon_what_was_sent_is_not_taken_for_too_much(self):
        self.in_use()
        self.expense()
        self._book(self.anna, 1, 8)
        file = self._generate()
        bookings = type(self.env["loket.booking"])
        with patch.object(bookings, "_booking_kinds", lambda *_: [HOURS, WAGES]):
            self.env["loket.export"]._cron_late()
            file.invalidate_recordset()
            self.assertFalse(file.late_now)
            self.assertFalse(self.look(period=10).late_ids)
            self._book(self.anna, 2, 4)
            file.invalidate_recordset()
            self.assertEqual(file.late_now, "4.00 hours more")

    def test_uninstalling_takes_the_codes_of_categories_away(self):
        from .. import uninstall_hook

        line = self.in_use()
        uninstall_hook(self.env)
        self.assertFalse(line.exists())
