# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of an address goes into Odoo, and what of the old one must not stay."""

from collections.abc import Mapping

from .known import Changes, Employee, Snapshot, Values

REST_OF_ADDRESS = ("private_street2", "private_state_id")
"""Parts of an address that Loket may not tell: of the old one, once it is replaced."""


def country_of(snapshot: Snapshot, countries: Mapping[str, int]) -> int | None:
    """The country that Loket tells; None: none that Odoo knows.

    :param countries: country code -> id
    """
    return countries.get((snapshot.get("country_code") or "").upper())


def unknown_country(snapshot: Snapshot, countries: Mapping[str, int]) -> str | None:
    """The code of a country that Loket tells and Odoo doesn't know."""
    code: str | None = snapshot.get("country_code")
    return code if code and not country_of(snapshot, countries) else None


def rest_of_address(
    snapshot: Snapshot,
    before: Snapshot,
    changes: Changes,
    employee: Employee,
    countries: Mapping[str, int],
) -> Values:
    """Country, state and second line that go with the address Loket tells.

    Whatever Odoo has of its own stays with an address that stays, and goes with one
    that is left: half of an old address beside a new street is a wrong one.

    :param before: what was taken over last, or {}
    :param changes: what street, postcode and city get
    """
    has_moved = _has_moved(changes)
    vals: Values = dict.fromkeys(REST_OF_ADDRESS) if has_moved else {}
    location, old_location = snapshot.get("location"), before.get("location")
    if location:
        vals["private_street2"] = location
    elif old_location and employee.values["private_street2"] == old_location:
        vals["private_street2"] = None
    code, old_code = snapshot["country_code"], before.get("country_code")
    if country := country_of(snapshot, countries):
        vals["private_country_id"] = country
    elif has_moved or (old_code and old_code != code):
        vals["private_country_id"] = None
    return vals


def _has_moved(changes: Changes) -> bool:
    """Whether another street or city takes the place of an old one.

    What was empty is filled, not moved from; nor is it a move when only the writing
    changes, or the postcode of the same house.
    """
    return any(
        name in changes
        and changes[name].old
        and _letters(changes[name].old) != _letters(changes[name].new)
        for name in ("private_street", "private_city")
    )


def _letters(text: str | None) -> str:
    """The letters and figures of a text: how it is written is no matter."""
    return "".join(char for char in (text or "").casefold() if char.isalnum())
