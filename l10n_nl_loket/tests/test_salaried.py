# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is on a fixed salary, and who says what becomes of the hours."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common_connection import ConnectionMixin
from .common_export import ExportCase

ASKED = ["l10n_nl_loket.mail_activity_type_salaried"]


@tagged("post_install", "-at_install")
class TestSalaried(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna_job.hours_by_loket = True
        cls.bram_job.write({"hours_by_loket": True, "is_on_call": True})
        cls._map_component("30", work_entry_type_id=cls.overtime.id)
        cls._book(cls.anna, 1, 8)
        cls._book(cls.anna, 2, 7.5)
        cls._book(cls.anna, 3, 2, work_entry_type_id=cls.overtime.id)
        cls._book(cls.bram, 1, 4)
        cls.manager = new_test_user(
            cls.env,
            "loket-manager",
            "base.group_user,l10n_nl_loket.group_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.connection.user_id = cls.manager

    def as_clerk(self, export):
        return export.with_user(self.clerk).with_context(
            allowed_company_ids=self.company.ids
        )

    def sent(self, export):
        """{(payroll number, component): value}"""
        return {
            (line.payroll_number, line.component_code): line.value
            for line in export.line_ids
        }

    def test_until_it_is_answered_there_is_no_file_and_the_consequence_is_told(self):
        export = self._export()
        export.action_check()

        self.assertTrue(export.has_blocking)
        self.assertIn("15.50", export.salaried_question)
        self.assertIn("1 people", export.salaried_question)
        self.assertIn("paid twice", export.salaried_question)
        with self.assertRaisesRegex(UserError, "fixed salary"):
            export.action_generate()

    def test_a_manager_leaves_them_out_there_and_then(self):
        export = self._export()
        export.action_check()
        export.action_leave_out_salaried()

        self.assertEqual(self.connection.salaried_hours, "leave_out")
        self.assertFalse(export.salaried_question)
        self.assertFalse(export.has_blocking or export.has_acceptable)
        export.action_generate()
        self.assertEqual(self.sent(export), {(1, 30): 2, (2, 1): 4})
        self.assertEqual(export.left_out_ids.mapped("rank"), ["rule"])
        self.assertEqual(sum(export.left_out_ids.mapped("hours")), 15.5)

    def test_a_manager_sends_them_there_and_then(self):
        export = self._export()
        export.action_check()
        export.action_send_salaried()
        export.action_generate()

        self.assertEqual(self.sent(export), {(1, 1): 15.5, (1, 30): 2, (2, 1): 4})
        self.assertFalse(export.left_out_ids)

    def test_a_clerk_s_preview_asks_the_responsible_person_once(self):
        export = self.as_clerk(self._export())
        export.action_check()
        export.action_check()

        activity = self.connection.activity_search(ASKED)
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(len(activity), 1)
        self.assertIn("15.50", activity.note)
        self.assertIn(self.manager.name, export.salaried_question)
        with self.assertRaises(AccessError):
            export.action_send_salaried()

        self.connection.with_user(self.manager).salaried_hours = "leave_out"
        self.assertFalse(self.connection.activity_search(ASKED))

    def test_an_employment_differs(self):
        self.connection.salaried_hours = "leave_out"
        self.anna_job.salaried_hours = "send"

        self.assertEqual(self.sent(self._generate())[1, 1], 15.5)

    def test_which_hours_are_normal_can_be_said_for_each_hour_type(self):
        self.connection.salaried_hours = "leave_out"
        lines = self.connection.component_mapping_ids
        leave = self.env.ref("hr_work_entry.work_entry_type_leave")
        extra = self.attendance.copy({"code": "X150", "is_extra_hours": True})
        lines |= self._map_component("40", work_entry_type_id=leave.id)
        lines |= self._map_component("31", work_entry_type_id=extra.id)
        normal = lines.filtered("normal_hours").work_entry_type_id

        self.assertEqual(normal, self.attendance)
        lines.filtered("normal_hours").normal_hours = False
        self.assertEqual(self.sent(self._generate())[1, 1], 15.5)

    def test_what_odoo_has_of_its_own_is_known_for_normal_hours_or_not(self):
        for name, is_normal in (
            ("work_entry_type_home_working", True),
            ("work_entry_type_extra_hours", False),
            ("work_entry_type_long_leave", False),
        ):
            xmlid = f"hr_work_entry.{name}"
            hour_type = self.env.ref(xmlid, raise_if_not_found=False)
            if not hour_type:  # it is demonstration data of Odoo
                hour_type = self.attendance.copy({"code": name})
                record = {"xml_id": xmlid, "record": hour_type}
                self.env["ir.model.data"]._update_xmlids([record])
            line = self._map_component("40", work_entry_type_id=hour_type.id)
            self.assertEqual(line.normal_hours, is_normal, name)

    def test_another_connection_is_asked_by_itself(self):
        self.connection.salaried_hours = "send"

        self.assertFalse(self.connection.copy().salaried_hours)


@tagged("post_install", "-at_install")
class TestSalariedFetched(ConnectionMixin, TransactionCase):
    def test_the_night_reads_who_is_on_call_and_whose_hours_loket_works_out(self):
        self.make_ready()
        self.loket.faults.add("on_call", "108")
        people = self.employer.employees
        jobs = [job for person in people for job in person.employments]
        other = next(job for job in jobs if job.calculates_hours and not job.on_call)
        self.connection.action_sync()

        rows = {row.payroll_number: row for row in self.connection.loket_employee_ids}
        row = rows[other.payroll_id]
        self.assertTrue(row.hours_by_loket)
        self.assertFalse(row.is_on_call)
        on_call = next(p for p in people if p.number == 108).employments[0]
        self.assertTrue(rows[on_call.payroll_id].is_on_call)
        self.assertFalse(rows[on_call.payroll_id].hours_by_loket)
