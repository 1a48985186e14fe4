# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night may not do unasked: too much at once, and to somebody else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.gateway import Problem, UnknownWord
from odoo.addons.l10n_nl_loket.people.brake import (
    json_value,
    keys_of,
    still_waits,
    with_the_rest,
)
from odoo.addons.l10n_nl_loket.people.contracts import ContractChange
from odoo.addons.l10n_nl_loket.people.known import Change, Contract
from odoo.addons.l10n_nl_loket.people.limits import end_change, lets_go

from .company import ELSEWHERE, START, TODAY, employee, job, linked, night, plan_of, row

END = date(2026, 6, 30)
EVERYBODY = range(1, 13)


def everybody(**values):
    return [linked(number, **values) for number in EVERYBODY]


def held_on(rows, plan):
    """The rows as they are after a night in which something waited."""
    return [replace(one, held=plan_of(plan, one.payroll_number).vals.get("held"))
            for one in rows]  # fmt: skip


# === TOO MUCH AT ONCE === #


@pytest.mark.parametrize(
    ("kind", "person", "values"),
    [
        ("name", {"last_name": "Iedereen"}, {}),
        ("private_street", {"street": None}, {}),
        ("private_city", {"city": "Zwolle"}, {}),
        ("private_country_id", {"country_code": "BE"}, {}),
        ("private_phone", {"phone": None}, {}),
        ("birthday", {"birthday": date(1970, 1, 1)}, {}),
        ("contract_date_end", {}, {"end_date": END}),
        ("payroll_number", {}, {"payroll_number": 0}),
    ],
)
def test_a_kind_of_change_for_too_many_waits_and_passes_when_told(kind, person, values):
    jobs = [job(number, person, **values) for number in EVERYBODY]
    jobs[0] = replace(jobs[0], shift=2)
    plan = night(jobs, rows := everybody())
    for planned in plan.rows:
        assert kind in planned.held
        assert planned.person == {}
        assert planned.contracts == ()
        assert not planned.row_changes.keys() - {"shift"}
    assert plan_of(plan, 1).vals["shift"] == 2, "the rest goes on"

    again = night(jobs, waiting := held_on(rows, plan))
    assert all(kind in planned.held for planned in again.rows)
    assert not any("held" in planned.vals for planned in again.rows)

    passed = night(jobs, waiting, lets_pass=True)
    assert not any(planned.held for planned in passed.rows)
    assert all(planned.vals["held"] is None for planned in passed.rows)
    assert all(p.person or p.contracts or p.row_changes for p in passed.rows)


@pytest.mark.parametrize(
    ("changed", "people", "waits"),
    [(5, 24, True), (5, 25, False), (4, 4, False), (5, 5, True), (6, 29, True)],
)
def test_more_than_the_limit_and_at_least_five(changed, people, waits):
    jobs = [job(n, {"city": "Zwolle"} if n <= changed else None)
            for n in range(1, people + 1)]  # fmt: skip
    plan = night(jobs, [linked(n) for n in range(1, people + 1)])
    assert any(planned.held for planned in plan.rows) == waits


def test_filling_what_was_empty_is_no_overwriting_but_an_end_is():
    jobs = [job(number, {"email": "x@y.example"}) for number in EVERYBODY]
    plan = night(jobs, everybody())
    assert not any(planned.held for planned in plan.rows)
    assert plan_of(plan, 1).person["private_email"].new == "x@y.example"


def test_two_jobs_of_one_person_count_once():
    jobs, rows = [], []
    for number in range(1, 11):
        person = (number + 1) // 2
        changed = {
            "employee_ref": f"person-{person}",
            "first_name": f"Jan{person}",
            "birthday": date(1980, 1, person),
        }
        jobs.append(job(number, changed, end_date=END if person < 5 else None))
        rows.append(linked(number, person, told=job(number, changed)))
    plan = night(jobs, rows)
    assert not any(planned.held for planned in plan.rows), "four people"


def test_what_is_another_value_by_now_waits_again():
    jobs = [job(number, end_date=END) for number in EVERYBODY]
    waiting = held_on(rows := everybody(), night(jobs, rows))
    later = [job(number, end_date=date(2027, 1, 1)) for number in EVERYBODY]
    plan = night(later, waiting, lets_pass=True)
    assert all(planned.held for planned in plan.rows)


def test_while_the_end_of_one_job_waits_the_contract_of_the_person_does():
    same = {"employee_ref": "person-1", "birthday": date(1980, 1, 1)}
    second = job(20, same)
    rows = [*everybody(), linked(20, 1, told=second)]
    jobs = [*(job(number, end_date=END) for number in EVERYBODY),
            replace(second, end_date=END)]  # fmt: skip
    plan = night(jobs, rows)
    assert not any(planned.contracts for planned in plan.rows)


def test_what_loket_emptied_is_not_forgotten_while_it_waits():
    jobs = [job(number, {"phone": None}) for number in EVERYBODY]
    plan = night(jobs, rows := everybody())
    assert plan_of(plan, 1).snapshot == rows[0].snapshot


def test_a_correction_of_everybody_in_odoo_is_not_undone_unasked():
    others = [employee(number, private_city="Zeist") for number in EVERYBODY]
    plan = night(list(map(job, EVERYBODY)), everybody(), employees=others)
    assert all("private_city" in planned.held for planned in plan.rows)


def test_an_end_that_everybody_has_in_odoo_is_not_undone_unasked():
    others = [employee(n, Contract(n * 100, START, END)) for n in EVERYBODY]
    plan = night(list(map(job, EVERYBODY)), everybody(), employees=others)
    for planned in plan.rows:
        assert planned.held == {"contract_date_end": (END, None)}
        assert planned.contracts == ()
    there = linked(20, 1, connection=ELSEWHERE)
    plan = night(list(map(job, EVERYBODY)), everybody(), [there], others)
    assert plan_of(plan, 1).contracts == (), "also of who works elsewhere too"


def test_one_whom_a_number_stops_waits_with_the_others():
    others = [employee(n, Contract(n * 100, START, END)) for n in EVERYBODY]
    number = {"employee_number": "77"}
    jobs = [job(n, number if n < 3 else None) for n in EVERYBODY]
    plan = night(jobs, everybody(), employees=others)
    assert plan_of(plan, 1).problem
    assert not any(planned.contracts for planned in plan.rows)


def test_what_does_not_wait_goes_on_beside_what_does():
    changed = {"city": "Zwolle", "email": "x@y.example"}
    jobs = [job(number, changed, end_date=END) if number == 1
            else job(number, {"city": "Zwolle"}) for number in EVERYBODY]  # fmt: skip
    planned = plan_of(night(jobs, everybody()), 1)
    assert planned.held.keys() == {"private_city"}
    assert planned.person == {"private_email": (None, "x@y.example")}
    assert planned.contracts == ((100, {"contract_date_end": (None, END)}),)


@pytest.mark.parametrize("what_waits", ["private_city", "contract_date_end"])
def test_what_follows_on_an_end_that_waits_does_not_begin(what_waits):
    ended = {"end_date": date(2025, 12, 31)}
    city = "Zwolle" if what_waits == "private_city" else "Utrecht"
    odoo = date(2025, 12, 31) if what_waits == "private_city" else None
    jobs = [job(number, {"city": city}, **ended) for number in EVERYBODY]
    same = {"employee_ref": "person-1", "birthday": date(1980, 1, 1), "city": city}
    again = job(20, same, start_date=date(2026, 1, 1))
    rows = [linked(n, told=job(n, **ended)) for n in EVERYBODY]
    employees = [employee(n, Contract(n * 100, START, odoo)) for n in EVERYBODY]
    plan = night(
        jobs + [again], [*rows, linked(20, 1, told=again)], employees=employees
    )
    assert what_waits in plan_of(plan, 2).held
    assert plan_of(plan, 20).begins_contract is (what_waits == "private_city")


def test_of_those_who_wait_only_what_was_agreed_on_passes():
    jobs = [job(number, {"city": "Zwolle"}) for number in EVERYBODY]
    waiting = held_on(rows := everybody(), night(jobs, rows))
    later = [jobs[0], *(job(number, {"city": "Breda"}) for number in EVERYBODY[1:])]
    plan = night(later, waiting, lets_pass=True)
    assert plan_of(plan, 1).person == {"private_city": ("Utrecht", "Zwolle")}
    assert not plan_of(plan, 1).held
    assert plan_of(plan, 2).held == {"private_city": ("Utrecht", "Breda")}
    assert not plan_of(plan, 2).person


def test_what_waits_is_kept_with_what_there_is():
    old, person = date(2026, 4, 30), {"birthday": date(1970, 1, 1)}
    jobs = [job(n, person, payroll_number=0, end_date=END) for n in EVERYBODY]
    rows = [linked(n, told=job(n, end_date=old)) for n in EVERYBODY]
    others = [employee(n, Contract(n * 100, START, old)) for n in EVERYBODY]
    plan = night(jobs, rows, employees=others)
    for number, planned in zip(EVERYBODY, plan.rows, strict=True):
        assert planned.held == {
            "birthday": (date(1980, 1, number), date(1970, 1, 1)),
            "contract_date_end": (old, END),
            "payroll_number": (number, 0),
        }


def test_an_end_that_is_that_of_a_temporary_contract_now_passes_whole():
    later = date(2027, 1, 31)
    temporary = {"contract_type": "temporary", "appointed_until": later}
    rows = [linked(n, told=job(n, end_date=END, **temporary)) for n in EVERYBODY]
    others = [employee(n, Contract(n * 100, START, END)) for n in EVERYBODY]
    jobs = [job(n, **temporary) for n in EVERYBODY]
    plan = night(jobs, rows, employees=others)
    assert all(p.held == {"contract_date_end": (END, later)} for p in plan.rows)
    plan = night(jobs, held_on(rows, plan), employees=others, lets_pass=True)
    for planned in plan.rows:
        assert not planned.held
        assert planned.vals["end_date"] is None
        assert planned.vals["contract_end_date"] == later


def test_it_passes_whole_beside_others_whose_end_waits_again():
    later, other = date(2027, 1, 31), date(2027, 6, 30)
    kind = {"contract_type": "temporary"}
    temporary = {**kind, "appointed_until": later}
    rows = [linked(n, told=job(n, end_date=END, **temporary)) for n in EVERYBODY]
    known = [employee(n, Contract(n * 100, START, END)) for n in EVERYBODY]
    jobs = [job(n, **temporary) for n in EVERYBODY]
    waiting = held_on(rows, night(jobs, rows, employees=known))
    again = [job(n, **kind, appointed_until=other) for n in range(1, 7)]
    plan = night([*again, *jobs[6:]], waiting, employees=known, lets_pass=True)
    for planned in plan.rows[:6]:
        assert planned.held == {"contract_date_end": (END, other)}
    for planned in plan.rows[6:]:
        assert not planned.held
        assert planned.vals["end_date"] is None


def test_an_end_that_was_that_of_a_temporary_contract_is_no_other_day():
    temporary = {"contract_type": "temporary", "appointed_until": END}
    rows = [linked(n, told=job(n, **temporary)) for n in EVERYBODY]
    known = [employee(n, Contract(n * 100, START, END)) for n in EVERYBODY]
    jobs = [job(n, end_date=END, **temporary) for n in EVERYBODY]
    plan = night(jobs, rows, employees=known)
    assert all(p.held == {"contract_date_end": (END, END)} for p in plan.rows)


def test_who_is_new_hides_nobody_who_changes():
    jobs = [job(20), *(job(n, {"city": "Zwolle"}) for n in EVERYBODY)]
    plan = night(jobs, everybody())
    assert all(planned.held for planned in plan.of("known"))


def test_who_changes_alone_goes_on_beside_those_who_were_let_pass():
    jobs = [job(number, end_date=END) for number in EVERYBODY]
    waiting = held_on(rows := everybody(), night(jobs, rows))
    later = date(2027, 1, 1)
    plan = night([job(1, end_date=later), *jobs[1:]], waiting, lets_pass=True)
    assert not any(planned.held for planned in plan.rows)
    assert plan_of(plan, 1).contracts == ((100, {"contract_date_end": (None, later)}),)


@pytest.mark.parametrize("name", ["contract_end_date", "end_date"])
def test_an_end_of_an_employment_counts_where_no_contract_changes(name):
    changes = {name: Change(None, END)}
    assert end_change(changes, (), END) == Change(None, END)
    assert end_change({name: Change(END, None)}, (), None) == Change(END, None)
    assert end_change({"shift": Change(0, 2)}, (), END) is None
    later = date(2027, 1, 1)
    contract = ContractChange(1, {"contract_date_end": Change(later, END)})
    start = ContractChange(2, {"contract_date_start": Change(later, END)})
    assert end_change(changes, [start, contract], END) == Change(later, END)


def test_an_end_that_passes_waits_for_that_of_the_other_job_of_the_person():
    """What Odoo has is the end of both, so it is not told before both are agreed on."""
    old, later = date(2026, 4, 30), date(2027, 1, 1)
    same = {"employee_ref": "person-1", "birthday": date(1980, 1, 1)}
    second = job(20, same, end_date=date(2026, 3, 31))
    rows = [linked(n, told=job(n, end_date=old)) for n in EVERYBODY]
    rows.append(linked(20, 1, told=second))
    others = [employee(n, Contract(n * 100, START, old)) for n in EVERYBODY]
    jobs = [*(job(n, end_date=END) for n in EVERYBODY), replace(second, end_date=END)]
    waiting = held_on(rows, night(jobs, rows, employees=others))
    changed = [jobs[0], *(job(n, end_date=later) for n in EVERYBODY[1:])]
    changed.append(replace(second, end_date=later))
    plan = night(changed, waiting, employees=others, lets_pass=True)
    assert plan_of(plan, 1).vals["end_date"] == END
    assert plan_of(plan, 1).contracts == ()
    assert plan_of(plan, 1).held == {"contract_date_end": (old, END)}
    changed[-1] = jobs[-1]
    plan = night(changed, waiting, employees=others, lets_pass=True)
    assert plan_of(plan, 1).contracts == ((100, {"contract_date_end": (old, END)}),)


def test_what_waits_on_one_employment_waits_for_the_person():
    changes = {name: Change("a", "b") for name in ("name", "private_city", "sex")}
    links = [linked(1, held={"private_street": None}), linked(2, 1)]
    waits = still_waits(links, changes, {"name"})
    assert waits.keys() == {"private_city"}, "half an address is a wrong one"
    assert not still_waits([linked(2, 1)], changes, {"name"})


# === WHO IS GONE === #


def test_who_vanished_before_counts_until_somebody_agrees():
    rows = everybody()
    gone = [replace(one, in_loket=False, vanished_on=END) for one in rows[:2]]
    jobs = [job(number) for number in range(4, 13)]
    assert night(jobs, [*gone, *rows[2:]]).vanished
    agreed = [replace(one, vanished_on=None) for one in gone]
    plan = night(jobs, [*agreed, *rows[2:]])
    assert not plan.vanished
    assert plan_of(plan, 3).vals["vanished_on"]
    assert plan_of(plan, 3).problem


def test_who_vanished_before_is_one_of_those_who_were_there():
    rows = everybody()[:10]
    gone = replace(rows[0], in_loket=False, vanished_on=END)
    plan = night([job(n) for n in range(3, 11)], [gone, *rows[1:]])
    assert not plan.vanished, "two of ten, not of eight"


def test_who_is_not_linked_is_not_counted():
    plan = night(
        [job(n) for n in range(3, 11)], [*everybody()[:5], *map(row, range(6, 11))]
    )
    assert plan.vanished, "two of five"
    jobs = [job(n, {"city": "Zwolle"} if n <= 5 else None) for n in range(1, 26)]
    plan = night(jobs, [*(linked(n) for n in range(1, 25)), row(25)])
    assert any(planned.held for planned in plan.rows), "five of 24"


def test_once_somebody_agreed_those_of_before_count_no_more():
    rows = everybody()
    gone = [replace(one, in_loket=False, vanished_on=END) for one in rows[:2]]
    waits = replace(rows[3], held={"in_loket": False})
    jobs = [job(number) for number in range(5, 13)]
    rows = [*gone, rows[2], waits, *rows[4:]]
    assert night(jobs, rows).vanished
    assert not night(jobs, rows, lets_pass=True).vanished


def test_those_are_gone_of_whom_one_waits_to_be_and_somebody_lets_it_pass():
    waits, other = row(1, held={"in_loket": False}), row(2, held={"name": "Jan"})
    assert lets_go([other, waits], True)
    assert not lets_go([other, waits], False)
    assert not lets_go([other, row(3)], True)


def test_beside_a_name_what_else_is_too_much_waits_too():
    def naming(name, first_name, last_names):
        return {"name": name, "legal_name": name}

    jobs = [job(n, {"last_name": "Kok", "city": "Zwolle"}) for n in EVERYBODY]
    for planned in night(jobs, everybody(), naming=naming).rows:
        assert planned.held.keys() == {"name", "legal_name", "private_city"}


def test_who_may_be_gone_is_no_problem():
    rows = [replace(one, held={"in_loket": False}) for one in everybody()[:4]]
    plan = night([job(1)], rows, lets_pass=True)
    assert len(plan.of("missing")) == 3
    for planned in plan.of("missing"):
        assert planned.problem is None
        assert planned.vals == {"in_loket": False, "held": None}


def test_who_waits_to_be_gone_is_not_gone_before_somebody_said_so():
    waits = replace(linked(1), held={"in_loket": False})
    jobs = [job(number) for number in EVERYBODY[1:]]
    planned = plan_of(night(jobs, [waits, *everybody()[1:]]), 1)
    assert planned.problem and planned.vals["vanished_on"]
    planned = plan_of(night(jobs, everybody(), lets_pass=True), 1)
    assert planned.problem and planned.vals["vanished_on"], "not of this one"


def test_an_answer_without_anybody_is_no_answer():
    assert night([], [row(1)]).vanished
    assert not night([], [row(1, in_loket=False)]).vanished


# === WHAT IS NOT TOLD === #

NOTHING = {"shift": None, "hours_per_week": None, "parts": frozenset()}


def test_a_row_missing_in_a_list_is_no_empty_value():
    told = job(1, shift=2, department_name="Winkel", wage=Decimal(3000))
    now = job(1, parts=frozenset())
    (planned,) = night([now], [linked(1, told=told)]).rows
    assert not planned.vals
    assert planned.snapshot == linked(1, told=told).snapshot
    assert planned.kept == {"hours", "wage", "place"}


def test_an_empty_row_is_news():
    told = job(1, shift=2, department_name="Winkel")
    (planned,) = night([job(1)], [linked(1, told=told)]).rows
    assert planned.vals["department_name"] is None
    assert planned.vals["shift"] == 0


def test_today_is_of_the_employment_and_who_is_ignored_needs_no_list():
    for values in ({"start_date": TODAY}, {"end_date": TODAY}):
        told = job(1, shift=2, **values)
        now = job(1, **NOTHING, **values)
        (planned,) = night([now], [linked(1, told=told)]).rows
        assert planned.kept == planned.knows == {"hours"}
    (planned,) = night([now], [row(1, told=told, decision="ignore")]).rows
    assert planned.kept == planned.knows == frozenset()


def test_of_who_has_left_or_has_yet_to_begin_no_list_tells():
    for values in ({"end_date": date(2025, 1, 1)}, {"start_date": END}):
        told = job(1, shift=2, **values)
        (planned,) = night([job(1, **NOTHING, **values)], [linked(1, told=told)]).rows
        assert not planned.vals
        assert not planned.kept


@pytest.mark.parametrize(("count", "is_fault"), [(12, True), (5, True), (4, False)])
def test_a_list_that_lacks_everybody_or_too_many_is_a_fault(count, is_fault):
    rows = [linked(n, told=job(n, shift=2)) for n in EVERYBODY]
    jobs = [job(n, **(NOTHING if n <= count else {"shift": 2})) for n in EVERYBODY]
    plan = night(jobs, rows)
    assert (len(plan.lacking.get("hours", ())) == count) == is_fault


def test_an_unknown_word_keeps_gender_and_kind_of_contract():
    told = job(1, {"gender": "female"}, contract_type="temporary", appointed_until=END)
    words = (UnknownWord(choice="gender", word="Dame"),)
    person = {"gender": None, "unknown_words": words}
    now = job(1, person, contract_type=None, appointed_until=END)
    her = employee(1, sex="female")
    plan = night([now], [linked(1, told=told)], employees=[her])
    (planned,) = plan.rows
    assert not planned.vals
    assert not planned.person
    assert plan.unknown_words == {words[0]: "Jan1 Bakker"}


def test_who_can_t_be_read_is_planned_with_the_reference():
    problem = Problem(ref="job-9", name="Jan", reason="Bad")
    (planned,) = night([job(1)], problems=[problem]).of("unreadable")
    assert (planned.ref, planned.name, planned.problem) == ("job-9", "Jan", "Bad")


# === SOMEBODY ELSE === #


@pytest.mark.parametrize(
    ("person", "is_other"),
    [
        ({"employee_ref": "kees"}, True),
        ({"last_name": "Visser"}, False),
        ({"birthday": date(1970, 1, 1)}, False),
        ({"last_name": "Visser", "birthday": date(1970, 1, 1)}, True),
        ({"last_name": "Visser", "birthday": None}, True),
    ],
)
def test_a_reference_that_may_be_somebody_else_s(person, is_other):
    changed = job(1, {"city": "Zwolle", **person}, shift=2)
    plan = night([changed, job(2, {"city": "Zwolle"})], [linked(1), linked(2)])
    planned = plan_of(plan, 1)
    assert planned.is_other_person == is_other
    assert bool(planned.problem) == is_other
    assert bool(planned.person) == (not is_other)
    if is_other:
        assert planned.vals.keys() == {"other_person"}
        assert planned.vals["other_person"]["shift"] == 2
        assert planned.kind == "known"
        assert planned.name == "Jan1 Bakker"
        assert "employment of Jan1 Bakker to another" in planned.problem
        name = f"Jan1 {person.get('last_name', 'Bakker')}"
        assert f"birth date: {name}." in planned.problem
    assert plan_of(plan, 2).person


@pytest.mark.parametrize("decision", ["ignore", "add", "link"])
def test_a_decision_is_not_carried_out_for_somebody_else(decision):
    decided = row(1, decision=decision, problem="Broken", to_apply=True)
    (planned,) = night([job(1, {"employee_ref": "kees"})], [decided]).rows
    assert planned.is_other_person
    assert not planned.retries


def test_what_waited_is_no_longer_asked_about_somebody_else():
    waits = linked(1, held={"private_city": "Zwolle"})
    (planned,) = night([job(1, {"employee_ref": "kees"})], [waits]).rows
    assert planned.vals["held"] is None


def test_who_waits_for_a_decision_may_be_anybody():
    (planned,) = night([job(1, {"employee_ref": "kees"})], [row(1)]).rows
    assert not planned.problem
    assert planned.vals["employee_ref"] == "kees"


def test_who_waits_for_a_decision_hides_nobody_who_became_somebody_else():
    other = {"employee_ref": "kees"}
    plan = night([job(1, other), job(2, other)], [row(1), linked(2)])
    assert not plan_of(plan, 1).is_other_person
    assert plan_of(plan, 2).is_other_person


def numbered(number, payroll_number):
    return replace(job(number), payroll_number=payroll_number)


def test_swapped_numbers_wait_until_both_are_decided():
    jobs = [numbered(1, 2), numbered(2, 1)]
    plan = night(jobs, [linked(1), linked(2)])
    assert all(planned.is_other_person for planned in plan.rows)
    assert (
        "Jan1 Bakker payroll number 2, which was that of Jan2 Bakker."
        in plan_of(plan, 1).problem
    )
    first = linked(1, payroll_number=2)  # somebody said: the same person
    second = linked(2, other_person=plan_of(plan, 2).vals["other_person"])
    first_plan, second_plan = night(jobs, [first, second]).rows
    assert not first_plan.is_other_person
    assert second_plan.is_other_person
    assert "tells of Jan2 Bakker or of somebody else." in second_plan.problem


def test_a_number_that_was_somebody_s_waits_also_when_that_one_moved_on():
    jobs = [numbered(1, 2), numbered(2, 3)]
    plan = night(jobs, [linked(1), linked(2)])
    first, second = plan.rows
    assert (first.is_other_person, second.is_other_person) == (True, False)
    waits = linked(1, other_person=first.vals["other_person"])
    first, _second = night(jobs, [waits, linked(2, payroll_number=3)]).rows
    assert first.is_other_person, "still"


def test_a_number_of_one_s_own_other_job_or_a_free_one_is_taken_over():
    same = replace(job(2), person=job(1).person)
    jobs = [numbered(1, 2), replace(same, payroll_number=9)]
    plan = night(jobs, [linked(1), linked(2, 1, told=same)])
    assert not any(planned.is_other_person for planned in plan.rows)
    assert plan.rows[0].vals["payroll_number"] == 2


def test_a_number_of_a_job_that_is_told_to_be_one_s_own_tonight_is_taken_over():
    born = date(1980, 1, 1)
    own = job(2, {"first_name": "Jan1", "birthday": born})
    rows = [linked(1, told=job(1, {"birthday": None})), linked(2, 1, told=own)]
    plan = night([numbered(1, 2), replace(own, payroll_number=9)], rows)
    assert not plan.rows[0].is_other_person


def test_what_waits_is_kept_as_json():
    assert json_value(END) == "2026-06-30"
    assert json_value(None) is None


# === WHAT WAITS TOGETHER === #

ADDRESS = {
    "private_street",
    "private_street2",
    "private_zip",
    "private_city",
    "private_state_id",
    "private_country_id",
}
NAMES = {"name", "legal_name"}


@pytest.mark.parametrize("fact", [ADDRESS, NAMES])
def test_of_an_address_or_a_name_all_waits_or_nothing(fact):
    changed = {*ADDRESS, *NAMES, "sex", "private_phone"}
    for kind in fact:
        assert with_the_rest([kind], changed, NAMES) == fact
        assert with_the_rest([kind, "sex"], changed, NAMES) == {*fact, "sex"}


def test_only_what_changes_waits():
    assert with_the_rest(["private_city", "sex"], ["private_zip"], NAMES) == set()
    assert with_the_rest(["private_zip"], ["private_zip", "sex"], NAMES) == {
        "private_zip"
    }
    assert with_the_rest(["sex"], ["sex", *ADDRESS, *NAMES], NAMES) == {"sex"}


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("name", {"name", "given_name", "last_names"}),
        ("legal_name", {"name", "given_name", "last_names"}),
        ("private_street", {"street"}),
        ("private_street2", {"location"}),
        ("private_zip", {"zip"}),
        ("private_city", {"city"}),
        ("private_country_id", {"country_code"}),
        ("private_email", {"email"}),
        ("private_phone", {"phone"}),
        ("birthday", {"birthday"}),
        ("sex", {"gender"}),
        ("contract_date_end", {"contract_end", "end_date"}),
        ("private_state_id", set()),  # Loket tells none
    ],
)
def test_what_loket_told_of_a_kind_of_change(kind, keys):
    assert keys_of([kind], NAMES) == keys
    assert keys_of([kind, "sex"], NAMES) == {*keys, "gender"}
