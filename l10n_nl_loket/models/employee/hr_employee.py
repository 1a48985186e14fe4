# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    loket_employee_ids = fields.One2many(
        "loket.employee",
        "employee_id",
        string="Employments in Loket",
        groups="hr.group_hr_user",
    )
    is_loket_readonly = fields.Boolean(
        compute="_compute_is_loket_readonly",
        compute_sudo=True,
        groups="hr.group_hr_user,base.group_system",  # those who read the form
        help="Whether the fields that Loket overwrites can't be edited in Odoo.",
    )

    @api.depends(
        "loket_employee_ids.in_loket",
        "loket_employee_ids.connection_id.active",
        "loket_employee_ids.connection_id.allow_editing",
    )
    def _compute_is_loket_readonly(self):
        for employee in self:
            connections = employee.loket_employee_ids._live().connection_id
            employee.is_loket_readonly = not all(connections.mapped("allow_editing"))

    def unlink(self):
        """Employments of a deleted employee wait for a decision again.

        Else the next night would add the person whom somebody has just deleted.
        """
        # As the system: who may delete an employee need not be who decides.
        self.sudo().loket_employee_ids.action_reset()
        return super().unlink()
