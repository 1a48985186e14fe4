# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class LoketConnection(models.Model):
    _inherit = "loket.connection"

    vanish_threshold = fields.Integer(
        "Limit of Vanished Employments (%)",
        default=20,
        help="When Loket's answer lacks more of the linked employments than this, "
        "nothing is changed: it is more likely a right or filter than a fact.",
    )

    _vanish_threshold_percent = models.Constraint(
        "CHECK(vanish_threshold BETWEEN 0 AND 100)",
        "The limit of vanished employments is a percentage from 0 to 100.",
    )
