# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept as a sentence is read in the language of each reader."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..gateway import LoketUnavailable, Problem
from ..models.sentence import MARK, Sentence, Sentences, pack, unpack
from ..models.translated import Name, lines_of, translated
from ..words import Number, Text, _lt, joined
from .common_employees import EmployeesCase, employment
from .common_export import ExportCase
from .common_push import PushCase


class BothLanguages:
    """Reads the same in English and in Dutch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])

    def both(self, record, name):
        """What an English and a Dutch reader have of a field."""
        return tuple(
            record.with_context(lang=lang).read([name])[0][name]
            for lang in ("en_US", "nl_NL")
        )

    def assert_reads(self, record, name, english, dutch):
        said = self.both(record, name)
        self.assertIn(english, said[0])
        self.assertIn(dutch, said[1])
        self.assertNotIn(english, said[1])

    def assert_all_is_kept_for_everybody(self, *but):
        """No field of this addon keeps a sentence in one language."""
        self.env.flush_all()
        found = 0
        for model in self.env.registry.values():
            for name, field in model._fields.items():
                if not isinstance(field, (Sentence, Sentences)) or name in but:
                    continue
                self.env.cr.execute(
                    f"SELECT {name} FROM {model._table} WHERE {name} != ''"
                )
                for (raw,) in self.env.cr.fetchall():
                    found += 1
                    self.assertTrue(raw.startswith(MARK), f"{model._name}: {raw}")
        self.assertTrue(found)


@tagged("post_install", "-at_install")
class TestSentences(BothLanguages, EmployeesCase):
    def said(self, text, lang="nl_NL"):
        return str(translated(self.env(context={"lang": lang}), text))

    def test_what_is_kept_of_a_sentence_comes_back_with_all_its_parts(self):
        text = _lt(
            "%(name)s: choose the employee to link to.",
            name=joined(", ", [_lt("wage"), 'Jan "de" \\ Boer', "50% \n x"]),
        )
        for lang in ("en_US", "nl_NL"):
            self.assertEqual(self.said(unpack(pack(text)), lang), self.said(text, lang))
        self.assertIn("kies de werknemer", self.said(text))
        self.assertIn("loon", self.said(text))

    def test_numbers_and_days_are_written_as_the_reader_writes_them(self):
        text = Text(
            "%(amount)s on %(day)s",
            {"amount": Number(1234.5), "day": date(2026, 3, 1)},
        )
        kept = unpack(pack(text))
        self.assertEqual(self.said(kept, "en_US"), "1,234.50 on 1 Mar 2026")
        self.assertEqual(self.said(kept), "1.234,50 on 1 mrt. 2026")

    def test_who_keeps_it_once_more_keeps_it_for_everybody(self):
        row = self.arrive(employment(1))
        row.problem = row.with_context(lang="nl_NL")._lt("Loket no longer gives it.")
        dutch = row.with_context(lang="nl_NL")
        dutch.problem = joined(" ", (dutch.problem, "Jan."))
        self.assert_reads(row, "problem", "no longer gives", "geeft dit")
        self.assertIn("Jan.", row.problem)

    def test_words_of_others_stay_as_they_are(self):
        row = self.arrive(employment(1))
        for words in ("Oude zin.", MARK + "no JSON", MARK + '"x"}', '{"say": 1}'):
            row.problem = words
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.both(row, "problem"), (words, words))

    def test_what_is_gone_is_called_as_it_was(self):
        job = self.env["hr.job"].create({"name": "Baker"})
        row = self.arrive(employment(1))
        row.problem = Name("record", ("hr.job", job.id), "Baker")
        job.unlink()
        self.assertEqual(self.both(row, "problem"), ("Baker", "Baker"))
        row.problem = Name("field", ("no.model", "no_field"), "Wage")
        self.assertEqual(self.both(row, "problem"), ("Wage", "Wage"))

    def test_it_is_found_by_what_its_reader_reads(self):
        first, second = self.arrive(employment(1), employment(2, "Kees"))
        first.problem = first._lt("Loket no longer gives it.")
        second.problem = "Oude zin."
        rows = first | second
        among = [("id", "in", rows.ids)]
        for lang, words, found in (
            ("en_US", "no LONGER", first),
            ("nl_NL", "niet MEER door", first),
            ("nl_NL", "no longer", rows.browse()),
            ("nl_NL", "say", rows.browse()),
            ("nl_NL", "oude", second),
            ("en_US", "", rows),
        ):
            search = rows.with_context(lang=lang).search
            self.assertEqual(search([*among, ("problem", "ilike", words)]), found)
            if words:
                rest = search([*among, ("problem", "not ilike", words)])
                self.assertEqual(rest, rows - found)
        self.assertEqual(rows.search([*among, ("problem", "=", False)]), rows.browse())

    def test_nobody_groups_by_what_is_kept(self):
        info = self.env["loket.employee"].fields_get(["problem", "name"])
        self.assertFalse(info["problem"]["groupable"])
        self.assertTrue(info["name"]["groupable"])

    def test_lines_are_told_apart_again(self):
        sentences = [_lt("Loket gives it again."), "Oud.", _lt("wage")]
        env = self.env(context={"lang": "nl_NL"})
        kept = translated(env, unpack(pack(joined("\n", sentences))))
        said = ["Loket geeft dit dienstverband weer door.", "Oud.", "loon"]
        self.assertEqual(lines_of(env, kept), said)
        self.assertEqual(kept, "\n".join(said))
        self.assertEqual(lines_of(env, "a\nb"), ["a", "b"])
        self.assertEqual(lines_of(env, False), [])


@tagged("post_install", "-at_install")
class TestKeptOfNights(BothLanguages, EmployeesCase):
    def test_a_night_in_english_is_read_in_dutch_and_back(self):
        rows = self.arrive(*(employment(n, f"Jan{n}") for n in range(1, 4)))
        rows.action_add()
        self.loket.change(1, department_name="Werkplaats")
        self.loket.people = self.loket.people[:2]
        self.loket.problems = [Problem(ref="", name="Kees", reason=_lt("is missing"))]
        self.loket.hidden = [_lt("Employments that have ended are hidden.")]
        run = self.sync()
        self.assert_reads(
            run, "message", "Employments that have ended", "Beëindigde dienstverbanden"
        )
        self.assert_reads(run, "message", "can't be read", "niet te lezen")
        self.assert_reads(
            self.connection, "last_error", "can't be read", "niet te lezen"
        )
        changed = run.line_ids.filtered(lambda line: line.new_value == "Werkplaats")
        labels = ("Department in Loket", "Afdeling in Loket")
        self.assertEqual(self.both(changed, "field_name"), labels)
        failed = run.line_ids.filtered(lambda line: line.kind == "failed")[:1]
        self.assertEqual(self.both(failed, "message"), ("is missing", "ontbreekt"))
        self.assert_all_is_kept_for_everybody("old_value", "new_value")

    def test_a_night_in_dutch_is_read_in_english(self):
        (row,) = self.arrive(employment(1))
        row.action_add()
        dutch = self.connection.with_context(lang="nl_NL")
        self.loket.people = []
        self.sync(dutch)
        self.assert_reads(
            self.connection, "last_error", "Nothing was changed", "niets gewijzigd"
        )

    def test_what_there_is_to_check_is_read_by_everybody(self):
        row = self.arrive(employment(1, distribution_unit="77"))
        row.with_context(lang="nl_NL").action_add()
        self.assert_reads(
            row, "check_reasons", "No department of Odoo", "Geen afdeling in Odoo"
        )

    def test_a_day_to_check_is_written_as_each_reader_writes_days(self):
        self.arrive(employment(1)).action_add()
        moved = employment(1, start_date=date(2024, 5, 1))
        row = self.arrive(moved)
        self.assert_reads(row, "check_reasons", "1 May 2024", "1 mei 2024")

    def test_what_failed_is_read_by_everybody(self):
        row = self.arrive(employment(1))
        row.write({"decision": "link"})
        row.with_context(lang="nl_NL").action_apply()
        self.assert_reads(row, "problem", "choose the employee", "kies de werknemer")

    def test_who_is_told_reads_it_in_a_language_of_theirs(self):
        user = self.connection.user_id or self.env.user
        user.lang = "nl_NL"
        self.connection.user_id = user
        self.arrive(employment(1))
        activity = self.connection.activity_ids[:1]
        self.assertIn("beoordelen", activity.summary + str(activity.note))

    def test_whatever_night_tells_it_is_in_the_language_of_whom_it_is_for(self):
        self.connection.period_type = "month"
        self.connection._responsible().lang = "nl_NL"
        english = self.env["loket.sync.run"].with_context(lang="en_US")
        run = english.create({"connection_id": self.connection.id})
        run._tell_words([_lt("Loket gives it again.")])
        with patch.object(
            type(self.env["loket.export"]), "_watches", side_effect=ValueError
        ):
            self.env["loket.export"].create(
                {"connection_id": self.connection.id, "year": 2026, "period": 9}
            )
            self.env["loket.export"].with_context(lang="en_US")._cron_late()
        told = self.connection.activity_ids
        self.assertEqual(len(told), 2)
        for activity in told:
            said = f"{activity.summary} {activity.note}"
            self.assertNotRegex(said, r"\b(is not known|gives it again|nobody is)\b")

    def test_who_has_no_role_in_loket_is_told_nothing_of_people(self):
        stranger = new_test_user(self.env, "loket-stranger", "base.group_system")
        vals = self.env["loket.sync.run"]._activity_vals(
            self.connection, stranger, _lt("wage"), "Jan Bakker"
        )
        self.assertNotIn("Jan", vals["note"])

    def test_a_warning_of_the_connection_is_read_by_everybody(self):
        dutch = self.connection.with_context(lang="nl_NL")
        rights = dutch._missing_rights([_lt("read employees")])
        dutch.warning = joined("\n", [*rights, "Oud."])
        self.assert_reads(
            self.connection, "warning", "lacks these rights", "mist deze rechten"
        )
        self.assert_reads(self.connection, "warning", "read employees", "werknemers")

    def test_who_is_deleted_is_forgotten_in_kept_sentences(self):
        name = 'Zus "Zo" Zeldzaam'
        first, second = self.arrive(employment(1), employment(2, "Kees"))
        first.action_add()
        first.employee_id.name = name
        other = "Kees Zeldzaam"
        several = "May be several: %(names)s"
        sentence = _lt(several, names=f"{other}, {name}, x\n{name}")
        second.problem = joined("\n", [sentence, _lt("Loket gives it again.")])
        check = {"key": "-", "text": pack(_lt(several, names=name)), "seen": False}
        second.checks = {"text": check}
        first.employee_id.unlink()
        self.env.cr.execute(
            "SELECT problem || checks::text FROM loket_employee WHERE id = %s",
            [second.id],
        )
        ((raw,),) = self.env.cr.fetchall()
        self.assertNotIn("Zus", raw)
        english, dutch = self.both(second, "problem")
        gone = f"{other}, (deleted), x\n(deleted)"
        self.assertEqual(english, f"May be several: {gone}\nLoket gives it again.")
        self.assertIn("weer door", dutch, "the sentence itself stays")
        self.assertEqual(second.check_reasons, "May be several: (deleted)")


@tagged("post_install", "-at_install")
class TestKeptOfFiles(BothLanguages, ExportCase):
    def test_a_dutch_clerk_looks_and_an_english_manager_reads(self):
        self._book(self.anna, 2, 8, work_entry_type_id=self.overtime.id)
        self._book(self.bram, 2, -2)
        self.overtime.with_context(lang="nl_NL").name = "Overwerk"
        export = self._export().with_context(lang="nl_NL")
        export.action_check()
        shown = {
            lang: "\n".join(
                export.with_context(lang=lang).left_out_ids.mapped("display_name")
                + export.with_context(lang=lang).warning_ids.mapped("display_name")
            )
            for lang in ("en_US", "nl_NL")
        }
        self.env.invalidate_all()
        self.assertIn(self.overtime.with_context(lang="en_US").name, shown["en_US"])
        self.assertNotIn("Overwerk", shown["en_US"])
        self.assertIn("Overwerk", shown["nl_NL"])
        self.assertIn("Negatieve uren op een component: component 1", shown["nl_NL"])
        self.assertIn("Negative hours on a component: component 1", shown["en_US"])

    def test_days_of_another_period_are_called_as_each_reader_calls_them(self):
        export = self._export().with_context(lang="nl_NL")
        period = export._payroll_period()
        warning = self.env["loket.export.warning"].create(
            {
                "export_id": export.id,
                "reason": "other_period",
                "detail": export._name_of_days(period),
            }
        )
        self.assertEqual(
            self.both(warning, "detail"),
            (
                "September 2026 (1 Sep 2026 - 30 Sep 2026)",
                "september 2026 (1 sep. 2026 - 30 sep. 2026)",
            ),
        )

    def test_dates_that_leave_a_gap_are_written_as_the_reader_writes_them(self):
        self.env["loket.period"].create(
            [
                {
                    "connection_id": self.connection.id,
                    "year": 2026,
                    "number": number,
                    "date_from": first,
                    "date_to": last,
                }
                for number, first, last in (
                    (9, "2026-09-01", "2026-09-30"),
                    (10, "2026-10-05", "2026-10-31"),
                )
            ]
        )
        dutch = self.connection.with_context(lang="nl_NL")
        with freeze_time("2026-10-20"):
            dutch.warning = joined("\n", dutch._period_warnings())
        self.assert_reads(self.connection, "warning", "5 Oct 2026", "5 okt. 2026")

    def test_why_a_file_was_not_mailed_is_read_by_everybody(self):
        self._book(self.anna, 1, 8)
        self.env["ir.mail_server"].create({"name": "Post", "smtp_host": "post.example"})
        export = self._generate().with_context(lang="nl_NL")
        with (
            patch.object(
                type(self.env["ir.mail_server"]),
                "_connect__",
                side_effect=ConnectionRefusedError,
            ),
            self.assertRaisesRegex(UserError, "antwoordt niet"),
        ):
            export._report(export._mail(self.env.user.partner_id))
        self.assert_reads(
            export.recipient_ids, "reason", "does not answer", "antwoordt niet"
        )


@tagged("post_install", "-at_install")
class TestKeptOfSendings(BothLanguages, PushCase):
    def test_what_is_asked_before_sending_is_read_by_everybody(self):
        self.other(self.anna_at, Decimal("1234.5"))
        export = self._generate()
        export.with_context(lang="nl_NL").action_push()
        self.assert_reads(export, "push_question", "something else", "iets anders")
        english, dutch = self.both(export, "push_question")
        self.assertIn("1,234.50", english)
        self.assertIn("1.234,50", dutch)

    def test_what_went_wrong_is_read_by_everybody(self):
        export = self._generate()
        self.data.errors = {"write": [LoketUnavailable(_lt("read employees"))]}
        export.with_context(lang="nl_NL").action_push()
        self.assertNotEqual(*self.both(export, "push_problem"))
        self.assertNotEqual(*self.both(export.sending_ids[:1], "words"))
