# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ProjectTask(models.Model):
    """A task that moves to another project takes its hours along, as they are."""

    _inherit = "project.task"

    def write(self, vals):
        """Hours of a task, and of its sub-tasks, keep a chosen hour type."""
        if vals.keys().isdisjoint(("project_id", "parent_id")):
            return super().write(vals)
        # As superuser: whoever moves a task need not see the hours on it.
        lines_sudo = (
            self.env["account.analytic.line"]
            .sudo()
            .search([("task_id", "child_of", self.ids), ("project_id", "!=", False)])
        )
        with lines_sudo._keeping_chosen():
            return super().write(vals)
