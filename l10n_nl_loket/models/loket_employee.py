# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from . import employee_vals
from .employee_match import Candidate, Matcher

LINKED = ("add", "link")


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
    payroll_number = fields.Integer(help="The persnr of the file.")
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
    shift = fields.Integer()
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
    snapshot = fields.Json(copy=False, groups="base.group_system")
    suggested_employee_id = fields.Many2one(
        "hr.employee",
        compute="_compute_suggestion",
        compute_sudo=True,
        string="Suggestion",
    )
    suggestion_reason = fields.Char(compute="_compute_suggestion", compute_sudo=True)

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

    # === SUGGESTIONS === #

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

    # === DECISIONS === #

    def action_add(self):
        """Decide to add, and do it."""
        return self._decide("add")

    def action_ignore(self):
        """Decide not to import; remembered until someone decides otherwise."""
        return self._decide("ignore")

    def action_link_suggestion(self):
        """Link every row of the selection that has a suggestion to it."""
        rows = self.filtered(lambda row: row.suggested_employee_id)
        if not rows:
            raise UserError(
                self.env._("None of these has a suggestion. Link them one by one.")
            )
        for row in rows:
            row.write({"decision": "link", "employee_id": row.suggested_employee_id.id})
        return rows.action_apply()

    def action_reset(self):
        """Undo the decision. The employee in Odoo stays as it is."""
        self.check_access("write")
        self.write({"decision": "pending", "employee_id": False})

    def _decide(self, decision):
        self.filtered(lambda row: not row.employee_id).decision = decision
        return self.action_apply()

    def action_apply(self):
        """Carry out the decisions. One bad row is shown and never stops the others.

        Add makes an employee; link takes name and address over and leaves department
        and e-mail. Needs no rights on employees: deciding is the right.
        """
        self.check_access("write")
        rows = self.sudo()
        countries = rows._countries()
        for row in rows.filtered(lambda row: row.decision in LINKED) - (
            rows._flag_clashes()
        ):
            try:
                with self.env.cr.savepoint():
                    row._apply(countries)
            except (UserError, ValidationError) as error:
                row.problem = str(error.args[0])
        return True

    def _apply(self, countries):
        """Carry out the decision of one row."""
        self.ensure_one()
        if self.decision == "link" and not self.employee_id:
            raise UserError(
                self.env._("%(name)s: choose the employee to link to.", name=self.name)
            )
        if not self.employee_id and not self.snapshot:
            raise UserError(
                self.env._(
                    "%(name)s: Loket's data is not here yet. Synchronise first.",
                    name=self.name,
                )
            )
        if not self.employee_id:
            same = self._linked_by_ref(self.company_id).get(self.employee_ref)
            self.employee_id = same or self._create_employee(countries)
        self._update_employee({}, countries)
        self.problem = False

    def _create_employee(self, countries):
        """The new hr.employee, with the contract data that is taken over once."""
        told = self.snapshot
        vals = {
            **employee_vals.person_vals(told, {}, countries),
            **employee_vals.contract_vals(told),
            "company_id": self.company_id.id,
            "work_email": told["work_email"] or told["email"],
            "work_phone": told["work_phone"],
            "department_id": self._department().id,
            **self._contract_links(told),
        }
        return self.env["hr.employee"].with_company(self.company_id).create(vals)

    @api.model
    def _countries(self):
        return {
            country.code: country.id for country in self.env["res.country"].search([])
        }

    def _department(self):
        """The department whose cost center the employment has; empty when unclear."""
        told = self.snapshot
        keys = {told["distribution_unit"], told["department_name"]} - {None}
        mapped = self.env["loket.department.mapping"].search(
            [("connection_id", "=", self.connection_id.id)]
        )
        found = mapped.filtered(
            lambda line: (
                line.cost_center_id.code in keys or line.cost_center_id.name in keys
            )
        ).department_id
        if len(found) > 1:
            found = found.filtered(lambda one: one.name == told["department_name"])
        return found if len(found) == 1 else found.browse()

    def _contract_links(self, told):
        """Working hours, job and contract type of a new contract."""
        vals = {}
        if told["hours_per_week"]:
            vals["resource_calendar_id"] = self._calendar(
                float(told["hours_per_week"])
            ).id
        if told["job_title"]:
            vals["job_id"] = self._find_or_create(
                "hr.job", told["job_title"], company_id=self.company_id.id
            ).id
        names = {
            "permanent": self.env.ref("hr.contract_type_permanent", False),
            "temporary": self.env.ref("hr.contract_type_temporary", False),
        }
        kind = names.get(told["contract_type"])
        if kind:
            vals["contract_type_id"] = kind.id
        return vals

    def _find_or_create(self, model, name, **vals):
        domain = [("name", "=", name)] + [
            (field, "in", [value, False]) for field, value in vals.items()
        ]
        found = self.env[model].search(domain, limit=1)
        return found or self.env[model].create({"name": name, **vals})

    def _calendar(self, hours):
        """A working schedule of ``hours`` a week: the company's own if it fits."""
        Calendar = self.env["resource.calendar"]
        company = self.company_id
        for calendar in company.resource_calendar_id | Calendar.search(
            [("company_id", "in", [company.id, False])]
        ):
            if abs(calendar.hours_per_week - hours) < 0.01:
                return calendar
        day = hours / 5
        return Calendar.create(
            {
                "name": self.env._("%(hours)g hours a week", hours=hours),
                "company_id": company.id,
                "tz": company.resource_calendar_id.tz or "Europe/Amsterdam",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": self.env._("Working day"),
                            "dayofweek": str(weekday),
                            "hour_from": 8,
                            "hour_to": 8 + day,
                            "day_period": "full_day",
                        }
                    )
                    for weekday in range(5)
                ],
            }
        )

    # === TAKING OVER === #

    def _update_employee(self, before, countries):
        """Bring name, address and contract end of the linked employee up to date.

        :param before: the snapshot of the run before
        :return: {field: (old, new)} of what was written; empty when nothing differed
        """
        if not self.snapshot:  # made by hand: nothing of Loket to take over
            return {}
        changes = self._employee_changes(self.snapshot, before, countries)
        if changes:
            self.employee_id.write({name: new for name, (_old, new) in changes.items()})
        return changes

    def _employee_changes(self, told, before, countries):
        """{field: (old, new)} of what the linked employee lacks; writes nothing."""
        self.ensure_one()
        employee = self.employee_id
        vals = employee_vals.person_vals(told, before, countries) | self._end_vals()
        changes = {}
        for name, new in vals.items():
            old = employee._fields[name].convert_to_write(employee[name], employee)
            if (old or False) != (new or False):
                changes[name] = (old, new)
        return changes

    def _end_vals(self):
        """The contract end: the last one of the employments of the person.

        Odoo wants a start with every end, so an employee without contract gets both.
        """
        employee = self.employee_id
        jobs = employee.loket_employee_ids.filtered(
            lambda row: row.decision in LINKED and row.start_date
        )
        if not jobs:
            return {}
        ends = [row.contract_end_date or row.end_date for row in jobs]
        end = max(ends) if all(ends) else False
        if end and not employee.contract_date_start:
            start = min(jobs.mapped("start_date"))
            return {"contract_date_start": start, "contract_date_end": end}
        return {"contract_date_end": end} if employee.contract_date_start else {}

    # === CLASHES === #

    def _clashes(self):
        """{row: what is wrong} for rows whose number is another person's elsewhere.

        Loket wants a personnel number to be one person's in all administrations. One
        person in two administrations is no clash, under one number or two.
        """
        numbers = {row.payroll_number for row in self if row.payroll_number}
        others = defaultdict(list)
        for other in self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("payroll_number", "in", list(numbers)),
            ]
        ):
            others[other.company_id, other.payroll_number].append(other)
        clashes = {}
        for row in self:
            for other in others[row.company_id, row.payroll_number]:
                if row._is_another_person(other):
                    clashes[row] = self.env._(
                        "Number %(number)s is also that of %(other)s in "
                        "%(connection)s. Give one of them another number in Loket.",
                        number=row.payroll_number,
                        other=other.name,
                        connection=other.connection_id.name,
                    )
                    break
        return clashes

    def _is_another_person(self, other):
        """Whether ``other``, of another connection, is somebody else."""
        if other.connection_id == self.connection_id:
            return False
        same_ref = self.employee_ref and self.employee_ref == other.employee_ref
        same_person = (self.name, self.birthday) == (other.name, other.birthday)
        return not same_ref and not same_person

    def _flag_clashes(self):
        """Show on each row that clashes what is wrong; returns those rows."""
        clashes = self._clashes()
        for row, problem in clashes.items():
            row.problem = problem
        return self.browse([row.id for row in clashes])

    def _mark_missing(self):
        """Say that Loket no longer gives these; nothing is ended on that ground."""
        for row in self:
            row.write(
                {
                    "in_loket": False,
                    "problem": self.env._(
                        "Loket no longer gives this employment. Check in Loket whether "
                        "it was removed or hidden."
                    ),
                }
            )
