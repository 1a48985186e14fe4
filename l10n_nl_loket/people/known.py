# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo knows of employments and employees, as plain values.

The models read it in a few queries; all that is decided on people is decided on this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

Values = dict[str, Any]
"""Values of fields by name, as Odoo writes them; None where there is nothing."""

Snapshot = Mapping[str, Any]
"""What Loket told of an employment, as JSON (see ``snapshot``)."""

LINKED = ("add", "link")
"""The decisions that tie an employment to an employee."""


class Change(NamedTuple):
    """What a field has, and what it gets."""

    old: Any
    new: Any


Changes = dict[str, Change]
"""Changes by name of the field."""


class Contract(NamedTuple):
    """A contract of an employee in Odoo; both dates are part of it."""

    version_id: int
    """One of its versions: Odoo gives an end to all versions of a contract."""
    start: date
    end: date | None


def parts_in(text: str | None) -> frozenset[str]:
    """The parts of a contract, of the text with commas that a row keeps them in."""
    return frozenset((text or "").split(",")) - {""}


def text_of_parts(parts: Iterable[str]) -> str | None:
    """Parts of a contract as a row keeps them (see ``parts_in``); None: no part."""
    return ",".join(sorted(parts)) or None


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Employee:
    """An employee of Odoo (``hr.employee``), as far as Loket's data goes into it."""

    id: int
    values: Values = field(repr=False)
    """All fields that an employment may change."""
    version_id: int
    """The version of today."""
    contracts: tuple[Contract, ...] = ()


class Connection(NamedTuple):
    """A connection to one administration of Loket."""

    id: int
    company_id: int
    name: str
    is_active: bool
    root_id: int = 0
    """The company at the top, over its branches: who is in one may know the others."""


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Row:
    """An employment as Odoo keeps it (``loket.employee``). ``repr`` shows no person."""

    id: int
    connection: Connection
    employment_ref: str
    employee_ref: str | None = None
    employee_number: str | None = field(default=None, repr=False)
    payroll_number: int = field(default=0, repr=False)
    name: str = field(repr=False)
    birthday: date | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    department_name: str | None = field(default=None, repr=False)
    start_date: date | None = field(default=None, repr=False)
    end_date: date | None = field(default=None, repr=False)
    contract_end_date: date | None = field(default=None, repr=False)
    """The end of the employment, else that of a temporary contract."""
    shift: int = 0
    shifts: Sequence[Sequence[str | int]] | None = None
    """The shift of each day, as ``shifts.as_json`` keeps it."""
    is_on_call: bool = False
    hours_by_loket: bool = False
    decision: str = "pending"
    employee_id: int | None = None
    employee_name: str | None = field(default=None, repr=False)
    problem: str | None = field(default=None, repr=False)
    in_loket: bool = True
    to_apply: bool = False
    is_queued: bool = False
    to_come: str | None = None
    """The parts of its contract that Loket has not told yet, with commas."""
    checks: Mapping[str, Any] | None = field(default=None, repr=False)
    """What there is, or was, to look at (see ``checks``)."""
    check_department: bool = False
    """Whether a person is to look at the department."""
    snapshot: Snapshot | None = field(default=None, repr=False)
    """What was taken over last."""
    held: Mapping[str, Any] | None = field(default=None, repr=False)
    """What waits, for it would change for too many at once; by kind (see ``brake``)."""
    other_person: Mapping[str, Any] | None = field(default=None, repr=False)
    """What Loket tells of somebody who may be another person, as JSON."""
    is_forgotten: bool = False
    """Whether the person was deleted in Odoo: then not even the name is kept."""
    vanished_on: date | None = None
    """Since when Loket no longer gives it, while nobody said that this is right."""

    @property
    def connection_id(self) -> int:
        """The connection to the administration that it is of."""
        return self.connection.id

    @property
    def is_live(self) -> bool:
        """Whether it counts: Loket gives it, over a connection that is in use."""
        return self.in_loket and self.connection.is_active

    @property
    def is_linked(self) -> bool:
        """Whether somebody decided that it is of an employee, and of which."""
        return bool(self.employee_id) and self.decision in LINKED

    @property
    def is_decided(self) -> bool:
        """Whether a person decided on it, so that it may not become somebody else."""
        return self.is_queued or bool(self.employee_id) or self.decision != "pending"

    @property
    def has_failed(self) -> bool:
        """Whether its decision could not be carried out, and nobody queued it."""
        return (
            self.decision in LINKED
            and bool(self.problem)
            and not self.is_queued
            and (self.to_apply or not self.employee_id)
        )

    @property
    def parts_to_come(self) -> frozenset[str]:
        """The parts of its contract that are taken over once Loket tells them."""
        return parts_in(self.to_come)

    @property
    def is_to_check(self) -> bool:
        """Whether there is, or was, something to look at."""
        return self.check_department or bool(self.checks)

    @property
    def last_day(self) -> date | None:
        """The last day of the contract, as far as Loket tells."""
        return self.contract_end_date or self.end_date


class Identity(NamedTuple):
    """An employment as far as it tells whose it is, and nothing else.

    What was found with these is kept as long as they are as they were; so whoever finds
    out whose an employment is can read no more than this of it.
    """

    id: int
    connection_id: int
    employee_ref: str | None
    employee_number: str | None
    name: str
    birthday: date | None
    employee_id: int | None = None


Who = Row | Identity
"""An employment, where it matters whose it is."""
