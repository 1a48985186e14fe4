# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a clerk looks at before the file is made, as it was looked up last."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...words import Number
from ..booking.loket_booking import HOURS, WAGES
from ..connection.loket_connection import SALARIED
from ..plain_html import plain_html
from ..told import as_read_by, keep_activity
from .loket_export_remark import NOT_HERE

#: The activity of whoever is to correct what a clerk can't.
ASK_HR = "l10n_nl_loket.mail_activity_type_ask_hr"


class LoketExport(models.Model):
    """What a clerk looks at before the file is made, as it was looked up last."""

    _inherit = "loket.export"

    checked_on = fields.Datetime(string="Looked up on", readonly=True, copy=False)
    row_count = fields.Integer(readonly=True, copy=False)
    employee_count = fields.Integer(string="Employees", readonly=True, copy=False)
    total_hours = fields.Float(digits=(16, 2), readonly=True, copy=False)
    line_ids = fields.One2many(
        "loket.export.line", "export_id", string="Cells", readonly=True
    )
    file_line_ids = fields.One2many(
        "loket.export.line",
        "export_id",
        string="Cells of the File",
        domain=[("in_file", "=", True)],
        readonly=True,
    )

    # What is not in the file
    left_out_ids = fields.One2many(
        "loket.export.left.out", "export_id", string="Left out", readonly=True
    )
    warning_ids = fields.One2many(
        "loket.export.warning", "export_id", string="Warnings", readonly=True
    )
    remark_ids = fields.One2many(
        "loket.export.remark", "export_id", string="To know", readonly=True
    )
    is_whole = fields.Boolean(
        compute="_compute_is_whole",
        help="No remark tells of something that was booked and is not in this file.",
    )
    has_blocking = fields.Boolean(compute="_compute_left_out")
    has_acceptable = fields.Boolean(compute="_compute_left_out")
    has_delivered = fields.Boolean(compute="_compute_left_out")
    left_out_summary = fields.Char(compute="_compute_left_out_summary")
    by_rule_summary = fields.Char(compute="_compute_left_out_summary")
    # Named by the mail as earlier versions had it, which an upgrade leaves as it is.
    left_out_hours = fields.Float(compute="_compute_left_out", digits=(16, 2))
    left_out_people = fields.Integer(compute="_compute_left_out")
    idle_employment_ids = fields.Many2many(
        "loket.employee", string="No hours", readonly=True, copy=False
    )
    idle_count = fields.Integer(compute="_compute_idle_count")

    # What it goes by, as of now
    cautions = fields.Text(
        compute="_compute_cautions",
        help="Why this may not be what Loket has, or not be paid as usual.",
    )
    is_approved = fields.Boolean(
        "Approved in Loket",
        compute="_compute_is_approved",
        help="Loket has approved a payroll run of this period.",
    )

    # Normal hours of people on a fixed salary, while nobody has answered
    salaried_question = fields.Text(compute="_compute_salaried_question")

    # What somebody of HR is to correct
    can_ask_hr = fields.Boolean(compute="_compute_can_ask_hr")
    hr_asked = fields.Char(
        compute="_compute_can_ask_hr", help="Who was asked to correct it, and when."
    )

    # Beside the period before
    total_ids = fields.One2many(
        "loket.export.total", "export_id", string="Totals", readonly=True
    )
    component_total_ids = fields.One2many(
        "loket.export.total",
        "export_id",
        string="Totals per component",
        domain=[("kind", "=", "component")],
        readonly=True,
    )
    cost_center_total_ids = fields.One2many(
        "loket.export.total",
        "export_id",
        string="Hours per distribution unit",
        domain=[("kind", "=", "cost_center")],
        readonly=True,
    )
    compared_with = fields.Selection(
        [("file", "File"), ("bookings", "Bookings")], readonly=True, copy=False
    )
    comparison = fields.Char(compute="_compute_comparison")

    # Beside the last file of the same period
    is_first = fields.Boolean(
        "First of Its Period",
        readonly=True,
        copy=False,
        help="There was no file of this period when this was looked up.",
    )
    change_ids = fields.One2many(
        "loket.export.change", "export_id", string="Changes", readonly=True
    )
    changes = fields.Text(
        string="Changes since the last file", compute="_compute_changes"
    )

    @api.depends("remark_ids.reason")
    def _compute_is_whole(self):
        for export in self:
            export.is_whole = NOT_HERE.isdisjoint(export.remark_ids.mapped("reason"))

    @api.depends("left_out_ids.rank", "left_out_ids.hours")
    def _compute_left_out(self):
        for export in self:
            problems = export.left_out_ids
            ranks = set(problems.mapped("rank"))
            export.has_blocking = "blocking" in ranks
            export.has_acceptable = "accept" in ranks
            export.has_delivered = "delivered" in problems.mapped("reason")
            export.left_out_hours = sum(problems.mapped("hours"))
            # Counted as superuser: a clerk need not see the employees themselves.
            export.left_out_people = len(problems.sudo().employee_id)

    @api.depends("left_out_ids.rank", "left_out_ids.hours", "left_out_ids.value")
    @api.depends_context("lang")
    def _compute_left_out_summary(self):
        """How much is left out; people are counted as superuser, not named."""
        for export in self:
            by_rank = export.left_out_ids.grouped("rank")
            accept, rule = by_rank.get("accept"), by_rank.get("rule")
            export.left_out_summary = accept and self.env._(
                "Not in the file: %(what)s (employees: %(count)s).",
                what=export._sums_in_words(accept),
                count=len(accept.sudo().employee_id),
            )
            export.by_rule_summary = rule and self.env._(
                "By a rule not in the file: %(what)s (employees: %(count)s).",
                what=export._sums_in_words(rule),
                count=len(rule.sudo().employee_id),
            )

    def _sums_in_words(self, problems):
        """How much it is in all: the hours, and the values of each source apart.

        What one person has too little is not made up for by what another has less
        than nothing: the two are told apart.

        :param problems: ``loket.export.left.out``
        """
        bookings = self.env["loket.booking"]
        parts = [
            bookings._hours_in_words(hours)
            for hours in self._both_ways(problems.mapped("hours"))
        ]
        warnings = problems.filtered("value").warning_id
        for name, alike in warnings.grouped("booking_kind").items():
            kind = bookings._kind_named(name)
            # As superuser: what a value is of is only named.
            sources = alike.sudo().grouped(kind.field) if kind else {None: alike}
            for source, of_source in sources.items():
                values = (of_source.left_out_ids & problems).mapped("value")
                what = source.display_name if source else self.env._("value")
                parts += [
                    f"{what} {bookings._value_in_words(value, kind, source)}"
                    for value in self._both_ways(values)
                ]
        return ", ".join(parts)

    @api.model
    def _both_ways(self, quantities):
        """The sums of those above zero and of those below it, as far as there are."""
        above = [quantity for quantity in quantities if quantity > 0]
        below = [quantity for quantity in quantities if quantity < 0]
        return [sum(part) for part in (above, below) if part]

    # === WHAT IT GOES BY === #

    @api.depends("connection_id.period_ids.is_approved", "year", "period")
    def _compute_is_approved(self):
        calendars = {
            connection: connection._calendar() for connection in self.connection_id
        }
        for export in self:
            calendar = calendars.get(export.connection_id)
            period = calendar and calendar.period(export.year, export.period)
            export.is_approved = bool(period and period.is_approved)

    @api.depends(
        "connection_id.last_sync_date",
        "connection_id.period_ids.date_from",
        "connection_id.period_ids.date_to",
        "connection_id.state",
        "date_from",
        "date_to",
        "is_approved",
        "state",
    )
    @api.depends_context("lang", "tz")
    def _compute_cautions(self):
        for export in self:
            export.cautions = (
                "\n".join(export._cautions())
                if export.state == "draft" and export.date_from
                else False
            )

    def _cautions(self):
        """What to know before a file is made of this draft, in sentences."""
        connection = self.connection_id
        cautions = connection._stale_reasons()
        if self.is_approved:
            cautions.append(
                self.env._(
                    "Loket has approved a payroll run of this period: it was paid. "
                    "What is uploaded for it now is paid only when its payroll is run "
                    "again in Loket. Ask whoever runs the payroll before you make this "
                    "file."
                )
            )
        if connection._period(self.year, self.period).is_computed:
            cautions.append(
                self.env._(
                    "Loket does not give the dates of this period, so Odoo works them "
                    "out. Compare them with Loket."
                )
            )
        latest = self._latest()
        if latest and (latest.date_from, latest.date_to) != (
            self.date_from,
            self.date_to,
        ):
            cautions.append(
                self.env._(
                    "The last file of this period is of %(start)s to %(end)s. Loket "
                    "has other dates now, and hours may have come into this period, or "
                    "gone to another.",
                    start=format_date(self.env, latest.date_from),
                    end=format_date(self.env, latest.date_to),
                )
            )
        return cautions

    # === THE HOURS OF A FIXED SALARY === #

    @api.depends(
        "connection_id.salaried_hours",
        "left_out_ids.employee_id",
        "left_out_ids.hours",
        "left_out_ids.reason",
        "state",
    )
    @api.depends_context("lang", "uid")
    def _compute_salaried_question(self):
        for export in self:
            question = export._open_question()
            if question and not export._may_answer():
                user_sudo = export.connection_id._responsible().sudo()  # only named
                question = self.env._(
                    "%(question)s\nA manager is to choose. %(name)s was asked to.",
                    question=question,
                    name=user_sudo.name,
                )
            export.salaried_question = question

    def _open_question(self):
        """What a manager is to answer before there can be a file; False: nothing."""
        problems = self.left_out_ids.filtered(
            lambda problem: problem.reason == "salaried_question"
        )
        if not problems or self.state != "draft" or self.connection_id.salaried_hours:
            return False
        return self._lt(
            "%(hours)s normal hours of %(people)s people on a fixed salary: are they "
            "to be sent? Loket pays a fixed salary by itself. Hours that are sent as "
            "well may be paid twice, or lower the wage to the hours that were sent. "
            "Hours that are not sent are paid as the fixed salary, however many they "
            "are. Overtime, leave and allowances are sent in either case.",
            hours=Number(sum(problems.mapped("hours"))),
            # As superuser: a clerk need not see the employees themselves.
            people=len(problems.sudo().employee_id),
        )

    def _may_answer(self):
        """Whether the user may say what becomes of the hours of a fixed salary."""
        return self.connection_id.has_access("write")

    def _ask_salaried(self):
        """Ask the responsible person, where the user may not answer; once."""
        question = self._open_question()
        if not question or self._may_answer():
            return
        connection = self.connection_id
        # As the system: a clerk asks, and may not write on the connection.
        self.env["loket.sync.run"].sudo()._tell(
            connection.sudo(),
            SALARIED,
            self._lt("Loket: send the hours of people on a fixed salary?"),
            self._lt(
                "%(question)s\nChoose it on the connection, under Payroll file; for "
                "somebody to whom it does not apply, on the employment.",
                question=question,
            ),
        )

    def action_send_salaried(self):
        """Send the normal hours of people on a fixed salary, from now on."""
        return self._answer_salaried("send")

    def action_leave_out_salaried(self):
        """Leave the normal hours of people on a fixed salary to Loket, from now on."""
        return self._answer_salaried("leave_out")

    def _answer_salaried(self, answer):
        """:raise AccessError: only a manager may answer"""
        self.check_access("write")
        self.connection_id.write({"salaried_hours": answer})
        return self.action_check()

    # === WHAT ONLY HR CAN CORRECT === #

    @api.depends("activity_ids", "state", "warning_ids.is_for_hr")
    @api.depends_context("lang", "uid")
    def _compute_can_ask_hr(self):
        for export in self:
            is_draft = export.state == "draft"
            export.can_ask_hr = is_draft and any(export.warning_ids.mapped("is_for_hr"))
            # As superuser: the activity is another's, of whom only the name is told.
            activity_sudo = export.sudo().activity_search([ASK_HR])[:1]
            export.hr_asked = bool(activity_sudo) and self.env._(
                "%(name)s was asked on %(date)s.",
                name=activity_sudo.user_id.name,
                date=format_date(self.env, activity_sudo.create_date),
            )

    def action_ask_hr(self):
        """Ask HR to correct what this person can't: once, with all the names.

        Asked again, the same activity tells what is left of it.

        :raise UserError: there is nothing to ask, or nobody to ask it
        """
        self.check_access("write")
        self.ensure_one()
        # Of two who ask at once, the second sees what the first asked.
        self._lock()
        if not self.can_ask_hr:
            raise UserError(self.env._("There is nothing here for HR to correct."))
        user = self.connection_id._responsible()
        if not user:
            raise UserError(
                self.env._(
                    "Nobody can be asked: %(company)s has no Loket manager. Ask an "
                    "administrator of Odoo to make somebody one.",
                    company=self.company_id.name,
                )
            )
        self._ask_hr(user)
        # As superuser: users are not the user's to read.
        text = self.env._("%(name)s was asked.", name=user.sudo().name)
        self._notify("success", text)
        return True

    def _ask_hr(self, user):
        """Tell somebody what there is to correct by now, in that person's language."""
        # As superuser: the activity is another's.
        export_sudo = self.sudo()
        activities_sudo = export_sudo.activity_search([ASK_HR])
        activities_sudo[1:].unlink()
        activities_sudo[:1].user_id = user
        keep_activity(
            export_sudo, ASK_HR, user, as_read_by(self, user)._ask_hr_vals(user)
        )

    def _ask_hr_vals(self, user):
        """What there is to correct, as an activity tells it: each thing, and of whom.

        :param user: who reads it; without a role in Loket, no names
        """
        connection = self.connection_id
        lines = [
            self.env._(
                "%(what)s: %(names)s.",
                what=warning.display_name,
                names=", ".join(sorted(set(warning.left_out_ids.mapped("name")))),
            )
            for warning in self.warning_ids
            if warning._needs_hr() and connection._is_of_loket(user)
        ]
        lines.append(connection._nobody_can_act())
        return {
            "summary": self.env._(
                "Loket: to be corrected for the payroll file of %(period)s",
                period=self.period_name,
            ),
            "note": plain_html("\n".join(filter(None, lines))),
        }

    def _keep_hr_told(self):
        """What HR was asked is told as it is now; nothing is asked that is done."""
        # As superuser: the activity is another's.
        activities_sudo = self.sudo().activity_search([ASK_HR])
        if not activities_sudo:
            return
        if self.state == "draft" and any(
            warning._needs_hr() for warning in self.warning_ids
        ):
            self._ask_hr(activities_sudo[0].user_id.with_env(self.env))
        else:
            activities_sudo.unlink()

    @api.depends("idle_employment_ids")
    def _compute_idle_count(self):
        for export in self:
            export.idle_count = len(export.idle_employment_ids)

    @api.depends("compared_with", "connection_id", "date_from")
    @api.depends_context("lang")
    def _compute_comparison(self):
        for export in self:
            export.comparison = (
                export._describe_comparison()
                if export.compared_with and export.date_from
                else False
            )

    def _describe_comparison(self):
        previous = self._period_before()
        if not previous:
            return False
        name = self._name_of_period(previous)
        if self.compared_with == "file":
            return self.env._(
                "The last period is %(period)s, as in its file.", period=name
            )
        return self.env._(
            "The last period is %(period)s, as booked in Odoo: no file of it was made.",
            period=name,
        )

    @api.depends("is_first", "checked_on", "change_ids")
    @api.depends_context("lang")
    def _compute_changes(self):
        for export in self:
            export.changes = export.checked_on and export._describe_changes()

    def _describe_changes(self):
        if self.is_first:
            return self.env._("This is the first file of this period.")
        if not self.change_ids:
            return self.env._("Nothing changed since the last file.")
        return "\n".join(self.change_ids.sorted().mapped("display_name"))

    # === A LOOK AT WHAT IS BEHIND IT === #

    def action_view_lines(self):
        """The cells of this file alone, on a page of their own."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_nl_loket.action_loket_export_line"
        )
        domain = [("export_id", "=", self.id), ("in_file", "=", True)]
        return {**action, "domain": domain, "context": {}}

    def action_view_latest(self):
        """The file that replaced this one."""
        self.check_access("read")
        self.ensure_one()
        return self._latest().get_formview_action()

    def action_idle_timesheets(self):
        """The timesheets of the people for whom nothing is booked."""
        self.check_access("read")
        self.ensure_one()
        return self._timesheet_action(self.idle_employment_ids.employee_id)

    def action_remind(self):
        """The mail to who has nothing booked, to look at before it goes."""
        self.check_access("write")
        self.ensure_one()
        wizard = self.env["loket.remind.wizard"].create({"export_id": self.id})
        return wizard._window_action()

    def _timesheet_action(self, employees, domain=()):
        """Timesheets of the period, of some people.

        :param employees: ``hr.employee``
        :param domain: which of their lines; none: all
        :raise UserError: this person may not see them; says whom to ask
        """
        if not self.env["account.analytic.line"].has_access("read"):
            raise UserError(
                self.env._(
                    "Ask somebody who may see all timesheets to look at those of "
                    "%(names)s.",
                    names=", ".join(employees.mapped("name")),
                )
            )
        return {
            **self._booked_action(
                "hr_timesheet.timesheet_action_all",
                HOURS,
                employees,
                domain,
                default_date=self.date_to,
                is_timesheet=1,
            ),
            "view_mode": "list,form",
            "views": [
                (self.env.ref("hr_timesheet.timesheet_view_tree_user").id, "list"),
                (False, "form"),
            ],
        }

    def _wage_entry_action(self, employees, domain=()):
        """Wage entries of the period, of some people.

        :param employees: ``hr.employee``
        :param domain: which of their entries; none: all
        """
        return self._booked_action(
            "l10n_nl_loket.action_hr_wage_entry",
            WAGES,
            employees,
            domain,
            default_date=self.date_to,
        )

    def _booked_action(self, name, kind, employees, domain, **context):
        """A window of Odoo with what some people booked in the period.

        :param name: XML id of the action; its own filters would hide some of it
        :param kind: a ``BookingKind``
        :param employees: ``hr.employee``
        :param domain: which of it; none: all
        :param context: what the window begins with
        """
        return {
            **self.env["ir.actions.actions"]._for_xml_id(name),
            "domain": [
                *kind.domain,
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
                ("employee_id", "in", employees.ids),
                *domain,
            ],
            "context": context,
        }

    def action_copy_last_period(self):
        """Copy the wage entries of the period before into this one.

        :raise UserError: there are none
        """
        self.check_access("write")
        self.ensure_one()
        return self.env["loket.copy.wizard"]._open(
            self.connection_id, self._payroll_period()
        )
