# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two people in Loket are never one employee in Odoo, and one person is no clash."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_employees import EmployeesCase, FakeGateway, employment

SHARED = {"email": "balie@voorbeeld.example", "work_email": "balie@voorbeeld.example"}


@tagged("post_install", "-at_install")
class TestOnePerson(EmployeesCase):
    def elsewhere(self, *people):
        """A second connection in the same company, synchronised."""
        gateway = FakeGateway()
        gateway.people = list(people)
        connection = self.connect(gateway, self.company, "Tweede")
        self.sync(connection)
        return connection

    # === LINKS AND SUGGESTIONS === #

    def test_an_employee_who_may_be_two_people_is_suggested_for_neither(self):
        self.make_employee(work_email=SHARED["email"])
        rows = self.arrive(
            employment(1, person=SHARED), employment(2, "Kees", person=SHARED)
        )
        self.assertFalse(rows.suggested_employee_id)
        self.env.invalidate_all()
        self.assertFalse(rows[0].suggested_employee_id, "looked at alone, too")

    def test_two_employments_of_one_person_get_the_same_suggestion(self):
        employee = self.make_employee(work_email=SHARED["email"])
        same = {**SHARED, "employee_ref": "person-1"}
        rows = self.arrive(employment(1, person=same), employment(2, person=same))
        for row in rows:
            self.assertEqual(row.suggested_employee_id, employee)

    def test_an_employee_who_is_another_person_s_is_refused(self):
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows[0].action_add()
        employee = rows[0].employee_id
        self.link(rows[1], employee)
        self.assertFalse(rows[1].employee_id)
        self.assertIn("Jan Bakker", rows[1].problem)
        self.assertIn("Kees Bakker", rows[1].problem)
        self.assertEqual(employee.name, "Jan Bakker")
        self.assertFalse(rows[0].problem)

    def test_who_links_is_told_at_once_why_it_is_refused(self):
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows[0].action_add()
        wizard = self.env["loket.employee.link.wizard"].create(
            {
                "loket_employee_id": rows[1].id,
                "employee_id": rows[0].employee_id.id,
            }
        )
        with self.assertRaisesRegex(UserError, "Jan Bakker.*another person.*Kees"):
            wizard.action_link()

    def test_linked_at_once_to_one_employee_both_are_refused(self):
        employee = self.make_employee()
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows.write({"decision": "link", "employee_id": employee.id})
        rows.action_apply()
        self.assertFalse(rows.employee_id)
        self.assertTrue(all(rows.mapped("problem")))
        self.assertEqual(employee.name, "Iemand")

    def test_a_link_that_stands_survives_another_one_in_the_same_batch(self):
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows[0].action_add()
        employee = rows[0].employee_id
        rows[1].write({"decision": "link", "employee_id": employee.id})
        rows.action_apply()
        self.assertEqual(rows[0].employee_id, employee)
        self.assertFalse(rows[1].employee_id)

    def test_a_link_that_was_only_written_is_not_taken_over_at_night(self):
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows[0].action_add()
        employee = rows[0].employee_id
        rows[1].write({"decision": "link", "employee_id": employee.id})
        self.loket.change(2, person={"city": "Zwolle"}, start_date=date(2025, 1, 1))
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertEqual(employee.name, "Jan Bakker")
        self.assertTrue(rows[1].problem)

    def test_on_another_connection_name_and_birth_date_tell(self):
        row = self.arrive(employment(1))
        row.action_add()
        second = self.elsewhere(
            employment(5, person={"employee_ref": "same"}),
            employment(6, "Kees", person={"employee_ref": "kees"}),
        )
        for number, linked in ((5, True), (6, False)):
            other = self.row(number, second)
            self.link(other, row.employee_id)
            self.assertEqual(bool(other.employee_id), linked, other.problem)

    def test_whom_loket_no_longer_gives_leaves_an_employee_free(self):
        rows = self.arrive(employment(1))
        rows.action_add()
        employee = rows.employee_id
        rows.in_loket = False
        new = self.arrive(employment(2, "Jan", person={"email": "p1@thuis.example"}))
        self.assertEqual(new.suggested_employee_id, employee)
        self.link(new, employee)
        self.assertEqual(new.employee_id, employee)

    # === CLASHES === #

    def test_a_row_that_does_not_count_clashes_with_nobody(self):
        row = self.arrive(employment(1))
        second = self.elsewhere(employment(1, "Kees", person={"employee_ref": "kees"}))
        other = self.row(1, second)
        self.assertTrue(other.problem)
        for vals in ({"decision": "ignore"}, {"in_loket": False}):
            with self.subTest(vals):
                other.write({"decision": "pending", "in_loket": True, **vals})
                self.assertFalse(row._number_clashes())
                self.assertFalse(other._number_clashes())
        other.write({"decision": "pending", "in_loket": True})
        second.active = False
        self.assertFalse(row._number_clashes())

    def test_equal_names_without_birth_dates_are_two_people(self):
        nothing = {"birthday": None}
        row = self.arrive(employment(1, person=nothing))
        self.elsewhere(employment(1, person={**nothing, "employee_ref": "namesake"}))
        self.assertTrue(row._number_clashes())

    def test_rows_of_one_employee_are_one_person(self):
        row = self.arrive(employment(1))
        row.action_add()
        second = self.elsewhere(employment(1, person={"employee_ref": "same"}))
        self.link(self.row(1, second), row.employee_id)
        self.loket.change(1, person={"last_name": "Visser"})
        self.sync()
        self.assertFalse(row.problem, "married, and known under both names")
        self.assertEqual(self.row(1, second).employee_id, row.employee_id)
