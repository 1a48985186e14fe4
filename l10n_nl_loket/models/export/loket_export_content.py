# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps on the export what was collected: the cells, and what is not in them."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command

from ... import payroll_file
from ...payroll.landing import collect


class LoketExport(models.Model):
    _inherit = "loket.export"

    checked_on = fields.Datetime(string="Looked up on", readonly=True, copy=False)
    row_count = fields.Integer(readonly=True, copy=False)
    employee_count = fields.Integer(string="Employees", readonly=True, copy=False)
    total_hours = fields.Float(digits=(16, 2), readonly=True, copy=False)
    line_ids = fields.One2many(
        "loket.export.line", "export_id", string="Cells", readonly=True
    )
    left_out_ids = fields.One2many(
        "loket.export.left.out", "export_id", string="Left out", readonly=True
    )
    warning_ids = fields.One2many(
        "loket.export.warning", "export_id", string="Warnings", readonly=True
    )
    has_blocking = fields.Boolean(compute="_compute_left_out")
    left_out_hours = fields.Float(compute="_compute_left_out", digits=(16, 2))
    left_out_people = fields.Integer(compute="_compute_left_out")

    @api.depends("left_out_ids.blocking", "left_out_ids.hours")
    def _compute_left_out(self):
        for export in self:
            problems = export.left_out_ids
            export.has_blocking = any(problems.mapped("blocking"))
            export.left_out_hours = sum(problems.mapped("hours"))
            export.left_out_people = len(problems.sudo().employee_id)

    def _refresh(self):
        """Replace everything that was collected by what Odoo holds now."""
        self.ensure_one()
        self.check_access("write")
        accepted = self._accepted()
        before = self._last_cells()
        rules = self._rules()
        bookings = self._bookings(rules)
        outcome = collect(bookings, rules)
        # Nobody edits these by hand: they are read-only for every group.
        export = self.sudo()
        export.line_ids.unlink()
        export.left_out_ids.unlink()
        export.warning_ids.unlink()
        export.write(
            {
                "checked_on": fields.Datetime.now(),
                "line_ids": list(map(Command.create, self._cell_vals(outcome))),
                "warning_ids": list(map(Command.create, self._warning_vals(outcome))),
                **self._total_vals(outcome),
                **self._preview_vals(outcome, rules, bookings),
            }
        )
        export._store_changes(before)
        if accepted is not None and not export._left_out() <= accepted:
            export.accept_left_out = False
        return outcome

    def _accepted(self):
        """What the tick was set for; None when it holds for whatever there will be."""
        return self._left_out() if self.accept_left_out and self.checked_on else None

    def _left_out(self):
        return {
            (one.employee_id.id, one.reason, one.detail, one.hours, one.value)
            for one in self.sudo().left_out_ids
            if not one.blocking
        }

    def _total_vals(self, outcome):
        rows = {(cell.payroll_number, cell.shift, cell.unit) for cell in outcome.cells}
        # The total is the sum of the rounded cells: what is seen adds up.
        hours = sum(
            (payroll_file.rounded(amount.hours) for amount in outcome.cells.values()),
            Decimal(0),
        )
        return {
            "row_count": len(rows),
            "employee_count": len({cell.employee for cell in outcome.cells}),
            "total_hours": float(hours),
        }

    def _cell_vals(self, outcome):
        names = self._component_names()
        return [
            {
                "employee_id": cell.employee,
                "payroll_number": cell.payroll_number,
                "shift": cell.shift or 0,
                "distribution_unit": cell.unit,
                "component_code": cell.code,
                "component_name": names.get(cell.code),
                "value": float(payroll_file.rounded(amount.total)),
                "hours": float(payroll_file.rounded(amount.hours)),
            }
            for cell, amount in outcome.cells.items()
        ]

    def _component_names(self):
        components = (
            self.env["loket.component"]
            .sudo()
            .search([("connection_id", "=", self.connection_id.id)], order="year")
        )
        return {
            int(component.code): component.name
            for component in components
            if str(component.code).isdigit()
        }

    def _warning_vals(self, outcome):
        """What is not in the file, grouped by what to do about it."""
        people = (
            self.env["hr.employee"]
            .sudo()
            .browse({problem.employee for problem in outcome.left_out})
        )
        names = {person.id: person.name for person in people}
        groups = defaultdict(list)
        for problem, amount in outcome.left_out.items():
            detail = self._left_out_detail(problem)
            groups[problem.reason, problem.source, problem.department, detail].append(
                {
                    "export_id": self.id,
                    "employee_id": problem.employee,
                    "name": names[problem.employee],
                    "reason": problem.reason,
                    "detail": detail,
                    "hours": float(payroll_file.rounded(amount.hours)),
                    "value": float(payroll_file.rounded(amount.total - amount.hours)),
                    "blocking": problem.blocking,
                }
            )
        return [
            {
                "reason": reason,
                "detail": detail,
                "blocking": problems[0]["blocking"],
                "department_id": department,
                **self._source_vals(source),
                "left_out_ids": list(map(Command.create, problems)),
            }
            for (reason, source, department, detail), problems in groups.items()
        ]

    def _source_vals(self, source):
        """The hour type or the wage component that a booking came from."""
        if not source:
            return {}
        kind, record_id = source
        name = "work_entry_type_id" if kind == "hours" else "wage_component_id"
        return {name: record_id}

    def _left_out_detail(self, problem):
        """What to look at: the hour type or component, the department, the code."""
        parts = []
        if problem.source:
            kind, record_id = problem.source
            model = "hr.work.entry.type" if kind == "hours" else "hr.wage.component"
            record = self.env[model].sudo().browse(record_id)
            parts.append(record.name or self.env._("no hour type"))
        if problem.reason in ("no_cost_center", "unknown_unit", "bad_unit"):
            department = self.env["hr.department"].sudo().browse(problem.department)
            parts.append(department.name or self.env._("no department"))
        if problem.code:
            parts.append(problem.code)
        return ", ".join(parts)
