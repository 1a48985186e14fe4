# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which contract ends when, and which employment begins a new one."""

from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.people.contracts import (
    begins_contract,
    contract_changes,
    end_of_all,
    leading,
    overlaps,
    started_last,
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


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2026, 3, 1), date(2020, 1, 1), True),  # wrong in Loket: it must be told
        (None, None, False),
    ],
)
def test_both_dates_are_part_of_a_contract(start, end, expected):
    contract = Contract(1, date(2026, 1, 1), date(2026, 6, 30))
    assert overlaps(at(start, end), contract) is expected


def test_each_end_goes_to_its_own_contract():
    known = employee(
        1,
        Contract(10, date(2024, 1, 1), date(2024, 12, 31)),
        Contract(20, date(2026, 1, 1), None),
    )
    links = [
        at(date(2024, 1, 1), date(2024, 11, 30)),
        at(date(2026, 1, 1), date(2026, 12, 31), number=2),
    ]
    assert contract_changes(links, known) == (
        (10, {"contract_date_end": (date(2024, 12, 31), date(2024, 11, 30))}),
        (20, {"contract_date_end": (None, date(2026, 12, 31))}),
    )


def test_an_employment_without_a_start_tells_of_no_contract():
    assert contract_changes([at(None, TODAY)], employee(1)) == ()


def test_a_new_contract_begins_after_all_others_have_ended():
    ended = Contract(1, date(2024, 1, 1), date(2026, 4, 30))
    assert begins_contract(at(TODAY), [ended])
    assert not begins_contract(at(date(2026, 4, 30)), [ended])
    assert not begins_contract(at(TODAY), [ended, Contract(2, TODAY, None)])
    assert not begins_contract(at(TODAY), []), "that one gets it with its end"
    assert not begins_contract(at(None), [ended])


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
