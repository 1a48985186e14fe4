# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's formatted names: last name first, prefix after the initials.

The specification's only example is "Wiel - van Bergen S.L. van de".
"""

NAME_FORMATS = {
    1: "last name",
    2: "last name + last name partner",
    3: "last name partner",
    4: "last name partner + last name",
}


def formatted_name(person):
    """Return the name as Loket prints it, for example ``Berg J. van den``."""
    own = (person.prefix, person.last_name)
    partner = (person.partner_prefix, person.partner_last_name)
    parts = {1: [own], 2: [own, partner], 3: [partner], 4: [partner, own]}
    names = [part for part in parts[person.name_format] if part[1]] or [own]
    (prefix, first), rest = names[0], names[1:]
    last = " - ".join([first or "", *(" ".join(filter(None, part)) for part in rest)])
    return " ".join(filter(None, (last, person.initials, prefix)))
