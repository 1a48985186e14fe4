# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.l10n_nl_loket.tests.common_export import ExportCase
from odoo.addons.l10n_nl_loket.tests.test_late_kept import KeptCase


@tagged("post_install", "-at_install")
class TestAttendance(ExportCase):
    """Each hour that is clocked is in the file, or listed with the reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.anna | cls.bram).write({"resource_calendar_id": False, "tz": "UTC"})
        cls.connection.salaried_hours = "send"

    def in_use(self, code="5"):
        return self._map_component(code, loket_hour_type_id=self.attendance.id)

    def clock(self, day=10, hours=8, employee=None, **vals):
        return self.env["hr.attendance"].create(
            {
                "employee_id": (employee or self.anna).id,
                "check_in": f"2026-09-{day:02} 08:00:00",
                "check_out": hours and f"2026-09-{day:02} {8 + hours:02}:00:00",
                **vals,
            }
        )

    def look(self, **vals):
        export = self._export(**vals)
        export.with_user(self.clerk).action_check()
        return export

    def cells(self, export):
        return [(line.component_code, line.value) for line in export.line_ids]

    def warned(self, export):
        return [(one.reason, one.hours) for one in export.warning_ids]

    def told(self, export):
        return [
            (one.reason, one.name, one.counted, one.hours)
            for one in export.remark_ids
            if one.reason.startswith("attendance")
        ]

    # === OFF UNTIL IT IS MAPPED === #

    def test_before_it_has_a_code_no_attendance_is_in_a_file_or_a_list(self):
        self.clock()
        self.clock(11, None)
        self.connection.action_attendance_types()
        export = self.look()
        self.assertEqual((self.cells(export), self.warned(export)), ([], []))
        self.assertEqual(self.told(export), [])

    def test_the_code_of_timesheets_puts_no_attendance_in_a_file(self):
        self.clock()
        self._book(self.anna, 11, 7)
        self.assertEqual(self.cells(self.look()), [(1, 7)])

    def test_the_form_for_a_small_screen_says_which_hours_are_normal(self):
        lines = self.env["loket.component.mapping"].with_context(
            default_connection_id=self.connection.id, loket_source="loket_hour_type_id"
        )
        view = "l10n_nl_loket.loket_component_mapping_view_form"
        with Form(lines, view) as form:
            form.loket_hour_type_id = self.attendance
            form.component_code = "5"
            form.normal_hours = False
        self.assertFalse(form.record.normal_hours)

    def test_its_table_offers_to_make_no_wage_components(self):
        view = self.env.ref(
            "l10n_nl_loket_hr_attendance.loket_attendance_mapping_view_list"
        )
        arch = etree.fromstring(view.get_combined_arch())
        (button,) = arch.xpath("//header/button[@name='action_make']")
        for source, is_hidden in (
            ("loket_hour_type_id", True),
            ("wage_component_id", False),
        ):
            values = {"context": {"loket_source": source}}
            self.assertEqual(safe_eval(button.get("invisible"), values), is_hidden)

    # === IN THE FILE, OR LISTED === #

    def test_hours_that_are_clocked_are_in_the_file(self):
        self.in_use()
        self.clock(10, 8)
        self.clock(11, 7)
        export = self._generate()
        self.assertEqual(self._file(export).splitlines()[1:], ["5555;1;1;100;15"])
        self.assertEqual(export.total_hours, 15)

    def test_who_moves_to_another_company_leaves_no_hours_behind(self):
        self.in_use()
        self.clock()
        other = self.env["res.company"].create({"name": "Elders"})
        self.anna.company_id = other
        export = self.look()
        listed = self.warned(export) + self.cells(export)
        self.assertEqual(len(listed), 1, "in the file, or listed")
        self.assertEqual(listed[0][1], 8)

    def test_an_hour_type_without_a_code_is_listed_once_another_has_one(self):
        self.in_use()
        self.clock(loket_hour_type_id=self.overtime.id)
        export = self.look()
        self.assertEqual(self.warned(export), [("no_code", 8)])
        self.assertEqual(
            export.warning_ids.display_name,
            f"Attendance without a code: {self.overtime.name}",
        )

    def test_an_attendance_without_a_check_out_is_told(self):
        self.in_use()
        self.clock(10, None)
        self.clock(9)
        export = self.look()
        self.assertEqual(self.cells(export), [(5, 8)])
        self.assertEqual(self.told(export), [("attendance_open", self.anna.name, 1, 0)])
        self.assertFalse(export.is_whole)

    def test_attendance_and_timesheets_of_one_day_are_told(self):
        self.in_use()
        self.clock(10)
        self.clock(11, 6)
        self._book(self.anna, 10, 7)
        self._book(self.anna, 14, 7)
        self.clock(15, employee=self.bram)
        export = self.look()
        self.assertEqual(
            self.told(export), [("attendance_twice", self.anna.name, 1, 8)]
        )
        told = export.remark_ids.filtered(lambda one: one.reason == "attendance_twice")
        self.assertIn("8.00 hours of attendance", told.display_name)

    def test_hours_that_are_late_beside_timesheets_are_told_before_they_go_along(self):
        self.clock()
        self._book(self.anna, 10, 7)
        self._generate()
        self.in_use()
        draft = self.look(period=10)
        self.assertEqual(draft.late_ids.mapped("value"), [8])
        self.assertEqual(
            self.told(draft), [("attendance_twice_late", self.anna.name, 1, 8)]
        )

    def test_timesheets_that_are_not_sent_count_nothing_twice(self):
        self.in_use()
        self.clock()
        self._book(self.anna, 10, 7, work_entry_type_id=self.overtime.id)
        self.assertEqual(self.told(self.look()), [])

    def test_time_off_on_a_timesheet_counts_nothing_twice(self):
        self.in_use()
        leave = self.env.ref("hr_work_entry.work_entry_type_leave")
        self._map_component("3", work_entry_type_id=leave.id)
        self.clock()
        self._book(self.anna, 10, 2, work_entry_type_id=leave.id)
        self.assertEqual(self.told(self.look()), [])

    def test_a_fixed_salary_pays_what_is_clocked_as_what_is_booked(self):
        self.in_use()
        self.anna_job.write({"hours_by_loket": True, "is_on_call": False})
        self.connection.salaried_hours = "leave_out"
        self.clock()
        export = self.look()
        self.assertEqual(self.cells(export), [])
        self.assertEqual(self.warned(export), [("salaried", 8)])

    def test_a_day_with_attendance_and_timesheets_is_one_day_worked(self):
        self.in_use()
        days = self.env["hr.wage.component"].create(
            {
                "name": "Dagen",
                "code": "D",
                "unit": "days",
                "company_id": self.company.id,
            }
        )
        self._map_component("9", wage_component_id=days.id)
        self.clock(10)
        self.clock(11)
        self._book(self.anna, 10, 7)
        self.assertIn((9, 2), self.cells(self.look()))

    # === LATE === #

    def test_a_check_out_that_is_corrected_after_the_file_is_late(self):
        self.in_use()
        attendance = self.clock()
        self.clock(11)
        file = self._generate()
        self.assertFalse(file.late_now)
        attendance.check_out = "2026-09-10 17:00:00"
        file.invalidate_recordset()
        self.assertIn("1.00 hours more", file.late_now)
        attendance.unlink()
        file.invalidate_recordset()
        self.assertIn("8.00 hours less", file.late_now)

    # === SCREENS === #

    def test_the_table_lists_what_people_clock_and_the_step_counts_it(self):
        self.clock(loket_hour_type_id=self.overtime.id)
        action = self.connection.action_attendance_types()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines.loket_hour_type_id, self.attendance | self.overtime)
        lines[0].component_code = "5"
        (step,) = [
            step for step in self.connection._steps() if step.name == "attendance_types"
        ]
        self.assertEqual((step.done, step.total), (1, 2))

    def test_the_table_lists_what_somebody_clocked_who_went_to_another_company(self):
        self.clock(loket_hour_type_id=self.overtime.id)
        self.anna.company_id = self.env["res.company"].create({"name": "Elders"})
        self.assertIn(self.overtime, self.connection._attendance_types())

    def test_a_clerk_is_told_whom_to_ask_and_others_see_it(self):
        self.in_use()
        attendance = self.clock(loket_hour_type_id=self.overtime.id)
        warning = self.look().warning_ids
        with self.assertRaisesRegex(UserError, self.anna.name):
            warning.with_user(self.clerk).action_bookings()
        self.env.user.group_ids |= self.env.ref(
            "hr_attendance.group_hr_attendance_user"
        )
        action = warning.action_bookings()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, attendance)

    def test_uninstalling_takes_the_codes_of_attendance_away(self):
        from .. import uninstall_hook

        line = self.in_use()
        uninstall_hook(self.env)
        self.assertFalse(line.exists())


@tagged("post_install", "-at_install")
class TestAttendanceKept(KeptCase):
    """What is late is known to hold until it is decided that attendance counts."""

    def test_the_first_code_at_another_link_of_the_company_is_news(self):
        self.env["hr.attendance"].create(
            {
                "employee_id": self.anna.id,
                "check_in": "2026-09-10 08:00:00",
                "check_out": "2026-09-10 12:00:00",
            }
        )
        other = self._connection(self.company, 6666)
        self.assertFalse(self.check()[self.september.id].is_late)
        self.env["loket.component.mapping"].create(
            {
                "connection_id": other.id,
                "component_code": "5",
                "loket_hour_type_id": self.attendance.id,
            }
        )
        self.assertTrue(self.check()[self.september.id].is_late)
