# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attendance as a kind of booking, by hour type."""

from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.l10n_nl_loket.models.booking.loket_booking import BookingKind

_lt = LazyTranslate(__name__)

ATTENDANCE = BookingKind(
    name="attendance",
    source_model="hr.work.entry.type",
    field="loket_hour_type_id",
    booking_model="hr.attendance",
    quantity="worked_hours",
    company="employee_id.company_id",
    domain=(("check_out", "!=", False),),
    is_hours=True,
    read="_value_bookings",
    correct="action_attendance_types",
    look="_attendance_action",
    unnamed=_lt("no hour type"),
    without_code=_lt("Attendance without a code"),
    waits_for_code=True,
)


class LoketBooking(models.AbstractModel):
    """Reads attendance."""

    _inherit = "loket.booking"

    @classmethod
    def _booking_kinds(cls):
        return [*super()._booking_kinds(), ATTENDANCE]
