# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketExportLine(models.Model):
    """One cell of a payroll file: a value of one component for one person."""

    _name = "loket.export.line"
    _description = "Loket Payroll File Cell"
    _order = "export_id, payroll_number, shift, distribution_unit, component_code"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(related="export_id.connection_id", store=True)
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    date_from = fields.Date(related="export_id.date_from", store=True, string="Period")
    state = fields.Selection(related="export_id.state", store=True)
    is_latest = fields.Boolean(
        related="export_id.is_latest", store=True, index=True, string="Counts"
    )
    employee_id = fields.Many2one("hr.employee", ondelete="restrict", index=True)
    payroll_number = fields.Integer(aggregator=None)
    shift = fields.Integer(aggregator=None)
    distribution_unit = fields.Char(string="Cost center")
    component_code = fields.Integer(string="Component", aggregator=None)
    component_name = fields.Char()
    component_label = fields.Char(
        string="Component and name", compute="_compute_component_label", store=True
    )
    value = fields.Float(digits=(16, 2))
    hours = fields.Float(
        digits=(16, 2), help="The part of the value that comes from timesheets."
    )

    @api.depends("component_code", "component_name")
    def _compute_component_label(self):
        """To group by: a number would be added up."""
        for line in self:
            code, name = line.component_code, line.component_name
            line.component_label = f"{code} {name or ''}".strip()
