# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hundreds at once: in few queries, in the background, no bad row stopping another."""

from datetime import date
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.employee.loket_employee_decision import BATCH
from .common_employees import EmployeesCase, employment


@tagged("post_install", "-at_install")
class TestManyEmployees(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.env.flush_all()
        # The scheduler commits; a test has one transaction, so it only counts.
        self.progress = []
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda _cron, processed=0, remaining=None: (
                self.progress.append(processed) or 60.0
            ),
        )

    def rows(self, count, **values):
        """The rows of ``count`` new employments."""
        self.loket.people = [
            employment(number, f"Jan{number}", **values)
            for number in range(1, count + 1)
        ]
        self.sync()
        return self.connection.loket_employee_ids

    def carry_out(self):
        self.env["loket.employee"]._cron_apply()

    def test_few_are_added_while_one_waits_and_told(self):
        action = self.rows(3).action_add()
        self.assertEqual(action["params"]["message"], "Added or linked: 3 of 3.")
        self.assertEqual(action["params"]["type"], "success")

    def test_of_many_those_who_may_be_in_odoo_are_left_to_decide_on(self):
        rows = self.rows(4)
        known = rows[1:3]
        self.env["hr.employee"].create(
            [
                {"name": "X", "company_id": self.company.id, "work_email": row.email}
                for row in known
            ]
        )
        rows.invalidate_recordset()
        params = rows.action_add()["params"]
        self.assertEqual(set(known.mapped("decision")), {"pending"})
        self.assertEqual(len(rows.employee_id), 2)
        self.assertEqual(params["type"], "warning")
        self.assertIn("one by one: 2", params["message"])
        with self.assertRaisesRegex(UserError, "All of these may be in Odoo"):
            known.action_add()
        known[0].action_add()  # one by one it is meant
        self.assertEqual(len(rows.employee_id), 3)

    def test_what_could_not_be_added_is_told(self):
        rows = self.rows(3)
        rows[1].snapshot = False
        params = rows.action_add()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn("2 of 3", params["message"])
        self.assertIn("Problems", params["message"])

    def test_many_are_added_in_the_background_while_the_connection_tells(self):
        rows = self.rows(BATCH + 1)
        action = rows.action_add()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("loket.connection", self.connection.id),
        )
        self.assertFalse(rows.employee_id)
        self.assertRecordValues(
            self.connection, [{"employees_queued": BATCH + 1, "employees_done": 0}]
        )
        self.carry_out()
        self.assertEqual(len(rows.employee_id), BATCH + 1)
        self.assertEqual(self.progress, [0, BATCH, 1])
        self.assertRecordValues(
            self.connection, [{"employees_queued": 0, "employees_done": BATCH + 1}]
        )

    def test_the_scheduler_is_woken_for_many_and_not_for_few(self):
        cron = self.env.ref("l10n_nl_loket.ir_cron_loket_apply")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        rows = self.rows(BATCH + 2)
        rows[0].action_add()
        after_few = self.env["ir.cron.trigger"].search_count(
            [("cron_id", "=", cron.id)]
        )
        self.assertEqual(after_few, triggers)
        rows[1:].action_add()
        self.assertGreater(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]),
            triggers,
        )

    def test_it_goes_on_where_it_stopped(self):
        rows = self.rows(BATCH + 1)
        rows.action_add()
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda _cron, processed=0, remaining=None: 0.0,  # no time left
        )
        self.carry_out()
        self.assertEqual(len(rows.employee_id), BATCH)
        self.carry_out()
        self.assertEqual(len(rows.employee_id), BATCH + 1)

    def test_it_waits_while_another_is_at_the_same_records(self):
        rows = self.rows(BATCH + 1)
        rows.action_add()
        woken = []
        with (
            patch.object(
                type(rows), "action_apply", side_effect=OperationalError("locked")
            ),
            patch.object(
                type(rows), "_wake_cron", lambda _rows, at=None: woken.append(at)
            ),
            patch.object(self.env.cr, "rollback"),
        ):
            self.carry_out()
        self.assertTrue(woken[0])
        self.assertEqual(self.connection.employees_queued, BATCH + 1)

    def test_a_decision_taken_back_is_not_carried_out(self):
        rows = self.rows(BATCH + 1)
        rows.action_add()
        rows[0].action_reset()
        rows[1].action_ignore()
        self.carry_out()
        self.assertEqual(len(rows.employee_id), BATCH - 1)
        self.assertFalse((rows[0] | rows[1]).employee_id)

    @mute_logger("odoo.sql_db")
    def test_one_bad_row_among_many_is_shown_and_stops_no_other(self):
        rows = self.rows(40)
        self.loket.change(7, end_date=date(2020, 1, 1))  # before its start
        self.sync()
        rows.decision = "add"
        rows.action_apply()
        bad = self.row(7)
        self.assertEqual(len((rows - bad).employee_id), 39)
        self.assertFalse((rows - bad).filtered("problem"))
        self.assertFalse(bad.employee_id)
        self.assertIn("2020-01-01", bad.problem)

    def test_two_employments_of_one_person_added_at_once_are_one_employee(self):
        self.loket.people = [
            employment(1),
            employment(2, "Kees"),
            employment(3, person={"employee_ref": "person-1"}),
        ]
        self.sync()
        rows = self.connection.loket_employee_ids
        rows.action_add()
        self.assertEqual(self.row(1).employee_id, self.row(3).employee_id)
        self.assertEqual(len(rows.employee_id), 2)

    def test_jobs_and_working_schedules_are_made_once(self):
        rows = self.rows(10, hours_per_week=27.5, job_title="Dakdekker")
        rows.action_add()
        self.assertEqual(len(rows.employee_id.job_id), 1)
        self.assertEqual(len(rows.employee_id.resource_calendar_id), 1)
        self.assertEqual(rows.employee_id.resource_calendar_id.hours_per_week, 27.5)

    def test_what_the_addon_asks_of_the_database_does_not_grow_with_the_rows(self):
        """Odoo's own creation aside, which is measured by making the same employees."""

        def own_queries(rows):
            vals = []
            Employee = type(self.env["hr.employee"])
            create = Employee.create

            def counting(model, vals_list):
                before = self.cr.sql_log_count
                made = create(model, vals_list)
                self.env.flush_all()
                vals.append(self.cr.sql_log_count - before)
                return made

            rows.decision = "add"
            self.env.flush_all()
            self.env.invalidate_all()
            with patch.object(Employee, "create", counting):
                before = self.cr.sql_log_count
                rows.action_apply()
                self.env.flush_all()
                return self.cr.sql_log_count - before - sum(vals)

        rows = self.rows(45)
        few, many = own_queries(rows[:5]), own_queries(rows[5:])
        self.assertLess(many, few + 10)

    def test_a_quiet_night_asks_no_more_of_the_database_for_more_people(self):
        def queries(count):
            rows = self.rows(count)
            rows.decision = "add"
            rows.action_apply()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            run = self.sync()
            self.env.flush_all()
            self.assertEqual(run.unchanged, count)
            return self.cr.sql_log_count - before

        few, many = queries(5), queries(45)
        self.assertLess(many, few + 10)
