# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Loket holds beside what a file says, cell by cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from .push import Held, Ours, Place

Verdict = Literal[
    "stored", "missing", "different", "withdrawn", "not_withdrawn", "foreign"
]
PushState = Literal["partial", "stored", "different"]


def judge(
    file: Mapping[Place, Decimal], ours: Ours, held: Held, *, by_hand: bool
) -> dict[Place, Verdict]:
    """What became of each cell of a file, and of what is there beside it.

    :param file: all of the file's cells; 0 where something is gone
    :param by_hand: whether the file was carried there, zeros and all, and not pushed
    """
    # Nearly all cells, so these come first.
    verdicts: dict[Place, Verdict] = {
        place: "stored"
        for place, wanted in file.items()
        if wanted and held.is_there(place, wanted)
    }
    for place in {*file, *held.values, *ours.places}.difference(verdicts):
        value = held.values.get(place)
        if value is None:
            if verdict := _of_nothing(place, file, ours, held):
                verdicts[place] = verdict
        elif file.get(place):
            verdicts[place] = "different"
        elif by_hand and place in file and not value:
            verdicts[place] = "stored"
        elif held.is_of(ours, place):
            verdicts[place] = "not_withdrawn"
        else:
            is_touched = place in file or ours.may_be_there(place)
            verdicts[place] = "different" if is_touched else "foreign"
    return verdicts


def _of_nothing(
    place: Place, file: Mapping[Place, Decimal], ours: Ours, held: Held
) -> Verdict | None:
    """Of a place in which nothing can be seen; None: there is nothing to say of it."""
    if file.get(place):
        return "missing"
    if place.employment in held.unread and ours.is_left(place):
        return "not_withdrawn"  # nobody knows
    return "withdrawn" if place in file else None


def push_state(verdicts: Iterable[Verdict]) -> PushState:
    """What is to be said of a whole file; what is foreign doesn't count."""
    found = set(verdicts)
    if "different" in found:
        return "different"
    return "partial" if found & {"missing", "not_withdrawn"} else "stored"


def sums(
    cells: Iterable[tuple[int, str, Decimal, Decimal]],
) -> dict[tuple[int, str], tuple[Decimal, Decimal]]:
    """What a file says and what Loket holds, per component and cost center.

    :param cells: component, cost center, value in the file, value in Loket
    :return: {(component, cost center): (in the file, in Loket)}, in that order
    """
    result: dict[tuple[int, str], tuple[Decimal, Decimal]]
    result = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for component, unit, ours, theirs in cells:
        before = result[component, unit]
        result[component, unit] = before[0] + ours, before[1] + theirs
    return dict(sorted(result.items()))
