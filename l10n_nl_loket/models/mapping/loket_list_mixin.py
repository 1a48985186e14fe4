# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class LoketListMixin(models.AbstractModel):
    """A list that Loket keeps, and of which each connection has a copy.

    The model has the fields ``connection_id`` and ``active``. What Loket no longer has
    is archived, not deleted: mappings and files of the past refer to it.
    """

    _name = "loket.list.mixin"
    _description = "List Kept by Loket"

    @api.model
    def _renew_copy(self, connection, keys, rows, among=()):
        """Bring the copy in line with Loket: new, changed, and archived when gone.

        :param keys: fields that tell two rows of a connection apart
        :param rows: list of field values; of equal keys the last one counts
        :param among: domain of the part of the list that this is all of
        :return: the records that Loket gives no longer, and gave the last time
        """
        # Archived ones too: what Loket has again is the record that it was.
        copies = self.with_context(active_test=False).search(
            [("connection_id", "=", connection.id), *among]
        )
        absent = {tuple(record[name] for name in keys): record for record in copies}
        fresh = []
        rows_by_key = {tuple(row[name] for name in keys): row for row in rows}
        for key, row in rows_by_key.items():
            record = absent.pop(key, None)
            if record is None:
                fresh.append({"connection_id": connection.id, **row})
                continue
            wanted = {**row, "active": True}
            changed = {
                name: value for name, value in wanted.items() if record[name] != value
            }
            if changed:
                record.write(changed)
        gone = self.browse().union(*absent.values()).filtered("active")
        gone.action_archive()
        self.create(fresh)
        return gone
