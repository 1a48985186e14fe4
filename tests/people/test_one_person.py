# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is one person in Loket, and where two people are taken for one."""

from dataclasses import replace
from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.people.one_person import (
    birth_dates_differ,
    is_same_person,
    linked_employee,
    number_clashes,
    people,
    shared_number,
    wrong_links,
)

from .company import ELSEWHERE, HERE, linked, row


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


def test_under_one_reference_one_of_name_and_birth_date_may_change():
    jan = row(1)
    born = replace(jan, birthday=date(1970, 1, 1))
    assert is_same_person(jan, born)
    assert is_same_person(born, replace(jan, name="JAN1  bakker"))
    assert not is_same_person(jan, replace(born, name="Kees"))


def test_only_birth_dates_that_are_known_differ():
    born, later = date(1980, 1, 1), date(1980, 1, 2)
    assert birth_dates_differ(born, later)
    for other in (born, None, False):  # what Odoo has of an unknown date
        assert not birth_dates_differ(born, other)
        assert not birth_dates_differ(other, born)


def numbered(number, **values):
    return row(number, **{"employee_number": str(number), **values})


def stranger(number, **values):
    """Somebody else's employment of that number, on another connection."""
    kees = {
        "employee_ref": "kees",
        "name": "Kees",
        "connection": ELSEWHERE,
        "employee_number": f"00{number}",
        "payroll_number": 500 + number,
    }
    return replace(row(number), **{"id": 999, **kees, **values})


def test_a_number_of_two_people_is_said_of_both_by_name():
    jan, kees = numbered(1), stranger(1)
    clashes = number_clashes([jan, kees], [jan, kees])
    assert "Kees in Tweede" in clashes[jan]
    assert "Jan1 Bakker in Voorbeeld" in clashes[kees]
    assert "number 1 is" in clashes[jan] and "number 001 is" in clashes[kees]


@pytest.mark.parametrize(
    "values",
    [
        {"employee_number": "2", "payroll_number": 1},
        {"employee_number": None},
        {"employee_number": "0"},
        {"connection": ELSEWHERE._replace(is_active=False)},
        {"in_loket": False},
        {"decision": "ignore"},
        {"employee_ref": "person-1"},
    ],
)
def test_no_clash(values):
    jan, other = numbered(1), stranger(1, **values)
    assert not number_clashes([jan, other], [jan, other])


def test_a_number_is_one_person_s_over_all_companies():
    jan, kees = numbered(1), stranger(1, connection=ELSEWHERE._replace(company_id=2))
    clashes = number_clashes([jan, kees], [jan, kees])
    assert "Kees in Tweede" in clashes[jan], "of a branch"
    far = replace(kees, connection=ELSEWHERE._replace(company_id=3, root_id=3))
    clashes = number_clashes([jan, far], [jan, far])
    assert set(clashes) == {jan, far}
    assert "another company" in clashes[jan]
    assert "Kees" not in clashes[jan] and "Jan" not in clashes[far]
    assert "number 1 is" in clashes[jan] and "number 001 is" in clashes[far]


def test_two_people_of_one_connection_clash_too():
    jan, kees = numbered(1), stranger(1, connection=HERE)
    assert set(number_clashes([jan, kees], [jan, kees])) == {jan, kees}


def test_two_who_are_new_tonight_clash():
    jan, kees = numbered(1, id=0), stranger(1, id=0, connection=HERE)
    assert set(number_clashes([jan, kees], [jan, kees])) == {jan, kees}


def test_nobody_clashes_with_the_own_employment():
    known = numbered(1, employee_ref=None, birthday=None)
    new = numbered(2, id=0, employee_ref=None, birthday=None)
    assert not number_clashes([known, new], [known, new])
    tonight = replace(known, name="Jan Visser")
    assert not number_clashes([known], [tonight]), "as it is after tonight"


def test_administrations_that_each_count_from_one_are_no_clash():
    here = [numbered(n, employee_number=str(100 + n)) for n in (1, 2, 3)]
    there = [
        stranger(n, id=990 + n, employee_number=str(200 + n), payroll_number=n)
        for n in (1, 2, 3)
    ]
    assert not number_clashes(here + there, here + there)


def test_a_pair_that_was_let_pass_is_no_clash_and_a_third_one_is():
    jan, kees = numbered(1), stranger(1)
    shared = {shared_number(kees, jan)}
    assert shared == {shared_number(jan, kees)}
    assert not number_clashes([jan, kees], [jan, kees], shared)
    piet = stranger(1, id=1000, employee_ref="piet", name="Piet")
    three = [jan, kees, piet]
    assert set(number_clashes(three, three, shared)) == {jan, kees, piet}


def test_another_number_is_asked_about_again():
    shared = {shared_number(numbered(1), stranger(1))}
    jan, kees = numbered(1, employee_number="8"), stranger(1, employee_number="8")
    assert number_clashes([jan, kees], [jan, kees], shared)


def test_linked_to_one_employee_they_are_one_person():
    jan = linked(1, 5, employee_number="1")
    kees = stranger(1, decision="link", employee_id=5)
    assert not number_clashes([jan, kees], [jan, kees])


def test_a_new_link_to_another_person_s_employee_is_wrong_and_the_old_one_stands():
    jan = linked(1, 5, employee_name="Jan1 Bakker")
    kees = stranger(2, decision="link", employee_id=5, to_apply=True)
    wrong = wrong_links([jan, kees], [jan, kees])
    assert list(wrong) == [kees]
    assert "another person in Loket than Kees" in wrong[kees]


@pytest.mark.parametrize(("own", "told"), [("77", "77"), (None, "1")])
def test_a_wrong_link_tells_whose_the_employee_is(own, told):
    jan = linked(1, 5, employee_number=own)
    kees = stranger(
        2, decision="link", employee_id=5, employee_name="Jan B.", to_apply=True
    )
    (text,) = wrong_links([kees], [jan]).values()
    assert f"Jan B. is linked to Jan1 Bakker (number {told} in Voorbeeld)" in text


def test_linked_at_once_to_one_employee_both_are_wrong():
    rows = [linked(1, 5, to_apply=True), stranger(2, employee_id=5, to_apply=True)]
    assert set(wrong_links(rows, rows)) == set(rows)


def test_a_link_that_does_not_count_any_more_leaves_the_employee_free():
    gone = linked(1, 5, in_loket=False)
    kees = stranger(2, decision="link", employee_id=5, to_apply=True)
    assert not wrong_links([kees], [gone, kees])


def test_people_are_the_employments_of_each():
    jan, kees = row(1), row(2)
    elsewhere = replace(jan, id=77, employee_ref="other", connection=ELSEWHERE)
    same_ref = replace(kees, id=78, name="Anders", birthday=None)
    twice = replace(jan, id=79, employee_ref="twice")
    nameless = [row(3, employee_ref=None, birthday=None, id=n) for n in (81, 82)]
    groups = people([jan, kees, elsewhere, same_ref, twice, *nameless])
    assert [[one.id for one in group] for group in groups] == [
        [jan.id, 77],
        [kees.id, 78],
        [79],
        [81],
        [82],
    ]


def test_a_birth_date_or_a_reference_alone_makes_no_one_person():
    jan = row(1)
    twin = replace(row(2), birthday=jan.birthday, connection=ELSEWHERE)
    taken = replace(row(3), id=88, employee_ref=jan.employee_ref, connection=ELSEWHERE)
    assert people([jan, twin, taken]) == [[jan], [twin], [taken]]


def test_of_the_links_under_a_reference_the_last_one_of_that_person_counts():
    jan = row(1)
    kees = replace(linked(1, 9), name="Kees", birthday=date(1970, 1, 1))
    assert linked_employee(jan, [linked(1, 7), linked(1, 8), kees]) == 8
    assert linked_employee(jan, [kees]) is None
