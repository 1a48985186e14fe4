# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketConnectWizard(models.TransientModel):
    """The window that asks for the credentials that connect to Loket.

    None of them is a field of it: what a field holds travels as an argument of a call,
    and those are logged. Its widget posts them to ``controllers/credentials.py``.
    """

    _name = "loket.connect.wizard"
    _description = "Connect to Loket"
    _inherit = "loket.walls"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", readonly=True
    )
    protocol = fields.Selection(related="connection_id.protocol", related_sudo=False)
    redirect_uri = fields.Char(related="connection_id.redirect_uri", related_sudo=False)
    has_client = fields.Boolean(compute="_compute_has_client", compute_sudo=False)
    message = fields.Text(readonly=True)

    @api.depends("connection_id")
    def _compute_has_client(self):
        for wizard in self:
            connection = wizard.connection_id
            connection.check_access("write")
            wizard.has_client = connection._has_client()

    def action_ask(self):
        """What Loket has to hand out, for who does not have it yet."""
        self.check_access("write")
        return self.connection_id.action_ask()
