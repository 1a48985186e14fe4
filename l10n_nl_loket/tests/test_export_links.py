# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from .common_export import ExportCase


class TestExportLinks(ExportCase):
    """Which of several links with Loket pays an hour: exactly one, or it is listed."""

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

    def drafts(self):
        """A draft of each link, looked up."""
        drafts = self._export() | self._export(connection_id=self.other.id)
        drafts.action_check()
        return drafts

    def test_no_hour_is_in_two_files(self):
        self._link(self.anna, 5, connection=self.other, start_date="2026-09-16")
        self._book(self.anna, 10, 8)
        self._book(self.anna, 20, 5)
        here, there = self.drafts()
        self.assertEqual((here.total_hours, there.total_hours), (8, 5))
        self.assertFalse((here | there).left_out_ids.filtered(self.is_anna))

    def test_of_two_that_began_on_one_day_both_links_choose_the_same(self):
        start = self.anna_job.start_date
        self._link(self.anna, 5, connection=self.other, start_date=start)
        self._book(self.anna, 10, 8)
        self.assertEqual(sum(self.drafts().mapped("total_hours")), 8)

    def test_an_archived_link_pays_nobody(self):
        self.bram_job.write({"connection_id": self.other.id})
        self.other.active = False
        self._book(self.bram, 1, 8)
        here = self._export()
        here.action_check()
        self.assertEqual(here.left_out_ids.reason, "not_linked")
        self.assertEqual(here.left_out_hours, 8)

    def test_what_is_tried_out_on_acceptance_takes_no_hours(self):
        self._link(self.anna, 5, connection=self.other, start_date="2026-09-01")
        self.other.environment = "acceptance"
        self._book(self.anna, 10, 8)
        self.assertEqual(self._generate().total_hours, 8)

    def test_a_leaver_whom_loket_no_longer_gives_gets_the_last_hours(self):
        self.anna_job.write({"in_loket": False, "end_date": "2026-09-15", "shift": 3})
        self._book(self.anna, 15, 8)
        export = self._generate()
        self.assertIn("5555;1;3;100;8", self._file(export))
        remarks = export.remark_ids.mapped("display_name")
        self.assertIn("no longer gives", "\n".join(remarks))
        there = self._export(connection_id=self.other.id)
        there.action_check()
        self.assertFalse(there.left_out_ids, "nobody else has to link them")

    def test_after_loket_stopped_giving_it_without_a_last_day_it_is_listed(self):
        self.anna_job.write({"in_loket": False, "vanished_on": "2026-09-15"})
        self._book(self.anna, 15, 8)
        self._book(self.anna, 16, 4)
        export = self._export()
        with self.assertRaisesRegex(UserError, "Loket no longer gives.*4.00 hours"):
            export.action_generate()
        self.assertEqual(export.total_hours, 8)

    def test_the_employment_that_loket_gives_now_pays_before_one_it_gave(self):
        self._link(self.anna, 7, start_date="2025-01-01")
        self.anna_job.write({"in_loket": False, "start_date": "2026-01-01"})
        self._book(self.anna, 1, 8)
        self.assertEqual(self._generate().line_ids.payroll_number, 7)

    def test_of_who_moves_both_links_tell_whose_the_hours_will_be(self):
        self.anna_job.write({"end_date": "2026-08-31", "birthday": "1980-01-02"})
        self.anna.birthday = "1980-01-02"
        self._link(
            self.anna,
            5,
            connection=self.other,
            start_date="2026-09-01",
            decision="pending",
            employee_id=False,
            birthday="1980-01-02",
        )
        self._book(self.anna, 10, 8)
        self._book(self.bram, 10, 4)
        here, there = self.drafts()
        self.assertEqual(here.left_out_ids.reason, "undecided_elsewhere")
        self.assertIn(self.other.name, here.left_out_ids.display_name)
        here.action_generate()
        self.assertEqual(here.total_hours, 4)
        self.assertEqual(there.left_out_ids.reason, "undecided")
        self.assertEqual(there.left_out_hours, 8)
        self.assertTrue(there.has_acceptable)

    def test_what_another_link_delivered_is_not_sent_again_unless_somebody_says_so(
        self,
    ):
        self._book(self.anna, 10, 8)
        self._book(self.anna, 20, 5)
        first = self._generate()
        self._link(self.anna, 5, connection=self.other, start_date="2026-09-16")
        there = self._export(connection_id=self.other.id)
        there.action_check()
        problem = there.left_out_ids
        self.assertEqual((problem.reason, problem.hours), ("delivered", 5))
        self.assertIn(first.display_name, problem.detail)
        self.assertIn(self.connection.name, problem.detail)
        self.assertFalse(there.line_ids)
        there.send_delivered = True
        there.action_generate()
        self.assertEqual(there.total_hours, 5)
        self.assertFalse(there.left_out_ids)
        again = there._draft_of(self.other, 2026, 9)
        self.assertTrue(again.send_delivered, "it is there now")
        self.assertEqual(again.total_hours, 5)

    def test_the_file_of_a_link_that_was_archived_counts_too(self):
        self._book(self.anna, 10, 8)
        self._generate()
        self.connection.active = False
        self._link(self.anna, 5, connection=self.other, start_date="2025-01-01")
        self._book(self.anna, 11, 2)
        there = self._export(connection_id=self.other.id)
        there.action_check()
        self.assertEqual(there.total_hours, 2)
        self.assertEqual(there.left_out_ids.reason, "delivered")
        self.assertEqual(there.left_out_hours, 8)

    def test_a_file_of_acceptance_holds_nothing_back(self):
        self._book(self.anna, 10, 8)
        self.connection.environment = "acceptance"
        self._generate()
        self._link(self.anna, 5, connection=self.other)
        there = self._export(connection_id=self.other.id)
        there.action_check()
        self.assertEqual(there.total_hours, 8)

    def test_what_another_link_counts_is_named(self):
        self.bram_job.connection_id = self.other
        self._book(self.anna, 10, 8)
        self._book(self.bram, 10, 6)
        here, there = self.drafts()
        for draft, hours, name in (
            (here, "6.00", self.other.name),
            (there, "8.00", self.connection.name),
        ):
            remark = "\n".join(draft.remark_ids.mapped("display_name"))
            self.assertIn(hours, remark)
            self.assertIn(name, remark)

    def test_of_two_employments_at_once_the_clerk_chooses(self):
        second = self._link(self.anna, 7, start_date="2026-09-10")
        project = self._project(self.company)
        self._book(self.anna, 12, 8)
        self._book(self.anna, 13, 2, project_id=project.id)
        export = self._export().with_user(self.clerk)
        export.action_check()
        self.assertEqual(self.by_number(export), {7: 10})
        remark = self.remark(export, "several").display_name
        self.assertIn("payroll number 1 ", remark)
        self.assertIn("10.00 hours", remark)
        self.assertTrue(remark.endswith(f"number 7 ({self.connection.name})."), remark)
        apart = (self.anna_job | second).with_context(loket_employment=True)
        self.assertEqual(len(set(apart.mapped("display_name"))), 2)
        self.choose(export, self.anna_job)
        self.assertEqual(self.by_number(export), {1: 10})
        self.choose(export, second, project_ids=project.ids)
        self.assertEqual(self.by_number(export), {1: 8, 7: 2})
        self.assertTrue(self.anna_job.gets_hours)
        self.assertEqual(second.hours_project_ids, project)
        export.action_generate()
        with self.assertRaises(UserError):
            self.choose(export, self.bram_job)

    def choose(self, export, employment, **vals):
        """A clerk says which employment gets the hours."""
        action = self.remark(export, "several")[0].action_choose()
        choice = self.env[action["res_model"]].browse(action["res_id"])
        choice = choice.with_user(self.clerk)
        choice.write({"employment_id": employment.id, **vals})
        choice.action_choose()

    def remark(self, export, reason):
        """The remarks of a reason; that no components were fetched is one as well."""
        return export.remark_ids.filtered(lambda remark: remark.reason == reason)

    def by_number(self, export):
        return {line.payroll_number: line.hours for line in export.line_ids}

    def test_who_moved_to_another_company_is_paid_for_the_hours_before(self):
        self._book(self.anna, 1, 8)
        elsewhere = self._company("Slagerij Pieters")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_employee SET company_id = %s WHERE id = %s",
            [elsewhere.id, self.anna.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._generate().total_hours, 8)

    def test_an_archived_component_counts_no_days(self):
        travel = self.env["hr.wage.component"].create(
            {"name": "Reisdagen", "code": "D", "unit": "days"}
        )
        self._map_component("90", wage_component_id=travel.id)
        self._book(self.anna, 1, 8)
        with_days = self._generate()
        travel.active = False
        self.assertIn(90, with_days.line_ids.mapped("component_code"))
        # What the first file had of it is gone.
        lines = self._generate().line_ids
        self.assertEqual(
            {90: 0, 1: 8}, {one.component_code: one.value for one in lines}
        )

    def is_anna(self, problem):
        return problem.employee_id == self.anna
