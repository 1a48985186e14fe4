# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing the values of a file into Loket, reading them back, and comparing."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import requests

from bench import data
from bench.loket import Bare, Loket
from bench.measure import Row, Target

#: Components that the sandbox has, for hour types.
CODES = ("1", "2", "3", "28", "30")
LINES = 20  # of everybody
CALLS = "the same PATCHes and GETs by a bare HTTP client, the verdicts in one update"


def rows(bench):
    """Yield the rows of this job."""
    people = data.SIZES[bench.size].people
    with Loket(people) as loket:
        bench.meter.calls = loket.count
        pushes = Pushes(bench, loket, people)
        yield Row(
            f"push and compare, {people:,} people",
            pushes.push,
            (Target("ratio processor", 2),),
            CALLS,
            pushes.bound,
            before=pushes.forget,
            check=pushes.check,
        )
        pushes.forget()
        pushes.push()  # what was sent is known, as it is of nearly all that is compared
        pushes.asked = pushes.watch(pushes.compare)
        yield Row(
            f"compare, {people:,} people",
            pushes.compare,
            (Target("ratio processor", 2),),
            CALLS,
            pushes.bound,
            check=pushes.check,
        )


class Pushes:
    """A file of everybody in a sandbox, and what is asked to bring it there."""

    def __init__(self, bench, loket, people):
        self._bench, self._loket = bench, loket
        with bench.env(keep=True) as env:
            link = data.connection_to(env, loket)
            data.told(env, link)
            data.employees(env, link)
            self._place(env, link)
            types = self._codes(env, link)
            data.hours(env, link, types, LINES * people)
            link_id = link.id
        bench.analyze()
        with bench.env(keep=True) as env:
            export = env["loket.export"].create(
                {
                    "connection_id": link_id,
                    "year": data.YEAR,
                    "period": data.PERIOD,
                    "accept_left_out": True,
                }
            )
            export.action_generate()
            self._export_id = export.id
        self._bare = Bare(loket)
        self.asked = self.watch(self.push)

    def _place(self, env, link):
        """Everybody in one of the departments that have a unit."""
        departments = link.department_mapping_ids.department_id
        env.flush_all()
        env.cr.execute(
            "UPDATE hr_version SET department_id = (%s::int[])[1 + employee_id %% %s]",
            (departments.ids, len(departments)),
        )
        env.invalidate_all()

    def _codes(self, env, link):
        types = env["hr.work.entry.type"].create(
            [{"name": f"Soort {code}", "code": f"B{code}"} for code in CODES]
        )
        mapping = env["loket.component.mapping"]
        for one, code in zip(types, CODES, strict=True):
            mapping.create(
                {
                    "connection_id": link.id,
                    "work_entry_type_id": one.id,
                    "component_code": code,
                }
            )
        return types

    def forget(self, _side=None):
        """Nothing was sent yet, and Loket has no values."""
        self._loket.ask("DELETE", "payroll-period-data")
        with self._bench.env(keep=True) as env:
            env["loket.export.sending"].search([]).unlink()
            env["loket.export"].browse(self._export_id).write(
                {
                    "compared_on": False,
                    "compared_state": False,
                    "sent_upto": 0,
                    "read_upto": 0,
                }
            )
            env["loket.export.line"].search([]).write({"verdict": False})

    def push(self):
        """Write, read back, and keep the verdicts; what came of it."""
        return self._do("action_push")

    def compare(self):
        """Read back, and keep the verdicts; what came of it."""
        return self._do("action_compare")

    def _do(self, method):
        with self._bench.env(keep=True) as env:
            export = env["loket.export"].browse(self._export_id)
            getattr(export, method)()
            env.flush_all()
            problem = export.push_problem or export.push_question
            if problem:
                raise AssertionError(problem)
            return export.push_state

    def watch(self, work):
        """What is asked of Loket while something is done.

        :return: list of (method, path below the version, Accept, body)
        """
        self.forget() if work == self.push else None
        with _seen() as asked:
            work()
        return asked

    def bound(self):
        """The same requests, and one update of all verdicts."""
        for method, path, accept, body in self.asked:
            version = accept.rpartition("=")[2]
            json_body = {"Content-Type": "application/json"} if body else {}
            self._bare.ask(method, path, version, data=body, more=json_body)
        with self._bench.env(keep=True) as env:
            env.cr.execute(
                "UPDATE loket_export_line SET verdict = 'stored', loket_value = value "
                "WHERE export_id = %s",
                (self._export_id,),
            )
        return "stored"

    def check(self, ours, bound):
        """All values were read back, as they are in the file."""
        assert ours == bound, ours


@contextmanager
def _seen():
    """The requests of Loket that are sent meanwhile."""
    asked, send = [], requests.Session.send

    def sent(session, request, **options):
        parts = urlsplit(request.url)
        if parts.path.startswith("/v2/"):
            query = f"?{parts.query}" if parts.query else ""
            path = parts.path.removeprefix("/v2") + query
            asked.append(
                (request.method, path, request.headers["Accept"], request.body)
            )
        return send(session, request, **options)

    requests.Session.send = sent
    try:
        yield asked
    finally:
        requests.Session.send = send
