# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...people import match
from ..translated import translated
from .loket_employee import LIVE


def email_key(email):
    """An e-mail address as it compares; what is no address compares as text."""
    return (email_normalize(email) or email or "").casefold()


class LoketEmployee(models.Model):
    """Who an employment is of: in Odoo, and among the employments of Loket."""

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

    # === WHOM IN ODOO IT MAY BE OF === #

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
        # As the system: who looks at a row need not see all whom it may be.
        open_rows = self | self.sudo().search(
            LIVE
            & Domain("company_id", "=", company.id)
            & Domain("employee_id", "=", False)
            & Domain("decision", "!=", "ignore")
        )
        plain_rows = open_rows._plain()
        matches = open_rows._matches(company, plain_rows)
        claims = defaultdict(list)
        for plain in plain_rows:
            if plain.id in matches:
                claims[matches[plain.id][0]].append(plain)
        for row, plain in zip(open_rows, plain_rows, strict=True):
            if row not in self or row.id not in matches:
                continue
            employee_id, reason = matches[row.id]
            others = (claim for claim in claims[employee_id] if claim is not plain)
            if all(match.is_same_person(plain, other) for other in others):
                row.suggested_employee_id = employee_id
                row.suggestion_reason = reasons[reason]
                row.may_be_double = reason != "same"

    def _matches(self, company, plain_rows):
        """{id of the row: (id of the employee it may be of, why)}

        :param plain_rows: ``self`` as plain values
        """
        employees = self._linked_by_ref(company)
        matcher = self._matcher(company)
        matches = {}
        for row in plain_rows:
            same_person = employees.get(row.employee_ref)
            if same_person:
                matches[row.id] = (same_person.id, "same")
                continue
            snapshot = row.snapshot or {}
            match_ = matcher.find(
                number=row.employee_number,
                emails=map(
                    email_key,
                    (snapshot.get("work_email"), snapshot.get("email"), row.email),
                ),
                birthday=row.birthday,
                name=row.name,
            )
            if match_:
                matches[row.id] = match_
        return matches

    def _linked_by_ref(self, company):
        """{employee_ref: hr.employee} of the people of ``self`` already linked.

        An employment that Loket no longer gives still tells who somebody is, unless
        its employee was linked to somebody else since.
        """
        # As the system: a person may be linked where this user may not look.
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
        # As the system: whom to choose from doesn't depend on who looks.
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
        return match.Matcher(
            match.Candidate(
                employee.id,
                employee.barcode or None,
                (email_key(employee.work_email), email_key(employee.private_email)),
                employee.birthday or None,
                employee.name,
            )
            for employee in employees
        )

    # === WHAT IS WRONG AMONG EMPLOYMENTS === #

    def _number_clashes(self):
        """{row: what is wrong} for rows whose number is another person's elsewhere."""
        others = self._as_system().search(
            LIVE
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("payroll_number", "in", self.mapped("payroll_number"))
            & Domain("payroll_number", "!=", 0)
        )
        return self._judged(match.number_clashes, others)

    def _wrong_links(self):
        """{row: what is wrong} for new links to an employee who is another person's."""
        others = self._as_system().search(
            LIVE
            & Domain("employee_id", "in", self.filtered("to_apply").employee_id.ids)
        )
        return self._judged(match.wrong_links, others)

    def _as_system(self):
        """Employments of others count too, also where this user may not look."""
        return self.env["loket.employee"].sudo()

    def _judged(self, judge, others):
        problems = judge(self._plain(), others._plain())
        return {
            self.browse(row.id): translated(self.env, problem)
            for row, problem in problems.items()
        }

    def _flag_clashes(self):
        """Show on each row that clashes what is wrong; returns those rows."""
        clashes = self._number_clashes()
        for row, problem in clashes.items():
            row.problem = problem
        return self.browse([row.id for row in clashes])

    def _refuse_wrong_links(self):
        """Undo links to an employee who is another person's; returns those rows.

        Judged for all rows together: of two people linked to one employee at once,
        nobody can tell who it is.
        """
        wrong = self._wrong_links()
        for row, problem in wrong.items():
            row.write({"employee_id": False, "problem": problem})
        return self.browse([row.id for row in wrong])
