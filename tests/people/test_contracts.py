# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which contract ends when, and which employment begins a new one."""

from dataclasses import replace
from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.people.contracts import (
    end_of_all,
    leading,
    leads,
    plan_contracts,
    started_last,
    with_contracts,
)
from odoo.addons.l10n_nl_loket.people.known import Contract

from .company import ELSEWHERE, employee, row

TODAY = date(2026, 5, 1)


def at(start, end=None, number=1, **values):
    return row(number, start_date=start, contract_end_date=end, **values)


def test_the_end_of_all_is_the_last_one_and_none_while_one_goes_on():
    early, late = at(TODAY, date(2026, 6, 30)), at(TODAY, date(2026, 9, 30))
    assert end_of_all([late, early]) == date(2026, 9, 30)
    assert end_of_all([late, at(TODAY)]) is None
    assert end_of_all([]) is None


def plan(links, *contracts, moved=None):
    known = employee(1, *contracts) if contracts else employee(1)
    return plan_contracts(links, known, TODAY, moved)


def ends(found):
    """{id of the version: the end that it gets}"""
    return {
        one.version_id: one.changes["contract_date_end"].new
        for one in found.changes
        if "contract_date_end" in one.changes
    }


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2026, 6, 30), None, True),
        (date(2026, 3, 1), date(2020, 1, 1), True),  # wrong in Loket: it must be told
        (None, None, False),
    ],
)
def test_both_dates_are_part_of_a_contract(start, end, told):
    found = plan([at(start, end)], Contract(1, date(2026, 1, 1), date(2026, 6, 30)))
    assert ends(found) == ({1: end} if told else {})


def test_each_end_goes_to_its_own_contract():
    links = [
        at(date(2024, 1, 1), date(2024, 11, 30)),
        at(date(2026, 1, 1), date(2026, 12, 31), number=2),
    ]
    found = plan(
        links,
        Contract(10, date(2024, 1, 1), date(2024, 12, 31)),
        Contract(20, date(2026, 1, 1), None),
    )
    assert found.changes == (
        (10, {"contract_date_end": (date(2024, 12, 31), date(2024, 11, 30))}),
        (20, {"contract_date_end": (None, date(2026, 12, 31))}),
    )
    assert not found.begins and not found.checks


def test_of_a_chain_the_last_contract_gets_the_end():
    chain = (
        Contract(10, date(2024, 1, 1), date(2024, 12, 31)),
        Contract(20, date(2025, 1, 1), date(2025, 12, 31)),
        Contract(30, date(2026, 1, 1), None),
    )
    start, end = date(2024, 1, 1), date(2026, 8, 31)
    assert ends(plan([at(start, end)], *chain)) == {30: end}
    assert ends(plan([at(start)], *chain)) == {}
    early = plan([at(start, date(2025, 6, 30))], *chain)
    assert ends(early) == {20: date(2025, 6, 30)}
    (check,) = early.checks.values()
    days = {"start": date(2026, 1, 1), "end": date(2025, 6, 30)}
    assert check.text.values == days


def test_what_an_end_cut_short_in_a_chain_is_whole_again_once_loket_takes_it_back():
    row, cut = at(date(2024, 1, 1)), date(2025, 6, 30)
    chain = (
        Contract(10, date(2024, 1, 1), date(2024, 11, 30)),  # a gap of Odoo's own
        Contract(20, date(2025, 1, 1), cut),
        Contract(30, date(2026, 1, 1), None),
    )
    known = employee(1, *chain)
    found = plan_contracts([row], known, TODAY, ended={row: cut})
    assert ends(found) == {20: date(2025, 12, 31)}
    later = replace(row, contract_end_date=date(2026, 8, 31))
    found = plan_contracts([later], known, TODAY, ended={later: cut})
    assert ends(found) == {20: date(2025, 12, 31), 30: date(2026, 8, 31)}
    within = replace(row, contract_end_date=date(2025, 9, 30))
    found = plan_contracts([within], known, TODAY, ended={within: cut})
    assert ends(found) == {20: date(2025, 9, 30)}
    assert not ends(plan_contracts([row], known, TODAY)), "Odoo's own"


def test_the_last_contract_is_the_one_that_starts_last_whatever_its_number():
    end = date(2026, 8, 31)
    chain = (
        Contract(10, date(2025, 1, 1), None),
        Contract(30, date(2024, 1, 1), date(2024, 12, 31)),
    )
    assert ends(plan([at(date(2024, 1, 1), end)], *chain)) == {10: end}


def test_a_chain_that_ends_goes_on_when_the_employment_does():
    found = plan(
        [at(date(2024, 1, 1))],
        Contract(10, date(2024, 1, 1), date(2024, 12, 31)),
        Contract(20, date(2025, 1, 1), date(2025, 12, 31)),
    )
    assert ends(found) == {20: None}


def test_an_employment_without_a_start_tells_of_no_contract():
    assert plan([at(None, TODAY)]).changes == ()


def test_who_comes_back_begins_a_contract_after_all_others_have_ended():
    ended = Contract(1, date(2024, 1, 1), date(2026, 4, 30))
    back = at(TODAY)
    assert plan([back], ended).begins == (back,)
    assert not plan([at(date(2026, 4, 30))], ended).begins
    assert not plan([back], ended, Contract(2, TODAY, None)).begins
    assert not plan([at(None)], ended).begins
    none = plan_contracts([back], replace(employee(1), contracts=()), TODAY)
    assert not none.begins, "that one gets it with its end"


def test_once_the_old_one_ends_the_new_one_begins_its_contract():
    old, new = at(date(2024, 1, 1)), at(TODAY, number=2)
    running = Contract(1, date(2024, 1, 1), None)
    found = plan([new, old], running)
    assert not found.begins and not found.changes
    assert list(found.checks) == [new]
    old = replace(old, contract_end_date=date(2026, 4, 30))
    found = plan([new, old], running)
    assert found.begins == (new,)
    assert ends(found) == {1: date(2026, 4, 30)}
    assert not found.checks


def test_of_two_that_begin_one_contract_the_latest_connection_does():
    here, there = at(TODAY), at(TODAY, connection=ELSEWHERE)
    found = plan([there, here], Contract(1, date(2024, 1, 1), date(2024, 12, 31)))
    assert found.begins == (there,)
    assert list(found.checks) == [here]


def test_no_contract_begins_before_one_that_is_there():
    ended = Contract(1, date(2023, 1, 1), date(2023, 12, 31))
    to_come = Contract(2, date(2027, 1, 1), None)
    between = at(date(2025, 1, 1), date(2025, 12, 31))
    assert not plan([between], ended, to_come).begins


def test_employments_that_share_one_day_run_beside_each_other():
    first, second = at(date(2024, 1, 1), date(2025, 6, 30)), at(date(2025, 6, 30))
    running = Contract(1, date(2024, 1, 1), None)
    shared = plan([first, second], running)
    assert not shared.begins and not shared.changes
    after = plan([first, at(date(2025, 7, 1))], running)
    assert len(after.begins) == 1
    assert ends(after) == {1: date(2025, 6, 30)}


@pytest.mark.parametrize(
    "before",
    [
        [(date(2024, 1, 1), TODAY)],
        [(date(2024, 1, 1), date(2026, 12, 31)), (date(2025, 1, 1), date(2025, 6, 30))],
        [(date(2024, 1, 1), date(2025, 6, 30)), (date(2025, 1, 1), None)],
    ],
)
def test_what_begins_by_the_last_day_of_all_runs_beside_them(before):
    links = [at(*dates, number=n) for n, dates in enumerate([*before, (TODAY,)], 1)]
    found = plan(links, Contract(1, date(2024, 1, 1), None))
    assert links[-1] in found.checks
    assert not found.begins


def test_several_that_come_back_begin_in_order():
    first = at(date(2025, 1, 1), date(2025, 6, 30), number=2)
    second = at(date(2026, 1, 1), number=3)
    found = plan([second, first], Contract(1, date(2024, 1, 1), date(2024, 12, 31)))
    assert found.begins == (first, second)


def test_an_employment_of_before_the_contracts_begins_none():
    old, now = at(date(2020, 1, 1), date(2020, 12, 31)), at(date(2024, 1, 1), number=2)
    found = plan([old, now], Contract(1, date(2024, 1, 1), None))
    assert found == plan([now], Contract(1, date(2024, 1, 1), None))


def test_of_two_beside_each_other_the_one_that_gave_the_contract_is_not_to_check():
    old, new = at(date(2023, 1, 1)), at(date(2024, 1, 1), number=2)
    found = plan([old, new], Contract(1, date(2024, 1, 1), None))
    assert list(found.checks) == [old]
    over = replace(new, contract_end_date=date(2025, 1, 1))
    assert list(plan([old, over], Contract(1, date(2023, 1, 1), None)).checks) == []


def test_who_begins_a_contract_is_the_one_that_has_it_from_then_on():
    """Whichever is named first: the same one begins it and runs beside nothing."""
    start, ended = date(2026, 1, 1), Contract(1, date(2024, 1, 1), date(2024, 12, 31))
    here, there = at(start), at(start, connection=ELSEWHERE)
    later = at(date(2026, 3, 1), number=3)
    for links in ([here, there, later], [later, there, here]):
        found = plan(links, ended)
        assert found.begins == (there,)
        assert set(found.checks) == {here, later}
        assert set(plan(links, Contract(2, start, None)).checks) == {here, later}


def test_of_a_chain_whoever_gave_the_last_contract_has_it():
    old, new = at(date(2024, 1, 1), connection=ELSEWHERE), at(date(2025, 1, 1))
    chain = (
        Contract(10, date(2024, 1, 1), date(2024, 12, 31)),
        Contract(20, date(2025, 1, 1), None),
    )
    assert list(plan([old, new], *chain).checks) == [old]
    assert list(plan([new, old], *chain).checks) == [old]


def test_of_a_contract_that_nobody_gave_the_first_has_it_whatever_the_order():
    here, there = at(date(2024, 2, 1)), at(date(2024, 2, 1), connection=ELSEWHERE)
    later = at(date(2025, 1, 1), number=3)
    for links in ([here, there, later], [later, there, here]):
        found = plan(links, Contract(1, date(2024, 1, 1), None))
        assert set(found.checks) == {here, later}


def test_what_runs_beside_is_told_until_its_last_day_with_what_it_runs_beside():
    here, there = at(date(2024, 1, 1)), at(date(2024, 1, 1), connection=ELSEWHERE)
    contract = Contract(1, date(2024, 1, 1), None)
    ((row, check),) = plan([here, there], contract).checks.items()
    assert row is here, "of two that began on one day the latest connection leads"
    assert check.key == f"beside {there.employment_ref}"
    assert check.text.values == {"start": date(2024, 1, 1), "connection": "Tweede"}
    today = at(date(2025, 1, 1), TODAY, number=2)
    yesterday = at(date(2025, 1, 1), date(2026, 4, 30), number=3)
    assert list(plan([here, today, yesterday], contract).checks) == [today]


def test_a_contract_that_begins_after_the_end_is_told():
    row = at(date(2023, 1, 1), date(2023, 12, 31))
    found = plan([row], Contract(1, date(2024, 1, 1), None))
    assert not found.changes and not found.begins
    assert found.checks[row].text.values["start"] == date(2024, 1, 1)
    assert found.checks[row].key == "later 2024-01-01 2023-12-31"
    on_the_day = plan([at(date(2023, 1, 1), date(2024, 1, 1))],
                      Contract(1, date(2024, 1, 1), None))  # fmt: skip
    assert ends(on_the_day) == {1: date(2024, 1, 1)}
    assert not on_the_day.checks


def test_a_start_that_moved_takes_its_contract_along_where_the_end_needs_it():
    row = at(date(2023, 1, 1), date(2023, 12, 31))
    before = date(2024, 1, 1)
    found = plan([row], Contract(1, before, None), moved={row: before})
    assert found.changes == (
        (
            1,
            {
                "contract_date_start": (before, date(2023, 1, 1)),
                "contract_date_end": (None, date(2023, 12, 31)),
            },
        ),
    )
    assert not found.checks
    on = replace(row, contract_end_date=date(2026, 8, 31))
    found = plan([on], Contract(1, before, None), moved={on: before})
    assert found.changes == ((1, {"contract_date_end": (None, date(2026, 8, 31))}),)


def test_one_start_that_moved_is_enough_of_employments_beside_each_other():
    end, before = date(2023, 12, 31), date(2024, 1, 1)
    moved = at(date(2023, 1, 1), end)
    beside = at(date(2023, 6, 1), end, number=2)
    found = plan([moved, beside], Contract(1, before, None), moved={moved: before})
    assert found.changes[0].changes["contract_date_start"].new == date(2023, 1, 1)


def test_the_last_one_that_started_gives_the_contract_else_the_first_to_come():
    old, new = at(date(2024, 1, 1)), at(date(2026, 1, 1))
    soon, later = at(date(2026, 7, 1)), at(date(2026, 9, 1))
    assert started_last([later, old, new, soon], TODAY) is new
    assert started_last([later, soon], TODAY) is soon
    assert started_last([at(None)], TODAY)


def test_started_on_one_day_the_latest_connection_leads():
    here, there = at(TODAY), at(TODAY, connection=ELSEWHERE)
    assert leading([there, here]) is there
    assert leading([at(date(2026, 6, 1)), there]) is not there
    assert leading([]) is None


def test_alone_an_employment_leads_and_else_the_one_that_started_last():
    old, new = at(date(2024, 1, 1)), at(TODAY, connection=ELSEWHERE)
    assert leads(old, [])
    assert leads(new, [old, new]) and not leads(old, [old, new])


def test_what_starts_today_has_started():
    old, new = at(date(2024, 1, 1)), at(TODAY)
    assert started_last([new, old], TODAY) is new


def test_an_end_in_odoo_without_a_contract_is_told_as_the_old_one():
    ended = date(2026, 3, 31)
    known = replace(employee(1, contract_date_end=ended), contracts=())
    (change,) = plan_contracts([at(TODAY, date(2026, 6, 30))], known, TODAY).changes
    assert change.changes["contract_date_end"] == (ended, date(2026, 6, 30))


def test_an_employee_is_the_same_with_other_contracts():
    known, contract = employee(1), Contract(7, TODAY, None)
    other = with_contracts(known, [contract])
    assert (other.id, other.values, other.contracts) == (1, known.values, (contract,))
