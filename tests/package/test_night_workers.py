# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A night in two of Odoo's cron workers: two processes, one database."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

CONNECTIONS = 8
#: Seconds after which a test fails in place of waiting on.
PATIENCE = 300

MADE = f"""
env["ir.cron"].search([]).nextcall = "2099-01-01"
env["ir.cron.trigger"].search([]).unlink()
connections = env["loket.connection"].search([])
if not connections:
    for number in range({CONNECTIONS}):
        company = env["res.company"].create({{"name": f"Company {{number}}"}})
        connections |= env["loket.connection"].create(
            {{"name": f"C{{number}}", "company_id": company.id, "state": "ready",
              "employer_ref": f"e{{number}}", "administration_ref": f"a{{number}}"}}
        )
env["loket.sync.run"].search([]).unlink()
env["ir.cron.progress"].search([]).unlink()
connections.write({{"last_try_date": False, "last_try_run": 0, "open_tries": 0}})
env.ref("l10n_nl_loket.ir_cron_loket_sync").nextcall = "2020-01-01"
env.cr.commit()
answer = len(connections)
"""

WORKER = """
import os
import signal
import time
from pathlib import Path
from threading import Event, Thread
from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.l10n_nl_loket.gateway import LoketUnavailable
from odoo.addons.l10n_nl_loket.models.connection.loket_connection_link import (
    LoketConnection,
)
from odoo.addons.l10n_nl_loket.models.sync import loket_sync_run_night
from odoo.addons.l10n_nl_loket.tests.common_employees import FakeGateway

folder, broken = Path({folder!r}), {broken!r}
asked = []
signal.alarm({patience})  # ends a worker that waits for a lock, too

class Loket(FakeGateway):
    def employments(self, employer_ref, administration_ref):
        asked.append(employer_ref)
        (folder / f"{{employer_ref}}.{{os.getpid()}}").touch()
        # Nobody is done before the other worker has come in.
        wait(lambda: len({{path.suffix for path in folder.glob("e*")}}) > 1)
        if employer_ref == {waits!r}:
            (folder / "waiting").write_text(str(os.getpid()))
            wait((folder / "killed").exists)
        if employer_ref == broken:
            raise LoketUnavailable("Loket is down.")
        return super().employments(employer_ref, administration_ref)

def wait(is_so):
    end = time.monotonic() + {patience}
    while not is_so():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)

def is_over():
    IrCron._process_jobs(env.cr.dbname)
    env.cr.rollback()
    env.invalidate_all()
    return env.ref("l10n_nl_loket.ir_cron_loket_sync").nextcall > env.cr.now()

def save():
    # Somebody saves a connection until all others were begun with.
    with env.registry.cursor() as cr:
        query = "SELECT FROM loket_connection WHERE name = %s FOR UPDATE"
        cr.execute(query, [{saved!r}])
        held.set()
        end = time.monotonic() + 60
        while {saved!r} and len(list(folder.glob("e*"))) < {others}:
            if time.monotonic() > end:
                break
            time.sleep(0.05)

held, somebody = Event(), Thread(target=save)
# Whoever saves is waited for, however busy this machine is.
loket_sync_run_night.PAUSE = 5
# On the class that the addon defines: a registry that is built anew has it too.
LoketConnection._gateway = lambda connection: Loket()
(folder / f"{{os.getpid()}}.ready").touch()
wait(lambda: len(list(folder.glob("*.ready"))) > 1)
somebody.start()
held.wait()
(folder / f"{{os.getpid()}}.set").touch()
wait(lambda: len(list(folder.glob("*.set"))) > 1)
wait(is_over)
somebody.join()
answer = asked
"""

RESULT = """
runs = env["loket.sync.run"].search([], order="id")
answer = {
    connection.name: runs.filtered(lambda run: run.connection_id == connection)
    .mapped("state")
    for connection in env["loket.connection"].search([])
}
"""


@pytest.fixture(scope="module")
def installation(new_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workers")
    made = Installation(new_database("workers"), folder, addons=REPO)
    made.install(ADDON)
    return made


def night(installation, folder, broken=None, waits=None, saved=None):
    """Two workers, of which each tells what it asked of Loket; the night is due.

    :param broken: whose Loket fails
    :param waits: whose Loket answers once the file "killed" is there
    :param saved: the name of the connection that one of them saves meanwhile
    """
    assert installation.shell(MADE) == CONNECTIONS
    scripts = [
        WORKER.format(
            folder=str(folder),
            broken=broken,
            waits=waits,
            saved=name,
            patience=PATIENCE,
            others=CONNECTIONS - 1,
        )
        for name in (saved, None)
    ]
    pool = ThreadPoolExecutor()
    workers = [pool.submit(installation.shell, script) for script in scripts]
    pool.shutdown(wait=False)
    return workers


def test_two_workers_share_a_night_and_do_nobody_twice(installation, tmp_path):
    workers = night(installation, tmp_path, "e3", saved="C2")
    one, other = (worker.result() for worker in workers)

    assert one and other, "both take part"
    assert sorted(one + other) == [f"e{number}" for number in range(CONNECTIONS)]
    last = max(tmp_path.glob("e*"), key=lambda path: path.stat().st_mtime_ns)
    assert last.stem == "e2", "who is being saved holds up nobody else"
    states = installation.shell(RESULT)
    assert states.pop("C3") == ["failed"]
    assert set(map(tuple, states.values())) == {("done",)}


@pytest.mark.parametrize("waits", ["e0", "e1"])
def test_what_a_killed_worker_was_at_is_done_by_the_other_that_night(
    installation, tmp_path, waits
):
    # The first one is of who began the night, the second one of who helps.
    workers = night(installation, tmp_path, waits=waits)
    end = time.monotonic() + PATIENCE
    while not (tmp_path / "waiting").exists():
        assert time.monotonic() < end and not any(one.done() for one in workers)
        time.sleep(0.05)
    victim = int((tmp_path / "waiting").read_text())
    os.kill(victim, signal.SIGKILL)
    (tmp_path / "killed").touch()
    (done,) = (worker for worker in workers if not worker.exception())

    assert waits in done.result(), "taken again"
    states = list(installation.shell(RESULT).values())
    assert states == [["done"]] * CONNECTIONS, "nothing lost, nothing twice"
    for number in range(CONNECTIONS):
        asked = len(list(tmp_path.glob(f"e{number}.*")))
        assert asked == (2 if f"e{number}" == waits else 1)
