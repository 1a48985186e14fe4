# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom an employment may be of is worked out once, and never told of what was."""

import os
from collections import defaultdict
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import email_normalize

from ..models.employee import what_matching_reads as reads
from ..models.employee.loket_employee import LIVE
from ..people import match
from .common_employees import FakeGateway, employment
from .test_who_is_who import BORN, WhoIsWhoCase

TOLD = (
    "suggested_employee_id",
    "suggestion_reason",
    "suggestion_strength",
    "may_be_double",
)


class SuggestionsCase(WhoIsWhoCase):
    def told(self, rows, user=None):
        """What somebody who opens the list reads, as values."""
        self.env.flush_all()
        self.env.invalidate_all()
        return rows.with_user(user or self.env.user).read(TOLD, load=None)

    @contextmanager
    def working_out(self, times):
        """How often everybody is held against everybody."""
        with patch.object(reads, "find", side_effect=reads.find) as find:
            yield
        self.assertEqual(find.call_count, times)


@tagged("post_install", "-at_install")
class TestSuggestionsKept(SuggestionsCase):
    """Jan may be an employee by nothing but one thing, or somebody else is."""

    def setUp(self):
        super().setUp()
        bare = {"email": None, "work_email": None, "birthday": None}
        mail = {**bare, "email": "kees@thuis.example"}
        named = {**bare, "birthday": BORN}
        self.rows = self.arrive(
            employment(1, person={**named, "employee_number": None}),
            employment(2, "Kees", "Visser", person=mail),
            employment(3, "Kees", "Mulder", person=mail),
            employment(4, "Piet", "Smit", person={**bare, "employee_number": "77"}),
            employment(5, "Riet", "Kok", person=named),
            employment(7, "Ted", "Smit", person={**bare, "employee_number": None}),
        )
        self.jan, self.kees, self.rival, self.piet, self.riet, self.ted = self.rows
        self.bakker = self.make_employee(name="Jan Bakker", birthday=BORN)
        self.visser = self.make_employee(
            name="Kees", private_email="kees@thuis.example"
        )
        self.smit = self.make_employee(name="P. Smit", barcode="077")
        # Riet was linked before: by another administration, and by Loket's reference.
        (self.there,) = self.elsewhere(
            employment(6, "Riet", "Kok", person={**named, "employee_ref": "person-5"})
        )
        self.there.action_add()
        self.told(self.rows)

    def check_news(self, change):
        """A change is told at the next look; what is undone is not told any more."""
        before = self.told(self.rows)
        with self.env.cr.savepoint() as savepoint:
            change()
            rows = self.rows.exists()
            after = self.told(rows)
            with patch.object(reads, "_FOUND", {}):
                self.assertEqual(after, self.told(rows), "it is not what is so")
            self.assertNotEqual(after, before)
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        with self.working_out(0):
            self.assertEqual(self.told(self.rows), before)

    def check_all(self, changes):
        for number, change in enumerate(changes):
            with self.subTest(number=number):
                self.check_news(change)

    def sql(self, records, assignment, *values):
        """A change past Odoo."""
        self.env.cr.execute(
            f"UPDATE {records._table} SET {assignment} WHERE id = ANY(%s)",
            [*values, records.ids],
        )

    def test_an_opened_list_is_worked_out_once_whoever_opens_it(self):
        with patch.object(reads, "_FOUND", {}), self.working_out(1):
            first = self.told(self.rows)
            self.assertEqual(self.told(self.rows), first)
            self.assertEqual(self.told(self.rows[:2]), first[:2])
            self.told(self.rows, self.responsible)
        self.assertEqual(
            [row["suggested_employee_id"] for row in first],
            [self.bakker.id, False, False, self.smit.id]
            + [self.there.employee_id.id, False],
        )
        self.assertIn("somebody else in Loket", first[1]["suggestion_reason"])

    def test_an_address_that_is_plain_compares_as_odoo_reads_each(self):
        play = Random(5)
        for _text in range(300):
            signs = play.choices("aZ1.+-_@ <>", k=play.randint(1, 9))
            address = "".join(signs)
            plain = (email_normalize(address) or address).casefold()
            self.assertEqual(reads.email_key(address), plain, address)

    def test_each_field_of_an_employee_that_says_who_it_is(self):
        other = self.env["res.company"].create({"name": "Ander B.V."})
        newer = {"name": "Jan Bakker", "birthday": BORN}
        self.check_all(
            [
                lambda: self.bakker.write({"name": "Jan Jansen"}),
                lambda: self.bakker.write({"birthday": "1970-02-03"}),
                lambda: self.bakker.write({"birthday": False}),
                lambda: self.bakker.write({"company_id": other.id}),
                lambda: self.bakker.write({"company_id": self.branch.id}),
                self.bakker.action_archive,
                self.bakker.unlink,
                lambda: self.make_employee(**newer),
                lambda: self.make_employee(**newer, company_id=self.branch.id),
                lambda: self.visser.write({"private_email": False}),
                lambda: self.visser.write({"name": "Kees Visser"}),
                lambda: self.make_employee(name="P", work_email="kees@thuis.example"),
                lambda: self.bakker.write({"work_email": "kees@thuis.example"}),
                lambda: self.smit.write({"barcode": "78"}),
                lambda: self.smit.write({"name": "Willem"}),
                lambda: self.sql(self.bakker, "name = 'Jan Jansen'"),
                lambda: self.sql(self.bakker, "birthday = '1970-02-03'"),
                lambda: self.sql(self.bakker, "company_id = %s", other.id),
                lambda: self.sql(self.bakker, "active = FALSE"),
                lambda: self.sql(self.visser, "private_email = NULL"),
                lambda: self.sql(self.bakker, "work_email = 'kees@thuis.example'"),
                lambda: self.sql(self.smit, "barcode = '78'"),
                lambda: (
                    self.sql(self.branch, "parent_path = '1/', parent_id = 1")
                    or self.sql(self.bakker, "company_id = %s", self.branch.id)
                ),
            ]
        )

    def test_each_field_of_who_is_to_be_decided_on(self):
        jan, kees, rival, _piet, _riet, ted = self.rows.sudo()
        told = {"work_email": "kees@thuis.example"}
        tell = 'snapshot = snapshot || \'{"%s": "kees@thuis.example"}\''
        self.check_all(
            [
                lambda: jan.write({"name": "Jan Jansen"}),
                lambda: jan.write({"birthday": "1970-02-03"}),
                lambda: ted.write({"email": "kees@thuis.example"}),
                lambda: ted.write({"snapshot": {**ted.snapshot, **told}}),
                lambda: ted.write({"employee_number": "77"}),
                lambda: jan.write({"employee_ref": "person-5"}),
                # Of two who claim one employee, one decides of the other.
                lambda: rival.action_ignore(),
                lambda: rival.action_add(),
                lambda: rival.write({"in_loket": False}),
                lambda: rival.write({"email": False, "snapshot": {}}),
                lambda: kees.write({"name": "K. Mulder", "employee_ref": "person-3"}),
                lambda: self.link(rival, self.bakker),
                rival.unlink,
                lambda: self.sql(jan, "name = 'Jan Jansen'"),
                lambda: self.sql(jan, "birthday = '1970-02-03'"),
                lambda: self.sql(ted, "email = 'kees@thuis.example'"),
                lambda: self.sql(ted, tell % "work_email"),
                lambda: self.sql(ted, tell % "email"),
                lambda: self.sql(ted, "employee_number = '77'"),
                lambda: self.sql(jan, "employee_ref = 'person-5'"),
                lambda: self.sql(rival, "decision = 'ignore'"),
                lambda: self.sql(rival, "in_loket = FALSE"),
                lambda: self.sql(
                    rival, "decision = 'link', employee_id = %s", self.bakker.id
                ),
            ]
        )

    def test_each_field_of_who_is_linked_already(self):
        there, other = self.there.sudo(), self.there.connection_id
        elsewhere = self.env["res.company"].create({"name": "Ander B.V."})
        self.check_all(
            [
                lambda: there.write({"name": "Griet Bos", "birthday": "1970-02-03"}),
                lambda: there.write({"employee_ref": "person-1"}),
                lambda: there.action_reset(),
                lambda: there.write({"employee_id": self.smit.id}),
                lambda: other.write({"active": False}),
                lambda: there.write({"in_loket": False}),
                lambda: self.sql(there, "name = 'Griet', birthday = '1970-02-03'"),
                lambda: self.sql(there, "employee_ref = 'person-1'"),
                lambda: self.sql(there, "decision = 'pending', employee_id = NULL"),
                lambda: self.sql(there, "employee_id = %s", self.smit.id),
                lambda: (
                    self.sql(
                        there, "company_id = %s, employee_ref = NULL", elsewhere.id
                    )
                    or self.sql(there, "name = 'Griet'")
                ),
                lambda: (
                    self.sql(
                        self.jan, "connection_id = %s, employee_ref = 'x'", other.id
                    )
                    or self.sql(self.jan, "name = 'Riet Kok'")
                ),
            ]
        )

    def test_an_employment_that_begins_earlier_or_later(self):
        """Of those under one reference, the last one says who somebody is."""
        again = self.env["loket.employee"].create(
            {
                "connection_id": self.there.connection_id.id,
                "employment_ref": "again",
                "employee_ref": "person-5",
                "name": "Riet Kok",
                "birthday": BORN,
                "start_date": "2020-01-01",
                "decision": "link",
                "employee_id": self.smit.id,
            }
        )
        self.told(self.rows)
        self.check_all(
            [
                lambda: again.sudo().write({"start_date": "2025-01-01"}),
                lambda: self.sql(again, "start_date = '2025-01-01'"),
            ]
        )

    def test_who_is_not_to_be_decided_on_takes_nobody_s_suggestion(self):
        """Not even while both are on the screen: it is no claim."""
        self.rival.sudo().in_loket = False
        alone = self.told(self.kees)
        self.assertEqual(alone[0]["suggested_employee_id"], self.visser.id)
        kees, rival = self.told(self.kees | self.rival)
        self.assertEqual(kees, alone[0])
        self.assertFalse(rival["suggested_employee_id"], "Kees claims him too")
        self.assertTrue(rival["may_be_double"])

    def test_two_who_are_not_to_be_decided_on_are_not_added_twice_unasked(self):
        twice = {"email": None, "work_email": None, "employee_number": None}
        rows = self.arrive(
            *(
                employment(n, "Bob", "Boer", person={**twice, "employee_ref": f"b{n}"})
                for n in (11, 12)
            ),
            employment(13, "Wim", "Boer", person=twice),
        )
        rows.sudo().in_loket = False
        rows.action_add()
        self.assertEqual(rows.mapped("decision"), ["pending", "pending", "add"])

    def test_a_form_that_is_not_saved_is_told_of_what_it_says(self):
        form = self.env["loket.employee"].new(origin=self.jan)
        self.assertEqual(form.suggested_employee_id._origin, self.bakker)
        form.name = "Jan Jansen"
        form.birthday = False
        self.assertFalse(form.suggested_employee_id)
        self.assertFalse(self.env["loket.employee"].new({}).suggestion_reason)

    def test_what_is_kept_names_nobody(self):
        with patch.object(reads, "_FOUND", {}) as kept:
            self.told(self.rows)
            (found,) = kept.values()
        words = {
            part
            for finding in found.values()
            for part in finding
            if isinstance(part, str)
        }
        self.assertEqual(words, {"birthday", "claimed", "number", "same"})
        self.assertLessEqual({type(id_) for id_ in found}, {int})


@tagged("post_install", "-at_install")
class TestSuggestionsAtRandom(SuggestionsCase):
    """What the database reads at once is what the records tell, one by one."""

    SEEDS, STEPS = (40 if os.environ.get("LOKET_LONG") else 2), 12
    NAMES = ("Jan Bakker", "J. Bakker", "Jan de Boer", "Kees Visser", "Kees", "Ann Bos")
    DAYS = (False, "1980-01-01", "1980-01-01", "1990-05-05")
    MAILS = (False, False, "a@b.nl", "A@b.nl", "Jan <c@d.nl>", "d@e.nl")
    NUMBERS = (False, "7", "007", "8", "77", "")

    def test_what_is_told_is_what_the_records_tell(self):
        for seed in range(self.SEEDS):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self.play(Random(seed))
                self.env.flush_all()
                savepoint.rollback()
            self.env.invalidate_all()

    def play(self, random):
        self.random = random
        self.links = self.connection
        for company, name in ((self.company, "Tweede"), (self.branch, "Derde")):
            self.links |= self.connect(FakeGateway(), company, name)
        self.staff = self.env["hr.employee"].create(
            [self.employee_vals() for _ in range(12)]
        )
        self.jobs = self.env["loket.employee"].sudo().search([])
        self.jobs |= self.jobs.create([self.job_vals(n) for n in range(25)])
        does = [self.employee, self.employee, self.job, self.job, self.links_somebody]
        does += [self.link_is_off]
        for _step in range(self.STEPS):
            random.choice(does)()
            self.env.flush_all()
            self.env.invalidate_all()
            for company in self.company | self.branch:
                told = reads.found_for(company)
                self.assertEqual(told, self.plainly(company))

    def pick(self, *values):
        return self.random.choice(values)

    def employee_vals(self):
        return {
            "name": self.pick(*self.NAMES),
            "birthday": self.pick(*self.DAYS),
            "work_email": self.pick(*self.MAILS),
            "private_email": self.pick(*self.MAILS),
            "company_id": self.pick(self.company, self.company, self.branch).id,
            "active": self.random.random() < 0.8,
        }

    def job_vals(self, number):
        link = self.pick(*self.links)
        return {
            "connection_id": link.id,
            "employment_ref": f"random-{number}",
            "employee_ref": self.pick(False, *"abcdef"),
            "employee_number": self.pick(*self.NUMBERS),
            "name": self.pick(*self.NAMES),
            "birthday": self.pick(*self.DAYS),
            "email": self.pick(*self.MAILS),
            "snapshot": self.pick(
                False, {}, {"work_email": self.pick(*self.MAILS[1:]) or None}
            ),
            "start_date": self.pick(False, "2020-01-01", "2025-01-01"),
            "in_loket": self.random.random() < 0.85,
            "decision": self.pick("pending", "pending", "pending", "add", "ignore"),
        }

    def employee(self):
        vals = self.employee_vals()
        self.pick(*self.staff).write({name: vals[name] for name in self.some(vals)})

    def job(self):
        vals = self.job_vals(0)
        for name in ("connection_id", "employment_ref", "decision"):
            del vals[name]
        self.pick(*self.jobs).write({name: vals[name] for name in self.some(vals)})

    def some(self, vals):
        return self.random.sample(sorted(vals), 2)

    def links_somebody(self):
        job = self.pick(*self.jobs)
        of_it = self.staff.filtered(
            lambda one: job.company_id in one.company_id.parent_ids
        )
        if job.employee_id or not of_it:
            job.write({"decision": "pending", "employee_id": False})
        else:
            job.write({"decision": "link", "employee_id": self.pick(*of_it).id})

    def link_is_off(self):
        link = self.pick(*self.links)
        link.active = not link.active

    # === THE PLAIN WAY === #

    def plainly(self, company):
        """The same, read record by record."""
        jobs, everybody = self.env["loket.employee"].sudo(), self.env["hr.employee"]
        unlinked = jobs.search(
            [("company_id", "=", company.id), ("employee_id", "=", False)]
        )
        to_decide = unlinked.filtered_domain(LIVE & Domain("decision", "!=", "ignore"))
        links, known = defaultdict(list), defaultdict(list)
        for row in jobs.search(LIVE)._plain():
            links[row.employee_id].append(row)
        linked = jobs.search(
            [("company_id", "child_of", company.id), ("employee_id", "!=", False)]
        )
        gone = linked.filtered(
            lambda row: not row.employee_id.loket_employee_ids._live()
        )
        for row in (*gone._plain(), *linked._live()._plain()):
            known[row.employee_ref].append(row)
        everybody = everybody.sudo().with_context(active_test=False)
        matcher = match.Matcher(
            match.Candidate(
                one.id,
                one.barcode,
                (reads.email_key(one.work_email), reads.email_key(one.private_email)),
                one.birthday or None,
                one.name,
                tuple(links[one.id]),
            )
            for one in everybody.search(
                [("company_id", "child_of", company.id)], order="name, id"
            )
        )
        among_all = match.suggestions(list(unlinked._people()), matcher, known)
        among_few = match.suggestions(list(to_decide._people()), matcher, known)
        return among_all | among_few
