# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class LoketSyncRunLine(models.Model):
    """What one synchronisation did to one employment, or why it could not."""

    _name = "loket.sync.run.line"
    _description = "Loket Synchronisation Line"
    _order = "id"

    run_id = fields.Many2one(
        "loket.sync.run", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    loket_employee_id = fields.Many2one("loket.employee", ondelete="set null")
    name = fields.Char(required=True)
    kind = fields.Selection(
        [("created", "New"), ("updated", "Changed"), ("failed", "Failed")],
        required=True,
    )
    field_name = fields.Char("Field", groups="hr.group_hr_user")
    old_value = fields.Char("Was", groups="hr.group_hr_user")
    new_value = fields.Char("Is", groups="hr.group_hr_user")
    message = fields.Char()

    def action_open(self):
        """The employee or, while there is none, the employment."""
        self.ensure_one()
        return self.loket_employee_id._open_action()
