# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResourceResource(models.Model):
    """Who is moved as a resource is moved as an employee, past that one's ``write``."""

    _inherit = "resource.resource"

    def write(self, vals):
        """Keep which company somebody was in, before it is another."""
        if "company_id" not in vals:
            return super().write(vals)
        # As superuser: who moves them need not see employees.
        with self.sudo().employee_id._loket_keeping_companies():
            return super().write(vals)
