# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketComponent(models.Model):
    """A component that Loket offers in a payroll year."""

    _name = "loket.component"
    _description = "Loket Component"
    _inherit = ["loket.list.mixin", "loket.walls"]
    _order = "year desc, code, id"
    _rec_names_search = ["code", "name"]

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    category = fields.Char()
    # Loket's number of the category, by which values are read back; 0: not told.
    category_key = fields.Integer(aggregator=None)
    collective = fields.Boolean(
        "Collective Mutations", help="Whether the payroll file may hold it."
    )
    year = fields.Integer(required=True, aggregator=None)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(connection_id, code, year)")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for component in self:
            component.display_name = f"{component.code} {component.name}"
