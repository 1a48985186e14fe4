# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


def _same(told, known):
    return told.casefold() == (known or "").casefold()


class LoketEmployee(models.Model):
    """What a person has to look at after linking: it is not taken over from Loket."""

    _inherit = "loket.employee"

    check_department = fields.Boolean("Department to Check", readonly=True, copy=False)
    check_email = fields.Boolean("E-mail to Check", readonly=True, copy=False)
    to_check = fields.Boolean(
        "Department or E-mail to Check",
        compute="_compute_to_check",
        store=True,
        help="Linking leaves the department and the work e-mail of Odoo. They differ "
        "from those in Loket, and nobody has looked at it yet.",
    )
    employee_department_id = fields.Many2one(
        string="Department in Odoo",
        related="employee_id.department_id",
        readonly=False,
        groups="hr.group_hr_user",
    )
    employee_work_email = fields.Char(
        string="E-mail in Odoo",
        related="employee_id.work_email",
        readonly=False,
        groups="hr.group_hr_user",
    )

    @api.depends("check_department", "check_email")
    def _compute_to_check(self):
        for row in self:
            row.to_check = row.check_department or row.check_email

    def action_checked(self):
        """Department and e-mail are right, or are put right: take it off the list."""
        return self.write({"check_department": False, "check_email": False})

    def _compare_with_odoo(self, lookup):
        """Note which of the two differs between Loket and the linked employee."""
        self.ensure_one()
        email = self.employee_id.work_email
        self.check_email = bool(self.email) and not _same(self.email, email)
        self.check_department = self._is_elsewhere_in_odoo(lookup)

    def _is_elsewhere_in_odoo(self, lookup):
        """Whether the employee is in another department than Loket tells."""
        if not self.department_name:
            return False
        department = self.employee_id.department_id
        mapped = lookup.department(self)
        if mapped:
            return mapped != department
        return not _same(self.department_name, department.name)
