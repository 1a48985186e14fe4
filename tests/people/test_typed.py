# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is meant by what somebody typed: nobody guesses which of two."""

import pytest

from odoo.addons.l10n_nl_loket.people.typed import People

PEOPLE = People(
    [(1, "Anna de Vries"), (2, "Piet Jansen"), (3, "Jansen, Piet"), (4, "Zoë Øst")],
    [(1, "007"), (2, "12"), (4, "12"), (3, None), (3, "0"), (1, "A1")],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna de Vries", {1}),
        ("vries anna", {1}),
        ("Anna van der Vries", set()),
        ("Anna de de Vries", {1}),
        ("Zoe Ost", {4}),
        ("7", {1}),
        (" 0007 ", {1}),
        ("a1", {1}),
        ("12", {2, 4}),
        ("Piet Jansen", {2, 3}),
        ("Anna", set()),
        ("0", set()),
        ("", set()),
        ("-", set()),
        ("99", set()),
    ],
)
def test_a_number_or_a_name_means_all_who_have_it(text, expected):
    assert PEOPLE.meant(text) == expected


def test_a_number_of_one_that_is_the_name_of_another_means_both():
    people = People([(1, "7"), (2, "Anna")], [(2, "7")])
    assert people.meant("7") == {1, 2}
