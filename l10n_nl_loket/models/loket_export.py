# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from .. import payroll_file
from ..payroll_file import periods
from .translated import translated


class LoketExport(models.Model):
    """One payroll file for one period: a document that is kept.

    Draft: what would be in it can be looked at. Done: the file is there.
    Sent: the file went to the recipients. The same period can be made again, always
    as a whole, because Loket overwrites what it had; the last file made counts.
    """

    _name = "loket.export"
    _description = "Loket Payroll File"
    _inherit = "mail.thread"
    _order = "year desc, period desc, id desc"

    connection_id = fields.Many2one(
        "loket.connection", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    year = fields.Integer(required=True, aggregator=None)
    period = fields.Integer(required=True, aggregator=None)
    period_name = fields.Char(compute="_compute_period_name")
    date_from = fields.Date(compute="_compute_dates", store=True)
    date_to = fields.Date(compute="_compute_dates", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("sent", "Sent")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    accept_left_out = fields.Boolean(
        string="Leave these out on purpose",
        copy=False,
        help="Make the file without what is listed as left out.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", readonly=True, copy=False
    )
    made_on = fields.Datetime(related="attachment_id.create_date", string="Made on")
    is_latest = fields.Boolean(
        string="Counts",
        compute="_compute_is_latest",
        store=True,
        help="The last file made of its period: the one that Loket should have.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Made by",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
    )

    @api.depends("connection_id.client_number", "year", "period")
    def _compute_display_name(self):
        for export in self:
            number = export.connection_id.client_number or "-"
            export.display_name = f"Loket {number} {export.year}-{export.period:02d}"

    @api.depends("connection_id.period_type", "year", "period", "date_from")
    @api.depends_context("lang")
    def _compute_period_name(self):
        for export in self:
            export.period_name = export._named_period()

    def _named_period(self):
        """The period as a person calls it."""
        place = {"number": self.period, "year": self.year}
        if self.connection_id.period_type == "month" and self.date_from:
            name = format_date(self.env, self.date_from, date_format="MMMM yyyy")
            return name[:1].upper() + name[1:]
        if self.connection_id.period_type == "week":
            return self.env._("Week %(number)s of %(year)s", **place)
        return self.env._("Period %(number)s of %(year)s", **place)

    @api.depends("connection_id", "year", "period")
    def _compute_dates(self):
        for export in self:
            if not export._period_exists():
                export.date_from = export.date_to = False
                continue
            export.date_from, export.date_to = periods.bounds(
                export.connection_id.period_type, export.year, export.period
            )

    def _period_exists(self):
        """Whether the connection has this period at all (years as Loket knows them)."""
        period_type = self.connection_id.period_type
        if not period_type or not 2000 <= self.year <= 2100:
            return False
        return 1 <= self.period <= periods.count(period_type, self.year)

    @api.constrains("connection_id", "year", "period")
    def _check_period(self):
        for export in self:
            if not export.connection_id.period_type:
                raise ValidationError(
                    self.env._(
                        "The connection %(connection)s does not know its periods yet. "
                        "Fetch the settings from Loket first.",
                        connection=export.connection_id.name,
                    )
                )
            if not export._period_exists():
                raise ValidationError(
                    self.env._(
                        "There is no period %(period)s in %(year)s at the connection "
                        "%(connection)s. Choose a period that Loket has.",
                        period=export.period,
                        year=export.year,
                        connection=export.connection_id.name,
                    )
                )

    # === FILES OF THE SAME PERIOD === #

    @api.depends("attachment_id", "connection_id", "year", "period")
    def _compute_is_latest(self):
        """Of the files of one period, the one that was made last counts."""
        last = {}
        made = self.sudo().search(
            [
                ("connection_id", "in", self.connection_id.ids),
                ("year", "in", self.mapped("year")),
                ("attachment_id", "!=", False),
            ]
        )
        for export in made:
            key = export._period_key()
            last[key] = max(last.get(key, 0), export.attachment_id.id)
        for export in self:
            file = export.attachment_id.id
            export.is_latest = bool(file) and file == last.get(export._period_key())

    def _period_key(self):
        return self.connection_id.id, self.year, self.period

    def _of_same_period(self):
        """Domain of all exports of this period, this one too."""
        return [
            ("connection_id", "=", self.connection_id.id),
            ("year", "=", self.year),
            ("period", "=", self.period),
        ]

    def _latest(self):
        """The export whose file Loket should have for this period; maybe empty."""
        return self.search([*self._of_same_period(), ("is_latest", "=", True)], limit=1)

    @api.model
    def _draft_of(self, connection, year, period):
        """A draft of a period, looked up now: the one that is there, or a new one."""
        vals = {"connection_id": connection.id, "year": year, "period": period}
        domain = [("state", "=", "draft"), *((k, "=", v) for k, v in vals.items())]
        draft = self.search(domain, limit=1) or self.create(vals)
        draft.action_check()
        return draft

    # === MAKING THE FILE === #

    def action_check(self):
        """Show what would be in the file, and what not, without making it."""
        for export in self:
            if export.state != "draft":
                # The cells of a file that was made are what is in that file.
                raise UserError(
                    self.env._(
                        "The file of %(export)s was made already. Make it again to "
                        "look at what is booked now.",
                        export=export.display_name,
                    )
                )
            export._refresh()
        return True

    def action_generate(self):
        """Make the file; raises one message that lists everything in the way."""
        for export in self:
            export._check_connection()
            outcome = export._refresh()
            export._check_outcome(outcome)
            export._store_file(outcome)
        return True

    def action_again(self):
        """A draft of the same period: look first, then replace the file."""
        self.ensure_one()
        draft = self._draft_of(self.connection_id, self.year, self.period)
        return draft._form_action()

    def _form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payroll file"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _check_connection(self):
        if not self.connection_id.client_number:
            raise UserError(
                self.env._(
                    "The connection %(connection)s has no client number, which is on "
                    "every row of the file. Pick the administration on the connection.",
                    connection=self.connection_id.name,
                )
            )

    def _check_outcome(self, outcome):
        blocking = self.left_out_ids.filtered("blocking")
        acceptable = self.left_out_ids - blocking
        if blocking:
            message = self.env._("No file was made. Correct this first:")
            raise UserError(self._listing(message, blocking | acceptable))
        if acceptable and not self.accept_left_out:
            message = self.env._(
                "No file was made. This would be left out. Correct it, or tick "
                '"Leave these out on purpose":'
            )
            raise UserError(self._listing(message, acceptable))
        if not outcome.cells:
            raise UserError(
                self.env._(
                    "No file was made: from %(start)s to %(end)s there are no hours "
                    "or wage entries to send. Choose another period, or enter them.",
                    start=format_date(self.env, self.date_from),
                    end=format_date(self.env, self.date_to),
                )
            )

    def _listing(self, message, problems):
        lines = [f"- {problem.display_name}" for problem in problems]
        return "\n".join([message, *lines])

    def _store_file(self, outcome):
        name = payroll_file.file_name(
            self.connection_id.client_number, self.year, self.period
        )
        attachment = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": self._content(outcome),
                "mimetype": "text/csv",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {
                "attachment_id": attachment.id,
                "state": "done",
                "user_id": self.env.user.id,
            }
        )
        # The others of this period may not count any more.
        self.search(self._of_same_period()).modified(["attachment_id"])

    def _content(self, outcome):
        try:
            return payroll_file.write(self._payroll_file(outcome))
        except payroll_file.PayrollFileError as error:
            faults = "\n".join(f"- {self._fault_text(fault)}" for fault in error.faults)
            raise UserError(
                self.env._(
                    "No file was made, Loket would refuse it:\n%(faults)s",
                    faults=faults,
                )
            ) from error

    def _fault_text(self, fault):
        """What is wrong and where, in the user's language."""
        place = {"message": translated(self.env, fault.message), "line": fault.line}
        if fault.line and fault.column:
            place["column"] = fault.column
            return self.env._("line %(line)s, column %(column)s: %(message)s", **place)
        if fault.line:
            return self.env._("line %(line)s: %(message)s", **place)
        return place["message"]

    def _payroll_file(self, outcome):
        connection = self.connection_id.sudo()
        return payroll_file.collect(
            (
                (
                    payroll_file.Key(
                        client_number=connection.client_number,
                        payroll_number=cell.payroll_number,
                        shift=cell.shift,
                        distribution_unit=cell.unit,
                    ),
                    cell.code,
                    amount.total,
                )
                for cell, amount in outcome.cells.items()
            ),
            with_distribution_unit=connection.distribution == "distribution_unit",
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        if any(export.state != "draft" for export in self):
            raise UserError(
                self.env._(
                    "A payroll file that was made is kept, so that it can be looked "
                    "up later. Only drafts can be deleted."
                )
            )
