# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

DECIDE = "l10n_nl_loket.mail_activity_type_decide"


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
        "loket_employee_ids.employee_id",
        "loket_employee_ids.in_loket",
        "loket_employee_ids.is_queued",
        "loket_employee_ids.problem",
        "loket_employee_ids.to_check",
    )
    def _compute_employees(self):
        def given(*domain):
            return self._counts("loket.employee", ("in_loket", "=", True), *domain)

        total = given()
        queued = given(("is_queued", "=", True))
        done = given(
            ("is_queued", "=", False),
            "|",
            ("decision", "=", "ignore"),
            ("employee_id", "!=", False),
        )
        to_check = given(("to_check", "=", True))
        # Also of those that Loket no longer gives: that is their problem.
        problem = self._counts("loket.employee", ("problem", "!=", False))
        for one in self:
            one.employees_total = total.get(one, 0)
            one.employees_queued = queued.get(one, 0)
            one.employees_problem = problem.get(one, 0)
            one.employees_to_check = to_check.get(one, 0)
            one.employees_done = done.get(one, 0)
            # A decision that could not be carried out is to be looked at again.
            decided = one.employees_done + one.employees_queued
            one.employees_pending = one.employees_total - decided

    def _end_deciding(self):
        """Nothing is left to decide on: what asked for it is over."""
        done = self.sudo().filtered(lambda one: not one.employees_pending)
        done.activity_unlink([DECIDE])

    def action_employees(self):
        """The employments to decide on; all of them once that is done."""
        return self._table_action(
            "action_loket_employee",
            search_default_pending=int(bool(self.employees_pending)),
        )

    def action_check_employees(self):
        """The linked employees whose department or e-mail differs from Loket's."""
        return self._table_action(
            "action_loket_employee_check",
            [("to_check", "=", True), ("in_loket", "=", True)],
        )

    def _leaves(self, refs):
        """Whether writing ``refs`` ({field: reference}) leaves an administration.

        References are GUIDs, and Loket does not tell small from capital.
        """
        return any(
            self[name] and self[name].casefold() != (ref or "").casefold()
            for name, ref in refs.items()
        )

    def _forget_employments(self, administration):
        """The employments are of ``administration``, which is not read any more.

        They stay, with their links, for the day that it is chosen again.
        """
        rows = self.sudo().loket_employee_ids.filtered("in_loket")
        rows.write({"in_loket": False, "is_queued": False})
        rows.filtered("employee_id").problem = self.env._(
            "This employment is of another administration (%(administration)s) than "
            "the connection reads now. Choose that one again, or undo the decision.",
            administration=administration or self.env._("name not known"),
        )
