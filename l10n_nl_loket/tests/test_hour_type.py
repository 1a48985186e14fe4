# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user

from .common_export import ExportCase


class TestHourType(ExportCase):
    def test_a_line_is_attendance_unless_something_says_otherwise(self):
        line = self._book(self.anna, 1, 8)
        self.assertEqual(line.work_entry_type_id, self.attendance)

    def test_a_project_gives_its_lines_its_own_hour_type(self):
        self.project.loket_work_entry_type_id = self.overtime
        line = self._book(self.anna, 1, 8)
        self.assertEqual(line.work_entry_type_id, self.overtime)

    def test_a_project_that_changes_its_default_leaves_booked_hours_alone(self):
        line = self._book(self.anna, 1, 8)
        self.env.flush_all()
        self.project.loket_work_entry_type_id = self.overtime
        self.assertEqual(line.work_entry_type_id, self.attendance)

    def test_a_chosen_hour_type_stays(self):
        line = self._book(self.anna, 1, 8, work_entry_type_id=self.overtime.id)
        line.unit_amount = 4
        self.assertEqual(line.work_entry_type_id, self.overtime)

    def project_with(self, hour_type):
        return self.env["project.project"].create(
            {
                "name": "Elsewhere",
                "allow_timesheets": True,
                "company_id": self.company.id,
                "loket_work_entry_type_id": hour_type.id,
            }
        )

    def test_hours_that_move_to_another_project_keep_a_chosen_hour_type(self):
        usual, chosen = (
            self._book(self.anna, 1, 8),
            self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id),
        )
        leave = self.env.ref("hr_work_entry.work_entry_type_leave")
        other = self.project_with(leave)
        (usual | chosen).write({"project_id": other.id})
        self.assertEqual(usual.work_entry_type_id, leave)
        self.assertEqual(chosen.work_entry_type_id, self.overtime)
        (usual | chosen).write({"project_id": self.project.id, "name": "Anders"})
        self.assertEqual(usual.work_entry_type_id, self.attendance)
        self.assertEqual(chosen.work_entry_type_id, self.overtime)

    def test_on_the_form_a_chosen_hour_type_stays_too(self):
        chosen = self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id)
        usual = self._book(self.anna, 1, 8)
        leave = self.env.ref("hr_work_entry.work_entry_type_leave")
        other = self.project_with(leave)
        for line, expected in ((chosen, self.overtime), (usual, leave)):
            with Form(line, "hr_timesheet.hr_timesheet_line_form") as form:
                form.project_id = other
            self.assertEqual(line.work_entry_type_id, expected)

    def test_hours_keep_a_chosen_hour_type_when_their_task_takes_them_along(self):
        other = self.project_with(self.env.ref("hr_work_entry.work_entry_type_leave"))
        task = self.task(self.project)
        below = self.task(self.project, parent_id=task.id)
        chosen = self._book(
            self.anna, 1, 2, task_id=below.id, work_entry_type_id=self.overtime.id
        )
        usual = self._book(self.anna, 1, 8, task_id=task.id)
        self.env.flush_all()
        task.project_id = other
        self.env.flush_all()
        self.assertEqual((chosen | usual).project_id, other)
        self.assertEqual(usual.work_entry_type_id, other.loket_work_entry_type_id)
        self.assertEqual(chosen.work_entry_type_id, self.overtime)

    def test_hours_that_get_a_task_of_another_project_keep_what_is_chosen(self):
        other = self.project_with(self.env.ref("hr_work_entry.work_entry_type_leave"))
        task = {"task_id": self.task(other).id}
        before = self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id)
        with_it = self._book(self.anna, 1, 8)
        self.env.flush_all()
        before.write(task)
        with_it.write({**task, "work_entry_type_id": self.attendance.id})
        self.env.flush_all()
        self.assertEqual((before | with_it).project_id, other)
        self.assertEqual(before.work_entry_type_id, self.overtime)
        self.assertEqual(with_it.work_entry_type_id, self.attendance)

    def task(self, project, **vals):
        return self.env["project.task"].create(
            {"name": "Taak", "project_id": project.id, **vals}
        )

    def test_on_the_form_what_is_chosen_instead_stays_as_well(self):
        line = self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id)
        other = self.project_with(self.env.ref("hr_work_entry.work_entry_type_leave"))
        with Form(line, "hr_timesheet.hr_timesheet_line_form") as form:
            form.work_entry_type_id = self.attendance
            form.project_id = other
        self.assertEqual(line.work_entry_type_id, self.attendance)

    def test_an_analytic_line_without_project_has_none(self):
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Account", "plan_id": plan.id, "company_id": self.company.id}
        )
        line = self.env["account.analytic.line"].create(
            {"name": "Cost", plan._column_name(): account.id, "amount": 1}
        )
        self.assertFalse(line.work_entry_type_id)

    def test_somebody_who_only_books_hours_can_read_the_hour_type(self):
        user = new_test_user(
            self.env,
            login="books-hours",
            groups="hr_timesheet.group_hr_timesheet_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.anna.user_id = user
        line = self._book(self.anna, 1, 8)
        self.assertEqual(line.with_user(user).work_entry_type_id.name, "Attendance")

    # === WHICH ONES MAY BE BOOKED === #

    def books_hours(self):
        user = new_test_user(
            self.env,
            login="books-own-hours",
            groups="hr_timesheet.group_hr_timesheet_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.anna.user_id = user
        return self.env(user=user, su=False)

    def offered(self, env):
        told = env["account.analytic.line"].fields_get(["work_entry_type_id"])
        found = env["hr.work.entry.type"].search(told["work_entry_type_id"]["domain"])
        return found.with_env(self.env)

    def test_employees_choose_among_the_hour_types_that_have_a_code(self):
        env = self.books_hours()
        self.assertEqual(self.offered(env), self.attendance)
        self._map_component("30", work_entry_type_id=self.overtime.id)
        self.assertEqual(self.offered(env), self.attendance | self.overtime)

    def test_the_company_that_pays_says_which_whichever_has_the_project(self):
        env = self.books_hours()
        other = self._company("Anders")
        code = {"connection_id": self._connection(other, 6666).id}
        self._map_component("9", work_entry_type_id=self.overtime.id, **code)
        env.user.sudo().company_ids |= other
        companies = [self.company.id, other.id]
        lines = env["account.analytic.line"].with_context(allowed_company_ids=companies)
        vals = {
            "name": "/",
            "project_id": self._project(other).id,
            "employee_id": self.anna.id,
            "unit_amount": 1,
        }
        self.assertEqual(lines.create(vals).company_id, other)
        with self.assertRaisesRegex(UserError, "Overtime"):
            lines.create({**vals, "work_entry_type_id": self.overtime.id})

    def test_hours_without_any_hour_type_are_refused_in_words_that_fit(self):
        env = self.books_hours()
        line = self._book(self.anna, 1, 8).with_env(env)
        with self.assertRaisesRegex(UserError, "choose one"):
            line.work_entry_type_id = False

    def test_one_without_a_code_may_be_offered_all_the_same(self):
        env = self.books_hours()
        line = self._map_component(" ", work_entry_type_id=self.overtime.id)
        self.assertNotIn(self.overtime, self.offered(env))
        line.is_offered = True
        self.assertIn(self.overtime, self.offered(env))
        self.book(env, work_entry_type_id=self.overtime.id)

    def test_before_anything_has_a_code_all_may_be_chosen(self):
        self.connection.component_mapping_ids.unlink()
        self.assertIn(self.overtime, self.offered(self.books_hours()))

    def test_the_codes_of_another_company_offer_nothing_here(self):
        other = self._company("Anders")
        theirs = self._connection(other, 6666)
        code = {"connection_id": theirs.id, "work_entry_type_id": self.overtime.id}
        self._map_component("30", **code)
        env = self.books_hours()
        self.assertEqual(self.offered(env), self.attendance)
        with self.assertRaisesRegex(UserError, "Overtime"):
            self.book(env, work_entry_type_id=self.overtime.id)

    def book(self, env, **vals):
        return env["account.analytic.line"].create(
            {"name": "/", "project_id": self.project.id, "date": "2026-09-01"}
            | {"employee_id": self.anna.id, "unit_amount": 8, **vals}
        )

    def test_the_server_refuses_one_without_a_code_for_every_way_in(self):
        env = self.books_hours()
        line = self.book(env)
        default = {"default_work_entry_type_id": self.overtime.id}
        for way in (
            lambda: self.book(env, work_entry_type_id=self.overtime.id),
            lambda: line.write({"work_entry_type_id": self.overtime.id}),
            lambda: self.book(env(context={**env.context, **default})),
        ):
            with self.assertRaisesRegex(UserError, "Overtime"):
                way()

    def test_what_is_booked_already_stays_and_can_be_corrected(self):
        line = self._book(self.anna, 1, 8, work_entry_type_id=self.overtime.id)
        env = self.books_hours()
        line.with_env(env).write(
            {"unit_amount": 4, "work_entry_type_id": self.overtime.id}
        )
        self.assertEqual(
            (line.unit_amount, line.work_entry_type_id.id), (4, self.overtime.id)
        )

    def test_what_a_project_gives_its_lines_needs_no_code(self):
        self.project.loket_work_entry_type_id = self.overtime
        line = self.book(self.books_hours())
        self.assertEqual(line.work_entry_type_id.id, self.overtime.id)
