# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was found late is kept: it tells what a look-up of everything would tell."""

import os
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .test_export_late import LateCase

LOG = "odoo.addons.l10n_nl_loket.models.export.loket_export_watch"


class KeptCase(LateCase):
    """September was made, and what is late of it was looked up."""

    def setUp(self):
        super().setUp()
        # Again for each test: a number of a row that another one took stays taken.
        self.files()._watches()

    @classmethod
    def files(cls):
        exports = cls.env["loket.export"].sudo()
        return exports.search([("is_latest", "=", True)])

    def plainly(self):
        """What reading all bookings tells, with nothing kept: the plain way."""
        files = self.files()
        found = []
        for own in files.grouped("connection_id").values():
            found += own._look_up()[0]
        return {id_: watch for id_, watch, _days, _is_shared in found}

    def check(self):
        """What is told is what the plain way tells."""
        told = self.files()._watches()
        self.assertEqual(told, self.plainly())
        return told

    @contextmanager
    def reading(self, people):
        """Whose bookings are read: those of all (None), of these, of nobody ([])."""
        read = []
        exports = type(self.env["loket.export"])
        plain = exports._booked_now

        def watched(self, files, coverage, lists, rules, among=None):
            read.append(among)
            return plain(self, files, coverage, lists, rules, among)

        with patch.object(exports, "_booked_now", watched):
            yield
        wanted = [] if people == [] else [people and set(people.ids)]
        self.assertEqual(read, wanted)

    def late_hours(self):
        """{name: hours} that are late of September."""
        watch = self.files()._watches()[self.september.id]
        people = self.env["hr.employee"]
        return {
            people.browse(late.cell.employee).name: float(late.amount.hours)
            for late in watch.late
        }


class TestKept(KeptCase):
    def test_nothing_is_read_when_nothing_was_booked(self):
        with self.reading([]):
            self.check_told_nothing()
        # The same few, however many lines, people and files there are.
        with self.reading([]), self.assertQueryCount(8):
            self.files()._watches()

    def check_told_nothing(self):
        watch = self.files()._watches()[self.september.id]
        self.assertFalse(watch.is_late or watch.is_elsewhere)

    def test_of_whom_was_booked_alone_is_read(self):
        self._book(self.anna, 20, 7)
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 7})
        with self.reading([]):
            self.assertEqual(self.late_hours(), {self.anna.name: 7})
        self._book(self.bram, 20, 2)
        with self.reading(self.bram):
            self.assertEqual(self.late_hours(), {self.anna.name: 7, self.bram.name: 2})
        self.check()

    def test_what_is_booked_in_a_period_without_a_file_is_not_read(self):
        self._book_in(10, self.anna, 5)
        with self.reading([]):
            self.check_told_nothing()

    def test_what_is_changed_moved_and_removed(self):
        self.anna_line.unit_amount = 33
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: -7})
        self.anna_line.employee_id = self.bram
        with self.reading(self.anna | self.bram):
            self.assertEqual(
                self.late_hours(), {self.anna.name: -40, self.bram.name: 33}
            )
        self.anna_line.date = date(2026, 10, 5)
        with self.reading(self.bram):
            self.assertEqual(self.late_hours(), {self.anna.name: -40})
        self.bram_line.unlink()
        with self.reading(self.bram):
            self.assertEqual(
                self.late_hours(), {self.anna.name: -40, self.bram.name: -30}
            )
        self.check()

    def test_what_a_line_loses_with_its_project(self):
        self.env.flush_all()
        self.anna_line.project_id = False
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: -40})

    def test_what_somebody_writes_past_odoo(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_analytic_line SET unit_amount = 41 WHERE id = %s",
            [self.anna_line.id],
        )
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 1})
        self.insert_by_sql("account_analytic_line", self.anna_line)
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 42})
        self.env.cr.execute(
            "DELETE FROM account_analytic_line WHERE employee_id = %s", [self.anna.id]
        )
        self.env.invalidate_all()
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: -40})

    def insert_by_sql(self, table, record):
        """Once more what is there."""
        self.env.cr.execute(
            "SELECT string_agg(column_name, ',') FROM information_schema.columns "
            "WHERE table_name = %s AND column_name != 'id'",
            [table],
        )
        columns = self.env.cr.fetchone()[0]
        self.env.cr.execute(
            f"INSERT INTO {table} ({columns}) "
            f"SELECT {columns} FROM {table} WHERE id = %s",
            [record.id],
        )

    def test_the_first_mark_of_all_is_news(self):
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM loket_booking_mark")
        self.env.cr.execute("ALTER SEQUENCE loket_booking_mark_id_seq RESTART")
        self.files()._watches(afresh=True)
        self.insert_by_sql("account_analytic_line", self.anna_line)
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 40})

    def test_wage_entries_and_whatever_else_is_a_kind_of_booking(self):
        component = self.env["hr.wage.component"].create(
            {"name": "Meals", "code": "MEALS", "unit": "quantity"}
        )
        self._map_component("130", wage_component_id=component.id)
        self.files()._watches()
        entry = self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": component.id,
                "date": date(2026, 9, 20),
                "value": 3,
            }
        )
        for change in (lambda: None, lambda: entry.write({"value": 4}), entry.unlink):
            change()
            with self.reading(self.anna):
                self.files()._watches()
            self.check()

    def test_a_booking_costs_no_query_more(self):
        self.env.flush_all()
        vals = {"employee_id": self.anna.id, "project_id": self.project.id}
        vals |= {"name": "Work", "date": date(2026, 9, 20), "unit_amount": 1}
        lines = self.env["account.analytic.line"]
        counts = []
        for day in (date(2026, 9, 20), date(2026, 10, 20)):
            before = self.env.cr.sql_log_count
            lines.create([{**vals, "date": day}] * 5)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
        marks = self.env["loket.booking.mark"].search(
            [("employee_id", "=", self.anna.id)]
        )
        self.assertTrue(marks)
        self.cr_drop_triggers()
        before = self.env.cr.sql_log_count
        lines.create([vals] * 5)
        self.env.flush_all()
        self.assertEqual(self.env.cr.sql_log_count - before, counts[0])

    def cr_drop_triggers(self):
        self.env.cr.execute("DROP FUNCTION loket_booking_mark() CASCADE")

    def test_where_somebody_could_book_without_a_mark_nothing_is_kept(self):
        self.cr_drop_triggers()
        with self.reading(None):
            self.check_told_nothing()
        self._book(self.anna, 20, 7)
        with self.reading(None):
            self.assertEqual(self.late_hours(), {self.anna.name: 7})
        marks = self.env["loket.booking.mark"]
        marks._mark_tables()
        self.assertTrue(marks._is_complete())
        for table in ("account_analytic_line", "hr_wage_entry"):
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            self.assertFalse(marks._is_complete())
            self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            # They are at work again, but not for a tool that copies rows in.
            self.assertFalse(marks._is_complete())
            marks._mark_tables()
            self.assertTrue(marks._is_complete())

    def test_who_may_only_book_leaves_marks(self):
        worker = new_test_user(
            self.env,
            login="worker",
            groups="hr_timesheet.group_hr_timesheet_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.anna.user_id = worker
        self.files()._watches()
        line = self.anna_line.with_user(worker).create(
            {
                "name": "/",
                "project_id": self.project.id,
                "employee_id": self.anna.id,
                "date": date(2026, 9, 21),
                "unit_amount": 3,
            }
        )
        self.assertTrue(line)
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 3})

    def test_who_is_deleted_takes_the_marks_along(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self._book(stranger, 20, 7)
        self.check()
        marks = self.env["loket.booking.mark"].search([])
        self.assertIn(stranger, marks.employee_id)
        id_ = stranger.id
        stranger.unlink()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT 1 FROM loket_booking_mark WHERE employee_id = %s", [id_]
        )
        self.assertFalse(self.env.cr.fetchall())
        self.check()
        kept = self.env["loket.export.kept"].search([])
        self.assertNotIn(id_, {row[0] for one in kept for row in one.found["missing"]})

    def test_a_mark_of_who_had_not_committed_yet_is_news(self):
        """By transaction 200 of what is kept, 150 was under way and 99 was over."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loket_export_kept SET snapshot = '100:200:150', transaction = '150'"
            ", last_mark = 7"
        )
        kept = self.env["loket.export.kept"]
        prints = kept._fingerprints(self.september.sudo())
        for transaction, number, is_news in (
            ("99", 900, False),
            ("151", 900, False),
            ("200", 900, True),
            ("200", 5, True),
            ("150", 8, True),
            ("150", 7, False),
        ):
            self.env.cr.execute("DELETE FROM loket_booking_mark")
            self.env.cr.execute(
                "INSERT INTO loket_booking_mark "
                "(id, employee_id, day, transaction, create_date) "
                "VALUES (%s, %s, '2026-09-20', %s, now())",
                [number, self.anna.id, transaction],
            )
            found = kept._found(self.september, prints)[self.september.id]
            with self.subTest(transaction=transaction, number=number):
                self.assertEqual(found[1], {self.anna.id} if is_news else set())

    def test_marks_go_when_all_that_is_kept_has_seen_them(self):
        marks = self.env["loket.booking.mark"]
        self.env.cr.execute("DELETE FROM loket_booking_mark")
        self._book(self.anna, 20, 7)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loket_booking_mark SET create_date = now() - interval '2 days'"
        )
        marks._gc_marks()
        # Whoever keeps may not have seen what this very transaction booked.
        self.assertTrue(marks.search([]))
        self.env.cr.execute("UPDATE loket_booking_mark SET transaction = '3'")
        self.env.cr.execute("UPDATE loket_export_kept SET snapshot = '3:3:'")
        marks._gc_marks()
        self.assertTrue(marks.search([]))
        self.env.cr.execute("UPDATE loket_export_kept SET snapshot = '4:4:'")
        marks._gc_marks()
        self.assertFalse(marks.search([]))

    def test_what_no_night_looked_up_is_not_kept_and_keeps_no_marks(self):
        self.env.cr.execute(
            "UPDATE loket_export_kept SET write_date = now() - interval '4 days'"
        )
        self.env["loket.booking.mark"]._gc_marks()
        with self.reading(None):
            self.check_told_nothing()

    def test_the_night_reads_all_and_sets_right_what_was_kept(self):
        with self.reading(None), self.assertNoLogs(LOG, "WARNING"):
            self.env["loket.export"]._cron_late()
        self.env.cr.execute(
            """UPDATE loket_export_kept SET found = '{"late": [], "elsewhere": [],
            "missing": [[%s, "hours", %s, true, "listed", "5"]]}'""",
            [self.anna.id, self.attendance.id],
        )
        self.assertTrue(self.files()._watches()[self.september.id].is_late)
        with self.reading(None), self.assertLogs(LOG, "WARNING") as logs:
            self.env["loket.export"]._cron_late()
        self.assertNotIn("Anna", "".join(logs.output))
        with self.reading([]):
            self.check_told_nothing()
        # What was booked in the day is no fault of what was kept.
        self._book(self.anna, 20, 7)
        with self.assertNoLogs(LOG, "WARNING"):
            self.env["loket.export"]._cron_late()

    def test_a_file_of_before_the_sources_were_kept(self):
        self.september.sudo().ledger = False
        self.files()._watches(afresh=True)
        self._book(self.anna, 20, 7)
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 7})
        self.check()

    def test_a_number_that_is_somebody_elses_by_now(self):
        cees = self._employee("Cees Vreemd", self.shop)
        self._book(cees, 2, 5)
        (self.anna_job | self.bram_job).write(
            {"decision": "pending", "employee_id": False}
        )
        self.anna_job.write({"decision": "link", "employee_id": self.bram.id})
        self.bram_job.write({"decision": "link", "employee_id": self.anna.id})
        self.check()
        for person in (self.anna, self.bram):
            self._book(person, 21, -3)
            self.check()
            self._book(person, 21, 60)
            self.check()

    def test_an_employment_of_somebody_else_by_now_and_its_new_number(self):
        """Who is looked up alone is told of it as in a look-up of all."""
        self.anna_job.write({"decision": "pending", "employee_id": False})
        self.bram_job.write({"decision": "link", "employee_id": self.anna.id})
        self.anna_job.write({"decision": "link", "employee_id": self.bram.id})
        self.anna_job.payroll_number = 9
        before = self.check()
        self.assertTrue(before[self.september.id].is_late)
        self._book(self.anna, 21, 3)
        with self.reading(self.anna):
            self.files()._watches()
        self.check()

    def test_somebody_who_was_left_out_and_is_deleted_by_now(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        line = self._book(stranger, 20, 7)
        self.september = self._make(period=9, accept_left_out=True)
        line.unlink()
        stranger.unlink()
        self.env.flush_all()
        self.check()
        with self.reading([]):
            self.check_told_nothing()

    def test_what_was_booked_while_nothing_left_marks_is_read(self):
        for off, on in (
            (
                "ALTER TABLE account_analytic_line DISABLE TRIGGER USER",
                "ALTER TABLE account_analytic_line ENABLE TRIGGER USER",
            ),
            ("DROP FUNCTION loket_booking_mark() CASCADE", None),
            ("TRUNCATE account_analytic_line CASCADE", None),
        ):
            self.env.flush_all()
            self.env.cr.execute(off)
            self._book(self.anna, 20, 7)
            self.env.flush_all()
            if on:
                self.env.cr.execute(on)
            self.env["loket.booking.mark"]._mark_tables()
            self.assertTrue(self.env["loket.booking.mark"]._is_complete())
            with self.reading(None):
                self.files()._watches()
            self.check()

    def test_what_a_tool_copies_in_as_a_replica_leaves_marks(self):
        """It switches off what triggers do, and says so nowhere in the database."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.insert_by_sql("account_analytic_line", self.anna_line)
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        with self.reading(self.anna):
            self.assertEqual(self.late_hours(), {self.anna.name: 40})

    def test_triggers_of_before_come_to_mark_what_is_copied_in_too(self):
        marks = self.env["loket.booking.mark"]
        for table in marks._tables():
            self.env.cr.execute(
                f"ALTER TABLE {table} ENABLE TRIGGER loket_booking_mark_insert"
            )
        self.assertFalse(marks._is_complete())
        marks._mark_tables()
        self.assertTrue(marks._is_complete())

    def test_what_a_database_brings_along_from_another_server_is_not_believed(self):
        """Its transactions have other numbers: marks of now would look old."""
        self.env.flush_all()
        far = 10**15
        self.env.cr.execute(
            "UPDATE loket_export_kept SET snapshot = %s", [f"{far}:{far}:"]
        )
        self.insert_by_sql("account_analytic_line", self.anna_line)
        with self.reading(None):
            self.assertEqual(self.late_hours(), {self.anna.name: 40})
        with self.reading([]):
            self.files()._watches()
        self.env.cr.execute(
            "UPDATE loket_export_kept SET write_date = pg_postmaster_start_time() "
            "AT TIME ZONE 'UTC' - interval '1 second'"
        )
        with self.reading(None):
            self.files()._watches()
        # Nor do its marks stay, and have people read for ever.
        marks = self.env["loket.booking.mark"]
        self.env.cr.execute(
            "UPDATE loket_booking_mark SET transaction = %s, "
            "create_date = now() - interval '2 days'",
            [far],
        )
        marks._gc_marks()
        self.assertFalse(marks.search([]))


class TestWhatRulesRead(KeptCase):
    """Whatever decides where a booking goes has everything looked up again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offered = cls._offer("1")
        cls.meals = cls.env["hr.wage.component"].create(
            {"name": "Meals", "code": "MEALS", "unit": "quantity"}
        )
        cls.stranger = cls._employee("Cees Vreemd", cls.shop)
        cls._book(cls.stranger, 2, 5)
        cls._book(cls.anna, 22, 7)
        cls.mapping = cls.connection.component_mapping_ids

    def check_read(self, change, is_read=True, people=None):
        with self.env.cr.savepoint():
            change()
            with self.reading(people if is_read else []):
                self.files()._watches()
            self.check()
            with self.reading([]):
                self.files()._watches()
            raise _Undone

    def check_all(self, changes, **options):
        for number, change in enumerate(changes):
            with self.subTest(number=number):
                try:
                    self.check_read(change, **options)
                except _Undone:
                    self.env.invalidate_all()

    def test_codes_components_and_hour_types(self):
        self.check_all(
            [
                lambda: self.mapping.write({"component_code": "30"}),
                lambda: self.mapping.write({"is_skipped": True}),
                lambda: self.mapping.write({"normal_hours": True}),
                lambda: self.mapping.unlink(),
                lambda: self._map_component("7", work_entry_type_id=self.overtime.id),
                lambda: self.offered.write({"collective": False}),
                lambda: self.offered.write({"code": "2"}),
                lambda: self.offered.write({"active": False}),
                lambda: self.offered.write({"category": "Bedragen"}),
                lambda: self._offer("2"),
                lambda: self.attendance.write({"is_leave": True}),
                lambda: self.meals.write({"unit": "days"}),
            ]
        )

    def test_departments_units_and_periods(self):
        center = self.env["loket.cost.center"].search([("code", "=", "100")])
        mappings = self.env["loket.department.mapping"].search([])
        own = mappings.filtered(lambda one: one.department_id == self.shop)
        version = self.anna.version_id
        self.check_all(
            [
                lambda: center.write({"code": "101"}),
                lambda: own.unlink(),
                lambda: self.env["loket.period"].create(
                    {
                        "connection_id": self.connection.id,
                        "year": 2026,
                        "number": 9,
                        "date_from": "2026-08-21",
                        "date_to": "2026-09-20",
                    }
                ),
            ]
        )

        self.check_all(
            [
                lambda: version.write({"department_id": self.office.id}),
                lambda: self.anna.create_version(
                    {"date_version": "2026-09-10", "department_id": self.office.id}
                ),
            ],
            people=self.anna,
        )

    def test_employments_and_people(self):
        job = self.anna_job
        self.check_all(
            [
                lambda: job.write({"end_date": "2026-09-15"}),
                lambda: job.write({"start_date": "2026-09-15"}),
                lambda: job.write({"payroll_number": 9}),
                lambda: job.write({"shift": 3}),
                lambda: job.write({"shifts": [["2026-09-15", 2]]}),
                lambda: job.write({"decision": "pending", "employee_id": False}),
                lambda: job.write({"employee_id": self.stranger.id}),
                lambda: job.write({"in_loket": False, "vanished_on": "2026-09-01"}),
                lambda: job.write({"in_loket": False}),
                lambda: job.write({"vanished_on": "2026-09-01"}),
                lambda: job.write({"is_on_call": True}),
                lambda: job.write({"hours_by_loket": True}),
                lambda: job.write({"salaried_hours": "leave_out"}),
                lambda: job.write({"gets_hours": True}),
                lambda: job.write({"hours_project_ids": [(4, self.project.id)]}),
                lambda: job.write({"held": {"number": 1}}),
                lambda: job.write({"former_administration_ref": "another"}),
                lambda: self._link(self.stranger, 3),
                lambda: self._link(
                    self.stranger, 3, decision="pending", employee_id=False
                ),
                lambda: self.stranger.write({"name": "Anna"}),
                lambda: self.stranger.write({"work_email": "a@example.com"}),
                lambda: self.stranger.write({"barcode": "7"}),
                lambda: self.stranger.write({"birthday": "1990-01-01"}),
                lambda: self.stranger.write({"private_email": "b@example.com"}),
            ]
        )

    def test_whose_an_employment_may_be_that_nobody_decided_on(self):
        """By what Loket tells of it, somebody's hours wait, or are nobody's."""
        waits = self._link(self.stranger, 3, decision="pending", employee_id=False)
        self.files()._watches()
        self.check_all(
            [
                lambda: waits.write({"name": "Anna de Vries"}),
                lambda: waits.write({"birthday": "1990-01-01"}),
                lambda: waits.write({"email": "cees@example.com"}),
                lambda: waits.write({"employee_number": "7"}),
                lambda: waits.write({"employee_ref": self.anna_job.employee_ref}),
                lambda: waits.sudo().write({"snapshot": {"work_email": "c@d.nl"}}),
                lambda: waits.write({"decision": "ignore"}),
                lambda: waits.write({"in_loket": False}),
                waits.unlink,
            ]
        )
        self.check_all(
            [lambda: self.anna_job.sudo().write({"snapshot": {"email": "c@d.nl"}})],
            is_read=False,
        )

    def test_who_is_of_the_company_and_its_branches(self):
        branch = self.company.create({"name": "Branch", "parent_id": self.company.id})
        elsewhere = self.company.create({"name": "Elsewhere"})
        cees = self._employee("Cees Filiaal", self.shop)
        self._book(cees, 3, 4)
        cees.company_id = branch
        told = self.check()[self.september.id]
        self.assertIn(cees.id, {missing.employee for missing in told.missing})
        self.check_all(
            [
                lambda: cees.write({"company_id": elsewhere.id}),
                lambda: cees.write({"active": False}),
                lambda: branch.write({"active": False}),
                lambda: self._connection(branch, 7777),
                lambda: self.env.cr.execute(
                    "UPDATE res_company SET parent_path = %s WHERE id = %s",
                    [f"{elsewhere.id}/{branch.id}/", branch.id],
                ),
            ]
        )

    def test_settings_and_files(self):
        connection = self.connection
        other = self._connection(self.company, 6666)
        dozen = self.env.ref("uom.product_uom_dozen")
        self._book_in(10, self.bram, 9)
        self.files()._watches()
        self.check_all(
            [
                lambda: connection.write({"default_shift": 4}),
                lambda: connection.write({"distribution": "none"}),
                lambda: connection.write({"salaried_hours": "leave_out"}),
                lambda: connection.write({"write_zero": False}),
                lambda: self.env.cr.execute(
                    "UPDATE loket_connection SET administration_ref = 'another'"
                ),
                lambda: connection.write({"period_type": "week"}),
                lambda: dozen.write({"relative_factor": 13}),
                lambda: self.company.create(
                    {"name": "Branch", "parent_id": self.company.id}
                ),
                lambda: self.env.ref("base.module_mail").write(
                    {"latest_version": "another"}
                ),
                lambda: connection.write({"environment": "acceptance"}),
                lambda: other.write({"active": False}),
                lambda: self.env.cr.execute(
                    "UPDATE res_company SET currency_id = currency_id + 1 "
                    "WHERE id = %s",
                    [self.company.id],
                ),
                lambda: self.september.sudo().write({"send_delivered": True}),
                lambda: self._make(period=9, accept_left_out=True),
                lambda: self._make(period=10, take_late=True, accept_left_out=True),
            ]
        )

    def test_another_file_has_only_those_read_that_it_concerns(self):
        """Months later there are a dozen files: not all are read for each new one."""
        self._book_in(10, self.bram, 9)
        self._book_in(11, self.bram, 9)
        self.september = self._make(period=9, accept_left_out=True)
        self.files()._watches()
        for period, vals, concerned in (
            (10, {}, [10]),
            (10, {}, [10]),
            (9, {}, [9]),
            (11, {}, [11]),
            (11, {"take_late": True}, [11]),
        ):
            self._make(period=period, accept_left_out=True, **vals)
            with self.looking_up(concerned):
                self.check()
        self._book(self.anna, 23, 2)
        self._make(period=11, take_late=True, accept_left_out=True)
        with self.looking_up([9, 11]):
            self.check()

    def test_days_that_another_file_takes_after_loket_dated_periods_anew(self):
        """Of none of the days that a file was made for, but of those it has by now."""
        self._book_in(7, self.anna, 5)
        self._make(period=7, accept_left_out=True)
        self.env["loket.period"].create(
            [
                {
                    "connection_id": self.connection.id,
                    "year": 2026,
                    "number": number,
                    "date_from": first,
                    "date_to": last,
                }
                for number, first, last in (
                    (7, "2026-07-01", "2026-07-31"),
                    (8, "2026-08-01", "2026-08-31"),
                    (9, "2026-08-21", "2026-09-20"),
                )
            ]
        )
        self._book(self.bram, 1, 8, date=date(2026, 8, 25))
        september = self.september.id
        before = self.check()[september]
        self.assertIn(self.bram.id, {late.cell.employee for late in before.late})
        self._make(period=8, accept_left_out=True)
        after = self.check()[september]
        self.assertNotIn(self.bram.id, {late.cell.employee for late in after.late})

    def test_a_file_of_another_link_of_the_company_may_hold_some_of_it(self):
        other = self._connection(self.company, 6666, distribution="none")
        self._link(self.stranger, 60, other)
        self.env["loket.component.mapping"].create(
            {
                "connection_id": other.id,
                "component_code": "1",
                "work_entry_type_id": self.attendance.id,
            }
        )
        self.files()._watches()
        self._make(period=9, connection_id=other.id)
        with self.looking_up([9, 9]):
            self.check()

    def pay_elsewhere(self):
        """Another link of the company delivered Anna's September, and pays her no more.

        :return: that link
        """
        other = self._connection(self.company, 6666, distribution="none")
        self.env["loket.component.mapping"].create(
            {
                "connection_id": other.id,
                "component_code": "1",
                "work_entry_type_id": self.attendance.id,
            }
        )
        unlinked = {"decision": "pending", "employee_id": False}
        self.anna_job.write(unlinked)
        job = self._link(self.anna, 60, other)
        self._make(period=9, connection_id=other.id, accept_left_out=True)
        job.write(unlinked)
        self.anna_job.write({"decision": "link", "employee_id": self.anna.id})
        return other

    def test_what_another_link_delivered_hangs_together(self):
        self.pay_elsewhere()
        self.check()
        kept = self.env["loket.export.kept"].search([])
        of_it = kept.filtered(lambda one: one.export_id == self.september)
        self.assertTrue(of_it.is_shared)
        self._book(self.bram, 24, 3)
        watches = self.september._watches()
        self.assertEqual(watches, self.september._watches(afresh=True))
        self._book(self.bram, 25, 3)
        with self.reading(None):
            self.september._watches()

    def test_periods_that_loket_dates_anew_for_another_link_of_the_company(self):
        """Of which of its files a day is decides what is left for this one."""
        other = self.pay_elsewhere()
        self.september._watches()
        with self.reading([]):
            self.september._watches()
        self.env["loket.period"].create(
            {
                "connection_id": other.id,
                "year": 2026,
                "number": 9,
                "date_from": "2026-09-11",
                "date_to": "2026-10-10",
            }
        )
        with self.reading(None):
            self.september._watches()

    def another_company(self):
        """A link of a company that has nothing to do with this one."""
        company = self.company.create({"name": "Elsewhere"})
        self.env.user.company_ids |= company
        link = self._connection(company, 6666, distribution="none")
        self.env["loket.component.mapping"].create(
            {
                "connection_id": link.id,
                "component_code": "1",
                "work_entry_type_id": self.attendance.id,
            }
        )
        return link

    def late_before(self):
        self._book(self.anna, 22, 7)
        before = self.check()[self.september.id]
        self.assertTrue(before.is_late)
        return before

    def check_is_news(self, before):
        """Of whom no more is known than what tells that all is as it was."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM loket_booking_mark")
        self.assertNotEqual(self.check()[self.september.id], before)

    def test_who_went_to_another_company_and_came_back_the_same(self):
        """What it delivered meanwhile is delivered, though all is as it was."""
        other = self.another_company()
        there = self._link(self.anna, 60, other, decision="pending", employee_id=False)

        def work_at(job):
            for one in self.anna_job | there:
                one.write({"decision": "pending", "employee_id": False})
            self.anna.company_id = job.company_id
            job.write({"decision": "link", "employee_id": self.anna.id})

        work_at(there)
        work_at(self.anna_job)
        before = self.late_before()
        work_at(there)
        self._make(period=9, connection_id=other.id, accept_left_out=True)
        work_at(self.anna_job)
        self.check_is_news(before)

    def test_who_was_at_another_company_for_the_time_of_one_file(self):
        other = self.another_company()
        before = self.late_before()
        self.anna.company_id = other.company_id
        there = self._link(self.anna, 60, other)
        self._make(period=9, connection_id=other.id, accept_left_out=True)
        there.unlink()
        self.anna.company_id = self.company
        self.check_is_news(before)

    @contextmanager
    def looking_up(self, periods):
        """Of which files everything is looked up."""
        read = []
        exports = type(self.env["loket.export"])
        plain = exports._look_up

        def watched(self, people=None):
            read.extend(self.mapped("period"))
            return plain(self, people)

        with patch.object(exports, "_look_up", watched):
            self.files()._watches()
        self.assertEqual(sorted(read), periods)
        yield

    def test_what_decides_nothing_has_nothing_read(self):
        self.check_all(
            [
                lambda: self.connection._loket_store_token({"access_token": "a"}),
                lambda: self.connection.write({"last_error": "-"}),
                lambda: self.anna_job.write({"payslips_tried": "2026-10-01"}),
                lambda: self._export(period=10).action_check(),
                lambda: self.september.write({"state": "sent"}),
            ],
            is_read=False,
        )


class _Undone(Exception):
    """What was changed is taken back."""


class TestKeptAtRandom(KeptCase):
    """Whatever happens, in any order: what is told is what the plain way tells."""

    SEEDS, STEPS = (200 if os.environ.get("LOKET_LONG") else 4), 25

    def test_what_is_told_is_what_the_plain_way_tells(self):
        for seed in range(self.SEEDS):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self.play(Random(seed))
                savepoint.rollback()
            self.env.invalidate_all()

    def play(self, random):
        """Things that people do, and a look after each."""
        self.random = random
        self._map_component("30", work_entry_type_id=self.overtime.id)
        cees = self._employee("Cees Vreemd", self.shop)
        self.people = self.anna | self.bram | cees
        self.jobs = self.anna_job | self.bram_job | self._link(cees, 3)
        self.lines = self.anna_line | self.bram_line
        self.links = self.connection
        if random.random() < 0.5:
            self.another_link()
        does = [self.books] * 4 + [self.changes] * 3 + [self.removes, self.moves]
        does += [self.by_sql, self.relinks, self.ends, self.maps, self.transfers]
        does += [self.dates] if random.random() < 0.3 else []
        does += [self.makes] * 3
        for _step in range(self.STEPS):
            random.choice(does)()
            if random.random() < 0.7:
                self.check()
        self.check()

    def another_link(self):
        """Of the same company; it pays Bram from some day on."""
        other = self._connection(self.company, 7777, distribution="none")
        self.env["loket.component.mapping"].create(
            {
                "connection_id": other.id,
                "component_code": "1",
                "work_entry_type_id": self.attendance.id,
            }
        )
        start = self.random.choice(["2026-09-20", "2027-01-01"])
        self.jobs |= self._link(self.bram, 20, other, start_date=start)
        self.links |= other

    def dates(self):
        """Loket dates a month anew."""
        periods = self.env["loket.period"]
        periods.search([("number", "=", 10)]).unlink()
        vals = {"connection_id": self.connection.id, "year": 2026, "number": 10}
        days = {"date_from": "2026-09-25", "date_to": "2026-10-31"}
        periods.create({**vals, **days})

    def books(self):
        month, day = self.random.choice([9, 10, 11]), self.random.randint(1, 28)
        self.lines |= self._book(
            self.random.choice(self.people),
            1,
            self.random.randint(-200, 900) / 100,
            date=date(2026, month, day),
            work_entry_type_id=self.random.choice([self.attendance, self.overtime]).id,
        )

    def changes(self):
        if self.lines:
            line = self.random.choice(self.lines)
            line.unit_amount = self.random.randint(1, 900) / 100

    def removes(self):
        if self.lines:
            line = self.random.choice(self.lines)
            self.lines -= line
            line.unlink()

    def moves(self):
        if self.lines:
            line = self.random.choice(self.lines)
            line.employee_id = self.random.choice(self.people)
            line.date += timedelta(days=self.random.randint(-20, 20))

    def by_sql(self):
        self.env.flush_all()
        if self.lines:
            self.env.cr.execute(
                "UPDATE account_analytic_line SET unit_amount = unit_amount + 1 "
                "WHERE id = %s",
                [self.random.choice(self.lines).id],
            )
            self.lines.invalidate_recordset()

    def relinks(self):
        job = self.random.choice(self.jobs)
        linked = job.decision == "link"
        employee = False if linked else self.random.choice(self.people).id
        decision = "pending" if linked else "link"
        job.write({"decision": decision, "employee_id": employee})

    def ends(self):
        end = self.random.choice([False, "2026-09-15", "2026-10-31"])
        self.random.choice(self.jobs).end_date = end

    def maps(self):
        mapping = self.random.choice(self.connection.component_mapping_ids)
        mapping.component_code = self.random.choice(["1", "30", "31", False])

    def transfers(self):
        version = self.random.choice(self.people).version_id
        version.department_id = self.random.choice([self.shop, self.office])

    @mute_logger("odoo.sql_db")
    def makes(self):
        try:
            with self.env.cr.savepoint():
                self._make(
                    connection_id=self.random.choice(self.links).id,
                    period=self.random.choice([9, 10, 11]),
                    take_late=self.random.random() < 0.6,
                    accept_left_out=True,
                )
        except UserError:  # it is empty, or would be wrong
            self.env.invalidate_all()
