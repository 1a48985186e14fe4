# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The whole way into Loket and back, against a Loket that speaks REST over HTTP."""

from decimal import Decimal

from odoo.tests import TransactionCase, tagged

from .common_connection import ConnectionMixin

try:
    from sandbox.period_data import Key, Place, Value
    from sandbox.server import Sandbox
except ModuleNotFoundError:
    Sandbox = None  # only the addon is here, and no test runs

YEAR, PERIOD = 2026, 9
BONUS, TRAVEL, MEALS = 86, 120, 121


class PushMixin(ConnectionMixin):
    """People of a sandbox Loket who were all added, in departments of its units."""

    employees = 4

    def setUp(self):
        super().setUp()
        self.loket = self.enterContext(Sandbox(port=0, employees=self.employees))
        self.connection.write(
            {"api_url": self.loket.api_url, "oauth_url": self.loket.oauth_url}
        )
        self.office = self.employer.administrations[0]
        self.make_ready()
        self.assertFalse(self.connection.push_missing)
        self.connection.action_sync()
        rows = self.env["loket.employee"].search(
            [("connection_id", "=", self.connection.id)]
        )
        rows.decision = "add"
        rows.action_apply()
        self.jobs = rows.filtered("employee_id").sorted("payroll_number")
        self.assertEqual(len(self.jobs), self.employees)
        self.people = self.jobs.employee_id
        self.departments = self.env["hr.department"]
        for unit in self.connection.cost_center_ids.filtered(
            lambda center: center.kind == "distribution_unit"
        )[:2]:
            department = self.departments.create({"name": unit.name})
            self.departments |= department
            self.env["loket.department.mapping"].create(
                {
                    "connection_id": self.connection.id,
                    "department_id": department.id,
                    "cost_center_id": unit.id,
                }
            )
        self.connection.distribution = "distribution_unit"
        self.people.department_id = self.departments[0]
        self.bonus, self.travel = (
            self.wage(name, code) for name, code in (("Bonus", BONUS), ("Reis", TRAVEL))
        )

    def wage(self, name, code):
        component = self.env["hr.wage.component"].create({"name": name, "code": name})
        self.env["loket.component.mapping"].create(
            {
                "connection_id": self.connection.id,
                "wage_component_id": component.id,
                "component_code": str(code),
            }
        )
        return component

    def book(self, person, component, value):
        return self.env["hr.wage.entry"].create(
            {
                "employee_id": person.id,
                "wage_component_id": component.id,
                "value": value,
                "date": f"{YEAR}-{PERIOD:02d}-15",
            }
        )

    def make(self):
        """A file of what is booked now."""
        export = self.env["loket.export"].create(
            {"connection_id": self.connection.id, "year": YEAR, "period": PERIOD}
        )
        export.action_check()
        if not export.line_ids:
            export.unlink()
            return None
        export.accept_left_out = True
        export.action_generate()
        return export

    def stored(self):
        """{(employment, unit, component): value} in Loket, of the normal payslip."""
        place = Place(self.office.id, YEAR, PERIOD)
        return {
            (key.employment_id, key.unit_id, code): value.number
            for where, key, code, value in self.loket.company.period_data.cells()
            if where == place and key.payslip_type == 1 and key.cost_center is None
        }

    def in_file(self, export):
        """{(employment, unit, component): value} of a file, without what is gone."""
        units = {unit.code: unit.ref for unit in self.connection.cost_center_ids}
        return {
            (
                line.employment_ref,
                units[line.distribution_unit],
                line.component_code,
            ): Decimal(str(line.value))
            for line in export.line_ids
            if line.in_file and line.value
        }

    def other(self, job, component, value, unit=0):
        """Somebody changes a value in Loket itself."""
        center = self.connection.cost_center_ids.search(
            [("code", "=", self.unit_code(unit)), ("kind", "=", "distribution_unit")],
            limit=1,
        )
        key = Key(job.employment_ref, 1, 1, center.ref)
        place = Place(self.office.id, YEAR, PERIOD)
        number = None if value is None else Value(Decimal(value))
        self.loket.company.period_data.put(place, key, {component: number})
        return job.employment_ref, center.ref, component

    def unit_code(self, number):
        mappings = self.connection.department_mapping_ids
        department = self.departments[number]
        return mappings.filtered(
            lambda line: line.department_id == department
        ).cost_center_id.code


@tagged("post_install", "-at_install")
class TestWholeWay(PushMixin, TransactionCase):
    employees = 6

    def test_a_correction_and_a_change_by_somebody_else(self):
        entries = [self.book(person, self.bonus, 100) for person in self.people]
        export = self.make()
        del self.loket.requests[:]
        export.action_push()
        self.assertEqual(export.push_state, "stored", export.push_problem)
        self.assertLessEqual(len(self.loket.requests), 20)
        self.assertEqual(len(self.stored()), self.employees)
        self.assertEqual(self.stored(), self.in_file(export))

        entries[0].value = 150
        entries[1].unlink()
        theirs = self.other(self.jobs[2], MEALS, 7)
        foreign = self.other(self.jobs[3], TRAVEL, 9)
        again = self.make()
        self.assertEqual(again.push_state, "none")
        again.action_push()
        self.assertEqual(again.push_state, "stored", again.push_problem)
        self.assertEqual(self.stored(), {**self.in_file(again), theirs: 7, foreign: 9})
        (row,) = again.line_ids.filtered(lambda line: line.verdict == "foreign")
        self.assertEqual((row.employment_ref, row.loket_value), (foreign[0], 9))

        changed = self.other(self.jobs[4], BONUS, 111)
        again.action_compare()
        self.assertEqual(again.push_state, "different")
        (row,) = again.line_ids.filtered(lambda line: line.verdict == "different")
        self.assertEqual(row.changed_by, "Kantoor, A")
        again.action_push()
        self.assertIn("Kantoor, A", again.push_question)
        self.assertEqual(self.stored()[changed], 111)
        again.action_push_anyway()
        self.assertEqual(self.stored()[changed], 100)
        self.assertEqual(again.push_state, "stored")

        again._tell_ready(["bureau@example.com"], "Klaar")
        (told,) = self.loket.company.ready
        self.assertEqual(told["payrollPeriodId"], YEAR * 100 + PERIOD)


@tagged("post_install", "-at_install")
class TestBadInput(PushMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.entries = [self.book(person, self.bonus, 100) for person in self.people]
        self.export = self.make()

    def assert_others_are_stored(self, number, words):
        """Of all but one, everything is there; of that one, Loket's own words."""
        ref = self.jobs[number].employment_ref
        bad = self.export.line_ids.filtered(
            lambda line: line.verdict not in ("stored", "foreign")
        )
        self.assertEqual(bad.mapped("employment_ref"), [ref])
        self.assertEqual(bad.verdict, "missing")
        self.assertIn(words, bad.loket_message)
        self.assertEqual(self.export.push_state, "partial")
        rest = {key for key in self.in_file(self.export) if key[0] != ref}
        self.assertEqual(set(self.stored()), rest)

    def sandbox_job(self, number):
        refs = {job.id: job for _person, job in self.employer.employments()}
        return refs[self.jobs[number].employment_ref]

    def test_whom_loket_refuses_by_either_answer_is_told_and_a_repeat_completes(self):
        for fault in (None, "refused_in_part", "plain_refusal"):
            with self.subTest(fault):
                self.loket.company.period_data.clear()
                line = self.export.line_ids.filtered(
                    lambda line: line.employment_ref == self.jobs[0].employment_ref
                )
                line.sudo().shift = 9
                if fault:
                    self.loket.faults.add("refused_in_part")
                    self.loket.faults.add(fault)
                self.export.action_push()
                self.assert_others_are_stored(0, "Ploeg 9 bestaat niet")
                self.loket.faults.clear()
                line.sudo().shift = 1
                self.export.action_push()
                self.assertEqual(self.export.push_state, "stored")
                self.assertEqual(self.stored(), self.in_file(self.export))

    def test_a_component_that_was_closed_since(self):
        self.book(self.people[1], self.travel, 5)
        self.export = self.make()
        for component in self.office.components:
            if component.key == TRAVEL:
                component.collective = False
        self.export.action_push()
        message = self.export.difference_ids.mapped("loket_message")
        self.assertIn("120", message[0])
        self.assertEqual(self.export.push_state, "partial")
        self.assertEqual(len(self.stored()), len(self.people) - 1)

    def test_somebody_whom_loket_shows_no_more_is_not_said_to_be_there(self):
        self.sandbox_job(1).vanished = True
        self.jobs[1].in_loket = False
        self.export.action_push()
        self.assertEqual(self.export.push_state, "partial")
        verdicts = self.export.line_ids.mapped("verdict")
        self.assertEqual(verdicts.count("missing"), 1)

    def test_a_period_that_was_approved_in_between_asks(self):
        self.office.runs[YEAR * 100 + PERIOD] = [9]
        self.export.action_push()
        self.assertFalse(self.stored())
        self.assertTrue(self.export.push_question)
        self.loket.faults.add("closed_periods")
        self.export.action_push_anyway()
        self.assertFalse(self.stored())
        self.assertEqual(self.export.push_state, "partial")
        self.assertIn("verloond", self.export.line_ids[0].loket_message)
        self.loket.faults.clear()
        self.export.action_push_anyway()
        self.assertEqual(self.export.push_state, "stored")

    def test_a_right_that_is_taken_away_between_push_and_compare(self):
        self.export.action_push()
        reading = "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId"
        self.employer.activities.remove(reading)
        self.export.action_compare()
        self.assertIn(reading, self.export.push_problem)
        self.connection.action_fetch()
        self.assertIn(reading, self.connection.push_missing)
        self.assertEqual(self.connection.state, "ready")
        self.assertFalse(self.export.can_push)
        (step,) = (one for one in self.connection.steps if one["name"] == "push")
        self.assertIn(reading, step["help"])
        self.assertFalse(step["is_done"])

    def test_nulls_in_the_list_are_nothing(self):
        self.loket.faults.add("null_values")
        self.export.action_push()
        self.assertEqual(self.export.push_state, "stored")
        self.assertFalse(
            self.export.line_ids.filtered(lambda line: line.verdict == "foreign")
        )

    def test_an_uploaded_file_is_compared_with_what_loket_made_of_it(self):
        self.export.action_mark_uploaded()
        for job in self.jobs:
            self.other(job, BONUS, 100)
        self.other(self.jobs[0], BONUS, 90)
        self.export.action_compare()
        self.assertEqual(self.export.push_state, "different")
        self.other(self.jobs[0], BONUS, 100)
        self.export.action_compare()
        self.assertEqual(self.export.push_state, "stored")
        self.assertNotIn("PATCH", " ".join(self.loket.requests))
