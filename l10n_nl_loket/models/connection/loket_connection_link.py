# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...gateway import LoketError, LoketRefused, RestGateway, oauth, soap
from ...gateway.rest.rights import ASKED
from .. import secret_key
from ..translated import translated
from .loket_connection import TROUBLE
from .loket_token import link_key_vals, token_vals

CALLBACK = "/loket/oauth/callback"
CREDENTIALS = "/loket/credentials"
SCOPE = "l10n_nl_loket.oauth"
#: What the browser's session holds of the consent that it began.
CONSENT = "loket_consent"
#: The client of a consent, by the names of the fields of a connection.
CLIENT = ("client_id", "client_secret")
#: What is typed is never longer.
LONGEST = 1000
#: How long somebody may take on Loket's consent page.
PATIENCE = timedelta(minutes=30)


class LoketConnection(models.Model):
    """How Loket lets us in: consent or log-in, the gateway, and what Loket refuses."""

    _inherit = "loket.connection"

    ask_text = fields.Html(
        "What to Ask Loket For",
        compute="_compute_ask_text",
        sanitize=False,
    )

    # === WHAT TO ASK LOKET FOR === #

    @api.depends("protocol", "environment")
    @api.depends_context("lang")
    def _compute_ask_text(self):
        for connection in self:
            connection.ask_text = self.env["ir.qweb"]._render(
                "l10n_nl_loket.ask_loket",
                {
                    "connection": connection,
                    "redirect_uri": connection._redirect_uri(),
                    "asked": connection._asked_rights(),
                },
            )

    def _asked_rights(self):
        """Each purpose with its rights, as text in the user's language."""
        return [
            {
                "purpose": translated(self.env, asked.purpose),
                "labels": ", ".join(asked.labels),
                "calls": [
                    (translated(self.env, call.purpose), call.operation)
                    for call in asked.calls
                ],
            }
            for asked in ASKED
        ]

    def action_ask(self):
        """A page of what Loket has to hand out before one can connect."""
        self.check_access("write")
        self.ensure_one()
        view = self.env.ref("l10n_nl_loket.loket_connection_view_form_ask")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What to ask Loket for"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
        }

    def action_mail_ask(self):
        """The same as a mail, for a person to address, read and send.

        It has no addressee: who gives the rights, nobody knows but that person.
        """
        self.check_access("write")
        self.ensure_one()
        view = self.env.ref("l10n_nl_loket.mail_compose_message_view_form_ask")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask Loket"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {
                "loket_protocol": self.protocol,
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "default_subject": self.env._(
                    "Connection between Odoo and Loket.nl of %(company)s",
                    company=self.company_id.name,
                ),
                "default_body": self.ask_text,
            },
        }

    # === CONNECTING === #

    def action_connect(self):
        """Begin to connect: Loket's consent page (REST), or the form (SOAP)."""
        self.check_access("write")
        self.ensure_one()
        if self.protocol == "soap" or not self._has_client():
            return self._connect_wizard_action()
        return self._consent_action()

    def action_client(self):
        """Fill in another client id or secret, which only the form may write."""
        self.check_access("write")
        self.ensure_one()
        return self._connect_wizard_action()

    def _has_client(self):
        # As superuser: a manager may know whether there is a secret, not which.
        connection_sudo = self.sudo()
        return bool(connection_sudo.client_id and connection_sudo.client_secret)

    def action_disconnect(self):
        """Forget what lets us in; all that came of it stays."""
        self.check_access("write")
        self._forget_secrets()
        self.sudo().activity_unlink([TROUBLE])  # as superuser: whoever it is of

    def _works(self):
        """Whether there is a link that Loket has not refused."""
        return self.state in ("connected", "ready") and not self._lost_key()

    def _lost_key(self):
        """Whether the secrets of the link can't be read any more: no key fits them."""
        # As superuser: who works with the link may not read what it is made of.
        tokens_sudo = self.env["loket.token"].sudo()
        return tokens_sudo.search([("connection_id", "=", self.id)])._is_unreadable()

    def _encrypt_again(self):
        """Encrypt the secrets of these connections with the first of the keys.

        :return: those with a secret that no key fits
        """
        field = self._fields["client_secret"]
        for connection in self:
            if connection.client_secret:
                connection.client_secret = connection.client_secret
        lost = self.filtered(field.is_unreadable)
        self.flush_recordset(["client_secret"])
        return lost | self.env["loket.token"].sudo()._encrypt_again(self)

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

    # === CREDENTIALS === #

    def _connect_with(self, credentials):
        """Connect, or go on to Loket's consent page, with what somebody typed.

        :param credentials: {name: text} of what the form for them asks; what is empty
            stays as it is, where it is kept
        :return: the action to go on with
        :raise UserError: with a sentence for whoever typed it
        """
        self.check_access("write")
        self.ensure_one()
        try:
            return self._connect_with_checked(credentials)
        except LoketError as error:
            raise UserError(translated(self.env, error.message)) from error

    def _connect_with_checked(self, credentials):
        for text in credentials.values():
            if len(text) > LONGEST or not text.isprintable():
                raise UserError(
                    self.env._(
                        "One of these is too long, or holds a character that can't be "
                        "sent. Enter them as Loket handed them out."
                    )
                )
        if self.protocol == "soap":
            self._loket_connect_soap(
                credentials.get("username"),
                credentials.get("password"),
                credentials.get("environment_code"),
            )
            self.action_fetch()
            return self._back_action()
        client = {
            name: credentials[name].strip()
            for name in CLIENT
            if credentials.get(name, "").strip()
        }
        if self._works() and self._has_client():
            # Only when Loket has given consent to this client: till then the link that
            # is there goes on with its own.
            return self._consent_action(client)
        # As superuser: who sets up the connection may give the secret, not read it.
        self.sudo().write(client)
        if not self._has_client():
            raise UserError(self.env._("Fill in the client id and the client secret."))
        return self._consent_action()

    # === CONSENT (REST) === #

    def _consent_action(self, client=None):
        """Send the browser to Loket's consent page.

        The state that Loket sends back is signed, expires, and is bound to the user
        and, by a number used once, to the browser's session. The code that comes with
        it is bound to that session too: its other half never leaves Odoo (PKCE).

        :param client: {name: text}, where another client is to take over from the one
            that is kept, once there is consent
        :raise UserError: there is no browser, the address can't work, or what Loket
            hands out couldn't be kept
        """
        if not request:
            raise UserError(
                self.env._(
                    "Open Odoo in a browser to connect to Loket: you give your "
                    "consent on a page of Loket."
                )
            )
        if not self.active:
            raise UserError(self.env._("Unarchive the connection first."))
        client = client or {}
        nonce, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
        # As superuser, which alone may read the key of the database that signs.
        state = hash_sign(
            self.env(su=True), SCOPE, [self.id, self.env.uid, nonce], PATIENCE
        )
        try:
            secret_key.check(self.env.cr.dbname)
            url = oauth.authorize_url(
                self.oauth_url,
                client.get("client_id") or self.client_id,
                self._redirect_uri(),
                state,
                verifier=verifier,
                local=self._may_be_local(),
            )
        except LoketError as error:
            raise UserError(translated(self.env, error.message)) from error
        # One at a time: to begin again makes the consent that was begun before void.
        # Encrypted, as wherever secrets are kept: sessions are files.
        request.session[CONSENT] = {
            "nonce": nonce,
            "sealed": {
                name: secret_key.seal(self.env.cr.dbname, text)
                for name, text in {"verifier": verifier, **client}.items()
            },
        }
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
        # Who was archived meanwhile is not to be connected.
        return self.browse(connection_id).exists().filtered("active")

    def _finish_consent(self, code, sealed):
        """Trade the code that the browser brought for tokens, and keep them.

        :param code: what Loket gave the browser
        :param sealed: {name: encrypted text} of what the session held of it
        :raise AccessError: the user may not set up the connection (any more)
        """
        self.check_access("write")
        self.ensure_one()
        connection_sudo = self.sudo()  # for the client secret
        begun = {
            name: secret_key.unseal(self.env.cr.dbname, text) or ""
            for name, text in sealed.items()
        }
        client = {name: begun[name] for name in CLIENT if begun.get(name)}
        try:
            token = oauth.exchange_code(
                connection_sudo.oauth_url,
                client.get("client_id") or connection_sudo.client_id,
                client.get("client_secret") or connection_sudo.client_secret,
                self._redirect_uri(),
                code,
                verifier=begun.get("verifier", ""),
                local=self._may_be_local(),
            )
        except LoketError as error:
            self._fail_consent(error)
            return
        try:
            # Before anything else is asked: a code and a token work once, and are not
            # to be lost by what Loket answers then.
            self._keep_token(token, client)
            # With one administration there is nothing to choose.
            self._fetch_whole()
        except LoketError as error:
            self._record_error(error)

    def _fail_consent(self, error):
        """No tokens came of a consent; a link that worked goes on working."""
        if not self._works():
            self._record_error(error)
            return
        # As superuser, as all that is kept of what went wrong.
        self.sudo().last_error = self._lt(
            "Connecting again did not succeed, and the connection that was there goes "
            "on. %(reason)s",
            reason=translated(self.env, error.message),
        )

    def _refuse_consent(self):
        """The person, or Loket, said no."""
        self.check_access("write")
        connection_sudo = self.sudo()  # checked above; it is not written by hand
        if self._works():
            connection_sudo.last_error = self._lt(
                "Loket was not given consent again. The connection that was there "
                "goes on."
            )
            return
        connection_sudo.last_error = self._lt(
            "Loket was not given consent, so there is no connection. Connect again "
            "and allow access."
        )

    def _loket_store_token(self, reply):
        """Keep the reply of Loket's token address: JSON, as a dict.

        :raise LoketBadReply: the reply holds no token
        """
        self.ensure_one()
        self._keep_token(oauth.token_set(reply))

    def _keep_token(self, token, client=None):
        """Keep a TokenSet, and say that Loket lets us in.

        :param client: {name: text} of the client that it was given to, where that is
            not the one that is kept
        """
        # The secret first: it is committed at once, the state with the rest.
        self.env["loket.token"]._write_secret(self, token_vals(token))
        if client:
            # As superuser: who sets it up may give the client secret, not read it.
            self.sudo().write(client)
        self._mark_connected()

    # === LOG-IN (SOAP) === #

    def _loket_connect_soap(self, username, password, environment_code):
        """Trade the credentials of a web service user for a link key, and keep that.

        User name and password are used here and nowhere kept. Refused, the connection
        stays as it was.

        :raise LoketError: with a sentence for the person who typed them
        """
        self.check_access("write")
        self.ensure_one()
        if not self.active:
            raise UserError(self.env._("Unarchive the connection first."))
        secret_key.check(self.env.cr.dbname)  # can the key be kept?
        key = soap.log_in(
            self.wsdl_url,
            username,
            password,
            environment_code,
            local=self._may_be_local(),
        )
        # The secret first: it is committed at once, the state with the rest.
        self.env["loket.token"]._write_secret(self, link_key_vals(key))
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
        # Another Loket user may see others than the last night did.
        vals = {"last_error": False, "quiet_basis": False}
        # As superuser: nobody writes these by hand, and the activity is of whomever.
        connection_sudo = self.sudo()
        if self.state == "error":
            connection_sudo.activity_unlink([TROUBLE])
        if self.state != "ready":
            vals["state"] = "ready" if self._is_fetched() else "connected"
        connection_sudo.write(vals)

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
        is_lost = False
        if isinstance(error, LoketRefused) and not error.activity:
            is_lost = self.state in ("connected", "ready")
            vals["state"] = "error"
            if error.is_client:  # so that connecting again asks for another one
                vals["client_secret"] = False
        # As superuser: for the client secret, and for a clerk who meets the error.
        self.sudo().write(vals)
        if is_lost:
            # At once, whoever met it: no night comes before somebody has connected.
            summary = self._lt("Loket: connect again")
            self.env["loket.sync.run"]._tell(self.sudo(), TROUBLE, summary, message)
        return message

    @api.model
    def _skipped_in_words(self, records):
        """A sentence on those of a selection that a button is not for."""
        return self.env._(
            "Left as they are, for it does not apply to them: %(names)s.",
            names=self.env["loket.sync.run"]._first_names(
                records.mapped("display_name")
            ),
        )

    def _tell_skipped(self, done, skipped):
        """Tell for which of a selection nothing was done; True: for all it was.

        :param done: those for which it was; ``skipped``: the others
        """
        if not skipped:
            return True
        words = self.env._("Done for %(count)s.", count=len(done))
        words = f"{words} {self._skipped_in_words(skipped)}"
        return self._tell_person(words, "warning")

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
