# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

FIELDS = ("api_url", "oauth_url", "wsdl_url")
LOCAL = "http://localhost:8080"


@tagged("post_install", "-at_install")
class TestAddresses(TransactionCase):
    """Where a connection may send its secrets, as it is saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connection = cls.env["loket.connection"].create(
            {"name": "Voorbeeld", "environment": "custom"}
        )

    def assert_refused(self, connection, words, **vals):
        with (
            self.assertRaisesRegex(ValidationError, words) as caught,
            self.env.cr.savepoint(),
        ):
            connection.write(vals)
        connection.invalidate_recordset(flush=False)
        self.assertNotIn("port", str(caught.exception).lower())

    def test_other_addresses_may_be_of_this_machine(self):
        self.connection.write(dict.fromkeys(FIELDS, LOCAL))
        self.connection.write({"wsdl_url": f"{LOCAL}/soap?wsdl"})
        self.connection.write(dict.fromkeys(FIELDS, "https://[::1]:8443/x"))

    def test_production_and_acceptance_never_are(self):
        for environment in ("production", "acceptance"):
            self.connection.environment = environment
            for name in FIELDS:
                with self.subTest(name, environment=environment):
                    self.assert_refused(
                        self.connection, "Other addresses", **{name: LOCAL}
                    )

    def test_a_new_one_whose_description_is_on_this_machine_is_a_trial(self):
        vals = {"name": "Proef", "protocol": "soap", "wsdl_url": f"{LOCAL}/loket?wsdl"}
        trial = self.env["loket.connection"].create(vals)
        self.assertEqual(trial.environment, "custom")
        for vals["environment"] in ("production", "acceptance"):
            with self.assertRaisesRegex(ValidationError, "Other addresses"):
                self.env["loket.connection"].create(vals)

    def test_nor_are_they_when_the_environment_is_changed(self):
        self.connection.wsdl_url = f"{LOCAL}/soap?wsdl"
        self.assert_refused(
            self.connection, "Other addresses", environment="production"
        )

    def test_an_address_that_can_be_read_in_two_ways(self):
        for url in (
            r"http://loket.example\@localhost/",
            "https://user:pass@loket.example/",
            "https://loket.example/?to=1",
            "https://loket.example/#x",
            "https://127.1/",
            "http://loket.example/",
        ):
            for name in FIELDS:
                with self.subTest(name, url=url):
                    self.assert_refused(self.connection, "https", **{name: url})

    def test_a_network_within(self):
        for host in ("10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "[fe80::1]"):
            for name in FIELDS:
                with self.subTest(name, host=host):
                    self.assert_refused(
                        self.connection, "private network", **{name: f"https://{host}"}
                    )
