# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the files that count delivered for each period; what is late since."""

from odoo import fields, models

from ...payroll import Amount
from ...payroll.delivered import Delivered, delivered, from_json, of_old_file
from ...payroll_file import exact


class LoketExport(models.Model):
    """What the files that count delivered for each period."""

    _inherit = "loket.export"

    ledger = fields.Json(
        copy=False,
        groups="base.group_system",
        help="Of which bookings each cell is, of this period and of those that it took "
        "along of.",
    )

    def _delivered(self):
        """What was delivered for the period of this file, which counts.

        With what later files took along for it.

        :return: ``payroll.delivered.Delivered``, also where there is no file
        """
        self.ensure_one()
        ledgers = self._ledgers(self._files_that_count())
        return delivered(ledgers.values(), (self.year, self.period))

    def _files_that_count(self):
        """The last file of each period of this administration.

        As superuser: whoever looks, what was delivered was delivered.
        """
        return self.sudo().search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("client_number", "=", self.client_number),
                ("is_latest", "=", True),
            ]
        )

    def _ledgers(self, files_sudo):
        """{file: its ledger}

        :param files_sudo: ``loket.export`` with a file
        """
        return {file_sudo: file_sudo._ledger() for file_sudo in files_sudo}

    def _ledger(self):
        """What this file delivered, by period.

        :return: {(year, number): ``Delivered``}
        """
        export_sudo = self.sudo()  # it is kept for the system alone
        if export_sudo.ledger:
            return from_json(export_sudo.ledger)
        return {(self.year, self.period): self._delivered_by_old_file()}

    def _delivered_by_old_file(self):
        """Of a file that was made before the sources were kept."""
        if not self.attachment_id:
            return Delivered()
        export_sudo = self.sudo()
        left_out_sudo = export_sudo.left_out_ids.filtered(
            lambda problem: problem.rank == "accept"
        )
        return of_old_file(
            self._file_cells(),
            [
                (
                    problem.employee_id.id,
                    Amount(hours=exact(problem.hours), value=exact(problem.value)),
                )
                for problem in left_out_sudo
            ],
        )
