# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang


class LoketExportLate(models.Model):
    """What is booked in an earlier period and was not delivered with its file."""

    _name = "loket.export.late"
    _description = "Late for a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, period_export_id, name, component_code, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    period_export_id = fields.Many2one(
        "loket.export",
        string="File of the Period",
        required=True,
        index=True,
        ondelete="cascade",
    )
    period_name = fields.Char(related="period_export_id.period_name")
    kind = fields.Selection(
        [
            ("late", "Booked since"),
            ("kept", "Taken along before"),
            ("missing", "Does not go into a file yet"),
        ],
        required=True,
        default="late",
    )
    employee_id = fields.Many2one("hr.employee", ondelete="cascade", index=True)
    name = fields.Char(related="employee_id.name", store=True)
    payroll_number = fields.Integer(aggregator=None)
    distribution_unit = fields.Char(string="Distribution unit")
    component_code = fields.Integer(string="Component", aggregator=None)
    component_name = fields.Char()
    value = fields.Float(
        string="Difference",
        digits=(16, 2),
        help="What is booked now, less what was delivered.",
    )
    hours = fields.Float(
        digits=(16, 2), help="The part of the difference that comes from timesheets."
    )
    taken = fields.Boolean(string="In this file")
    remark = fields.Char(compute="_compute_remark")

    @api.depends("kind", "taken", "value", "period_export_id", "export_id.take_late")
    @api.depends_context("lang")
    def _compute_remark(self):
        for late in self:
            late.remark = late._remark()

    def _remark(self):
        period = self.period_name
        if self.kind == "missing":
            return self.env._(
                "Make %(period)s again to see why it does not go into a file.",
                period=period,
            )
        if self.taken:
            return self.env._("Goes along in this file.")
        if self.export_id.take_late and self.value > 0:
            return self.env._(
                "Was sent with another employment, from which this file can't take it "
                "back: make %(period)s again.",
                period=period,
            )
        if self.export_id.take_late:
            return self.env._(
                "More than this file has: make %(period)s again.", period=period
            )
        return self.env._(
            "In no file yet: take it along here, or make %(period)s again.",
            period=period,
        )

    @api.depends("name", "payroll_number", "component_code", "value", "period_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for late in self:
            late.display_name = self.env._(
                "%(period)s: %(name)s (%(number)s), component %(code)s: %(value)s",
                period=late.period_name,
                name=late.name,
                number=late.payroll_number,
                code=late.component_code,
                value=formatLang(self.env, late.value),
            )
