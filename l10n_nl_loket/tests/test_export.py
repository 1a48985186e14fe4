# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .common_export import FIRST, LAST, ExportCase


class TestExport(ExportCase):
    def test_the_period_gives_the_dates(self):
        export = self._export()
        self.assertEqual((export.date_from, export.date_to), (FIRST, LAST))

    def test_four_weeks_and_weeks_have_their_own_dates(self):
        self.connection.period_type = "four_weeks"
        export = self._export(period=13)
        self.assertEqual(export.date_to, date(2027, 1, 3))

    def test_a_connection_that_knows_no_periods_says_what_to_do(self):
        self.connection.period_type = False
        with self.assertRaisesRegex(ValidationError, "Fetch lists again"):
            self._export()

    def test_a_period_that_does_not_exist_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no period 13 in 2026"):
            self._export(period=13)

    def test_the_file_holds_the_hours_by_person_and_cost_center(self):
        self._book(self.anna, 1, 8)
        self._book(self.anna, 2, 7.5)
        self._book(self.bram, 30, 4)
        self._book(self.bram, 30, 99, date="2026-10-01")
        export = self._generate()
        self.assertEqual(
            self._file(export),
            "aanslnr;persnr;ploeg;verdelingseenheid;1\r\n"
            "5555;1;1;100;15,5\r\n"
            "5555;2;1;200;4\r\n",
        )
        self.assertEqual(export.attachment_id.name, "loket_5555_2026_9.csv")
        self.assertEqual(export.state, "done")
        self.assertEqual(export.row_count, 2)
        self.assertEqual(export.total_hours, 19.5)

    def test_without_distribution_units_there_is_no_such_column(self):
        self.connection.distribution = "none"
        self._book(self.anna, 1, 8)
        self.assertEqual(
            self._file(self._generate()), "aanslnr;persnr;ploeg;1\r\n5555;1;1;8\r\n"
        )

    def test_a_move_in_the_period_splits_the_hours_over_both_departments(self):
        self.anna.create_version(
            {"date_version": date(2026, 9, 16), "department_id": self.office.id}
        )
        self._book(self.anna, 15, 8)
        self._book(self.anna, 16, 6)
        lines = self._generate().line_ids
        self.assertEqual(
            {line.distribution_unit: line.hours for line in lines}, {"100": 8, "200": 6}
        )

    def test_the_employment_of_the_day_gets_the_hours(self):
        self.anna_job.end_date = "2026-09-15"
        self._link(self.anna, 7, start_date="2026-09-16")
        self._book(self.anna, 15, 8)
        self._book(self.anna, 16, 6)
        lines = self._generate().line_ids
        self.assertEqual(
            {line.payroll_number: line.hours for line in lines}, {1: 8, 7: 6}
        )

    def test_twenty_minutes_three_times_are_one_hour(self):
        for day in (1, 2, 3):
            self._book(self.anna, day, 1 / 3)
        self.assertEqual(self._generate().total_hours, 1)

    def test_sums_are_exact_before_they_are_rounded_once(self):
        for day in (1, 2, 3):
            self._book(self.anna, day, 1 / 3)
            self._book(self.bram, day, 0.333333)
        self._book(self.anna, 4, 0.125)
        self._book(self.bram, 4, 0.125)
        export = self._generate()
        self.assertEqual(export.line_ids.mapped("value"), [1.13, 1.13])
        self.assertIn("5555;1;1;100;1,13", self._file(export))

    def test_what_is_booked_in_dozens_is_no_hours(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._book(self.anna, 1, 2, product_uom_id=dozen.id)
        self._book(self.anna, 1, 8)
        export = self._generate(accept_left_out=True)
        self.assertEqual(export.total_hours, 8)
        problem = export.left_out_ids
        self.assertEqual((problem.hours, problem.value), (0, 2))
        self.assertIn("Dozens", problem.detail)

    def test_hour_types_on_one_component_are_added_up(self):
        self._map_component("1", work_entry_type_id=self.overtime.id)
        self._book(self.anna, 1, 8)
        self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id)
        self.assertEqual(self._generate().line_ids.mapped("value"), [10])

    def test_totals_equal_those_of_the_timesheets(self):
        for day in range(1, 21):
            self._book(self.anna, day, 7.25)
            self._book(self.bram, day, 3.75)
        booked = self.env["account.analytic.line"]._read_group(
            [("employee_id", "in", (self.anna | self.bram).ids)],
            [],
            ["unit_amount:sum"],
        )[0][0]
        self.assertEqual(self._generate().total_hours, booked)

    def test_hours_in_days_are_sent_as_hours(self):
        day = self.env.ref("uom.product_uom_day")
        hours = day._compute_quantity(1, self.env.ref("uom.product_uom_hour"))
        self._book(self.anna, 1, 1, product_uom_id=day.id)
        self.assertEqual(self._generate().total_hours, hours)


class TestExportWages(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bonus = cls._wage_component("Bonus", "amount", "86")
        cls._book(cls.anna, 1, 8)

    @classmethod
    def _wage_component(cls, name, unit, code):
        component = cls.env["hr.wage.component"].create(
            {
                "name": name,
                "code": name.upper(),
                "unit": unit,
                "company_id": cls.company.id,
            }
        )
        cls._map_component(code, wage_component_id=component.id)
        return component

    def _enter(self, component, value, day=10):
        return self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": component.id,
                "date": FIRST.replace(day=day),
                "value": value,
            }
        )

    def _values(self):
        return {line.component_code: line.value for line in self._generate().line_ids}

    def test_wage_entries_come_along(self):
        self._enter(self.bonus, 100.5)
        self._enter(self.bonus, 20)
        self.assertEqual(self._values(), {1: 8, 86: 120.5})

    def _told(self, export):
        return [
            (remark.reason, remark.day.day, remark.counted, remark.value, remark.detail)
            for remark in self._twins(export)
        ]

    def _twins(self, export):
        return export.remark_ids.filtered(lambda one: one.reason.startswith("twins"))

    def test_the_same_entry_once_more_is_paid_and_told(self):
        for _import in range(2):
            for value, day in ((46.2, 12), (46.2, 10), (3, 10)):
                self._enter(self.bonus, value, day)
        export = self._generate()
        self.assertEqual(
            {e.value for e in export.line_ids if e.component_code == 86}, {190.8}
        )
        self.assertEqual(self._told(export), [("twins", 10, 3, 95.4, False)])
        sentence = self._twins(export).display_name
        self.assertIn("Anna de Vries, Bonus: the same value", sentence)
        self.assertIn("too many: 3, together € 95.40, the first on 09/10", sentence)

    def test_entries_of_other_days_values_and_people_are_no_twins(self):
        for value, day in ((46.2, 10), (46.2, 11), (46.3, 10)):
            self._enter(self.bonus, value, day)
        self._enter(self.bonus, 46.2).employee_id = self.bram
        travel = self._wage_component("Travel", "amount", "87")
        self._enter(travel, 46.2)
        self.assertEqual(self._told(self._generate()), [])

    def test_the_same_entry_once_more_is_told_when_it_is_late(self):
        self._enter(self.bonus, 46.2)
        self._generate()
        self._enter(self.bonus, 46.2)
        draft = self._export(period=10)
        draft.action_check()
        self.assertEqual(self._told(draft), [("twins_late", 10, 1, 46.2, "2026-09")])

    def test_wage_entries_are_no_hours(self):
        self._enter(self.bonus, 100)
        self.assertEqual(self._generate().total_hours, 8)

    def test_days_counts_each_worked_day_once(self):
        self._wage_component("Travel days", "days", "90")
        self._book(self.anna, 1, 1)
        self._book(self.anna, 2, 8)
        self.assertEqual(self._values()[90], 2)

    def test_time_off_is_not_a_worked_day(self):
        self._wage_component("Travel days", "days", "90")
        leave = self.env.ref("hr_work_entry.work_entry_type_leave")
        self._map_component("30", work_entry_type_id=leave.id)
        self._book(self.anna, 2, 8, work_entry_type_id=leave.id)
        self.assertEqual(self._values()[90], 1)

    def test_days_entered_by_hand_replace_the_count(self):
        travel = self._wage_component("Travel days", "days", "90")
        self._enter(travel, 5)
        self.assertEqual(self._values()[90], 5)

    def test_days_below_zero_correct_the_count(self):
        travel = self._wage_component("Travel days", "days", "90")
        for day in range(2, 21):
            self._book(self.anna, day, 8)
        entry = self._enter(travel, -1)
        export = self._generate()
        self.assertEqual(
            {line.component_code: line.value for line in export.line_ids}[90], 19
        )
        remark = "\n".join(export.remark_ids.mapped("display_name"))
        self.assertIn("20 days were counted", remark)
        self.assertIn("-1.00 days", remark)
        entry.value = 1
        entry.adds_to_count = True
        self.assertEqual(self._values()[90], 21)

    def test_where_days_replace_the_count_both_numbers_are_told(self):
        travel = self._wage_component("Travel days", "days", "90")
        self._book(self.anna, 2, 8)
        self._enter(travel, 5)
        export = self._generate()
        remark = "\n".join(export.remark_ids.mapped("display_name"))
        self.assertIn("2 days were counted", remark)
        self.assertIn("5.00 days", remark)

    def test_an_entry_is_made_on_the_screen(self):
        component = self.env["hr.wage.component"].create({"name": "Reis", "code": "R"})
        entry = Form(self.env["hr.wage.entry"])
        self.assertEqual(entry.company_id, self.company)
        entry.employee_id = self.anna
        entry.wage_component_id = component
        entry.value = 12.5
        self.assertEqual(entry.save().company_id, self.company)

    def test_an_entry_needs_a_value(self):
        with self.assertRaisesRegex(ValidationError, "Anna de Vries"):
            self._enter(self.bonus, 0)


class TestExportChecks(ExportCase):
    def _refused(self, *patterns, **vals):
        export = self._export(**vals)
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            export.action_generate()
        for pattern in patterns:
            self.assertIn(pattern, str(caught.exception))
        self.assertFalse(export.attachment_id)
        return export

    def test_an_empty_period_makes_no_file(self):
        self._refused("no hours or wage entries")

    def test_everything_that_would_be_left_out_is_listed_together(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self._book(stranger, 1, 3)
        self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id)
        self.bram_job.payroll_number = False
        self._book(self.bram, 1, 4)
        self._refused("Cees Vreemd", "3.00", "Overtime", "2.00", "Bram Bakker", "4.00")

    def test_what_blocks_and_what_may_be_accepted_are_told_apart(self):
        for number in range(3):
            self._book(self._employee(f"Cees {number}", self.shop), 1, 3)
        self._book(self.anna, 1, -8)
        message = self._message()
        wrong, _, acceptable = message.partition("\n\n")
        self.assertTrue(wrong.startswith("No file was made. Correct this first:\n- "))
        self.assertEqual(wrong.count("\n- "), 1)
        self.assertIn("Anna de Vries", wrong)
        self.assertEqual(acceptable.count("\n- "), 3)
        message = self._message(accept_left_out=True)
        self.assertEqual(
            message.count("\n- "), 1, "what was accepted is not in the way"
        )

    def _message(self, **vals):
        export = self._export(**vals)
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            export.action_generate()
        return str(caught.exception)

    def test_hours_and_euros_of_one_person_never_make_nothing(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self.shop.loket_mapping_ids.unlink()
        self._book(self.bram, 1, 4)
        deduction = self.env["hr.wage.component"].create(
            {"name": "Inhouding", "code": "I"}
        )
        self._map_component("87", wage_component_id=deduction.id)
        for employee, reason in (
            (stranger, "not_linked"),
            (self.anna, "no_cost_center"),
        ):
            self._book(employee, 1, 40)
            entry = {"employee_id": employee.id, "date": "2026-09-02", "value": -40}
            self.env["hr.wage.entry"].create(
                {**entry, "wage_component_id": deduction.id}
            )
            with self.subTest(reason):
                export = self._export()
                export.action_check()
                problems = export.left_out_ids.filtered(
                    lambda row, reason=reason: row.reason == reason
                )
                self.assertEqual(sum(problems.mapped("hours")), 40)
                self.assertEqual(sum(problems.mapped("value")), -40)
                self.assertEqual(set(problems.mapped("hours")), {0, 40})
                message = self._message()
                self.assertIn("40.00 hours", message)
                self.assertIn("Inhouding", message)
                self.assertIn("€ -40.00", message)

    def test_a_bonus_without_a_code_is_told_in_euros(self):
        bonus = self.env["hr.wage.component"].create({"name": "Bonus", "code": "B"})
        self._map_component(False, wage_component_id=bonus.id)
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "date": "2026-09-02",
                "value": 1000,
                "wage_component_id": bonus.id,
            }
        )
        export = self._export()
        export.action_check()
        self.assertEqual(
            export.left_out_summary,
            "Not in the file: Bonus € 1,000.00 (employees: 1).",
        )
        self.assertEqual(export.warning_ids.people, "Anna de Vries (€ 1,000.00)")
        self.assertNotIn("hours", export.left_out_ids.display_name)

    def test_hours_of_one_do_not_make_up_for_those_of_another(self):
        self._map_component(False, work_entry_type_id=self.overtime.id)
        self._book(self.anna, 1, 8, work_entry_type_id=self.overtime.id)
        self._book(self.bram, 1, -8, work_entry_type_id=self.overtime.id)
        export = self._export()
        export.action_check()
        self.assertEqual(
            export.left_out_summary,
            "Not in the file: 8.00 hours, -8.00 hours (employees: 2).",
        )

    def test_what_is_not_sent_on_purpose_asks_no_tick(self):
        self._map_component(False, work_entry_type_id=self.overtime.id, is_skipped=True)
        self._book(self.anna, 1, 8)
        self._book(self.anna, 1, 2, work_entry_type_id=self.overtime.id)
        export = self._generate()
        self.assertEqual(export.total_hours, 8)
        problem = export.left_out_ids
        self.assertEqual((problem.reason, problem.rank), ("not_sent", "rule"))
        self.assertEqual(problem.hours, 2)
        self.assertFalse(export.has_acceptable or export.has_blocking)

    def test_the_tick_makes_the_file_without_what_is_left_out(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self._book(stranger, 1, 3)
        self._book(self.anna, 1, 8)
        export = self._generate(accept_left_out=True)
        self.assertEqual(export.total_hours, 8)
        self.assertEqual(export.left_out_ids.mapped("name"), ["Cees Vreemd"])
        self.assertEqual(export.left_out_ids.reason, "not_linked")

    def test_a_department_without_cost_center_is_left_out(self):
        lost = self.env["hr.department"].create({"name": "Bezorging"})
        driver = self._employee("Dirk Rijder", lost)
        self._link(driver, 3)
        self._book(driver, 1, 8)
        self._refused("Dirk Rijder", "Bezorging", "8.00")

    def test_hours_after_the_end_of_the_employment_are_left_out(self):
        self.anna_job.end_date = "2026-09-15"
        self._book(self.anna, 16, 8)
        self._refused("Anna de Vries", "No employment")

    def test_an_ignored_employment_is_not_paid(self):
        self.anna_job.write({"decision": "ignore", "employee_id": False})
        self._book(self.anna, 1, 8)
        self._refused("Anna de Vries", "Not linked")

    def test_the_tick_does_not_allow_a_wrong_file(self):
        self._offer("28")
        self._book(self.anna, 1, 8)
        self._refused("Anna de Vries", "does not offer", accept_left_out=True)

    def test_a_component_that_is_not_collective_blocks(self):
        self._offer("1", collective=False)
        self._book(self.anna, 1, 8)
        self._refused("does not accept", accept_left_out=True)

    def test_a_cost_center_that_is_no_number_blocks(self):
        mapping = self.env["loket.department.mapping"].search(
            [("department_id", "=", self.shop.id)]
        )
        mapping.cost_center_id.code = "SAL073"
        self._book(self.anna, 1, 8)
        self._refused("Winkel", "SAL073", accept_left_out=True)

    def test_a_digit_that_is_no_number_is_told_everywhere(self):
        self._offer("1")
        self._offer("²")
        self._map_component("²", work_entry_type_id=self.overtime.id)
        mapping = self.shop.loket_mapping_ids
        mapping.cost_center_id.code = "²"
        self._book(self.anna, 1, 8)
        self._book(self.bram, 1, 2, work_entry_type_id=self.overtime.id)
        export = self._refused("Winkel", "Overtime", "²", accept_left_out=True)
        export.action_check()
        self.assertCountEqual(
            export.left_out_ids.mapped("reason"), ["bad_unit", "bad_code"]
        )
        self.assertIn("whole number", mapping.remark)
        remark = self.overtime.loket_mapping_ids.remark
        self.assertIn("number from 1 to 9999", remark)

    def test_a_unit_as_long_as_no_database_can_count_is_told(self):
        self.shop.loket_mapping_ids.cost_center_id.code = "9" * 12
        self._book(self.anna, 1, 8)
        self._refused("Winkel", "9" * 12, accept_left_out=True)

    def test_a_period_that_is_no_more_is_told_when_one_looks_again(self):
        self.connection.period_type = "week"
        draft = self._export(period=40)
        self.connection.period_type = "month"
        with self.assertRaisesRegex(ValidationError, "no period 40 in 2026"):
            draft.action_check()

    def test_what_the_file_cannot_hold_is_told_not_written(self):
        self.anna_job.shift = -1
        self._book(self.anna, 1, 8)
        self._refused("Loket would refuse it", "payroll number 1", "shift -1")

    def test_a_cost_center_that_loket_no_longer_has_blocks(self):
        unit = self.shop.loket_mapping_ids.cost_center_id
        self._book(self.anna, 1, 8)
        unit.active = False
        self._refused("Winkel", "no distribution unit", accept_left_out=True)

    def test_a_cost_center_that_is_no_distribution_unit_blocks(self):
        self.shop.loket_mapping_ids.cost_center_id.kind = "cost_center"
        self._book(self.anna, 1, 8)
        self._refused("Winkel", "no distribution unit", accept_left_out=True)

    def test_negative_hours_block(self):
        self._book(self.anna, 1, -2)
        self._refused("Anna de Vries", "Negative hours", accept_left_out=True)

    def test_a_thousand_hours_block(self):
        self._book(self.anna, 1, 1000)
        self._refused("Anna de Vries", "thousand", accept_left_out=True)

    def test_hours_booked_and_taken_back_are_nothing(self):
        self._book(self.anna, 1, 8)
        self._book(self.anna, 1, -8)
        self._book(self.bram, 1, 4)
        self.assertEqual(self._generate().line_ids.employee_id, self.bram)

    def test_thirds_of_an_hour_taken_back_leave_nothing_behind(self):
        for day in (1, 2, 3):
            self._book(self.anna, day, 1 / 3)
        self._book(self.anna, 4, -1)
        self._book(self.bram, 1, 4)
        self.assertEqual(self._generate().line_ids.employee_id, self.bram)

    def test_what_rounds_to_nothing_is_not_below_zero(self):
        self._book(self.anna, 1, -0.004)
        self._book(self.bram, 1, 4)
        export = self._generate()
        self.assertEqual(
            self._file(export).splitlines()[1:], ["5555;2;1;200;4"], "an empty cell"
        )
        remarks = export.remark_ids.mapped("display_name")
        self.assertIn("less than a hundredth", "\n".join(remarks))

    def test_wage_entries_on_an_hours_component_keep_to_the_bounds_of_hours(self):
        self._offer("7")
        extra = self.env["hr.wage.component"].create(
            {"name": "Extra uren", "code": "X", "unit": "quantity"}
        )
        self._map_component("7", wage_component_id=extra.id)
        self._offer("1")
        for value, words in ((1500, "thousand"), (-8, "Negative hours")):
            entry = self.env["hr.wage.entry"].create(
                {
                    "employee_id": self.anna.id,
                    "wage_component_id": extra.id,
                    "date": "2026-09-02",
                    "value": value,
                }
            )
            self._refused("Anna de Vries", words, accept_left_out=True)
            entry.unlink()

    def test_two_people_on_one_payroll_number_block(self):
        self._book(self.anna, 1, 8)
        self._book(self.bram, 1, 8)
        double = self._employee("Eva Dubbel", self.shop)
        self._link(double, 9)
        self._book(double, 1, 8)
        self.bram_job.payroll_number = 9
        self._refused("Bram Bakker", "Eva Dubbel", "shared", accept_left_out=True)

    def test_a_connection_without_client_number_says_what_to_do(self):
        self.connection.client_number = False
        self._book(self.anna, 1, 8)
        self._refused("no client number")

    def test_people_of_another_connection_are_not_left_out_here(self):
        other = self._connection(self.company, 6666)
        self._link(self.bram, 5, connection=other, start_date="2026-01-01")
        self.bram_job.write({"decision": "ignore", "employee_id": False})
        self._book(self.bram, 1, 8)
        self._book(self.anna, 1, 8)
        export = self._generate()
        self.assertFalse(export.left_out_ids)
        self.assertEqual(export.line_ids.employee_id, self.anna)


class TestExportAgain(ExportCase):
    def test_the_first_file_says_so(self):
        self._book(self.anna, 1, 8)
        self.assertIn("first file", self._generate().changes)

    def test_the_next_file_tells_what_changed(self):
        line = self._book(self.anna, 1, 8)
        self._book(self.bram, 1, 4)
        self._generate()
        line.unit_amount = 6
        changes = self._generate().changes
        self.assertIn("Anna de Vries", changes)
        self.assertIn("8.00 to 6.00", changes)
        self.assertNotIn("Bram Bakker", changes)

    def test_somebody_who_disappears_must_be_checked_in_loket(self):
        line = self._book(self.anna, 1, 8)
        self._book(self.bram, 1, 4)
        self._generate()
        line.unlink()
        self.connection.write_zero = False
        self.assertIn("8.00 to nothing - check in Loket", self._generate().changes)

    def test_a_file_that_was_made_is_never_replaced_in_place(self):
        self._book(self.anna, 1, 8)
        export = self._generate()
        first = export.attachment_id
        self._book(self.anna, 2, 8)
        with self.assertRaisesRegex(UserError, "Make again"):
            export.action_generate()
        self.assertEqual(export.attachment_id, first)
        self.assertEqual(export.total_hours, 8)
        self.assertIn("8.00 to 16.00", self._generate().changes)

    def test_a_file_that_was_made_is_kept(self):
        self._book(self.anna, 1, 8)
        export = self._generate()
        with self.assertRaises(UserError):
            export.unlink()
        self._export().unlink()
