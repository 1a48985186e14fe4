# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The night reads first, and writes in a transaction that begins after that.

With two real transactions: tests/package/test_night.py.
"""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.sync import loket_sync_run_night
from .common_employees import EmployeesCase, employment

LOGGER = loket_sync_run_night.__name__


@tagged("post_install", "-at_install")
class TestNight(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.loket.people = [employment(1)]
        self.Run = type(self.env["loket.sync.run"])
        # The scheduler commits; a test has one transaction, so it only notes.
        self.events = []
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda _cron, processed=0, remaining=None: self.note("commit"),
        )

    def note(self, event):
        self.events.append(event)
        return 60.0

    def spy(self, owner, name, event):
        original = getattr(owner, name)

        def noted(*args, **options):
            self.note(event)
            return original(*args, **options)

        self.patch(owner, name, noted)

    def night(self):
        self.env["loket.connection"]._cron_sync()

    def runs(self):
        return self.env["loket.sync.run"].search(
            [("connection_id", "=", self.connection.id)]
        )

    def failing(self, times):
        """Writing meets somebody who is quicker, so many times."""
        original, failures = self.Run._bring_in, iter(range(times))

        def bring_in(run, employments):
            if next(failures, None) is not None:
                raise SerializationFailure
            return original(run, employments)

        return patch.object(self.Run, "_bring_in", bring_in)

    def test_a_try_is_kept_first_and_nothing_is_locked_while_reading(
        self,
    ):
        self.spy(type(self.loket), "employments", "read")
        self.spy(type(self.loket), "hidden_by_filter", "read")
        self.spy(self.Run, "_mark_first", "lock")
        self.spy(type(self.connection), "lock_for_update", "lock")
        self.spy(self.Run, "_bring_in", "write")
        self.night()
        tried, done = ["lock", "commit"], ["lock", "write", "commit"]
        self.assertEqual(
            self.events, ["commit", *tried, "read", "read", "commit", *done]
        )

    def test_what_changed_during_reading_is_seen_when_writing(self):
        row = self.arrive(employment(1))
        self.loket.people = [employment(1, person={"city": "Zwolle"})]
        original = type(self.loket).employments

        def slow(gateway, *refs):
            answer = original(gateway, *refs)
            row.action_add()
            return answer

        self.patch(type(self.loket), "employments", slow)
        self.night()
        self.assertEqual(row.employee_id.private_city, "Zwolle")

    def test_when_somebody_is_quicker_the_same_answer_is_taken_over_again(self):
        self.spy(type(self.loket), "employments", "read")
        with self.failing(2), patch.object(self.env.cr, "rollback"):
            self.night()
        self.assertEqual(self.runs().mapped("state").count("done"), 1)
        self.assertEqual(self.events.count("read"), 1)
        self.assertTrue(self.row(1))

    @mute_logger(LOGGER)
    def test_after_three_times_it_is_left_for_the_next_night(self):
        with self.failing(3), patch.object(self.env.cr, "rollback"):
            self.night()
        self.assertIn("Somebody else", self.connection.last_error)
        self.assertFalse(self.row(1))

    def test_an_answer_to_another_question_is_not_taken_over(self):
        original = type(self.loket).employments

        def switched(gateway, *refs):
            self.connection.administration_ref = "other"
            return original(gateway, *refs)

        self.patch(type(self.loket), "employments", switched)
        self.night()
        self.assertFalse(self.row(1))

    def test_an_answer_older_than_the_last_synchronisation_is_not_taken_over(self):
        original = type(self.loket).employments

        def by_hand_meanwhile(gateway, *refs):
            answer = original(gateway, *refs)
            later = fields.Datetime.now() + timedelta(minutes=1)
            self.connection.last_sync_date = later
            return answer

        self.patch(type(self.loket), "employments", by_hand_meanwhile)
        self.night()
        self.assertFalse(self.row(1))

    def test_without_an_administration_a_person_is_told_what_to_choose(self):
        self.connection.administration_ref = False
        action = self.connection.action_sync()
        run = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(run.state, "failed")
        self.assertIn("choose the administration", run.message)
        self.assertEqual(self.connection.last_error, run.message)
