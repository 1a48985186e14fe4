# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import freezegun
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..gateway import LoketMisconfigured, LoketRefused, LoketUnavailable, Problem
from ..models.sync import loket_sync_run_plan, loket_sync_run_quiet
from .common_employees import EmployeesCase, employment

FIRST = date(2026, 3, 9)
ASKS = ["count", "rights", "filter"]


@tagged("post_install", "-at_install")
class TestQuietNight(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.day = FIRST
        self.clock = self.enterContext(freezegun.freeze_time(f"{FIRST} 02:00:00"))
        self.cron = self.env.ref("l10n_nl_loket.ir_cron_loket_sync")
        self.loket.count = 700
        self.loket.people = [
            employment(number, last=f"Bakker{number}") for number in range(1, 8)
        ]

    def night(self, days=1):
        """The night, some days later; returns its run and what Loket was asked."""
        self.clock.tick(timedelta(days=days))
        self.loket.asked.clear()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.last_run()

    def another_month(self):
        """The ninth of the next month, from which on nothing falls due."""
        self.day += relativedelta(months=1)
        self.clock.move_to(f"{self.day} 02:00:00")

    def last_run(self):
        return self.env["loket.sync.run"].search(
            [("connection_id", "=", self.connection.id)], limit=1, order="id desc"
        )

    def assert_quiet(self, run):
        self.assertTrue(run.is_quiet, run.message)
        self.assertEqual(self.loket.asked, ASKS)

    def assert_whole(self, run):
        self.assertFalse(run.is_quiet)
        self.assertIn("people", self.loket.asked)
        self.assertIn("periods", self.loket.asked)
        self.assertIn("components", self.loket.asked)

    def add_all(self):
        self.env["loket.employee"].search(
            [("connection_id", "=", self.connection.id)]
        ).action_add()

    # === QUIET === #

    def test_nothing_changed_so_nothing_is_read_and_the_run_says_so(self):
        self.assert_whole(self.night())
        run = self.night()
        self.assert_quiet(run)
        self.assertEqual(run.state, "done")
        self.assertIn("Nothing has changed in Loket since", run.message)
        self.assertIn("10 Mar 2026", run.message)
        self.assertEqual(self.connection.last_sync_date.date(), FIRST + timedelta(2))
        self.assertEqual(self.connection.last_read_date.date(), FIRST + timedelta(1))
        self.assertFalse(self.connection._stale_reasons())

    def test_a_change_in_loket_is_read_the_same_night_and_then_it_is_quiet(self):
        self.night()
        self.add_all()
        self.night()
        self.loket.count += 1
        self.loket.change(3, person={"city": "Elders"})
        self.assert_whole(self.night())
        self.assertEqual(self.row(3).employee_id.private_city, "Elders")
        self.assert_quiet(self.night())

    def test_what_changes_for_many_at_once_is_read_once_more(self):
        self.night()
        self.add_all()
        self.night()
        for number in range(1, 8):
            self.loket.change(number, department_name="<<")
        self.loket.count += 1
        self.assert_whole(self.night())
        for number in range(1, 8):
            self.loket.change(number, department_name="Kantoor")
        self.assert_whole(self.night())  # though nothing was counted
        self.assertEqual(self.row(3).department_name, "Kantoor")

    # === PART BY PART === #

    def in_parts(self):
        """From now on everybody is worked out in parts of two."""
        self.patch(loket_sync_run_plan, "PART", 2)
        self.patch(loket_sync_run_quiet, "TOLD", 3)
        self.loket.has_told = True

    def forget(self):
        """Nothing is known of an earlier night, so everybody is worked out."""
        self.connection.quiet_basis = False
        self.loket.chosen.clear()
        self.loket.understood = 0

    def assert_in_parts(self, parts):
        self.assertEqual(self.loket.chosen, parts)
        self.assertEqual(self.loket.understood, 0)

    def test_everybody_is_worked_out_part_by_part(self):
        self.night()
        self.add_all()
        self.in_parts()
        self.loket.change(2, person={"city": "Elders"})
        self.forget()
        run = self.night()
        self.assert_in_parts([{1, 2}, {3, 4}, {5, 6}, {7}])
        self.assertEqual((run.state, run.updated, run.unchanged), ("done", 1, 6))
        self.assertEqual(self.row(2).employee_id.private_city, "Elders")
        self.assert_quiet(self.night())

    def test_after_a_night_in_parts_a_few_are_worked_out_alone(self):
        self.night()
        self.add_all()
        self.in_parts()
        self.forget()
        self.night()
        for number in (1, 4, 7):
            self.loket.count += 1
            self.loket.chosen.clear()
            self.loket.change(number, person={"city": "Elders"})
            with patch.object(loket_sync_run_quiet, "FEW", 0.2):
                self.assertEqual(self.night().updated, 1)
            self.assert_in_parts([{number}, {number}])
        self.loket.has_told = False
        self.forget()
        self.night()
        rows = self.env["loket.employee"].search([])
        self.assertFalse(any(rows.mapped("told_digest")))

    def test_a_night_on_which_somebody_comes_goes_part_by_part(self):
        self.night()
        self.add_all()
        self.in_parts()
        self.loket.people.insert(0, employment(8, last="Nieuw"))
        self.forget()
        run = self.night()
        self.assert_in_parts([{8, 1}, {2, 3}, {4, 5}, {6, 7}])
        self.assertEqual((run.state, run.created, run.unchanged), ("done", 1, 7))
        self.assertEqual(self.row(8).decision, "pending")
        self.assertTrue(self.connection.quiet_basis)

    def test_whoever_gets_the_number_of_another_is_worked_out_with_them(self):
        self.night()
        self.add_all()
        self.in_parts()
        self.loket.change(6, person={"employee_number": self.row(1).employee_number})
        self.forget()
        run = self.night()
        self.assert_in_parts([{1, 2, 6}, {3, 4}, {5, 7}])
        self.assertEqual((run.state, run.failed, run.unchanged), ("partial", 2, 5))
        self.assertIn("Bakker1", self.row(6).problem)
        self.assertFalse(self.connection.quiet_basis)

    def test_what_changes_for_too_many_of_all_parts_waits(self):
        self.night()
        self.add_all()
        self.in_parts()
        cities = self.env["hr.employee"].search([]).mapped("private_city")
        for number in range(1, 6):
            self.loket.change(number, person={"city": "Elders"})
        self.forget()
        run = self.night()
        self.assertEqual((run.state, run.failed), ("partial", 5))
        self.assert_in_parts(2 * [{1, 2}, {3, 4}, {5, 6}, {7}])
        self.assertTrue(self.row(1).held)
        self.env.invalidate_all()
        self.assertEqual(
            self.env["hr.employee"].search([]).mapped("private_city"), cities
        )

    def test_who_is_missing_from_one_part_is_weighed_against_all(self):
        self.night()
        self.add_all()
        self.in_parts()
        del self.loket.people[3:]
        self.forget()
        run = self.night()
        self.assertEqual(run.state, "failed")
        self.assertIn("Nothing was changed", run.message)
        self.assertTrue(all(self.row(number).in_loket for number in range(1, 8)))

    def test_of_who_is_missing_and_ignored_nothing_is_counted_twice(self):
        self.night()
        self.add_all()
        self.loket.people.insert(0, employment(8, last="Niet"))
        self.night()
        self.row(8).action_ignore()
        self.in_parts()
        del self.loket.people[0]
        self.forget()
        run = self.night()
        self.assertEqual((run.state, run.unchanged), ("done", 7))
        self.assertEqual(self.connection.quiet_basis["count"], 7)

    def test_a_day_of_whoever_stays_as_they_are_is_waited_for(self):
        self.loket.change(5, end_date=FIRST + timedelta(5))
        self.night()
        self.add_all()
        self.in_parts()
        self.forget()
        self.night()
        self.assertEqual(len(self.loket.chosen), 4)
        self.assert_quiet(self.night())
        self.assert_whole(self.night(2))

    def test_what_is_let_pass_passes_for_all_at_once(self):
        self.night()
        self.add_all()
        self.in_parts()
        for number in range(1, 6):
            self.loket.change(number, person={"city": "Elders"})
        self.night()
        self.assertTrue(self.row(1).held)
        self.connection.action_let_pass()
        self.assertFalse(self.row(1).held)
        self.assertEqual(self.row(1).employee_id.private_city, "Elders")

    def test_a_change_while_the_lists_are_read_is_read_the_next_night(self):
        def read(gateway, *refs):
            answer = original(gateway, *refs)
            self.loket.count += 1
            self.loket.change(3, person={"last_name": "Later"})
            self.patch(type(self.loket), "employments", original)
            return answer

        original = type(self.loket).employments
        self.patch(type(self.loket), "employments", read)
        self.night()
        self.assert_whole(self.night())
        self.assert_quiet(self.night())

    def test_after_a_week_all_is_read(self):
        self.night()
        for _night in range(6):
            self.assert_quiet(self.night())
        self.assert_whole(self.night())
        self.assert_quiet(self.night())

    def test_the_first_of_a_month_is_read(self):
        self.clock.move_to("2026-03-29 02:00:00")
        self.night()
        self.assert_quiet(self.night())
        self.assert_whole(self.night())

    def test_a_clock_that_went_back_makes_no_night_quiet(self):
        self.night(days=5)
        self.assert_whole(self.night(days=-3))

    def test_by_hand_all_is_read_and_the_next_night_is_quiet(self):
        self.night()
        self.loket.asked.clear()
        self.connection.action_sync()
        self.assertIn("people", self.loket.asked)
        self.assert_quiet(self.night())

    # === DATES === #

    def test_a_day_on_which_something_begins_or_is_over_is_read(self):
        for name in ("start_date", "end_date", "told_until", "appointed_until"):
            with self.subTest(name):
                self.another_month()
                day = self.day + timedelta(3)
                self.loket.people[0] = employment(1, last="Bakker1", **{name: day})
                self.loket.count += 1
                runs = {number: self.night() for number in range(1, 6)}
                whole = [number for number, run in runs.items() if not run.is_quiet]
                self.assertEqual(whole, [1, 3, 4], "the day, and the one after")

    def test_who_synchronises_by_hand_past_midnight_is_a_day_ahead_of_the_server(self):
        """What Loket tells is of the server's day, on which the next one is to come."""
        self.loket.people[0] = employment(1, last="Bakker1", told_until=self.day)
        self.night(0)
        self.assert_quiet(self.night(0))
        self.clock.move_to(f"{self.day} 23:30:00")
        self.connection.with_context(tz="Europe/Amsterdam").action_sync()
        self.env.flush_all()
        self.clock.move_to(f"{self.day + timedelta(1)} 02:00:00")
        self.assert_whole(self.night(0))

    # === WHAT LOKET LETS SEE === #

    def test_other_rights_or_filters_are_a_reason_to_read(self):
        self.night()
        for name in ("missing", "hidden"):
            with self.subTest(name):
                setattr(self.loket, name, ["Something else."])
                self.assert_whole(self.night())
                self.assert_quiet(self.night())

    def test_a_filter_that_stays_keeps_no_night_from_being_quiet(self):
        self.loket.hidden = ["Employments that have ended are hidden."]
        self.assertIn("hidden", self.night().message)
        self.assert_quiet(self.night())

    def test_another_consent_is_a_reason_to_read(self):
        self.night()
        self.connection._mark_connected()
        self.assert_whole(self.night())

    def test_another_connection_to_the_same_administration_is_no_quiet_night(self):
        self.night()
        second = self.connection.copy({"name": "Tweede", "company_id": self.company.id})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loket_connection SET employer_ref = %s, administration_ref = %s, "
            "state = 'error' WHERE id = %s",
            [
                self.connection.employer_ref,
                self.connection.administration_ref,
                second.id,
            ],
        )
        self.env.invalidate_all()
        run = self.night()
        self.assertEqual((run.state, run.is_quiet), ("failed", False))
        self.assertIn("Tweede", run.message)
        self.assertNotIn("people", self.loket.asked)

    def test_a_quiet_night_looks_up_nobody_to_tell_and_each_reader_is_told(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.night()
        self.connection.activity_ids.unlink()
        asked = []
        who = type(self.connection)._responsible
        self.patch(
            type(self.connection),
            "_responsible",
            lambda one: asked.append(one) or who(one),
        )
        run = self.night()
        self.assertFalse(asked)
        self.assertIn("10 Mar 2026", run.message)
        self.assertIn("10 mrt", run.with_context(lang="nl_NL").message)

    def test_an_activity_of_who_can_not_act_is_handed_over_on_a_quiet_night(self):
        self.night()
        clerk = new_test_user(
            self.env, "clerk-of-the-night", groups="l10n_nl_loket.group_user"
        )
        self.connection.activity_schedule(
            "l10n_nl_loket.mail_activity_type_decide", user_id=clerk.id
        )
        self.assert_quiet(self.night())
        activity = self.connection.activity_search(
            ["l10n_nl_loket.mail_activity_type_decide"]
        ).filtered(lambda one: one.user_id == clerk)
        self.assertFalse(activity)

    # === WHAT ODOO KNOWS === #

    def test_what_a_person_does_in_odoo_is_a_reason_to_read(self):
        self.night()
        center = self.env["loket.cost.center"].create(
            {
                "connection_id": self.connection.id,
                "ref": "unit",
                "code": "12",
                "name": "Werkplaats",
                "kind": "distribution_unit",
            }
        )
        department = self.env["hr.department"].create(
            {"name": "Werkplaats", "company_id": self.company.id}
        )
        mapping = self.env["loket.department.mapping"].create(
            {"connection_id": self.connection.id, "department_id": department.id}
        )
        acts = {
            "adds": self.add_all,
            "edits an employee": lambda: self.row(2).employee_id.write(
                {"private_city": "Hier"}
            ),
            "ends a contract": lambda: self.row(2).employee_id.write(
                {"contract_date_end": date(2027, 1, 1)}
            ),
            "unlinks": lambda: self.row(4).action_reset(),
            "changes the limit": lambda: self.connection.write(
                {"vanish_threshold": 30}
            ),
            "maps a department": lambda: mapping.write({"cost_center_id": center.id}),
        }
        self.night()
        for name, act in acts.items():
            with self.subTest(name):
                self.another_month()
                self.night()
                act()
                self.assert_whole(self.night())
                self.assert_quiet(self.night())
        self.assertEqual(self.row(2).employee_id.private_city, "Utrecht")

    # === THE SAME, TO THE LETTER === #

    def night_without_count(self):
        """A night with no right to the count; returns how often lists were understood.

        That everybody is unchanged is said, whether they were or not.
        """
        self.loket.count = None
        self.loket.understood = 0
        run = self.night()
        self.assert_whole(run)
        self.assertEqual(run.state, "done")
        self.assertFalse(run.message)
        self.assertEqual(run.created + run.unchanged + run.updated, 7)
        return self.loket.understood

    def test_lists_that_are_the_same_are_read_and_not_worked_out_again(self):
        self.night_without_count()
        self.add_all()
        self.assertEqual(self.night_without_count(), 1)
        self.assertEqual(self.night_without_count(), 0)
        self.assertEqual(self.connection.last_read_date.date(), self.today())
        self.assertEqual(self.connection.last_sync_date.date(), self.today())
        self.assertEqual(self.connection.quiet_basis["count"], 7)

    def today(self):
        return fields.Date.context_today(self.connection)

    def test_a_change_in_the_lists_is_taken_over_the_same_night(self):
        self.night_without_count()
        self.add_all()
        for _night in range(2):
            self.night_without_count()
        self.loket.change(3, person={"city": "Zwolle"})
        self.assertEqual(self.night_without_count(), 1)
        self.assertEqual(self.row(3).employee_id.private_city, "Zwolle")
        self.assertEqual(self.night_without_count(), 0)

    def test_lists_that_are_the_same_are_worked_out_once_odoo_or_the_day_is_not(self):
        self.night_without_count()
        self.add_all()

        def edited():
            self.row(2).employee_id.private_city = "Zwolle"

        for act in (
            edited,
            self.another_month,
            lambda: self.clock.tick(timedelta(days=7)),
            lambda: setattr(self.connection, "vanish_threshold", 30),
            lambda: self.env.ref("base.module_l10n_nl_loket").write(
                {"latest_version": "19.0.99.0.0"}
            ),
        ):
            with self.subTest(act):
                self.another_month()
                self.night_without_count()
                self.assertEqual(self.night_without_count(), 0)
                act()
                self.assertEqual(self.night_without_count(), 1)
        self.assertEqual(self.row(2).employee_id.private_city, "Utrecht")

    def test_a_change_that_is_counted_elsewhere_makes_the_next_night_quiet(self):
        self.night()
        self.loket.count += 1
        self.loket.understood = 0
        self.assert_whole(self.night())
        self.assertEqual(self.loket.understood, 0)
        self.assert_quiet(self.night())

    def test_by_hand_all_is_worked_out(self):
        self.night_without_count()
        self.loket.understood = 0
        self.connection.action_sync()
        self.assertEqual(self.loket.understood, 1)

    def test_lists_without_a_digest_are_worked_out_every_night(self):
        self.loket.has_digest = False
        for _night in range(3):
            self.assertEqual(self.night_without_count(), 1)

    # === A FEW === #

    def night_of_few(self):
        """The same, of lists that tell each apart; returns whom alone it worked out.

        None: everybody.
        """
        self.loket.has_told = True
        self.loket.chosen = []
        if self.night_without_count():
            return None
        return self.loket.chosen[-1] if self.loket.chosen else set()

    def begin(self):
        """Everybody is added, and nothing left to do."""
        self.patch(loket_sync_run_quiet, "FEW", 0.5)
        self.night_without_count()
        self.add_all()
        self.assertIsNone(self.night_of_few())
        self.assertEqual(self.night_of_few(), set())

    def test_who_alone_is_told_anew_is_worked_out_alone(self):
        self.begin()
        self.loket.change(3, person={"city": "Zwolle"})
        self.assertEqual(self.night_of_few(), {3})
        self.assertEqual(self.row(3).employee_id.private_city, "Zwolle")
        self.assertEqual((self.last_run().updated, self.last_run().unchanged), (1, 6))
        self.assertEqual(self.night_of_few(), set())
        self.loket.change(3, person={"city": "Utrecht"})
        self.assertEqual(self.night_of_few(), {3})
        self.assertEqual(self.row(3).employee_id.private_city, "Utrecht")

    def test_who_has_to_do_with_it_is_worked_out_too(self):
        self.begin()
        self.loket.change(3, payroll_number=33)
        self.assertEqual(self.night_of_few(), {33})
        self.loket.change(33, payroll_number=3, person={"employee_number": "5"})
        # Of two with one number both have a problem, so everybody is looked at.
        self.loket.has_told, self.loket.understood = True, 0
        self.assertEqual(self.night().state, "partial")
        self.assertEqual(self.loket.understood, 1)
        self.assertTrue(self.row(3).problem)
        self.assertTrue(self.row(5).problem)

    def test_everybody_is_worked_out_when_someone_comes_or_goes_or_many_change(self):
        def comes():
            self.loket.people.append(employment(8, last="Bakker8"))

        def many():
            for number in range(1, 6):
                self.loket.change(number, person={"city": "Zwolle"})

        def edited():
            self.loket.change(2, person={"city": "Almere"})
            self.row(4).employee_id.private_city = "Elders"

        self.begin()
        for act in (comes, many, edited):
            with self.subTest(act.__name__):
                self.another_month()
                act()
                self.loket.has_told, self.loket.understood = True, 0
                self.loket.count = None
                self.night()
                self.assertEqual(self.loket.understood, 1)

    def test_digests_are_dropped_where_it_is_not_known_what_was_told(self):
        self.begin()
        self.assertTrue(all(self.connection.loket_employee_ids.mapped("told_digest")))
        self.loket.has_told = False
        self.loket.change(3, person={"city": "Zwolle"})
        self.assertEqual(self.night_without_count(), 1)
        self.assertFalse(any(self.connection.loket_employee_ids.mapped("told_digest")))
        self.loket.change(3, person={"city": "Utrecht"})
        self.assertIsNone(self.night_of_few())
        self.assertEqual(self.row(3).employee_id.private_city, "Utrecht")

    def test_who_fails_among_several_has_a_problem_alone(self):
        self.begin()
        write = type(self.env["hr.employee"]).write
        sizes, why = [], "Not this one."

        def refuse(employees, vals):
            if vals.keys() & {"private_city", "private_phone"}:
                sizes.append(len(employees))
                if self.row(2).employee_id in employees:
                    raise UserError(why)
            return write(employees, vals)

        for number, city in ((1, "Zwolle"), (2, "Zwolle"), (3, "Almere")):
            self.loket.change(number, person={"city": city, "phone": "5"})
        with patch.object(type(self.env["hr.employee"]), "write", refuse):
            self.night_of_few_that_fails()
        self.assertEqual(
            [self.row(number).employee_id.private_city for number in (1, 2, 3)],
            ["Zwolle", "Utrecht", "Almere"],
        )
        self.assertIn(why, self.row(2).problem)
        self.assertFalse(self.row(1).problem or self.row(3).problem)
        self.assertEqual(max(sizes), 2, "those that get the same are written together")

    def night_of_few_that_fails(self):
        self.loket.has_told, self.loket.count = True, None
        run = self.night()
        self.assertEqual((run.state, run.failed), ("partial", 1))

    def test_who_stays_the_same_is_looked_at_again_once_the_employee_moved_away(self):
        self.begin()
        other = self.env["res.company"].create({"name": "Ander B.V."})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_employee SET company_id = %s WHERE id = %s",
            [other.id, self.row(4).employee_id.id],
        )
        self.env.invalidate_all()
        self.loket.has_told, self.loket.count = True, None
        run = self.night()
        self.assertEqual((run.state, run.failed, run.unchanged), ("partial", 1, 6))
        self.assertIn("another company", self.row(4).problem)

    # === WHAT IS NOT CLEAN === #

    def test_what_is_not_done_with_is_read_every_night(self):
        self.night()
        self.add_all()
        self.night()

        def unreadable():
            one = self.loket.people[0]
            self.loket.problems = [
                Problem(ref=one.employment_ref, name="Jan", reason="No start.")
            ]

        def mended():
            self.loket.problems = []

        def stranger():
            self.loket.change(
                2,
                person={
                    "employee_ref": "else",
                    "last_name": "Vreemd",
                    "birthday": date(1950, 1, 1),
                },
            )

        def known_again():
            self.loket.people[1] = employment(2, last="Bakker2")

        def emptied():
            for number in range(1, 8):
                self.loket.change(number, person={"city": None, "zip": None})

        def filled():
            for number in range(1, 8):
                self.loket.change(number, person={"city": "Utrecht", "zip": "1234 AB"})

        def vanished():
            self.gone = self.loket.people.pop()

        def back():
            self.loket.people.append(self.gone)

        for begin, end in (
            (unreadable, mended),
            (stranger, known_again),
            (emptied, filled),
            (vanished, back),
        ):
            with self.subTest(begin.__name__):
                self.another_month()
                begin()
                self.loket.count += 1
                self.assert_whole(self.night())
                self.assert_whole(self.night())
                end()
                self.loket.count += 1
                self.assert_whole(self.night())
                self.assert_quiet(self.night())

    def test_a_night_that_failed_is_followed_by_a_whole_one(self):
        self.night()
        self.loket.count += 1
        self.loket.error = LoketUnavailable("Loket is down.")
        self.assertEqual(self.night().state, "failed")
        self.loket.error, self.loket.count = None, self.loket.count - 1
        self.assert_whole(self.night())

    def test_periods_that_could_not_be_read_are_read_the_next_night(self):
        def refuse(*_args):
            raise LoketUnavailable("Loket is down.")

        self.patch(type(self.loket), "periods", refuse)
        self.night()
        run = self.night()
        self.assertFalse(run.is_quiet)
        self.assertIn("people", self.loket.asked)

    # === WHERE IT IS NOT KNOWN === #

    def test_without_the_right_all_is_read_and_the_connection_says_what_helps(self):
        self.loket.count = None
        for _night in range(2):
            run = self.night()
            self.assert_whole(run)
            self.assertFalse(run.message)
        self.assertIn(
            "GetEmployerLastModifiedVersionNumbersByUser", self.connection.night_hint
        )
        self.assertFalse(self.connection.warning)
        self.loket.count = 5
        self.night()
        self.assertFalse(self.connection.night_hint)

    def test_a_count_that_loket_does_not_give_makes_no_night_quiet(self):
        for error in (
            LoketUnavailable("Loket is down."),
            LoketMisconfigured("There is no such address."),
        ):
            with self.subTest(type(error).__name__):

                def refuse(_gateway, _ref, _since, error=error):
                    raise error

                self.night()
                self.patch(type(self.loket), "highest_version", refuse)
                for _night in range(2):
                    run = self.night()
                    self.assertEqual(run.state, "done")
                    self.assertIn("people", self.loket.asked)

    def test_a_count_that_is_gone_or_went_back_makes_no_night_quiet(self):
        """An employer whom Loket tells nothing of may have changed all the same."""
        self.night()
        for count in (0, 600):
            self.loket.count = count
            self.assert_whole(self.night())
        self.night()
        self.assert_quiet(self.night())

    def test_an_employer_without_a_count_makes_no_night_quiet(self):
        self.loket.count = 0
        self.night()
        self.assert_whole(self.night())

    def test_a_link_that_is_refused_is_a_failure_and_no_quiet_night(self):
        self.night()

        def refuse(_gateway, _ref, _since):
            raise LoketRefused("Connect again.")

        self.patch(type(self.loket), "highest_version", refuse)
        run = self.night()
        self.assertEqual((run.state, run.is_quiet), ("failed", False))
        self.assertEqual(self.connection.state, "error")

    def test_rights_that_can_not_be_asked_for_make_no_night_quiet(self):
        def refuse(_gateway, _ref):
            raise LoketRefused("Not allowed.", activity="GetAuthorizations")

        self.night()
        self.patch(type(self.loket), "missing_activities", refuse)
        for _night in range(2):
            self.assertFalse(self.night().is_quiet)
            self.assertIn("people", self.loket.asked)

    def test_whoever_synchronises_during_the_quiet_night_is_not_overwritten(self):
        self.night()
        ask = type(self.loket).missing_activities

        def meanwhile(gateway, ref):
            self.patch(type(self.loket), "missing_activities", ask)
            self.clock.tick(timedelta(minutes=1))
            self.connection.action_sync()
            return ask(gateway, ref)

        self.patch(type(self.loket), "missing_activities", meanwhile)
        run = self.night()
        self.assertFalse(run.is_quiet)

    def test_what_a_night_is_founded_on_holds_no_name(self):
        self.night()
        self.assertNotIn("Bakker", str(self.connection.quiet_basis))
        self.assertEqual(
            replace(self.loket.people[0], told_until=date(2026, 1, 1)),
            self.loket.people[0],
        )
