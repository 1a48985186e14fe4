# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import fields, models

from ...people import snapshot


class LoketEmployee(models.Model):
    """Making employees, and contracts for those who come back."""

    _inherit = "loket.employee"

    def _add_employees(self, lookup):
        """One employee for each person among the rows, made in one go."""
        known = self._linked_by_ref(self.company_id)
        people = self.grouped(lambda row: row.employee_ref or row.employment_ref)
        leads = {
            ref: rows._started_last()
            for ref, rows in people.items()
            if ref not in known
        }
        employees = (
            self.env["hr.employee"]
            .with_company(self.company_id)
            .create([lead._new_employee_vals(lookup) for lead in leads.values()])
        )
        known |= dict(zip(leads, employees, strict=True))
        for ref, rows in people.items():
            rows.employee_id = known[ref]
        others = self - self.browse([lead.id for lead in leads.values()])
        for row in others.filtered("start_date").sorted("start_date"):
            row._begin_contract(lookup)

    def _started_last(self):
        """The employment that started last; while none has, the first that will."""
        today = fields.Date.context_today(self)
        begun = self.filtered(lambda row: (row.start_date or date.min) <= today)
        if begun:
            return max(begun, key=lambda row: row.start_date or date.min)
        return min(self, key=lambda row: row.start_date)

    def _begin_contract(self, lookup):
        """A new contract, when this employment begins after the last one ended."""
        employee = self.employee_id
        contracts = employee.version_ids.filtered("contract_date_start")
        ends = contracts.mapped("contract_date_end")
        if not ends or not all(ends) or max(ends) >= self.start_date:
            return
        version = employee.create_contract(self.start_date)
        gone = ("departure_reason_id", "departure_description", "departure_date")
        vals = {**self._new_contract_vals(lookup), **dict.fromkeys(gone, False)}
        vals.pop("contract_date_start", None)  # it has that already
        employee.with_context(version_id=version.id).write(vals)
        today = fields.Date.context_today(self)
        if not employee.active and (self._last_day() or date.max) >= today:
            employee.action_unarchive()

    def _new_employee_vals(self, lookup):
        """Values of the new hr.employee, with the contract data that is taken once."""
        told = self.snapshot
        return {
            **snapshot.person_vals(told, {}, lookup.countries),
            **self._new_contract_vals(lookup),
            "company_id": self.company_id.id,
            "work_email": told["work_email"] or told["email"],
            "work_phone": told["work_phone"],
            "department_id": lookup.department(self).id,
        }

    def _new_contract_vals(self, lookup):
        """Start, end, wage, contract type, working schedule and job, as Loket tells."""
        told = self.snapshot
        vals = {
            **snapshot.contract_vals(told),
            "contract_type_id": lookup.contract_type(told["contract_type"]).id,
        }
        if told["hours_per_week"]:
            hours = float(told["hours_per_week"])
            vals["resource_calendar_id"] = lookup.calendar(hours).id
        if told["job_title"]:
            vals["job_id"] = lookup.job(told["job_title"]).id
        return vals
