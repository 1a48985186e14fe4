# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dutch names: the order of prefixes, own name and the partner's name.

Loket keeps the parts apart and says with ``howToFormatLastName`` which last names a
person uses, in which order. The list of its keys is not published, so the order is
read from the name as Loket writes it itself, where both last names are in it; else from
the words of the value.
"""

import re
from typing import Literal

NameFormat = Literal["own", "partner", "own_partner", "partner_own"]

APOSTROPHES = ("'", "\u2019", "\u2018", "`", "\u00b4", "\u02bc")
_SEPARATOR = re.compile(r"\s*(?:[+/,–-]|gevolgd door|followed by|\ben\b|\band\b)\s*")
_KNOWN: dict[tuple[str, ...], NameFormat] = {
    ("own",): "own",
    ("partner",): "partner",
    ("own", "partner"): "own_partner",
    ("partner", "own"): "partner_own",
}


def format_from_words(words: str | None) -> NameFormat | None:
    """Read "last name partner + last name" and its likes, in English or Dutch.

    :param words: the value of Loket's ``howToFormatLastName``
    :return: None when it is unclear
    """
    if not words:
        return None
    parts = [part for part in _SEPARATOR.split(words.casefold()) if part]
    owners = ("partner" if "partner" in part else "own" for part in parts)
    return _KNOWN.get(tuple(owners))


def format_from_sample(
    sample: str | None, last_name: str | None, partner_last_name: str | None
) -> NameFormat | None:
    """Read the order from a name that Loket formatted ("Wiel - van Bergen S.L.").

    :return: None when neither last name is in it, when one of them is not known, or
        when they are the same
    """
    if not (sample and last_name and partner_last_name):
        return None
    own, partner = last_name.casefold(), partner_last_name.casefold()
    if own == partner:
        return None
    # The longer one first: "Jansen" is in "Jansen-Smit" too.
    text, places = sample.casefold(), {}
    for name in sorted((own, partner), key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if match:
            start, end = match.span()
            places[name] = start
            text = text[:start] + "\0" * (end - start) + text[end:]
    if len(places) == 2:
        return "own_partner" if places[own] < places[partner] else "partner_own"
    if not places:
        return None
    return "own" if own in places else "partner"


def order_of_names(
    words: str | None,
    sample: str | None,
    last_name: str | None,
    partner_last_name: str | None,
) -> NameFormat | None:
    """Which last names a person uses, and in which order.

    A name that Loket wrote itself and that holds both is surer than words that may mean
    something else. It may be cut off, so one that holds a single name is not.

    :param words: the value of ``howToFormatLastName``
    :param sample: the name as Loket formatted it
    """
    written = format_from_sample(sample, last_name, partner_last_name)
    if written in ("own_partner", "partner_own"):
        return written
    return format_from_words(words) or written


def last_names(
    *,
    prefix: str | None = None,
    last_name: str,
    partner_prefix: str | None = None,
    partner_last_name: str | None = None,
    name_format: NameFormat | None = None,
) -> str:
    """The last names with their prefixes: "van de Wiel - van Bergen".

    :param name_format: the order that the person chose; None: the own name alone
    """
    own = _with_prefix(prefix, last_name)
    partner = _with_prefix(partner_prefix, partner_last_name)
    orders: dict[NameFormat | None, str] = {
        "partner": partner,
        "own_partner": _join(" - ", own, partner),
        "partner_own": _join(" - ", partner, own),
    }
    return orders.get(name_format, own) if partner else own


def full_name(first_name: str | None, last_names: str) -> str:
    """First name, or initials, and last names: "Susan van de Wiel - van Bergen"."""
    return _join(" ", first_name, last_names)


def _with_prefix(prefix: str | None, last_name: str | None) -> str:
    """ "van Bergen", but "d'Hondt": what ends in an apostrophe is one with its name."""
    attached = (prefix or "").strip().endswith(APOSTROPHES)
    return _join("" if attached else " ", prefix, last_name)


def _join(separator: str, *parts: str | None) -> str:
    return separator.join(part.strip() for part in parts if part and part.strip())
