# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night does not take over, who is told, and a person's answer to it."""

from dataclasses import replace
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..gateway import Problem, UnknownWord
from ..models.connection.loket_connection import WAITS
from ..models.sync.loket_sync_run_tell import TROUBLE
from .common_employees import EmployeesCase, employment

END = date(2026, 6, 30)


class WaitingCase(EmployeesCase):
    def add(self, *numbers):
        rows = self.arrive(*(employment(n, f"Jan{n}") for n in numbers))
        rows.action_add()
        return rows

    def told(self, kind):
        """What the one activity of a kind tells; empty without one."""
        activity = self.connection.activity_search([kind])
        self.assertLessEqual(len(activity), 1)
        return str(activity.note or "")

    def let_pass(self):
        action = self.connection.action_let_pass()
        return self.env[action["res_model"]].browse(action["res_id"])

    def kinds(self, run):
        return run.line_ids.mapped("kind")


@tagged("post_install", "-at_install")
class TestAnotherPerson(WaitingCase):
    def become(self, number, **person):
        self.loket.change(number, person=person)
        return self.sync()

    def test_another_employee_under_an_employment_overwrites_nobody(self):
        row = self.add(1, 2)[0]
        before = row.employee_id.read()[0]
        self.loket.change(2, person={"city": "Zwolle"})
        run = self.become(1, employee_ref="kees", first_name="Kees", city="Breda")
        self.assertEqual(run.state, "partial")
        self.assertEqual(row.employee_id.read()[0], before)
        self.assertEqual(row.name, "Jan1 Bakker")
        self.assertEqual(row.employee_ref, "person-1")
        self.assertIn("Kees Bakker", row.problem)
        self.assertEqual(self.row(2).employee_id.private_city, "Zwolle")
        self.assertIn("Jan1", self.told(WAITS))
        self.assertIn(row.problem, run.line_ids.mapped("message"))

    def test_the_same_person_is_taken_over_from_then_on(self):
        row = self.add(1)
        self.become(1, employee_ref="new", first_name="Johan", phone=None)
        row.action_same_person()
        self.assertFalse(row.problem)
        self.assertEqual((row.employee_ref, row.name), ("new", "Johan Bakker"))
        self.assertFalse(self.told(WAITS))
        self.assertEqual(self.sync().state, "done")
        self.assertEqual(row.employee_id.name, "Johan Bakker")
        self.assertFalse(row.employee_id.private_phone)

    def test_after_undoing_the_row_is_the_new_person_to_decide_on(self):
        row = self.add(1)
        employee = row.employee_id
        self.become(1, employee_ref="kees", first_name="Kees", city="Breda")
        row.action_reset()
        self.assertEqual((row.employee_ref, row.name), ("kees", "Kees Bakker"))
        self.assertEqual(row.decision, "pending")
        self.assertFalse(row.is_other_person or row.problem)
        self.assertFalse(self.told(WAITS))
        self.assertEqual(self.sync().state, "done")
        row.action_add()
        self.assertNotEqual(row.employee_id, employee)
        self.assertEqual(row.employee_id.private_city, "Breda")

    def test_who_is_queued_is_not_added_as_somebody_else(self):
        row = self.arrive(employment(1))
        row.write({"decision": "add", "is_queued": True})
        self.become(1, employee_ref="kees", first_name="Kees")
        row.action_apply()
        self.assertFalse(row.employee_id or row.is_queued)
        self.assertTrue(row.problem)
        row.action_same_person()
        self.assertEqual(row.employee_id.name, "Kees Bakker")

    def test_swapped_numbers_wait_and_block_the_file(self):
        first, second = self.add(1, 2)
        self.loket.people = [
            replace(self.loket.people[0], payroll_number=2),
            replace(self.loket.people[1], payroll_number=1),
        ]
        self.sync()
        self.assertEqual((first.payroll_number, second.payroll_number), (1, 2))
        self.assertTrue(first.problem and second.problem)
        self.assertTrue(first.number_waits and second.number_waits)
        first.action_same_person()
        self.sync()
        self.assertEqual((first.payroll_number, second.payroll_number), (2, 2))
        self.assertTrue(second.number_waits, "one answer is not the other's")
        second.action_same_person()
        self.assertEqual(self.sync().state, "done")
        self.assertEqual((first.payroll_number, second.payroll_number), (2, 1))

    def test_when_loket_takes_it_back_nothing_waits(self):
        row = self.add(1)
        self.become(1, employee_ref="kees", first_name="Kees")
        self.become(1, employee_ref="person-1", first_name="Jan1")
        self.assertFalse(row.problem or row.is_other_person)
        self.assertFalse(self.told(WAITS))

    def test_only_who_decides_may_answer(self):
        row = self.add(1)
        self.become(1, employee_ref="kees")
        clerk = new_test_user(
            self.env,
            "loket-clerk",
            "l10n_nl_loket.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        for answer in ("action_same_person", "action_left"):
            with self.assertRaises(AccessError):
                getattr(row.with_user(clerk), answer)()
        row.with_user(self.responsible).action_same_person()
        self.assertFalse(row.with_user(self.responsible).is_other_person)


@tagged("post_install", "-at_install")
class TestBrakes(WaitingCase):
    def test_an_end_for_everybody_waits_and_passes_when_a_person_says_so(self):
        rows = self.add(*range(1, 13))
        for number in range(1, 13):
            self.loket.change(number, end_date=END)
        self.loket.change(1, person={"city": "Zwolle"})
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertEqual(run.failed, 12)
        self.assertFalse(any(rows.employee_id.mapped("contract_date_end")))
        self.assertFalse(any(rows.mapped("end_date")))
        self.assertEqual(rows[0].employee_id.private_city, "Zwolle")
        self.assertTrue(all(rows.mapped("problem")))
        self.assertIn("waits", self.kinds(run))
        note = self.told(WAITS)
        self.assertIn("Jan1 ", note)
        self.assertEqual(note.count("Bakker"), 10)
        self.assertIn("and 2 more", note)
        self.assertTrue(self.connection.can_let_pass)
        self.assertEqual(self.connection.action_last_run()["res_id"], run.id)

        self.assertEqual(self.sync().state, "partial", "it waits every night")

        run = self.connection.with_user(self.responsible).action_let_pass()
        run = self.env[run["res_model"]].browse(run["res_id"])
        self.assertEqual((run.state, run.lets_pass), ("done", True))
        ends = rows.employee_id.mapped("contract_date_end")
        self.assertEqual(set(ends), {END})
        self.assertFalse(any(rows.mapped("problem")))
        self.assertFalse(self.told(WAITS))
        self.assertEqual(self.sync().state, "done")

    def test_the_form_tells_what_waits_with_the_button_that_answers(self):
        rows = self.add(*range(1, 13))
        for number in range(1, 13):
            self.loket.change(number, end_date=END, payroll_number=number + 100)
            person = {"street": f"Elders {number}", "birthday": date(1990, 5, 1)}
            self.loket.change(number + 100, person=person)
        self.loket.change(101, person={"country_code": "BE"})
        self.sync()
        view = "l10n_nl_loket.loket_employee_view_form"
        form = Form(rows[0].with_user(self.responsible), view=view)
        self.assertTrue(form.is_held)
        lines = dict(line.split(": ") for line in form.held_text.splitlines())
        told = {tuple(values.split(" → ")) for values in lines.values()}
        self.assertIn(("–", "30 Jun 2026"), told)
        self.assertIn(("1 Jan 1980", "1 May 1990"), told)
        self.assertIn(("Dorpsstraat 1", "Elders 1"), told)
        self.assertIn(("1", "101"), told)
        self.assertIn(("Netherlands", "Belgium"), told)
        arch = form._view["tree"]
        self.assertTrue(arch.xpath("//button[@name='action_let_pass']"))

        clerk = new_test_user(
            self.env,
            "loket-clerk",
            "l10n_nl_loket.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        theirs = Form(rows[0].with_user(clerk), view=view)
        self.assertTrue(theirs.is_held)
        self.assertNotIn("held_text", theirs._view["fields"], "it is private data")
        self.assertFalse(
            theirs._view["tree"].xpath("//button[@name='action_let_pass']")
        )
        with self.assertRaises(AccessError):
            rows[0].with_user(clerk).action_let_pass()

        action = rows[0].with_user(self.responsible).action_let_pass()
        self.assertEqual(action["res_model"], "loket.sync.run")
        self.assertFalse(any(rows.mapped("is_held")), "of all")
        self.assertFalse(rows[0].held_text)
        self.assertEqual(rows[0].employee_id.contract_date_end, END)

    def test_the_form_tells_that_it_waits_to_be_gone(self):
        rows = self.add(*range(1, 12))
        self.loket.people = self.loket.people[5:]
        self.sync()
        self.assertIn("lacks it", rows[0].held_text)
        self.assertFalse(rows[10].held_text)

    def test_what_became_more_meanwhile_waits_again(self):
        rows = self.add(*range(1, 11))
        for number in range(1, 6):
            self.loket.change(number, person={"street": "Elders 1"})
        self.sync()
        for number in range(1, 11):
            self.loket.change(number, person={"street": "Nergens 2"})
        self.let_pass()
        streets = rows.employee_id.mapped("private_street")
        self.assertEqual(set(streets), {"Dorpsstraat 1"})

    def test_half_an_address_is_not_written(self):
        rows = self.add(*range(1, 8))
        for number in range(1, 7):
            person = {"street": None, "city": f"Stad{number}"}
            if number > 3:
                person = {"street": None}
            self.loket.change(number, person=person)
        self.loket.change(7, person={"city": "Zwolle"})
        self.sync()
        cities = rows[:6].employee_id.mapped("private_city")
        self.assertEqual(set(cities), {"Utrecht"})
        self.assertEqual(rows[6].employee_id.private_city, "Zwolle")
        self.let_pass()
        self.assertFalse(any(rows[:6].employee_id.mapped("private_street")))
        self.assertEqual(rows[1].employee_id.private_city, "Stad2")

    def test_payroll_numbers_wait_and_block_the_file(self):
        rows = self.add(*range(1, 7))
        self.loket.people = [
            replace(one, payroll_number=one.payroll_number + 100)
            for one in self.loket.people
        ]
        self.sync()
        self.assertEqual(rows.mapped("payroll_number"), [1, 2, 3, 4, 5, 6])
        self.assertTrue(all(rows.mapped("number_waits")))
        self.let_pass()
        self.assertEqual(rows.mapped("payroll_number")[0], 101)
        self.assertFalse(any(rows.mapped("number_waits")))

    def test_a_second_employment_takes_nothing_over_that_waits(self):
        rows = self.add(*range(1, 8))
        for number in range(1, 8):
            who = {"last_name": "Iedereen", "street": f"Elders {number}"}
            self.loket.change(number, person=who)
        self.sync()
        employee = rows[0].employee_id
        self.assertEqual(employee.name, "Jan1 Bakker")
        who = {"employee_ref": "person-1", "employee_number": "1"}
        for name in ("street", "email", "phone", "work_email"):
            who[name] = getattr(self.loket.people[0].person, name)
        second = employment(
            20, "Jan1", "Iedereen", person=who, start_date=date(2026, 1, 1)
        )
        self.loket.people.append(second)
        self.sync()
        row = self.row(20)
        row.action_add()
        self.assertEqual(row.employee_id, employee)
        self.assertEqual(employee.name, "Jan1 Bakker")
        self.assertEqual(employee.private_street, "Dorpsstraat 1")
        self.assertTrue(row.is_held)
        self.assertIn("Employee Name", row.problem)
        self.sync()
        self.assertEqual(employee.name, "Jan1 Bakker")
        self.assertTrue(row.is_held)
        self.let_pass()
        self.assertEqual(employee.name, "Jan1 Iedereen")
        self.assertEqual(employee.private_street, "Elders 1")
        self.assertFalse(row.is_held or row.problem)

    def test_of_fewer_than_five_nothing_waits(self):
        rows = self.add(1, 2, 3, 4)
        for number in range(1, 5):
            self.loket.change(number, end_date=END)
        self.assertEqual(self.sync().state, "done")
        self.assertEqual(set(rows.employee_id.mapped("contract_date_end")), {END})


@tagged("post_install", "-at_install")
class TestVanished(WaitingCase):
    def test_an_answer_that_nobody_asked_for_says_so(self):
        row = self.arrive(employment(1))
        for answer in ("action_same_person", "action_left"):
            with self.subTest(answer), self.assertRaises(UserError):
                getattr(row, answer)()

    def test_two_of_eleven_have_a_line_each_and_an_activity(self):
        rows = self.add(*range(1, 12))
        self.loket.people = self.loket.people[2:]
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertEqual(self.kinds(run).count("gone"), 2)
        self.assertEqual(rows.mapped("in_loket"), [False] * 2 + [True] * 9)
        for name in ("Jan1 ", "Jan2 "):
            self.assertIn(name, self.told(WAITS))

        rows[:2].action_left()
        self.assertFalse(any(rows.mapped("problem")))
        self.assertFalse(self.told(WAITS))
        self.assertEqual(self.sync().state, "done")

    def test_the_limit_counts_from_the_last_time_that_somebody_agreed(self):
        rows = self.add(*range(1, 21))
        self.loket.people = self.loket.people[3:]
        self.assertEqual(self.sync().state, "partial")
        self.loket.people = self.loket.people[2:]
        self.assertEqual(self.sync().state, "failed")
        self.assertEqual(rows.filtered(lambda row: not row.in_loket), rows[:3])
        rows[:3].action_left()
        self.assertEqual(self.sync().state, "partial")
        self.assertEqual(rows.filtered(lambda row: not row.in_loket), rows[:5])

    def test_who_may_be_gone_goes_when_a_person_says_so(self):
        rows = self.add(1, 2, 3)
        self.loket.people = self.loket.people[1:]
        self.assertEqual(self.sync().state, "failed")
        run = self.let_pass()
        self.assertEqual(run.state, "done")
        self.assertEqual(self.kinds(run), ["gone"])
        self.assertFalse(rows[0].in_loket)
        self.assertFalse(rows[0].vanished_on)
        self.assertFalse(self.told(TROUBLE))

    def test_nobody_waits_for_whom_the_decision_is_undone(self):
        rows = self.add(*range(1, 12))
        self.loket.people = self.loket.people[2:]
        self.sync()
        rows[0].action_reset()
        self.assertFalse(rows[0].vanished_on)
        self.assertTrue(self.told(WAITS))
        rows[1].employee_id.unlink()
        self.assertFalse(self.told(WAITS))
        self.assertFalse(self.connection.employees_waiting)

    def test_who_can_t_be_read_is_not_gone(self):
        rows = self.add(*range(1, 12))
        everybody, self.loket.people = self.loket.people, self.loket.people[4:]
        self.assertEqual(self.sync().state, "failed")
        self.loket.people = everybody[1:]
        self.loket.problems = [Problem(ref="job-1", name="Jan1", reason="No name")]
        self.sync()
        self.assertFalse(any(rows.mapped("is_held")))
        self.assertFalse(self.connection.can_let_pass)

    def test_who_comes_back_does_not_wait_any_more(self):
        row = self.add(*range(1, 12))[0]
        everybody, self.loket.people = self.loket.people, self.loket.people[1:]
        self.sync()
        self.loket.people = everybody
        self.assertEqual(self.sync().state, "done")
        self.assertFalse(row.vanished_on or row.problem)
        self.assertFalse(self.told(WAITS))

    def test_undecided_people_who_are_gone_are_told_with_names(self):
        rows = self.arrive(*(employment(n, f"Jan{n}") for n in range(1, 12)))
        rows[7].action_ignore()
        self.loket.people = self.loket.people[8:]
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertEqual(self.kinds(run).count("gone"), 8)
        for number in range(1, 8):
            self.assertIn(f"Jan{number} ", self.told(WAITS))
        self.assertNotIn("Jan8 ", self.told(WAITS), "nobody wants that one")
        rows[0].action_ignore()
        self.assertFalse(rows[0].vanished_on)
        rows[1:7].action_left()
        self.assertFalse(self.told(WAITS))
        self.assertEqual(self.sync().state, "done")

    def test_an_answer_without_anybody_is_a_fault(self):
        row = self.arrive(employment(1))
        self.loket.people = []
        self.assertEqual(self.sync().state, "failed")
        self.assertTrue(row.in_loket)


@tagged("post_install", "-at_install")
class TestNotTold(WaitingCase):
    def add_with_values(self, *numbers):
        rows = self.arrive(
            *(
                employment(n, f"Jan{n}", shift=2, department_name="Winkel")
                for n in numbers
            )
        )
        rows.action_add()
        return rows

    def test_who_is_missing_in_one_list_keeps_the_last_value(self):
        row = self.add_with_values(1, 2)[0]
        self.loket.change(
            1, shift=None, hours_per_week=None, parts=frozenset({"wage", "place"})
        )
        run = self.sync()
        self.assertEqual(row.shift, 2)
        self.assertEqual(row.snapshot["hours_per_week"], "32")
        self.assertEqual(run.state, "partial")
        self.assertEqual(self.kinds(run), ["kept"])
        self.assertIn("Jan1", run.line_ids.name)
        self.assertFalse(self.told(TROUBLE))

    def test_an_empty_list_is_a_fault_that_is_told_with_names(self):
        rows = self.add_with_values(*range(1, 13))
        for number in range(1, 13):
            self.loket.change(
                number, department_name=None, job_title=None, parts={"hours", "wage"}
            )
        self.loket.change(1, person={"city": "Zwolle"})
        run = self.sync()
        self.assertEqual(run.state, "partial")
        self.assertEqual(set(rows.mapped("department_name")), {"Winkel"})
        self.assertEqual(rows[0].employee_id.private_city, "Zwolle")
        self.assertEqual(self.told(TROUBLE).count("Bakker"), 10)
        self.assertIn("department", self.connection.last_error)
        self.assertIn("department", run.message)

    def test_an_unknown_word_changes_nothing_and_is_told_once(self):
        row = self.add(1)
        word = UnknownWord(choice="gender", word="Vrouwspersoon")
        self.loket.change(1, person={"gender": None, "unknown_words": (word,)})
        run = self.sync()
        self.assertEqual(row.employee_id.sex, "female")
        self.assertIn("Vrouwspersoon", run.message)
        kind = "mail.mail_activity_data_warning"
        self.assertIn("Vrouwspersoon", self.told(kind))
        self.assertFalse(self.sync().message)
        self.assertIn("Vrouwspersoon", self.told(kind))

    def test_when_nobody_can_be_read_it_failed_and_the_alarm_stays(self):
        rows = self.add(1, 2)
        people, self.loket.people = self.loket.people, []
        self.loket.problems = [
            Problem(ref=one.employment_ref, name="Jan", reason="No last name")
            for one in people
        ]
        run = self.sync()
        self.assertEqual(run.state, "failed")
        self.assertIn("Jan", self.told(TROUBLE))
        self.assertIn("Jan", self.connection.last_error)
        self.assertTrue(all(rows.mapped("in_loket")))
        self.assertEqual(rows.mapped("problem"), ["No last name"] * 2)

    def test_whoever_can_t_be_read_is_named_once(self):
        self.add(*range(1, 13))
        self.loket.people, bad = self.loket.people[1:], self.loket.people[0]
        self.loket.problems = [
            Problem(ref=bad.employment_ref, name="Jan1 Bakker", reason="No last name")
        ]
        self.assertEqual(self.sync().state, "partial")
        self.assertIn("Jan1 ", self.told(TROUBLE))
        self.assertIn("Jan1 ", self.connection.last_error)
        self.connection.activity_search([TROUBLE]).action_feedback()
        self.sync()
        self.assertFalse(self.told(TROUBLE), "once")
        self.assertIn("Jan1 ", self.connection.last_error)
        self.loket.problems.append(Problem(ref="", name="Kees", reason="No reference"))
        self.sync()
        self.assertIn("Jan1 ", self.told(TROUBLE))
        self.assertIn("Kees", self.told(TROUBLE))
        self.loket.people, self.loket.problems = [bad, *self.loket.people], []
        self.assertEqual(self.sync().state, "done")
        self.assertFalse(self.told(TROUBLE) or self.connection.last_error)

    def test_of_many_who_can_t_be_read_ten_are_named(self):
        self.add(*range(1, 13))
        self.loket.problems = [
            Problem(ref=f"x{n}", name=f"Kees{n}", reason="No last name")
            for n in range(12)
        ]
        self.sync()
        self.assertEqual(self.told(TROUBLE).count("Kees"), 10)
        self.assertIn("and 2 more", self.told(TROUBLE))


@tagged("post_install", "-at_install")
class TestWhoIsTold(WaitingCase):
    def told_user(self):
        self.loket.problems = [Problem(ref="x", name="Jan", reason="No last name")]
        self.loket.people = []
        self.sync()
        return self.connection.activity_search([TROUBLE]).user_id

    def manager(self, login, **values):
        return new_test_user(
            self.env,
            login,
            "l10n_nl_loket.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
            **values,
        )

    def test_the_responsible_person_is_told(self):
        self.manager("loket-other")
        self.assertEqual(self.told_user(), self.responsible)

    def test_in_the_place_of_who_has_left_a_manager_is_told(self):
        other = self.manager("loket-other")
        self.responsible.active = False
        self.assertEqual(self.told_user(), other)

    def test_what_asked_who_has_left_goes_to_a_manager(self):
        self.add(*range(1, 12))
        self.loket.people = self.loket.people[1:]
        self.sync()
        other = self.manager("loket-other")
        self.responsible.active = False
        self.sync()
        self.assertEqual(self.connection.activity_search([WAITS]).user_id, other)

    def test_in_the_place_of_nobody_a_manager_is_told(self):
        self.connection.user_id = False
        self.assertEqual(self.told_user(), self.responsible)

    def test_who_has_no_role_or_not_the_company_is_not_told(self):
        other = self.manager("loket-other")
        self.responsible.group_ids = self.env.ref("base.group_user")
        self.assertEqual(self.told_user(), other)

    def clerk(self):
        self.responsible.group_ids = self.env.ref("l10n_nl_loket.group_user")

    def test_what_a_clerk_can_t_answer_goes_to_a_manager(self):
        self.add(*range(1, 12))
        self.loket.people = self.loket.people[1:]
        self.sync()
        other = self.manager("loket-other")
        self.clerk()
        self.assertEqual(self.told_user(), other)
        self.assertEqual(self.connection.activity_search([WAITS]).user_id, other)

    def test_without_any_manager_the_clerk_is_told_whom_to_ask(self):
        self.clerk()
        self.assertEqual(self.told_user(), self.responsible)
        self.assertIn("no Loket manager", self.told(TROUBLE))
        self.assertIn("no Loket manager", self.connection.last_error)

    def test_without_anybody_an_administrator_is_told_and_the_run_says_so(self):
        maker = self.manager("loket-maker")
        connection = self.connect(self.loket, self.company, "Tweede")
        self.env.cr.execute(
            "UPDATE loket_connection SET create_uid = %s WHERE id = %s",
            (maker.id, connection.id),
        )
        connection.invalidate_recordset()
        connection.user_id = False
        (maker | self.responsible).group_ids = self.env.ref("base.group_user")
        self.env.ref("l10n_nl_loket.group_manager").user_ids = False
        self.loket.people = [employment(1)]
        run = self.sync(connection)
        admin = connection.activity_ids.user_id
        self.assertTrue(admin.active and admin.has_group("base.group_system"))
        for text in (run.message, connection.last_error, connection.activity_ids.note):
            self.assertIn("no Loket manager", text)
        # Who has no role is told whom to ask, and nothing of people.
        self.assertNotIn("decide", connection.activity_ids.note)

    def test_another_clerk_is_told_before_an_administrator(self):
        clerk = self.manager("loket-klerk")
        (clerk | self.responsible).group_ids = self.env.ref("base.group_user")
        clerk.group_ids = self.env.ref("l10n_nl_loket.group_user")
        self.assertEqual(self.told_user(), clerk)
