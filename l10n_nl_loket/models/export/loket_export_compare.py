# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is different from the file that was made before for the same period."""

from odoo import api, fields, models
from odoo.fields import Command


class LoketExport(models.Model):
    _inherit = "loket.export"

    changes = fields.Text(
        string="Changes since the last file", compute="_compute_changes"
    )
    is_first = fields.Boolean(
        "First of Its Period",
        readonly=True,
        copy=False,
        help="There was no file of this period when this was looked up.",
    )
    change_ids = fields.One2many(
        "loket.export.change", "export_id", string="Changes", readonly=True
    )

    def _last_cells(self):
        """The cells of the last file of this period; None when this is the first."""
        last = self._latest()
        return last._cells_by_key() if last else None

    def _cells_by_key(self):
        return {
            (
                line.employee_id.id,
                line.payroll_number,
                line.shift,
                line.distribution_unit or "",
                line.component_code,
            ): line.value
            for line in self.sudo().line_ids
        }

    def _store_changes(self, before):
        """One line per cell that differs from the last file."""
        now = self._cells_by_key()
        changed = []
        if before is not None:
            keys = {**before, **now}
            changed = [key for key in keys if before.get(key) != now.get(key)]
        names = self._component_names() if changed else {}
        self.change_ids = [
            Command.clear(),
            *(
                Command.create(_change_vals(key, before.get(key), now.get(key), names))
                for key in changed
            ),
        ]
        self.is_first = before is None

    @api.depends("is_first", "checked_on", "change_ids")
    @api.depends_context("lang")
    def _compute_changes(self):
        for export in self:
            export.changes = export.checked_on and export._describe_changes()

    def _describe_changes(self):
        if self.is_first:
            return self.env._("This is the first file of this period.")
        if not self.change_ids:
            return self.env._("Nothing changed since the last file.")
        return "\n".join(self.change_ids.sorted().mapped("display_name"))


def _change_vals(key, old, new, names):
    employee, payroll_number, _shift, unit, code = key
    kind = "new" if old is None else "gone" if new is None else "changed"
    return {
        "employee_id": employee,
        "payroll_number": payroll_number,
        "distribution_unit": unit,
        "component_code": code,
        "component_name": names.get(code),
        "kind": kind,
        "value_before": old or 0,
        "value": new or 0,
    }
