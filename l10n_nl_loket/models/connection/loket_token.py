# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from ...gateway import LoketRefused, TokenSet, TokenStore, not_connected
from ...words import _lt
from .. import secret_key
from ..own_transaction import own_transaction
from ..secret import Secret

#: Tells this lock from others of the database; with it goes the connection's id.
_LOCK = 0x10CE7
SECRETS = ("access_token", "refresh_token", "link_key")
EMPTY = dict.fromkeys((*SECRETS, "expires_at", "renewing_since"), False)


class LoketToken(models.Model):
    """The secret of one connection, in a row of its own.

    A refresh token works once: Loket may void it when it hands out the next. So the
    next one is committed at once, in a transaction of its own, and the transaction
    that the person or the night works in never writes this row.

    Who is killed between Loket's answer and that commit loses the link, and nothing can
    prevent it. So what is about to happen is kept before Loket is asked. Who comes next
    tries the old token once more, and knows what happened where Loket refuses it.
    """

    _name = "loket.token"
    _description = "Loket Secret"
    _inherit = "loket.walls"
    _rec_name = "connection_id"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade"
    )
    # Not stored: a connection that changes company would write this row.
    company_id = fields.Many2one(related="connection_id.company_id")
    access_token = Secret(copy=False, exportable=False)
    refresh_token = Secret(copy=False, exportable=False)
    expires_at = fields.Float(help="Seconds since 1970.", copy=False)
    renewing_since = fields.Float(
        copy=False,
        help="Seconds since 1970. Loket was asked for the next tokens then, and its "
        "answer is not kept yet.",
    )
    link_key = Secret(copy=False, exportable=False)

    _connection_unique = models.UniqueIndex("(connection_id)")

    @api.model
    def _store(self, connection):
        """The TokenStore that the gateway of a connection works with."""
        # As superuser: who works with the link may not read what it is made of.
        return _Store(self.sudo(), connection.id)

    @api.model
    def _link_key(self, connection):
        """The link key of a SOAP connection.

        Read in a transaction of its own: the key that was committed last.

        :raise LoketRefused: there is none
        """
        with self._own_transaction(connection.id) as tokens:
            row = tokens._row(connection.id)
            row._check_readable()
            key = row.link_key
        if not key:
            raise not_connected()
        return key

    @api.model
    def _write_secret(self, connection, vals):
        """Replace the secret of a connection; committed when this returns.

        A connection that is not committed yet is known to this transaction only: its
        secret then goes with it.

        :param vals: values of the fields of the secret
        """
        with (
            self._one_at_a_time(connection.id),
            self._own_transaction(connection.id) as tokens,
        ):
            tokens._row(connection.id)._replace(connection.id, vals)

    @api.model
    def _forget(self, connections):
        """Empty the secrets; committed when this returns."""
        for connection in connections:
            with (
                self._one_at_a_time(connection.id),
                self._own_transaction(connection.id) as tokens,
            ):
                tokens._row(connection.id).write(EMPTY)
                tokens.env.flush_all()

    @api.model
    def _encrypt_again(self, connections):
        """Encrypt the secrets with the first of the keys; committed when this returns.

        :return: the connections with a secret that no key fits
        """
        lost = connections.browse()
        for connection in connections:
            with (
                self._one_at_a_time(connection.id),
                self._own_transaction(connection.id) as tokens,
            ):
                row = tokens._row(connection.id)
                row.write({name: row[name] for name in SECRETS if row[name]})
                tokens.env.flush_all()
                if row._is_unreadable():
                    lost += connection
        return lost

    def _replace(self, connection_id, vals):
        """Write the row that ``_row`` found, or make the first one."""
        if self:
            self.write(vals)
        else:
            self.create({"connection_id": connection_id, **vals})
        self.env.flush_all()

    @api.model
    def _row(self, connection_id):
        """The row of a connection as it is in the database now, or none."""
        self.env.flush_all()
        self.invalidate_model(flush=False)
        own = [("connection_id", "=", connection_id)]
        return self.search_fetch(own, list(EMPTY))

    @contextmanager
    def _one_at_a_time(self, connection_id):
        """Who else wants to write this secret waits until this ends, or is killed.

        Not a lock of the row, which would end with the first of several transactions.
        What is read is to be read in a transaction that begins after this has: it sees
        what was committed by who had the lock before.
        """
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", _LOCK, connection_id)
            )
            try:
                yield
            finally:
                cr.commit()  # pylint: disable=invalid-commit

    @contextmanager
    def _own_transaction(self, connection_id):
        """This model in a transaction of its own, committed at the end.

        The caller's own transaction when only that one knows the connection.
        """
        connection = self.env["loket.connection"].browse(connection_id)
        with own_transaction(connection) as connection_sudo:
            yield connection_sudo.env[self._name].sudo()

    def _is_unreadable(self):
        """Whether there is a secret that no key fits."""
        return any(
            self._fields[name].is_unreadable(row) for row in self for name in SECRETS
        )

    def _check_readable(self):
        """:raise LoketRefused: no key fits the secret"""
        if self._is_unreadable():
            raise LoketRefused(
                _lt(
                    "The key that the connection with Loket is encrypted with is "
                    "not there any more. Connect to Loket again; or let your "
                    "administrator bring the key back first."
                )
            )

    def _token_set(self):
        """The secret as the gateway wants it.

        :raise LoketRefused: there is none
        """
        self._check_readable()
        if not self.access_token:
            raise not_connected()
        return TokenSet(
            access_token=self.access_token,
            refresh_token=self.refresh_token or None,
            expires_at=self.expires_at,
        )


class _Store(TokenStore):
    """Keeps the tokens of one connection: see ``gateway.port.TokenStore``."""

    def __init__(self, tokens, connection_id):
        self._tokens = tokens
        self._connection_id = connection_id

    def load(self):
        # Whose tokens are seen from here is nobody whom one transaction alone knows.
        with self._tokens.env.registry.cursor() as cr:
            row = self._tokens.with_env(self._tokens.env(cr=cr))._row(
                self._connection_id
            )
            if row:
                return row._token_set()
        with self._row() as row:
            return row._token_set()

    def renew(self, stale, fetch):
        # What Loket hands out must be kept: can it be?
        secret_key.check(self._tokens.env.cr.dbname)
        with self._tokens._one_at_a_time(self._connection_id):
            stored, was_cut_off = self._intend(stale)
            # Who waited sees the token that the other has got, and does not use the
            # refresh token a second time.
            if stored.access_token != stale.access_token:
                return stored
            try:
                fresh = fetch(stored)
            except LoketRefused as error:
                if was_cut_off and not error.is_client:
                    raise _cut_off() from None
                self._keep({"renewing_since": was_cut_off})
                raise
            # Before anything else, and committed before anybody uses it.
            self._keep(token_vals(fresh))
            return fresh

    def _intend(self, stale):
        """Keep that Loket is about to be asked, where the tokens are still ``stale``.

        :return: the stored tokens, and since when somebody who was cut off had asked
            for the next ones (0: nobody was)
        """
        with self._row() as row:
            stored, since = row._token_set(), row.renewing_since
            if stored.access_token == stale.access_token and stored.refresh_token:
                row._replace(self._connection_id, {"renewing_since": time.time()})
        return stored, since

    def _keep(self, vals):
        with self._row() as row:
            row._replace(self._connection_id, vals)

    @contextmanager
    def _row(self):
        with self._tokens._own_transaction(self._connection_id) as tokens:
            yield tokens._row(self._connection_id)


def _cut_off():
    """Who asked for the next tokens was cut off, and the old one works no more."""
    return LoketRefused(
        _lt(
            "The connection with Loket was lost: Odoo was cut off while it renewed "
            "the connection, before the answer could be kept. Nothing else is lost. "
            "Connect to Loket again."
        )
    )


def token_vals(token):
    """Field values of a TokenSet; of another kind of link nothing is left."""
    return {
        **EMPTY,
        "access_token": token.access_token,
        "refresh_token": token.refresh_token,
        "expires_at": token.expires_at,
    }


def link_key_vals(key):
    """Field values of a link key; of another kind of link nothing is left."""
    return {**EMPTY, "link_key": key}
