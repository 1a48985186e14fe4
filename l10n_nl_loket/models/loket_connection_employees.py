# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class LoketConnection(models.Model):
    """How the employees of a connection are kept up to date."""

    _inherit = "loket.connection"

    vanish_threshold = fields.Integer(
        "Limit of Vanished Employments (%)",
        default=20,
        help="When Loket's answer lacks more of the linked employments than this, "
        "nothing is changed: it is more likely a right or filter than a fact.",
    )
    allow_editing = fields.Boolean(
        "Edit Loket's Fields in Odoo",
        help="Whether name, private address and the other fields that come from Loket "
        "can be edited on a linked employee. What is entered in Odoo stays until the "
        "next synchronisation.",
    )

    _vanish_threshold_percent = models.Constraint(
        "CHECK(vanish_threshold BETWEEN 0 AND 100)",
        "The limit of vanished employments is a percentage from 0 to 100.",
    )
