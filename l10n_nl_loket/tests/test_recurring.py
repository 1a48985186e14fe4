# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_export import ExportCase


@tagged("post_install", "-at_install")
class TestRecurring(ExportCase):
    """What recurs is booked once a period, and never behind what was delivered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.travel = cls.env["hr.wage.component"].create(
            {"name": "Reiskosten", "code": "R", "company_id": cls.company.id}
        )
        cls._map_component("200", wage_component_id=cls.travel.id)

    def recur(self, employee=None, **vals):
        return self.env["hr.wage.entry.recurring"].create(
            {
                "employee_id": (employee or self.anna).id,
                "wage_component_id": self.travel.id,
                "value": 46.2,
                "date_from": "2026-08-01",
                **vals,
            }
        )

    def entries(self):
        entries = self.env["hr.wage.entry"].search(
            [("company_id", "=", self.company.id)], order="date, employee_id"
        )
        return [(entry.date.isoformat(), entry.value) for entry in entries]

    def look(self, **vals):
        export = self._export(**vals)
        export.with_user(self.clerk).action_check()
        return export

    def told(self, export):
        return [
            (remark.reason, remark.name)
            for remark in export.remark_ids
            if remark.reason.startswith("recurring")
        ]

    # === ONCE A PERIOD === #

    def test_who_looks_at_a_period_finds_the_entry_in_it_once(self):
        recurring = self.recur()
        export = self.look()
        export.action_check()
        self.look()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])
        self.assertEqual(export.line_ids.value, 46.2)
        entry = self.env["hr.wage.entry"].search([("recurring_id", "!=", False)])
        self.assertEqual(entry.recurring_id, recurring)

    def test_each_period_has_its_own_from_the_first_day_to_the_last(self):
        self.recur(date_from="2026-08-15", date_to="2026-10-05")
        for period in (7, 8, 9, 10, 11):
            self.look(period=period)
        self.assertEqual(
            [day for day, _value in self.entries()],
            ["2026-08-15", "2026-09-01", "2026-10-01"],
        )

    def test_the_night_makes_those_of_the_period_of_today(self):
        self.recur()
        recurring = self.env["hr.wage.entry.recurring"]
        with freeze_time("2026-09-14"):
            recurring._cron_make()
            recurring._cron_make()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])

    def test_the_database_refuses_a_second_turn_of_one_period(self):
        turn = self.recur().turn_ids.create(
            {"recurring_id": self.recur().id, "day": "2026-09-01"}
            | {"period_type": "month", "year": 2026, "number": 9}
        )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            turn.copy({"recurring_id": turn.recurring_id.id} | self.turn_vals(turn))

    def turn_vals(self, turn):
        names = ("day", "period_type", "year", "number")
        return {name: turn[name] for name in names}

    def test_an_entry_that_somebody_deleted_does_not_come_back_by_itself(self):
        recurring = self.recur()
        self.look()
        turn = recurring.turn_ids
        turn.entry_id.with_user(self.clerk).unlink()
        self.look()
        self.assertEqual((self.entries(), turn.state), ([], "deleted"))
        turn.with_user(self.clerk).unlink()
        self.look()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])

    def test_periods_that_loket_dates_anew_get_no_second_one(self):
        self.recur()
        self.look()
        self.env["loket.period"].create(
            {"connection_id": self.connection.id, "year": 2026, "number": 9}
            | {"date_from": "2026-08-21", "date_to": "2026-09-20"}
        )
        self.look()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])

    def dated_anew(self):
        """The 1st of September is of period 8 now."""
        days = (8, "2026-08-21", "2026-09-20"), (9, "2026-09-21", "2026-10-20")
        for number, first, last in days:
            self.env["loket.period"].create(
                {"connection_id": self.connection.id, "year": 2026, "number": number}
                | {"date_from": first, "date_to": last}
            )

    def test_what_was_made_goes_along_when_loket_gives_its_day_to_another_period(self):
        for periods in (8, 9), (9, 8):
            with self.subTest(looked_at=periods):
                recurring = self.recur()
                self.look()
                self.dated_anew()
                files = [self.look(period=period) for period in periods]
                self.assertEqual([file.line_ids.value for file in files], [46.2] * 2)
                self.assertEqual(
                    self.entries(), [("2026-08-21", 46.2), ("2026-09-21", 46.2)]
                )
                self.env["loket.period"].search([]).unlink()
                recurring.unlink()

    def test_what_was_delivered_or_changed_by_hand_stays_on_its_day(self):
        self.recur()
        changed = self.recur(self.bram)
        self._generate()
        self.look(period=10)
        changed.turn_ids.filtered(lambda one: one.number == 10).entry_id.value = 12
        self.dated_anew()
        for period in (8, 9):
            self.look(period=period)
        for entry in (("2026-09-01", 46.2), ("2026-10-01", 12)):
            self.assertIn(entry, self.entries())

    def test_what_somebody_entered_by_hand_is_not_doubled_and_that_is_said(self):
        self.recur()
        by_hand = self.env["hr.wage.entry"].create(
            {"employee_id": self.anna.id, "wage_component_id": self.travel.id}
            | {"date": "2026-09-10", "value": 40}
        )
        export = self.look()
        self.assertEqual(self.entries(), [("2026-09-10", 40)])
        self.assertEqual(self.told(export), [("recurring_by_hand", self.anna.name)])
        by_hand.unlink()
        export.action_check()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])
        self.assertEqual(self.told(export), [])

    def test_what_is_entered_by_hand_after_it_was_made_is_told_as_twice(self):
        self.recur()
        self.look()
        by_hand = self.env["hr.wage.entry"].create(
            {"employee_id": self.anna.id, "wage_component_id": self.travel.id}
            | {"date": "2026-09-10", "value": 40}
        )
        export = self.look()
        self.assertEqual(self.told(export), [("recurring_twice", self.anna.name)])
        by_hand.unlink()
        export.action_check()
        self.assertEqual(self.told(export), [])

    def test_two_that_recur_of_one_component_are_told_as_twice(self):
        self.recur()
        self.recur(value=10)
        self.recur(self.bram)
        for _look in range(2):
            told = self.told(self.look())
            self.assertEqual(told, [("recurring_twice", self.anna.name)])

    def test_beside_one_that_somebody_deleted_nothing_is_twice(self):
        deleted = self.recur()
        self.look()
        deleted.turn_ids.entry_id.unlink()
        self.recur(value=10)
        for _look in range(2):
            self.assertEqual(self.told(self.look()), [])
        self.assertEqual(self.entries(), [("2026-09-01", 10)])

    def test_what_somebody_moved_into_a_period_that_has_its_own_is_told_as_twice(self):
        recurring = self.recur()
        self.look()
        recurring.turn_ids.entry_id.date = "2026-10-05"
        for _look in range(2):
            told = self.told(self.look(period=10))
            self.assertEqual(told, [("recurring_twice", self.anna.name)])
        self.assertEqual(self.told(self.look()), [])

    # === WHO LEFT === #

    def test_who_left_before_the_period_gets_none_and_that_is_said(self):
        self.recur()
        self.recur(self.bram)
        self.anna_job.end_date = "2026-08-31"
        export = self.look()
        self.assertEqual(len(self.entries()), 1)
        self.assertEqual(self.told(export), [("recurring_left", self.anna.name)])
        told = export.remark_ids.filtered(lambda one: one.reason == "recurring_left")
        self.assertIn("Reiskosten", told.display_name)

    def test_whose_contract_ended_in_odoo_alone_gets_none_either(self):
        self.recur()
        self.anna.version_id.write(
            {"contract_date_start": "2025-01-01", "contract_date_end": "2026-08-31"}
        )
        export = self.look()
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.told(export), [("recurring_left", self.anna.name)])

    def test_of_who_left_after_it_was_made_it_goes_unless_it_was_changed(self):
        self.recur()
        self.recur(self.bram)
        self.look()
        of_bram = self.env["hr.wage.entry"].search([("employee_id", "=", self.bram.id)])
        of_bram.value = 12
        for job in self.anna_job, self.bram_job:
            job.end_date = "2026-08-31"
        export = self.look()
        self.assertEqual(self.entries(), [("2026-09-01", 12)])
        self.assertEqual(
            sorted(self.told(export)),
            [
                ("recurring_left", self.anna.name),
                ("recurring_stays", self.bram.name),
            ],
        )

    def test_who_leaves_within_the_period_gets_it_whole_and_that_is_said_each_time(
        self,
    ):
        self.recur()
        self.anna_job.end_date = "2026-09-10"
        export = self.look()
        export.action_check()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])
        self.assertEqual(self.told(export), [("recurring_part", self.anna.name)])

    def test_who_begins_within_the_period_gets_it_on_the_first_day(self):
        self.recur()
        self.anna_job.start_date = "2026-09-21"
        export = self.look()
        self.assertEqual(self.entries(), [("2026-09-21", 46.2)])
        self.assertEqual(export.line_ids.value, 46.2)

    def test_who_is_paid_elsewhere_gets_it_there(self):
        self.recur()
        other = self._connection(self.company, 6666)
        self._link(self.anna, 9, other, start_date="2026-09-01")
        self.anna_job.end_date = "2026-08-31"
        here = self.look()
        self.assertEqual((self.entries(), self.told(here)), ([], []))
        self.look(connection_id=other.id)
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])

    def test_a_component_that_is_archived_stops_no_preview(self):
        self.recur()
        self.recur(self.bram)
        self.travel.active = False
        export = self.look()
        self.assertEqual(self.entries(), [])
        self.assertEqual({r for r, _name in self.told(export)}, {"recurring_component"})

    # === ENTERED WHEN FILES WERE MADE ALREADY === #

    def test_what_began_before_files_that_were_made_is_told_until_it_is_entered(self):
        for period in (8, 9):
            self._book(self.bram, 1, 8, date=f"2026-{period:02d}-03")
            self._generate(period=period)
        recurring = self.recur(date_from="2026-08-17")
        draft = self.look(period=10)
        self.assertEqual(self.entries(), [("2026-10-01", 46.2)])
        self.assertEqual(self.told(draft), [("recurring_missed", self.anna.name)])
        sentences = draft.remark_ids.mapped("display_name")
        self.assertIn("2026-08, 2026-09", " ".join(sentences))
        by_hand = {"employee_id": self.anna.id, "wage_component_id": self.travel.id}
        self.env["hr.wage.entry"].create({**by_hand, "date": "2026-09-30", "value": 40})
        self.assertEqual(self.missed(draft), "2026-08")
        recurring.date_from = "2026-09-01"
        self.assertEqual(self.missed(draft), "")

    def missed(self, draft):
        """What is told of earlier periods, looked up again."""
        draft.action_check()
        remarks = draft.remark_ids.filtered(lambda one: one.reason[-6:] == "missed")
        return " ".join(remarks.mapped("detail"))

    def test_what_a_file_missed_is_told_also_where_the_next_period_has_days_of_it(self):
        self._book(self.bram, 1, 8)
        self._generate()
        self.recur(date_from="2026-09-15")
        self.env["loket.period"].create(
            {"connection_id": self.connection.id, "year": 2026, "number": 10}
            | {"date_from": "2026-09-21", "date_to": "2026-10-20"}
        )
        self.assertEqual(self.missed(self.look(period=10)), "2026-09")
        self.assertEqual(self.entries(), [("2026-10-01", 46.2)])

    def test_of_who_was_paid_by_nobody_then_or_had_a_turn_nothing_is_missed(self):
        self._book(self.bram, 1, 8, date="2026-08-03")
        self.anna_job.start_date = "2026-09-01"
        recurring = self.recur(date_from="2026-08-01")
        for period in (8, 9):
            self._generate(period=period, accept_left_out=True)
        recurring.turn_ids.entry_id.unlink()
        draft = self.look(period=10)
        self.assertEqual(self.missed(draft), "")
        # As if it was made before Loket dated the period anew.
        recurring.turn_ids.filtered(lambda one: one.number == 9).day = "2026-08-31"
        self.assertEqual(self.missed(draft), "")

    def test_what_ended_before_this_period_is_told_too(self):
        self._book(self.bram, 1, 8)
        self._generate()
        self.recur(date_from="2026-09-01", date_to="2026-09-30")
        draft = self.look(period=10)
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.missed(draft), "2026-09")

    # === WHAT FOLLOWS A CHANGE === #

    def test_a_change_goes_for_what_no_file_has_delivered(self):
        recurring = self.recur()
        self._generate()
        self.look(period=10)
        recurring.with_user(self.clerk).value = 50
        self.assertEqual(self.entries(), [("2026-09-01", 46.2), ("2026-10-01", 50)])
        states = recurring.turn_ids.sorted("day").mapped("state")
        self.assertEqual(states, ["delivered", "open"])

    def test_a_change_leaves_alone_what_somebody_changed_by_hand(self):
        recurring = self.recur()
        self.look()
        recurring.turn_ids.entry_id.value = 23.1
        recurring.value = 50
        self.assertEqual(self.entries(), [("2026-09-01", 23.1)])

    def test_ending_it_takes_back_what_no_file_has_delivered(self):
        recurring = self.recur()
        self._generate()
        for period in (10, 11):
            self.look(period=period)
        recurring.with_user(self.clerk).date_to = "2026-08-31"
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])
        recurring.date_to = False
        self.look(period=10)
        self.assertEqual(self.entries(), [("2026-09-01", 46.2), ("2026-10-01", 46.2)])

    def made_after_a_file(self):
        """Something that recurs of a period whose file was made before."""
        self._book(self.bram, 1, 8)
        self._generate()
        recurring = self.recur(value=462)
        with freeze_time("2026-09-30"):
            recurring._cron_make()
        # An hour after the file: in a test all is made at once.
        self.env.cr.execute(
            "UPDATE hr_wage_entry SET create_date = create_date + interval '1 hour'"
            " WHERE recurring_id = %s",
            [recurring.id],
        )
        self.env.invalidate_all()
        return recurring

    def test_the_file_made_before_it_delivers_nothing(self):
        recurring = self.made_after_a_file()
        self.assertEqual(recurring.turn_ids.state, "open")
        recurring.with_user(self.clerk).value = 46.2
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])

    def test_a_later_file_that_took_it_along_delivers_it(self):
        recurring = self.made_after_a_file()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '2 hour'"
            " WHERE res_model = 'loket.export'"
        )
        self.env.cr.execute(
            "UPDATE hr_wage_entry SET create_date = create_date - interval '1 hour'"
        )
        self.env.invalidate_all()
        self._generate(period=10, take_late=True)
        recurring.value = 46.2
        self.assertIn(("2026-09-01", 462), self.entries())

    def test_what_is_tried_out_on_loket_s_acceptance_delivers_nothing(self):
        recurring = self.recur()
        trial = self._connection(
            self.company, 6666, distribution="none", environment="acceptance"
        )
        self._link(self.anna, 9, trial)
        code = {"connection_id": trial.id, "wage_component_id": self.travel.id}
        self._map_component("1", **code)
        self._generate(connection_id=trial.id, accept_left_out=True)
        recurring.value = 50
        self.assertEqual(self._generate().line_ids.value, 50)
        self.assertEqual(recurring.turn_ids.connection_id, self.connection)

    def test_many_that_change_at_once_ask_no_more_than_one(self):
        many = self.recur()
        for value in range(1, 8):
            many |= self.recur(value=value)
        self.look()
        counts = []
        for some in (many[:1], many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.write({"value": 50 + len(some)})
            some.turn_ids.mapped("state")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_the_file_of_another_link_delivers_nothing_of_this_one(self):
        recurring = self.recur()
        self.look()
        other = self._connection(self.company, 6666, distribution="none")
        self._link(self.bram, 9, other)
        code = {"connection_id": other.id, "work_entry_type_id": self.attendance.id}
        self._map_component("1", **code)
        self._book(self.bram, 1, 8)
        self._generate(connection_id=other.id, accept_left_out=True)
        recurring.value = 50
        self.assertEqual(self.entries(), [("2026-09-01", 50)])

    def test_the_file_of_a_link_that_pays_somebody_later_delivers_nothing(self):
        recurring = self.recur()
        self.look()
        other = self._connection(self.company, 6666, distribution="none")
        self._link(self.anna, 9, other, start_date="2026-10-01")
        self._link(self.bram, 10, other)
        code = {"connection_id": other.id, "work_entry_type_id": self.attendance.id}
        self._map_component("1", **code)
        self._book(self.bram, 1, 8)
        self._generate(connection_id=other.id, accept_left_out=True)
        recurring.value = 50
        self.assertEqual(self.entries(), [("2026-09-01", 50)])

    def test_of_two_administrations_at_once_the_file_of_the_one_that_pays_delivers(
        self,
    ):
        recurring = self.recur()
        other = self._connection(self.company, 6666, distribution="none")
        self._link(self.anna, 9, other)
        self.anna_job.gets_hours = True
        self._link(self.bram, 10, other)
        code = {"connection_id": other.id, "work_entry_type_id": self.attendance.id}
        self._map_component("1", **code)
        self._book(self.bram, 1, 8)
        self.look()
        self._generate(connection_id=other.id, accept_left_out=True)
        self.assertEqual(recurring.turn_ids.state, "open")
        recurring.value = 50
        self._generate()
        recurring.turn_ids.invalidate_recordset(["state"])
        self.assertEqual(recurring.turn_ids.state, "delivered")
        self.assertEqual(self.entries(), [("2026-09-01", 50)])

    def test_who_moves_before_any_file_has_it_delivered_where_they_are_paid(self):
        recurring = self.recur()
        self.look()
        other = self._connection(self.company, 6666, distribution="none")
        self._link(self.anna, 9, other, start_date="2026-09-01")
        self.anna_job.end_date = "2026-08-31"
        code = {"connection_id": other.id, "wage_component_id": self.travel.id}
        self._map_component("1", **code)
        made = self._generate(connection_id=other.id, accept_left_out=True)
        self.assertEqual(made.line_ids.value, 46.2)
        self.assertEqual(recurring.turn_ids.state, "delivered")
        recurring.value = 50
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])

    def test_what_a_file_delivered_stays_of_its_link_when_somebody_moves(self):
        recurring = self.recur()
        self._generate()
        other = self._connection(self.company, 6666, distribution="none")
        self._link(self.anna, 9, other, start_date="2026-09-01")
        self.anna_job.end_date = "2026-08-31"
        self.look(connection_id=other.id)
        self.assertEqual(recurring.turn_ids.connection_id, self.connection)
        self.assertEqual(recurring.turn_ids.state, "delivered")

    def test_ending_it_leaves_alone_what_somebody_changed_by_hand(self):
        recurring = self.recur()
        self.look()
        recurring.turn_ids.entry_id.value = 23.1
        recurring.date_to = "2026-08-31"
        self.assertEqual(self.entries(), [("2026-09-01", 23.1)])

    def test_deleting_it_deletes_what_no_file_has_delivered(self):
        recurring = self.recur()
        self.look()
        recurring.with_user(self.clerk).unlink()
        self.assertEqual(self.entries(), [])

    def test_what_a_file_has_delivered_is_ended_and_not_deleted(self):
        recurring = self.recur()
        self._generate()
        with self.assertRaisesRegex(UserError, "End it by its last day"):
            recurring.unlink()

    def test_it_never_becomes_that_of_somebody_else_once_it_was_made(self):
        recurring = self.recur()
        recurring.employee_id = self.bram
        self.look()
        with self.assertRaisesRegex(UserError, self.bram.name):
            recurring.employee_id = self.anna

    def test_a_clerk_enters_it_once_in_a_form(self):
        form = Form(self.env["hr.wage.entry.recurring"].with_user(self.clerk))
        form.employee_id = self.anna
        form.wage_component_id = self.travel
        form.value = 46.2
        form.date_from = date(2026, 9, 1)
        recurring = form.save()
        self.assertEqual(recurring.company_id, self.company)
        self.look()
        self.assertEqual(self.entries(), [("2026-09-01", 46.2)])
