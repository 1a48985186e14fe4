# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...gateway import Employments, LoketError, LoketMisconfigured
from ...words import _lt

_logger = logging.getLogger(__name__)

#: How often an answer is taken over again when somebody else wrote meanwhile.
TRIES = 3


class Answer(NamedTuple):
    """What Loket told, when it was asked, and of which administration."""

    start: datetime
    employer_ref: str
    administration_ref: str
    employments: Employments
    hidden: list[str]


class LoketSyncRun(models.Model):
    """How a synchronisation starts: at night or by hand; and what if it can't."""

    _inherit = "loket.sync.run"

    # === AT NIGHT === #

    @api.model
    def _cron(self):
        """Synchronise each ready connection; the failure of one stops no other.

        A failed connection counts as processed: reported as remaining, the scheduler
        would run it again and again (ir_cron, "loop again").
        """
        cron = self.env["ir.cron"]
        connections = self.env["loket.connection"].search([("state", "=", "ready")])
        cron._commit_progress(remaining=len(connections))
        for connection in connections:
            night = self.with_context(lang=connection.user_id.lang)
            connection = connection.with_env(night.env)
            try:
                night._sync_at_night(connection)
            except LockError:
                _logger.info(
                    "Connection %s is being synchronised already", connection.id
                )
            except Exception as error:  # noqa: BLE001 (no failure stops the next)
                self.env.cr.rollback()
                night._record_failure(connection, error)
            cron._commit_progress(1)

    @api.model
    def _sync_at_night(self, connection):
        """Read from Loket, then write in a transaction that begins after that.

        Reading takes minutes. A transaction that began before it would not see what
        people changed meanwhile, and would fail on writing the same records. When
        somebody is quicker than the writing, the same answer is taken over again.

        :raise LoketError: nothing could be read
        :raise LockError: another worker is at it
        """
        answer = self._read(connection)
        self.env["ir.cron"]._commit_progress(0)
        for left in reversed(range(TRIES)):
            try:
                connection.lock_for_update(allow_referencing=True)
                if not self._is_overtaken(connection, answer):
                    self._record(connection, answer)
                    self.env.flush_all()
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                if not left:
                    raise
                _logger.info("Connection %s: somebody else was quicker", connection.id)

    @api.model
    def _is_overtaken(self, connection, answer):
        """Whether the answer is of no use any more: old, or to another question."""
        asked = (answer.employer_ref, answer.administration_ref)
        if asked != (connection.employer_ref, connection.administration_ref):
            return True
        return (connection.last_sync_date or datetime.min) > answer.start

    # === BY HAND === #

    @api.model
    def _sync_by_hand(self, connection):
        """Synchronise for a person who waits; returns the run, failed or not.

        :raise UserError: somebody else is at it
        """
        try:
            with self.env.cr.savepoint():
                return self._sync(connection)
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
    def _sync(self, connection):
        """Synchronise one connection in one transaction; returns the run.

        When somebody else writes the same records, Odoo does the whole request again.

        :raise LoketError: nothing could be read
        :raise LockError: another worker is at it
        """
        connection.ensure_one()
        connection.lock_for_update(allow_referencing=True)
        return self._record(connection, self._read(connection))

    # === BOTH === #

    @api.model
    def _read(self, connection):
        """Ask Loket; writes nothing.

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
        gateway = connection._gateway()
        start = fields.Datetime.now()
        employments = gateway.employments(*refs)
        return Answer(start, *refs, employments, gateway.hidden_by_filter(refs[0]))

    @api.model
    def _record(self, connection, answer):
        """The run of this answer, which is taken over."""
        run = self.sudo().create(
            {
                "connection_id": connection.id,
                "start": answer.start,
                "message": "\n".join(map(connection._translate, answer.hidden)),
            }
        )
        run._take_over(answer.employments)
        return run

    @api.model
    def _record_failure(self, connection, error):
        """Keep what went wrong where the person of the connection sees it."""
        if isinstance(error, LoketError):
            message = connection._record_error(error)
        else:
            _logger.error(
                "Synchronising connection %s failed: %s",
                connection.id,
                type(error).__name__,
            )
            message = self.env._(
                "Unexpected error (%(kind)s). Ask your administrator to look into it.",
                kind=type(error).__name__,
            )
            connection.last_error = message
        run = self.sudo().create(
            {
                "connection_id": connection.id,
                "stop": fields.Datetime.now(),
                "state": "failed",
                "message": message,
            }
        )
        self._tell_trouble(
            connection, self.env._("Loket: synchronisation failed"), message
        )
        return run
