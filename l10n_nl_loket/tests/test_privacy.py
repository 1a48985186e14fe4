# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept of people: of whoever is not imported, and of whoever is deleted."""

import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..gateway import Problem
from .common_employees import EmployeesCase, employment

#: What tells who the person of these tests is. The wage only where a number begins:
#: the identifiers of messages are long random numbers, which hold any four digits.
PERSON = ("Zus", "Zeldzaam", "Stille", "zus@", r"\b1980-01-01", r"\b3210\.5")


@tagged("post_install", "-at_install")
class TestPrivacy(EmployeesCase):
    def arrive_one(self):
        """Somebody who can be told from all others, whose street has changed."""
        person = {
            "first_name": "Zus",
            "last_name": "Zeldzaam & Zn",
            "street": "Stillesteeg 1",
            "email": "zus@thuis.example",
            "work_email": "zus@voorbeeld.example",
        }
        rows = self.arrive(employment(1, person=person), employment(2, "Kees"))
        rows.action_add()
        self.loket.change(1, person={"street": "Stillelaan 2"})
        self.sync()
        return rows[0]

    def assert_nothing_left(self, but=()):
        """No column of this addon, nor of its messages, tells of the person."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_name LIKE 'loket_%' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in self.env.cr.fetchall()]
        queries = {name: f"SELECT t::text FROM {name} t" for name in tables}
        for table, column in (
            ("mail_activity", "res_model"),
            ("mail_message", "model"),
        ):
            queries[table] = (
                f"SELECT t::text FROM {table} t WHERE {column} LIKE 'loket.%'"
            )
        for table, query in queries.items():
            self.env.cr.execute(query)
            for (line,) in self.env.cr.fetchall():
                for word in PERSON:
                    if word not in but and not (word in PERSON[4:] and "Kees" in line):
                        self.assertIsNone(re.search(word, line), f"{table}: {line}")

    def test_nothing_but_the_number_is_left_of_a_deleted_employee(self):
        row = self.arrive_one()
        self.loket.problems = [
            Problem(ref="job-1", name="Zus Zeldzaam & Zn", reason="Unreadable")
        ]
        self.loket.people = self.loket.people[1:]
        self.sync()
        self.assertIn("Zeldzaam", self.connection.last_error)
        row.employee_id.unlink()
        self.assert_nothing_left()
        self.assertRecordValues(
            row,
            [
                {
                    "decision": "ignore",
                    "employment_ref": "job-1",
                    "payroll_number": 1,
                    "name": "Number 1",
                    "birthday": False,
                    "is_forgotten": True,
                }
            ],
        )

    def test_a_night_does_not_bring_a_deleted_person_back(self):
        row = self.arrive_one()
        row.employee_id.unlink()
        self.loket.change(1, person={"last_name": "Zeldzaamst"})
        self.sync()
        self.sync()
        self.assert_nothing_left()
        self.assertEqual((row.decision, row.in_loket), ("ignore", True))
        self.assertFalse(row.problem)

    def test_whoever_left_and_can_not_be_deleted_can_be_forgotten(self):
        row = self.arrive_one()
        employee = row.employee_id
        with self.assertRaisesRegex(UserError, "Archive"):
            row.action_forget()
        employee.active = False
        row.action_forget()
        self.assertTrue(employee.exists())
        self.assert_nothing_left()
        self.assertRecordValues(
            row, [{"is_forgotten": True, "employee_id": False, "payroll_number": 1}]
        )

    def test_somebody_else_of_the_same_name_keeps_it(self):
        rows = self.arrive(employment(1), employment(2))
        rows[0].action_add()
        self.connection.last_error = "Jan Bakker (1) can't be read, Jan Bakkers can."
        rows[0].employee_id.unlink()
        self.assertEqual(rows.mapped("name"), ["Number 1", "Jan Bakker"])
        self.assertEqual(
            self.connection.last_error, "(deleted) (1) can't be read, Jan Bakkers can."
        )
        lines = self.env["loket.sync.run.line"].search([])
        self.assertEqual(lines.mapped("name"), ["Jan Bakker"])
        self.assertEqual(lines.loket_employee_id, rows[1])

    def test_whoever_is_decided_on_after_all_comes_back(self):
        row = self.arrive_one()
        row.employee_id.unlink()
        row.action_reset()
        self.sync()
        self.assertEqual(row.name, "Zus Zeldzaam & Zn")
        row.action_add()
        self.assertEqual(row.employee_id.private_street, "Stillelaan 2")

    def test_of_whoever_is_not_imported_number_and_name_are_kept(self):
        row = self.arrive(employment(1, "Zus", "Zeldzaam"))
        row.action_ignore()
        for _night in range(2):
            self.assert_nothing_left(but=("Zus", "Zeldzaam"))
            self.assertEqual((row.name, row.payroll_number), ("Zus Zeldzaam", 1))
            self.loket.change(1, person={"street": "Stillesteeg 3"})
            self.assertEqual(self.sync().state, "done")

    def test_old_runs_go_with_their_lines_and_the_last_one_stays(self):
        self.arrive_one()
        runs = self.env["loket.sync.run"].search([])
        self.assertEqual(len(runs), 2)
        runs.start = fields.Datetime.now() - timedelta(days=400)
        other = self.env["loket.sync.run"]
        self.env["ir.config_parameter"].set_param("l10n_nl_loket.keep_run_days", "0")
        other._gc_runs()
        self.assertEqual(runs.exists(), runs)
        self.env["ir.config_parameter"].set_param("l10n_nl_loket.keep_run_days", "399")
        other._gc_runs()
        self.assertEqual(runs.exists(), max(runs, key=lambda run: run.id))

    def test_what_is_to_check_of_a_colleague_tells_of_the_deleted_no_more(self):
        rows = self.arrive(
            employment(1, person={"last_name": 'Zeldzaam "Zus"'}), employment(2, "Kees")
        )
        rows.action_add()
        entry = {"text": f"Same number as {rows[0].name}.", "seen": False}
        rows[1].checks = {"other": entry}
        rows[0].employee_id.unlink()
        self.env.invalidate_all()
        self.assertEqual(rows[1].checks["other"]["text"], "Same number as (deleted).")
        self.assertFalse(rows[1].checks["other"]["seen"])
