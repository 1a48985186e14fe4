# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


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
        domain=lambda self: self._domain_hour_type(),
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
        attendance = self._hour_type("work_entry_type_attendance")
        time_off = self._hour_type("work_entry_type_leave")
        for line in self:
            if not line.project_id:
                line.work_entry_type_id = False
                continue
            # Time off without a type must not be paid as worked hours.
            general = time_off if line._is_time_off() else attendance
            line.work_entry_type_id = (
                line._time_off_hour_type()
                or line.project_id.loket_work_entry_type_id
                or general
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
