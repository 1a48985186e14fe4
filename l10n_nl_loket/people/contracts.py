# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which contract ends when, and which employment begins a new one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from ..words import _lt
from .checks import Check
from .known import Change, Changes, Contract, Employee, Row


class ContractChange(NamedTuple):
    """What a contract of Odoo gets."""

    version_id: int
    changes: Changes


@dataclass(frozen=True, kw_only=True)
class ContractPlan:
    """What becomes of the contracts of one employee."""

    changes: tuple[ContractChange, ...] = ()
    """The contracts that begin or end on another day in Loket than in Odoo."""
    begins: tuple[Row, ...] = ()
    """The employments that begin a new contract, the first one first."""
    checks: Mapping[Row, Check] = field(default_factory=dict)
    """What of an employment has no place in the contracts, for a person to look at."""


def plan_contracts(
    links: Iterable[Row],
    employee: Employee,
    today: date,
    moved: Mapping[Row, date] | None = None,
    ended: Mapping[Row, date] | None = None,
) -> ContractPlan:
    """What becomes of the contracts of an employee.

    Employments that run beside each other are told by one contract, as Odoo allows no
    two at a time; those that follow each other have one each. Of several contracts of
    one employment in Odoo (fixed-term, fixed-term, permanent) the last gets the end.

    Odoo wants a start with every end, so an employee without contract gets both.

    :param links: all employments that tell about this employee
    :param today: the day of the night; what ended before it runs beside nothing
    :param moved: when employments began as far as was known before, where they now
        begin on another day
    :param ended: when they ended as far as was known before, where they now end later
    :return: which contracts change, who begins one, and what has no place in any
    """
    periods = _periods(row for row in links if row.start_date)
    if not periods:
        return ContractPlan()
    if not employee.contracts:
        return ContractPlan(changes=_first_contract(periods[-1], employee))
    return _Planner(employee, today, moved or {}, ended or {}).plan(periods)


class _Period(NamedTuple):
    """Employments that run beside each other, the first one first."""

    rows: tuple[Row, ...]
    start: date
    last_day: date
    """``date.max``: no end is known."""

    @property
    def end(self) -> date | None:
        """The end that the contract gets."""
        return end_of_all(self.rows)


def _periods(rows: Iterable[Row]) -> list[_Period]:
    """Employments by whether they run beside each other, the first ones first."""
    periods: list[_Period] = []
    for row in sorted(rows, key=_start):
        last_day = _last_day(row)
        if periods and _start(row) <= periods[-1].last_day:
            period = periods[-1]
            periods[-1] = period._replace(
                rows=(*period.rows, row), last_day=max(period.last_day, last_day)
            )
        else:
            periods.append(_Period((row,), _start(row), last_day))
    return periods


def _start(row: Row) -> date:
    return row.start_date or date.min


def _last_day(row: Row) -> date:
    """An end before the start is wrong in Loket; it counts from its start, so that
    writing it says what is wrong."""
    return max(row.last_day or date.max, _start(row))


class _Planner:
    """Plans for one employee with contracts, period by period."""

    def __init__(
        self,
        employee: Employee,
        today: date,
        moved: Mapping[Row, date],
        ended: Mapping[Row, date],
    ) -> None:
        self._today = today
        self._moved = moved
        self._ended = ended
        self._before = employee.contracts
        self._contracts = sorted(
            employee.contracts, key=lambda contract: contract.start
        )
        self._begins: list[Row] = []
        self._checks: dict[Row, Check] = {}

    def plan(self, periods: Sequence[_Period]) -> ContractPlan:
        """What becomes of the contracts.

        :param periods: all of the employee, the first one first; a period that begins
            a contract leaves it behind for those that follow
        """
        for period in periods:
            self._give_contract(period)
        self._tell_what_begins_later(periods[-1])
        return ContractPlan(
            changes=tuple(self._changes()),
            begins=tuple(self._begins),
            checks=self._checks,
        )

    def _give_contract(self, period: _Period) -> None:
        """Give its end to the contract of a period, or begin one.

        One is begun only where all others have ended before.
        """
        its_contracts = [
            contract for contract in self._contracts if _overlaps(period, contract)
        ] or [contract for contract in self._contracts if self._moves(period, contract)]
        if its_contracts:
            last = its_contracts[-1]
            start = last.start if _overlaps(period, last) else period.start
            self._replace(last, last._replace(start=start, end=period.end))
            self._close_cuts(period, its_contracts)
        elif all(
            (contract.end or date.max) < period.start for contract in self._contracts
        ):
            its_contracts = [Contract(0, period.start, period.end)]
            self._begins.append(_giver(period, its_contracts))
            self._contracts += its_contracts
        if its_contracts:
            self._tell_what_runs_beside(period, its_contracts)

    def _close_cuts(self, period: _Period, chain: Sequence[Contract]) -> None:
        """Let a contract run up to the next one again, which an end had cut short.

        Loket has taken that end back, and tells of no day in between without contract.
        """
        ends = {self._ended.get(row) for row in period.rows}
        for contract, following in pairwise(chain):
            if contract.end in ends and contract.end:
                until = following.start - timedelta(days=1)
                self._replace(contract, contract._replace(end=until))

    def _moves(self, period: _Period, contract: Contract) -> bool:
        """Whether a contract began with an employment that now begins elsewhere."""
        return any(self._moved.get(row) == contract.start for row in period.rows)

    def _replace(self, old: Contract, new: Contract) -> None:
        self._contracts[self._contracts.index(old)] = new

    def _tell_what_runs_beside(
        self, period: _Period, contracts: Collection[Contract]
    ) -> None:
        """Odoo keeps one contract at a time, so wage, hours and job of one only."""
        lead = _giver(period, contracts)
        for row in period.rows:
            if row is not lead and _last_day(row) >= self._today:
                self._checks[row] = Check(
                    f"beside {lead.employment_ref}",
                    _lt(
                        "It runs beside the employment of %(start)s (%(connection)s). "
                        "Odoo has one contract for both, so wage, hours and job of "
                        "this one are not taken over as long as the other runs.",
                        start=lead.start_date,
                        connection=lead.connection.name,
                    ),
                )

    def _tell_what_begins_later(self, last: _Period) -> None:
        """A contract can't end before it begins."""
        for contract in self._contracts:
            if contract.start > last.last_day:
                for row in last.rows:
                    self._checks[row] = Check(
                        f"later {contract.start} {last.last_day}",
                        _lt(
                            "The contract of %(start)s in Odoo begins after the end in "
                            "Loket (%(end)s), so the end is not taken over. Correct "
                            "the contract in Odoo, or the dates in Loket.",
                            start=contract.start,
                            end=last.last_day,
                        ),
                    )
                return

    def _changes(self) -> Iterable[ContractChange]:
        now = {contract.version_id: contract for contract in self._contracts}
        for old in self._before:
            new = now[old.version_id]
            changes = {
                name: Change(before, after)
                for name, before, after in (
                    ("contract_date_start", old.start, new.start),
                    ("contract_date_end", old.end, new.end),
                )
                if before != after
            }
            if changes:
                yield ContractChange(old.version_id, changes)


def _overlaps(period: _Period, contract: Contract) -> bool:
    """Whether a period and a contract have a day in common."""
    return (
        period.start <= (contract.end or date.max) and period.last_day >= contract.start
    )


def _giver(period: _Period, contracts: Iterable[Contract]) -> Row:
    """The employment whose wage, hours and job the contracts of a period have.

    It began with one of them; where none did, with the period.
    """
    starts = {contract.start for contract in contracts}
    began = [row for row in period.rows if row.start_date in starts]
    first = [row for row in period.rows if _start(row) == period.start]
    return max(began or first, key=_rank)


def _rank(row: Row) -> tuple[date, int, int]:
    """What began last leads; of what began on one day, the latest connection."""
    return _start(row), row.connection.id, row.id


def _first_contract(period: _Period, employee: Employee) -> tuple[ContractChange, ...]:
    """What the version of today gets of an employee without contract."""
    if not period.end:
        return ()
    changes = {
        "contract_date_start": Change(None, period.start),
        "contract_date_end": Change(
            employee.values.get("contract_date_end"), period.end
        ),
    }
    return (ContractChange(employee.version_id, changes),)


def end_of_all(rows: Iterable[Row]) -> date | None:
    """The last of the ends; None when one of the employments has no end.

    :param rows: employments that one contract tells
    :return: a last day, which is part of the contract
    """
    ends = [row.last_day for row in rows]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def with_contracts(employee: Employee, contracts: Iterable[Contract]) -> Employee:
    """The employee, with the contracts as they are by now."""
    return replace(employee, contracts=tuple(contracts))


def started_last(rows: Collection[Row], today: date) -> Row:
    """The employment that started last; while none has, the first that will.

    :param rows: the employments of one person, one at least
    """
    begun = [row for row in rows if _start(row) <= today]
    if begun:
        return max(begun, key=_start)
    return min(rows, key=_start)


def leading(rows: Iterable[Row]) -> Row | None:
    """The employment that tells name and address: the one that started last.

    Two administrations may know one person under two addresses. Were both written,
    each night would change them to and fro.

    :param rows: the employments that tell about one employee
    :return: None where there are none
    """
    return max(rows, key=_rank, default=None)


def leads(row: Row, links: Iterable[Row]) -> bool:
    """Whether an employment tells name and address (see ``leading``).

    :param links: the employments that tell about its employee; empty: it is alone
    """
    return (leading(links) or row).id == row.id
