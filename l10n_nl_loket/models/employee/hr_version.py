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
    def _loket_versions(self, people):
        """What Odoo has of the versions of people, also of those that are archived.

        :param people: a query of the employees
        :return: list of ``payroll.Version``
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT people.id, version.date_version,
                    coalesce(version.loket_company_id, people.company_id),
                    department.company_id, version.company_id, people.company_id,
                    version.loket_company_was_id, version.loket_company_changed_on,
                    NOT version.active, version.loket_company_id IS NOT NULL
                FROM hr_version version
                JOIN hr_employee people ON people.id = version.employee_id
                LEFT JOIN hr_department department
                    ON department.id = version.department_id
                WHERE people.id IN %s
                """,
                people.subselect(),
            )
        )
        told = self._loket_told_companies()
        versions = []
        for employee, *facts, was, changed_on, is_archived, is_kept in rows:
            if not is_kept:  # who moved before there was this addon
                was, changed_on = told.get(employee, (None, None))
            versions.append(Version(employee, *facts, was, changed_on, is_archived))
        return versions

    @api.model
    def _loket_told_companies(self):
        """{employee: (the company before the last move in the chatter, its time)}"""
        tracking = self.env["mail.tracking.value"].search(
            [
                ("field_id.model", "=", "hr.employee"),
                ("field_id.name", "=", "company_id"),
                ("mail_message_id.model", "=", "hr.employee"),
            ],
            order="id",
        )
        return {
            value.mail_message_id.res_id: (value.old_value_integer, value.create_date)
            for value in tracking
            if value.old_value_integer != value.new_value_integer
        }
