# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a file delivered, kept apart for each person."""

from collections import defaultdict

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ...payroll.delivered import from_json, of_kinds, to_json
from ...payroll.kept import by_person, together


class LoketExportPart(models.Model):
    """What a file delivered, of one person: the same as its ledger tells.

    The ledger is one value, which of ten thousand people takes half a second to read.
    Whoever wants to know what is late of one of them reads this.
    """

    _name = "loket.export.part"
    _description = "What a Loket Payroll File Delivered, of One Person"
    _inherit = "loket.walls"

    export_id = fields.Many2one(
        "loket.export", required=True, readonly=True, ondelete="cascade"
    )
    # Empty: of the file as a whole. Where that is there, all are.
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="cascade")
    ledger = fields.Json(required=True, readonly=True)

    _one_of_each = models.UniqueIndex(
        "(export_id, coalesce(employee_id, 0))",
        "What a file delivered to a person is kept once.",
    )

    @api.model
    def _ledgers(self, files, people):
        """{id of a file: what it delivered to some people}, of those that are kept.

        :param people: ids of the employees
        """
        parts = defaultdict(list)
        whole = set()
        kinds = self.env["loket.export"]._known_kinds()
        for file, employee, ledger in self.env.execute_query(
            SQL(
                "SELECT export_id, employee_id, ledger FROM loket_export_part "
                "WHERE export_id = ANY(%s) AND coalesce(employee_id, 0) = ANY(%s) "
                "ORDER BY id",
                files.ids,
                [0, *people],
            )
        ):
            parts[file].append(of_kinds(from_json(ledger), kinds))
            whole |= set() if employee else {file}
        return {file: together(parts[file]) for file in whole}

    @api.model
    def _keep(self, ledgers):
        """Keep apart what is not yet.

        :param ledgers: {id of a file: its ledger}
        """
        there = self.env.execute_query(
            SQL(
                "SELECT export_id FROM loket_export_part "
                "WHERE employee_id IS NULL AND export_id = ANY(%s)",
                list(ledgers),
            )
        )
        for file in set(ledgers).difference(row[0] for row in there):
            self.env.cr.execute_values(
                # Who was left out may be deleted since: nobody will ask for that part.
                "INSERT INTO loket_export_part (export_id, employee_id, ledger) "
                "SELECT part.* FROM (VALUES %s) part (file, employee, ledger) "
                "WHERE employee IS NULL OR employee IN (SELECT id FROM hr_employee)",
                [
                    (file, employee, Json(to_json(ledger)))
                    for employee, ledger in by_person(ledgers[file]).items()
                ],
                template="(%s, %s::int, %s::jsonb)",
                page_size=1000,
            )

    @api.model
    def _forget(self, files):
        """What these files delivered is not what it was."""
        self.env.cr.execute(
            SQL("DELETE FROM loket_export_part WHERE export_id = ANY(%s)", files.ids)
        )
