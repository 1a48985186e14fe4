# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is booked now and was not delivered, and the two ways out of it.

Late is what was booked, changed, removed, linked, or given its first code since the
file was made. What only stands elsewhere by now (another code, unit or shift) is not.

A file of a later period may take it along; else the period is made again. Either way no
hour goes twice: a period made again leaves out what others took along for it, and keeps
what it took along itself. So over the files that count, the sum of each employment and
component is what is booked, less what is listed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .bookings import NOISE, Rules, Source
from .delivered import (
    ANY_SOURCE,
    Delivered,
    Ledger,
    Missing,
    PeriodKey,
    Piece,
    as_in_file,
    delivered,
)
from .landing import Amount, Cell

CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Staff:
    """Whose employment is whose, and by which payroll number, as of now.

    :param numbers: payroll number of each employment, by its id
    :param employees: whom each employment of the link is linked to
    """

    numbers: Mapping[int, int]
    employees: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Rules) -> "Staff":
        """As the rules of a file know it."""
        jobs = [(who, job) for who, of_who in rules.jobs.items() for job in of_who]
        return cls(
            numbers={
                job.id: job.payroll_number for _who, job in jobs if job.payroll_number
            },
            employees={
                job.id: who for who, job in jobs if job.connection == rules.connection
            },
        )

    def number_of(self, piece: Piece) -> int:
        """The payroll number of now, of what was delivered by that of then.

        Of a file that does not tell the employment: where the number is none of the
        person's any more and the person has one only, it is that one.
        """
        if number := self.numbers.get(piece.job):
            return number
        employee, number = piece.cell.employee, piece.cell.payroll_number
        own = self._numbers_of(employee)
        return own.pop() if number not in own and len(own) == 1 else number

    def is_of_another(self, employee: int, number: int) -> bool:
        """Whether a payroll number is somebody else's by now: the link was wrong."""
        if number in self._numbers_of(employee):
            return False
        return any(self.numbers.get(job) == number for job in self.employees)

    def _numbers_of(self, employee: int) -> set[int]:
        return {
            self.numbers[job]
            for job, linked in self.employees.items()
            if linked == employee and job in self.numbers
        }


#: One source of one employment: employee, payroll number of now, source, is it hours.
_Group = tuple[int, int, Source, bool]
_Pieces = dict[Cell, Decimal]


@dataclass(frozen=True, slots=True)
class Late:
    """What one cell of an earlier period lacks, or has too much.

    :param cell: of the earlier period, unit and shift too
    :param amount: as a file is to hold it: rounded
    :param pieces: the same, exact and by source
    """

    period: PeriodKey
    cell: Cell
    amount: Amount
    pieces: tuple[tuple[Piece, Decimal], ...]

    @property
    def is_less(self) -> bool:
        """Whether too much was delivered."""
        return self.amount.hours < 0 or self.amount.total < 0


@dataclass(slots=True)
class Watch:
    """What became of an earlier period since its file was made.

    :param late: by cell
    :param missing: exact; what was booked since, and could not be delivered yet
    :param elsewhere: of whom something would stand in another cell by now, by a code,
        unit or setting
    """

    late: list[Late] = field(default_factory=list)
    missing: dict[Missing, Decimal] = field(default_factory=dict)
    elsewhere: set[int] = field(default_factory=set)

    @property
    def is_elsewhere(self) -> bool:
        """Whether anything would stand elsewhere."""
        return bool(self.elsewhere)

    @property
    def is_late(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.late or self.missing)

    def missing_of(self) -> dict[tuple[int, Source | None], Decimal]:
        """What could not be delivered, by employee and source; None for hours."""
        sums: dict[tuple[int, Source | None], Decimal] = defaultdict(Decimal)
        for missing, quantity in self.missing.items():
            source = None if missing.is_hours else missing.source
            sums[missing.employee, source] += quantity
        return sums

    def hours(self) -> tuple[Decimal, Decimal]:
        """How many are to be added, what is missing too, and how many taken back."""
        quantities = [late.amount.hours for late in self.late]
        quantities += [
            quantity for missing, quantity in self.missing.items() if missing.is_hours
        ]
        return _both_ways(quantities)

    def values(self) -> dict[int, tuple[Decimal, Decimal]]:
        """The same of values, by component; those of two are no one number."""
        quantities: dict[int, list[Decimal]] = defaultdict(list)
        for late in self.late:
            quantities[late.cell.component].append(late.amount.value)
        return {component: _both_ways(of) for component, of in quantities.items()}


def _both_ways(quantities: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """The sum of those above zero, and that of those below it, without its sign."""
    more = less = NOTHING
    for quantity in quantities:
        if quantity > 0:
            more += quantity
        else:
            less -= quantity
    return more, less


def watch(period: PeriodKey, now: Delivered, then: Delivered, staff: Staff) -> Watch:
    """Compare what is booked now with what was delivered.

    :param now: what a file would deliver, of what is booked in the period now
    :param then: what was delivered for the period in all
    """
    result = Watch()
    if then.is_coarse:
        now, then = now.coarse(), then.coarse()
    rooms = _Rooms(now, then)
    added: dict[Piece, Decimal] = {}
    jobs = {piece.cell: piece.job for pieces in (then, now) for piece in pieces.pieces}
    differences_of = _differences(now, then, staff)
    for group in sorted(differences_of, key=_order_of_groups):
        employee, number, source, is_hours = group
        differences = differences_of[group]
        net = sum(differences.values(), NOTHING)
        if net >= 0:
            # It was booked then: another answer alone makes nothing late.
            net -= rooms.let_go(employee, source, is_hours, net)
        elif not staff.is_of_another(employee, number):
            # Still booked, but it could not be delivered by now: nobody took it back.
            # At a number that is somebody else's it is too much all the same.
            net += rooms.use(employee, source, is_hours, -net)
        parts = _spread(net, differences)
        if any(
            abs(difference - parts.get(cell, NOTHING)) >= CENT
            for cell, difference in differences.items()
        ):
            result.elsewhere.add(employee)
        for cell, quantity in parts.items():
            piece = Piece(cell, source, is_hours, jobs[cell])
            added[piece] = added.get(piece, NOTHING) + quantity
    result.late = _late(period, then, added)
    result.missing = rooms.listed()
    return result


def _differences(
    now: Delivered, then: Delivered, staff: Staff
) -> dict[_Group, _Pieces]:
    """{group: {cell: what it has more now}}; a new payroll number is no new group."""
    groups: dict[_Group, _Pieces] = defaultdict(lambda: defaultdict(Decimal))
    for sign, part in ((1, now), (-1, then)):
        for piece, quantity in part.pieces.items():
            groups[_group(piece, staff)][piece.cell] += sign * quantity
    return groups


def _group(piece: Piece, staff: Staff) -> _Group:
    number = staff.number_of(piece)
    return piece.cell.employee, number, piece.source, piece.is_hours


def _order_of_groups(group: _Group) -> tuple[int, int, str, int, bool]:
    employee, number, source, is_hours = group
    return employee, number, source.kind, source.id, is_hours


def _spread(net: Decimal, differences: Mapping[Cell, Decimal]) -> _Pieces:
    """Where a quantity goes: to the cells that differ in that direction."""
    parts = {}
    sign = 1 if net > 0 else -1
    rest = abs(net)
    for cell in sorted(differences, key=lambda cell: cell.order):
        part = min(rest, sign * differences[cell])
        if part > 0 and rest >= NOISE:
            parts[cell] = sign * part
            rest -= part
    return parts


def _late(
    period: PeriodKey, then: Delivered, added: Mapping[Piece, Decimal]
) -> list[Late]:
    """The cells that differ as a file shows them."""
    before = then.by_cell()
    by_cell: dict[Cell, list[tuple[Piece, Decimal]]] = defaultdict(list)
    for piece, quantity in added.items():
        by_cell[piece.cell].append((piece, quantity))
    result = []
    for cell in sorted(by_cell, key=lambda cell: cell.order):
        exact = before[cell]
        for piece, quantity in by_cell[cell]:
            exact.add(quantity, is_hours=piece.is_hours)
        amount = as_in_file(exact) - then.cells.get(cell, Amount())
        if amount.hours or amount.value:
            result.append(Late(period, cell, amount, tuple(by_cell[cell])))
    return result


_Room = tuple[int, Source, bool]


class _Rooms:
    """How much more is booked than then, and does not land: per person and source.

    Never more than is booked of it now: what did not land then may have been less than
    nothing.
    """

    def __init__(self, now: Delivered, then: Delivered) -> None:
        self._more: dict[_Room, Decimal] = defaultdict(Decimal)
        self._listed: dict[_Room, Decimal] = defaultdict(Decimal)
        self._let_go: dict[_Room, Decimal] = defaultdict(Decimal)
        of_now: dict[_Room, Decimal] = defaultdict(Decimal)
        for sign, part in ((1, now), (-1, then)):
            for missing, quantity in part.missing.items():
                room = missing.employee, missing.source, missing.is_hours
                self._more[room] += sign * quantity
                if sign > 0:
                    of_now[room] += quantity
                if missing.how == "listed":
                    self._listed[room] += sign * quantity
                elif missing.how == "setting":
                    self._let_go[room] -= sign * quantity
        for room in self._more:
            self._more[room] = min(self._more[room], of_now.get(room, NOTHING))

    def use(
        self, employee: int, source: Source, is_hours: bool, wanted: Decimal
    ) -> Decimal:
        """Take away as much as there is of what is wanted."""
        room = employee, source, is_hours
        if room not in self._more:
            room = employee, ANY_SOURCE, is_hours
        used = max(min(self._more.get(room, NOTHING), wanted), NOTHING)
        if used:
            self._more[room] -= used
        return used

    def let_go(
        self, employee: int, source: Source, is_hours: bool, wanted: Decimal
    ) -> Decimal:
        """Take away as much as an answer kept out then, and keeps out no more."""
        room = employee, source, is_hours
        used = max(min(self._let_go.get(room, NOTHING), wanted), NOTHING)
        if used:
            self._let_go[room] -= used
        return used

    def listed(self) -> dict[Missing, Decimal]:
        """What is left of it, and to be told."""
        rest = {
            Missing(*room, how="listed"): min(quantity, self._more[room])
            for room, quantity in self._listed.items()
        }
        return {key: quantity for key, quantity in rest.items() if quantity >= CENT}


# === A PERIOD MADE AGAIN === #


def without_taken(now: Delivered, taken: Delivered, staff: Staff) -> Delivered:
    """What the own file of a period is to hold: less what others took along for it.

    Where more was taken along than is booked by now, the file holds nothing, and the
    rest is late, to be set right where it was taken along.

    :param now: what is booked in the period
    :param taken: what the files of other periods took along for it
    """
    if not taken.pieces and not taken.cells:
        return now
    result = Delivered(missing=now.missing, is_coarse=taken.is_coarse)
    if taken.is_coarse:
        now = now.coarse()
    booked = _differences(now, Delivered(), staff)
    gone = _differences(taken, Delivered(), staff)
    jobs = {piece.cell: piece.job for piece in (*taken.pieces, *now.pieces)}
    for group in {**booked, **gone}:
        _employee, _number, source, is_hours = group
        own = _less(booked.get(group, {}), gone.get(group, {}))
        for cell, quantity in own.items():
            if abs(quantity) >= NOISE:
                piece = Piece(cell, source, is_hours, jobs[cell])
                result.pieces[piece] += quantity
    in_all = Delivered()
    in_all.add(result)
    in_all.add(Delivered(pieces=taken.pieces))
    sums = in_all.by_cell()
    for cell in {*sums, *taken.cells}:
        amount = as_in_file(sums[cell]) - taken.cells.get(cell, Amount())
        if amount.hours or amount.value:
            result.cells[cell] = amount
    return result


def _less(booked: Mapping[Cell, Decimal], gone: Mapping[Cell, Decimal]) -> _Pieces:
    """What is booked of one source in each cell, less what went elsewhere.

    A code or unit may have changed since that went: what is short in one cell is then
    taken from the others.
    """
    own = {
        cell: booked.get(cell, NOTHING) - gone.get(cell, NOTHING)
        for cell in {**booked, **gone}
    }
    if not gone or sum(booked.values()) < 0:
        return own
    if sum(own.values()) <= 0:
        return {}
    shortage = NOTHING
    for cell, quantity in own.items():
        if quantity < 0 <= booked.get(cell, NOTHING):
            shortage -= quantity
            own[cell] = NOTHING
    for cell in sorted(own, key=lambda cell: cell.order):
        used = max(min(own[cell], shortage), NOTHING)
        own[cell] -= used
        shortage -= used
    return own


# === A FILE, WITH WHAT IT TAKES ALONG === #


@dataclass(slots=True)
class Composed:
    """A file, with what it takes along of earlier periods and without what others did.

    :param cells: of the file; those that late hours change are rounded
    :param ledger: what it delivers, by period
    :param kept: what the last file of the same period took along, and this one too
    :param taken: what else is late of the earlier periods, and goes along
    :param late: what is late of them, and stays so
    :param watches: of each earlier period, before anything of it was taken along
    """

    cells: dict[Cell, Amount]
    ledger: dict[PeriodKey, Delivered]
    kept: list[Late] = field(default_factory=list)
    taken: list[Late] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    watches: dict[PeriodKey, Watch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Books:
    """What the files that count delivered, and what is booked now.

    :param ledgers: of the file that counts, by its period
    :param now: what is booked now, by period; of those that are to be looked at
    :param with_unit: whether the file tells distribution units
    """

    ledgers: Mapping[PeriodKey, Ledger]
    now: Mapping[PeriodKey, Delivered]
    staff: Staff
    with_unit: bool

    def watch(self, period: PeriodKey) -> Watch:
        """What is late of a period that has a file."""
        then = delivered(self.ledgers.values(), period)
        return watch(period, self.now[period], then, self.staff)

    def target(self, late: Late) -> Cell:
        """The cell of the file that takes it along."""
        number = late.cell.payroll_number
        if late.pieces:
            number = self.staff.number_of(late.pieces[0][0])
        unit = late.cell.unit if self.with_unit else None
        return replace(late.cell, payroll_number=number, unit=unit)


def compose(
    period: PeriodKey,
    now: Delivered,
    cells: Mapping[Cell, Amount],
    books: Books,
    *,
    take: bool,
) -> Composed:
    """Make a file of what is booked, and of what earlier periods lack.

    :param now: what is booked in the period of the file
    :param cells: the same, as it lands
    :param take: whether to take along what is late
    """
    others = {key: part for key, part in books.ledgers.items() if key != period}
    own = without_taken(now, delivered(others.values(), period), books.staff)
    result = Composed(cells=dict(cells), ledger={period: own})
    for cell in {*now.cells, *own.cells}:
        if own.cells.get(cell) != now.cells.get(cell):
            result.cells.pop(cell, None)
            if cell in own.cells:
                result.cells[cell] = own.cells[cell]
    kept = _kept(period, books.ledgers.get(period, {}))
    result.kept, _refused = _take(result, kept, books)
    then = replace(books, ledgers={**others, period: dict(result.ledger)})
    for earlier in sorted(books.now):
        result.watches[earlier] = then.watch(earlier)
    late = _by_sign(late for watch in result.watches.values() for late in watch.late)
    result.taken, result.late = _take(result, late, books) if take else ([], late)
    return result


def _kept(period: PeriodKey, ledger: Ledger) -> list[Late]:
    """What the last file of this same period took along of others."""
    result = []
    for key, part in ledger.items():
        if key == period:
            continue
        pieces = defaultdict(list)
        for piece, quantity in part.pieces.items():
            pieces[piece.cell].append((piece, quantity))
        result += [
            Late(key, cell, part.cells.get(cell, Amount()), tuple(pieces[cell]))
            for cell in {**pieces, **part.cells}
        ]
    return result


def _by_sign(late: Iterable[Late]) -> list[Late]:
    """Those that add first, so that there is as much as can be to take from."""
    return sorted(late, key=lambda part: (part.is_less, part.period, part.cell.order))


def _take(
    result: Composed, late: Iterable[Late], books: Books
) -> tuple[list[Late], list[Late]]:
    """Take along what is late, as far as the file does not go below zero by it.

    Hours that moved to another employment of the person are taken along with what is
    taken back at the old one, or not at all: the person would be paid for both.

    :return: what goes along, and what does not
    """
    late = _by_sign(late)
    held: set[_Move] = set()
    while True:
        cells = dict(result.cells)
        taken: list[Late] = []
        refused: list[Late] = []
        for part in late:
            is_free = held.isdisjoint(_moves(part, books))
            goes = is_free and _added(cells, part, books.target(part))
            (taken if goes else refused).append(part)
        also_held = _both_ways_of(late, refused, books)
        if also_held == held:
            break
        held = also_held
    result.cells = cells
    for part in taken:
        _note(result.ledger.setdefault(part.period, Delivered()), part)
    return taken, refused


#: What can move from one employment to another: of a period and person, one source.
_Move = tuple[PeriodKey, int, Source, bool]


def _moves(late: Late, books: Books) -> set[_Move]:
    """Of what it is. At a number that is somebody else's it was never the person's."""
    employee, number = late.cell.employee, books.target(late).payroll_number
    if late.is_less and books.staff.is_of_another(employee, number):
        return set()
    return {
        (late.period, employee, piece.source, piece.is_hours)
        for piece, _quantity in late.pieces
    }


def _both_ways_of(
    late: Iterable[Late], refused: Iterable[Late], books: Books
) -> set[_Move]:
    """Of what is refused, what is added in one place and taken back in another."""
    moves: dict[bool, set[_Move]] = {True: set(), False: set()}
    for part in late:
        moves[part.is_less] |= _moves(part, books)
    both = moves[True] & moves[False]
    return {move for part in refused for move in _moves(part, books)} & both


def _added(cells: dict[Cell, Amount], late: Late, target: Cell) -> bool:
    """Add it to the cells of a file, unless one would go below zero by it.

    :return: whether it was added
    """
    after = as_in_file(cells.get(target, Amount())) + late.amount
    if late.is_less and (after.total < 0 or after.hours < 0):
        return False
    cells.pop(target, None)
    if after.hours or after.value:
        cells[target] = after
    return True


def _note(part: Delivered, late: Late) -> None:
    """Keep that it was delivered for its period."""
    for piece, quantity in late.pieces:
        part.pieces[piece] += quantity
        part.is_coarse |= not piece.source.kind
    part.cells[late.cell] += late.amount
