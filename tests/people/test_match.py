# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is who."""

from dataclasses import replace
from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.people.match import (
    Candidate,
    Matcher,
    is_same_person,
    number_clashes,
    wrong_links,
)

from .company import ELSEWHERE, HERE, linked, row

BORN = date(1980, 1, 1)
NOBODY = {"number": None, "emails": (), "birthday": None, "name": None}


def candidate(id_, **values):
    return Candidate(**{"id": id_, **NOBODY, **values})


def find(*candidates, **values):
    return Matcher(candidates).find(**NOBODY | values)


@pytest.mark.parametrize(
    ("reason", "value"),
    [
        ("number", {"number": "A1"}),
        ("email", {"emails": ("jan@voorbeeld.example",)}),
        ("birthday", {"birthday": BORN, "name": "Jan  de BOER"}),
    ],
)
def test_each_reason_finds_the_one_it_fits(reason, value):
    other = candidate(2, number="B2", emails=("piet@voorbeeld.example",))
    known = candidate(
        1,
        number="a1",
        emails=("", "jan@voorbeeld.example"),
        birthday=BORN,
        name="jan de boer",
    )
    assert find(other, known, **value) == (1, reason)


def test_two_candidates_are_no_match():
    assert find(candidate(1, number="7"), candidate(2, number="7"), number="7") is None


def test_what_is_empty_on_both_sides_is_no_evidence():
    jan = {"emails": ("",), "name": "Jan"}
    assert find(candidate(1, **jan), **jan) is None


# === ONE PERSON IN LOKET === #


def test_one_reference_is_one_person_whatever_the_name():
    assert is_same_person(row(1), replace(row(1), name="Jan Visser", birthday=None))


def test_name_and_birth_date_tell_where_the_references_differ():
    jan = row(1)
    again = replace(jan, employee_ref="other", name="JAN1  bakker")
    assert is_same_person(jan, again)
    assert not is_same_person(jan, replace(again, birthday=date(1980, 1, 2)))
    assert not is_same_person(jan, replace(again, name="Kees"))
    nameless = replace(jan, birthday=None)
    assert not is_same_person(nameless, replace(again, birthday=None))


def stranger(number, **values):
    """Somebody else's employment of that number, on another connection."""
    kees = {"employee_ref": "kees", "name": "Kees", "connection": ELSEWHERE}
    return replace(row(number), **{"id": 999, **kees, **values})


def test_a_number_of_two_people_is_said_of_both_by_name():
    jan, kees = row(1), stranger(1)
    clashes = number_clashes([jan, kees], [jan, kees])
    assert "Kees in Tweede" in clashes[jan]
    assert "Jan1 Bakker in Voorbeeld" in clashes[kees]


@pytest.mark.parametrize(
    "values",
    [
        {"payroll_number": 2},
        {"connection": HERE},
        {"connection": ELSEWHERE._replace(company_id=2)},
        {"connection": ELSEWHERE._replace(is_active=False)},
        {"in_loket": False},
        {"decision": "ignore"},
        {"employee_ref": "person-1"},
    ],
)
def test_no_clash(values):
    jan, other = row(1), stranger(1, **values)
    assert not number_clashes([jan, other], [jan, other])


def test_no_number_is_nobody_s():
    jan, kees = row(1, payroll_number=0), stranger(1, payroll_number=0)
    assert not number_clashes([jan, kees], [jan, kees])


def test_linked_to_one_employee_they_are_one_person():
    jan, kees = linked(1, 5), stranger(1, decision="link", employee_id=5)
    assert not number_clashes([jan, kees], [jan, kees])


def test_a_new_link_to_another_person_s_employee_is_wrong_and_the_old_one_stands():
    jan = linked(1, 5, employee_name="Jan1 Bakker")
    kees = stranger(2, decision="link", employee_id=5, to_apply=True)
    wrong = wrong_links([jan, kees], [jan, kees])
    assert list(wrong) == [kees]
    assert "another person in Loket than Kees" in wrong[kees]


def test_linked_at_once_to_one_employee_both_are_wrong():
    rows = [linked(1, 5, to_apply=True), stranger(2, employee_id=5, to_apply=True)]
    assert set(wrong_links(rows, rows)) == set(rows)


def test_a_link_that_does_not_count_any_more_leaves_the_employee_free():
    gone = linked(1, 5, in_loket=False)
    kees = stranger(2, decision="link", employee_id=5, to_apply=True)
    assert not wrong_links([kees], [gone, kees])
