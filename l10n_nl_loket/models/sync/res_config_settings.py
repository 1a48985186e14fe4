# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .loket_sync_run import KEEP_DAYS


class ResConfigSettings(models.TransientModel):
    """How long is kept what a synchronisation did, with names and values in it."""

    _inherit = "res.config.settings"

    loket_keep_run_days = fields.Integer(
        "Keep Synchronisations (Days)", default=365, config_parameter=KEEP_DAYS
    )
