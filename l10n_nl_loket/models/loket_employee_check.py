# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


def _same(told, known):
    return told.casefold() == (known or "").casefold()


class LoketEmployee(models.Model):
    """What a person has to look at after linking: it is not taken over from Loket."""

    _inherit = "loket.employee"

    to_check = fields.Boolean(
        "Department or E-mail to Check",
        readonly=True,
        copy=False,
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

    def action_checked(self):
        """Department and e-mail are right, or are put right: take it off the list."""
        self.to_check = False

    def _is_other_in_odoo(self, lookup):
        """Whether Odoo has another department or e-mail than Loket tells."""
        employee = self.employee_id
        if self.email and not _same(self.email, employee.work_email):
            return True
        if not self.department_name:
            return False
        department = lookup.department(self)
        if department:
            return department != employee.department_id
        return not _same(self.department_name, employee.department_id.name)
