# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketExportTotal(models.Model):
    """The total of a component or a cost center, next to that of last period."""

    _name = "loket.export.total"
    _description = "Total of a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, kind, code"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("component", "Component"), ("cost_center", "Distribution unit")],
        required=True,
    )
    code = fields.Integer(required=True, aggregator=None)
    name = fields.Char()
    value = fields.Float(string="This period", digits=(16, 2))
    value_before = fields.Float(string="Last period", digits=(16, 2))
    difference = fields.Float(compute="_compute_difference", digits=(16, 2))

    @api.depends("code", "name")
    def _compute_display_name(self):
        for total in self:
            total.display_name = f"{total.code} {total.name or ''}".strip()

    @api.depends("value", "value_before")
    def _compute_difference(self):
        for total in self:
            total.difference = round(total.value - total.value_before, 2)
