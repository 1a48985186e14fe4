# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time off that made no hours, or hours of no type. Odoo's time off is optional."""

from collections import defaultdict
from datetime import timedelta
from math import ceil

from odoo import api, models
from odoo.fields import Domain

from .loket_booking import HOURS

_DAY = timedelta(days=1)


class LoketBooking(models.AbstractModel):
    """Looks for time off that made no hours, and for hours that lack its type."""

    _inherit = "loket.booking"

    @api.model
    def _take_hour_types(self, period, people):
        """Give lines of time off the hour type that its leave type got later.

        Only to those that have a general one: what a person chose stays.

        :param period: a ``periods.Period``
        :param people: ids or a query of the employees
        """
        # As superuser: Odoo lets nobody else change a line of time off.
        model_sudo = self.env["account.analytic.line"].sudo()
        names = [
            name
            for name in ("holiday_id", "global_leave_id")
            if name in model_sudo._fields
        ]
        if not names:
            return
        made = Domain.OR([Domain(name, "!=", False) for name in names])
        lines_sudo = model_sudo.with_context(active_test=False).search(
            Domain(self._days(period, people)) & Domain(HOURS.domain) & made
        )
        general_sudo = model_sudo._hour_type("work_entry_type_leave")
        for line_sudo in lines_sudo:
            hour_type = line_sudo._time_off_hour_type()
            present = line_sudo.work_entry_type_id
            by_itself = general_sudo | line_sudo.project_id.loket_work_entry_type_id
            if hour_type and hour_type != present and present <= by_itself:
                line_sudo.work_entry_type_id = hour_type

    @api.model
    def _time_off_without_hours(self, period, people):
        """Approved time off that nobody booked hours for, by leave type.

        :param period: a ``periods.Period``
        :param people: ids of the employees
        :return: {``hr.leave.type``: employees}; empty without Odoo's time off
        """
        if "hr.leave" not in self.env:
            return {}
        # As superuser: who is away on a day that is to be paid is told to who pays.
        leaves_sudo = (
            self.env["hr.leave"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("state", "=", "validate"),
                    ("employee_id", "in", people),
                    ("request_date_from", "<=", period.end),
                    ("request_date_to", ">=", period.start),
                ]
            )
        )
        leaves_sudo -= self._with_lines(leaves_sudo)
        booked = {
            (booking.employee, booking.source, booking.day)
            for booking in self._bookings(period, leaves_sudo.employee_id.ids)
            if booking.is_hours
        }
        missing = defaultdict(lambda: self.env["hr.employee"].sudo())
        for leave_sudo in leaves_sudo:
            source = HOURS.source(self._leave_hour_type(leave_sudo.holiday_status_id))
            day = max(leave_sudo.request_date_from, period.start)
            last = min(leave_sudo.request_date_to, period.end)
            days = [day + _DAY * number for number in range((last - day).days + 1)]
            employee = leave_sudo.employee_id
            # Somebody may have booked it by hand: each of its working days, or, of
            # time off that goes on beyond the period, some of them.
            is_within = (
                len(days)
                == 1 + (leave_sudo.request_date_to - leave_sudo.request_date_from).days
            )
            wanted = ceil(leave_sudo.number_of_days) if is_within else 1
            by_hand = sum((employee.id, source, day) in booked for day in days)
            if source.id and by_hand and by_hand >= wanted:
                continue
            missing[leave_sudo.holiday_status_id] |= employee
        return dict(missing)

    def _with_lines(self, leaves):
        """Those that made timesheet lines, in whatever period."""
        lines = self.env["account.analytic.line"].sudo()
        if "holiday_id" not in lines._fields:
            return leaves.browse()
        return lines.search([("holiday_id", "in", leaves.ids)]).holiday_id

    def _leave_hour_type(self, leave_type):
        """The hour type of a leave type; empty where it has none."""
        if "work_entry_type_id" in leave_type._fields:
            return leave_type.work_entry_type_id
        return self.env["hr.work.entry.type"]
