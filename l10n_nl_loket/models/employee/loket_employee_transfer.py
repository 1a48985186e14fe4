# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...people import address, brake, checks, contracts, one_person, snapshot
from ...people.known import (
    LINKED,
    Change,
    Contract,
    Employee,
    parts_in,
    text_of_parts,
)
from ...words import joined
from ..in_halves import is_aborted, is_of_a_record, no_person_in_the_log
from ..sentence import pack
from ..translated import reason_of
from .employee_provision import EmployeeProvision
from .loket_employee import LIVE
from .what_matching_reads import email_key

_logger = logging.getLogger(__name__)

#: Of somebody who left, and is no longer true once a new contract begins.
DEPARTURE = ("departure_reason_id", "departure_description", "departure_date")
#: All that contracts of an employee are read from (see ``_plain_contracts``).
CONTRACT_FIELDS = (
    "active",
    "contract_date_end",
    "contract_date_start",
    "date_version",
    "employee_id",
)


class LoketEmployee(models.Model):
    """From Loket into employees: all that writes ``hr.employee`` is here."""

    _inherit = "loket.employee"

    # === READING === #

    def _plain_employees(self):
        """{id: the linked employee as plain values}, read in a few queries."""
        # As the system: deciding needs no rights on employees.
        employees_sudo = self.sudo().employee_id
        values = employees_sudo.read(self._plain_employee_fields(), load=None)
        return {
            employee_sudo.id: Employee(
                id=employee_sudo.id,
                values={name: value or None for name, value in vals.items()},
                version_id=vals["current_version_id"],
                contracts=_plain_contracts(employee_sudo),
            )
            for employee_sudo, vals in zip(employees_sudo, values, strict=True)
        }

    @api.model
    def _plain_employee_fields(self):
        """All that ``_plain_employees`` reads of an employee, beside the contracts."""
        names = self.env["hr.employee"]._loket_name_vals("-", "-", "-")
        return [
            *snapshot.EMPLOYEE_FIELDS,
            *(name for name in names if name not in snapshot.EMPLOYEE_FIELDS),
            "contract_date_end",
            "current_version_id",
        ]

    def _plain_links(self):
        """{id of an employee: all employments that tell about it, as plain values}"""
        # As the system: a person may be employed where this user may not look.
        links_sudo = self.sudo().search(
            LIVE
            & Domain("employee_id", "in", self.employee_id.ids)
            & Domain("decision", "in", LINKED)
        )
        by_employee = links_sudo.grouped("employee_id")
        return {
            employee_sudo.id: its_links_sudo._plain()
            for employee_sudo, its_links_sudo in by_employee.items()
        }

    # === NEW EMPLOYEES, AND NEW CONTRACTS === #

    def _add_employees(self, provision):
        """One employee for each person among the rows, made in one go.

        :param provision: EmployeeProvision of the company of the rows
        """
        links = self._linked_by_ref(self.company_id)
        today = fields.Date.context_today(self)
        leads = {}
        for group in one_person.people(self._plain()):
            rows = self.browse([row.id for row in group])
            rows = rows.with_prefetch(self._prefetch_ids)  # all are read at once
            known = (
                one_person.linked_employee(row, links.get(row.employee_ref, ()))
                for row in group
            )
            if employee_id := next(filter(None, known), None):
                rows.employee_id = employee_id
            else:
                lead = self.browse(contracts.started_last(group, today).id)
                leads[lead] = rows
        new_employees = (
            self.env["hr.employee"]
            .with_company(self.company_id)
            .create([lead._new_employee_vals(provision) for lead in leads])
        )
        for rows, employee in zip(leads.values(), new_employees, strict=True):
            rows.employee_id = employee
        for lead in leads:
            lead.made_employee = True
            lead.to_come = snapshot.parts_to_come(lead.snapshot)
            lead._note(lead._data_events(provision, snapshot.CONTRACT_PARTS))

    def _begin_contract(self, provision):
        """A new contract of an employee who comes back, in a savepoint.

        :return: {field: Change} of what was written
        """
        employee = self.employee_id
        (row,) = self._plain()
        with self.env.cr.savepoint():
            version = employee.create_contract(self.start_date)
            employee = _as_of_version(employee, version)
            vals = {
                **self._new_contract_vals(provision),
                # Of a part that is yet to come, nothing of the old contract stays.
                **dict.fromkeys(DEPARTURE),
            }
            vals.pop("contract_date_start")  # it has that already
            employee.write(vals)
            calendar = self._new_calendar(provision)
            employee._loket_set_schedule(calendar, self.start_date)
            today = fields.Date.context_today(self)
            if not employee.active and (row.last_day or date.max) >= today:
                employee.action_unarchive()
            # Not the department: that stays with the employee.
            self.to_come = snapshot.parts_to_come(
                self.snapshot, {"hours", "wage", "job"}
            )
        return {"contract_date_start": Change(None, self.start_date)}

    def _new_employee_vals(self, provision):
        """Values of the new hr.employee, with the contract data that is taken once."""
        Employee = self.env["hr.employee"]
        department = provision.department(self)
        return {
            **snapshot.person_vals(
                self.snapshot, provision.countries, Employee._loket_name_vals
            ),
            **self._new_contract_vals(provision),
            **Employee._loket_schedule_vals(self._new_calendar(provision)),
            # Of a branch, where the department is.
            "company_id": (department.company_id or self.company_id).id,
            "work_email": self.snapshot["work_email"] or self.snapshot["email"],
            "work_phone": self.snapshot["work_phone"],
            "department_id": department.id,
        }

    def _new_contract_vals(self, provision):
        """Start, end, wage, contract type and job of a new contract, as Loket tells."""
        contract_type = provision.contract_type(self.snapshot["contract_type"])
        title = self.snapshot["job_title"]
        return {
            **snapshot.contract_dates(self.snapshot),
            "contract_type_id": contract_type.id,
            "wage": float(self.snapshot["wage"] or 0),
            "job_id": provision.job(title).id if title else False,
        }

    def _new_calendar(self, provision):
        """The working schedule of a new contract; the company's own while unknown."""
        hours = snapshot.hours_of(self.snapshot)
        if hours is None:
            return self.company_id.resource_calendar_id
        return provision.calendar(hours)

    # === CONTRACT DATA THAT COMES LATER === #

    def _take_parts(self, parts, provision):
        """Take over what Loket tells of the contract for the first time.

        In a savepoint. What somebody has filled in meanwhile stays.

        :param parts: keys of snapshot.CONTRACT_PARTS
        :return: {field: Change} of what was written
        """
        written = {}
        parts = parts & snapshot.parts_told(self.snapshot)
        with self.env.cr.savepoint():
            for version in self._versions_of_contract():
                employee = _as_of_version(self.employee_id, version)
                vals = self._lacking_vals(version, parts, provision)
                if vals:
                    written |= {
                        name: Change(version[name] or None, new)
                        if version._fields[name].type != "many2one"
                        else Change(version[name].id or None, new)
                        for name, new in vals.items()
                    }
                    calendar = vals.pop("resource_calendar_id", None)
                    employee.write(vals)
                    if calendar:
                        employee._loket_set_schedule(
                            self.env["resource.calendar"].browse(calendar),
                            version.contract_date_start or self.start_date,
                        )
            self.to_come = text_of_parts(parts_in(self.to_come) - parts)
        self._note(self._data_events(provision, parts))
        if "department" in parts and self._is_elsewhere_in_odoo(provision):
            self.check_department = True
        return written

    def _versions_of_contract(self):
        """The versions of the contract that this employment tells."""
        versions = self.employee_id.version_ids
        started = versions.filtered("contract_date_start").grouped(
            "contract_date_start"
        )
        before = [start for start in started if start <= self.start_date]
        if not started:
            return self.employee_id.version_id
        return started[max(before) if before else min(started)]

    def _lacking_vals(self, version, parts, provision):
        """Values of the parts that a version lacks."""
        vals = {}
        if "wage" in parts and self.snapshot["wage"] and not version.wage:
            vals["wage"] = float(self.snapshot["wage"])
        if "job" in parts and not version.job_id:
            vals["job_id"] = provision.job(self.snapshot["job_title"]).id
        if "department" in parts and not version.department_id:
            department = provision.department(self)
            # An employee is of a company by now: Odoo wants a department of that.
            if department.company_id <= version.company_id.parent_ids:
                vals["department_id"] = department.id
        if "hours" in parts:
            default = self.company_id.resource_calendar_id.hours_per_week
            known = version.resource_calendar_id.hours_per_week
            calendar = self._new_calendar(provision)
            if known in (default, 0) and known != calendar.hours_per_week:
                vals["resource_calendar_id"] = calendar.id
        return {name: value for name, value in vals.items() if value}

    # === WHAT TO LOOK AT === #

    def _data_events(self, provision, parts):
        """What is to be looked at once contract data was taken over: {kind: Check}"""
        events = {}
        if "wage" in parts and self.snapshot.get("hourly_wage"):
            events["hourly"] = checks.hourly_check()
        if "department" in parts:
            check = provision.department_check(self)
            if check:
                events["department"] = check
        return events

    def _note(self, events, states=None):
        """Keep what there is to look at.

        :param events: {kind: people.checks.Check} of what happened
        :param states: the same of what is so, all there is; None: not looked at
        """
        self.ensure_one()
        to_come = parts_in(self.to_come)
        if states is not None and to_come:
            calendar = self.employee_id.resource_calendar_id
            if snapshot.hours_of(self.snapshot) == calendar.hours_per_week:
                to_come -= {"hours"}  # on call: no hours, and that is what Odoo has
            asked = checks.data_checks(to_come, calendar.display_name)
            states = {**states, **asked}
        kept = checks.kept_checks(
            self.checks or {},
            {
                kind: check._replace(text=pack(check.text))
                for kind, check in {**events, **(states or {})}.items()
            },
            states=states is not None,
        )
        if kept != (self.checks or {}):
            self.checks = kept or False
        if "department" in events and not self.check_department:
            self.check_department = True

    # === AFTER A DECISION === #

    def _transfer(self, provision):
        """Bring the employees of what was just decided in line with Loket.

        :param provision: EmployeeProvision of the company of the rows
        :return: {row: problem} of contracts that could not be brought in line
        """
        employees, links = self._plain_employees(), self._plain_links()
        naming = self.env["hr.employee"]._loket_name_vals
        plain_rows = {plain.id: plain for plain in self._plain()}
        problems = {}
        for row in self:
            plain = plain_rows[row.id]
            employee = employees[row.employee_id.id]
            employments = links.get(employee.id, [])
            if plain.snapshot:  # a row made by hand has none
                changes = snapshot.person_changes(
                    plain,
                    employments,
                    employee,
                    plain.snapshot,
                    {},
                    provision.countries,
                    naming,
                )
                names = snapshot.name_fields(naming)
                held = brake.still_waits(employments, changes, names)
                if held:
                    problems[row] = row._let_wait(held)
                row._write_person(
                    {name: changes[name] for name in changes if name not in held}
                )
            if row.decision == "link":
                row._compare_with_odoo(provision)
        for row in self.sorted(lambda row: row.start_date or date.min):
            employee = employees[row.employee_id.id]
            problem = row._follow_contracts(
                plain_rows[row.id], links.get(employee.id, []), employee, provision
            )
            if problem:
                problems[row] = joined(" ", (problems.get(row), problem))
        return problems

    def _let_wait(self, held):
        """What waits on another employment of the employee waits on this one too.

        :param held: {field: Change}
        :return: what a person reads of it
        """
        self.held = {
            name: brake.json_value(change.new) for name, change in held.items()
        }
        Line = self.env["loket.sync.run.line"]
        return Line._waits_sentence(Line._in_words(self.employee_id, held))

    def _follow_contracts(self, plain, employments, employee, provision):
        """Bring the contracts of the employee in line with what was just decided.

        :param plain: people.known.Row of this employment
        :param employments: people.known.Row of all that tell about the employee
        :param employee: people.known.Employee; its contracts may have changed since
        :return: a problem or None
        """
        self.ensure_one()
        employee = contracts.with_contracts(
            employee, _plain_contracts(self.employee_id)
        )
        today = fields.Date.context_today(self)
        plan = contracts.plan_contracts(employments, employee, today)
        _written, problem = self._attempt(self._write_contracts, plan.changes)
        begins = plan.begins and plan.begins[0].id == self.id and plain.snapshot
        if begins and not problem:
            _written, problem = self._come_back(provision)
        is_past = (plain.last_day or date.max) < today
        if not (self.employee_id.active or problem or is_past):
            self._note({"archived": checks.archived_check()})
        check = next(
            (
                check
                for employment, check in plan.checks.items()
                if employment.id == self.id
            ),
            None,
        )
        states = {"contract": check} if check else {}
        code = address.unknown_country(plain.snapshot or {}, provision.countries)
        if code and contracts.leads(plain, employments):
            states["country"] = checks.country_check(code)
        self._note({}, states)
        return problem

    def _come_back(self, provision):
        """Begin a contract of somebody who comes back, and note what to look at then.

        The department is not taken over: it stays with the employee.

        :return: ({field: Change} of what was written, a problem or None)
        """
        written, problem = self._attempt(self._begin_contract, provision)
        if not problem:
            self._note(self._data_events(provision, {"wage"}))
            if self._is_elsewhere_in_odoo(provision):
                self.check_department = True
        return written, problem

    def _compare_with_odoo(self, provision):
        """Note what to look at after linking: it is not taken over from Loket."""
        self.ensure_one()
        known_email = email_key(self.employee_id.work_email)
        self.check_email = bool(self.email) and email_key(self.email) != known_email
        self.check_department = self._is_elsewhere_in_odoo(provision)

    def _is_elsewhere_in_odoo(self, provision):
        """Whether the employee is in another department than Loket tells."""
        department = self.employee_id.department_id
        meant = provision.departments(self)
        if meant:
            return department not in meant
        if not self.department_name:  # a unit that no department has, or nothing
            return bool((self.snapshot or {}).get("distribution_unit"))
        return self.department_name.casefold() != (department.name or "").casefold()

    # === AT NIGHT === #

    def _update_employee(self, plan, provision, is_written=False):
        """Write what a night changes on the employee of this employment.

        A contract that can't end on the day that Loket tells is no reason to keep an
        old address, nor to say nothing of another department.

        :param plan: people.night.RowPlan of this row
        :param provision: EmployeeProvision of the company, which makes nothing here
        :param is_written: whether name, address and contact data are written already
        :return: ({field: Change} of what was written, a problem or None)
        """
        self.ensure_one()
        person, problem = plan.person, None
        if not is_written:
            person, problem = self._attempt(self._write_person, plan.person)
        ends, conflict = self._attempt(self._write_contracts, plan.contracts)
        written, problems = person | ends, [problem, conflict]
        if not problem:
            taken = plan.snapshot
            if conflict:  # the dates were not taken over
                taken = snapshot.with_dates_of(taken, self.snapshot or {})
            if self.snapshot != taken:
                self.snapshot = taken
            if self.to_apply:
                self.to_apply = False
            if not conflict:
                more, failure = self._follow_at_night(plan)
                written |= more
                problems.append(failure)
            # Whatever became of the contracts: the next night sees no change any more.
            self._note_at_night(plan, provision)
        return written, joined(" ", problems) or None

    def _follow_at_night(self, plan):
        """Begin a contract, or take over what comes later.

        :return: ({field: Change} of what was written, a problem or None)
        """
        # One of its own: what it makes is gone with a savepoint that fails.
        provision = EmployeeProvision(self.company_id)
        if plan.begins_contract:
            return self._come_back(provision)
        if plan.comes:
            return self._attempt(self._take_parts, plan.comes, provision)
        return {}, None

    def _note_at_night(self, plan, provision):
        """Note what there is to look at of what was just taken over."""
        events, states = checks.events_and_states(plan.checks)
        if plan.place_changed or self._asks_of_department():
            if not self._is_elsewhere_in_odoo(provision):
                self._end_department_check()
            if plan.place_changed and self._has_moved_in_loket(provision):
                unclear = provision.department_check(self)
                events["department"] = unclear or checks.moved_check(self.snapshot)
        self._note(events, states)

    def _has_moved_in_loket(self, provision):
        """Whether Loket tells another department than Odoo has, or none any more."""
        told = snapshot.place_of(self.snapshot)
        return not any(told) or self._is_elsewhere_in_odoo(provision)

    def _asks_of_department(self):
        """Whether a person is asked, or was, to look at the department."""
        return self.check_department or "department" in (self.checks or {})

    def _end_department_check(self):
        """Loket and Odoo agree (again): whatever there was to look at is over."""
        kept = dict(self.checks or {})
        if kept.pop("department", None):
            self.checks = kept or False
        self.check_department = False

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
            with no_person_in_the_log():
                return work(*args), None
        except Exception as error:
            if not is_of_a_record(error):
                raise  # the whole transaction is lost: it is done again
            if is_aborted(self.env.cr):
                raise  # it was another's, which waited to be written
            return {}, self._explain(error)

    def _explain(self, error):
        """What a person reads of an error in the data of this employment."""
        if isinstance(error, UserError):
            return reason_of(error)
        # Neither the text nor the data of the error: they may hold personal data.
        _logger.warning("Employment %s: %s", self.id, type(error).__name__)
        return self._lt(
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


def _as_of_version(employee, version):
    """An hr.employee, of which this version is read and written.

    Alone: of employees that are read together, Odoo takes the versions of today
    instead, so that what is yet to begin would be written on the old contract.
    """
    return employee.with_context(version_id=version.id).with_prefetch()
