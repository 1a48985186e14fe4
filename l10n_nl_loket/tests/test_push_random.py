# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random bookings, files, failures and people go into a Loket, which is read apart.

``./dev test --long`` plays 1,000 sequences in place of 30. A failure tells its seed and
the shortest sequence that fails so; ``LOKET_PUSHES=SEED ./dev test
l10n_nl_loket/tests/test_push_random.py`` plays that one alone.
"""

import logging
import os
import random
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..gateway import port
from ..gateway.http import Patience
from ..gateway.rest import oauth, transport
from .common_sandbox import Sandbox, SandboxMixin

if Sandbox:
    from sandbox.importing import Choices, ImportRefused
    from sandbox.period_data import Value
    from sandbox.upload_page import import_and_keep

    from .pushes.loket import PeriodInLoket
    from .pushes.wire import Killed, Wire

SEQUENCES = 1000 if os.environ.get("LOKET_LONG") else 30
if os.environ.get("LOKET_BESIDE"):  # addons of others, where all else is played again
    SEQUENCES = 8
STEPS = 14  # of each
SHOWN = 3  # failures that are told in full
LONG_AGO = datetime(2000, 1, 1)
#: Loket's component of each kind of booking, and those that may take its place.
HOURS = {"WORK100": ("1", "28"), "OVERTIME": ("30", "31", "32")}
WAGES = {"TRAVEL": ("120", "4015"), "BONUS": ("200", "86")}
#: Components that nothing in Odoo is sent as.
NOBODYS = (2, 3, 50, 121)
W1, R1, R2 = (
    r"/employers/[^/]+/payrollperioddata$",
    r"/payrollPeriods/\d+/payrollperioddata$",
    r"/employments/[^/]+/payrollperioddata$",
)
P1, FILTERS = "payrollprocessoverview", "filtersettings"
#: (fault, its value, address, how often)
TROUBLE = [
    ("lost_answer", None, W1, 1),
    ("lost_answer", None, W1, 3),
    ("lost_answer", None, W1, None),
    ("half_stored", None, W1, 1),
    ("half_stored", None, W1, 3),
    *((name, value, path, times)
      for name, value in (("error500", None), ("cut", None), ("rate_limit", "60"),
                          ("forbidden", None), ("unauthorized", None), ("html", None))
      for path, times in ((W1, 1), (W1, None), (R1, 1), (R1, None), (R2, None),
                          (P1, None), (FILTERS, None))),
]  # fmt: skip
#: What Loket is like for a while.
MOODS = (
    "refused_in_part",
    "plain_refusal",
    "absent_null",
    "null_values",
    "closed_periods",
)


class PushesCase(SandboxMixin, TransactionCase):
    """A company whose people came from a sandbox, and who book in last month."""

    employees = 6

    def setUp(self):
        super().setUp()
        self.loket.stop()
        self.loket = self.enterContext(Sandbox(employees=self.employees))
        self.wire = Wire()
        type(self).noted = self.wire
        hurry = Patience(pause=0.001, longest_pause=5)
        for module in (transport, oauth):
            self.patch(module, "Patience", lambda: hurry)
        last = date.today().replace(day=1) - timedelta(days=1)
        self.first = last.replace(day=1)
        self.period = last.year, last.month
        self.there = PeriodInLoket(self.loket, *self.period)
        self.company = self.env["res.company"].create({"name": "Voorbeeld"})
        self.env.user.company_ids |= self.company
        self.env = self.env(
            context={
                **self.env.context,
                "allowed_company_ids": self.company.ids,
                "tracking_disable": True,
            }
        )
        # Whom some settings of the Loket user hide, though the file has hours of them.
        self.there.jobs[2].end_date = last - timedelta(days=3)
        self._connect()
        self._map()
        self._add()

    noted = None

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        answer = super()._request_handler
        return cls.noted.exchange(request, lambda: answer(session, request, **options))

    def _connect(self):
        self.connection = self.env["loket.connection"].create(
            {
                "name": "Voorbeeld",
                "company_id": self.company.id,
                "environment": "custom",
                "api_url": self.loket.api_url,
                "oauth_url": self.loket.oauth_url,
                "client_id": "odoo",
                "client_secret": "sandbox-secret",
                "user_id": self.env.user.id,
                "employer_ref": self.there.employer.id,
                "administration_ref": self.there.office.id,
                "salaried_hours": "send",
                "default_shift": 1,
            }
        )
        self.connection._loket_store_token(self.loket.issue_tokens())
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "ready", self.connection.last_error)
        self.assertFalse(self.connection.push_missing)

    def _map(self):
        units = self.connection.cost_center_ids.filtered(
            lambda center: center.kind == "distribution_unit"
        )
        self.departments = self.env["hr.department"].create(
            [{"name": unit.name, "company_id": self.company.id} for unit in units]
        )
        self.env["loket.department.mapping"].create(
            [
                {
                    "connection_id": self.connection.id,
                    "department_id": department.id,
                    "cost_center_id": unit.id,
                }
                for department, unit in zip(self.departments, units, strict=True)
            ]
        )
        types = self.env["hr.work.entry.type"]
        self.hour_types = types.union(
            *(types.search([("code", "=", code), ("country_id", "=", False)], limit=1)
              for code in HOURS)
        )  # fmt: skip
        self.wages = self.env["hr.wage.component"].create(
            [
                {"name": code, "code": code, "unit": "amount",
                 "company_id": self.company.id}
                for code in WAGES
            ]
        )  # fmt: skip
        sources = [{"work_entry_type_id": one.id} for one in self.hour_types]
        sources += [{"wage_component_id": one.id} for one in self.wages]
        self.codes = (*HOURS.values(), *WAGES.values())
        self.mappings = self.env["loket.component.mapping"].create(
            [
                {"connection_id": self.connection.id, **source,
                 "component_code": codes[0]}
                for source, codes in zip(sources, self.codes, strict=True)
            ]
        )  # fmt: skip

    def _add(self):
        self.connection.action_sync()
        rows = self.connection.loket_employee_ids
        rows.write({"decision": "add"})
        rows.action_apply()
        self.assertFalse(rows.filtered("problem").mapped("problem"))
        self.rows = {row.payroll_number: row for row in rows}
        self.assertEqual(self.rows.keys(), self.there.jobs.keys())
        for employee in rows.employee_id:  # who left has none in Loket
            employee.department_id = employee.department_id or self.departments[0]
        self.project = self.env["project.project"].create(
            {
                "name": "Werk",
                "company_id": self.company.id,
                "allow_timesheets": True,
            }
        )

    def book(self, employee, hour_type, day, hours):
        self.env["account.analytic.line"].create(
            {
                "name": "/",
                "employee_id": employee.id,
                "project_id": self.project.id,
                "work_entry_type_id": hour_type.id,
                "date": self.first + timedelta(days=day),
                "unit_amount": hours,
            }
        )

    def earn(self, employee, wage, day, value):
        self.env["hr.wage.entry"].create(
            {
                "employee_id": employee.id,
                "wage_component_id": wage.id,
                "date": self.first + timedelta(days=day),
                "value": value,
            }
        )

    def make(self):
        """The file of what is booked now; it may be refused."""
        export = self.env["loket.export"].create(
            {
                "connection_id": self.connection.id,
                "year": self.period[0],
                "period": self.period[1],
            }
        )
        export.action_check()
        export.accept_left_out = True
        export.action_generate()
        return export


@tagged("post_install", "-at_install")
class TestPushRandom(PushesCase):
    def setUp(self):
        super().setUp()
        self.patch(port, "CHUNK", 2)  # else all go in one call
        # What goes wrong on purpose is no news.
        logging.getLogger("odoo.addons.l10n_nl_loket").setLevel(logging.CRITICAL)

    def test_after_all_that_can_happen_loket_holds_exactly_the_file(self):
        only = os.environ.get("LOKET_PUSHES")
        seeds = [int(only)] if only else range(SEQUENCES)
        failures = []
        for seed in seeds:
            steps = _steps(seed)
            if not self._play(seed, steps):
                continue
            steps, failure = self._shortest(seed, steps)
            failures.append(f"\n=== seed {seed}, of {len(steps)} steps\n{failure}")
            if len(failures) == SHOWN:
                break
        if failures:
            self.fail("\n".join(failures))

    def _shortest(self, seed, steps):
        """Leave out each step without which it still fails."""
        failure = self._play(seed, steps)
        for number in reversed(range(len(steps))):
            fewer = steps[:number] + steps[number + 1 :]
            if found := self._play(seed, fewer):
                steps, failure = fewer, found
        return steps, failure

    def _play(self, seed, steps):
        """What went wrong with a sequence, and its story; None: nothing."""
        savepoint = self.env.cr.savepoint()
        self.connection._loket_store_token(self.loket.issue_tokens())
        sequence = Sequence(self)
        try:
            for name, number in steps:
                sequence.take(name, random.Random(number))
            sequence.finish()
        except AssertionError as error:
            story = "\n".join(sequence.story)
            return f"{story}\n{error}"
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            sequence.clear()
        return None


def _steps(seed):
    """The steps of a sequence: each a name, and a number that decides the rest."""
    dice = random.Random(f"push {seed}")
    names = [name for name, weight in STEPS_OF.items() for _ in range(weight)]
    steps = [("book", dice.getrandbits(32)), ("make", dice.getrandbits(32))]
    steps += [(dice.choice(names), dice.getrandbits(32)) for _ in range(STEPS)]
    return steps


#: What may happen, and how often.
STEPS_OF = {
    "book": 4,
    "correct": 4,
    "department": 2,
    "code": 2,
    "shift": 1,
    "make": 4,
    "push": 5,
    "yes": 3,
    "late_yes": 2,
    "trouble": 5,
    "killed": 3,
    "compare": 3,
    "others": 6,
    "status": 2,
    "filter": 2,
    "mood": 3,
    "ended": 2,
    "closed": 2,
    "administration": 1,
    "upload": 1,
}


class Sequence:
    """One sequence on a clean period; an AssertionError tells what is wrong."""

    def __init__(self, case):
        self.case, self.env, self.wire = case, case.env, case.wire
        self.loket, self.connection = case.loket, case.connection
        self.there = PeriodInLoket(case.loket, *case.period)
        self.story = []
        self.files = {}  # id of an export -> what its bytes say
        self.read = {}  # id of an export -> what Loket held when that was read last
        self.dirty = set()  # ids of exports since whose reading something was sent
        self.asked = None  # what Loket held when something was asked
        self.moods = set()
        self.undo = []
        self.by_hand = None  # id of the export whose file somebody carried there

    def clear(self):
        self._restore()
        self.loket.faults.clear()
        self.loket.company.period_data.clear()
        self.wire.kill_at = None

    def _restore(self):
        while self.undo:
            self.undo.pop()()

    # === STEPS === #

    def take(self, name, dice):
        told = getattr(self, f"_{name}")(dice)
        self.story.append(f"{name}: {told}")
        self.loket.faults.clear()
        self.wire.kill_at = None
        self._judge()

    def _employee(self, dice):
        number = dice.choice(sorted(self.case.rows))
        return number, self.case.rows[number].employee_id

    def _book(self, dice):
        told = []
        for _ in range(dice.choice((1, 2, 4))):
            number, employee = self._employee(dice)
            day, hours = dice.randrange(20), dice.randrange(1, 40) / 4
            if dice.random() < 0.7:
                kind = dice.choice(self.case.hour_types)
                self.case.book(employee, kind, day, hours)
            else:
                kind = dice.choice(self.case.wages)
                self.case.earn(employee, kind, day, hours)
            told.append((number, kind.code, hours))
        return told

    def _lines(self):
        domain = [("employee_id.company_id", "=", self.case.company.id)]
        yield from self.env["account.analytic.line"].search(domain)
        yield from self.env["hr.wage.entry"].search(domain)

    def _correct(self, dice):
        lines = list(self._lines())
        if not lines:
            return None
        line = dice.choice(lines)
        field = "unit_amount" if "unit_amount" in line else "value"
        told = line.employee_id.name, line[field]
        if dice.random() < 0.5:
            line.unlink()
            return *told, "goes"
        line[field] = dice.randrange(1, 40) / 4
        return *told, "is", line[field]

    def _department(self, dice):
        number, employee = self._employee(dice)
        employee.department_id = dice.choice(self.case.departments)
        return number, employee.department_id.name

    def _code(self, dice):
        index = dice.randrange(len(self.case.codes))
        code = dice.choice(self.case.codes[index])
        self.case.mappings[index].component_code = code
        return index, code

    def _shift(self, dice):
        number, _employee = self._employee(dice)
        row, shift = self.case.rows[number], dice.choice((1, 1, 2, 7))
        row.write({"shift": shift, "shifts": False})
        return number, shift

    def _make(self, _dice):
        before = self._latest()
        try:
            self._own(self.case.make)
        except UserError as error:
            return f"refused: {error}"
        export = self._latest()
        assert export != before
        self.files[export.id] = file = self.there.cells_of(export.attachment_id.raw)
        self.there.note(file.items())
        self.asked = None
        return {f"{key.employment_id[:4]}/{code}": str(value)
                for (key, code), value in file.items()}  # fmt: skip

    def _latest(self):
        return self.env["loket.export"].search(
            [("connection_id", "=", self.connection.id), ("is_latest", "=", True)]
        )

    def _push(self, _dice):
        return self._call("action_push")

    def _yes(self, _dice):
        if not self._latest().push_question:
            self._call("action_push")
            self._judge()
        return self._call("action_push_anyway")

    def _late_yes(self, dice):
        """The answer to a question that somebody changes something after."""
        self._call("action_push")
        self._judge()
        export = self._latest()
        if not export.push_question:
            return None
        wanted = [cell for cell, number in self.files[export.id].items() if number]
        if wanted:
            self._enter(dice, dice.choice(sorted(wanted, key=str)))
        return self._call("action_push_anyway")

    def _enter(self, dice, cell):
        """Somebody enters what is never in a file."""
        number = Decimal(dice.randrange(1, 40)) + Decimal("0.37")
        self.there.put(cell, Value(number))

    def _compare(self, _dice):
        return self._call("action_compare")

    def _trouble(self, dice):
        wanted = dice.choice((W1, W1, None))
        name, value, path, times = dice.choice(
            [one for one in TROUBLE if wanted in (None, one[2])]
        )
        self.loket.faults.add(name, value, path=path, times=times)
        what = dice.choice(("action_push", "action_push", "action_compare"))
        return name, value, path, times, self._call(what)

    def _killed(self, dice):
        wire = self.wire
        wire.kill_writing = dice.random() < 0.7
        wire.kill_at = dice.randrange(1, 4 if wire.kill_writing else 12)
        wire.kill_after = dice.random() < 0.6
        told = wire.kill_at, wire.kill_after, wire.kill_writing
        return *told, self._call("action_push")

    def _upload(self, _dice):
        """Somebody carries the file into Loket, by hand."""
        if not (export := self._latest()):
            return None
        with suppress(ImportRefused):
            import_and_keep(
                self.loket.company,
                self.there.employer,
                self.there.office,
                Choices(*self.case.period, overwrite=True, with_unit=True),
                export.attachment_id.raw,
                "hours.csv",
            )
            self.there.theirs = {
                cell: value
                for cell, value in self.there.theirs.items()
                if cell not in self.files[export.id]
            }
            with suppress(UserError):
                self._own(export.action_mark_uploaded)
            self.by_hand = export.id
            self.asked = None
        return export.state

    def _others(self, dice):
        """Somebody else enters something in Loket."""
        number = dice.choice(sorted(self.there.jobs))
        known = sorted({*self.there.store, *self.there.ours}, key=str)
        if known and dice.random() < 0.6:
            cell = dice.choice(known)
        else:
            component = int(dice.choice(dice.choice(self.case.codes)))
            if dice.random() < 0.2:
                component = dice.choice(NOBODYS)
            unit = dice.choice(sorted(self.there.units))
            cell = self.there.cell(number, dice.choice((1, 1, 2)), unit, component)
        key, component = cell
        chance = dice.random()
        number = Decimal(dice.randrange(1, 40)) + Decimal("0.37")
        value = Value(number)
        if chance < 0.15:
            value = None
        elif chance < 0.3:
            value = Value(number, is_supplement=True)
        elif chance < 0.45:
            key = key._replace(cost_center=1)
        elif chance < 0.55:
            key = key._replace(payslip_type=2)
        elif chance < 0.7 and self.there.ours.get(cell):
            ours = [one for one in self.there.ours[cell] if one is not None]
            value = Value(dice.choice(sorted(ours))) if ours else value
        self.there.put((key, component), value)
        return key, component, value

    def _status(self, dice):
        key = dice.choice((1, 1, 3, 6, 4, 2, 0))
        self._set(self.there.office, payroll_status={self._period_id: key})
        return key

    @property
    def _period_id(self):
        return self.case.period[0] * 100 + self.case.period[1]

    def _set(self, record, **values):
        for name, value in values.items():
            before = getattr(record, name)
            self.undo.append(
                lambda name=name, value=before: setattr(record, name, value)
            )
            setattr(record, name, value)

    def _filter(self, dice):
        employer = self.there.employer
        shown = dice.choice(employer.departments)
        departments = [{"key": shown.id, "value": shown.description}]
        settings = dice.choice(
            (
                {"filterOnDepartments": []},
                {"filterOnDepartments": departments},
                {"filterOnEmployedStatus": "ActiveEmployments"},
            )
        )
        self._set(employer, filter_settings={**employer.filter_settings, **settings})
        return settings

    def _mood(self, dice):
        self.moods ^= {dice.choice(MOODS)}
        return sorted(self.moods)

    def _ended(self, dice):
        number = dice.choice(sorted(self.there.jobs))
        before = self.case.first - timedelta(days=3)
        self._set(self.there.jobs[number], end_date=before)
        return number

    def _closed(self, dice):
        code = int(dice.choice(dice.choice(self.case.codes)))
        for component in self.there.office.components:
            if component.key == code:
                self._set(component, collective=False)
        return code

    def _administration(self, _dice):
        """The connection is of another administration for a while."""
        other = self.there.employer.administrations[1]
        own = {"administration_ref": self.there.office.id, "client_number": 5555}
        self.connection.write(
            {"administration_ref": other.id, "client_number": other.client_number}
        )
        written = len(self.wire.written())
        told = self._call("action_push")
        self.connection.write(own)
        self.connection.action_fetch()
        assert len(self.wire.written()) == written, "sent to another administration"
        return told

    # === CALLS === #

    def _own(self, work):
        """Do work as a call does: of what fails, nothing stays but what was sent.

        What is sent is kept in a transaction of its own; in one test there is but one,
        so it is put back by hand. Real ones are in ``tests/package/test_at_once.py``.
        """
        savepoint = self.env.cr.savepoint()
        try:
            work()
        except (Killed, UserError):
            kept = self._sendings()
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
            self._put_back(kept)
            raise
        savepoint.close(rollback=False)

    def _sendings(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT to_jsonb(one)::text FROM loket_export_sending one")
        return [row for (row,) in self.env.cr.fetchall()]

    def _put_back(self, rows):
        self.env.cr.execute("DELETE FROM loket_export_sending")
        for row in rows:
            self.env.cr.execute(
                "INSERT INTO loket_export_sending SELECT * "
                "FROM jsonb_populate_record(NULL::loket_export_sending, %s::jsonb)",
                [row],
            )

    def _call(self, method):
        """Send or compare the last file, and judge what it says right then."""
        export = self._latest()
        if not export:
            return None
        for mood in self.moods:
            self.loket.faults.add(mood)
        before, since = self.there.store, self.wire.count
        was = export.compared_on
        export.sudo().compared_on = LONG_AGO
        try:
            self._own(getattr(export, method))
            told = export.push_state, export.push_problem, export.push_question
        except UserError as error:
            told = str(error)
        except Killed:
            told = "killed"
        is_read = bool(export.compared_on) and export.compared_on != LONG_AGO
        if not is_read:
            export.sudo().compared_on = was
        bodies = self.wire.written(since)
        self.there.note_sent(bodies)
        self._judge_status(method, bodies)
        if self.there.store != before:
            assert export.push_state != "none", (
                "Loket has some of it, and that is denied"
            )
        if bodies:
            self.dirty |= self.files.keys()
            self.by_hand = None
        if is_read:
            self.read[export.id] = self.there.store
            self.dirty.discard(export.id)
        self._judge_overwritten(method)
        if export.push_question and method != "action_compare":
            assert not bodies, "something is asked, and something was written"
            self.asked = before
        elif bodies:
            self.asked = None
        if is_read:
            self._judge_verdicts(export)
        return method, told, [len(body) for body in bodies]

    # === WHAT MUST HOLD === #

    def _judge_status(self, method, bodies):
        """Nothing goes into a period that is worked on, or unasked into a paid one."""
        status = self.there.office.payroll_status.get(self._period_id, 1)
        assert not (bodies and status in (0, 2)), f"sent at status {status}"
        assert not (
            bodies and status in (3, 4, 6, 8) and method != "action_push_anyway"
        ), f"sent at status {status}, unasked"

    def _judge_overwritten(self, method):
        """Nothing that somebody else put is gone, but for what a person said yes to."""
        for cell, value in self.there.changed().items():
            assert method == "action_push_anyway", f"{cell}: {value} is gone, unasked"
            assert self.asked and self.asked.get(cell) == value, (
                f"{cell}: {value} was not there when that was asked"
            )
            del self.there.theirs[cell]

    def _judge_verdicts(self, export):
        """What is said of each cell, right after it was read."""
        store = self.there.store
        for line in export.line_ids.filtered("verdict"):
            if line.verdict == "foreign":
                continue  # maybe on a cost center, which a line has not
            cell = self.there.cell(
                line.payroll_number,
                line.shift,
                int(line.distribution_unit or 0),
                line.component_code,
            )
            there, value = store.get(cell), Decimal(str(line.value))
            said = f"{line.verdict} {value} of {cell}, where {there} is"
            if line.verdict == "stored":
                assert there == Value(value), said
                assert value or self.by_hand == export.id, said
            elif line.verdict == "withdrawn":
                # Else another cell of the file is there.
                assert there is None or self.files[export.id][cell], said
            elif line.verdict == "different":
                assert there and there != Value(value), said
                assert there.number == Decimal(str(line.loket_value)), said

    def _judge(self):
        """What must hold at each moment."""
        assert not (faults := self.wire.faults()), faults
        for export in self._latest():
            if export.push_state == "stored":
                assert export.id in self.read, "said to be stored, and never read back"
                assert export.id not in self.dirty, "more was sent since it was read"
                self._assert_holds(export, self.read[export.id])

    def _assert_holds(self, export, store):
        by_hand = self.by_hand == export.id
        found = self.there.against(self.files[export.id], store, by_hand)
        assert not found, "\n".join(
            ["Loket holds something else than the file:", *found]
        )

    def finish(self):
        """All trouble is over: make, send, say yes, compare, and look."""
        self._restore()
        self.moods.clear()
        for row in self.case.rows.values():
            row.write({"shift": 1, "shifts": False})
        number, employee = min(self.case.rows), self.case.rows[1].employee_id
        self.case.book(employee, self.case.hour_types[0], number, 1.25)
        before = self._latest()
        for name in ("make", "push", "yes", "compare"):
            self.take(name, random.Random(0))
        export = self._latest()
        assert export != before, "no file was made"
        state = export.push_state, export.push_problem, export.push_question
        assert state == ("stored", False, False), state
        self._assert_holds(export, self.there.store)
        for place, *cell in self.loket.company.period_data.cells():
            assert place == self.there.place, f"written to another period: {cell}"


@tagged("post_install", "-at_install")
class TestPushCost(PushesCase):
    employees = 60

    def test_sixty_people_cost_at_most_twenty_calls(self):
        for row in self.rows.values():
            self.book(row.employee_id, self.hour_types[0], 1, 8)
            self.book(row.employee_id, self.hour_types[1], 2, 1.5)
            self.earn(row.employee_id, self.wages[0], 3, 12.5)
            self.earn(row.employee_id, self.wages[1], 3, 100)
        export = self.make()
        file = self.there.cells_of(export.attachment_id.raw)
        self.assertFalse(export.left_out_ids.mapped("display_name"))
        self.assertEqual(len(file), 4 * 60)
        since = self.wire.count
        export.action_push()
        export.action_compare()
        self.assertEqual(export.push_state, "stored")
        self.assertFalse(self.there.against(file, self.there.store, by_hand=False))
        self.assertLessEqual(self.wire.count - since, 20)
        self.assertFalse(self.wire.faults())
