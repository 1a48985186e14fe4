# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking what would be in the file, and making it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date, format_datetime

from ... import payroll_file
from ..at_once import in_turn
from ..own_transaction import own_transaction
from ..translated import translated
from .loket_export import AS_MADE

ZERO = Decimal(0)


class LoketExport(models.Model):
    """Looking what would be in the file, and making it."""

    _inherit = "loket.export"

    version = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Which of the files of its period, from 1.",
    )
    replaces_id = fields.Many2one("loket.export", readonly=True, copy=False)
    replaces_words = fields.Char(compute="_compute_replaces_words")

    @api.depends("replaces_id.attachment_id", "replaces_id.made_on")
    @api.depends_context("lang", "tz")
    def _compute_replaces_words(self):
        for export in self:
            # As superuser: it is only named, also to whom may not see it.
            replaced_sudo = export.replaces_id.sudo()
            export.replaces_words = bool(replaced_sudo) and self.env._(
                "replaces %(file)s, made on %(date)s",
                file=replaced_sudo.attachment_id.name,
                date=format_datetime(
                    self.env, replaced_sudo.made_on, dt_format="d MMM y HH:mm"
                ),
            )

    def action_check(self):
        """Show what would be in the file, and what not, without making it.

        :raise UserError: the file was made already
        """
        self.check_access("write")
        for export in self:
            export._lock()
            export._require_draft()
            export._keep_cells(export._refresh())
            export._ask_salaried()
            export._keep_hr_told()
        return True

    def action_generate(self):
        """Make the file of what is booked now.

        :raise UserError: one message that lists everything in the way; or the file was
            made already, which is never replaced in place
        """
        self.check_access("write")
        for export in self:
            # Before anything is read: of two who make the file of one period, the
            # second compares with the file of the first.
            export._wait_for_others()
            export._require_draft()
            export._check_connection()
            # First: all that is written below is told by each cell too.
            export._drop_cells()
            # Before the bookings are read: they go by the connection as it is now.
            # As superuser: what a file is made for is not for a person to write.
            export_sudo = export.sudo()
            export_sudo.write({name: export.connection_id[name] for name in AS_MADE})
            outcome = export._refresh()
            export._check_outcome(outcome)
            export._store_file(outcome)
            export._keep_cells(outcome)
            export._keep_hr_told()
        return True

    def action_again(self):
        """A draft of the same period: look first, then replace the file.

        :raise UserError: the connection is of another administration by now
        """
        self.check_access("write")
        self.ensure_one()
        if self.attachment_id and self.client_number != (
            self.connection_id.client_number
        ):
            raise UserError(
                self.env._(
                    "%(export)s is of another administration than the connection "
                    "%(connection)s is for now. Make a new payroll file.",
                    export=self.display_name,
                    connection=self.connection_id.name,
                )
            )
        draft = self._draft_of(self.connection_id, self.year, self.period)
        return draft.get_formview_action()

    def _require_draft(self):
        """:raise UserError: the file was made already"""
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "The file of %(export)s was made already, and stays as it is. "
                    'Choose "Make again" to look at what is booked now and make a '
                    "file that replaces it.",
                    export=self.display_name,
                )
            )

    def _wait_for_others(self):
        """Two who make files of one company do so one after the other.

        Also those of two periods or connections: what one file takes along or delivers,
        the other leaves out.

        :raise ConcurrencyError: somebody made a file that is not seen here; Odoo then
            does the call again, seeing it
        """
        # Of all that belongs to the company: its people may be in any branch of it.
        # As superuser: the root is only locked on.
        company_sudo = self.company_id.sudo().root_id
        # Not only on the rows: neither may see the draft that the other is at. Until
        # the end of the transaction.
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(hashtext('loket_export'), %s)",
                company_sudo.id,
            )
        )
        # As superuser: a file that this person may not see is one all the same.
        exports_sudo = self.sudo().search(self._of_same_period()) | self.sudo()
        exports_sudo._lock()
        made = [("company_id", "child_of", company_sudo.id), ("state", "!=", "draft")]
        seen_sudo = self.sudo().search(made)
        with own_transaction(self.connection_id) as connection_sudo:
            made_sudo = connection_sudo.env[self._name].sudo().search(made)
            unseen = set(made_sudo.ids) - set(seen_sudo.ids)
        if unseen:
            with in_turn(self.env):
                raise ConcurrencyError(
                    self.env._(
                        "Another file was made at the same time as %(export)s. Try "
                        "again.",
                        export=self.display_name,
                    )
                )

    def _check_connection(self):
        """:raise UserError: the file can't be one of this connection"""
        connection = self.connection_id
        if refusal := connection._reads_twice():
            raise UserError(translated(self.env, refusal))
        if not connection.client_number:
            raise UserError(
                self.env._(
                    "The connection %(connection)s has no client number, which is on "
                    "every row of the file. Pick the administration on the connection.",
                    connection=connection.name,
                )
            )

    def _check_outcome(self, outcome):
        """No file that is wrong, or lacks what nobody has agreed to, or is empty.

        :raise UserError: one message that lists everything in the way
        """
        by_rank = self.left_out_ids.grouped("rank")
        blocking, acceptable = by_rank.get("blocking"), by_rank.get("accept")
        messages = []
        if blocking:
            message = self.env._("No file was made. Correct this first:")
            messages.append(_listing(message, blocking))
        if acceptable and not self.accept_left_out:
            message = (
                self.env._(
                    "This would be left out as well. Correct it too, or tick "
                    '"Leave these out on purpose":'
                )
                if blocking
                else self.env._(
                    "No file was made. This would be left out. Correct it, or look "
                    'again and tick "Leave these out on purpose":'
                )
            )
            messages.append(_listing(message, acceptable))
        if messages:
            raise UserError("\n\n".join(messages))
        if not outcome.cells and not outcome.gone:
            raise UserError(
                self.env._(
                    "No file was made: from %(start)s to %(end)s there are no hours "
                    "or wage entries to send. Choose another period, or enter them.",
                    start=format_date(self.env, self.date_from),
                    end=format_date(self.env, self.date_to),
                )
            )

    def _store_file(self, outcome):
        """Keep the bytes, and let this file count from now on."""
        made_sudo = self._made_of_same_period()
        version = len(made_sudo) + 1
        name = payroll_file.file_name(
            self.client_number, self.year, self.period, version
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
        attachment._keep_name_free()
        # As superuser: the state follows from the file; nobody writes it by hand.
        export_sudo = self.sudo()
        export_sudo.write(
            {
                "attachment_id": attachment.id,
                "state": "done",
                "user_id": self.env.user.id,
                "version": version,
                "replaces_id": made_sudo.filtered("is_latest").id,
            }
        )
        self._tell_less_late()

    def _content(self, outcome):
        """The bytes of the file.

        :raise UserError: Loket would refuse them
        """
        try:
            return payroll_file.write(self._payroll_file(outcome))
        except payroll_file.PayrollFileError as error:
            raise UserError(
                self.env._(
                    "No file was made, Loket would refuse it:\n%(faults)s",
                    faults=error,
                )
            ) from error

    def _payroll_file(self, outcome):
        """The file as a plain value; exact sums are rounded here, once per cell.

        :raise PayrollFileError: Loket would refuse it
        """
        totals = {cell: amount.total for cell, amount in outcome.cells.items()}
        return payroll_file.collect(
            (
                (
                    payroll_file.Key(
                        client_number=self.client_number,
                        payroll_number=cell.payroll_number,
                        shift=cell.shift,
                        distribution_unit=cell.unit,
                    ),
                    cell.component,
                    total,
                )
                for cell, total in {
                    **dict.fromkeys(outcome.gone, ZERO),
                    **totals,
                }.items()
            ),
            with_distribution_unit=self.distribution == "distribution_unit",
        )


def _listing(message, problems):
    return "\n".join([message, *(f"- {problem.display_name}" for problem in problems)])
