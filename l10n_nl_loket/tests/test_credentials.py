# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The way in for credentials: who may use it, and what gets through."""

from lxml import etree

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.credentials import NAMES
from ..models.connection.loket_connection_link import CREDENTIALS
from .common_connection import MANAGER, USER, ConnectionMixin, CredentialsMixin

TYPED = {"client_id": "odoo-2", "client_secret": "sandbox-secret-2"}


@tagged("post_install", "-at_install")
class TestCredentials(CredentialsMixin, ConnectionMixin, HttpCase):
    def setUp(self):
        super().setUp()
        self.make_user("beheer", MANAGER)
        self.authenticate("beheer", "beheer")

    def post(self, connection=None, **typed):
        with mute_logger("odoo.http"):
            page = self.post_credentials(connection or self.connection, **typed)
        self.env.invalidate_all()
        return page

    def assert_closed(self, page, status):
        self.assertEqual(page.status_code, status)
        self.assertEqual(self.connection.client_id, "odoo")
        self.assertEqual(self.connection.client_secret, "sandbox-secret")

    def test_the_client_is_kept_and_consent_is_asked(self):
        page = self.post(**TYPED)
        self.assertIn("/authorize?client_id=odoo-2", page.json()["action"]["url"])
        self.assertEqual(self.connection.client_secret, "sandbox-secret-2")

    def test_what_is_left_empty_stays(self):
        self.post(client_id="odoo-2", client_secret="")
        self.assertEqual(self.connection.client_id, "odoo-2")
        self.assertEqual(self.connection.client_secret, "sandbox-secret")

    def test_a_page_of_another_site_can_t_post_it(self):
        with mute_logger("odoo.http"):
            page = self.url_open(
                CREDENTIALS,
                data={"connection_id": self.connection.id, **TYPED},
                allow_redirects=False,
            )
        self.assert_closed(page, 400)

    def test_an_address_can_t_hold_them(self):
        for path in (
            f"{CREDENTIALS}?connection_id={self.connection.id}&client_secret=x",
            f"{CREDENTIALS}?password=x",
        ):
            with mute_logger("odoo.http"):
                self.assertIn(self.url_open(path).status_code, (400, 404, 405))
        with mute_logger("odoo.http"):
            page = self.url_open(
                f"{CREDENTIALS}?client_secret=x",
                data={
                    "csrf_token": self.csrf_token(),
                    "connection_id": self.connection.id,
                },
            )
        self.assert_closed(page, 400)

    def test_who_is_not_logged_in_is_sent_away(self):
        token = self.csrf_token()
        self.authenticate(None, None)
        with mute_logger("odoo.http"):
            page = self.url_open(
                CREDENTIALS,
                data={
                    "csrf_token": token,
                    "connection_id": self.connection.id,
                    **TYPED,
                },
                allow_redirects=False,
            )
        self.assert_closed(page, page.status_code)
        self.assertNotEqual(page.status_code, 200)

    def test_who_may_not_set_up_the_connection_is_refused(self):
        company = self.env["res.company"].create({"name": "Elders"})
        elsewhere = {"company_id": company.id, "company_ids": company.ids}
        self.make_user("klerk", USER)
        self.make_user("gewoon", "base.group_user")
        self.make_user("portaal", "base.group_portal")
        self.make_user("elders", MANAGER, **elsewhere)
        for login in ("klerk", "gewoon", "portaal", "elders"):
            with self.subTest(login):
                self.authenticate(login, login)
                self.assert_closed(self.post(**TYPED), 403)

    def test_a_connection_that_is_not_there_is_refused_like_another_company_s(self):
        gone = self.make_connection(name="Weg")
        gone.unlink()
        self.assert_closed(self.post(gone, **TYPED), 403)

    def test_what_is_no_form_of_ours_is_refused(self):
        for value in ("", "x", "1 or 1", "-1", "9" * 30):
            with self.subTest(value), mute_logger("odoo.http"):
                page = self.url_open(
                    CREDENTIALS,
                    data={
                        "csrf_token": self.csrf_token(),
                        "connection_id": value,
                        **TYPED,
                    },
                )
                self.assert_closed(page, 400)
        with mute_logger("odoo.http"):
            page = self.url_open(
                CREDENTIALS,
                data={
                    "csrf_token": self.csrf_token(),
                    "connection_id": self.connection.id,
                },
                files={"client_secret": ("a", b"x")},
            )
        self.assert_closed(page, 400)

    def test_what_can_t_be_sent_is_said_before_anything_is_kept(self):
        for text in ("a\x00b", "a\nb", "x" * 1001, "a\u2028b"):
            with self.subTest(text):
                page = self.post(client_id="odoo", client_secret=text)
                self.assertIn("can't be sent", page.json()["message"])
                self.assert_closed(page, 200)

    def test_an_archived_connection_is_not_connected(self):
        self.connection.active = False
        page = self.post(**TYPED)
        self.assertIn("Unarchive", page.json()["message"])

    def test_no_field_of_a_form_holds_any_of_them(self):
        for model in ("loket.connection", "loket.connect.wizard"):
            arch = self.env[model].get_view(view_type="form")["arch"]
            shown = {node.get("name") for node in etree.fromstring(arch).iter("field")}
            self.assertFalse(shown & set(NAMES), model)
        self.assertFalse(set(NAMES) & set(self.env["loket.connect.wizard"]._fields))
