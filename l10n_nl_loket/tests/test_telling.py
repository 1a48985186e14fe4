# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom the night tells what, in which language, and how often."""

from odoo.tests import new_test_user, tagged

from ..gateway import LoketUnavailable, Problem, UnknownWord
from ..models.connection.loket_connection import DECIDE
from ..models.sync.loket_sync_run_tell import TROUBLE
from ..models.told import as_read_by
from .common_employees import EmployeesCase, employment


@tagged("post_install", "-at_install")
class TestTelling(EmployeesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.env["ir.module.module"].search(
            [("name", "=", "l10n_nl_loket")]
        )._update_translations(["nl_NL"])
        cls.dutch = new_test_user(
            cls.env,
            "loket-dutch",
            "l10n_nl_loket.group_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="nl_NL",
        )

    def night(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("l10n_nl_loket.ir_cron_loket_sync")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def activities(self, kind):
        return self.connection.activity_search([kind])

    def run_of_tonight(self):
        return self.env["loket.sync.run"].search(
            [("connection_id", "=", self.connection.id)], limit=1
        )

    def test_when_all_is_decided_nothing_asks_for_it_any_more(self):
        self.connection.user_id = self.dutch
        self.arrive(employment(1))
        self.loket.people = [employment(1), employment(2, "Kees")]
        self.night()
        rows = self.connection.loket_employee_ids
        self.assertTrue(self.activities(DECIDE))
        rows[0].action_add()
        self.assertTrue(self.activities(DECIDE))
        rows[1].action_ignore()
        self.assertFalse(self.activities(DECIDE))

    def test_the_night_speaks_the_language_of_who_is_responsible(self):
        self.connection.user_id = self.dutch
        row = self.arrive(employment(1))
        row.action_add()
        self.loket.people = [
            employment(1, department_name="Werkplaats"),
            employment(2, "Kees"),
        ]
        self.night()
        decide = self.activities(DECIDE).filtered(lambda one: one.user_id == self.dutch)
        self.assertNotIn("employments", str(decide.note))
        lines = self.run_of_tonight().line_ids.with_context(lang="nl_NL")
        labels = lines.mapped("field_name")
        self.assertIn("Afdeling in Loket", labels)
        self.loket.people = []
        self.night()
        dutch = self.connection.with_context(lang="nl_NL")
        self.assertNotIn("Nothing was changed", dutch.last_error)

    def test_what_nobody_looks_after_stays_in_the_language_it_is_in(self):
        dutch = self.connection.with_context(lang="nl_NL")
        self.assertEqual(as_read_by(dutch, self.env["res.users"]).env.lang, "nl_NL")

    def test_one_open_activity_whatever_the_language(self):
        self.arrive(employment(1))
        self.env = self.env(context={**self.env.context, "lang": "nl_NL"})
        self.connection = self.connection.with_env(self.env)
        self.arrive(employment(1), employment(2, "Kees"))
        self.assertEqual(len(self.activities(DECIDE)), 1)

    def test_trouble_is_told_once_and_is_over_with_a_good_synchronisation(self):
        self.loket.error = LoketUnavailable("Loket is down.")
        self.night()
        self.night()
        self.assertEqual(len(self.activities(TROUBLE)), 1)
        self.assertIn("failed", self.activities(TROUBLE).summary)
        self.loket.error = None
        self.night()
        self.assertFalse(self.activities(TROUBLE))

    def test_other_trouble_replaces_what_was_told(self):
        rows = self.arrive(*(employment(n, f"Jan{n}") for n in range(1, 4)))
        rows.action_add()
        self.loket.error = LoketUnavailable("Loket is down.")
        self.night()
        self.loket.error = None
        self.loket.people = []
        self.night()
        told = self.activities(TROUBLE)
        self.assertEqual(len(told), 1)
        self.assertIn("vanished", told.summary)
        self.assertIn("Jan1", told.note)

    def test_a_good_synchronisation_leaves_what_is_to_decide(self):
        self.arrive(employment(1))
        self.sync()
        self.assertEqual(len(self.activities(DECIDE)), 1)

    def test_what_loket_writes_stays_text_in_an_activity(self):
        nasty = '<a href="http://kwaad.example">x</a><img src="http://kwaad.example/x">'
        told = {
            "a fault": lambda: self.loket.problems.append(
                Problem(ref="bad", name=nasty, reason="The name is too long")
            ),
            "a word": lambda: self.loket.change(
                1,
                unknown_words=(UnknownWord(choice="gender", word=nasty),),
                person={"last_name": "http://kwaad.example/foto.png"},
            ),
        }
        self.arrive(employment(1))
        for what, happens in told.items():
            with self.subTest(what):
                happens()
                self.sync()
                notes = "".join(self.connection.activity_ids.mapped("note"))
                self.assertIn("kwaad.example", notes)
                self.assertNotIn("<a", notes)
                self.assertNotIn("<img", notes)

    def test_an_error_that_is_told_stays_text(self):
        self.loket.error = LoketUnavailable("See http://kwaad.example <b>now</b>")
        self.night()
        note = self.activities(TROUBLE).note
        self.assertIn("kwaad.example", note)
        self.assertNotIn("<a", note)
        self.assertNotIn("<b>", note)
