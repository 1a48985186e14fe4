# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ...payroll import Version


class HrVersion(models.Model):
    """A version remembers its company, and that it or the department was changed.

    Odoo gives all versions of somebody the company of today. The one that people were
    in then is kept here, and decides which wage components count their days. What is
    changed without a new version moves all days of it, those that are in a payroll
    file already too.
    """

    _name = "hr.version"
    _inherit = ["hr.version", "loket.walls"]

    loket_department_was_id = fields.Many2one(
        "hr.department",
        string="Department Before",
        readonly=True,
        groups="hr.group_hr_user",
        copy=False,
        export_string_translation=False,
    )
    loket_department_changed_on = fields.Datetime(
        string="Department Changed On",
        readonly=True,
        groups="hr.group_hr_user",
        copy=False,
        export_string_translation=False,
    )

    # Empty: the company of the employee, which never was another since.
    loket_company_id = fields.Many2one(
        "res.company",
        string="Company of These Days",
        readonly=True,
        groups="hr.group_hr_user",
        export_string_translation=False,
    )
    loket_company_was_id = fields.Many2one(
        "res.company",
        string="Company Before",
        readonly=True,
        groups="hr.group_hr_user",
        copy=False,
        export_string_translation=False,
    )
    loket_company_changed_on = fields.Datetime(
        string="Company Changed On",
        readonly=True,
        groups="hr.group_hr_user",
        copy=False,
        export_string_translation=False,
    )

    def write(self, vals):
        """Keep which department it was, and since when it is another."""
        before = {}
        if "department_id" in vals:
            # As superuser: who may change a department need not be an HR officer.
            before = {version: version.department_id.id for version in self.sudo()}
        result = super().write(vals)
        for version_sudo, department in before.items():
            if version_sudo.department_id.id != department:
                version_sudo.write(
                    {
                        "loket_department_was_id": department,
                        "loket_department_changed_on": fields.Datetime.now(),
                    }
                )
        return result

    @api.model
    def _loket_companies(self, people):
        """Which company people were in since when.

        :param people: a query of the employees
        :return: list of (employee, first day, company)
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT people.id, coalesce(version.date_version, '0001-01-01'),
                    coalesce(version.loket_company_id, people.company_id)
                FROM hr_employee people
                LEFT JOIN hr_version version
                    ON version.employee_id = people.id AND version.active
                WHERE people.id IN %s
                """,
                people.subselect(),
            )
        )

    @api.model
    def _loket_doubtful_companies(self, people, period, since):
        """Versions of which something speaks against the company that is kept.

        Its own department, or what Odoo has, is of another one; or it was changed
        without a new version. What was changed before it was kept here, Odoo may have
        told in the chatter. A branch may use the departments of the companies above it:
        of these, only one that somebody left speaks against it.

        :param people: a query of the employees
        :param period: a ``periods.Period``; of the days before it only what was changed
        :param since: when, at the earliest
        :return: list of ``payroll.Version``, those of one employee in order
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT * FROM (
                    SELECT employee_id, date_version, company,
                        CASE WHEN moved_on >= %(since)s THEN moved_from END AS was,
                        moved_on::date AS changed_on,
                        CASE WHEN next IS NULL OR next > %(first)s
                            THEN coalesce(
                                CASE WHEN NOT is_above OR of_department
                                        IS DISTINCT FROM of_last_department
                                    THEN nullif(of_department, company) END,
                                CASE WHEN of_version <> now
                                    THEN nullif(of_version, company) END,
                                CASE WHEN next IS NULL
                                    THEN nullif(now, company) END
                            ) END AS other
                    FROM (
                        SELECT version.*,
                            company.id AS company,
                            CASE WHEN loket_company_id IS NULL THEN tracked.was
                                ELSE loket_company_was_id END AS moved_from,
                            CASE WHEN loket_company_id IS NULL THEN tracked.changed_on
                                ELSE loket_company_changed_on END AS moved_on,
                            department.company_id AS of_department,
                            position(
                                concat('/', department.company_id, '/')
                                IN concat('/', company.parent_path)
                            ) > 0 AS is_above,
                            last_value(department.company_id) OVER (
                                PARTITION BY employee_id ORDER BY date_version
                                RANGE BETWEEN UNBOUNDED PRECEDING
                                    AND UNBOUNDED FOLLOWING
                            ) AS of_last_department,
                            version.company_id AS of_version,
                            people.company_id AS now,
                            lead(date_version) OVER (
                                PARTITION BY employee_id ORDER BY date_version
                            ) AS next
                        FROM hr_version version
                        JOIN hr_employee people ON people.id = version.employee_id
                        JOIN res_company company ON company.id = coalesce(
                            version.loket_company_id, people.company_id
                        )
                        LEFT JOIN (
                            SELECT DISTINCT ON (res_id) res_id,
                                old_value_integer AS was,
                                value.create_date AS changed_on
                            FROM mail_tracking_value value
                            JOIN mail_message message
                                ON message.id = value.mail_message_id
                            WHERE value.field_id = %(tracked)s
                                AND old_value_integer <> new_value_integer
                                AND message.model = 'hr.employee'
                            ORDER BY res_id, value.id DESC
                        ) AS tracked ON tracked.res_id = people.id
                        LEFT JOIN hr_department department
                            ON department.id = version.department_id
                        WHERE version.active AND people.id IN %(people)s
                    ) AS versions
                    WHERE date_version <= %(last)s
                ) AS told
                WHERE was IS NOT NULL OR other IS NOT NULL
                ORDER BY employee_id, date_version
                """,
                people=people.subselect(),
                first=period.start,
                last=period.end,
                since=since,
                tracked=self.env["ir.model.fields"]
                ._get("hr.employee", "company_id")
                .id,
            )
        )
        return [Version(*row) for row in rows]
