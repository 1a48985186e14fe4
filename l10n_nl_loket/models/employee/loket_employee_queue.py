# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.tools import split_every

#: Employments that are carried out at once; more than that is done in the background.
BATCH = 50


class LoketEmployee(models.Model):
    """Many decisions at once: carried out in the background, each batch kept."""

    _inherit = "loket.employee"

    is_queued = fields.Boolean(
        "Being Carried Out",
        readonly=True,
        copy=False,
        help="The decision waits to be carried out in the background.",
    )

    def _carry_out(self, left=0):
        """Carry out what was just decided, and tell the person.

        :param left: how many were left to decide on, for they have a suggestion
        :return: an action: how it went or, for many, the connection with its progress
        """
        if len(self) <= BATCH:
            self.action_apply()
            return self._tell_result(left)
        self.is_queued = True
        self._wake_cron()
        return self.connection_id[:1]._back_action()

    def _tell_result(self, left):
        """A notification of how it went; after linking, the list of what to check."""
        problems = self.filtered("problem")
        message = self.env._(
            "Added or linked: %(done)s of %(all)s.",
            done=len(self - problems),
            all=len(self),
        )
        if len(self) == 1 and problems:
            message = problems.problem
        elif problems:
            message += " " + self.env._("The filter Problems shows what is left.")
        if left:
            message += " " + self.env._(
                "Not added: %(count)s with a suggestion. Link them, or add them one by "
                "one.",
                count=left,
            )
        to_check = self.filtered("to_check")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems or left else "success",
                "message": message,
                "next": to_check.connection_id[:1].action_check_employees()
                if to_check
                else {"type": "ir.actions.act_window_close"},
            },
        }

    # === IN THE BACKGROUND === #

    @api.model
    def _wake_cron(self, at=None):
        cron = self.env.ref("l10n_nl_loket.ir_cron_loket_apply")
        cron.sudo()._trigger(at)

    @api.model
    def _cron_apply(self):
        """Carry out what is queued, as the person who is responsible for it.

        While the connection is being synchronised, or somebody edits an employee, it
        waits: reported as remaining, the scheduler would try again at once.
        """
        cron = self.env["ir.cron"]
        queued = self.search([("is_queued", "=", True)])
        cron._commit_progress(remaining=len(queued))
        for connection, rows in queued.grouped("connection_id").items():
            user = connection.user_id or self.env.user
            rows = rows.with_user(user).with_context(lang=user.lang).sudo()
            for batch in split_every(BATCH, rows.ids, rows.browse):
                try:
                    connection.lock_for_update(allow_referencing=True)
                    batch.exists().filtered("is_queued").action_apply()
                except (LockError, OperationalError):
                    self.env.cr.rollback()
                    self._wake_cron(fields.Datetime.now() + timedelta(minutes=1))
                    cron._commit_progress(remaining=0)
                    return
                if not cron._commit_progress(len(batch)):
                    return
