# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A night of many connections: two workers, and one.

By the scheduler alone; and by the jobs of OCA's ``queue_job``, where that is fetched:
the tests of the second addon do so.
"""

import subprocess
import sys
from contextlib import contextmanager

from bench import data
from bench.job_worker import ENQUEUE
from bench.loket import Loket
from bench.measure import Row, Target
from tools import odoo, other_modules
from tools.paths import REPO
from tools.versions import QUEUE_JOB_ADDON

LATENCY = 0.1
#: How many connections, and people of each.
SIZES = {"tiny": (4, 5), "small": (20, 10), "medium": (60, 50), "full": (200, 50)}


def rows(bench):
    """Yield the rows of this job."""
    number, people = SIZES[bench.size]
    with Loket(people, "--employers", str(number)) as loket:
        bench.meter.calls = loket.count
        nights = Nights(bench, loket, number, people)
        yield from _pair(bench, nights, loket, "bench.night_worker", "")
        if bench.size != "tiny" and other_modules.QUEUE_JOB_ADDONS.exists():
            other_modules.use_queue_job()
            odoo.install(bench.registry.db_name, [QUEUE_JOB_ADDON])
            nights = Jobs(bench, loket, number, people)
            yield from _pair(
                bench, nights, loket, "bench.job_worker", ", by jobs of queue_job"
            )


def _pair(bench, nights, loket, module, how):
    """Yield the row of two processes and one.

    :param module: of the processes
    :param how: what the row says of them
    """
    with _worker(bench, module) as one, _worker(bench, module) as other:
        loket.latency(0)
        nights.prepare([one, other])
        loket.latency(LATENCY)
        yield Row(
            f"{nights.number} connections of {nights.people} people, "
            f"{LATENCY * 1000:.0f} ms latency, two processes{how}",
            lambda: nights.run([one, other]),
            (Target("ratio seconds", round(1 / 1.8, 3)),),
            "the same by one process",
            lambda: nights.run([one]),
            before=nights.make_due,
            check=_check,
            rounds=1,
        )


def _check(ours, bound):
    """All were done, each once, whoever did it."""
    assert ours == bound, f"{ours} done by two, {bound} by one"


class Nights:
    """Connections, each to an employer of its own in one sandbox."""

    def __init__(self, bench, loket, number, people):
        self._bench, self.number, self.people = bench, number, people
        self._make(loket)

    def _make(self, loket):
        bench = self._bench
        offices = [one for one in loket.offices() if one["client_number"] >= 7000]
        with bench.env(keep=True) as env:
            env["ir.cron"].search([]).nextcall = "2099-01-01"
            for office in offices:
                link = data.connection(
                    env,
                    name=office["employer"],
                    environment="custom",
                    api_url=f"{loket.url}/v2",
                    oauth_url=loket.url,
                    client_secret="sandbox-secret",
                    employer_ref=office["employer_ref"],
                    administration_ref=office["administration_ref"],
                    client_number=office["client_number"],
                )
                link._loket_store_token(loket.token())

    def prepare(self, workers):
        """A first night, from which everybody is known."""
        self._first = workers[0]
        self.make_due()
        self.run(workers)
        self._bench.analyze()

    def make_due(self, _side=None):
        """Let the scheduler begin a night, in which all is read."""
        with self._bench.env(keep=True) as env:
            for link in env["loket.connection"].search([]):
                link.quiet_basis = False
            env["loket.sync.run"].search([]).unlink()
            env.ref("l10n_nl_loket.ir_cron_loket_sync").nextcall = "2020-01-01"

    def run(self, workers):
        """A night by these processes; how many connections were done."""
        _ask(workers, "\n")
        with self._bench.env() as env:
            nights = env["loket.sync.run"].search([])
            wrong = nights.filtered(
                lambda night: (
                    night.state not in ("done", "partial")
                    or len(night.connection_id.loket_employee_ids) != self.people
                )
            )
            once = len(nights) == len(nights.connection_id) == self.number
            if wrong or not once:
                raise AssertionError(
                    f"{len(nights)} nights of {len(nights.connection_id)} connections; "
                    f"{len(wrong)} wrong; {wrong[:1].message}"
                )
            return len(nights)


class Jobs(Nights):
    """The same connections, the night of each of which is a job."""

    def _make(self, _loket):
        """Nothing: they are there."""

    def make_due(self, _side=None):
        """Let the night be enqueued."""
        super().make_due()
        _ask([self._first], ENQUEUE)


def _ask(workers, line):
    """Ask all of these processes for something, and wait for it."""
    for worker in workers:
        worker.stdin.write(line)
        worker.stdin.flush()
    for worker in workers:
        if not worker.stdout.readline():
            raise RuntimeError("A worker ended")


@contextmanager
def _worker(bench, module):
    """A process that works through a night for each line it is sent.

    :param module: what it runs
    """
    database = bench.registry.db_name
    process = subprocess.Popen(
        [sys.executable, "-m", module, database],
        cwd=REPO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if not process.stdout.readline():
            raise RuntimeError("A worker does not start")
        yield process
    finally:
        process.kill()
        process.wait()
