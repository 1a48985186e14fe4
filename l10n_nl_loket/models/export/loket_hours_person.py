# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from .loket_hours_report import BEFORE, counted


class LoketHoursPerson(models.Model):
    """Hours of each person in a period, against those of the working schedule.

    The schedule is what Odoo shows every user of a colleague; nothing of the contract
    is in it. Who has no schedule, or one of no hours, is held against nothing.
    """

    _name = "loket.hours.person"
    _description = "Hours per Person in Loket Payroll Files"
    _inherit = "loket.walls"
    _auto = False
    # Who is furthest off comes first.
    _order = "deviation desc, employee_id"
    _depends = {
        "hr.version": ["active", "date_version", "employee_id", "resource_calendar_id"],
        "loket.connection": ["client_number"],
        "loket.employee": ["connection_id", "employee_id", "end_date", "start_date"],
        "loket.export": ["client_number", "idle_employment_ids", "is_latest"],
        "loket.export.left.out": ["employee_id", "export_id", "hours"],
        "loket.export.line": ["employee_id", "export_id", "hours", "in_file"],
        "resource.calendar": ["hours_per_week"],
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
    hours = fields.Float("Hours in the File", readonly=True, digits=(16, 2))
    left_out = fields.Float("Not in the File", readonly=True, digits=(16, 2))
    contract_hours = fields.Float(
        readonly=True,
        digits=(16, 2),
        help="Of the working schedule, a fifth of a week for each weekday on which the "
        "employment runs.",
    )
    difference = fields.Float(
        readonly=True,
        digits=(16, 2),
        help="Hours in the file and not in the file, less the contract hours.",
    )
    deviation = fields.Float(readonly=True, digits=(16, 2), aggregator=None)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY export_id, employee_id) AS id,
                   person.*, ABS(difference) AS deviation
              FROM (SELECT file.id AS export_id, file.connection_id, file.company_id,
                           file.period, file.ago, booked.employee_id, booked.hours,
                           booked.left_out, contract.hours AS contract_hours,
                           CASE WHEN contract.hours > 0
                                THEN booked.hours + booked.left_out - contract.hours
                                ELSE 0 END AS difference
                      FROM (%(counted)s) file
                      JOIN (%(booked)s) booked ON booked.export_id = file.id
                CROSS JOIN LATERAL (%(contract)s) contract
                     WHERE file.ago <= %(before)s) person
            """,
            counted=counted(),
            booked=_booked(),
            contract=_contract(self.env["resource.calendar"]),
            before=BEFORE,
        )


def _booked():
    """What each person has in each file; who has nothing at all, too."""
    return SQL(
        """
        SELECT export_id, employee_id, SUM(hours) AS hours, SUM(left_out) AS left_out
          FROM (SELECT export_id, employee_id, hours, 0 AS left_out
                  FROM loket_export_line WHERE in_file
                 UNION ALL
                SELECT export_id, employee_id, 0, hours FROM loket_export_left_out
                 UNION ALL
                SELECT idle.loket_export_id, job.employee_id, 0, 0
                  FROM loket_employee_loket_export_rel idle
                  JOIN loket_employee job ON job.id = idle.loket_employee_id) part
         WHERE employee_id IS NOT NULL
         GROUP BY export_id, employee_id
        """
    )


def _contract(calendars):
    """The hours of a person's schedule in a period, as it was on each weekday.

    None where another addon works the hours of a week out each time: what the database
    has of them is of before.
    """
    if not calendars._fields["hours_per_week"].store:
        return SQL("SELECT 0 AS hours")
    return SQL(
        """
        SELECT COALESCE(SUM(calendar.hours_per_week / 5), 0) AS hours
          FROM generate_series(file.date_from, file.date_to, '1 day') day
         CROSS JOIN LATERAL (
               SELECT version.resource_calendar_id
                 FROM hr_version version
                WHERE version.employee_id = booked.employee_id AND version.active
                -- the one of that day, else the first
                ORDER BY version.date_version <= day DESC,
                         ABS(version.date_version - day::date)
                LIMIT 1) version
          JOIN resource_calendar calendar ON calendar.id = version.resource_calendar_id
         WHERE EXTRACT(ISODOW FROM day) < 6
           AND EXISTS (SELECT FROM loket_employee job
                        WHERE job.employee_id = booked.employee_id
                          AND job.connection_id = file.connection_id
                          AND job.start_date <= day
                          AND (job.end_date IS NULL OR job.end_date >= day))
        """
    )
