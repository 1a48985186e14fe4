# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...people import brake
from ...people.known import Change
from ..plain_json import PlainJson


class LoketEmployee(models.Model):
    """What of an employment a night did not take over, and a person's answer to it."""

    _inherit = "loket.employee"

    held = PlainJson(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="What a night would have changed for too many people, by kind of change.",
    )
    is_held = fields.Boolean(
        "Waits",
        compute="_compute_what_waits",
        compute_sudo=True,
        store=True,
        help="A change waits, for the night would make it for too many people at once.",
    )
    held_text = fields.Text(
        "What Waits",
        compute="_compute_held_text",
        compute_sudo=True,
        groups="hr.group_hr_user",
        help="What Odoo has, and what Loket tells.",
    )
    other_person = PlainJson(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="What Loket tells since it may be of somebody else.",
    )
    is_other_person = fields.Boolean(
        "Another Person?",
        compute="_compute_what_waits",
        compute_sudo=True,
        store=True,
        help="Loket tells of somebody who may be another person than was decided on.",
    )
    number_waits = fields.Boolean(
        "Payroll Number Waits",
        compute="_compute_what_waits",
        compute_sudo=True,
        store=True,
        help="Until somebody has decided, the hours of this person block the file.",
    )
    former_administration_ref = fields.Char(
        readonly=True,
        copy=False,
        help="Loket's reference of the administration that this employment is of, "
        "since the connection was moved to another one.",
    )
    vanished_on = fields.Date(
        "Gone Since",
        readonly=True,
        copy=False,
        help="Since when Loket no longer gives this employment, while nobody has said "
        "that it is right.",
    )

    def _is_of_former_administration(self):
        """Whether the connection reads another administration than this is of."""
        self.ensure_one()
        former = (self.former_administration_ref or "").casefold()
        present = self.connection_id.administration_ref or ""
        return bool(former) and former != present.casefold()

    @api.depends("held", "other_person")
    def _compute_what_waits(self):
        for row in self:
            row.is_held = bool(row.held)
            row.is_other_person = bool(row.other_person)
            row.number_waits = bool(row.other_person) or brake.NUMBER in (
                row.held or {}
            )

    @api.depends("held")
    @api.depends_context("lang")
    def _compute_held_text(self):
        """What waits, a line each: what Odoo has, and what Loket tells."""
        Line = self.env["loket.sync.run.line"]
        for row in self:
            lines = [
                f"{label}: {change.old or '–'} → {change.new or '–'}"
                for record, changes in row._held_changes()
                for label, change in Line._in_words(record, changes).items()
            ]
            if brake.GONE in (row.held or {}):
                lines.append(
                    self.env._("Loket's answer lacks it, together with many others.")
                )
            row.held_text = "\n".join(lines)

    def _held_changes(self):
        """What waits, by the record that would get it: (record, {field: Change})"""
        self.ensure_one()
        by_record = {}
        for kind, new in (self.held or {}).items():
            record = self if kind == brake.NUMBER else self.employee_id
            # An addon that keeps names may be gone since.
            if record and kind != brake.GONE and kind in record._fields:
                old = record[kind]
                old = old.id if record._fields[kind].type == "many2one" else old
                by_record.setdefault(record, {})[kind] = Change(old, new)
        return by_record.items()

    # === ANSWERS === #

    def action_let_pass(self):
        """Let pass what waits: on this employment, and on all of its connection."""
        self.check_access("write")
        self.ensure_one()
        return self.connection_id.action_let_pass()

    def action_same_person(self):
        """It is the same person: take over what Loket tells, from now on.

        The employment gets it at once; name, address and contract of the employee
        follow with the next synchronisation, as any change does.

        :raise UserError: nobody asks this of any of these
        """
        self.check_access("write")
        doubted_sudo = self.sudo().filtered("other_person")  # checked above
        if not doubted_sudo:
            raise UserError(
                self.env._("Loket tells of no other person for any of these.")
            )
        for row_sudo in doubted_sudo:
            told = row_sudo._told_of_other_person()
            if row_sudo.employee_id:
                # What was taken over last: of what Loket has emptied since.
                told.pop("snapshot")
            row_sudo.write({**told, "other_person": False, "problem": False})
            if row_sudo.to_apply:
                row_sudo.action_apply()
        self.connection_id._end_waiting()
        return self._tell_skipped(self - doubted_sudo)

    def action_left(self):
        """Those whom Loket no longer gives have left: nothing is wrong with them.

        Who vanishes from now on is counted anew.

        :raise UserError: Loket gives all of these
        """
        self.check_access("write")
        present = self.filtered("in_loket")
        if present == self:
            raise UserError(
                self.env._(
                    "Loket gives all of these employments, so they have not left."
                )
            )
        self.sudo()._have_left()  # checked above
        return self._tell_skipped(present)

    def _have_left(self):
        """Expect these no more; who is there, or came back, has not left."""
        gone = self.filtered(lambda row: not row.in_loket)
        gone.write({"vanished_on": False, "problem": False})
        gone.connection_id._end_waiting()

    def _forget_what_waits(self):
        """Nothing waits once the decision is undone.

        Whom Loket may have meant all the time is whom the employment is of, then.
        """
        for row_sudo in self.sudo():  # the caller may write the rows
            if row_sudo.other_person:
                row_sudo.write(row_sudo._told_of_other_person())
            row_sudo.write({"other_person": False, "held": False, "vanished_on": False})
        self.connection_id._end_waiting()

    def _told_of_other_person(self):
        """What Loket tells of somebody who may be another person, as field values."""
        self.ensure_one()
        return {name: value or False for name, value in self.other_person.items()}
