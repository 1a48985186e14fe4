# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rights to ask Loket for, and which the Loket user lacks.

By the names of their activities, which Loket's support knows them by.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...words import Text, _lt
from . import endpoints, mapping
from .transport import Transport


class Asked(NamedTuple):
    """Rights to ask Loket for, and what they are for."""

    purpose: Text
    calls: tuple[endpoints.Endpoint, ...]
    labels: tuple[str, ...] = ()
    """What Loket's own screens call them, in Dutch, as far as that is known."""


def _first(
    needed: Iterable[Sequence[endpoints.Endpoint]],
) -> tuple[endpoints.Endpoint, ...]:
    """Of calls with those that do as well, the one that says the most."""
    return tuple(ways[0] for ways in needed)


#: What is to be asked for, the indispensable first.
ASKED = (
    Asked(
        _lt("Needed: employees, codes and periods"),
        _first(endpoints.NEEDED),
        (
            "Raadplegen dienstverbanden",
            "Raadplegen beloningen",
            "Raadplegen diverse vaste gegevens salarisverwerking",
            "Raadplegen applicatiebeheer werkgever",
        ),
    ),
    Asked(
        _lt("Optional: cost centers, where Loket has them"),
        (endpoints.JOURNAL_PROFILES, endpoints.COST_CENTERS),
    ),
    Asked(
        _lt("Optional: nights that read nothing while nothing has changed"),
        (endpoints.VERSIONS,),
    ),
    Asked(
        _lt("Optional: hours straight into Loket, and back to compare"),
        (
            *_first(endpoints.NEEDED_TO_WRITE),
            endpoints.AUDIT_TRAIL,
            endpoints.READY,
        ),
        ("Beheer variabele gegevens",),
    ),
    Asked(
        _lt("Optional: payslips for employees"),
        _first(endpoints.NEEDED_FOR_PAYSLIPS),
    ),
)


def missing(
    transport: Transport,
    employer_ref: str,
    needed: Iterable[Sequence[endpoints.Endpoint]],
) -> list[str]:
    """Readable names of the calls that the user may not make at an employer.

    :param needed: calls, each with those that do as well
    """
    rows = transport.rows(endpoints.AUTHORIZATIONS, employer=employer_ref)
    granted = {mapping.activity(row) for row in rows}
    return [
        ways[0].title
        for ways in needed
        if granted.isdisjoint(way.operation.casefold() for way in ways)
    ]
