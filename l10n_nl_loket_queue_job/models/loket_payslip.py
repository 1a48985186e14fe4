# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .job import later, may_be_later


class LoketPayslip(models.Model):
    """Payslips of a Loket that is unavailable are asked for when Loket wants it."""

    _inherit = "loket.payslip"

    @api.model
    def _open(self, connection_sudo):
        opening = self.with_context(loket_opening=True)
        return super(LoketPayslip, opening)._open(connection_sudo)

    @api.model
    def _reason(self, error):
        # Of a single employee it is told, and tried again tomorrow.
        if self.env.context.get("loket_opening") and may_be_later(self.env, error):
            raise later(error) from error
        return super()._reason(error)
