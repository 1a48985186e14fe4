# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo has for the words and numbers of Loket, read once for many employments."""

from functools import cache, cached_property

from odoo.exceptions import UserError
from odoo.fields import Command

#: Working days of a week, and when they begin.
WORKING_DAYS = 5
MORNING = 8


class EmployeeLookup:
    """Finds, and where Loket is the first to name it makes, what an employee refers to.

    For one company. It remembers what it found, so it must not outlive the savepoint in
    which it made something.
    """

    def __init__(self, company):
        self._env = company.env
        self._company = company
        self.calendar = cache(self._calendar)
        self.job = cache(self._job)

    @cached_property
    def countries(self):
        """{country code: id}"""
        return {one.code: one.id for one in self._env["res.country"].search([])}

    @cached_property
    def _department_mappings(self):
        lines = self._env["loket.department.mapping"].search(
            [("company_id", "=", self._company.id), ("cost_center_id", "!=", False)]
        )
        return lines.grouped("connection_id")

    def department(self, row):
        """The department whose cost center the employment has; empty when unclear."""
        told = row.snapshot or {}
        name = told.get("department_name")
        keys = {told.get("distribution_unit"), name} - {None}
        lines = self._department_mappings.get(row.connection_id)
        if not lines:
            return self._env["hr.department"]
        found = lines.filtered(
            lambda line: {line.cost_center_id.code, line.cost_center_id.name} & keys
        ).department_id
        if len(found) > 1:
            found = found.filtered(lambda one: one.name == name)
        return found if len(found) == 1 else found.browse()

    def contract_type(self, kind):
        """The contract type of Odoo for Loket's ``permanent`` or ``temporary``."""
        known = ("permanent", "temporary")
        name = f"hr.contract_type_{kind}"
        return (self._env.ref(name, False) if kind in known else None) or self._env[
            "hr.contract.type"
        ]

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
        """A working schedule of ``hours`` (float) a week; the company's own first."""
        for calendar in self._calendars:
            if abs(calendar.hours_per_week - hours) < 0.01:
                return calendar
        if hours > 7 * 24:
            raise UserError(
                self._env._(
                    "%(hours)g hours a week is more than a week has. Correct the hours "
                    "in Loket.",
                    hours=hours,
                )
            )
        days = WORKING_DAYS if hours <= WORKING_DAYS * 24 else 7
        daily = hours / days
        begin = min(MORNING, 24 - daily)
        return self._calendars.create(
            {
                "name": self._env._("%(hours)g hours a week", hours=hours),
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
                    for weekday in range(days)
                ],
            }
        )
