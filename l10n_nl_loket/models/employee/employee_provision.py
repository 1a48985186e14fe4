# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo has for the words and numbers of Loket, and what it gets where it has none.

Read once for many employments.
"""

from functools import cache, cached_property

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.sql import escape_psql

from ...people import checks
from ...words import Brief
from ..translated import in_words

#: Working days of a week, and when they begin.
WORKING_DAYS = 5
MORNING = 8


class EmployeeProvision:
    """Finds, and where Loket is the first to name it makes, what an employee refers to.

    For one company. It remembers what it found, so it must not outlive the savepoint in
    which it made something.
    """

    def __init__(self, company):
        self._env = company.env
        self._company = company
        self.calendar = cache(self._calendar)
        self.contract_type = cache(self._contract_type)
        self.job = cache(self._job)

    @cached_property
    def countries(self):
        """{country code: id}"""
        countries = self._env["res.country"].search_fetch([], ["code"])
        return {country.code: country.id for country in countries}

    @cached_property
    def _department_mappings(self):
        lines = self._env["loket.department.mapping"].search(
            [
                ("company_id", "=", self._company.id),
                ("department_id", "!=", False),
                ("cost_center_id", "!=", False),
            ]
        )
        return lines.grouped("connection_id")

    def department(self, row):
        """The department whose cost center the employment has; empty when unclear."""
        departments = self.departments(row)
        if len(departments) > 1:
            name = (row.snapshot or {}).get("department_name")
            departments = departments.filtered(lambda dept: dept.name == name)
        return departments if len(departments) == 1 else departments.browse()

    def department_to_take(self, row):
        """The one department that Loket tells, also by its name alone; maybe empty.

        Of another branch than the employee's none is taken: Odoo would refuse it.
        """
        meant = self.department(row)
        if not self.departments(row) and row.department_name:
            named = self._env["hr.department"].search(
                [
                    *row.connection_id._own_departments(),
                    ("name", "=ilike", escape_psql(row.department_name)),
                ]
            )
            meant = named if len(named) == 1 else named.browse()
        fits = meant.company_id <= row.employee_id.company_id.parent_ids
        return meant if fits else meant.browse()

    def department_check(self, row):
        """Why the department of an employment is for a person to look at.

        :return: people.checks.Check, or None where exactly one department is meant
        """
        names = self.departments(row).mapped("display_name")
        return checks.unit_check(row.snapshot or {}, names)

    def departments(self, row):
        """The departments that may be meant: those of the very unit, else of the name.

        A name may be that of another unit; a code is of one, but for a cost center
        that has the same.
        """
        snapshot = row.snapshot or {}
        lines = self._department_mappings.get(
            row.connection_id, self._env["loket.department.mapping"]
        )
        code = snapshot.get("distribution_unit")
        name = snapshot.get("department_name")
        coded = lines.filtered(lambda line: code and line.cost_center_id.code == code)
        units = coded.filtered(
            lambda line: line.cost_center_id.kind == "distribution_unit"
        )
        named = lines.filtered(
            lambda line: (
                name and name in (line.cost_center_id.name, line.cost_center_id.code)
            )
        )
        return (units or coded or named).department_id

    def _contract_type(self, kind):
        """The contract type of Odoo for Loket's ``permanent`` or ``temporary``."""
        contract_type = self._env["hr.contract.type"]
        if kind not in ("permanent", "temporary"):
            return contract_type
        # Somebody may have deleted it.
        return self._env.ref(f"hr.contract_type_{kind}", False) or contract_type

    def _job(self, title):
        """The job with this title."""
        Job = self._env["hr.job"]
        companies = (self._company.id, False)
        return Job.search(
            [("name", "=", title), ("company_id", "in", companies)], limit=1
        ) or Job.create({"name": title, "company_id": self._company.id})

    @cached_property
    def _calendars(self):
        companies = (self._company.id, False)
        return self._company.resource_calendar_id | self._env[
            "resource.calendar"
        ].search([("company_id", "in", companies)])

    def _calendar(self, hours):
        """A working schedule of so many hours a week; the company's own first.

        One of no hours has no working day: nothing is booked by a public holiday.

        :param hours: a float
        :raise UserError: a week has not so many hours, or so few
        """
        if not 0 <= hours <= 7 * 24:
            raise UserError(
                self._env._(
                    "A week has no %(hours)s hours. Correct the hours in Loket.",
                    hours=in_words(self._env, Brief(hours)),
                )
            )
        for calendar in self._calendars:
            if hours < 0.01:
                if not (calendar.attendance_ids or calendar.flexible_hours):
                    return calendar
            elif abs(calendar.hours_per_week - hours) < 0.01:
                return calendar
        days = WORKING_DAYS if hours <= WORKING_DAYS * 24 else 7
        daily = hours / days
        begin = min(MORNING, 24 - daily)
        return self._calendars.create(
            {
                "name": self._env._(
                    "%(hours)s hours a week", hours=in_words(self._env, Brief(hours))
                ),
                "company_id": self._company.id,
                "tz": self._company.resource_calendar_id.tz or "Europe/Amsterdam",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": self._env._("Working day"),
                            "dayofweek": str(weekday),
                            "hour_from": begin,
                            "hour_to": min(begin + daily, 24),
                            "day_period": "full_day",
                        }
                    )
                    for weekday in range(days if hours >= 0.01 else 0)
                ],
            }
        )
