# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from psycopg2 import OperationalError

from odoo import models

from ...people import snapshot
from .loket_employee import LINKED

ADDRESS = {"private_street", "private_zip", "private_city"}
#: Parts of an address that Loket doesn't know: of the old one, once it is replaced.
REST_OF_ADDRESS = ("private_street2", "private_state_id")


class LoketEmployee(models.Model):
    """What is taken over from Loket into the linked employee, time and again."""

    _inherit = "loket.employee"

    def _attempt(self, work, *args):
        """({field: (old, new)} of what ``work`` wrote, None), or ({}, a problem).

        ``work`` leaves nothing half done: it writes in a savepoint of its own.
        """
        try:
            return work(*args), None
        except OperationalError:
            raise  # the whole transaction is lost: it is done again
        except Exception as error:  # noqa: BLE001 (whatever an employee's data does)
            return {}, self._explain(error)

    def _links(self):
        """The employments that tell about the employee of this one."""
        links = self.employee_id.sudo().loket_employee_ids._live()
        return links.filtered(lambda row: row.decision in LINKED)

    # === NAME AND ADDRESS === #

    def _update_person(self, told, before, countries):
        """Bring name, address and contact data of the employee up to date.

        :param told: the snapshot of now; empty for a row made by hand
        :param before: the snapshot that was taken over last
        :return: {field: (old, new)} of what was written; empty when nothing differed
        """
        self.ensure_one()
        changes = self._person_changes(told, before, countries)
        if changes:
            with self.env.cr.savepoint():
                self.employee_id.write(
                    {name: new for name, (_old, new) in changes.items()}
                )
        return changes

    def _person_changes(self, told, before, countries):
        """{field: (old, new)} of what the employee lacks; writes nothing."""
        if not told or not self._leads():
            return {}
        vals = snapshot.person_vals(told, before, countries)
        changes = self._differences(vals)
        if not ADDRESS.isdisjoint(changes):
            changes |= self._differences(dict.fromkeys(REST_OF_ADDRESS, False))
        employee = self.employee_id
        if "name" in changes and employee.legal_name == employee.name:
            changes |= self._differences({"legal_name": vals["name"]})
        return changes

    def _differences(self, vals):
        employee = self.employee_id
        changes = {}
        for name, new in vals.items():
            old = employee._fields[name].convert_to_write(employee[name], employee)
            if (old or False) != (new or False):
                changes[name] = (old, new)
        return changes

    def _leads(self):
        """Whether name and address come from this employment.

        Two administrations may know one person under two addresses. Were both
        written, each night would change them to and fro.
        """
        return self == max(
            self._links() or self,
            key=lambda row: (row.start_date or date.min, row.connection_id.id, row.id),
        )

    # === END OF THE CONTRACT === #

    def _update_contracts(self):
        """Bring the ends of the employee's contracts up to date.

        :return: {field: (old, new)} of what was written; empty when nothing differed
        """
        self.ensure_one()
        changes = {}
        wanted = self._contract_ends()
        if wanted:
            with self.env.cr.savepoint():
                for version, vals in wanted:
                    changes |= {name: (version[name], vals[name]) for name in vals}
                    version.write(vals)
        return changes

    def _contract_ends(self):
        """[(version, values)] of the contracts that end on another day in Loket.

        Odoo wants a start with every end, so an employee without contract gets both.
        """
        employee = self.employee_id
        jobs = self._links().filtered("start_date")
        contracts = employee.version_ids.filtered("contract_date_start")
        if not jobs:
            return []
        if not contracts:
            start, end = min(jobs.mapped("start_date")), jobs._end_of_all()
            vals = {"contract_date_start": start, "contract_date_end": end}
            return [(employee.version_id, vals)] if end else []
        wanted = []
        for version in contracts.grouped("contract_date_start").values():
            version = version[:1]  # Odoo gives the end to all versions of a contract
            ends = jobs.filtered(lambda job, one=version: job._overlaps(one))
            end = ends._end_of_all()
            if ends and end != version.contract_date_end:
                wanted.append((version, {"contract_date_end": end}))
        return wanted

    def _end_of_all(self):
        """The last of the ends; False when one of the employments has no end."""
        ends = [row._last_day() for row in self]
        return max(ends) if ends and all(ends) else False

    def _last_day(self):
        return self.contract_end_date or self.end_date

    def _overlaps(self, contract):
        """Whether this employment and a contract (hr.version) have a day in common.

        An end before the start is wrong in Loket; it counts from its start, so that
        writing it says what is wrong.
        """
        last = max(self._last_day() or date.max, self.start_date)
        return (
            self.start_date <= (contract.contract_date_end or date.max)
            and last >= contract.contract_date_start
        )
