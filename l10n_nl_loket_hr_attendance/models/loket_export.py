# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.l10n_nl_loket.models.booking.loket_booking import HOURS
from odoo.addons.l10n_nl_loket.models.export import loket_export_remark
from odoo.addons.l10n_nl_loket.payroll import Amount, Remark
from odoo.addons.l10n_nl_loket.payroll_file import exact

from .loket_booking import ATTENDANCE

_lt = LazyTranslate(__name__)

loket_export_remark.SENTENCES.update(
    {
        "attendance_twice": _lt(
            "%(name)s: %(quantity)s of attendance in this file are on days that have "
            "hours on timesheets in it too (days: %(counted)s). Both are counted: take "
            "one of them out, or mark one of the hour types as not sent."
        ),
        "attendance_twice_late": _lt(
            "%(name)s: %(quantity)s of attendance of %(detail)s are on days that have "
            "hours on timesheets too (days: %(counted)s), and some of that period are "
            "late. Both are counted when they go along: take one of them out, or mark "
            "one of the hour types as not sent."
        ),
        "attendance_open": _lt(
            "%(name)s: attendance without a check-out is in no file (times: "
            "%(counted)s, the first on %(day)s). Fill in the check-out."
        ),
    }
)
loket_export_remark.NOT_HERE.add("attendance_open")


class LoketExport(models.Model):
    """Tells what is to be known of attendance, and leads to it."""

    _inherit = "loket.export"

    def _remarks_of_kinds(self, period, rules, people):
        remarks = super()._remarks_of_kinds(period, rules, people)
        bookings = self.env["loket.booking"]
        of_company = bookings._domain_in_use(ATTENDANCE)
        # As superuser: a clerk need not see attendance to be told of it.
        attendance_sudo = self.env["hr.attendance"].sudo()
        still_open = [
            *of_company,
            *bookings._days(period, people),
            ("check_out", "=", False),
        ]
        for employee_sudo, count, first in attendance_sudo._read_group(
            still_open, ["employee_id"], ["__count", "date:min"]
        ):
            remark = Remark(
                "attendance_open", employee_sudo.id, day=first, counted=count
            )
            remarks[remark] = Amount()
        return {
            **remarks,
            **self._twice("attendance_twice", period, people, rules),
        }

    def _remarks_of_late(self, days, rules, kind, people, name):
        remarks = super()._remarks_of_late(days, rules, kind, people, name)
        # Whichever of the two was there first: hours that go along make it twice.
        if kind in (ATTENDANCE.name, HOURS.name):
            remarks |= self._twice("attendance_twice_late", days, people, rules, name)
        return remarks

    def _twice(self, reason, period, people, rules, name=None):
        return {
            Remark(reason, employee, counted=days, detail=name): Amount(
                hours=exact(hours)
            )
            for employee, (days, hours) in self._counted_twice(period, people, rules)
        }

    def _counted_twice(self, period, people, rules):
        """Who has attendance and timesheets on one day, of types that both are sent.

        Time off is no work: who came in on a day off has both.

        :return: pairs of employee and (days, hours of attendance on them)
        """
        bookings = self.env["loket.booking"]

        def by_day(kind, **but):
            sent = [
                source.id
                for source in rules.codes
                if source.kind == kind.name and source not in but.get("without", ())
            ]
            # As superuser, as the file is made of them.
            groups_sudo = (
                self.env[kind.booking_model]
                .sudo()
                ._read_group(
                    [
                        *bookings._domain_of(kind, period, people),
                        (kind.field, "in", sent),
                    ],
                    ["employee_id", "date:day"],
                    [f"{kind.quantity}:sum"],
                )
            )
            return {(one.id, day): hours for one, day, hours in groups_sudo if hours}

        clocked = by_day(ATTENDANCE)
        booked = by_day(HOURS, without=self._time_off()) if clocked else {}
        found = {}
        for (employee, day), hours in clocked.items():
            if (employee, day) in booked:
                days, so_far = found.get(employee, (0, 0))
                found[employee] = days + 1, so_far + hours
        return found.items()

    def _attendance_action(self, employees, domain=()):
        """Attendance of the period, of some people.

        :param employees: ``hr.employee``
        :param domain: which of it; none: all
        :raise UserError: this person may not see it; says whom to ask
        """
        if not self.env.user.has_group("hr_attendance.group_hr_attendance_user"):
            raise UserError(
                self.env._(
                    "Ask somebody who may see all attendance to look at that of "
                    "%(names)s.",
                    names=", ".join(employees.mapped("name")),
                )
            )
        return self._booked_action(
            "hr_attendance.hr_attendance_action", ATTENDANCE, employees, domain
        )
