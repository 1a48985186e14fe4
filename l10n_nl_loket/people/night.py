# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a night changes: rows and Loket's answer in, one plan a row out.

Nothing is written here. All that a night is going to write, on employments and on
employees, is known from these plans before the first of it is written. The one
exception is a decision that failed before: what comes of it is known when it is
carried out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ..gateway.records import Employment, Employments, Part, Problem, UnknownWord
from ..words import _lt
from . import brake, shifts
from .address import unknown_country
from .checks import Checks, country_check, start_check
from .contracts import ContractPlan, leads, plan_contracts
from .identity import other_people
from .known import Change, Changes, Employee, Row, Snapshot, Values
from .limits import (
    end_change,
    kinds_to_hold,
    lacking_parts,
    may_go,
    missing_rows,
    refused,
)
from .one_person import number_clashes, wrong_links
from .plan import Known, Plan, RowPlan
from .privacy import NOT_KEPT, of_not_imported
from .snapshot import (
    not_yet_emptied,
    parts_told,
    person_changes,
    place_of,
    row_vals,
    taken_before,
)
from .untold import parts_known, with_last_known

UNTOLD = (
    "held",
    "in_loket",
    "other_person",
    "shifts",
    "snapshot",
    "vanished_on",
)
"""Fields of a row whose change is no news to a person, or is told in words."""

MISSING = _lt(
    "Loket no longer gives this employment. Check in Loket whether it was removed or "
    "hidden."
)


def plan_night(
    known: Known, answer: Employments, limit: int, people: int | None = None
) -> Plan:
    """What Loket's answer changes.

    :param limit: the percentage of linked employments that may be missing, and of
        people for whom one kind of change may happen, at once
    :param people: how many are linked, of whom these are some; None: these are all
    """
    missing = missing_rows(known.rows, answer)
    if gone := refused(known, answer, missing, limit):
        return Plan(vanished=tuple(gone))
    rows = plan_rows(known, answer, missing)
    if people is None:
        people = known.people
    held = kinds_to_hold(rows, known, people, limit)
    if held:
        rows = plan_rows(known, answer, missing, held)
    words: dict[UnknownWord, str] = {}
    for record in answer.records:
        for word in words_of(record):
            words.setdefault(word, record.person.display_name)
    return Plan(rows=rows, lacking=lacking_parts(rows, limit), unknown_words=words)


def plan_rows(
    known: Known,
    answer: Employments,
    missing: Sequence[Row] = (),
    held: Collection[str] = (),
) -> tuple[RowPlan, ...]:
    """One plan a row, before anything is counted over all of them.

    :param missing: those that Loket gives no longer
    :param held: the kinds of change that wait tonight
    """
    return tuple(_Night(known, answer, missing, held).plans())


def words_of(record: Employment) -> tuple[UnknownWord, ...]:
    """The words of an employment, and of its person, that say nothing."""
    return (*record.person.unknown_words, *record.unknown_words)


class _Night:
    """Plans row by row, looking at all rows as they are after tonight.

    The end of a contract is decided on what Loket says now of every employment of the
    person; so are clashes and links.

    :param held: the kinds of change that wait tonight
    """

    def __init__(
        self,
        known: Known,
        answer: Employments,
        missing: Sequence[Row],
        held: Collection[str] = (),
    ) -> None:
        self._known = known
        self._missing = missing
        self._problems = answer.problems
        self._kinds = held
        self._rows = {row.employment_ref: row for row in known.rows}
        self._kept: dict[str, frozenset[Part]] = {}
        # Should Loket give one reference twice, the last one counts.
        self._told = {
            record.employment_ref: self._row_vals(record) for record in answer.records
        }
        self._others = other_people(known.rows, self._told)
        self._held: dict[str, Changes] = {}
        self._vals = {ref: self._vals_of(ref, vals) for ref, vals in self._told.items()}
        self._tonight = self._all_tonight()
        # In the order in which a person finds them: of two that are in the way, the
        # problem names the first.
        everybody = sorted(
            [*self._tonight.values(), *known.elsewhere],
            key=lambda row: (row.name, row.start_date or date.max, row.id),
        )
        given = [self._tonight[ref] for ref in self._vals]
        self._wrong = number_clashes(given, everybody, known.shared)
        self._wrong |= wrong_links(given, everybody)
        # All that ever told of an employee, as they were before tonight.
        self._tellers: dict[int, list[Row]] = defaultdict(list)
        for row in (*known.rows, *known.elsewhere):
            if row.is_linked and row.employee_id and not row.to_apply:
                self._tellers[row.employee_id].append(row)
        self._links: dict[int, list[Row]] = defaultdict(list)
        for row in everybody:
            if row.is_live and row.is_linked and row.employee_id:
                self._links[row.employee_id].append(row)

    def _row_vals(self, record: Employment) -> Values:
        """What Loket tells of an employment, and what is known of its shifts by now."""
        row = self._rows.get(record.employment_ref)
        vals = row_vals(self._completed(record))
        if record.shifts:
            history = shifts.from_json(row.shifts) if row else []
            if row and row.shift and not history:
                history = [(date.min, row.shift)]  # of before anything was kept
            told = shifts.with_told(history, record.shifts)
            vals["shifts"] = shifts.as_json(told)
        else:
            vals["shifts"] = row.shifts if row else None
        return _shared_with(row, vals) if row else vals

    def _completed(self, record: Employment) -> Employment:
        """What Loket tells, with what it does not tell this time."""
        row = self._rows.get(record.employment_ref)
        if not row:
            return record
        completed, kept = with_last_known(record, row)
        self._kept[record.employment_ref] = kept
        return completed

    def _vals_of(self, ref: str, told: Values) -> Values:
        """What the row gets: as Loket tells, except what waits."""
        row = self._rows.get(ref)
        if not row:
            return told
        told = _kept_of(row, told)
        if row in self._others:
            return {name: getattr(row, name) for name in told}
        if not row.is_linked:
            return told
        vals, held = dict(told), self._held.setdefault(ref, {})
        last_day = told["contract_end_date"] or told["end_date"]
        for name, kind in brake.ROW_FIELDS.items():
            new = last_day if kind == brake.END else told[name]
            if getattr(row, name) != told[name] and self._waits(row, kind, new):
                vals[name] = getattr(row, name)
                old = row.last_day if kind == brake.END else getattr(row, name)
                held[kind] = Change(old, new)
        return vals

    def _waits(self, row: Row, kind: str, new: Any) -> bool:
        """Whether this change of a linked row waits tonight."""
        lets_pass = self._known.lets_pass and brake.waited_for(row, kind, new)
        return kind in self._kinds and not lets_pass

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
            vals = {"in_loket": True, **vals}
            # Who stays the same is one object, not two.
            news = {
                name: new for name, new in vals.items() if getattr(row, name) != new
            }
            tonight[ref] = replace(row, **news) if news else row
        return tonight

    def plans(self) -> Iterator[RowPlan]:
        """One plan a row: of those that are missing, unreadable, new and known."""
        for row in self._missing:
            yield self._gone(row)
        for problem in self._problems:
            yield self._unreadable(problem)
        for ref in self._vals:
            if ref not in self._rows:
                yield self._new(ref)
        for ref in self._vals:
            if ref in self._rows:
                yield self._update(ref)

    def _gone(self, row: Row) -> RowPlan:
        has_left = may_go(self._known, row)
        vals: Values = {"in_loket": False}
        vals |= {name: None for name in ("held", "other_person") if getattr(row, name)}
        if row.decision != "ignore" and not has_left:
            vals["vanished_on"] = self._known.today
        return RowPlan(
            kind="missing",
            row=row,
            name=row.name,
            vals=vals,
            problem=None if has_left or row.decision == "ignore" else MISSING,
        )

    def _unreadable(self, problem: Problem) -> RowPlan:
        row = self._rows.get(problem.ref)
        vals = self._back(row) if row else {}
        if row and brake.GONE in (row.held or {}):
            vals["held"] = None  # it can't be read, but it is there
        return RowPlan(
            kind="unreadable",
            row=row,
            ref=problem.ref,
            name=problem.name or problem.ref,
            vals=vals,
            problem=problem.reason,
        )

    def _back(self, row: Row) -> Values:
        """What a row gets that Loket gives (again)."""
        vals = {"in_loket": True, "vanished_on": None}
        return {name: new for name, new in vals.items() if getattr(row, name) != new}

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
        if row in self._others:
            return self._other_person(row)
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
                name: change
                for name, change in changed.items()
                if name not in UNTOLD and not _is_dropped(row, name)
            },
            snapshot=vals["snapshot"],
            problem=problem,
            retries=retries,
            held=self._held.get(ref, {}),
            kept=self._kept[ref] if self._runs(tonight) else frozenset(),
            knows=parts_known(row) if self._runs(tonight) else frozenset(),
            last_day=tonight.last_day,
        )
        if plan.updates_employee:
            plan = self._with_employee(plan, tonight)
        elif plan.ends_contracts:
            plan = self._with_ends(plan)
        return self._with_what_waits(plan)

    def _runs(self, row: Row) -> bool:
        """Whether Loket's lists of today should have it, for somebody to whom it is."""
        today = self._known.today
        return (
            row.decision != "ignore"
            and (row.start_date or date.min) <= today
            and (row.end_date or date.max) >= today
        )

    def _other_person(self, row: Row) -> RowPlan:
        """Nothing of it is taken over; what Loket tells waits for a person."""
        told = _as_json(_kept_of(row, self._told[row.employment_ref]))
        vals = self._back(row)
        if row.other_person != told:
            vals["other_person"] = told
        if row.held:
            vals["held"] = None
        return RowPlan(
            kind="known",
            row=row,
            name=row.name,
            vals=vals,
            problem=self._others[row],
            is_other_person=True,
        )

    def _row_changes(self, row: Row, vals: Values) -> Changes:
        """What differs.

        The snapshot of a linked row tells what was taken over last. So it waits until
        that is done: what Loket emptied must not be forgotten.
        """
        vals = vals | {"in_loket": True, "vanished_on": None, "other_person": None}
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
        contracts = self._contracts(employee)
        plan = replace(
            plan,
            person=person_changes(
                tonight,
                links,
                employee,
                plan.snapshot,
                taken_before(
                    before, self._tellers[employee.id], employee, self._known.countries
                ),
                self._known.countries,
                self._known.naming,
            ),
            snapshot=plan.snapshot
            if leads(tonight, links)
            else not_yet_emptied(plan.snapshot, before),
            contracts=contracts.changes,
            begins_contract=self._begins(tonight, contracts),
            comes=tonight.parts_to_come & parts_told(plan.snapshot),
            place_changed=place_of(plan.snapshot) != place_of(before)
            and any(place_of(before)),
            checks=self._checks(plan, tonight, contracts),
        )
        return self._with_brakes(plan) if self._kinds else plan

    def _with_ends(self, plan: RowPlan) -> RowPlan:
        """The plan of a link that stands, with the ends of its contracts alone."""
        assert plan.row and plan.row.employee_id  # it is linked
        employee = self._known.employees[plan.row.employee_id]
        plan = replace(
            plan,
            contracts=tuple(
                change
                for change in self._contracts(employee).changes
                if change.changes.keys() == {brake.END}
            ),
        )
        return self._with_brakes(plan) if self._kinds else plan

    def _contracts(self, employee: Employee) -> ContractPlan:
        """What becomes of the contracts of an employee tonight."""
        links = self._links[employee.id]
        return plan_contracts(
            links, employee, self._known.today, self._moved(links), self._ended(links)
        )

    def _with_brakes(self, plan: RowPlan) -> RowPlan:
        """The plan, less what of the employee waits."""
        row = plan.row
        assert row
        kinds = [
            kind
            for kind, change in plan.person.items()
            if self._waits(row, kind, change.new)
        ]
        waits = brake.with_the_rest(kinds, plan.person, self._known.name_fields)
        held = {name: plan.person[name] for name in plan.person if name in waits}
        contracts, begins = plan.contracts, plan.begins_contract
        end = end_change({}, contracts, plan.last_day)
        if end and (self._end_waits(row) or self._waits(row, brake.END, end.new)):
            contracts = tuple(
                contract for contract in contracts if brake.END not in contract.changes
            )
            begins = False  # it follows on what does not end yet
            held[brake.END] = end
        return replace(
            plan,
            person={
                name: change
                for name, change in plan.person.items()
                if name not in waits
            },
            contracts=contracts,
            begins_contract=begins,
            held=held | plan.held,
        )

    def _end_waits(self, row: Row) -> bool:
        """Whether the end of an employment of the same employee waits."""
        links = self._links[row.employee_id] if row.employee_id else []
        return any(
            brake.END in self._held.get(link.employment_ref, ()) for link in links
        )

    def _with_what_waits(self, plan: RowPlan) -> RowPlan:
        """The plan, with what waits kept on the row.

        Of what waits the snapshot stays as it is: it says what Loket has emptied since
        it was taken over last.
        """
        row = plan.row
        assert row
        waits = {kind: brake.json_value(new) for kind, (_old, new) in plan.held.items()}
        if (row.held or None) != (waits or None):
            plan = replace(plan, vals=plan.vals | {"held": waits or None})
        if not plan.held or plan.snapshot is None:
            return plan
        before = row.snapshot or {}
        keys = brake.keys_of(plan.held, self._known.name_fields)
        snapshot = {**plan.snapshot, **{key: before.get(key) for key in keys}}
        return replace(plan, snapshot=snapshot)

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
        for link, before in self._taken(links):
            start = before.get("start_date")
            if start and date.fromisoformat(start) != link.start_date:
                moved[link] = date.fromisoformat(start)
        return moved

    def _ended(self, links: Sequence[Row]) -> dict[Row, date]:
        """When employments ended as far as was known, that now go on for longer."""
        ended = {}
        for link, before in self._taken(links):
            text = before.get("contract_end") or before.get("end_date")
            end = date.fromisoformat(text) if text else None
            if end and end < (link.last_day or date.max):
                ended[link] = end
        return ended

    def _taken(self, links: Sequence[Row]) -> Iterator[tuple[Row, Snapshot]]:
        """The employments of this connection, with what was taken over last."""
        for link in links:
            known = self._rows.get(link.employment_ref)
            if known and known.id == link.id and known.snapshot:
                yield link, known.snapshot

    def _checks(self, plan: RowPlan, tonight: Row, contracts: ContractPlan) -> Checks:
        """What a person has to look at, but for what Loket has not told yet."""
        assert plan.row and plan.row.employee_id and plan.snapshot  # it is linked
        employee = self._known.employees[plan.row.employee_id]
        checks: Checks = {}
        if tonight in contracts.checks:
            checks["contract"] = contracts.checks[tonight]
        code = unknown_country(plan.snapshot, self._known.countries)
        links = self._links[employee.id]
        if code and leads(tonight, links):
            checks["country"] = country_check(code)
        moves = any(
            "contract_date_start" in contract.changes for contract in contracts.changes
        )
        # Of a start that moves again Odoo has neither day: that too is to be told.
        stays = employee.contracts and not moves and tonight not in contracts.begins
        moved = self._moved(links)
        if tonight in moved and stays:
            checks["start"] = start_check(moved[tonight], tonight.start_date)
        return checks


def _shared_with(row: Row, vals: Values) -> Values:
    """The same values; what the row has already is kept once, for there are many."""
    known = ((name, new, getattr(row, name)) for name, new in vals.items())
    return {name: old if old == new and old else new for name, new, old in known}


def _kept_of(row: Row, told: Values) -> Values:
    """What may be kept of what Loket tells of an employment."""
    return of_not_imported(row, told) if row.decision == "ignore" else told


def _is_dropped(row: Row, name: str) -> bool:
    """Whether a field is emptied as nobody may keep it: not told, nor kept in a run."""
    return row.decision == "ignore" and name in NOT_KEPT


def _as_json(vals: Values) -> dict[str, Any]:
    """The values of a row as JSON."""
    return {name: brake.json_value(value) for name, value in vals.items()}
