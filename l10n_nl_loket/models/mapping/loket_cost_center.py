# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketCostCenter(models.Model):
    """A cost center or a distribution unit of Loket."""

    _name = "loket.cost.center"
    _description = "Loket Cost Center"
    _inherit = ["loket.list.mixin", "loket.walls"]
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("cost_center", "Cost center"),
            ("distribution_unit", "Distribution unit"),
        ],
        required=True,
    )
    ref = fields.Char("Identifier in Loket", copy=False)
    department_mapping_ids = fields.One2many(
        "loket.department.mapping", "cost_center_id"
    )
    active = fields.Boolean(default=True)

    _ref_unique = models.UniqueIndex("(connection_id, kind, ref)")

    @api.depends("code", "kind", "name")
    @api.depends_context("lang", "loket_kind")
    def _compute_display_name(self):
        """Code and name; with ``loket_kind`` the kind, where Loket has both."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        tells = self.env.context.get("loket_kind")
        for center in self:
            named = f"{center.code} {center.name}"
            both = tells and len(
                set(center.connection_id.cost_center_ids.mapped("kind"))
            )
            if both == len(kinds):
                named = f"{named} ({kinds[center.kind].lower()})"
            center.display_name = named

    def _unit_code(self):
        """Its code in the file; None when it is not, or no longer, a unit of Loket."""
        self.ensure_one()
        if self.kind != "distribution_unit" or not self.active:
            return None
        return self.code
