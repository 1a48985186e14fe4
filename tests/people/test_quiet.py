# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import date, timedelta

import pytest

from odoo.addons.l10n_nl_loket.people import quiet
from odoo.addons.l10n_nl_loket.people.known import Connection, Contract, Employee, Row
from odoo.addons.l10n_nl_loket.people.plan import Known

from . import company
from .company import job

TODAY = date(2026, 3, 10)
BASIS = quiet.Basis(version=7, read_on=TODAY, odoo="o", access="a")
CONNECTION = Connection(1, 1, "Voorbeeld", True)


def row(**values):
    return Row(id=1, connection=CONNECTION, employment_ref="job", name="Jan", **values)


def known(*rows, **values):
    return Known(
        connection=CONNECTION,
        rows=rows,
        **{"elsewhere": (), "employees": {}, "countries": {}, **values},
    )


@pytest.mark.parametrize("days", range(-1, 9))
def test_a_basis_holds_for_a_week(days):
    assert BASIS.holds_on(TODAY + timedelta(days)) is (0 <= days < 7)


def test_a_basis_does_not_hold_in_another_month():
    basis = replace(BASIS, read_on=date(2026, 3, 30))

    assert basis.holds_on(date(2026, 3, 31))
    assert not basis.holds_on(date(2026, 4, 1))


def test_a_basis_holds_until_a_day_comes():
    basis = replace(BASIS, days=(TODAY + timedelta(2),))

    assert basis.holds_on(TODAY + timedelta(1))
    assert not basis.holds_on(TODAY + timedelta(2))
    assert not basis.holds_on(TODAY + timedelta(3))


def test_a_basis_is_kept_as_it_is():
    basis = replace(BASIS, days=(TODAY,))

    assert quiet.Basis.from_json(basis.as_json()) == basis
    assert quiet.Basis.from_json(False) is None


@pytest.mark.parametrize(
    "values",
    [
        {"problem": "No number."},
        {"held": {"city": None}},
        {"other_person": {"name": "Vreemd"}},
        {"vanished_on": TODAY},
        {"is_queued": True},
    ],
)
def test_whoever_waits_or_has_a_problem_is_not_settled(values):
    assert quiet.is_settled([row()])
    assert not quiet.is_settled([row(), row(**values)])


@pytest.mark.parametrize(
    "one",
    [
        known(row(start_date=TODAY + timedelta(4))),
        known(row(end_date=TODAY + timedelta(4))),
        known(row(contract_end_date=TODAY + timedelta(4))),
        known(row(shifts=[["2026-01-01", 1], ["2026-03-14", 2]])),
        known(elsewhere=[row(end_date=TODAY + timedelta(4))]),
        known(
            employees={
                1: Employee(
                    id=1,
                    values={},
                    version_id=1,
                    contracts=(Contract(1, date(2024, 1, 1), TODAY + timedelta(4)),),
                )
            }
        ),
    ],
)
def test_the_days_to_come_are_those_of_what_odoo_knows(one):
    assert quiet.days_to_come(one, [], TODAY) == (
        TODAY + timedelta(4),
        TODAY + timedelta(5),
    )


def test_a_last_day_of_today_is_over_tomorrow():
    assert quiet.days_to_come(known(row(end_date=TODAY)), [], TODAY) == (
        TODAY + timedelta(1),
    )


def test_the_end_of_all_days_is_no_day():
    assert quiet.days_to_come(known(row(end_date=date.max)), [], TODAY) == ()


def test_another_fact_makes_another_digest_and_another_order_of_a_set_does_not():
    assert quiet.digest({"a": 1, "b": [TODAY]}) == quiet.digest({"b": [TODAY], "a": 1})
    assert quiet.digest({"x", "y"}) == quiet.digest({"y", "x"})
    assert quiet.digest(["x", "y"]) != quiet.digest(["y", "x"])
    assert quiet.digest(None) != quiet.digest("None")
    assert quiet.digest("a", "b") != quiet.digest("ab")


@pytest.mark.parametrize(
    "name", ["start_date", "end_date", "appointed_until", "told_until"]
)
def test_the_days_to_come_are_those_that_loket_tells_too(name):
    record = job(1, start_date=None)
    later = replace(record, **{name: TODAY + timedelta(4)})

    assert quiet.days_to_come(known(), [record], TODAY) == ()
    assert quiet.days_to_come(known(), [record, later], TODAY) == (
        TODAY + timedelta(4),
        TODAY + timedelta(5),
    )


def test_the_days_to_come_are_those_on_which_contracts_begin_and_end():
    contract = Contract(1, TODAY + timedelta(2), TODAY + timedelta(9))
    someone = Employee(id=1, values={}, version_id=1, contracts=(contract,))

    assert quiet.days_to_come(known(employees={1: someone}), [], TODAY) == tuple(
        TODAY + timedelta(days) for days in (2, 3, 9, 10)
    )


def test_the_digest_is_of_what_is_in_sets_and_mappings():
    assert quiet.digest({TODAY}) != quiet.digest({TODAY + timedelta(1)})
    assert quiet.digest(TODAY) != quiet.digest(TODAY + timedelta(1))
    assert quiet.digest({"a": 1}) != quiet.digest({"a": 2})
    one, two = frozenset({("b", 1), ("a", 2)}), frozenset({("a", 1), ("b", 2)})
    assert quiet.digest(one) != quiet.digest(two)


def changed(many, of=10):
    """What a night does where Loket tells another department of ``many`` people."""
    return company.night(
        [
            job(number, department_name="<<" if number <= many else None)
            for number in range(1, of + 1)
        ],
        [company.row(number) for number in range(1, of + 1)],
    )


def test_what_is_new_of_many_at_once_is_to_be_read_once_more():
    assert not quiet.is_much(changed(0), 20)
    assert not quiet.is_much(changed(4), 20)
    assert quiet.is_much(changed(5), 20)
    assert not quiet.is_much(changed(5, of=25), 20)
    assert not quiet.is_much(changed(10), 100)


@pytest.mark.parametrize(
    "before, changed",
    [
        ([("anna", "1"), ("bob", "2")], set()),
        ([("bob", "2"), ("anna", "0")], {"anna"}),
        ([("anna", None), ("bob", "0")], {"anna", "bob"}),
        ([("anna", "1")], None),
        ([("anna", "1"), ("bob", "2"), ("carl", "3")], None),
        ([("anna", "1"), ("carl", "2")], None),
        ([], None),
    ],
)
def test_who_changed_is_who_is_told_of_otherwise_unless_somebody_came_or_went(
    before, changed
):
    told = {"anna": "1", "bob": "2"}
    assert quiet.changed_refs(iter(before), told) == changed
