# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dutch names."""

import pytest

from odoo.addons.l10n_nl_loket.gateway import Person, person_name


def person(**parts):
    """The name of a person as it is shown."""
    return Person(employee_ref="1", **parts).display_name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last name", "own"),
        ("Geboortenaam", "own"),
        ("Naam partner", "partner"),
        ("last name + last name partner", "own_partner"),
        ("last name partner + last name", "partner_own"),
        ("Eigen naam - naam partner", "own_partner"),
        ("Achternaam partner gevolgd door achternaam", "partner_own"),
        ("achternaam en achternaam en achternaam", None),
        ("", None),
        (None, None),
    ],
)
def test_the_order_of_names_is_read_from_words(words, expected):
    assert person_name.format_from_words(words) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("Wiel - van Bergen S.L. van de", "partner_own"),
        ("Bergen - van de Wiel S.L. van", "own_partner"),
        ("Bergen S.L. van", "own"),
        ("Wiel S.L. van de", "partner"),
        ("Somebody else", None),
        (None, None),
    ],
)
def test_the_order_is_read_from_the_name_that_loket_wrote(sample, expected):
    assert person_name.format_from_sample(sample, "Bergen", "Wiel") == expected


@pytest.mark.parametrize(
    ("own", "partner", "sample", "expected"),
    [
        ("Berg", "Bergen", "Bergen - Berg J.", "partner_own"),
        ("Bergen", "Berg", "Bergen - Berg J.", "own_partner"),
        ("Jansen-Smit", "Jansen", "Jansen-Smit - Jansen J.", "own_partner"),
        ("Jansen-Smit", "Jansen", "Jansen-Smit J.", "own"),
        ("Bakker", "Bakker", "Bakker - Bakker J.", None),
        ("Os", "Vos", "Vos J.", "partner"),
    ],
)
def test_a_name_within_another_is_not_taken_for_it(own, partner, sample, expected):
    assert person_name.format_from_sample(sample, own, partner) == expected


@pytest.mark.parametrize(
    ("words", "sample", "expected"),
    [
        ("last name", "Wiel - van Bergen S.L.", "partner_own"),
        ("last name + last name partner", "Wiel - Bergen S.L.", "partner_own"),
        ("nom de famille", "Bergen - van de Wiel S.L.", "own_partner"),
        ("nom de famille", "Bergen S.L.", "own"),
        ("last name + last name partner", "Bergen S.L.", "own_partner"),
        ("last name partner", None, "partner"),
        (None, None, None),
    ],
)
def test_a_name_with_both_last_names_is_surer_than_words(words, sample, expected):
    found = person_name.order_of_names(words, sample, "Bergen", "Wiel")
    assert found == expected


@pytest.mark.parametrize(
    ("name_format", "expected"),
    [
        (None, "Susan van Bergen"),
        ("own", "Susan van Bergen"),
        ("partner", "Susan van de Wiel"),
        ("own_partner", "Susan van Bergen - van de Wiel"),
        ("partner_own", "Susan van de Wiel - van Bergen"),
    ],
)
def test_last_names_come_in_the_chosen_order(name_format, expected):
    name = person(
        first_name="Susan",
        prefix="van",
        last_name="Bergen",
        partner_prefix="van de",
        partner_last_name="Wiel",
        name_format=name_format,
    )
    assert name == expected


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("d'", "Anna d'Hondt"),
        ("D'", "Anna D'Hondt"),
        ("d\u2019", "Anna d\u2019Hondt"),
        ("van d' ", "Anna van d'Hondt"),
        ("'t", "Anna 't Hondt"),
        ("in 't", "Anna in 't Hondt"),
        ("", "Anna Hondt"),
    ],
)
def test_a_prefix_that_ends_in_an_apostrophe_is_one_with_the_name(prefix, expected):
    assert person(first_name="Anna", prefix=prefix, last_name="Hondt") == expected


def test_so_is_the_prefix_of_the_partner():
    name = person(
        first_name="Anna",
        last_name="Bergen",
        partner_prefix="d'",
        partner_last_name="Hondt",
        name_format="partner_own",
    )
    assert name == "Anna d'Hondt - Bergen"


def test_without_first_name_the_initials_stand_in():
    assert person(initials="S.L.", last_name="Bergen") == "S.L. Bergen"


def test_without_partner_the_chosen_order_is_of_no_matter():
    name = person(first_name="Jan", prefix="", last_name="Smit", name_format="partner")
    assert name == "Jan Smit"
