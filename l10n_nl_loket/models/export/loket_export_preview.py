# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a clerk looks at before the file is made: totals, and who has nothing."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command

from ...payroll.landing import collect
from ...payroll_file import periods, rounded
from ..employee.loket_employee import LINKED
from .loket_export_kept import AS_MADE


class LoketExport(models.Model):
    _inherit = "loket.export"

    total_ids = fields.One2many(
        "loket.export.total", "export_id", string="Totals", readonly=True
    )
    component_total_ids = fields.One2many(
        "loket.export.total",
        "export_id",
        string="Totals per component",
        domain=[("kind", "=", "component")],
        readonly=True,
    )
    cost_center_total_ids = fields.One2many(
        "loket.export.total",
        "export_id",
        string="Hours per cost center",
        domain=[("kind", "=", "cost_center")],
        readonly=True,
    )
    compared_with = fields.Selection(
        [("file", "File"), ("bookings", "Bookings")], readonly=True, copy=False
    )
    comparison = fields.Char(compute="_compute_comparison")
    idle_employment_ids = fields.Many2many(
        "loket.employee", string="Nothing booked", readonly=True, copy=False
    )
    idle_count = fields.Integer(compute="_compute_idle_count")

    @api.depends("compared_with", "connection_id", "date_from")
    @api.depends_context("lang")
    def _compute_comparison(self):
        for export in self:
            name = export._previous_period()._named_period()
            if export.compared_with == "file":
                text = self.env._(
                    "The last period is %(period)s, as in its file.", period=name
                )
            else:
                text = self.env._(
                    "The last period is %(period)s, as booked in Odoo: no file of it "
                    "was made.",
                    period=name,
                )
            export.comparison = text if export.compared_with else False

    @api.depends("idle_employment_ids")
    def _compute_idle_count(self):
        for export in self:
            export.idle_count = len(export.idle_employment_ids)

    def _previous_period(self):
        """The period before this one, as an export that is not in the database."""
        own = {"connection_id": self.connection_id.id}
        own |= {name: self[name] for name in AS_MADE}
        if not self.date_from:
            return self.new(own)
        year, period = periods.last_full(self.period_type, self.date_from)
        return self.new({**own, "year": year, "period": period})

    def _preview_vals(self, outcome, rules, bookings):
        previous = self._previous_period()
        file = previous._latest()
        before = file._totals() if file else previous._booked_totals(rules)
        return {
            "compared_with": "file" if file else "bookings",
            "total_ids": [
                Command.clear(),
                *map(Command.create, self._compared_vals(_totals(outcome), before)),
            ],
            "idle_employment_ids": [Command.set(self._idle_employments(bookings).ids)],
        }

    def _booked_totals(self, rules):
        """The totals of this period as it is booked now."""
        rules = replace(rules, offered=self._offered(), hour_codes=self._hour_codes())
        return _totals(collect(self._bookings(rules), rules))

    def _totals(self):
        """The totals of the file that was made."""
        totals = defaultdict(Decimal)
        for line in self.sudo().line_ids:
            totals["component", line.component_code] += Decimal(str(line.value))
            if line.distribution_unit:
                unit = int(line.distribution_unit)
                totals["cost_center", unit] += Decimal(str(line.hours))
        return totals

    def _compared_vals(self, now, before):
        names = {
            "component": self._component_names(),
            "cost_center": self._cost_center_names(),
        }
        return [
            {
                "kind": kind,
                "code": code,
                "name": names[kind].get(code),
                "value": float(now.get((kind, code), 0)),
                "value_before": float(before.get((kind, code), 0)),
            }
            for kind, code in sorted({**before, **now})
            if now.get((kind, code)) or before.get((kind, code))
        ]

    def _cost_center_names(self):
        centers = (
            self.env["loket.cost.center"]
            .sudo()
            .with_context(active_test=False)
            .search([("connection_id", "=", self.connection_id.id)])
        )
        return {
            int(center.code): center.name
            for center in centers
            if str(center.code).isdigit()
        }

    def _idle_employments(self, bookings):
        """Employments of the period of people for whom nothing at all is booked."""
        booked = {booking.employee for booking in bookings if booking.quantity}
        return (
            self.env["loket.employee"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("in_loket", "=", True),
                    ("decision", "in", LINKED),
                    ("employee_id", "!=", False),
                    ("employee_id", "not in", list(booked)),
                    "|",
                    ("start_date", "=", False),
                    ("start_date", "<=", self.date_to),
                    "|",
                    ("end_date", "=", False),
                    ("end_date", ">=", self.date_from),
                ]
            )
        )


def _totals(outcome):
    """Values per component and hours per cost center, of the rounded cells."""
    totals = defaultdict(Decimal)
    for cell, amount in outcome.cells.items():
        totals["component", cell.code] += rounded(amount.total)
        if cell.unit:
            totals["cost_center", int(cell.unit)] += rounded(amount.hours)
    return totals
