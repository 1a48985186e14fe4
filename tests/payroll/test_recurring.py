# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""On which day something that recurs is booked, or why it is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll.jobs import Job
from odoo.addons.l10n_nl_loket.payroll.recurring import Employed, Turn, turn

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
HERE, THERE = 1, 2


def day(number, month=9):
    return date(2026, month, number)


def job(start=None, end=None, connection=HERE):
    return Job(connection, start, end, 7, 1)


def of_all_days(_day):
    return True


def ask(first=FIRST, last=LAST, is_of_file=of_all_days, **employed):
    return turn(first, last, Employed(HERE, **employed), is_of_file)


@pytest.mark.parametrize(
    ("employed", "expected"),
    [
        ({}, Turn(FIRST)),
        ({"jobs": [job()]}, Turn(FIRST)),
        ({"jobs": [job(day(1), day(30))]}, Turn(FIRST)),
        ({"jobs": [job(day(10))]}, Turn(day(10), is_part=True)),
        ({"jobs": [job(end=day(29))]}, Turn(FIRST, is_part=True)),
        ({"jobs": [job(day(30))]}, Turn(day(30), is_part=True)),
        ({"jobs": [job(end=day(1))]}, Turn(FIRST, is_part=True)),
        (
            {"jobs": [job(end=day(9)), job(day(11))]},
            Turn(FIRST, is_part=True),
        ),
        ({"jobs": [job(end=day(31, 8))]}, Turn(None, "left")),
        ({"jobs": [job(day(1, 10))]}, Turn(None, "left")),
        ({"jobs": [job(connection=THERE)]}, Turn(None, "elsewhere")),
        ({"jobs": [job(end=day(9), connection=THERE)]}, Turn(None, "elsewhere")),
        (
            {"jobs": [job(end=day(9), connection=THERE), job(day(10))]},
            Turn(day(10)),
        ),
        (
            {"jobs": [job(end=day(9)), job(day(10), connection=THERE)]},
            Turn(FIRST),
        ),
        ({"is_archived": True}, Turn(None, "left")),
        ({"is_archived": True, "jobs": [job()]}, Turn(FIRST)),
    ],
)
def test_it_is_booked_on_the_first_day_that_is_paid_here(employed, expected):
    assert ask(**employed) == expected


@pytest.mark.parametrize(
    ("contracts", "expected"),
    [
        ([(day(1), None)], Turn(FIRST)),
        ([(day(1), day(30))], Turn(FIRST)),
        ([(day(2), None)], Turn(day(2), is_part=True)),
        ([(day(1, 1), day(29))], Turn(FIRST, is_part=True)),
        ([(day(1, 1), day(31, 8))], Turn(None, "left")),
        ([(day(1, 1), day(31, 8)), (day(15), None)], Turn(day(15), is_part=True)),
    ],
)
def test_a_contract_that_ended_in_odoo_counts_where_loket_knows_of_no_end(
    contracts, expected
):
    assert ask(jobs=[job()], contracts=contracts) == expected
    assert ask(contracts=contracts) == expected


def test_a_day_that_another_file_has_is_passed_over():
    assert ask(is_of_file=lambda one: one > day(20)) == Turn(day(21))
    assert ask(is_of_file=lambda one: False) == Turn(None, "other_file")
    assert ask(is_of_file=lambda one: False, jobs=[job(day(10))]) == Turn(
        None, "other_file"
    )


@given(
    *(
        st.lists(
            st.tuples(
                st.none() | st.dates(day(25, 8), day(5, 10)),
                st.none() | st.dates(day(25, 8), day(5, 10)),
            ),
            max_size=3,
        )
        for _jobs_and_contracts in range(2)
    ),
    st.booleans(),
)
def test_days_are_whole_where_each_of_them_is_paid(jobs, contracts, is_archived):
    employed = Employed(
        HERE,
        [job(*days, connection=number % 2 + 1) for number, days in enumerate(jobs)],
        [(start or day(1, 1), end) for start, end in contracts],
        is_archived,
    )
    each = [employed.on(day(number)) for number in range(1, 31)]
    assert employed.is_whole(FIRST, LAST) == (None not in each)


def test_only_the_days_that_are_asked_for_count():
    jobs = [job(end=day(9))]
    assert ask(last=day(9), jobs=jobs) == Turn(FIRST)
    assert ask(first=day(9), last=day(9), jobs=jobs) == Turn(day(9))
    assert ask(first=day(10), jobs=jobs) == Turn(None, "left")
