# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import date

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...people import contracts, snapshot
from ...people.known import LINKED, Contract, Employee
from .loket_employee import LIVE
from .loket_employee_identity import email_key

_logger = logging.getLogger(__name__)

#: Of somebody who left, and is no longer true once a new contract begins.
DEPARTURE = ("departure_reason_id", "departure_description", "departure_date")


class LoketEmployee(models.Model):
    """From Loket into employees: all that writes ``hr.employee`` is here."""

    _inherit = "loket.employee"

    # === READING === #

    def _plain_employees(self):
        """{id: the linked employee as plain values}, read in a few queries."""
        # As the system: deciding needs no rights on employees.
        employees_sudo = self.sudo().employee_id
        values = employees_sudo.read(
            [*snapshot.EMPLOYEE_FIELDS, "contract_date_end", "current_version_id"],
            load=None,
        )
        return {
            employee.id: Employee(
                id=employee.id,
                values={name: value or None for name, value in vals.items()},
                version_id=vals["current_version_id"],
                contracts=_plain_contracts(employee),
            )
            for employee, vals in zip(employees_sudo, values, strict=True)
        }

    def _plain_links(self):
        """{id of an employee: all employments that tell about it, as plain values}"""
        # As the system: a person may be employed where this user may not look.
        links_sudo = self.sudo().search(
            LIVE
            & Domain("employee_id", "in", self.employee_id.ids)
            & Domain("decision", "in", LINKED)
        )
        return {
            employee.id: links._plain()
            for employee, links in links_sudo.grouped("employee_id").items()
        }

    # === NEW EMPLOYEES, AND NEW CONTRACTS === #

    def _add_employees(self, provision):
        """One employee for each person among the rows, made in one go.

        :param provision: EmployeeProvision of the company of the rows
        """
        employees = self._linked_by_ref(self.company_id)
        people = self.grouped(lambda row: row.employee_ref or row.employment_ref)
        today = fields.Date.context_today(self)
        leads = {
            ref: self.browse(contracts.started_last(rows._plain(), today).id)
            for ref, rows in people.items()
            if ref not in employees
        }
        new_employees = (
            self.env["hr.employee"]
            .with_company(self.company_id)
            .create([lead._new_employee_vals(provision) for lead in leads.values()])
        )
        employees |= dict(zip(leads, new_employees, strict=True))
        for ref, rows in people.items():
            rows.employee_id = employees[ref]
        others = self - self.browse([lead.id for lead in leads.values()])
        for row in others.filtered("start_date").sorted("start_date"):
            row._begin_contract(provision)

    def _begin_contract(self, provision):
        """A new contract, when this employment begins after the last one ended."""
        employee = self.employee_id
        (row,) = self._plain()
        if not contracts.begins_contract(row, _plain_contracts(employee)):
            return
        version = employee.create_contract(self.start_date)
        vals = {**self._new_contract_vals(provision), **dict.fromkeys(DEPARTURE)}
        vals.pop("contract_date_start", None)  # it has that already
        employee.with_context(version_id=version.id).write(vals)
        today = fields.Date.context_today(self)
        if not employee.active and (row.last_day or date.max) >= today:
            employee.action_unarchive()

    def _new_employee_vals(self, provision):
        """Values of the new hr.employee, with the contract data that is taken once."""
        return {
            **snapshot.person_vals(self.snapshot, {}, provision.countries),
            **self._new_contract_vals(provision),
            "company_id": self.company_id.id,
            "work_email": self.snapshot["work_email"] or self.snapshot["email"],
            "work_phone": self.snapshot["work_phone"],
            "department_id": provision.department(self).id,
        }

    def _new_contract_vals(self, provision):
        """Start, end, wage, contract type, working schedule and job, as Loket tells."""
        contract_type = provision.contract_type(self.snapshot["contract_type"])
        vals = {
            **snapshot.contract_vals(self.snapshot),
            "contract_type_id": contract_type.id,
        }
        if hours := self.snapshot["hours_per_week"]:
            vals["resource_calendar_id"] = provision.calendar(float(hours)).id
        if title := self.snapshot["job_title"]:
            vals["job_id"] = provision.job(title).id
        return vals

    # === AFTER A DECISION === #

    def _transfer(self, provision):
        """Bring the employees of what was just decided in line with Loket.

        :param provision: EmployeeProvision of the company of the rows
        :return: {row: problem} of contracts that could not be brought in line
        """
        employees, links = self._plain_employees(), self._plain_links()
        problems = {}
        for row, plain in zip(self, self._plain(), strict=True):
            employee = employees[row.employee_id.id]
            employments = links.get(employee.id, [])
            if plain.snapshot:  # a row made by hand has none
                row._write_person(
                    snapshot.person_changes(
                        plain,
                        employments,
                        employee,
                        plain.snapshot,
                        {},
                        provision.countries,
                    )
                )
            if row.decision == "link":
                row._compare_with_odoo(provision)
            ends = contracts.contract_changes(employments, employee)
            _written, problem = row._attempt(row._write_contracts, ends)
            if problem:
                problems[row] = problem
        return problems

    def _compare_with_odoo(self, provision):
        """Note what to look at after linking: it is not taken over from Loket."""
        self.ensure_one()
        known_email = email_key(self.employee_id.work_email)
        self.check_email = bool(self.email) and email_key(self.email) != known_email
        self.check_department = self._is_elsewhere_in_odoo(provision)

    def _is_elsewhere_in_odoo(self, provision):
        """Whether the employee is in another department than Loket tells."""
        if not self.department_name:
            return False
        department = self.employee_id.department_id
        mapped = provision.department(self)
        if mapped:
            return mapped != department
        return self.department_name.casefold() != (department.name or "").casefold()

    # === AT NIGHT === #

    def _update_employee(self, plan):
        """Write what a night changes on the employee of this employment.

        A contract that can't end on the day that Loket tells is no reason to keep an
        old address.

        :param plan: people.night.RowPlan of this row
        :return: ({field: Change} of what was written, a problem or None)
        """
        self.ensure_one()
        person, problem = self._attempt(self._write_person, plan.person)
        if not problem:
            if self.snapshot != plan.snapshot:
                self.snapshot = plan.snapshot
            if self.to_apply:
                self.to_apply = False
        ends, conflict = self._attempt(self._write_contracts, plan.contracts)
        problems = " ".join(filter(None, (problem, conflict)))
        return person | ends, problems or None

    # === WRITING === #

    def _write_person(self, changes):
        """Write name, address and contact data, in a savepoint.

        :param changes: {field: Change}
        :return: the same
        """
        if changes:
            with self.env.cr.savepoint():
                self.employee_id.write(
                    {name: change.new for name, change in changes.items()}
                )
        return changes

    def _write_contracts(self, contract_changes):
        """Write starts and ends of contracts, in a savepoint: all of them or none.

        Two employments of one employee tell of the same contracts: what the first one
        brought about is there already.

        :param contract_changes: people.contracts.ContractChange of each contract
        :return: {field: Change} of what was written
        """
        written = {}
        if not contract_changes:
            return written
        with self.env.cr.savepoint():
            for version_id, changes in contract_changes:
                version = self.env["hr.version"].browse(version_id)
                vals = {
                    name: change.new
                    for name, change in changes.items()
                    if version[name] != (change.new or False)
                }
                if vals:
                    version.write(vals)
                    written |= {name: changes[name] for name in vals}
        return written

    def _attempt(self, work, *args):
        """What ``work`` wrote, or why it could not.

        ``work`` leaves nothing half done: it writes in a savepoint of its own.

        :return: ({field: Change}, None), or ({}, a problem)
        """
        try:
            return work(*args), None
        except OperationalError:
            raise  # the whole transaction is lost: it is done again
        except Exception as error:  # noqa: BLE001 (whatever an employee's data does)
            return {}, self._explain(error)

    def _explain(self, error):
        """What a person reads of an error in the data of this employment."""
        if isinstance(error, UserError):
            return str(error.args[0])
        # Neither the text nor the data of the error: they may hold personal data.
        _logger.warning("Employment %s: %s", self.id, type(error).__name__)
        return self.env._(
            "%(name)s could not be updated (%(kind)s). Check this employee's contract "
            "data in Odoo.",
            name=self.name,
            kind=type(error).__name__,
        )


def _plain_contracts(employee):
    """The contracts of an hr.employee as plain values, the first one first."""
    versions = employee.version_ids.filtered("contract_date_start")
    return tuple(
        Contract(contract[:1].id, start, contract[:1].contract_date_end or None)
        for start, contract in versions.grouped("contract_date_start").items()
    )
