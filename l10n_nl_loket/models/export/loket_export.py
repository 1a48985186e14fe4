# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payroll file as a document: its period, which one counts, and what is kept."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.misc import clean_context, format_date

from ...payroll_file import periods
from ..at_once import in_turn
from ..connection.loket_connection import DISTRIBUTIONS, PERIOD_TYPES
from ..translated import Name

#: Years that a payroll file may be of.
FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS = 12
#: What a draft has of its connection as it is now, and a file as it was when made.
AS_MADE = (
    "administration_name",
    "client_number",
    "distribution",
    "employer_name",
    "period_type",
)
#: What a person may fill in, in a draft.
FILLED_IN = {
    "connection_id",
    "year",
    "period",
    "accept_left_out",
    "send_delivered",
    "take_late",
}


class LoketExport(models.Model):
    """One payroll file for one period: a document that is kept.

    Draft: what would be in it can be looked at. Done: the file is there.
    Sent: the file went to the recipients. Uploaded: somebody said that it is in Loket.
    A file that was made is never replaced in place. The same period can be made again,
    always as a whole, because Loket overwrites what it had; the last file counts.
    """

    _name = "loket.export"
    _description = "Loket Payroll File"
    _inherit = ["mail.thread", "mail.activity.mixin", "loket.walls"]
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
    is_running = fields.Boolean(
        compute="_compute_is_running", help="The period is not over yet."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("done", "Done"),
            ("sent", "Sent"),
            ("uploaded", "In Loket"),
        ],
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
    send_delivered = fields.Boolean(
        string="Send it here as well",
        copy=False,
        help="What another file holds already goes into this one too. Loket then has "
        "it twice, unless it is taken out there.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="File",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
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

    # At the end of the transaction: the one that counted is written after the next.
    _one_counts = models.Constraint(
        "EXCLUDE USING btree (connection_id WITH =, client_number WITH =, "
        "year WITH =, period WITH =) WHERE (is_latest) DEFERRABLE INITIALLY DEFERRED",
        "Another file of this period was made at the same time. Try again.",
    )

    employer_name = fields.Char(compute="_compute_as_made", store=True)
    administration_name = fields.Char(compute="_compute_as_made", store=True)
    client_number = fields.Integer(
        compute="_compute_as_made", store=True, aggregator=None
    )
    period_type = fields.Selection(PERIOD_TYPES, compute="_compute_as_made", store=True)
    distribution = fields.Selection(
        DISTRIBUTIONS, compute="_compute_as_made", store=True
    )

    @api.depends("client_number", "year", "period", "version")
    def _compute_display_name(self):
        for export in self:
            number = export.client_number or "-"
            name = f"Loket {number} {export.year}-{export.period:02d}"
            # A file that replaces one of that name is told from it.
            again = f" ({export.version})" if export.version > 1 else ""
            export.display_name = name + again

    @api.depends("period_type", "year", "period", "date_from")
    @api.depends_context("lang")
    def _compute_period_name(self):
        for export in self:
            period = export._payroll_period()
            export.period_name = period and export._name_of_period(period)

    def _payroll_period(self):
        """The period as a plain value; None where the connection has no such period."""
        if not self.date_from:
            return None
        return periods.Period(self.year, self.period, self.date_from, self.date_to)

    def _period_before(self):
        """The period before this one, as a plain value; None when there is none."""
        return self.connection_id._calendar().before(self._payroll_period())

    def _name_of_period(self, period):
        """A period as a person calls it.

        :param period: a ``periods.Period`` of the kind that this export is of
        """
        place = {"number": period.number, "year": period.year}
        if self.period_type == "month" and period.number <= MONTHS:
            # By its number: the ninth is September, also where it begins in August.
            month = date(period.year, period.number, 1)
            words = format_date(self.env, month, date_format="MMMM yyyy")
            return Name("month", (period.year, period.number), words)
        if self.period_type == "week":
            return self._lt("Week %(number)s of %(year)s", **place)
        return self._lt("Period %(number)s of %(year)s", **place)

    @api.depends(
        "connection_id.period_ids.date_from",
        "connection_id.period_ids.date_to",
        "period_type",
        "year",
        "period",
    )
    def _compute_dates(self):
        """Loket's dates as they are now; a file has those that it was made for."""
        calendars = {
            connection: connection._calendar() for connection in self.connection_id
        }
        for export in self:
            if export.attachment_id and export.date_from:
                export.date_from, export.date_to = export.date_from, export.date_to
                continue
            period = None
            if export.connection_id and FIRST_YEAR <= export.year <= LAST_YEAR:
                calendar = calendars[export.connection_id]
                period = calendar.period(export.year, export.period)
            export.date_from = period and period.start
            export.date_to = period and period.end

    @api.depends("date_to")
    def _compute_is_running(self):
        today = fields.Date.context_today(self)
        for export in self:
            export.is_running = bool(export.date_to) and export.date_to >= today

    @api.constrains("connection_id", "year", "period")
    def _check_period(self):
        """:raise ValidationError: the connection has no such period, or none at all"""
        for export in self:
            if not export.period_type:
                raise ValidationError(
                    self.env._(
                        "The connection %(connection)s does not know its periods yet. "
                        'Click "Fetch lists again" on it first.',
                        connection=export.connection_id.name,
                    )
                )
            if not export.date_from:
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

    @api.depends("attachment_id", "client_number", "connection_id", "year", "period")
    def _compute_is_latest(self):
        """Of the files of one period, the one that was made last counts.

        As superuser: whoever looks, it is the same one.
        """
        last = {}
        made_sudo = self.sudo().search(
            [
                ("connection_id", "in", self.connection_id.ids),
                ("year", "in", self.mapped("year")),
                ("attachment_id", "!=", False),
            ]
        )
        for export in made_sudo:
            key = export._period_key()
            last[key] = max(last.get(key, 0), export.attachment_id.id)
        for export in self:
            file = export.attachment_id.id
            export.is_latest = bool(file) and file == last.get(export._period_key())

    def _let_one_count(self):
        """After a file was made: the others of its period may not count any more.

        As superuser: also those that this person may not see.
        """
        for export in self:
            export.sudo().search(export._of_same_period()).modified(["attachment_id"])
        self.env.flush_all()
        # Now, where a person can be told: an error at the commit has no words.
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")

    def _period_key(self):
        """What the files of one period have in common."""
        return self.connection_id.id, self.client_number, self.year, self.period

    def _in_period(self, year, period):
        """Domain of all exports of a period of this administration."""
        return [
            ("connection_id", "=", self.connection_id.id),
            ("client_number", "=", self.client_number),
            ("year", "=", year),
            ("period", "=", period),
        ]

    def _of_same_period(self):
        """Domain of all exports of this period and administration, this one too."""
        return self._in_period(self.year, self.period)

    def _made_of_same_period(self):
        """All files of this period and administration, the first that was made first.

        As superuser: what was made was made, whoever may see it.
        """
        made = ("attachment_id", "!=", False)
        exports_sudo = self.sudo().search([*self._of_same_period(), made])
        return exports_sudo.sorted(lambda export: export.attachment_id.id)

    def _latest(self):
        """The export whose file Loket should have for this period; maybe empty."""
        return self._latest_of(self.year, self.period)

    def _latest_of(self, year, period):
        """The export whose file Loket should have for a period; maybe empty."""
        counts = ("is_latest", "=", True)
        return self.search([*self._in_period(year, period), counts], limit=1)

    @api.model
    def _draft_of(self, connection, year, period):
        """A draft of a period, looked up now: the one that is there, or a new one.

        :param connection: a ``loket.connection``
        :param year: of the period, as Loket counts
        :param period: its number in that year
        """
        vals = {"connection_id": connection.id, "year": year, "period": period}
        domain = [("state", "=", "draft"), *((k, "=", v) for k, v in vals.items())]
        draft = self.search(domain, limit=1)
        if not draft:
            # What its last file sent again on purpose is there, and is not to go.
            last = self.new(vals)._latest()
            draft = self.create({**vals, "send_delivered": last.send_delivered})
        # Whoever looks now decides now.
        draft.write({"accept_left_out": False, "take_late": False})
        draft.action_check()
        return draft

    # === ONE AFTER THE OTHER === #

    def _lock(self):
        """Whoever does something with these after us waits until we are done.

        Who waited is told by the database that a row has changed, and Odoo then does
        the call again, seeing what the other did. So this comes first: what is decided
        on is read after it.

        :raise UserError: somebody else was quicker each time
        """
        with in_turn(self.env):
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    # Rows may still refer to these: who was mailed the file is kept
                    # in a transaction of its own.
                    "SELECT 1 FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                    SQL.identifier(self._table),
                    self._ids,
                )
            )
        self.invalidate_recordset()

    # === WHAT IS KEPT === #

    @api.depends(*(f"connection_id.{name}" for name in AS_MADE))
    def _compute_as_made(self):
        for export in self:
            is_made = export.attachment_id and export.client_number
            source = export if is_made else export.connection_id
            for name in AS_MADE:
                export[name] = source[name]

    def write(self, vals):
        """A file that was made is kept as it was made."""
        if not self.env.su:
            self._check_kept(vals)
        others = self.browse()
        if "take_late" in vals:
            others = self.filtered(lambda one: one.take_late != vals["take_late"])
        result = super().write(vals)
        if "attachment_id" in vals:
            self._let_one_count()
        # What goes along is in the cells: they are shown as they will be.
        for export in others.filtered("checked_on"):
            if export.state == "draft":
                export._keep_cells(export._refresh())
        return result

    def _check_kept(self, vals):
        """:raise AccessError: the file is made already"""
        self.check_access("write")
        is_made = any(export.state != "draft" for export in self)
        if is_made and not FILLED_IN.isdisjoint(vals):
            raise AccessError(
                self.env._(
                    "What is in a payroll file is made by Odoo and can't be written by "
                    "hand. Make the file again instead."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """A person makes drafts; all else follows from what is booked.

        Defaults of the context are those of other windows.
        """
        exports = self.with_env(self.env(context=clean_context(self.env.context)))
        made = super(LoketExport, exports).create(vals_list)
        made.filtered("attachment_id")._let_one_count()
        return made

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        """:raise UserError: a file was made of it"""
        if any(export.state != "draft" for export in self):
            raise UserError(
                self.env._(
                    "A payroll file that was made is kept, so that it can be looked "
                    "up later. Only drafts can be deleted."
                )
            )
