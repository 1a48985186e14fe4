# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What could not be carried out is shown, and tried again at night."""

from datetime import date

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..gateway import Problem
from .common_employees import EmployeesCase, employment


@tagged("post_install", "-at_install")
class TestFailedDecisions(EmployeesCase):
    def fail_to_add(self):
        """A row that can't be added: it ends before it starts."""
        row = self.arrive(employment(1, end_date=date(2020, 1, 1)))
        with mute_logger("odoo.sql_db"):
            row.action_add()
        self.assertFalse(row.employee_id)
        self.assertTrue(row.problem)
        return row

    def test_a_failed_add_keeps_its_problem_while_it_fails(self):
        row = self.fail_to_add()
        with mute_logger("odoo.sql_db"):
            run = self.sync()
        self.assertIn("2020-01-01", row.problem)
        self.assertEqual(run.state, "partial")
        self.assertRecordValues(
            self.connection,
            [{"employees_done": 0, "employees_problem": 1, "employees_pending": 1}],
        )

    def test_a_failed_add_is_done_once_loket_is_right(self):
        row = self.fail_to_add()
        self.loket.change(1, end_date=None)
        run = self.sync()
        self.assertEqual(row.employee_id.name, "Jan Bakker")
        self.assertFalse(row.problem)
        self.assertEqual(run.state, "done")
        self.assertTrue(run.line_ids.filtered("message"), "the run tells it")
        self.assertEqual(self.connection.employees_done, 1)

    def test_a_link_blocked_by_a_clash_is_carried_out_when_that_is_over(self):
        second = self.connect(type(self.loket)(), self.company, "Tweede")
        self.gateways[second.id].people = [
            employment(1, "Kees", person={"employee_ref": "kees"})
        ]
        self.sync(second)
        row = self.arrive(employment(1))
        employee = self.make_employee(work_email="anders@voorbeeld.example")
        self.link(row, employee)
        self.assertEqual(employee.name, "Iemand")
        self.row(1, second).action_ignore()
        self.sync()
        self.assertFalse(row.problem)
        self.assertEqual(employee.name, "Jan Bakker")
        self.assertTrue(row.check_email)

    def test_a_refused_link_keeps_telling_why(self):
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows[0].action_add()
        self.link(rows[1], rows[0].employee_id)
        problem = rows[1].problem
        self.sync()
        self.assertEqual(rows[1].problem, problem)
        self.assertEqual(self.connection.employees_done, 1)

    def test_after_deleting_the_employee_the_row_is_not_imported(self):
        row = self.arrive(employment(1))
        row.action_add()
        row.employee_id.unlink()
        self.sync()
        self.assertRecordValues(
            row, [{"decision": "ignore", "employee_id": False, "problem": False}]
        )

    def test_undo_and_not_importing_clear_the_problem(self):
        row = self.fail_to_add()
        row.action_reset()
        self.assertFalse(row.problem)
        row.problem = "Kapot"
        row.action_ignore()
        self.assertFalse(row.problem)

    def test_a_known_employment_that_is_unreadable_says_so(self):
        row = self.arrive(employment(1))
        row.action_add()
        self.loket.people = []
        self.loket.problems = [Problem(ref="job-1", name="Jan", reason="No last name")]
        self.sync()
        self.assertEqual(row.problem, "No last name")
        self.loket.people = [employment(1)]
        self.loket.problems = []
        self.sync()
        self.assertFalse(row.problem)

    def test_who_left_is_found_apart_from_who_is_employed(self):
        rows = self.arrive(
            employment(1, end_date=date(2025, 12, 31)), employment(2, "Kees")
        )
        view = self.env["loket.employee"].get_view(
            self.env.ref("l10n_nl_loket.loket_employee_view_search").id
        )["arch"]
        domain = {"employed": rows[1], "left": rows[0]}
        for name, expected in domain.items():
            found = view.split(f'name="{name}"')[1].split('domain="')[1].split('"')[0]
            found = self.env["loket.employee"].search(
                eval(found.replace("&lt;", "<").replace("&gt;", ">"))
            )
            self.assertEqual(found & rows, expected, name)
