# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A night that is planned part by part is the one that is planned at once."""

import gc
import random
from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from odoo.addons.l10n_nl_loket.gateway import Employments, Problem, UnknownWord
from odoo.addons.l10n_nl_loket.people import quiet
from odoo.addons.l10n_nl_loket.people.known import Contract, Row
from odoo.addons.l10n_nl_loket.people.names import number_key
from odoo.addons.l10n_nl_loket.people.night import plan_night
from odoo.addons.l10n_nl_loket.people.one_person import shared_number
from odoo.addons.l10n_nl_loket.people.parts import Ties, plan_parts

from .company import ELSEWHERE, START, TODAY, employee, job, known_of, linked, row

LATER = TODAY + timedelta(days=40)
SOMEBODY = range(1, 13)
WORDS = [UnknownWord(choice="gender", word=word) for word in ("Dame", "Heer")]


def in_parts(known, answer, limit=20, size=1, beyond=()):
    """(the plan part by part, what the next nights rest on, the parts)"""
    ties = Ties(record.employment_ref for record in in_loket_s_order(answer))
    for record in answer.records:
        person, number = record.person, record.payroll_number
        ties.add(record.employment_ref, person.employee_number, number)
    for one in known.rows:
        ties.add(
            one.employment_ref, one.employee_number, one.payroll_number, one.employee_id
        )
    parts = ties.parts(size)

    def read(refs):
        return part_of(known, answer, set(refs))

    found = plan_parts(parts, ties.places, read, limit, TODAY, beyond)
    return *(found or (None, None)), parts


def in_loket_s_order(answer):
    """Also what can't be read has a place."""

    class Unread:
        def __init__(self, problem):
            self.employment_ref = problem.ref

    return [*map(Unread, answer.problems), *answer.records]


def part_of(known, answer, refs):
    """What is known, and what Loket gives, of some: as the models read it."""
    records = [one for one in answer.records if one.employment_ref in refs]
    rows = [one for one in known.rows if one.employment_ref in refs]
    numbers = {number_key(one.person.employee_number) for one in records} - {""}
    employees = {one.employee_id for one in rows}
    elsewhere = [
        one
        for one in known.elsewhere
        if (one.is_live and number_key(one.employee_number) in numbers)
        or one.employee_id in employees
    ]
    employees = {key: one for key, one in known.employees.items() if key in employees}
    problems = [one for one in answer.problems if one.ref in refs]
    return (
        replace(known, rows=rows, elsewhere=elsewhere, employees=employees),
        Employments(records=tuple(records), problems=tuple(problems)),
    )


def in_short(one):
    """All of a plan of somebody, but for the row."""
    told = {field.name: getattr(one, field.name) for field in fields(one)}
    return {**told, "row": one.row and one.row.id}


def check(known, jobs, problems=(), limit=20, size=1, beyond=()):
    """The plan part by part, held against the one at once; None where it gives up."""
    answer = Employments(records=tuple(jobs), problems=tuple(problems))
    refs = {one.employment_ref for one in (*known.rows, *jobs)}
    known, _all = part_of(known, answer, refs)
    plain = plan_night(known, answer, limit)
    plan, stays, _parts = in_parts(known, answer, limit, size, beyond)
    if plan is None:
        assert plain.vanished or plain.of("missing")
        return None
    assert not (plain.vanished or plain.of("missing"))
    moving = [
        one
        for one in plain.rows
        if not one.is_still or (one.row and one.row.id in beyond)
    ]
    assert [in_short(one) for one in plan.rows] == [in_short(one) for one in moving]
    assert plan.still == len(plain.rows) - len(moving)
    assert lacking(plan) == lacking(plain)
    assert list(plan.unknown_words.items()) == list(plain.unknown_words.items())
    assert quiet.is_much(plan, limit) == quiet.is_much(plain, limit)
    at_once = quiet.Staying(TODAY)
    at_once.add(known, answer.records, {one.row.id for one in moving if one.row})
    nobody = replace(known, rows=(), elsewhere=(), employees={})
    for one in (nobody, known):
        assert stays.days_with(one) == at_once.days_with(one)
        assert stays.is_settled_with(one) == at_once.is_settled_with(one)
    assert stays.count == at_once.count == len(answer.records)
    return plan


def lacking(plan):
    return {
        part: [one.row.employment_ref for one in plans]
        for part, plans in plan.lacking.items()
    }


def parts(known, jobs, size=1):
    """The parts of a night, as sets of numbers."""
    answer = Employments(records=tuple(jobs))
    *_plan, read = in_parts(known, answer, size=size)
    return [{int(ref.split("-")[1]) for ref in refs} for refs in read]


# === WHO CONCERNS WHOM === #


def test_whoever_has_nothing_in_common_is_of_another_part():
    known = known_of([linked(n) for n in SOMEBODY])
    jobs = [job(n) for n in SOMEBODY]

    assert parts(known, jobs) == [{n} for n in SOMEBODY]
    assert parts(known, jobs, size=5) == [
        {1, 2, 3, 4, 5},
        {6, 7, 8, 9, 10},
        {11, 12},
    ]
    assert check(known, jobs).still == 12


def numbered(number, personnel_number, **values):
    return job(number, {"employee_number": personnel_number}, **values)


def test_the_number_that_one_has_and_another_is_told_ties_them():
    """And the clash is the one that is found over all."""
    rows = [linked(1, told=numbered(1, "7")), linked(2), linked(3)]
    jobs = [numbered(1, "7"), job(2), numbered(3, "007")]
    known = known_of(rows)

    assert parts(known, jobs) == [{1, 3}, {2}]
    plan = check(known, jobs)
    assert [bool(one.problem) for one in plan.rows] == [True, True]


def test_the_number_of_who_can_t_be_read_ties_too():
    rows = [linked(1, told=numbered(1, "7")), linked(2)]
    jobs = [job(3), numbered(2, "7")]
    problem = Problem(ref="job-1", name="Jan", reason="Bad")

    plan = check(known_of(rows), jobs, [problem])

    assert [one.kind for one in plan.rows] == ["unreadable", "new", "known"]
    assert plan.rows[2].problem


def test_the_payroll_number_that_was_another_s_ties_them():
    """Also of one whom Loket gives no longer."""
    rows = [linked(1, in_loket=False), linked(2), linked(3)]
    jobs = [job(2, payroll_number=1), job(3)]
    known = known_of(rows)

    assert parts(known, jobs) == [{1, 2}, {3}]
    plan = check(known, jobs)
    assert [one.is_other_person for one in plan.rows] == [True]


def test_one_employee_ties_employments():
    """So the later one tells the name, and the earlier one begins no contract."""
    later = job(2, {"first_name": "Piet"}, start_date=date(2026, 2, 1))
    told = job(2, start_date=date(2026, 2, 1))
    rows = [linked(1), linked(2, 1, told=told), linked(3)]
    jobs = [job(1, {"first_name": "Kees"}), later, job(3)]
    known = known_of(rows)

    assert parts(known, jobs) == [{1, 2}, {3}]
    plan = check(known, jobs)
    assert [bool(one.person) for one in plan.rows] == [False, True]


def test_a_chain_of_ties_is_one_part():
    """Of a number, a payroll number and an employee; the ends come first and last."""
    rows = [
        linked(1, told=numbered(1, "7")),
        linked(2),
        linked(3, told=job(3, payroll_number=30)),
        linked(4, 3),
        linked(5),
    ]
    jobs = [
        numbered(1, "7"),
        job(2),
        job(4),
        job(3, payroll_number=30),
        numbered(5, "7", payroll_number=30),
    ]
    known = known_of(rows)

    assert parts(known, jobs) == [{1, 3, 4, 5}, {2}]
    check(known, jobs)


@pytest.mark.parametrize("seed", range(10))
def test_ties_hold_over_chains_of_any_length(seed):
    dice = random.Random(f"ties {seed}")
    ends = list(range(1, 61))
    dice.shuffle(ends)
    links = list(pairwise(ends))
    del links[29]  # two chains of thirty
    links = [(one, other, key) for key, (one, other) in enumerate(links, 1)]
    dice.shuffle(links)
    ties = Ties(map(str, range(1, 61)))
    for one, other, key in links:
        kind = key % 3
        keys = [None, None, None]
        keys[kind] = str(key) if kind == 0 else key
        ties.add(str(one), *keys)
        ties.add(str(other), *keys)

    found = {frozenset(map(int, refs)) for refs in ties.parts(1)}

    assert found == {frozenset(ends[:30]), frozenset(ends[30:])}


def test_two_whom_a_person_let_pass_pass_in_parts():
    rows = [linked(n, told=numbered(n, "7")) for n in (1, 2)]
    jobs = [numbered(1, "7"), numbered(2, "7")]
    known = known_of(rows, shared={shared_number(*rows)})

    assert check(known, jobs).still == 2


# === WHAT IS COUNTED OVER ALL === #


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("limit", [20, 33, 34, 100])
def test_a_brake_counts_the_people_of_all_parts(count, limit):
    rows = [linked(n) for n in range(1, 16)]
    jobs = [job(n, {"city": "Ede"} if n <= count else {}) for n in range(1, 16)]

    plan = check(known_of(rows), jobs, limit=limit)

    assert any(one.held for one in plan.rows) == (count == 5 and limit < 34)


def test_of_a_name_all_waits_in_all_parts():
    """Who gets another first name waits, when too many get other last names."""

    def naming(_name, first_name, last_names):
        return {"firstname": first_name, "lastname": last_names}

    rows = [linked(n) for n in SOMEBODY]
    people = [employee(n, firstname=f"Jan{n}", lastname="Bakker") for n in SOMEBODY]
    jobs = [
        job(n, {"last_name": "Smit"} if n < 6 else {"first_name": f"Kees{n}"})
        for n in range(1, 10)
    ]
    jobs += [job(n) for n in (10, 11, 12)]

    plan = check(known_of(rows, employees=people, naming=naming), jobs, limit=40)

    assert ["firstname" in one.held for one in plan.rows] == 5 * [False] + 4 * [True]
    assert ["lastname" in one.held for one in plan.rows] == 5 * [True] + 4 * [False]


@pytest.mark.parametrize("count", [4, 5, 11, 12])
def test_a_list_lacks_whom_all_parts_lack(count):
    rows = [linked(n, told=job(n, shift=2)) for n in SOMEBODY]
    nothing = {"parts": frozenset(("wage", "place"))}
    jobs = [job(n, **(nothing if n <= count else {"shift": 2})) for n in SOMEBODY]

    plan = check(known_of(rows), jobs, limit=40)

    assert ("hours" in plan.lacking) == (count > 4)


def test_a_list_lacks_the_only_one_whom_it_had():
    rows = [linked(1, told=job(1, shift=2)), linked(2)]
    nothing = {"parts": frozenset(("wage", "place"))}

    assert check(known_of(rows), [job(1, **nothing), job(2)]).lacking
    rows[1] = linked(2, told=job(2, shift=2))
    plan = check(known_of(rows), [job(1, **nothing), job(2, shift=2)])
    assert not plan.lacking


def test_who_is_missing_is_looked_at_over_all():
    rows = [linked(n) for n in SOMEBODY]

    assert check(known_of(rows), [job(n) for n in SOMEBODY if n != 12]) is None


def test_a_problem_of_nobody_who_is_known_is_looked_at_over_all():
    """Each part would tell it."""
    known = known_of([linked(n) for n in SOMEBODY])
    stray = Problem(ref="", name="?", reason="Bad")

    def read(refs):
        jobs = tuple(job(n) for n in SOMEBODY if f"job-{n}" in refs)
        rows = [one for one in known.rows if one.employment_ref in refs]
        return (
            replace(known, rows=rows),
            Employments(records=jobs, problems=(stray,)),
        )

    ties = Ties(f"job-{n}" for n in SOMEBODY)
    assert plan_parts(ties.parts(5), ties.places, read, 20, TODAY) is None


def test_of_a_word_that_says_nothing_the_first_is_named():
    """In Loket's order, though that is not the one of the parts."""
    first, second = WORDS
    jobs = [
        numbered(1, "7"),
        job(2, {"unknown_words": (second,)}),
        numbered(3, "7", unknown_words=(second, first)),
        job(4, {"unknown_words": (first,)}),
    ]

    plan = check(known_of([linked(n) for n in (1, 2, 3, 4)]), jobs)

    assert list(plan.unknown_words.items()) == [
        (second, "Jan2 Bakker"),
        (first, "Jan3 Bakker"),
    ]


def test_plans_are_in_loket_s_order_by_kind():
    rows = [linked(n, told=numbered(n, f"{n % 3}")) for n in (1, 2, 4, 5, 6)]
    jobs = [numbered(n, f"{n % 3}", end_date=LATER) for n in (6, 3, 5, 2, 7, 4)]
    problems = [
        Problem(ref="job-9", name="Jan", reason="Bad"),
        Problem(ref="job-1", name="Jan", reason="Bad"),
    ]

    plan = check(known_of(rows), jobs, problems)

    order = [one.row.employment_ref if one.row else one.name for one in plan.rows]
    assert order == [
        *("Jan", "job-1"),
        *("Jan3 Bakker", "Jan7 Bakker"),
        *("job-6", "job-5", "job-2", "job-4"),
    ]


def test_who_is_linked_beyond_the_company_is_not_left_alone():
    rows = [linked(n) for n in SOMEBODY]
    jobs = [job(n) for n in SOMEBODY]

    plan = check(known_of(rows), jobs, beyond={rows[3].id})

    assert [one.row for one in plan.rows] == [rows[3]]


def test_days_of_who_changes_are_those_of_afterwards():
    """And those of an employee of whom nothing is read again stay."""
    ends = employee(1, Contract(100, START, LATER))
    known = known_of([linked(1), linked(2)], employees=[ends])
    _plan, stays, _parts = in_parts(
        known, Employments(records=(job(1, {"city": "Ede"}), job(2)))
    )
    nobody = replace(known, rows=(), elsewhere=(), employees={})
    now = replace(nobody, employees={1: employee(1)})

    assert stays.days_with(nobody) == {LATER, LATER + timedelta(days=1)}
    assert stays.days_with(now) == set()


def test_one_who_waits_keeps_the_night_from_being_settled():
    waits = row(12, problem="No number.")
    known = known_of([*(linked(n) for n in SOMEBODY if n < 12), waits])
    _plan, stays, _parts = in_parts(
        known, Employments(records=tuple(job(n) for n in SOMEBODY)), beyond={12}
    )
    nobody = replace(known, rows=())

    assert stays.is_settled_with(nobody)  # it is read again
    assert not stays.is_settled_with(replace(known, rows=[waits]))
    gone = known_of([linked(1), row(2, in_loket=False, vanished_on=TODAY)])
    _plan, stays, _parts = in_parts(gone, Employments(records=(job(1),)))
    assert not stays.is_settled_with(nobody)


def test_what_stays_as_it_is_is_forgotten_before_long():
    """However many there are, no more than two parts are in memory at a time."""
    many = range(1, 28)
    answer = Employments(records=tuple(job(n) for n in many))
    ties, most = Ties(f"job-{n}" for n in many), 0

    def alive():
        gc.collect()
        return sum(isinstance(one, Row) for one in gc.get_objects())

    def read(refs):
        nonlocal most
        most = max(most, alive() - before)
        rows = [linked(n) for n in many if f"job-{n}" in refs]
        return part_of(known_of(rows), answer, set(refs))

    before = alive()
    plan, _stays = plan_parts(ties.parts(3), ties.places, read, 20, TODAY)

    assert plan.still == 27
    assert 3 <= most <= 6


# === RANDOM COMPANIES === #


@pytest.mark.parametrize("seed", range(150))
def test_random_companies_are_planned_the_same_both_ways(seed):
    dice = random.Random(f"parts {seed}")
    known, jobs, problems = random_company(dice)
    check(
        known,
        jobs,
        problems,
        limit=dice.choice((20, 50, 100, 100)),
        size=dice.randint(1, 4),
        beyond={one.id for one in known.rows if dice.random() < 0.05},
    )


def random_company(dice):
    """(what Odoo knows, what Loket gives, what can't be read of it)"""
    told = {n: random_job(dice, n) for n in SOMEBODY}
    rows, jobs, problems = [], [], []
    for number, before in told.items():
        if dice.random() < 0.85:
            rows.append(random_row(dice, number, before))
        if dice.random() < 0.05 and not (rows and rows[-1].in_loket):
            continue
        if dice.random() < 0.08:
            problems.append(Problem(ref=f"job-{number}", name="Jan", reason="Bad"))
            continue
        jobs.append(before if dice.random() < 0.6 else random_job(dice, number))
    dice.shuffle(jobs)
    elsewhere = [
        random_row(dice, n, random_job(dice, n), ELSEWHERE)
        for n in SOMEBODY
        if dice.random() < 0.3
    ]
    return known_of(rows, elsewhere), jobs, problems


def random_job(dice, number):
    person = {
        "employee_ref": f"person-{dice.choice((number, number, number, 3))}",
        "employee_number": str(dice.choice((number, number, dice.randint(1, 12), ""))),
        "city": dice.choice(("Utrecht", "Utrecht", "Ede")),
        "unknown_words": dice.sample(WORDS, dice.choice((0, 0, 0, 1, 2))),
    }
    has_place = dice.random() < 0.8
    return job(
        number,
        person,
        payroll_number=dice.choice((number, number, dice.randint(0, 12))),
        end_date=dice.choice((None, None, LATER, date(2026, 2, 1))),
        department_name="Verkoop" if has_place else None,
        parts=frozenset(("hours", "wage", *(["place"] if has_place else []))),
    )


def random_row(dice, number, before, connection=None):
    values = {
        "decision": dice.choice(("add", "add", "add", "link", "pending", "ignore")),
        "in_loket": dice.random() < 0.95,
        "to_apply": dice.random() < 0.1,
        "problem": "Bad" if dice.random() < 0.1 else None,
    }
    if values["decision"] in ("add", "link") or dice.random() < 0.1:
        values["employee_id"] = dice.choice((number, number, dice.randint(1, 12)))
    if connection:
        values["connection"] = connection
    return row(number, told=before, **values)


def test_random_companies_are_planned_in_parts():
    """Else the tests above would hold nothing against anything."""
    counts = Counter()
    for seed in range(150):
        known, jobs, problems = random_company(random.Random(f"parts {seed}"))
        answer = Employments(records=tuple(jobs), problems=tuple(problems))
        plan, _stays, read = in_parts(known, answer, limit=100)
        counts["parts"] += len(read)
        counts.update(one.kind for one in plan.rows if plan)
        counts["other"] += sum(one.is_other_person for one in plan.rows)
        counts["problem"] += sum(bool(one.problem) for one in plan.rows)
        counts["still"] += plan.still
    assert counts["parts"] > 450
    assert min(counts[kind] for kind in ("new", "other", "problem", "still")) > 50
