# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How names and numbers compare that two systems wrote down, each in its own way."""

import re
import unicodedata
from collections.abc import Iterable

#: Letters that Unicode takes for no accented ones.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
#: Words between first and last name: half the country has one of them.
_PREFIXES = frozenset(
    (
        *("aan", "af", "al", "am", "auf", "bij", "d", "da", "das", "de", "degli"),
        *("dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el"),
        *("en", "het", "im", "in", "l", "la", "las", "le", "les", "lo", "los", "of"),
        *("onder", "op", "over", "s", "t", "te", "ten", "ter", "thoe", "to", "tot"),
        *("uit", "uyt", "van", "ver", "vom", "von", "voor", "vor", "zu", "zum", "zur"),
    )
)
_WORD = re.compile(r"[^\W_]+")


def name_words(name: str | None) -> list[str]:
    """The words of a name: no capitals, accents or punctuation, in whatever Unicode."""
    plain = (name or "").casefold()
    if not plain.isascii():
        folded = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in folded if not unicodedata.combining(char))
        plain = plain.translate(_LETTERS)
    return _WORD.findall(plain)


def name_key(name: str | None) -> tuple[str, ...]:
    """A name as it compares: neither the order of its words nor prefixes count."""
    words = sorted(name_words(name))
    return tuple([word for word in words if word not in _PREFIXES] or words)


def telling_words(name: str | None) -> frozenset[str]:
    """The words of a name that say whose it is: no prefixes, no initials."""
    key = name_key(name)
    return frozenset(word for word in key if len(word) > 1) or frozenset(key)


def names_agree(name: str | None, other: str | None) -> bool:
    """Whether one name is the other, written with initials or with one name fewer.

    One word at least is the same in both: initials alone are anybody's.
    """
    here, there = list(name_key(name)), list(name_key(other))
    same = [word for word in here if len(word) > 1 and word in there]
    for word in dict.fromkeys(same):
        here.remove(word)
        there.remove(word)
    for word in tuple(here):
        match = next((one for one in there if _is_initial(word, one)), None)
        if match:
            here.remove(word)
            there.remove(match)
    # What is left on both sides contradicts: J. is not Piet.
    rest = here or there
    return bool(same and not (here and there)) and len(_in_full(rest)) <= 1


def _is_initial(word: str, other: str) -> bool:
    """Whether one of two words is the first letter of the other, or both are it."""
    return 1 in (len(word), len(other)) and word[0] == other[0]


def _in_full(words: Iterable[str]) -> list[str]:
    """Those that are more than an initial."""
    return [word for word in words if len(word) > 1]


def number_key(number: str | None) -> str:
    """A personnel number as it compares: text without leading zeros; 0 is none."""
    text = unicodedata.normalize("NFKC", number or "").casefold()
    return "".join(text.split()).lstrip("0")
