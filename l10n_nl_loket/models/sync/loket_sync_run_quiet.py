# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The quiet night: where nothing can have changed, none of Loket's lists is read."""

from dataclasses import replace
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from ...gateway import LoketError, LoketRefused
from ...people import quiet
from ..connection.loket_connection import TROUBLE
from .what_nights_read import digest_of_odoo


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
        return Before(since or None if version is None else version)

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
                "message": "\n".join(filter(None, (self.message, untold))),
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

    def _keep_basis(self, answer, is_whole):
        """Keep what the next nights may be founded on, where nothing is left to do.

        :param answer: Answer, which was applied
        :param is_whole: whether all of it was read, and taken over
        """
        connection, before = self.connection_id, answer.before
        connection.night_hint = self._hint(before)
        connection.quiet_basis = False
        if self.state in ("done", "partial"):
            connection.last_read_date = answer.start
        is_known = before.access or answer.lists.digest
        if not (is_whole and self.state == "done" and is_known):
            return
        known = self._read_known(connection)
        # As the system: whoever synchronises, the night is the same.
        odoo = digest_of_odoo(connection.sudo())
        if not (odoo and quiet.is_settled(known.rows)):
            return
        today = fields.Date.context_today(self)
        connection.quiet_basis = quiet.Basis(
            version=before.version,
            read_on=today,
            odoo=odoo,
            access=before.access,
            days=quiet.days_to_come(known, answer.employments.records, today),
            lists=answer.lists.digest,
            count=len(answer.employments.records),
        ).as_json()

    def _hint(self, before):
        """What right would make the nights faster, where one would; else empty."""
        if not before.activity or self.connection_id.protocol == "soap":
            return False  # which no right makes faster
        return self.env._(
            "Each night reads all that Loket gives. With the right %(activity)s, for "
            "the Loket user and for your application, it first asks whether anything "
            "changed, and reads nothing where nothing did.",
            activity=before.activity,
        )

    @api.model
    def _record_quiet(self, connection, start):
        """The run of a night that read nothing; none where a person was quicker.

        :param start: when Loket was asked
        """
        # As the system: nobody writes a run by hand, nor when it was.
        connection_sudo = connection.sudo()
        if connection_sudo.last_sync_date > start or not connection_sudo.quiet_basis:
            return self.browse()
        read_on = format_datetime(
            self.env, connection_sudo.last_read_date, dt_format="d MMM y HH:mm"
        )
        run_sudo = self.sudo().create(
            {
                "connection_id": connection.id,
                "company_id": connection.company_id.id,
                "start": start,
                "stop": fields.Datetime.now(),
                "state": "done",
                "is_quiet": True,
                "message": self.env._(
                    "Nothing has changed in Loket since %(day)s, when all of it was "
                    "read. So nothing was read.",
                    day=read_on,
                ),
            }
        )
        connection_sudo.write(
            {"last_sync_date": fields.Datetime.now(), "open_tries": 0}
        )
        run_sudo._hand_over(connection_sudo)
        return run_sudo
