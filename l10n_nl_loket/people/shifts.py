# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which shift an employment was in, and since when: hours go by their own day.

Loket tells the shift of a day, and mostly since when; so what was told before is kept.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from ..gateway.records import Shift

History = list[tuple[date, int]]
"""The first day of each shift, in order. The first one holds for all days before too;
0: none of its own."""
JsonHistory = list[list[str | int]]
"""A ``History`` as an employment keeps it."""

_DAY = timedelta(days=1)


def from_json(kept: Sequence[Sequence[str | int]] | None) -> History:
    """The history that an employment keeps; empty where it keeps none."""
    return [(date.fromisoformat(str(first)), int(shift)) for first, shift in kept or ()]


def as_json(history: History) -> JsonHistory:
    """A history as an employment keeps it."""
    return [[first.isoformat(), shift] for first, shift in history]


def shift_on(history: History, day: date) -> int:
    """The shift of a day; before the first one: that one.

    :param history: of one shift at least
    """
    return next(
        (shift for first, shift in reversed(history) if first <= day), history[0][1]
    )


def with_told(history: History, told: Iterable[Shift]) -> History:
    """The history, with what Loket told of some days.

    :param history: what was known; empty: nothing
    :param told: of which the last that was asked for is that of today
    """
    for shift in sorted(told, key=lambda shift: shift.asked):
        history = _put(history, shift)
    changes = (after for before, after in pairwise(history) if before[1] != after[1])
    return [*history[:1], *changes]


def _put(history: History, told: Shift) -> History:
    """The history with one shift, from its first day to the last that is known of it.

    Without a first day it holds from the day that it was asked for, unless it was known
    to hold by then.
    """
    number = told.number or 0
    if told.since is None and history and shift_on(history, told.asked) == number:
        return history
    first = told.since or (told.asked if history else date.min)
    last = max(told.until or told.asked, told.asked)
    before = [entry for entry in history if entry[0] < first]
    after = [entry for entry in history if entry[0] > last]
    # What was known of the day after goes on, where Loket says that this one ended.
    if told.until and history and (not after or after[0][0] != last + _DAY):
        after.insert(0, (last + _DAY, shift_on(history, last + _DAY)))
    return [*before, (first, number), *after]
