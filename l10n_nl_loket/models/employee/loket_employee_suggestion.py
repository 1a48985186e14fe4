# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...people.match import Candidate, Matcher
from .loket_employee import LIVE


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
    may_be_double = fields.Boolean(
        compute="_compute_suggestion",
        compute_sudo=True,
        help="Adding would make another employee of somebody who may be in Odoo.",
    )

    @api.depends(
        "decision", "employee_id", "employee_ref", "employee_number", "birthday", "name"
    )
    def _compute_suggestion(self):
        self.suggested_employee_id = False
        self.suggestion_reason = False
        self.may_be_double = False
        open_rows = self.filtered(lambda row: not row.employee_id)
        for company, rows in open_rows.grouped("company_id").items():
            rows._suggest(company)

    def _suggest(self, company):
        """Suggest for rows of one company, in a fixed number of queries.

        An employee who may be two people is suggested for neither. So all that is to
        be decided is looked at, not only what is on the screen.
        """
        reasons = {
            "same": self.env._("Same person in Loket"),
            "number": self.env._("Same number (badge)"),
            "email": self.env._("Same e-mail address"),
            "birthday": self.env._("Same birth date and name"),
        }
        rows = self | self.sudo().search(
            LIVE
            & Domain("company_id", "=", company.id)
            & Domain("employee_id", "=", False)
            & Domain("decision", "!=", "ignore")
        )
        found = rows._matches(company)
        claims = defaultdict(self.browse)
        for row, (employee_id, _reason) in found.items():
            claims[employee_id] |= row
        for row in self & self.browse().union(*found):
            employee_id, reason = found[row]
            if not any(map(row._is_somebody_else, claims[employee_id] - row)):
                row.suggested_employee_id = employee_id
                row.suggestion_reason = reasons[reason]
                row.may_be_double = reason != "same"

    def _matches(self, company):
        """{row: (id of the employee it may be, why)}"""
        same_person = self._linked_by_ref(company)
        matcher = self._matcher(company)
        found = {}
        for row in self:
            employee = same_person.get(row.employee_ref) if row.employee_ref else None
            if employee:
                found[row] = (employee.id, "same")
                continue
            told = row.snapshot or {}
            match = matcher.find(
                number=row.employee_number,
                emails=(told.get("work_email"), told.get("email"), row.email),
                birthday=row.birthday,
                name=row.name,
            )
            if match[0]:
                found[row] = match
        return found

    def _linked_by_ref(self, company):
        """{employee_ref: hr.employee} of the people of ``self`` already linked.

        An employment that Loket no longer gives still tells who somebody is, unless
        its employee was linked to somebody else since.
        """
        linked = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("employee_ref", "in", self.mapped("employee_ref"))
            & Domain("employee_ref", "!=", False)
            & Domain("employee_id", "!=", False)
        )
        live = linked._live()
        past = linked.filtered(
            lambda row: not row.employee_id.loket_employee_ids._live()
        )
        return {row.employee_ref: row.employee_id for row in (*past, *live)}

    @api.model
    def _matcher(self, company):
        """Matcher over the employees of a company that Loket may not know yet."""
        taken = self.sudo().search(
            LIVE
            & Domain("company_id", "=", company.id)
            & Domain("employee_id", "!=", False)
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
