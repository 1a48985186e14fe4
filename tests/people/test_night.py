# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night changes, before anything is written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.gateway import Problem
from odoo.addons.l10n_nl_loket.gateway.records import Shift
from odoo.addons.l10n_nl_loket.people.checks import country_check, start_check
from odoo.addons.l10n_nl_loket.people.known import Contract
from odoo.addons.l10n_nl_loket.people.one_person import shared_number
from odoo.addons.l10n_nl_loket.people.privacy import NOT_KEPT
from odoo.addons.l10n_nl_loket.people.snapshot import EMPLOYEE_FIELDS

from .company import (
    ELSEWHERE,
    HERE,
    START,
    TODAY,
    employee,
    job,
    linked,
    night,
    plan_of,
    row,
)

END = date(2026, 6, 30)


def kinds(plan):
    return [planned.kind for planned in plan.rows]


# === WHICH ROWS THERE ARE === #


def test_a_quiet_night_plans_nothing_to_write():
    plan = night([job(1), job(2)], [linked(1), linked(2)])
    for planned in plan.rows:
        assert planned.kind == "known"
        assert planned.name == planned.row.name
        assert not planned.vals
        assert not planned.person
        assert not planned.contracts
        assert not planned.problem
        assert not planned.checks
        assert not planned.held
        assert not planned.comes
        assert not planned.place_changed
        assert not planned.begins_contract


def test_who_stays_the_same_is_still_and_nobody_else():
    others = {
        "a problem": linked(2, problem="It failed."),
        "not carried out": linked(3, to_apply=True),
        "something to come": linked(4, to_come="wage"),
        "something to look at": linked(5, checks={"hourly": {"seen": True}}),
        "a department": linked(6, check_department=True),
        "back": linked(7, in_loket=False),
        "held before": linked(8, held={"private_city": "Ede"}),
    }
    jobs = [job(1), *(job(number) for number in range(2, 9))]
    undecided = [row(9), row(10, decision="ignore", **NOT_KEPT)]
    rows = [linked(1), *others.values(), *undecided]
    plan = night([*jobs, job(9), job(10), job(11)], rows)

    assert [
        one.row and one.row.payroll_number for one in plan.rows if one.is_still
    ] == [
        1,
        9,
        10,
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"person": {"city": "Ede"}},
        {"end_date": END},
        {"job_title": "Bakker"},
        {"department_name": "Winkel"},
        {"person": {"country_code": "XX"}},
        {"person": {"work_email": "jan@example.com"}},
        {"shift": 3},
    ],
)
def test_whoever_loket_tells_anything_else_of_is_not_still(told):
    (planned,) = night([job(1, **told)], [linked(1)]).rows

    assert not planned.is_still


def test_who_is_missing_or_can_not_be_read_or_lacks_a_part_is_not_still():
    rows = [linked(number, told=job(number, wage=Decimal(3))) for number in (1, 2, 3)]
    problem = Problem(ref="job-2", name="Jan2", reason="No start.")
    plan = night([job(3)], rows, problems=[problem], limit=90)

    assert not any(planned.is_still for planned in plan.rows)


def test_what_stays_the_same_is_kept_once():
    known = linked(1)
    (planned,) = night([job(1)], [known]).rows

    assert planned.snapshot is known.snapshot


def test_who_is_new_gets_a_row_with_all_that_loket_tells():
    (planned,) = night([job(7)]).rows
    assert (planned.kind, planned.row) == ("new", None)
    assert planned.vals["employment_ref"] == "job-7"
    assert planned.vals["snapshot"]["city"] == "Utrecht"
    assert planned.name == "Jan7 Bakker"


def test_every_row_has_one_plan():
    plan = night(
        [job(1), job(3)],
        [row(1), row(2), row(4)],
        problems=[
            Problem(ref="job-4", name="Jan4", reason="No last name"),
            Problem(ref="job-9", name="Piet", reason="No last name"),
        ],
    )
    assert sorted(kinds(plan)) == [
        "known", "missing", "new", "unreadable", "unreadable",
    ]  # fmt: skip
    assert plan_of(plan, 2).kind == "missing"
    assert plan_of(plan, 4).problem == "No last name"


def test_who_is_missing_is_said_to_be_and_nothing_is_ended():
    (planned,) = night([], [linked(1)], limit=100).rows
    assert planned.vals == {"in_loket": False, "vanished_on": TODAY}
    assert "no longer gives" in planned.problem
    assert not planned.contracts


def test_of_an_undecided_one_too_it_is_kept_since_when_it_is_missing():
    (planned,) = night([], [row(1)], limit=100).rows
    assert planned.vals == {"in_loket": False, "vanished_on": TODAY}
    assert planned.name == "Jan1 Bakker"
    assert "no longer gives" in planned.problem


def test_who_is_ignored_may_go_unsaid():
    (planned,) = night([], [row(1, decision="ignore")], limit=100).rows
    assert planned.vals == {"in_loket": False}
    assert planned.problem is None


def test_who_cant_be_read_is_there_all_the_same():
    problem = Problem(ref="job-1", name="", reason="No last name")
    gone = linked(1, in_loket=False, vanished_on=TODAY, held={"in_loket": False})
    (planned,) = night([], [gone], problems=[problem]).rows
    assert planned.vals == {"in_loket": True, "vanished_on": None, "held": None}
    assert (planned.name, planned.problem) == ("job-1", "No last name")
    named = replace(problem, name="Jan1")
    (planned,) = night([], [linked(1, held={"name": "Jan"})], problems=[named]).rows
    assert planned.vals == {}, "what else waits goes on waiting"
    assert planned.name == "Jan1"


def test_who_is_missing_already_is_not_missed_again():
    assert not night([], [row(1, in_loket=False)]).rows


@pytest.mark.parametrize(("limit", "refused"), [(20, False), (19, True), (0, True)])
def test_more_vanished_than_the_limit_and_nothing_at_all_is_planned(limit, refused):
    rows = [linked(number) for number in range(1, 6)]
    changed = job(1, {"city": "Zwolle"})
    plan = night([changed, *map(job, (2, 3, 4))], rows, limit=limit)
    assert bool(plan.vanished) == refused
    assert bool(plan.rows) == (not refused)


def test_vanished_employments_that_nobody_linked_are_no_reason_to_stop():
    plan = night([job(1)], [linked(1), row(2), row(3)])
    assert not plan.vanished
    assert len(plan.of("missing")) == 2


def test_who_comes_back_is_in_loket_again():
    gone = linked(1, in_loket=False, vanished_on=TODAY, problem="Gone")
    (planned,) = night([job(1)], [gone]).rows
    assert planned.vals == {"in_loket": True, "vanished_on": None}
    assert not planned.row_changes, "no news to a person"
    assert not planned.problem


# === WHAT A ROW GETS === #


def test_a_row_that_waits_for_a_decision_keeps_all_that_loket_tells():
    (planned,) = night([job(1, {"city": "Zwolle"}, shift=2)], [row(1)]).rows
    assert planned.vals["shift"] == 2
    assert planned.vals["snapshot"]["city"] == "Zwolle"
    assert planned.row_changes == {"shift": (0, 2)}
    assert not planned.updates_employee


def test_the_snapshot_of_a_linked_row_waits_until_it_is_taken_over():
    (planned,) = night([job(1, {"city": "Zwolle"})], [linked(1)]).rows
    assert "snapshot" not in planned.vals
    assert planned.snapshot["city"] == "Zwolle"


def test_that_it_is_the_same_person_after_all_is_no_news():
    waited = linked(1, other_person={"name": "Kees"})
    (planned,) = night([job(1)], [waited]).rows
    assert planned.vals == {"other_person": None}
    assert not planned.row_changes


# === WHAT AN EMPLOYEE GETS === #


def test_name_address_and_end_are_planned_with_old_and_new():
    changed = job(1, {"city": "Zwolle", "last_name": "Visser"}, end_date=END)
    (planned,) = night([changed], [linked(1)]).rows
    assert planned.updates_employee
    assert planned.person == {
        "name": ("Jan1 Bakker", "Jan1 Visser"),
        "legal_name": ("Jan1 Bakker", "Jan1 Visser"),
        "private_city": ("Utrecht", "Zwolle"),
    }
    assert planned.contracts == ((100, {"contract_date_end": (None, END)}),)


def test_what_loket_emptied_is_emptied_and_what_it_never_knew_stays():
    before = job(1, {"city": None})
    now = job(1, {"city": None, "phone": None})
    (planned,) = night([now], [linked(1, told=before)]).rows
    assert planned.person == {"private_phone": ("030 1234567", None)}


def test_a_correction_in_odoo_is_undone():
    corrected = employee(1, private_city="Zeist")
    (planned,) = night([job(1)], [linked(1)], employees=[corrected]).rows
    assert planned.person == {"private_city": ("Zeist", "Utrecht")}


def test_of_two_employments_the_one_that_started_last_tells_the_address():
    later = date(2025, 1, 1)
    same = {"employee_ref": "person-1", "city": "Breda"}
    second = job(2, same, start_date=later)
    plan = night([job(1), second], [linked(1), linked(2, 1, told=second)])
    assert not plan_of(plan, 1).person
    assert plan_of(plan, 2).person["private_city"] == ("Utrecht", "Breda")


SAME = {
    "employee_ref": "person-1",
    "first_name": "Jan1",
    "birthday": date(1980, 1, 1),
}


@pytest.mark.parametrize("connection", [HERE, ELSEWHERE])
def test_what_loket_emptied_while_somebody_went_over_is_emptied(connection):
    """The old employment is gone, and the new one never had an address."""
    empty = {**SAME, "street": None, "city": None, "phone": None, "country_code": None}
    new = job(2, empty, start_date=date(2026, 2, 1))
    old = linked(1, connection=connection, in_loket=False)
    here = [old] if connection is HERE else []
    there = [] if here else [old]
    rows = [*here, linked(2, 1, told=new)]
    planned = plan_of(night([new], rows, there), 2)
    assert planned.person == {
        "private_street": ("Dorpsstraat 1", None),
        "private_city": ("Utrecht", None),
        "private_phone": ("030 1234567", None),
        "private_country_id": (31, None),
    }
    own = employee(1, private_phone="06 entered by hand")
    planned = plan_of(night([new], rows, there, [own]), 2)
    assert "private_phone" not in planned.person, "never of Loket"


def test_what_is_emptied_on_the_employment_that_does_not_tell_is_not_forgotten():
    """It may be the one that tells tomorrow, when nobody else does."""
    later = linked(9, 1, connection=ELSEWHERE, start_date=date(2025, 1, 1))
    planned = plan_of(night([job(1, {"phone": None})], [linked(1)], [later]), 1)
    assert not planned.person
    assert planned.snapshot["phone"] == "030 1234567"
    kept = linked(1, snapshot=planned.snapshot)
    planned = plan_of(night([job(1, {"phone": None})], [kept]), 1)
    assert planned.person == {"private_phone": ("030 1234567", None)}
    assert planned.snapshot["phone"] is None


def test_ends_are_judged_by_what_loket_tells_tonight_of_all_employments():
    same = {"employee_ref": "person-1"}
    rows = [linked(1), linked(2, 1, told=job(2, same))]
    plan = night([job(1, end_date=END), job(2, same, end_date=END)], rows)
    for number in (1, 2):
        assert plan_of(plan, number).contracts == (
            (100, {"contract_date_end": (None, END)}),
        )
    plan = night([job(1, end_date=END), job(2, same)], rows)
    assert not plan_of(plan, 1).contracts, "the other one goes on"


def test_an_employment_that_is_missing_tonight_decides_no_end():
    plan = night([job(1, end_date=END)], [linked(1), linked(2, 1)], limit=100)
    assert plan_of(plan, 1).contracts


def test_an_employment_on_another_connection_decides_too():
    other = linked(2, 1, connection=ELSEWHERE)
    (planned,) = night([job(1, end_date=END)], [linked(1)], [other]).rows
    assert not planned.contracts


def test_who_is_back_is_who_was_gone_and_is_given_again():
    gone = linked(2, in_loket=False)
    plan = night([job(1), job(2), job(3)], [linked(1), gone])
    assert [p.name for p in plan.rows if p.is_back] == ["Jan2 Bakker"]
    stays = replace(plan_of(plan, 2), vals={"shift": 2})
    assert not stays.is_back


@pytest.mark.parametrize("is_read", [True, False])
def test_who_is_back_tonight_decides_too(is_read):
    same = {"employee_ref": "person-1", "first_name": "Jan1"}
    second = job(2, {**same, "birthday": date(1980, 1, 1)})
    rows = [linked(1), linked(2, 1, told=second, in_loket=False)]
    back = [second] if is_read else []
    problems = [] if is_read else [Problem(ref="job-2", name="Jan", reason="Bad")]
    plan = night([job(1, end_date=END), *back], rows, problems=problems)
    assert not plan_of(plan, 1).contracts


@pytest.mark.parametrize(
    "values", [{"to_apply": True}, {"decision": "ignore"}, {"decision": "pending"}]
)
def test_what_nobody_took_over_is_not_emptied(values):
    early = date(2020, 1, 1)
    told = job(2, {"email": "jan@thuis.example"}, start_date=early)
    other = linked(2, 1, connection=ELSEWHERE, told=told, **values)
    his = employee(1, private_email="jan@thuis.example")
    (planned,) = night([job(1)], [linked(1)], [other], [his]).rows
    assert not planned.person


def test_an_end_that_is_taken_back_leaves_no_cut_in_a_chain():
    told = job(1, end_date=date(2025, 6, 30))
    chain = (
        Contract(10, START, date(2025, 6, 30)),
        Contract(20, date(2026, 1, 1), None),
    )
    (planned,) = night([job(1)], [linked(1, told=told)], (), [employee(1, *chain)]).rows
    assert planned.contracts == (
        (10, {"contract_date_end": (date(2025, 6, 30), date(2025, 12, 31))}),
    )


@pytest.mark.parametrize("name", ["contract_end", "end_date"])
def test_whichever_end_was_taken_over_is_known_to_be_taken_back(name):
    cut = date(2025, 6, 30)
    chain = Contract(10, START, cut), Contract(20, date(2026, 1, 1), None)
    before = {**linked(1).snapshot, name: cut.isoformat()}
    plan = night([job(1)], [linked(1, snapshot=before)], (), [employee(1, *chain)])
    ((version, changes),) = plan.rows[0].contracts
    assert (version, changes["contract_date_end"].new) == (10, date(2025, 12, 31))


def test_an_end_that_stays_cuts_what_it_cut():
    """The other job of the person goes on in a contract of its own."""
    cut, same = date(2025, 6, 30), {"employee_ref": "person-1", "first_name": "Jan1"}
    first = job(1, end_date=cut)
    second = job(2, {**same, "birthday": date(1980, 1, 1)})
    chain = Contract(10, START, cut), Contract(20, date(2026, 1, 1), None)
    plan = night(
        [first, second],
        [linked(1, told=first), linked(2, 1, told=second)],
        (),
        [employee(1, *chain)],
    )
    assert not any(planned.contracts for planned in plan.rows)


# === SHIFTS === #

SINCE = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"shifts": [["2020-01-01", 1]], "shift": 1}, ["2020-01-01", 1]),
        ({"shifts": [["2020-01-01", 1]]}, ["2020-01-01", 1]),
        ({"shift": 3}, ["0001-01-01", 3]),
        ({}, None),
    ],
)
def test_a_shift_is_put_to_those_of_before_or_to_the_one_that_was_known(values, kept):
    told = job(1, shift=2, shifts=(Shift(asked=TODAY, number=2, since=SINCE),))
    (planned,) = night([told], [linked(1, **values)]).rows
    first = [kept] if kept else []
    assert planned.vals["shifts"] == [*first, ["2026-02-01", 2]]
    assert "shifts" not in planned.row_changes


def test_who_is_new_has_the_shifts_that_loket_tells():
    told = job(1, shift=2, shifts=(Shift(asked=TODAY, number=2, since=SINCE),))
    assert night([told]).rows[0].vals["shifts"] == [["2026-02-01", 2]]
    assert night([job(1)]).rows[0].vals["shifts"] is None


def test_shifts_that_loket_does_not_tell_this_time_stay():
    known = linked(1, shifts=[["2020-01-01", 1]], shift=1)
    (planned,) = night([job(1, shift=1)], [known]).rows
    assert not planned.vals


def test_without_any_contract_an_end_brings_its_start():
    bare = replace(employee(1), version_id=5, contracts=())
    (planned,) = night([job(1, end_date=END)], [linked(1)], employees=[bare]).rows
    assert planned.contracts == (
        (5, {"contract_date_start": (None, START), "contract_date_end": (None, END)}),
    )


def test_a_night_changes_no_field_that_is_not_listed():
    other = {
        "first_name": "Piet",
        "birthday": date(1981, 1, 1),
        "street": "Kerkweg 3",
        "zip": "1234 AB",
        "city": "Zwolle",
        "location": "Toren",
        "country_code": "BE",
        "email": "piet@voorbeeld.example",
        "phone": "038 1234567",
        "gender": "male",
    }
    known = employee(1, private_state_id=7)
    rows = [linked(1, told=job(1, {"first_name": "Piet"}))]
    (planned,) = night([job(1, other)], rows, employees=[known]).rows
    assert planned.person.keys() == set(EMPLOYEE_FIELDS)


def test_a_name_goes_where_this_odoo_keeps_it():
    def naming(name, first_name, last_names):
        return {"name": name, "firstname": first_name, "lastname": last_names}

    known = employee(1, firstname="Jan1", lastname="Bakker")
    changed = job(1, {"last_name": "Visser"})
    (planned,) = night([changed], [linked(1)], employees=[known], naming=naming).rows
    assert planned.person["lastname"] == ("Bakker", "Visser")
    assert "firstname" not in planned.person
    turned = employee(1, name="Bakker, Jan1", firstname="Jan1", lastname="Bakker")
    (planned,) = night([job(1)], [linked(1)], employees=[turned], naming=naming).rows
    assert not planned.person, "the name is made of its parts"


def test_a_legal_name_of_its_own_stays():
    known = employee(1, legal_name="J. Bakker")
    changed = job(1, {"last_name": "Visser"})
    (planned,) = night([changed], [linked(1)], employees=[known]).rows
    assert planned.person == {"name": ("Jan1 Bakker", "Jan1 Visser")}
    (planned,) = night([job(1, {"city": "Zwolle"})], [linked(1)]).rows
    assert planned.person.keys() == {"private_city"}


def test_of_a_contract_only_what_waits_and_is_told_now_comes():
    told = job(1, wage=Decimal(3000), hours_per_week=Decimal(36))
    (planned,) = night([told], [linked(1, to_come="wage,job")]).rows
    assert planned.comes == {"wage"}


@pytest.mark.parametrize(
    ("before", "now", "is_changed"),
    [
        ({"department_name": "Winkel"}, {"department_name": "Magazijn"}, True),
        ({"distribution_unit": "10"}, {"distribution_unit": "20"}, True),
        ({"department_name": "Winkel"}, {}, True),
        ({}, {"department_name": "Winkel"}, False),
        ({"department_name": "Winkel"}, {"department_name": "Winkel"}, False),
    ],
)
def test_another_department_is_one_in_place_of_one(before, now, is_changed):
    rows = [linked(1, told=job(1, **before))]
    (planned,) = night([job(1, **now)], rows).rows
    assert planned.place_changed is is_changed


# === CONTRACTS THAT BEGIN, AND STARTS THAT MOVE === #

ENDED = Contract(100, date(2024, 1, 1), date(2024, 12, 31))


def jobs_in_a_row():
    """Two employments of one person, after the contract that Odoo has."""
    same = {"employee_ref": "person-1"}
    first = job(1, start_date=date(2025, 3, 1), end_date=date(2025, 6, 30))
    return first, job(2, same, start_date=date(2026, 1, 1))


def test_each_that_comes_back_begins_a_contract():
    first, second = jobs_in_a_row()
    rows = [linked(1, told=first), linked(2, 1, told=second)]
    plan = night([first, second], rows, employees=[employee(1, ENDED)])
    assert plan_of(plan, 1).begins_contract is True
    assert plan_of(plan, 2).begins_contract is True


@pytest.mark.parametrize(("elsewhere", "begins"), [(1, False), (2, True)])
def test_what_another_connection_begins_before_is_waited_for(elsewhere, begins):
    jobs = dict(enumerate(jobs_in_a_row(), 1))
    other = linked(elsewhere, 1, told=jobs.pop(elsewhere), connection=ELSEWHERE)
    ((number, told),) = jobs.items()
    (planned,) = night(
        [told], [linked(number, 1, told=told)], [other], [employee(1, ENDED)]
    ).rows
    assert planned.begins_contract is begins


def test_what_runs_beside_another_is_to_check():
    second = job(2, {"employee_ref": "person-1"}, start_date=date(2025, 1, 1))
    plan = night([job(1), second], [linked(1), linked(2, 1, told=second)])
    assert not plan_of(plan, 1).checks
    (kind,) = plan_of(plan, 2).checks
    assert kind == "contract"
    assert plan_of(plan, 2).checks[kind].key == "beside job-1"


def test_an_unknown_country_is_to_check_for_who_tells_the_address():
    first = job(1, {"country_code": "AN"})
    later = {"employee_ref": "person-1", "country_code": "AN"}
    second = job(2, later, start_date=date(2025, 1, 1))
    (planned,) = night([first], [linked(1)]).rows
    assert planned.checks == {"country": country_check("AN")}
    plan = night([first, second], [linked(1), linked(2, 1, told=second)])
    assert "country" not in plan_of(plan, 1).checks
    assert plan_of(plan, 2).checks["country"] == country_check("AN")


def test_a_start_that_moved_is_to_check_unless_the_contract_goes_along():
    moved = date(2023, 1, 1)
    (planned,) = night([job(1, start_date=moved)], [linked(1)]).rows
    assert planned.checks == {"start": start_check(START, moved)}
    assert not planned.contracts
    ended = job(1, start_date=moved, end_date=date(2023, 12, 31))
    (planned,) = night([ended], [linked(1)]).rows
    assert not planned.checks
    assert planned.contracts == (
        (
            100,
            {
                "contract_date_start": (START, moved),
                "contract_date_end": (None, date(2023, 12, 31)),
            },
        ),
    )
    bare = replace(employee(1), contracts=())
    (planned,) = night([job(1, start_date=moved)], [linked(1)], employees=[bare]).rows
    assert not planned.checks, "there is no contract that keeps its start"


def test_a_start_that_did_not_move_tonight_is_not_told_of_another_s_employment():
    """A reference is of one connection: the same one elsewhere is another job."""
    other = linked(1, connection=ELSEWHERE, start_date=date(2024, 1, 1))
    (planned,) = night([job(1)], [linked(1)], [other]).rows
    assert "start" not in planned.checks


# === WHAT IS WRONG === #


def test_a_number_of_somebody_elsewhere_stops_that_row_only():
    number = {"employee_number": "77"}
    kees = row(8, connection=ELSEWHERE, employee_ref="kees", name="Kees", **number)
    rows = [linked(1, **number), linked(2)]
    changed = [job(1, {"city": "Zwolle", **number}), job(2, {"city": "Zwolle"})]
    plan = night(changed, rows, [kees])
    assert "Kees" in plan_of(plan, 1).problem
    assert not plan_of(plan, 1).person
    assert plan_of(plan, 2).person
    assert night([job(1, number)], [], [kees]).rows[0].problem, "also who is new"
    new = [job(1, number), job(2, number)]
    assert all(plan.problem for plan in night(new).rows), "both new tonight"


def test_a_number_that_a_person_let_two_have_stops_nobody():
    number = {"employee_number": "77"}
    kees = row(8, connection=ELSEWHERE, employee_ref="kees", name="Kees", **number)
    known = linked(1, **number)
    shared = {shared_number(known, kees)}
    assert not night([job(1, number)], [known], [kees], shared=shared).rows[0].problem


def test_of_two_of_one_name_whoever_started_first_is_named():
    number = {"employee_number": "77", "name": "Kees"}
    third = ELSEWHERE._replace(id=3, name="Derde")
    others = [
        row(8, employee_ref="kees", connection=ELSEWHERE, start_date=TODAY, **number),
        row(9, employee_ref="ook", connection=third, start_date=START, **number),
    ]
    (planned,) = night([job(1, {"employee_number": "77"})], [], others).rows
    assert "Kees in Derde" in planned.problem


def test_a_payroll_number_is_of_one_administration_only():
    kees = row(1, connection=ELSEWHERE, employee_ref="kees", name="Kees")
    assert not night([job(1)], [linked(1)], [kees]).rows[0].problem


def test_a_link_to_somebody_else_s_employee_is_not_taken_over():
    rows = [linked(1), linked(2, 1, decision="link", to_apply=True)]
    plan = night([job(1), job(2)], rows)
    assert "another person" in plan_of(plan, 2).problem
    assert not plan_of(plan, 2).person


def test_a_number_of_two_people_stops_no_end_of_a_contract():
    rows = [linked(number, employee_number="77") for number in (1, 2)]
    told = {"employee_number": "77", "city": "Zwolle"}
    plan = night([job(1, told, end_date=END), job(2, told)], rows)
    ends, stays = plan_of(plan, 1), plan_of(plan, 2)
    assert "77" in ends.problem and "77" in stays.problem
    assert ends.contracts == ((100, {"contract_date_end": (None, END)}),)
    assert not stays.contracts
    assert not ends.person, "all else waits for an answer"


def test_a_number_of_two_people_stops_no_end_of_two_jobs_beside_each_other():
    number = {"employee_number": "77"}
    same = {"employee_ref": "person-1", "birthday": date(1980, 1, 1), **number}
    beside = job(20, same, start_date=date(2025, 1, 1), end_date=END)
    rows = [linked(n, **number) for n in (1, 2)] + [linked(20, 1, told=beside)]
    plan = night([job(1, number, end_date=END), job(2, number), beside], rows)
    for one in (1, 20):
        assert plan_of(plan, one).problem
        assert plan_of(plan, one).contracts == (
            (100, {"contract_date_end": (None, END)}),
        )


def test_a_link_that_nobody_carried_out_ends_nothing():
    rows = [linked(1), linked(2, 1, decision="link", to_apply=True)]
    plan = night([job(1), job(2, end_date=END)], rows)
    assert not plan_of(plan, 2).contracts


# === DECISIONS THAT FAILED === #


def test_a_failed_add_is_tried_again():
    failed = row(1, decision="add", to_apply=True, problem="Broken")
    (planned,) = night([job(1)], [failed]).rows
    assert planned.retries
    assert not planned.updates_employee


def test_a_blocked_link_is_carried_out_and_not_updated_beside_it():
    blocked = linked(1, decision="link", to_apply=True, problem="Broken")
    (planned,) = night([job(1, {"city": "Zwolle"})], [blocked]).rows
    assert planned.retries
    assert not planned.person


def test_a_refused_link_keeps_its_reason():
    refused = row(1, decision="link", to_apply=True, problem="Somebody else's")
    (planned,) = night([job(1)], [refused]).rows
    assert not planned.retries
    assert planned.problem == "Somebody else's"


def test_what_is_queued_is_left_to_the_queue():
    queued = row(1, decision="add", to_apply=True, problem="Broken", is_queued=True)
    assert not night([job(1)], [queued]).rows[0].retries


def test_no_person_shows_in_the_text_of_a_plan():
    (planned,) = night([job(1, {"city": "Zwolle"})], [linked(1)]).rows
    for word in ("Bakker", "Zwolle", "1980"):
        assert word not in repr(planned)


def test_nobody_is_missing_while_an_employment_can_t_be_told_apart():
    nameless = Problem(ref="", name="Jan2", reason="id is missing")
    plans = night([], [linked(1)], limit=100, problems=[nameless]).rows
    assert [planned.kind for planned in plans] == ["unreadable"]


def test_a_stray_row_hides_nobody_who_is_missing():
    stray = Problem(ref="", name="unknown", reason="no reference", is_stray=True)
    plans = night([], [linked(1)], limit=100, problems=[stray]).rows
    assert sorted(planned.kind for planned in plans) == ["missing", "unreadable"]
