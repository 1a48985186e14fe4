# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import ir_cron

from ..gateway import LoketUnavailable
from ..models.sync import loket_sync_run_night
from .common_employees import EmployeesCase, FakeGateway, employment

NIGHT_LOG = loket_sync_run_night.__name__


@tagged("post_install", "-at_install")
class TestCron(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.other_company = self.env["res.company"].create({"name": "Ander B.V."})
        self.second = FakeGateway()
        self.second_connection = self.connect(self.second, self.other_company, "Tweede")
        self.loket.people = [employment(1)]
        self.second.people = [employment(1, "Kees", person={"employee_ref": "other"})]
        self.cron = self.env.ref("l10n_nl_loket.ir_cron_loket_sync")

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def runs(self, connection):
        return self.env["loket.sync.run"].search(
            [("connection_id", "=", connection.id)]
        )

    def test_the_night_synchronises_each_ready_connection_once(self):
        self.second_connection.state = "draft"
        self.run_cron()
        self.assertEqual(self.runs(self.connection).mapped("state"), ["done"])
        self.assertFalse(self.runs(self.second_connection))

    def test_a_connection_that_fails_stops_no_other_and_runs_once(self):
        self.loket.error = LoketUnavailable("Loket is down.")
        self.run_cron()
        failed = self.runs(self.connection)
        self.assertEqual(failed.mapped("state"), ["failed"])
        self.assertIn("Loket is down", failed.message)
        self.assertIn("Loket is down", self.connection.last_error)
        self.assertEqual(self.runs(self.second_connection).mapped("state"), ["done"])

    @mute_logger(NIGHT_LOG)
    def test_an_unexpected_error_is_recorded_without_its_text(self):
        self.loket.error = ZeroDivisionError("Jan Bakker, Dorpsstraat 1")
        self.run_cron()
        self.assertEqual(self.runs(self.connection).state, "failed")
        self.assertNotIn("Bakker", self.connection.last_error)

    def test_a_connection_that_is_being_synchronised_is_skipped(self):
        def locked(records, **_options):
            raise LockError("busy")

        self.patch(type(self.connection), "lock_for_update", locked)
        self.run_cron()
        self.assertFalse(self.runs(self.connection))
        self.assertFalse(self.connection.last_error)

    def test_whose_answer_came_while_it_was_locked_is_tried_once_more_that_night(self):
        self.patch(loket_sync_run_night, "PAUSE", 0.001)
        lock = type(self.connection).lock_for_update
        errors = [LockError("busy")] * loket_sync_run_night.TRIES

        def locked(records, **options):
            if errors and records == self.connection:
                raise errors.pop()
            return lock(records, **options)

        self.patch(type(self.connection), "lock_for_update", locked)
        self.run_cron()
        self.assertFalse(errors)
        for connection in (self.connection, self.second_connection):
            self.assertEqual(len(self.runs(connection)), 1)

    # === FAIR === #

    def tried(self):
        """The connections, in the order in which they were tried."""
        runs = self.env["loket.sync.run"].search([], order="id")
        return runs.connection_id.browse(run.connection_id.id for run in runs)

    def in_no_time(self):
        """The scheduler has time for one connection a run."""
        self.patch(ir_cron, "MIN_TIME_PER_JOB", 0)
        self.patch(ir_cron, "MIN_RUNS_PER_JOB", 1)

    def test_without_time_each_run_goes_on_where_the_last_one_stopped(self):
        self.in_no_time()
        third = self.connect(FakeGateway(), self.env.company, "Derde")
        for runs in range(1, 4):
            self.run_cron()
            self.assertEqual(len(self.tried()), runs)
        self.assertEqual(self.tried(), self.connection + self.second_connection + third)
        progress = self.env["ir.cron.progress"].search(
            [("cron_id", "=", self.cron.id)], order="id desc", limit=1
        )
        self.assertEqual((progress.done, progress.remaining), (1, 0))

    def test_a_new_night_begins_with_all(self):
        self.run_cron()
        self.run_cron()
        self.assertEqual(len(self.tried()), 4)

    def test_whoever_was_tried_longest_ago_is_first_whatever_came_of_it(self):
        self.in_no_time()
        self.loket.error = LoketUnavailable("Loket is down.")
        self.connection.last_try_date = "2026-01-02"
        self.second_connection.last_try_date = "2026-01-01"
        self.run_cron()
        self.assertEqual(self.tried(), self.second_connection)
        self.run_cron()
        self.assertEqual(self.runs(self.connection).state, "failed")

        self.run_cron()
        self.assertEqual(self.tried()[-1], self.second_connection)

    def cut_off(self, cron, open_tries=1, remaining=2):
        """What a server that is killed in a try leaves behind."""
        killed = self.env["ir.cron.progress"].create(
            {"cron_id": cron.id, "remaining": remaining}
        )
        self.connection.write(
            {
                "last_try_date": "2026-01-02",
                "last_try_run": killed.id,
                "open_tries": open_tries,
            }
        )
        return killed

    def test_a_try_that_was_cut_off_is_made_again_that_night_after_the_others(self):
        self.cut_off(self.cron)
        self.second_connection.last_try_date = "2026-01-01"
        self.in_no_time()
        self.run_cron()
        self.assertEqual(self.tried(), self.second_connection)
        self.run_cron()
        self.assertEqual(self.tried(), self.second_connection + self.connection)
        self.assertFalse(self.connection.open_tries)

    def test_what_kills_its_worker_twice_is_left_for_the_next_night(self):
        self.cut_off(self.cron, open_tries=2)
        self.run_cron()
        self.assertEqual(self.tried(), self.second_connection)

        self.run_cron()  # another night
        self.assertEqual(self.tried()[1:2], self.connection)

    def test_what_a_helper_has_is_waited_for_and_left_to_it(self):
        helper = self.env.ref("l10n_nl_loket.ir_cron_loket_sync_help")
        night = self.env["ir.cron.progress"].create(
            {"cron_id": self.cron.id, "remaining": 2}
        )
        self.cut_off(helper)
        is_alive = True
        lock = loket_sync_run_night._lock_first

        def locked(records):
            if is_alive and records == helper:
                return records.browse()
            return lock(records)

        self.patch(loket_sync_run_night, "_lock_first", locked)
        with mute_logger("odoo.addons.base.models.ir_cron"):
            self.run_cron()
        self.assertEqual(self.tried(), self.second_connection)
        latest = self.env["ir.cron.progress"].search(
            [("cron_id", "=", self.cron.id)], order="id desc", limit=1
        )
        self.assertGreater(latest.id, night.id)
        self.assertEqual(latest.remaining, 1, "the night is not over")

        is_alive = False
        self.run_cron()
        self.assertEqual(self.tried(), self.second_connection + self.connection)

    def test_without_a_night_that_goes_on_a_helper_does_nothing(self):
        helper = self.env.ref("l10n_nl_loket.ir_cron_loket_sync_help")
        self.env["ir.cron.progress"].create({"cron_id": self.cron.id, "remaining": 0})
        with self.enter_registry_test_mode():
            helper.method_direct_trigger()
        self.assertFalse(self.tried())

    def test_helpers_wake_nobody(self):
        helper = self.env.ref("l10n_nl_loket.ir_cron_loket_sync_help")
        copy = helper.copy()
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        self.run_cron()
        self.assertEqual(triggers.search([]).cron_id, helper + copy)

        triggers.search([]).unlink()
        self.env["ir.cron.progress"].create({"cron_id": self.cron.id, "remaining": 2})
        with self.enter_registry_test_mode():
            helper.method_direct_trigger()
        self.assertEqual(len(self.tried()), 4)
        self.assertFalse(triggers.search([]))

    def test_the_night_of_one_connection_is_whoever_s_takes_it(self):
        self.assertTrue(self.night_of(self.connection))
        self.assertEqual(self.tried(), self.connection)
        self.assertFalse(self.connection.open_tries)

        self.patch(
            loket_sync_run_night, "_lock_first", lambda records: records.browse()
        )
        self.patch(
            type(self.env["loket.sync.run"]),
            "_mark_first",
            lambda _run, left, _seen: left.browse(),
        )
        self.patch(loket_sync_run_night, "PAUSE", 0.001)
        self.assertFalse(self.night_of(self.connection))
        self.assertEqual(self.tried(), self.connection)

    def night_of(self, connection):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            other = connection.with_env(self.env(cr=cr))
            is_done = other.env["loket.sync.run"]._night_of(other)
        self.env.invalidate_all()
        return is_done

    def test_one_is_taken_only_as_it_was_when_the_night_was_listed(self):
        Run = self.env["loket.sync.run"]
        one = self.connection
        one.write({"last_try_date": "2026-01-02", "last_try_run": 5, "open_tries": 0})
        seen = {one.id: Run._last_try(one)}
        for other in (
            {"last_try_date": "2026-01-03"},
            {"last_try_date": False},
            {"last_try_run": 6},
            {"open_tries": 1},
            {"state": "error"},
        ):
            with self.subTest(other):
                before = one.read(list(other))[0]
                one.write(other)
                self.assertFalse(Run._mark_first(one, seen))
                one.write(before)
        open_tries = {one.id: (*seen[one.id][:2], 1)}
        one.open_tries = 1
        self.assertFalse(Run._mark_first(one, open_tries), "its worker may live")
        one.write({"open_tries": 0, "last_try_date": False})
        self.assertEqual(Run._mark_first(one, {one.id: (False, 5, 0)}), one)
        self.assertTrue(one.last_try_date)
        self.assertEqual((one.last_try_run, one.open_tries), (0, 1))

    def test_the_first_of_the_list_is_taken_and_no_other(self):
        Run = self.env["loket.sync.run"]
        both = self.second_connection + self.connection
        seen = {one.id: Run._last_try(one) for one in both}
        self.assertEqual(Run._mark_first(both, seen), self.second_connection)
        self.assertFalse(self.connection.open_tries)

    def test_a_failure_that_can_not_be_kept_stops_nobody_else(self):
        self.loket.error = LoketUnavailable("Loket is down.")
        for error in (SerializationFailure(), ZeroDivisionError("Jan Bakker")):
            with self.subTest(type(error).__name__):
                with (
                    patch.object(
                        type(self.connection), "_record_error", side_effect=error
                    ),
                    mute_logger(NIGHT_LOG),
                ):
                    self.run_cron()
                self.assertFalse(self.runs(self.connection))
                self.assertEqual(
                    set(self.runs(self.second_connection).mapped("state")), {"done"}
                )

    def test_whoever_saves_while_the_failure_is_kept_only_delays_it(self):
        self.loket.error = LoketUnavailable("Loket is down.")
        record_error = type(self.connection)._record_error
        errors = [SerializationFailure(), SerializationFailure()]

        def quicker(connection, error):
            if errors:
                raise errors.pop()
            return record_error(connection, error)

        self.patch(type(self.connection), "_record_error", quicker)
        self.run_cron()
        self.assertEqual(self.runs(self.connection).state, "failed")
        self.assertIn("Loket is down", self.connection.last_error)

    def test_a_short_lock_does_not_cost_the_night(self):
        self.patch(loket_sync_run_night, "PAUSE", 0.001)
        lock = type(self.connection).lock_for_update
        errors = [LockError("busy")]

        def locked(records, **options):
            if errors:
                raise errors.pop()
            return lock(records, **options)

        self.patch(type(self.connection), "lock_for_update", locked)
        self.run_cron()
        self.assertEqual(self.runs(self.connection).state, "done")

    def test_same_number_in_another_company_is_asked_about_and_names_nobody(self):
        self.run_cron()
        self.run_cron()
        for row in (self.row(1), self.row(1, self.second_connection)):
            self.assertIn("another company", row.problem)
            self.assertNotIn("Bakker", row.problem)
