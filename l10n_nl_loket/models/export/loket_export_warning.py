# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ...payroll import rank_of
from ..booking.loket_booking import HOURS
from ..sentence import Sentence
from .loket_export_left_out import RANKS, REASONS

#: Where each reason is corrected. A code is corrected where its source is mapped.
FIXES = {
    "not_linked": "employments",
    "undecided": "employments",
    "undecided_elsewhere": "linked",
    "delivered": "linked",
    "no_employment": "linked",
    "not_in_loket": "linked",
    "no_payroll_number": "linked",
    "number_waits": "linked",
    "shared_number": "linked",
    "salaried": "linked",
    "salaried_question": "linked",
    "no_cost_center": "department",
    "unknown_unit": "department",
    "bad_unit": "department",
    "other_period": "bookings",
    "foreign_unit": "bookings",
    "negative": "bookings",
    "too_many": "bookings",
}
#: Of what each correction needs the right to write it; the others are the clerk's own.
CORRECTED_IN = {
    "employments": "loket.employee",
    "linked": "loket.employee",
    "codes": "loket.component.mapping",
    "department": "loket.department.mapping",
    "employee": "hr.employee",
}
#: What asks nothing of HR: it is elsewhere already, or is asked by itself.
NOT_ASKED = {"delivered", "salaried_question"}
NAMES_SHOWN = 3


class LoketExportWarning(models.Model):
    """What is not in a payroll file for one reason, and the way to correct it."""

    _name = "loket.export.warning"
    _description = "Warning of a Loket Payroll File"
    _inherit = "loket.walls"
    # What blocks, then what may be left out, then what a rule leaves out.
    _order = "export_id, blocking desc, rank, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    reason = fields.Selection(REASONS, required=True)
    detail = Sentence()
    rank = fields.Selection(RANKS, compute="_compute_rank", store=True, string="To do")
    blocking = fields.Boolean(compute="_compute_rank", store=True)
    booking_kind = fields.Char(
        help="The kind of booking that it is about, also where that has no source."
    )
    work_entry_type_id = fields.Many2one("hr.work.entry.type", ondelete="set null")
    wage_component_id = fields.Many2one("hr.wage.component", ondelete="set null")
    department_id = fields.Many2one("hr.department", ondelete="set null")
    left_out_ids = fields.One2many("loket.export.left.out", "warning_id")
    people = fields.Char(compute="_compute_people")
    hours = fields.Float(compute="_compute_people", digits=(16, 2))
    value = fields.Float(
        compute="_compute_people",
        digits=(16, 2),
        help="The value of wage entries, in the component's unit.",
    )
    fix = fields.Selection(
        [
            ("employments", "Employments in Loket"),
            ("linked", "Their employments"),
            ("codes", "Component codes"),
            ("department", "Cost centers"),
            ("employee", "Employees"),
            ("bookings", "What is booked"),
        ],
        compute="_compute_fix",
    )
    is_for_hr = fields.Boolean(
        "For HR",
        compute="_compute_is_for_hr",
        help="Somebody of HR can correct this, and you can't.",
    )

    @api.depends("reason")
    def _compute_rank(self):
        for warning in self:
            warning.rank = rank_of(warning.reason)
            warning.blocking = warning.rank == "blocking"

    @api.depends("reason", "detail", "booking_kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for warning in self:
            name = warning._reason_in_words(warning.reason)
            warning.display_name = (
                f"{name}: {warning.detail}" if warning.detail else name
            )

    def _kind(self):
        """The kind of booking that this is about; None when it is about no one kind."""
        bookings = self.env["loket.booking"]
        # What was looked up by an earlier version has its source only.
        return bookings._kind_named(self.booking_kind) or bookings._kind_of(self)

    def _reason_in_words(self, reason):
        """A reason as a person reads it; each kind of booking has words of its own."""
        kind = self._kind() if self else None
        if reason == "no_code" and kind:
            return self.env._(kind.without_code)
        return dict(self._fields["reason"]._description_selection(self.env))[reason]

    def _quantity_in_words(self, hours, value):
        """How much of it is not in the file: hours, euros, days, or a number.

        Hours and values are never one number. Also of an empty warning.
        """
        bookings = self.env["loket.booking"]
        parts = [] if value and not hours else [bookings._hours_in_words(hours)]
        if value:
            kind = self._kind() if self else None
            source = kind and self.sudo()[kind.field]  # it is only named
            words = bookings._value_in_words(value, kind, source)
            parts.append(words if source else self.env._("value %s", words))
        return ", ".join(parts)

    def _number_in_words(self, problem):
        """How much it is of one person, beside a column that says what it is."""
        if problem.hours or not problem.value:
            return formatLang(self.env, problem.hours)
        return self._quantity_in_words(0, problem.value)

    @api.depends("left_out_ids.name", "left_out_ids.hours", "left_out_ids.value")
    @api.depends_context("lang")
    def _compute_people(self):
        for warning in self:
            problems = warning.left_out_ids
            warning.hours = sum(problems.mapped("hours"))
            warning.value = sum(problems.mapped("value"))
            largest = problems.sorted(
                lambda problem: (-abs(problem.hours or problem.value), problem.name)
            )
            warning.people = ", ".join(
                f"{problem.name} ({warning._number_in_words(problem)})"
                for problem in largest[:NAMES_SHOWN]
            )
            if len(largest) > NAMES_SHOWN:
                warning.people = self.env._(
                    "%(names)s and %(count)s more",
                    names=warning.people,
                    count=len(largest) - NAMES_SHOWN,
                )

    @api.depends(
        lambda self: [
            "reason",
            "booking_kind",
            "department_id",
            *self.pool["loket.booking"]._source_fields(),
        ]
    )
    def _compute_fix(self):
        for warning in self:
            fix = FIXES.get(warning.reason)
            if fix == "department" and not warning.department_id:
                fix = "employee"
            elif not fix:
                # What has no source can't be given a code: it is to be given a source.
                kind = warning._kind()
                fix = "codes" if kind and warning[kind.field] else "bookings"
            warning.fix = fix

    @api.depends("fix", "reason", "rank")
    @api.depends_context("uid")
    def _compute_is_for_hr(self):
        may = {
            model: self.env[model].has_access("write")
            for model in set(CORRECTED_IN.values())
        }
        for warning in self:
            needs_hr = warning._needs_hr()
            warning.is_for_hr = needs_hr and not may[CORRECTED_IN[warning.fix]]

    def _needs_hr(self):
        """Whether this is corrected by who manages employees or the connection."""
        return (
            self.fix in CORRECTED_IN
            and self.rank != "rule"
            and self.reason not in NOT_ASKED
        )

    # === THE WAY TO CORRECT IT === #

    def action_fix(self):
        """Open what has to be corrected."""
        self.check_access("read")
        self.ensure_one()
        return getattr(self, f"_fix_{self.fix}")()

    def action_bookings(self):
        """What these people booked in the period, of the kind that it is about.

        :raise UserError: this person may not see it; says whom to ask
        """
        self.check_access("read")
        self.ensure_one()
        # What is wrong with somebody, and not with a booking, is about the hours first.
        kind = self._kind() or HOURS
        domain = []
        if self._kind():  # of that source, or those that have none
            domain = [(kind.field, "=", self[kind.field].id)]
        return getattr(self.export_id, kind.look)(self._employees(), domain)

    def _employees(self):
        """Whom it is about; as superuser, for a clerk need not see employees."""
        return self.left_out_ids.sudo().employee_id

    def _fix_employments(self):
        """What is to be decided on; when nothing is, the people themselves.

        Somebody who is not linked waits for a decision, or is not in Loket at all.
        """
        connection = self.export_id.connection_id
        if not self.env["loket.employee"].has_access("write"):
            raise UserError(
                self.env._(
                    "Ask the HR manager to link these employees to Loket: %(names)s.",
                    names=", ".join(self._employees().mapped("name")),
                )
            )
        if connection.employees_pending:
            return connection.action_employees()
        return self._fix_employee()

    def _fix_linked(self):
        """The employments of these people that are linked."""
        connection = self.export_id.connection_id
        return connection._table_action(
            "action_loket_employee_links",
            [("employee_id", "in", self._employees().ids)],
        )

    def _fix_codes(self):
        """The table of codes of the kind of booking that it is about."""
        kind = self._kind()
        return self._mapping_action("loket.component.mapping", kind.correct, kind.field)

    def _fix_department(self):
        """The table of departments and cost centers."""
        return self._mapping_action(
            "loket.department.mapping", "action_departments", "department_id"
        )

    def _mapping_action(self, model, method, field):
        """The table that lacks something, on the line that lacks it.

        :param model: of the table
        :param method: of the connection, that completes the table and opens it
        :param field: of the table and of this warning: what the line is of
        """
        connection = self.export_id.connection_id
        if not self.env[model].has_access("write"):
            raise UserError(
                self.env._(
                    "Ask the HR manager to correct this on the connection "
                    "%(connection)s: %(what)s.",
                    connection=connection.name,
                    what=self.display_name,
                )
            )
        action = getattr(connection, method)()
        action["context"][f"search_default_{field}"] = self[field].id
        return action

    def _fix_bookings(self):
        """The bookings themselves."""
        return self.action_bookings()

    def _fix_employee(self):
        """The people themselves, who have no department, or are not in Loket.

        :raise UserError: this person may not change them; says whom to ask
        """
        employees = self._employees()
        if not self.env["hr.employee"].has_access("write"):
            raise UserError(
                self.env._(
                    "Ask somebody of HR to fill in the department of %(names)s.",
                    names=", ".join(employees.mapped("name")),
                )
            )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "hr.open_view_employee_list"
        )
        return {
            **action,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", employees.ids)],
            "context": {},
        }
