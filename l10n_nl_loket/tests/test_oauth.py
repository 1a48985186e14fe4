# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connecting by consent: a browser, Odoo and a Loket, over real HTTP."""

import logging
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from freezegun import freeze_time

import odoo.http
from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..gateway import LoketRefused, LoketUnavailable, oauth
from ..models.connection.loket_connection_link import CALLBACK
from ..models.connection.loket_connection_link import CONSENT as CONSENT_KEY
from .common_connection import CLIENT, MANAGER, ConnectionMixin, CredentialsMixin

CONSENT = {"username": "hr@voorbeeld.nl", "password": "loket", "decision": "allow"}


@tagged("post_install", "-at_install")
class TestOAuth(CredentialsMixin, ConnectionMixin, HttpCase):
    def setUp(self):
        super().setUp()
        self.manager = self.make_user("beheer", MANAGER)
        self.authenticate("beheer", "beheer")
        self.keep_one_administration()

    def keep_one_administration(self):
        """With one of each there is nothing to choose."""
        del self.loket.company.employers[1:]
        del self.employer.administrations[1:]

    def begin(self):
        """Press "Connect"; returns the address of Loket's consent page."""
        action = self.make_jsonrpc_request(
            "/web/dataset/call_button/loket.connection/action_connect",
            {
                "model": "loket.connection",
                "method": "action_connect",
                "args": [self.connection.ids],
                "kwargs": {},
            },
        )
        return action["url"]

    def consent(self, url, **answer):
        """Answer Loket's page; returns the address that it sends the browser to."""
        fields_ = {
            name: value for name, (value,) in parse_qs(urlsplit(url).query).items()
        }
        page = requests.post(
            f"{self.loket.url}/authorize",
            {**fields_, **CONSENT, **answer},
            allow_redirects=False,
            timeout=10,
        )
        self.assertEqual(page.status_code, 302)
        return page.headers["Location"]

    def come_back(self, url):
        """The browser follows Loket's address to Odoo."""
        with mute_logger("odoo.http"):
            page = self.url_open(url, allow_redirects=False)
        self.env.invalidate_all()
        return page

    def back(self, **query):
        return self.come_back(f"{CALLBACK}?{urlencode(query)}")

    def state(self, url):
        return parse_qs(urlsplit(url).query)["state"][0]

    def assert_refused(self, page):
        """A page that a person can read and act on; nothing stored."""
        self.assertEqual(page.status_code, 400)
        self.assertIn("connect again", page.text)
        self.assertNotIn("Traceback", page.text)
        self.assertFalse(self.token())
        self.assertEqual(self.connection.state, "draft")

    # === THERE AND BACK === #

    def test_consent_connects_and_fetches_the_only_administration(self):
        page = self.come_back(self.consent(self.begin()))
        self.assertEqual(page.status_code, 303)
        self.assertURLEqual(page.headers["Location"], self.connection._form_url())
        self.assertEqual(self.connection.state, "ready")
        self.assertEqual(
            self.connection.administration_name, self.employer.administrations[0].name
        )
        self.assertTrue(self.loket.tokens.accepts(self.token().access_token))
        self.assertTrue(self.token().refresh_token)
        self.assertFalse(self.connection.last_error)

    def test_with_several_administrations_a_person_is_left_to_choose(self):
        office = self.employer.administrations[0]
        self.employer.administrations.append(type(office)("Tweede", 99))
        page = self.come_back(self.consent(self.begin()))
        self.assertEqual(page.status_code, 303)
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.connection.next_step, "administration")
        self.assertFalse(self.connection.administration_ref)

    def test_a_loket_user_without_employer_is_connected_all_the_same(self):
        self.loket.company.employers.clear()
        page = self.come_back(self.consent(self.begin()))
        self.assertEqual(page.status_code, 303)
        self.assertEqual(self.connection.state, "connected")
        self.assertTrue(self.token().access_token)

    def test_loket_failing_after_the_consent_loses_no_token(self):
        self.loket.faults.add("error500")
        page = self.come_back(self.consent(self.begin()))
        self.assertEqual(page.status_code, 303)
        self.assertTrue(self.token().access_token)
        self.assertEqual(self.connection.state, "connected")
        self.assertIn("500", self.connection.last_error)

    def test_connecting_again_heals_a_connection_in_error(self):
        self.make_ready()
        self.connection.write({"state": "error", "last_error": "Weg"})
        self.come_back(self.consent(self.begin()))
        self.assertEqual(self.connection.state, "ready")
        self.assertFalse(self.connection.last_error)

    def test_the_address_of_loket_holds_no_secret(self):
        url = self.begin()
        self.assertTrue(url.startswith(f"{self.loket.oauth_url}/authorize?"))
        self.assertNotIn("sandbox-secret", url)

    # === THE CODE IS BOUND TO THE SESSION (PKCE) === #

    def test_the_code_is_worth_nothing_without_its_other_half(self):
        url = self.begin()
        query = parse_qs(urlsplit(url).query)
        self.assertEqual(query["code_challenge_method"], ["S256"])
        self.assertRegex(query["code_challenge"][0], r"^[\w-]{43}$")
        back = parse_qs(urlsplit(self.consent(url)).query)
        stolen = requests.post(
            f"{self.loket.url}/token",
            {
                **CLIENT,
                "grant_type": "authorization_code",
                "code": back["code"][0],
                "redirect_uri": query["redirect_uri"][0],
            },
            timeout=10,
        )
        self.assertEqual(stolen.json(), {"error": "invalid_grant"})

    def test_each_consent_has_a_challenge_of_its_own(self):
        challenges = {
            parse_qs(urlsplit(self.begin()).query)["code_challenge"][0]
            for _number in range(3)
        }
        self.assertEqual(len(challenges), 3)

    def test_the_code_of_another_consent_does_not_connect(self):
        """A code that was put into the way back of somebody else's browser."""
        theirs = parse_qs(urlsplit(self.consent(self.begin())).query)["code"][0]
        url = self.begin()
        self.back(code=theirs, state=self.state(url))
        self.assertFalse(self.token())

    def test_the_way_back_is_logged_without_what_it_carries(self):
        url = urlsplit(self.consent(self.begin()))
        line = f'"GET {url.path}?{url.query} HTTP/1.1" %s %s'
        record = logging.LogRecord("werkzeug", 20, "", 0, line, (303, "-"), None)
        for log_filter in logging.getLogger("werkzeug").filters:
            log_filter.filter(record)
        self.assertEqual(record.getMessage(), f'"GET {CALLBACK}?... HTTP/1.1" 303 -')

    # === A SECOND CONSENT === #

    def assert_untouched(self, token):
        """The link that was there, with its client, works on."""
        self.assertEqual(self.connection.state, "ready")
        self.assertEqual(self.token().access_token, token)
        self.assertEqual(self.connection.client_id, CLIENT["client_id"])
        self.assertEqual(self.connection.client_secret, CLIENT["client_secret"])
        self.assertIn("goes on", self.connection.last_error)
        self.loket.tokens.expire_access()
        self.connection.action_fetch()
        self.assertFalse(self.connection.last_error)
        self.assertEqual(self.connection.state, "ready")

    def test_a_second_consent_that_fails_leaves_the_link_as_it_was(self):
        for what in ("deny", "code", "secret", "client", "down", "forbidden"):
            with self.subTest(what):
                self.make_ready()
                self.env.invalidate_all()
                token = self.token().access_token
                getattr(self, f"fail_by_{what}")()
                self.assert_untouched(token)

    def fail_by_deny(self):
        self.come_back(self.consent(self.begin(), decision="deny"))

    def fail_by_code(self):
        self.back(code="onbekend", state=self.state(self.begin()))

    def fail_by_secret(self):
        answer = self.fill_in(client_id="odoo-2", client_secret="fout")
        url = answer["action"]["url"]
        self.assertNotIn("fout", url)
        self.assertIn("client_id=odoo-2&", url)
        self.come_back(self.consent(url))

    def fail_by_client(self):
        answer = self.fill_in(client_secret="fout")
        self.come_back(self.consent(answer["action"]["url"]))

    def fail_by_down(self):
        url = self.consent(self.begin())
        with patch.object(oauth, "_post", side_effect=LoketUnavailable("weg")):
            self.come_back(url)

    def fail_by_forbidden(self):
        url = self.consent(self.begin())
        with patch.object(oauth, "_post", side_effect=LoketRefused("nee")):
            self.come_back(url)

    def test_a_client_takes_over_once_it_has_consent(self):
        self.make_ready()
        token = self.token().access_token
        answer = self.fill_in(client_id="odoo-2", client_secret="sandbox-secret-2")
        self.assertEqual(self.connection.client_id, "odoo")
        self.come_back(self.consent(answer["action"]["url"]))
        self.assertEqual(self.connection.client_id, "odoo-2")
        self.assertEqual(self.connection.client_secret, "sandbox-secret-2")
        self.assertNotEqual(self.token().access_token, token)
        self.loket.tokens.expire_access()
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "ready")
        self.assertFalse(self.connection.last_error)

    def test_who_was_archived_meanwhile_is_not_connected(self):
        url = self.consent(self.begin())
        self.connection.active = False
        self.assert_refused(self.come_back(url))

    def test_the_session_holds_no_secret_as_it_is(self):
        self.make_ready()
        self.fill_in(client_id="odoo-2", client_secret="sandbox-secret-2")
        session = odoo.http.root.session_store.get(self.session.sid)
        self.assertIn(CONSENT_KEY, session)
        self.assertNotIn("sandbox-secret-2", str(dict(session)))

    # === REFUSED WAYS BACK === #

    def test_a_reused_way_back_is_refused(self):
        url = self.consent(self.begin())
        self.come_back(url)
        token = self.token().access_token
        page = self.come_back(url)
        self.assertEqual(page.status_code, 400)
        self.assertIn("connect again", page.text)
        self.assertEqual(self.token().access_token, token)
        self.assertEqual(self.connection.state, "ready")

    def test_the_state_of_another_session_of_the_same_user_is_refused(self):
        url = self.consent(self.begin())
        self.authenticate("beheer", "beheer")
        self.assert_refused(self.come_back(url))

    def test_the_state_of_another_user_is_refused(self):
        """Even where the other has the number that was in the session."""
        url = self.consent(self.begin())
        other = self.make_user("ander", MANAGER)
        self.session.update(uid=other.id, login="ander")
        self.session.session_token = other._compute_session_token(self.session.sid)
        self.save_session()
        self.assert_refused(self.come_back(url))

    def save_session(self):
        import odoo.http

        odoo.http.root.session_store.save(self.session)

    def test_a_tampered_state_is_refused(self):
        url = self.begin()
        state = self.state(url)
        for bad in (state[:-4] + "AAAA", state[4:], "rommel", "é%20", ""):
            with self.subTest(state=bad):
                self.begin()
                self.assert_refused(self.back(code="x", state=bad))

    def test_no_state_at_all_is_refused(self):
        self.begin()
        self.assert_refused(self.back(code="x"))

    def test_an_expired_state_is_refused(self):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=31)):
            url = self.begin_now()
        self.assert_refused(self.come_back(self.consent(url)))

    def begin_now(self):
        return self.begin()

    def test_a_way_back_that_nobody_began_is_refused(self):
        self.assert_refused(self.back(code="x", state="y"))

    def test_the_way_back_needs_a_login(self):
        url = self.consent(self.begin())
        self.authenticate(None, None)
        page = self.come_back(url)
        self.assertIn("/web/login", page.headers["Location"])
        self.assertFalse(self.token())

    def test_who_lost_the_right_meanwhile_is_refused(self):
        url = self.consent(self.begin())
        self.env.ref(MANAGER).user_ids -= self.manager
        page = self.come_back(url)
        self.assertEqual(page.status_code, 403)
        self.assertFalse(self.token())

    # === REFUSALS OF LOKET === #

    def test_denial_is_told_and_nothing_stored(self):
        page = self.come_back(self.consent(self.begin(), decision="deny"))
        self.assertEqual(page.status_code, 303)
        self.assertIn("consent", self.connection.last_error)
        self.assertEqual(self.connection.state, "draft")
        self.assertFalse(self.token())

    def test_denial_leaves_a_working_link_alone(self):
        self.make_ready()
        self.come_back(self.consent(self.begin(), decision="deny"))
        self.assertEqual(self.connection.state, "ready")
        self.assertTrue(self.token().access_token)

    def test_an_error_text_in_the_address_is_not_shown(self):
        url = self.begin()
        self.back(error="<b>Bel 0900</b>", state=self.state(url))
        self.assertNotIn("0900", self.connection.last_error)

    def test_an_unknown_code_asks_to_connect_again(self):
        url = self.begin()
        page = self.back(code="onbekend", state=self.state(url))
        self.assertEqual(page.status_code, 303)
        self.assertEqual(self.connection.state, "error")
        self.assertIn("Connect to Loket again", self.connection.last_error)
        self.assertFalse(self.token())
        self.assertEqual(self.count_requests("POST /token"), 1)

    def test_a_wrong_secret_is_said_once_and_can_be_corrected_by_the_manager(self):
        self.connection.client_secret = "fout"
        self.come_back(self.consent(self.begin()))
        self.assertEqual(self.connection.state, "error")
        self.assertIn("client secret", self.connection.last_error)
        self.assertNotIn("fout", self.connection.last_error)
        self.assertEqual(self.count_requests("POST /token"), 1)
        connection = self.connection.with_user(self.manager)
        action = connection.action_connect()
        self.assertEqual(action["res_model"], "loket.connect.wizard")
        self.assertIn("client secret", action["context"]["default_message"])
        answer = self.fill_in(client_secret="sandbox-secret")
        self.come_back(self.consent(answer["action"]["url"]))
        self.assertEqual(self.connection.state, "ready")

    def fill_in(self, **typed):
        """Post the form for credentials; the answer."""
        with mute_logger("odoo.http"):
            page = self.post_credentials(self.connection, **typed)
        self.env.invalidate_all()
        return page.json()

    def test_without_client_the_form_asks_for_it(self):
        self.connection.client_secret = False
        action = self.connection.with_user(self.manager).action_connect()
        self.assertEqual(action["res_model"], "loket.connect.wizard")
        answer = self.fill_in(client_id="odoo")
        self.assertIn("client secret", answer["message"])
