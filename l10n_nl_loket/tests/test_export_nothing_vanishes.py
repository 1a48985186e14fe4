# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every booking is in one file, listed, or counted by another that is named."""

from .common_export import ExportCase


class TestExportNothingVanishes(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._connection(cls.company, 6666, distribution="none")
        cls.env["loket.component.mapping"].create(
            {
                "connection_id": cls.other.id,
                "component_code": "1",
                "work_entry_type_id": cls.attendance.id,
            }
        )

    def look(self, **vals):
        """A draft, looked up."""
        export = self._export(**vals)
        export.action_check()
        return export

    def remark(self, export, reason):
        return export.remark_ids.filtered(lambda remark: remark.reason == reason)

    def age(self, table, record, column, day):
        """When something was made or changed."""
        self.env.flush_all()
        query = f"UPDATE {table} SET {column} = %s WHERE id = %s"
        self.env.cr.execute(query, [day, record.id])
        self.env.invalidate_all()

    # === ONE FILE OF ANOTHER LINK, AND SEVERAL PERIODS === #

    def test_two_four_week_periods_find_no_more_in_a_month_than_it_delivered(self):
        self.other.period_type = "four_weeks"
        for number in range(1, 11):
            self._book(self.anna, number, 8)
        self._generate()
        for number in range(11, 26):
            self._book(self.anna, number, 8)
        self.anna_job.end_date = "2026-08-31"
        self._link(self.anna, 5, connection=self.other, start_date="2026-09-01")
        drafts = [
            self.look(connection_id=self.other.id, period=number) for number in (9, 10)
        ]
        self.assertEqual(sum(draft.left_out_hours for draft in drafts), 80)
        self.assertEqual(sum(draft.total_hours for draft in drafts), 25 * 8 - 80)

    # === ANOTHER ADMINISTRATION, OTHER DATES === #

    def choose_administration(self, ref, client_number):
        self.connection.write(
            {
                "administration_ref": ref,
                "administration_name": f"Jansen {ref}",
                "client_number": client_number,
            }
        )

    def test_a_number_of_another_administration_is_never_in_the_file(self):
        self._book(self.anna, 1, 8)
        former = self.connection.administration_ref
        self.choose_administration("another", 7777)
        export = self.look()
        self.assertFalse(export.line_ids)
        self.assertEqual(export.left_out_ids.reason, "not_linked")
        self.choose_administration(former, 5555)
        self.assertEqual(self.look().line_ids.payroll_number, 1)

    def test_what_the_file_of_another_administration_delivered_is_not_sent_again(self):
        self._book(self.anna, 1, 8)
        file = self._generate()
        self.choose_administration("another", 7777)
        self._link(self.anna, 77)
        self._book(self.anna, 2, 3)
        export = self.look()
        self.assertEqual(export.line_ids.mapped("value"), [3])
        self.assertEqual(export.left_out_ids.reason, "delivered")
        self.assertEqual(export.left_out_hours, 8)
        self.assertIn(file.display_name, export.left_out_ids.detail)

    def test_a_client_number_that_is_corrected_delivers_nothing_elsewhere(self):
        self._book(self.anna, 1, 8)
        self._generate()
        self.connection.client_number = 7777
        self.assertEqual(self.look().total_hours, 8)

    def test_where_loket_changes_its_dates_no_hour_is_in_the_files_of_two_periods(self):
        self._book(self.anna, 10, 8)
        self._book(self.anna, 25, 8)
        self._generate()
        self.env["loket.period"].create(
            [
                {
                    "connection_id": self.connection.id,
                    "year": 2026,
                    "number": number,
                    "date_from": f"2026-{number - 1:02}-21",
                    "date_to": f"2026-{number:02}-20",
                }
                for number in (9, 10)
            ]
        )
        self._book(self.anna, 1, 5, date="2026-10-01")
        following = self.look(period=10)
        self.assertEqual(following.total_hours, 5)
        self.assertEqual(following.left_out_ids.reason, "other_period")
        self.assertEqual(following.left_out_hours, 8)
        self.assertIn("September 2026", following.left_out_ids.detail)
        again = self._generate()
        self.assertEqual(again.total_hours, 8, "of the 10th only")
        following.action_check()
        self.assertEqual(following.total_hours, 13)
        self.assertFalse(following.left_out_ids)

    def test_who_only_has_a_link_on_acceptance_is_missed_by_the_company(self):
        branch = self.env["res.company"].create(
            {"name": "Tak", "parent_id": self.company.id}
        )
        self.env.user.company_ids |= branch
        zoe = self._employee("Zoë", self.shop, branch)
        zoe.department_id = False
        line = self._book(self.anna, 1, 8)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_analytic_line SET employee_id = %s WHERE id = %s",
            [zoe.id, line.id],
        )
        self.env.invalidate_all()
        link = self._connection(branch, 8888, environment="acceptance")
        self.assertEqual(self.look().left_out_hours, 8)
        link.environment = self.connection.environment
        self.assertFalse(self.look().left_out_ids, "that link pays them")

    # === TWO EMPLOYMENTS AT ONCE === #

    def test_who_chooses_everything_forgets_the_projects_of_before(self):
        second = self._link(self.anna, 7, start_date="2026-09-10")
        project = self._project(self.company)
        self._book(self.anna, 12, 8)
        self._book(self.anna, 13, 2, project_id=project.id)
        second.hours_project_ids = project
        export = self.look().with_user(self.clerk)
        action = self.remark(export, "several")[0].action_choose()
        choice = self.env[action["res_model"]].browse(action["res_id"])
        choice.with_user(self.clerk).employment_id = self.anna_job
        choice.with_user(self.clerk).action_choose()
        self.assertEqual(export.line_ids.payroll_number, 1)
        self.assertEqual(export.total_hours, 10)

    def test_the_choice_stays_when_loket_no_longer_gives_what_ended(self):
        self._link(self.anna, 7, start_date="2026-09-10")
        self.anna_job.write(
            {"gets_hours": True, "in_loket": False, "end_date": "2026-09-20"}
        )
        self._book(self.anna, 12, 8)
        export = self.look()
        self.assertEqual(export.line_ids.payroll_number, 1)
        self.assertTrue(self.remark(export, "several"))

    # === WHAT THE SCREEN SAYS === #

    def test_not_everything_goes_into_the_file_when_another_counts_some(self):
        self._book(self.bram, 1, 8)
        self.assertTrue(self.look().is_whole)
        self.anna_job.connection_id = self.other
        self._book(self.anna, 1, 8)
        self.assertFalse(self.look().is_whole)

    def test_on_a_day_without_employment_the_other_is_not_said_to_count_it(self):
        self.anna_job.write({"connection_id": self.other.id, "end_date": "2026-08-31"})
        self._book(self.anna, 10, 8)
        self._book(self.bram, 10, 4)
        here = self.look()
        self.assertFalse(self.remark(here, "elsewhere_others"))
        words = self.remark(here, "elsewhere_listed").display_name
        self.assertIn("8.00 hours", words)
        self.assertIn(self.other.name, words)
        there = self.look(connection_id=self.other.id)
        self.assertEqual(there.left_out_ids.reason, "no_employment")

    def test_made_again_it_tells_which_file_took_its_hours_along(self):
        self._book(self.anna, 1, 8)
        self._generate()
        self._book(self.anna, 2, 7)
        self._book(self.bram, 1, 1, date="2026-10-01")
        following = self._export(period=10)
        following.action_check()
        following.take_late = True
        following.action_generate()
        again = self.look()
        self.assertEqual(again.total_hours, 8)
        words = self.remark(again, "taken_elsewhere").display_name
        self.assertIn("7.00 hours", words)
        self.assertIn(following.display_name, words)
        self.assertFalse(again.is_whole)

    def test_a_department_changed_before_a_later_file_is_told_for_this_one_too(self):
        self._book(self.anna, 1, 8)
        self._book(self.anna, 1, 5, date="2026-10-01")
        version = self.anna.version_id
        self.age("hr_version", version, "create_date", "2025-01-02")
        file = self._generate()
        self.age("ir_attachment", file.attachment_id, "create_date", "2026-10-02")
        version.department_id = self.office
        changed_on = "loket_department_changed_on"
        self.age("hr_version", version, changed_on, "2026-10-15")
        file = self._generate(period=10)
        self.age("ir_attachment", file.attachment_id, "create_date", "2026-11-02")
        self.assertTrue(self.remark(self.look(), "department"))
        self.assertFalse(self.remark(self.look(period=10), "department"))

    def test_days_below_zero_correct_the_count_however_they_were_entered(self):
        travel = self.env["hr.wage.component"].create(
            {"name": "Reisdagen", "code": "D", "unit": "days"}
        )
        self._map_component("90", wage_component_id=travel.id)
        for number in range(1, 6):
            self._book(self.anna, number, 8)
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": travel.id,
                "date": "2026-09-30",
                "value": -1,
                "adds_to_count": False,
            }
        )
        values = {row.component_code: row.value for row in self.look().line_ids}
        self.assertEqual(values, {1: 40, 90: 4})

    def test_euros_on_a_shared_number_are_not_told_as_no_hours(self):
        bonus = self.env["hr.wage.component"].create({"name": "Bonus", "code": "B"})
        self._map_component("86", wage_component_id=bonus.id)
        self.bram_job.payroll_number = 1
        for employee in (self.anna, self.bram):
            self.env["hr.wage.entry"].create(
                {
                    "employee_id": employee.id,
                    "wage_component_id": bonus.id,
                    "date": "2026-09-30",
                    "value": 1000,
                }
            )
        problems = self.look().left_out_ids
        self.assertEqual(problems.mapped("reason"), ["shared_number"] * 2)
        self.assertNotIn("0.00", "".join(problems.mapped("display_name")))
