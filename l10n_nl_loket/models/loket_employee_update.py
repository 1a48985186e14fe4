# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from . import employee_vals
from .loket_employee import LINKED


class LoketEmployee(models.Model):
    """What is taken over from Loket into the linked employee."""

    _inherit = "loket.employee"

    def _update_employee(self, before, countries):
        """Bring name, address and contract end of the linked employee up to date.

        :param before: the snapshot of the run before
        :return: {field: (old, new)} of what was written; empty when nothing differed
        """
        if not self.snapshot:  # made by hand: nothing of Loket to take over
            return {}
        changes = self._employee_changes(self.snapshot, before, countries)
        if changes:
            self.employee_id.write({name: new for name, (_old, new) in changes.items()})
        return changes

    def _employee_changes(self, told, before, countries):
        """{field: (old, new)} of what the linked employee lacks; writes nothing."""
        self.ensure_one()
        employee = self.employee_id
        vals = employee_vals.person_vals(told, before, countries) | self._end_vals()
        changes = {}
        for name, new in vals.items():
            old = employee._fields[name].convert_to_write(employee[name], employee)
            if (old or False) != (new or False):
                changes[name] = (old, new)
        return changes

    def _end_vals(self):
        """The contract end: the last one of the employments of the person.

        Odoo wants a start with every end, so an employee without contract gets both.
        """
        employee = self.employee_id
        jobs = employee.loket_employee_ids.filtered(
            lambda row: row.decision in LINKED and row.start_date
        )
        if not jobs:
            return {}
        ends = [row.contract_end_date or row.end_date for row in jobs]
        end = max(ends) if all(ends) else False
        if end and not employee.contract_date_start:
            start = min(jobs.mapped("start_date"))
            return {"contract_date_start": start, "contract_date_end": end}
        return {"contract_date_end": end} if employee.contract_date_start else {}
