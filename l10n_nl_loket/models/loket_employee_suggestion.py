# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .employee_match import Candidate, Matcher


class LoketEmployee(models.Model):
    """Who in Odoo an employment may be."""

    _inherit = "loket.employee"

    suggested_employee_id = fields.Many2one(
        "hr.employee",
        compute="_compute_suggestion",
        compute_sudo=True,
        string="Suggestion",
    )
    suggestion_reason = fields.Char(compute="_compute_suggestion", compute_sudo=True)

    @api.depends(
        "decision", "employee_id", "employee_ref", "employee_number", "birthday", "name"
    )
    def _compute_suggestion(self):
        self.suggested_employee_id = False
        self.suggestion_reason = False
        open_rows = self.filtered(lambda row: not row.employee_id)
        for company, rows in open_rows.grouped("company_id").items():
            rows._suggest(company)

    def _suggest(self, company):
        """Suggest for rows of one company, in a fixed number of queries."""
        reasons = {
            "same": self.env._("Same person in Loket"),
            "number": self.env._("Same number (badge)"),
            "email": self.env._("Same e-mail address"),
            "birthday": self.env._("Same birth date and name"),
        }
        same_person = self._linked_by_ref(company)
        matcher = self._matcher(company)
        for row in self:
            employee = same_person.get(row.employee_ref) if row.employee_ref else None
            employee_id, reason = (employee.id, "same") if employee else (None, None)
            if not employee_id:
                told = row.snapshot or {}
                employee_id, reason = matcher.find(
                    number=row.employee_number,
                    emails=(told.get("work_email"), told.get("email"), row.email),
                    birthday=row.birthday,
                    name=row.name,
                )
            if employee_id:
                row.suggested_employee_id = employee_id
                row.suggestion_reason = reasons[reason]

    def _linked_by_ref(self, company):
        """{employee_ref: hr.employee} of the people of ``self`` already linked."""
        linked = self.sudo().search(
            [
                ("company_id", "=", company.id),
                (
                    "employee_ref",
                    "in",
                    [ref for ref in self.mapped("employee_ref") if ref],
                ),
                ("employee_id", "!=", False),
            ]
        )
        return {row.employee_ref: row.employee_id for row in linked}

    @api.model
    def _matcher(self, company):
        """Matcher over the employees of a company that Loket may not know yet."""
        taken = self.sudo().search(
            [("company_id", "=", company.id), ("employee_id", "!=", False)]
        )
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search(
                Domain("company_id", "=", company.id)
                & Domain("id", "not in", taken.employee_id.ids)
            )
        )
        return Matcher(
            Candidate(
                employee.id,
                employee.barcode,
                (employee.work_email, employee.private_email),
                employee.birthday,
                employee.name,
            )
            for employee in employees
        )
