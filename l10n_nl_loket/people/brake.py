# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The brakes of a night: what would change for too many people at once waits.

A kind of change is the field of ``hr.employee`` that it is of; besides, there is the
payroll number, which is of the employment.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from .address import REST_OF_ADDRESS
from .known import Changes, Row
from .snapshot import FIELDS_WITH_A_KEY

END = "contract_date_end"
NUMBER = "payroll_number"
GONE = "in_loket"
"""What waits on a row when too many have vanished."""

ROW_FIELDS = {
    "name": "name",
    "birthday": "birthday",
    "end_date": END,
    "contract_end_date": END,
    NUMBER: NUMBER,
}
"""Field of an employment -> the kind of change that it is held with."""

AT_LEAST = 5
"""People; of fewer the percentage says nothing."""

_ADDRESS = frozenset(
    {
        "private_street",
        "private_zip",
        "private_city",
        "private_country_id",
        *REST_OF_ADDRESS,
    }
)
_NAME_KEYS = ("name", "given_name", "last_names")
_KEYS = {
    **{name: (key,) for name, key in FIELDS_WITH_A_KEY.items()},
    END: ("contract_end", "end_date"),
}
"""Kind of change -> the keys of the snapshot that tell it, but for names."""


def too_many(concerned: Collection[Any], people: int, limit: int) -> bool:
    """Whether these are more than a night may change without being asked.

    :param people: how many there are
    :param limit: a percentage of them
    """
    return len(concerned) >= AT_LEAST and len(concerned) > people * limit / 100


def json_value(value: Any) -> Any:
    """A value as JSON: what waits on a row is kept so."""
    return value.isoformat() if isinstance(value, date) else value


def waited_for(row: Row, kind: str, new: Any) -> bool:
    """Whether precisely this change waits on a row."""
    held = row.held or {}
    return kind in held and held[kind] == json_value(new)


def with_the_rest(
    kinds: Iterable[str], changed: Iterable[str], names: Collection[str]
) -> set[str]:
    """The fields of one person that wait, when these kinds do.

    Half of an address, or of a name, is a wrong one.

    :param changed: the fields of the person that change
    :param names: the fields that keep a name
    """
    changed = set(changed)
    waits = set(kinds) & changed
    for fact in (_ADDRESS, set(names)):
        if waits & fact:
            waits |= changed & fact
    return waits


def still_waits(
    links: Iterable[Row], changes: Changes, names: Collection[str]
) -> Changes:
    """What of a person waits on another employment of the employee, of these changes.

    :param links: all employments that tell about the employee
    :param names: the fields that keep a name
    """
    kinds = {kind for link in links for kind in link.held or {}}
    waits = with_the_rest(kinds, kinds | changes.keys(), names)
    return {name: change for name, change in changes.items() if name in waits}


def keys_of(kinds: Iterable[str], names: Collection[str]) -> set[str]:
    """The keys of the snapshot that tell these kinds of change."""
    keys: set[str] = set()
    for kind in kinds:
        keys.update(_NAME_KEYS if kind in names else _KEYS.get(kind, ()))
    return keys
