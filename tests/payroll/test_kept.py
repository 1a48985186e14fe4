# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept apart, and put together again, tells what the whole tells."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import Amount, Cell, Source
from odoo.addons.l10n_nl_loket.payroll.delivered import Delivered, Missing, Piece
from odoo.addons.l10n_nl_loket.payroll.kept import (
    by_person,
    from_json,
    in_order,
    of_people,
    renewed,
    to_json,
    together,
)
from odoo.addons.l10n_nl_loket.payroll.late import Staff, Watch, watch

PERIOD = (2026, 9)
PEOPLE = (1, 2, 3)
people = st.sampled_from(PEOPLE)
#: What is as little as a file tells, and a third of an hour.
quantities = st.sampled_from(
    [Decimal(text) for text in ("8", "-8", "0.005", "12.5", "0.01")] + [Decimal(1) / 3]
)
sources = st.builds(Source, st.sampled_from(["hours", "wage"]), st.integers(0, 2))
cells = st.builds(
    Cell,
    employee=people,
    payroll_number=st.integers(1, 3),
    shift=st.none() | st.integers(1, 2),
    unit=st.none() | st.just(100),
    component=st.sampled_from([1, 30]),
)
pieces = st.builds(Piece, cells, sources, st.booleans(), st.integers(0, 3))
missing = st.builds(
    Missing,
    people,
    sources,
    st.booleans(),
    st.sampled_from(["listed", "setting", "other"]),
)
amounts = st.builds(Amount, quantities, quantities)


@st.composite
def parts(draw):
    part = Delivered(is_coarse=draw(st.booleans()))
    part.pieces.update(draw(st.dictionaries(pieces, quantities, max_size=6)))
    part.cells.update(draw(st.dictionaries(cells, amounts, max_size=3)))
    part.missing.update(draw(st.dictionaries(missing, quantities, max_size=4)))
    return part


ledgers = st.dictionaries(
    st.sampled_from([(2026, 8), PERIOD]), parts(), min_size=1, max_size=2
)
groups = st.frozensets(people)


def told(part):
    """All that a part of a ledger tells."""
    return part.is_coarse, dict(part.pieces), dict(part.cells), dict(part.missing)


def told_by(ledger):
    return {period: told(part) for period, part in ledger.items()}


@given(ledgers)
def test_what_is_kept_of_each_person_is_all_of_it(ledger):
    apart = by_person(ledger)
    assert told_by(together(apart.values())) == told_by(ledger)
    for employee, own in apart.items():
        for part in own.values():
            named = {piece.cell.employee for piece in part.pieces}
            named |= {cell.employee for cell in part.cells}
            named |= {one.employee for one in part.missing}
            assert named <= {employee}


@given(ledgers, groups)
def test_what_some_people_got_is_the_same_from_the_parts_as_from_the_whole(
    ledger, some
):
    apart = by_person(ledger)
    found = together(apart[one] for one in (None, *some) if one in apart)
    assert told_by(found) == told_by(of_people(ledger, some))
    others = of_people(ledger, frozenset(PEOPLE) - some)
    both = together([of_people(ledger, some), others])
    assert told_by(both) == told_by(ledger)


def staff():
    return Staff(numbers={1: 1, 2: 2, 3: 9}, employees={1: 1, 2: 2, 3: 3})


def watched(now, then):
    return in_order(watch(PERIOD, now, then, staff()))


def some_of(part, some):
    return of_people({PERIOD: part}, some)[PERIOD]


@given(parts(), parts(), parts(), groups)
def test_of_whom_nothing_changed_all_is_as_it_was_found(then, before, now, some):
    """Some people's bookings changed: these alone are looked up, and all are told."""
    then.is_coarse = before.is_coarse = now.is_coarse = False
    others = frozenset(PEOPLE) - some
    whole = together([{PERIOD: some_of(now, some)}, {PERIOD: some_of(before, others)}])
    kept = from_json(PERIOD, json.loads(json.dumps(to_json(watched(before, then)))))
    again = watched(some_of(now, some), some_of(then, some))
    assert renewed(kept, again, some) == watched(whole[PERIOD], then)


@given(parts(), parts())
def test_what_is_kept_is_read_as_it_was_found(now, then):
    found = watched(now, then)
    assert from_json(PERIOD, json.loads(json.dumps(to_json(found)))) == found


@given(parts(), parts())
def test_however_it_was_found_it_reads_alike(now, then):
    found = watch(PERIOD, now, then, staff())
    turned = Watch(
        late=found.late[::-1],
        missing=dict(reversed(found.missing.items())),
        elsewhere=found.elsewhere,
    )
    assert in_order(turned).late == in_order(found).late
    assert list(in_order(turned).missing) == list(in_order(found).missing)
