# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

#: How many periods the last one is held against.
BEFORE = 12


def counted():
    """The files that count, of the administration that each connection has now.

    :return: SQL of a table, with ``ago``: 0 for the last period that has a file, 1 for
        the one before; and ``before``, how many there are before the last, at most
        ``BEFORE``
    """
    return SQL(
        """
        SELECT file.*,
               LEAST(MAX(ago) OVER (PARTITION BY connection_id), %(before)s) AS before
          FROM (SELECT export.id, export.connection_id, export.company_id,
                       export.date_from, export.date_to,
                       export.year || '-' || lpad(export.period::text, 2, '0')
                           AS period,
                       row_number() OVER (PARTITION BY export.connection_id
                           ORDER BY export.year DESC, export.period DESC) - 1 AS ago
                  FROM loket_export export
                  JOIN loket_connection connection
                    ON connection.id = export.connection_id
                   AND connection.client_number = export.client_number
                 WHERE export.is_latest) file
        """,
        before=BEFORE,
    )


class LoketHoursReport(models.Model):
    """Hours in the payroll files: the last period beside the twelve before it.

    One row for each cell with hours, of the last thirteen periods that have a file.
    """

    _name = "loket.hours.report"
    _description = "Hours in Loket Payroll Files"
    _inherit = "loket.walls"
    _auto = False
    _order = "period desc, component_label, distribution_unit"
    _depends = {
        "loket.connection": ["client_number"],
        "loket.export": ["connection_id", "client_number", "is_latest"],
        "loket.export.line": ["export_id", "hours", "in_file"],
    }

    export_id = fields.Many2one("loket.export", readonly=True)
    connection_id = fields.Many2one("loket.connection", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    period = fields.Char(readonly=True, help="The year, and the number in it.")
    ago = fields.Integer(
        "Periods Ago",
        readonly=True,
        aggregator=None,
        help="0 for the last period that has a file.",
    )
    employee_id = fields.Many2one("hr.employee", readonly=True)
    component_label = fields.Char("Component", readonly=True)
    distribution_unit = fields.Char("Distribution unit", readonly=True)
    hours = fields.Float(readonly=True, digits=(16, 2))
    hours_now = fields.Float("This Period", readonly=True, digits=(16, 2))
    hours_usual = fields.Float(
        "Average of the Periods Before",
        readonly=True,
        digits=(16, 2),
        help="Of the twelve periods before, or as many as have a file.",
    )
    difference = fields.Float(
        readonly=True, digits=(16, 2), help="This period, less that average."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id, file.id AS export_id, file.connection_id, file.company_id,
                   file.period, file.ago, line.employee_id, line.component_label,
                   line.distribution_unit, line.hours,
                   CASE WHEN file.ago = 0 THEN line.hours ELSE 0 END AS hours_now,
                   CASE WHEN file.ago = 0 THEN 0 ELSE line.hours / file.before END
                       AS hours_usual,
                   CASE WHEN file.ago > 0 THEN -line.hours / file.before
                        WHEN file.before > 0 THEN line.hours
                        ELSE 0 END AS difference
              FROM loket_export_line line
              JOIN (%(counted)s) file ON file.id = line.export_id
             WHERE line.in_file AND line.hours <> 0 AND file.ago <= %(before)s
            """,
            counted=counted(),
            before=BEFORE,
        )
