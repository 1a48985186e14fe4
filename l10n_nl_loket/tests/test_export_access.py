# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common_export import FIRST, ExportCase


class TestExportAccess(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._book(cls.anna, 1, 8)

    def _as(self, user):
        return self.env(
            user=user, context={"allowed_company_ids": user.company_ids.ids}
        )

    def test_a_clerk_without_other_rights_makes_the_whole_file(self):
        self.project.privacy_visibility = "followers"
        vals = {"connection_id": self.connection.id, "year": 2026, "period": 9}
        export = self._as(self.clerk)["loket.export"].create(vals)
        export.action_generate()
        self.assertEqual(export.total_hours, 8)
        self.assertEqual(export.user_id, self.clerk)

    def test_a_clerk_cannot_change_a_cell(self):
        export = self._generate().with_user(self.clerk)
        with self.assertRaises(AccessError):
            export.line_ids[0].value = 80

    def test_somebody_else_sees_nothing(self):
        export = self._generate()
        user = new_test_user(
            self.env,
            login="books-hours-only",
            groups="hr_timesheet.group_hr_timesheet_approver",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        for record in (export, export.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["company_id"])
        with self.assertRaises(AccessError):
            self._as(user)["hr.wage.entry"].search([])

    def test_a_clerk_sees_only_the_own_company(self):
        other = self._company("Slagerij Pieters")
        connection = self._connection(other, 7777)
        export = self.env["loket.export"].create(
            {"connection_id": connection.id, "year": 2026, "period": 9}
        )
        found = self._as(self.clerk)["loket.export"].search([])
        self.assertNotIn(export, found)
        with self.assertRaises(AccessError):
            export.with_user(self.clerk).read(["year"])

    def test_hours_of_another_company_stay_out(self):
        other = self._company("Slagerij Pieters")
        department = self.env["hr.department"].create(
            {"name": "Slagerij", "company_id": other.id}
        )
        butcher = self._employee("Piet Pieters", department, company=other)
        self.env["account.analytic.line"].with_context(
            allowed_company_ids=other.ids
        ).create(
            {
                "employee_id": butcher.id,
                "project_id": self._project(other).id,
                "date": FIRST,
                "unit_amount": 5,
            }
        )
        export = self._generate()
        self.assertFalse(export.left_out_ids)
        self.assertEqual(export.total_hours, 8)
