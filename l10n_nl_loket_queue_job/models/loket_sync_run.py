# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .job import later, may_be_later


class LoketSyncRun(models.Model):
    """A night that finds Loket unavailable is tried again, when Loket wants it."""

    _inherit = "loket.sync.run"

    @api.model
    def _record_failure_at_night(self, connection, error):
        if may_be_later(self.env, error):
            raise later(error) from error
        return super()._record_failure_at_night(connection, error)
