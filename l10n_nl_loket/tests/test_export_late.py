# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Late hours go once, in the right file; what is gone is written as 0."""

from datetime import date
from random import Random

from odoo.exceptions import UserError

from odoo.addons.mail.tests.common import MailCase

from .common_export import ExportCase

HEAD = "aanslnr;persnr;ploeg;verdelingseenheid;1\r\n"


class LateCase(ExportCase, MailCase):
    """September was made with 40 hours of Anna and 30 of Bram."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.email = "clerk@example.com"
        cls.anna_line = cls._book(cls.anna, 1, 40)
        cls.bram_line = cls._book(cls.bram, 1, 30)
        cls.september = cls._make(cls, period=9)

    def _make(self, **vals):
        draft = self.env["loket.export"].create(
            {"connection_id": self.connection.id, "year": 2026, **vals}
        )
        draft.action_generate()
        return draft

    def _october(self, **vals):
        draft = self._export(period=10, **vals)
        draft.action_check()
        return draft

    def _book_in(self, month, employee, hours, **vals):
        return self._book(employee, 1, hours, date=date(2026, month, 5), **vals)

    def late(self, export):
        return [
            (late.employee_id, late.component_code, late.value, late.taken)
            for late in export.late_ids
        ]


class TestLate(LateCase):
    def test_what_was_delivered_is_not_late(self):
        self.assertFalse(self._october().late_ids)
        self.assertFalse(self.september.late_now)

    def test_hours_booked_since_are_told_on_the_file_and_in_each_later_draft(self):
        self._book(self.anna, 20, 7)
        self.september.invalidate_recordset()
        self.assertIn("7.00", self.september.late_now)
        self.assertIn(
            "Anna de Vries (1), component 1: +7.00", self.september.late_words
        )
        for period in (10, 11):
            draft = self._export(period=period)
            draft.action_check()
            self.assertEqual(self.late(draft), [(self.anna, 1, 7, False)])
            self.assertEqual(draft.late_ids.period_export_id, self.september)
            self.assertTrue(draft.has_late)

    def test_taken_along_they_are_in_the_file_and_nowhere_late(self):
        self._book(self.anna, 20, 7)
        self._book_in(10, self.anna, 100)
        draft = self._october().with_user(self.clerk)
        draft.take_late = True
        self.assertEqual(draft.line_ids.mapped("value"), [107])
        self.assertEqual(self.late(draft), [(self.anna, 1, 7, True)])
        draft.action_generate()
        self.assertEqual(self._file(draft), HEAD + "5555;1;1;100;107\r\n")
        self.assertEqual(draft.total_hours, 107)
        self.september.invalidate_recordset()
        self.assertFalse(self.september.late_now)

    def test_made_again_each_has_its_own(self):
        self._book(self.anna, 20, 7)
        self._book_in(10, self.anna, 100)
        self._make(period=10, take_late=True)
        again = self._make(period=9)
        self.assertEqual(
            self._file(again), HEAD + "5555;1;1;100;40\r\n5555;2;1;200;30\r\n"
        )
        october = self._make(period=10)
        self.assertEqual(self._file(october), HEAD + "5555;1;1;100;107\r\n")
        self.assertEqual(october.late_ids.mapped("kind"), ["kept"])

    def test_what_this_file_cannot_give_back_is_not_taken_along(self):
        self.anna_line.unit_amount = 33
        self._book_in(10, self.anna, 5)
        draft = self._october(take_late=True)
        self.assertEqual(self.late(draft), [(self.anna, 1, -7, False)])
        self.assertIn("make September 2026 again", draft.late_ids.remark)
        draft.action_generate()
        self.assertEqual(self._file(draft), HEAD + "5555;1;1;100;5\r\n")

    def test_less_is_taken_from_what_this_file_has(self):
        self.anna_line.unit_amount = 33
        self._book_in(10, self.anna, 8)
        draft = self._make(period=10, take_late=True)
        self.assertEqual(self._file(draft), HEAD + "5555;1;1;100;1\r\n")

    def test_who_is_linked_a_month_after(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self._book(stranger, 1, 5)
        self._make(period=9, accept_left_out=True)
        self.assertFalse(self._october().late_ids)
        self._link(stranger, 3)
        self.assertEqual(self.late(self._october()), [(stranger, 1, 5, False)])

    def test_who_is_not_linked_and_booked_since_is_told(self):
        stranger = self._employee("Cees Vreemd", self.shop)
        self._book(stranger, 1, 5)
        draft = self._october(take_late=True)
        self.assertEqual(self.late(draft), [(stranger, 0, 5, False)])
        self.assertEqual(draft.late_ids.kind, "missing")
        self.september.invalidate_recordset()
        self.assertIn("Cees Vreemd: 5.00 hours", self.september.late_words)

    def _enter(self, employee, component, value):
        vals = {"employee_id": employee.id, "wage_component_id": component.id}
        vals |= {"date": date(2026, 9, 20), "value": value}
        return self.env["hr.wage.entry"].create(vals)

    def test_euros_and_days_that_are_late_are_no_one_number(self):
        codes = ("120", "130")
        names = ("Travel", "Meals")
        for name, code, value in zip(names, codes, (46.2, 3), strict=True):
            component = self.env["hr.wage.component"].create(
                {"name": name, "code": name.upper(), "unit": "amount"}
            )
            self._map_component(code, wage_component_id=component.id)
            self._enter(self.anna, component, value)
        stranger = self._employee("Cees Vreemd", self.shop)
        self._enter(stranger, component, 5)
        self.september.invalidate_recordset()
        self.assertEqual(
            self.september.late_now,
            "component 120: 46.20 more, component 130: 3.00 more, Meals € 5.00 more",
        )
        self.assertIn("Cees Vreemd: Meals € 5.00", self.september.late_words)

    def test_another_code_makes_nothing_late_and_is_a_sentence(self):
        mapping = self.attendance.loket_mapping_ids
        mapping.component_code = "2"
        self.assertFalse(self._october().late_ids)
        self.september.invalidate_recordset()
        self.assertFalse(self.september.late_now)
        self.assertTrue(self.september.elsewhere_words)

    def test_a_file_of_before_the_sources_were_kept(self):
        self.september.ledger = False
        self._book(self.anna, 20, 7)
        self.assertEqual(self.late(self._october()), [(self.anna, 1, 7, False)])

    def test_a_file_of_before_the_sources_were_kept_and_another_number_since(self):
        self.september.ledger = False
        self.anna_job.payroll_number = 11
        self.assertFalse(self._october().late_ids)
        self._book(self.anna, 20, 7)
        self._book_in(10, self.anna, 5)
        october = self._make(period=10, take_late=True)
        self.assertEqual(self._file(october), HEAD + "5555;11;1;100;12\r\n")

    def test_a_wrong_link_that_is_set_right_has_too_much_and_too_little(self):
        cees = self._employee("Cees Vreemd", self.shop)
        self._book(cees, 2, 25)
        self.anna_job.employee_id = cees
        self._book_in(10, cees, 5)
        draft = self._october(take_late=True)
        late = draft.late_ids.filtered(lambda one: one.kind == "late")
        self.assertEqual(
            {(one.employee_id, one.payroll_number, one.value) for one in late},
            {(self.anna, 1, -40), (cees, 1, 25)},
        )
        draft.action_generate()
        again = self._make(period=9, accept_left_out=True)
        self.assertEqual(
            self._file(again), HEAD + "5555;1;1;100;0\r\n5555;2;1;200;30\r\n"
        )

    def test_what_a_later_file_took_along_is_not_delivered_by_another_link(self):
        cees = self._employee("Cees Vreemd", self.shop)
        self._book(cees, 2, 25)
        self._make(period=9, accept_left_out=True)
        self._link(cees, 3)
        self._make(period=10, take_late=True)
        other = self._connection(self.company, 7777, distribution="none")
        other.component_mapping_ids.create(
            {
                "connection_id": other.id,
                "component_code": "1",
                "work_entry_type_id": self.attendance.id,
            }
        )
        self._link(cees, 30, other, start_date="2026-09-01")
        draft = self._export(connection_id=other.id)
        draft.action_check()
        self.assertFalse(draft.line_ids)
        self.assertEqual(draft.left_out_ids.mapped("reason"), ["delivered"])
        self.assertEqual(draft.left_out_ids.hours, 25)

    def test_a_period_before_a_file_was_ever_made_is_not_late(self):
        self._book_in(8, self.anna, 8)
        self.assertFalse(self._october().late_ids)

    def test_a_file_of_thirteen_months_ago_is_watched(self):
        draft = self._export(year=2027, period=10)
        self._book(self.anna, 20, 7)
        draft.action_check()
        self.assertEqual(self.late(draft), [(self.anna, 1, 7, False)])


class TestLateIsTold(LateCase):
    def told(self):
        return self.september.activity_ids

    def test_after_the_night_the_clerk_is_told_once(self):
        self.september.user_id = self.clerk
        self.patch(type(self.env["loket.sync.run"]), "_cron", lambda _runs: True)
        self.env["loket.connection"]._cron_sync()
        self.assertFalse(self.told())
        self._book(self.anna, 20, 7)
        for _night in range(2):
            self.env["loket.connection"]._cron_sync()
            self.assertEqual(self.told().user_id, self.clerk)
            self.assertEqual(len(self.told()), 1)
        self.assertIn("September 2026: 7.00 hours more", self.told().note)

    def test_it_ends_when_nothing_is_late_any_more(self):
        self._book(self.anna, 20, 7)
        self.env["loket.export"]._cron_late()
        self.assertTrue(self.told())
        self._make(period=10, take_late=True)
        self.assertFalse(self.told())

    def test_of_an_archived_connection_too(self):
        self._book(self.anna, 20, 7)
        self.connection.active = False
        self.env["loket.export"]._cron_late()
        self.assertIn("7.00 hours more", self.told().note)

    def test_a_connection_that_cannot_be_looked_up_stops_no_other(self):
        self._book(self.anna, 20, 7)
        other = self._connection(self.company, 6666)
        self.env["loket.export"].create(
            {"connection_id": other.id, "year": 2026, "period": 9}
        )
        tell = type(self.env["loket.export"])._tell_late

        def broken(exports, connection):
            if connection == other:
                raise ValueError
            return tell(exports, connection)

        self.patch(type(self.env["loket.export"]), "_tell_late", broken)
        with self.assertLogs("odoo.addons.l10n_nl_loket", "WARNING"):
            self.env["loket.export"]._cron_late()
        self.assertTrue(self.told())
        self.assertIn("could not look up", other.activity_ids.note)
        self.assertFalse(self.connection.activity_ids)


class TestGone(LateCase):
    def test_what_is_gone_is_written_as_0_row_and_all(self):
        self.bram_line.unlink()
        again = self._make(period=9)
        self.assertEqual(
            self._file(again), HEAD + "5555;1;1;100;40\r\n5555;2;1;200;0\r\n"
        )
        self.assertEqual(again.row_count, 2)
        self.assertEqual(again.employee_count, 1)
        self.assertIn("30.00 to 0.00", again.changes)

    def test_of_all_earlier_files_not_only_the_last(self):
        self.bram_line.unlink()
        self._make(period=9)
        third = self._make(period=9)
        self.assertIn("5555;2;1;200;0\r\n", self._file(third))
        self.assertEqual(third.changes, "Nothing changed since the last file.")

    def test_a_file_with_only_zeros_is_a_file(self):
        (self.anna_line | self.bram_line).unlink()
        again = self._make(period=9)
        self.assertEqual(
            self._file(again), HEAD + "5555;1;1;100;0\r\n5555;2;1;200;0\r\n"
        )

    def test_what_is_left_out_by_the_tick_is_gone_too(self):
        self.bram_job.payroll_number = False
        again = self._make(period=9, accept_left_out=True)
        self.assertIn("5555;2;1;200;0\r\n", self._file(again))

    def test_a_connection_may_choose_not_to(self):
        self.connection.write_zero = False
        self.bram_line.unlink()
        again = self._make(period=9)
        self.assertEqual(self._file(again), HEAD + "5555;1;1;100;40\r\n")

    def test_the_mail_tells_what_is_different_and_what_it_replaces(self):
        self.bram_line.unlink()
        again = self._make(period=9)
        self.assertEqual(
            again.attachment_id.name, "loket_5555_2026_9_versie_2_vervangt_1.csv"
        )
        self.assertEqual(again.replaces_id, self.september)
        with self.mock_mail_gateway():
            again.with_user(self.clerk).action_send()
        mail = self._new_mails
        self.assertIn("replaces loket_5555_2026_9.csv", mail.subject)
        for part in ("30.00", "0.00", "loket_5555_2026_9.csv"):
            self.assertIn(part, mail.body_html)

    def test_a_mail_that_somebody_changed_tells_it_all_the_same(self):
        """Nor does an upgrade touch the template: it is noupdate."""
        self.env.ref("l10n_nl_loket.mail_template_loket_export").write(
            {"body_html": "<p>Own words</p>", "subject": "Own subject"}
        )
        self.bram_line.unlink()
        self._make(period=9)
        self._book(self.anna, 20, 7)
        october = self._make(period=10, take_late=True)
        again = self._make(period=9)
        with self.mock_mail_gateway():
            again.with_user(self.clerk).action_send()
        body = self._new_mails.body_html
        for part in ("Own words", "replaces loket_5555_2026_9_", "Nothing is differ"):
            self.assertIn(part, body)
        with self.mock_mail_gateway():
            october.with_user(self.clerk).action_send()
        self.assertIn("September 2026", self._new_mails.body_html)
        self.assertIn("7.00", self._new_mails.body_html)

    def test_the_mail_tells_euros_that_are_left_out_as_euros(self):
        bonus = self.env["hr.wage.component"].create(
            {"name": "Bonus", "code": "B", "company_id": self.company.id}
        )
        self.env["hr.wage.entry"].create(
            {
                "employee_id": self.anna.id,
                "wage_component_id": bonus.id,
                "date": "2026-09-05",
                "value": 1000,
            }
        )
        export = self._make(period=9, accept_left_out=True)
        with self.mock_mail_gateway():
            export.with_user(self.clerk).action_send()
        body = self._new_mails.body_html
        self.assertIn("Not in the file: Bonus € 1,000.00 (employees: 1)", body)
        self.assertNotIn("0.00 hours", body)

    def test_a_first_file_replaces_nothing(self):
        with self.mock_mail_gateway():
            self.september.with_user(self.clerk).action_send()
        mail = self._new_mails
        for words in (mail.subject, mail.body_html):
            self.assertNotIn("replaces", words)
            self.assertNotIn("loket.export(", words)

    def test_hours_that_loket_works_out_by_now_are_never_0(self):
        self.bram_job.write({"hours_by_loket": True, "is_on_call": False})
        self.connection.salaried_hours = "leave_out"
        self.anna_line.unlink()
        again = self._make(period=9)
        self.assertEqual(self._file(again), HEAD + "5555;1;1;100;0\r\n")
        remark = again.remark_ids.filtered(lambda one: one.reason == "gone_to_loket")
        self.assertEqual(remark.employee_id, self.bram)
        self.assertIn("30.00", remark.display_name)
        self.september.invalidate_recordset()
        self.assertFalse(again.late_now)

    def test_what_is_not_written_as_0_is_told_by_name(self):
        self.connection.write_zero = False
        self.bram_line.unlink()
        for _file in range(2):
            again = self._make(period=9)
            self.assertIn("gone_by_hand", again.remark_ids.mapped("reason"))

    def test_a_component_that_loket_does_not_accept_cannot_be_emptied(self):
        mapping = self._map_component("9999", work_entry_type_id=self.overtime.id)
        line = self._book(self.anna, 3, 4)
        line.work_entry_type_id = self.overtime
        self._make(period=9)
        self._offer("1")
        self._offer("30")
        self._offer("9999", collective=False)
        mapping.component_code = "30"
        again = self._make(period=9)
        self.assertEqual(set(again.line_ids.mapped("component_code")), {1, 30})
        self.assertNotIn("9999", self._file(again))
        remark = again.remark_ids.filtered(lambda one: one.reason == "gone_by_hand")
        self.assertIn("component 9999", remark.display_name)

    def test_what_was_made_last_tells_what_loket_has(self):
        """A draft that lay there first may be made last."""
        self.connection.write_zero = False
        drafts = self._export() | self._export()
        drafts[1].action_generate()
        self.bram_line.unit_amount = 20
        drafts[0].action_generate()
        self.bram_line.unlink()
        remarks = self._make(period=9).remark_ids
        remark = remarks.filtered(lambda remark: remark.reason == "gone_by_hand")
        self.assertEqual(remark.hours, 20)

    def test_a_file_without_units_cannot_empty_one(self):
        self.connection.distribution = "none"
        again = self._make(period=9)
        self.assertEqual(
            self._file(again),
            "aanslnr;persnr;ploeg;1\r\n5555;1;1;40\r\n5555;2;1;30\r\n",
        )
        self.assertIn("gone_by_hand", again.remark_ids.mapped("reason"))


class TestOtherDates(LateCase):
    """Loket dates its periods anew, after September was made as a calendar month."""

    def dates(self, *rows):
        self.connection.period_ids.unlink()
        self.env["loket.period"].create(
            [
                {
                    "connection_id": self.connection.id,
                    "year": 2026,
                    "number": number,
                    "date_from": start,
                    "date_to": end,
                }
                for number, start, end in rows
            ]
        )

    FROM_THE_21ST = (
        (8, "2026-07-21", "2026-08-20"),
        (9, "2026-08-21", "2026-09-20"),
        (10, "2026-09-21", "2026-10-20"),
    )

    def test_days_of_the_file_that_has_them_are_in_no_second_file(self):
        self._book(self.anna, 25, 11)
        self._make(period=9)
        self.dates(*self.FROM_THE_21ST)
        self._book_in(10, self.anna, 5)
        october = self._october()
        self.assertEqual(october.line_ids.mapped("value"), [5])
        self.assertEqual(october.left_out_ids.mapped("reason"), ["other_period"])
        self.assertEqual(october.left_out_ids.rank, "rule")
        self.assertIn("September 2026 (1 Sep 2026", october.left_out_ids.display_name)
        self.assertFalse(october.late_ids)
        # What is booked on these days is late in the file that has them.
        self._book(self.anna, 26, 2)
        october.action_check()
        self.assertEqual(self.late(october), [(self.anna, 1, 2, False)])
        self.assertEqual(october.line_ids.mapped("value"), [5])

    def test_made_again_by_the_new_dates_it_gives_these_days_to_the_other(self):
        self._book(self.anna, 25, 11)
        self._make(period=9)
        self.dates(*self.FROM_THE_21ST)
        self._book_in(10, self.anna, 5)
        october = self._make(period=10)
        september = self._make(period=9)
        self.assertEqual(sorted(september.line_ids.mapped("value")), [30, 40])
        october.invalidate_recordset()
        self.assertEqual(october.late_now, "11.00 hours more")
        again = self._make(period=10)
        self.assertEqual(again.line_ids.mapped("value"), [16])

    def test_a_fourteenth_period_does_not_repeat_week_53(self):
        self.connection.period_type = "four_weeks"
        line = self._book(self.anna, 1, 20, date=date(2026, 12, 29))
        thirteenth = self._make(period=13)
        self.assertEqual(thirteenth.line_ids.mapped("value"), [20])
        self.dates((13, "2026-11-30", "2026-12-27"), (14, "2026-12-28", "2027-01-03"))
        draft = self._export(period=14)
        draft.action_check()
        self.assertFalse(draft.line_ids)
        self.assertEqual(draft.left_out_ids.hours, 20)
        line.copy({"date": date(2026, 12, 8), "unit_amount": 3})
        again = self._make(period=13)
        self.assertEqual(again.line_ids.mapped("value"), [3])
        draft.action_generate()
        self.assertEqual(draft.line_ids.mapped("value"), [20])

    def test_days_that_no_file_has_are_late_in_the_period_that_has_them_now(self):
        self.dates(*self.FROM_THE_21ST)
        september = self._make(period=9)
        self._book(self.anna, 25, 11)
        self.dates((9, "2026-09-01", "2026-09-30"), (10, "2026-10-01", "2026-10-31"))
        october = self._october()
        self.assertEqual(self.late(october), [(self.anna, 1, 11, False)])
        self.assertEqual(october.late_ids.period_export_id, september)
        self._make(period=10, take_late=True)
        again = self._make(period=9)
        self.assertEqual(sorted(again.line_ids.mapped("value")), [30, 40])
        self.assertFalse(again.late_now)

    def test_a_month_is_called_by_its_number_wherever_it_begins(self):
        self.dates(*self.FROM_THE_21ST)
        self.assertEqual(self._october().period_name, "October 2026")


class TestLateAtRandom(LateCase):
    """The plain test at random (tests/payroll/test_late.py), shorter, through Odoo."""

    SEED, STEPS = 11, 40

    def test_over_all_files_the_sum_is_what_is_booked_less_what_is_listed(self):
        self._map_component("30", work_entry_type_id=self.overtime.id)
        random = Random(self.SEED)
        people = [(self.anna, self.anna_job), (self.bram, self.bram_job)]
        lines = [self.anna_line, self.bram_line]
        for _step in range(self.STEPS):
            what = random.choice(["book", "book", "change", "remove", "link", "make"])
            employee, job = random.choice(people)
            if what == "book":
                hour_type = random.choice([self.attendance, self.overtime])
                month, hours = random.choice([9, 10, 11]), random.randint(1, 900) / 100
                line = self._book_in(month, employee, hours)
                line.work_entry_type_id = hour_type
                lines.append(line)
            elif what == "change" and lines:
                random.choice(lines).unit_amount = random.randint(1, 900) / 100
            elif what == "remove" and lines:
                lines.pop(random.randrange(len(lines))).unlink()
            elif what == "link":
                linked = job.decision == "link"
                job.write(
                    {
                        "decision": "pending" if linked else "link",
                        "employee_id": False if linked else employee.id,
                    }
                )
            elif what == "make":
                self.made(random.choice([9, 10, 11]), random.random() < 0.6)
        for employee, job in people:
            job.write({"decision": "link", "employee_id": employee.id})
        self.check(lines)
        self.made(11, take=True)
        self.check(lines)

    def made(self, period, take):
        """Make a file, unless it is empty or would be wrong."""
        try:
            with self.env.cr.savepoint():
                self._make(period=period, take_late=take, accept_left_out=True)
        except UserError:
            self.env.invalidate_all()

    def check(self, lines):
        """Each hour of the periods with a file is in one of them, or listed."""
        files = self.env["loket.export"].search(
            [("connection_id", "=", self.connection.id), ("is_latest", "=", True)]
        )
        periods = set(files.mapped("period"))
        draft = self._export(period=12)
        draft.action_check()
        self.assertFalse(draft.late_ids.filtered(lambda one: one.kind == "missing"))
        for employee in (self.anna, self.bram):
            booked = sum(
                line.unit_amount
                for line in lines
                if line.employee_id == employee and line.date.month in periods
            )
            of_employee = files.line_ids.filtered(
                lambda line, who=employee: line.employee_id == who
            )
            late = draft.late_ids.filtered(
                lambda late, who=employee: late.employee_id == who
            )
            self.assertTrue(all(line.value >= 0 for line in of_employee))
            total = sum(of_employee.mapped("value")) + sum(late.mapped("value"))
            self.assertAlmostEqual(total, booked, places=2)
