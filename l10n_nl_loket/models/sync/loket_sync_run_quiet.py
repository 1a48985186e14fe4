# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The quiet night: where nothing can have changed, none of Loket's lists is read."""

from dataclasses import replace
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...gateway import LoketError, LoketRefused
from ...people import quiet
from ...people.known import LINKED
from ...people.names import number_key
from ...people.night import plan_night
from ...words import _lt, joined
from ..connection.loket_connection import TROUBLE
from ..employee.loket_employee import LIVE
from .what_nights_read import digest_of_odoo

#: Of more than this part of the employments, everybody is worked out.
FEW = 0.1
#: Of how many employments it is kept at once what Loket told.
TOLD = 10_000


class Before(NamedTuple):
    """What Loket said before its lists were read."""

    version: int | None
    """Its count of changes; None: not known."""
    activity: str | None = None
    """The right that is missing to ask for it."""
    access: str | None = None
    """What tells whether the Loket user may see the same (see ``people.quiet``); None:
    not known."""
    hidden: list[str] | None = None
    """Sentences on what a filter hides; None: not asked yet."""


class LoketSyncRun(models.Model):
    """Asking whether anything changed, and keeping what that is held against."""

    _inherit = "loket.sync.run"

    is_quiet = fields.Boolean(
        "Nothing Changed",
        readonly=True,
        help="Loket counted no change since it was read whole, so nothing was read.",
    )

    @api.model
    def _ask_before(self, connection, gateway):
        """What Loket says before its lists are read. What it does not say is not known.

        :raise LoketRefused: the link is refused
        """
        basis = quiet.Basis.from_json(connection.sudo().quiet_basis)
        since = (basis and basis.version) or 0
        try:
            version = gateway.highest_version(connection.employer_ref, since)
        except LoketRefused as error:
            if not error.activity:
                raise
            return Before(None, error.activity)
        except LoketError:
            return Before(None)  # reading the lists tells what is wrong
        return Before(version)

    @api.model
    def _ask_access(self, connection, gateway, before):
        """The same, with what the Loket user may see; of who knows no count, nothing.

        :raise LoketRefused: the link is refused
        """
        if before.version is None:
            return before
        try:
            rights = gateway.missing_activities(connection.employer_ref)
            hidden = gateway.hidden_by_filter(connection.employer_ref)
        except LoketRefused as error:
            if not error.activity:
                raise
            return before
        except LoketError:
            return before
        access = quiet.digest(sorted(rights), sorted(hidden))
        return before._replace(access=access, hidden=hidden)

    @api.model
    def _may_be_quiet(self, connection, before):
        """Whether all but what the Loket user may see is as it was.

        :param before: Before
        """
        basis = quiet.Basis.from_json(connection.sudo().quiet_basis)
        return bool(
            basis
            and before.version is not None
            and before.version == basis.version
            and self._holds(connection, basis)
        )

    @api.model
    def _holds(self, connection, basis):
        """Whether Odoo's side is as it was, and no day has come that changes anything.

        :param basis: people.quiet.Basis
        """
        return (
            basis.holds_on(fields.Date.context_today(self))
            # As the system: whoever synchronises, the night is the same.
            and digest_of_odoo(connection.sudo()) == basis.odoo
        )

    @api.model
    def _told_the_same(self, connection, answer):
        """What the last whole night was founded on, where this one would do nothing.

        :param answer: Answer, which need not have been understood
        :return: people.quiet.Basis; None: something may be left to do
        """
        # As the system: nobody reads what a night is founded on.
        basis = quiet.Basis.from_json(connection.sudo().quiet_basis)
        digest = answer.lists.digest
        if not (basis and digest and digest == basis.lists and answer.is_whole):
            return None
        return basis if self._holds(connection, basis) else None

    def _tell_the_same(self, answer, basis):
        """Finish a night in which Loket told what it told before, to the letter.

        :param basis: people.quiet.Basis, of ``_told_the_same``
        """
        connection, before = self.connection_id, answer.before
        untold, now = connection._nobody_can_act(), fields.Datetime.now()
        self.write(
            {
                "stop": now,
                "state": "done",
                "unchanged": basis.count,
                "message": joined("\n", (self.message, untold)),
            }
        )
        # What asks to decide, to check, and to look at what waits ended with the night
        # that this is founded on, as far as it did.
        connection.activity_unlink([TROUBLE])
        self._hand_over(connection)
        connection.last_error = untold
        connection.last_sync_date = now
        connection.night_hint = self._hint(before)
        connection.last_read_date = answer.start
        # The day stays: now and then all is worked out, whatever stayed the same.
        connection.quiet_basis = replace(
            basis, version=before.version, access=before.access
        ).as_json()

    @api.model
    def _is_quiet(self, connection, before):
        """Whether a night would change nothing.

        :param before: Before, with what the Loket user may see
        """
        # As the system: nobody reads what a night is founded on.
        basis = quiet.Basis.from_json(connection.sudo().quiet_basis)
        return bool(basis and before.access and before.access == basis.access)

    def _bring_in_few(self, answer):
        """Work out those alone of whom Loket tells something else than before.

        And whoever has to do with them. All others are as the last whole night left
        them, in Loket and in Odoo, with nothing left to do.

        :param answer: Answer
        :return: whether it was done; False: everybody is to be worked out
        """
        connection = self.connection_id
        basis = quiet.Basis.from_json(connection.quiet_basis)
        told = answer.lists.told if basis and answer.is_whole else None
        if not (told and self._holds(connection, basis)):
            return False
        refs = quiet.changed_refs(self._told_before(), told)
        if refs is None or len(refs) > len(told) * FEW:
            return False
        changed = answer.lists.some(refs)
        rows = self._concerned(refs, changed.records)
        given = {row.employment_ref for row in rows if row.in_loket}
        few = answer.lists.some(given)
        if few.problems or {one.employment_ref for one in few.records} != given:
            return False
        numbers = {number_key(one.person.employee_number) for one in few.records}
        known = self._read_known(connection, numbers, rows=rows)
        limit = connection.vanish_threshold
        plan = plan_night(known, few, limit, self._count_linked())
        if not quiet.is_of_few(plan) or quiet.is_much(plan, limit, basis.count):
            return False
        self._tell_outcomes(*self._apply(plan))
        self.unchanged += basis.count - len(given)
        self._keep_basis(answer, is_whole=True, few=(basis, rows, few.records, refs))
        return True

    def _told_before(self):
        """(reference, digest of what Loket told) of those that it gave, one by one.

        Until the last one, nothing else may be asked of the database.
        """
        self.env["loket.employee"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT employment_ref, told_digest FROM loket_employee "
                "WHERE connection_id = %s AND in_loket",
                self.connection_id.id,
            )
        )
        return iter(self.env.cr.fetchone, None)

    def _count_linked(self):
        """How many employees are linked, each counted once."""
        linked = LIVE & Domain("connection_id", "=", self.connection_id.id)
        linked &= Domain("decision", "in", LINKED)
        ((count,),) = self.env["loket.employee"]._read_group(
            linked, [], ["employee_id:count_distinct"]
        )
        return count

    def _concerned(self, refs, records):
        """Employments on which it may tell that Loket tells something else of these.

        Those of the same employee, and with a number that these have, or had.

        :param refs: references of employments
        :param records: gateway.Employment of each
        """
        LoketEmployee = self.env["loket.employee"]
        own = Domain("connection_id", "=", self.connection_id.id)
        changed = LoketEmployee.search(own & Domain("employment_ref", "in", list(refs)))
        keys = {number_key(record.person.employee_number) for record in records}
        keys |= set(changed.mapped("number_key"))
        numbers = {record.payroll_number for record in records}
        numbers |= set(changed.mapped("payroll_number"))
        return changed | LoketEmployee.search(
            own
            & (
                Domain("employee_id", "in", changed.employee_id.ids)
                | Domain("number_key", "in", list(keys - {"", False}))
                | Domain("payroll_number", "in", list(numbers - {0, None}))
            )
        )

    def _keep_told(self, told, refs=None):
        """Keep with each employment the digest of what Loket told of it.

        :param told: {reference: digest}; None: not known
        :param refs: of those of whom it told something else; None: of whom is not known
        """
        told = told or {}
        self.env["loket.employee"].flush_model()
        if refs is None:
            self.env.cr.execute(
                SQL(
                    "UPDATE loket_employee SET told_digest = NULL "
                    "WHERE connection_id = %s AND told_digest IS NOT NULL "
                    "AND (%s OR NOT in_loket)",
                    self.connection_id.id,
                    not told,
                )
            )
        refs = list(told if refs is None else refs)
        for start in range(0, len(refs), TOLD):
            some = refs[start : start + TOLD]
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE loket_employee kept SET told_digest = told.digest
                    FROM unnest(%s::text[], %s::text[]) AS told (ref, digest)
                    WHERE kept.connection_id = %s AND kept.employment_ref = told.ref
                        AND kept.told_digest IS DISTINCT FROM told.digest
                    """,
                    some,
                    [told[ref] for ref in some],
                    self.connection_id.id,
                )
            )
        self.env["loket.employee"].invalidate_model(["told_digest"], flush=False)

    def _keep_basis(self, answer, is_whole, all_of=None, few=None):
        """Keep what the next nights may be founded on, where nothing is left to do.

        :param answer: Answer, which was applied
        :param is_whole: whether all of it was read, and taken over
        :param all_of: people.quiet.Staying, with the employments that did not stay as
            they were; None: only a few were worked out, or no later night may rest on
            it
        :param few: what it was founded on, with the employments that were worked out,
            what Loket gave of them, and the references of those of whom that is another
            thing than before; None: all were
        """
        connection, before = self.connection_id, answer.before
        connection.night_hint = self._hint(before)
        connection.quiet_basis = False
        if self.state in ("done", "partial"):
            connection.last_read_date = answer.start
        is_known = before.access or answer.lists.digest
        if not (is_whole and self.state == "done" and is_known):
            return
        today = self._day_of(answer)
        if few:
            basis, rows, records, refs = few
            known = self._read_known(connection, rows=rows)
            is_settled = quiet.is_settled(known.rows)
            days = {*quiet.days_to_come(known, records, today), *basis.days}
        else:
            basis, refs, (stays, moved) = None, None, all_of
            known = self._read_known(connection, rows=moved)
            is_settled, days = stays.is_settled_with(known), stays.days_with(known)
        # As the system: whoever synchronises, the night is the same.
        odoo = digest_of_odoo(connection.sudo())
        if not (odoo and is_settled):
            return
        connection.quiet_basis = quiet.Basis(
            version=before.version,
            # The day stays: now and then all is worked out.
            read_on=basis.read_on if basis else today,
            odoo=odoo,
            access=before.access,
            days=tuple(sorted(days)),
            lists=answer.lists.digest,
            count=basis.count if basis else stays.count,
        ).as_json()
        self._keep_told(answer.lists.told, refs)

    def _hint(self, before):
        """What right would make the nights faster, where one would; else empty."""
        if not before.activity or self.connection_id.protocol == "soap":
            return False  # which no right makes faster
        return self._lt(
            "Each night reads all that Loket gives. With the right %(activity)s, for "
            "the Loket user and for your application, it first asks whether anything "
            "changed, and reads nothing where nothing did.",
            activity=before.activity,
        )

    @api.model
    def _record_quiet(self, connection, start):
        """The run of a night that read nothing.

        None where a person was quicker, or somebody has the connection locked.

        :param start: when Loket was asked
        """
        done = self._mark_quiet(connection, start)
        if not done:
            return self.browse()
        ((company_id, read_date, is_asked),) = done
        # As the system: nobody writes a run by hand, nor when it was.
        Run_sudo = self.sudo().with_company(company_id)
        run_sudo = Run_sudo.create(
            {
                "connection_id": connection.id,
                "company_id": company_id,
                "start": start,
                "stop": fields.Datetime.now(),
                "state": "done",
                "is_quiet": True,
                # Who is told is not looked up: each reader has it in their language.
                "message": _lt(
                    "Nothing has changed in Loket since %(day)s, when all of it was "
                    "read. So nothing was read.",
                    day=read_date,
                ),
            }
        )
        # It is given, so that the connection need not be read once more.
        self.env.remove_to_compute(run_sudo._fields["company_id"], run_sudo)
        if is_asked:
            run_sudo._hand_over(connection.sudo())
        return run_sudo

    @api.model
    def _mark_quiet(self, connection, start):
        """Lock a connection, and keep that it was read, unless somebody was quicker.

        One statement, for most nights of most connections do nothing else.

        :return: [(id of the company, when it was read whole, whether it asks anybody
            anything)]; empty: somebody has it, or was quicker
        :raise psycopg2.errors.SerializationFailure: it was written just now
        """
        connection.flush_recordset()
        query = SQL(
            """
            UPDATE loket_connection done
            SET last_sync_date = %(now)s, open_tries = 0
            WHERE done.quiet_basis IS NOT NULL AND done.last_sync_date <= %(start)s
                AND done.id = (
                    SELECT id FROM loket_connection WHERE id = %(id)s
                    FOR NO KEY UPDATE SKIP LOCKED
                )
            RETURNING done.company_id, done.last_read_date,
                EXISTS(
                    SELECT FROM mail_activity
                    WHERE res_model = 'loket.connection' AND res_id = done.id
                )
            """,
            now=fields.Datetime.now(),
            start=start,
            id=connection.id,
        )
        self.env.cr.execute(query, log_exceptions=False)
        connection.invalidate_recordset(flush=False)
        return self.env.cr.fetchall()
