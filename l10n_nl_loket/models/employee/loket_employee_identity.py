# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...people import match, one_person
from ...people.known import LINKED
from ...people.names import number_key
from ..translated import translated
from ..walls import hidden
from .loket_employee import LIVE
from .what_matching_reads import email_keys, find, found_for

#: Of how many employees a reason tells the names.
NAMED = 3


class LoketEmployee(models.Model):
    """Who an employment is of: in Odoo, and among the employments of Loket."""

    _inherit = "loket.employee"

    number_key = fields.Char(
        "Number as It Compares",
        compute="_compute_number_key",
        store=True,
        index="btree_not_null",
        help="The personnel number as it compares: without leading zeros.",
    )
    has_number_clash = fields.Boolean(
        "Number of Two People",
        compute="_compute_has_number_clash",
        compute_sudo=True,
        help="Somebody else has this personnel number too.",
    )
    suggested_employee_id = fields.Many2one(
        "hr.employee",
        compute="_compute_suggestion",
        compute_sudo=True,
        string="Suggestion",
    )
    suggestion_reason = fields.Char(compute="_compute_suggestion", compute_sudo=True)
    suggestion_strength = fields.Selection(
        [("strong", "Strong"), ("weak", "Weak")],
        compute="_compute_suggestion",
        compute_sudo=True,
        help="A weak suggestion is for a person to look at: it is never linked "
        "together with others.",
    )
    may_be_double = fields.Boolean(
        compute="_compute_suggestion",
        compute_sudo=True,
        help="Adding would make another employee of somebody who may be in Odoo.",
    )

    @api.depends("employee_number")
    def _compute_number_key(self):
        for row in self:
            row.number_key = number_key(row.employee_number) or False

    @api.constrains("employee_id")
    def _check_employee_company(self):
        """Linked to employees of the connection's company and of its branches only."""
        # As the system: who decides need not see each company.
        for row_sudo in self.sudo().filtered("employee_id"):
            if row_sudo.company_id not in row_sudo.employee_id.company_id.parent_ids:
                raise ValidationError(
                    self.env._(
                        "%(employee)s is of another company than %(company)s or one of "
                        "its branches. Choose another employee for %(name)s.",
                        employee=row_sudo.employee_id.name,
                        company=row_sudo.company_id.name,
                        name=row_sudo.name,
                    )
                )

    # === WHOM IN ODOO IT MAY BE OF === #

    @api.depends(
        "decision", "employee_id", "employee_ref", "employee_number", "birthday", "name"
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_suggestion(self):
        self.suggested_employee_id = False
        self.suggestion_reason = False
        self.suggestion_strength = False
        self.may_be_double = False
        findings = self._findings_seen()
        suggested = {finding.employee_id for finding in findings.values()} - {None}
        links = self._links_to(suggested)
        named = {id_ for finding in findings.values() for id_ in finding.others[:NAMED]}
        # As the system, see ``_reason``; all at once.
        employees_sudo = self.env["hr.employee"].sudo().browse(suggested | named)
        employees_sudo.fetch(["active", "company_id", "name"])
        for row, finding in findings.items():
            row.suggested_employee_id = finding.employee_id
            row.suggestion_reason = row._reason(finding, links)
            row.may_be_double = finding.may_be_double
            if finding.employee_id:
                strength = "strong" if finding.is_strong else "weak"
                row.suggestion_strength = strength

    def _findings_seen(self):
        """The same as ``_findings``, without employees whom this person may not see.

        That there is somebody is told nevertheless: adding would make a double.
        """
        findings = self._findings()
        # As the person who asks, also where a field is computed with more rights.
        employees = self.env(su=False)["hr.employee"].browse(
            {
                id_
                for finding in findings.values()
                for id_ in (finding.employee_id, *finding.others)
                if id_
            }
        )
        unseen = set(hidden(employees).ids)
        return {
            row: finding._replace(
                employee_id=None
                if finding.employee_id in unseen
                else finding.employee_id,
                others=tuple(id_ for id_ in finding.others if id_ not in unseen),
            )
            for row, finding in findings.items()
        }

    def _findings(self):
        """Whom those of these rows may be who are not linked, looked at all at once.

        Of thousands, the fields of a suggestion would be computed a part at a time.

        :return: {row: people.match.Finding}
        """
        findings = {}
        # Of thousands, what Loket told last is not needed.
        self.filtered("id").fetch(["company_id", "employee_id"])
        open_rows = self.filtered(lambda row: not row.employee_id)
        for company, rows in open_rows.grouped("company_id").items():
            if not company:  # of a form that names no connection yet
                findings |= dict.fromkeys(rows, match.Finding())
                continue
            # What a form has of them is nowhere written.
            asked = rows.filtered(lambda row: not row.id)
            found = find(company, asked._people()) if asked else found_for(company)
            findings |= {row: found[row.id] for row in rows}
        return findings

    def _people(self):
        """These as people for whom a match is sought, of what the records have."""
        for row in self._plain():
            snapshot = row.snapshot or {}
            told = (snapshot.get("work_email"), snapshot.get("email"), row.email)
            yield match.Person(row, email_keys(told))

    def _reason(self, finding, links):
        """Why this employee is suggested, or why nobody is; False where nobody fits.

        :param finding: people.match.Finding
        :param links: {id of an employee: the employments linked to it}
        """
        # As the system: whom it may be doesn't depend on who looks.
        employees_sudo = self.env["hr.employee"].sudo()
        if not finding.reason:
            return False
        if not finding.employee_id:
            names = employees_sudo.browse(finding.others[:NAMED]).mapped("name")
            unseen = self.env._("somebody whom you may not see")
            reason = self._reasons()[finding.reason]
            if "%(names)s" not in reason:
                return f"{reason}; {unseen}"
            return reason % {"names": ", ".join(names) or unseen}
        return "; ".join(
            [
                self._reasons()[finding.reason],
                *self._remarks(
                    employees_sudo.browse(finding.employee_id),
                    links.get(finding.employee_id, ()),
                ),
            ]
        )

    def _reasons(self):
        """{reason of people.match: the words for it}"""
        return {
            "same": self.env._("Same person in Loket"),
            "birthday": self.env._("Same birth date and name"),
            "email": self.env._("Same e-mail address"),
            "number": self.env._("Same number (badge)"),
            "alike": self.env._("Same birth date, and part of the name"),
            "name": self.env._("Same name, and nothing else to go by"),
            "several": self.env._("May be several: %(names)s"),
            "claimed": self.env._("%(names)s may be somebody else in Loket too"),
            "twice": self.env._("Twice in Loket, by birth date and name"),
            "renamed": self.env._("In Loket this was %(names)s before"),
            "contradicted": self.env._("Like %(names)s, but born on another day"),
        }

    def _remarks(self, employee, links):
        """What somebody has to know of an employee who is suggested.

        :param links: the employments linked to the employee, as plain values
        """
        company = self.company_id
        if not employee.active:
            yield self.env._("former employee (archived)")
        if employee.company_id != company:
            yield self.env._(
                "employee of %(company)s", company=employee.company_id.name
            )
        others = [link for link in links if link.connection.id != self.connection_id.id]
        if others and others[0].connection.company_id == company.id:
            yield self.env._(
                "linked through %(connection)s", connection=others[0].connection.name
            )
        elif links:
            yield self.env._("linked already")

    def _linked_by_ref(self, company):
        """{employee_ref: linked employments as plain values} of the people of ``self``.

        An employment that Loket no longer gives still tells who somebody is, unless
        its employee was linked to somebody else since. The last ones count most.
        """
        # As the system: a person may be linked where this user may not look.
        linked_sudo = self.sudo().search(
            Domain("company_id", "child_of", company.id)
            & Domain("employee_ref", "in", self.mapped("employee_ref"))
            & Domain("employee_ref", "!=", False)
            & Domain("employee_id", "!=", False)
        )
        live_sudo = linked_sudo._live()
        past_sudo = linked_sudo.filtered(
            lambda row: not row.employee_id.loket_employee_ids._live()
        )
        links = defaultdict(list)
        for row in (*past_sudo._plain(), *live_sudo._plain()):
            links[row.employee_ref].append(row)
        return links

    @api.model
    def _links_to(self, employee_ids):
        """{id of an employee: live employments linked to it, as plain values}"""
        # As the system: who is suggested is told of, whoever looks.
        linked_sudo = self.sudo().search(
            LIVE & Domain("employee_id", "in", employee_ids)
        )
        links = defaultdict(list)
        for row in linked_sudo._plain():
            links[row.employee_id].append(row)
        return links

    # === WHAT IS WRONG AMONG EMPLOYMENTS === #

    def _number_clashes(self):
        """{row: what is wrong} for rows whose number is another person's too."""
        return self._by_row(one_person.number_clashes(*self._number_holders()))

    def _with_number_clash(self):
        """Those of these rows whose number is another person's too."""
        clashes = one_person.clashing_with(*self._number_holders())
        return self.browse([row.id for row in clashes])

    def _number_holders(self):
        """These rows, all that have one of their numbers, and the pairs that may."""
        # As the system: employments count too where this user may not look.
        others_sudo = self.sudo().search(
            LIVE
            & Domain("number_key", "in", self.mapped("number_key"))
            & Domain("number_key", "!=", False)
        )
        return self._plain(), others_sudo._plain(), self._shared_numbers()

    # === A NUMBER THAT TWO PEOPLE MAY HAVE === #

    @api.depends("employee_number", "decision", "employee_id", "name", "birthday")
    def _compute_has_number_clash(self):
        clashing = self._with_number_clash()
        for row in self:
            row.has_number_clash = row in clashing

    def action_share_number(self):
        """These people may keep the number that somebody else has too.

        Asked once for each pair and number. What waited for it is carried out.

        :raise UserError: nobody else has any of these numbers
        """
        self.check_access("write")
        # As the system: the other one may be where this user may not look.
        rows_sudo = self.sudo()
        clashes = one_person.clashing_with(*rows_sudo._number_holders())
        if not clashes:
            raise UserError(
                self.env._("Nobody else has the personnel number of any of these.")
            )
        pairs = {
            one_person.shared_number(row, other)
            for row, others in clashes.items()
            for other in others
        }
        self.env["loket.shared.number"].sudo().create(
            [pair._asdict() for pair in pairs]
        )
        involved_sudo = rows_sudo.browse(
            {id_ for pair in pairs for id_ in (pair.first_id, pair.second_id)}
        )
        freed_sudo = involved_sudo - involved_sudo._with_number_clash()
        # Those of a company that this user may not see are carried out in its night.
        freed = freed_sudo.with_env(self.env)._filtered_access("write")
        freed.sudo().problem = False
        waiting = freed.filtered(
            lambda row: row.decision in LINKED and row.to_apply and not row.is_queued
        )
        clashing = {row.id for row in clashes}
        skipped = self.filtered(lambda row: row.id not in clashing)
        if waiting:
            return waiting._carry_out(skipped=skipped)
        return self._tell_skipped(skipped)

    def _shared_numbers(self):
        """The numbers that people among these share with somebody, as plain values."""
        # As the system: that somebody said yes counts for everybody.
        pairs_sudo = (
            self.env["loket.shared.number"]
            .sudo()
            .search(
                Domain("first_id", "in", self.ids) | Domain("second_id", "in", self.ids)
            )
        )
        return frozenset(
            one_person.SharedNumber(pair.first_id.id, pair.second_id.id, pair.number)
            for pair in pairs_sudo
        )

    # === LINKS THAT ARE WRONG === #

    def _wrong_links(self):
        """{row: what is wrong} for new links to an employee who is another person's."""
        new = self.filtered(lambda row: row.to_apply and row.employee_id)
        # As the system: employments count too where this user may not look.
        others_sudo = self.sudo().search(
            LIVE & Domain("employee_id", "in", new.employee_id.ids)
        )
        return self._by_row(one_person.wrong_links(new._plain(), others_sudo._plain()))

    def _wrong_link_to(self, employee):
        """What would be wrong with linking this row to ``employee``, or None."""
        self.ensure_one()
        # As the system: employments count too where this user may not look.
        others_sudo = self.sudo().search(LIVE & Domain("employee_id", "=", employee.id))
        (row,) = self._plain()
        link = replace(
            row, employee_id=employee.id, employee_name=employee.name, to_apply=True
        )
        problem = one_person.wrong_links([link], others_sudo._plain()).get(link)
        return translated(self.env, problem)

    def _by_row(self, problems):
        """{row: what is wrong} in the user's language, of the same on plain values."""
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
