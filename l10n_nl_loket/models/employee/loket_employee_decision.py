# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError

from .employee_lookup import EmployeeLookup
from .loket_employee import LINKED

_logger = logging.getLogger(__name__)


class LoketEmployee(models.Model):
    """What a person decides about employments, and carrying it out."""

    _inherit = "loket.employee"

    to_apply = fields.Boolean(
        "To Be Carried Out",
        readonly=True,
        copy=False,
        help="The decision, or the employee to link to, was not carried out yet.",
    )

    def write(self, vals):
        """Another decision, or another employee, is yet to be carried out."""
        if not {"decision", "employee_id"}.isdisjoint(vals):
            vals = {"to_apply": True, **vals}
        return super().write(vals)

    def action_add(self):
        """Decide to add, and do it.

        Of many, those who may be in Odoo already are left to decide on one by one.
        """
        rows = self._unlinked()
        if not rows:
            raise UserError(self.env._("All of these are linked already."))
        if len(rows) > 1:
            rows = rows.filtered(lambda row: not row.may_be_double)
        if not rows:
            raise UserError(
                self.env._(
                    "All of these have a suggestion: they may be in Odoo already. "
                    "Link them, or add them one by one."
                )
            )
        rows.write({"decision": "add"})
        return rows._carry_out(left=len(self._unlinked() - rows))

    def action_link_suggestion(self):
        """Link every row of the selection that has a suggestion to it."""
        rows = self._unlinked().filtered("suggested_employee_id")
        if not rows:
            raise UserError(
                self.env._("None of these has a suggestion. Link them one by one.")
            )
        for row in rows:
            row.write({"decision": "link", "employee_id": row.suggested_employee_id.id})
        return rows._carry_out()

    def action_ignore(self):
        """Decide not to import; remembered until someone decides otherwise."""
        self._unlinked().write(
            {"decision": "ignore", "is_queued": False, "problem": False}
        )
        self.connection_id._end_deciding()
        return True

    def action_reset(self):
        """Undo the decision. The employee in Odoo stays as it is."""
        self.action_checked()
        return self.write(
            {
                "decision": "pending",
                "employee_id": False,
                "is_queued": False,
                "problem": False,
            }
        )

    def _unlinked(self):
        """The rows that may still be decided on, for those who may decide.

        :raise AccessError: deciding is not this user's
        """
        self.check_access("write")
        return self.filtered(lambda row: not row.employee_id)

    def action_apply(self):
        """Carry out the decisions. One bad row is shown and never stops the others.

        Add makes an employee; link takes name and address over and leaves department
        and e-mail. Needs no rights on employees: deciding is the right.
        """
        self.check_access("write")
        rows = self.sudo()
        rows.is_queued = False
        decided = rows.filtered(lambda row: row.decision in LINKED)
        refused = decided._refuse_employee_of_another()
        sound = decided - refused - (rows - refused)._flag_clashes()
        for same_company in sound.grouped("company_id").values():
            same_company._apply_in_halves()
        rows.connection_id._end_deciding()
        return True

    def _apply_in_halves(self):
        """All at once; what fails is halved until the bad rows stand alone."""
        try:
            with self.env.cr.savepoint():
                self._apply()
        except OperationalError:
            raise  # the whole transaction is lost: it is done again
        except Exception as error:  # noqa: BLE001 (whatever an employee's data does)
            half = len(self) // 2
            if half:
                self[:half]._apply_in_halves()
                self[half:]._apply_in_halves()
            else:
                self.problem = self._explain(error)

    def _apply(self):
        """Carry out the decisions of rows of one company."""
        for row in self:
            row._check_appliable()
        lookup = EmployeeLookup(self.company_id)
        self._unlinked()._add_employees(lookup)
        problems = {}
        for row in self:
            row._update_person(row.snapshot, {}, lookup.countries)
            if row.decision == "link":
                row._compare_with_odoo(lookup)
            _changes, problems[row] = row._attempt(row._update_contracts)
        self.write({"problem": False, "to_apply": False})
        for row in self.filtered(problems.get):
            row.problem = problems[row]

    def _check_appliable(self):
        if self.employee_id:
            return
        if self.decision == "link":
            raise UserError(
                self.env._("%(name)s: choose the employee to link to.", name=self.name)
            )
        if not self.snapshot:
            raise UserError(
                self.env._(
                    "%(name)s: Loket's data is not here yet. Synchronise first.",
                    name=self.name,
                )
            )
        if not self._live():
            raise UserError(
                self.env._(
                    "%(name)s: Loket does not give this employment, so nobody is "
                    "added. Synchronise, or choose not to import it.",
                    name=self.name,
                )
            )

    def _failed(self):
        """Those whose decision could not be carried out, and that nobody queued."""
        return self.filtered(
            lambda row: (
                row.decision in LINKED
                and row.problem
                and not row.is_queued
                and (row.to_apply or not row.employee_id)
            )
        )

    def _explain(self, error):
        """What a person reads of an error in the data of this employment."""
        if isinstance(error, UserError):
            return str(error.args[0])
        _logger.warning("Employment %s: %s", self.id, type(error).__name__)
        return self.env._(
            "%(name)s could not be updated (%(kind)s). Check this employee's contract "
            "data in Odoo.",
            name=self.name,
            kind=type(error).__name__,
        )
