# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketComponentMapping(models.Model):
    """The hours of an attendance get their component code here."""

    _inherit = "loket.component.mapping"

    loket_hour_type_id = fields.Many2one(
        "hr.work.entry.type",
        "Attendance as",
        ondelete="cascade",
        index="btree_not_null",
        domain=lambda self: self.env["account.analytic.line"]._domain_hour_type(),
    )

    _attendance_unique = models.UniqueIndex(
        "(connection_id, loket_hour_type_id) WHERE loket_hour_type_id IS NOT NULL",
        "This hour type is in the list already. Change the line that is there.",
    )

    @api.depends("loket_hour_type_id.is_leave", "loket_hour_type_id.is_extra_hours")
    def _compute_normal_hours(self):
        """A fixed salary pays them too, whether they are clocked or booked."""
        return super()._compute_normal_hours()

    def _hour_type(self):
        return super()._hour_type() or self.loket_hour_type_id


class LoketExportWarning(models.Model):
    """What is not in the file may be about attendance."""

    _inherit = "loket.export.warning"

    loket_hour_type_id = fields.Many2one(
        "hr.work.entry.type", "Attendance as", ondelete="set null"
    )
