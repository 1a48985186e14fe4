# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nobody is linked to a stranger, and nobody is there twice: a question at most."""

import unicodedata
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common_employees import EmployeesCase, FakeGateway, employment
from .common_export import ExportCase

BORN = date(1980, 1, 1)


class WhoIsWhoCase(EmployeesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Filiaal Zwolle", "parent_id": cls.company.id}
        )

    def elsewhere(self, *people, company=None):
        """A second connection, synchronised; its rows, in order."""
        gateway = FakeGateway()
        gateway.people = list(people)
        connection = self.connect(gateway, company or self.company, "Tweede")
        self.sync(connection)
        return self.env["loket.employee"].union(
            *(self.row(one.payroll_number, connection) for one in people)
        )

    def assert_suggested(self, row, employee, *words, strength="strong"):
        self.assertEqual(row.suggested_employee_id, employee)
        self.assertEqual(row.suggestion_strength, strength)
        self.assertTrue(row.may_be_double)
        for word in words:
            self.assertIn(word, row.suggestion_reason)


@tagged("post_install", "-at_install")
class TestSuggestions(WhoIsWhoCase):
    def test_ten_with_shuffled_badges_are_linked_to_themselves(self):
        count = 10
        employees = {
            n: self.make_employee(
                name=f"Jan{n} Bakker",
                birthday=date(1980, 1, n),
                barcode=str(n % count + 1),
            )
            for n in range(1, count + 1)
        }
        rows = self.arrive(
            *(
                employment(n, f"Jan{n}", person={"birthday": date(1980, 1, n)})
                for n in range(1, count + 1)
            )
        )
        rows.action_link_suggestion()
        for row in rows:
            self.assertEqual(row.employee_id, employees[row.payroll_number])

    def test_a_shared_email_with_another_birth_date_is_nobody(self):
        self.make_employee(
            name="Kees Visser",
            work_email="p1@voorbeeld.example",
            birthday=date(1970, 1, 1),
        )
        row = self.arrive(employment(1))
        self.assertFalse(row.suggested_employee_id)
        self.assertFalse(row.may_be_double)

    def test_a_former_employee_is_suggested(self):
        employee = self.make_employee(name="Jan Bakker", birthday=BORN)
        employee.action_archive()
        row = self.arrive(employment(1))
        self.assert_suggested(row, employee, "birth date", "archived")
        row.action_link_suggestion()
        self.assertEqual(row.employee_id, employee)

    def test_who_is_linked_through_another_connection_is_suggested(self):
        (there,) = self.elsewhere(employment(5, person={"employee_ref": "other"}))
        there.action_add()
        row = self.arrive(employment(1))
        self.assert_suggested(row, there.employee_id, "birth date", "Tweede")
        row.action_link_suggestion()
        self.assertEqual(row.employee_id, there.employee_id)

    def test_who_is_written_with_initials_elsewhere_is_linked_after_a_look(self):
        (there,) = self.elsewhere(
            employment(5, "J.", person={"employee_ref": "other", "email": None})
        )
        there.action_add()
        row = self.arrive(employment(1, "Jan"))
        self.assert_suggested(row, there.employee_id, "part of", strength="weak")
        wizard = self.env["loket.employee.link.wizard"].create(
            {
                "loket_employee_id": row.id,
                "employee_id": row.suggested_employee_id.id,
            }
        )
        wizard.action_link()
        self.assertTrue(wizard.is_asked, "another name")
        self.assertFalse(row.employee_id)
        wizard.action_link_anyway()
        self.assertFalse(row.problem)
        self.assertEqual(row.employee_id, there.employee_id)

    def test_an_employee_of_a_branch_is_suggested_and_linked(self):
        employee = self.make_employee(
            name="Jan Bakker", birthday=BORN, company_id=self.branch.id
        )
        row = self.arrive(employment(1))
        self.assert_suggested(row, employee, "birth date", "Filiaal Zwolle")
        row.action_link_suggestion()
        self.assertFalse(row.problem)
        self.assertEqual(row.employee_id, employee)
        self.assertEqual(employee.private_city, "Utrecht")
        self.loket.change(1, person={"city": "Zwolle"})
        self.sync()
        self.assertEqual(employee.private_city, "Zwolle")

    def test_who_is_linked_through_a_branch_is_one_employee(self):
        (there,) = self.elsewhere(
            employment(5, person={"employee_ref": "person-1"}), company=self.branch
        )
        there.action_add()
        row = self.arrive(employment(1))
        self.assertEqual(row.suggested_employee_id, there.employee_id)
        row.action_add()
        self.assertEqual(row.employee_id, there.employee_id)

    def test_an_employee_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Ander B.V."})
        stranger = self.make_employee(
            name="Jan Bakker", birthday=BORN, company_id=other.id
        )
        row = self.arrive(employment(1))
        self.assertFalse(row.suggested_employee_id)
        for employee in (stranger, self.make_employee(company_id=other.id)):
            with self.assertRaises(ValidationError):
                row.write({"decision": "link", "employee_id": employee.id})
        up = self.elsewhere(employment(5), company=self.branch)
        above = self.make_employee(name="Jan Bakker", birthday=BORN)
        self.assertFalse(up.suggested_employee_id, "of the company above")
        with self.assertRaises(ValidationError):
            up.write({"decision": "link", "employee_id": above.id})

    def test_accents_are_accents_in_whatever_unicode(self):
        name = unicodedata.normalize("NFD", "José Muñoz")
        employee = self.make_employee(name=name, birthday=BORN)
        row = self.arrive(employment(1, "José", "Muñoz"))
        self.assert_suggested(row, employee, "birth date")

    def test_the_name_alone_keeps_from_adding_and_is_not_linked_in_bulk(self):
        known = self.make_employee(name="Jan1 Bakker")
        rows = self.arrive(employment(1, "Jan1"), employment(2, "Jan2"))
        self.assert_suggested(rows[0], known, "name", strength="weak")
        with self.assertRaisesRegex(UserError, "sure enough"):
            rows.action_link_suggestion()
        rows.action_add()
        self.assertFalse(rows[0].employee_id)
        self.assertTrue(rows[1].employee_id)

    def test_two_of_one_name_in_loket_are_both_asked(self):
        self.make_employee(name="Jan Bakker")
        rows = self.arrive(
            employment(1), employment(2, person={"birthday": date(1990, 1, 1)})
        )
        self.assertFalse(rows.suggested_employee_id)
        for row in rows:
            self.assertTrue(row.may_be_double)
            self.assertIn("Jan Bakker", row.suggestion_reason)

    def test_part_of_a_name_and_the_birth_date_keep_from_adding(self):
        """Who has married since, and who is written with initials."""
        rows = self.arrive(
            employment(1, "Jan", "Vos", person={"birthday": date(1981, 2, 3)}),
            employment(2, "Riet", "Kok", person={"birthday": date(1982, 3, 4)}),
            employment(3, "Kees", "Bos", person={"birthday": date(1983, 4, 5)}),
        )
        initials = self.make_employee(name="J. Vos", birthday=date(1981, 2, 3))
        married = self.make_employee(name="Riet Smit-Kok", birthday=date(1982, 3, 4))
        self.make_employee(name="Piet Visser", birthday=date(1983, 4, 5))
        self.assertEqual(rows[0].suggested_employee_id, initials)
        self.assertEqual(rows[1].suggested_employee_id, married)
        self.assertEqual(set(rows[:2].mapped("suggestion_strength")), {"weak"})
        rows.action_add()
        self.assertEqual(rows.filtered("employee_id"), rows[2])

    def test_who_is_twice_in_loket_is_not_added_twice_unasked(self):
        first, second, other = rows = self.arrive(
            employment(1), employment(2), employment(3, "Kees")
        )
        rows.action_add()
        self.assertEqual(rows.filtered("employee_id"), other)
        self.assertIn("Twice in Loket", first.suggestion_reason)
        first.action_add()
        second.invalidate_recordset(["suggested_employee_id"])
        self.assertEqual(second.suggested_employee_id, first.employee_id)

    def test_a_reference_that_was_somebody_else_s_overwrites_nobody(self):
        kees = {"employee_ref": "person-1", "birthday": date(1990, 5, 5)}
        jan, new, other = self.arrive(
            employment(1),
            employment(5, "Kees", "Visser", person=kees),
            employment(6, "Piet"),
        )
        jan.action_add()
        self.assertFalse(new.suggested_employee_id)
        self.assertIn("Jan Bakker", new.suggestion_reason)
        (new | other).action_add()
        self.assertFalse(new.employee_id)
        self.assertTrue(other.employee_id)
        new.action_add()
        self.assertNotEqual(new.employee_id, jan.employee_id)
        self.assertEqual(self.sync().state, "done")
        self.assertEqual(jan.employee_id.name, "Jan Bakker")
        self.assertEqual(new.employee_id.name, "Kees Visser")

    def test_two_under_one_reference_added_at_once_are_two(self):
        kees = {"employee_ref": "person-1", "birthday": date(1990, 5, 5)}
        rows = self.arrive(employment(1), employment(5, "Kees", "Visser", person=kees))
        rows.write({"decision": "add"})
        rows.action_apply()
        self.assertEqual(rows.employee_id.mapped("name"), ["Jan Bakker", "Kees Visser"])

    def test_who_is_entered_anew_under_another_name_is_asked_about(self):
        before = employment(1, "Riet", "Kok", end_date=date(2025, 1, 31))
        self.arrive(before).action_add()
        _old, back, other = self.arrive(
            before,
            employment(2, "Riet", "Smit-Kok", person={"email": "p1@thuis.example"}),
            employment(3, "Piet"),
        )
        (back | other).action_add()
        self.assertFalse(back.employee_id)
        self.assertIn("Riet Kok", back.suggestion_reason)
        self.assertTrue(other.employee_id)

    def test_who_is_archived_and_employed_is_to_check(self):
        employee = self.make_employee(
            name="Jan Bakker", birthday=BORN, contract_date_start=date(2020, 1, 1)
        )
        employee.action_archive()
        row = self.arrive(employment(1))
        row.action_link_suggestion()
        self.assertIn("Archived", row.check_reasons)
        past = self.make_employee(name="Kees Bakker", birthday=BORN)
        past.action_archive()
        left = self.arrive(employment(2, "Kees", end_date=date(2025, 1, 1)))
        self.link(left, past)
        self.assertNotIn("Archived", left.check_reasons or "")

    def test_email_and_badge_of_two_people_say_so(self):
        one = self.make_employee(name="Jan B", work_email="p1@voorbeeld.example")
        other = self.make_employee(name="Piet Bakker", barcode="001")
        row = self.arrive(employment(1))
        self.assertFalse(row.suggested_employee_id)
        self.assertTrue(row.may_be_double)
        for employee in one | other:
            self.assertIn(employee.name, row.suggestion_reason)

    def test_of_many_the_sure_ones_are_linked_and_the_others_left(self):
        sure = self.make_employee(name="Jan1 Bakker", birthday=BORN)
        self.make_employee(name="Jan2 Bakker")
        rows = self.arrive(employment(1, "Jan1"), employment(2, "Jan2"))
        params = rows.action_link_suggestion()["params"]
        self.assertEqual(rows.employee_id, sure)
        self.assertEqual(rows[1].decision, "pending")
        self.assertIn("one by one: 1", params["message"])

    def test_one_person_of_two_connections_added_at_once_is_one_employee(self):
        there = self.elsewhere(employment(5, person={"employee_ref": "other"}))
        rows = self.arrive(employment(1)) | there
        rows.action_add()
        self.assertEqual(len(rows.employee_id), 1)

    def test_suggesting_asks_no_query_for_each_row(self):
        def queries(count):
            self.env["hr.employee"].create(
                [
                    {"name": f"Piet{count}{n} Bakker", "company_id": self.company.id}
                    for n in range(count)
                ]
            )
            rows = self.arrive(
                *(employment(n, f"Piet{count}{n}") for n in range(1, count + 1))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows.mapped("suggestion_reason")
            return self.cr.sql_log_count - before

        few = queries(3)
        self.assertLessEqual(queries(40), few + 3)


@tagged("post_install", "-at_install")
class TestLinkWizard(WhoIsWhoCase):
    def wizard(self, row, employee):
        return self.env["loket.employee.link.wizard"].create(
            {"loket_employee_id": row.id, "employee_id": employee.id}
        )

    def test_another_birth_date_is_asked_before_anything_is_written(self):
        employee = self.make_employee(name="Jan Bakker", birthday=date(1970, 2, 3))
        row = self.arrive(employment(1))
        wizard = self.wizard(row, employee)
        self.assertIn("birth date", wizard.difference)
        self.assertNotIn("name", wizard.difference)
        action = wizard.action_link()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertTrue(wizard.is_asked)
        self.assertFalse(row.employee_id)
        self.assertEqual(row.decision, "pending")
        self.assertEqual(employee.birthday, date(1970, 2, 3))
        wizard.action_link_anyway()
        self.assertEqual(row.employee_id, employee)
        self.assertEqual(employee.birthday, BORN)

    def test_another_name_is_asked_too_and_another_order_is_not(self):
        row = self.arrive(employment(1))
        other = self.wizard(row, self.make_employee(name="Jan Visser"))
        self.assertIn("Jan Visser", other.difference)
        wizard = self.wizard(row, self.make_employee(name="BAKKER, Jan"))
        self.assertFalse(wizard.difference)
        wizard.action_link()
        self.assertTrue(row.employee_id)

    def test_somebody_else_is_asked_about_again(self):
        row = self.arrive(employment(1))
        wizard = self.wizard(row, self.make_employee(name="Jan Visser"))
        wizard.action_link()
        wizard.employee_id = self.make_employee(name="Piet Visser")
        self.assertFalse(wizard.is_asked)

    def test_both_sides_are_on_the_form(self):
        employee = self.make_employee(name="Jan Visser", birthday=BORN, barcode="77")
        row = self.arrive(employment(1))
        Wizard = self.env["loket.employee.link.wizard"]
        with Form(Wizard.with_context(default_loket_employee_id=row.id)) as form:
            form.employee_id = employee
            self.assertEqual(form.odoo_birthday, BORN)
            self.assertEqual(form.loket_birthday, BORN)
            self.assertIn("Jan Visser", form.difference)


@tagged("post_install", "-at_install")
class TestNumbers(WhoIsWhoCase):
    def shared(self):
        """Jan and, on another connection, Kees: both have personnel number 77."""
        (there,) = self.elsewhere(
            employment(
                8, "Kees", person={"employee_ref": "k", "employee_number": "077"}
            )
        )
        return self.arrive(employment(1, person={"employee_number": "77"})), there

    def test_equal_payroll_numbers_of_two_administrations_are_no_matter(self):
        there = self.elsewhere(
            *(
                employment(
                    n,
                    f"Kees{n}",
                    person={"employee_ref": f"k{n}", "employee_number": str(100 + n)},
                )
                for n in (1, 2, 3)
            )
        )
        here = self.arrive(*(employment(n, f"Jan{n}") for n in (1, 2, 3)))
        (here | there).action_add()
        self.assertFalse(any((here | there).mapped("problem")))
        self.assertEqual(len((here | there).employee_id), 6)

    def test_one_personnel_number_of_two_people_blocks_both(self):
        here, there = self.shared()
        (here | there).action_add()
        self.assertFalse((here | there).employee_id)
        self.assertIn("Kees", here.problem)
        self.assertIn("Jan", there.problem)
        self.assertTrue(here.has_number_clash)

    def test_within_one_connection_too(self):
        rows = self.arrive(
            employment(1, person={"employee_number": "77"}),
            employment(2, "Kees", person={"employee_number": "77"}),
            employment(3, "Piet"),
        )
        rows.action_add()
        self.assertTrue(rows[0].problem and rows[1].problem)
        self.assertEqual(rows.filtered("employee_id"), rows[2])

    def test_who_is_new_with_a_number_of_two_people_is_a_problem_in_the_run(self):
        self.loket.people = [
            employment(1, person={"employee_number": "77"}),
            employment(2, "Kees", person={"employee_number": "77"}),
        ]
        run = self.sync()
        self.assertEqual((run.created, run.failed), (2, 2))
        for name in ("Jan Bakker", "Kees Bakker"):
            lines = run.line_ids.filtered(lambda line, name=name: line.name == name)
            self.assertEqual(lines.mapped("kind"), ["created", "failed"])
            self.assertIn("77", lines[1].message)

    def test_a_number_of_a_branch_is_a_number_of_two_people(self):
        kees = {"employee_ref": "k", "employee_number": "077"}
        (there,) = self.elsewhere(
            employment(8, "Kees", person=kees), company=self.branch
        )
        here = self.arrive(employment(1, person={"employee_number": "77"}))
        self.assertIn("Kees Bakker", here.problem)
        (here | there).action_add()
        self.assertFalse((here | there).employee_id)
        self.assertTrue(here.has_number_clash and there.has_number_clash)
        # A manager of the one company says yes; the other one's night goes on with it.
        here.with_user(self.responsible).action_share_number()
        self.assertTrue(here.employee_id)
        self.assertFalse(there.employee_id)
        self.sync(there.connection_id)
        self.assertTrue(there.employee_id)
        self.assertFalse(there.problem or here.problem)

    def test_a_number_of_a_company_of_others_names_nobody(self):
        other = self.env["res.company"].create({"name": "Ander B.V."})
        kees = {"employee_ref": "k", "employee_number": "77"}
        self.elsewhere(employment(8, "Kees", person=kees), company=other)
        here = self.arrive(employment(1, person={"employee_number": "77"}))
        self.assertIn("another company", here.problem)
        self.assertNotIn("Kees", here.problem)

    def test_who_is_linked_with_a_number_of_two_people_still_leaves(self):
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows.action_add()
        self.loket.change(
            1, person={"employee_number": "2"}, end_date=date(2026, 6, 30)
        )
        run = self.sync()
        self.assertIn("Kees", rows[0].problem)
        self.assertEqual(rows[0].employee_id.contract_date_end, date(2026, 6, 30))
        self.assertEqual(run.state, "partial")

    def test_one_yes_lets_the_pair_pass_on_both_sides_for_good(self):
        here, there = self.shared()
        (here | there).action_add()
        there.action_share_number()
        self.assertTrue(here.employee_id and there.employee_id, "it waited for this")
        self.assertFalse(here.problem or there.problem)
        self.sync()
        self.sync(there.connection_id)
        self.assertFalse(here.problem or there.problem)
        self.assertFalse(here.has_number_clash)
        with self.assertRaisesRegex(UserError, "Nobody else"):
            here.action_share_number()
        third = self.arrive(
            employment(1, person={"employee_number": "77"}),
            employment(3, "Piet", person={"employee_number": "77"}),
        )
        self.assertTrue(third[1].problem, "somebody else with it is asked again")

    def test_a_clerk_lets_nobody_pass(self):
        here, _there = self.shared()
        clerk = new_test_user(
            self.env,
            "clerk",
            "l10n_nl_loket.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        with self.assertRaisesRegex(UserError, ""):
            here.with_user(clerk).action_share_number()


@tagged("post_install", "-at_install")
class TestHoursOfABranch(ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {
                "name": "Filiaal",
                "parent_id": cls.company.id,
                "country_id": cls.env.ref("base.nl").id,
            }
        )
        cls.env.user.company_ids |= cls.branch
        companies = (cls.company | cls.branch).ids
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": companies})
        department = cls.env["hr.department"].create(
            {"name": "Filiaal", "company_id": cls.branch.id}
        )
        cls._map_department(department, "300")
        cls.cor = cls._employee("Cor Filiaal", department, cls.branch)
        cls._book(cls.cor, 1, 8)

    def test_who_is_linked_is_in_the_file(self):
        self._link(self.cor, 3)
        export = self._generate()
        self.assertIn(self.cor, export.line_ids.employee_id)
        self.assertEqual(export.total_hours, 8)

    def test_whom_nobody_links_is_listed(self):
        export = self._export()
        export.action_check()
        self.assertIn(self.cor, export.left_out_ids.employee_id)

    def test_a_branch_with_its_own_connection_pays_its_own(self):
        self._connection(self.branch, 5556)
        export = self._export()
        export.action_check()
        self.assertNotIn(self.cor, export.left_out_ids.employee_id)

    def test_the_departments_of_a_branch_are_in_the_table(self):
        wanted = self.env["hr.department"].create(
            {"name": "Filiaal twee", "company_id": self.branch.id}
        )
        self.env["loket.department.mapping"]._complete(self.connection)
        self.assertIn(wanted, self.connection.department_mapping_ids.department_id)
        stranger = self.env["res.company"].create({"name": "Ander B.V."})
        other = self.env["hr.department"].create(
            {"name": "Ander", "company_id": stranger.id}
        )
        with self.assertRaises(ValidationError):
            self.env["loket.department.mapping"].create(
                {"connection_id": self.connection.id, "department_id": other.id}
            )
