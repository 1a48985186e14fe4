# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...gateway import LoketError, oauth
from .loket_token import token_vals

CALLBACK = "/loket/oauth/callback"
SCOPE = "l10n_nl_loket.oauth"
NONCE = "loket_oauth_nonce"
#: How long somebody may take on Loket's consent page.
PATIENCE = timedelta(minutes=30)


class LoketConnection(models.Model):
    _inherit = "loket.connection"

    def action_connect(self):
        """Begin to connect: Loket's consent page (REST), or the form (SOAP)."""
        self.ensure_one()
        self.check_access("write")
        if self.protocol == "soap" or not self._has_client():
            return self._connect_wizard_action()
        return self._consent_action()

    def action_client(self):
        """Fill in another client id or secret, which only the form may write."""
        self.ensure_one()
        self.check_access("write")
        return self._connect_wizard_action()

    def _has_client(self):
        connection = self.sudo()
        return bool(connection.client_id and connection.client_secret)

    def _connect_wizard_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Connect to Loket"),
            "res_model": "loket.connect.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_connection_id": self.id,
                "default_message": self.state == "error" and self.last_error,
            },
        }

    def _consent_action(self):
        """Send the browser to Loket's consent page.

        The state that Loket sends back is signed, expires, and is bound to the user
        and, by a number used once, to the browser's session.
        """
        if not request:
            raise UserError(
                self.env._(
                    "Open Odoo in a browser to connect to Loket: you give your "
                    "consent on a page of Loket."
                )
            )
        nonce = secrets.token_urlsafe(16)
        request.session[NONCE] = nonce
        state = hash_sign(
            self.env(su=True), SCOPE, [self.id, self.env.uid, nonce], PATIENCE
        )
        try:
            url = oauth.authorize_url(
                self.oauth_url, self.client_id, self._redirect_uri(), state
            )
        except LoketError as error:
            raise UserError(self._translate(error.message)) from error
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _redirect_uri(self):
        """Where Loket sends the browser back to; Loket must know this address."""
        return self.get_base_url() + CALLBACK

    def _from_state(self, state, nonce):
        """The connection that this user and session began to connect, or none."""
        try:
            signed = verify_hash_signed(self.env(su=True), SCOPE, state or "")
        except ValueError:  # not even base64
            signed = None
        if not signed or not nonce:
            return self.browse()
        connection_id, user_id, signed_nonce = signed
        if user_id != self.env.uid or not secrets.compare_digest(nonce, signed_nonce):
            return self.browse()
        return self.browse(connection_id).exists()

    def _finish_consent(self, code):
        """Trade the code that the browser brought for tokens, and keep them."""
        self.ensure_one()
        self.check_access("write")
        connection = self.sudo()
        try:
            token = oauth.exchange_code(
                connection.oauth_url,
                connection.client_id,
                connection.client_secret,
                self._redirect_uri(),
                code,
            )
            self._keep_token(token)
            # With one administration there is nothing to choose.
            self._fetch_whole()
        except LoketError as error:
            self._record_error(error)

    def _refuse_consent(self):
        """The person, or Loket, said no."""
        self.last_error = self.env._(
            "Loket was not given consent, so there is no link. Connect again and allow "
            "access."
        )

    def _loket_store_token(self, reply):
        """Keep the reply of Loket's token address: JSON, as a dict.

        :raise LoketBadReply: the reply holds no token
        """
        self.ensure_one()
        self._keep_token(oauth.token_set(reply))

    def _keep_token(self, token):
        self.env["loket.token"]._write_secret(self, token_vals(token))
        self._is_connected()

    def _is_connected(self):
        vals = {"last_error": False}
        if self.state != "ready":
            vals["state"] = "ready" if self._is_fetched() else "connected"
        self.write(vals)

    def _is_fetched(self):
        return bool(self.administration_ref and self.period_type and self.client_number)
