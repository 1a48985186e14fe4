# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The components of each payroll year: how they come in, and what a file holds."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin
from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestComponentFetch(ConnectionMixin, TransactionCase):
    @property
    def office(self):
        return self.employer.administrations[0]

    @property
    def year(self):
        return fields.Date.context_today(self.connection).year

    def codes(self, year):
        components = self.connection.component_ids
        return set(components.filtered(lambda c: c.year == year).mapped("code"))

    def test_loket_s_number_of_the_category_is_kept_and_renewed(self):
        self.make_ready()

        def keys():
            kept = self.connection.component_ids.filtered(lambda c: c.code == "86")
            return {(component.category, component.category_key) for component in kept}

        self.assertEqual(keys(), {("Bruto betaling", 10)})
        component = next(one for one in self.office.components if one.key == 86)
        component.category = (11, "Bruto betaling")
        self.run_message()
        self.assertEqual(keys(), {("Bruto betaling", 11)})

    def run_message(self):
        self.connection.action_sync()
        run = self.env["loket.sync.run"].search([], limit=1)
        self.assertIn(run.state, ("done", "partial"))
        return run.message

    def test_each_year_from_last_year_on_has_a_list_of_its_own(self):
        self.office.components_by_year = {self.year - 1: self.office.components[:2]}
        self.make_ready()

        years = set(self.connection.component_ids.mapped("year"))
        self.assertEqual(years, {self.year - 1, self.year, self.year + 1})
        self.assertEqual(self.codes(self.year - 1), {"1", "2"})
        self.assertIn("31", self.codes(self.year))

    def test_a_year_that_loket_does_not_have_ends_nothing(self):
        self.loket.faults.add("forbidden", path="payrollperiods")
        self.office.years = [self.year - 1]
        self.make_ready()
        self.assertFalse(self.codes(self.year))
        self.assertIn(f"no components of {self.year}", self.connection.warning)

    def test_only_the_years_that_periods_name_are_asked_for(self):
        self.loket.faults.add("only_year", self.year)
        self.make_ready()

        years = set(self.connection.component_ids.mapped("year"))
        self.assertEqual(years, {self.year})

    def test_a_list_that_loket_lacks_of_a_year_with_periods_is_said(self):
        self.loket.faults.add("no_components")
        self.make_ready()

        self.assertFalse(self.connection.component_ids)
        self.assertIn(f"no components of {self.year}", self.connection.warning)
        self.assertNotIn(f"no components of {self.year + 1}", self.connection.warning)

    def test_an_empty_list_where_there_was_one_is_kept_and_said(self):
        self.make_ready()
        before = self.connection.component_ids
        self.loket.faults.add("no_components")

        self.connection.action_fetch()

        self.assertEqual(self.connection.component_ids, before)
        self.assertIn("are kept", self.connection.warning)
        self.assertEqual(self.connection.state, "ready")

    def test_the_night_keeps_a_list_that_is_empty_and_says_so(self):
        self.make_ready()
        before = self.connection.component_ids
        self.loket.faults.add("no_components")

        self.assertIn("are kept", self.run_message())
        self.assertEqual(self.connection.component_ids, before)

    def test_a_year_that_loket_gives_no_longer_is_kept(self):
        self.make_ready()
        before = self.codes(self.year - 1)
        self.office.years = [self.year]

        self.assertIn(str(self.year - 1), self.run_message())
        self.assertEqual(self.codes(self.year - 1), before)

    def test_the_night_archives_what_is_gone_says_it_and_is_read_once_more(self):
        self.make_ready()
        self.connection.action_sync()
        self.assertTrue(self.connection.quiet_basis)
        gone = self.office.components[1]
        self.office.components = self.office.components[:1]

        message = self.run_message()
        self.assertIn("no longer gives", message)
        self.assertFalse(self.connection.quiet_basis)
        self.assertEqual(self.codes(self.year), {"1"})
        archived = self.env["loket.component"].with_context(active_test=False)
        records = archived.search([("code", "=", str(gone.key))])
        self.assertGreater(len(records), 1, "one a year, told once")
        self.assertEqual(message.count(records[0].display_name), 1)

    def test_a_night_that_can_t_read_components_brings_in_people(self):
        self.make_ready()
        before = self.connection.component_ids
        self.loket.faults.add("html", path="payrollcomponents")

        self.assertIn("payroll components", self.run_message())
        self.assertEqual(self.connection.component_ids, before)
        self.assertTrue(self.connection.loket_employee_ids)

    def test_components_of_another_administration_judge_nothing(self):
        self.make_ready()
        self.connection.write(self.choice(1))
        self.assertFalse(self.connection.component_ids)
        self.loket.faults.add("no_components")

        self.connection.action_fetch()

        self.assertFalse(self.connection.component_ids)
        self.assertIn("are not checked", self.connection.warning)


@tagged("post_install", "-at_install")
class TestComponentsOfTheYear(ExportCase):
    """A file is judged by the list of its own year."""

    def test_the_list_of_another_year_says_nothing_of_this_file(self):
        self._offer("7", year=2027)
        self._offer("7", year=2025)
        self._book(self.anna, 1, 8)
        export = self._generate()
        self.assertEqual(export.state, "done")
        remark = export.remark_ids
        self.assertEqual(remark.reason, "not_checked")
        self.assertIn("2026 was never fetched", remark.display_name)

    def test_the_list_of_this_year_counts_and_not_the_newest(self):
        self._offer("7")
        self._offer("1", year=2027)
        self._book(self.anna, 1, 8)
        with self.assertRaisesRegex(UserError, "does not offer"):
            self._generate()
        self._offer("1")
        self.assertFalse(self._generate().remark_ids)

    def test_what_hours_are_goes_by_the_list_of_the_year(self):
        self._offer("1", category="Uren")
        self._offer("1", category="Netto betaling", year=2027)
        self._book(self.anna, 1, 8)
        self.assertEqual(self._generate().state, "done")
        self._offer("1", category="Netto betaling", year=2025)
        self.env["account.analytic.line"].search([]).filtered(
            lambda line: line.employee_id == self.anna
        ).date = "2025-09-01"
        with self.assertRaisesRegex(UserError, "takes for euros"):
            self._generate(year=2025)

    def test_nothing_to_check_is_not_remarked_on(self):
        export = self._export()
        export.action_check()
        self.assertFalse(export.remark_ids)
