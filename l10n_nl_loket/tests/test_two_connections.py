# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A REST and a SOAP connection beside each other, each with a Loket over HTTP."""

from odoo.tests import TransactionCase, tagged

from .common_sandbox import SandboxMixin


@tagged("post_install", "-at_install")
class TestTwoConnections(SandboxMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.rest = self.connect(5555, protocol="rest")
        self.soap = self.connect(5556, protocol="soap")
        self.rest._loket_store_token(self.loket.issue_tokens())
        self.soap._loket_connect_soap("loket-koppeling", "loket", "VOORBEELD")
        for connection in (self.rest, self.soap):
            connection.action_fetch()

    def connect(self, client_number, **vals):
        """A draft connection with an administration, in a company of its own."""
        company = self.env["res.company"].create({"name": f"Bedrijf {client_number}"})
        employer, administration = next(
            (employer, one)
            for employer in self.loket.company.employers
            for one in employer.administrations
            if one.client_number == client_number
        )
        return self.env["loket.connection"].create(
            {
                "name": f"Loket {client_number}",
                "company_id": company.id,
                "environment": "custom",
                "api_url": self.loket.api_url,
                "oauth_url": self.loket.oauth_url,
                "wsdl_url": self.loket.wsdl_url,
                "client_id": "odoo",
                "client_secret": "sandbox-secret",
                "employer_ref": employer.id,
                "administration_ref": administration.id,
                **vals,
            }
        )

    def night(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_nl_loket.ir_cron_loket_sync").method_direct_trigger()
        self.env.invalidate_all()

    def rows(self, connection):
        return self.env["loket.employee"].search(
            [("connection_id", "=", connection.id)]
        )

    def states(self, connection):
        runs = self.env["loket.sync.run"].search(
            [("connection_id", "=", connection.id)], order="id"
        )
        return runs.mapped("state")

    def test_both_fetch_their_own_administration(self):
        self.assertEqual((self.rest.state, self.soap.state), ("ready", "ready"))
        self.assertEqual(self.rest.period_type, "month")
        self.assertEqual(self.soap.period_type, "four_weeks")

    def test_the_night_does_both_and_each_sees_its_own(self):
        self.night()
        self.assertEqual(len(self.rows(self.rest)), 25)
        self.assertTrue(self.rows(self.soap))
        self.assertEqual(self.states(self.rest), ["done"])
        self.assertEqual(self.states(self.soap), ["done"])
        self.assertEqual(self.rows(self.rest).company_id, self.rest.company_id)
        self.assertFalse(
            set(self.rows(self.rest).mapped("employment_ref"))
            & set(self.rows(self.soap).mapped("employment_ref"))
        )

    def test_rest_being_down_does_not_hurt_soap(self):
        self.loket.faults.add("error500", path="^/v2")
        self.night()
        self.assertEqual(self.states(self.rest), ["failed"])
        self.assertTrue(self.rest.last_error)
        self.assertEqual(self.states(self.soap), ["done"])

    def test_soap_being_down_does_not_hurt_rest(self):
        self.loket.faults.add("not_available", path="^/soap")
        self.night()
        self.assertEqual(self.states(self.soap), ["failed"])
        self.assertTrue(self.soap.last_error)
        self.assertEqual(self.states(self.rest), ["done"])
        self.assertEqual(self.soap.state, "ready", "it tries again tomorrow")

    def test_a_withdrawn_link_key_asks_to_connect_again(self):
        self.loket.link_keys.revoke_all()
        self.night()
        self.assertEqual(self.soap.state, "error")
        self.assertIn("again", self.soap.last_error)
        self.assertEqual(self.states(self.rest), ["done"])

    def test_administrations_that_both_count_from_1_block_nobody(self):
        self.soap.company_id = self.rest.company_id
        self.night()
        every = self.rows(self.rest) | self.rows(self.soap)
        numbers = self.rows(self.rest).mapped("payroll_number")
        self.assertIn(self.rows(self.soap)[0].payroll_number, numbers)
        self.assertFalse(every.filtered("problem"))
        every.action_add()
        self.assertTrue(all(row.employee_id for row in every))
        self.assertEqual(len(every.employee_id), len(every) - 1, "one works in both")

    def test_one_number_for_two_people_is_shown_and_blocks_those_rows_only(self):
        self.soap.company_id = self.rest.company_id
        employees = self.loket.company.employers[0].employees
        one = next(who for who in employees if len(who.employments) == 1)
        employees[-1].number = one.number
        self.night()
        every = self.rows(self.rest) | self.rows(self.soap)
        self.assertTrue(self.rows(self.soap).filtered("problem"))
        every.action_add()
        clashing = every.filtered("problem")
        self.assertEqual(len(clashing), 2)
        self.assertEqual(clashing.connection_id, self.rest | self.soap)
        for row, other in zip(clashing, reversed(clashing), strict=True):
            self.assertIn(other.name, row.problem)
            self.assertIn(str(one.number), row.problem)
        self.assertFalse(clashing.employee_id)
        self.assertTrue((every - clashing).employee_id)

        clashing[0].action_share_number()
        self.assertFalse(any(clashing.mapped("problem")))
        self.assertEqual(len(clashing.employee_id), 2)
        self.night()
        self.assertFalse(any(clashing.mapped("problem")), "asked once")
