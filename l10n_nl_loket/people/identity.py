# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A reference that becomes somebody else: a person decides, nothing is overwritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..words import Text, _lt
from .known import Row, Values
from .names import name_key
from .one_person import is_same_person


def other_people(rows: Iterable[Row], told: Mapping[str, Values]) -> dict[Row, Text]:
    """Why what Loket tells now may be of another person than was decided on.

    What waits for a person's answer goes on waiting, until Loket tells again what Odoo
    has: of two who swapped numbers one may be answered before the other.

    :param rows: all employments of one connection, as they were
    :param told: what Loket tells now, by reference of the employment
    """
    rows = list(rows)
    holders = defaultdict(list)
    for row in rows:
        if row.payroll_number:
            holders[row.payroll_number].append(row)
    others = {}
    for row in rows:
        if row.employment_ref not in told or not row.is_decided:
            continue
        vals = told[row.employment_ref]
        reason = (
            _another_reference(row, vals)
            or _another_number(row, vals, holders[vals["payroll_number"]])
            or _still_waits(row, vals)
        )
        if reason:
            others[row] = reason
    return others


def _another_reference(row: Row, vals: Values) -> Text | None:
    """Another employee under the employment, or another name and birth date at once.

    Filling in what was not known is neither.
    """
    is_other = bool(
        row.employee_ref
        and vals["employee_ref"]
        and row.employee_ref != vals["employee_ref"]
    )
    is_renamed = bool(
        row.birthday
        and row.birthday != vals["birthday"]
        and name_key(row.name) != name_key(vals["name"])
    )
    if not (is_other or is_renamed):
        return None
    return _lt(
        "Loket now gives this employment of %(name)s to another employee, or under "
        "another name and birth date: %(other)s. Nothing of it is taken over. Say that "
        "it is the same person, or undo the decision.",
        name=row.name,
        other=vals["name"],
    )


def _another_number(row: Row, vals: Values, holders: Iterable[Row]) -> Text | None:
    """A payroll number that is, or was last, that of somebody else."""
    number = vals["payroll_number"]
    if not number or number == row.payroll_number:
        return None
    tonight = replace(row, **vals)
    for holder in holders:
        if holder.id != row.id and not is_same_person(tonight, holder):
            return _lt(
                "Loket now gives %(name)s payroll number %(number)s, which was that of "
                "%(other)s. Nothing of it is taken over. Say that it is the same "
                "person, or undo the decision.",
                name=row.name,
                number=number,
                other=holder.name,
            )
    return None


def _still_waits(row: Row, vals: Values) -> Text | None:
    """What waited before, while Loket does not tell again what Odoo has."""
    if not row.other_person:
        return None
    identity = ("employee_ref", "payroll_number", "birthday")
    if all(getattr(row, name) == vals[name] for name in identity):
        return None
    return _lt(
        "It is not known yet whether Loket tells of %(name)s or of somebody else. "
        "Nothing of it is taken over. Say that it is the same person, or undo the "
        "decision.",
        name=row.name,
    )
