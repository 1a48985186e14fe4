# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People with more than one employment: the contracts that follow from them."""

from datetime import date, timedelta

from odoo.tests import tagged

from .common_employees import EmployeesCase, FakeGateway, employment

SAME = {"employee_ref": "person-1"}
ENDED = date(2025, 12, 31)
BACK = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestRehire(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.left = employment(1, person=SAME, end_date=ENDED)

    def back(self, **values):
        return employment(
            2,
            person=SAME,
            **{
                "start_date": BACK,
                "wage": 4000,
                "hours_per_week": 24,
                "job_title": "Planner",
                "contract_type": "temporary",
                "appointed_until": date(2027, 2, 28),
                **values,
            },
        )

    def contracts(self, employee):
        """[(start, end)] of the contracts in Odoo, in order."""
        versions = employee.version_ids.filtered("contract_date_start")
        return sorted(
            {(one.contract_date_start, one.contract_date_end) for one in versions}
        )

    def leave_and_return(self, **values):
        """Somebody was added and left, and comes back with a second employment."""
        row = self.arrive(self.left)
        row.action_add()
        self.loket.people.append(self.back(**values))
        self.sync()
        return row.employee_id, self.row(2)

    def test_added_at_once_the_employment_that_started_last_gives_the_contract(self):
        rows = self.arrive(self.left, self.back())
        rows.action_add()
        self.assertRecordValues(
            rows.employee_id,
            [
                {
                    "contract_date_start": BACK,
                    "contract_date_end": date(2027, 2, 28),
                    "wage": 4000,
                }
            ],
        )
        self.assertEqual(rows.employee_id.job_id.name, "Planner")

    def test_added_at_once_the_order_of_the_rows_does_not_matter(self):
        rows = self.arrive(self.back(), self.left)
        rows.action_add()
        self.assertEqual(rows.employee_id.contract_date_start, BACK)

    def test_an_employment_that_has_yet_to_begin_follows_the_present_one(self):
        soon = date.today() + timedelta(days=30)
        end = soon - timedelta(days=1)
        rows = self.arrive(
            employment(1, person=SAME, end_date=end),
            employment(2, person=SAME, start_date=soon),
        )
        rows.action_add()
        self.assertEqual(
            self.contracts(rows.employee_id),
            [(date(2024, 3, 1), end), (soon, False)],
        )

    def test_who_comes_back_gets_a_new_contract_and_keeps_the_old(self):
        employee, row = self.leave_and_return()
        row.action_add()
        self.assertEqual(row.employee_id, employee)
        self.assertFalse(row.problem)
        self.assertEqual(
            self.contracts(employee),
            [(date(2024, 3, 1), ENDED), (BACK, date(2027, 2, 28))],
        )
        new = employee._get_version(BACK)
        self.assertEqual(new.wage, 4000)
        self.assertEqual(new.job_id.name, "Planner")
        self.assertEqual(new.resource_calendar_id.hours_per_week, 24)
        self.assertEqual(
            new.contract_type_id, self.env.ref("hr.contract_type_temporary")
        )
        self.assertEqual(employee._get_version(ENDED).wage, 3210.5)

    def test_the_old_contract_is_not_reopened_by_the_later_employment(self):
        employee, row = self.leave_and_return(contract_type="permanent")
        row.action_add()
        self.sync()
        self.assertEqual(
            self.contracts(employee), [(date(2024, 3, 1), ENDED), (BACK, False)]
        )

    def test_each_end_is_written_on_its_own_contract(self):
        employee, row = self.leave_and_return()
        row.action_add()
        self.loket.change(1, end_date=date(2025, 11, 30))
        self.loket.change(2, appointed_until=date(2028, 2, 28))
        run = self.sync()
        self.assertEqual(run.state, "done", run.line_ids.mapped("message"))
        self.assertEqual(
            self.contracts(employee),
            [(date(2024, 3, 1), date(2025, 11, 30)), (BACK, date(2028, 2, 28))],
        )

    def test_the_wage_of_the_new_contract_is_taken_once(self):
        employee, row = self.leave_and_return()
        row.action_add()
        employee._get_version(BACK).wage = 5000
        self.loket.change(2, wage=4500)
        self.sync()
        self.assertEqual(employee._get_version(BACK).wage, 5000)

    def test_an_archived_employee_who_comes_back_is_unarchived(self):
        row = self.arrive(self.left)
        row.action_add()
        employee = row.employee_id
        employee.with_context(no_wizard=True).action_archive()
        self.loket.people.append(self.back())
        self.sync()
        self.row(2).action_add()
        self.assertFalse(self.row(2).problem)
        self.assertTrue(employee.active)
        self.assertEqual(len(self.contracts(employee)), 2)

    def test_an_archived_employee_whose_employment_is_over_stays_archived(self):
        row = self.arrive(self.left)
        row.action_add()
        employee = row.employee_id
        employee.with_context(no_wizard=True).action_archive()
        self.loket.people.append(self.back(end_date=date(2026, 4, 30)))
        self.sync()
        self.row(2).action_add()
        self.assertFalse(employee.active)
        self.assertEqual(self.contracts(employee)[1:], [(BACK, date(2026, 4, 30))])

    def test_an_employment_beside_a_running_contract_makes_none(self):
        rows = self.arrive(employment(1, person=SAME))
        rows.action_add()
        self.loket.people.append(self.back())
        self.sync()
        self.row(2).action_add()
        self.assertEqual(self.contracts(rows.employee_id), [(date(2024, 3, 1), False)])
        self.assertTrue(self.row(2).to_check)
        self.assertIn("1 Mar 2024", self.row(2).check_reasons)
        self.row(2).action_checked()
        self.sync()
        self.assertFalse(self.row(2).to_check)

    def test_once_the_running_contract_ends_the_new_one_comes(self):
        rows = self.arrive(employment(1, person=SAME))
        rows.action_add()
        employee = rows.employee_id
        self.loket.people.append(self.back())
        self.sync()
        self.row(2).action_add()
        self.loket.change(1, end_date=ENDED)
        run = self.sync()
        self.assertEqual(run.state, "done", run.line_ids.mapped("message"))
        self.assertEqual(
            self.contracts(employee),
            [(date(2024, 3, 1), ENDED), (BACK, date(2027, 2, 28))],
        )
        new = employee._get_version(BACK)
        self.assertEqual((new.wage, new.job_id.name), (4000, "Planner"))
        self.assertEqual(new.resource_calendar_id.hours_per_week, 24)
        self.assertEqual(employee._get_version(ENDED).wage, 3210.5)
        self.assertFalse(self.row(2).to_check)

    def test_a_decision_carried_out_at_night_follows_on_what_ended_that_night(self):
        second = self.connect(FakeGateway(), self.company, "Tweede")
        self.gateways[second.id].people = [
            employment(2, "Kees", person={"employee_ref": "kees"})
        ]
        self.sync(second)
        row = self.arrive(employment(1, person=SAME))
        row.action_add()
        self.loket.people.append(self.back(contract_type="permanent"))
        self.sync()
        self.row(2).action_add()
        self.assertFalse(self.row(2).employee_id, "the number is also Kees's")
        self.row(2, second).action_ignore()
        self.loket.change(1, end_date=ENDED)
        self.sync()
        self.assertEqual(self.row(2).employee_id, row.employee_id)
        self.assertEqual(
            self.contracts(row.employee_id),
            [(date(2024, 3, 1), ENDED), (BACK, False)],
        )

    def test_of_a_chain_the_last_contract_gets_the_end(self):
        employee = self.make_employee(
            contract_date_start=date(2024, 3, 1), contract_date_end=date(2024, 12, 31)
        )
        for start, end in (
            (date(2025, 1, 1), date(2025, 12, 31)),
            (date(2026, 1, 1), False),
        ):
            version = employee.create_contract(start)
            version.contract_date_end = end
        row = self.arrive(employment(1))
        self.link(row, employee)
        self.loket.change(1, end_date=date(2027, 1, 31))
        run = self.sync()
        self.assertEqual(run.state, "done", run.line_ids.mapped("message"))
        self.assertEqual(
            self.contracts(employee),
            [
                (date(2024, 3, 1), date(2024, 12, 31)),
                (date(2025, 1, 1), date(2025, 12, 31)),
                (date(2026, 1, 1), date(2027, 1, 31)),
            ],
        )

    def test_a_start_that_moves_before_the_contract_does_not_lose_the_end(self):
        row = self.arrive(employment(1))
        row.action_add()
        self.loket.change(1, start_date=date(2024, 2, 1), end_date=date(2027, 1, 31))
        self.sync()
        self.assertEqual(
            self.contracts(row.employee_id), [(date(2024, 3, 1), date(2027, 1, 31))]
        )
        self.assertIn("1 Feb 2024", row.check_reasons)

    def test_a_start_that_moves_again_is_told_again(self):
        row = self.arrive(employment(1))
        row.action_add()
        for start in (date(2024, 6, 1), date(2023, 6, 1), date(2024, 3, 1)):
            self.loket.change(1, start_date=start)
            self.sync()
            self.assertEqual(row.checks["start"]["key"], f"{start}")
        self.assertEqual(row.employee_id.contract_date_start, date(2024, 3, 1))

    def test_a_start_and_an_end_that_both_move_before_it_take_it_along(self):
        row = self.arrive(employment(1))
        row.action_add()
        self.loket.change(1, start_date=date(2023, 2, 1), end_date=date(2024, 1, 31))
        self.sync()
        self.assertFalse(row.problem)
        self.assertEqual(
            self.contracts(row.employee_id), [(date(2023, 2, 1), date(2024, 1, 31))]
        )

    def test_a_contract_that_begins_after_the_end_is_to_check(self):
        employee = self.make_employee(contract_date_start=date(2026, 3, 1))
        row = self.arrive(self.left)
        self.link(row, employee)
        self.assertEqual(self.contracts(employee), [(date(2026, 3, 1), False)])
        self.assertTrue(row.to_check)
        self.assertIn("1 Mar 2026", row.check_reasons)

    def test_linked_to_who_left_it_begins_a_contract_beside_the_old(self):
        employee = self.make_employee(
            contract_date_start=date(2020, 1, 1),
            contract_date_end=date(2021, 6, 30),
            wage=2000,
        )
        row = self.arrive(self.left)
        self.link(row, employee)
        self.assertFalse(row.problem)
        self.assertEqual(
            self.contracts(employee),
            [(date(2020, 1, 1), date(2021, 6, 30)), (date(2024, 3, 1), ENDED)],
        )
        self.assertEqual(employee._get_version(ENDED).wage, 3210.5)
        self.assertEqual(employee._get_version(date(2021, 1, 1)).wage, 2000)

    def test_of_two_that_are_linked_at_once_each_begins_its_contract(self):
        employee = self.make_employee(
            contract_date_start=date(2020, 1, 1), contract_date_end=date(2021, 6, 30)
        )
        rows = self.arrive(self.back(), self.left)
        rows.write({"decision": "link", "employee_id": employee.id})
        rows.action_apply()
        self.assertEqual(rows.filtered("problem").mapped("problem"), [])
        self.assertEqual(
            self.contracts(employee)[1:],
            [(date(2024, 3, 1), ENDED), (BACK, date(2027, 2, 28))],
        )
        self.assertEqual(employee._get_version(BACK).wage, 4000)
        self.assertEqual(employee._get_version(ENDED).wage, 3210.5)

    def test_of_two_that_begin_in_one_night_each_begins_its_contract(self):
        row = self.arrive(employment(1, person=SAME))
        row.action_add()
        employee = row.employee_id
        first = employment(
            3, person=SAME, start_date=date(2025, 2, 1), end_date=date(2025, 12, 31)
        )
        self.loket.people = [self.back(), first, *self.loket.people]
        self.sync()
        (self.row(2) | self.row(3)).action_add()
        self.assertEqual(len(self.contracts(employee)), 1)
        self.loket.change(1, end_date=date(2025, 1, 31))
        run = self.sync()
        self.assertEqual(run.state, "done", run.line_ids.mapped("message"))
        self.assertEqual(
            self.contracts(employee),
            [
                (date(2024, 3, 1), date(2025, 1, 31)),
                (date(2025, 2, 1), ENDED),
                (BACK, date(2027, 2, 28)),
            ],
        )

    def test_who_comes_back_and_is_linked_gets_the_new_end_too(self):
        row = self.arrive(self.left)
        row.action_add()
        employee = row.employee_id
        self.loket.people.append(self.back())
        self.sync()
        self.link(self.row(2), employee)
        new = (BACK, date(2027, 2, 28))
        self.assertEqual(self.contracts(employee), [(date(2024, 3, 1), ENDED), new])
        self.assertEqual(employee._get_version(BACK).wage, 4000)
        self.loket.change(2, end_date=date(2026, 9, 30))
        self.sync()
        self.assertEqual(self.contracts(employee)[1], (BACK, date(2026, 9, 30)))

    def test_linking_without_any_contract_gives_start_and_end(self):
        employee = self.make_employee()
        self.link(self.arrive(self.left), employee)
        self.assertEqual(self.contracts(employee), [(date(2024, 3, 1), ENDED)])

    def test_what_loket_no_longer_gives_decides_no_end(self):
        rows = self.arrive(
            employment(1, person=SAME), self.back(end_date=None, appointed_until=None)
        )
        rows.action_add()
        self.row(2).in_loket = False
        self.connection.vanish_threshold = 100
        self.loket.people = [employment(1, person=SAME, end_date=date(2026, 5, 31))]
        self.sync()
        self.assertEqual(rows.employee_id.contract_date_end, date(2026, 5, 31))

    def test_what_is_yet_to_begin_leaves_the_old_contracts_of_many_alone(self):
        soon = date.today() + timedelta(days=30)
        last_day = soon - timedelta(days=1)
        self.arrive(
            employment(1, end_date=last_day), employment(2, "Kees", end_date=last_day)
        ).action_add()
        for number, first in ((1, "Jan"), (2, "Kees")):
            self.loket.people.append(
                employment(
                    number + 2,
                    first,
                    person={"employee_ref": f"person-{number}"},
                    start_date=soon,
                    wage=4000,
                )
            )
        self.sync()
        (self.row(3) | self.row(4)).action_add()
        for row in self.row(3) | self.row(4):
            self.assertFalse(row.problem)
            self.assertEqual(
                self.contracts(row.employee_id),
                [(date(2024, 3, 1), last_day), (soon, False)],
            )
            self.assertEqual(row.employee_id.wage, 3210.5)
