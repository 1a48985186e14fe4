# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..gateway import LoketError
from ..models.connection.loket_connection import PERIOD_TYPES


class LoketAdministrationChoice(models.TransientModel):
    """An employer or administration that Loket offers."""

    _name = "loket.administration.choice"
    _description = "Loket Employer or Administration to Choose"
    _inherit = "loket.walls"
    _order = "name, id"

    wizard_id = fields.Many2one(
        "loket.administration.wizard", required=True, ondelete="cascade"
    )
    ref = fields.Char(required=True)
    name = fields.Char(required=True)
    client_number = fields.Integer()
    period_type = fields.Selection(PERIOD_TYPES)

    def action_choose(self):
        """This employer: show its administrations. This administration: fetch it.

        :raise AccessError: the connection is another company's
        """
        self.check_access("write")
        self.ensure_one()
        wizard = self.wizard_id
        connection = wizard.connection_id
        if not wizard.employer_ref:
            try:
                wizard._offer_administrations(self.ref, self.name)
            except LoketError as error:
                return connection._tell_person(connection._record_error(error))
            return wizard._window_action()
        connection.write(
            {"employer_ref": wizard.employer_ref, "administration_ref": self.ref}
        )
        connection.action_fetch()
        return connection._back_action()
