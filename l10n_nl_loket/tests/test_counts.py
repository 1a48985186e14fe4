# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common_export import ExportCase

#: Steps that open no list.
NO_LIST = {"ask", "connect", "administration", "sync", "test", "export"}


@tagged("post_install", "-at_install")
class TestCounts(ExportCase):
    """What a step says in numbers is what its list shows; green is: all decided."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connection.administration_name = "Jansen maand"

    def steps(self):
        self.env.flush_all()
        self.connection.invalidate_recordset()
        return {step["name"]: step for step in self.connection.steps}

    def shown(self, action):
        """The records that the list of an action shows when it opens."""
        model = self.env[action["res_model"]]
        arch = etree.fromstring(model.get_view(view_type="search")["arch"])
        domain = Domain(action["domain"])
        for name, value in action["context"].items():
            if name.startswith("search_default_") and value:
                (found,) = arch.xpath(f"//filter[@name='{name[15:]}']")
                domain &= Domain(safe_eval(found.get("domain")))
        return model.search(domain)

    def assert_agree(self):
        """Of each step with a list; also before that list was ever opened."""
        steps = self.steps()
        seen = set()
        for name, step in steps.items():
            action = step["action"] and getattr(self.connection, step["action"])
            if name in NO_LIST or not action:
                continue
            numbers = re.findall(r"\d+", step["problem"]) or re.findall(
                r"\d+", step["progress"]
            )
            rows = self.shown(action())
            self.assertEqual(int(numbers[-1]), len(rows), f"{name}: {step}")
            if "is_mapped" in rows._fields:
                undecided = rows.filtered(lambda row: not row.is_mapped)
                self.assertEqual(step["done"], len(rows) - len(undecided), name)
                if undecided:
                    self.assertFalse(step["is_done"], name)
            seen.add(name)
        # Opening the lists, which completes them, changes no number.
        self.assertEqual(
            {name: step["progress"] for name, step in self.steps().items()},
            {name: step["progress"] for name, step in steps.items()},
        )
        return seen

    def unit(self, code, name, kind="distribution_unit"):
        return self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "code": code,
                "name": name,
                "kind": kind,
                "ref": f"{kind}-{code}",
            }
        )

    def lines(self):
        """The rows of the table of departments, which is opened for it."""
        return self.shown(self.connection.action_departments())

    def test_each_number_is_that_of_the_list_behind_it(self):
        everybody = self.connection.loket_employee_ids
        self.unit("300", "Magazijn")
        self.unit("1", "Kostenplaats", kind="cost_center")
        self.unit("400", "Weg").active = False
        closed = self.env["hr.department"].create(
            {"name": "Dicht", "company_id": self.company.id}
        )
        self.env["loket.department.mapping"]._complete(self.connection)
        closed.active = False
        self.env["hr.department"].create(
            {"name": "Leeg", "company_id": self.company.id}
        )
        foreign = self.env["hr.work.entry.type"].create(
            {"name": "French", "code": "FR1", "country_id": self.env.ref("base.fr").id}
        )
        self._book(self.anna, 1, 8, work_entry_type_id=foreign.id, date="2019-01-01")
        self.env["hr.work.entry.type"].create(
            {"name": "Greek", "code": "GR1", "country_id": self.env.ref("base.gr").id}
        )
        self.env["hr.wage.component"].create(
            [
                {"name": name, "code": name, "company_id": self.company.id}
                for name in ("Reis", "Maaltijd")
            ]
        )
        gone = self._link(self.bram, 9, in_loket=False)
        everybody[1].check_email = True
        everybody[0].write({"decision": "pending", "employee_id": False})
        seen = self.assert_agree()
        self.assertEqual(
            seen, {"departments", "hour_types", "wage_components", "employees", "check"}
        )
        everybody[0].decision = "ignore"
        self.assert_agree()
        gone.problem = "Iets"
        self.assert_agree()

    def test_units_of_loket_without_department_are_to_be_decided_on(self):
        """One department was mapped, of six units: that is not all."""
        for code in range(3, 7):
            self.unit(f"{code}00", f"Eenheid {code}")
        step = self.steps()["departments"]
        self.assertEqual(step["progress"], "2 of 6")
        self.assertFalse(step["is_done"])
        self.assertTrue(step["is_next"], "before somebody is added without department")

    def test_where_people_are_units_stop_no_decision_on_others(self):
        self.unit("300", "Magazijn")
        self.connection.loket_employee_ids[0].write(
            {"decision": "pending", "employee_id": False}
        )
        self.steps()
        self.assertEqual(self.connection.next_step, "test")

    def test_a_unit_is_decided_by_a_department_of_its_own(self):
        unit = self.unit("300", "Magazijn")
        line = self.lines().filtered(lambda row: not row.department_id)
        self.assertIn("without department", line.remark)
        line.action_make_department()
        department = self.env["hr.department"].search([("name", "=", "Magazijn")])
        self.assertEqual(department.loket_mapping_ids.cost_center_id, unit)
        self.assertEqual(department.company_id, self.company)
        self.assertEqual(self.steps()["departments"]["progress"], "3 of 3")
        self.assertNotIn(line, self.lines())
        line.action_make_department()  # of a list that is open still
        self.assertEqual(self.steps()["departments"]["progress"], "3 of 3")

    def test_a_unit_is_decided_when_a_department_gets_it(self):
        self.unit("300", "Magazijn")
        other = self.unit("400", "Elders")
        self.lines()
        self.shop.loket_mapping_ids.cost_center_id = other
        names = self.lines().mapped("display_name")
        self.assertIn("100 Unit 100", names, "its own unit is free again")
        self.assertNotIn("400 Elders", names)
        self.assert_agree()

    def test_units_and_departments_that_are_not_used_are_done(self):
        self.unit("300", "Magazijn")
        self.env["hr.department"].create(
            {"name": "Leeg", "company_id": self.company.id}
        )
        self.lines().action_skip()
        step = self.steps()["departments"]
        self.assertTrue(step["is_done"])
        self.assertEqual(step["progress"], "4 of 4")
        self.assertTrue(self.shop.loket_mapping_ids.cost_center_id)
        self.assertFalse(self.shop.loket_mapping_ids.is_skipped)
        with self.assertRaisesRegex(UserError, "has a unit"):
            self.shop.loket_mapping_ids.action_skip()

    def test_who_has_no_department_gets_no_unit(self):
        """A unit that waits for a department is nobody's."""
        self.unit("300", "Magazijn")
        self.lines()
        self.anna.department_id = False
        self._book(self.anna, 1, 8)
        export = self._export()
        export.action_check()
        self.assertEqual(export.left_out_ids.reason, "no_cost_center")

    def test_hour_types_that_are_not_sent_are_decided_together(self):
        lines = self.shown(self.connection.action_hour_types())
        self.assertFalse(self.steps()["hour_types"]["is_done"])
        lines.action_skip()
        self.assertTrue(self.steps()["hour_types"]["is_done"])
        mapped = self.attendance.loket_mapping_ids
        self.assertEqual(mapped.component_code, "1")
        self.assertFalse(mapped.is_skipped)
        with self.assertRaisesRegex(UserError, "has a code"):
            mapped.action_skip()
        mapped.component_code = " "
        mapped.action_skip()
        self.assertTrue(mapped.is_skipped, "blanks are no code")

    def test_ready_is_not_said_while_nothing_is_mapped(self):
        self.steps()
        self.assertEqual(self.connection.stage, "ready")
        for nothing in (" ", False):
            self.connection.component_mapping_ids.component_code = nothing
            self.steps()
            self.assertEqual(self.connection.stage, "connected")
        # Nor where everything is not sent.
        self.shown(self.connection.action_hour_types()).action_skip()
        step = self.steps()["hour_types"]
        self.assertEqual(self.connection.stage, "connected")
        self.assertFalse(step["is_done"])
        self.assertTrue(step["is_next"])
        # What is paid by wage entries alone is something.
        wage = self.env["hr.wage.component"].create({"name": "Reis", "code": "R"})
        self._map_component("120", wage_component_id=wage.id)
        self.steps()
        self.assertEqual(self.connection.stage, "ready")
        self.connection.state = "error"
        self.steps()
        self.assertEqual(self.connection.stage, "error")

    def test_ready_is_said_nowhere_else(self):
        """Neither on the connection's card, nor by its first step."""
        self.connection.component_mapping_ids.component_code = False
        self.assertEqual(self.steps()["connect"]["progress"], "Connected")
        for kind in ("form", "list", "kanban"):
            arch = etree.fromstring(self.connection.get_view(view_type=kind)["arch"])
            shown = arch.xpath("//field[@name='state'][not(@invisible='1')]")
            self.assertFalse(shown, kind)

    def test_units_and_cost_centers_of_one_name_are_told_apart(self):
        unit = self.unit("300", "Magazijn").with_context(loket_kind=True)
        self.assertEqual(unit.display_name, "300 Magazijn", "there are units only")
        center = self.unit("300", "Magazijn", kind="cost_center")
        unit.invalidate_recordset()
        self.assertEqual(
            (unit | center.with_context(loket_kind=True)).mapped("display_name"),
            ["300 Magazijn (distribution unit)", "300 Magazijn (cost center)"],
        )
        listed = self.connection.action_cost_centers()["context"]
        self.assertEqual(listed["search_default_by_kind"], 1)
