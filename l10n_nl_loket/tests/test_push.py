# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A file goes straight into Loket, and what Loket holds is read back."""

from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.sql_db import db_connect
from odoo.tests import new_test_user, tagged

from ..gateway import LoketRefused, LoketUnavailable, ValueChange, port
from ..models.export import loket_export_push
from ..models.export.in_loket import InLoket
from ..models.export.loket_export_line import TOLD
from ..payroll_file import exact, rounded
from .common_push import PushCase

DIFFERENT = "l10n_nl_loket.mail_activity_type_different"


@tagged("post_install", "-at_install")
class TestPush(PushCase):
    def push(self, export=None):
        export = export or self._generate()
        export.action_push()
        return export

    def again(self, **vals):
        """The file of the period, made again."""
        return self._generate(**vals)

    # === WHAT IS WRITTEN === #

    def test_a_push_stores_the_file_and_reads_it_back(self):
        export = self.push()
        self.assertEqual(self.data.stored, {self.anna_at: 8, self.bram_at: 5})
        self.assertEqual(export.push_state, "stored")
        self.assertEqual(set(export.line_ids.mapped("verdict")), {"stored"})
        self.assertEqual(sorted(export.line_ids.mapped("loket_value")), [5, 8])
        self.assertTrue(export.compared_on)
        self.assertFalse(export.push_problem or export.push_question)

    def test_a_file_that_was_never_sent_is_not_said_to_be(self):
        self.assertEqual(self._generate().push_state, "none")

    def test_what_was_sent_and_what_loket_answered_is_kept(self):
        export = self.push()
        (sending,) = export.sending_ids
        self.assertEqual(
            (sending.state, sending.people, sending.cells), ("taken", 2, 2)
        )
        self.assertIn([*self.anna_at, "8.00"], sending.body)
        self.assertNotIn("Anna", str(sending.body))

    def test_what_is_sent_is_kept_as_a_record_would_be(self):
        kept = self.push().sending_ids.sudo()
        names = [
            name
            for name, field in kept._fields.items()
            if field.store and name not in ("id", *models.MAGIC_COLUMNS)
        ]
        (values,) = kept.read(names, load=None)
        values.pop("id")
        of_export = values.pop("company_id")
        plain = kept.create(values)
        (of_plain,) = plain.read(names, load=None)
        self.assertEqual(of_plain, values | {"id": plain.id, "company_id": of_export})
        self.assertTrue(kept.create_uid and kept.create_date and kept.write_date)

    def test_a_second_push_writes_nothing_more(self):
        export = self.push()
        self.push(export)
        self.assertEqual(self.data.written(), 1)
        self.assertEqual(export.push_state, "stored")

    def test_a_correction_takes_away_what_is_gone(self):
        self.push()
        self._book(self.anna, 1, -8)
        self._book(self.bram, 1, 1)
        export = self.push(self.again())
        self.assertEqual(self.data.stored, {self.bram_at: 6})
        self.assertEqual(export.push_state, "stored")
        self.assertEqual(self.verdicts(export), {(1, 1): "withdrawn", (2, 1): "stored"})

    def test_what_is_gone_and_was_never_there_is_not_touched(self):
        self._generate()
        self._book(self.anna, 1, -8)
        self.push(self.again())
        (sending,) = self.env["loket.export.sending"].search(
            [("export_id.connection_id", "=", self.connection.id)]
        )
        self.assertEqual(sending.cells, 1)

    def test_what_an_uploaded_file_left_is_taken_away(self):
        self._generate().action_mark_uploaded()
        self.data.stored = {self.anna_at: Decimal(8), self.bram_at: Decimal(5)}
        self._book(self.anna, 1, -8)
        export = self.push(self.again())
        self.assertEqual(self.data.stored, {self.bram_at: 5})
        self.assertEqual(export.push_state, "stored")

    def test_without_units_in_the_file_the_own_unit_of_the_employment_is_sent(self):
        self.connection.distribution = "none"
        self.anna_job.snapshot = {"distribution_unit": "200"}
        self.push()
        self.assertIn((*self.anna_at[:2], "unit-200", 1), self.data.stored)
        self.assertIn((*self.bram_at[:2], None, 1), self.data.stored)

    def test_what_was_sent_to_another_unit_is_taken_away_there(self):
        self.connection.distribution = "none"
        self.anna_job.snapshot = {"distribution_unit": "200"}
        export = self.push()
        self.anna_job.snapshot = {"distribution_unit": "100"}
        self.push(export)
        self.assertNotIn((*self.anna_at[:2], "unit-200", 1), self.data.stored)
        self.assertEqual(self.data.stored[self.anna_at], 8)
        self.assertEqual(export.push_state, "stored")

    def test_what_an_uploaded_file_left_on_another_own_unit_is_taken_away_there(self):
        self.connection.distribution = "none"
        self.anna_job.snapshot = {"distribution_unit": "200"}
        self.bram_job.snapshot = {"distribution_unit": "200"}
        uploaded = self._generate()
        uploaded.action_mark_uploaded()
        before = (*self.anna_at[:2], "unit-200", 1)
        self.data.stored = {before: Decimal(8), self.bram_at: Decimal(5)}
        self.anna_job.snapshot = {"distribution_unit": "100"}
        uploaded.action_compare()
        self.assertEqual(uploaded.push_state, "partial")
        self.assertIn("not_withdrawn", uploaded.line_ids.mapped("verdict"))
        export = self.push(self.again())
        self.assertEqual(self.data.stored, {self.anna_at: 8, self.bram_at: 5})
        self.assertEqual(export.push_state, "stored")

    def test_many_go_in_several_calls_each_kept(self):
        self.patch_chunk(1)
        export = self.push()
        self.assertEqual(self.data.written(), 2)
        self.assertEqual(set(export.sending_ids.mapped("part")), {1, 2})
        self.assertEqual(export.push_state, "stored")

    def patch_chunk(self, number):
        self.patch(port, "CHUNK", number)

    # === WHAT IS ASKED === #

    def test_a_value_that_somebody_else_changed_asks_first(self):
        export = self.push()
        self.other(self.anna_at, Decimal(9))
        self.data.audit = [
            ValueChange(
                employment_ref=self.anna_at[0],
                year=2026,
                number=9,
                shift=1,
                unit_ref="unit-100",
                component=1,
                old=Decimal(8),
                new=Decimal(9),
                by="Kees Kantoor",
                at=datetime(2026, 10, 2, 8, 0),
                origin="Gebruiker",
            )
        ]
        export.action_push()
        self.assertEqual(self.data.stored[self.anna_at], 9)
        for words in ("Anna de Vries (1)", "9.00", "8.00", "Kees Kantoor"):
            self.assertIn(words, export.push_question)
        export.action_push_anyway()
        self.assertEqual(self.data.stored[self.anna_at], 8)
        self.assertFalse(export.push_question)
        self.assertEqual(export.push_state, "stored")

    def test_yes_to_one_thing_is_no_yes_to_another(self):
        export = self.push()
        self.other(self.anna_at, Decimal(9))
        export.action_push()
        self.other(self.bram_at, Decimal(7))
        export.action_push_anyway()
        self.assertEqual(self.data.stored, {self.anna_at: 9, self.bram_at: 7})
        self.assertIn("Bram", export.push_question)
        export.action_push_anyway()
        self.assertEqual(self.data.stored, {self.anna_at: 8, self.bram_at: 5})

    def test_a_yes_before_anything_was_asked_is_none(self):
        export = self.push()
        self.other(self.anna_at, Decimal(9))
        export.action_push_anyway()
        self.assertEqual(self.data.stored[self.anna_at], 9)
        self.assertIn("Anna", export.push_question)
        export.action_push_anyway()
        self.assertEqual(self.data.stored[self.anna_at], 8)

    def test_a_yes_that_comes_once_more_is_no_yes_to_what_came_since(self):
        export = self.push()
        self.other(self.anna_at, Decimal(9))
        export.action_push()
        export.action_push_anyway()
        self.other(self.anna_at, Decimal(7))
        export.action_push_anyway()  # in a page of before, say
        self.assertEqual(self.data.stored[self.anna_at], 7)
        self.assertIn("7.00", export.push_question)

    def test_what_an_earlier_file_had_is_written_over_unasked(self):
        self.push()
        self._book(self.anna, 1, 2)
        export = self.push(self.again())
        self.assertFalse(export.push_question)
        self.assertEqual(self.data.stored[self.anna_at], 10)

    def test_by_its_status_a_period_takes_asks_or_refuses(self):
        for key in (0, 2):
            self.data.key = key
            export = self.push()
            self.assertIn(f"Status {key}", export.push_problem)
            export.action_push_anyway()
            self.assertEqual((self.data.stored, export.push_state), ({}, "none"))
        for key in (3, 4, 6, 8, 99):
            self.data.key = key
            export = self.push()
            self.assertIn(f"Status {key}", export.push_question)
            self.assertFalse(self.data.stored)
            self.assertEqual(export.push_state, "none")
            export.action_push_anyway()
            self.assertEqual(export.push_state, "stored")
            self.data.stored.clear()
        for key in (1, 5, 7):
            self.data.key = key
            self.assertEqual(self.push().push_state, "stored")
            self.data.stored.clear()

    # === WHAT ELSE IS THERE === #

    def test_a_value_of_somebody_else_is_shown_and_left_alone(self):
        theirs = (*self.anna_at[:3], 30)
        self.other(theirs, Decimal(3))
        self.other(("nobody-we-know", 1, "unit-100", 1), Decimal(4))
        self.other((*self.anna_at[:3], 99), Decimal(4))
        export = self._generate()
        content, totals = self._file(export), export.total_ids.mapped("value")
        self.push(export)
        foreign = export.line_ids.filtered(lambda line: line.verdict == "foreign")
        self.assertEqual(foreign.employee_id, self.anna)
        self.assertEqual((foreign.value, foreign.loket_value), (0, 3))
        self.assertEqual(foreign.distribution_unit, "100")
        self.assertFalse(foreign.in_file)
        self.assertEqual(self.data.stored[theirs], 3)
        self.assertEqual(export.push_state, "stored")
        self.assertFalse(export.different_people)
        self.assertNotIn(foreign, export.file_line_ids)
        self.assertEqual(self._file(export), content)
        self.assertEqual(export.total_ids.mapped("value"), totals)
        again = self.again()
        self.assertFalse(again.change_ids)
        self.assertEqual(self._file(again), content)
        self.assertFalse(again.remark_ids.filtered(lambda one: "gone" in one.reason))
        self.assertFalse(export.late_now)

    def test_a_cell_on_a_cost_center_is_never_ours(self):
        export = self._generate()
        other = self.at(self.anna_at, value=Decimal(8), has_other_keys=True)
        self.data.others = [other]
        export.action_compare()
        self.assertEqual(
            sorted(export.line_ids.mapped("verdict")), ["foreign", "missing", "missing"]
        )
        self.push(export)
        self.assertEqual(self.data.stored[self.anna_at], 8)
        self.assertEqual(export.push_state, "stored")

    def test_who_the_list_does_not_show_is_read_alone(self):
        export = self._generate()
        self.data.unseen = {self.anna_at[0]}
        self.push(export)
        self.assertEqual(export.push_state, "stored")
        self.assertIn("read_one", self.data.calls)

    def test_who_a_filter_may_hide_is_read_alone_before_anything_is_written(self):
        self.gateway.hidden = ["A filter"]
        self.data.unseen = {self.anna_at[0]}
        self.other(self.anna_at, Decimal(9))
        export = self.push()
        self.assertTrue(export.push_question)
        self.assertEqual(self.data.stored, {self.anna_at: 9})

    def test_a_component_of_no_known_category_is_read_by_person(self):
        self.env["loket.component"].search([]).category_key = 0
        self.assertEqual(self.push().push_state, "stored")
        self.assertEqual(self.data.calls.count("read_one"), 4)

    def test_few_calls_do(self):
        self.push()
        self.assertEqual(self.data.calls, ["status", "read", "write", "read"])

    def test_what_is_known_of_a_push_is_what_is_kept_of_it(self):
        """What was just sent is not read from the database again."""
        export = self._generate()
        self.patch_chunk(1)
        known, read_back = [], loket_export_push.LoketExport._read_back

        def look(export, loket, parts):
            known.append(parts)
            return read_back(export, loket, parts)

        self.patch(loket_export_push.LoketExport, "_read_back", look)
        refused = {self.anna_at[0]: "[ploeg] bestaat niet"}
        for self.data.refuse, error in (
            (refused, None),
            ({}, LoketUnavailable("No answer")),
            ({}, LoketRefused("Ask for the right", activity="Patch")),
            (dict.fromkeys(refused, "Let op"), None),
        ):
            self.data.errors = {"write": [error]}
            self.data.stored.clear()
            self.push(export)
            kept = self.env["loket.export.sending"]._of_period(export)
            self.assertEqual(known[-1], kept)
        self.assertGreater(len(kept), 4)
        self.assertIn("denied", export.sending_ids.mapped("state"))

    def test_what_is_stored_is_kept_as_whatever_else_is_found(self):
        self._book(self.anna, 2, 0.125)
        export = self.push()
        lines = export.line_ids
        names = [*TOLD, "difference", "remedy"]
        for before in (
            {"verdict": False, "loket_value": 0},
            {
                "verdict": "different",
                "loket_value": 9,
                "loket_message": "[ploeg] bestaat niet",
                "changed_by": "Kees",
                "changed_on": datetime(2026, 10, 2),
            },
        ):
            lines.write(before)
            lines._keep_stored(lines.ids)
            quick = lines.read(names)
            lines.write(before)
            lines._keep_told(
                {
                    line.id: {**dict.fromkeys(TOLD, False), "verdict": "stored",
                              "loket_value": line.value}
                    for line in lines
                }
            )  # fmt: skip
            self.assertEqual(quick, lines.read(names))
        self.assertEqual({one["verdict"] for one in quick}, {"stored"})
        self.assertNotIn(0, lines.mapped("loket_value"))

    def test_cells_of_a_file_are_known_by_row_as_line_by_line(self):
        self._book(self.anna, 2, 3, work_entry_type_id=self.overtime.id)
        export = self._generate()
        line = export.line_ids.sudo()[0]
        for changes in (
            {"shift": 0, "value": 0},
            {"shift": 0, "component_code": 30, "value": 2.345},
            {"employment_ref": False},
            {"distribution_unit": False, "own_unit": "200"},
            {"distribution_unit": "999"},
        ):
            line.copy({"employment_ref": line.employment_ref, **changes})
        export.flush_recordset()
        loket = InLoket(export)
        file = loket.cells_of(export)
        lines = [one for lines in (*file.lines.values(), file.nowhere) for one in lines]
        rows = export._file_rows("id", "component_code", "value")
        self.assertEqual(
            sorted(lines),
            [
                (number, code, rounded(exact(value or 0)))
                for number, code, value in rows
            ],
        )
        self.assertEqual(len(file.nowhere), 2)
        self.assertEqual(file.shared, {self.anna_at[:3]})
        for spot, row in file.rows.items():
            for code, value in row.items():
                values = [told for _id, one, told in file.lines[spot] if one == code]
                self.assertIn(value, values)
                self.assertEqual(bool(value), any(values), "a zero gives way")
        (before,) = file.before
        self.assertEqual(before[2], "unit-200")

    def test_who_is_read_alone_keeps_what_the_list_told(self):
        """What only the list told of a row stands beside what is told of one alone."""
        self._book(self.anna, 2, 3, work_entry_type_id=self.overtime.id)
        export = self.push()
        self.env["loket.component"].search([("code", "=", "30")]).category_key = 0
        overtime = (*self.anna_at[:3], 30)
        read_one = self.data.read_one
        self.patch(
            self.data,
            "read_one",
            lambda *args: [one for one in read_one(*args) if one.component == 30],
        )
        export.action_compare()
        self.assertIn("read_one", self.data.calls)
        self.assertEqual(export.push_state, "stored")
        self.other(overtime, Decimal(9))
        export.action_compare()
        self.assertEqual(export.push_state, "different")
        self.assertEqual(self.verdicts(export)[1, 1], "stored")

    # === WHAT GOES WRONG === #

    def test_whom_loket_refuses_is_told_in_its_own_words_and_the_others_are_stored(
        self,
    ):
        for says_200 in (False, True):
            self.data.stored.clear()
            self.data.says_200 = says_200
            self.data.refuse = {self.anna_at[0]: "[ploeg] bestaat niet"}
            export = self.push()
            self.assertEqual(self.data.stored, {self.bram_at: 5})
            self.assertEqual(
                self.verdicts(export), {(1, 1): "missing", (2, 1): "stored"}
            )
            self.assertEqual(
                [line.loket_message for line in export.difference_ids],
                ["[ploeg] bestaat niet"],
            )
            self.assertEqual(export.push_state, "partial")
            self.assertEqual(export.different_people, self.anna.name)
            self.data.refuse = {}
            self.push(export)
            self.assertEqual(export.push_state, "stored")
            self.assertFalse(export.different_people)
            self.assertFalse(any(export.line_ids.mapped("loket_message")))

    def test_an_answer_that_is_lost_after_all_was_stored(self):
        self.data.loses = True
        self.data.errors = {"write": [LoketUnavailable("No answer")]}
        export = self.push()
        self.assertEqual(export.push_state, "stored")
        self.assertEqual(export.sending_ids.state, "lost")
        self.assertEqual(export.push_problem, "No answer")
        self._book(self.anna, 1, 2)
        again = self.push(self.again())
        self.assertFalse(again.push_question)
        self.assertEqual(self.data.stored[self.anna_at], 10)

    def test_a_call_that_fails_does_not_keep_the_next_from_going(self):
        self.patch_chunk(1)
        self.data.errors = {"write": [LoketUnavailable("No answer"), None]}
        export = self.push()
        self.assertEqual(self.data.stored, {self.bram_at: 5})
        self.assertEqual(export.push_state, "partial")
        self.push(export)
        self.assertEqual(export.push_state, "stored")

    def test_what_was_not_read_back_is_not_called_stored(self):
        export = self._generate()
        self.data.errors = {"read": [None, LoketUnavailable("No answer")]}
        self.push(export)
        self.assertEqual(export.push_state, "partial")
        self.assertFalse(any(export.line_ids.mapped("verdict")))
        self.assertIn("No answer", export.push_problem)
        export.action_compare()
        self.assertEqual(export.push_state, "stored")
        self.assertFalse(export.push_problem)

    def test_what_was_stored_once_is_not_said_to_be_when_it_can_not_be_read(self):
        export = self.push()
        self.other(self.anna_at, Decimal(9))
        export.action_push()
        error = LoketRefused("Ask for the right", activity="Patch")
        self.data.errors = {"write": [error], "read": [None, error]}
        export.action_push_anyway()
        self.assertEqual(self.data.stored[self.anna_at], 9)
        self.assertEqual(export.push_state, "partial")

    def test_of_whom_nothing_can_be_read_a_value_that_is_gone_is_not_said_to_be(self):
        self.connection.write_zero = False
        self.push()
        self._book(self.anna, 1, -8)
        again = self.again()
        self.assertNotIn(self.anna, again.line_ids.employee_id)
        self.data.unseen = {self.anna_at[0]}
        self.data.refuse = {self.anna_at[0]: "[dienstverband] onbekend"}
        hidden = LoketRefused("Ask for the right", activity="Get")
        self.data.errors = {"read_one": [hidden, hidden]}
        self.push(again)
        self.assertEqual(self.data.stored[self.anna_at], 8)
        self.assertEqual(again.push_state, "partial")
        self.assertEqual(again.difference_ids.employee_id, self.anna)
        self.data.refuse, self.data.unseen = {}, set()
        self.push(again)
        self.assertEqual(self.data.stored, {self.bram_at: 5})
        self.assertEqual(again.push_state, "stored")

    def test_of_a_push_that_was_killed_it_is_known_what_may_be_there(self):
        export = self._generate()
        self.data.loses = True
        self.data.errors = {"write": [KeyboardInterrupt()]}
        # Not by assertRaises, which would take back what is kept on purpose.
        with suppress(KeyboardInterrupt):
            export.action_push()
        self.assertEqual(export.sending_ids.state, "asked")
        self.assertEqual(export.push_state, "partial")
        self._book(self.anna, 1, -8)
        again = self.push(self.again())
        self.assertEqual(self.data.stored, {self.bram_at: 5})
        self.assertEqual(again.push_state, "stored")

    def test_before_the_call_it_is_kept_what_is_about_to_be_sent(self):
        export = self._generate()
        seen = []

        def look(*_args):
            seen.extend(self.env["loket.export.sending"].search([]).mapped("state"))
            raise LoketUnavailable("No answer")

        self.patch(self.data, "write", look)
        self.push(export)
        self.assertEqual(seen, ["asked"])

    def test_a_right_that_is_missing_is_named_and_nothing_is_there(self):
        error = LoketRefused("Ask for the right", activity="Patch")
        self.data.errors = {"write": [error]}
        export = self.push()
        self.assertEqual(export.push_problem, "Ask for the right")
        self.assertEqual(export.sending_ids.state, "denied")
        self.assertEqual(export.push_state, "partial")
        self.assertEqual(self.connection.state, "ready")

    def test_a_link_that_is_lost_is_told_on_the_connection(self):
        self.data.errors = {"status": [LoketRefused("Connect again")]}
        export = self.push()
        self.assertEqual(export.push_problem, "Connect again")
        self.assertEqual(self.connection.state, "error")
        self.assertEqual(export.push_state, "none")

    # === WHICH FILE, AND WHO === #

    def test_only_the_last_file_is_sent(self):
        first = self._generate()
        self.again()
        for method in (first.action_push, first.action_compare):
            with self.assertRaisesRegex(UserError, "later file"):
                method()
        with self.assertRaisesRegex(UserError, "no file yet"):
            self._export(period=10).action_push()

    def test_a_file_of_another_administration_is_not_sent(self):
        export = self._generate()
        self.connection.client_number = 5556
        with self.assertRaisesRegex(UserError, "another administration"):
            export.action_push()

    def test_over_soap_the_file_is_carried(self):
        export = self._generate()
        self.connection.protocol = "soap"
        self.assertFalse(export.can_push)
        with self.assertRaisesRegex(UserError, "Upload the file"):
            export.action_push()

    def test_two_are_not_at_it_at_once(self):
        export = self._generate()
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext('loket_push'), hashtext(%s))",
                [self.connection.administration_ref],
            )
            with self.assertRaisesRegex(UserError, "right now"):
                export.action_push()
            self.assertFalse(self.data.calls)
            other.rollback()
        self.assertEqual(self.push(export).push_state, "stored")

    def test_two_cells_of_a_file_that_are_one_in_loket_are_told_not_picked(self):
        export = self._generate()
        line = export.line_ids.filtered(lambda line: line.employee_id == self.anna)
        line.sudo().copy(
            {"shift": 0, "value": 3, "employment_ref": line.employment_ref}
        )
        with self.assertRaisesRegex(UserError, "Anna de Vries"):
            export.action_push()
        self.assertFalse(self.data.stored)

    def test_a_cell_of_nobody_known_is_missing(self):
        export = self._generate()
        line = export.line_ids.filtered(lambda line: line.employee_id == self.anna)
        line.sudo().employment_ref = False
        self.push(export)
        self.assertEqual(line.verdict, "missing")
        self.assertIn("synchronise", line.remedy)
        self.assertEqual(export.push_state, "partial")

    def test_a_clerk_may_and_nobody_else(self):
        export = self._generate().with_user(self.clerk)
        export.action_push()
        self.assertEqual(export.push_state, "stored")
        self.assertEqual(export.sending_ids.user_id, self.clerk)
        with self.assertRaises(AccessError):
            export.sending_ids.write({"state": "lost"})
        with self.assertRaises(AccessError):
            export.sending_ids.read(["body"])
        other = new_test_user(self.env, "nobody", "base.group_user")
        for name in ("push", "push_anyway", "compare", "ready_for_payroll"):
            with self.assertRaises(AccessError):
                getattr(export.with_user(other), f"action_{name}")()
        for name in ("compared_state", "compared_on", "push_question", "sent_upto"):
            with self.assertRaises(AccessError):
                export.write({name: False})

    # === AN UPLOADED FILE === #

    def test_of_an_uploaded_file_it_is_proven_that_it_is_there(self):
        export = self._generate()
        export.action_mark_uploaded()
        self.data.stored = {self.anna_at: Decimal(8)}
        export.action_compare()
        self.assertEqual(export.push_state, "partial")
        self.assertEqual(self.verdicts(export), {(1, 1): "stored", (2, 1): "missing"})
        self.data.stored[self.bram_at] = Decimal(5)
        export.action_compare()
        self.assertEqual(export.push_state, "stored")
        self.assertFalse(self.data.written())

    def test_of_two_cells_that_are_one_in_loket_none_is_said_to_be_there(self):
        export = self._generate()
        line = export.line_ids.filtered(lambda line: line.employee_id == self.anna)
        line.sudo().copy(
            {"shift": 0, "value": 3, "employment_ref": line.employment_ref}
        )
        export.action_mark_uploaded()
        for value in (3, 8):
            self.data.stored = {self.anna_at: Decimal(value), self.bram_at: Decimal(5)}
            export.action_compare()
            self.assertEqual(export.push_state, "different")

    def test_the_zero_of_an_uploaded_file_is_as_it_should_be(self):
        self._generate()
        self._book(self.anna, 1, -8)
        export = self.again()
        export.action_mark_uploaded()
        self.data.stored = {self.anna_at: Decimal(0), self.bram_at: Decimal(5)}
        export.action_compare()
        self.assertEqual(export.push_state, "stored")

    # === THE PAGE === #

    def test_the_table_says_what_differs_by_component_and_cost_center(self):
        export = self.push()
        self.other(self.anna_at, Decimal("7.5"))
        self.other((*self.bram_at[:3], 30), Decimal(2))
        export.action_compare()
        rows = {
            (row["component"], row["unit"]): (
                row["odoo"],
                row["loket"],
                row["difference"],
                row["others"],
                row["is_equal"],
            )
            for row in export._comparison_rows()
        }
        self.assertEqual(
            rows,
            {
                (1, "100"): (8, 7.5, -0.5, 0, False),
                (1, "200"): (5, 5, 0, 0, True),
                (30, "200"): (0, 0, 0, 2, True),
            },
        )
        self.assertIn("7.50", export.comparison_table)
        self.assertEqual(export.push_state, "different")

    def test_two_differences_that_even_out_are_not_green(self):
        self._book(self.bram, 2, 3)
        self.bram.department_id = self.shop
        export = self._generate()
        self.push(export)
        keys = list(self.data.stored)
        self.data.stored[keys[0]] += 1
        self.data.stored[keys[1]] -= 1
        export.action_compare()
        self.assertFalse(any(row["is_equal"] for row in export._comparison_rows()))

    def test_files_are_found_by_what_loket_holds(self):
        export = self.push()
        draft = self._export(period=10)
        Export = self.env["loket.export"]
        stored = Export.search([("push_state", "=", "stored")])
        self.assertIn(export, stored)
        self.assertNotIn(draft, stored)
        others = Export.search([("push_state", "!=", "stored")])
        self.assertIn(draft, others)
        self.assertNotIn(export, others)

    # === IN THE BACKGROUND, AND AT NIGHT === #

    def test_a_large_file_is_sent_in_the_background_for_who_asked(self):
        export = self._generate().with_user(self.clerk)
        export.sudo().write({"push_queued": "push", "push_user_id": self.clerk.id})
        self.assertFalse(export.can_push)
        self.run_cron("push")
        self.assertEqual(export.push_state, "stored")
        self.assertFalse(export.push_queued)
        self.assertEqual(export.sending_ids.user_id, self.clerk)

    def test_a_browser_does_not_wait_for_a_large_file(self):
        export = self._generate().with_user(self.clerk)
        self.patch(loket_export_push, "AT_ONCE", 1)
        self.patch(loket_export_push, "request", True)
        export.action_push()
        self.assertFalse(self.data.calls)
        self.assertEqual(export.push_queued, "push")
        self.assertEqual((export.push_done, export.push_total), (0, 2))
        cron = self.env.ref("l10n_nl_loket.ir_cron_loket_push")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        self.run_cron("push")
        self.assertEqual(export.push_state, "stored")

    def test_in_the_background_too_only_who_may_still(self):
        export = self._generate()
        export.sudo().write({"push_queued": "push", "push_user_id": self.clerk.id})
        self.clerk.active = False
        self.run_cron("push")
        self.assertFalse(self.data.calls)
        self.assertFalse(export.push_queued)
        self.assertIn("may not", export.push_problem)

    def run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"l10n_nl_loket.ir_cron_loket_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_fault_in_the_background_stops_no_other_file(self):
        export = self._generate()
        october = self._export(period=10)
        self._book(self.anna, 1, 3, date="2026-10-01")
        october.action_generate()
        (export | october).sudo().write(
            {"push_queued": "push", "push_user_id": self.clerk.id}
        )
        self.data.errors = {"status": [ZeroDivisionError("Anna"), None]}
        with self.assertLogs(loket_export_push.__name__, "WARNING") as log:
            self.run_cron("push")
        self.assertNotIn("Anna", " ".join(log.output))
        self.assertIn("administrator", export.push_problem)
        self.assertEqual(october.push_state, "stored")
        self.assertFalse((export | october).filtered("push_queued"))

    def activities(self, export):
        return export.activity_search([DIFFERENT])

    def test_at_night_a_difference_is_told_once(self):
        export = self.push()
        self.run_cron("compare")
        self.assertFalse(self.activities(export))
        self.other(self.anna_at, Decimal(9))
        self.run_cron("compare")
        self.assertEqual(len(self.activities(export)), 1)
        self.activities(export).unlink()
        self.run_cron("compare")
        self.assertFalse(self.activities(export), "told once")
        self.other(self.bram_at, Decimal(9))
        self.run_cron("compare")
        self.assertEqual(len(self.activities(export)), 1)
        export.action_push()
        export.action_push_anyway()
        self.assertFalse(self.activities(export))

    def test_at_night_whoever_looks_after_the_file_by_now_is_told(self):
        export = self.push()
        next_clerk = self.clerk.copy({"login": "loket-next-clerk"})
        self.other(self.anna_at, Decimal(9))
        self.run_cron("compare")
        export.user_id = next_clerk
        self.other(self.bram_at, Decimal(9))
        self.run_cron("compare")
        self.assertIn(next_clerk, self.activities(export).user_id)

    def test_at_night_only_open_periods_that_loket_has_something_of_are_read(self):
        export = self._generate()
        self.run_cron("compare")
        self.assertFalse(self.data.calls)
        self.push(export)
        self.env["loket.period"].create(
            {
                "connection_id": self.connection.id,
                "year": 2026,
                "number": 9,
                "date_from": "2026-09-01",
                "date_to": "2026-09-30",
                "is_approved": True,
            }
        )
        self.data.calls.clear()
        self.run_cron("compare")
        self.assertFalse(self.data.calls)

    # === READY FOR PAYROLL === #

    def ready(self, export, **vals):
        action = export.action_ready_for_payroll()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.write({"addresses": "bureau@example.com, x@example.com", **vals})
        return wizard

    def test_the_office_is_told_once_all_is_there(self):
        export = self.push()
        self.ready(export, comment="Klaar").action_tell()
        addresses = ["bureau@example.com", "x@example.com"]
        self.assertEqual(self.data.told, [(addresses, "Klaar")])
        self.assertTrue(export.ready_on)

    def test_that_the_office_was_told_is_kept_in_the_language_of_the_clerk(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.clerk.lang = "nl_NL"
        export = self.push()
        export.user_id = self.clerk
        self.ready(export, comment="Klaar").action_tell()
        self.assertIn("salariskantoor", export.message_ids[0].body)

    def test_before_all_is_there_a_second_yes_is_asked(self):
        wizard = self.ready(self._generate())
        with self.assertRaisesRegex(UserError, "Compare first"):
            wizard.action_tell()
        self.assertFalse(self.data.told)
        wizard.is_sure = True
        wizard.action_tell()
        self.assertEqual(len(self.data.told), 1)

    def test_an_address_that_cannot_be_used_is_told(self):
        export = self.push()
        for addresses in ("", "bureau", "a@example.com, bureau"):
            with self.assertRaisesRegex(UserError, "addresses"):
                self.ready(export, addresses=addresses).action_tell()
        with self.assertRaisesRegex(UserError, "longer"):
            self.ready(export, comment="x" * 1001).action_tell()
        self.assertFalse(self.data.told)

    def test_when_loket_does_not_answer_nobody_is_told_twice(self):
        export = self.push()
        self.data.errors = {"tell_ready": [LoketUnavailable("No answer")]}
        with self.assertRaisesRegex(UserError, "may have been sent"):
            self.ready(export).action_tell()
        self.assertEqual(self.data.calls.count("tell_ready"), 1)
