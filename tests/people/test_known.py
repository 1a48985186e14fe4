# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo keeps of an employment, and what follows of it."""

from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.people.known import parts_in

from .company import HERE, linked, row

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
