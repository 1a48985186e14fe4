# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LoketEmployeeLinkWizard(models.TransientModel):
    """Shows what Loket and Odoo know of a person, side by side, before linking.

    All of it is read as the person who looks: a wizard may be made by anybody who may
    link, of any employment, and has no rules of its own that tell companies apart.
    """

    _name = "loket.employee.link.wizard"
    _description = "Link an Employment to an Employee"

    loket_employee_id = fields.Many2one(
        "loket.employee", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="loket_employee_id.company_id", related_sudo=False
    )
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        compute="_compute_employee_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    suggestion_reason = fields.Char(
        related="loket_employee_id.suggestion_reason", related_sudo=False
    )
    loket_name = fields.Char(
        "Name in Loket", related="loket_employee_id.name", related_sudo=False
    )
    loket_number = fields.Char(
        "Number in Loket",
        related="loket_employee_id.employee_number",
        related_sudo=False,
    )
    loket_birthday = fields.Date(
        "Birthday in Loket", related="loket_employee_id.birthday", related_sudo=False
    )
    loket_email = fields.Char(
        "E-mail in Loket", related="loket_employee_id.email", related_sudo=False
    )
    loket_department = fields.Char(
        "Department in Loket",
        related="loket_employee_id.department_name",
        related_sudo=False,
    )
    odoo_name = fields.Char(related="employee_id.name", related_sudo=False)
    odoo_number = fields.Char(
        related="employee_id.barcode",
        related_sudo=False,
        groups="hr.group_hr_user",
    )
    odoo_birthday = fields.Date(
        related="employee_id.birthday",
        related_sudo=False,
        groups="hr.group_hr_user",
    )
    odoo_email = fields.Char(related="employee_id.work_email", related_sudo=False)
    odoo_department = fields.Char(
        related="employee_id.department_id.name", related_sudo=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_readable()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_readable()
        return result

    def _check_readable(self):
        """Nobody links, or looks at, what is not theirs to see.

        :raise AccessError: the employment or the employee is another company's
        """
        self.loket_employee_id.check_access("read")
        self.employee_id.check_access("read")

    @api.depends("loket_employee_id")
    def _compute_employee_id(self):
        for wizard in self:
            row = wizard.loket_employee_id
            wizard.employee_id = row.employee_id or row.suggested_employee_id

    def action_link(self):
        """Link, and take name and address over; department and e-mail stay.

        :raise UserError: the employee is somebody else's; the window stays open
        """
        self.ensure_one()
        row = self.loket_employee_id
        row.write({"decision": "link", "employee_id": self.employee_id.id})
        if problem := row._wrong_links().get(row):
            raise UserError(problem)
        return row._carry_out()
