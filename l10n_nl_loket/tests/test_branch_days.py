# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A worked day is counted by the component of the company of that day."""

from odoo.tests import tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestBranchDays(ExportCase):
    """Kees works on the 1st, 8th, 15th and 22nd; each company counts days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch, cls.other_branch = cls.env["res.company"].create(
            [
                {"name": name, "parent_id": cls.company.id}
                for name in ("Filiaal Noord", "Filiaal Zuid")
            ]
        )
        companies = cls.company | cls.branch | cls.other_branch
        cls.env.user.company_ids |= companies
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": companies.ids}
        )
        cls.connection = cls.connection.with_env(cls.env)
        cls.connection.distribution = "none"
        cls.hall = cls.env["hr.department"].create({"name": "Hal"})
        cls.ours, cls.theirs, cls.others = (
            cls._days_of(company) for company in companies
        )
        cls._map_component("120", wage_component_id=cls.ours.id)

    @classmethod
    def _days_of(cls, company, code="R"):
        return cls.env["hr.wage.component"].create(
            {"name": "Reis", "code": code, "company_id": company.id, "unit": "days"}
        )

    def kees_of(self, company, department=None):
        """Somebody who came long ago, and four days of that person."""
        kees = self._employee("Kees", department or self.hall, company)
        kees = kees.with_env(self.env)
        self.age(kees.version_id, "create_date", "2025-01-01")
        self._link(kees, 3)
        for number in (1, 8, 15, 22):
            self._book(kees, number, 8)
        return kees

    def age(self, record, column, day):
        self.env.flush_all()
        query = f"UPDATE {record._table} SET {column} = %s WHERE id = %s"
        self.env.cr.execute(query, [day, record.id])
        self.env.invalidate_all()

    def code_of_branches(self, code, other=None):
        self._map_component(code, wage_component_id=self.theirs.id)
        self._map_component(other or code, wage_component_id=self.others.id)

    def move(self, employee, day, company):
        """As it is done: a version from the day on, and in that another company."""
        version = employee.create_version({"date_version": day})
        employee.with_context(version_id=version.id).company_id = company
        return version

    def look(self, **vals):
        export = self._export(**vals)
        export.action_check()
        return export

    def sent(self, export, employee):
        """{component code: days}"""
        lines = export.line_ids.filtered(lambda line: line.employee_id == employee)
        values = {line.component_code: line.value for line in lines}
        values.pop(1, None)  # the hours
        return values

    def told(self, export, *reasons):
        reasons = reasons or ("company", "company_differs", "days_once")
        remarks = export.remark_ids.filtered(lambda one: one.reason in reasons)
        return [remark.display_name for remark in remarks]

    def test_who_goes_from_a_branch_to_the_mother_within_the_period(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.move(kees, "2026-09-15", self.company)
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 2})
        self.assertFalse(self.told(export))

    def test_who_goes_from_the_mother_to_a_branch_within_the_period(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.company)
        self.move(kees, "2026-09-22", self.branch)
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 1})
        self.assertFalse(self.told(export))

    def test_who_goes_from_branch_to_branch_and_back_within_the_period(self):
        self.code_of_branches("121", "122")
        kees = self.kees_of(self.branch)
        self.move(kees, "2026-09-08", self.other_branch)
        self.move(kees, "2026-09-22", self.branch)
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 2, 122: 2})
        self.assertFalse(self.told(export))

    def test_of_one_code_no_day_is_paid_twice_and_none_is_lost(self):
        self.code_of_branches("120")
        kees = self.kees_of(self.branch)
        self.move(kees, "2026-09-08", self.company)
        self.move(kees, "2026-09-15", self.other_branch)
        self.assertEqual(self.sent(self.look(), kees), {120: 4})

    def test_an_entry_by_hand_replaces_the_days_of_both_companies(self):
        self.code_of_branches("120")
        kees = self.kees_of(self.branch)
        self.move(kees, "2026-09-15", self.company)
        self.env["hr.wage.entry"].create(
            {
                "employee_id": kees.id,
                "date": "2026-09-30",
                "wage_component_id": self.ours.id,
                "value": 5,
            }
        )
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 5})
        (told,) = self.told(export, "days_replaced")
        self.assertIn("4 days were counted", told)

    def test_who_went_after_the_period_was_here_in_it(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.move(kees, "2026-10-05", self.company)
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 4})
        self.assertFalse(self.told(export))

    def test_who_goes_later_than_today_is_here_until_then(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.move(kees, "2100-01-01", self.company)
        self.assertEqual(kees.company_id, self.company)
        self.assertEqual(self.sent(self.look(), kees), {120: 4, 121: 4})

    def test_who_is_archived_worked_where_that_was(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.move(kees, "2026-09-15", self.company)
        kees.with_context(no_wizard=True).action_archive()
        self.assertEqual(self.sent(self.look(), kees), {120: 4, 121: 2})

    def test_a_file_that_is_made_again_is_as_it_was(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        first = self._generate()
        self.move(kees, "2026-10-05", self.company)
        again = self.look()
        self.assertEqual(self.sent(again, kees), self.sent(first, kees))
        self.assertFalse(again.change_ids)

    def test_a_late_day_is_counted_where_it_was_worked(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        made = self._generate()
        self.move(kees, "2026-09-15", self.company)
        self._book(kees, 2, 8)
        self._book(kees, 23, 8)
        self.assertEqual(self.sent(self.look(), kees), {120: 6, 121: 3})
        self.assertEqual(self.late_days(made), {120: (2, 0), 121: (0, 1)})

    def late_days(self, made):
        """{component code: (days to add, days to take back)} of a file"""
        values = made._watches()[made.id].values()
        values.pop(1, None)  # the hours
        return values

    def test_what_is_kept_of_late_days_sees_a_move(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        made = self._generate()
        self.assertFalse(self.late_days(made))
        self.move(kees, "2026-09-15", self.company)
        self.assertEqual(self.late_days(made), {121: (0, 2)})

    # === WHERE THE FACTS DO NOT TELL === #

    def test_who_is_moved_without_a_new_version_is_told_with_what_to_do(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        kees.company_id = self.company
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        (told,) = self.told(export)
        for words in ("Kees", "Filiaal Noord → Bakkerij Jansen", "ask HR"):
            self.assertIn(words, told)
        # And so it is corrected.
        first = kees.version_id
        second = kees.create_version({"date_version": "2026-09-15"})
        kees.with_context(version_id=first.id).company_id = self.branch
        kees.with_context(version_id=second.id).company_id = self.company
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 2})
        self.assertFalse(self.told(export))
        self.assertEqual(kees.company_id, self.company)

    def test_who_is_corrected_by_half_is_told(self):
        """Odoo gives the company of the version before to the new one too."""
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        first = kees.version_id
        kees.company_id = self.company
        second = kees.create_version({"date_version": "2026-09-15"})
        kees.with_context(version_id=first.id).company_id = self.branch
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 4})
        (told,) = self.told(export)
        self.assertIn("Bakkerij Jansen → Filiaal Noord", told)
        self.assertIn("09/15/2026", told)
        kees.with_context(version_id=second.id).company_id = self.company
        self.assertFalse(self.told(self.look()))

    def test_who_has_a_version_of_which_nobody_knows_when_it_was_made_can_move(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.age(kees.version_id, "create_date", None)
        kees.company_id = self.company
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        self.assertIn("Filiaal Noord → Bakkerij Jansen", self.told(export)[0])

    def test_who_is_moved_by_way_of_the_resource_is_told(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        kees.with_context(no_wizard=True).action_archive()
        kees.resource_id.company_id = self.company
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        self.assertIn("Filiaal Noord → Bakkerij Jansen", self.told(export)[0])

    def test_who_was_moved_before_the_period_and_the_last_file_is_not_told_again(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        kees.company_id = self.company
        version = kees.version_id
        for day, is_told in (("2026-08-31", False), ("2026-09-01", True)):
            self.age(version, "loket_company_changed_on", day)
            self.assertEqual(bool(self.told(self.look())), is_told, day)
        # An earlier file does not know it, and may be late.
        self._book(kees, 1, 8, date="2026-08-03")
        made = self._generate(period=8)
        self.age(made.attachment_id, "create_date", "2026-08-20")
        self.age(version, "loket_company_changed_on", "2026-08-21")
        self.assertTrue(self.told(self.look()))

    def test_what_was_changed_before_the_last_file_but_within_the_period_is_told(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        kees.company_id = self.company
        self._book(kees, 1, 8, date="2026-08-03")
        made = self._generate(period=8)
        self.age(made.attachment_id, "create_date", "2026-09-20")
        self.age(kees.version_id, "loket_company_changed_on", "2026-09-05")
        self.assertTrue(self.told(self.look()))

    def test_who_is_moved_in_an_earlier_version_is_moved_in_later_ones_too(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.company)
        first = kees.version_id
        second = kees.create_version({"date_version": "2026-09-15"})
        self.age(second, "create_date", "2026-09-15")
        kees.with_context(version_id=first.id).company_id = self.branch
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 4})
        (told,) = self.told(export)  # the first one was chosen for it
        self.assertIn("09/15/2026", told)

    def test_who_moves_later_moves_still_when_an_earlier_version_is_corrected(self):
        self.code_of_branches("121", "122")
        kees = self.kees_of(self.branch)
        first = kees.version_id
        self.move(kees, "2026-09-15", self.company)
        kees.create_version({"date_version": "2026-09-20"})
        self.move(kees, "2026-09-22", self.branch)
        kees.with_context(version_id=first.id).company_id = self.other_branch
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 1, 122: 2})
        # Odoo has the company of the first one everywhere.
        (told,) = self.told(export)
        self.assertIn("Filiaal Noord / Filiaal Zuid", told)
        self.assertIn("09/22/2026", told)

    def test_who_moves_later_and_is_set_back_until_then_is_told_when_it_comes(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.move(kees, "2100-01-01", self.company)
        kees.company_id = self.branch
        self.assertEqual(self.sent(self.look(), kees), {120: 4, 121: 4})
        self.assertFalse(self.told(self.look()))
        kees.version_ids[-1].date_version = "2026-09-15"
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 2})
        (told,) = self.told(export)
        self.assertIn("Bakkerij Jansen / Filiaal Noord", told)

    def test_a_version_that_is_archived_keeps_no_later_one_from_going_along(self):
        self.code_of_branches("121", "122")
        kees = self.kees_of(self.branch)
        first = kees.version_id
        self.move(kees, "2026-09-08", self.other_branch).active = False
        kees.create_version({"date_version": "2026-09-15"})
        kees.with_context(version_id=first.id).company_id = self.company
        self.assertEqual(self.sent(self.look(), kees), {120: 4})

    def test_days_of_a_first_version_that_is_archived_are_told(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        first = kees.version_id
        self.move(kees, "2026-09-15", self.company)
        self.assertFalse(self.told(self.look()))
        first.active = False
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        (told,) = self.told(export)
        self.assertIn("Bakkerij Jansen / Filiaal Noord", told)
        self.assertIn("09/01/2026", told)
        first.active = True
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 2})
        self.assertFalse(self.told(export))

    def test_a_version_that_is_archived_says_nothing(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        version = kees.create_version({"date_version": "2026-09-15"})
        self.age(version, "create_date", "2026-09-15")
        self.move(kees, "2026-09-15", self.company)
        self.assertTrue(self.told(self.look()))
        version.active = False
        # Odoo has the company of it still.
        export = self.look()
        self.assertTrue(self.told(export, "company_differs"))
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 4})
        kees.company_id = self.branch
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 4})
        self.assertFalse(self.told(export))
        # Who has none at all is where Odoo has that person.
        self.age(kees.version_ids, "active", False)
        self.assertEqual(self.sent(self.look(), kees), {120: 4, 121: 4})

    def test_the_days_of_a_branch_that_is_archived_are_counted(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        self.age(self.branch, "active", False)
        self.assertEqual(self.sent(self.look(), kees), {120: 4, 121: 4})

    def test_what_speaks_against_a_version_after_the_period_is_not_told_yet(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.company)
        depot = self.env["hr.department"].create(
            {"name": "Depot", "company_id": self.branch.id}
        )
        version = kees.create_version({"date_version": "2026-10-01"})
        version.department_id = depot
        self.assertFalse(self.told(self.look()))
        self._book(kees, 1, 8, date="2026-10-01")
        self.assertTrue(self.told(self.look(period=10)))

    def test_who_never_left_a_department_of_another_company_is_told_too(self):
        self.code_of_branches("121")
        depot = self.env["hr.department"].create(
            {"name": "Depot", "company_id": self.branch.id}
        )
        self.kees_of(self.company, depot)
        (told,) = self.told(self.look())
        self.assertIn("Bakkerij Jansen / Filiaal Noord", told)

    def test_a_company_without_a_component_of_a_branch_has_nothing_to_tell(self):
        kees = self.kees_of(self.branch)
        kees.company_id = self.company
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        self.assertFalse(self.told(export))

    def test_a_version_made_for_the_move_leaves_no_doubt(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        version = kees.create_version({"date_version": "2026-09-15"})
        self.assertEqual(kees.version_id, version)  # the one of today
        kees.company_id = self.company
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 2})
        self.assertFalse(self.told(export))

    def test_who_was_moved_before_it_was_kept_is_told_by_the_chatter(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch).with_context(tracking_disable=False)
        self.flush_tracking()
        kees.company_id = self.company
        self.flush_tracking()
        kees.sudo().version_id.write(
            {
                "loket_company_id": False,
                "loket_company_was_id": False,
                "loket_company_changed_on": False,
            }
        )
        (told,) = self.told(self.look())
        self.assertIn("Filiaal Noord → Bakkerij Jansen", told)
        (value,) = kees.message_ids.sudo().tracking_value_ids.filtered(
            lambda one: one.field_id.name == "company_id"
        )
        self.age(value, "create_date", "2026-08-31")
        self.assertFalse(self.told(self.look()))
        # Of what is kept, that counts.
        self.age(value, "create_date", "2026-09-10")
        kees.sudo().version_id.loket_company_id = self.company
        self.assertFalse(self.told(self.look()))

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_a_department_of_another_company_is_told(self):
        """Somebody was moved before the days of it were kept."""
        self.code_of_branches("121")
        depot, shop = self.env["hr.department"].create(
            [
                {"name": "Depot", "company_id": self.branch.id},
                {"name": "Winkel", "company_id": self.company.id},
            ]
        )
        kees = self.kees_of(self.branch, depot)
        version = self.move(kees, "2026-09-15", self.company)
        version.department_id = shop
        kees.sudo().version_ids.loket_company_id = False
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        (told,) = self.told(export)
        self.assertIn("Bakkerij Jansen / Filiaal Noord", told)
        self.assertIn("01/01/2025", told)
        kees.with_context(version_id=kees.version_ids[0].id).company_id = self.branch
        kees.with_context(version_id=version.id).company_id = self.company
        self.assertFalse(self.told(self.look()))
        # Of who left it before the period there is nothing to tell.
        kees.sudo().version_ids.loket_company_id = False
        version.date_version = "2026-09-01"
        self.assertFalse(self.told(self.look()))

    def test_a_branch_may_use_the_departments_of_the_mother(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch, self.shop)
        self.assertFalse(self.told(self.look()))
        # But who left one for a department of the branch was in the mother.
        depot = self.env["hr.department"].create(
            {"name": "Depot", "company_id": self.branch.id}
        )
        version = kees.create_version({"date_version": "2026-09-15"})
        version.department_id = depot
        (told,) = self.told(self.look())
        self.assertIn("Filiaal Noord / Bakkerij Jansen", told)

    def test_what_odoo_has_otherwise_is_told(self):
        self.code_of_branches("121")
        kees = self.kees_of(self.branch)
        kees.version_id.company_id = self.company
        (told,) = self.told(self.look())
        self.assertIn("Filiaal Noord / Bakkerij Jansen", told)
        # What came past the employee, as a script does.
        kees.version_id.company_id = self.branch
        self.assertFalse(self.told(self.look()))
        kees.sudo().version_id.loket_company_id = self.branch
        self.age(kees, "company_id", self.company.id)
        (told,) = self.told(self.look())
        self.assertIn("Filiaal Noord / Bakkerij Jansen", told)

    def test_two_of_one_company_with_one_code_count_a_day_once_and_it_is_told(self):
        kees = self.kees_of(self.company)
        again = self._days_of(self.company, "R2")
        again.name = "Thuis"
        self._map_component("120", wage_component_id=again.id)
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4})
        (told,) = self.told(export)
        self.assertIn("Reis and Thuis are of one company", told)
        again.loket_mapping_ids.component_code = "121"
        export = self.look()
        self.assertEqual(self.sent(export, kees), {120: 4, 121: 4})
        self.assertFalse(self.told(export))
