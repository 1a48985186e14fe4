# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night is planned on: what Odoo knows, of all or of a part at a time."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...people.names import number_key
from ...people.night import plan_night
from ...people.parts import Ties, plan_parts
from ...people.plan import Known
from ..employee.employee_provision import EmployeeProvision
from ..employee.loket_employee import LIVE, plain_connection

#: Of how many employments Odoo's records are held at once.
PART = 1_000


def _parts_of(rows):
    """Recordsets of a bounded number of records, in which all of these are."""
    return [rows[start : start + PART] for start in range(0, len(rows), PART)]


class LoketSyncRun(models.Model):
    """Reading what Odoo knows, and planning; nothing is written."""

    _inherit = "loket.sync.run"

    def _plan_at_once(self, answer, limit):
        """(what is known of everybody, what Loket's answer changes)"""
        records = answer.employments.records
        numbers = {number_key(record.person.employee_number) for record in records}
        known = self._read_known(self.connection_id, numbers, self.lets_pass)
        return known, plan_night(known, answer.employments, limit)

    def _plan_parts(self, answer, limit):
        """What Loket's answer changes, of which only a part is in memory at a time.

        :return: as of people.parts.plan_parts; None too where it is not worth the while
        """
        told = None if self.lets_pass else answer.lists.told
        numbers = answer.lists.numbers
        if told is None or numbers is None or len(told) < 2 * PART:
            return None
        ties = Ties(told)
        for one in numbers:
            ties.add(*one)
        self._tie_known(ties)
        return plan_parts(
            ties.parts(PART),
            ties.places,
            lambda refs: self._read_part(answer, refs),
            limit,
            self._day_of(answer),
            beyond=set(self._linked_beyond().ids),
        )

    def _tie_known(self, ties):
        """Tie employments by what Odoo has of them.

        :param ties: people.parts.Ties
        """
        self.env["loket.employee"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT employment_ref, employee_number, payroll_number, employee_id "
                "FROM loket_employee WHERE connection_id = %s",
                self.connection_id.id,
            )
        )
        for known in iter(self.env.cr.fetchone, None):
            ties.add(*known)

    def _read_part(self, answer, refs):
        """(what is known of some employments, what Loket gives of them)

        Nothing of Odoo is in memory after it but what it returns.
        """
        connection, some = self.connection_id, answer.lists.some(refs)
        rows = self.env["loket.employee"].search(
            Domain("connection_id", "=", connection.id)
            & Domain("employment_ref", "in", refs)
        )
        people = (record.person for record in some.records)
        numbers = {number_key(person.employee_number) for person in people}
        known = self._read_known(connection, numbers, rows=rows)
        self.env.invalidate_all()
        return known, some

    @api.model
    def _read_known(self, connection, numbers=None, lets_pass=False, rows=None):
        """What Odoo knows of a connection, read in a fixed number of queries.

        :param numbers: personnel numbers that Loket gives, as they compare; None:
            those that it gave last
        :param lets_pass: whether what waits on the employments may pass
        :param rows: some of its employments; None: all
        """
        # As the system: who synchronises need not see all that decides who is who.
        connection = connection.sudo()
        LoketEmployee = self.env["loket.employee"].sudo()
        self.env.flush_all()
        if rows is None:
            rows = LoketEmployee.search([("connection_id", "=", connection.id)])
        plain_rows, employees = [], {}
        for part in _parts_of(rows):
            plain_rows += part._plain()
            employees |= part._plain_employees()
            if part != rows:  # of many, only the plain values are kept
                part.employee_id.version_ids.invalidate_recordset(flush=False)
                part.employee_id.invalidate_recordset(flush=False)
                part.invalidate_recordset(flush=False)
        if numbers is None:
            numbers = {number_key(row.employee_number) for row in plain_rows}
        # Of all companies: a number is one person's, and an employee of a branch may
        # be linked through both; who is gone still tells what was taken over.
        elsewhere = LoketEmployee.search(
            Domain("connection_id", "!=", connection.id)
            & (
                (LIVE & Domain("number_key", "in", list(numbers - {""})))
                | Domain("employee_id", "in", list(employees))
            )
        )
        return Known(
            connection=plain_connection(connection),
            rows=plain_rows,
            elsewhere=elsewhere._plain(),
            employees=employees,
            countries=EmployeeProvision(connection.company_id).countries,
            naming=self.env["hr.employee"]._loket_name_vals,
            today=fields.Date.context_today(self),
            lets_pass=lets_pass,
            shared=rows._shared_numbers(),
        )
