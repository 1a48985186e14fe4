# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..translated import in_words


class HrWageEntry(models.Model):
    """One value of a wage component, for one employee on one date.

    The unit of the value is the unit of the wage component: euros, a number of
    things, or days. Days entered here replace the days counted from timesheets, or
    correct them.
    """

    _name = "hr.wage.entry"
    _description = "Wage Entry"
    _inherit = "loket.walls"
    _order = "date desc, id desc"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True
    )
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    wage_component_id = fields.Many2one(
        "hr.wage.component",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    unit = fields.Selection(related="wage_component_id.unit")
    value = fields.Float(digits=(16, 4), required=True)
    adds_to_count = fields.Boolean(
        "Correction",
        compute="_compute_adds_to_count",
        store=True,
        readonly=False,
        help="Added to the days that are counted from the timesheets, instead of "
        "taking their place. Days below zero always are a correction.",
    )
    note = fields.Char()
    recurring_id = fields.Many2one(
        "hr.wage.entry.recurring",
        "Recurs",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="What this was made of. Change it there for the periods to come.",
    )

    copied_from_id = fields.Many2one(
        "hr.wage.entry", readonly=True, copy=False, ondelete="set null"
    )

    _copied_once = models.UniqueIndex(
        "(copied_from_id) WHERE copied_from_id IS NOT NULL",
        "This wage entry was copied already.",
    )

    @api.depends("employee_id")
    def _compute_company_id(self):
        """The employee's; a new entry chooses from those of the present company."""
        for entry in self:
            entry.company_id = entry.employee_id.company_id or self.env.company

    @api.depends("value")
    def _compute_adds_to_count(self):
        """Nobody worked minus one day: that is one day less than was counted."""
        for entry in self:
            entry.adds_to_count = entry.adds_to_count or entry.value < 0

    @api.depends("employee_id", "wage_component_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for entry in self:
            parts = (
                entry.employee_id.name,
                entry.wage_component_id.name,
                in_words(self.env, entry.date),
            )
            entry.display_name = " - ".join(filter(None, parts))

    @api.constrains("value")
    def _check_value(self):
        """:raise ValidationError: an entry says nothing"""
        for entry in self:
            if not entry.value:
                raise ValidationError(
                    self._lt(
                        "The wage entry of %(employee)s on %(date)s has no value. "
                        "Fill in a value, or delete the entry.",
                        employee=entry.employee_id.name,
                        date=entry.date,
                    )
                )

    @api.model
    def _twins(self, first, last, people):
        """What was entered once more: same person, component, date and value.

        What recurs is none: it is told where it is made.

        :param people: ids of the employees
        :return: {(id of an employee, component): (the first day, how many are too many,
            the value of these together)}
        """
        groups = self._read_group(
            [
                ("recurring_id", "=", False),
                ("date", ">=", first),
                ("date", "<=", last),
                ("employee_id", "in", people),
            ],
            ["employee_id", "wage_component_id", "date:day", "value"],
            ["__count"],
            having=[("__count", ">", 1)],
            order="date:day desc",
        )
        found = {}
        for employee, component, day, value, count in groups:
            key = employee.id, component
            _later, extra, total = found.get(key, (None, 0, 0))
            found[key] = day, extra + count - 1, total + value * (count - 1)
        return found

    def action_copy_last_period(self):
        """Copy into the last full period, of the connection that one works with.

        :raise UserError: there is no connection, or nothing to copy
        """
        self.check_access("create")
        window = self.env["loket.export.wizard"].new({})
        if window.problem:
            raise UserError(window.problem)
        connection = window.connection_id
        period = connection._period(window.year, window.period)
        return self.env["loket.copy.wizard"]._open(connection, period)
