# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from ..sentence import Sentences

#: The setting with the number of days that runs are kept.
KEEP_DAYS = "l10n_nl_loket.keep_run_days"


class LoketSyncRun(models.Model):
    """One synchronisation of the employees of one connection, kept as a document."""

    _name = "loket.sync.run"
    _description = "Loket Synchronisation"
    _inherit = "loket.walls"
    _order = "start desc, id desc"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    start = fields.Datetime(default=fields.Datetime.now, required=True)
    stop = fields.Datetime()
    state = fields.Selection(
        [
            ("running", "Running"),
            ("done", "Done"),
            ("partial", "Done in part"),
            ("failed", "Failed"),
        ],
        default="running",
        required=True,
    )
    created = fields.Integer("New")
    updated = fields.Integer("Changed")
    unchanged = fields.Integer()
    failed = fields.Integer("Problems")
    to_check = fields.Integer(
        help="Employments of which a person has something to look at since then."
    )
    payslips = fields.Integer(
        readonly=True,
        help="Payslips and year-end statements that were fetched for employees.",
    )
    lets_pass = fields.Boolean(
        readonly=True,
        help="Somebody let pass what waited until then.",
    )
    message = Sentences()
    line_ids = fields.One2many("loket.sync.run.line", "run_id")
    pending = fields.Integer(related="connection_id.employees_pending")

    @api.depends("connection_id.name", "start")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        for run in self:
            start = format_datetime(self.env, run.start, dt_format="d MMM y HH:mm")
            run.display_name = f"{run.connection_id.name}, {start}"

    @api.autovacuum
    def _gc_runs(self):
        """Delete runs, with their lines, that are older than somebody wants to keep.

        The last one of each connection stays: it tells how things are.
        """
        # As superuser, which alone may read the setting.
        days = int(self.env["ir.config_parameter"].sudo().get_param(KEEP_DAYS, "365"))
        if days <= 0:
            return
        latest = self._read_group([], ["connection_id"], ["id:max"])
        self.search(
            [
                ("start", "<", fields.Datetime.now() - timedelta(days=days)),
                ("id", "not in", [run_id for _connection, run_id in latest]),
            ]
        ).unlink()

    def action_decide(self):
        """The employments that wait for a decision."""
        self.check_access("read")
        return self.connection_id.action_employees()

    def action_check(self):
        """The employees of whom there is something to look at."""
        self.check_access("read")
        return self.connection_id.action_check_employees()

    def action_problems(self):
        """The employments with a problem."""
        self.check_access("read")
        return self.connection_id._table_action(
            "action_loket_employee", search_default_problems=1
        )
