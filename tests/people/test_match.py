# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom in Odoo an employment may be of."""

import time
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from odoo.addons.l10n_nl_loket.people.known import Identity
from odoo.addons.l10n_nl_loket.people.match import (
    LIKELY,
    Candidate,
    Matcher,
    Person,
    suggestions,
)
from odoo.addons.l10n_nl_loket.people.one_person import wrong_links

from .company import ELSEWHERE, HERE, linked, row

BORN = date(1980, 1, 1)
NOBODY = {"number": None, "emails": (), "birthday": None, "name": None}
EMAIL = "jan@voorbeeld.example"


def candidate(id_, **values):
    return Candidate(**{"id": id_, **NOBODY, **values})


def jan(**values):
    """Jan de Boer, number 7, as Loket tells."""
    told = {"name": "Jan de Boer", "employee_number": "7", "birthday": BORN}
    return Person(row(1, **told | values), (EMAIL,))


def find(*candidates, person=None):
    return Matcher(candidates).find(person or jan())


def nobody(finding):
    """Nobody is suggested, and nobody may be there twice."""
    return finding.employee_id is None and not finding.may_be_double


def asked(finding):
    """Nobody is suggested, and a person has to look."""
    return finding.employee_id is None and finding.may_be_double and finding.reason


@pytest.mark.parametrize(
    ("reason", "value", "is_strong"),
    [
        ("birthday", {"birthday": BORN, "name": "jan  de BOER"}, True),
        ("email", {"emails": ("", EMAIL), "name": "Jan Boer-Visser"}, True),
        ("email", {"emails": (EMAIL,), "name": "Jan Visser"}, True),
        ("email", {"emails": (EMAIL,), "name": "Receptie"}, False),
        ("email", {"emails": (EMAIL,), "name": "Receptie", "birthday": BORN}, True),
        ("number", {"number": "007", "name": "J. de Boer"}, True),
        ("number", {"number": "7", "name": "Jan Visser"}, False),
        ("name", {"name": "Boer, Jan de"}, False),
        ("alike", {"name": "J. de Boer", "birthday": BORN}, False),
        ("alike", {"name": "Jan Visser - de Boer", "birthday": BORN}, False),
    ],
)
def test_each_reason_finds_the_one_it_fits(reason, value, is_strong):
    other = candidate(2, number="B2", emails=("piet@voorbeeld.example",), name="Piet")
    finding = find(other, candidate(1, **value))
    assert (finding.employee_id, finding.reason) == (1, reason)
    assert finding.is_strong is is_strong
    assert finding.may_be_double


@pytest.mark.parametrize(
    "value",
    [
        {"number": "7", "name": "Kees Visser"},
        {"number": "7", "name": "Kees de Visser"},
        {"number": "7", "name": "Jan Visser", "birthday": date(1981, 1, 1)},
        {"emails": (EMAIL,), "name": "Kees", "birthday": date(1981, 1, 1)},
        {"name": "Jan de Boer", "birthday": date(1981, 1, 1)},
        {"name": "Jan Visser", "birthday": BORN},
        {"emails": ("",), "name": ""},
    ],
)
def test_what_contradicts_or_is_no_evidence_finds_nobody(value):
    assert nobody(find(candidate(1, **value)))


def test_shuffled_badges_leave_each_to_birth_date_and_name():
    people = [
        Person(row(n, employee_number=str(n), name=f"Jan{n} Bakker"))
        for n in range(1, 9)
    ]
    badges = {n: str(n % 8 + 1) for n in range(1, 9)}
    employees = [
        candidate(n, number=badges[n], birthday=date(1980, 1, n), name=f"Jan{n} Bakker")
        for n in range(1, 9)
    ]
    found = suggestions(people, Matcher(employees), {})
    for person in people:
        finding = found[person.row.id]
        assert finding.employee_id == person.row.payroll_number
        assert finding.reason == "birthday" and finding.is_strong


def test_shuffled_badges_without_birth_dates_link_nobody_unseen():
    people = [
        Person(row(n, employee_number=str(n), name=f"Jan{n} Bakker"))
        for n in range(1, 9)
    ]
    employees = [
        candidate(n, number=str(n % 8 + 1), name=f"Jan{n} Bakker") for n in range(1, 9)
    ]
    for finding in suggestions(people, Matcher(employees), {}).values():
        assert not finding.is_strong and finding.may_be_double


def test_alike_but_for_the_birth_date_is_asked():
    finding = find(
        candidate(1, emails=(EMAIL,), name="Jan de Boer", birthday=date(1980, 1, 2))
    )
    assert asked(finding) == "contradicted"
    assert finding.others == (1,)


def test_email_and_number_of_two_are_asked():
    finding = find(
        candidate(1, emails=(EMAIL,), name="Jan Boer"),
        candidate(2, number="7", name="Jan Visser"),
    )
    assert asked(finding) == "several"
    assert set(finding.others) == {1, 2}
    assert finding.rank == LIKELY


def test_email_or_number_with_the_birth_date_does_not_win_from_the_other_one():
    assert asked(
        find(
            candidate(1, emails=(EMAIL,), name="Receptie", birthday=BORN),
            candidate(2, number="7", name="Jan Visser"),
        )
    )


def test_a_namesake_does_not_matter_beside_better_evidence():
    namesake = candidate(2, name="Jan de Boer")
    number = candidate(1, number="7", name="Jan de Boer")
    assert find(number, namesake).employee_id == 1
    born = candidate(1, emails=(EMAIL,), name="Receptie", birthday=BORN)
    assert find(born, namesake).employee_id == 1


def test_of_a_crowd_only_the_first_fifty_are_looked_at():
    crowd = [candidate(n, emails=(EMAIL,), name="Receptie") for n in range(1, 61)]
    assert find(*crowd).others == tuple(range(1, 51))


def test_the_email_of_one_and_the_name_of_another_are_asked():
    assert asked(
        find(
            candidate(1, emails=(EMAIL,), name="Receptie"),
            candidate(2, name="Jan de Boer"),
        )
    )


def test_birth_date_and_name_win_from_email_and_number_of_others():
    finding = find(
        candidate(1, emails=(EMAIL,), name="Jan Boer"),
        candidate(2, number="7", name="Jan Visser"),
        candidate(3, name="Jan de Boer", birthday=BORN),
    )
    assert (finding.employee_id, finding.reason) == (3, "birthday")


@pytest.mark.parametrize(
    "value",
    [
        {"number": "7", "name": "Jan de Boer"},
        {"emails": (EMAIL,), "name": "Jan"},
        {"name": "Jan de Boer", "birthday": BORN},
        {"name": "Jan de Boer"},
    ],
)
def test_two_who_fit_alike_are_asked(value):
    assert asked(find(candidate(1, **value), candidate(2, **value))) == "several"


# === LINKED ALREADY === #


def test_linked_through_another_connection_it_is_the_same_person():
    link = linked(9, 1, connection=ELSEWHERE, name="Jan de Boer", birthday=BORN)
    finding = find(candidate(1, name="Jan de Boer", birthday=BORN, links=(link,)))
    assert finding.employee_id == 1
    assert finding.is_strong and finding.may_be_double


@pytest.mark.parametrize(
    "link",
    [
        linked(9, 1, name="Kees", birthday=BORN),
        linked(
            9, 1, connection=ELSEWHERE, name="Jan de Boer", birthday=date(1970, 1, 1)
        ),
    ],
)
def test_whom_loket_knows_as_somebody_else_is_not_suggested(link):
    known = candidate(1, emails=(EMAIL,), name="Jan de Boer", links=(link,))
    assert nobody(find(known))


def test_who_may_be_entered_in_loket_anew_is_asked_about():
    """Under a name of marriage, or while nobody knew the birth date."""
    for told in ({"name": "Jan Visser - de Boer"}, {"birthday": None}):
        link = linked(9, 1, **{"name": "Jan de Boer", "birthday": BORN, **told})
        known = candidate(1, emails=(EMAIL,), name="Jan de Boer", links=(link,))
        assert asked(find(known)), told


@pytest.mark.parametrize("name", ["J. de Boer", "Jan Visser - de Boer", "De Boer"])
def test_written_otherwise_on_another_connection_is_shown_and_may_be_linked(name):
    link = linked(9, 1, connection=ELSEWHERE, name=name, birthday=BORN)
    known = candidate(1, emails=(EMAIL,), name=name, birthday=BORN, links=(link,))
    finding = find(known)
    assert (finding.employee_id, finding.is_strong) == (1, False)
    chosen = replace(jan().row, employee_id=1, to_apply=True)
    assert not wrong_links([chosen], [link, chosen])


@pytest.mark.parametrize(
    "values", [{"birthday": None}, {"name": "Piet de Boer"}, {"name": "P. de Boer"}]
)
def test_what_would_be_refused_is_not_suggested(values):
    """A namesake without birth date, and somebody else born on the same day."""
    told = {"name": "Jan de Boer", "birthday": BORN, **values}
    link = linked(9, 1, connection=ELSEWHERE, **told)
    known = candidate(
        1, emails=(EMAIL,), name=told["name"], birthday=BORN, links=(link,)
    )
    assert asked(find(known)) == "claimed"
    chosen = replace(jan().row, employee_id=1, to_apply=True)
    assert list(wrong_links([chosen], [link, chosen])) == [chosen]


def test_the_employment_itself_speaks_against_nothing():
    """It was linked, and is to be decided on again: under a name of before, say."""
    own = replace(jan(employee_ref="other", name="Kees").row, employee_id=1)
    known = candidate(1, emails=(EMAIL,), name="Jan de Boer", links=(own,))
    assert find(known).employee_id == 1


@pytest.mark.parametrize(
    ("value", "is_asked"),
    [
        ({"emails": (EMAIL,), "name": "Jan de Boer-Visser"}, True),
        ({"name": "Jan de Boer"}, True),
        ({"number": "7", "name": "Jan de Boer-Visser"}, False),
        ({"birthday": BORN, "name": "Jan de Boer-Visser"}, False),
    ],
)
def test_an_address_or_a_name_says_who_may_be_entered_anew(value, is_asked):
    link = linked(9, 1, name="Jan Visser - de Boer", birthday=BORN)
    finding = find(candidate(1, **value, links=(link,)))
    assert asked(finding) == "claimed" if is_asked else nobody(finding)
    assert finding.others == ((1,) if is_asked else ())


# === ALL THAT ARE TO BE DECIDED ON === #


def kees(**values):
    told = {"name": "Kees de Boer", "birthday": date(1985, 5, 5)}
    return Person(row(2, **told | values), (EMAIL,))


def test_an_employee_who_may_be_two_people_is_suggested_for_neither():
    matcher = Matcher([candidate(1, emails=(EMAIL,), name="De Boer")])
    found = suggestions([jan(), kees()], matcher, {})
    assert [asked(finding) for finding in found.values()] == ["claimed", "claimed"]


def test_the_stronger_evidence_wins():
    matcher = Matcher([candidate(1, emails=(EMAIL,), name="Jan de Boer")])
    born = candidate(2, emails=(), birthday=BORN, name="Jan de Boer")
    found = suggestions([jan(), kees(birthday=None)], Matcher([born]), {})
    assert found[jan().row.id].employee_id == 2
    both = candidate(1, emails=(EMAIL,), birthday=BORN, name="Jan de Boer")
    found = suggestions([jan(), kees(birthday=None)], Matcher([both]), {})
    assert found[jan().row.id].employee_id == 1
    assert asked(found[kees().row.id]) == "claimed"
    assert found[kees().row.id].others == (1,)
    assert matcher.find(kees()).employee_id == 1, "alone it would be"


def test_two_employments_of_one_person_get_the_same_suggestion():
    again = Person(replace(jan().row, id=5), (EMAIL,))
    matcher = Matcher([candidate(1, emails=(EMAIL,), name="Jan de Boer")])
    found = suggestions([jan(), again], matcher, {})
    assert [finding.employee_id for finding in found.values()] == [1, 1]


def test_who_is_linked_by_another_employment_is_known_by_loket_s_reference():
    found = suggestions([jan()], Matcher([]), {"person-1": [jan(employee_id=8).row]})
    finding = found[jan().row.id]
    assert (finding.employee_id, finding.reason) == (8, "same")
    assert finding.is_strong and not finding.may_be_double


def test_who_is_linked_under_the_reference_wins_from_whoever_fits():
    linked_jan = jan(employee_id=8).row
    fits = candidate(8, birthday=date(1985, 5, 5), name="Kees de Boer")
    found = suggestions([jan(), kees()], Matcher([fits]), {"person-1": [linked_jan]})
    assert found[jan().row.id].employee_id == 8
    assert asked(found[kees().row.id]) == "claimed"


def test_each_claim_is_judged():
    """Also what comes after somebody whom nobody else claims."""
    piet = Person(row(3, name="Piet Bos"))
    matcher = Matcher(
        [candidate(3, name="Piet Bos"), candidate(1, emails=(EMAIL,), name="De Boer")]
    )
    found = suggestions([piet, jan(), kees()], matcher, {})
    assert [finding.reason for finding in found.values()] == [
        "name", "claimed", "claimed",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [2, 3])
def test_who_seems_to_be_in_loket_twice_is_not_added_twice_unasked(count):
    people = [
        Person(replace(jan().row, id=n, employee_ref=f"ref-{n}"), (EMAIL,))
        for n in range(count)
    ]
    found = suggestions(people, Matcher([]), {})
    assert [asked(finding) for finding in found.values()] == ["twice"] * count
    weak = suggestions(people, Matcher([candidate(1, name="Jan de Boer")]), {})
    assert [finding.employee_id for finding in weak.values()] == [1] * count


@pytest.mark.parametrize(
    "values",
    [
        {"employee_ref": "person-1"},
        {"name": "Kees Bos"},
        {"birthday": date(1981, 1, 1)},
        {"connection": ELSEWHERE},
        {"employee_ref": None},
    ],
)
def test_what_is_not_the_same_person_twice(values):
    again = replace(jan().row, **{"id": 5, "employee_ref": "other", **values})
    found = suggestions([jan(), Person(again)], Matcher([]), {})
    assert all(nobody(finding) for finding in found.values())


def test_a_reference_that_was_somebody_else_s_suggests_nobody():
    kees = jan(employee_id=8, name="Kees Bos", birthday=date(1970, 1, 1)).row
    finding = suggestions([jan()], Matcher([]), {"person-1": [kees]})[jan().row.id]
    assert asked(finding) == "renamed" and finding.others == (8,)
    own = suggestions(
        [jan()],
        Matcher([candidate(2, birthday=BORN, name="Jan de Boer")]),
        {"person-1": [kees]},
    )
    assert own[jan().row.id].employee_id == 2, "he was there all the time"


def test_a_claim_of_who_is_not_to_be_decided_on_keeps_nobody_from_it():
    both = candidate(1, emails=(EMAIL,), name="De Boer")
    people = [jan(), kees()._replace(is_open=False)]
    found = suggestions(people, Matcher([both]), {})
    assert found[jan().row.id].employee_id == 1
    assert asked(found[kees().row.id]) == "claimed"


def test_two_who_are_not_to_be_decided_on_are_asked_about_nevertheless():
    again = replace(jan().row, id=5, employee_ref="other")
    people = [jan()._replace(is_open=False), Person(again, is_open=False)]
    found = suggestions(people, Matcher([]), {})
    assert [asked(finding) for finding in found.values()] == ["twice", "twice"]
    people[1] = Person(again)
    found = suggestions(people, Matcher([]), {})
    assert nobody(found[5]) and asked(found[jan().row.id]) == "twice"


@pytest.mark.parametrize("seed", range(20))
def test_nothing_of_an_employment_counts_but_what_tells_whose_it_is(seed):
    """What was found is kept by the digest of it (``what_matching_reads``)."""
    random = Random(seed)
    rows = [
        replace(
            row(random.choice((1, 2)), connection=random.choice((HERE, ELSEWHERE))),
            id=n,
            employee_ref=random.choice((None, *"abcde")),
            employee_number=random.choice((None, "7", "007", "8")),
            name=random.choice(("Jan de Boer", "J. Boer", "Kees Bos", "Kees", "Ann")),
            birthday=random.choice((None, BORN, BORN, date(1990, 1, 1))),
            employee_id=random.choice((None, None, None, 1, 2, 3)),
            start_date=date(2020, 1, random.randint(1, 28)),
        )
        for n in range(40)
    ]
    staff = [
        candidate(
            n,
            number=random.choice((None, "7", "8")),
            emails=random.choice(((), (EMAIL,), ("kees@voorbeeld.example",))),
            birthday=random.choice((None, BORN, date(1990, 1, 1))),
            name=random.choice(("Jan de Boer", "Jan Boer", "Kees Bos", "Ann Bos")),
        )
        for n in range(1, 9)
    ]
    emails = [random.choice(((), (EMAIL,))) for _row in rows]
    is_open = [random.random() < 0.8 for _row in rows]

    def found(who):
        links, known = defaultdict(list), defaultdict(list)
        for one in filter(lambda one: one.employee_id, who):
            links[one.employee_id].append(one)
            known[one.employee_ref or ""].append(one)
        matcher = Matcher(
            one._replace(links=tuple(links.get(one.id, ()))) for one in staff
        )
        people = [
            Person(one, *more)
            for one, *more in zip(who, emails, is_open, strict=True)
            if not one.employee_id
        ]
        return suggestions(people, matcher, known)

    identities = [
        Identity(*(getattr(one, name) for name in Identity._fields)) for one in rows
    ]
    assert found(identities) == found(rows)


def test_ten_thousand_against_ten_thousand_take_seconds():
    days = [BORN + timedelta(days=n) for n in range(10_000)]
    people = [
        Person(
            replace(
                jan().row,
                id=n,
                employee_ref=f"p{n}",
                employee_number=str(n),
                name=f"Jan{n % 100} Bakker{n // 100}",
                birthday=days[n],
            ),
            ("info@voorbeeld.example",),
        )
        for n in range(1, 10_000)
    ]
    employees = [
        candidate(
            n,
            number=str(n),
            emails=("info@voorbeeld.example",),
            birthday=days[n],
            name=f"Jan{n % 100} Bakker{n // 100}",
        )
        for n in range(1, 10_000)
    ]
    start = time.process_time()
    found = suggestions(people, Matcher(employees), {})
    assert time.process_time() - start < 10, "it must not grow with the square"
    assert all(finding.employee_id == id_ for id_, finding in found.items())
