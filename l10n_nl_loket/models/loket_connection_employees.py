# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketConnection(models.Model):
    """How the employees of a connection are kept up to date, and how far that is."""

    _inherit = "loket.connection"

    vanish_threshold = fields.Integer(
        "Limit of Vanished Employments (%)",
        default=20,
        help="When Loket's answer lacks more of the linked employments than this, "
        "nothing is changed: it is more likely a right or filter than a fact.",
    )
    allow_editing = fields.Boolean(
        "Edit Loket's Fields in Odoo",
        help="Whether name, private address and the other fields that come from Loket "
        "can be edited on a linked employee. What is entered in Odoo stays until the "
        "next synchronisation.",
    )

    loket_employee_ids = fields.One2many("loket.employee", "connection_id")
    employees_total = fields.Integer(compute="_compute_employees")
    employees_done = fields.Integer(compute="_compute_employees")
    employees_pending = fields.Integer(compute="_compute_employees")
    employees_queued = fields.Integer(compute="_compute_employees")
    employees_problem = fields.Integer(compute="_compute_employees")
    employees_to_check = fields.Integer(compute="_compute_employees")

    _vanish_threshold_percent = models.Constraint(
        "CHECK(vanish_threshold BETWEEN 0 AND 100)",
        "The limit of vanished employments is a percentage from 0 to 100.",
    )

    @api.depends(
        "loket_employee_ids.decision",
        "loket_employee_ids.is_queued",
        "loket_employee_ids.problem",
        "loket_employee_ids.to_check",
    )
    def _compute_employees(self):
        total = self._counts("loket.employee")
        pending = self._counts("loket.employee", ("decision", "=", "pending"))
        queued = self._counts("loket.employee", ("is_queued", "=", True))
        problem = self._counts("loket.employee", ("problem", "!=", False))
        to_check = self._counts("loket.employee", ("to_check", "=", True))
        for one in self:
            one.employees_total = total.get(one, 0)
            one.employees_pending = pending.get(one, 0)
            one.employees_queued = queued.get(one, 0)
            one.employees_problem = problem.get(one, 0)
            one.employees_to_check = to_check.get(one, 0)
            waiting = one.employees_pending + one.employees_queued
            one.employees_done = one.employees_total - waiting

    def action_employees(self):
        """The employments to decide on; all of them once that is done."""
        return self._table_action(
            "action_loket_employee",
            search_default_pending=int(bool(self.employees_pending)),
        )

    def action_check_employees(self):
        """The linked employees whose department or e-mail differs from Loket's."""
        return self._table_action(
            "action_loket_employee_check", [("to_check", "=", True)]
        )
