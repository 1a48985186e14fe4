# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What a person reads of each reason; it may name every field of ``_words`` below.
SENTENCES = {
    "not_in_loket": _lt(
        "%(name)s: Loket no longer gives this employment; %(quantity)s go into the "
        "file of their period, with the number that is known."
    ),
    "not_checked": _lt(
        "Whether Loket accepts the component codes is not checked: its list of "
        "%(detail)s was never fetched. Fetch the settings on the connection."
    ),
    "mixed": _lt(
        "%(name)s, component %(detail)s: holds %(quantity)s from wage entries together."
    ),
    "evens_out": _lt(
        "%(name)s, component %(detail)s: %(quantity)s from wage entries together make "
        "0.00, so the cell stays empty. Look at what is booked."
    ),
    "rounds_away": _lt(
        "%(name)s, component %(detail)s: what is booked is less than a hundredth, so "
        "the cell stays empty."
    ),
}


class LoketExportRemark(models.Model):
    """What a clerk is to know of what is in a payroll file. It stops nothing."""

    _name = "loket.export.remark"
    _description = "Remark of a Loket Payroll File"
    _order = "export_id, reason, name, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    reason = fields.Char(required=True)
    employee_id = fields.Many2one("hr.employee", ondelete="cascade", index=True)
    employment_id = fields.Many2one("loket.employee", ondelete="set null")
    name = fields.Char(string="Whom it is about")
    detail = fields.Char(help="Which day, hour type, component, department or file.")
    hours = fields.Float(digits=(16, 2))
    value = fields.Float(
        digits=(16, 2), help="The value of wage entries, in the component's unit."
    )

    @api.depends("reason", "name", "detail", "hours", "value")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for remark in self:
            sentence = SENTENCES.get(remark.reason)
            # A reason of an addon that is no longer there has no words.
            words = self.env._(sentence) if sentence else "%(detail)s"
            remark.display_name = words % remark._words()

    def _words(self):
        """What a sentence may name; numbers as this reader writes them."""
        bookings, parts = self.env["loket.booking"], []
        if self.hours or not self.value:
            parts.append(bookings._hours_in_words(self.hours))
        if self.value:
            number = bookings._value_in_words(self.value)
            parts.append(self.env._("value %s", number))
        return {
            "name": self.name or "",
            "detail": self.detail or "",
            "quantity": ", ".join(parts),
        }
