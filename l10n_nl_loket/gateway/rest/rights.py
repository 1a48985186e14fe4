# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rights the Loket user lacks, by the names of their activities."""

from collections.abc import Iterable, Sequence

from . import endpoints, mapping
from .transport import Transport


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
