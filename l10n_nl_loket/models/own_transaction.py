# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept whatever becomes of the work around it."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


@contextmanager
def own_transaction(record, *referred):
    """A record in a transaction of its own, as superuser; committed at the end.

    It sees what others have committed since the caller's transaction began. Where the
    caller's transaction alone knows the record, it is that one, and what is kept goes
    with it.

    :param record: one record of any model; the caller may have locked its row, but
        not against being referred to
    :param referred: other records that will be referred to
    """
    with record.env.registry.cursor() as cr:
        if all(_is_known(cr, one) for one in (record, *referred)):
            ours = api.Environment(cr, SUPERUSER_ID, record.env.context)
            yield ours[record._name].browse(record.id)
            return
    yield record.sudo()  # as superuser there too


def _is_known(cr, record):
    """Whether a transaction sees a record."""
    table = SQL.identifier(record._table)
    cr.execute(SQL("SELECT 1 FROM %s WHERE id = %s", table, record.id))
    return bool(cr.fetchone())
