# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ...payroll import Kept, moved
from .forgetting import forget


class HrEmployee(models.Model):
    """What Loket tells of an employee; and the hooks by which other addons get it."""

    _inherit = "hr.employee"

    loket_employee_ids = fields.One2many(
        "loket.employee",
        "employee_id",
        string="Employments in Loket",
        groups="hr.group_hr_user",
    )
    is_loket_readonly = fields.Boolean(
        compute="_compute_is_loket_readonly",
        compute_sudo=True,
        groups="hr.group_hr_user,base.group_system",  # those who read the form
        help="Whether the fields that Loket overwrites can't be edited in Odoo.",
    )

    @api.depends(
        "loket_employee_ids.in_loket",
        "loket_employee_ids.connection_id.active",
        "loket_employee_ids.connection_id.allow_editing",
    )
    def _compute_is_loket_readonly(self):
        for employee in self:
            connections = employee.loket_employee_ids._live().connection_id
            employee.is_loket_readonly = not all(connections.mapped("allow_editing"))

    # === IN WHICH COMPANY SOMEBODY WAS WHEN === #

    def write(self, vals):
        """Keep which company somebody was in, before it is another."""
        if "company_id" not in vals:
            return super().write(vals)
        with self._loket_keeping_companies():
            return super().write(vals)

    @contextmanager
    def _loket_keeping_companies(self):
        """Whatever moves these people within it."""
        # As superuser: who moves somebody need not see all versions.
        before = {
            employee_sudo: employee_sudo.company_id for employee_sudo in self.sudo()
        }
        yield
        for employee_sudo, company_sudo in before.items():
            if employee_sudo.company_id != company_sudo:
                employee_sudo._loket_keep_companies(company_sudo)

    def _loket_keep_companies(self, before):
        """Give the company of now to the version that was chosen, and to later ones.

        Odoo gives it to all of them. The context has the version that was chosen, if it
        is not the one of today. Only of that one it is meant: later ones go along, but
        for who goes to a third company in one. That one of today is another is told.

        :param before: the company until now
        """
        self.ensure_one()
        now = fields.Datetime.now()
        chosen = self.version_id
        left = chosen.loket_company_id or before
        goes_along = True
        versions = self.with_context(active_test=False).version_ids
        for version in versions.sorted("date_version"):
            kept = Kept(
                version.loket_company_id.id or before.id,
                version.loket_company_was_id.id or None,
                version.loket_company_changed_on or None,
            )
            if version.date_version >= chosen.date_version:
                goes_along &= kept.company == left.id or not version.active
            if goes_along and version.date_version >= chosen.date_version:
                # What was copied in by SQL may not tell when it was made.
                made_on = version.create_date or datetime.min
                is_for_this = made_on.date() == now.date()
                is_meant = version == chosen and (
                    is_for_this or version != self.current_version_id
                )
                kept = moved(kept, self.company_id.id, now, is_meant)
            version.write(
                {
                    "loket_company_id": kept.company,
                    "loket_company_was_id": kept.was,
                    "loket_company_changed_on": kept.changed_on,
                }
            )

    # === HOOKS FOR OTHER ADDONS === #

    @api.model
    def _loket_name_vals(self, name, first_name, last_names):
        """The fields that keep a name, filled in.

        To be overridden by addons that keep the parts of a name. When there are other
        fields than ``name``, that one is made of them: it may have an order of its own.

        :param name: "Susan van de Wiel - van Bergen"
        :param first_name: first name, else initials, or None
        :param last_names: with prefixes; None where Loket has told no parts yet
        """
        vals = {"name": name}
        if last_names and hasattr(self, "split_name"):  # OCA's hr_employee_firstname
            vals |= {
                "name": self._get_name(last_names, first_name),
                "firstname": first_name,
                "lastname": last_names,
            }
        return vals

    @api.model
    def _loket_schedule_vals(self, calendar):
        """The fields of a new employee that keep the working schedule, filled in.

        To be overridden by addons that keep it elsewhere.

        :param calendar: resource.calendar
        """
        vals = {"resource_calendar_id": calendar.id}
        if "calendar_ids" in self._fields:  # OCA's hr_employee_calendar_planning
            vals["calendar_ids"] = [Command.create({"calendar_id": calendar.id})]
        return vals

    def _loket_set_schedule(self, calendar, start):
        """Give this employee a working schedule from a day on, with the contract of it.

        To be overridden by addons that keep it elsewhere. The context has the version
        of the contract.

        :param calendar: resource.calendar
        :param start: the first day of the contract
        """
        self.ensure_one()
        self.resource_calendar_id = calendar
        if "calendar_ids" in self._fields:  # OCA's hr_employee_calendar_planning
            self.with_context(version_id=False)._loket_plan_schedule(calendar, start)

    def _loket_plan_schedule(self, calendar, start):
        """The same for a planning of schedules, whose periods must not overlap."""
        planned = self.calendar_ids
        first = min(self.version_ids.mapped("contract_date_start") or [start])
        same = planned.filtered(
            lambda line: (
                line.date_start == start or (not line.date_start and start <= first)
            )
        )
        if same:
            same[0].calendar_id = calendar
            return
        later = planned.filtered(
            lambda line: line.date_start and line.date_start > start
        )
        for line in planned - later:
            if not line.date_end or line.date_end >= start:
                line.date_end = start - timedelta(days=1)
        ends = [line.date_start - timedelta(days=1) for line in later]
        self.write(
            {
                "calendar_ids": [
                    Command.create(
                        {
                            "calendar_id": calendar.id,
                            "date_start": start,
                            "date_end": min(ends, default=False),
                        }
                    )
                ]
            }
        )

    # === LIFE CYCLE === #

    def unlink(self):
        """Of a deleted employee nothing is kept but the number of the employment.

        It is not imported: else the next night would add the person whom somebody has
        just deleted.
        """
        self.check_access("unlink")
        # As the system: who may delete an employee need not be who decides.
        self_sudo = self.sudo()
        rows_sudo = self_sudo.with_context(active_test=False).loket_employee_ids
        if rows_sudo:
            rows_sudo.action_reset()
        forget(rows_sudo, self_sudo)
        return super().unlink()
