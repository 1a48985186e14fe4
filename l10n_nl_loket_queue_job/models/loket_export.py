# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from .job import as_soon_as_free, enqueue, later, may_be_later, unrun_in_words


class LoketExport(models.Model):
    """A file is sent into Loket, or compared with it, by a job of its own."""

    _inherit = "loket.export"

    @api.model
    def _cron_push(self):
        """Enqueue what waits to be sent or compared."""
        # As the system: whoever the scheduler runs as, each is for who asked for it.
        for export_sudo in self.sudo().search([("push_queued", "!=", False)]):
            name = export_sudo.display_name
            since = enqueue(
                export_sudo,
                "_job_push",
                self.env._("Loket: send %(name)s", name=name),
                cron="ir_cron_loket_push",
            )
            if since:
                export_sudo.push_problem = unrun_in_words(since)

    @api.model
    def _cron_compare(self):
        """Enqueue the comparing of the files of open periods."""
        for file_sudo in self._to_compare():
            name = file_sudo.display_name
            enqueue(
                file_sudo,
                "_job_compare",
                self.env._("Loket: compare %(name)s", name=name),
            )

    def _job_push(self):
        """Send or compare one file, as far as it waits still."""
        export_sudo = self.exists().sudo()  # in the name of who asked for it
        what, user = export_sudo.push_queued, export_sudo.push_user_id
        if not what:
            return
        export_sudo._wait_for_turn()
        errors = []
        export_sudo.with_context(loket_errors=errors)._try_queued()
        if errors:
            # It waits again; what was sent is kept, and what happened is to be seen.
            export_sudo.write({"push_queued": what, "push_user_id": user.id})
            self.env.cr.commit()  # pylint: disable=invalid-commit
            raise later(errors[0])

    def _job_compare(self):
        """Compare one file with Loket, if it is still to be compared."""
        if self not in self._to_compare():
            return
        self._wait_for_turn()
        errors = []
        self.with_context(loket_errors=errors)._try_to_compare()
        if errors:
            raise later(errors[0])

    def _wait_for_turn(self):
        """Take the turn at the administration, of which another job may be at a file.

        Without jobs one worker does all files, one after the other.

        :raise RetryableJobError: somebody else is at it
        """
        try:
            self._take_turn()
        except UserError as error:
            raise as_soon_as_free(self.env) from error

    def _loket_problem(self, error):
        errors = self.env.context.get("loket_errors")
        if errors is not None and may_be_later(self.env, error):
            errors.append(error)
        return super()._loket_problem(error)
