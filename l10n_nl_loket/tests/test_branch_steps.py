# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is open of a connection is so, whoever looks, and of nobody's secret a word."""

from odoo.tests import new_test_user, tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestBranchSteps(ExportCase):
    """A branch is paid by the connection of the mother; its manager sees the mother."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Geheim filiaal", "parent_id": cls.company.id}
        )
        cls.env.user.company_ids |= cls.branch
        cls.connection.user_id = False
        # Everything that is seen is done.
        lines = cls.env["loket.component.mapping"]
        for action in ("action_hour_types", "action_wage_components"):
            domain = getattr(cls.connection, action)()["domain"]
            open_lines = lines.search(domain).filtered(lambda one: not one.is_mapped)
            open_lines and open_lines.action_skip()
        cls.depot = cls.env["hr.department"].create(
            {"name": "Geheim depot", "company_id": cls.branch.id}
        )

    @classmethod
    def _manager(cls, login, companies):
        return new_test_user(
            cls.env,
            login,
            "l10n_nl_loket.group_manager",
            company_id=companies[0].id,
            company_ids=companies.ids,
        )

    def as_manager(self, record, user=None, companies=None):
        record = self.of_parent(record)
        if not user:
            return record
        companies = companies or self.company
        return record.with_user(user).with_context(allowed_company_ids=companies.ids)

    def step(self, name, user=None, companies=None):
        """The row of a step, and all words of the steps."""
        connection = self.as_manager(self.connection, user, companies)
        steps = connection.steps
        self.assertNotIn("Geheim", str(steps))
        (step,) = (step for step in steps if step["name"] == name)
        return step

    def test_a_department_out_of_sight_keeps_the_step_open(self):
        step = self.step("departments")
        self.assertFalse(step["is_done"])
        self.assertIn("1 in other companies", step["problem"])
        self.assertEqual(step["progress"], "2 of 2")
        self.assertEqual(self.connection.next_step, "departments")
        mapping = self._map_department(self.depot, "300")
        step = self.step("departments")
        self.assertTrue(step["is_done"])
        self.assertFalse(step["problem"])
        self.assertNotEqual(self.connection.next_step, "departments")
        # A row that waits is as open as none.
        unit, mapping.cost_center_id = mapping.cost_center_id, False
        unit.active = False
        self.assertIn("1 in other", self.step("departments")["problem"])
        mapping.is_skipped = True
        self.assertTrue(self.step("departments")["is_done"])

    def test_what_is_out_of_sight_comes_before_the_first_employees(self):
        self.connection.loket_employee_ids.write(
            {"decision": "pending", "employee_id": False}
        )
        self.assertEqual(self.as_manager(self.connection).next_step, "departments")
        self._map_department(self.depot, "300")
        self.assertNotEqual(self.as_manager(self.connection).next_step, "departments")

    def test_where_no_file_tells_departments_it_is_nobodys_turn(self):
        self.connection.distribution = "none"
        self.assertNotEqual(self.as_manager(self.connection).next_step, "departments")
        self.assertFalse(self.step("departments")["is_done"])

    def test_who_can_is_to_be_asked(self):
        both = self.company | self.branch
        self.env["res.users"].search([("id", "!=", self.env.user.id)]).filtered(
            lambda user: both <= user.company_ids
        ).company_ids -= self.branch
        self.env.user.company_ids -= self.branch
        self.assertIn("ask an administrator", self.step("departments")["problem"])
        able = self._manager("loket-both", both)
        self.assertIn(f"ask {able.name}", self.step("departments")["problem"])
        self.connection.user_id = able
        first = self._manager("loket-third", both)
        self.connection.user_id = first
        self.assertIn(f"ask {first.name}", self.step("departments")["problem"])
        # Who may see the branch, and did not choose it.
        told = self.step("departments", able)["problem"]
        self.assertIn("1 in other companies: choose these too", told)

    def test_who_sees_the_branch_finds_it_in_the_table(self):
        both = self.company | self.branch
        able = self._manager("loket-both", both)
        self.env["hr.wage.component"].create(
            {"name": "Geheim", "code": "G", "company_id": self.branch.id}
        )
        for name, progress in (
            ("departments", "2 of 3"),
            ("wage_components", "0 of 1"),
        ):
            step = self.step(name, able, both)
            self.assertEqual((step["problem"], step["progress"]), ("", progress))
            self.assertFalse(step["is_done"])

    def test_what_one_sees_is_not_kept_for_the_next(self):
        both = self.company | self.branch
        able = self._manager("loket-both", both)
        mine = self.as_manager(self.connection)
        theirs = mine.with_user(able).with_context(allowed_company_ids=both.ids)
        self.assertEqual([mine.departments_total, theirs.departments_total], [2, 3])
        component = self.env["hr.wage.component"].create(
            {"name": "Geheim", "code": "G", "company_id": self.branch.id}
        )
        self.assertTrue(component)
        totals = [mine.wage_components_total, theirs.wage_components_total]
        self.assertEqual(totals, [0, 1])

    def test_a_unit_of_a_department_out_of_sight_is_no_unit_without_one(self):
        unit = self._map_department(self.depot, "300").cost_center_id
        connection = self.as_manager(self.connection)
        self.assertNotIn(unit, connection._units_without_department())
        action = connection.action_departments()
        rows = connection.env[action["res_model"]].search(action["domain"])
        self.assertEqual(rows.department_id, self.shop | self.office)
        step = self.step("departments")
        self.assertEqual(step["progress"], "2 of 2")

    def test_a_unit_left_by_a_department_waits_for_a_decision(self):
        """Its row was made before the department out of sight got it."""
        unit = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "code": "300",
                "name": "Unit 300",
                "kind": "distribution_unit",
                "ref": "unit-300",
            }
        )
        self.connection.action_departments()
        line = self.depot.loket_mapping_ids or self.env[
            "loket.department.mapping"
        ].create({"connection_id": self.connection.id, "department_id": self.depot.id})
        line.cost_center_id = unit
        self.assertEqual(self.step("departments")["progress"], "2 of 2")
        line.cost_center_id = False
        self.assertEqual(self.step("departments")["progress"], "2 of 3")

    def test_a_wage_component_out_of_sight_keeps_its_step_open(self):
        self.assertTrue(self.step("wage_components")["is_done"])
        component = self.env["hr.wage.component"].create(
            {"name": "Geheim", "code": "G", "company_id": self.branch.id}
        )
        step = self.step("wage_components")
        self.assertFalse(step["is_done"])
        self.assertIn("1 in other companies", step["problem"])
        line = self._map_component("120", wage_component_id=component.id)
        step = self.step("wage_components")
        self.assertTrue(step["is_done"])
        self.assertFalse(step["problem"])
        line.component_code = False
        self.assertFalse(self.step("wage_components")["is_done"])

    def test_what_is_of_an_archived_branch_keeps_no_step_open(self):
        """Nobody could choose that company, and so nobody could do it."""
        self.env["hr.wage.component"].create(
            {"name": "Geheim", "code": "G", "company_id": self.branch.id}
        )
        for name in ("departments", "wage_components"):
            self.assertFalse(self.step(name)["is_done"], name)
        self.branch.active = False
        for name in ("departments", "wage_components"):
            self.assertTrue(self.step(name)["is_done"], name)

    def test_of_another_company_nothing_is_told_here(self):
        other = self._company("Elders")
        self._map_department(self.depot, "300")
        self.env["hr.department"].create({"name": "Ander", "company_id": other.id})
        self.env["hr.wage.component"].create(
            {"name": "Ander", "code": "A", "company_id": other.id}
        )
        for name in ("departments", "wage_components"):
            self.assertTrue(self.step(name)["is_done"], name)

    def test_people_of_the_branch_are_counted_whoever_looks(self):
        """Employments are of the connection: nobody sees less of them."""
        kees = self._employee("Geheim", self.depot, self.branch)
        row = self._link(kees, 3, decision="pending", employee_id=False)
        self.assertEqual(self.step("employees")["progress"], "1 to decide")
        row.write({"decision": "link", "employee_id": kees.id, "check_email": True})
        self.assertEqual(self.step("check")["progress"], "1 to check")
        self.assertFalse(self.step("check")["is_done"])

    def test_an_hour_type_that_the_branch_books_is_counted_whoever_looks(self):
        kees = self._employee("Geheim", self.depot, self.branch)
        self.assertTrue(self.step("hour_types")["is_done"])
        foreign = self.env["hr.work.entry.type"].create(
            {"name": "French", "code": "FR1", "country_id": self.env.ref("base.fr").id}
        )
        both = (self.company | self.branch).ids
        self.env["account.analytic.line"].with_context(allowed_company_ids=both).create(
            {
                "employee_id": kees.id,
                "project_id": self.project.id,
                "date": "2026-09-01",
                "unit_amount": 8,
                "work_entry_type_id": foreign.id,
            }
        )
        self.assertFalse(self.step("hour_types")["is_done"])
