# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from odoo.addons.l10n_nl_loket.gateway import LoketMisconfigured
from odoo.addons.l10n_nl_loket.models.sync.loket_sync_run_night import OPEN_TRIES
from odoo.addons.l10n_nl_loket.words import _lt, joined
from odoo.addons.queue_job.exception import RetryableJobError

from .job import as_soon_as_free, enqueue, unrun_in_words

#: Of how many employees one job fetches payslips.
PAYSLIPS = 50


class LoketConnection(models.Model):
    """The night and the payslips of a connection are a job each."""

    _inherit = "loket.connection"

    @api.model
    def _cron_sync(self):
        """Enqueue the night of every ready connection, longest untried first.

        What is late is looked for by a scheduled action of its own, later.
        """
        # As the system: whoever the scheduler runs as, all are synchronised.
        ready_sudo = self.sudo().search(
            [("state", "=", "ready")], order="last_try_date asc nulls first, id"
        )
        unrun = {
            connection: enqueue(
                connection,
                "_job_night",
                self.env._("Loket: night of %(name)s", name=connection.name),
            )
            for connection in ready_sudo
        }
        self.env["ir.cron"]._commit_progress(0)
        for connection, since in unrun.items():
            if since:
                connection._tell_unrun(since)

    def _tell_unrun(self, since):
        """Tell whoever is responsible that the last night was not run, and what to do.

        As of a night that failed: until one comes to its end.
        """
        sentences = [unrun_in_words(since), _lt("Until then, synchronise by hand.")]
        self.env["loket.sync.run"]._record_failure_at_night(
            self, LoketMisconfigured(joined(" ", sentences))
        )

    @api.model
    def _cron_help_sync(self):
        """Do nothing: the workers of the queue share the night."""

    def _job_night(self):
        """Synchronise one connection; then its payslips are a job."""
        connection = self.exists()
        if connection.state != "ready":
            return
        if not self.env["loket.sync.run"]._night_of(connection):
            # As the system: nobody may read how often it came to no end.
            tries = connection.exists().sudo().open_tries
            raise as_soon_as_free(self.env, is_counted=tries >= OPEN_TRIES)
        if connection.exists().fetch_payslips:
            enqueue(
                connection,
                "_job_payslips",
                self.env._("Loket: payslips of %(name)s", name=connection.name),
            )

    def _job_payslips(self):
        """Fetch the payslips of some employees, and run once more for the others."""
        connection = self.exists()
        if connection and self.env["loket.payslip"]._fetch_batch(connection, PAYSLIPS):
            raise RetryableJobError(
                self.env._("Others are next."), seconds=1, ignore_retry=True
            )
