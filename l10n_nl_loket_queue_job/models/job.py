# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all jobs of this addon have in common."""

import math
from datetime import timedelta

from odoo import fields

from odoo.addons.l10n_nl_loket.gateway import LoketUnavailable
from odoo.addons.l10n_nl_loket.words import _lt
from odoo.addons.queue_job.exception import RetryableJobError

#: A job in one of these is not done yet.
UNDONE = ("wait_dependencies", "pending", "enqueued", "started")
#: What has waited for longer, nothing runs.
LONG = timedelta(hours=1)
#: Seconds until that is tried again which somebody else has.
PAUSE = 60


def enqueue(records, method, description, cron=None):
    """Let a worker call a method of these records, unless it is to do so already.

    Also while one is at it: ``queue_job`` itself looks at what has not begun.

    :param cron: external name of the scheduled action that enqueues it, where it may
        be asked for anew while a worker is at it, or about to end
    :return: since when nothing has run what is to be done already; None: it is new, or
        all is well
    """
    key = f"{records._name}.{method}:{','.join(map(str, sorted(records.ids)))}"
    # As the system: jobs are nobody's to read.
    jobs_sudo = records.env["queue.job"].sudo()
    undone_sudo = jobs_sudo.search(
        [("identity_key", "=", key), ("state", "in", UNDONE)], limit=1
    )
    if undone_sudo:
        if cron and undone_sudo.state == "started":
            # As the system: waking it is nobody's right.
            cron_sudo = records.env.ref(f"l10n_nl_loket.{cron}").sudo()
            cron_sudo._trigger(fields.Datetime.now() + timedelta(seconds=PAUSE))
        return _unrun_since(undone_sudo)
    delayed = records.with_delay(identity_key=key, description=description)
    getattr(delayed, method)()
    return None


def _unrun_since(job):
    """Since when nothing has run a job that is not done; None: not for long."""
    # One that is tried again is to be run at its ``eta``.
    dates = (job.date_created, job.eta, job.date_enqueued, job.date_started)
    since = max(filter(None, dates))
    return since if since < fields.Datetime.now() - LONG else None


def unrun_in_words(since):
    """That nothing runs a job, and what to do; each reads it in a language of theirs.

    :param since: as ``enqueue`` returned it
    """
    return _lt(
        "This has been waiting in the job queue since %(since)s, and nothing runs it. "
        "Ask your administrator to start Odoo with queue_job among its "
        "server_wide_modules, and with room for the channel root.loket.",
        since=since,
    )


def as_soon_as_free(env, *, is_counted=False):
    """The error that has a job tried again, as often as it takes.

    :param is_counted: whether that was often enough, and only so many tries are left
    """
    return RetryableJobError(
        env._("Somebody else is at it. It is tried again."),
        seconds=PAUSE,
        ignore_retry=not is_counted,
    )


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
