# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The night, from top to bottom: when, read, plan, apply; then it tells."""

import logging
import time
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...gateway import (
    Component,
    Lists,
    LoketError,
    LoketMisconfigured,
    Period,
    bounds,
)
from ...people import quiet
from ...people.known import Change
from ...people.limits import lets_go
from ...people.plan import RowPlan
from ...words import _lt, joined
from ..at_once import RACES, somebody_else
from ..employee.employee_provision import EmployeeProvision
from ..in_halves import in_halves, no_person_in_the_log
from ..translated import reason_of, translated
from .loket_sync_run_quiet import Before
from .loket_sync_run_tell import TROUBLE

_logger = logging.getLogger(__name__)

#: How often an answer is applied again when somebody else wrote meanwhile.
TRIES = 3
#: Seconds between two tries to lock what somebody is saving.
PAUSE = 0.5
#: What the scheduler left undone for longer is not of this night.
NIGHT = timedelta(hours=20)
#: What the scheduled actions that help at night run.
HELP = "model._cron_help_sync()"
#: How often it may be tried without coming to an end before one try a night is enough:
#: what kills its worker does so for ever.
OPEN_TRIES = 2


class Answer(NamedTuple):
    """What Loket told, when it was asked, and of which administration."""

    start: datetime
    employer_ref: str
    administration_ref: str
    lists: Lists
    """What it told of employments."""
    remarks: list[str]
    """Sentences on what Loket may be hiding, or could not be read."""
    periods: list[Period]
    """The payroll periods; none where they could not be read."""
    components: dict[int, list[Component] | None]
    """The components of each payroll year; no years where they could not be read."""
    before: Before
    """What Loket said before its lists were read."""
    is_whole: bool
    """Whether all of it could be read."""
    is_of_night: bool
    """Whether nobody waits for it, so that nothing is done where nothing changed."""
    lang: str | None
    """The language of who reads what comes of it."""

    @property
    def employments(self):
        """What it told of employments, understood."""
        return self.lists.employments


class Outcome(NamedTuple):
    """What became of the plan of one row."""

    plan: RowPlan
    row: models.BaseModel
    """The loket.employee; none where Loket's data made none."""
    written: dict[str, Change]
    """What the employee got, by name of the field."""
    problem: str | None
    to_check: tuple[str, ...] = ()
    """What a person has to look at since tonight, in sentences."""

    @property
    def is_unchanged(self):
        """Whether Loket told nothing new of it, and nothing went wrong."""
        plan = self.plan
        news = plan.row_changes or self.written or plan.is_back
        asks = self.problem or plan.held or self.to_check
        return plan.kind == "known" and not (plan.retries or plan.kept or news or asks)


def _contract_start(item):
    """When the contract begins that a (RowPlan, row) brings.

    The others come first: what begins follows on what ends tonight, and one contract
    on the other.
    """
    plan, _row = item
    if not plan.begins_contract:
        return date.min
    return plan.vals.get("start_date") or plan.row.start_date or date.min


def _lock_patiently(connection):
    """Lock a connection, which somebody may be saving right now.

    :raise LockError: it takes longer: another worker is at it
    """
    for _attempt in range(TRIES - 1):
        try:
            connection.lock_for_update(allow_referencing=True)
            return
        except LockError:
            time.sleep(PAUSE)
    connection.lock_for_update(allow_referencing=True)


def _lock_first(records):
    """Lock the first of these that nobody has locked; none: somebody has all of them.

    As ``try_lock_for_update``, for which a record that another worker wrote just now is
    an error in the log. Here that is how a night is shared.

    :raise psycopg2.errors.SerializationFailure: it was written just now
    """
    if not records:
        return records
    records.flush_recordset()
    query = SQL(
        "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY array_position(%s, id) LIMIT 1 "
        "FOR NO KEY UPDATE SKIP LOCKED",
        SQL.identifier(records._table),
        records.ids,
        records.ids,
    )
    records.env.cr.execute(query, log_exceptions=False)
    return records.browse(row_id for (row_id,) in records.env.cr.fetchall())


def _keep_snapshots(pairs):
    """What is to be carried out anew is what Loket tells now; returns the rows."""
    for plan, row in pairs:
        row.snapshot = plan.snapshot
    return [row for _plan, row in pairs]


class LoketSyncRun(models.Model):
    """A synchronisation: read from Loket, plan what changes, apply it, tell."""

    _inherit = "loket.sync.run"

    # === WHEN: AT NIGHT === #

    @api.model
    def _cron(self, night=None):
        """Synchronise each ready connection; the failure of one stops no other.

        The one tried longest ago comes first, whatever came of it. Several workers may
        be at it: each takes what no other has. When the time of the scheduler is up,
        the rest is done in its next run; so is what others still have, or had when
        they were killed.

        A failed connection counts as processed: reported as remaining, the scheduler
        would run it again and again (ir_cron, "loop again").

        :param night: id of the first run of the scheduler that is of this night, where
            another began it; None: by the scheduler's own runs
        :return: whether none is left for the next run
        """
        cron = self.env["ir.cron"]
        begins = night is None and bool(self.env.context.get("ir_cron_progress_id"))
        night = self._night() if night is None else night
        left = self._due(night)
        seen = {connection.id: self._last_try(connection) for connection in left}
        cron._commit_progress(remaining=len(left))
        if begins and len(left) > 1:
            self._call_helpers()
        while left:
            connection, left = self._take(left, seen)
            if connection:
                self._try_at_night(connection)
            if not cron._commit_progress(len(connection), remaining=len(left)):
                break
        if begins and not left:
            # Whose worker is alive is waited for, whose was killed is done again; so is
            # what somebody else had locked when its answer came.
            left = self._due(night).filtered(self._is_open)
            cron._commit_progress(remaining=len(left))
        return not left

    @api.model
    def _night_of(self, connection):
        """Do the night of one connection, unless another worker has just taken it.

        Commits; whatever goes wrong is kept with the connection, and nothing is raised.

        :return: whether it came to its end; False: somebody else has the connection
        """
        taken, _left = self._take(
            connection, {connection.id: self._last_try(connection)}
        )
        if not taken:
            return False
        self._try_at_night(taken)
        self.env["ir.cron"]._commit_progress(0)
        # As the system: nobody may read whether a try came to its end.
        return not taken.exists().sudo().open_tries

    @api.model
    def _cron_help(self):
        """Take part in the night that is going on, beside whoever began it."""
        night = self._night(self.env.ref("l10n_nl_loket.ir_cron_loket_sync").id)
        if night:
            self._cron(night)

    @api.model
    def _call_helpers(self):
        """Wake the scheduled action that helps at night, and the copies made of it.

        They wake nobody, so this ends.
        """
        # As the system: waking them is nobody's right.
        helpers_sudo = (
            self.env["ir.cron"]
            .sudo()
            .search(
                [
                    ("model_id.model", "=", "loket.connection"),
                    ("code", "=", HELP),
                ]
            )
        )
        for helper_sudo in helpers_sudo:
            helper_sudo._trigger()
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _due(self, night):
        """The ready connections to be tried tonight, longest ago first.

        Those that were not yet, and, once more, those whose try has not come to its
        end: another worker has them, or was killed.

        :param night: id of the scheduler's first run of tonight; 0: there is none
        """
        # As the system: whoever the scheduler runs as, all are synchronised.
        ready_sudo = (
            self.env["loket.connection"]
            .sudo()
            .search_fetch(
                [("state", "=", "ready")],
                ["last_try_date", "last_try_run", "open_tries"],
                # Of one second, the scheduler's run tells which was first.
                order="last_try_date asc nulls first, last_try_run, id",
            )
        )
        due_sudo = ready_sudo.filtered(
            lambda connection: (
                not night
                or connection.last_try_run < night
                or 0 < connection.open_tries < OPEN_TRIES
            )
        )
        return due_sudo.with_env(self.env)

    @api.model
    def _night(self, cron_id=None):
        """Id of the first of the scheduler's runs that are of this night; 0: none.

        Of this night are the one that goes on now, and those right before it that left
        something to do. Runs of all scheduled actions are numbered as one.

        :param cron_id: the scheduled action that began the night, and has something
            left to do; None: this one
        """
        context = self.env.context
        if not context.get("ir_cron_progress_id"):
            return 0
        # As the system: the scheduler's runs are nobody's to read.
        runs_sudo = (
            self.env["ir.cron.progress"]
            .sudo()
            .search(
                [
                    ("cron_id", "=", cron_id or context["cron_id"]),
                    ("id", "<=", context["ir_cron_progress_id"]),
                    ("create_date", ">", fields.Datetime.now() - NIGHT),
                ],
                order="id desc",
            )
        )
        own = 0 if cron_id else 1
        earlier = takewhile(lambda run: run.remaining, runs_sudo[own:])
        return min((run.id for run in (*runs_sudo[:own], *earlier)), default=0)

    @api.model
    def _last_try(self, connection):
        # As the system: nobody may write it, anybody's night reads it.
        one = connection.sudo()
        return one.last_try_date, one.last_try_run, one.open_tries

    @api.model
    def _is_open(self, connection):
        """Whether a try has not come to its end."""
        _date, _run_id, open_tries = self._last_try(connection)
        return bool(open_tries)

    @api.model
    def _has_worker(self, connection):
        """Whether another of the scheduler's workers is at a connection right now.

        A worker keeps its scheduled action locked for as long as it lives, so one whose
        action can be locked was killed. What this locks is free with the next commit.
        """
        connection_sudo = connection.sudo()  # nobody's to read
        if not connection_sudo.open_tries:
            return False
        run_id = connection_sudo.last_try_run
        # As the system: the scheduler's runs are nobody's to read.
        run_sudo = self.env["ir.cron.progress"].sudo().browse(run_id).exists()
        cron_sudo = run_sudo.cron_id
        if not cron_sudo or cron_sudo.id == self.env.context.get("cron_id"):
            return False  # this worker has that action: an earlier one was killed
        return not _lock_first(cron_sudo)

    @api.model
    def _take(self, left, seen):
        """Take the first connection that no other worker has, nor had since the list.

        That it is tried is kept before anything can come of it, and committed at once:
        the others see it, and should the server be stopped meanwhile, the next run
        begins with the others. One that somebody is saving right now comes last.

        :param left: connections, the next one first
        :param seen: {id: what was known of its last try, by the list}
        :return: (the one that was taken, or none; those left after it)
        """
        pauses = TRIES
        while left:
            try:
                if one := self._mark_first(left, seen):
                    self.env["ir.cron"]._commit_progress(0)
                    return one, left - one
                one = _lock_first(left)
                one.invalidate_recordset()
                is_free = (
                    one.state == "ready"
                    and self._last_try(one) == seen[one.id]
                    and not self._has_worker(one)
                )
                if is_free:
                    # As the system: nobody writes this by hand.
                    one_sudo = one.sudo()
                    one_sudo.write(
                        {
                            "last_try_date": fields.Datetime.now(),
                            "last_try_run": self.env.context.get(
                                "ir_cron_progress_id", 0
                            ),
                            "open_tries": one_sudo.open_tries + 1,
                        }
                    )
                    self.env["ir.cron"]._commit_progress(0)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Another worker took it since this transaction began: look again.
                self.env.cr.rollback()
                continue
            if is_free:
                return one, left - one
            self.env.cr.rollback()
            if one:
                left -= one
                continue
            left, pauses = left.exists(), pauses - 1
            if not pauses:
                _logger.info("Connections %s are being worked on already", left.ids)
                break
            time.sleep(PAUSE)
        return left.browse(), left.browse()

    @api.model
    def _mark_first(self, left, seen):
        """Lock the first connection that nobody has, and keep that it is tried.

        One statement, for each connection needs it each night.

        :param left: connections, the next one first
        :param seen: {id: what was known of its last try, by the list}
        :return: that one; none: somebody has all, or it has to be looked at first
        :raise psycopg2.errors.SerializationFailure: it was written just now
        """
        left.flush_recordset()
        dates, runs, tries = zip(*(seen[one.id] for one in left), strict=True)
        query = SQL(
            """
            UPDATE loket_connection taken
            SET last_try_date = %(now)s, last_try_run = %(run)s, open_tries = 1
            FROM unnest(%(ids)s, %(dates)s::timestamp[], %(runs)s, %(tries)s)
                AS seen (id, last_date, last_run, open)
            WHERE taken.id = seen.id AND taken.state = 'ready'
                AND taken.last_try_date IS NOT DISTINCT FROM seen.last_date
                AND coalesce(taken.last_try_run, 0) = seen.last_run
                AND coalesce(taken.open_tries, 0) = seen.open AND seen.open = 0
                AND taken.id = (
                    SELECT id FROM loket_connection WHERE id = ANY(%(ids)s)
                    ORDER BY array_position(%(ids)s, id) LIMIT 1
                    FOR NO KEY UPDATE SKIP LOCKED
                )
            RETURNING taken.id
            """,
            now=fields.Datetime.now(),
            run=self.env.context.get("ir_cron_progress_id", 0),
            ids=left.ids,
            dates=[day or None for day in dates],
            runs=list(runs),
            tries=list(tries),
        )
        self.env.cr.execute(query, log_exceptions=False)
        one = left.browse(one_id for (one_id,) in self.env.cr.fetchall())
        one.invalidate_recordset(flush=False)
        return one

    @api.model
    def _try_at_night(self, connection):
        """Synchronise a connection; whatever goes wrong is kept with it."""
        # The process knows it; else each night would ask for it.
        zone = self.env["res.users"].context_get().get("tz")
        night = self.with_context(tz=self.env.context.get("tz") or zone or "UTC")
        try:
            night._sync_at_night(connection.with_env(night.env))
        except LockError:
            self.env.cr.rollback()
            _logger.info("Connection %s is being synchronised already", connection.id)
        except Exception as error:  # noqa: BLE001 (no failure stops the next)
            self.env.cr.rollback()
            self._record_failure_at_night(connection, error)

    @api.model
    def _sync_at_night(self, connection):
        """Read from Loket, then write in a transaction that begins after that.

        Reading takes minutes. A transaction that began before it would not see what
        people changed meanwhile, and would fail on writing the same records. When
        somebody is quicker than the writing, the same answer is applied again.

        :raise LoketError: nothing could be read
        :raise LockError: another worker is at it
        """
        start = fields.Datetime.now()
        answer = self._read(connection, may_be_quiet=True)
        self.env["ir.cron"]._commit_progress(0)
        for attempt in range(1, TRIES + 1):
            try:
                if not answer and self._record_quiet(connection, start):
                    return
                _lock_patiently(connection)
                if not answer:
                    self._record_quiet(connection, start)
                    return
                if not self._is_overtaken(connection, answer):
                    night = self.with_context(lang=answer.lang)
                    night._record(connection.with_env(night.env), answer)
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                if attempt == TRIES:
                    raise
                _logger.info("Connection %s: somebody else was quicker", connection.id)

    @api.model
    def _is_overtaken(self, connection, answer):
        """Whether the answer is of no use any more: old, or to another question."""
        asked = (answer.employer_ref, answer.administration_ref)
        if asked != (connection.employer_ref, connection.administration_ref):
            return True
        return (connection.last_sync_date or datetime.min) > answer.start

    # === WHEN: BY HAND === #

    @api.model
    def _sync_by_hand(self, connection, lets_pass=False):
        """Synchronise for a person who waits; returns the run, failed or not.

        :param lets_pass: whether what waits on the employments may pass
        :raise UserError: somebody else is at it
        """
        try:
            with self.env.cr.savepoint():
                return self._sync(connection, lets_pass)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(connection)s is being synchronised already. Wait until that is "
                    "done: it then shows under Synchronisations.",
                    connection=connection.name,
                )
            ) from error
        except LoketError as error:
            return self._record_failure(connection, error)

    @api.model
    def _sync(self, connection, lets_pass=False):
        """Synchronise one connection in one transaction; returns the run.

        When somebody else writes the same records, Odoo does the whole request again.

        :raise LoketError: nothing could be read
        :raise LockError: another worker is at it
        """
        connection.ensure_one()
        connection.lock_for_update(allow_referencing=True)
        return self._record(connection, self._read(connection), lets_pass)

    # === READ === #

    @api.model
    def _read(self, connection, may_be_quiet=False):
        """Ask Loket; writes nothing.

        :param may_be_quiet: whether nothing is to be read where nothing changed
        :return: Answer; None: nothing changed
        :raise LoketError: nothing could be read
        """
        connection.ensure_one()
        refs = (connection.employer_ref, connection.administration_ref)
        if not all(refs):
            raise LoketMisconfigured(
                _lt(
                    "No administration is chosen, so there is nothing to synchronise. "
                    "Connect to Loket, choose the administration, and try again."
                )
            )
        # After a whole night, what Odoo has tells first whether another came since.
        rests = may_be_quiet and bool(connection.sudo().quiet_basis)
        if not rests:
            self._check_reads_once(connection)
        gateway = connection._gateway()
        start = fields.Datetime.now()
        before = self._ask_before(connection, gateway)
        is_quiet = may_be_quiet and self._may_be_quiet(connection, before)
        before = self._ask_access(connection, gateway, before)
        if is_quiet and self._is_quiet(connection, before):
            return None
        if rests:
            self._check_reads_once(connection)
        if may_be_quiet:  # nobody looks on
            connection = connection.with_context(lang=connection._responsible().lang)
        lists = gateway.lists(*refs)
        remarks = before.hidden
        if remarks is None:
            remarks = gateway.hidden_by_filter(refs[0])
        is_whole = True
        try:
            periods = connection._read_periods(gateway)
        except LoketError as error:  # the people are no less true
            periods, is_whole = [], False
            remarks = [*remarks, error.message]
        try:
            components = connection._read_components(gateway, periods)
        except LoketError as error:  # nor are they
            components, is_whole = {}, False
            remarks = [*remarks, error.message]
        return Answer(
            start,
            *refs,
            lists,
            remarks,
            periods,
            components,
            before,
            is_whole,
            is_of_night=may_be_quiet,
            lang=connection.env.lang,
        )

    @api.model
    def _check_reads_once(self, connection):
        """:raise LoketMisconfigured: another one reads the same administration"""
        if refusal := connection._reads_twice():
            raise LoketMisconfigured(refusal)

    @api.model
    @no_person_in_the_log()
    def _record(self, connection, answer, lets_pass=False):
        """The run of this answer, which is applied."""
        # As the system from here on: who may synchronise need not have rights on the
        # employees that Loket tells about, nor may anybody write a run by hand.
        run_sudo = self.sudo().create(
            {
                "connection_id": connection.id,
                "company_id": connection.company_id.id,
                "start": answer.start,
                "lets_pass": lets_pass,
                "message": joined(
                    "\n",
                    (translated(self.env, remark) for remark in answer.remarks),
                ),
            }
        )
        # As the system: nobody writes by hand that a try came to its end.
        connection.sudo().open_tries = 0
        kept = connection._take_over_periods(answer.periods)
        kept += connection._take_over_components(answer.components)
        run_sudo.message = joined("\n", (run_sudo.message, *kept))
        basis = (
            self._told_the_same(connection, answer)
            if answer.is_of_night and not kept
            else None
        )
        if basis:
            run_sudo._tell_the_same(answer, basis)
        elif not (answer.is_of_night and not kept and run_sudo._bring_in_few(answer)):
            found = run_sudo._bring_in(answer)
            is_whole = bool(answer.is_whole and found and not kept)
            run_sudo._keep_basis(answer, is_whole, all_of=found)
        self.env.flush_all()  # here, where what fails gets into no log
        return run_sudo

    def _bring_in(self, answer):
        """Bring rows and employees in line with Loket: plan all of it, then apply it.

        :param answer: Answer
        :return: (people.quiet.Staying, the employments that did not stay as they were);
            None: no later night may rest on it without reading it once more
        """
        limit = self.connection_id.vanish_threshold
        gone, known = self.env["loket.employee"], None
        if in_parts := self._plan_parts(answer, limit):
            plan, stays = in_parts
        else:
            known, plan = self._plan_at_once(answer, limit)
        if plan.vanished:
            self._refuse(plan.vanished)
            return None
        if known and lets_go(known.rows, self.lets_pass):
            gone = gone.browse(row.id for row in known.rows if row.vanished_on)
            gone._have_left()
        applied, outcomes = self._apply(plan)
        self._tell_outcomes(applied, outcomes)
        if quiet.is_much(plan, limit):
            return None
        moved = gone.union(*(outcome.row for outcome in outcomes))
        if known:
            stays = quiet.Staying(self._day_of(answer))
            stays.add(known, answer.employments.records, set(moved.ids))
        return stays, moved

    def _day_of(self, answer):
        """The day of an answer.

        What Loket tells is of no earlier day than that of Greenwich; whoever is ahead
        of it would take tomorrow for read.
        """
        return min(fields.Date.context_today(self), answer.start.date())

    # === APPLY === #

    def _apply(self, plan):
        """Write what is planned: all rows first, then each employee on its own.

        The rows first, for a decision that is carried out anew looks at all of them.
        Such decisions come last, after all that ended tonight.

        :param plan: people.night.Plan
        :return: (the plan, in which who can't be kept is unreadable; an Outcome of each
            row that does not stay as it is)
        """
        beyond = set(self._linked_beyond().ids)
        still = tuple(
            row_plan
            for row_plan in plan.rows
            if row_plan.is_still and row_plan.row.id not in beyond
        )
        left_alone = set(still)
        moving = [row_plan for row_plan in plan.rows if row_plan not in left_alone]
        known = [row_plan.row.id for row_plan in moving if row_plan.row]
        asked = {
            row: row._reasons_to_check()
            for row in self.env["loket.employee"].browse(known)
        }
        pairs = self._apply_to_rows(replace(plan, rows=tuple(moving)))
        rows = (row_plan for row_plan, _row in pairs)
        plan = replace(plan, rows=(*rows, *still))
        provision = EmployeeProvision(self.company_id)
        outcomes = in_halves(
            self.env.cr,
            sorted(pairs, key=_contract_start),
            lambda part: self._apply_to_employees(part, provision),
            self._refuse_employee,
        )
        outcomes = self._retry(outcomes)
        Line = self.env["loket.sync.run.line"]
        for outcome in outcomes:
            row = outcome.row
            problem = joined(" ", (outcome.problem, Line._why_it_waits(outcome)))
            if row and (row.problem or "") != problem:
                row.problem = problem or False
        return plan, self._with_what_to_check(outcomes, asked)

    def _linked_beyond(self):
        """Employments that are linked to an employee of another company."""
        connection = self.connection_id
        return (
            self.env["loket.employee"]
            .with_context(active_test=False)  # who has left may have moved as well
            .search(
                Domain("connection_id", "=", connection.id)
                & Domain("employee_id", "!=", False)
                & ~Domain(
                    "employee_id.company_id", "child_of", connection.company_id.id
                )
            )
        )

    def _with_what_to_check(self, outcomes, asked):
        """The outcomes, with what a person has to look at since tonight.

        :param asked: {row: what there was to look at before the night}
        """
        # Together, for what a savepoint made Odoo forget is read in one query.
        rows = self.env["loket.employee"].union(*(outcome.row for outcome in outcomes))
        asks = {row: row._reasons_to_check() for row in rows}
        return [
            outcome._replace(
                to_check=tuple(
                    reason
                    for reason in asks.get(outcome.row, ())
                    if reason not in asked.get(outcome.row, ())
                )
            )
            for outcome in outcomes
        ]

    def _apply_to_rows(self, plan):
        """Write the rows; employees are not touched yet.

        What can't be written is of one person, and stops no other.

        :return: list of (RowPlan, row)
        """
        kinds = ("new", "known", "unreadable", "missing")
        plans = [row_plan for kind in kinds for row_plan in plan.of(kind)]
        return in_halves(self.env.cr, plans, self._write_rows, self._refuse_row)

    def _write_rows(self, plans):
        """Write the rows of these plans; returns list of (RowPlan, row)."""
        LoketEmployee = self.env["loket.employee"]
        now = fields.Datetime.now()
        new = [row_plan for row_plan in plans if row_plan.kind == "new"]
        common = {"connection_id": self.connection_id.id, "last_sync_date": now}
        rows = LoketEmployee.create([{**row_plan.vals, **common} for row_plan in new])
        row_of = dict(zip(new, rows, strict=True))
        # One recordset, so that what is read of one is read of many.
        there = LoketEmployee.browse(plan.row.id for plan in plans if plan.row)
        by_id = {row.id: row for row in there}
        for row_plan in plans:
            if row_plan.kind == "new":
                continue
            row = by_id[row_plan.row.id] if row_plan.row else LoketEmployee
            row_of[row_plan] = row
            if row_plan.vals and row_plan.kind == "known":
                row.write({**row_plan.vals, "last_sync_date": now})
            elif row_plan.vals:
                # Of these Loket told nothing: their last change stays what it was.
                row.write(row_plan.vals)
        return [(row_plan, row_of[row_plan]) for row_plan in plans]

    def _refuse_row(self, plans, error):
        """Who can't be kept is told by name, as who can't be read is.

        :param plans: the RowPlan
        """
        (refused,) = plans
        name = bounds.shown(refused.name)
        if isinstance(error, UserError):
            reason = reason_of(error)
        else:
            # Neither the text nor the data of the error: they may hold personal data.
            _logger.warning(
                "Connection %s: an employment can't be kept: %s",
                self.connection_id.id,
                type(error).__name__,
            )
            reason = self._lt(
                "%(name)s can't be kept as Loket gives it (%(kind)s). Correct it in "
                "Loket, or ask your administrator to look into it.",
                name=name,
                kind=type(error).__name__,
            )
        ref = refused.ref or refused.vals.get("employment_ref") or ""
        row_plan = RowPlan(
            kind="unreadable",
            row=refused.row,
            ref=refused.row.employment_ref if refused.row else bounds.fit_ref(ref),
            name=name or bounds.fit_ref(ref) or "-",
            problem=reason,
        )
        row_id = refused.row.id if refused.row else ()
        return [(row_plan, self.env["loket.employee"].browse(row_id))]

    def _apply_to_employees(self, pairs, provision):
        """Bring the employees of some rows in line; returns an Outcome of each.

        Name and address of several are written together, those that get the same in one
        go. Where that fails, the halves are tried, and last each alone.
        """
        is_written = len(pairs) > 1
        alike = defaultdict(list)
        for row_plan, row in pairs if is_written else ():
            writes = row_plan.updates_employee and row_plan.person
            if writes and not row._beyond_walls():
                vals = ((name, one.new) for name, one in row_plan.person.items())
                alike[tuple(vals)].append(row.employee_id.id)
        for vals, employee_ids in alike.items():
            self.env["hr.employee"].browse(employee_ids).write(dict(vals))
        return [
            self._apply_to_employee(row_plan, row, provision, is_written)
            for row_plan, row in pairs
        ]

    def _apply_to_employee(self, row_plan, row, provision, is_written):
        """Bring the employee of a row in line; returns the Outcome.

        :param is_written: whether name and address are written already
        """
        written, problem = {}, translated(self.env, row_plan.problem)
        if beyond := row._beyond_walls() if row else None:
            # Nor is told what that employee has.
            return Outcome(replace(row_plan, held={}), row, written, beyond)
        if row_plan.updates_employee:
            written, problem = row._update_employee(row_plan, provision, is_written)
        elif row_plan.contracts:
            written, conflict = row._attempt(row._write_contracts, row_plan.contracts)
            problem = joined(" ", (problem, conflict))
        return Outcome(row_plan, row, written, problem)

    def _refuse_employee(self, pairs, error):
        """What Loket tells of somebody can't be written, and why."""
        ((row_plan, row),) = pairs
        return [Outcome(row_plan, row, {}, row._explain(error))]

    def _retry(self, outcomes):
        """Carry out decisions that failed before, in the name of who made them.

        :return: the outcomes, with what came of it
        """
        pairs = [(plan, row) for plan, row, *_rest in outcomes if plan.retries]
        rows = in_halves(self.env.cr, pairs, _keep_snapshots, lambda _pair, _error: [])
        if not rows:
            return outcomes
        retried = self.env["loket.employee"].union(*rows)
        for user, asked in retried.grouped(lambda row: row._asker()).items():
            # With the rights of the system still: who decides needs none on employees.
            asked.with_user(user).sudo()._apply_as_asked()
        return [
            outcome._replace(problem=outcome.row.problem or None)
            if outcome.plan.retries
            else outcome
            for outcome in outcomes
        ]

    # === WHEN IT FAILS === #

    @api.model
    def _record_failure_at_night(self, connection, error):
        """Keep what went wrong, also when somebody saves the connection meanwhile."""
        for _attempt in range(TRIES):
            try:
                if connection.exists():
                    _lock_patiently(connection)
                    night = self.with_context(lang=connection._responsible().lang)
                    night._record_failure(connection.with_env(night.env), error)
                    self.env["ir.cron"]._commit_progress(0)
                return
            except (LockError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                self.env.cr.rollback()
            except Exception as another:  # noqa: BLE001 (no failure stops the next)
                self.env.cr.rollback()
                _logger.error(
                    "Connection %s: that it failed (%s) can't be kept: %s",
                    connection.id,
                    type(error).__name__,
                    type(another).__name__,
                )
                return
        _logger.error(
            "Connection %s: that it failed (%s) can't be kept: somebody else is at it",
            connection.id,
            type(error).__name__,
        )

    @api.model
    def _record_failure(self, connection, error):
        """Keep what went wrong where the person of the connection sees it."""
        if isinstance(error, LoketError):
            message = connection._record_error(error)
        else:
            # Not the text of the error: it may hold personal data.
            _logger.error(
                "Synchronising connection %s failed: %s",
                connection.id,
                type(error).__name__,
            )
            message = (
                somebody_else(self.env)
                if isinstance(error, RACES)
                else self._lt(
                    "Unexpected error (%(kind)s). Ask your administrator to look into "
                    "it.",
                    kind=type(error).__name__,
                )
            )
            # As the system: nobody writes it by hand.
            connection.sudo().last_error = message
        # As the system: nobody writes by hand what a night is founded on, nor that a
        # try came to its end.
        connection.sudo().write({"quiet_basis": False, "open_tries": 0})
        untold = connection._nobody_can_act()
        # As the system: nobody writes a run by hand.
        run_sudo = self.sudo().create(
            {
                "connection_id": connection.id,
                "stop": fields.Datetime.now(),
                "state": "failed",
                "message": joined("\n", (message, untold)),
            }
        )
        self._tell(
            connection,
            TROUBLE,
            self._lt("Loket: synchronisation failed"),
            message,
        )
        return run_sudo
