# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class LoketHoursChoice(models.TransientModel):
    """Asks which of the employments of somebody that run at once gets the hours."""

    _name = "loket.hours.choice"
    _description = "Which Employment in Loket Gets the Hours"
    _inherit = "loket.walls"

    remark_id = fields.Many2one(
        "loket.export.remark", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(related="remark_id.name")
    employment_ids = fields.Many2many(related="remark_id.employment_ids")
    employment_id = fields.Many2one(
        "loket.employee",
        string="Gets the hours",
        required=True,
        domain="[('id', 'in', employment_ids)]",
    )
    project_ids = fields.Many2many(
        "project.project",
        string="Only of these projects",
        help="Empty: everything that is booked while these employments run at once.",
    )

    def action_choose(self):
        """Keep the choice with the employments, and look again.

        :raise UserError: it is none of the employments to choose from
        """
        self.check_access("write")
        self.ensure_one()
        self.remark_id.check_access("read")
        export = self.remark_id.export_id
        export.check_access("write")
        if self.employment_id not in self.employment_ids:
            raise UserError(
                self.env._("Choose one of the employments that are listed.")
            )
        # As superuser: a clerk chooses where hours go, and changes no employment else.
        chosen_sudo = self.employment_id.sudo()
        others_sudo = self.employment_ids.sudo() - chosen_sudo
        if self.project_ids:
            projects = self.project_ids.ids
            remove = [Command.unlink(project) for project in projects]
            others_sudo.write({"hours_project_ids": remove})
            chosen_sudo.hours_project_ids |= self.project_ids.sudo()
        else:
            # Everything: what was said of single projects before holds no more.
            no_projects = {"hours_project_ids": [Command.clear()]}
            others_sudo.write({"gets_hours": False, **no_projects})
            chosen_sudo.gets_hours = True
        if export.state == "draft":
            export.action_check()
        return {"type": "ir.actions.act_window_close"}
