# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wage entries that recur: travel each month. Of each period one is made, once."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..at_once import RACES
from .hr_wage_entry_making import Making
from .hr_wage_entry_turn import FOLLOWED


class HrWageEntryRecurring(models.Model):
    """A value that somebody gets each payroll period, from a date on.

    The entries are made each night for the period of today, and for any period that
    somebody looks at before its file is made. A period of which a turn is kept gets no
    second one, also where a person deleted the entry.
    """

    _name = "hr.wage.entry.recurring"
    _description = "Recurring Wage Entry"
    _inherit = "loket.walls"
    _order = "employee_id, wage_component_id, date_from, id"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True
    )
    wage_component_id = fields.Many2one(
        "hr.wage.component",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    unit = fields.Selection(related="wage_component_id.unit")
    value = fields.Float(
        "Each Period",
        digits=(16, 4),
        required=True,
        help="Of each payroll period, whole: also where somebody is employed for a "
        "part of it, which the payroll file then tells.",
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date("Until", help="The last day. Empty: for good.")
    note = fields.Char()
    # Lines are only deleted here, which their own rights say.
    turn_ids = fields.One2many("hr.wage.entry.turn", "recurring_id", "Periods")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)",
        "What recurs ends on or after its first day.",
    )

    @api.depends("employee_id")
    def _compute_company_id(self):
        """The employee's; a new one chooses from those of the present company."""
        for recurring in self:
            recurring.company_id = recurring.employee_id.company_id or self.env.company

    @api.depends("employee_id", "wage_component_id")
    def _compute_display_name(self):
        for recurring in self:
            parts = (recurring.employee_id.name, recurring.wage_component_id.name)
            recurring.display_name = " - ".join(part for part in parts if part)

    @api.constrains("value")
    def _check_value(self):
        """:raise ValidationError: what recurs says nothing"""
        if not all(self.mapped("value")):
            raise ValidationError(
                self.env._("Fill in a value, or end what recurs by its last day.")
            )

    # === WHAT FOLLOWS FROM A CHANGE === #

    def write(self, vals):
        """What no file has delivered follows; all else stays as it was delivered.

        :raise UserError: the entries of somebody would become those of somebody else
        """
        if "employee_id" in vals and self.turn_ids:
            others = self.filtered(
                lambda one: one.employee_id.id != vals["employee_id"]
            )
            if others.turn_ids:
                raise UserError(
                    self.env._(
                        "Entries were made of this for %(name)s. End it by its last "
                        "day, and make another one for somebody else.",
                        name=others.turn_ids.recurring_id.employee_id[:1].name,
                    )
                )
        following = self._following() if not vals.keys().isdisjoint(FOLLOWED) else None
        result = super().write(vals)
        if following:
            following.write({name: vals[name] for name in FOLLOWED if name in vals})
        if not vals.keys().isdisjoint(("date_from", "date_to")):
            self._take_back()
        return result

    def _following(self):
        """The entries that are as these say, and that no file has delivered."""
        return self.turn_ids._open().filtered("is_as_made").entry_id

    def _take_back(self):
        """Entries beyond the first and the last day go, unless a file delivered them.

        Nor go those that somebody changed by hand.

        Their turns too: should it go on after all, they are made again.
        """
        beyond = self.turn_ids._open().filtered(
            lambda one: (
                one.is_as_made
                and (
                    one.day < one.recurring_id.date_from
                    or (one.recurring_id.date_to and one.day > one.recurring_id.date_to)
                )
            )
        )
        beyond._undo()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_delivered(self):
        """Entries that no file has delivered go with what they were made of.

        :raise UserError: a file has delivered some
        """
        still_open = self.turn_ids._open()
        delivered = (self.turn_ids - still_open).filtered("entry_id")
        if delivered:
            raise UserError(
                self.env._(
                    "A payroll file has entries of %(name)s already. End it by its "
                    "last day instead.",
                    name=delivered.recurring_id[:1].display_name,
                )
            )
        still_open._undo()

    # === MAKING THE ENTRIES === #

    @api.model
    def _cron_make(self):
        """Make the entries of the period of today, of all connections."""
        today = fields.Date.context_today(self)
        # As the system: whoever the scheduler runs as, all are made.
        for connection_sudo in (
            self.env["loket.connection"].sudo().search([("state", "=", "ready")])
        ):
            for period in connection_sudo._periods_between(today, today):
                draft = self.env["loket.export"].new(
                    {
                        "connection_id": connection_sudo.id,
                        "year": period.year,
                        "period": period.number,
                    }
                )
                try:
                    with self.env.cr.savepoint():
                        self._make(draft.sudo())
                except RACES:  # somebody who looks at the period makes them just now
                    continue

    @api.model
    def _make(self, export):
        """Make the entries of a period that are not made yet.

        :param export: a ``loket.export`` of the period, maybe one that is not saved
        :return: list of ``Told``: what a clerk is to know
        """
        period = export._payroll_period()
        coverage = export._coverage(period)
        earlier = [file.days for file in coverage.made_before(period.start)]
        # As superuser: who makes the file need not see each employee.
        recurring_sudo = self.sudo().search(
            [
                ("date_from", "<=", period.end),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", min(one.start for one in (period, *earlier))),
                ("employee_id", "in", export._people()),
            ]
        )
        if not recurring_sudo:
            return []
        making = Making(export, period, coverage, recurring_sudo)
        return making.make() + making.missed(earlier)

    def _is_within(self, period):
        """Whether it is for any day of a ``periods.Period``."""
        return self.date_from <= period.end and (
            not self.date_to or self.date_to >= period.start
        )

    def _entry_vals(self, day):
        return {
            "employee_id": self.employee_id.id,
            "wage_component_id": self.wage_component_id.id,
            "date": day,
            "value": self.value,
            "note": self.note,
            "recurring_id": self.id,
        }
