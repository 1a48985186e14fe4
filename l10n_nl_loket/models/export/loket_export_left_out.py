# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ...payroll import rank_of
from ..sentence import Sentence

#: What is to be done about what is not in the file.
RANKS = [
    ("blocking", "Must be corrected"),
    ("accept", "To accept"),
    ("rule", "By rule"),
]
REASONS = [
    ("not_linked", "Not linked to an employee in Loket"),
    ("no_employment", "No employment in Loket on the date"),
    ("not_in_loket", "Employment that Loket no longer gives"),
    ("undecided", "Employment in Loket that is still to be decided on"),
    ("undecided_elsewhere", "To be decided on at another connection, which pays then"),
    ("delivered", "Delivered already by another file"),
    ("other_period", "On a day that the file of another period has"),
    ("no_payroll_number", "No payroll number in Loket"),
    ("number_waits", "Payroll number that waits for a decision"),
    ("no_code", "Without a component code"),
    ("not_sent", "Not sent, on purpose"),
    ("foreign_unit", "Booked in a unit that is no unit of time"),
    ("no_cost_center", "Department without a cost center"),
    ("unknown_unit", "Cost center that is no distribution unit in Loket"),
    ("bad_unit", "Cost center whose code is not a whole number"),
    ("bad_code", "Component code that is not a number from 1 to 9999"),
    ("unknown_code", "Component code that Loket does not offer"),
    ("not_collective", "Component that Loket does not accept in this file"),
    ("hours_as_money", "Hours on a component that Loket takes for euros"),
    ("money_as_hours", "Euros on a component that Loket takes for hours"),
    ("salaried", "Normal hours on a fixed salary, which Loket pays by itself"),
    ("salaried_question", "Normal hours on a fixed salary, still to be decided on"),
    ("negative", "Negative hours on a component"),
    ("too_many", "A thousand hours or more in one row"),
    ("shared_number", "Payroll number shared with somebody else"),
]


class LoketExportLeftOut(models.Model):
    """Something that is not in the payroll file, or that makes it wrong."""

    _name = "loket.export.left.out"
    _description = "Left Out of a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, blocking desc, name, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    warning_id = fields.Many2one("loket.export.warning", index=True, ondelete="cascade")
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", ondelete="set null", index=True)
    name = fields.Char(required=True)
    reason = fields.Selection(REASONS, required=True)
    detail = Sentence(help="Which hour type, component, department or number.")
    hours = fields.Float(digits=(16, 2))
    value = fields.Float(
        digits=(16, 2), help="The value of wage entries, in the component's unit."
    )
    rank = fields.Selection(
        RANKS,
        compute="_compute_rank",
        store=True,
        string="To do",
        help="Corrected first, left out on purpose by the tick, or left out by rule.",
    )
    blocking = fields.Boolean(compute="_compute_rank", store=True)

    @api.depends("reason")
    def _compute_rank(self):
        for problem in self:
            problem.rank = rank_of(problem.reason)
            problem.blocking = problem.rank == "blocking"

    @api.depends("name", "reason", "warning_id", "detail", "hours", "value")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for problem in self:
            reason = problem.warning_id._reason_in_words(problem.reason)
            if problem.detail:
                reason = f"{reason} ({problem.detail})"
            parts = [problem.name, reason]
            # What is wrong with somebody's euros is not told in hours.
            if problem.hours or problem.value or problem.reason != "shared_number":
                parts.append(problem._in_words())
            problem.display_name = ": ".join(parts)

    def _in_words(self):
        """How much it is: hours, euros, days, each in its own words."""
        return self.warning_id._quantity_in_words(self.hours, self.value)
