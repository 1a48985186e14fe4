# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestMapping(ExportCase):
    def mapping(self, code):
        return self._map_component(code, work_entry_type_id=self.overtime.id)

    def test_the_name_appears_beside_a_code_that_loket_knows(self):
        self._offer("30")
        mapping = self.mapping("30")
        self.assertEqual(mapping.component_name, "Component 30")
        self.assertFalse(mapping.remark)

    def test_leading_zeros_make_no_other_code(self):
        self._offer("30")
        self.assertEqual(self.mapping("030").component_name, "Component 30")

    def test_a_code_that_loket_does_not_offer_is_said_at_once(self):
        self._offer("30")
        self.assertIn("does not offer", self.mapping("31").remark)

    def test_a_code_that_is_not_for_the_file_is_said_at_once(self):
        self._offer("300", collective=False)
        self.assertIn("does not accept", self.mapping("300").remark)

    def test_a_code_that_is_no_number_is_said_at_once(self):
        for code in ("abc", "0", "10000", "1,5", "²", "1²", "٣"):
            mapping = self.mapping(code)
            self.assertIn("number from 1 to 9999", mapping.remark, code)
            mapping.unlink()

    def test_without_a_fetched_list_nothing_is_held_against_a_code(self):
        self.assertFalse(self.mapping("31").remark)

    @mute_logger("odoo.sql_db")
    def test_an_hour_type_is_mapped_once(self):
        self.mapping("30")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.mapping("31")

    @mute_logger("odoo.sql_db")
    def test_a_mapping_is_of_one_thing(self):
        component = self.env["hr.wage.component"].create({"name": "Reis", "code": "R"})
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._map_component(
                "30",
                work_entry_type_id=self.overtime.id,
                wage_component_id=component.id,
            )

    def test_a_cost_center_of_another_connection_is_refused(self):
        other = self._connection(self.company, 6666)
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": other.id,
                "code": "1",
                "name": "Elders",
                "kind": "distribution_unit",
            }
        )
        mapping = self.shop.loket_mapping_ids
        with self.assertRaisesRegex(ValidationError, "another connection"):
            mapping.cost_center_id = center

    def test_each_department_gets_one_line_and_a_suggestion_by_name(self):
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "code": "300",
                "name": "magazijn ",
                "kind": "distribution_unit",
            }
        )
        department = self.env["hr.department"].create(
            {"name": "Magazijn", "company_id": self.company.id}
        )
        for _time in range(2):
            self.connection.action_departments()
        mapping = department.loket_mapping_ids
        self.assertEqual(len(mapping), 1)
        self.assertEqual(mapping.suggestion_id, center)
        mapping.action_accept_suggestion()
        self.assertEqual(mapping.cost_center_id, center)
        self.assertFalse(mapping.suggestion_id)

    def test_what_is_not_mapped_stands_on_top(self):
        self.connection.action_hour_types()
        lines = self.env["loket.component.mapping"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(
            lines.mapped("is_mapped"),
            sorted(lines.mapped("is_mapped")),
            "open ones first",
        )

    def test_hour_types_of_other_countries_are_not_offered(self):
        belgian = self.env["hr.work.entry.type"].create(
            {"name": "Belgian", "code": "BE1", "country_id": self.env.ref("base.be").id}
        )
        used = self.env["hr.work.entry.type"].create(
            {"name": "French", "code": "FR1", "country_id": self.env.ref("base.fr").id}
        )
        self._book(self.anna, 1, 8, work_entry_type_id=used.id)
        for _time in range(2):
            self.connection.action_hour_types()
        self.assertFalse(belgian.loket_mapping_ids)
        self.assertEqual(len(used.loket_mapping_ids), 1)

    def test_what_somebody_booked_who_went_to_another_company_is_offered(self):
        used = self.env["hr.work.entry.type"].create(
            {"name": "French", "code": "FR1", "country_id": self.env.ref("base.fr").id}
        )
        self._book(self.anna, 1, 8, work_entry_type_id=used.id)
        self.anna.company_id = self.env["res.company"].create({"name": "Elders"})
        self.connection.action_hour_types()
        self.assertEqual(len(used.loket_mapping_ids), 1)
        self.assertTrue(used.loket_mapping_ids.is_used)

    def test_the_hours_of_the_last_period_stand_beside_the_hour_type(self):
        start = self.connection._last_full_dates()[0][2]
        self._book(self.anna, 1, 8, date=start)
        self._book(self.anna, 1, 4, date=fields.Date.subtract(start, days=1))
        self.assertEqual(self.attendance.loket_mapping_ids.booked, 8)

    def test_a_wage_component_is_in_the_list_with_its_value(self):
        component = self.env["hr.wage.component"].create(
            {"name": "Reis", "code": "R", "company_id": self.company.id}
        )
        start = self.connection._last_full_dates()[0][2]
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "date": start,
                "wage_component_id": component.id,
                "value": 12.5,
            }
        )
        self.connection.action_wage_components()
        self.assertEqual(component.loket_mapping_ids.booked, 12.5)

    def branch(self):
        """Kees of a branch, and the wage component that the branch books on."""
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id}
        )
        (self.env.user | self.clerk).company_ids |= branch
        allowed = (self.company | branch).ids
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": allowed}
        )
        self.connection = self.connection.with_env(self.env)
        kees = self._employee("Kees", self.shop, branch).with_env(self.env)
        self._link(kees, 3)
        travel = self.env["hr.wage.component"].create(
            {"name": "Reis", "code": "R", "company_id": branch.id}
        )
        return kees, travel

    def test_what_a_branch_books_on_gets_its_code_at_the_link_that_pays(self):
        kees, travel = self.branch()
        self.env["hr.wage.entry"].create(
            {
                "employee_id": kees.id,
                "wage_component_id": travel.id,
                "date": "2026-09-01",
                "value": 46.2,
            }
        )
        self.connection.action_wage_components()
        travel.loket_mapping_ids.component_code = "120"
        # Whoever makes the file need not see the branch.
        self.clerk.company_ids = self.company
        export = self._export().with_user(self.clerk)
        export = export.with_context(allowed_company_ids=self.company.ids)
        self.env.invalidate_all()
        export.action_generate()
        self.assertIn("46,2", self._file(export.sudo()))
        with self.assertRaises(UserError):
            travel.company_id = self._company("Elders")

    def test_what_another_company_books_on_gets_no_code_here(self):
        self.branch()
        other = self._company("Elders")
        travel = self.env["hr.wage.component"].create(
            {"name": "Reis", "code": "R", "company_id": other.id}
        )
        with self.assertRaises(UserError):
            self._map_component("120", wage_component_id=travel.id)
        self.connection.action_wage_components()
        self.assertFalse(travel.loket_mapping_ids)

    def test_who_may_not_see_the_branch_opens_the_table_all_the_same(self):
        _kees, travel = self.branch()
        self.connection.action_wage_components()
        travel.loket_mapping_ids.component_code = "31"
        self._offer("31", category="Uren")
        connection = self.of_parent(self.connection)
        action = connection.action_wage_components()
        (row,) = connection.env[action["res_model"]].web_search_read(
            action["domain"],
            {
                "display_name": {},
                "wage_component_id": {"fields": {"display_name": {}}},
                "component_code": {},
                "remark": {},
                "booked": {},
            },
        )["records"]
        self.assertIn("Loket takes this component for hours", row["remark"])
        line = connection.env[action["res_model"]].browse(row["id"])
        line.action_confirm()
        self.assertIn("is meant", line.remark)
        line.component_code = "120"
        self.assertEqual(connection.wage_components_total, 1)

    def entry(self, employee, component, value):
        return self.env["hr.wage.entry"].create(
            {
                "employee_id": employee.id,
                "wage_component_id": component.id,
                "date": "2026-09-01",
                "value": value,
            }
        )

    def test_what_people_here_book_on_is_to_be_mapped_whoever_sees_it(self):
        kees, travel = self.branch()
        self.env["hr.wage.component"].create(
            {"name": "Geheim", "code": "G", "company_id": travel.company_id.id}
        )
        hidden = self.env["hr.wage.component"].create(
            {"name": "Oud", "code": "O", "company_id": self.company.id}
        )
        self.entry(kees, travel, 46.2)
        self.entry(self.anna, hidden, 1)
        hidden.active = False
        connection = self.of_parent(self.connection)
        self.assertEqual(connection.wage_components_total, 2)
        self.assertEqual(connection.wage_components_done, 0)
        connection.action_wage_components()
        lines = self.connection.component_mapping_ids
        self.assertEqual(lines.wage_component_id, travel | hidden)

    def test_what_a_branch_with_a_link_of_its_own_books_on_is_not_asked_here(self):
        kees, travel = self.branch()
        own = self._connection(travel.company_id, 6666)
        kees.loket_employee_ids.connection_id = own
        self.entry(kees, travel, 46.2)
        connection = self.of_parent(self.connection)
        self.assertEqual(connection.wage_components_total, 0)
        self.assertEqual(own.wage_components_total, 1)

    def days_of_both(self):
        """Both work two days; the company and its branch each count days."""
        kees, theirs = self.branch()
        theirs.unit = "days"
        ours = self.env["hr.wage.component"].create(
            {"name": "Reis", "code": "R", "company_id": self.company.id, "unit": "days"}
        )
        for day in ("2026-09-01", "2026-09-02"):
            self.env["account.analytic.line"].create(
                [
                    {
                        "employee_id": one.id,
                        "project_id": self.project.id,
                        "date": day,
                        "unit_amount": 8,
                    }
                    for one in (self.anna, kees)
                ]
            )
        return kees, theirs, ours

    def sent(self, code):
        """{name: what the file has by that code}"""
        export = self._generate()
        lines = export.line_ids.filtered(lambda line: line.component_code == code)
        return {line.employee_id.name: line.value for line in lines}

    def test_no_day_is_paid_twice_where_a_branch_counts_days_too(self):
        kees, theirs, ours = self.days_of_both()
        for component in (theirs, ours):
            self._map_component("120", wage_component_id=component.id)
        self.assertEqual(self.sent(120), {"Anna de Vries": 2, "Kees": 2})
        # By hand the branch can say it on its own component only.
        self.entry(kees, theirs, 5)
        self.assertEqual(self.sent(120), {"Anna de Vries": 2, "Kees": 5})

    def test_a_branch_counts_its_own_days_alone(self):
        _kees, theirs, ours = self.days_of_both()
        self._map_component("121", wage_component_id=theirs.id)
        self.assertEqual(self.sent(121), {"Kees": 2})
        self._map_component("120", wage_component_id=ours.id)
        self.assertEqual(self.sent(120), {"Anna de Vries": 2, "Kees": 2})

    def test_a_department_out_of_sight_stops_no_answer_to_a_selection(self):
        _kees, travel = self.branch()
        away, here = self.env["hr.department"].create(
            [
                {"name": "Depot", "company_id": travel.company_id.id},
                {"name": "Hier", "company_id": self.company.id},
            ]
        )
        mapped = self._map_department(away, "300")
        empty = mapped.create(
            {"connection_id": self.connection.id, "department_id": here.id}
        )
        told = self.of_parent(mapped | empty).action_skip()["params"]["message"]
        self.assertIn("Depot", told)
        self.assertTrue(empty.is_skipped)
        self.assertFalse(mapped.is_skipped)


@tagged("post_install", "-at_install")
class TestSteps(ExportCase):
    def test_the_first_connection_has_the_name_of_its_company(self):
        other = self.env["res.company"].create({"name": "Elders B.V."})
        connections = self.env["loket.connection"].with_company(other)
        self.assertEqual(connections.create({}).name, "Elders B.V.")
        self.assertFalse(connections.default_get(["name"]).get("name"))

    def test_one_next_step_from_the_first_click_to_the_file(self):
        connection = self.connection
        rows = connection.loket_employee_ids
        connection.state = "draft"
        self.assertEqual(connection.next_step, "connect")
        connection.state = "connected"
        self.assertEqual(connection.next_step, "administration")
        connection.state = "ready"
        (self.shop | self.office).loket_mapping_ids.cost_center_id = False
        self.assertEqual(connection.next_step, "departments")
        connection.distribution = "none"
        connection.component_mapping_ids.component_code = False
        self.assertEqual(connection.next_step, "hour_types")
        connection.component_mapping_ids.component_code = "1"
        self._book(self.anna, 1, 1, work_entry_type_id=self.overtime.id)
        connection.invalidate_recordset()
        rows[0].write({"decision": "pending", "employee_id": False})
        self.assertEqual(connection.next_step, "test")
        connection.action_test()
        self.assertEqual(connection.next_step, "employees")
        rows[0].decision = "ignore"
        rows[1].check_email = True
        self.assertEqual(connection.next_step, "check")
        rows[1].action_checked()
        self.assertEqual(connection.next_step, "hour_types")
        self.decide_the_rest()
        self.assertEqual(connection.next_step, "export")
        rows.unlink()
        self.assertEqual(connection.next_step, "sync")

    def decide_the_rest(self):
        """No hour type is left: what has no code is not sent, on purpose."""
        action = self.connection.action_hour_types()
        lines = self.env["loket.component.mapping"].search(action["domain"])
        lines.filtered(lambda line: not line.is_mapped).action_skip()
        self.connection.invalidate_recordset()

    def test_the_steps_stay_while_the_form_is_edited(self):
        self.decide_the_rest()
        done = self.connection.hour_types_done
        with Form(self.connection) as form:
            form.distribution = "none"
            steps = {step["name"]: step for step in form.steps}
            self.assertEqual(steps["hour_types"]["done"], done)
            self.assertIn("Optional", steps["departments"]["help"])
            self.assertEqual(form.next_step, "export")

    def steps(self, user=None, lang="en_US"):
        """The steps as a user sees them: {name: step}."""
        connection = self.connection.with_user(user or self.env.user)
        connection = connection.with_context(lang=lang)
        connection.invalidate_recordset()
        return {step["name"]: step for step in connection.steps}

    def assert_steps_agree(self, *rows):
        """These have a row; the one to do next is the ``next_step`` of the kanban."""
        steps = self.steps()
        shown = [name for name, step in steps.items() if step["is_shown"]]
        # One may send hours straight into Loket and name recipients, and need not.
        optional = {"push", "recipients"}
        self.assertEqual([name for name in shown if name not in optional], list(rows))
        to_do = [name for name, step in steps.items() if step["is_next"]]
        self.assertEqual(to_do, [self.connection.next_step])
        self.assertTrue(steps[to_do[0]]["action"])
        self.assertFalse(steps[to_do[0]]["is_done"])
        choices = dict(self.connection._fields["next_step"].selection)
        others = {"ask", "salaried", "wage_components", *optional}
        self.assertLessEqual(set(steps), {*choices, *others})
        return steps

    def test_who_is_mailed_the_file_is_said_before_there_is_one(self):
        self.connection.state = "ready"
        step = self.steps()["recipients"]
        self.assertEqual((step["progress"], step["is_done"]), ("nobody yet", False))
        office, nobody = self.env["res.partner"].create(
            [
                {"name": "Salarisbureau", "email": "salaris@example.com"},
                {"name": "Zonder Adres"},
            ]
        )
        self.connection.recipient_ids = office
        step = self.steps()["recipients"]
        self.assertEqual((step["progress"], step["is_done"]), ("Salarisbureau", True))
        self.connection.recipient_ids |= nobody
        self.assertIn("Zonder Adres", self.steps()["recipients"]["problem"])

    def test_that_hr_must_answer_before_the_first_file_is_said(self):
        jobs = self.connection.loket_employee_ids
        self.assertFalse(self.steps()["salaried"]["is_shown"])
        jobs.filtered("employee_id").hours_by_loket = True
        step = self.steps()["salaried"]
        self.assertTrue(step["is_shown"])
        self.assertIn("people: 2", step["problem"])
        # It is said of whom the answer is for, and of nobody else.
        jobs.filtered("employee_id")[0].salaried_hours = "send"
        self.assertIn("people: 1", self.steps()["salaried"]["problem"])
        self.connection.salaried_hours = "leave_out"
        step = self.steps()["salaried"]
        self.assertEqual((step["progress"], step["is_done"]), ("Not sent", True))

    def test_the_one_list_and_the_next_step_agree_in_each_state(self):
        first = ["administration", "departments", "hour_types", "wage_components"]
        rows = ["ask", "connect", *first, "employees"]
        connection = self.connection
        connection.administration_name = False
        connection.state = "draft"
        steps = self.assert_steps_agree(*rows)
        self.assertEqual(steps["connect"]["action"], "action_connect")
        self.assertFalse(steps["administration"]["action"])
        self.assertFalse(steps["departments"]["action"])
        self.assertFalse(steps["wage_components"]["is_done"])
        connection.state = "error"
        self.assertEqual(self.assert_steps_agree(*rows)["connect"]["done"], 0)
        connection.state = "connected"
        rows.remove("ask")
        steps = self.assert_steps_agree(*rows)
        self.assertTrue(steps["connect"]["is_done"])
        self.assertFalse(steps["administration"]["is_done"])
        connection.write({"state": "ready", "administration_name": "Voorbeeld"})
        steps = self.assert_steps_agree(*rows)
        self.assertEqual(steps["administration"]["progress"], "Voorbeeld")
        self.assertEqual(steps["departments"]["progress"], "2 of 2")
        self.assertTrue(steps["hour_types"]["is_next"])
        self.decide_the_rest()
        self.assertTrue(self.assert_steps_agree(*rows)["export"]["is_next"])
        everybody = connection.loket_employee_ids
        everybody[0].problem = "Iets"
        everybody[1].check_email = True
        steps = self.assert_steps_agree(*rows, "check")
        self.assertEqual(steps["employees"]["problem"], "1 with a problem")
        self.assertFalse(steps["employees"]["is_done"])
        context = connection.action_employees()["context"]
        self.assertEqual(context["search_default_problems"], 1)
        self.assertEqual(steps["check"]["progress"], "1 to check")
        everybody.unlink()
        steps = self.assert_steps_agree(*rows[:-1], "sync")
        self.assertEqual(steps["sync"]["action"], "action_sync")

    def test_each_step_leads_somewhere(self):
        """Also each one that is next in some state: all of them can be called."""
        self.connection.administration_name = "Voorbeeld"
        actions = {step["action"] for step in self.steps().values()} - {""}
        self.connection.loket_employee_ids[1].check_email = True
        actions |= {step["action"] for step in self.steps().values()} - {""}
        for name in actions - {"action_choose_administration"}:  # asks Loket
            self.assertEqual(
                getattr(self.connection, name)()["type"], "ir.actions.act_window", name
            )
        self.connection.loket_employee_ids.unlink()
        self.connection.state = "draft"
        actions |= {step["action"] for step in self.steps().values()} - {""}
        self.assertEqual(
            actions,
            {
                "action_ask",
                "action_check_employees",
                "action_choose_administration",
                "action_connect",
                "action_departments",
                "action_employees",
                "action_export",
                "action_hour_types",
                "action_sync",
                "action_test",
                "action_wage_components",
            },
        )
        for name in actions:
            self.assertTrue(callable(getattr(self.connection, name)), name)

    def test_a_clerk_sees_the_steps_and_no_button_that_she_may_not_use(self):
        self.connection.administration_name = "Voorbeeld"
        steps = self.steps(self.clerk)
        self.assertEqual(steps["departments"]["progress"], "2 of 2")
        actions = {name: step["action"] for name, step in steps.items()}
        self.assertEqual(actions.pop("export"), "action_export")
        self.assertFalse(any(actions.values()), actions)

    def test_the_steps_are_in_the_language_of_who_looks(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])
        english, dutch = self.steps(), self.steps(lang="nl_NL")
        self.assertEqual(dutch["departments"]["progress"], "2 van 2")
        self.assertEqual(dutch["connect"]["progress"], "Verbonden")
        for name, step in dutch.items():
            for text in ("title", "help", "label"):
                if english[name][text]:
                    self.assertNotEqual(step[text], english[name][text], name)

    def test_a_code_ends_that_a_line_is_left_empty_on_purpose(self):
        line = self._map_component(False, work_entry_type_id=self.overtime.id)
        line.is_skipped = True
        self.assertTrue(line.is_mapped)
        line.component_code = "30"
        self.env.flush_all()
        line.component_code = False
        self.assertFalse(line.is_mapped)

    def test_what_is_left_empty_on_purpose_is_done(self):
        self.decide_the_rest()
        self.assertEqual(self.connection.next_step, "export")
        shop = self.shop.loket_mapping_ids
        unit, shop.cost_center_id = shop.cost_center_id, False
        self.connection.invalidate_recordset()
        self.assertEqual(self.connection.next_step, "departments")
        shop.is_skipped = True
        unit.active = False
        self.connection.invalidate_recordset()
        self.assertEqual(self.connection.next_step, "export")

    def test_while_nobody_is_in_a_department_all_are_to_be_mapped(self):
        company = self._company("Nieuw bedrijf")
        connection = self._connection(company, 9999)
        self.env["hr.department"].create({"name": "Eerste", "company_id": company.id})
        self.assertRecordValues(
            connection, [{"departments_done": 0, "departments_total": 1}]
        )

    def test_a_cost_center_that_the_file_cannot_tell_is_said_at_once(self):
        mapping = self.shop.loket_mapping_ids
        self.assertFalse(mapping.remark)
        mapping.cost_center_id.kind = "cost_center"
        mapping.invalidate_recordset()
        self.assertIn("No distribution unit", mapping.remark)
        self.connection.distribution = "none"
        self.assertFalse(mapping.remark)
        mapping.cost_center_id.active = False
        mapping.invalidate_recordset()
        self.assertIn("no longer has", mapping.remark)

    def test_of_two_of_one_name_the_distribution_unit_is_suggested(self):
        name = {"name": "Winkel", "connection_id": self.connection.id}
        centers = self.env["loket.cost.center"].create(
            [
                {**name, "kind": "cost_center", "code": "1", "ref": "a"},
                {**name, "kind": "distribution_unit", "code": "9", "ref": "b"},
            ]
        )
        mapping = self.shop.loket_mapping_ids
        mapping.cost_center_id = False
        self.assertEqual(mapping.suggestion_id, centers[1])

    def test_hour_types_in_use_stand_above_those_that_are_not(self):
        self._book(self.anna, 1, 1, work_entry_type_id=self.overtime.id)
        action = self.connection.action_hour_types()
        lines = self.env["loket.component.mapping"].search(action["domain"])
        self.assertEqual(lines[0].work_entry_type_id, self.overtime)
        self.assertFalse(lines[1].is_used)

    def test_each_step_opens_what_is_of_this_connection(self):
        for name in (
            "action_departments",
            "action_hour_types",
            "action_wage_components",
            "action_employees",
            "action_cost_centers",
            "action_components",
            "action_runs",
        ):
            action = getattr(self.connection, name)()
            own = ("connection_id", "=", self.connection.id)
            self.assertIn(own, action["domain"], name)
        self.assertEqual(
            self.connection.action_export()["res_model"], "loket.export.wizard"
        )

    def test_the_form_and_lists_can_be_opened(self):
        for model in ("loket.connection", "loket.department.mapping", "loket.employee"):
            views = self.env[model].get_views([(False, "list"), (False, "search")])
            self.assertTrue(views["views"]["list"]["arch"])
        steps = self.connection.read(["departments_done", "departments_total"])[0]
        self.assertEqual(steps["departments_done"], 2)
