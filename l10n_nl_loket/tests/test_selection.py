# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A button for a selection: what it is for, and what stays as it is, by name."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..models.employee import loket_employee_decision
from .common_employees import EmployeesCase, employment
from .common_export import ExportCase


class SelectionCase(EmployeesCase):
    def setUp(self):
        super().setUp()
        rows = self.arrive(*(employment(number, f"Jan{number}") for number in (1, 2)))
        rows.action_add()
        self.loket.change(1, person={"employee_ref": "kees", "first_name": "Kees"})
        self.sync()
        self.other, self.usual = rows
        self.assertTrue(self.other.is_other_person)

    def told(self, action):
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["type"], "warning")
        return action["params"]["message"]


@tagged("post_install", "-at_install")
class TestSelection(SelectionCase):
    def test_who_is_no_other_person_is_named(self):
        told = self.told((self.other | self.usual).action_same_person())
        self.assertIn("Done for 1.", told)
        self.assertIn("Jan2 Bakker", told)
        self.assertFalse(self.other.is_other_person)

    def test_where_it_is_for_all_nothing_more_is_said(self):
        self.assertEqual(self.other.action_same_person(), True)

    def test_who_is_there_has_not_left_and_is_named(self):
        self.connection.vanish_threshold = 100
        self.loket.people = self.loket.people[:1]
        self.sync()
        told = self.told((self.other | self.usual).action_left())
        self.assertIn("Jan1", told)
        self.assertNotIn("Jan2", told)
        self.assertFalse(self.usual.vanished_on)

    def test_who_is_linked_is_named_when_others_are_left_out_or_added(self):
        more = (employment(number, f"Piet{number}") for number in (3, 4))
        self.loket.people = [*self.loket.people, *more]
        self.sync()
        not_ours, new = self.row(3), self.row(4)
        self.assertIn("Jan2", self.told((not_ours | self.usual).action_ignore()))
        self.assertEqual(not_ours.decision, "ignore")
        self.assertIn("Jan2", self.told((new | self.usual).action_add()))
        self.assertTrue(new.employee_id)

    def test_who_is_linked_is_named_when_many_are_added_in_the_background(self):
        self.loket.people = [*self.loket.people, employment(3, "Piet")]
        self.sync()
        self.patch(loket_employee_decision, "BATCH", 0)
        told = self.told((self.row(3) | self.usual).action_add())
        self.assertIn("Jan2", told)
        self.assertTrue(self.row(3).is_queued)

    def two_of_one_number(self):
        number = {"employee_number": "77"}
        self.loket.people = [
            *self.loket.people,
            employment(3, "Piet", person=number),
            employment(4, "Klaas", person=number),
        ]
        self.sync()
        rows = self.row(3) | self.row(4)
        self.assertTrue(all(rows.mapped("has_number_clash")))
        return rows

    def test_whose_number_is_nobody_else_s_is_named(self):
        rows = self.two_of_one_number()
        told = self.told((rows | self.usual).action_share_number())
        self.assertIn("Jan2", told)
        self.assertNotIn("Piet", told)
        rows.invalidate_recordset()
        self.assertFalse(any(rows.mapped("has_number_clash")))

    def test_whose_number_is_nobody_else_s_is_named_where_others_waited_for_it(self):
        rows = self.two_of_one_number()
        rows.action_add()
        self.assertFalse(rows.employee_id)
        told = self.told((rows | self.usual).action_share_number())
        self.assertTrue(all(row.employee_id for row in rows))
        self.assertIn("Jan2", told)
        self.assertNotIn("Piet", told)


@tagged("post_install", "-at_install")
class TestSelectedLines(ExportCase):
    def test_what_has_a_code_is_named_when_others_are_not_sent(self):
        lines = self._map_component(False, work_entry_type_id=self.overtime.id)
        lines |= self.attendance.loket_mapping_ids
        told = lines.action_skip()["params"]["message"]
        self.assertIn("Done for 1.", told)
        self.assertIn(self.attendance.display_name, told)
        self.assertNotIn(self.overtime.display_name, told)
        self.assertEqual(lines.mapped("is_skipped"), [True, False])

    def test_what_has_a_unit_is_named_when_others_are_not_used(self):
        stock = self.env["hr.department"].create(
            {"name": "Magazijn", "company_id": self.company.id}
        )
        self.connection.action_departments()
        lines = (stock | self.shop).loket_mapping_ids
        told = lines.action_skip()["params"]["message"]
        self.assertIn("Winkel", told)
        self.assertNotIn("Magazijn", told)
        self.assertTrue(stock.loket_mapping_ids.is_skipped)


@tagged("post_install", "-at_install")
class TestHeaderButtons(HttpCase, SelectionCase):
    """Skipped where Chromium is not."""

    def test_a_button_is_there_for_whom_it_is(self):
        manager = new_test_user(
            self.env,
            "loket-selects",
            "l10n_nl_loket.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.start_tour(
            "/odoo/action-l10n_nl_loket.action_loket_employee",
            "loket_selection",
            login=manager.login,
        )
        self.env.invalidate_all()
        self.assertFalse(self.other.is_other_person)
