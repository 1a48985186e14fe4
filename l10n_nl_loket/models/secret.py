# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import UserError

from ..gateway import LoketMisconfigured
from . import secret_key
from .translated import translated


class Secret(fields.Char):
    """A text that is encrypted wherever it is kept, and never handed out.

    The database, the statements that write it, and the cache of records have it
    encrypted. Code that asks a record for it gets it decrypted; False where no key fits
    any more. What is read for a browser or an export is empty: a secret goes in only.
    """

    def convert_to_cache(self, value, record, validate=True):
        return self._sealed(value, record)

    def convert_to_column(self, value, record, values=None, validate=True):
        return self._sealed(value, record)

    def get_column_update(self, record):
        # In the cache it is encrypted already.
        return record.env.transaction.field_data[self][record.id]

    def convert_to_record(self, value, record):
        if value is None:
            return False
        return secret_key.unseal(record.env.cr.dbname, value) or False

    def convert_to_read(self, value, record, use_display_name=True):
        return False

    def convert_to_export(self, value, record):
        return ""

    def convert_to_write(self, value, record):
        return value

    def is_unreadable(self, record):
        """Whether a record has something here that no key fits."""
        if record[self.name]:
            return False
        return self._get_cache(record.env).get(record.id) is not None

    def _sealed(self, value, record):
        if value is None or value is False or value == "":
            return None
        try:
            return secret_key.seal(record.env.cr.dbname, str(value))
        except LoketMisconfigured as error:
            raise UserError(translated(record.env, error.message)) from error
