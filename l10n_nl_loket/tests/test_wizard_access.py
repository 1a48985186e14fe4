# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""By RPC, nobody sees through a wizard what another company keeps for itself."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_employees import EmployeesCase, employment


@tagged("post_install", "-at_install")
class TestWizardAccess(EmployeesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Ander B.V."})
        cls.stranger, cls.manager = (
            new_test_user(
                cls.env,
                login,
                "l10n_nl_loket.group_manager",
                company_id=company.id,
                company_ids=company.ids,
            )
            for login, company in (("stranger", other), ("own", cls.company))
        )
        cls.connection.client_id = "geheim"

    def setUp(self):
        super().setUp()
        self.jan = self.arrive(employment(1))
        self.employee = self.make_employee(work_email="p1@voorbeeld.example")
        self.own = self.make_employee(
            name="Eigen", company_id=self.stranger.company_id.id
        )
        self.env.flush_all()

    def wizard(self, model, user):
        self.env.invalidate_all()
        return (
            self.env[model]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
        )

    def assert_closed(self, model, fields, **vals):
        """Neither a saved wizard nor a form that is not saved tells anything."""
        Wizard = self.wizard(model, self.stranger)
        with self.assertRaises(AccessError):
            made = Wizard.create(vals)
            made.read(fields)
        Wizard = self.wizard(model, self.stranger)
        with self.assertRaises(AccessError):
            Wizard.onchange(vals, list(vals), {name: {} for name in fields})

    def test_the_link_wizard_shows_no_employment_of_another_company(self):
        self.assert_closed(
            "loket.employee.link.wizard",
            ["loket_name", "loket_birthday", "loket_email", "odoo_name"],
            loket_employee_id=self.jan.id,
            employee_id=self.own.id,
        )

    def test_the_link_wizard_shows_no_employee_of_another_company(self):
        connection = self.connect(self.loket, self.stranger.company_id, "Vreemd")
        self.sync(connection)
        self.assert_closed(
            "loket.employee.link.wizard",
            ["odoo_name", "odoo_birthday", "odoo_number"],
            loket_employee_id=self.row(1, connection).id,
            employee_id=self.employee.id,
        )

    def test_the_wizard_can_t_be_turned_to_another_company_later(self):
        connection = self.connect(self.loket, self.stranger.company_id, "Vreemd")
        self.sync(connection)
        made = self.wizard("loket.employee.link.wizard", self.stranger).create(
            {
                "loket_employee_id": self.row(1, connection).id,
                "employee_id": self.own.id,
            }
        )
        with self.assertRaises(AccessError):
            made.write({"loket_employee_id": self.jan.id})

    def test_the_connect_wizard_tells_nothing_of_another_connection(self):
        self.assert_closed(
            "loket.connect.wizard",
            ["has_client", "protocol", "redirect_uri"],
            connection_id=self.connection.id,
        )

    def test_the_own_manager_sees_both_sides(self):
        made = self.wizard("loket.employee.link.wizard", self.manager).create(
            {"loket_employee_id": self.jan.id, "employee_id": self.employee.id}
        )
        self.assertEqual(made.loket_name, "Jan Bakker")
        self.assertEqual(made.employee_id.id, self.employee.id)
        self.assertEqual(made.odoo_email, "p1@voorbeeld.example")
        made = self.wizard("loket.connect.wizard", self.manager).create(
            {"connection_id": self.connection.id}
        )
        self.assertEqual(made.protocol, "rest")
