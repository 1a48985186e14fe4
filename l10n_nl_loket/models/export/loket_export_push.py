# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Into Loket, and back: a file's values are written there, and what is there is read.

Nothing of the file itself is written in between: what was sent is kept by
``loket.export.sending`` in transactions of its own, and what was read back at the end.
"""

import logging
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import SQL

from ...gateway import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
)
from ...payroll.compare import push_state, sums
from ...payroll.coverage import LOOK_BACK
from ...payroll.push import Place
from ...payroll.rows import OurRows, judge, plan
from ...payroll_file import exact, rounded, unit_number
from ...words import Number, Text, _lt, joined
from ..own_transaction import own_transaction
from ..plain_html import plain_html
from ..sentence import Sentences
from ..told import as_read_by, keep_activity, keep_in_chatter
from ..translated import reason_of, translated
from .in_loket import InLoket
from .loket_export_line import OPEN

_logger = logging.getLogger(__name__)

#: Of more people than this, a file is sent in the background.
AT_ONCE = 150
#: Loket's status of the payroll of a period: by all but the open ones and those that
#: are not for now, a second yes is asked.
OPEN_PERIOD, NOT_NOW, WAITS, APPROVED = {1, 5, 7}, {0, 2}, {3}, {4, 6, 8}
#: How many cells or people a question names.
NAMED = 10
ZERO = Decimal(0)
DIFFERENT = "l10n_nl_loket.mail_activity_type_different"


class LoketExport(models.Model):
    """Into Loket, and back: writing a file's values, and reading what is there."""

    _inherit = "loket.export"

    can_push = fields.Boolean(
        compute="_compute_can_push",
        help="The file counts, and its connection may write into Loket.",
    )
    sending_ids = fields.One2many(
        "loket.export.sending", "export_id", string="What was sent", readonly=True
    )
    push_state = fields.Selection(
        [
            ("none", "Not sent into Loket"),
            ("partial", "Not all in Loket"),
            ("stored", "All in Loket"),
            ("different", "Loket differs"),
        ],
        "Loket",
        compute="_compute_push_state",
        search="_search_push_state",
        help="By what was read back from Loket, and by nothing else.",
    )
    compared_on = fields.Datetime("Read back on", readonly=True, copy=False)
    compared_state = fields.Selection(
        [
            ("partial", "Not all in Loket"),
            ("stored", "All in Loket"),
            ("different", "Loket differs"),
        ],
        readonly=True,
        copy=False,
    )
    # The last of all sendings, and the last one before what is there was read.
    sent_upto = fields.Integer(readonly=True, copy=False, aggregator=None)
    read_upto = fields.Integer(readonly=True, copy=False, aggregator=None)
    push_question = Sentences(
        readonly=True,
        copy=False,
        help="What has to be answered before anything is written into Loket.",
    )
    push_asked = fields.Json(readonly=True, copy=False, groups="base.group_system")
    push_problem = Sentences(
        readonly=True, copy=False, help="Why it was not, or not wholly, sent or read."
    )
    push_queued = fields.Selection(
        [("push", "Send"), ("anyway", "Send anyway"), ("compare", "Compare")],
        readonly=True,
        copy=False,
        help="What waits to be done in the background.",
    )
    push_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    push_done = fields.Integer(compute="_compute_push_progress")
    push_total = fields.Integer(compute="_compute_push_progress")
    ready_on = fields.Datetime("Ready for Payroll since", readonly=True, copy=False)
    told_differences = fields.Json(
        readonly=True, copy=False, groups="base.group_system"
    )
    difference_ids = fields.One2many(
        "loket.export.line",
        "export_id",
        string="Differences",
        domain=[("verdict", "in", OPEN)],
        readonly=True,
    )
    different_people = fields.Char(
        compute="_compute_different_people",
        help="Of whom Loket does not hold what the file says.",
    )
    comparison_table = fields.Html(
        compute="_compute_comparison_table", sanitize=False, string="Odoo and Loket"
    )

    # === WHAT IS SAID OF IT === #

    @api.depends(
        "attachment_id",
        "connection_id.protocol",
        "connection_id.push_missing",
        "is_latest",
        "push_queued",
    )
    def _compute_can_push(self):
        for export in self:
            connection = export.connection_id
            export.can_push = (
                export.is_latest
                and connection.protocol == "rest"
                and not connection.push_missing
                and not export.push_queued
            )

    @api.depends("compared_state", "read_upto", "sent_upto", "sending_ids.state")
    def _compute_push_state(self):
        groups = self.env["loket.export.sending"]._read_group(
            # Of what Loket did not even look at, nothing is there.
            [("export_id", "in", self.ids), ("state", "!=", "denied")],
            ["export_id"],
            ["id:max"],
        )
        last = {export.id: number for export, number in groups}
        for export in self:
            sent = max(last.get(export._origin.id, 0), export.sent_upto)
            # Whatever was read before: what was sent since was not read back.
            is_unread = sent > export.read_upto
            export.push_state = (
                "partial" if is_unread else export.compared_state or "none"
            )

    def _search_push_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        made = self.search([("attachment_id", "!=", False)])
        found = made.filtered(lambda export: export.push_state in value)
        if "none" not in value:
            return [("id", "in", found.ids)]
        return ["|", ("attachment_id", "=", False), ("id", "in", found.ids)]

    @api.depends("employee_count", "push_queued", "read_upto", "sending_ids.state")
    def _compute_push_progress(self):
        """Of how many people Loket has answered since the last look."""
        for export in self:
            answered = export.sending_ids.filtered(
                lambda sending, last=export.read_upto: (
                    sending.id > last and sending.state != "asked"
                )
            )
            export.push_done = sum(answered.mapped("people"))
            export.push_total = max(export.employee_count, export.push_done)

    @api.depends("line_ids.employee_id.name", "line_ids.verdict")
    @api.depends_context("lang")
    def _compute_different_people(self):
        for export in self:
            # As superuser: a clerk sends, and these are only named.
            lines_sudo = export.sudo().line_ids.filtered(
                lambda line: line.verdict in OPEN and line.verdict != "foreign"
            )
            names = sorted(set(lines_sudo.employee_id.mapped("name")))
            if len(names) > NAMED:
                rest = self.env._("and %(count)s more.", count=len(names) - NAMED)
                names[NAMED:] = [rest]
            export.different_people = ", ".join(names)

    @api.depends("compared_on", "line_ids.loket_value", "line_ids.verdict")
    @api.depends_context("lang")
    def _compute_comparison_table(self):
        qweb = self.env["ir.qweb"]
        for export in self:
            export.comparison_table = (
                qweb._render(
                    "l10n_nl_loket.comparison_table",
                    {"export": export, "rows": export._comparison_rows()},
                )
                if export.compared_on
                else False
            )

    def _comparison_rows(self):
        """Per component and cost center: what Odoo, Loket, and others have there.

        :return: list of dictionaries
        """
        # As superuser: a clerk sends, and these are only named.
        export_sudo = self.sudo()
        lines = export_sudo.line_ids.filtered("verdict")
        foreign = lines.filtered(lambda line: line.verdict == "foreign")
        own, others = (
            sums(
                (
                    line.component_code,
                    line.distribution_unit or "",
                    rounded(exact(line.value)),
                    rounded(exact(line.loket_value)),
                )
                for line in some
            )
            for some in (lines - foreign, foreign)
        )
        names = {line.component_code: line.component_name for line in lines}
        units = export_sudo._unit_names(export_sudo.connection_id)
        unsure = {
            (line.component_code, line.distribution_unit or "")
            for line in lines - foreign
            if line.verdict in OPEN
        }
        return [
            {
                "component": component,
                "name": names[component] or "",
                "unit": unit,
                "unit_name": units.get(unit_number(unit), ""),
                "odoo": float(ours),
                "loket": float(theirs),
                "difference": float(theirs - ours),
                "others": float(others.get((component, unit), (0, 0))[1]),
                # Two differences may even out.
                "is_equal": ours == theirs and (component, unit) not in unsure,
            }
            for (component, unit), (ours, theirs) in sorted(
                {**dict.fromkeys(others, (ZERO, ZERO)), **own}.items()
            )
        ]

    # === WHAT A PERSON ASKS FOR === #

    def action_push(self):
        """Write the values of this file into Loket, and read back what is there.

        Where something is to be asked first nothing is written: ``push_question``.

        :raise UserError: it is no file to send, or somebody is sending it right now
        """
        return self._into_loket("push")

    def action_push_anyway(self):
        """The second yes: write what was asked about as well."""
        return self._into_loket("anyway")

    def action_compare(self):
        """Read back what Loket holds, and say of each cell whether it is the same.

        :raise UserError: there is nothing to compare, or somebody is sending it now
        """
        return self._into_loket("compare")

    def _into_loket(self, what):
        """Do it now or, where a browser would wait too long, in the background.

        :param what: a value of ``push_queued``
        """
        self.check_access("write")
        self.ensure_one()
        self._require_in_loket()
        if request and self.employee_count > AT_ONCE:
            # As superuser: what waits is nobody's to write by hand.
            self.sudo().write({"push_queued": what, "push_user_id": self.env.uid})
            self.env.ref("l10n_nl_loket.ir_cron_loket_push").sudo()._trigger()
        else:
            self._carry_out(what)
        return True

    def _require_in_loket(self):
        """:raise UserError: this file can't be sent into Loket, nor be compared"""
        self._require_file()
        connection = self.connection_id
        if connection.protocol != "rest":
            raise UserError(
                self._lt(
                    "The connection %(connection)s is over SOAP, which can't take "
                    "single values. Upload the file in Loket.",
                    connection=connection.name,
                )
            )
        if refusal := connection._reads_twice():
            raise UserError(translated(self.env, refusal))
        if (
            not connection.administration_ref
            or self.client_number != connection.client_number
        ):
            raise UserError(
                self._lt(
                    "%(export)s is of another administration than the connection "
                    "%(connection)s is for now. Nothing was sent.",
                    export=self.display_name,
                    connection=connection.name,
                )
            )
        # By what is committed now: a file may have been made since this began.
        with own_transaction(self) as export_sudo:
            is_latest = export_sudo.is_latest
        if not is_latest:
            raise UserError(
                self._lt(
                    "A later file was made than %(export)s, and Loket should have that "
                    "one. Open the last file and send that.",
                    export=self.display_name,
                )
            )

    def _take_turn(self):
        """One at a time for each administration, until the end of the transaction.

        :raise UserError: somebody is at it
        """
        self.env.cr.execute(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s), hashtext(%s))",
                "loket_push",
                self._administration(),
            )
        )
        if not self.env.cr.fetchone()[0]:
            raise UserError(
                self._lt(
                    "Somebody is sending to this administration in Loket, or comparing "
                    "with it, right now. Wait until that is done, and look at what it "
                    "says."
                )
            )

    def _administration(self):
        """Loket's reference of the administration, in small letters."""
        return (self.connection_id.sudo().administration_ref or "").lower()

    def _carry_out(self, what):
        """Send or compare, and keep what came of it.

        :param what: a value of ``push_queued``
        """
        self._take_turn()
        self._require_in_loket()
        # What is known here is seen by the transactions of the sendings.
        self.env.flush_all()
        vals = {"push_queued": False, "push_user_id": False, "push_problem": False}
        try:
            loket = InLoket(self)
            if loket.data is None:
                raise LoketMisconfigured(
                    _lt("This connection can't send single values into Loket.")
                )
            if what == "compare":
                parts = self.env["loket.export.sending"]._of_period(self)
                vals |= self._read_back(loket, parts)
            else:
                vals |= self._push(loket, is_yes=what == "anyway")
        except LoketError as error:
            vals["push_problem"] = self._loket_problem(error)
        # As superuser: what Loket holds is nobody's to write by hand.
        export_sudo = self.sudo()
        export_sudo.write(vals)
        if not self._differences():
            export_sudo.activity_unlink([DIFFERENT])

    def _loket_problem(self, error):
        """What is shown of an error; a link that is lost is told on the connection."""
        if isinstance(error, LoketRefused) and not error.activity:
            return self.connection_id._record_error(error)
        return translated(self.env, error.message)

    # === SENDING === #

    def _push(self, loket, is_yes):
        """Write what has to be written, unless something is asked.

        :param loket: an ``InLoket``
        :param is_yes: whether a person said yes to what was asked
        :return: values of fields
        :raise LoketError: nothing was written
        :raise UserError: it is not known which value is meant
        """
        parts = self.env["loket.export.sending"]._of_period(self)
        file, ours = self._known(loket, parts)
        self._require_once(file)
        status = loket.status()
        if status.key in NOT_NOW:
            return {"push_problem": self._not_now(status), "push_question": False}
        planned = plan(file.rows, ours, loket.look(ours))
        asked = self._asked(status, planned)
        # A yes without a question is none: nobody saw yet what it would write over.
        before = self.sudo().push_asked or []
        if asked and not (is_yes and all(one in before for one in asked)):
            return {
                "push_question": self._question(loket, status, planned),
                "push_asked": asked,
            }
        # What was asked is kept: a yes that comes once more is a yes to that alone.
        vals = {"push_question": False}
        sent, told = self._send_parts(loket, planned.write)
        vals |= told
        try:
            vals |= self._read_back(loket, parts + sent)
        except LoketError as error:
            # As superuser: nobody writes by hand what Loket holds.
            self.sudo().line_ids.write({"verdict": False})
            if self.compared_state:  # which was of before
                vals["compared_state"] = "partial"
            vals["push_problem"] = self._lt(
                "What was sent could not be read back, so nobody knows yet whether "
                "Loket has it. %(reason)s",
                reason=self._loket_problem(error),
            )
        return vals

    def _known(self, loket, parts):
        """What the file says, and what of the period is ours.

        :param parts: all that was ever sent of the period
        :return: ``Cells`` of this file, ``payroll.rows.OurRows``
        """
        files = {
            file_sudo.id: loket.cells_of(file_sudo)
            for file_sudo in self._made_of_same_period()
        }
        rows = [some for cells in files.values() for some in (cells.rows, cells.before)]
        return files[self.id], OurRows(parts, rows)

    def _require_once(self, file):
        """:raise UserError: two cells of the file are one in Loket"""
        if not file.twice:
            return
        lines = self._file_lines().browse(
            line_id
            for place in file.twice
            for line_id, component, _value in file.lines[place.spot]
            if component == place.component
        )
        raise UserError(
            self._lt(
                "Nothing was sent: in Loket these are one cell, and the file has two: "
                "%(names)s. Set the default shift on the connection to another one, "
                "or give everybody a shift in Loket; then make the file again.",
                names=", ".join(sorted(set(lines.employee_id.mapped("name")))),
            )
        )

    def _not_now(self, status):
        if status.key == 0:
            return self._lt(
                'Loket can\'t take values of this period now: "%(words)s". Nothing was '
                "sent.",
                words=status.words,
            )
        return self._lt(
            "Loket is working out the payroll of this period right now: "
            '"%(words)s". Nothing was sent; send again when that is done.',
            words=status.words,
        )

    def _asked(self, status, planned):
        """What needs a second yes, so that it can be told from something else."""
        if not planned.write:
            return []
        asked = [] if status.key in OPEN_PERIOD else [["status", status.key]]
        return asked + [
            [*place.order, str(value)] for place, value in planned.asks.items()
        ]

    def _question(self, loket, status, planned):
        """What is asked, in sentences.

        :param planned: ``payroll.rows.Plan``
        """
        sentences = []
        if status.key in WAITS:
            sentences.append(
                self._lt(
                    'A payroll run of this period waits for approval in Loket ("%('
                    'words)s"). What is sent now counts only when the payroll is run '
                    "again. Ask whoever runs it first.",
                    words=status.words,
                )
            )
        elif status.key in APPROVED:
            sentences.append(
                self._lt(
                    "Loket has approved the payroll of this period: it was paid "
                    '("%(words)s"). What is sent now corrects an approved period, and '
                    "is paid only when its payroll is run again. Ask whoever runs it "
                    "first.",
                    words=status.words,
                )
            )
        elif status.key not in OPEN_PERIOD:
            sentences.append(
                self._lt(
                    'Loket says of this period "%(words)s", and Odoo does not know '
                    "what that means. Ask whoever runs the payroll first.",
                    words=status.words,
                )
            )
        if planned.asks:
            sentences.append(
                self._lt(
                    "In Loket there is something else than Odoo put there. Sending "
                    "anyway writes over it:"
                )
            )
            changes = self._changes(loket, planned.asks)
            who = self._people_of()
            lines = [
                self._ask_in_words(who, place, value, planned.write, changes)
                for place, value in planned.asks.items()
            ]
            sentences += lines[:NAMED]
            if len(lines) > NAMED:
                rest = len(lines) - NAMED
                sentences.append(self._lt("and %(count)s more.", count=rest))
        return joined("\n", sentences)

    def _ask_in_words(self, who, place, value, write, changes):
        """One cell that holds something else, as a person calls it."""
        employee, number = who.get(place.employment, (None, 0))
        new = write[place.spot][place.component]
        values = {
            # As superuser: a clerk need not see the employees themselves.
            "name": employee.sudo().name if employee else "-",
            "number": number,
            "code": place.component,
            "loket": Number(value),
            "odoo": self._lt("nothing") if new is None else Number(new),
        }
        text = self._lt(
            "- %(name)s (%(number)s), component %(code)s: Loket has %(loket)s, this "
            "file %(odoo)s"
        )
        if change := changes.get(place):
            text = self._lt(
                "- %(name)s (%(number)s), component %(code)s: Loket has %(loket)s, "
                "this file %(odoo)s; entered by %(who)s on %(when)s"
            )
            values["who"] = change.by or "-"
            values["when"] = change.at
        return translated(self.env, Text(text.source, values))

    def _changes(self, loket, places):
        """Who entered what is there, as far as Loket tells; that is no reason to stop.

        :return: {place: ``gateway.ValueChange``}
        """
        try:
            return loket.changes(places, self.date_from) if places else {}
        except LoketError:
            return {}

    def _send_parts(self, loket, rows):
        """Write rows, one call after the other; each is kept before and after.

        :param rows: {spot: {component: value or None}}
        :return: list of ``SentPart``, values of fields
        """
        parts = loket.parts(rows)
        sent, vals, losses = [], {}, 0
        with self.env["loket.export.sending"]._keeper(self, len(parts)) as keeper:
            for number, part in enumerate(parts, start=1):
                sending = keeper.keep(part, number)
                try:
                    reply = loket.send(part)
                except (LoketBadReply, LoketUnavailable) as error:
                    # It may be there; and what is wrong with one may not be with the
                    # next.
                    problem = self._loket_problem(error)
                    sent.append(keeper.keep_answer(sending, "lost", words=problem))
                    vals |= {"sent_upto": sending.id, "push_problem": problem}
                    losses += 1
                    if losses == 2:
                        break
                except LoketError as error:
                    problem = self._loket_problem(error)
                    keeper.keep_answer(sending, "denied", words=problem)
                    vals["push_problem"] = problem
                    break
                else:
                    losses = 0
                    state = "refused" if reply.is_refused else "taken"
                    messages = [(one.ref, one.text) for one in reply.messages]
                    sent.append(keeper.keep_answer(sending, state, messages))
                    vals["sent_upto"] = sending.id
        return sent, vals

    # === READING BACK === #

    def _read_back(self, loket, parts):
        """Read what Loket holds, and keep the verdict on each cell.

        :param loket: an ``InLoket``
        :param parts: all that was ever sent of the period
        :return: values of fields
        :raise LoketError: it could not be read; nothing was kept
        """
        file, ours = self._known(loket, parts)
        own = [part for part in parts if part.export == self.id]
        held = loket.look(ours, loket.mapped)
        by_hand = self.state == "uploaded" and not own
        verdicts = judge(file.rows, ours, held, by_hand=by_hand, doubtful=file.shared)
        words = {}
        for part in own if verdicts.others else ():
            words |= part.words
        states = self._keep_verdicts(loket, file, held, verdicts, words)
        return {
            "compared_on": fields.Datetime.now(),
            "compared_state": push_state(states),
            "read_upto": max((part.id for part in own), default=0),
        }

    def _keep_verdicts(self, loket, file, held, verdicts, words):
        """Keep what Loket holds beside each cell, and what it holds more.

        :param held: ``Seen``
        :param verdicts: ``payroll.rows.Verdicts``
        :param words: {reference of an employment: what Loket said of it last}
        :return: the verdicts
        """
        there = verdicts.held.values
        different = {
            place: there[place]
            for place, verdict in verdicts.others.items()
            if verdict == "different"
        }
        changes = self._changes(loket, different)

        def loket_vals(place, verdict):
            change = changes.get(place)
            return {
                "verdict": verdict,
                "loket_value": float(there.get(place, 0)),
                "loket_message": verdict in OPEN
                and place is not None
                and words.get(place.employment),
                "changed_by": change and change.by,
                "changed_on": change and change.at,
            }

        stored = [line[0] for spot in verdicts.stored for line in file.lines[spot]]
        told = {
            # Nobody knows whether it is there; what is gone, whether it is gone.
            line_id: loket_vals(None, "missing" if value else "not_withdrawn")
            for line_id, _component, value in file.nowhere
        }
        states = [vals["verdict"] for vals in told.values()]
        for spot in file.lines.keys() - set(verdicts.stored):
            for line_id, component, value in file.lines[spot]:
                place = Place(*spot, component)
                verdict = verdicts.others[place]
                if not value and file.rows[spot][component]:
                    # Another cell of the file is there by now.
                    told[line_id] = {**loket_vals(None, "withdrawn"), "loket_value": 0}
                    continue
                if verdict == "stored":
                    if place not in file.twice:
                        stored.append(line_id)
                        continue
                    verdict = "different"  # one value can't be both
                told[line_id] = loket_vals(place, verdict)
                states.append(verdict)
        # As superuser: what Loket holds is nobody's to write by hand.
        lines_sudo = self.env["loket.export.line"].sudo()
        lines_sudo._keep_stored(stored)
        lines_sudo._keep_told(told)
        lines_sudo.search(
            [("export_id", "=", self.id), ("in_file", "=", False)]
        ).unlink()
        return states + self._keep_more(loket, file, held, verdicts, loket_vals)

    def _keep_more(self, loket, file, held, verdicts, loket_vals):
        """Keep what Loket holds of these people beside the cells of the file.

        :param loket_vals: gives the field values of a place and verdict
        :return: the verdicts
        """
        more = {
            place: verdict
            for place, verdict in verdicts.others.items()
            if verdict in OPEN and place.component not in file.rows.get(place.spot, ())
        }
        if not more and not held.others:
            return []
        people = {spot[0] for spot in file.rows}
        components = loket.mapped.union(*file.rows.values())
        rows = [
            (place, loket_vals(place, verdict))
            for place, verdict in sorted(more.items(), key=lambda item: item[0].order)
            if verdict != "foreign"
            or (place.employment in people and place.component in components)
        ]
        rows += [
            (place, {"verdict": "foreign", "loket_value": float(value)})
            for place, value in held.others
            if place.employment in people and place.component in components
        ]
        if not rows:
            return []
        names = {line.component_code: line.component_name for line in self.line_ids}
        who = self._people_of()
        nobody = self.env["hr.employee"], 0
        # As superuser: what Loket holds is nobody's to write by hand.
        self.sudo().line_ids.create(
            [
                {
                    "export_id": self.id,
                    "in_file": False,
                    "employee_id": who.get(place.employment, nobody)[0].id,
                    "payroll_number": who.get(place.employment, nobody)[1],
                    "employment_ref": place.employment,
                    "shift": place.shift,
                    "distribution_unit": loket.unit_code(place.unit),
                    "component_code": place.component,
                    "component_name": names.get(place.component)
                    or loket.component_name(place.component),
                    **vals,
                }
                for place, vals in rows
            ]
        )
        return [vals["verdict"] for _place, vals in rows]

    def _people_of(self):
        """{reference of an employment: (employee, payroll number)}, of all files."""
        lines_sudo = self._made_of_same_period()._file_lines()
        return {
            line.employment_ref.lower(): (line.employee_id, line.payroll_number)
            for line in lines_sudo
            if line.employment_ref
        }

    def _differences(self):
        """The cells that are not as they should be, as values to tell them by."""
        # As superuser: whoever looks, the same is different.
        return [
            [line.employment_ref, line.shift, line.distribution_unit or ""]
            + [line.component_code, line.value, line.loket_value, line.verdict]
            for line in self.env["loket.export.line"]
            .sudo()
            .search(
                [
                    ("export_id", "=", self.id),
                    ("verdict", "in", [one for one in OPEN if one != "foreign"]),
                ]
            )
        ]

    # === IN THE BACKGROUND === #

    @api.model
    def _cron_push(self):
        """Send or compare what waits, each for the person who asked for it."""
        cron = self.env["ir.cron"]
        queued_sudo = self.sudo().search([("push_queued", "!=", False)], order="id")
        cron._commit_progress(remaining=len(queued_sudo))
        for export_sudo in queued_sudo:
            export_sudo._try_queued()
            if not cron._commit_progress(1):
                return

    def _try_queued(self):
        """Send or compare one file that waits; what goes wrong is kept with it."""
        export_sudo = self.sudo()  # in the name of who asked for it, below
        user = export_sudo.push_user_id
        export = export_sudo.with_user(user).with_context(
            lang=user.lang, allowed_company_ids=export_sudo.company_id.ids
        )
        try:
            with self.env.cr.savepoint():
                export._check_still_may(user)
                export._carry_out(export_sudo.push_queued)
        except UserError as error:
            export_sudo.write({"push_queued": False, "push_problem": reason_of(error)})
        except Exception as error:  # noqa: BLE001 (no failure stops the next)
            _logger.warning(
                "Payroll file %s can't be sent into Loket: %s",
                export_sudo.id,
                type(error).__name__,
            )
            problem = self._lt(
                "Something went wrong in Odoo. Compare with Loket to see what is "
                "there; ask your administrator to look at the log of Odoo."
            )
            export_sudo.write({"push_queued": False, "push_problem": problem})

    def _check_still_may(self, user):
        """:raise UserError: who asked for it may not do it any more"""
        # As superuser: users and their companies are not the user's to read.
        user_sudo = user.sudo()
        if not user_sudo.active or self.sudo().company_id not in user_sudo.company_ids:
            raise UserError(
                self._lt(
                    "Who asked for this may not do it any more, so nothing was done. "
                    "Ask for it again."
                )
            )
        self.check_access("write")

    # === AT NIGHT === #

    @api.model
    def _cron_compare(self):
        """Compare the files of open periods again; a difference is told once."""
        cron = self.env["ir.cron"]
        files_sudo = self._to_compare()
        cron._commit_progress(remaining=len(files_sudo))
        for file_sudo in files_sudo:
            file_sudo._try_to_compare()
            if not cron._commit_progress(1):
                return

    def _try_to_compare(self):
        """Compare one file again; whatever goes wrong is not raised."""
        try:
            with self.env.cr.savepoint():
                self._compare_at_night()
        except UserError as error:  # somebody is sending it right now
            _logger.info("Payroll file %s is not compared: %s", self.id, error)
        except Exception as error:  # noqa: BLE001 (no failure stops the next)
            _logger.warning(
                "Payroll file %s can't be compared with Loket: %s",
                self.id,
                type(error).__name__,
            )

    @api.model
    def _to_compare(self):
        """The files that count, of which something may be in Loket, of open periods.

        As the system: whoever runs the scheduler, all of them are compared.
        """
        files_sudo = self.sudo().search(
            [
                ("is_latest", "=", True),
                ("push_queued", "=", False),
                ("connection_id.active", "=", True),
                ("connection_id.protocol", "=", "rest"),
                ("connection_id.state", "=", "ready"),
                ("connection_id.push_missing", "=", False),
                ("date_to", ">=", fields.Date.context_today(self) - LOOK_BACK),
                "|",
                ("state", "=", "uploaded"),
                "|",
                ("sending_ids", "!=", False),
                ("compared_on", "!=", False),
            ],
            order="compared_on nulls first, id",
        )
        return files_sudo.filtered(
            lambda file: (
                not file.is_approved
                and file.client_number == file.connection_id.client_number
            )
        )

    def _compare_at_night(self):
        clerk = self._clerk()
        file_sudo = as_read_by(self, clerk)
        file_sudo._carry_out("compare")
        differences = file_sudo._differences()
        told = file_sudo.told_differences or []
        if differences != told:
            file_sudo.told_differences = differences or False
        news = [one for one in differences if one not in told]
        if news:
            file_sudo._tell_differences(clerk, len(differences))

    def _tell_differences(self, clerk, count):
        """Ask the clerk to look at what is different in Loket.

        :param count: how many cells
        """
        vals = {
            "summary": self.env._("Loket holds something else than the payroll file"),
            "note": plain_html(
                self.env._(
                    "%(period)s: %(count)s values in Loket are not as in the payroll "
                    "file. Open it: who, what, and what to do is listed there.",
                    period=self.period_name,
                    count=count,
                )
            ),
        }
        keep_activity(self, DIFFERENT, clerk, vals)

    # === READY FOR PAYROLL === #

    def action_ready_for_payroll(self):
        """Ask for a comment, and then tell the payroll office that all is in Loket."""
        self.check_access("write")
        self.ensure_one()
        self._require_in_loket()
        wizard = self.env["loket.ready.wizard"].create({"export_id": self.id})
        return wizard._window_action()

    def _tell_ready(self, addresses, comment):
        """Let Loket mail that the period is ready; never asked twice.

        :param addresses: list of e-mail addresses
        :raise UserError: Loket did not take it, or nobody knows
        """
        self._require_in_loket()
        connection = self.connection_id
        gateway = connection._gateway()
        try:
            reply = gateway.period_data.tell_ready(
                connection.sudo().administration_ref,
                self.year,
                self.period,
                addresses,
                comment,
            )
        except LoketUnavailable as error:
            raise UserError(
                self.env._(
                    "Loket did not answer, so the mail may have been sent, or not. Ask "
                    "the payroll office before you do this again. %(reason)s",
                    reason=translated(self.env, error.message),
                )
            ) from error
        except LoketError as error:
            raise UserError(translated(self.env, error.message)) from error
        if reply.is_refused:
            raise UserError(
                self.env._(
                    "Loket did not take it: %(words)s",
                    words=" ".join(message.text for message in reply.messages),
                )
            )
        # As superuser: nobody writes it by hand.
        self.sudo().write({"ready_on": fields.Datetime.now()})
        keep_in_chatter(
            self,
            self._clerk(),
            self._lt(
                "Told the payroll office that this period is ready (%(addresses)s). "
                "%(comment)s",
                addresses=", ".join(addresses),
                comment=comment,
            ),
        )
