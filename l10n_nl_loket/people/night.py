# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night changes: rows and Loket's answer in, one plan a row out.

Nothing is written here. All that a night is going to write, on employments and on
employees, is known from these plans before the first of it is written. The one
exception is a decision that failed before: what comes of it is known when it is
carried out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from ..gateway.records import Employments, Problem
from ..words import _lt
from .address import unknown_country
from .checks import Check, Checks, country_check, start_check
from .contracts import ContractChange, ContractPlan, leading, plan_contracts
from .known import Change, Changes, Connection, Employee, Row, Snapshot, Values
from .match import number_clashes, wrong_links
from .snapshot import Naming, parts_told, person_changes, row_vals, whole_name

Kind = Literal["new", "known", "unreadable", "missing"]

UNTOLD = ("snapshot", "in_loket")
"""Fields of a row whose change is no news to a person."""

MISSING = _lt(
    "Loket no longer gives this employment. Check in Loket whether it was removed or "
    "hidden."
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What Odoo knows before the night, of one connection and what touches it."""

    connection: Connection
    rows: Sequence[Row]
    """All employments of the connection."""
    elsewhere: Sequence[Row]
    """Employments of other connections with the same number, or the same employee."""
    employees: Mapping[int, Employee]
    """The employees that ``rows`` are linked to, by id."""
    countries: Mapping[str, int]
    """Country code -> id."""
    naming: Naming = whole_name
    """Which fields of an employee keep the name."""
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, kw_only=True, eq=False)
class RowPlan:
    """What a night does to one employment, and to the employee it is linked to."""

    kind: Kind
    """``unreadable``: Loket gives it, but not so that it can be used; ``missing``:
    Loket gives it no longer."""
    row: Row | None = None
    """The row as it was; None: there was none."""
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


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a night does. ``vanished``: too many are missing, so it does nothing."""

    rows: tuple[RowPlan, ...] = ()
    vanished: tuple[Row, ...] = ()

    def of(self, kind: Kind) -> list[RowPlan]:
        """The plans of a kind, in Loket's order."""
        return [plan for plan in self.rows if plan.kind == kind]


def plan_night(known: Known, answer: Employments, limit: int) -> Plan:
    """What Loket's answer changes.

    :param limit: the percentage of linked employments that may be missing at once
    """
    missing = _missing(known.rows, answer)
    if _too_many(missing, known.rows, limit):
        return Plan(vanished=tuple(missing))
    return Plan(rows=tuple(_Night(known, answer, missing).plans()))


def _missing(rows: Sequence[Row], answer: Employments) -> list[Row]:
    given = {record.employment_ref for record in answer.records}
    given |= {problem.ref for problem in answer.problems}
    return [row for row in rows if row.in_loket and row.employment_ref not in given]


def _too_many(missing: Sequence[Row], rows: Sequence[Row], limit: int) -> bool:
    linked = [row for row in rows if row.is_live and row.is_linked]
    gone = [row for row in missing if row.is_live and row.is_linked]
    return len(gone) > len(linked) * limit / 100


class _Night:
    """Plans row by row, looking at all rows as they are after tonight.

    The end of a contract is decided on what Loket says now of every employment of the
    person; so are clashes and links.
    """

    def __init__(
        self, known: Known, answer: Employments, missing: Sequence[Row]
    ) -> None:
        self._known = known
        self._missing = missing
        self._problems = answer.problems
        self._rows = {row.employment_ref: row for row in known.rows}
        # Should Loket give one reference twice, the last one counts.
        self._vals = {
            record.employment_ref: row_vals(record) for record in answer.records
        }
        self._tonight = self._all_tonight()
        # In the order in which a person finds them: of two that are in the way, the
        # problem names the first.
        everybody = sorted(
            [*self._tonight.values(), *known.elsewhere],
            key=lambda row: (row.name, row.start_date or date.max, row.id),
        )
        given = [self._tonight[ref] for ref in self._vals]
        self._wrong = number_clashes(given, everybody) | wrong_links(given, everybody)
        self._links: dict[int, list[Row]] = defaultdict(list)
        for row in everybody:
            if row.is_live and row.is_linked and row.employee_id:
                self._links[row.employee_id].append(row)

    def _all_tonight(self) -> dict[str, Row]:
        """The rows as they are after tonight, by reference; new ones have the id 0."""
        tonight = dict(self._rows)
        for row in self._missing:
            tonight[row.employment_ref] = replace(row, in_loket=False)
        for problem in self._problems:
            if problem.ref in tonight:
                tonight[problem.ref] = replace(tonight[problem.ref], in_loket=True)
        for ref, vals in self._vals.items():
            row = tonight.get(ref) or Row(
                id=0,
                connection=self._known.connection,
                employment_ref=ref,
                name=vals["name"],
            )
            tonight[ref] = replace(row, in_loket=True, **vals)
        return tonight

    def plans(self) -> Iterator[RowPlan]:
        """One plan a row: of those that are missing, unreadable, new and known."""
        for row in self._missing:
            yield RowPlan(
                kind="missing",
                row=row,
                name=row.name,
                vals={"in_loket": False},
                problem=MISSING,
            )
        for problem in self._problems:
            yield self._unreadable(problem)
        for ref in self._vals:
            if ref not in self._rows:
                yield self._new(ref)
        for ref in self._vals:
            if ref in self._rows:
                yield self._update(ref)

    def _unreadable(self, problem: Problem) -> RowPlan:
        row = self._rows.get(problem.ref)
        return RowPlan(
            kind="unreadable",
            row=row,
            name=problem.name or problem.ref,
            vals={"in_loket": True} if row and not row.in_loket else {},
            problem=problem.reason,
        )

    def _new(self, ref: str) -> RowPlan:
        vals = self._vals[ref]
        return RowPlan(
            kind="new",
            name=vals["name"],
            vals=vals,
            problem=self._wrong.get(self._tonight[ref]),
        )

    def _update(self, ref: str) -> RowPlan:
        row, vals, tonight = self._rows[ref], self._vals[ref], self._tonight[ref]
        problem: str | None = self._wrong.get(tonight)
        # Without an employee there is nothing to link to: somebody has to choose again.
        retries = (
            not problem
            and row.has_failed
            and (bool(row.employee_id) or row.decision == "add")
        )
        if not problem and row.has_failed and not retries and row.in_loket:
            problem = row.problem
        changed = self._row_changes(row, vals)
        plan = RowPlan(
            kind="known",
            row=row,
            name=vals["name"],
            vals={name: change.new for name, change in changed.items()},
            row_changes={
                name: change for name, change in changed.items() if name not in UNTOLD
            },
            snapshot=vals["snapshot"],
            problem=problem,
            retries=retries,
        )
        return self._with_employee(plan, tonight) if plan.updates_employee else plan

    def _row_changes(self, row: Row, vals: Values) -> Changes:
        """What differs.

        The snapshot of a linked row tells what was taken over last. So it waits until
        that is done: what Loket emptied must not be forgotten.
        """
        vals = vals | {"in_loket": True}
        if row.is_linked:
            del vals["snapshot"]
        return {
            name: Change(getattr(row, name), new)
            for name, new in vals.items()
            if getattr(row, name) != new
        }

    def _with_employee(self, plan: RowPlan, tonight: Row) -> RowPlan:
        assert plan.row and plan.row.employee_id and plan.snapshot  # it is linked
        employee = self._known.employees[plan.row.employee_id]
        links = self._links[employee.id]
        before = plan.row.snapshot or {}
        moved = self._moved(links)
        contracts = plan_contracts(links, employee, self._known.today, moved)
        return replace(
            plan,
            person=person_changes(
                tonight,
                links,
                employee,
                plan.snapshot,
                before,
                self._known.countries,
                self._known.naming,
            ),
            contracts=contracts.changes,
            begins_contract=self._begins(tonight, contracts),
            comes=tonight.parts_to_come & parts_told(plan.snapshot),
            place_changed=_place(plan.snapshot) != _place(before)
            and any(_place(before)),
            checks=self._checks(plan, tonight, contracts, moved),
        )

    def _begins(self, tonight: Row, contracts: ContractPlan) -> bool:
        """Whether an employment begins a contract, after those that come before it.

        One of another connection begins on that one's night.
        """
        if tonight not in contracts.begins:
            return False
        before = contracts.begins[: contracts.begins.index(tonight)]
        return all(row.connection == tonight.connection for row in before)

    def _moved(self, links: Sequence[Row]) -> dict[Row, date]:
        """When employments began as far as was known, that now begin elsewhere.

        What was taken over last tells it: the row may know since a night that failed.
        """
        moved = {}
        for link in links:
            known = self._rows.get(link.employment_ref)
            if known and known.id == link.id and known.snapshot:
                start = known.snapshot.get("start_date")
                if start and date.fromisoformat(start) != link.start_date:
                    moved[link] = date.fromisoformat(start)
        return moved

    def _checks(
        self,
        plan: RowPlan,
        tonight: Row,
        contracts: ContractPlan,
        moved: Mapping[Row, date],
    ) -> Checks:
        """What a person has to look at, but for what Loket has not told yet."""
        assert plan.row and plan.row.employee_id and plan.snapshot  # it is linked
        employee = self._known.employees[plan.row.employee_id]
        checks: Checks = {}
        if tonight in contracts.checks:
            checks["contract"] = contracts.checks[tonight]
        code = unknown_country(plan.snapshot, self._known.countries)
        if code and leading(self._links[employee.id]) is tonight:
            checks["country"] = country_check(code)
        starts = {contract.start for contract in employee.contracts}
        moves = any("contract_date_start" in one.changes for one in contracts.changes)
        if moved.get(tonight) in starts and not moves:
            checks["start"] = start_check(moved[tonight], tonight.start_date)
        return checks


def _place(snapshot: Snapshot) -> tuple[str | None, str | None]:
    return snapshot.get("department_name"), snapshot.get("distribution_unit")
