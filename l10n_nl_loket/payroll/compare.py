# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Loket holds beside what a file says, cell by cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from .push import Ours, Place

Verdict = Literal[
    "stored", "missing", "different", "withdrawn", "not_withdrawn", "foreign"
]
PushState = Literal["partial", "stored", "different"]


def judge(
    file: Mapping[Place, Decimal],
    ours: Ours,
    held: Mapping[Place, Decimal],
    *,
    by_hand: bool = False,
) -> dict[Place, Verdict]:
    """What became of each cell of a file, and of what is there beside it.

    :param file: all of the file's cells; 0 where something is gone
    :param held: what Loket holds now
    :param by_hand: whether the file was carried there, zeros and all, and not pushed
    """
    verdicts: dict[Place, Verdict] = {}
    for place in {*file, *held}:
        value = held.get(place)
        if wanted := file.get(place):
            verdicts[place] = _of_value(wanted, value)
        elif value is not None:
            verdicts[place] = _of_rest(place, value, file, ours, by_hand)
        else:
            verdicts[place] = "withdrawn"
    return verdicts


def _of_value(wanted: Decimal, value: Decimal | None) -> Verdict:
    if value is None:
        return "missing"
    return "stored" if value == wanted else "different"


def _of_rest(
    place: Place,
    value: Decimal,
    file: Mapping[Place, Decimal],
    ours: Ours,
    by_hand: bool,
) -> Verdict:
    """Of a place that holds something, and of which the file has nothing."""
    if by_hand and place in file and not value:
        return "stored"
    if ours.has(place, value):
        return "not_withdrawn"
    is_touched = place in file or ours.may_be_there(place)
    return "different" if is_touched else "foreign"


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
