# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from contextlib import suppress
from datetime import date, timedelta
from unittest.mock import patch

import freezegun

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import ir_cron

from ..gateway import LoketRefused, LoketUnavailable, PayrollRun, Payslip
from ..models.payslip import loket_payslip_fetch
from ..models.sentence import pack
from .common_employees import EmployeesCase, FakeGateway, employment

TODAY = date(2026, 3, 10)
FETCH_LOG = loket_payslip_fetch.__name__


class FakeSlips:
    """Payslips of a Loket in memory; ``errors`` are raised by (call, employment)."""

    def __init__(self):
        self.payroll_runs = []
        self.of = {}  # employment -> list of gateway.Payslip
        self.years = {}  # employment -> years
        self.errors = {}
        self.asked = []

    def add(
        self, number, status=9, available_on=TODAY, people=(1, 2), is_test=False, **run
    ):
        """A run of a period, of which these have a payslip."""
        ref = f"run-{number}"
        self.payroll_runs.append(
            PayrollRun(
                ref=ref,
                year=2026,
                number=number,
                status=status,
                available_on=available_on,
                **run,
            )
        )
        for person in people:
            self.of.setdefault(f"job-{person}", []).append(
                Payslip(run_ref=ref, year=2026, number=number, is_test=is_test, count=1)
            )

    def _ask(self, call, ref):
        self.asked.append((call, ref))
        error = self.errors.get((call, ref)) or self.errors.get(call)
        if error:
            raise error

    def runs(self, ref):
        self._ask("runs", ref)
        return self.payroll_runs

    def payslips(self, ref):
        self._ask("payslips", ref)
        return self.of.get(ref, [])

    def payslip_pdf(self, ref, run):
        self._ask("pdf", ref)
        return f"%PDF-1.4 {ref} {run} 3210,50".encode()

    def year_ends(self, ref):
        self._ask("years", ref)
        return self.years.get(ref, [])

    def year_end_pdf(self, ref, year):
        self._ask("year pdf", ref)
        return f"%PDF-1.4 {ref} {year}".encode()

    def missing_payslip_activities(self, ref):
        return []


class PayslipCase(EmployeesCase):
    """Two people who are linked, of whom one has a user."""

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freezegun.freeze_time(f"{TODAY} 02:00:00"))
        self.cron = self.env.ref("l10n_nl_loket.ir_cron_loket_sync")
        self.loket.people = [
            employment(number, last=f"Bakker{number}") for number in (1, 2)
        ]
        self.slips = self.loket.slips = FakeSlips()
        self.connection.fetch_payslips = True
        self.sync()
        self.rows = self.row(1) | self.row(2)
        self.rows.action_add()
        self.jan = self.user("jan", "base.group_user")
        self.rows[0].employee_id.user_id = self.jan

    def user(self, login, groups, **vals):
        return new_test_user(
            self.env,
            f"slip-{login}",
            groups,
            **{
                "company_id": self.company.id,
                "company_ids": self.company.ids,
                **vals,
            },
        )

    def night(self, days=0):
        self.clock.tick(timedelta(days=days))
        self.slips.asked.clear()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.env["loket.sync.run"].search(
            [("connection_id", "=", self.connection.id)], limit=1, order="id desc"
        )

    def docs(self, number=None):
        domain = [("connection_id", "=", self.connection.id)]
        if number:
            domain.append(("loket_employee_id", "=", self.row(number).id))
        return self.env["loket.payslip"].search(domain)

    def told(self):
        return self.connection.activity_ids.filtered(
            lambda one: "withdrawn" in (one.summary or "")
        )


@tagged("post_install", "-at_install")
class TestPayslip(PayslipCase):
    # === FETCHING === #

    def test_each_gets_the_payslip_of_an_approved_run_once(self):
        self.slips.add(2)
        self.slips.years["job-1"] = [2025]
        run = self.night()
        self.assertEqual(len(self.docs()), 3)
        slip = self.docs(1).filtered(lambda one: one.kind == "payslip")
        self.assertEqual(slip.display_name, "Payslip, period 2 of 2026")
        self.assertEqual(slip.employee_id, self.row(1).employee_id)
        self.assertEqual(
            base64.b64decode(slip.document), b"%PDF-1.4 job-1 run-2 3210,50"
        )
        self.assertEqual(run.payslips, 3)
        self.night(days=7)
        self.assertEqual(len(self.docs()), 3)
        self.assertFalse([call for call, _ref in self.slips.asked if "pdf" in call])

    def test_who_was_asked_is_not_asked_again_until_there_is_a_run_or_a_week_is_over(
        self,
    ):
        self.slips.add(2)
        self.night()
        self.night(days=1)
        self.assertEqual(self.slips.asked, [("runs", "Voorbeeld")])
        self.slips.add(3)
        self.night(days=1)
        self.assertEqual(len(self.docs()), 4)
        self.night(days=7)
        self.assertIn(("years", "job-1"), self.slips.asked)

    def test_nothing_is_fetched_before_it_is_switched_on(self):
        self.connection.fetch_payslips = False
        self.slips.add(2)
        self.night()
        self.assertFalse(self.docs())
        self.assertFalse(self.slips.asked)

    def test_nothing_is_fetched_while_its_people_are_still_read(self):
        self.slips.add(2)
        self.clock.tick(timedelta(minutes=1))
        # As another worker leaves it that has taken it, and is not done.
        self.connection.last_try_date = fields.Datetime.now()
        with patch.object(type(self.env["loket.sync.run"]), "_cron", lambda _run: True):
            self.night()
        self.assertFalse(self.docs())
        self.assertFalse(self.slips.asked)

    def test_what_may_not_be_seen_yet_is_held_back_until_its_day(self):
        self.slips.add(2, available_on=TODAY + timedelta(1))
        self.slips.add(1, available_on=None)
        self.slips.add(3, status=1)
        self.slips.add(4, is_test=True)
        self.night()
        self.assertFalse(self.docs())
        self.night(days=1)
        self.assertEqual(set(self.docs().mapped("key")), {"run-2"})

    def test_a_payslip_is_fetched_too_in_a_night_in_which_nobody_changed(self):
        self.loket.count = 5
        self.night()
        self.slips.add(2)
        self.assertTrue(self.night(days=1).is_quiet)
        self.assertEqual(len(self.docs()), 2)

    def test_of_whom_it_is_not_sure_nothing_is_fetched(self):
        self.slips.add(2)
        self.rows[1].action_reset()
        self.loket.change(
            1,
            person={
                "employee_ref": "else",
                "last_name": "Vreemd",
                "birthday": date(1950, 1, 1),
            },
        )
        self.night()
        self.assertTrue(self.row(1).sudo().other_person)
        self.assertFalse(self.docs())
        self.assertNotIn(("payslips", "job-1"), self.slips.asked)

    # === FAILURES === #

    def test_what_fails_is_told_by_name_and_stops_nobody_else(self):
        self.slips.add(2)
        self.slips.errors["payslips", "job-1"] = LoketUnavailable("Loket is down.")
        run = self.night()
        self.assertEqual(self.docs().loket_employee_id, self.row(2))
        (line,) = run.line_ids
        self.assertEqual((line.kind, line.name), ("payslip", "Jan Bakker1"))
        self.assertIn("Loket is down", line.message)
        self.assertEqual(run.state, "done", "the people are as they should")
        self.slips.errors.clear()
        self.night(days=1)
        self.assertEqual(len(self.docs()), 2)
        self.assertNotIn(("payslips", "job-2"), self.slips.asked)

    @mute_logger(FETCH_LOG)
    def test_what_nobody_expects_is_told_without_its_text(self):
        self.slips.add(2)
        self.slips.errors["pdf", "job-1"] = ZeroDivisionError("Jan verdient 3210,50")
        with self.assertLogs(FETCH_LOG) as log:
            run = self.night()
        self.assertNotIn("3210", str(run.line_ids.mapped("message")) + str(log.output))
        self.assertEqual(self.docs().loket_employee_id, self.row(2))

    def test_a_right_that_is_missing_is_asked_for_once_and_told_once(self):
        self.slips.add(2)
        self.slips.years = {"job-1": [2025], "job-2": [2025]}
        self.slips.errors["years"] = LoketRefused("No right.", activity="GetYearEnds")
        run = self.night()
        self.assertEqual(len(self.docs()), 2)
        self.assertEqual(run.line_ids.mapped("message"), ["No right."])
        self.assertEqual(sum(call == "years" for call, _ref in self.slips.asked), 1)
        self.slips.errors.clear()
        self.night(days=1)
        self.assertEqual(len(self.docs()), 4)

    def test_a_link_that_is_refused_ends_it_and_the_connection_says_so(self):
        self.slips.add(2)
        self.slips.errors["payslips"] = LoketRefused("Connect again.")
        self.night()
        self.assertEqual(self.connection.state, "error")
        self.assertEqual(sum(call == "payslips" for call, _ref in self.slips.asked), 1)

    def test_when_time_is_up_the_next_run_goes_on_where_it_stopped(self):
        self.slips.add(2)
        self.patch(ir_cron, "MIN_TIME_PER_JOB", 0)
        self.patch(ir_cron, "MIN_RUNS_PER_JOB", 1)
        runs = [self.night()]
        self.assertEqual(self.docs().loket_employee_id, self.row(1))
        runs.append(self.night())
        self.assertEqual(len(self.docs()), 2)
        self.assertEqual(runs[0], runs[1], "one night, in which all were read once")

    def test_whoever_unlinks_while_a_payslip_is_fetched_gets_none(self):
        self.slips.add(2, people=[1])
        pdf = type(self.slips).payslip_pdf

        def meanwhile(slips, ref, run):
            self.row(1).action_reset()
            self.env.flush_all()
            return pdf(slips, ref, run)

        self.patch(type(self.slips), "payslip_pdf", meanwhile)
        self.night()
        self.assertFalse(self.docs())

    # === WITHDRAWN === #

    def test_a_run_that_is_undone_withdraws_its_payslips_and_hr_is_told_once(self):
        for status, date_ in ((5, TODAY), (6, TODAY), (None, None), (9, None)):
            with self.subTest(status=status, available_on=date_):
                self.slips.payroll_runs, self.slips.of = [], {}
                self.slips.add(1)
                self.slips.add(2)
                self.night(days=1)
                del self.slips.payroll_runs[1]
                if status:
                    self.slips.add(2, status=status, available_on=date_, people=())
                run = self.night(days=1)
                gone = self.docs().filtered(lambda one: one.key == "run-2")
                self.assertEqual(gone.mapped("state"), ["withdrawn"] * 2)
                self.assertFalse(any(gone.mapped("document")))
                kept = self.docs() - gone
                self.assertEqual(set(kept.mapped("state")), {"available"})
                self.assertEqual(set(run.line_ids.mapped("kind")), {"payslip"})
                self.assertEqual(len(self.told()), 1)
                self.assertIn("Jan Bakker1", self.told().note)
                line = run.line_ids[:1]
                self.assertTrue(line.message.startswith("Payslip, period 2 of 2026: "))
                self.assertTrue(pack(line.message)["with"], "each reads it as they do")
                self.night(days=1)
                self.assertEqual(len(self.told()), 1)
                self.told().unlink()

    def test_a_run_that_is_approved_again_brings_the_payslip_back(self):
        self.slips.add(1)
        self.slips.add(2)
        self.night()
        run = self.slips.payroll_runs.pop()
        self.night(days=1)
        self.slips.payroll_runs.append(run)
        self.night(days=1)
        self.assertEqual(set(self.docs().mapped("state")), {"available"})
        self.assertTrue(all(self.docs().mapped("document")))

    def test_a_run_approved_anew_between_two_nights_replaces_its_payslips(self):
        self.slips.add(1, approved="2026-03-09T12:00:00Z")
        self.slips.add(2, approved="2026-03-09T12:00:00Z")
        self.night()
        self.slips.payroll_runs.pop()
        self.slips.add(2, approved="2026-03-10T16:00:00Z", people=())
        corrected = patch.object(
            self.slips, "payslip_pdf", lambda ref, run: b"%PDF-1.4 corrected"
        )
        with corrected:
            self.night(days=1)
        for one in self.docs():
            content = base64.b64decode(one.document)
            self.assertEqual(b"corrected" in content, one.key == "run-2")
        self.assertIn("Jan Bakker1", self.told().note)
        self.night(days=1)
        self.assertNotIn("pdf", [call for call, _ref in self.slips.asked])

    def test_hr_is_told_for_whom_nothing_is_fetched_any_more(self):
        self.slips.add(2)
        self.night()
        gone, stays = self.rows
        gone.in_loket = False
        self.docs()._take_back()
        self.assertEqual(set(self.docs().mapped("state")), {"withdrawn"})
        _all, of_them = self.told().note.split("Of these Loket no longer gives")
        self.assertIn(gone.name, of_them)
        self.assertNotIn(stays.name, of_them)

    def test_what_was_approved_anew_is_not_shown_though_it_can_t_be_fetched(self):
        self.slips.add(2, approved="2026-03-09T12:00:00Z")
        self.night()
        self.slips.payroll_runs.clear()
        self.slips.add(2, approved="2026-03-10T16:00:00Z", people=())
        self.slips.errors["pdf"] = LoketUnavailable("No answer.")
        self.night(days=1)
        self.assertEqual(set(self.docs().mapped("state")), {"withdrawn"})
        self.assertFalse(any(self.docs().mapped("document")))
        self.slips.errors.clear()
        self.night(days=1)
        self.assertEqual(set(self.docs().mapped("state")), {"available"})

    def test_of_which_run_a_payslip_is_that_was_fetched_before_is_not_known(self):
        self.slips.add(2)
        self.night()
        self.slips.payroll_runs.clear()
        self.slips.add(2, approved="2026-03-09T12:00:00Z", people=())
        self.night(days=1)
        self.assertEqual([call for call, _ref in self.slips.asked].count("pdf"), 2)
        self.assertEqual(set(self.docs().mapped("approved")), {"2026-03-09T12:00:00Z"})
        self.assertFalse(self.told())
        self.night(days=1)
        self.assertNotIn("pdf", [call for call, _ref in self.slips.asked])

    def test_it_is_brought_back_though_nobody_could_be_asked_in_between(self):
        self.slips.add(1)
        self.slips.add(2)
        self.night()
        run = self.slips.payroll_runs.pop()
        self.slips.errors["payslips"] = LoketUnavailable("No answer.")
        self.night(days=1)
        self.assertEqual(set(self.docs().mapped("state")), {"available", "withdrawn"})
        self.slips.payroll_runs.append(run)
        self.slips.errors.clear()
        self.night(days=1)  # of the same week
        self.assertEqual(set(self.docs().mapped("state")), {"available"})

    def test_lists_that_are_empty_withdraw_nothing(self):
        self.slips.add(2)
        self.slips.years["job-1"] = [2025]
        self.night()
        runs, self.slips.payroll_runs = self.slips.payroll_runs, []
        self.assertIn(
            "no payroll runs", str(self.night(days=1).line_ids.mapped("message"))
        )
        self.slips.payroll_runs = runs
        self.slips.of, self.slips.years = {}, {}
        self.night(days=7)
        self.assertEqual(set(self.docs().mapped("state")), {"available"})

    def test_a_statement_that_is_gone_is_withdrawn(self):
        self.slips.years["job-1"] = [2024, 2025]
        self.night()
        self.slips.years["job-1"] = [2024]
        self.night(days=7)
        gone = self.docs().filtered(lambda one: one.state == "withdrawn")
        self.assertEqual(gone.mapped("year"), [2025])
        self.assertEqual(len(self.told()), 1)

    # === GOING === #

    def files(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "loket.payslip"), ("res_field", "!=", False)]
        )

    def test_unlinking_forgetting_and_deleting_leave_no_document(self):
        self.slips.add(2)
        self.night()
        first, second = self.rows
        self.assertEqual(len(self.files()), 2)
        first.action_reset()
        self.assertEqual(self.docs().loket_employee_id, second)
        self.assertEqual(len(self.files()), 1)
        second.employee_id.unlink()
        self.assertFalse(self.docs())
        self.assertFalse(self.files())

    def test_linked_to_somebody_else_the_payslips_of_before_are_not_theirs(self):
        self.slips.add(2)
        self.night()
        other = self.make_employee(
            name="Kees Ander", user_id=self.user("kees", "base.group_user").id
        )
        self.row(2).sudo().employee_id = other
        self.assertFalse(self.docs(2))
        self.assertEqual(len(self.docs(1)), 1)

    def test_deleting_the_connection_deletes_the_documents_disconnecting_does_not(self):
        self.slips.add(2)
        self.night()
        self.connection.action_disconnect()
        self.assertEqual(len(self.files()), 2)
        self.connection.unlink()
        self.assertFalse(self.files())


@tagged("post_install", "-at_install")
class TestWhoReadsAPayslip(PayslipCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.slips.add(2)
        self.night()
        self.mine, self.other = self.docs(1), self.docs(2)
        self.clerk = self.user("clerk", "l10n_nl_loket.group_user")
        self.officer = self.user("officer", "hr.group_hr_user")
        self.manager = self.user("manager", "hr.group_hr_manager")
        self.colleague = self.user("colleague", "base.group_user")
        self.portal = self.user("portal", "base.group_portal")
        elsewhere = self.env["res.company"].create({"name": "Elders"})
        self.abroad = self.user(
            "abroad",
            "hr.group_hr_manager",
            company_id=elsewhere.id,
            company_ids=elsewhere.ids,
        )
        self.file = self.env["ir.attachment"].search(
            [("res_model", "=", "loket.payslip"), ("res_id", "=", self.mine.id),
             ("res_field", "=", "document")]
        )  # fmt: skip
        self.assertTrue(self.file)

    def strangers(self):
        return self.clerk, self.officer, self.colleague, self.portal, self.abroad

    def test_the_employee_reads_the_own_one_and_no_other(self):
        Payslip = self.env["loket.payslip"].with_user(self.jan)
        self.assertEqual(Payslip.search([]), self.mine)
        self.assertEqual(Payslip.search([("is_mine", "=", True)]), self.mine)
        self.assertEqual(
            base64.b64decode(self.mine.with_user(self.jan).document)[:5], b"%PDF-"
        )
        with self.assertRaises(AccessError):
            self.other.with_user(self.jan).read(["document"])
        self.assertEqual(self.mine.with_user(self.jan).is_mine, True)

    def test_hr_managers_read_all_of_their_company(self):
        Payslip = self.env["loket.payslip"].with_user(self.manager)
        self.assertEqual(Payslip.search([]), self.mine | self.other)
        self.assertTrue(self.mine.with_user(self.manager).document)
        self.assertFalse(Payslip.search([("is_mine", "=", True)]))

    def test_nobody_else_reads_finds_counts_or_exports_one(self):
        for user in self.strangers():
            with self.subTest(user.login):
                self.assert_closed_to(user)

    def assert_closed_to(self, user):
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids})
        Payslip = env["loket.payslip"]
        for find in (
            lambda: Payslip.search([]),
            lambda: Payslip.search([("employee_id.name", "ilike", "Bakker")]),
            lambda: Payslip.name_search("Payslip"),
            lambda: Payslip.formatted_read_group([], ["year"], ["__count"]),
        ):
            # Refused is no less closed than not found.
            with suppress(AccessError):
                self.assertFalse(find())
        mine, file = self.mine.with_env(env), self.file.with_env(env)
        for read in (
            lambda: mine.read(["display_name"]),
            lambda: mine.document,
            lambda: mine.display_name,
            mine.action_download,
            lambda: file.read(["datas"]),
        ):
            mine.invalidate_recordset()
            with self.assertRaises(AccessError):
                read()
        with self.assertRaises(UserError):
            mine.export_data(["year", "document"])
        if user != self.portal:
            found = env["ir.attachment"].search(
                [("res_model", "=", "loket.payslip"), ("res_field", "!=", False)]
            )
            self.assertFalse(found)

    def test_the_routes_of_files_give_it_to_nobody_else(self):
        routes = (
            f"/web/content/loket.payslip/{self.mine.id}/document",
            f"/web/content/{self.file.id}",
            f"/web/content?model=loket.payslip&field=document&id={self.mine.id}",
            f"/web/image/loket.payslip/{self.mine.id}/document",
        )
        for user, may_read in (
            (self.jan, True),
            (self.manager, True),
            *((stranger, False) for stranger in self.strangers()),
        ):
            self.authenticate(user.login, user.login)
            for route in routes:
                with self.subTest(route=route, user=user.login):
                    content = self.url_open(route).content
                    if not may_read:
                        self.assertNotIn(b"3210", content)
                    elif "image" not in route:
                        self.assertIn(b"3210", content)
        self.authenticate(None, None)
        for route in routes:
            self.assertNotIn(b"3210", self.url_open(route).content)

    def test_nobody_writes_makes_or_deletes_one(self):
        for user in (self.jan, self.manager, self.clerk, self.responsible):
            mine, file = self.mine.with_user(user), self.file.with_user(user)
            for name, act, vals in (
                ("write", mine.write, [{"year": 2020}]),
                ("create", mine.create, [{"kind": "payslip"}]),
                ("copy", mine.copy, [{"key": "run-9"}]),
                ("unlink", mine.unlink, []),
                ("file", file.write, [{"raw": b"x"}]),
                ("public", file.write, [{"public": True}]),
            ):
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    act(*vals)

    def test_a_withdrawn_one_is_no_longer_the_employees(self):
        self.mine._withdraw()
        Payslip = self.env["loket.payslip"]
        self.assertFalse(Payslip.with_user(self.jan).search([]))
        self.assertIn(self.mine, Payslip.with_user(self.manager).search([]))

    def test_the_menu_is_there_once_payslips_are(self):
        menu = self.env.ref("l10n_nl_loket.menu_loket_payslip_my")
        load = self.env["ir.ui.menu"].with_user(self.colleague).load_menus
        self.assertIn(menu.id, load(False))
        self.docs().unlink()
        self.connection.fetch_payslips = False
        self.assertNotIn(menu.id, load(False))

    def test_the_employee_opens_the_screen_without_a_right_of_hr(self):
        views = self.env["loket.payslip"].with_user(self.jan).get_views(
            [(False, "list"), (False, "kanban"), (False, "search")]
        )["views"]  # fmt: skip
        for view in views.values():
            self.assertNotIn("employee_id", view["arch"])


@tagged("post_install", "-at_install")
class TestPayslipRights(EmployeesCase):
    def test_rights_are_said_only_when_payslips_are_wanted(self):
        gateway = FakeGateway()
        gateway.slips = FakeSlips()
        gateway.slips.missing_payslip_activities = lambda ref: ["payslips"]
        self.assertFalse(self.connection._payslip_warnings(gateway))
        self.connection.fetch_payslips = True
        (sentence,) = self.connection._payslip_warnings(gateway)
        self.assertIn("lacks these rights: payslips", sentence)
        gateway.slips = None
        self.assertIn("SOAP", self.connection._payslip_warnings(gateway)[0])
