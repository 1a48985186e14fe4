# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Name and address: what is written, by which employment, and what is emptied."""

from datetime import date

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_employees import EmployeesCase, FakeGateway, employment


@tagged("post_install", "-at_install")
class TestAddress(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.jan = self.arrive(employment(1))
        self.jan.action_add()
        self.employee = self.jan.employee_id

    def second_employment(self, **values):
        """The same person on another connection, under another address."""
        gateway = FakeGateway()
        who = {"employee_ref": "same", "city": "Breda", "street": "Markt 2"}
        gateway.people = [employment(1, person=who, **values)]
        connection = self.connect(gateway, self.company, "Tweede")
        self.sync(connection)
        row = self.row(1, connection)
        self.link(row, self.employee)
        self.assertFalse(row.problem)
        return connection

    def test_of_two_addresses_that_of_the_latest_employment_stays(self):
        second = self.second_employment(start_date=date(2025, 1, 1))
        self.assertEqual(self.employee.private_city, "Breda")
        written = self.writes(self.employee)
        for connection in (self.connection, second) * 2:
            self.sync(connection)
        self.assertEqual(self.employee.private_city, "Breda")
        self.assertEqual(written, [])

    def test_started_on_one_day_the_latest_connection_leads(self):
        second = self.second_employment()
        for connection in (second, self.connection):
            self.sync(connection)
        self.assertEqual(self.employee.private_city, "Breda")

    def test_an_employment_on_an_archived_connection_does_not_lead(self):
        second = self.second_employment()
        second.active = False
        self.sync()
        self.assertEqual(self.employee.private_city, "Utrecht")

    def test_what_was_emptied_during_a_failure_is_emptied_after_it(self):
        def refuse(_employee, _vals):
            raise ValueError

        with self.subTest("fails"), mute_logger("odoo.addons.l10n_nl_loket"):
            self.loket.change(1, person={"phone": None})
            original = type(self.employee).write
            self.patch(type(self.employee), "write", refuse)
            self.sync()
            self.assertTrue(self.jan.problem)
            self.patch(type(self.employee), "write", original)
        self.sync()
        self.assertFalse(self.employee.private_phone)
        self.assertFalse(self.jan.problem)

    def test_what_was_emptied_while_blocked_is_emptied_after_it(self):
        second = self.connect(FakeGateway(), self.company, "Tweede")
        self.gateways[second.id].people = [
            employment(1, "Kees", person={"employee_ref": "kees"})
        ]
        self.sync(second)
        self.loket.change(1, person={"phone": None})
        self.sync()
        self.assertTrue(self.employee.private_phone)
        self.row(1, second).action_ignore()
        self.sync()
        self.assertFalse(self.employee.private_phone)

    def test_a_contract_that_can_t_end_does_not_keep_the_old_address(self):
        self.loket.change(1, person={"city": "Zwolle"}, end_date=date(2020, 1, 1))
        with mute_logger("odoo.sql_db"):
            run = self.sync()
        self.assertEqual(self.employee.private_city, "Zwolle")
        self.assertIn("2020-01-01", self.jan.problem)
        self.assertEqual(run.state, "partial")

    def test_a_contract_that_can_t_end_does_not_prevent_a_link(self):
        employee = self.make_employee(contract_date_start=date(2024, 3, 1))
        self.loket.people.append(employment(2, "Kees", end_date=date(2020, 1, 1)))
        self.sync()
        with mute_logger("odoo.sql_db"):
            self.link(self.row(2), employee)
        self.assertEqual(employee.name, "Kees Bakker")
        self.assertEqual(self.row(2).employee_id, employee)
        self.assertTrue(self.row(2).problem)

    def test_a_country_that_loket_emptied_is_emptied(self):
        self.assertEqual(self.employee.private_country_id.code, "NL")
        self.loket.change(1, person={"country_code": None})
        self.sync()
        self.assertFalse(self.employee.private_country_id)

    def test_a_country_that_loket_never_knew_stays(self):
        self.loket.people.append(employment(2, "Kees", person={"country_code": None}))
        self.sync()
        employee = self.make_employee(private_country_id=self.env.ref("base.be").id)
        self.link(self.row(2), employee)
        self.sync()
        self.assertEqual(employee.private_country_id.code, "BE")

    def test_another_street_leaves_nothing_of_the_old_address(self):
        state = self.env["res.country.state"].search([], limit=1)
        self.employee.write(
            {"private_street2": "Achterhuis", "private_state_id": state.id}
        )
        self.sync()
        self.assertEqual(self.employee.private_street2, "Achterhuis")
        self.loket.change(1, person={"street": "Kerkweg 3"})
        self.sync()
        self.assertFalse(self.employee.private_street2)
        self.assertFalse(self.employee.private_state_id)

    def test_the_location_is_the_second_line(self):
        self.loket.change(1, person={"location": "Gebouw C"})
        self.sync()
        self.assertEqual(self.employee.private_street2, "Gebouw C")
        self.loket.change(1, person={"location": None})
        self.sync()
        self.assertFalse(self.employee.private_street2)
        self.loket.people.append(employment(2, person={"location": "Toren 3"}))
        self.sync()
        self.row(2).action_add()
        self.assertEqual(self.row(2).employee_id.private_street2, "Toren 3")

    def test_a_move_takes_the_new_location(self):
        self.loket.change(1, person={"location": "Gebouw C"})
        self.sync()
        self.loket.change(1, person={"street": "Kerkweg 3", "location": "Toren 3"})
        self.sync()
        self.assertEqual(self.employee.private_street2, "Toren 3")
        self.loket.change(1, person={"street": "Laan 1", "location": None})
        self.sync()
        self.assertFalse(self.employee.private_street2)

    def test_another_way_of_writing_is_no_move(self):
        self.employee.private_street2 = "Achterhuis"
        for person in (
            {"street": "DORPSSTRAAT 1"},
            {"zip": "1234AB"},
            {"zip": "1234 AC"},
            {"city": "utrecht"},
            {"phone": "030 7654321"},
        ):
            with self.subTest(person):
                self.loket.change(1, person=person)
                self.sync()
                self.assertEqual(self.employee.private_street2, "Achterhuis")

    def test_an_address_that_fills_an_empty_one_leaves_the_rest(self):
        self.loket.people.append(employment(2, "Kees"))
        self.sync()
        employee = self.make_employee(private_street2="Achterhuis")
        self.link(self.row(2), employee)
        self.assertEqual(employee.private_street, "Dorpsstraat 1")
        self.assertEqual(employee.private_street2, "Achterhuis")

    def test_a_country_that_odoo_does_not_know_is_told_and_leaves_no_other(self):
        self.loket.change(1, person={"street": "Kaya 1", "country_code": "AN"})
        self.sync()
        self.assertEqual(self.employee.private_street, "Kaya 1")
        self.assertFalse(self.employee.private_country_id)
        self.assertTrue(self.jan.to_check)
        self.assertIn("AN", self.jan.check_reasons)
        country = self.env.ref("base.cw")
        self.employee.private_country_id = country
        self.jan.action_checked()
        self.sync()
        self.assertEqual(self.employee.private_country_id, country)
        self.assertFalse(self.jan.to_check)

    def test_a_country_of_an_address_that_is_not_taken_is_not_to_check(self):
        self.second_employment(start_date=date(2025, 1, 1))
        self.loket.people.append(
            employment(2, person={"employee_ref": "person-1", "country_code": "AN"})
        )
        self.sync()
        row = self.row(2)
        self.link(row, self.employee)
        self.assertFalse(row.problem)
        self.assertNotIn("AN", row.check_reasons or "")

    def test_a_country_alone_that_odoo_does_not_know_leaves_no_other(self):
        self.loket.change(1, person={"country_code": "AN"})
        self.sync()
        self.assertFalse(self.employee.private_country_id)

    def test_a_country_in_small_letters_is_the_country(self):
        self.loket.change(1, person={"country_code": "be"})
        self.sync()
        self.assertEqual(self.employee.private_country_id.code, "BE")

    def test_the_legal_name_follows_unless_it_was_another_one(self):
        self.loket.change(1, person={"last_name": "Visser"})
        self.sync()
        self.assertEqual(self.employee.legal_name, "Jan Visser")
        self.employee.legal_name = "Johannes Visser"
        self.loket.change(1, person={"last_name": "Smit"})
        self.sync()
        self.assertEqual(self.employee.name, "Jan Smit")
        self.assertEqual(self.employee.legal_name, "Johannes Visser")

    def test_a_manager_takes_all_of_it_over_by_hand(self):
        manager = new_test_user(
            self.env,
            "by-hand",
            "l10n_nl_loket.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.loket.change(1, person={"city": "Zwolle"}, end_date=date(2026, 6, 30))
        self.connection.with_user(manager).action_sync()
        self.assertFalse(self.jan.problem)
        self.assertEqual(self.employee.private_city, "Zwolle")
        self.assertEqual(self.employee.contract_date_end, date(2026, 6, 30))

    def test_a_changed_country_is_told_by_name(self):
        self.loket.change(1, person={"country_code": "BE"})
        run = self.sync()
        self.assertIn("Belgium", run.line_ids.mapped("new_value"))
