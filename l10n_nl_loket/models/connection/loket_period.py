# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ...payroll_file import PayrollCalendar, periods


class LoketPeriod(models.Model):
    """A payroll period as Loket dates it, of one administration.

    Whoever wants to know of a period asks the connection (``_period`` and its like):
    there may be years that Loket dates none of.
    """

    _name = "loket.period"
    _description = "Loket Payroll Period"
    _inherit = "loket.walls"
    _order = "year desc, number desc, id"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    year = fields.Integer(required=True, aggregator=None)
    number = fields.Integer(required=True, aggregator=None)
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    is_approved = fields.Boolean(
        "Approved", help="Loket has approved a payroll run of this period."
    )

    _number_unique = models.UniqueIndex("(connection_id, year, number)")
    _dates_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A period ends on or after its first day."
    )

    @api.depends("year", "number")
    def _compute_display_name(self):
        for period in self:
            period.display_name = f"{period.year}-{period.number:02d}"

    @api.model
    def _calendar(self, connection):
        """The ``PayrollCalendar`` of a connection, as Loket told it last.

        As superuser: whoever may ask of a connection gets the periods that are its.
        """
        rows_sudo = self.sudo().search([("connection_id", "=", connection.id)])
        return PayrollCalendar(
            connection.period_type or None,
            [
                periods.Period(
                    row.year,
                    row.number,
                    row.date_from,
                    row.date_to,
                    is_approved=row.is_approved,
                )
                for row in rows_sudo
            ],
        )

    @api.model
    def _renew(self, connection, given):
        """Bring the periods in line with what Loket gives.

        What Loket stops telling is no news: a period goes only where others of what it
        gives have its days.

        :param given: ``gateway.Period`` values
        :return: those that Loket does not give, of the years of which it gives any
        """
        rows = {
            (period.year, period.number): {
                "date_from": period.date_from,
                "date_to": period.date_to,
                "is_approved": period.is_approved,
            }
            for period in given
        }
        known = {
            (row.year, row.number): row
            for row in self.search([("connection_id", "=", connection.id)])
        }
        years = {year for year, _number in rows}
        absent = self.browse().union(
            *(row for key, row in known.items() if key[0] in years and key not in rows)
        )
        dated_anew = absent.filtered(
            lambda row: any(
                period.date_from <= row.date_to and row.date_from <= period.date_to
                for period in given
            )
        )
        kept = absent - dated_anew
        dated_anew.unlink()
        for key, vals in rows.items():
            if row := known.get(key):
                changed = {n: value for n, value in vals.items() if row[n] != value}
                if changed:
                    row.write(changed)
        self.create(
            [
                {"connection_id": connection.id, "year": year, "number": number, **vals}
                for (year, number), vals in rows.items()
                if (year, number) not in known
            ]
        )
        return kept
