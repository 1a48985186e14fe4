# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from ...gateway import TokenSet, TokenStore, not_connected
from ..own_transaction import own_transaction

#: How often a row is read again that other workers keep replacing.
_ATTEMPTS = 3


class LoketToken(models.Model):
    """The secret of one connection, in a row of its own.

    A refresh token works once: Loket may void it when it hands out the next. So the
    next one is committed at once, in a transaction of its own, and the transaction
    that the person or the night works in never writes this row.
    """

    _name = "loket.token"
    _description = "Loket Secret"
    _rec_name = "connection_id"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade"
    )
    # Not stored: a connection that changes company would write this row.
    company_id = fields.Many2one(related="connection_id.company_id")
    access_token = fields.Char(copy=False, exportable=False)
    refresh_token = fields.Char(copy=False, exportable=False)
    expires_at = fields.Float(help="Seconds since 1970.", copy=False)
    link_key = fields.Char(copy=False, exportable=False)

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
            key = tokens._row(connection.id).link_key
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

        def write():
            with self._own_transaction(connection.id) as tokens:
                tokens._row(connection.id, lock=True)._replace(connection.id, vals)

        _retrying(write)

    @api.model
    def _forget(self, connections):
        """Empty the secrets; committed when this returns."""
        empty = dict.fromkeys(("access_token", "refresh_token", "link_key"), False)
        for connection in connections:
            self._write_secret(connection, empty)

    def _replace(self, connection_id, vals):
        """Write the row that ``_row`` found, or make the first one."""
        if self:
            self.write(vals)
        else:
            self.create({"connection_id": connection_id, **vals})
        self.env.flush_all()

    @api.model
    def _row(self, connection_id, lock=False):
        """The row of a connection as it is in the database now, or none.

        :param lock: others who want to lock it wait until this transaction ends
        """
        query = SQL(
            "SELECT id FROM loket_token WHERE connection_id = %s", connection_id
        )
        if lock:
            query = SQL("%s FOR UPDATE", query)
        self.env.flush_all()
        self.env.cr.execute(query)
        row = self.browse([row_id for (row_id,) in self.env.cr.fetchall()])
        row.invalidate_recordset(flush=False)
        return row

    @contextmanager
    def _own_transaction(self, connection_id):
        """This model in a transaction of its own, committed at the end.

        The caller's own transaction when only that one knows the connection.
        """
        connection = self.env["loket.connection"].browse(connection_id)
        with own_transaction(connection) as connection_sudo:
            yield connection_sudo.env[self._name].sudo()

    def _token_set(self):
        """The secret as the gateway wants it.

        :raise LoketRefused: there is none
        """
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
        with self._tokens._own_transaction(self._connection_id) as tokens:
            return tokens._row(self._connection_id)._token_set()

    def renew(self, stale, fetch):
        return _retrying(lambda: self._renew(stale, fetch))

    def _renew(self, stale, fetch):
        with self._tokens._own_transaction(self._connection_id) as tokens:
            # The lock comes before the look: who waited for it sees the token that the
            # other has got, and does not use the refresh token a second time.
            row = tokens._row(self._connection_id, lock=True)
            stored = row._token_set()
            if stored.access_token != stale.access_token:
                return stored
            fresh = fetch(stored)
            # Within the lock, and committed with it, before anybody uses it.
            row._replace(self._connection_id, token_vals(fresh))
            return fresh


def _retrying(work):
    """Do ``work``, and again in a new transaction when another worker was first."""
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return work()
        except (SerializationFailure, UniqueViolation):
            continue
    return work()


def token_vals(token):
    """Field values of a TokenSet."""
    return {
        "access_token": token.access_token,
        "refresh_token": token.refresh_token,
        "expires_at": token.expires_at,
    }
