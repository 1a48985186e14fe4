# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class LoketListMixin(models.AbstractModel):
    """A list that Loket keeps, and of which a connection has a copy."""

    _name = "loket.list.mixin"
    _description = "List Kept by Loket"

    @api.model
    def _take_over(self, connection, keys, rows):
        """Bring the copy in line with Loket: new, changed, and archived when gone.

        :param keys: fields that tell two rows of a connection apart
        :param rows: list of field values; of equal keys the last one counts
        """
        known = {
            tuple(record[key] for key in keys): record
            for record in self.with_context(active_test=False).search(
                [("connection_id", "=", connection.id)]
            )
        }
        told = {tuple(row[name] for name in keys): row for row in rows}
        fresh = []
        for key, row in told.items():
            record = known.pop(key, None)
            if record is None:
                fresh.append({"connection_id": connection.id, **row})
                continue
            wanted = {**row, "active": True}
            changed = {
                name: value for name, value in wanted.items() if record[name] != value
            }
            if changed:
                record.write(changed)
        gone = self.browse().union(*known.values()).filtered("active")
        gone.action_archive()
        self.create(fresh)
