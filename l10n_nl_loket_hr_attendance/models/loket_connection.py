# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.l10n_nl_loket.models.connection.loket_connection_steps import Step

from .loket_booking import ATTENDANCE


class LoketConnection(models.Model):
    """Setting up has a step more, which may be left out."""

    _inherit = "loket.connection"

    def _steps(self):
        steps = super()._steps()
        names = [step.name for step in steps]
        place = names.index("hour_types") + 1
        return [*steps[:place], self._step_attendance(), *steps[place:]]

    def _step_attendance(self):
        done, total = self.env["loket.component.mapping"]._progress(
            self._origin, ATTENDANCE, self._attendance_types()
        )
        return Step(
            name="attendance_types",
            title=self.env._("Attendance and component codes"),
            help=self.env._(
                "Optional: hours of attendance go along once one line has a code."
            ),
            **self._counted(done, total),
            action=self._once_chosen("action_attendance_types"),
            label=self.env._("Map attendance"),
            may_be_empty=bool(self.administration_name),
        )

    def _attendance_types(self):
        """The hour types that attendance of people here has."""
        # As superuser: who maps need not see who was there when.
        groups_sudo = (
            self.env["hr.attendance"]
            .sudo()
            ._read_group(self._of_people_here(), ["loket_hour_type_id"])
        )
        found = [hour_type.id for (hour_type,) in groups_sudo]
        lines = self.env["account.analytic.line"]
        usual = lines._hour_type("work_entry_type_attendance")
        return usual | usual.browse(filter(None, found))

    def action_attendance_types(self):
        """The table of hour types of attendance and component codes, complete."""
        self.check_access("read")
        lines = self.env["loket.component.mapping"]
        lines._complete(self, ATTENDANCE, self._attendance_types())
        return self._codes_action(
            "l10n_nl_loket_hr_attendance.action_loket_attendance_mapping", ATTENDANCE
        )
