# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which period something that recurs had its turn, so that it gets no second one."""

from odoo import api, fields, models

#: What an entry that no file has delivered follows, while nobody changed it by hand.
FOLLOWED = ("note", "value", "wage_component_id")


class HrWageEntryTurn(models.Model):
    """That something that recurs had its turn in a period, and the entry of it.

    The period by its kind, year and number, which stay when Loket dates it anew.
    """

    _name = "hr.wage.entry.turn"
    _description = "Period of a Recurring Wage Entry"
    _inherit = "loket.walls"
    _order = "day desc, id desc"

    recurring_id = fields.Many2one(
        "hr.wage.entry.recurring", required=True, readonly=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(
        "loket.connection", readonly=True, ondelete="set null", index=True
    )
    day = fields.Date(required=True, readonly=True, help="As it was made.")
    period_type = fields.Char(required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    number = fields.Integer("Period", required=True, readonly=True, aggregator=None)
    entry_id = fields.Many2one(
        "hr.wage.entry",
        "Wage Entry",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    value = fields.Float(related="entry_id.value")
    state = fields.Selection(
        [
            ("open", "Not in a file yet"),
            ("delivered", "Its period has a file"),
            ("deleted", "Deleted by hand"),
        ],
        compute="_compute_state",
    )

    _once = models.UniqueIndex(
        "(recurring_id, period_type, year, number)",
        "This recurring wage entry was made for this period already.",
    )

    is_as_made = fields.Boolean(
        compute="_compute_is_as_made", help="Nobody changed the entry by hand."
    )

    @api.depends("year", "number")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.year}-{one.number:02d}"

    @api.depends(
        *(
            f"{path}.{name}"
            for path in ("entry_id", "recurring_id")
            for name in FOLLOWED
        )
    )
    def _compute_is_as_made(self):
        for one in self:
            one.is_as_made = bool(one.entry_id) and all(
                one.entry_id[name] == one.recurring_id[name] for name in FOLLOWED
            )

    @api.depends("entry_id")
    def _compute_state(self):
        still_open = self._open()
        for one in self:
            state = "open" if one in still_open else "delivered"
            one.state = state if one.entry_id else "deleted"

    def _open(self):
        """Those with an entry that no file of their link can have delivered.

        That is one of its day, or that took along what is late, made since the entry
        was. What is tried out on Loket's acceptance delivers nothing.

        As superuser: what was made was made, whoever may see it.
        """
        turns_sudo = self.sudo().filtered("entry_id")
        files_sudo = turns_sudo.env["loket.export"].search(
            [
                ("connection_id", "in", turns_sudo.connection_id.ids),
                ("connection_id.environment", "!=", "acceptance"),
                ("attachment_id", "!=", False),
            ]
        )
        of_link = files_sudo.grouped("connection_id")
        delivered_sudo = turns_sudo.filtered(
            lambda one: _may_deliver(of_link.get(one.connection_id, ()), one.entry_id)
        )
        return self.browse((turns_sudo - delivered_sudo).ids)

    def _undo(self):
        """Delete the entries, and forget that it was their turn."""
        entries = self.entry_id
        # As superuser: a person may take back what was made for them.
        self.sudo().unlink()
        entries.unlink()


def _may_deliver(files_sudo, entry_sudo):
    """Whether any of these files has an entry, or took it along.

    Both times are those at which the database began; a file has what it made itself.
    """
    day, since = entry_sudo.date, entry_sudo.create_date
    dated_so = [one for one in files_sudo if one.date_from <= day <= one.date_to]
    took_along = [one for one in files_sudo if one.take_late and one.date_from > day]
    return bool(dated_so) and any(
        one.attachment_id.create_date >= since for one in (*dated_so, *took_along)
    )
