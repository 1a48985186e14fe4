# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..gateway import LoketError
from ..models.translated import translated


class LoketConnectWizard(models.TransientModel):
    """Takes the credentials that connect to Loket, and keeps none of them.

    REST: the client id and secret go to the connection. SOAP: user name and password
    are used while the form is saved, and are in no field, no row and no log after.
    They have no column: the inverse below sees them in memory, once.
    """

    _name = "loket.connect.wizard"
    _description = "Connect to Loket"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", readonly=True
    )
    protocol = fields.Selection(related="connection_id.protocol", related_sudo=False)
    redirect_uri = fields.Char(related="connection_id.redirect_uri", related_sudo=False)
    client_id = fields.Char(
        "Client ID",
        compute="_compute_client_id",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    client_secret = fields.Char(
        compute="_compute_nothing", inverse="_inverse_client_secret"
    )
    username = fields.Char(
        "User Name", compute="_compute_nothing", inverse="_inverse_credentials"
    )
    password = fields.Char(compute="_compute_nothing", inverse="_inverse_credentials")
    environment_code = fields.Char()
    is_connected = fields.Boolean(readonly=True)
    message = fields.Text(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_connection()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_connection()
        return result

    def _check_connection(self):
        """:raise AccessError: the connection is another company's"""
        self.connection_id.check_access("write")

    @api.depends("connection_id")
    def _compute_client_id(self):
        for wizard in self:
            wizard.client_id = wizard.connection_id.client_id

    def _compute_nothing(self):
        """Secrets are never read back: what these fields hold is nothing."""
        for wizard in self:
            wizard.client_secret = wizard.username = wizard.password = False

    def _inverse_client_secret(self):
        """The secret belongs to the connection, and goes there at once."""
        for wizard in self.filtered("client_secret"):
            connection = wizard.connection_id
            connection.check_access("write")
            # As superuser: who sets up the connection may give the secret, not read it.
            connection.sudo().client_secret = wizard.client_secret
        self._forget("client_secret")

    def _inverse_credentials(self):
        """Log in while user name and password are in memory.

        A refusal is kept as a message instead of raised: so the form is saved, which
        empties the password on the screen and keeps the environment code.
        """
        for wizard in self.filtered("password"):
            connection = wizard.connection_id
            # Before anything is sent: the wizard itself may be made by each manager.
            connection.check_access("write")
            try:
                connection._loket_connect_soap(
                    wizard.username, wizard.password, wizard.environment_code
                )
            except (LoketError, UserError) as error:
                wizard.is_connected = False
                wizard.message = translated(self.env, error.args[0])
            else:
                wizard.is_connected = True
                wizard.message = False
        # Also after a refusal: whatever came of it, they were used.
        self._forget("username", "password")

    def _forget(self, *names):
        """Empty the fields in memory too: what is read back goes to the browser."""
        self.invalidate_recordset(names, flush=False)

    def action_connect(self):
        """Go on: to Loket's consent page (REST), or to the settings (SOAP)."""
        self.ensure_one()
        connection = self.connection_id
        if self.protocol == "rest":
            return self._connect_rest()
        if self.is_connected:
            connection.action_fetch()
            return connection._back_action()
        if not self.message:
            self.message = self.env._("Fill in the user name and the password.")
        return self._again()

    def _connect_rest(self):
        """To Loket's consent page, where the connection has a client id and secret."""
        connection = self.connection_id
        connection.client_id = self.client_id
        if not connection._has_client():
            self.message = self.env._("Fill in the client id and the client secret.")
            return self._again()
        return connection._consent_action()

    def _again(self):
        """Show the form again, with its message."""
        return {**self.connection_id._connect_wizard_action(), "res_id": self.id}
