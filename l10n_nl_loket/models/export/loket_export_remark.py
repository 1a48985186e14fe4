# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang
from odoo.tools.translate import LazyTranslate

from ..sentence import Sentence

_lt = LazyTranslate(__name__)

#: What a person reads of each reason; it may name every field of ``_words`` below.
SENTENCES = {
    "not_in_loket": _lt(
        "%(name)s: Loket no longer gives this employment; %(quantity)s go into the "
        "file of their period, with the number that is known."
    ),
    "several": _lt(
        "%(name)s has employments at once: %(employments)s. %(quantity)s go to "
        "%(employment)s."
    ),
    "elsewhere": _lt(
        "%(name)s: %(quantity)s are counted by the connection %(detail)s, not here."
    ),
    "elsewhere_others": _lt(
        "%(quantity)s of other employees are not counted here: the connection "
        "%(detail)s counts them."
    ),
    "elsewhere_listed": _lt(
        "%(quantity)s of other employees are of no employment that is linked: the "
        "connection %(detail)s lists them as not in its file."
    ),
    "beside_salary": _lt(
        "%(name)s: %(quantity)s go to component %(detail)s, which also is that of the "
        "normal hours that are left to Loket. Loket may pay these hours instead of the "
        "fixed salary. Give their hour type a component of its own."
    ),
    "sent_again": _lt(
        "%(name)s: %(quantity)s are in this file, and in another one too: %(detail)s."
    ),
    "taken_elsewhere": _lt(
        "%(name)s: %(quantity)s of this period are in the file that took them along: "
        "%(detail)s."
    ),
    "may_move": _lt(
        "%(name)s: %(quantity)s are counted here. An employment at %(detail)s is still "
        "to be decided on; when it is linked, they may be counted there."
    ),
    "days_replaced": _lt(
        "%(name)s, %(source)s: %(counted)s days were counted from the timesheets; "
        "%(value)s entered by hand take their place. Tick Correction on the wage "
        "entry to add them instead."
    ),
    "days_corrected": _lt(
        "%(name)s, %(source)s: %(counted)s days were counted from the timesheets, "
        "corrected by %(value)s entered by hand: %(total)s."
    ),
    "recurring_left": _lt(
        "%(name)s, %(source)s: this recurs, and was not made, for no employment or "
        "contract runs in this period. End it under Recurring wage entries, or correct "
        "the dates."
    ),
    "recurring_stays": _lt(
        "%(name)s, %(source)s: this recurs, and is here, though no employment or "
        "contract runs in this period by now. Delete the wage entry if it is not to be "
        "paid."
    ),
    "recurring_part": _lt(
        "%(name)s, %(source)s: this recurs, and is here whole, though the employment "
        "runs for a part of this period only."
    ),
    "recurring_by_hand": _lt(
        "%(name)s, %(source)s: this recurs, and was not made, for somebody entered it "
        "by hand in this period. Delete that wage entry to have it made."
    ),
    "recurring_twice": _lt(
        "%(name)s, %(source)s: this recurs, and is in this period once more, by hand "
        "or by another that recurs. All are paid: delete what is too much."
    ),
    "recurring_there": _lt(
        "%(name)s, %(source)s: this recurs, and was not made, for these days have an "
        "entry of it already, of a period of another length."
    ),
    "recurring_other_file": _lt(
        "%(name)s, %(source)s: this recurs, and was not made, for the file of another "
        "period has these days."
    ),
    "recurring_component": _lt(
        "%(name)s, %(source)s: this recurs, and was not made, for its wage component "
        "is archived, or of another company than the employee."
    ),
    "recurring_missed": _lt(
        "%(name)s, %(source)s: this recurs, and is in no entry of periods that have a "
        "file already: %(detail)s. Enter it by hand on a day of these, and take it "
        "along; or let it begin later."
    ),
    "twins": _lt(
        "%(name)s, %(source)s: the same value was entered more than once on one day "
        "(too many: %(counted)s, together %(value)s, the first on %(day)s). All are "
        "paid: delete what is too much."
    ),
    "twins_late": _lt(
        "%(name)s, %(source)s: in %(detail)s the same value was entered more than once "
        "on one day (too many: %(counted)s, together %(value)s, the first on %(day)s), "
        "and some of that period are late. Delete what is too much before they go "
        "along."
    ),
    "time_off": _lt(
        "Approved time off without hours: %(detail)s. Book the hours, or mark the hour "
        "type of this time off as not sent."
    ),
    "department": _lt(
        "%(name)s: the department was changed since the last file, without a new "
        "version: %(detail)s. What was booked from %(day)s on goes to the new one, "
        "what is in an earlier file too when that is made again."
    ),
    "company": _lt(
        "%(name)s: the company was changed without a new version: %(detail)s. All days "
        "worked from %(day)s on are counted by the wage components of the new one, "
        "those before the change too. If that is wrong, ask HR to make a version from "
        "the day of the move on, to give the version before it its own company, and "
        "then the new one its company again."
    ),
    "company_differs": _lt(
        "%(name)s: Odoo has two companies for the days from %(day)s on: %(detail)s. "
        "Days worked are counted by the wage components of the first. Ask HR to choose "
        "the version of that day on the employee, and to correct its company or its "
        "department."
    ),
    "days_once": _lt(
        "%(source)s and %(detail)s are of one company, and have one component code: "
        "each day is counted once, by %(source)s."
    ),
    "gone_to_loket": _lt(
        "%(name)s, component %(detail)s: an earlier file of this period has "
        "%(quantity)s, which Loket works out itself by now. Empty it in Loket: a 0 "
        "would replace the hours of the fixed salary."
    ),
    "gone_by_hand": _lt(
        "%(name)s, component %(detail)s: an earlier file of this period has "
        "%(quantity)s, and this one has nothing. Empty it in Loket."
    ),
    "not_checked": _lt(
        "Whether Loket accepts the component codes is not checked: its list of "
        '%(detail)s was never fetched. Click "Fetch lists again" on the connection.'
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
#: What was booked, and does not stand in this file.
NOT_HERE = {
    "elsewhere",
    "elsewhere_listed",
    "elsewhere_others",
    "evens_out",
    "rounds_away",
    "taken_elsewhere",
}


class LoketExportRemark(models.Model):
    """What a clerk is to know of what is in a payroll file. It stops nothing."""

    _name = "loket.export.remark"
    _description = "Remark of a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, reason, name, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    reason = fields.Char(required=True)
    employee_id = fields.Many2one("hr.employee", ondelete="cascade", index=True)
    employment_id = fields.Many2one("loket.employee", ondelete="set null")
    employment_ids = fields.Many2many("loket.employee", string="Employments at once")
    booking_kind = fields.Char()
    source_id = fields.Integer(help="Of the model that the kind of booking names.")
    day = fields.Date()
    counted = fields.Float(digits=(16, 2), help="The days that were counted.")
    name = fields.Char(string="Whom it is about")
    detail = Sentence(help="Which day, hour type, component, department or file.")
    hours = fields.Float(digits=(16, 2))
    value = fields.Float(
        digits=(16, 2), help="The value of wage entries, in the component's unit."
    )

    @api.depends("reason", "name", "detail", "hours", "value", "counted")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for remark in self:
            sentence = SENTENCES.get(remark.reason)
            # A reason of an addon that is no longer there has no words.
            words = self.env._(sentence) if sentence else "%(detail)s"
            remark.display_name = words % remark._words()

    def _words(self):
        """What a sentence may name; numbers as this reader writes them."""
        return {
            "name": self.name or "",
            "detail": self.detail or "",
            "quantity": self._quantity_in_words(),
            "value": self._value_in_words(),
            "counted": formatLang(self.env, self.counted, digits=0),
            "total": formatLang(self.env, self.counted + self.value),
            "day": format_date(self.env, self.day) if self.day else "",
            "source": self._source_name(),
            # As superuser: who may see the draft is told of both.
            "employment": self.sudo().employment_id._number_in_words(),
            "employments": self._employments_in_words(self.sudo().employment_ids),
        }

    def _quantity_in_words(self):
        """How much it is: hours, and beside them a value in its own words."""
        parts = []
        if self.hours or not self.value:
            parts.append(self.env["loket.booking"]._hours_in_words(self.hours))
        if self.value:
            name = self._source_name() or self.env._("value")
            parts.append(f"{name} {self._value_in_words()}")
        return ", ".join(parts)

    def _value_in_words(self):
        """The value alone, in a sentence that names what it is of."""
        bookings = self.env["loket.booking"]
        kind = bookings._kind_named(self.booking_kind)
        return bookings._value_in_words(self.value, kind, self._source_sudo())

    def _source_sudo(self):
        """What the values are of; as superuser, for it is only named. Maybe None."""
        kind = self.env["loket.booking"]._kind_named(self.booking_kind)
        if not kind or not self.source_id:
            return None
        return self.env[kind.source_model].sudo().browse(self.source_id).exists()

    def _source_name(self):
        """The hour type or wage component that it is about, by name."""
        source_sudo = self._source_sudo()
        return source_sudo.display_name if source_sudo else ""

    def _employments_in_words(self, employments):
        """Employments as a clerk knows them apart: number, link and days."""
        words = [employment._in_words() for employment in employments]
        return self.env._(" and ").join(words)

    def action_choose(self):
        """Ask which of the employments that run at once gets the hours."""
        self.check_access("read")
        self.ensure_one()
        choice = self.env["loket.hours.choice"].create(
            {"remark_id": self.id, "employment_id": self.employment_id.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which employment gets the hours?"),
            "res_model": choice._name,
            "res_id": choice.id,
            "view_mode": "form",
            "target": "new",
        }
