# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..payroll_file import periods


class LoketExportWizard(models.TransientModel):
    """Asks for one thing, the period, and opens on the last one that is complete."""

    _name = "loket.export.wizard"
    _description = "Make a Loket Payroll File"

    connection_id = fields.Many2one(
        "loket.connection",
        required=True,
        default=lambda self: self._default_connection(),
        domain=lambda self: [("company_id", "in", self.env.companies.ids)],
    )
    year = fields.Integer(
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    period = fields.Integer(
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )

    @api.model
    def _default_connection(self):
        """The connection one came from, else that of the company, ready ones first."""
        context = self.env.context
        connections = self.env["loket.connection"]
        if context.get("active_model") == connections._name:
            return connections.browse(context.get("active_id")).exists()
        found = connections.search([("company_id", "=", self.env.company.id)])
        found = found or connections.search(
            [("company_id", "in", self.env.companies.ids)]
        )
        return (found.filtered(lambda c: c.state == "ready") or found)[:1]

    @api.depends("connection_id")
    def _compute_period(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            period_type = wizard.connection_id.period_type or "month"
            wizard.year, wizard.period = periods.last_full(period_type, today)

    def action_make(self):
        """A draft of the file, checked, on screen."""
        self.ensure_one()
        if not self.connection_id.period_type:
            raise UserError(
                self.env._(
                    "The connection %(connection)s does not know its periods yet. "
                    "Fetch the settings from Loket first.",
                    connection=self.connection_id.name,
                )
            )
        export = self.env["loket.export"].create(
            {
                "connection_id": self.connection_id.id,
                "year": self.year,
                "period": self.period,
            }
        )
        export.action_check()
        return {
            "type": "ir.actions.act_window",
            "res_model": "loket.export",
            "res_id": export.id,
            "view_mode": "form",
        }
