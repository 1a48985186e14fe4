# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets at rest: encrypted, with a key that is not in the database."""

import os
import stat
import tempfile
import threading

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, config

from ..models import secret_key
from .common_connection import CLIENT, MANAGER, ConnectionMixin

COLUMNS = [
    ("loket_connection", "client_secret"),
    ("loket_token", "access_token"),
    ("loket_token", "refresh_token"),
    ("loket_token", "link_key"),
]


def new_key():
    return Fernet.generate_key().decode()


@tagged("post_install", "-at_install")
class TestSecret(ConnectionMixin, TransactionCase):
    def setUp(self):
        # Before the connection is made: it has a secret.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.options = config.options.new_child(
            {"data_dir": self.folder, secret_key.OPTION: None}
        )
        self.patch(config, "options", self.options)
        super().setUp()

    def use_keys(self, *keys):
        self.options[secret_key.OPTION] = ",".join(keys)

    @property
    def file(self):
        return secret_key.key_file(self.env.cr.dbname)

    def kept(self):
        """What the database has of the connection's secrets."""
        self.env.flush_all()
        found = []
        for table, column in COLUMNS:
            self.env.cr.execute(
                SQL("SELECT %s FROM %s", SQL.identifier(column), SQL.identifier(table))
            )
            found += [text for (text,) in self.env.cr.fetchall() if text]
        return found

    def run_night(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_nl_loket.ir_cron_loket_sync").method_direct_trigger()
        self.env.invalidate_all()

    def begin_again(self):
        """As a process that knows nothing of before."""
        self.env.flush_all()
        self.env.invalidate_all()

    # === IN THE DATABASE === #

    def test_nothing_is_kept_as_it_is(self):
        token = self.loket.issue_tokens()
        self.connection._loket_store_token(token)
        soap = self.make_connection(name="SOAP", protocol="soap")
        self.env["loket.token"]._write_secret(soap, {"link_key": "sleutel-1"})
        kept = "\n".join(self.kept())
        plain = ["sleutel-1", CLIENT["client_secret"]]
        plain += [token["access_token"], token["refresh_token"]]
        for secret in plain:
            self.assertNotIn(secret, kept)
        self.assertEqual(len(self.kept()), 5)
        self.assertTrue(all(map(secret_key.is_sealed, self.kept())))

    def test_what_was_kept_is_read_again(self):
        self.connect()
        self.begin_again()
        self.assertEqual(self.connection.client_secret, CLIENT["client_secret"])
        self.assertTrue(self.loket.tokens.accepts(self.token().access_token))

    def test_the_same_secret_never_looks_the_same(self):
        other = self.make_connection(name="Ander")
        self.env.flush_all()
        self.assertNotEqual(*self.kept())
        self.assertEqual(other.client_secret, self.connection.client_secret)

    def test_nobody_reads_a_secret_by_a_call_not_even_an_administrator(self):
        self.connect()
        system = self.make_user("systeem", f"base.group_system,{MANAGER}")
        for records, names in (
            (self.connection, ["client_secret"]),
            (self.token(), ["access_token", "refresh_token"]),
        ):
            records = records.with_user(system)
            for row in (records.read(names), records.web_read({n: {} for n in names})):
                self.assertFalse(any(row[0][name] for name in names))
            self.assertEqual(set(records.export_data(names)["datas"][0]), {""})

    def test_an_empty_secret_stays_empty(self):
        self.connection.client_secret = False
        self.begin_again()
        self.assertIs(self.connection.client_secret, False)
        self.assertEqual(self.kept(), [])

    # === THE KEY === #

    def test_the_key_is_made_when_it_is_needed_first_and_its_owner_reads_it_only(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.file).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(self.file.parent).st_mode), 0o700)
        self.assertEqual(
            str(self.file), f"{self.folder}/l10n_nl_loket/{self.env.cr.dbname}.key"
        )
        Fernet(self.file.read_text().strip())
        self.assertEqual(os.listdir(self.file.parent), [self.file.name], "no drafts")

    def test_many_who_need_the_first_key_at_once_get_the_same(self):
        self.file.unlink()
        both = threading.Barrier(8, timeout=20)
        sealed = []

        def worker():
            both.wait()
            sealed.append(secret_key.seal("nieuw", "geheim"))

        threads = [threading.Thread(target=worker) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(
            [secret_key.unseal("nieuw", text) for text in sealed], ["geheim"] * 8
        )
        self.assertEqual(os.listdir(self.file.parent), ["nieuw.key"])

    def test_the_configuration_goes_before_the_file_and_makes_none(self):
        key = new_key()
        self.use_keys(key)
        self.file.unlink()
        self.connection.client_secret = "ander"
        self.env.flush_all()
        self.assertFalse(self.file.exists())
        (kept,) = self.kept()
        self.assertEqual(Fernet(key).decrypt(kept.encode()), b"ander")

    def test_a_key_of_the_file_still_reads_once_the_configuration_names_one(self):
        self.use_keys(new_key())
        self.begin_again()
        self.assertEqual(self.connection.client_secret, CLIENT["client_secret"])

    def test_encrypting_again_makes_former_keys_superfluous(self):
        old, new = new_key(), new_key()
        self.use_keys(old)
        self.make_ready()
        archived = self.make_connection(name="Weg")
        self.connection.client_secret = archived.client_secret = "sandbox-secret"
        self.env.flush_all()
        self.use_keys(new, old)
        action = self.env["res.config.settings"].action_loket_encrypt_again()
        self.assertEqual(action["params"]["type"], "success")
        self.use_keys(new)
        self.file.unlink()
        self.begin_again()
        self.assertEqual(self.connection.client_secret, "sandbox-secret")
        self.assertEqual(archived.client_secret, "sandbox-secret")
        self.connection.action_fetch()
        self.assertFalse(self.connection.last_error)

    def test_encrypting_again_names_what_no_key_fits(self):
        self.connect()
        self.env.flush_all()
        self.use_keys(new_key())
        self.file.unlink()
        self.begin_again()
        kept = self.kept()
        action = self.env["res.config.settings"].action_loket_encrypt_again()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertIn("Voorbeeld", action["params"]["message"])
        self.assertEqual(self.kept(), kept, "it may come back")

    def test_only_an_administrator_encrypts_again(self):
        user = self.make_user("beheer", MANAGER)
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(user).action_loket_encrypt_again()

    def test_a_key_that_is_none_is_said_before_anything_is_asked(self):
        self.make_ready()
        self.use_keys("geheim")
        with self.assertRaisesRegex(UserError, "l10n_nl_loket_key"):
            self.connection.client_secret = "x"
        self.loket.tokens.expire_access()
        self.loket.requests.clear()
        self.connection.action_fetch()
        self.assertIn("l10n_nl_loket_key", self.connection.last_error)
        self.assertEqual(self.connection.state, "ready", "another key mends it")
        self.assertEqual(self.count_requests("/token"), 0, "no token is used up")
        self.use_keys()
        self.connection.action_fetch()
        self.assertFalse(self.connection.last_error)

    # === WITHOUT THE KEY === #

    def test_without_the_key_it_says_connect_again_and_all_else_works(self):
        self.make_ready()
        self.begin_again()
        self.file.unlink()
        self.assertFalse(self.connection.client_secret)
        (step,) = (s for s in self.connection.steps if s["name"] == "connect")
        self.assertEqual(
            (step["progress"], step["action"]), ("Connect again", "action_connect")
        )
        self.assertEqual(self.connection.next_step, "connect")
        self.assertFalse(self.file.exists(), "reading makes no key")
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "error")
        self.assertIn("Connect to Loket again", self.connection.last_error)
        self.connection.web_read({"name": {}, "steps": {}, "state": {}})
        self.run_night()
        self.env["loket.export"].create(
            {"connection_id": self.connection.id, "year": 2026, "period": 1}
        ).action_check()
        self.connection.message_post(body="x")
        # Who connects again gets a key that is new.
        self.connection.client_secret = CLIENT["client_secret"]
        self.connect()
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "ready")
        self.assertFalse(self.connection.last_error)

    def test_the_night_says_it_to_the_responsible_person(self):
        self.make_ready()
        self.begin_again()
        self.file.unlink()
        self.run_night()
        self.assertEqual(self.connection.state, "error")
        self.assertIn("key", self.connection.activity_ids.mapped("note")[0])

    def test_a_soap_link_without_the_key_says_it_too(self):
        soap = self.make_connection(
            name="SOAP", protocol="soap", wsdl_url=f"{self.loket.url}/soap?wsdl"
        )
        soap._loket_connect_soap("loket-koppeling", "loket", "VOORBEELD")
        self.begin_again()
        self.file.unlink()
        soap.action_fetch()
        self.assertEqual(soap.state, "error")
        self.assertIn("key", soap.last_error)

    # === DISCONNECT === #

    def assert_forgotten(self):
        self.begin_again()
        self.assertEqual(self.kept(), [])
        self.assertEqual(self.connection.state, "draft")
        self.assertEqual(self.connection.client_id, CLIENT["client_id"])

    def test_disconnecting_forgets_the_secrets_and_keeps_the_history(self):
        self.make_ready().action_sync()
        runs = self.env["loket.sync.run"].search([])
        rows = self.connection.loket_employee_ids
        self.connection.with_user(self.make_user("b", MANAGER)).action_disconnect()
        self.assert_forgotten()
        self.assertTrue(runs and rows)
        self.assertEqual(runs.exists(), runs)
        self.assertEqual(self.connection.loket_employee_ids, rows)
        self.assertTrue(all(rows.mapped("in_loket")))
        self.assertTrue(self.connection.administration_ref)
        self.assertEqual(self.connection.next_step, "connect")

    def test_archiving_does_the_same(self):
        self.make_ready()
        self.connection.action_archive()
        self.assert_forgotten()
        self.connection.action_unarchive()
        self.assertEqual(self.connection.next_step, "connect")

    def test_a_clerk_can_t_disconnect(self):
        self.make_ready()
        clerk = self.make_user("k", "l10n_nl_loket.group_user")
        with self.assertRaises(AccessError):
            self.connection.with_user(clerk).action_disconnect()
        self.assertTrue(self.token().access_token)

    def test_a_draft_is_disconnected_without_a_trace(self):
        self.connection.action_disconnect()
        self.assertFalse(self.token())

    def test_an_archived_connection_is_not_connected(self):
        self.connection.active = False
        with self.assertRaisesRegex(UserError, "Unarchive"):
            self.connection._loket_connect_soap("u", "p", "c")
