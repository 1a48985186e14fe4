# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo knows before a night, and what is planned of it; one plan a row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ..gateway.records import Part, UnknownWord
from .checks import Check
from .contracts import ContractChange
from .known import Changes, Connection, Employee, Row, Snapshot, Values
from .one_person import SharedNumber
from .snapshot import Naming, name_fields, whole_name

Kind = Literal["new", "known", "unreadable", "missing"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What Odoo knows before the night, of one connection and what touches it."""

    connection: Connection
    rows: Sequence[Row]
    """All employments of the connection."""
    elsewhere: Sequence[Row]
    """Employments of other connections with the same personnel number, or employee."""
    employees: Mapping[int, Employee]
    """The employees that ``rows`` are linked to, by id."""
    countries: Mapping[str, int]
    """Country code -> id."""
    shared: Collection[SharedNumber] = frozenset()
    """The personnel numbers that two people may both have."""
    naming: Naming = whole_name
    """Which fields of an employee keep the name."""
    today: date = field(default_factory=date.today)
    lets_pass: bool = False
    """Whether a person lets pass what waits on the rows."""

    @property
    def people(self) -> int:
        """How many employees ``rows`` are linked to, of those that count."""
        linked = (row for row in self.rows if row.is_live and row.is_linked)
        return len({row.employee_id for row in linked})

    @property
    def name_fields(self) -> frozenset[str]:
        """The fields of an employee that keep a name."""
        return name_fields(self.naming)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class RowPlan:
    """What a night does to one employment, and to the employee it is linked to."""

    kind: Kind
    """``unreadable``: Loket gives it, but not so that it can be used; ``missing``:
    Loket gives it no longer."""
    row: Row | None = None
    """The row as it was; None: there was none."""
    ref: str = ""
    """Loket's reference of an employment that can't be read; empty: not even that."""
    name: str = field(repr=False)
    vals: Values = field(default_factory=dict, repr=False)
    """What the row gets; of a new row all there is."""
    row_changes: Changes = field(default_factory=dict, repr=False)
    """What of ``vals`` is news to a person."""
    snapshot: Snapshot | None = field(default=None, repr=False)
    """What Loket tells now: kept once it is taken over into the employee."""
    person: Changes = field(default_factory=dict, repr=False)
    """What the employee gets of name, address and contact data."""
    contracts: tuple[ContractChange, ...] = field(default=(), repr=False)
    """What the contracts of the employee get."""
    begins_contract: bool = False
    """Whether the employment begins a new contract."""
    comes: frozenset[str] = frozenset()
    """The parts of its contract that Loket tells now for the first time."""
    place_changed: bool = False
    """Whether Loket has put it in another department or unit."""
    checks: Mapping[str, Check] = field(default_factory=dict, repr=False)
    """What there is to look at, by kind."""
    problem: str | None = field(default=None, repr=False)
    """Why nothing is taken over into the employee, for a person to read."""
    retries: bool = False
    """The decision failed before, and is carried out anew."""
    held: Changes = field(default_factory=dict, repr=False)
    """What waits, by kind of change (see ``brake``)."""
    is_other_person: bool = False
    """Whether Loket may tell of somebody else, so that nothing of it is taken over."""
    kept: frozenset[Part] = frozenset()
    """The parts that Loket should tell and does not: the last known value stays."""
    knows: frozenset[Part] = frozenset()
    """The parts that Loket told before, and should tell."""
    last_day: date | None = None
    """The last day of the contract, as Loket tells."""

    @property
    def updates_employee(self) -> bool:
        """Whether the employee is brought up to date tonight."""
        return (
            self.kind == "known"
            and self.row is not None
            and self.row.is_linked
            and not self.problem
            and not self.retries
        )

    @property
    def is_still(self) -> bool:
        """Whether all stays as it is: the row, the employee, and what is asked."""
        row = self.row
        if self.kind != "known" or row is None:
            return False
        changes = self.vals or self.person or self.contracts or self.begins_contract
        comes = self.comes or self.kept or self.retries or self.place_changed
        asks = self.problem or self.held or self.checks or self.is_other_person
        open_ends = row.problem or row.to_apply or row.to_come or row.is_to_check
        is_taken = not self.updates_employee or self.snapshot == row.snapshot
        return is_taken and not (changes or comes or asks or open_ends)

    @property
    def is_back(self) -> bool:
        """Whether Loket gives it again, after a night in which it did not."""
        return bool(self.row and not self.row.in_loket and self.vals.get("in_loket"))

    @property
    def ends_contracts(self) -> bool:
        """Whether the ends of the contracts of the employee are taken over tonight.

        Of a link that stands always: that two people have one number, say, is no reason
        to let a contract run on.
        """
        return self.updates_employee or (
            self.kind == "known"
            and self.row is not None
            and self.row.is_linked
            and not self.row.to_apply
            and not self.is_other_person
        )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a night does."""

    rows: tuple[RowPlan, ...] = ()
    still: int = 0
    """How many more there are, on whom all stays as it is (see ``RowPlan.is_still``)"""
    vanished: tuple[Row, ...] = ()
    """Too many are missing, so it does nothing."""
    lacking: Mapping[Part, Sequence[RowPlan]] = field(default_factory=dict)
    """Whom a list lacks, where these are too many, or all."""
    unknown_words: Mapping[UnknownWord, str] = field(default_factory=dict, repr=False)
    """Words that say nothing -> the name of somebody of whom they are."""

    def of(self, kind: Kind) -> list[RowPlan]:
        """The plans of a kind, in Loket's order."""
        return [plan for plan in self.rows if plan.kind == kind]
