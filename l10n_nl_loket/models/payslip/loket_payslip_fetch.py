# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payslips from Loket, once the night is done with the people: in time, and fair."""

import base64
import logging
from dataclasses import dataclass, field
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.fields import Domain

from ...gateway import LoketError, LoketRefused, PayrollRun, PeriodData
from ...people import payslips
from ...people.known import LINKED
from ...words import joined
from ..in_halves import no_person_in_the_log
from ..told import as_read_by
from ..translated import Name, translated

_logger = logging.getLogger(__name__)

KINDS = ("payslip", "year_end")
#: Whoever was tried less long ago was tried tonight.
NIGHT = timedelta(hours=12)


@dataclass(kw_only=True)
class Desk:
    """Where the payslips of one connection come from tonight."""

    data: PeriodData
    runs: dict[str, PayrollRun]
    """Those whose payslips may be seen, by reference."""
    question: str
    """What is asked of each employment (see ``people.payslips``)."""
    refused: set[str] = field(default_factory=set)
    """The kinds that the Loket user may not see."""
    is_closed: bool = False
    """Whether Loket does not let the connection in any more."""


class LoketPayslip(models.Model):
    """Fetching payslips and year-end statements, and taking back what is withdrawn."""

    _inherit = "loket.payslip"

    # === TONIGHT === #

    @api.model
    def _cron(self):
        """Fetch what employees may see since, longest untried first, until time is up.

        The rest is done in the next run of the scheduler; whoever failed, tomorrow.

        :return: whether nobody is left for the next run
        """
        cron = self.env["ir.cron"]
        desks = {}
        for connection_sudo in self._switched_on():
            desk = self._open(connection_sudo)
            if desk:
                desks[connection_sudo] = desk
        rows_sudo = self._to_ask(desks)
        if not rows_sudo:
            return True
        cron._commit_progress(remaining=len(rows_sudo))
        for index, row_sudo in enumerate(rows_sudo, start=1):
            self._try(row_sudo, desks[row_sudo.connection_id])
            if not cron._commit_progress(1):
                return index == len(rows_sudo)
        return True

    @api.model
    def _fetch_batch(self, connection, size):
        """Fetch what some employees of one connection may see since.

        Commits; whatever goes wrong is told, and nothing is raised.

        :param size: of how many at most
        :return: whether others are left
        """
        desk = connection in self._switched_on() and self._open(connection.sudo())
        if not desk:
            return False
        rows_sudo = self._to_ask({connection: desk})
        for row_sudo in rows_sudo[:size]:
            self._try(row_sudo, desk)
        is_over = desk.is_closed or desk.refused.issuperset(KINDS)
        return len(rows_sudo) > size and not is_over

    @api.model
    def _switched_on(self):
        """The connections that fetch payslips, and whose people were read tonight."""
        # As the system: whoever the scheduler runs as, all are fetched.
        connections_sudo = (
            self.env["loket.connection"]
            .sudo()
            .search([("fetch_payslips", "=", True), ("state", "=", "ready")])
        )
        return connections_sudo.filtered(self._is_read)

    @api.model
    def _is_read(self, connection_sudo):
        """Whether its people were read since its last try at night began."""
        run_sudo = self._last_run(connection_sudo)
        if run_sudo.state not in ("done", "partial"):
            return False
        try_date = connection_sudo.last_try_date
        # By its end: who synchronised by hand when it was tried did it for tonight.
        return not try_date or (run_sudo.stop or run_sudo.start) >= try_date

    @api.model
    def _last_run(self, connection_sudo):
        return self.env["loket.sync.run"].sudo().search(  # nobody's to write
            [("connection_id", "=", connection_sudo.id)], limit=1
        )  # fmt: skip

    @api.model
    def _open(self, connection_sudo):
        """The Desk of a connection, once what was undone is withdrawn; None: none."""
        night = self._in_words_of(connection_sudo)
        try:
            data = connection_sudo._gateway().period_data
            if not data:
                return None
            runs = data.runs(connection_sudo.administration_ref)
            self.env["ir.cron"]._commit_progress(0)
            today = fields.Date.context_today(self)
            shown = payslips.runs_to_show(runs, today)
            night._withdraw_undone(connection_sudo, shown, is_known=bool(runs))
            self.env["ir.cron"]._commit_progress(0)
        except Exception as error:  # noqa: BLE001 (no connection stops the next)
            self.env.cr.rollback()
            night._note(connection_sudo, connection_sudo.name, night._reason(error))
            if isinstance(error, LoketRefused) and not error.activity:
                connection_sudo._record_error(error)
            self.env["ir.cron"]._commit_progress(0)
            return None
        return Desk(
            data=data, runs=shown, question=payslips.question(shown.values(), today)
        )

    @api.model
    def _in_words_of(self, connection_sudo):
        """This model, in the language of who is told of a connection."""
        return as_read_by(self, connection_sudo._responsible())

    @api.model
    def _to_ask(self, desks):
        """The employments that are to be asked for, longest untried first."""
        own = Domain.FALSE
        for connection_sudo, desk in desks.items():
            own |= Domain("connection_id", "=", connection_sudo.id) & (
                Domain("payslips_asked", "=", False)
                | Domain("payslips_asked", "!=", desk.question)
            )
        last_night = fields.Datetime.now() - NIGHT
        # As the system: whoever the scheduler runs as, all are fetched.
        return (
            self.env["loket.employee"]
            .sudo()
            .search(
                own
                & Domain("in_loket", "=", True)
                & Domain("employee_id", "!=", False)
                & (
                    Domain("payslips_tried", "=", False)
                    | Domain("payslips_tried", "<", last_night)
                ),
                order="payslips_tried asc nulls first, id",
            )
            .filtered(self._may_be_shown)
        )

    @api.model
    def _may_be_shown(self, row_sudo):
        """Whether it is sure whose payslips those of an employment are."""
        return bool(
            row_sudo.employee_id
            and row_sudo.decision in LINKED
            and not (row_sudo.to_apply or row_sudo.is_queued or row_sudo.other_person)
        )

    # === ONE EMPLOYMENT === #

    @api.model
    @no_person_in_the_log()
    def _try(self, row_sudo, desk):
        """Fetch what one employee may see; what fails is told by name."""
        if desk.is_closed or desk.refused.issuperset(KINDS):
            return
        connection_sudo, problems = row_sudo.connection_id, []
        night = self._in_words_of(connection_sudo)
        row_sudo.payslips_tried = fields.Datetime.now()
        self.env["ir.cron"]._commit_progress(0)
        for kind in KINDS:
            if kind in desk.refused:
                continue
            try:
                problems.append(night._fetch(kind, row_sudo, desk))
                # What was fetched is kept, whatever becomes of the rest.
                self.env["ir.cron"]._commit_progress(0)
            except Exception as error:  # noqa: BLE001 (nobody stops the next)
                self.env.cr.rollback()
                problems.append(night._refused(kind, error, row_sudo, desk))
        problems = list(dict.fromkeys(filter(None, problems)))
        for problem in problems:
            night._note(connection_sudo, row_sudo.name, problem, row_sudo)
        if not problems and not desk.refused:
            row_sudo.payslips_asked = desk.question
        self.env["ir.cron"]._commit_progress(0)

    def _refused(self, kind, error, row_sudo, desk):
        """Why somebody's can't be fetched; empty where it is told of all at once."""
        if not isinstance(error, LoketRefused):
            return self._reason(error)
        connection_sudo = row_sudo.connection_id
        if error.activity:
            desk.refused.add(kind)
            self._note(connection_sudo, connection_sudo.name, self._reason(error))
        else:
            desk.is_closed = True
            connection_sudo._record_error(error)
        return ""

    @api.model
    def _reason(self, error):
        """Why something failed, for a person to read."""
        if isinstance(error, LoketError):
            return translated(self.env, error.message)
        if isinstance(error, LockError):
            return self._lt("Somebody else was at it. It is tried again tomorrow.")
        # Not the text of the error: it may hold personal data.
        _logger.error("Fetching payslips failed: %s", type(error).__name__)
        return self._lt(
            "Unexpected error (%(kind)s). Ask your administrator to look into it.",
            kind=type(error).__name__,
        )

    @api.model
    def _fetch(self, kind, row_sudo, desk):
        """Fetch one kind of document of an employment.

        :return: what is wrong with Loket's list; None: nothing
        :raise LoketError: Loket refuses, or can't answer
        """
        employee = row_sudo.employee_id
        listed = self._listed(kind, row_sudo.employment_ref, desk)
        kept_sudo = self.sudo().search(
            [("loket_employee_id", "=", row_sudo.id), ("kind", "=", kind)]
        )
        there_sudo = kept_sudo.filtered(lambda one: one.state == "available")
        if there_sudo and not listed:
            return self._lt(
                "Loket gives none any more, where it gave some before. What was "
                "fetched is kept. Check the rights of the Loket user."
            )
        there_sudo.filtered(lambda one: one.key not in listed)._take_back()
        have = {one.key: one.approved for one in there_sudo}
        for key, vals in listed.items():
            # Of what was fetched before this was kept, nobody knows which run it is of.
            if vals is None or (key in have and vals["approved"] in (None, have[key])):
                continue
            self.env["ir.cron"]._commit_progress(0)
            pdf = (
                desk.data.payslip_pdf(row_sudo.employment_ref, key)
                if kind == "payslip"
                else desk.data.year_end_pdf(row_sudo.employment_ref, int(key))
            )
            vals = {**vals, "kind": kind, "key": key, "employee_id": employee.id}
            self._keep(row_sudo, vals, pdf)
        return None

    @api.model
    def _listed(self, kind, employment_ref, desk):
        """What Loket lists of an employment: {key: values of the document}.

        None in place of values: it is there, and not to be seen yet.
        """
        if kind == "year_end":
            return {
                str(year): {"year": year, "number": 0, "approved": None}
                for year in desk.data.year_ends(employment_ref)
            }
        told = desk.data.payslips(employment_ref)
        shown = {slip.run_ref for slip in payslips.to_show(told, desk.runs)}
        listed = dict.fromkeys(slip.run_ref for slip in told if not slip.is_test)
        for ref in shown:
            run = desk.runs[ref]
            listed[ref] = {
                "year": run.year,
                "number": run.number,
                "available_on": run.available_on,
                "approved": run.approved,
            }
        return listed

    @api.model
    def _keep(self, row_sudo, vals, pdf):
        """Keep a document, if the employment is still of who it was asked for."""
        row_sudo.lock_for_update(allow_referencing=True)
        row_sudo.invalidate_recordset()
        if row_sudo.employee_id.id != vals["employee_id"] or not self._may_be_shown(
            row_sudo
        ):
            return
        vals = {
            **vals,
            "connection_id": row_sudo.connection_id.id,
            "loket_employee_id": row_sudo.id,
            "document": base64.b64encode(pdf),
            "state": "available",
            "withdrawn_on": False,
        }
        before_sudo = self.sudo().search(  # nobody writes one by hand
            [
                ("loket_employee_id", "=", row_sudo.id),
                ("kind", "=", vals["kind"]),
                ("key", "=", vals["key"]),
            ]
        )
        if before_sudo:
            before_sudo.write(vals)
        else:
            self.sudo().create(vals)
        run_sudo = self._last_run(row_sudo.connection_id)
        run_sudo.payslips += 1

    # === WITHDRAWN === #

    @api.model
    def _withdraw_undone(self, connection_sudo, shown, is_known):
        """Withdraw the payslips of runs that are undone, gone, or put off.

        :param shown: the runs whose payslips may be seen, by reference
        :param is_known: whether Loket gave any run at all
        """
        kept_sudo = self.sudo().search(
            [
                ("connection_id", "=", connection_sudo.id),
                ("kind", "=", "payslip"),
                ("state", "=", "available"),
            ]
        )
        undone_sudo = kept_sudo.filtered(
            lambda one: payslips.is_undone(one.approved, shown.get(one.key))
        )
        if undone_sudo and not is_known:
            self._note(
                connection_sudo,
                connection_sudo.name,
                self._lt(
                    "Loket gives no payroll runs any more, so it is not known whether "
                    "payslips were withdrawn. Check the rights of the Loket user."
                ),
            )
            return
        undone_sudo._take_back()

    def _take_back(self):
        """Withdraw these, and tell HR whose they were: once."""
        run = self.env["loket.sync.run"]
        for connection_sudo, gone_sudo in self.grouped("connection_id").items():
            message = self._lt(
                "Loket undid the payroll run, or put it off: the document is withdrawn."
            )
            for payslip_sudo in gone_sudo:
                self._note(
                    connection_sudo,
                    payslip_sudo.employee_id.name,
                    joined(": ", (payslip_sudo._called(), message)),
                    payslip_sudo.loket_employee_id,
                )
            user = connection_sudo._responsible()
            names = gone_sudo._whose()
            note = self._lt(
                "Loket undid a payroll run, or put it off, so these employees no "
                "longer see the payslip or statement that was there: %(names)s. Tell "
                "them, and ask the payroll office what follows. When a run is "
                "approved again, what it holds then is fetched by itself.",
                names=names,
            )
            left_sudo = gone_sudo.filtered(
                lambda one: not one.loket_employee_id.in_loket
            )
            if left_sudo:
                left = self._lt(
                    "Of these Loket no longer gives: %(names)s. For them nothing is "
                    "fetched any more: ask the payroll office for what replaces it.",
                    names=left_sudo._whose(),
                )
                note = joined(" ", (note, left))
            gone_sudo._withdraw()
            # Whose run comes back is asked again, whatever came of the last time.
            gone_sudo.loket_employee_id.payslips_asked = False
            if user:
                summary = self._lt("Loket: payslips were withdrawn")
                connection_sudo.activity_schedule(
                    "mail.mail_activity_data_warning",
                    user_id=user.id,
                    **run._activity_vals(connection_sudo, user, summary, note),
                )

    def _whose(self):
        """The names of the first few whose these are, for a sentence."""
        names = dict.fromkeys(self.mapped("employee_id.name"))
        return self.env["loket.sync.run"]._first_names(list(names))

    def _called(self):
        """What a document is called, by each who reads of it."""
        return Name("record", (self._name, self.id), self.display_name)

    @api.model
    def _note(self, connection_sudo, name, message, row_sudo=None):
        """A line of tonight's run."""
        run_sudo = self._last_run(connection_sudo)
        if run_sudo:
            self.env["loket.sync.run.line"].sudo().create(  # nobody writes it by hand
                {
                    "run_id": run_sudo.id,
                    "loket_employee_id": row_sudo.id if row_sudo else False,
                    "name": name,
                    "kind": "payslip",
                    "message": message,
                }
            )
