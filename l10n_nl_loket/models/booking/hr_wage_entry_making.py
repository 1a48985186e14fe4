# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The entries of one period that recur, made for all people at once."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

from ...payroll.recurring import Employed, turn


@dataclass(frozen=True, slots=True)
class Told:
    """What a clerk is to know of something that recurs, in one period.

    :param reason: of ``loket.export.remark``
    :param periods: earlier ones, where it is about these
    """

    reason: str
    employee: int
    component: int
    periods: str | None = None


class Making:
    """The entries of one period, read and made for all people at once."""

    def __init__(self, export, period, coverage, recurring_sudo):
        self.env = recurring_sudo.env
        self.period, self.coverage = period, coverage
        self.recurring_sudo = recurring_sudo
        self.connection_sudo = export.connection_id.sudo()
        self.period_type = self.connection_sudo.period_type or "month"
        self.employed_of = employed(export, recurring_sudo.employee_id)

    def make(self):
        """:return: list of ``Told``"""
        running_sudo = self.recurring_sudo.filtered(
            lambda one: one._is_within(self.period)
        )
        self._forget_astray(running_sudo)
        made = self._made(running_sudo)
        of_other_kind = self._of_other_kind(running_sudo)
        by_hand = self._entered(self.period, [("recurring_id", "=", False)])
        self._take_on(made.values())
        reasons, days = {}, {}
        for one in running_sudo:
            found = self._turn(one, self.period)
            if found.reason == "elsewhere":
                continue  # it is made, and told, where they are paid
            reason = None
            if one in made:
                reason = self._reason_of_made(made[one], found)
            elif found.reason:
                reason = f"recurring_{found.reason}"
            elif _whose(one) in by_hand:
                reason = "recurring_by_hand"
            elif one in of_other_kind:
                reason = "recurring_there"
            elif not self._is_usable(one):
                reason = "recurring_component"
            else:
                days[one] = found.day
                reason = "recurring_part" if found.is_part else None
            reasons[one] = reason
        for one in self._twice(running_sudo, days):
            if one in reasons:
                reasons[one] = "recurring_twice"
        self._write(days)
        return [Told(reason, *_whose(one)) for one, reason in reasons.items() if reason]

    def _twice(self, running_sudo, days):
        """What is not all that there is of its component in this period.

        Whoever entered it by hand, or moved it here, may not know of the other.

        :param days: what is about to be made
        """
        there, coming = self._entered(self.period), Counter(map(_whose, days))
        made = [
            one
            for one, turn_sudo in self._made(running_sudo).items()
            if turn_sudo.entry_id
        ]
        return [
            one
            for one in (*days, *made)
            if there.get(_whose(one), 0) + coming[_whose(one)] > 1
        ]

    def _forget_astray(self, running_sudo):
        """Forget what was made for days that are of another period now.

        Loket dated its periods anew: one had two entries, and the other none. What no
        file has delivered and nobody changed is made again, each in its period.
        """
        days = [("day", ">=", self.period.start), ("day", "<=", self.period.end)]
        turns_sudo = self.env["hr.wage.entry.turn"].search(
            Domain("recurring_id", "in", running_sudo.ids)
            & Domain("connection_id", "=", self.connection_sudo.id)
            & Domain("period_type", "=", self.period_type)
            & Domain("entry_id", "!=", False)
            & (Domain(self._domain_of(self.period)) | Domain(days))
        )
        astray_sudo = turns_sudo.filtered(
            lambda turn_sudo: (
                turn_sudo.is_as_made
                and turn_sudo.entry_id.date == turn_sudo.day
                and self._is_of(turn_sudo.day, self.period)
                != ((turn_sudo.year, turn_sudo.number) == _key(self.period))
            )
        )
        astray_sudo._open()._undo()

    def missed(self, earlier):
        """What began before the files of earlier periods, and is in none of these.

        It was entered when they were made already. Nothing is made behind them.

        :param earlier: a ``periods.Period`` for each
        :return: list of ``Told``
        """
        missed = defaultdict(list)
        for period in earlier:
            running_sudo = self.recurring_sudo.filtered(
                lambda one, period=period: one._is_within(period)
            )
            if not running_sudo:
                continue
            there = self._entered(period)
            had_turn = self._had_turn(running_sudo, period)
            for one in running_sudo - had_turn:
                if _whose(one) not in there and self._turn(one, period).day:
                    missed[one].append(f"{period.year}-{period.number:02d}")
        return [
            Told("recurring_missed", *_whose(one), ", ".join(sorted(names)))
            for one, names in missed.items()
        ]

    def _turn(self, one, period):
        """The ``Turn`` of something that recurs, in the file of a period."""
        return turn(
            max(period.start, one.date_from),
            min(period.end, one.date_to or period.end),
            self.employed_of[one.employee_id.id],
            lambda day: self._is_of(day, period),
        )

    def _is_of(self, day, period):
        """Whether a day is of the file of a period."""
        file = self.coverage.owner(day)
        return bool(file) and file.key == _key(period)

    def _take_on(self, turns_sudo):
        """What was made for another link is this one's, once this one pays its day."""
        others_sudo = self.env["hr.wage.entry.turn"].concat(*turns_sudo)
        others_sudo = others_sudo.filtered(
            lambda one: (
                one.connection_id != self.connection_sudo
                and one.entry_id
                and self.employed_of[one.entry_id.employee_id.id].on(one.entry_id.date)
                == "here"
            )
        )
        others_sudo._open().connection_id = self.connection_sudo

    def _reason_of_made(self, turn_sudo, found):
        """What to tell of an entry that is there; of who left meanwhile it goes.

        :param found: a ``payroll.recurring.Turn``, as it would be made now
        """
        if not turn_sudo.entry_id:
            return None
        if found.reason != "left":
            return "recurring_part" if found.is_part else None
        if turn_sudo.is_as_made and turn_sudo._open():
            turn_sudo._undo()
            return "recurring_left"
        return "recurring_stays"

    def _write(self, days):
        """Keep the turns first: of two who look at a period at once, one makes them.

        :param days: {what recurs: day of the entry}
        """
        if not days:
            return
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s, %s, %s)",
                one.id,
                self.connection_sudo.id,
                day,
                self.period_type,
                *_key(self.period),
            )
            for one, day in days.items()
        )
        kept = self.env.execute_query(
            SQL(
                "INSERT INTO hr_wage_entry_turn"
                " (recurring_id, connection_id, day, period_type, year, number)"
                " VALUES %s"
                " ON CONFLICT DO NOTHING RETURNING id, recurring_id",
                rows,
            )
        )
        turns_sudo = self.env["hr.wage.entry.turn"].browse([id_ for id_, _one in kept])
        ones_sudo = self.recurring_sudo.browse([one for _id, one in kept])
        entries_sudo = self.env["hr.wage.entry"].create(
            [one._entry_vals(days[one]) for one in ones_sudo]
        )
        for turn_sudo, entry_sudo in zip(turns_sudo, entries_sudo, strict=True):
            turn_sudo.entry_id = entry_sudo
        ones_sudo.invalidate_recordset(["turn_ids"])

    def _domain_of(self, period):
        year, number = _key(period)
        return [
            ("period_type", "=", self.period_type),
            ("year", "=", year),
            ("number", "=", number),
        ]

    def _made(self, running_sudo):
        """{what recurs: its turn} of those that had it in this period."""
        turns_sudo = self.env["hr.wage.entry.turn"].search(
            [
                ("recurring_id", "in", running_sudo.ids),
                *self._domain_of(self.period),
            ]
        )
        return {one.recurring_id: one for one in turns_sudo}

    def _had_turn(self, running_sudo, period):
        """What had its turn in a period, of whatever kind the periods were then."""
        days = [("day", ">=", period.start), ("day", "<=", period.end)]
        return (
            self.env["hr.wage.entry.turn"]
            .search(
                Domain("recurring_id", "in", running_sudo.ids)
                & (Domain(self._domain_of(period)) | Domain(days))
            )
            .recurring_id
        )

    def _of_other_kind(self, running_sudo):
        """What recurs that has an entry in these days of a period of another kind.

        Somebody came from an administration with periods of four weeks.
        """
        return (
            self.env["hr.wage.entry.turn"]
            .search(
                [
                    ("recurring_id", "in", running_sudo.ids),
                    ("period_type", "!=", self.period_type),
                    ("entry_id.date", ">=", self.period.start),
                    ("entry_id.date", "<=", self.period.end),
                ]
            )
            .recurring_id
        )

    def _entered(self, period, domain=()):
        """{(employee, component): how many entries are in the days of a period}"""
        groups = self.env["hr.wage.entry"]._read_group(
            [
                ("employee_id", "in", self.recurring_sudo.employee_id.ids),
                ("date", ">=", period.start),
                ("date", "<=", period.end),
                *domain,
            ],
            ["employee_id", "wage_component_id"],
            ["__count"],
        )
        return {(person.id, component.id): count for person, component, count in groups}

    def _is_usable(self, one):
        """Whether an entry of it may be made at all: else the look-up would fail."""
        component = one.wage_component_id
        return component.active and component.company_id == one.employee_id.company_id


def _whose(one):
    return one.employee_id.id, one.wage_component_id.id


def _key(period):
    return period.year, period.number


def employed(export, people_sudo):
    """When people work at the connection of an export.

    :param people_sudo: ``hr.employee``, as superuser
    :return: {id of an employee: ``Employed``}
    """
    contracts = defaultdict(set)
    for version_sudo in people_sudo.env["hr.version"].search(
        Domain("employee_id", "in", people_sudo.ids)
        & Domain("contract_date_start", "!=", False)
    ):
        days = version_sudo.contract_date_start, version_sudo.contract_date_end or None
        contracts[version_sudo.employee_id.id].add(days)
    jobs = export._jobs(people_sudo.ids)
    return {
        person_sudo.id: Employed(
            export.connection_id.id,
            jobs.get(person_sudo.id, ()),
            contracts[person_sudo.id],
            is_archived=not person_sudo.active,
        )
        for person_sudo in people_sudo
    }
