# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wage entries that recur: travel each month. Of each period one is made, once."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...payroll.recurring import Employed, turn
from ..at_once import RACES

#: What an entry that no file has delivered follows, while nobody changed it by hand.
FOLLOWED = ("note", "value", "wage_component_id")


class HrWageEntryRecurring(models.Model):
    """A value that somebody gets each payroll period, from a date on.

    The entries are made each night for the period of today, and for any period that
    somebody looks at before its file is made. A period of which a turn is kept gets no
    second one, also where a person deleted the entry.
    """

    _name = "hr.wage.entry.recurring"
    _description = "Recurring Wage Entry"
    _inherit = "loket.walls"
    _order = "employee_id, wage_component_id, date_from, id"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True
    )
    wage_component_id = fields.Many2one(
        "hr.wage.component",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    unit = fields.Selection(related="wage_component_id.unit")
    value = fields.Float(
        "Each Period",
        digits=(16, 4),
        required=True,
        help="Of each payroll period, whole: also where somebody is employed for a "
        "part of it, which the payroll file then tells.",
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date("Until", help="The last day. Empty: for good.")
    note = fields.Char()
    # Lines are only deleted here, which their own rights say.
    turn_ids = fields.One2many("hr.wage.entry.turn", "recurring_id", "Periods")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)",
        "What recurs ends on or after its first day.",
    )

    @api.depends("employee_id")
    def _compute_company_id(self):
        """The employee's; a new one chooses from those of the present company."""
        for recurring in self:
            recurring.company_id = recurring.employee_id.company_id or self.env.company

    @api.depends("employee_id", "wage_component_id")
    def _compute_display_name(self):
        for recurring in self:
            parts = (recurring.employee_id.name, recurring.wage_component_id.name)
            recurring.display_name = " - ".join(part for part in parts if part)

    @api.constrains("value")
    def _check_value(self):
        """:raise ValidationError: what recurs says nothing"""
        if not all(self.mapped("value")):
            raise ValidationError(
                self.env._("Fill in a value, or end what recurs by its last day.")
            )

    # === WHAT FOLLOWS FROM A CHANGE === #

    def write(self, vals):
        """What no file has delivered follows; all else stays as it was delivered.

        :raise UserError: the entries of somebody would become those of somebody else
        """
        if "employee_id" in vals and self.turn_ids:
            others = self.filtered(
                lambda one: one.employee_id.id != vals["employee_id"]
            )
            if others.turn_ids:
                raise UserError(
                    self.env._(
                        "Entries were made of this for %(name)s. End it by its last "
                        "day, and make another one for somebody else.",
                        name=others.turn_ids.recurring_id.employee_id[:1].name,
                    )
                )
        following = self._following() if not vals.keys().isdisjoint(FOLLOWED) else None
        result = super().write(vals)
        if following:
            following.write({name: vals[name] for name in FOLLOWED if name in vals})
        if not vals.keys().isdisjoint(("date_from", "date_to")):
            self._take_back()
        return result

    def _following(self):
        """The entries that are as these say, and that no file has delivered."""
        return self.turn_ids._open().filtered("is_as_made").entry_id

    def _take_back(self):
        """Entries beyond the first and the last day go, unless a file delivered them.

        Nor go those that somebody changed by hand.

        Their turns too: should it go on after all, they are made again.
        """
        beyond = self.turn_ids._open().filtered(
            lambda one: (
                one.is_as_made
                and (
                    one.day < one.recurring_id.date_from
                    or (one.recurring_id.date_to and one.day > one.recurring_id.date_to)
                )
            )
        )
        beyond._undo()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_delivered(self):
        """Entries that no file has delivered go with what they were made of.

        :raise UserError: a file has delivered some
        """
        still_open = self.turn_ids._open()
        delivered = (self.turn_ids - still_open).filtered("entry_id")
        if delivered:
            raise UserError(
                self.env._(
                    "A payroll file has entries of %(name)s already. End it by its "
                    "last day instead.",
                    name=delivered.recurring_id[:1].display_name,
                )
            )
        still_open._undo()

    # === MAKING THE ENTRIES === #

    @api.model
    def _cron_make(self):
        """Make the entries of the period of today, of all connections."""
        today = fields.Date.context_today(self)
        # As the system: whoever the scheduler runs as, all are made.
        for connection_sudo in (
            self.env["loket.connection"].sudo().search([("state", "=", "ready")])
        ):
            for period in connection_sudo._periods_between(today, today):
                draft = self.env["loket.export"].new(
                    {
                        "connection_id": connection_sudo.id,
                        "year": period.year,
                        "period": period.number,
                    }
                )
                try:
                    with self.env.cr.savepoint():
                        self._make(draft.sudo())
                except RACES:  # somebody who looks at the period makes them just now
                    continue

    @api.model
    def _make(self, export):
        """Make the entries of a period that are not made yet.

        :param export: a ``loket.export`` of the period, maybe one that is not saved
        :return: list of ``Told``: what a clerk is to know
        """
        period = export._payroll_period()
        coverage = export._coverage(period)
        earlier = [file.days for file in coverage.made_before(period.start)]
        # As superuser: who makes the file need not see each employee.
        recurring_sudo = self.sudo().search(
            [
                ("date_from", "<=", period.end),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", min(one.start for one in (period, *earlier))),
                ("employee_id", "in", export._people()),
            ]
        )
        if not recurring_sudo:
            return []
        making = _Making(export, period, coverage, recurring_sudo)
        return making.make() + making.missed(earlier)

    def _is_within(self, period):
        """Whether it is for any day of a ``periods.Period``."""
        return self.date_from <= period.end and (
            not self.date_to or self.date_to >= period.start
        )

    def _entry_vals(self, day):
        return {
            "employee_id": self.employee_id.id,
            "wage_component_id": self.wage_component_id.id,
            "date": day,
            "value": self.value,
            "note": self.note,
            "recurring_id": self.id,
        }


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


class _Making:
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
        made, there = self._made(running_sudo), self._of_other_kind(running_sudo)
        by_hand = self._entered(self.period, [("recurring_id", "=", False)])
        told, days = [], {}
        alike = Counter(map(_whose, running_sudo))
        for one in running_sudo:
            found = self._turn(one, self.period)
            reason = None
            if found.reason == "elsewhere":
                continue  # it is made, and told, where they are paid
            if one in made:
                self._take_on(made[one])
                reason = self._reason_of_made(made[one], found)
            elif found.reason:
                reason = f"recurring_{found.reason}"
            elif _whose(one) in by_hand:
                reason = "recurring_by_hand"
            elif one in there:
                reason = "recurring_there"
            elif not self._is_usable(one):
                reason = "recurring_component"
            else:
                days[one] = found.day
                reason = "recurring_part" if found.is_part else None
            # Whoever entered it by hand may not know what the night had made already.
            is_paid = one in days or (one in made and made[one].exists().entry_id)
            if is_paid and (_whose(one) in by_hand or alike[_whose(one)] > 1):
                reason = "recurring_twice"
            if reason:
                told.append(Told(reason, *_whose(one)))
        self._write(days)
        return told

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
            lambda day: (file := self.coverage.owner(day)) and file.key == _key(period),
        )

    def _take_on(self, turn_sudo):
        """What was made for another link is this one's, once this one pays its day."""
        entry_sudo = turn_sudo.entry_id
        if (
            turn_sudo.connection_id != self.connection_sudo
            and entry_sudo
            and self.employed_of[entry_sudo.employee_id.id].on(entry_sudo.date)
            == "here"
            and turn_sudo._open()
        ):
            turn_sudo.connection_id = self.connection_sudo

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
        """{(employee, component)} of the entries in the days of a period."""
        groups = self.env["hr.wage.entry"]._read_group(
            [
                ("employee_id", "in", self.recurring_sudo.employee_id.ids),
                ("date", ">=", period.start),
                ("date", "<=", period.end),
                *domain,
            ],
            ["employee_id", "wage_component_id"],
        )
        return {(person.id, component.id) for person, component in groups}

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


class HrWageEntryTurn(models.Model):
    """That something that recurs had its turn in a period, and the entry of it.

    The period by its kind, year and number, which stay when Loket dates it anew.
    """

    _name = "hr.wage.entry.turn"
    _description = "Period of a Recurring Wage Entry"
    _inherit = "loket.walls"
    _order = "day desc, id desc"

    recurring_id = fields.Many2one(
        "hr.wage.entry.recurring", required=True, readonly=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(
        "loket.connection", readonly=True, ondelete="set null", index=True
    )
    day = fields.Date(required=True, readonly=True, help="As it was made.")
    period_type = fields.Char(required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    number = fields.Integer("Period", required=True, readonly=True, aggregator=None)
    entry_id = fields.Many2one(
        "hr.wage.entry",
        "Wage Entry",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    value = fields.Float(related="entry_id.value")
    state = fields.Selection(
        [
            ("open", "Not in a file yet"),
            ("delivered", "Its period has a file"),
            ("deleted", "Deleted by hand"),
        ],
        compute="_compute_state",
    )

    _once = models.UniqueIndex(
        "(recurring_id, period_type, year, number)",
        "This recurring wage entry was made for this period already.",
    )

    is_as_made = fields.Boolean(
        compute="_compute_is_as_made", help="Nobody changed the entry by hand."
    )

    @api.depends("year", "number")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.year}-{one.number:02d}"

    @api.depends(
        *(
            f"{path}.{name}"
            for path in ("entry_id", "recurring_id")
            for name in FOLLOWED
        )
    )
    def _compute_is_as_made(self):
        for one in self:
            one.is_as_made = bool(one.entry_id) and all(
                one.entry_id[name] == one.recurring_id[name] for name in FOLLOWED
            )

    @api.depends("entry_id")
    def _compute_state(self):
        still_open = self._open()
        for one in self:
            state = "open" if one in still_open else "delivered"
            one.state = state if one.entry_id else "deleted"

    def _open(self):
        """Those with an entry on a day of which their link made no file.

        As superuser: what was made was made, whoever may see it.
        """
        still_open = self.browse()
        for one in self.filtered("entry_id"):
            entry_sudo = one.entry_id.sudo()
            if not entry_sudo.env["loket.export"].search_count(
                [
                    ("connection_id", "=", one.sudo().connection_id.id),
                    ("attachment_id", "!=", False),
                    ("date_from", "<=", entry_sudo.date),
                    ("date_to", ">=", entry_sudo.date),
                ],
                limit=1,
            ):
                still_open |= one
        return still_open

    def _undo(self):
        """Delete the entries, and forget that it was their turn."""
        entries = self.entry_id
        # As superuser: a person may take back what was made for them.
        self.sudo().unlink()
        entries.unlink()
