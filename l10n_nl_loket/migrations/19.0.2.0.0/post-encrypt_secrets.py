# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets were kept as they are, and are kept encrypted."""

from odoo.tools import SQL

from odoo.addons.l10n_nl_loket.models import secret_key

COLUMNS = {
    "loket_connection": ("client_secret",),
    "loket_token": ("access_token", "refresh_token", "link_key"),
}


def migrate(cr, version):
    for table, columns in COLUMNS.items():
        for column in columns:
            _encrypt(cr, SQL.identifier(table), SQL.identifier(column))


def _encrypt(cr, table, column):
    """By SQL: what isn't encrypted yet can't be read by the ORM."""
    cr.execute(SQL("SELECT id, %s FROM %s WHERE %s > ''", column, table, column))
    for row_id, text in cr.fetchall():
        if not secret_key.is_sealed(text):
            sealed = secret_key.seal(cr.dbname, text)
            cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s", table, column, sealed, row_id
                )
            )
