# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names and numbers that two systems wrote down, each in its own way."""

import unicodedata

import pytest

from odoo.addons.l10n_nl_loket.people.names import (
    name_key,
    name_words,
    names_agree,
    number_key,
    telling_words,
)

#: Those that stand between first and last name in the Netherlands, its neighbours' too.
PREFIXES = """
    aan af al am auf bij d da das de degli dei del della den der des di do dos du el en
    het im in l la las le les lo los of onder op over s t te ten ter thoe to tot uit uyt
    van ver vom von voor vor zu zum zur
"""


@pytest.mark.parametrize(
    "other",
    [
        "JOSÉ  van den Berg",
        unicodedata.normalize("NFD", "José van den Berg"),
        "Berg, José van den",
        "Jose Berg",
        "José v.d. Berg".replace("v.d.", "van der"),
    ],
)
def test_written_otherwise_it_is_the_same_name(other):
    assert name_key("José van den Berg") == name_key(other)


@pytest.mark.parametrize("other", ["Josée van den Berg", "J. van den Berg", "José", ""])
def test_another_name(other):
    assert name_key("José van den Berg") != name_key(other)


def test_letters_that_unicode_takes_for_no_accented_ones():
    assert name_key("Søren Łuczak") == name_key("Soren Luczak")
    assert name_key("IJsbrand") == name_key("\u0132sbrand")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Øyvind Łuk", ["oyvind", "luk"]),
        ("Đorđe", ["dorde"]),
        ("Guðrún Ðe", ["gudrun", "de"]),
        ("Yıldız", ["yildiz"]),
        ("Kærgaard Æ", ["kaergaard", "ae"]),
        ("Lecœur Œ", ["lecoeur", "oe"]),
        ("Þór", ["thor"]),
    ],
)
def test_each_of_those_letters_is_the_plain_one(name, words):
    assert name_words(name) == words


@pytest.mark.parametrize("prefix", PREFIXES.split())
def test_a_prefix_says_nothing_of_whose_a_name_is(prefix):
    assert name_key(f"Jan {prefix} Berg") == ("berg", "jan")
    assert telling_words(f"{prefix.upper()} Berg") == {"berg"}


def test_a_name_of_prefixes_only_is_a_name():
    assert name_key("Van Der") == ("der", "van")


def test_prefixes_and_initials_tell_nothing():
    assert telling_words("J. van der Berg") == {"berg"}
    assert not telling_words("Jan de Boer") & telling_words("Kees de Vries")
    assert telling_words("Bo Jansen") == {"bo", "jansen"}
    assert telling_words("J. K.") == {"j", "k"}
    assert telling_words(None) == frozenset()
    assert telling_words("Anna Visser-de Boer") == {"anna", "visser", "boer"}


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("007", "7"),
        ("7", "7"),
        (" A1 ", "a1"),
        ("A 1", "a1"),
        ("0", ""),
        (None, ""),
        ("70", "70"),
    ],
)
def test_leading_zeros_don_t_count(number, key):
    assert number_key(number) == key


@pytest.mark.parametrize(
    ("name", "other", "agree"),
    [
        ("J. Bakker", "Jan Bakker", True),
        ("J.P. Bakker", "Jan Bakker", True),
        ("Jan Bakker", "Jan Piet Bakker", True),
        ("Riet Kok", "Riet Smit - Kok", True),
        ("Bakker", "Jan Bakker", True),
        ("J. Bakker", "Piet Bakker", False),
        ("Jan Bakker", "Piet Bakker", False),
        ("J. Bakker", "P. Bakker", False),
        ("Riet Kok", "Riet Smit", False),
        ("J. Bakker", "J. Kok", False),
        ("Jan Bakker", "Jan Piet Klaas Bakker", False),
        ("Jan Bakker", "Johan Bakker", False),
        ("Jan Bakker", "Jan A. B. Bakker", True),
        ("Jan Bakker", "Jan Bo Ed Bakker", False),
        ("Bo", "Bo Jansen", True),
        ("Jan Jan Bakker", "Jan Bakker", True),
        ("J. Jansen", "Jan Jansen", True),
        ("J.", "J.", False),
        ("J. P.", "J. P.", False),
        ("", "", False),
        (None, "Jan Bakker", False),
    ],
)
def test_names_that_agree_but_for_initials_or_one_name(name, other, agree):
    assert names_agree(name, other) is agree
    assert names_agree(other, name) is agree
