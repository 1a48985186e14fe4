# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every call that is made x every fault x {a night, by hand, a fetch, into Loket}.

Each case: something changed in Loket, one call is answered in one wrong way, and then
Loket is sound again. Runs in an Odoo of its own, and really commits.
"""

import itertools
import logging
import traceback
from collections import Counter
from datetime import date

from odoo.addons.l10n_nl_loket.gateway import LoketError
from odoo.addons.l10n_nl_loket.gateway.http import Patience
from odoo.addons.l10n_nl_loket.gateway.rest import oauth, transport
from odoo.addons.l10n_nl_loket.gateway.soap import client

from .broken_loket import BrokenLoket
from .faults import FAULTS
from .report import kept

#: Values of a payroll file go into Loket over REST only.
INTO = "into Loket"
WAYS = {
    "rest": ("night", "by hand", "fetch", INTO),
    "soap": ("night", "by hand", "fetch"),
}
#: The values of two people in each of the two states.
VALUES = ((250, 40), (260, 50))
PERIOD = {"year": 2026, "period": 3}
HURRY = Patience(pause=0.001)
#: While nothing comes, or too slowly.
IMPATIENT = Patience(connect=5, read=0.3, attempts=2, pause=0.001, total=0.5)
#: What of a table is about the work, not about what is known.
WORK = {
    "write_date",
    "write_uid",
    "last_modified_date",
    "last_read_date",
    "last_sync_date",
    "last_try_date",
    "last_try_run",
    "quiet_basis",
    "told_digest",  # which counts as long as that is there
}
TABLES = (
    "hr_employee",
    "hr_version",
    "resource_resource",
    "loket_connection",
    "loket_employee",
    "loket_cost_center",
    "loket_component",
    "loket_period",
)
#: Copies of Loket's lists: what Loket has no longer is archived.
LISTS = ("loket_cost_center", "loket_component")
ADDRESSES = (
    ("Dorpsstraat", 1, "1234 AB", "Utrecht"),
    ("Kerkweg", 22, "8011 PK", "Zwolle"),
)


class Matrix:
    """A company in Odoo, its Loket, and what is held of it in each of two states."""

    def __init__(self, env, protocol):
        self.env, self.protocol = env, protocol
        self.loket = BrokenLoket(protocol, employees=6).start()
        self.people = self.loket.company.employer.employees[:2]
        self.failed, self.errors = [], []
        self._watch()
        self.connection = self._connect()
        self.state, self.held = 0, []
        self._change(0)
        self._sound_run("fetch")
        for state in (0, 1, 0, 1):
            self._change(state)
            self._sound_run("fetch")
            self._sound_run("night")
            self.held.append(self.read())
        # What comes again is what there is: the rest would hold of nothing.
        assert self.held[:2] == self.held[2:], self._difference(
            self.held[:2], self.held[2:]
        )
        assert self.held[0] != self.held[1]
        self.ways = WAYS[protocol]
        self.asked = {way: self._asked(way) for way in self.ways}

    def _watch(self):
        """Note each error that is told, and each that gets into the log."""
        failed, errors = self.failed, self.errors
        Connection = type(self.env["loket.connection"])
        record = Connection._record_error

        def noted(connection, error):
            errors.append(type(error).__name__)
            assert type(error) in LoketError.__subclasses__()
            return record(connection, error)

        Connection._record_error = noted

        class Errors(logging.Handler):
            def emit(self, line):
                failed.append(f"in the log: {line.getMessage()}")

        logging.getLogger().handlers = [Errors(logging.ERROR)]
        self._be_patient(HURRY)

    def _be_patient(self, patience):
        for module in (transport, oauth, client):
            module.Patience = lambda: patience

    def _connect(self):
        employer = self.loket.company.employer
        connection = self.env["loket.connection"].create(
            {
                "name": "Voorbeeld B.V.",
                "environment": "custom",
                "protocol": self.protocol,
                "api_url": self.loket.api_url,
                "oauth_url": self.loket.oauth_url,
                "wsdl_url": self.loket.wsdl_url,
                "client_id": "odoo",
                "client_secret": "sandbox-secret",
                "employer_ref": employer.id,
                "administration_ref": employer.administrations[0].id,
            }
        )
        self._link(connection)
        connection.action_fetch()
        assert connection.state == "ready", connection.last_error
        connection.action_sync()
        self.rows = connection.loket_employee_ids
        self.rows.action_add()
        assert not any(self.rows.mapped("problem")), self.rows.mapped("problem")
        self._book(connection)
        self.env.cr.commit()
        return connection

    def _book(self, connection):
        """A bonus of two people, who are in the file of a period."""
        bonus = self.env["hr.wage.component"].create({"name": "Bonus", "code": "B"})
        self.env["loket.component.mapping"].create(
            {
                "connection_id": connection.id,
                "wage_component_id": bonus.id,
                "component_code": "200",
            }
        )
        connection.write({"salaried_hours": "send", "distribution": "none"})
        running = self.rows.filtered(lambda row: not row.end_date)[:2]
        self.entries = self.env["hr.wage.entry"].create(
            [
                {
                    "employee_id": row.employee_id.id,
                    "wage_component_id": bonus.id,
                    "value": 1,
                    "date": date(PERIOD["year"], PERIOD["period"], 15),
                }
                for row in running
            ]
        )

    def _link(self, connection):
        if self.protocol == "rest":
            connection._loket_store_token(self.loket.issue_tokens())
        else:
            connection._loket_connect_soap("loket-koppeling", "loket", "VOORBEELD")

    def _change(self, state):
        """Change two people in Loket, who then differ from what Odoo holds."""
        self.state = state
        for person in self.people:
            street, number, zip_code, city = ADDRESSES[state]
            person.street, person.house_number = street, number
            person.postal_code, person.city = zip_code, city
            person.employments[0].shift = state + 1

    # === CASES === #

    def _asked(self, way):
        """The places that are asked in a sound run, and those asked after them."""
        for _time in range(2):  # of the first time more may be asked
            self._change(1 - self.state)
            self.loket.asked.clear()
            if self.protocol == "rest":
                self.loket.tokens.expire_access()
            self._sound_run(way)
        asked = dict.fromkeys(self.loket.asked)
        if "FILTER_SETTINGS" in asked:
            asked["GLOBAL_FILTER_SETTINGS"] = None
        if "PERIODS" in asked:
            asked["MINIMIZED_PERIODS"] = None
        return list(asked)

    def cases(self, ways):
        """All (way, place, fault) that can be met."""
        return [
            (way, place, fault)
            for way in ways or self.ways
            for place, fault in itertools.product(self.asked[way], FAULTS)
        ]

    def play(self, cases):
        """Play some cases.

        :return: {"cases": number, "outcomes": {what came of it: number},
            "failed": sentences}
        """
        outcomes, told = Counter(), []
        for number, (way, place, fault) in enumerate(cases):
            if number and number % 100 == 0:
                kept("faults, so far", {"cases": number, "failed": told})
            self.failed.clear()
            try:
                outcome = self._play(way, place, fault)
            except Exception:  # noqa: BLE001 (told as what it is: a failure)
                self.env.cr.rollback()
                outcome = "raised"
                self.failed.append(traceback.format_exc(limit=-4))
            outcomes[outcome] += 1
            told += [f"{way}, {place}, {fault.name}: {one}" for one in self.failed]
            if outcome == "raised":
                self._recover()
        return {
            "cases": len(cases),
            "calls": len({(way, place) for way, place, _fault in cases}),
            "faults": len({fault.name for _way, _place, fault in cases}),
            "outcomes": dict(outcomes),
            "failed": told,
        }

    def _play(self, way, place, fault):
        self._change(1 - self.state)
        self.errors.clear()
        if way == INTO:
            self._make()
        if self.protocol == "rest" and place == "token":
            self.loket.tokens.expire_access()
        self.loket.break_at(place, fault)
        self._be_patient(IMPATIENT if fault.is_slow else HURRY)
        try:
            outcome = self._run(way)
        finally:
            self.loket.mend()
            self._be_patient(HURRY)
        if not self.loket.met:
            self.failed.append("the fault was not met")
        if self.errors:
            outcome = self.errors[-1]
        self._check_whole()
        self._repair(way)
        if now := self._difference(self.held[self.state], self._repaired()):
            self.failed.append(f"not repaired: {now}")
        return outcome

    def _repaired(self):
        """What is held, but for what a list had for once, and which is archived."""
        now = self.read()
        for table in LISTS:
            before = self.held[self.state][table]
            now[table] = {
                key: row
                for key, row in now[table].items()
                if key in before or row["active"]
            }
        return now

    def _recover(self):
        """Go on with the next case, whatever became of this one."""
        self.loket.mend()
        self._be_patient(HURRY)
        self._link(self.connection)
        self._sound_run("fetch")
        self._sound_run("night")

    def _run(self, way):
        """What came of a run; a failed one tells in words."""
        if way == INTO:
            return self._into_loket()
        runs = self.env["loket.sync.run"]
        last = runs.search([], limit=1, order="id desc").id or 0
        if way == "fetch":
            self.connection.action_fetch()
        elif way == "by hand":
            self.connection.action_sync()
        else:
            self.env["loket.connection"]._cron_sync()
        self.env.cr.commit()
        self.env.invalidate_all()
        if way == "fetch":
            told = self.connection.last_error or self.connection.warning or ""
            outcome = "told" if told else "nothing amiss"
        else:
            run = runs.search([("id", ">", last)])
            assert len(run) == 1, f"{len(run)} runs"
            told = "\n".join(
                [
                    run.message or "",
                    *(line.message or "" for line in run.line_ids),
                ]
            )
            outcome = run.state
            if run.state != "done" and not told.strip():
                self.failed.append(f"{run.state}, without a word")
        if "Unexpected" in told or "Traceback" in told:
            self.failed.append(told)
        return outcome

    def _make(self):
        """A file of what is booked now, which Loket does not have yet."""
        for entry, value in zip(self.entries, VALUES[self.state], strict=True):
            entry.value = value
        self.export = self.env["loket.export"].create(
            {"connection_id": self.connection.id, "accept_left_out": True, **PERIOD}
        )
        self.export.action_generate()
        self.env.cr.commit()

    def _into_loket(self):
        """Send a file into Loket; it is not said to be there unless it is."""
        self.export.action_push()
        self.env.cr.commit()
        self.env.invalidate_all()
        export = self.export
        told = export.push_problem or export.push_question or ""
        there = sorted(
            value.number for *_key, value in self.loket.company.period_data.cells()
        )
        mine, before = (sorted(VALUES[one]) for one in (self.state, 1 - self.state))
        if there and any(
            one not in pair for one, *pair in zip(there, mine, before, strict=True)
        ):
            self.failed.append(f"in Loket there is {there}")
        if export.push_state == "stored" and there != mine:
            self.failed.append(f"said to be stored, and there is {there}")
        told += "\n".join(export.difference_ids.mapped("verdict"))
        if export.push_state != "stored" and not told:
            self.failed.append(f"{export.push_state}, without a word")
        if "Unexpected" in told or "Traceback" in told:
            self.failed.append(told)
        return f"{export.push_state}"

    def _sound_run(self, way):
        if way == INTO:
            self._make()
        outcome = self._run(way)
        assert outcome in ("done", "told", "nothing amiss", "stored"), outcome
        return outcome

    def _check_whole(self):
        """Nobody came, went, or is half of what Loket told and half of before."""
        before, after = self.held[1 - self.state], self.held[self.state]
        for table, rows in self.read().items():
            if table in ("hr_employee", "hr_version", "resource_resource"):
                if rows.keys() != after[table].keys():
                    self.failed.append(f"{table}: {len(rows)} rows")
                for key, row in rows.items():
                    if row not in (before[table].get(key), after[table].get(key)):
                        wrong = self._difference([after[table][key]], [row])
                        self.failed.append(f"{table}: half: {wrong}")
        lost = self.rows.filtered(lambda row: not row.in_loket or not row.employee_id)
        if lost or len(self.connection.loket_employee_ids) != len(self.rows):
            self.failed.append(f"{len(lost)} not in Loket any more")

    def _repair(self, way):
        """One sound run mends all; a lost link says first that it is lost."""
        for _attempt in range(2):
            if self.connection.state == "error":
                if "onnect to Loket" not in (self.connection.last_error or ""):
                    self.failed.append(f"error: {self.connection.last_error}")
                self._link(self.connection)
            if way == "fetch":
                self._run("fetch")
            elif way == INTO:
                self._send_again()
            if self.connection.state == "error":
                continue
            outcome = self._run("night")
            if outcome == "done":
                return
        self.failed.append(f"the night after is {outcome}")

    def _send_again(self):
        """All of it is in Loket then, unless the link is lost."""
        state = self._run(INTO)
        if state != "stored" and self.connection.state != "error":
            said = self.export.push_question or self.export.push_problem
            self.failed.append(f"sent again: {state}, {said}")

    # === WHAT IS HELD === #

    def read(self):
        """{table: {key: {column: value}}} as it is in the database."""
        self.env.flush_all()
        return {table: self._read(table) for table in TABLES}

    def _read(self, table):
        cr = self.env.cr
        cr.execute(f'SELECT * FROM "{table}" ORDER BY id')  # pylint: disable=sql-injection
        return {
            row["id"]: {name: value for name, value in row.items() if name not in WORK}
            for row in cr.dictfetchall()
        }

    def _difference(self, one, other):
        """The ways to what differs."""
        found = []

        def look(here, there, way):
            if isinstance(here, list | dict) and type(here) is type(there):
                here, there = (
                    one if isinstance(one, dict) else dict(enumerate(one))
                    for one in (here, there)
                )
                for key in {**here, **there}:
                    look(here.get(key), there.get(key), (*way, key))
            elif here != there:
                found.append((way, here, there))

        look(one, other, ())
        return found[:5]


def play(env, protocol, ways=(), some=None, first=0, also=()):
    """Play the whole matrix over a protocol, or ``some`` cases of it.

    :param ways: those that are played; none: all
    :param some: how many; None: all
    :param first: the fault that some begin with; then one fault after the other, at
        places that are far from each other
    :param also: (way, place, fault), each a part of its name: what is played besides
    """
    matrix = Matrix(env, protocol)
    try:
        cases = matrix.cases(ways)
        if some is not None:
            step = max(len(cases) // max(some, 1) // len(FAULTS), 1) * len(FAULTS) + 1
            chosen = {(first + number * step) % len(cases) for number in range(some)}
            cases = [
                case
                for number, case in enumerate(cases)
                if number in chosen or any(_is_meant(case, one) for one in also)
            ]
        return matrix.play(cases)
    finally:
        matrix.loket.stop()


def _is_meant(case, parts):
    way, place, fault = case
    return all(
        part in name for part, name in zip(parts, (way, place, fault.name), strict=True)
    )
