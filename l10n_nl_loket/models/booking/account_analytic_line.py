# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountAnalyticLine(models.Model):
    """A timesheet line has an hour type, by which its hours find their component."""

    _inherit = "account.analytic.line"

    work_entry_type_id = fields.Many2one(
        "hr.work.entry.type",
        string="Hour type",
        compute="_compute_work_entry_type_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain=lambda self: [
            *self._domain_hour_type(),
            ("loket_may_be_booked", "=", True),
        ],
        help="Decides on which component of the payroll file these hours appear.",
    )

    @api.model
    def _domain_hour_type(self):
        """Odoo ships the hour types of many countries: ours, and the general ones."""
        return [("country_id", "in", [False, self.env.company.country_id.id])]

    def _hour_type_triggers(self):
        """The optional time-off fields exist only where their module is installed."""
        optional = ("holiday_id", "global_leave_id")
        return ["project_id", *(name for name in optional if name in self._fields)]

    @api.depends(lambda self: self._hour_type_triggers())
    def _compute_work_entry_type_id(self):
        for line in self:
            # On a form that is not saved yet: what was chosen, or is instead of it.
            was_chosen = not line.id and line._origin._chosen_hour_type()
            chosen = was_chosen and line.work_entry_type_id
            line.work_entry_type_id = (
                (chosen or line._usual_hour_type()) if line.project_id else False
            )

    def _usual_hour_type(self):
        """The hour type of a line when nobody chooses one."""
        # Time off without a type must not be paid as worked hours.
        kind = "leave" if self._is_time_off() else "attendance"
        return (
            self._time_off_hour_type()
            or self.project_id.loket_work_entry_type_id
            or self._hour_type(f"work_entry_type_{kind}")
        )

    def _chosen_hour_type(self):
        """The hour type of a line where it is another than the usual one; maybe empty.

        Overtime on another project is overtime still, and is paid as such.
        """
        if self.work_entry_type_id == self._usual_hour_type():
            return self.env["hr.work.entry.type"]
        return self.work_entry_type_id

    # === WHICH ONE A PERSON MAY CHOOSE === #

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: somebody chose an hour type that nobody is to book"""
        lines = super().create(vals_list)
        lines._check_hour_type()
        return lines

    def write(self, vals):
        """What is booked already keeps its hour type, whatever else is written.

        But the usual one of its project, where its project is another.

        :raise UserError: somebody chose an hour type that nobody is to book
        """
        if "work_entry_type_id" not in vals:
            if not (vals.get("project_id") or vals.get("task_id")):
                return super().write(vals)
            with self._keeping_chosen():
                return super().write(vals)
        hour_type = vals["work_entry_type_id"]
        changed = self.filtered(lambda line: line.work_entry_type_id.id != hour_type)
        result = super().write(vals)
        if vals.get("task_id"):
            self._set_hour_type(self.env["hr.work.entry.type"].browse(hour_type))
        changed._check_hour_type()
        return result

    @contextmanager
    def _keeping_chosen(self):
        """While their project becomes another: a chosen hour type stays."""
        chosen = self.grouped(lambda line: line._chosen_hour_type())
        yield
        for hour_type, lines in chosen.items():
            if hour_type:
                lines._set_hour_type(hour_type)

    def _set_hour_type(self, hour_type):
        """Have an hour type, whatever is still to follow from their project."""
        self.mapped("project_id")  # what follows from the task does first
        others = self.filtered(lambda line: line.work_entry_type_id != hour_type)
        # As superuser: nobody chooses it now, so that it is not judged once more.
        others.sudo().write({"work_entry_type_id": hour_type.id})

    def _check_hour_type(self):
        """:raise UserError: a person chose an hour type that nobody is to book"""
        if self.env.su:
            return
        timesheets = self.filtered(lambda line: line.project_id.id)
        # As superuser: of a company that the person may not see, too.
        # The company of the employee pays them, whichever has the project.
        by_company = timesheets.sudo().grouped(
            lambda line: line.employee_id.company_id or line.company_id
        )
        for company, lines in by_company.items():
            bookable = self.env["hr.work.entry.type"]._bookable(company)
            wrong = lines.filtered(
                lambda line, bookable=bookable: (
                    line.work_entry_type_id not in bookable
                    and line.work_entry_type_id != line._usual_hour_type()
                )
            )
            if wrong and not wrong[0].work_entry_type_id:
                raise UserError(self.env._("Hours need an hour type: choose one."))
            if wrong:
                raise UserError(
                    self.env._(
                        "Nobody is to book hours on %(hour_type)s: it has no component "
                        "code in Loket. Choose another hour type, or ask the HR "
                        "manager to offer this one.",
                        hour_type=wrong[0].work_entry_type_id.name,
                    )
                )

    @api.model
    def _hour_type(self, name):
        """An hour type of Odoo by its external name; empty when it was deleted."""
        hour_type = self.env.ref(f"hr_work_entry.{name}", raise_if_not_found=False)
        return hour_type or self.env["hr.work.entry.type"]

    def _is_time_off(self):
        """Whether the line was made by a leave or a public holiday."""
        return any(
            name in self._fields and self[name]
            for name in ("holiday_id", "global_leave_id")
        )

    def _time_off_hour_type(self):
        """The hour type of the leave or public holiday behind this line, if any."""
        hour_types = self.env["hr.work.entry.type"]
        sources = []
        if "holiday_id" in self._fields:
            sources.append(self.holiday_id.holiday_status_id)
        if "global_leave_id" in self._fields:
            sources.append(self.global_leave_id)
        for source in sources:
            if "work_entry_type_id" in source._fields:
                hour_types |= source.work_entry_type_id
        return hour_types[:1]
