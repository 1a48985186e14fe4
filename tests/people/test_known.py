# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo keeps of an employment, and what follows of it."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.people.known import parts_in
from odoo.addons.l10n_nl_loket.people.untold import parts_known, with_last_known

from .company import HERE, job, linked, row

END, EARLIER = date(2026, 6, 30), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("wage,job", {"wage", "job"}),
        ("hours", {"hours"}),
        ("", set()),
        (None, set()),
    ],
)
def test_the_parts_of_a_contract_that_are_to_come_are_kept_as_text(text, parts):
    assert parts_in(text) == parts
    assert row(1, to_come=text).parts_to_come == parts


@pytest.mark.parametrize(
    ("values", "is_live"),
    [
        ({}, True),
        ({"in_loket": False}, False),
        ({"connection": HERE._replace(is_active=False)}, False),
    ],
)
def test_it_counts_while_loket_gives_it_over_a_connection_in_use(values, is_live):
    assert row(1, **values).is_live is is_live


@pytest.mark.parametrize(
    ("values", "is_linked"),
    [
        ({"decision": "add", "employee_id": 1}, True),
        ({"decision": "link", "employee_id": 1}, True),
        ({"decision": "ignore", "employee_id": 1}, False),
        ({"decision": "pending", "employee_id": 1}, False),
        ({"decision": "add"}, False),
    ],
)
def test_it_is_linked_when_somebody_decided_so_and_to_whom(values, is_linked):
    assert row(1, **values).is_linked is is_linked


@pytest.mark.parametrize(
    ("values", "is_decided"),
    [
        ({}, False),
        ({"decision": "ignore"}, True),
        ({"is_queued": True}, True),
        ({"employee_id": 1}, True),
    ],
)
def test_whatever_somebody_decided_may_not_become_somebody_else(values, is_decided):
    assert row(1, **values).is_decided is is_decided


@pytest.mark.parametrize(
    ("values", "has_failed"),
    [
        ({"decision": "add", "problem": "Broken"}, True),
        ({"decision": "link", "problem": "Broken"}, True),
        ({"decision": "link", "problem": "Broken", "employee_id": 1}, False),
        (
            {
                "decision": "link",
                "problem": "Broken",
                "employee_id": 1,
                "to_apply": True,
            },
            True,
        ),
        ({"decision": "add", "problem": "Broken", "is_queued": True}, False),
        ({"decision": "add"}, False),
        ({"decision": "ignore", "problem": "Broken"}, False),
    ],
)
def test_a_decision_failed_that_has_a_problem_and_nobody_queued(values, has_failed):
    assert row(1, **values).has_failed is has_failed


def test_the_last_day_is_that_of_the_contract_else_of_the_employment():
    assert linked(1).last_day is None
    assert linked(1, end_date=END).last_day == END
    assert linked(1, end_date=END, contract_end_date=EARLIER).last_day == EARLIER


# === WHAT LOKET DOES NOT TELL THIS TIME === #

PARTS = {
    "hours": {"shift": 2, "hours_per_week": Decimal("36.5")},
    "wage": {"wage": Decimal(3000), "hourly_wage": Decimal("18.25")},
    "place": {
        "department_name": "Winkel",
        "job_title": "Bakker",
        "distribution_unit": "10",
    },
}


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [(part, *fact) for part, facts in PARTS.items() for fact in facts.items()],
)
def test_one_fact_of_a_part_is_enough_to_know_it(part, name, value):
    assert parts_known(row(1, told=job(1, **{name: value}))) == {part}
    assert parts_known(row(1)) == set()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_not_told_is_as_it_was_and_the_others_as_they_are(part):
    before = job(1, **PARTS["hours"], **PARTS["wage"], **PARTS["place"])
    now = job(1, parts=frozenset(PARTS) - {part})
    completed, kept = with_last_known(now, row(1, told=before))
    assert kept == {part}
    for other, facts in PARTS.items():
        for name, value in facts.items():
            assert getattr(completed, name) == (value if other == part else None)
    nothing, kept = with_last_known(now, row(1))
    assert nothing == now and not kept


def test_a_word_that_says_nothing_leaves_what_is_known():
    told = job(1, {"gender": "female"}, contract_type="temporary")
    now = job(1, {"gender": None}, contract_type=None)
    completed, kept = with_last_known(now, row(1, told=told))
    assert completed.person.gender == "female"
    assert completed.contract_type == "temporary"
    assert not kept
    other = job(1, {"gender": "male"}, contract_type="permanent")
    assert with_last_known(other, row(1, told=told)) == (other, frozenset())
    bare = with_last_known(now, row(1, snapshot=None))[0]
    assert bare.person.gender is None and bare.contract_type is None


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ((None, None), (True, True)),
        ((False, None), (False, None)),
        ((None, False), (None, False)),
        ((False, False), (False, False)),
    ],
)
def test_what_says_who_is_salaried_is_told_together_or_kept(told, known):
    on_call, calculates = told
    now = job(1, on_call=on_call, calculates_hours=calculates)
    salaried = row(1, is_on_call=True, hours_by_loket=True)
    completed, _kept = with_last_known(now, salaried)
    assert (completed.on_call, completed.calculates_hours) == known
    unknown, _kept = with_last_known(job(1), row(1))
    assert (unknown.on_call, unknown.calculates_hours) == (None, None)
