# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...people import snapshot
from ..employee.employee_lookup import EmployeeLookup
from ..employee.loket_employee import LINKED

#: Field of an employment -> the field of the employee that shows the same change.
SHOWN_BY_EMPLOYEE = {
    "name": "name",
    "birthday": "birthday",
    "contract_end_date": "contract_date_end",
    "end_date": "contract_date_end",
}


class LoketSyncRun(models.Model):
    """Refreshing the employments that were known, and the employees linked to them."""

    _inherit = "loket.sync.run"

    def _update_rows(self, records, by_ref, lines):
        """Refresh known rows; one employee's bad data rolls back that one only.

        First all rows, so that the end of a contract is decided on what Loket says
        now of every employment of the person; then the employees.
        """
        known = {
            one.employment_ref: one for one in records if one.employment_ref in by_ref
        }
        rows = self.env["loket.employee"].browse(by_ref[ref].id for ref in known)
        told = {row: snapshot.row_vals(known[row.employment_ref]) for row in rows}
        back = rows.filtered(lambda row: not row.in_loket)
        changes = {row: self._update_row(row, told[row]) for row in rows}
        problems = rows._clashes() | rows._employee_of_another()
        failed = (rows - rows.browse([row.id for row in problems]))._failed()
        again = failed.filtered(lambda row: row.employee_id or row.decision == "add")
        for row in again:
            row.snapshot = told[row]["snapshot"]
        self._try_again(again, lines)
        for row in failed - (back - again):
            problems[row] = row.problem
        countries = EmployeeLookup(self.company_id).countries
        written = {row: {} for row in rows}
        for row in rows - again:
            if not problems.get(row) and row.employee_id and row.decision in LINKED:
                written[row], problems[row] = self._update_employee(
                    row, told[row]["snapshot"], countries
                )
        self._show(rows, changes, written, problems, lines)
        self.unchanged = sum(
            not (problems.get(row) or changes[row] or written[row])
            for row in rows - again
        )

    @api.model
    def _update_row(self, row, told):
        """Write what differs; returns {field: (old, new)}.

        The snapshot of a linked row tells what was taken over last. So it waits until
        that is done: what Loket emptied must not be forgotten.
        """
        vals = told | {"in_loket": True}
        if row.employee_id and row.decision in LINKED:
            del vals["snapshot"]
        changed = {name: new for name, new in vals.items() if row[name] != new}
        before = {name: row[name] for name in changed}
        if changed:
            row.write(changed | {"last_sync_date": fields.Datetime.now()})
        return {
            name: (before[name], new)
            for name, new in changed.items()
            if name not in ("snapshot", "in_loket")
        }

    def _show(self, rows, changes, written, problems, lines):
        """Problems on the rows, and in the run what changed and what did not.

        What changed in Loket and so in the employee is one change.
        """
        for row in rows:
            problem = problems.get(row)
            if row.problem != (problem or False):
                row.problem = problem
            if problem:
                lines.append(
                    {
                        "kind": "failed",
                        "name": row.name,
                        "loket_employee_id": row.id,
                        "message": problem,
                    }
                )
            in_loket = {
                name: pair
                for name, pair in changes[row].items()
                if SHOWN_BY_EMPLOYEE.get(name) not in written[row]
            }
            words = self._in_words(row, in_loket)
            words |= self._in_words(row.employee_id, written[row])
            lines.extend(self._change_lines(row, words))

    def _try_again(self, rows, lines):
        """Carry out decisions that failed before, for whoever is responsible."""
        if not rows:
            return
        user = self.connection_id.user_id or self.env.user
        rows.with_user(user).sudo().action_apply()
        done = self.env._("The decision is carried out, which failed before.")
        lines.extend(
            {
                "kind": "updated",
                "name": row.name,
                "loket_employee_id": row.id,
                "message": done,
            }
            for row in rows
            if not row.problem
        )

    @api.model
    def _update_employee(self, row, told, countries):
        """Bring one employee up to date: ({field: (old, new)}, problem or None).

        A contract that can't end on the day that Loket tells is no reason to keep an
        old address.
        """
        before = row.snapshot or {}
        person, trouble = row._attempt(row._update_person, told, before, countries)
        if not trouble and row.snapshot != told:
            row.snapshot = told
        contract, conflict = row._attempt(row._update_contracts)
        if row.to_apply and not trouble:
            row.to_apply = False
        return person | contract, " ".join(filter(None, (trouble, conflict))) or None

    # === IN WORDS === #

    @api.model
    def _in_words(self, record, changes):
        """{label: (old, new)} for people to read, of {field: (old, new)}."""
        return {
            record._fields[name].get_description(self.env, ["string"])["string"]: (
                self._shown(record, name, old),
                self._shown(record, name, new),
            )
            for name, (old, new) in changes.items()
        }

    @api.model
    def _shown(self, record, name, value):
        """A value of a field (as it is written) for people to read."""
        field = record._fields[name]
        if not value:
            return ""
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)

    def _change_lines(self, row, changes):
        return [
            {
                "kind": "updated",
                "name": row.name,
                "loket_employee_id": row.id,
                "field_name": label,
                "old_value": old,
                "new_value": new,
            }
            for label, (old, new) in changes.items()
        ]
