# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The second addon: the work with Loket as jobs, in two processes on one database.

They run jobs as the server of ``queue_job`` does: by its controller, under its locks,
and what a killed one left is found by its own query.
"""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.server import Sandbox
from tools import odoo, other_modules, ports
from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

CONNECTIONS = 6
IS_LONG = bool(os.environ.get("LOKET_LONG"))

#: The jobs of the queue.
QUEUE = """
import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.jobrunner.runner import Database

TAKE = '''
    UPDATE queue_job SET state = 'enqueued', date_enqueued = now() AT TIME ZONE 'utc'
    WHERE id = (
        SELECT id FROM queue_job WHERE state = 'pending'
        AND (eta IS NULL OR eta <= now() AT TIME ZONE 'utc')
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING uuid
'''

def work():
    "Run jobs until none is to be run now; returns how many it ran."
    env.cr.commit()
    for number in range(1000):
        with env.registry.cursor() as cr:
            # The server has one process that hands out jobs; here each takes its own.
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute(TAKE)
            found = cr.fetchone()
        if not found:
            env.invalidate_all()
            return number
        with env.registry.cursor() as cr:
            own = env(cr=cr)
            job = RunJobController._acquire_job(own, found[0])
            if job:
                RunJobController._runjob(own, job)

def requeue_dead():
    "As the server does, which waits ten seconds; returns how many were dead."
    query = Database._query_requeue_dead_jobs(None)
    assert "10 sec" in query
    with env.registry.cursor() as cr:
        cr.execute(query.replace("10 sec", "0 sec"))
        return len(cr.fetchall())

def jobs(method=None):
    env.invalidate_all()
    return env["queue.job"].search([("method_name", "=", method)] if method else [])

def runs():
    return {c.name: env["loket.sync.run"].search([("connection_id", "=", c.id)])
            .mapped("state") for c in env["loket.connection"].search([])}
"""

#: Beside them a Loket with one person for each connection.
LOKET = (
    QUEUE
    + """
from odoo.addons.l10n_nl_loket.gateway import LoketUnavailable
from odoo.addons.l10n_nl_loket.tests.common_employees import FakeGateway, employment

class Loket(FakeGateway):
    folder, error, pause = None, None, 0

    def employments(self, employer_ref, administration_ref):
        if Loket.error:
            raise Loket.error
        if self.folder:
            (self.folder / f"{employer_ref}.{os.getpid()}").touch()
            time.sleep(self.pause)
        self.people = [employment(1)]
        return super().employments(employer_ref, administration_ref)

type(env["loket.connection"])._gateway = lambda connection: Loket()
"""
)

BEGIN = (
    LOKET
    + f"""
env["ir.cron"].search([]).nextcall = "2099-01-01"
connections = env["loket.connection"].with_context(active_test=False).search([])
connections.active = True
if not connections:
    for number in range({CONNECTIONS}):
        company = env["res.company"].create({{"name": f"Company {{number}}"}})
        connections |= env["loket.connection"].create(
            {{"name": f"C{{number}}", "company_id": company.id, "state": "ready",
              "employer_ref": f"e{{number}}", "administration_ref": f"a{{number}}",
              "client_number": 5000 + number, "period_type": "month"}}
        )
connections.state = "ready"
env["loket.sync.run"].search([]).unlink()
env["queue.job"].search([]).unlink()
env.cr.commit()
"""
)

#: Begins when another one does.
WORKER = """
folder = Path("FOLDER")
(folder / f"ready.{os.getpid()}").touch()
while len(list(folder.glob("ready.*"))) < 2:
    time.sleep(0.05)
answer = work()
"""
SLOW = """
Loket.folder, Loket.pause = Path("FOLDER"), 0.5
"""

#: Connections to the sandbox, an employer each, whose night is a job each.
OVER_HTTP = (
    BEGIN
    + """
env["loket.employee"].search([]).unlink()  # of the Loket beside other tests
for connection, office in zip(connections, OFFICES):
    connection.write({**office, "environment": "custom", "api_url": URL + "/v2",
                      "oauth_url": URL, "client_id": "odoo",
                      "client_secret": "sandbox-secret"})
    connection._loket_store_token(TOKENS)
connections.state = "ready"
env["loket.connection"]._cron_sync()
env.cr.commit()
answer = None
"""
)


@pytest.fixture(scope="module")
def office(new_database, tmp_path_factory):
    """A database with the addon, into which queue_job comes later."""
    addons, packages = other_modules.ensure_queue_job()
    folder = tmp_path_factory.mktemp("queue_job")
    made = Installation(new_database("queue_job"), folder, addons=f"{REPO},{addons}")
    made.environment["PYTHONPATH"] = str(packages)
    made.install(ADDON, "queue_job")
    return made


def test_it_installs_itself_beside_queue_job(office):
    answer = office.shell(
        """
addon = env["ir.module.module"].search([("name", "=", "l10n_nl_loket_queue_job")])
functions = env["queue.job.function"].search([("method", "like", "_job_")])
ours = functions.filtered(lambda function: function.channel == "root.loket")
answer = [addon.state, sorted(ours.mapped("method")), ours.mapped("allow_commit")]
"""
    )
    assert answer == [
        "installed",
        ["_job_apply", "_job_compare", "_job_night", "_job_payslips", "_job_push"],
        [True] * 5,
    ]


def test_the_scheduler_only_enqueues_and_each_connection_once(office):
    answer = office.shell(
        BEGIN
        + """
env["loket.connection"]._cron_sync()
env["loket.connection"]._cron_sync()
answer = [jobs().mapped("state"), sum(runs().values(), [])]
# Nor is there a second one while a worker is at it.
connections[0].state = "draft"
jobs()[1].with_context(_job_edit_sentinel=env["queue.job"].EDIT_SENTINEL).write(
    {"state": "started"}
)
env["loket.connection"]._cron_sync()
answer += [len(jobs())]
env.cr.rollback()
"""
    )
    assert answer == [["pending"] * CONNECTIONS, [], CONNECTIONS]


def test_two_processes_share_the_night_and_do_nobody_twice(office, tmp_path):
    enqueue(office)
    one, other = [worker.result() for worker in start(office, tmp_path)]

    assert one and other and one + other == CONNECTIONS
    assert asked(tmp_path) == [f"e{number}" for number in range(CONNECTIONS)]
    assert set(map(tuple, result(office)["runs"].values())) == {("done",)}


def test_a_job_whose_process_is_killed_is_done_by_another_once(office, tmp_path):
    enqueue(office)
    workers = start(office, tmp_path)
    while not list(tmp_path.glob("e*")):
        assert not all(worker.done() for worker in workers)
        time.sleep(0.02)
    victim = int(next(tmp_path.glob("e*")).suffix[1:])
    os.kill(victim, signal.SIGKILL)
    survivors = [worker for worker in workers if not worker.exception()]
    assert len(survivors) == 1
    before = result(office)

    after = office.shell(
        LOKET
        + """
answer = [requeue_dead(), work(), requeue_dead(), work()]
"""
    )

    assert before["states"].count("started") == 1
    assert sum(map(len, before["runs"].values())) == CONNECTIONS - 1
    assert after == [1, 1, 0, 0]
    done = result(office)
    assert done["states"] == ["done"] * CONNECTIONS
    assert set(map(tuple, done["runs"].values())) == {("done",)}
    assert set(done["people"].values()) == {1}


def test_a_job_that_lives_is_not_taken_for_dead(office):
    answer = office.shell(
        BEGIN
        + """
found = []
class Curious(Loket):
    def employments(self, employer_ref, administration_ref):
        found.append(requeue_dead())
        return super().employments(employer_ref, administration_ref)

type(env["loket.connection"])._gateway = lambda connection: Curious()
(connections - connections[0]).active = False
env["loket.connection"]._cron_sync()
work()
connections.active = True
env.cr.commit()
answer = [found, jobs().mapped("state")]
"""
    )
    assert answer == [[0], ["done"]]


def test_a_night_waits_as_long_as_loket_wants_and_fails_after_the_last_try(office):
    answer = office.shell(
        BEGIN
        + """
(connections - connections[0]).active = False
Loket.error = LoketUnavailable("Loket is busy.", retry_after=89.5)
env["loket.connection"]._cron_sync()
work()
job = jobs()
pause = (job.eta - datetime.now()).total_seconds()
answer = [job.state, round(pause), job.result, runs()["C0"], job.retry]
for _try in range(4):
    env.cr.execute("UPDATE queue_job SET eta = NULL")
    work()
job = jobs()
answer += [job.state, runs()["C0"], connections[0].last_error]
connections.active = True
env.cr.commit()
"""
    )
    assert answer[:1] + answer[2:] == [
        *("pending", "Loket is busy.", [], 1),
        *("done", ["failed"], "Loket is busy."),
    ]
    assert 60 < answer[1] <= 90


def test_a_connection_that_somebody_has_is_synchronised_later(office):
    answer = office.shell(
        BEGIN
        + """
(connections - connections[0]).active = False
env["loket.connection"]._cron_sync()
env.cr.commit()
with env.registry.cursor() as cr:
    cr.execute("SELECT FROM loket_connection WHERE id = %s FOR UPDATE",
               [connections[0].id])
    work()
answer = [jobs().state, jobs().retry, runs()["C0"]]
env.cr.execute("UPDATE queue_job SET eta = NULL")
work()
answer += [jobs().state, runs()["C0"]]
"""
    )
    assert answer == ["pending", 0, [], "done", ["done"]]


def test_decisions_are_carried_out_in_batches_by_who_made_them(office):
    answer = office.shell(
        BEGIN
        + """
for connection in connections:
    env["loket.sync.run"]._sync(connection)
rows = connections.loket_employee_ids.filtered(lambda row: not row.employee_id)
rows.write({"decision": "add", "is_queued": True, "asked_by_id": env.uid})
env["loket.employee"]._cron_apply()
env["loket.employee"]._cron_apply()
before = [len(jobs("_job_apply")), len(rows.employee_id)]
with env.registry.cursor() as cr:  # somebody synchronises the first one
    env.cr.commit()
    cr.execute("SELECT FROM loket_connection WHERE id = %s FOR UPDATE",
               [rows[0].connection_id.id])
    work()
    during = jobs("_job_apply").mapped("state")
env.cr.execute("UPDATE queue_job SET eta = NULL")
work()
states = sorted(set(jobs("_job_apply").mapped("state")))
answer = [before, sorted(during), len(rows.employee_id), states,
          any(rows.mapped("is_queued"))]
"""
    )
    assert answer == [
        [CONNECTIONS, 0],
        ["done"] * (CONNECTIONS - 1) + ["pending"],
        CONNECTIONS,
        ["done"],
        False,
    ]


def test_a_file_that_is_sent_waits_as_long_as_loket_wants(office):
    answer = office.shell(
        BEGIN
        + """
Export = type(env["loket.export"])
carry_out = Export._carry_out
tries = []
def busy(export, what):
    tries.append(what)
    vals = {"push_queued": False, "push_user_id": False, "push_problem": False}
    if len(tries) < 3:
        error = LoketUnavailable("Loket is busy.", retry_after=30)
        vals["push_problem"] = export._loket_problem(error)
    export.sudo().write(vals)
Export._carry_out = busy
connection = connections[0]
export = env["loket.export"]._draft_of(connection, 2026, 1)
admin = env.ref("base.user_admin")
admin.company_ids |= connection.company_id
admin.group_ids |= env.ref("l10n_nl_loket.group_manager")
export.sudo().write({"push_queued": "anyway", "push_user_id": admin.id})
env["loket.export"]._cron_push()
env["loket.export"]._cron_push()
answer = [export.push_problem]
env.cr.execute("UPDATE queue_job SET date_created = date_created - interval '1 day'")
env.invalidate_all()
env["loket.export"]._cron_push()
answer.append(export.push_problem)  # nothing runs it
env["res.lang"]._activate_lang("nl_NL")
answer.append(export.with_context(lang="nl_NL").push_problem)
for _try in range(3):
    env.cr.execute("UPDATE queue_job SET eta = NULL")
    work()
    job = jobs("_job_push")
    answer.append([job.state, export.push_queued, export.push_problem])
answer += [tries]
"""
    )
    before, unrun, in_dutch, *answer = answer
    assert not before and "and nothing runs it" in unrun
    assert "server_wide_modules" in in_dutch and "nothing" not in in_dutch
    assert answer == [
        ["pending", "anyway", "Loket is busy."],
        ["pending", "anyway", "Loket is busy."],
        ["done", False, False],
        ["anyway"] * 3,
    ]


def test_a_connection_that_is_archived_while_its_job_waits_is_left_alone(office):
    answer = office.shell(
        BEGIN
        + """
(connections - connections[0]).active = False
env["loket.connection"]._cron_sync()
connections[0].active = False
asked = []
type(env["loket.connection"])._gateway = lambda connection: asked.append(connection)
work()
answer = [jobs().state, env["loket.sync.run"].search_count([]), len(asked),
          connections[0].last_error]
connections.active = True
env.cr.commit()
"""
    )
    assert answer == ["done", 0, 0, False]


def test_a_night_whose_answer_could_not_be_kept_is_done_again(office):
    answer = office.shell(
        BEGIN
        + """
class Saving(Loket):
    def employments(self, employer_ref, administration_ref):
        saving.execute("SELECT FROM loket_connection WHERE id = %s FOR UPDATE",
                       [connections[0].id])
        return super().employments(employer_ref, administration_ref)

(connections - connections[0]).active = False
env["loket.connection"]._cron_sync()
type(env["loket.connection"])._gateway = lambda connection: Saving()
with env.registry.cursor() as saving:
    work()
answer = [jobs().state, jobs().retry, runs()["C0"]]
type(env["loket.connection"])._gateway = lambda connection: Loket()
env.cr.execute("UPDATE queue_job SET eta = NULL")
work()
answer += [jobs().state, runs()["C0"], connections[0].open_tries]
connections.active = True
env.cr.commit()
"""
    )
    assert answer == ["pending", 0, [], "done", ["done"], 0]


def test_a_night_that_never_comes_to_its_end_is_not_asked_of_loket_for_ever(office):
    answer = office.shell(
        BEGIN
        + """
import logging
from contextlib import suppress
from odoo.addons.queue_job.exception import FailedJobError

asked = []
class Asked(Loket):
    def employments(self, employer_ref, administration_ref):
        asked.append(employer_ref)
        return super().employments(employer_ref, administration_ref)

def fails(*args, **options):
    raise ValueError

(connections - connections[0]).active = False
env["loket.connection"]._cron_sync()
type(env["loket.connection"])._gateway = lambda connection: Asked()
Run = type(env["loket.sync.run"])
record, record_failure = Run._record, Run._record_failure
Run._record = Run._record_failure = fails
logging.disable(logging.ERROR)  # that it fails is logged
while jobs().state == "pending" and len(asked) < 20:
    env.cr.execute("UPDATE queue_job SET eta = NULL")
    with suppress(FailedJobError):
        work()
answer = [jobs().state, len(asked)]
logging.disable(logging.NOTSET)
Run._record, Run._record_failure = record, record_failure
env["loket.connection"]._cron_sync()
work()
answer += [jobs().mapped("state"), runs()["C0"], connections[0].open_tries]
connections.active = True
env.cr.commit()
"""
    )
    assert answer == ["failed", 6, ["done", "failed"], ["done"], 0]


#: Somebody else has the turn at the administration of a file, as its job runs.
TURN = (
    BEGIN
    + """
Export = type(env["loket.export"])
tries = []
def carry_out(export, what):
    export._take_turn()
    tries.append(what)
    export.sudo().write({"push_queued": False, "push_user_id": False})
connection = connections[0]
export = env["loket.export"]._draft_of(connection, 2026, 1)
admin = env.ref("base.user_admin")
admin.company_ids |= connection.company_id
admin.group_ids |= env.ref("l10n_nl_loket.group_manager")

def run(begin):
    begin()
    env.cr.commit()
    with env.registry.cursor() as cr:
        turn = "SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))"
        cr.execute(turn, ["loket_push", "a0"])
        work()
    found = [jobs().state, export.push_queued, export.push_problem, list(tries)]
    env.cr.execute("UPDATE queue_job SET eta = NULL")
    work()
    return [found, [jobs().state, export.push_queued, list(tries)]]
"""
)


def test_a_file_is_sent_once_another_of_its_administration_is(office):
    answer = office.shell(
        TURN
        + """
Export._carry_out = carry_out
export.sudo().write({"push_queued": "push", "push_user_id": admin.id})
answer = run(env["loket.export"]._cron_push)
"""
    )
    assert answer == [
        ["pending", "push", False, []],
        ["done", False, ["push"]],
    ]


def test_at_night_a_file_is_compared_once_another_of_its_administration_is(office):
    answer = office.shell(
        TURN
        + """
Export._to_compare = lambda exports: export.sudo()
Export._compare_at_night = lambda export: carry_out(export, "compare")
answer = run(env["loket.export"]._cron_compare)
"""
    )
    assert answer == [
        ["pending", False, False, []],
        ["done", False, ["compare"]],
    ]


def test_what_is_asked_again_as_a_job_of_it_ends_is_done_a_minute_later(office):
    answer = office.shell(
        BEGIN
        + """
export = env["loket.export"]._draft_of(connections[0], 2026, 1)
rows = env["loket.employee"].create([{"connection_id": connections[0].id,
    "employment_ref": "again", "name": "Again", "is_queued": True}])
export.sudo().push_queued = "push"
env["ir.cron.trigger"].search([]).unlink()

def wakes():
    env["loket.employee"]._cron_apply()
    env["loket.export"]._cron_push()
    soon = datetime.now() + timedelta(minutes=2)
    found = env["ir.cron.trigger"].search([("call_at", "<", soon)])
    return [len(jobs()), sorted(found.cron_id.mapped("code"))]

answer = [wakes(), wakes()]
jobs().with_context(_job_edit_sentinel=env["queue.job"].EDIT_SENTINEL).write(
    {"state": "started"}
)
answer.append(wakes())
env.cr.rollback()
"""
    )
    assert answer == [
        [2, []],
        [2, []],
        [2, ["model._cron_apply()", "model._cron_push()"]],
    ]


def test_payslips_follow_the_night_batch_by_batch(office):
    answer = office.shell(
        BEGIN
        + """
left = iter([True, True, False])
asked = []
Payslip = type(env["loket.payslip"])
def fetch(payslips, connection, size):
    asked.append([connection.name, size, connection.last_sync_date is not False])
    return next(left)
Payslip._fetch_batch = fetch
(connections - connections[0]).active = False
connections[0].fetch_payslips = True
env["loket.connection"]._cron_sync()
for _try in range(4):
    env.cr.execute("UPDATE queue_job SET eta = NULL WHERE state = 'pending'")
    work()
connections.active, connections.fetch_payslips = True, False
env.cr.commit()
answer = [asked, jobs("_job_payslips").mapped("state")]
"""
    )
    assert answer == [[["C0", 50, True]] * 3, ["done"]]


def test_two_processes_share_a_night_over_http(office, tmp_path):
    with Sandbox(employees=3, employers=CONNECTIONS) as loket:
        jobs = enqueue_over_http(office, loket)
        loket.faults.add("latency", 0.1)
        one, other = [worker.result() for worker in start(office, tmp_path, QUEUE)]

        assert one and other and one + other == CONNECTIONS
        assert read_once(loket, jobs)
    done = result(office)
    assert set(map(tuple, done["runs"].values())) == {("done",)}
    assert done["people"] == {f"C{number}": 3 for number in range(CONNECTIONS)}


@pytest.mark.skipif(not IS_LONG, reason="a whole server: ./dev test --long")
def test_a_server_with_queue_job_runs_the_night(office, tmp_path):
    """The runner of ``queue_job`` itself, in Odoo's server, by its own controller."""
    with Sandbox(employees=3, employers=CONNECTIONS) as loket:
        refs = enqueue_over_http(office, loket)
        port = ports.free_port(8069)
        command = [str(office.python), "-c", odoo.MAIN, "-d", office.name]
        command += ["--load=base,web,queue_job", f"--http-port={port}"]
        command += ["--http-interface=127.0.0.1", "--max-cron-threads=0"]
        channels = {"ODOO_QUEUE_JOB_CHANNELS": "root:2,root.loket:2"}
        log = tmp_path / "log"
        with log.open("w") as output:
            server = subprocess.Popen(
                command,
                cwd=office.folder,
                env={**office.environment, **channels},
                stdout=output,
                stderr=output,
            )
            try:
                end = time.monotonic() + 120
                while set(result(office)["states"]) != {"done"}:
                    assert time.monotonic() < end, log.read_text()[-5000:]
                    time.sleep(1)
            finally:
                server.terminate()
                server.wait()
        assert read_once(loket, refs)
    assert set(map(tuple, result(office)["runs"].values())) == {("done",)}


def test_who_is_responsible_is_told_once_that_nothing_runs_the_jobs(office):
    answer = office.shell(
        BEGIN
        + """
(connections - connections[0]).active = False
connection, cron_sync = connections[0], env["loket.connection"]._cron_sync
admin = env.ref("base.user_admin")
admin.company_ids |= connection.company_id
admin.group_ids |= env.ref("l10n_nl_loket.group_manager")
connection.user_id = admin

def trouble():
    return connection.activity_search(["l10n_nl_loket.mail_activity_type_trouble"])

def told():
    env.invalidate_all()
    return trouble().mapped("user_id.login"), len(runs()["C0"])

def wait(**ago):
    since = datetime.now() - timedelta(**ago)
    env.cr.execute("UPDATE queue_job SET date_created = %s, eta = NULL", [since])

cron_sync()
answer = [told()]
cron_sync()  # of a job that has just been made nothing is to be said
wait(minutes=50)
cron_sync()
answer.append(told())
wait(days=1)
cron_sync()
answer.append(told())
wait(days=2)
cron_sync()
answer.append(told())
answer.append([trouble().note, connection.last_error, len(jobs())])
env.cr.execute("UPDATE queue_job SET eta = now() + interval '1 minute'")
trouble().unlink()
cron_sync()  # it is tried again soon
answer.append(told())
env.cr.execute("UPDATE queue_job SET eta = NULL")
cron_sync()
work()
answer.append(told())
answer.append([connection.last_error, jobs().state])
connections.active = True
env.cr.commit()
"""
    )
    *counts, (note, error, number), soon, again, after = answer
    assert counts == [[[], 0], [[], 0], [["admin"], 1], [["admin"], 2]]
    assert "server_wide_modules" in note and "server_wide_modules" in error
    assert number == 1
    assert soon == [[], 2]
    assert again[0] == [] and after == ["", "done"]


def test_jobs_of_what_is_gone_meanwhile_leave_it_and_do_the_others(office):
    answer = office.shell(
        BEGIN
        + """
gone, other = connections[0].copy({"name": "Gone"}), connections[1]
gone.write({"employer_ref": "x", "administration_ref": "x"})
gone.state = "ready"
(connections - other).active = False
rows = env["loket.employee"]
for number, connection in ((1, gone), (2, other), (3, other)):
    employee = env["hr.employee"].create({"name": f"Gone {number}"})
    employee.company_id = connection.company_id
    rows |= rows.create({"connection_id": connection.id, "name": employee.name,
        "employment_ref": f"gone-{number}", "decision": "link",
        "employee_id": employee.id, "is_queued": True, "asked_by_id": env.uid})
env["loket.employee"]._cron_apply()
export = env["loket.export"]._draft_of(other, 2026, 2)
export.sudo().write({"push_queued": "push", "push_user_id": env.uid})
env["loket.export"]._cron_push()
env["loket.connection"]._cron_sync()
export.unlink()
gone.unlink()
rows[1].unlink()
work()
answer = [sorted(jobs().mapped(lambda job: f"{job.method_name} {job.state}")),
          rows[2].is_queued, len(runs()["C1"])]
rows[2].unlink()
connections.active = True
env.cr.commit()
"""
    )
    assert answer == [
        [
            *["_job_apply done"] * 2,
            *["_job_night done"] * 2,
            "_job_push done",
        ],
        False,
        1,
    ]


def enqueue_over_http(office, loket):
    """The night of connections to a sandbox is due; references of their employers."""
    offices = [
        {
            "employer_ref": employer.id,
            "administration_ref": employer.administrations[0].id,
            "client_number": employer.administrations[0].client_number,
        }
        for employer in loket.company.employers[-CONNECTIONS:]
    ]
    script = f"OFFICES, URL = {offices}, {loket.url!r}\nTOKENS = {loket.issue_tokens()}"
    office.shell(script + OVER_HTTP)
    loket.requests.clear()
    return [one["employer_ref"] for one in offices]


def read_once(loket, refs):
    """Whether the employments of each employer were asked for once."""
    asked = [path.split("/providers/employers/")[-1] for path in loket.requests
             if path.endswith("/employees/employments")]  # fmt: skip
    return sorted(asked) == sorted(f"{ref}/employees/employments" for ref in refs)


def enqueue(office):
    """The night is due: each connection is a job."""
    office.shell(
        BEGIN
        + """
env["loket.connection"]._cron_sync()
env.cr.commit()
answer = None
"""
    )


def start(office, folder, with_what=LOKET + SLOW):
    """Two processes that run jobs; what each ran, once it is done."""
    script = (with_what + WORKER).replace("FOLDER", str(folder))
    pool = ThreadPoolExecutor()
    workers = [pool.submit(office.shell, script) for _worker in range(2)]
    pool.shutdown(wait=False)
    return workers


def asked(folder):
    """Which employers Loket was asked for, as often as it was."""
    return sorted(path.stem for path in folder.glob("e*"))


def result(office):
    """How the jobs and the nights stand."""
    return office.shell(
        LOKET
        + """
people = {c.name: len(c.loket_employee_ids) for c in env["loket.connection"].search([])}
answer = {"runs": runs(), "states": jobs().mapped("state"), "people": people}
"""
    )
