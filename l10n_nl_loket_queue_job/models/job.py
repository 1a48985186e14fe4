# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all jobs of this addon have in common."""

import math

from odoo.addons.l10n_nl_loket.gateway import LoketUnavailable
from odoo.addons.queue_job.exception import RetryableJobError

#: A job in one of these is not done yet.
UNDONE = ("wait_dependencies", "pending", "enqueued", "started")


def enqueue(records, method, description):
    """Let a worker call a method of these records, unless it is to do so already.

    Also while one is at it: ``queue_job`` itself looks at what has not begun.
    """
    key = f"{records._name}.{method}:{','.join(map(str, sorted(records.ids)))}"
    # As the system: jobs are nobody's to read.
    jobs_sudo = records.env["queue.job"].sudo()
    if not jobs_sudo.search_count(
        [("identity_key", "=", key), ("state", "in", UNDONE)], limit=1
    ):
        delayed = records.with_delay(identity_key=key, description=description)
        getattr(delayed, method)()


def is_last_try(env):
    """Whether the job that is running will not be tried again; so outside a job."""
    uuid = env.context.get("job_uuid")
    # As the system: jobs are nobody's to read.
    job_sudo = env["queue.job"].sudo().search([("uuid", "=", uuid)]) if uuid else None
    return not job_sudo or 0 < job_sudo.max_retries <= job_sudo.retry + 1


def later(error):
    """The same error as one that has the job tried again, when Loket wants it.

    :param error: LoketUnavailable
    """
    seconds = math.ceil(error.retry_after) if error.retry_after else None
    return RetryableJobError(error.message, seconds=seconds)


def may_be_later(env, error):
    """Whether a job is running that may do its work later, and an error asks for it."""
    return isinstance(error, LoketUnavailable) and not is_last_try(env)
