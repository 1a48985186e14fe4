# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the database refuses of one person is that person's problem, and in no log."""

import logging
import random

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.in_halves import in_halves, no_person_in_the_log
from .common_employees import EmployeesCase, employment

#: What only these tests' people have, and no log may have.
SECRETS = ("Geheimstraat", "9876.54", "Onbekend")


def unlike(text):
    """So many characters, of which no two are alike enough to be packed."""
    signs = random.Random(1)
    return "".join(chr(signs.randrange(0x10000, 0x1F000)) for _sign in range(text))


@tagged("post_install", "-at_install")
class TestOneBadRow(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.written = []
        handler = logging.Handler()
        handler.emit = lambda record: self.written.append(record.getMessage())
        for name in ("odoo.sql_db", "odoo.addons.l10n_nl_loket", "odoo.models"):
            logger = logging.getLogger(name)
            self.addCleanup(logger.setLevel, logger.level)
            self.addCleanup(logger.removeHandler, handler)
            logger.setLevel(logging.INFO)
            logger.addHandler(handler)

    def refuse_in_database(self, table, column, text):
        """Let the database refuse what an addon of somebody else may refuse."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ADD CHECK (strpos(%s, %s) = 0)",
                SQL.identifier(table),
                SQL.identifier(column),
                text,
            )
        )

    def people(self, count=11):
        return [
            employment(
                number,
                f"Jan{number}",
                person={"street": f"Geheimstraat {number}"},
            )
            for number in range(1, count + 1)
        ]

    def assert_no_person_in_the_log(self):
        for line in self.written:
            for secret in SECRETS:
                self.assertNotIn(secret, line)

    def assert_all_but_one(self, run, name):
        """Of eleven ten are there, and the other one is told by name."""
        self.assertEqual(len(self.connection.loket_employee_ids), 10)
        self.assertEqual((run.state, run.created, run.failed), ("partial", 10, 1))
        failed = run.line_ids.filtered(lambda line: line.kind == "failed")
        self.assertEqual(len(failed), 1)
        self.assertIn(name, failed.name)
        self.assertTrue(failed.message)
        self.assertIn(name, run.message)
        self.assertIn(name, self.connection.last_error)
        self.assert_no_person_in_the_log()

    def test_at_the_first_import_the_others_come_in(self):
        bad = {
            "a number that no column holds": {"payroll_number": 2**31},
            "a character that no text holds": {"person": {"last_name": "On\0bekend"}},
            "half an emoji": {"person": {"last_name": "Onbekend\ud83d"}},
            "a text that no index holds": {"person": {"employee_number": unlike(900)}},
        }
        for what, values in bad.items():
            with self.subTest(what):
                savepoint = self.env.cr.savepoint()
                self.loket.people = self.people()
                person = values.pop("person", {})
                self.loket.change(6, person=person, **values)
                self.assert_all_but_one(self.sync(), "Jan6")
                savepoint.close(rollback=True)

    def test_whoever_the_database_refuses_is_told_by_name(self):
        self.refuse_in_database("loket_employee", "name", "Jan6")
        self.loket.people = self.people()
        self.assert_all_but_one(self.sync(), "Jan6")

    def test_of_two_bad_ones_both_are_told(self):
        self.refuse_in_database("loket_employee", "name", "Pech")
        self.loket.people = self.people()
        for number in (6, 7):
            self.loket.change(number, person={"last_name": "Pech"})
        run = self.sync()
        self.assertEqual((run.created, run.failed), (9, 2))
        names = run.line_ids.filtered(lambda line: line.kind == "failed").mapped("name")
        self.assertEqual(names, ["Jan6 Pech", "Jan7 Pech"])

    def test_a_known_row_that_can_not_be_kept_stays_as_it_was(self):
        rows = self.arrive(*self.people(4))
        rows.action_add()
        self.refuse_in_database("loket_employee", "name", "Onbekend")
        self.loket.change(2, person={"last_name": "Onbekend"})
        self.loket.change(3, person={"last_name": "Nieuw"})
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertEqual(rows[1].name, "Jan2 Bakker")
        self.assertIn("CheckViolation", rows[1].problem)
        self.assertEqual(rows[1].employee_id.name, "Jan2 Bakker")
        self.assertEqual(rows[2].employee_id.name, "Jan3 Nieuw")
        self.assertFalse(rows[2].problem)
        self.assert_no_person_in_the_log()

        self.loket.change(2, person={"last_name": "Bakker"})
        self.sync()
        self.assertFalse(rows[1].problem)

    def test_an_employee_that_can_not_be_written_stops_no_other(self):
        rows = self.arrive(*self.people(4))
        rows.action_add()
        self.refuse_in_database("hr_employee", "name", "Onbekend")
        self.loket.change(2, person={"last_name": "Onbekend"})
        self.loket.change(3, person={"last_name": "Nieuw"})
        self.sync()
        self.assertIn("CheckViolation", rows[1].problem)
        self.assertEqual(rows[2].employee_id.name, "Jan3 Nieuw")
        self.assert_no_person_in_the_log()

    def test_what_is_kept_of_a_row_with_its_employee_stops_no_other(self):
        rows = self.arrive(*self.people(4))
        rows.action_add()
        # In the snapshot, which is written after the employee.
        self.env.cr.execute(
            "ALTER TABLE loket_employee ADD CHECK "
            "(strpos(snapshot->>'street', 'Geheimstraat 999') > 0 IS NOT TRUE)"
        )
        self.loket.change(2, person={"street": "Geheimstraat 999"})
        self.loket.change(3, person={"street": "Geheimstraat 3a"})
        self.sync()
        self.assertTrue(rows[1].problem)
        self.assertEqual(rows[1].employee_id.private_street, "Geheimstraat 2")
        self.assertEqual(rows[2].employee_id.private_street, "Geheimstraat 3a")
        self.assert_no_person_in_the_log()

    def test_whoever_can_not_be_added_stops_no_other(self):
        rows = self.arrive(*self.people(5))
        self.refuse_in_database("hr_employee", "name", "Jan2")
        rows.action_add()
        self.assertEqual(rows.filtered("problem"), rows[1])
        self.assertEqual(len(rows.employee_id), 4)
        self.assert_no_person_in_the_log()

    def test_a_lost_transaction_is_not_taken_for_a_bad_row(self):
        with self.assertRaisesRegex(Exception, "canceling|timeout"):
            in_halves(
                self.env.cr,
                [1, 2],
                lambda _part: self.env.cr.execute(
                    "SET LOCAL statement_timeout = 5; SELECT pg_sleep(1)"
                ),
                lambda _item, _error: self.fail("nobody is to blame"),
            )

    def test_outside_of_it_statements_are_logged_as_ever(self):
        query = "SELECT 'Onbekend'::integer"
        for context, shown in ((no_person_in_the_log, False), (None, True)):
            self.written.clear()
            with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                if context:
                    with context():
                        self.env.cr.execute(query)
                else:
                    self.env.cr.execute(query)
            self.assertEqual(any("Onbekend" in line for line in self.written), shown)
