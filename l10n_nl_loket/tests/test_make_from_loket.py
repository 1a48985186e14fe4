# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestMakeFromLoket(ExportCase):
    """Hour types and departments that a company lacks, from what Loket has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offered = {
            code: cls._offer(code, name=name, category=category)
            for code, name, category in (
                ("1", "Uren gewerkt", "Uren"),
                ("2", "Uren ziek", "Uren"),
                ("31", "Overwerk 150%", "Overwerk"),
                ("40", "Onregelm. 25%", "Onregelmatige dienst"),
                ("120", "Reiskosten", "Netto betaling"),
                ("500", "Stukloon", "Output"),
            )
        }
        cls._offer("300", collective=False)
        cls.manager = new_test_user(
            cls.env,
            login="loket-maker",
            groups="l10n_nl_loket.group_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def wizard(self, method):
        """The window that a manager opens from the table."""
        action = getattr(self.connection.with_user(self.manager), method)()
        return self.env[action["res_model"]].browse(action["res_id"])

    def make(self, *codes, method="action_make_hour_types"):
        wizard = self.wizard(method).with_user(self.manager)
        for choice in wizard.choice_ids:
            choice.is_chosen = choice.code in codes
        wizard.action_make()

    def line(self, code):
        return self.connection.component_mapping_ids.filtered(
            lambda line: line.component_code == code
        )

    def test_components_of_hours_without_hour_type_are_offered(self):
        choices = self.wizard("action_make_hour_types").choice_ids
        # 1 has an hour type, 120 is of euros, 300 is not for the file
        self.assertEqual(choices.mapped("code"), ["2", "31", "40", "500"])
        self.assertEqual(
            choices.mapped("counts_as"), ["time_off", "extra", "extra", "extra"]
        )
        self.assertFalse(any(choices.mapped("is_chosen")))

    def test_what_is_chosen_is_made_and_mapped_at_once(self):
        self.make("2", "31")
        overtime, sick = self.line("31").work_entry_type_id, self.line("2")
        self.assertRecordValues(
            overtime,
            [
                {
                    "name": "Overwerk 150%",
                    "code": "LOKET31",
                    "country_id": self.company.country_id.id,
                    "is_leave": False,
                    "is_extra_hours": True,
                }
            ],
        )
        self.assertTrue(sick.work_entry_type_id.is_leave)
        self.assertTrue(sick.is_mapped)
        self.assertFalse(self.line("40"))
        self._book(self.anna, 1, 2, work_entry_type_id=overtime.id)
        self.assertIn(";31", self._file(self._generate()))

    def test_people_can_book_hours_on_it(self):
        self.make("31")
        hour_type = self.line("31").work_entry_type_id
        domain = self.env["account.analytic.line"]._domain_hour_type()
        self.assertIn(hour_type, hour_type.search(domain))

    def test_a_second_run_makes_no_doubles(self):
        count = self.env["hr.work.entry.type"].search_count
        self.make("31", "40")
        made = count([])
        self.assertEqual(
            self.wizard("action_make_hour_types").choice_ids.mapped("code"),
            ["2", "500"],
        )
        self.make("2", "500")
        self.assertEqual(count([]), made + 2)
        with self.assertRaisesRegex(UserError, "has an hour type"):
            self.connection.action_make_hour_types()

    def test_two_windows_at_once_make_no_doubles(self):
        first, second = (self.wizard("action_make_hour_types") for _time in range(2))
        for wizard in (first, second):
            wizard.choice_ids.is_chosen = True
            wizard.action_make()
        names = self.connection.component_mapping_ids.work_entry_type_id.mapped("name")
        self.assertEqual(len(names), len(set(names)))

    def test_an_hour_type_of_that_name_gets_the_code(self):
        own = self.env["hr.work.entry.type"].create(
            {"name": "overwerk  150% ", "code": "OW150"}
        )
        self.connection.action_hour_types()  # it has a line, without a code
        self.make("31")
        self.assertEqual(self.line("31").work_entry_type_id, own)
        self.assertEqual(len(own.loket_mapping_ids), 1)

    def test_another_connection_shares_the_hour_type(self):
        self.make("31")
        hour_type = self.line("31").work_entry_type_id
        other = self._connection(self.company, 6666)
        self._offer("77", connection_id=other.id, name="Overwerk 150%")
        action = other.action_make_hour_types()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.choice_ids.is_chosen = True
        wizard.action_make()
        self.assertEqual(other.component_mapping_ids.work_entry_type_id, hour_type)

    def test_a_name_that_has_a_code_already_is_told_apart_by_the_number(self):
        self._offer("32", name="Overwerk 150%", category="Overwerk")
        self.make("31", "32")
        self.assertEqual(
            [self.line(code).work_entry_type_id.name for code in ("31", "32")],
            ["Overwerk 150%", "Overwerk 150% (32)"],
        )

    def test_a_code_of_odoo_that_is_taken_is_not_taken_again(self):
        self.env["hr.work.entry.type"].create(
            {"name": "Oud", "code": "LOKET31", "active": False}
        )
        self.make("31")
        self.assertEqual(self.line("31").work_entry_type_id.code, "LOKET31-1")

    def test_the_name_can_be_changed_first(self):
        wizard = self.wizard("action_make_hour_types")
        choice = wizard.choice_ids.filtered(lambda choice: choice.code == "31")
        choice.write({"is_chosen": True, "name": "Nacht"})
        wizard.action_make()
        self.assertEqual(self.line("31").work_entry_type_id.name, "Nacht")

    def test_nothing_chosen_is_said(self):
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            self.make()

    def test_the_list_is_that_of_this_year_and_not_of_the_next(self):
        self._offer("31", name="Later", category="Overwerk", year=2099)
        self._offer("99", name="Later", category="Overwerk", year=2099)
        choices = self.wizard("action_make_hour_types").choice_ids
        self.assertNotIn("99", choices.mapped("code"))
        self.assertNotIn("Later", choices.mapped("name"))

    def test_a_new_hour_type_needs_a_name_only_in_the_table(self):
        lines = self.env["loket.component.mapping"].with_context(
            default_connection_id=self.connection.id,
            loket_source="work_entry_type_id",
        )
        types = self.env["hr.work.entry.type"].with_context(loket_hour_type=True)
        nights, _name = types.name_create("Nachten")
        view = "l10n_nl_loket.loket_hour_type_mapping_view_list"
        for source in (nights, types.name_create("Zondagen")[0]):
            with Form(lines, view) as form:
                form.work_entry_type_id = types.browse(source)
                form.component_code = "31" if source == nights else "40"
        self.assertEqual(self.line("31").work_entry_type_id.name, "Nachten")
        codes = types.browse(nights).code, self.line("40").work_entry_type_id.code
        self.assertEqual(codes, ("LOKET-N1", "LOKET-N2"))

    def test_on_a_small_screen_a_new_hour_type_needs_a_name_only_too(self):
        types = self.env["hr.work.entry.type"]
        with Form(types.with_context(loket_hour_type=True)) as form:
            form.name = "Nachten"
        made = form.record
        self.assertEqual(
            (made.code, made.country_id), ("LOKET-N1", self.company.country_id)
        )
        with self.assertRaises(AssertionError), Form(types) as form:
            form.name = "Elsewhere Odoo asks for a code"

    def test_the_form_for_a_small_screen_makes_one_too(self):
        lines = self.env["loket.component.mapping"].with_context(
            default_connection_id=self.connection.id,
            loket_source="work_entry_type_id",
        )
        view = "l10n_nl_loket.loket_component_mapping_view_form"
        with Form(lines, view) as form:
            form.work_entry_type_id = self.overtime
            form.is_offered = True
            form.component_code = "31"
        self.assertEqual(self.line("31").work_entry_type_id, self.overtime)
        self.assertTrue(self.line("31").is_offered)

    def test_the_table_knows_of_which_connection_it_is(self):
        table = self.env["loket.component.mapping"]
        opened = table.with_context(default_connection_id=self.connection.id)
        self.assertEqual(opened.action_make()["res_model"], "loket.make.wizard")
        self._connection(self.company, 6666)
        with self.assertRaisesRegex(UserError, "from the connection"):
            table.with_company(self.company).action_make()

    def test_a_clerk_and_a_stranger_make_nothing(self):
        with self.assertRaises(AccessError):
            self.connection.with_user(self.clerk).action_make_hour_types()
        with self.assertRaises(AccessError):
            self.connection.with_user(self.clerk).action_make_departments()

    # === DEPARTMENTS === #

    def unit(self, code, name, kind="distribution_unit", connection=None):
        return self.env["loket.cost.center"].create(
            {
                "connection_id": (connection or self.connection).id,
                "code": code,
                "name": name,
                "kind": kind,
                "ref": f"{kind}-{code}",
            }
        )

    def departments(self):
        return self.env["hr.department"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def test_departments_are_made_of_units_and_mapped_at_once(self):
        self.unit("300", "Magazijn")
        self.unit("400", "Verkoop")
        self.unit("1", "Elders", kind="cost_center")
        choices = self.wizard("action_make_departments").choice_ids
        self.assertEqual(choices.mapped("name"), ["Magazijn", "Verkoop"])
        self.assertTrue(all(choices.mapped("is_chosen")))
        table = self.connection.action_departments()["domain"]
        before = self.departments()
        self.make("300", method="action_make_departments")
        made = self.departments() - before
        self.assertRecordValues(
            made, [{"name": "Magazijn", "company_id": self.company.id}]
        )
        self.assertEqual(made.loket_mapping_ids.cost_center_id.code, "300")
        # The table that is open meanwhile: no unit is said to lack what it has now.
        lines = self.env["loket.department.mapping"].search(table)
        lacking = lines.filtered(lambda line: not line.department_id)
        self.assertEqual(lacking.cost_center_id.mapped("code"), ["400"])
        self.assertIn(made, lines.department_id)
        self.assertEqual(
            self.wizard("action_make_departments").choice_ids.mapped("name"),
            ["Verkoop"],
        )

    def test_a_department_of_that_name_gets_the_unit(self):
        self.unit("300", "Magazijn")
        own = self.env["hr.department"].create(
            {"name": "magazijn", "company_id": self.company.id}
        )
        self.connection.action_departments()
        before = self.departments()
        self.make("300", method="action_make_departments")
        self.assertEqual(self.departments(), before)
        self.assertEqual(own.loket_mapping_ids.cost_center_id.code, "300")
        with self.assertRaisesRegex(UserError, "that of a department"):
            self.connection.action_make_departments()

    def test_which_of_two_departments_is_meant_is_asked(self):
        self.unit("300", "Magazijn")
        for _time in range(2):
            self.env["hr.department"].create(
                {"name": "Magazijn", "company_id": self.company.id}
            )
        with self.assertRaisesRegex(UserError, "more of that name"):
            self.make("300", method="action_make_departments")

    def test_a_department_that_has_a_unit_keeps_it(self):
        self.unit("300", "Winkel")
        with self.assertRaisesRegex(UserError, "with another unit"):
            self.make("300", method="action_make_departments")
        self.assertEqual(self.shop.loket_mapping_ids.cost_center_id.code, "100")

    # === WAGE COMPONENTS === #

    def bonus(self, **vals):
        return self.env["hr.wage.component"].create(
            {"name": "Bonus", "code": "B", "company_id": self.company.id, **vals}
        )

    def test_components_of_euros_and_counts_without_wage_component_are_offered(self):
        self._offer("130", name="Maaltijden", category="Eenheden")
        self._map_component("500", wage_component_id=self.bonus().id)
        choices = self.wizard("action_make_wage_components").choice_ids
        # 1, 2, 31 and 40 are hours, 300 is not for the file, 500 has a wage component
        self.assertEqual(choices.mapped("code"), ["120", "130"])
        self.assertEqual(choices.mapped("unit"), ["amount", "quantity"])
        offered = self.wizard("action_make_hour_types").choice_ids
        self.assertNotIn("500", offered.mapped("code"), "euros are no hours")

    def test_a_wage_component_is_made_and_mapped_and_goes_into_the_file(self):
        self.make("120", method="action_make_wage_components")
        travel = self.line("120").wage_component_id
        self.assertRecordValues(
            travel,
            [
                {
                    "name": "Reiskosten",
                    "code": "LOKET120",
                    "unit": "amount",
                    "company_id": self.company.id,
                }
            ],
        )
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": travel.id,
                "date": "2026-09-01",
                "value": 46.2,
            }
        )
        self.assertIn("46,2", self._file(self._generate()))

    def test_one_of_that_name_gets_the_code_where_it_counts_the_same(self):
        own = self.bonus(name="reiskosten ", unit="amount")
        self.connection.action_wage_components()
        self.make("120", method="action_make_wage_components")
        self.assertEqual(self.line("120").wage_component_id, own)
        self.assertEqual(len(own.loket_mapping_ids), 1)

    def test_one_of_that_name_that_counts_something_else_is_told_apart(self):
        own = self.bonus(name="Reiskosten", unit="quantity", code="LOKET120")
        self.make("120", method="action_make_wage_components")
        made = self.line("120").wage_component_id
        self.assertEqual((made.name, made.code), ("Reiskosten (120)", "LOKET120-1"))
        self.assertFalse(own.loket_mapping_ids.filtered("component_code"))

    def test_what_nobody_knows_is_asked(self):
        with self.assertRaisesRegex(UserError, "Choose what a value of Stukloon"):
            self.make("500", method="action_make_wage_components")
        wizard = self.wizard("action_make_wage_components")
        choice = wizard.choice_ids.filtered(lambda one: one.code == "500")
        choice.write({"is_chosen": True, "unit": "quantity"})
        wizard.action_make()
        self.assertEqual(self.line("500").wage_component_id.unit, "quantity")

    def test_the_table_of_wage_components_makes_wage_components(self):
        table = self.env["loket.component.mapping"].with_context(
            default_connection_id=self.connection.id, loket_source="wage_component_id"
        )
        action = table.action_make()
        self.assertEqual(
            self.env[action["res_model"]].browse(action["res_id"]).kind,
            "wage_components",
        )

    def test_when_each_has_one_it_is_said(self):
        for code in ("120", "500"):
            self.offered[code].unlink()
        with self.assertRaisesRegex(UserError, "has a wage component"):
            self.connection.action_make_wage_components()
