# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is one person in Loket, and where two people are taken for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from ..words import Text, _lt
from .known import Row, Who
from .names import name_key, names_agree, number_key


class SharedNumber(NamedTuple):
    """A personnel number that two people may both have: somebody said so, once."""

    first_id: int
    """The lower id of the two employments."""
    second_id: int
    number: str
    """As it compares."""


def birth_dates_differ(birthday: date | None, other: date | None) -> bool:
    """Whether two birth dates are known, and not the same."""
    return bool(birthday and other and birthday != other)


def is_same_person(row: Who, other: Who) -> bool:
    """Whether two employments are of one person, as far as Loket tells.

    Who comes back may be entered in Loket once more, and another administration may
    know a person too: then name and birth date tell. A name alone is no proof, and a
    reference is none either, once both name and birth date differ under it.
    """
    if row.employee_ref and row.employee_ref == other.employee_ref:
        return not birth_dates_differ(row.birthday, other.birthday) or (
            name_key(row.name) == name_key(other.name)
        )
    return (
        bool(row.birthday)
        and row.birthday == other.birthday
        and name_key(row.name) == name_key(other.name)
    )


def may_be_one_person(row: Who, other: Who) -> bool:
    """Whether a person may link two employments to one employee.

    Within one administration Loket tells two people apart. Another one may write the
    same person with initials, or with a name fewer: the birth date tells then, and
    somebody who looks at both sides.
    """
    return is_same_person(row, other) or (
        row.connection_id != other.connection_id
        and bool(row.birthday)
        and row.birthday == other.birthday
        and names_agree(row.name, other.name)
    )


def shared_number(row: Row, other: Row) -> SharedNumber:
    """What a person says yes to, of two employments with one number."""
    return SharedNumber(
        min(row.id, other.id), max(row.id, other.id), number_key(row.employee_number)
    )


def number_clashes(
    rows: Iterable[Row],
    others: Iterable[Row],
    shared: Collection[SharedNumber] = frozenset(),
) -> dict[Row, Text]:
    """What is wrong with rows whose personnel number is another person's too.

    See ``clashing_with``.
    """
    return {
        row: _number_clash(row, holders[0])
        for row, holders in clashing_with(rows, others, shared).items()
    }


def _number_clash(row: Row, other: Row) -> Text:
    """Whose a number is too. Of a company of others, nobody is named."""
    if row.connection.root_id != other.connection.root_id:
        return _lt(
            "Personnel number %(number)s is also that of somebody in another company. "
            "Give one of them another number in Loket, or let both keep it.",
            number=row.employee_number,
        )
    return _lt(
        "Personnel number %(number)s is also that of %(other)s in %(connection)s. "
        "Give one of them another number in Loket, or let both keep it.",
        number=row.employee_number,
        other=other.name,
        connection=other.connection.name,
    )


def clashing_with(
    rows: Iterable[Row],
    others: Iterable[Row],
    shared: Collection[SharedNumber] = frozenset(),
) -> dict[Row, list[Row]]:
    """The other people who have the personnel number of a row.

    Loket wants it to be one person's in all administrations, of whichever company. Two
    employers may each count from 1, though: then a person lets the pair pass. One
    person in two administrations is no clash, under one number or two. Nor is one whom
    we don't import. The payroll number is no matter: that is unique in one
    administration only.

    :param others: may hold ``rows`` too
    :param shared: the pairs that a person let pass
    """
    holders = defaultdict(list)
    for other in others:
        if _uses_number(other):
            holders[number_key(other.employee_number)].append(other)
    clashes = {}
    for row in filter(_uses_number, rows):
        strangers = [
            other
            for other in holders[number_key(row.employee_number)]
            if _is_stranger(row, other) and shared_number(row, other) not in shared
        ]
        if strangers:
            clashes[row] = strangers
    return clashes


def _uses_number(row: Row) -> bool:
    return (
        row.is_live
        and row.decision != "ignore"
        and bool(number_key(row.employee_number))
    )


def _is_stranger(row: Row, other: Row) -> bool:
    """Whether ``other`` is another person; rows that are not kept yet have the id 0."""
    if other is row or (row.id and other.id == row.id):
        return False
    if row.employee_id and row.employee_id == other.employee_id:
        return False
    return not is_same_person(row, other)


def linked_employee(row: Who, links: Iterable[Who]) -> int | None:
    """The employee whom somebody in Loket is linked to already, by the reference.

    :param links: the linked employments under the reference of ``row``; of those that
        tell the same person the last one counts
    """
    employee_id = None
    for link in links:
        if is_same_person(row, link):
            employee_id = link.employee_id
    return employee_id


def wrong_links(rows: Iterable[Row], others: Iterable[Row]) -> dict[Row, Text]:
    """What is wrong with new links to an employee who is another person's.

    Links that were carried out stand: they were judged when they were made.

    :param others: the employments linked to the same employees; may hold ``rows`` too
    """
    links = defaultdict(list)
    for other in others:
        if other.is_live and other.employee_id:
            links[other.employee_id].append(other)
    wrong = {}
    for row in rows:
        if not (row.to_apply and row.employee_id):
            continue
        for other in links[row.employee_id]:
            if other.id != row.id and not may_be_one_person(row, other):
                wrong[row] = _lt(
                    "%(employee)s is linked to %(other)s (number %(number)s in "
                    "%(connection)s), another person in Loket than %(name)s. Choose "
                    "another employee, or undo that link first.",
                    employee=row.employee_name,
                    other=other.name,
                    number=other.employee_number or other.payroll_number,
                    connection=other.connection.name,
                    name=row.name,
                )
                break
    return wrong


def people(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each person: of one reference in Loket, and over administrations.

    Within one administration two references are two people, whatever their names.
    """
    groups: list[list[Row]] = []
    by_ref: dict[str, list[Row]] = {}
    by_birth: dict[object, list[Row]] = {}
    for row in rows:
        birth = row.birthday and (row.birthday, name_key(row.name))
        group = by_ref.get(row.employee_ref or "")
        if group and not is_same_person(row, group[0]):
            group = None
        if group is None and birth in by_birth:
            group = by_birth[birth]
            if row.connection.id in {other.connection.id for other in group}:
                group = None
        if group is None:
            group = []
            groups.append(group)
        group.append(row)
        if row.employee_ref:
            by_ref.setdefault(row.employee_ref, group)
        if birth:
            by_birth.setdefault(birth, group)
    return groups
