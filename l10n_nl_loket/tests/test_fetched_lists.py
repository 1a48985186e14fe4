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
