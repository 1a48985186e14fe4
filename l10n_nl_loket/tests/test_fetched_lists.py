# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists of Loket that not each employer has, and what follows from those it has."""

from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin


@tagged("post_install", "-at_install")
class TestFetchedLists(ConnectionMixin, TransactionCase):
    def test_the_file_tells_units_where_loket_has_them(self):
        self.make_ready()

        self.assertEqual(self.connection.distribution, "distribution_unit")

    def test_without_units_in_loket_it_does_not(self):
        self.loket.faults.add("no_distribution_units")
        self.make_ready()

        self.assertEqual(self.connection.distribution, "none")

    def test_what_somebody_chose_since_stays(self):
        self.make_ready()
        self.connection.distribution = "none"

        self.connection.action_fetch()

        self.assertEqual(self.connection.distribution, "none")

    def test_a_product_that_the_employer_does_not_have_is_no_missing_right(self):
        self.loket.faults.add("no_journals")
        self.make_ready()

        self.assertFalse(self.connection.warning)
        kinds = set(self.connection.cost_center_ids.mapped("kind"))
        self.assertEqual(kinds, {"distribution_unit"})

    def test_units_that_may_not_be_seen_are_told_and_the_known_ones_stay(self):
        self.make_ready()
        before = self.connection.cost_center_ids
        self.loket.faults.add("forbidden", path="distributionunits|journalProfiles")
        self.loket.faults.add("missing_activity", "GetDistributionUnitsByEmployerId")

        self.connection.action_fetch()

        self.assertEqual(self.connection.state, "ready")
        self.assertIn("distribution units", self.connection.warning)
        self.assertEqual(self.connection.cost_center_ids, before)

    # === EMPTY WHERE THERE WAS SOMETHING === #

    @property
    def office(self):
        return self.employer.administrations[0]

    def fetch(self):
        """Fetch; returns the notification."""
        return self.connection.action_fetch()["params"]

    def assert_kept(self, before, of="cost_center_ids"):
        """All is there that was, it is said, and the nights go on."""
        params = self.fetch()
        self.assertEqual(params["type"], "warning")
        self.assertEqual(self.connection[of], before)
        self.assertIn("any more", self.connection.warning)
        self.assertEqual(self.connection.state, "ready")

    def test_empty_lists_of_centers_and_units_keep_what_there_was(self):
        self.make_ready()
        before = self.connection.cost_center_ids
        self.assertEqual(len(set(before.mapped("kind"))), 2)
        self.loket.faults.add("no_distribution_units")
        self.employer.distribution_units = []
        self.assert_kept(before)
        self.loket.faults.clear()

    def test_lists_that_may_not_be_seen_any_more_keep_what_there_was(self):
        self.make_ready()
        before = self.connection.cost_center_ids
        self.loket.faults.add("no_journals")
        self.assert_kept(before)

    def test_components_that_may_not_be_seen_any_more_are_kept(self):
        self.make_ready()
        before = self.connection.component_ids
        self.assertTrue(before)
        self.loket.faults.add("forbidden", path="payrollcomponents")
        self.fetch()
        self.assertEqual(self.connection.component_ids, before)
        self.assertEqual(self.connection.state, "ready")
        self.assertTrue(self.connection.warning)

    def test_an_empty_list_of_components_is_kept(self):
        self.make_ready()
        before = self.connection.component_ids
        self.loket.faults.add("no_components")
        self.assert_kept(before, "component_ids")

    def test_periods_that_may_not_be_seen_any_more_are_kept(self):
        self.make_ready()
        before = self.connection.period_ids
        self.assertTrue(before)
        self.loket.faults.add("forbidden", path="payrollperiods")
        self.assert_kept(before, "period_ids")

    # === ANOTHER CLIENT NUMBER === #

    def test_another_client_number_is_asked_about(self):
        self.make_ready()
        number = self.connection.client_number
        self.office.client_number = number + 1000

        params = self.fetch()

        self.assertEqual(params["type"], "warning")
        self.assertEqual(self.connection.client_number, number)
        self.assertIn(str(number + 1000), self.connection.warning)
        self.assertEqual(self.connection.state, "ready")

        self.connection.action_take_client_number()

        self.assertEqual(self.connection.client_number, number + 1000)
        self.assertFalse(self.connection.warning)
        self.assertEqual(self.fetch()["type"], "success")

    def test_no_client_number_any_more_loses_none_and_stops_no_night(self):
        self.make_ready()
        number = self.connection.client_number
        self.office.client_number = None

        params = self.fetch()

        self.assertEqual(params["type"], "warning")
        self.assertEqual(self.connection.client_number, number)
        self.assertIn("no client number", self.connection.warning)
        self.assertEqual(self.connection.state, "ready")
        self.connection.action_take_client_number()
        self.assertEqual(self.connection.client_number, number)

    def test_other_periods_of_the_same_administration_are_said_once(self):
        self.make_ready()
        self.connection.period_type = "week"
        self.assertEqual(self.fetch()["type"], "warning")
        self.assertIn("another kind", self.connection.warning)
        self.assertEqual(self.connection.period_type, "month")
        self.assertEqual(self.fetch()["type"], "success")

    def test_another_administration_brings_its_own_client_number(self):
        self.make_ready()
        first = self.connection.client_number
        self.connection.write(self.choice(1))
        self.fetch()
        self.assertTrue(self.connection.client_number)
        self.assertNotEqual(self.connection.client_number, first)
        self.assertNotIn("client number", self.connection.warning or "")
