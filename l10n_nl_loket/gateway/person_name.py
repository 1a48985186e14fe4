# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dutch names: the order of prefixes, own name and the partner's name.

Loket keeps the parts apart and says with ``howToFormatLastName`` which last names a
person uses, in which order. The list of its keys is not published, so the order is
read from the words of its value, else from the name as Loket writes it itself.
"""

import re
from typing import Literal

NameFormat = Literal["own", "partner", "own_partner", "partner_own"]

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

    :return: None when neither last name is in it, or one of them is not known
    """
    if not (sample and last_name and partner_last_name):
        return None
    own = sample.casefold().find(last_name.casefold())
    partner = sample.casefold().find(partner_last_name.casefold())
    if own < 0 and partner < 0:
        return None
    if partner < 0:
        return "own"
    if own < 0:
        return "partner"
    return "own_partner" if own < partner else "partner_own"


def display_name(
    *,
    first_name: str | None = None,
    initials: str | None = None,
    prefix: str | None = None,
    last_name: str,
    partner_prefix: str | None = None,
    partner_last_name: str | None = None,
    name_format: NameFormat | None = None,
) -> str:
    """First name, else initials, and last names: "Susan van de Wiel - van Bergen".

    :param name_format: the order that the person chose; None: the own name alone
    """
    own = _join(" ", prefix, last_name)
    partner = _join(" ", partner_prefix, partner_last_name)
    orders: dict[NameFormat | None, str] = {
        "partner": partner,
        "own_partner": _join(" - ", own, partner),
        "partner_own": _join(" - ", partner, own),
    }
    last_names = orders.get(name_format, own) if partner else own
    return _join(" ", first_name or initials, last_names)


def _join(separator: str, *parts: str | None) -> str:
    return separator.join(part.strip() for part in parts if part and part.strip())
