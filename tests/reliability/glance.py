# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People who book and people who look at what is late, at once. Runs in an Odoo."""

from contextlib import suppress
from datetime import date
from random import Random

from psycopg2 import OperationalError

from odoo import api
from odoo.tools import mute_logger

BEGIN = """
connection = env["loket.connection"].create(
    {"name": "Voorbeeld B.V.", "client_id": "odoo", "client_number": 5555,
     "period_type": "month", "employer_ref": "employer", "state": "ready",
     "administration_ref": "administration", "distribution": "none"}
)
employees = env["hr.employee"].create([{"name": name} for name in ("Anna", "Bram")])
env["loket.employee"].create(
    [{"connection_id": connection.id, "employee_ref": str(number),
      "employment_ref": str(number), "name": "-", "payroll_number": number,
      "decision": "link", "employee_id": employee.id, "start_date": "2020-01-01",
      "is_on_call": True} for number, employee in enumerate(employees, 1)]
)
env["loket.component.mapping"].create(
    {"connection_id": connection.id, "component_code": "1",
     "work_entry_type_id": env.ref("hr_work_entry.work_entry_type_attendance").id}
)
project = env["project.project"].create({"name": "Work", "allow_timesheets": True})
"""


class People:
    """Some who are at work at the same time, each in a transaction of its own."""

    def __init__(self, env, seed, how_many=4):
        self._random = Random(seed)
        self._registry = env.registry
        self._employees = env["hr.employee"].search([("name", "in", ["Anna", "Bram"])])
        self._project = env["project.project"].search([("name", "=", "Work")], limit=1)
        self._envs = [self._new() for _one in range(how_many)]
        self.looks = 0

    def _new(self):
        cr = self._registry.cursor()
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        # Nobody is left to let go of what this one waits for.
        cr.execute("SET LOCAL lock_timeout = '200ms'")
        cr.execute("SELECT 1 FROM loket_export LIMIT 1")  # what it sees is of now
        return env

    @mute_logger("odoo.sql_db")
    def play(self, steps):
        """Book, look, make files, commit and give up, in any order."""
        does = [self.books] * 4 + [self.looks_at] * 4 + [self.makes] + [None] * 3
        for _step in range(steps):
            number = self._random.randrange(len(self._envs))
            do = self._random.choice(does)
            try:
                if do:
                    do(self._envs[number])
                else:
                    self.ends(number)
            except OperationalError:  # somebody else was first: Odoo does it again
                self._envs[number].cr.close()
                self._envs[number] = self._new()
        for number in range(len(self._envs)):
            with suppress(OperationalError):
                self._envs[number].cr.commit()
            self._envs[number].cr.close()

    def books(self, env):
        month, day = self._random.choice([8, 9]), self._random.randint(1, 28)
        env["account.analytic.line"].create(
            {
                "name": "-",
                "employee_id": self._random.choice(self._employees.ids),
                "project_id": self._project.id,
                "date": date(2026, month, day),
                "unit_amount": self._random.randint(1, 9),
            }
        )
        env.flush_all()

    def looks_at(self, env):
        files = env["loket.export"].search([("is_latest", "=", True)])
        told = files._watches()
        self.looks += len(told)
        assert told == plainly(files), (told, plainly(files))

    def makes(self, env):
        with suppress(Exception), env.cr.savepoint():
            env["loket.export"].create(
                {
                    "connection_id": env["loket.connection"].search([]).id,
                    "year": 2026,
                    "period": self._random.choice([8, 9]),
                    "accept_left_out": True,
                }
            ).action_generate()

    def ends(self, number):
        cr = self._envs[number].cr
        if self._random.random() < 0.8:
            cr.commit()
        else:
            cr.rollback()
        cr.close()
        self._envs[number] = self._new()


def plainly(files):
    """What reading all bookings tells."""
    found = files.sudo()._look_up()[0] if files else []
    return {id_: watch for id_, watch, _days, _is_shared in found}
