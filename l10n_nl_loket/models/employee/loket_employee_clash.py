# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from .loket_employee import LIVE


class LoketEmployee(models.Model):
    """What is wrong with employments among each other."""

    _inherit = "loket.employee"

    def _clashes(self):
        """{row: what is wrong} for rows whose number is another person's elsewhere.

        Loket wants a personnel number to be one person's in all administrations. One
        person in two administrations is no clash, under one number or two. Nor is one
        whom we don't import.
        """
        rows = self._live().filtered(lambda row: row.decision != "ignore")
        numbers = {row.payroll_number for row in rows if row.payroll_number}
        others = defaultdict(list)
        for other in self.sudo().search(
            LIVE
            & Domain("company_id", "in", rows.company_id.ids)
            & Domain("payroll_number", "in", list(numbers))
            & Domain("decision", "!=", "ignore")
        ):
            others[other.company_id, other.payroll_number].append(other)
        clashes = {}
        for row in rows:
            for other in others[row.company_id, row.payroll_number]:
                if row._is_another_person(other):
                    clashes[row] = self.env._(
                        "Number %(number)s is also that of %(other)s in "
                        "%(connection)s. Give one of them another number in Loket.",
                        number=row.payroll_number,
                        other=other.name,
                        connection=other.connection_id.name,
                    )
                    break
        return clashes

    def _is_another_person(self, other):
        """Whether ``other``, of another connection, is somebody else."""
        if other.connection_id == self.connection_id:
            return False
        if self.employee_id and self.employee_id == other.employee_id:
            return False
        return self._is_somebody_else(other)

    def _flag_clashes(self):
        """Show on each row that clashes what is wrong; returns those rows."""
        clashes = self._clashes()
        for row, problem in clashes.items():
            row.problem = problem
        return self.browse([row.id for row in clashes])

    def _mark_missing(self):
        """Say that Loket no longer gives these; nothing is ended on that ground."""
        self.write(
            {
                "in_loket": False,
                "problem": self.env._(
                    "Loket no longer gives this employment. Check in Loket whether it "
                    "was removed or hidden."
                ),
            }
        )
