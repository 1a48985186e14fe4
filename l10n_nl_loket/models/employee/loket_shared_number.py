# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class LoketSharedNumber(models.Model):
    """Two people may have this personnel number: two employers both count from 1."""

    _name = "loket.shared.number"
    _description = "Personnel Number of Two People in Loket"
    _inherit = "loket.walls"
    _rec_name = "number"

    first_id = fields.Many2one(
        "loket.employee",
        "First Employment",
        required=True,
        ondelete="cascade",
        index=True,
    )
    second_id = fields.Many2one(
        "loket.employee",
        "Second Employment",
        required=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Char(required=True, help="Without leading zeros, as it compares.")

    _pair_unique = models.UniqueIndex("(first_id, second_id, number)")
