# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class HrAttendance(models.Model):
    """An attendance has an hour type, by which its hours find their component."""

    _inherit = "hr.attendance"

    loket_hour_type_id = fields.Many2one(
        "hr.work.entry.type",
        "Hour Type",
        compute="_compute_loket_hour_type_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain=lambda self: [
            *self.env["account.analytic.line"]._domain_hour_type(),
            ("is_leave", "=", False),
        ],
        groups="hr_attendance.group_hr_attendance_officer",
        help="Decides on which component of the payroll file these hours appear.",
    )

    @api.depends("employee_id")
    def _compute_loket_hour_type_id(self):
        """Attendance, unless somebody says otherwise."""
        lines = self.env["account.analytic.line"]
        usual = lines._hour_type("work_entry_type_attendance")
        for attendance in self:
            attendance.loket_hour_type_id = attendance.loket_hour_type_id or usual
