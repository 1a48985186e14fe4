# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The secret's own row: what survives, and who fetches when two want to."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged

from ..gateway import LoketBadReply, LoketRefused, TokenSet
from .common_connection import ConnectionMixin


def fresh(_stored=None):
    return TokenSet(access_token="new", refresh_token="next", expires_at=9e9)


@tagged("post_install", "-at_install")
class TestToken(ConnectionMixin, TransactionCase):
    """A connection that is not committed yet: its secret goes with it."""

    def store(self):
        return self.env["loket.token"]._store(self.connection)

    def test_without_a_link_the_gateway_is_told_to_connect(self):
        with self.assertRaises(LoketRefused):
            self.store().load()

    def test_a_reply_without_token_stores_nothing(self):
        with self.assertRaises(LoketBadReply):
            self.connection._loket_store_token({"token_type": "bearer"})
        self.assertFalse(self.token())
        self.assertEqual(self.connection.state, "draft")

    def test_a_stale_token_gets_the_stored_one_without_another_fetch(self):
        self.connect()
        stale = TokenSet(access_token="old", refresh_token="old")
        current = self.store().renew(stale, self.fail)
        self.assertEqual(current.access_token, self.token().access_token)

    def test_a_renewed_token_replaces_the_stored_one(self):
        self.connect()
        store = self.store()
        self.assertEqual(store.renew(store.load(), fresh), fresh())
        self.assertEqual(self.token().refresh_token, "next")

    def test_a_revoked_link_asks_once_and_says_to_connect_again(self):
        self.make_ready()
        self.loket.tokens.revoke_all()
        self.loket.requests.clear()
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "error")
        self.assertIn("Connect to Loket again", self.connection.last_error)
        self.assertLessEqual(self.count_requests("/token"), 1, "no storm")


@tagged("post_install", "-at_install")
class TestCommittedToken(ConnectionMixin, TransactionCase):
    """Real transactions beside each other; what they commit is removed after."""

    def make_connection(self, env=None, **vals):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            made = super().make_connection(env, **vals)
        self.addCleanup(self.remove, made.id)
        return made.with_env(self.env)

    def remove(self, connection_id):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["loket.connection"].browse(connection_id).unlink()

    def in_transaction(self, work):
        """``work(connection)`` in a transaction of its own, rolled back at the end."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            try:
                return work(self.connection.with_env(env))
            finally:
                cr.rollback()

    def renew(self, connection, fetch=fresh):
        store = connection.env["loket.token"]._store(connection)
        return store.renew(store.load(), fetch)

    def stored(self):
        return self.in_transaction(
            lambda one: one.env["loket.token"]._store(one).load()
        )

    def test_a_rotated_token_survives_the_rollback_of_the_work(self):
        self.in_transaction(lambda one: one._loket_store_token({"access_token": "a"}))
        self.in_transaction(self.renew)
        self.assertEqual(self.stored().refresh_token, "next")

    def test_a_main_transaction_that_writes_the_connection_is_no_deadlock(self):
        def work(one):
            one._loket_store_token({"access_token": "a"})
            one.name = "Anders"
            one.env.flush_all()
            return self.renew(one)

        self.assertEqual(self.in_transaction(work).access_token, "new")

    def test_two_workers_fetch_once_and_both_get_the_new_token(self):
        self.in_transaction(lambda one: one._loket_store_token({"access_token": "a"}))
        fetched, found = [], []
        both = threading.Barrier(2, timeout=20)

        def fetch(stored):
            fetched.append(stored.access_token)
            return fresh()

        def worker(one):
            store = one.env["loket.token"]._store(one)
            stale = store.load()
            both.wait()
            found.append(store.renew(stale, fetch).access_token)

        threads = [
            threading.Thread(target=self.in_transaction, args=(worker,))
            for _number in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(fetched, ["a"])
        self.assertEqual(found, ["new", "new"])
