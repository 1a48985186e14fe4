# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import Form, new_test_user, tagged

from ..people.snapshot import FIELDS_WITH_A_KEY
from .common_employees import EmployeesCase, employment

OVERWRITTEN = {
    # The country is a record: it has a test of its own.
    **dict.fromkeys(FIELDS_WITH_A_KEY.keys() - {"private_country_id"}, "anders"),
    "name": "Iemand Anders",
    "birthday": date(1970, 1, 1),
    "sex": "male",
    "contract_date_end": date(2030, 1, 1),
}


@tagged("post_install", "-at_install")
class TestEmployeeForm(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.loket.people = [employment(1)]
        self.sync()
        self.row(1).action_add()
        self.employee = self.row(1).employee_id

    def form(self):
        return Form(self.employee, view="hr.view_employee_form")

    def editable(self):
        """The fields of Loket that the employee's form lets a person change."""
        changed = set()
        for name, value in OVERWRITTEN.items():
            try:
                setattr(self.form(), name, value)
            except AssertionError as error:
                self.assertIn("readonly", str(error))
            else:
                changed.add(name)
        return changed

    def test_what_loket_overwrites_cannot_be_edited_while_linked(self):
        self.assertEqual(self.editable(), set())

    def test_the_country_cannot_be_edited_while_linked(self):
        with self.assertRaisesRegex(AssertionError, "readonly"):
            self.form().private_country_id = self.env.ref("base.be")

    def test_all_can_be_edited_where_the_connection_says_so(self):
        self.connection.allow_editing = True
        self.assertEqual(self.editable(), set(OVERWRITTEN))

    def test_all_can_be_edited_once_the_link_is_undone(self):
        self.row(1).action_reset()
        self.assertEqual(self.editable(), set(OVERWRITTEN))

    def test_all_can_be_edited_where_loket_no_longer_brings_anything(self):
        self.connection.active = False
        self.assertEqual(self.editable(), set(OVERWRITTEN))

    def test_one_strict_connection_of_two_is_enough_to_lock(self):
        other = self.connect(self.loket, self.company, "Tweede")
        other.allow_editing = True
        self.env["loket.employee"].create(
            {
                "connection_id": other.id,
                "employment_ref": "second",
                "name": "Jan",
                "decision": "link",
                "employee_id": self.employee.id,
            }
        )
        self.assertTrue(self.employee.is_loket_readonly)

    def test_an_officer_without_rights_in_loket_sees_that_it_is_locked(self):
        officer = new_test_user(
            self.env,
            "officer",
            "hr.group_hr_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        form = Form(self.employee.with_user(officer), view="hr.view_employee_form")
        with self.assertRaisesRegex(AssertionError, "readonly"):
            form.private_city = "Zwolle"
        form.work_phone = "030 7654321"
        self.assertEqual(form.save().work_phone, "030 7654321")
