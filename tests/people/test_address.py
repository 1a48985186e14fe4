# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes with an address, and what of an old one must not stay."""

import pytest

from odoo.addons.l10n_nl_loket.people.address import unknown_country
from odoo.addons.l10n_nl_loket.people.snapshot import person_changes, row_vals

from .company import employee, job, linked

OLD = {"private_street2": "Achterhuis", "private_state_id": 7}


def changes(odoo, told, before=None):
    """What the rest of an address gets.

    :param odoo: what Odoo has otherwise than ``job`` tells
    :param told: what Loket tells otherwise than ``job`` does
    :param before: what it told before, likewise; None: nothing was taken over yet
    """
    snapshot = row_vals(job(1, told))["snapshot"]
    known = {} if before is None else row_vals(job(1, before))["snapshot"]
    found = person_changes(
        linked(1), (), employee(1, **odoo), snapshot, known, {"NL": 31, "BE": 32}
    )
    return {
        name: change.new
        for name, change in found.items()
        if name in (*OLD, "private_country_id")
    }


def test_a_move_leaves_nothing_of_the_old_address():
    assert changes(OLD, {"street": "Kerkweg 3"}, {}) == dict.fromkeys(OLD)
    assert changes(OLD, {"city": "Zwolle"}, {}) == dict.fromkeys(OLD)
    assert changes(OLD, {"street": None}, {}) == dict.fromkeys(OLD)
    moved = changes(OLD, {"street": "Kerkweg 3", "location": "Toren 3"}, {})
    assert moved["private_street2"] == "Toren 3"


@pytest.mark.parametrize(
    "told",
    [{}, {"street": "dorpsstraat  1"}, {"zip": "1234 AC"}, {"city": "UTRECHT"}],
)
def test_what_is_no_move_leaves_odoo_s_own(told):
    assert changes(OLD, told, {}) == {}


def test_filling_an_empty_address_is_no_move():
    empty = {"private_street": None, "private_city": None}
    assert changes(OLD | empty, {}) == {}


def test_a_location_that_loket_empties_is_emptied_where_it_is_still_loket_s():
    before = {"location": "Gebouw C"}
    assert changes({"private_street2": "Gebouw C"}, {}, before) == {
        "private_street2": None
    }
    assert changes({"private_street2": "Eigen"}, {}, before) == {}
    assert changes({"private_street2": "Eigen"}, {"location": "Gebouw C"}, before) == {
        "private_street2": "Gebouw C"
    }


@pytest.mark.parametrize(
    ("told", "before", "expected"),
    [
        ({"country_code": "BE"}, {}, {"private_country_id": 32}),
        ({"country_code": "be"}, {}, {"private_country_id": 32}),
        ({"country_code": "AN"}, {}, {"private_country_id": None}),
        ({"country_code": None}, {}, {"private_country_id": None}),
        ({"country_code": "AN"}, {"country_code": "AN"}, {}),  # somebody chose one
        ({"country_code": None}, {"country_code": None}, {}),
        ({"country_code": "AN"}, None, {}),
        (
            {"country_code": "AN", "street": "Kaya 1"},
            {"country_code": "AN"},
            {"private_country_id": None},
        ),
    ],
)
def test_no_country_of_before_stays_beside_what_loket_tells(told, before, expected):
    assert changes({}, told, before) == expected


@pytest.mark.parametrize(
    ("code", "unknown"),
    [("AN", "AN"), ("an", "an"), ("NL", None), ("nl", None), ("", None), (None, None)],
)
def test_a_country_that_odoo_does_not_know_is_told_by_its_code(code, unknown):
    assert unknown_country({"country_code": code}, {"NL": 31}) == unknown


def test_who_has_no_country_at_all_has_no_unknown_one():
    assert unknown_country({}, {"NL": 31}) is None
