# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import LockError

from .job import as_soon_as_free, enqueue


class LoketEmployee(models.Model):
    """Decisions that wait are carried out by jobs, a batch each."""

    _inherit = "loket.employee"

    @api.model
    def _cron_apply(self):
        """Enqueue what waits to be carried out, in batches."""
        for batch in self.search([("is_queued", "=", True)])._in_batches():
            name = batch.connection_id.name
            enqueue(
                batch,
                "_job_apply",
                self.env._("Loket: employees of %(name)s", name=name),
                cron="ir_cron_loket_apply",
            )

    def _job_apply(self):
        """Carry out what of these was decided, and waits still."""
        try:
            self._apply_queued()
        except (LockError, OperationalError) as error:
            raise as_soon_as_free(self.env) from error
