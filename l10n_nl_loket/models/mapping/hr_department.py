# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class HrDepartment(models.Model):
    """A department knows its cost center at each connection."""

    _inherit = "hr.department"

    loket_mapping_ids = fields.One2many(
        "loket.department.mapping",
        "department_id",
        string="Cost Centers in Loket",
        groups="l10n_nl_loket.group_user",
    )
