# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night may not do, against a Loket that speaks REST and SOAP over HTTP."""

import time

from odoo.tests import tagged

from ..gateway import RestGateway, SoapGateway, TokenSet
from ..models.connection.loket_connection import WAITS
from ..models.sync.loket_sync_run_tell import TROUBLE
from .common_employees import EmployeesCase
from .common_sandbox import SandboxMixin


class Tokens:
    """Keeps the tokens of one link; they outlast a test."""

    def __init__(self, reply):
        self.tokens = TokenSet(
            access_token=reply["access_token"],
            refresh_token=reply["refresh_token"],
            expires_at=time.time() + reply["expires_in"],
        )

    def load(self):
        return self.tokens


class NightMixin:
    """A company whose people were all added; the sandbox plays what happens to it."""

    def setUp(self):
        super().setUp()
        employer = self.loket.company.employer
        self.connection.write(
            {
                "employer_ref": employer.id,
                "administration_ref": employer.administrations[0].id,
            }
        )
        self.gateways[self.connection.id] = self.gateway()
        self.sync()
        self.rows = self.env["loket.employee"].search(
            [("connection_id", "=", self.connection.id)]
        )
        for row in self.rows:
            row.decision = "add"
        self.rows.action_apply()
        self.assertFalse(self.rows.filtered("problem").mapped("problem"))
        self.assertEqual(self.sync().state, "done")
        self.person = self.rows.filtered(lambda row: row.employee_number == "108")[:1]
        self.assertTrue(self.person)

    def played(self, event, value=None):
        self.loket.faults.add(event, value)
        return self.sync()

    def told(self, kind):
        return str(self.connection.activity_search([kind]).note or "")

    def before(self):
        fields = ["name", "birthday", "sex", "private_street", "private_city"]
        return self.rows.employee_id.read([*fields, "contract_date_end"])

    def assert_waits(self, event):
        before = self.before()
        run = self.played(event)
        self.assertEqual(run.state, "partial")
        self.assertEqual(self.before(), before)
        self.assertTrue(self.told(WAITS))
        return run

    def test_another_person_under_an_employment(self):
        for event in ("other_person", "other_name_and_birthday", "other_employee_id"):
            with self.subTest(event):
                self.assert_waits(event)
                self.assertTrue(self.person.is_other_person)
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")
                self.assertFalse(self.told(WAITS))

    def test_swapped_payroll_numbers(self):
        numbers = self.rows.mapped("payroll_number")
        self.assert_waits("swapped_payroll_numbers")
        self.assertEqual(self.rows.mapped("payroll_number"), numbers)
        self.assertEqual(len(self.rows.filtered("number_waits")), 2)

    def test_too_much_for_one_night(self):
        for event in ("all_ended", "no_addresses", "one_name"):
            with self.subTest(event):
                self.assert_waits(event)
                self.assertTrue(self.connection.can_let_pass)
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")

    def test_a_row_that_one_list_lacks_and_a_list_that_is_empty(self):
        values = ("shift", "department_name", "snapshot")
        for event in ("no_working_hours", "no_organization", "no_wages"):
            with self.subTest(event):
                before = self.rows.mapped(lambda row: [row[name] for name in values])
                run = self.played(event, "108")
                self.assertEqual(run.line_ids.mapped("kind"), ["kept"])
                self.assertFalse(self.told(TROUBLE))
                run = self.played(event)
                self.assertIn("last known", self.told(TROUBLE))
                self.assertEqual(run.state, "partial")
                after = self.rows.mapped(lambda row: [row[name] for name in values])
                self.assertEqual(after, before)
                self.loket.faults.clear()
                self.assertEqual(self.sync().state, "done")

    def test_a_gender_in_an_unknown_word(self):
        sex = self.person.employee_id.sex
        run = self.played("unknown_gender")
        self.assertIn("Anders benoemd", run.message)
        self.assertEqual(self.person.employee_id.sex, sex)
        self.assertFalse(self.sync().message)

    def test_nobody_can_be_read(self):
        self.assertEqual(self.played("missing_field", "all").state, "failed")
        self.assertIn("can't be read", self.told(TROUBLE))


@tagged("post_install", "-at_install")
class TestNightRest(NightMixin, SandboxMixin, EmployeesCase):
    def gateway(self):
        return RestGateway(
            api_url=self.loket.api_url,
            oauth_url=self.loket.oauth_url,
            client_id="odoo",
            client_secret="sandbox-secret",
            tokens=Tokens(self.loket.issue_tokens()),
            local=True,
        )


@tagged("post_install", "-at_install")
class TestNightSoap(NightMixin, SandboxMixin, EmployeesCase):
    def gateway(self):
        return SoapGateway(
            wsdl_url=self.loket.wsdl_url,
            link_key=self.loket.link_keys.issue(),
            local=True,
        )
