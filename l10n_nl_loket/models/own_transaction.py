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
        if _are_known(cr, (record, *referred)):
            ours = api.Environment(cr, SUPERUSER_ID, record.env.context)
            yield ours[record._name].browse(record.id)
            return
    yield record.sudo()  # as superuser there too


def _are_known(cr, records):
    """Whether a transaction sees all of these records."""
    known = (
        SQL("EXISTS (SELECT FROM %s WHERE id = %s)", SQL.identifier(one._table), one.id)
        for one in records
    )
    cr.execute(SQL("SELECT %s", SQL(" AND ").join(known)))
    return cr.fetchone()[0]
