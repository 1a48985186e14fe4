# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..connection.loket_connection import DECIDE

TROUBLE = "l10n_nl_loket.mail_activity_type_trouble"


class LoketSyncRun(models.Model):
    """Telling the person who is responsible for a connection: once, not every night."""

    _inherit = "loket.sync.run"

    @api.model
    def _tell_new(self, connection, count):
        """There are employments to decide on."""
        self._tell(
            connection,
            DECIDE,
            self.env._("Loket: decide on new employments"),
            self.env._("%(count)s new employments to decide on.", count=count),
        )

    @api.model
    def _tell_trouble(self, connection, summary, note):
        """A synchronisation needs attention."""
        self._tell(connection, TROUBLE, summary, note)

    @api.model
    def _end_trouble(self, connection):
        """A synchronisation went well: what was wrong before is over."""
        connection.sudo().activity_unlink([TROUBLE])

    @api.model
    def _tell(self, connection, kind, summary, note):
        """One open activity of a kind; about other trouble it tells the latest."""
        user = connection.user_id
        if not user:
            return
        known = connection.sudo().activity_search([kind], user_id=user.id)
        if not known:
            connection.activity_schedule(
                kind, summary=summary, note=note, user_id=user.id
            )
        elif known[0].summary != summary:
            known[0].write({"summary": summary, "note": note})
