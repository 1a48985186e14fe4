# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ProjectProject(models.Model):
    """A project gives its timesheet lines their hour type."""

    _inherit = "project.project"

    loket_work_entry_type_id = fields.Many2one(
        "hr.work.entry.type",
        string="Default hour type",
        domain=lambda self: self.env["account.analytic.line"]._domain_hour_type(),
        help="The hour type of new timesheet lines on this project. Empty: Attendance.",
    )
