# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ...people.match import text_key


class LoketEmployee(models.Model):
    """One person in Loket is one employee in Odoo, and the other way round."""

    _inherit = "loket.employee"

    def _is_somebody_else(self, other):
        """Whether ``other`` is of another person, as far as Loket tells.

        Who comes back may be entered in Loket once more, and another administration
        may know a person too: then name and birth date tell. A name alone is no proof.
        """
        if self.employee_ref and self.employee_ref == other.employee_ref:
            return False
        born = self.birthday and self.birthday == other.birthday
        return not born or text_key(self.name) != text_key(other.name)

    def _employee_of_another(self):
        """{row: what is wrong} for new links to an employee who is another person's.

        Links that were carried out stand: they were judged when they were made.
        """
        wrong = {}
        for row in self.filtered("to_apply"):
            links = row.employee_id.sudo().loket_employee_ids._live() - row
            other = next(filter(row._is_somebody_else, links), None)
            if other:
                wrong[row] = self.env._(
                    "%(employee)s is linked to %(other)s (number %(number)s in "
                    "%(connection)s), another person in Loket than %(name)s. Choose "
                    "another employee, or undo that link first.",
                    employee=row.employee_id.name,
                    other=other.name,
                    number=other.employee_number or other.payroll_number,
                    connection=other.connection_id.name,
                    name=row.name,
                )
        return wrong

    def _refuse_employee_of_another(self):
        """Undo links to an employee who is another person's; returns those rows.

        Judged for all rows together: of two people linked to one employee at once,
        nobody can tell who it is.
        """
        wrong = self._employee_of_another()
        for row, problem in wrong.items():
            row.write({"employee_id": False, "problem": problem})
        return self.browse([row.id for row in wrong])
