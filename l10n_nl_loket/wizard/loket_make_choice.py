# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..models.booking.hr_wage_component import UNITS

COUNTS_AS = [
    ("worked", "Hours worked"),
    ("extra", "Extra hours, beside the normal ones"),
    ("time_off", "Time off"),
]


class LoketMakeChoice(models.TransientModel):
    """A component or unit of Loket, and what can be made of it.

    Its fields are copies: nobody sees through it what another connection offers.
    """

    _name = "loket.make.choice"
    _description = "What to Make of a Component or Unit of Loket"
    _inherit = "loket.walls"
    _order = "id"

    wizard_id = fields.Many2one("loket.make.wizard", required=True, ondelete="cascade")
    is_chosen = fields.Boolean("Make")
    ref = fields.Integer("Record in Odoo", readonly=True, required=True)
    code = fields.Char(readonly=True)
    name = fields.Char(required=True)
    category = fields.Char("Category in Loket", readonly=True)
    counts_as = fields.Selection(
        COUNTS_AS,
        help="Time off is not a day worked, and extra hours are not paid by a fixed "
        "salary.",
    )
    unit = fields.Selection(
        UNITS,
        help="What a value counts. Days are counted from the timesheets, unless they "
        "are entered by hand.",
    )
