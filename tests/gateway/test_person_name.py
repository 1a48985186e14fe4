# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dutch names."""

import pytest

from odoo.addons.l10n_nl_loket.gateway import person_name


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
def test_else_the_order_is_read_from_the_name_that_loket_wrote(sample, expected):
    assert person_name.format_from_sample(sample, "Bergen", "Wiel") == expected


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
    name = person_name.display_name(
        first_name="Susan",
        initials="S.L.",
        prefix="van",
        last_name="Bergen",
        partner_prefix="van de",
        partner_last_name="Wiel",
        name_format=name_format,
    )
    assert name == expected


def test_without_first_name_the_initials_stand_in():
    assert (
        person_name.display_name(
            first_name=None, initials="S.L.", prefix=None, last_name="Bergen"
        )
        == "S.L. Bergen"
    )


def test_without_partner_the_chosen_order_is_of_no_matter():
    assert (
        person_name.display_name(
            first_name="Jan", prefix="", last_name="Smit", name_format="partner_own"
        )
        == "Jan Smit"
    )
