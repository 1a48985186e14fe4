# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...gateway import LoketError, LoketRefused, RestGateway, oauth, soap
from ..translated import translated
from .loket_token import token_vals

CALLBACK = "/loket/oauth/callback"
SCOPE = "l10n_nl_loket.oauth"
NONCE = "loket_oauth_nonce"
#: How long somebody may take on Loket's consent page.
PATIENCE = timedelta(minutes=30)


class LoketConnection(models.Model):
    """How Loket lets us in: consent or log-in, the gateway, and what Loket refuses."""

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
        # As superuser: a manager may know whether there is a secret, not which.
        connection_sudo = self.sudo()
        return bool(connection_sudo.client_id and connection_sudo.client_secret)

    def _connect_wizard_action(self):
        """The form for credentials; after a refusal it begins with the reason.

        Written out here: in the database it would be an action that anybody can open
        without a connection.
        """
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

    # === CONSENT (REST) === #

    def _consent_action(self):
        """Send the browser to Loket's consent page.

        The state that Loket sends back is signed, expires, and is bound to the user
        and, by a number used once, to the browser's session.

        :raise UserError: there is no browser, or the address can't work
        """
        if not request:
            raise UserError(
                self.env._(
                    "Open Odoo in a browser to connect to Loket: you give your "
                    "consent on a page of Loket."
                )
            )
        nonce = secrets.token_urlsafe(16)
        # One at a time: to begin again makes the consent that was begun before void.
        request.session[NONCE] = nonce
        # As superuser, which alone may read the key of the database that signs.
        state = hash_sign(
            self.env(su=True), SCOPE, [self.id, self.env.uid, nonce], PATIENCE
        )
        try:
            url = oauth.authorize_url(
                self.oauth_url,
                self.client_id,
                self._redirect_uri(),
                state,
                local=self._may_be_local(),
            )
        except LoketError as error:
            raise UserError(translated(self.env, error.message)) from error
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _redirect_uri(self):
        """Where Loket sends the browser back to; Loket must know this address."""
        return self.get_base_url() + CALLBACK

    def _from_state(self, state, nonce):
        """The connection that this user and session began to connect, or none.

        :param state: what came back from Loket
        :param nonce: the number in the browser's session, or None
        """
        # As superuser, which alone may read the key of the database that signs.
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
        """Trade the code that the browser brought for tokens, and keep them.

        :raise AccessError: the user may not set up the connection (any more)
        """
        self.ensure_one()
        self.check_access("write")
        connection_sudo = self.sudo()  # for the client secret
        try:
            token = oauth.exchange_code(
                connection_sudo.oauth_url,
                connection_sudo.client_id,
                connection_sudo.client_secret,
                self._redirect_uri(),
                code,
                local=self._may_be_local(),
            )
            # Before anything else is asked: a code and a token work once, and are not
            # to be lost by what Loket answers then.
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
        """Keep a TokenSet, and say that Loket lets us in."""
        # The secret first: it is committed at once, the state with the rest.
        self.env["loket.token"]._write_secret(self, token_vals(token))
        self._mark_connected()

    # === LOG-IN (SOAP) === #

    def _loket_connect_soap(self, username, password, environment_code):
        """Trade the credentials of a web service user for a link key, and keep that.

        User name and password are used here and nowhere kept. Refused, the connection
        stays as it was.

        :raise LoketError: with a sentence for the person who typed them
        """
        self.ensure_one()
        self.check_access("write")
        key = soap.log_in(
            self.wsdl_url,
            username,
            password,
            environment_code,
            local=self._may_be_local(),
        )
        # The secret first: it is committed at once, the state with the rest.
        self.env["loket.token"]._write_secret(self, {"link_key": key})
        self._mark_connected()

    # === GATEWAY === #

    def _gateway(self):
        """The gateway of this connection, whatever its protocol.

        :raise LoketRefused: there is no link yet
        :raise LoketMisconfigured: a setting can't work
        """
        self.ensure_one()
        if self.protocol == "soap":
            return soap.SoapGateway(
                wsdl_url=self.wsdl_url,
                link_key=self.env["loket.token"]._link_key(self),
                local=self._may_be_local(),
            )
        # As superuser: who synchronises need not be able to read the client secret.
        connection_sudo = self.sudo()
        return RestGateway(
            api_url=connection_sudo.api_url,
            oauth_url=connection_sudo.oauth_url,
            client_id=connection_sudo.client_id,
            client_secret=connection_sudo.client_secret,
            tokens=self.env["loket.token"]._store(self),
            local=self._may_be_local(),
        )

    def _mark_connected(self):
        """Loket lets us in: what went wrong is over, and the state says so."""
        vals = {"last_error": False}
        if self.state != "ready":
            vals["state"] = "ready" if self._is_fetched() else "connected"
        self.write(vals)

    def _is_fetched(self):
        """Whether it is known for which administration and periods files are made."""
        return bool(self.administration_ref and self.period_type and self.client_number)

    # === ERRORS === #

    def _record_error(self, error):
        """Keep what went wrong where people see it.

        Refused credentials need a person: the nightly run leaves the connection alone
        until somebody connects again. All else may be over tomorrow.

        :param error: a LoketError
        :return: the sentence, in the user's language
        """
        message = translated(self.env, error.message)
        vals = {"last_error": message}
        if isinstance(error, LoketRefused) and not error.activity:
            vals["state"] = "error"
            if error.is_client:  # so that connecting again asks for another one
                vals["client_secret"] = False
        # As superuser: for the client secret, and for a clerk who meets the error.
        self.sudo().write(vals)
        return message

    def _tell_person(self, message, kind="danger"):
        """A notification on the screen; the form behind it is read again.

        :param kind: danger (stays until it is closed), warning, success, or info
        """
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
