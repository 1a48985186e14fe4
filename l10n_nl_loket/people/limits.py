# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night may not do unasked: who may be missing, what is too much at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..gateway.records import PARTS, Employments, Part
from . import brake
from .contracts import ContractChange
from .known import Change, Changes, Row
from .plan import Known, RowPlan

# === WHO IS MISSING === #


def missing_rows(rows: Sequence[Row], answer: Employments) -> list[Row]:
    """Those that Loket gives no longer.

    :param rows: all employments of the connection
    :param answer: what Loket gives tonight; what can't be read is not missing, so
        nobody is where it can't be read which employment that is
    """
    if any(not problem.ref and not problem.is_stray for problem in answer.problems):
        return []
    given = {record.employment_ref for record in answer.records}
    given |= {problem.ref for problem in answer.problems}
    return [row for row in rows if row.in_loket and row.employment_ref not in given]


def refused(
    known: Known, answer: Employments, missing: Sequence[Row], limit: int
) -> list[Row]:
    """Those that are missing, when these are too many to be true.

    The limit counts all who vanished since somebody agreed last: else a few each night
    would lose everybody in a week. An answer without anybody is a fault, however few
    there were, unless the limit lets everybody go.

    :param missing: those that Loket gives no longer
    :param limit: the percentage of linked employments that may be missing
    :return: those for whose sake the night does nothing; none: it goes on
    """
    new = [row for row in missing if not may_go(known, row)]
    linked = [row for row in new if row.is_live and row.is_linked]
    before = [
        row
        for row in known.rows
        if row.vanished_on and not row.in_loket and row.is_linked
    ]
    there = [row for row in known.rows if row.is_live and row.is_linked]
    if lets_go(known.rows, known.lets_pass):
        before = []
    gone, everybody = len(linked) + len(before), len(there) + len(before)
    if linked and gone > everybody * limit / 100:
        return linked
    if new and limit < 100 and not (answer.records or answer.problems):
        return linked or new
    return []


def lets_go(rows: Iterable[Row], lets_pass: bool) -> bool:
    """Whether a person agrees that those are gone who vanished.

    :param rows: all employments of the connection
    :param lets_pass: whether a person lets pass what waits
    """
    return lets_pass and any(brake.GONE in (row.held or {}) for row in rows)


def may_go(known: Known, row: Row) -> bool:
    """Whether a person lets this one, who waits, be gone.

    :param row: an employment that Loket gives no longer
    """
    return known.lets_pass and brake.waited_for(row, brake.GONE, False)


# === WHAT IS TOO MUCH FOR ONE NIGHT === #


def kinds_to_hold(
    plans: Iterable[RowPlan], known: Known, people: int, limit: int
) -> frozenset[str]:
    """The kinds of change that would reach too many people.

    Filling what was empty is no overwriting; an end is news all the same. Of a name all
    waits, or nothing.

    :param people: how many are linked, each counted once
    :param limit: the percentage of them for whom one kind may change at once
    :return: kinds as in ``brake``: fields of ``hr.employee``, and the payroll number
    """
    concerned: dict[str, set[int]] = defaultdict(set)
    for plan in plans:
        row = plan.row
        if not (row and row.is_linked and row.employee_id):
            continue
        for kind, change in _counted(plan).items():
            if not (known.lets_pass and brake.waited_for(row, kind, change.new)):
                concerned[kind].add(row.employee_id)
    held = frozenset(
        kind for kind, ids in concerned.items() if brake.too_many(ids, people, limit)
    )
    return held | known.name_fields if held & known.name_fields else held


def _counted(plan: RowPlan) -> Changes:
    """What of a plan counts, by kind of change."""
    counted = {name: change for name, change in plan.person.items() if change.old}
    number = plan.row_changes.get(brake.NUMBER)
    if number and number.old:
        counted[brake.NUMBER] = number
    end = end_change(plan.row_changes, plan.contracts, plan.last_day)
    if end:
        counted[brake.END] = end
    return counted


def end_change(
    row_changes: Changes, contracts: Iterable[ContractChange], last_day: date | None
) -> Change | None:
    """The end that an employment or a contract gets; None: there is no other end.

    The old end is Odoo's where a contract changes, else the employment's.

    :param row_changes: what the employment gets
    :param contracts: what the contracts of the employee get
    :param last_day: the last day that Loket tells; None: no end
    """
    for contract in contracts:
        if brake.END in contract.changes:
            return Change(contract.changes[brake.END].old, last_day)
    for name in ("contract_end_date", "end_date"):
        if name in row_changes:
            return Change(row_changes[name].old, last_day)
    return None


# === WHAT A LIST LACKS === #


def lacking_parts(
    plans: Iterable[RowPlan], limit: int, still: Mapping[Part, int] | None = None
) -> dict[Part, Sequence[RowPlan]]:
    """Whom each list lacks, where that is everybody whom it had, or too many.

    :param plans: of all rows; only those count that Loket gives and could be read
    :param limit: the percentage of those whom a list had before
    :param still: how many more each list had before, and has; None: none
    """
    lacking: dict[Part, Sequence[RowPlan]] = {}
    plans = [plan for plan in plans if plan.kind == "known" and plan.knows]
    for part in sorted(PARTS):
        here = [plan for plan in plans if part in plan.knows]
        gone = [plan for plan in here if part in plan.kept]
        count = len(here) + (still or {}).get(part, 0)
        if gone and (len(gone) == count or brake.too_many(gone, count, limit)):
            lacking[part] = gone
    return lacking
