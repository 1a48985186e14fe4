# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random companies through random nights, against a model of what Odoo should hold.

``./dev test --long`` takes 5,000 nights in place of 200. A failure tells its seed, and
all that happened; ``LOKET_NIGHTS=SEED ./dev test l10n_nl_loket/tests/test_nights.py``
plays that company alone.
"""

import os
import random
import unicodedata
from dataclasses import fields
from datetime import date

import freezegun

from odoo.tests import TransactionCase, tagged

from ..gateway import RestGateway
from ..gateway.port import Gateway
from ..models.sync import loket_sync_run_plan
from ..people import quiet
from ..people.names import number_key
from ..people.night import plan_night
from .common_sandbox import Sandbox, SandboxMixin
from .nights import world
from .nights.model import Contract, Employee, Model, full_name, tell, tell_person

FIRST_DAY = date(2026, 2, 2)
NIGHTS = 20  # of each company
#: Over each protocol; fewer beside addons of others, where all else is played again.
COMPANIES = 125 if os.environ.get("LOKET_LONG") else 5
if os.environ.get("LOKET_BESIDE"):
    COMPANIES = 2
SHOWN = 3  # failures that are told in full

# Odoo's zeep takes no dates but Python's own.
freezegun.configure(extend_ignore_list=["isodate"])


@tagged("post_install", "-at_install")
class TestNights(SandboxMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.loket.stop()  # each company has one of its own

    def test_over_rest(self):
        self._hold_parts_against_all_at_once()
        self._play("rest")
        self.assertTrue(self.in_parts)

    def test_over_rest_without_a_count_of_changes(self):
        """So that all is read each night, and what is the same is not worked out."""
        self.patch(RestGateway, "highest_version", Gateway.highest_version)
        told_the_same = type(self.env["loket.sync.run"])._told_the_same
        self.same = 0

        def held_against_the_plain_way(run, connection, answer):
            basis = told_the_same(run, connection, answer)
            if basis:
                self.same += 1
                known = run._read_known(
                    connection,
                    {
                        number_key(record.person.employee_number)
                        for record in answer.employments.records
                    },
                )
                plan = plan_night(
                    known, answer.employments, connection.vanish_threshold
                )
                self.assertEqual(len(plan.of("known")), basis.count)
                self.assertEqual(len(plan.rows), basis.count)
                self.assertFalse(plan.vanished or plan.lacking)
                for one in plan.rows:
                    self.assertFalse(_is_news(one))
            return basis

        self.patch(
            type(self.env["loket.sync.run"]),
            "_told_the_same",
            held_against_the_plain_way,
        )
        self._hold_few_against_all()
        self._play("rest", is_counted=False)
        self.assertTrue(self.same)
        self.assertTrue(self.few)

    def _hold_few_against_all(self):
        """What is planned of a few is what the plain way plans, and of others nothing.

        That it is written the same, the model tells.
        """
        Run = type(self.env["loket.sync.run"])
        bring_in_few, apply = Run._bring_in_few, Run._apply
        self.few = 0

        def planned(run, plan):
            self.plan = plan
            return apply(run, plan)

        def held_against_the_plain_way(run, answer):
            connection, found = run.connection_id, answer.employments
            people = (record.person for record in found.records)
            numbers = {number_key(person.employee_number) for person in people}
            known = run._read_known(connection, numbers)
            plain = plan_night(known, found, connection.vanish_threshold)
            if not bring_in_few(run, answer):
                return False
            self.few += bool(self.plan.rows)
            of_few = {one.row.id: one for one in self.plan.rows}
            for one in plain.rows:
                few = of_few.pop(one.row.id, None)
                self.assertEqual(one.kind, "known")
                if few:
                    self.assertEqual(_in_short(one), _in_short(few))
                else:
                    self.assertFalse(_is_news(one))
            self.assertFalse(of_few)
            self.assertFalse(plain.vanished or plain.lacking)
            self.assertEqual(len(plain.rows), run.unchanged + run.updated + run.failed)
            return True

        self.patch(Run, "_apply", planned)
        self.patch(Run, "_bring_in_few", held_against_the_plain_way)

    def _hold_parts_against_all_at_once(self):
        """What is planned part by part is what is planned of all at once."""
        self.patch(loket_sync_run_plan, "PART", 6)
        Run = type(self.env["loket.sync.run"])
        plan_parts = Run._plan_parts
        self.in_parts = 0

        def held_against_all_at_once(run, answer, limit):
            in_parts = plan_parts(run, answer, limit)
            known, plain = run._plan_at_once(answer, limit)
            if not in_parts:
                is_few = len(answer.employments.records) < 12
                gone = plain.vanished or plain.of("missing")
                told = answer.lists.told
                self.assertTrue(gone or is_few or told is None)
                return None
            plan, stays = in_parts
            self.in_parts += 1
            beyond = set(run._linked_beyond().ids)
            moving = [
                one
                for one in plain.rows
                if not one.is_still or (one.row and one.row.id in beyond)
            ]
            self.assertEqual(
                [_in_short(one) for one in plan.rows],
                [_in_short(one) for one in moving],
            )
            self.assertEqual(plan.still, len(plain.rows) - len(moving))
            self.assertFalse(plain.vanished)
            self.assertEqual(_lacking(plan), _lacking(plain))
            self.assertEqual(plan.unknown_words, plain.unknown_words)
            at_once = quiet.Staying(run._day_of(answer))
            moved = {one.row.id for one in moving if one.row}
            at_once.add(known, answer.employments.records, moved)
            self.assertEqual(vars(stays), vars(at_once))
            return in_parts

        self.patch(Run, "_plan_parts", held_against_all_at_once)

    def test_over_soap(self):
        self._play("soap")

    def _play(self, protocol, is_counted=True):
        """Play all companies; what differs from the model is told for a few."""
        only = os.environ.get("LOKET_NIGHTS")
        seeds = [int(only)] if only else range(COMPANIES)
        failures, quiet = [], 0
        for seed in seeds:
            with (
                freezegun.freeze_time(FIRST_DAY) as clock,
                Sandbox(employees=25, seed=seed) as loket,
            ):
                savepoint = self.env.cr.savepoint()
                company = RandomCompany(self, loket, protocol, seed, clock)
                failure = company.live(NIGHTS)
                quiet += company.quiet_nights()
                savepoint.close(rollback=True)
                self.env.invalidate_all()
            if failure:
                failures.append(f"\n=== {protocol}, seed {seed}\n{failure}")
        if failures:
            self.fail(
                f"{len(failures)} of {len(seeds)} companies differ from the model:"
                + "\n".join(failures[:SHOWN])
            )
        # Loket's count of changes is known over REST only.
        self.assertEqual(bool(quiet), protocol == "rest" and is_counted)


def _is_news(one):
    """Whether a plan of somebody is to do anything, or tells anything."""
    changes = any(change.changes for change in one.contracts)
    news = one.vals or one.person or changes or one.begins_contract
    asks = one.problem or one.retries or one.held or one.kept
    return bool(news or asks or one.comes or one.place_changed)


def _in_short(one):
    """All of a plan of somebody, but for the row."""
    told = {field.name: getattr(one, field.name) for field in fields(one)}
    return {**told, "row": one.row and one.row.id}


def _lacking(plan):
    """Whom each list lacks, by reference."""
    return {
        part: [one.row.employment_ref for one in plans]
        for part, plans in plan.lacking.items()
    }


class RandomCompany:
    """A company in Odoo, its Loket, and what the one should hold of the other."""

    def __init__(self, case, loket, protocol, seed, clock):
        self.case, self.env, self.loket, self.clock = case, case.env, loket, clock
        self.protocol, self.dice = protocol, random.Random(f"nights {seed}")
        self.world = world.World(loket.company, self.dice, FIRST_DAY)
        self.model = Model()
        self.problems = []
        self.company = self.env["res.company"].create({"name": f"Bedrijf {seed}"})
        self.offices = {"main": self.world.main, "other": self.world.other}
        self.connections = {
            name: self._connect(office, name) for name, office in self.offices.items()
        }
        self.countries = {
            country.id: country.code for country in self.env["res.country"].search([])
        }
        self._make_known_employees()

    def _connect(self, office, name):
        connection = self.env["loket.connection"].create(
            {
                "name": f"{name} {office.client_number}",
                "company_id": self.company.id,
                "environment": "custom",
                "protocol": self.protocol,
                "api_url": self.loket.api_url,
                "oauth_url": self.loket.oauth_url,
                "wsdl_url": self.loket.wsdl_url,
                "client_id": "odoo",
                "client_secret": "sandbox-secret",
                "user_id": self.env.user.id,
                "employer_ref": self.world.employer.id,
                "administration_ref": office.id,
            }
        )
        if self.protocol == "rest":
            connection._loket_store_token(self.loket.issue_tokens())
        else:
            connection._loket_connect_soap("loket-koppeling", "loket", "VOORBEELD")
        connection.action_fetch()
        assert connection.state == "ready", connection.last_error
        return connection

    # === EMPLOYEES THAT ODOO HAD BEFORE === #

    def _make_known_employees(self):
        people = [
            person
            for person in self.world.employer.employees
            if len(person.employments) == 1
        ]
        chosen = self.dice.sample(people, 8)
        for person, kind in zip(
            chosen,
            ("sure", "accents", "mail", "badge", "name", "shared", "chain", "rehire"),
            strict=True,
        ):
            getattr(self, f"_known_{kind}")(person)

    def _know(self, values, *, contracts=(), work_email=None, badge=None):
        """An employee of before; contracts as (start, end)."""
        vals = {**values, "company_id": self.company.id, "work_email": work_email}
        vals["barcode"] = badge
        if contracts:
            start, end = contracts[0]
            vals |= {"contract_date_start": start, "contract_date_end": end}
        record = self.env["hr.employee"].create(vals)
        for start, end in contracts[1:]:
            version = record.create_contract(start)
            record.with_context(version_id=version.id).contract_date_end = end
        empty = dict.fromkeys(tell_person(self.world.employer.employees[0]))
        self.model.employees.append(
            Employee(
                values={**empty, "sex": None, **values},
                id=record.id,
                work_email=work_email,
                badge=badge,
                contracts=[
                    Contract(start, end, from_loket=False) for start, end in contracts
                ],
                is_contract_unsure=not contracts,
            )
        )
        self.world.story.append(f"known in Odoo: {values}, {badge}, {contracts}")

    def _known_sure(self, person):
        """Name and birth date, and somebody else's number as badge."""
        job = person.employments[0]
        self._know(
            {"name": full_name(person).upper(), "birthday": person.birthday},
            contracts=[(job.start_date, None)],
            badge=str(person.number % 25 + 101),
        )

    def _known_accents(self, person):
        person.last_name += " Coöpère"
        name = unicodedata.normalize("NFD", full_name(person))
        job = person.employments[0]
        self._know(
            {"name": name, "birthday": person.birthday},
            contracts=[(job.start_date, None)],
        )

    def _known_mail(self, person):
        person.email = f"p{person.number}@thuis.example.nl"
        job = person.employments[0]
        self._know(
            {
                "name": " ".join(full_name(person).split()[1:]),
                "private_email": person.email.upper(),
            },
            contracts=[(job.start_date, None)],
        )

    def _known_badge(self, person):
        job = person.employments[0]
        self._know(
            {"name": " ".join(full_name(person).split()[1:])},
            contracts=[(job.start_date, None)],
            badge=f"00{person.number}",
        )

    def _known_name(self, person):
        self._know({"name": full_name(person)})

    def _known_shared(self, person):
        """Another person, with the same work e-mail."""
        person.work_email = f"afdeling{person.number}@voorbeeld.example.nl"
        self._know(
            {"name": "Gedeelde Post", "birthday": date(1999, 9, 9)},
            work_email=person.work_email,
        )

    def _known_chain(self, person):
        person.employments[0].start_date = date(2023, 1, 1)
        self._know(
            {"name": full_name(person), "birthday": person.birthday},
            contracts=[
                (date(2023, 1, 1), date(2023, 12, 31)),
                (date(2024, 1, 1), date(2024, 12, 31)),
                (date(2025, 1, 1), None),
            ],
        )

    def _known_rehire(self, person):
        person.employments[0].start_date = date(2025, 3, 1)
        self._know(
            {"name": full_name(person), "birthday": person.birthday},
            contracts=[(date(2020, 1, 1), date(2024, 12, 31))],
        )

    # === NIGHTS === #

    def live(self, nights):
        """Live through the nights; returns what differed in the first bad one."""
        self._night()
        self._compare()
        self._decide()
        self._compare()
        for _night in range(nights - 1):
            if self.problems:
                break
            self.world.next_day()
            self.clock.move_to(self.world.today)
            self.world.happen(world.ORDINARY * 3 + world.WRONG)
            self._night()
            self._compare()
            if not self.problems:
                self._decide()
                self._compare()
        if not self.problems:
            return None
        return "\n".join([*self.world.story, "DIFFERS", *self.problems])

    def _night(self):
        with self.case.enter_registry_test_mode():
            self.env.ref("l10n_nl_loket.ir_cron_loket_sync").method_direct_trigger()
        self.env.invalidate_all()
        self.outcomes = {}
        for name, office in self.offices.items():
            told = {
                job.id: tell(person, job, self.world.today, self.protocol == "rest")
                for person, job in self.world.employer.employments()
                if job.administration is office
            }
            self.outcomes[name] = self.model.night(name, told, self.world.today)
            self._compare_run(name)

    def _records(self, rows):
        """The loket.employee of rows of the model, in one query."""
        connections = {
            connection: name for name, connection in self.connections.items()
        }
        wanted = {(row.office, row.ref) for row in rows}
        return (
            self.env["loket.employee"]
            .search([("company_id", "=", self.company.id)])
            .filtered(
                lambda record: (
                    (connections[record.connection_id], record.employment_ref) in wanted
                )
            )
        )

    def _open(self):
        return [
            row
            for row in self.model.rows.values()
            if row.decision == "pending"
            and row.in_loket
            and not row.clashes
            and not row.is_stranger
        ]

    def _decide(self):
        """A person decides on what is open, in one way or another."""
        if not self._open() or self.dice.random() < 0.2:
            return
        if self.dice.random() < 0.8:
            self._link_suggestions()
        if self.dice.random() < 0.8:
            self._add_all()
        left = self._open()
        if left and self.dice.random() < 0.3:
            row = self.dice.choice(left)
            self._records([row]).action_ignore()
            self.model.ignore(row)
            self.world.story.append(f"ignored {row.facts['number']}")

    def _link_suggestions(self):
        rows = self._open()
        suggested = {row: self.model.suggestion(row) for row in rows}
        strong = {
            row: employee
            for row, (employee, strength, _double) in suggested.items()
            if strength == "strong"
        }
        if not strong:
            return
        self._records(rows).action_link_suggestion()
        for row, employee in strong.items():
            self.model.link(row, employee)
            self.world.story.append(f"linked {row.facts['number']}")

    def _add_all(self):
        rows = self._open()
        sound = [row for row in rows if not self.model.suggestion(row)[2]]
        if len(rows) < 2 or not sound:
            return
        self._records(rows).action_add()
        self.env.invalidate_all()
        new = self.model.add(sound, self.world.today)
        records = {record.employment_ref: record for record in self._records(sound)}
        for row in sound:
            self.world.story.append(f"added {row.facts['number']}")
            if row.employee in new:
                row.employee.id = records[row.ref].employee_id.id

    def quiet_nights(self):
        """How many nights read nothing, for nothing had changed."""
        return self.env["loket.sync.run"].search_count(
            [("company_id", "=", self.company.id), ("is_quiet", "=", True)]
        )

    # === WHAT DIFFERS === #

    def _differs(self, what, expected, held):
        if expected != held:
            self.problems.append(f"{what}: should be {expected!r}, is {held!r}")

    def _compare_run(self, name):
        connection, night = self.connections[name], self.outcomes[name]
        run = self.env["loket.sync.run"].search(
            [("connection_id", "=", connection.id)], limit=1, order="id desc"
        )
        refused = f"{name}: refused ({run.message or ''})"
        self._differs(refused, night.is_refused, run.state == "failed")
        text = "\n".join(
            [run.message or "", *run.line_ids.mapped(lambda line: line.message or "")]
        )
        named = text + "\n".join(run.line_ids.filtered("message").mapped("name"))
        for row in night.gone:
            if row.facts["person"]["name"] not in named:
                self.problems.append(f"{name}: {row.facts['number']} vanished unsaid")
        if night.kept and not text:
            self.problems.append(f"{name}: a list that lacks a row is not told of")
        if night.held and not text:
            self.problems.append(f"{name}: {night.held} is held unsaid")
        if (night.gone or night.held or night.is_refused) and (
            not connection.activity_ids
        ):
            self.problems.append(f"{name}: nobody is told of what is wrong")

    def _compare(self):
        self.env.invalidate_all()
        rows = self.model.rows.values()
        records = {record.employment_ref: record for record in self._records(rows)}
        for row in rows:
            self._compare_row(row, records[row.ref])
        known = [employee.id for employee in self.model.employees]
        employees = self.env["hr.employee"].browse(known)
        for employee, record in zip(self.model.employees, employees, strict=True):
            self._compare_employee(employee, record)
        held = self.env["hr.employee"].search([("company_id", "=", self.company.id)])
        self._differs("employees", len(known), len(held))

    def _compare_row(self, row, record):
        who = f"{row.office} {row.facts['number']} ({row.ref[:8]})"
        self._differs(f"{who} in Loket", row.in_loket, record.in_loket)
        self._differs(f"{who} decision", row.decision, record.decision)
        linked = row.employee.id if row.employee else False
        self._differs(f"{who} employee", linked, record.employee_id.id)
        has_problem = bool(record.problem)
        if row.is_stranger or row.clashes or (not row.in_loket and row.is_linked):
            self._differs(f"{who} has a problem", True, has_problem)
        elif row.in_loket and row.decision != "ignore" and not row.waits:
            unsure = row.employee and row.employee.is_contract_unsure
            if not unsure and (row.contract or not row.is_linked):
                self._differs(f"{who} problem", "", record.problem or "")
        if row.clashes or row.decision == "ignore":
            return
        for name, key in (
            ("payroll_number", "payroll_number"),
            ("shift", "shift"),
            ("department_name", "department"),
            ("start_date", "start"),
            ("contract_end_date", "end"),
        ):
            if key in row.facts:
                value = record[name] or None
                self._differs(f"{who} {name}", row.facts[key] or None, value)
        if row.decision == "pending" and row.in_loket and not row.is_stranger:
            employee, strength, may_be_double = self.model.suggestion(row)
            suggested = record.suggested_employee_id.id
            self._differs(
                f"{who} suggestion ({record.suggestion_reason})",
                employee.id if employee else False,
                suggested,
            )
            if "suggestion_strength" in record._fields:
                strength_ = record.suggestion_strength or None
                self._differs(f"{who} strength", strength, strength_)
            self._differs(f"{who} double", may_be_double, record.may_be_double)

    def _compare_employee(self, employee, record):
        links = [row for row in self.model.rows.values() if row.employee is employee]
        who = f"employee {employee.id} ({', '.join(r.facts['number'] for r in links)})"
        if any(row.clashes for row in links):
            return
        for name, value in employee.values.items():
            held = record[name] or None
            if name == "private_country_id":
                held = self.countries.get(record[name].id)
            self._differs(f"{who} {name}", value or None, held)
        if not employee.is_contract_unsure:
            self._compare_contracts(who, employee, record)

    def _compare_contracts(self, who, employee, record):
        versions = record.version_ids.filtered("contract_date_start")
        held = {
            version.contract_date_start: version.contract_date_end or None
            for version in versions
        }
        expected = {one.start: one.end for one in employee.contracts}
        self._differs(f"{who} contracts", expected, held)
        if expected.keys() != held.keys():
            return
        for contract in employee.contracts:
            version = versions.filtered(
                lambda one, start=contract.start: one.contract_date_start == start
            )[:1]
            for name, field in (
                ("hours", "resource_calendar_id.hours_per_week"),
                ("wage", "wage"),
                ("job_title", "job_id.name"),
            ):
                if name in contract.data:
                    value = version.mapped(field)
                    value = value[0] if value else 0
                    expected_value = contract.data[name]
                    if isinstance(value, float):
                        value = round(value, 2)
                    self._differs(f"{who} {name}", expected_value, value)
