# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    loket_employee_ids = fields.One2many(
        "loket.employee",
        "employee_id",
        string="Employments in Loket",
        groups="hr.group_hr_user",
    )
