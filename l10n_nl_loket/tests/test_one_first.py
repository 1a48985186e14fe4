# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestOneFirst(ExportCase):
    """One person is linked and looked at before all the others are."""

    def setUp(self):
        super().setUp()
        (period,) = [self.connection._last_full_dates()]
        self.day = period[0][2]
        self.bram_job.write({"decision": "pending", "employee_id": False})

    def step(self):
        self.connection.invalidate_recordset()
        return next(one for one in self.connection.steps if one["name"] == "test")

    def preview(self, job):
        action = job.action_preview()
        self.assertEqual(action["target"], "new")
        return str(Form(job, view=action["views"][0][0]).preview)

    def test_it_is_the_next_step_while_nobody_is_linked(self):
        self.anna_job.write({"decision": "pending", "employee_id": False})
        self.assertTrue(self.step()["is_next"])
        self.assertTrue(self.step()["is_shown"])
        context = self.connection.action_test()["context"]
        self.assertEqual(context["search_default_pending"], 1)
        # Whoever is linked from there is shown at once.
        job = self.anna_job.with_context(**context)
        job.write({"decision": "link", "employee_id": self.anna.id})
        following = job._carry_out()["params"]["next"]
        self.assertEqual(following["res_id"], job.id)
        step = self.step()
        self.assertTrue(step["is_done"])
        self.assertEqual(self.connection.next_step, "employees")

    def test_who_undoes_the_one_that_was_tested_tests_again(self):
        self.anna_job.action_preview()
        self.assertTrue(self.step()["is_done"])
        self.anna_job.action_reset()
        self.assertFalse(self.step()["is_done"])
        self.assertTrue(self.step()["is_next"])

    def test_who_was_linked_elsewhere_is_looked_at_before_the_others_too(self):
        self.assertTrue(self.step()["is_next"])
        self.assertEqual(self.step()["label"], "See the preview")
        self.connection.action_test()
        self.assertFalse(self.step()["is_next"])

    def test_it_is_no_step_any_more_with_the_second_one(self):
        self.assertTrue(self.step()["is_shown"])
        self._link(self.bram, 3)
        self.assertFalse(self.step()["is_shown"])

    def test_elsewhere_and_later_who_is_linked_is_not_shown(self):
        job = self.bram_job.with_context(loket_test=True)
        job.write({"decision": "link", "employee_id": self.bram.id})
        following = job._carry_out()["params"]["next"]
        self.assertNotEqual(following.get("res_id"), job.id, "the second one")
        (self.anna_job | job).write({"decision": "pending", "employee_id": False})
        job = self.bram_job
        job.write({"decision": "link", "employee_id": self.bram.id})
        following = job._carry_out()["params"]["next"]
        self.assertNotEqual(following.get("res_id"), job.id)

    def test_the_preview_is_that_of_this_person_alone(self):
        self._offer("1")
        self._book(self.anna, 1, 7.5, date=self.day)
        self._book(self.bram, 1, 3.25, date=self.day)
        self._book(self.anna, 1, 2, date=self.day, work_entry_type_id=self.overtime.id)
        self._book(self.anna, 1, 99, date=self.day - timedelta(days=1))
        self.assertEqual(self.connection.action_test()["res_id"], self.anna_job.id)
        text = self.preview(self.anna_job)
        self.assertIn("Component 1", text)
        self.assertIn("7.50", text)
        self.assertIn("unit 100", " ".join(text.split()))
        self.assertIn("Without a component code", text)
        self.assertIn("2.00 hours", text)
        for other in ("3.25", "99.00", "Bram"):
            self.assertNotIn(other, text)

    def test_the_preview_says_what_the_file_says(self):
        wage = self.env["hr.wage.component"].create(
            {"name": "Dagen", "code": "D", "unit": "days"}
        )
        self._map_component("40", wage_component_id=wage.id)
        self._book(self.anna, 1, 7.5, date=self.day)
        self._book(self.anna, 1, 1 / 3, date=self.day + timedelta(days=1))
        text = self.preview(self.anna_job)
        export = self.env["loket.export"]._draft_of(
            self.connection, self.day.year, self.day.month
        )
        lines = export.line_ids.filtered(lambda line: line.employee_id == self.anna)
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertIn(f"{line.value:.2f}", text)
            self.assertIn(line.component_label, text)

    def test_nothing_is_made_by_looking(self):
        self._book(self.anna, 1, 7.5, date=self.day)
        self.preview(self.anna_job)
        self.assertFalse(
            self.env["loket.export"].search(
                [("connection_id", "=", self.connection.id)]
            )
        )

    def test_where_nothing_is_booked_that_is_said(self):
        self.assertIn("Nothing is booked", self.preview(self.anna_job))

    def test_from_the_preview_one_goes_on_with_the_others(self):
        action = self.anna_job.action_decide_others()
        self.assertEqual(action["context"]["search_default_pending"], 1)

    def test_a_clerk_tests_nothing(self):
        for record, method in (
            (self.connection, "action_test"),
            (self.anna_job, "action_preview"),
        ):
            with self.assertRaises(AccessError):
                getattr(record.with_user(self.clerk), method)()

    def test_an_hr_officer_alone_reads_an_employment_without_its_wage_entries(self):
        officer = new_test_user(
            self.env, "loket-officer", "hr.group_hr_user", company_id=self.company.id
        )
        (read,) = self.anna_job.with_user(officer).read()
        self.assertEqual(read["name"], self.anna_job.name)
        self.assertNotIn("preview", read)
