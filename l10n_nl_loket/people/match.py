# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is who: whom in Odoo an employment may be of, and who is one person in Loket."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from ..words import Text, _lt
from .known import Row

Reason = Literal["number", "email", "birthday"]


class Candidate(NamedTuple):
    """An employee of Odoo as far as it matters for finding a match."""

    id: int
    number: str | None
    emails: tuple[str, ...]
    """Normalized."""
    birthday: date | None
    name: str | None


def text_key(text: str | None) -> str:
    """Text as far as it matters for a match: neither capitals nor spaces count."""
    return " ".join((text or "").casefold().split())


class Matcher:
    """Finds candidates by number, e-mail, and birth date with name, in that order.

    Two candidates for one key are no match: a wrong link pays the wrong person.
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_key: dict[tuple[Reason, object], set[int]] = defaultdict(set)
        for candidate in candidates:
            for key in self._keys(*candidate[1:]):
                self._by_key[key].add(candidate.id)

    @staticmethod
    def _keys(
        number: str | None,
        emails: Iterable[str],
        birthday: date | None,
        name: str | None,
    ) -> list[tuple[Reason, object]]:
        keys: list[tuple[Reason, object]] = []
        if number:
            keys.append(("number", text_key(number)))
        keys += [("email", email) for email in emails if email]
        if birthday and name:
            keys.append(("birthday", (birthday, text_key(name))))
        return keys

    def find(
        self,
        *,
        number: str | None,
        emails: Iterable[str],
        birthday: date | None,
        name: str | None,
    ) -> tuple[int, Reason] | None:
        """Whom in Odoo somebody in Loket may be, and why.

        :param emails: normalized
        :return: (id of the employee, reason) or None
        """
        for key in self._keys(number, emails, birthday, name):
            ids = self._by_key.get(key, ())
            if len(ids) == 1:
                return next(iter(ids)), key[0]
        return None


# === ONE PERSON IN LOKET === #


def is_same_person(row: Row, other: Row) -> bool:
    """Whether two employments are of one person, as far as Loket tells.

    Who comes back may be entered in Loket once more, and another administration may
    know a person too: then name and birth date tell. A name alone is no proof.
    """
    if row.employee_ref and row.employee_ref == other.employee_ref:
        return True
    return (
        bool(row.birthday)
        and row.birthday == other.birthday
        and text_key(row.name) == text_key(other.name)
    )


def number_clashes(rows: Iterable[Row], others: Iterable[Row]) -> dict[Row, Text]:
    """What is wrong with rows whose number is another person's elsewhere.

    Loket wants a personnel number to be one person's in all administrations. One
    person in two administrations is no clash, under one number or two. Nor is one
    whom we don't import.

    :param others: may hold ``rows`` too: within a connection there is no clash
    """
    holders = defaultdict(list)
    for other in others:
        if _uses_number(other):
            holders[other.connection.company_id, other.payroll_number].append(other)
    clashes = {}
    for row in filter(_uses_number, rows):
        for other in holders[row.connection.company_id, row.payroll_number]:
            if other.connection.id == row.connection.id:
                continue
            if row.employee_id and row.employee_id == other.employee_id:
                continue
            if not is_same_person(row, other):
                clashes[row] = _lt(
                    "Number %(number)s is also that of %(other)s in "
                    "%(connection)s. Give one of them another number in Loket.",
                    number=row.payroll_number,
                    other=other.name,
                    connection=other.connection.name,
                )
                break
    return clashes


def _uses_number(row: Row) -> bool:
    return row.is_live and row.decision != "ignore" and bool(row.payroll_number)


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
            if other.id != row.id and not is_same_person(row, other):
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
