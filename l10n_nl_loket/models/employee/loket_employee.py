# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import sys
from datetime import timedelta
from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...people.known import LINKED, Connection, Row
from ...people.privacy import NOT_KEPT
from ...people.shifts import from_json
from ..connection.loket_connection import SALARIED_HOURS
from ..plain_json import PlainJson
from ..sentence import Sentence, unpack
from ..translated import translated

#: The employments that count: Loket gives them, over a connection that is in use.
LIVE = Domain("in_loket", "=", True) & Domain("connection_id.active", "=", True)

#: Fields of a row of ``people.known``, by whether they can have no value.
PLAIN = (
    "check_department",
    "decision",
    "employment_ref",
    "hours_by_loket",
    "in_loket",
    "is_forgotten",
    "is_on_call",
    "is_queued",
    "name",
    "payroll_number",
    "shift",
    "to_apply",
)
PLAIN_OR_NONE = (
    "birthday",
    "contract_end_date",
    "department_name",
    "email",
    "employee_number",
    "employee_ref",
    "end_date",
    "held",
    "other_person",
    "problem",
    "shifts",
    "snapshot",
    "start_date",
    "to_come",
    "checks",
    "vanished_on",
)
#: All fields that ``_plain`` reads of an employment: more of them go in here too.
PLAIN_FIELDS = (*PLAIN, *PLAIN_OR_NONE, "connection_id", "employee_id")
#: All that ``plain_connection`` reads, beside the tree of companies.
CONNECTION_FIELDS = ("company_id", "name", "active")


def _plain_value(value):
    """A value, or None; of what is read of JSON, each name is in memory only once."""
    if isinstance(value, dict):
        return {sys.intern(name): one for name, one in value.items()} or None
    return value or None


def plain_connection(connection):
    """A loket.connection as plain values."""
    company = connection.company_id
    return Connection(
        connection.id,
        company.id,
        connection.name,
        connection.active,
        company.root_id.id,
    )


class LoketEmployee(models.Model):
    """One employment in Loket, and what we decided about it.

    Synchronising makes and refreshes the rows; a person decides; ``action_apply``
    carries the decision out. A row with ``employee_id`` is linked.
    """

    _name = "loket.employee"
    _description = "Employment in Loket"
    _inherit = "loket.walls"
    _order = "name, start_date, id"

    # What Loket tells, and how far it is carried out, is read-only: nobody writes it by
    # hand (see ``loket.walls``).
    connection_id = fields.Many2one(
        "loket.connection",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    employee_ref = fields.Char(
        "Employee in Loket", readonly=True, copy=False, index=True
    )
    employment_ref = fields.Char(
        "Employment in Loket", required=True, readonly=True, copy=False
    )
    employee_number = fields.Char(readonly=True)
    payroll_number = fields.Integer(
        readonly=True, aggregator=None, help="The persnr of the file."
    )
    name = fields.Char(required=True, readonly=True)
    birthday = fields.Date(readonly=True, groups="hr.group_hr_user")
    email = fields.Char("E-mail", readonly=True, groups="hr.group_hr_user")
    department_name = fields.Char("Department in Loket", readonly=True)
    start_date = fields.Date(readonly=True)
    end_date = fields.Date(readonly=True)
    contract_end_date = fields.Date(
        "Contract Until",
        readonly=True,
        help="The end of the employment, else that of a temporary contract.",
    )
    shift = fields.Integer(readonly=True, aggregator=None)
    shifts = PlainJson(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="The first day and the number of each shift (see people/shifts.py).",
    )
    shift_history = fields.Char(
        "Earlier Shifts",
        compute="_compute_shift_history",
        compute_sudo=True,
        help="Hours go to the shift of their own day.",
    )
    is_on_call = fields.Boolean("On Call", readonly=True, copy=False)
    hours_by_loket = fields.Boolean(
        "Hours by Loket",
        readonly=True,
        copy=False,
        help="Loket works out the hours by itself, as of a fixed salary. Where it does "
        "not say so: whoever is not on call.",
    )
    payslips_tried = fields.Datetime(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="When payslips were asked for last, whatever came of it.",
    )
    payslips_asked = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="What was asked of payslips, and answered (see people/payslips.py).",
    )
    salaried_hours = fields.Selection(
        SALARIED_HOURS,
        "Normal Hours on a Fixed Salary",
        copy=False,
        help="Empty: as the connection says.",
    )
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
    outcome = fields.Selection(
        [
            ("pending", "To decide"),
            ("add", "Add"),
            ("added", "Added"),
            ("link", "Link"),
            ("linked", "Linked"),
            ("ignore", "Not imported"),
        ],
        "What Was Decided",
        compute="_compute_outcome",
    )
    # Of the company or a branch of it, which check_company would refuse.
    employee_id = fields.Many2one("hr.employee", copy=False, index="btree_not_null")
    times_unlinked = fields.Integer(
        readonly=True,
        copy=False,
        groups="base.group_system",
        aggregator=None,
        export_string_translation=False,
        help="How often its employee was taken from it. Who goes and comes back may be "
        "paid by others meanwhile: what was known of before is known no more.",
    )
    made_employee = fields.Boolean(
        readonly=True,
        copy=False,
        help="Adding made the employee, who was not in Odoo before.",
    )
    to_apply = fields.Boolean(
        "To Be Carried Out",
        readonly=True,
        copy=False,
        help="The decision, or the employee to link to, was not carried out yet.",
    )
    is_queued = fields.Boolean(
        "Being Carried Out",
        readonly=True,
        copy=False,
        help="The decision waits to be carried out in the background.",
    )
    asked_by_id = fields.Many2one(
        "res.users",
        "Asked by",
        readonly=True,
        copy=False,
        help="Whose decision it is: it is carried out as far as that person may.",
    )
    check_department = fields.Boolean("Department to Check", readonly=True, copy=False)
    check_email = fields.Boolean("E-mail to Check", readonly=True, copy=False)
    to_check = fields.Boolean(
        compute="_compute_to_check",
        store=True,
        help="Something of it can't be taken over by itself, and nobody has looked at "
        "it yet: department, e-mail, hours, wage, contract.",
    )
    check_reasons = fields.Text("Why", compute="_compute_check_reasons")
    checks = PlainJson(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="What there is, or was, to look at (see people/checks.py).",
    )
    to_come = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="The parts of its contract that Loket has not told yet, with commas.",
    )
    # Not related fields: Odoo searches, sorts and groups by those whoever asks.
    employee_department_id = fields.Many2one(
        "hr.department",
        "Department in Odoo",
        compute="_compute_in_odoo",
        compute_sudo=True,
        inverse="_inverse_employee_department_id",
        groups="hr.group_hr_user",
    )
    employee_work_email = fields.Char(
        "E-mail in Odoo",
        compute="_compute_in_odoo",
        compute_sudo=True,
        inverse="_inverse_employee_work_email",
        groups="hr.group_hr_user",
    )
    problem = Sentence(readonly=True, copy=False)
    in_loket = fields.Boolean(
        "Present in Loket",
        default=True,
        readonly=True,
        help="Whether Loket still gave this employment in the last synchronisation.",
    )
    is_forgotten = fields.Boolean(
        "Deleted",
        readonly=True,
        copy=False,
        help="The person was deleted in Odoo: only reference and number are kept.",
    )
    gets_hours = fields.Boolean(
        "Gets the Hours",
        copy=False,
        help="Of two employments that run at once, the hours go to this one. Where "
        "nobody chose, they go to the one that started last.",
    )
    hours_project_ids = fields.Many2many(
        "project.project",
        "loket_employee_hours_project_rel",
        string="Hours on These Projects",
        copy=False,
        help="Of two employments that run at once, hours on these projects go to this "
        "one.",
    )
    last_sync_date = fields.Datetime("Last Change", readonly=True, copy=False)
    connection_sync_date = fields.Datetime(
        "Last Synchronisation", related="connection_id.last_sync_date"
    )
    snapshot = PlainJson(readonly=True, copy=False, groups="base.group_system")
    told_digest = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        export_string_translation=False,
        help="What tells whether Loket tells the same as in the last whole night.",
    )
    _employment_unique = models.UniqueIndex("(connection_id, employment_ref)")

    @api.depends("name", "payroll_number", "connection_id", "start_date", "end_date")
    @api.depends_context("loket_employment", "lang")
    def _compute_display_name(self):
        """The name; with ``loket_employment`` what tells one person's jobs apart."""
        apart = self.env.context.get("loket_employment")
        for employment in self:
            employment.display_name = (
                employment._in_words() if apart else employment.name
            )

    def _in_words(self):
        """An employment as a clerk knows it from another: number, link and days."""
        start, end = (
            format_date(self.env, day) if day else "…"
            for day in (self.start_date, self.end_date)
        )
        return self._number_in_words(f"{start} - {end}")

    def _number_in_words(self, *details):
        """An employment by its payroll number and link. Maybe empty."""
        return self.env._(
            "payroll number %(number)s (%(details)s)",
            number=self.payroll_number or "-",
            details=", ".join((self.connection_id.name or "-", *details)),
        )

    @api.depends("employee_id.department_id", "employee_id.work_email")
    def _compute_in_odoo(self):
        for row in self:
            row.employee_department_id = row.employee_id.department_id
            row.employee_work_email = row.employee_id.work_email

    def _inverse_employee_department_id(self):
        for row in self:
            row.employee_id.department_id = row.employee_department_id

    def _inverse_employee_work_email(self):
        for row in self:
            row.employee_id.work_email = row.employee_work_email

    @api.depends("decision", "employee_id", "to_apply", "is_queued")
    def _compute_outcome(self):
        """The decision and, once it is carried out, what came of it."""
        done = {"add": "added", "link": "linked"}
        for row in self:
            is_done = row.employee_id and not (row.to_apply or row.is_queued)
            row.outcome = is_done and done.get(row.decision) or row.decision

    @api.depends("check_department", "check_email", "checks")
    def _compute_to_check(self):
        # As the system: what is kept is not for users, whether there is any is.
        for row, row_sudo in zip(self, self.sudo(), strict=True):
            row.to_check = (
                row.check_department
                or row.check_email
                or any(not entry["seen"] for entry in (row_sudo.checks or {}).values())
            )

    @api.depends("check_department", "check_email", "checks")
    @api.depends_context("lang")
    def _compute_check_reasons(self):
        for row in self:
            row.check_reasons = "\n".join(row._reasons_to_check())

    def _reasons_to_check(self):
        """What a person has to look at and has not, in sentences."""
        self.ensure_one()
        # As the system: what is kept is not for users, the sentences in it are.
        checks = self.sudo().checks or {}
        reasons = [
            translated(self.env, unpack(entry["text"]))
            for entry in checks.values()
            if not entry["seen"]
        ]
        if self.check_department and checks.get("department", {"seen": 1})["seen"]:
            reasons.append(self._lt("The department differs from Loket's."))
        if self.check_email:
            reasons.append(self._lt("The work e-mail differs from Loket's."))
        return reasons

    @api.depends("shifts")
    @api.depends_context("lang")
    def _compute_shift_history(self):
        """The shifts of before, each with its last day."""
        for row in self:
            history = from_json(row.shifts)
            row.shift_history = ", ".join(
                self.env._(
                    "%(shift)s until %(day)s",
                    shift=shift or self.env._("none"),
                    day=format_date(self.env, following - timedelta(days=1)),
                )
                for (_first, shift), (following, _shift) in pairwise(history)
            )

    @api.constrains("decision", "employee_id")
    def _check_link(self):
        for row in self:
            if row.employee_id and row.decision not in LINKED:
                raise ValidationError(
                    self.env._(
                        "%(name)s is linked to an employee; a linked employment is "
                        "either added or linked. Unlink it first.",
                        name=row.name,
                    )
                )

    def write(self, vals):
        """Another decision, or another employee, is yet to be carried out.

        Of whoever is not imported, number and name are kept.
        """
        follows, decision = {}, vals.get("decision")
        if not {"decision", "employee_id"}.isdisjoint(vals):
            follows = {"to_apply": True, "asked_by_id": self.env.uid}
        if "employee_id" in vals:
            follows["made_employee"] = False
        if decision and decision != "ignore":
            follows["is_forgotten"] = False
        follows = {name: follows[name] for name in follows if name not in vals}
        if decision == "ignore":
            follows |= {name: value or False for name, value in NOT_KEPT.items()}
            follows |= {"checks": False, "held": False, "to_come": False}
        # As superuser, who links need not see employees. Of whom none was linked yet
        # there is nothing to drop, so that adding many asks nothing more.
        relinked = self.sudo().filtered("employee_id") if "employee_id" in vals else ()
        result = super().write(vals)
        if follows:
            # As superuser: who decides need not see, nor write, all that follows.
            super(LoketEmployee, self.sudo()).write(follows)
        if relinked:
            relinked._drop_payslips()
            for times, rows in relinked.grouped("times_unlinked").items():
                super(LoketEmployee, rows).write({"times_unlinked": times + 1})
        return result

    def _drop_payslips(self):
        """Keep none that was fetched for somebody else than is linked now."""
        rows_sudo = self.sudo()  # whoever links need not see payslips
        payslips_sudo = (
            self.env["loket.payslip"]
            .sudo()
            .search([("loket_employee_id", "in", self.ids)])
        )
        payslips_sudo.filtered(
            lambda one: one.employee_id != one.loket_employee_id.employee_id
        ).unlink()
        rows_sudo.filtered("payslips_asked").payslips_asked = False

    def _live(self):
        """Those that count: Loket gives them, over a connection that is in use."""
        return self.filtered_domain(LIVE)

    def _own_unit(self):
        """The number of the distribution unit that Loket tells; may be empty."""
        return (self.snapshot or {}).get("distribution_unit")

    def _plain(self):
        """These employments as plain values, in the same order.

        As the system: who may decide need not read all that decides who is who.
        """
        rows_sudo = self.sudo()
        connections = rows_sudo.connection_id
        # A row on a new form may be of no connection yet.
        plain_connections = {
            connection: plain_connection(connection)
            for connection in (*connections, connections.browse())
        }
        return [
            Row(
                id=row.id,
                connection=plain_connections[row.connection_id],
                employee_id=row.employee_id.id or None,
                employee_name=row.employee_id.name or None,
                **{name: _plain_value(row[name]) for name in PLAIN_OR_NONE},
                **{name: row[name] for name in PLAIN},
            )
            for row in rows_sudo
        ]

    def action_open(self):
        """Go to where what is wrong is put right."""
        self.check_access("read")
        return self._open_action()

    def _open_action(self):
        """The employee in Odoo or, while there is none, the employment itself."""
        self.ensure_one()
        return (self.employee_id or self).get_formview_action()
