# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which contract ends when, and which employment begins a new one."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from .known import Change, Changes, Contract, Employee, Row


class ContractChange(NamedTuple):
    """What a contract of Odoo gets."""

    version_id: int
    changes: Changes


def contract_changes(
    links: Iterable[Row], employee: Employee
) -> tuple[ContractChange, ...]:
    """The contracts that end on another day in Loket than in Odoo.

    Odoo wants a start with every end, so an employee without contract gets both.

    :param links: all employments that tell about this employee
    """
    jobs = [row for row in links if row.start_date]
    if not jobs:
        return ()
    if not employee.contracts:
        return _first_contract(jobs, employee)
    wanted = []
    for contract in employee.contracts:
        beside = [row for row in jobs if overlaps(row, contract)]
        end = end_of_all(beside)
        if beside and end != contract.end:
            changes = {"contract_date_end": Change(contract.end, end)}
            wanted.append(ContractChange(contract.version_id, changes))
    return tuple(wanted)


def _first_contract(
    jobs: Collection[Row], employee: Employee
) -> tuple[ContractChange, ...]:
    end = end_of_all(jobs)
    if not end:
        return ()
    start = min(row.start_date for row in jobs if row.start_date)
    changes = {
        "contract_date_start": Change(None, start),
        "contract_date_end": Change(employee.values.get("contract_date_end"), end),
    }
    return (ContractChange(employee.version_id, changes),)


def end_of_all(rows: Iterable[Row]) -> date | None:
    """The last of the ends; None when one of the employments has no end."""
    ends = [row.last_day for row in rows]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def overlaps(row: Row, contract: Contract) -> bool:
    """Whether an employment and a contract have a day in common.

    An end before the start is wrong in Loket; it counts from its start, so that
    writing it says what is wrong.
    """
    if not row.start_date:
        return False
    last_day = max(row.last_day or date.max, row.start_date)
    return row.start_date <= (contract.end or date.max) and last_day >= contract.start


def begins_contract(row: Row, contracts: Collection[Contract]) -> bool:
    """Whether an employment begins after all contracts in Odoo have ended."""
    if not row.start_date or not contracts:
        return False
    return max(contract.end or date.max for contract in contracts) < row.start_date


def started_last(rows: Collection[Row], today: date) -> Row:
    """The employment that started last; while none has, the first that will."""
    begun = [row for row in rows if (row.start_date or date.min) <= today]
    if begun:
        return max(begun, key=lambda row: row.start_date or date.min)
    return min(rows, key=lambda row: row.start_date or date.min)


def leading(rows: Iterable[Row]) -> Row | None:
    """The employment that tells name and address: the one that started last.

    Two administrations may know one person under two addresses. Were both written,
    each night would change them to and fro.
    """
    return max(
        rows,
        key=lambda row: (row.start_date or date.min, row.connection.id, row.id),
        default=None,
    )
