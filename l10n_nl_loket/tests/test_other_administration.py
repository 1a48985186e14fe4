# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same connection reads another administration, and the first one again."""

from odoo.tests import tagged

from .common_employees import EmployeesCase, employment


@tagged("post_install", "-at_install")
class TestOtherAdministration(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.connection.administration_name = "Loodgieters"
        self.old = self.arrive(employment(1), employment(2, "Kees"))
        self.old.action_add()

    def switch(self, ref, *people):
        self.connection.administration_ref = ref
        self.connection.state = "ready"
        self.loket.people = list(people)
        return self.sync()

    def other(self, number):
        return employment(number, "Piet", employment_ref=f"other-{number}")

    def test_the_employments_are_no_longer_in_loket_and_say_of_whom_they_are(self):
        self.connection.administration_ref = "other"
        self.assertFalse(any(self.old.mapped("in_loket")))
        self.assertIn("Loodgieters", self.old[0].problem)
        self.assertTrue(self.old[0].employee_id, "the link stays")

    def test_the_next_synchronisation_makes_new_rows_and_is_not_refused(self):
        run = self.switch("other", self.other(7))
        self.assertRecordValues(run, [{"state": "done", "created": 1}])
        self.assertRecordValues(
            self.connection, [{"employees_total": 1, "employees_pending": 1}]
        )

    def test_switching_back_revives_the_old_rows(self):
        self.switch("other", self.other(7))
        run = self.switch("Voorbeeld", employment(1), employment(2, "Kees"))
        self.assertEqual(run.created, 0)
        self.assertTrue(all(self.old.mapped("in_loket")))
        self.assertFalse(any(self.old.mapped("problem")))

    def test_choosing_through_the_names_too_forgets_the_old_employments(self):
        self.connection.write(
            {"administration_ref": "other", "administration_name": "Anders"}
        )
        self.assertFalse(any(self.old.mapped("in_loket")))
        self.assertIn("Loodgieters", self.old[0].problem)

    def test_the_same_reference_in_capitals_changes_nothing(self):
        self.connection.administration_ref = "VOORBEELD"
        self.assertTrue(all(self.old.mapped("in_loket")))

    def test_their_employees_are_free_for_the_new_administration(self):
        employee = self.old[0].employee_id
        self.switch(
            "other",
            employment(9, employment_ref="other", person={"email": "p1@thuis.example"}),
        )
        self.assertEqual(self.row(9).suggested_employee_id, employee)

    def test_nobody_is_added_from_the_old_administration(self):
        rows = self.arrive(employment(1), employment(2, "Kees"), employment(3, "Piet"))
        self.connection.administration_ref = "other"
        rows[2].action_add()
        self.assertFalse(rows[2].employee_id)
        self.assertIn("does not give", rows[2].problem)

    def test_what_is_to_check_there_holds_up_nothing_here(self):
        self.old.write({"check_email": True})
        self.switch("other", self.other(7))
        self.assertEqual(self.connection.employees_to_check, 0)
