# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

from ..models.export.loket_export import FIRST_YEAR, LAST_YEAR
from ..payroll_file import PayrollCalendar


class LoketExportWizard(models.TransientModel):
    """Asks for one thing, the period, and opens on the last one that is complete."""

    _name = "loket.export.wizard"
    _description = "Make a Loket Payroll File"
    _inherit = "loket.walls"

    connection_id = fields.Many2one(
        "loket.connection",
        string="Loket",
        default=lambda self: self._default_connection(),
        domain=lambda self: [("company_id", "in", self.env.companies.ids)],
    )
    year = fields.Integer(
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    period = fields.Integer(
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    period_name = fields.Char(compute="_compute_export", string="That is")
    date_from = fields.Date(compute="_compute_export")
    date_to = fields.Date(compute="_compute_export")
    is_running = fields.Boolean(compute="_compute_export")
    is_approved = fields.Boolean(compute="_compute_export")
    latest_id = fields.Many2one("loket.export", compute="_compute_export")
    latest_words = fields.Char(compute="_compute_latest_words")
    problem = fields.Char(compute="_compute_problem")

    @api.model
    def _default_connection(self):
        """The connection one came from, else the one this person used last.

        Else one of the company that is ready, and that has employees.
        """
        context = self.env.context
        connections = self.env["loket.connection"]
        if context.get("active_model") == connections._name:
            return connections.browse(context.get("active_id")).exists()
        connections = connections.search(
            [("company_id", "=", self.env.company.id)]
        ) or connections.search([("company_id", "in", self.env.companies.ids)])
        latest = self.env["loket.export"].search(
            [("connection_id", "in", connections.ids), ("user_id", "=", self.env.uid)],
            order="id desc",
            limit=1,
        )
        by_readiness = connections.sorted(
            lambda connection: (
                connection.state == "ready",
                connection.employees_total,
            ),
            reverse=True,
        )
        return latest.connection_id or by_readiness[:1]

    def _compute_display_name(self):
        self.display_name = self.env._("Make a payroll file")

    @api.depends("connection_id")
    def _compute_period(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            connection = wizard.connection_id
            period = connection and connection._calendar().last_full(today)
            period = period or PayrollCalendar("month", ()).last_full(today)
            wizard.year, wizard.period = period.year, period.number

    @api.depends("connection_id", "year", "period")
    def _compute_export(self):
        for wizard in self:
            export = wizard.env["loket.export"].new(
                {
                    "connection_id": wizard.connection_id.id,
                    "year": wizard.year,
                    "period": wizard.period,
                }
            )
            wizard.date_from, wizard.date_to = export.date_from, export.date_to
            wizard.is_running = export.is_running
            wizard.is_approved = export.is_approved
            wizard.period_name = export.date_from and export.period_name
            wizard.latest_id = export._latest()

    @api.depends("latest_id")
    @api.depends_context("lang", "tz")
    def _compute_latest_words(self):
        for wizard in self:
            # As superuser: it is only named, also to whom may not see that person.
            latest_sudo = wizard.latest_id.sudo()
            wizard.latest_words = bool(latest_sudo) and self.env._(
                "A file of this period was made on %(date)s by %(name)s. You will see "
                "what changed since, and can make it again.",
                date=format_datetime(
                    self.env, latest_sudo.made_on, dt_format="d MMM y HH:mm"
                ),
                name=latest_sudo.user_id.name,
            )

    @api.depends("connection_id", "year", "period")
    def _compute_problem(self):
        for wizard in self:
            wizard.problem = wizard._problem()

    def _problem(self):
        """Why no file can be made of this choice; empty when it can."""
        connection = self.connection_id
        if not connection and self._default_connection():
            return self.env._("Choose a connection.")
        if not connection:
            return self.env._(
                "There is no connection with Loket yet. Ask a Loket manager, as HR, to "
                "add it under Loket, Configuration, Connections."
            )
        if not connection.period_type:
            return self.env._(
                "The connection %(connection)s does not know its periods yet. "
                'Click "Fetch lists again" on it first.',
                connection=connection.name,
            )
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            return self.env._(
                "There is no such year. Choose one from %(first)s to %(last)s.",
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        if not self.date_from:
            return self.env._(
                "There is no such period: %(year)s has periods 1 to %(last)s.",
                year=self.year,
                last=connection._calendar().of_year(self.year)[-1].number,
            )
        return False

    @api.model
    def _open_preview(self):
        """What is booked in the period at hand: where a clerk begins.

        Of the last full period, until its file was made; then of the running one.

        :return: the draft, or this window where nothing can be looked at; who manages
            connections, and has none yet, begins with those
        """
        self.check_access("create")
        wizard = self.new(self.default_get(["connection_id"]))
        connections = self.env["loket.connection"]
        if not wizard.connection_id and connections.has_access("create"):
            return self.env["ir.actions.actions"]._for_xml_id(
                "l10n_nl_loket.action_loket_connection"
            )
        if wizard.latest_id:
            today = fields.Date.context_today(self)
            running = wizard.connection_id._calendar().between(today, today)
            if running:
                wizard.year, wizard.period = running[0].year, running[0].number
        if wizard.problem:
            window = self.env["ir.actions.actions"]._for_xml_id(
                "l10n_nl_loket.action_loket_export_wizard"
            )
            return {**window, "target": "current"}
        draft = self.env["loket.export"]._draft_of(
            wizard.connection_id, wizard.year, wizard.period
        )
        # As from the menu, by which the web client knows the app that one is in.
        files = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_nl_loket.action_loket_export"
        )
        return {**files, "views": [(False, "form")], "res_id": draft.id}

    def action_make(self):
        """A draft of the file on screen, with what is booked now.

        :raise UserError: no file can be made of this choice
        """
        self.check_access("write")
        self.ensure_one()
        if self.problem:
            raise UserError(self.problem)
        draft = self.env["loket.export"]._draft_of(
            self.connection_id, self.year, self.period
        )
        return draft.get_formview_action()
