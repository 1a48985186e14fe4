# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class HrVersion(models.Model):
    """A version remembers that its department was changed in place.

    A department that is changed without a new version moves the hours of all its days,
    those that are in a payroll file already too.
    """

    _name = "hr.version"
    _inherit = ["hr.version", "loket.walls"]

    loket_department_was_id = fields.Many2one(
        "hr.department",
        string="Department Before",
        readonly=True,
        groups="hr.group_hr_user",
        copy=False,
        export_string_translation=False,
    )
    loket_department_changed_on = fields.Datetime(
        string="Department Changed On",
        readonly=True,
        groups="hr.group_hr_user",
        copy=False,
        export_string_translation=False,
    )

    def write(self, vals):
        """Keep which department it was, and since when it is another."""
        before = {}
        if "department_id" in vals:
            # As superuser: who may change a department need not be an HR officer.
            before = {version: version.department_id.id for version in self.sudo()}
        result = super().write(vals)
        for version_sudo, department in before.items():
            if version_sudo.department_id.id != department:
                version_sudo.write(
                    {
                        "loket_department_was_id": department,
                        "loket_department_changed_on": fields.Datetime.now(),
                    }
                )
        return result
