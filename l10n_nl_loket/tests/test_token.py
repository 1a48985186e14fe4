# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The secret's own row: what survives, and who fetches when two want to."""

import threading
from unittest.mock import Mock, patch

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged

from ..gateway import LoketBadReply, LoketRefused, LoketUnavailable, TokenSet, oauth
from ..gateway.http import Reply
from ..gateway.rest import oauth as rest_oauth
from .common_connection import MANAGER, ConnectionMixin

TOKENS = {"access_token": "a", "refresh_token": "b"}


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
class TestCutOff(ConnectionMixin, TransactionCase):
    """Odoo is killed while it renews a link: before Loket's answer is kept."""

    def setUp(self):
        super().setUp()
        self.make_ready()
        self.loket.tokens.expire_access()

    def be_killed(self, before_loket_is_asked=False):
        """What is left after a kill: nothing is written after the request."""

        class Killed(BaseException):
            pass

        def refresh(*arguments, **options):
            if not before_loket_is_asked:
                asked(*arguments, **options)
            raise Killed

        asked = oauth.refresh
        self.renew(refresh, Killed)

    def renew(self, refresh, end):
        """Let a renewal end with an exception, of which nothing is rolled back."""
        # Odoo's assertRaises would roll back.
        try:
            with patch.object(oauth, "refresh", refresh):
                self.connection._gateway().employers()
        except end:
            return
        self.fail("it was not renewed")

    def test_what_is_about_to_happen_is_kept_first(self):
        self.be_killed(before_loket_is_asked=True)
        self.assertTrue(self.token().renewing_since)

    def test_the_old_token_is_tried_once_more_and_may_do(self):
        self.be_killed(before_loket_is_asked=True)
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "ready")
        self.assertFalse(self.connection.last_error)
        self.assertFalse(self.token().renewing_since)

    def test_a_link_that_is_lost_is_said_at_once_with_the_click_that_mends_it(self):
        boss = self.make_user("baas", MANAGER)
        self.connection.user_id = boss
        self.be_killed()
        self.loket.requests.clear()
        self.connection.action_fetch()
        self.assertEqual(self.count_requests("POST /token"), 1, "once more, no storm")
        self.assertEqual(self.connection.state, "error")
        self.assertIn("cut off", self.connection.last_error)
        self.assertIn("Connect to Loket again", self.connection.last_error)
        (activity,) = self.connection.activity_ids
        self.assertEqual(activity.user_id, boss)
        self.assertIn("connect again", activity.summary)
        self.assertIn("cut off", activity.note)
        (step,) = (s for s in self.connection.steps if s["is_next"])
        self.assertEqual(step["action"], "action_connect")
        # It stays said, however often it is tried.
        self.connection.action_fetch()
        self.assertIn("cut off", self.connection.last_error)
        self.connect()
        self.assertFalse(self.token().renewing_since)
        self.assertFalse(self.connection.activity_ids, "it is mended")
        self.assertEqual(self.connection.state, "ready")

    def test_an_answer_that_got_lost_is_told_like_a_kill(self):
        self.renew(Mock(side_effect=LoketUnavailable("weg")), LoketUnavailable)
        self.loket.tokens.revoke_all()
        self.connection.action_fetch()
        self.assertIn("cut off", self.connection.last_error)

    def test_a_link_that_was_withdrawn_is_not_told_as_a_kill(self):
        self.loket.tokens.revoke_all()
        for _number in range(2):
            self.connection.action_fetch()
            self.assertIn("withdrawn", self.connection.last_error)

    def test_a_wrong_client_is_not_told_as_a_kill(self):
        self.be_killed(before_loket_is_asked=True)
        self.connection.client_secret = "fout"
        self.connection.action_fetch()
        self.assertIn("client secret", self.connection.last_error)

    def test_a_bare_refusal_of_the_login_server_does_not_stop_the_nights(self):
        for status in (400, 401, 403):
            with self.subTest(status):
                refusal = Reply(status_code=status, headers={}, content=b"<html>")
                with patch.object(rest_oauth, "send", return_value=refusal):
                    self.connection.action_fetch()
                self.assertEqual(self.connection.state, "ready")
                self.assertIn(str(status), self.connection.last_error)
        self.connection.action_fetch()
        self.assertFalse(self.connection.last_error)


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

    def test_the_intent_survives_a_kill_and_keeps_nobody_waiting(self):
        self.in_transaction(lambda one: one._loket_store_token({**TOKENS}))

        class Killed(BaseException):
            pass

        def fetch(_stored):
            raise Killed

        with self.assertRaises(Killed):
            self.in_transaction(lambda one: self.renew(one, fetch))
        row = self.in_transaction(lambda one: self.token(one).renewing_since)
        self.assertTrue(row)
        self.assertEqual(self.in_transaction(self.renew).access_token, "new")
        self.assertFalse(
            self.in_transaction(lambda one: self.token(one).renewing_since)
        )

    def test_a_disconnect_waits_for_who_renews_and_nothing_comes_back(self):
        self.in_transaction(lambda one: one._loket_store_token({**TOKENS}))
        asked, other = threading.Event(), []

        def fetch(_stored):
            thread = threading.Thread(
                target=self.in_transaction,
                args=(lambda one: (asked.set(), one._forget_secrets()),),
            )
            other.append(thread)
            thread.start()
            asked.wait(20)
            thread.join(0.5)
            self.assertTrue(thread.is_alive(), "it waits")
            return fresh()

        self.in_transaction(lambda one: self.renew(one, fetch))
        other[0].join(20)
        self.assertFalse(self.in_transaction(lambda one: self.token(one).access_token))

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
