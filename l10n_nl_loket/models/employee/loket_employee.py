# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: The decisions that tie an employment to an employee.
LINKED = ("add", "link")

#: The employments that count: Loket gives them, over a connection that is in use.
LIVE = Domain("in_loket", "=", True) & Domain("connection_id.active", "=", True)


class LoketEmployee(models.Model):
    """One employment in Loket, and what we decided about it.

    Synchronising makes and refreshes the rows; a person decides; ``action_apply``
    carries the decision out. A row with ``employee_id`` is linked.
    """

    _name = "loket.employee"
    _description = "Employment in Loket"
    _order = "name, start_date, id"
    _check_company_auto = True

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    employee_ref = fields.Char("Employee in Loket", copy=False, index=True)
    employment_ref = fields.Char("Employment in Loket", copy=False, required=True)
    employee_number = fields.Char()
    payroll_number = fields.Integer(aggregator=None, help="The persnr of the file.")
    name = fields.Char(required=True)
    birthday = fields.Date(groups="hr.group_hr_user")
    email = fields.Char("E-mail", groups="hr.group_hr_user")
    department_name = fields.Char("Department in Loket")
    start_date = fields.Date()
    end_date = fields.Date()
    contract_end_date = fields.Date(
        "Contract Until",
        help="The end of the employment, else that of a temporary contract.",
    )
    shift = fields.Integer(aggregator=None)
    decision = fields.Selection(
        [
            ("pending", "To decide"),
            ("add", "Add"),
            ("link", "Link"),
            ("ignore", "Don't import"),
        ],
        default="pending",
        required=True,
        index=True,
        copy=False,
    )
    employee_id = fields.Many2one(
        "hr.employee", check_company=True, copy=False, index="btree_not_null"
    )
    problem = fields.Char(readonly=True, copy=False)
    in_loket = fields.Boolean(
        "Present in Loket",
        default=True,
        help="Whether Loket still gave this employment in the last synchronisation.",
    )
    last_sync_date = fields.Datetime("Last Change", readonly=True, copy=False)
    connection_sync_date = fields.Datetime(
        "Last Synchronisation", related="connection_id.last_sync_date"
    )
    snapshot = fields.Json(copy=False, groups="base.group_system")
    _employment_unique = models.UniqueIndex("(connection_id, employment_ref)")

    @api.constrains("decision", "employee_id")
    def _check_link(self):
        for row in self:
            if row.decision in ("pending", "ignore") and row.employee_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s is linked to an employee; a linked employment is "
                        "either added or linked. Unlink it first.",
                        name=row.name,
                    )
                )

    def _live(self):
        """Those that count: Loket gives them, over a connection that is in use."""
        return self.filtered_domain(LIVE)

    def _open_action(self):
        """The employee in Odoo or, while there is none, the employment itself."""
        self.ensure_one()
        return (self.employee_id or self).get_formview_action()
