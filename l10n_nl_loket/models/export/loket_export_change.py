# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang


class LoketExportChange(models.Model):
    """A cell that differs from the file made before for the same period."""

    _name = "loket.export.change"
    _description = "Change in a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, name, payroll_number, distribution_unit, component_code, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", ondelete="cascade", index=True)
    name = fields.Char(related="employee_id.name", store=True)
    payroll_number = fields.Integer(aggregator=None)
    distribution_unit = fields.Char(string="Distribution unit")
    component_code = fields.Integer(string="Component", aggregator=None)
    component_name = fields.Char()
    kind = fields.Selection(
        [("new", "New"), ("changed", "Changed"), ("gone", "No longer there")],
        required=True,
    )
    value_before = fields.Float(string="In the last file", digits=(16, 2))
    value = fields.Float(string="Now", digits=(16, 2))
    remark = fields.Char(compute="_compute_remark")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_remark(self):
        # An empty cell or a missing row is not known to clear a value in Loket.
        check = self.env._("check in Loket that the old value is gone")
        for change in self:
            change.remark = check if change.kind == "gone" else False

    @api.depends(
        "name",
        "payroll_number",
        "distribution_unit",
        "component_code",
        "kind",
        "value",
        "value_before",
    )
    @api.depends_context("lang")
    def _compute_display_name(self):
        nothing = self.env._("nothing")
        for change in self:
            old = formatLang(self.env, change.value_before)
            new = formatLang(self.env, change.value)
            text = self.env._(
                "%(name)s (%(number)s), %(place)s: %(old)s to %(new)s",
                name=change.name,
                number=change.payroll_number,
                place=change._cell_in_words(),
                old=nothing if change.kind == "new" else old,
                new=nothing if change.kind == "gone" else new,
            )
            change.display_name = f"{text} - {change.remark}" if change.remark else text

    def _cell_in_words(self):
        """The cell in words: its component and, in a file with units, its unit."""
        code, unit = self.component_code, self.distribution_unit
        if not unit:
            return self.env._("component %(code)s", code=code)
        return self.env._(
            "component %(code)s, distribution unit %(unit)s", code=code, unit=unit
        )
