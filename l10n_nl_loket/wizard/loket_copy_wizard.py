# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.booking.hr_wage_entry_making import employed
from ..models.booking.loket_booking import WAGES
from ..payroll.recurring import turn


class LoketCopyWizard(models.TransientModel):
    """Takes wage entries of the period before over into a period, as a person wants.

    What recurs is not among them: that is made by itself.
    """

    _name = "loket.copy.wizard"
    _description = "Copy Wage Entries of the Period Before"
    _inherit = "loket.walls"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", readonly=True
    )
    year = fields.Integer(required=True, readonly=True)
    period = fields.Integer(required=True, readonly=True)
    period_name = fields.Char("Into", readonly=True)
    name_before = fields.Char("From", readonly=True)
    choice_ids = fields.One2many("loket.copy.choice", "wizard_id")

    @api.model
    def _open(self, connection, period):
        """A window with what there is to copy into a period.

        :param connection: a ``loket.connection``
        :param period: a ``periods.Period`` of it
        :raise UserError: there is nothing
        """
        export = self._export(connection, period)
        before = export._period_before()
        entries = self._entries(export, before)
        if not entries:
            raise UserError(
                self.env._(
                    "There is nothing to copy: the period before has no wage entries "
                    "but those that recur, which are made by themselves."
                )
            )
        wizard = self.create(
            {
                "connection_id": connection.id,
                "year": period.year,
                "period": period.number,
                "period_name": export._name_of_period(period),
                "name_before": export._name_of_period(before),
            }
        )
        wizard._offer(export, before, entries)
        return {
            **wizard.get_formview_action(),
            "name": self.env._("Copy wage entries"),
            "target": "new",
        }

    @api.model
    def _export(self, connection, period):
        """An export of a period that is not saved: it knows people and dates."""
        return self.env["loket.export"].new(
            {
                "connection_id": connection.id,
                "year": period.year,
                "period": period.number,
            }
        )

    @api.model
    def _entries(self, export, before):
        """What a person may see of the period before, but for what recurs."""
        entries = self.env["hr.wage.entry"]
        if not before:
            return entries
        return entries.search(
            [
                ("date", ">=", before.start),
                ("date", "<=", before.end),
                ("employee_id", "in", export._people()),
                ("recurring_id", "=", False),
            ],
            order="employee_id, wage_component_id, date, id",
        )

    def _offer(self, export, before, entries):
        """One choice an entry; what is there already or belongs to a leaver is not set.

        :param export: of the period that is copied into
        :param before: the period before, as a plain value
        """
        period = export._payroll_period()
        # As superuser: who enters what is paid need not see each employee.
        people_sudo = entries.sudo().employee_id
        employed_of = employed(export, people_sudo)
        present = self.env["hr.wage.entry"].search(
            [
                ("date", ">=", period.start),
                ("date", "<=", period.end),
                ("employee_id", "in", people_sudo.ids),
            ]
        )
        there = present.grouped(lambda one: (one.employee_id, one.wage_component_id))
        copied = present.copied_from_id
        vals_list = []
        for entry in entries:
            day = min(period.start + (entry.date - before.start), period.end)
            found = turn(
                day, period.end, employed_of[entry.employee_id.id], lambda _day: True
            )
            same = there.get((entry.employee_id, entry.wage_component_id))
            remark = False
            if entry in copied:
                remark = self.env._("Copied already")
            elif not found.day:
                remark = self.env._("Not paid here by then")
            elif not entry.wage_component_id.active:
                remark = self.env._("The wage component is archived")
            elif same:
                words = self.env["loket.booking"]._value_in_words
                remark = self.env._(
                    "Has one already: %(values)s",
                    values="; ".join(
                        words(one.value, WAGES, one.wage_component_id) for one in same
                    ),
                )
            vals_list.append(
                {
                    "wizard_id": self.id,
                    "entry_id": entry.id,
                    "date": found.day or day,
                    "value": entry.value,
                    "remark": remark,
                    "is_chosen": not remark,
                }
            )
        self.env["loket.copy.choice"].create(vals_list)

    def action_copy(self):
        """Copy what is chosen; what somebody copied meanwhile is not copied again.

        :raise UserError: nothing is chosen, or it is not of the period before
        """
        self.check_access("write")
        self.ensure_one()
        chosen = self.choice_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one of the list."))
        period = self.connection_id._period(self.year, self.period)
        export = self._export(self.connection_id, period)
        if chosen.entry_id - self._entries(export, export._period_before()):
            raise UserError(
                self.env._(
                    "These wage entries were changed meanwhile. Open this again."
                )
            )
        entries = self.env["hr.wage.entry"]
        # As superuser: whoever copied it, and whoever may see that copy.
        copied_sudo = entries.sudo().search(
            [("copied_from_id", "in", chosen.entry_id.ids)]
        )
        todo = chosen.filtered(
            lambda one: one.entry_id not in copied_sudo.copied_from_id.with_env(one.env)
        )
        copies = entries.create([one._entry_vals(period) for one in todo])
        for one, copy in zip(todo, copies, strict=True):
            copy.sudo().copied_from_id = one.entry_id  # which nobody writes by hand
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "l10n_nl_loket.action_hr_wage_entry"
            ),
            "name": self.env._("Copied into %(period)s", period=self.period_name),
            "domain": [("id", "in", copies.ids)],
        }


class LoketCopyChoice(models.TransientModel):
    """A wage entry of the period before, and what is to become of it."""

    _name = "loket.copy.choice"
    _description = "Wage Entry to Copy"
    _inherit = "loket.walls"
    _order = "id"

    wizard_id = fields.Many2one("loket.copy.wizard", required=True, ondelete="cascade")
    is_chosen = fields.Boolean("Copy")
    entry_id = fields.Many2one(
        "hr.wage.entry", required=True, readonly=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(related="entry_id.employee_id")
    wage_component_id = fields.Many2one(related="entry_id.wage_component_id")
    unit = fields.Selection(related="wage_component_id.unit")
    date = fields.Date(required=True)
    value = fields.Float(digits=(16, 4))
    remark = fields.Char(readonly=True)

    def _entry_vals(self, period):
        """:raise UserError: its date is not in the period"""
        if not period.start <= self.date <= period.end:
            raise UserError(
                self._lt(
                    "%(name)s: the date %(date)s is not in the period.",
                    name=self.entry_id.display_name,
                    date=self.date,
                )
            )
        entry = self.entry_id
        return {
            "employee_id": entry.employee_id.id,
            "wage_component_id": entry.wage_component_id.id,
            "adds_to_count": entry.adds_to_count,
            "date": self.date,
            "value": self.value,
            "note": entry.note,
        }
