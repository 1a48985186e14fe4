# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connecting by SOAP, against a Loket that speaks it over HTTP."""

import logging
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..gateway.http import Patience
from ..gateway.soap import client
from .common_connection import CredentialsMixin
from .common_sandbox import SandboxMixin, link_keys

#: Unlike any other text, so that they are found wherever they were kept.
USERNAME = "koppeling-7d1e-gebruiker"
BLOCKED = "geblokkeerd-7d1e-gebruiker"
PASSWORD = "Geheim-9f3c-wachtwoord"
CODE = "VOORBEELD"


class SoapCase(CredentialsMixin, SandboxMixin, HttpCase):
    """A draft connection with a Loket that knows two web service users."""

    def setUp(self):
        super().setUp()
        users = {USERNAME: PASSWORD, BLOCKED: PASSWORD}
        self.enterContext(patch.dict(link_keys.WEB_SERVICE_USERS, users))
        self.enterContext(patch.object(link_keys, "BLOCKED", {BLOCKED}))
        self.connection = self.env["loket.connection"].create(
            {
                "name": "Voorbeeld",
                "protocol": "soap",
                "environment": "custom",
                "wsdl_url": f"{self.loket.url}/soap?wsdl",
            }
        )

    def fill_in(self, username=USERNAME, password=PASSWORD, code=CODE):
        """Post the form for credentials, as a browser does; the answer."""
        self.authenticate("admin", "admin")
        with mute_logger("odoo.http"):
            page = self.post_credentials(
                self.connection,
                username=username,
                password=password,
                environment_code=code,
            )
        self.env.invalidate_all()
        return page.json()

    def assert_not_connected(self, answer, word):
        """Said in one message; nothing is made."""
        self.assertIn(word, answer["message"].lower())
        self.assertNotIn("action", answer)
        self.assertEqual(self.connection.state, "draft")
        self.assertFalse(
            self.env["loket.token"].search([("connection_id", "=", self.connection.id)])
        )


@tagged("post_install", "-at_install")
class TestSoapConnection(SoapCase):
    def test_good_credentials_connect_and_lead_to_the_settings(self):
        answer = self.fill_in()
        self.assertNotIn("message", answer)
        self.assertEqual(answer["action"]["res_model"], "loket.connection")
        self.assertEqual(self.connection.state, "connected")

    def test_wrong_password_is_said_and_makes_nothing(self):
        self.assert_not_connected(self.fill_in(password="fout"), "password")

    def test_unknown_environment_code_is_said(self):
        self.assert_not_connected(self.fill_in(code="ANDERS"), "environment code")

    def test_blocked_user_is_said(self):
        self.assert_not_connected(self.fill_in(username=BLOCKED), "blocked")

    def test_description_that_is_not_there_is_said(self):
        self.connection.wsdl_url = f"{self.loket.url}/elders?wsdl"
        self.assert_not_connected(self.fill_in(), "description")

    def test_a_form_without_password_asks_for_it(self):
        self.assert_not_connected(self.fill_in(password=""), "password")


@tagged("post_install", "-at_install")
class TestSoapSecrets(SoapCase):
    """User name and password live in memory only."""

    def setUp(self):
        super().setUp()
        self.log = []
        handler = _Keep(self.log)
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.setLevel, level)
        self.addCleanup(root.removeHandler, handler)

    def assert_nowhere(self):
        self.env.flush_all()
        self.assertTrue(self.log, "the log was read")
        for secret in (PASSWORD, USERNAME):
            for line in self.log:
                self.assertNotIn(secret, line)
            self.assertEqual(self.places(secret), [])

    def places(self, text):
        """Columns of the whole database, and files of attachments, with the text."""
        self.env.cr.execute(
            """
            SELECT c.table_name, c.column_name
              FROM information_schema.columns c
              JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = current_schema()
               AND t.table_type = 'BASE TABLE'
               AND c.data_type IN ('text', 'character varying', 'character',
                                   'json', 'jsonb', 'bytea')
            """
        )
        found = []
        for table, column in self.env.cr.fetchall():
            where = SQL(
                "position(convert_to(%s, 'UTF8') IN %s) > 0",
                text,
                SQL(
                    "CASE WHEN pg_typeof(%(column)s) = 'bytea'::regtype"
                    " THEN %(column)s::text::bytea ELSE"
                    " convert_to(%(column)s::text, 'UTF8') END",
                    column=SQL.identifier(column),
                ),
            )
            self.env.cr.execute(
                SQL("SELECT 1 FROM %s WHERE %s LIMIT 1", SQL.identifier(table), where)
            )
            if self.env.cr.fetchone():
                found.append((table, column))
        for attachment in self.env["ir.attachment"].search([]):
            if text.encode() in (attachment.raw or b""):
                found.append(("ir_attachment", attachment.id))
        return found

    def test_the_search_finds_what_is_kept(self):
        self.connection.message_post(body=PASSWORD)
        self.env.flush_all()
        self.assertIn(("mail_message", "body"), self.places(PASSWORD))

    def test_nothing_is_kept_after_connecting(self):
        self.fill_in()
        self.assertEqual(self.connection.state, "connected")
        self.assert_nowhere()

    def test_nothing_is_kept_after_a_refusal(self):
        self.fill_in(code="ANDERS")
        self.assert_nowhere()

    def test_nothing_is_kept_after_a_fault(self):
        self.loket.faults.add("error500")
        self.fill_in()
        self.assert_nowhere()

    def test_nothing_is_kept_after_a_timeout(self):
        self.loket.faults.add("latency", 1, path="LogIn")
        self.patch(client, "Patience", lambda: Patience(read=0.3))
        self.fill_in()
        self.assert_nowhere()


class _Keep(logging.Handler):
    def __init__(self, lines):
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record):
        self.lines.append(self.format(record))
