# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a night would change nothing, so that nothing need be worked out.

A night is worked out of what Loket gives, of what Odoo knows, and of the day. So it may
stay quiet while Loket counts no change, Odoo's side is as the last whole night left it,
and no day has come on which something known begins or ends. Where Loket counts nothing,
or counted what is of no concern here, its lists are read; that they are the same, to
the letter, is as good.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from ..gateway.records import Employment
from . import shifts
from .brake import AT_LEAST
from .known import Employee, Row
from .plan import Known, Plan

#: After how many days all is read again, whatever Loket counts.
WHOLE_AFTER = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What the last whole night was founded on, from which nothing was left to do."""

    version: int | None
    """Loket's count of changes, of before its lists were read; None: not known."""
    read_on: date
    odoo: str
    """What Odoo knew after it, and the settings that it went by (see ``digest``)."""
    access: str | None
    """What Loket let its user see; None: not known."""
    days: tuple[date, ...] = ()
    """Days after ``read_on`` on which something begins, or is over."""
    lists: str | None = None
    """The digest of Loket's lists; None: not known."""
    count: int = 0
    """How many employments they told of."""

    def as_json(self) -> dict[str, Any]:
        """As a connection keeps it."""
        return {
            "version": self.version,
            "read_on": self.read_on.isoformat(),
            "odoo": self.odoo,
            "access": self.access,
            "days": [day.isoformat() for day in self.days],
            "lists": self.lists,
            "count": self.count,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Basis | None":
        """Of what a connection keeps; None: nothing, so the night is a whole one."""
        if not kept:
            return None
        return cls(
            version=kept["version"],
            read_on=date.fromisoformat(kept["read_on"]),
            odoo=kept["odoo"],
            access=kept["access"],
            days=tuple(date.fromisoformat(day) for day in kept["days"]),
            lists=kept.get("lists"),
            count=kept.get("count", 0),
        )

    def holds_on(self, today: date) -> bool:
        """Whether no day has come since that may change something by itself.

        Most of what changes by date does so on the first of a month: then all is read,
        should Loket not have told the date.
        """
        is_recent = self.read_on <= today < self.read_on + timedelta(days=WHOLE_AFTER)
        is_same_month = (self.read_on.year, self.read_on.month) == (
            today.year,
            today.month,
        )
        return (
            is_recent and is_same_month and not any(day <= today for day in self.days)
        )


def is_settled(rows: Iterable[Row]) -> bool:
    """Whether no employment has a problem, or waits for something."""
    return not any(
        row.problem
        or row.held
        or row.other_person
        or row.vanished_on
        or row.is_queued
        or row.has_failed
        for row in rows
    )


def is_much(plan: Plan, limit: int, count: int | None = None) -> bool:
    """Whether Loket tells one thing anew of so many that it is to be read once more.

    An answer that is wrong, but can be true, would else be believed for a week.

    :param limit: the percentage of employments for whom one thing may change at once
    :param count: how many there are, of whom the plan is of some; None: of all
    """
    known = plan.of("known")
    count = count or len(known) + plan.still
    changed = Counter(name for one in known for name in {*one.row_changes, *one.person})
    return any(
        number >= AT_LEAST and number > count * limit / 100
        for number in changed.values()
    )


def changed_refs(
    before: Iterable[tuple[str, str | None]], told: Mapping[str, str]
) -> set[str] | None:
    """Of which employments Loket tells something else than in the last whole night.

    :param before: (reference, digest) of each that Loket gave then, once; the digest is
        None where it is not known
    :param told: {reference: digest} of tonight
    :return: references; None: somebody came or went, which concerns everybody
    """
    count, changed = 0, set()
    for count, (ref, digest) in enumerate(before, 1):  # noqa: B007 (how many)
        now = told.get(ref)
        if now is None:
            return None
        if now != digest:
            changed.add(ref)
    return changed if count == len(told) else None


def is_of_few(plan: Plan) -> bool:
    """Whether a plan of some employments is what the plan of all has of them.

    The others are as they were, and nothing was left to do on them. Brakes count what
    changes, so those who don't change matter by their number alone. Of what waits, or
    is lacking, or wrong, one tells on the other: then everybody is looked at.
    """
    return not (plan.vanished or plan.lacking) and not any(
        row_plan.kind != "known"
        or row_plan.held
        or row_plan.kept
        or row_plan.is_other_person
        or row_plan.problem
        or row_plan.retries
        for row_plan in plan.rows
    )


def days_to_come(
    known: Known, records: Iterable[Employment], today: date
) -> tuple[date, ...]:
    """The days after today on which something that is known begins, or is over.

    :param records: what Loket gave today
    """
    days = {*_days_of_odoo(known), *_days_of_loket(records)}
    # A last day is over the day after.
    return tuple(
        sorted({one for day in days for one in (day, day + _DAY) if one > today})
    )


class Staying:
    """What the next nights rest on, of whom a night leaves as they are.

    And of what Loket told of all. Whom the night changes is read again after it.

    :param today: days after it are told
    """

    def __init__(self, today: date):
        self._today = today
        self._days: set[date] = set()
        self._of_employees: dict[int, tuple[date, ...]] = {}
        """Days of employees who were told of by whoever changes."""
        self._is_settled = True
        self.count = 0
        """How many employments Loket gave."""

    def add(
        self, known: Known, records: Collection[Employment], moved: Collection[int]
    ) -> None:
        """Add what was known of some, and what Loket gave of them.

        :param moved: ids of the rows that do not stay as they are
        """
        self.count += len(records)
        stays = [row for row in known.rows if row.id not in moved]
        self._is_settled &= is_settled(stays)
        again = {row.employee_id for row in known.rows if row.id in moved}
        employees: dict[int, Employee] = {}
        for employee_id, employee in known.employees.items():
            if employee_id not in again:
                employees[employee_id] = employee
                continue
            one = {employee_id: employee}
            alone = replace(known, rows=(), elsewhere=(), employees=one)
            self._of_employees[employee_id] = days_to_come(alone, (), self._today)
        stay = replace(known, rows=stays, employees=employees)
        self._days.update(days_to_come(stay, records, self._today))

    def is_settled_with(self, known: Known) -> bool:
        """Whether nobody has a problem, or waits for something.

        :param known: what is known by now of those who did not stay as they were
        """
        return self._is_settled and is_settled(known.rows)

    def days_with(self, known: Known) -> set[date]:
        """The days on which something begins, or is over.

        :param known: as of ``is_settled_with``
        """
        days = self._days.union(days_to_come(known, (), self._today))
        for employee_id, its_days in self._of_employees.items():
            if employee_id not in known.employees:
                days.update(its_days)
        return days


def _days_of_odoo(known: Known) -> Iterator[date]:
    for row in (*known.rows, *known.elsewhere):
        yield from _given(row.start_date, row.end_date, row.contract_end_date)
        yield from (first for first, _shift in shifts.from_json(row.shifts))
    for employee in known.employees.values():
        for contract in employee.contracts:
            yield from _given(contract.start, contract.end)


def _days_of_loket(records: Iterable[Employment]) -> Iterator[date]:
    for record in records:
        yield from _given(
            record.start_date,
            record.end_date,
            record.appointed_until,
            record.told_until,
        )


def _given(*days: date | None) -> Iterator[date]:
    # The last days of the calendar stand for "never", and have no day after them.
    return (day for day in days if day and day.year < date.max.year)


def digest(*facts: Any) -> str:
    """A text that is another one as soon as any of these plain values is."""
    text = json.dumps(facts, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """What JSON has no form for, the same in each process."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, AbstractSet):
        return sorted(
            json.dumps(item, sort_keys=True, default=_plain) for item in value
        )
    if isinstance(value, Sequence):
        return list(value)
    return str(value)
