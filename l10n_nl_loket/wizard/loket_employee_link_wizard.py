# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..people.names import name_key
from ..people.one_person import birth_dates_differ

#: As the fields below it show dates: nobody takes the month for the day.
DATE = "d MMM y"


class LoketEmployeeLinkWizard(models.TransientModel):
    """Shows what Loket and Odoo know of a person, side by side, before linking.

    All of it is read as the person who looks: a wizard may be made by anybody who may
    link, of any employment, and has no rules of its own that tell companies apart.
    """

    _name = "loket.employee.link.wizard"
    _description = "Link an Employment to an Employee"
    _inherit = "loket.walls"

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
        domain="[('company_id', 'child_of', company_id)]",
        context={"active_test": False},
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
    difference = fields.Text(
        compute="_compute_difference",
        compute_sudo=False,
        help="What speaks against this being one person.",
    )
    is_asked = fields.Boolean(
        "Asked",
        compute="_compute_is_asked",
        store=True,
        readonly=False,
        help="Whether it was asked if this employee is that person nevertheless.",
    )

    @api.depends("loket_employee_id")
    def _compute_employee_id(self):
        for wizard in self:
            row = wizard.loket_employee_id
            wizard.employee_id = row.employee_id or row.suggested_employee_id

    @api.depends("employee_id")
    def _compute_is_asked(self):
        self.is_asked = False

    @api.depends("loket_employee_id", "employee_id")
    def _compute_difference(self):
        for wizard in self:
            wizard.difference = "\n".join(wizard._differences())

    def _differences(self):
        """Sentences on birth date and name, where they differ."""
        row, employee = self.loket_employee_id, self.employee_id
        if not employee:
            return
        if birth_dates_differ(row.birthday, employee.birthday):
            yield self.env._(
                "Another birth date: %(odoo)s in Odoo, %(loket)s in Loket.",
                odoo=format_date(self.env, employee.birthday, date_format=DATE),
                loket=format_date(self.env, row.birthday, date_format=DATE),
            )
        if name_key(row.name) != name_key(employee.name):
            yield self.env._(
                "Another name: %(odoo)s in Odoo, %(loket)s in Loket.",
                odoo=employee.name,
                loket=row.name,
            )

    def action_link(self):
        """Link; where birth date or name differ, ask first and write nothing.

        :raise UserError: the employee is somebody else's; the window stays open
        """
        self.check_access("write")
        self.ensure_one()
        if not self.difference:
            return self.action_link_anyway()
        self._check_link()
        self.is_asked = True
        return {
            **self.get_formview_action(),
            "name": self.env._("Link to Employee"),
            "target": "new",
        }

    def action_link_anyway(self):
        """Link, and take name and address over; department and e-mail stay.

        :raise UserError: the employee is somebody else's; the window stays open
        """
        self.check_access("write")
        self.ensure_one()
        self._check_link()
        row = self.loket_employee_id
        row.write({"decision": "link", "employee_id": self.employee_id.id})
        return row._carry_out()

    def _check_link(self):
        """Refuse, before anything is written, what carrying it out would refuse.

        :raise UserError: the employee is another person's
        """
        if problem := self.loket_employee_id._wrong_link_to(self.employee_id):
            raise UserError(problem)
