# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is to be written into a period of Loket, and what asks a person first.

A file has a 0 where something is gone, and nowhere else. Into Loket that goes as None,
which takes the value away; a 0 would be a value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

#: What a place of a period holds, or shall hold; None: nothing.
Value = Decimal | None
#: Where the cells of a row are: a place but for its component.
Spot = tuple[str, int, str | None]


class Place(NamedTuple):
    """Where a value stands in a period of Loket.

    A tuple: of tens of thousands, looking each other up is most of the work.

    :param employment: Loket's reference
    :param unit: Loket's reference of the distribution unit; None where there is none
    """

    employment: str
    shift: int
    unit: str | None
    component: int

    @classmethod
    def at(
        cls, employment: str, shift: int, unit: str | None, component: int
    ) -> "Place":
        """The place, whatever the case of the letters in its references."""
        return cls(employment.lower(), shift, unit.lower() if unit else None, component)

    @property
    def spot(self) -> Spot:
        """Where it is, but for the component."""
        return self[:3]

    @property
    def order(self) -> tuple[str, int, str, int]:
        """Places are gone through by this: all of a person together."""
        return self.employment, self.shift, self.unit or "", self.component


class Sent(NamedTuple):
    """What was sent to a place.

    :param is_certain: whether Loket took it; else it may have, and the one before may
        be there still
    """

    place: Place
    value: Value
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Ours:
    """What of a period is ours, so that it may be written over or taken away.

    :param sent: {place: what of it may be there}
    :param files: {place: value} of each file of the period
    """

    sent: Mapping[Place, tuple[Value, ...]] = field(default_factory=dict)
    files: Sequence[Mapping[Place, Decimal]] = ()

    @classmethod
    def of(
        cls, sent: Iterable[Sent], files: Sequence[Mapping[Place, Decimal]]
    ) -> "Ours":
        """From all that was ever sent, the first first, and all files of the period.

        :param files: the one that is looked at too
        """
        last: dict[Place, tuple[Value, ...]] = {}
        for place, value, is_certain in sent:
            before = () if is_certain else last.get(place, ())
            last[place] = (*before, value)
        return cls(last, files)

    @property
    def places(self) -> set[Place]:
        """All that was ever of a file, or sent."""
        return set(self.sent).union(*self.files)

    def may_be_there(self, place: Place) -> bool:
        """Whether a value that was sent may be there still."""
        return any(value is not None for value in self.sent.get(place, ()))

    def is_left(self, place: Place) -> bool:
        """Whether a value of ours may be there, pushed or carried there in a file."""
        if place in self.sent:
            return self.may_be_there(place)
        return any(file.get(place) for file in self.files)

    def has(self, place: Place, value: Decimal) -> bool:
        """Whether a value that Loket holds is one of ours."""
        return value in self.sent.get(place, ()) or any(
            file.get(place) == value for file in self.files
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push writes.

    :param write: {place: value}; None takes away
    :param asks: {place: what Loket holds there}, of those that hold what is not ours
    """

    write: Mapping[Place, Value]
    asks: Mapping[Place, Decimal]


@dataclass(frozen=True, slots=True)
class Held:
    """What Loket holds in a period, as far as it can be seen.

    :param values: {place: value}
    :param added: places whose value comes on top of a fixed one: so it is none of ours
    :param unread: references of employments of which nobody knows what there is
    """

    values: dict[Place, Decimal] = field(default_factory=dict)
    added: set[Place] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def is_there(self, place: Place, value: Decimal) -> bool:
        """Whether a place holds a value, and as we write it."""
        return self.values.get(place) == value and place not in self.added

    def is_of(self, ours: Ours, place: Place) -> bool:
        """Whether what a place holds is ours; there is something."""
        return place not in self.added and ours.has(place, self.values[place])


def plan(file: Mapping[Place, Decimal], ours: Ours, held: Held) -> Plan:
    """What has to be written so that Loket holds what a file says.

    :param file: all of the file's cells; 0 where something is gone
    """
    write: dict[Place, Value] = {
        place: value
        for place, value in file.items()
        if value and not held.is_there(place, value)
    }
    for place in {*file, *ours.places}:
        if not file.get(place) and _goes(place, file, ours, held):
            write[place] = None
    asks = {
        place: held.values[place]
        for place in write
        if place in held.values and not held.is_of(ours, place)
    }
    return Plan(dict(sorted(write.items(), key=lambda item: item[0].order)), asks)


def _goes(place: Place, file: Mapping[Place, Decimal], ours: Ours, held: Held) -> bool:
    """Whether a place that shall be empty is to be emptied."""
    if place not in held.values:
        # Loket may refuse all of somebody, where there is nothing to take away.
        return place.employment in held.unread and ours.may_be_there(place)
    # Of other files, only what they put there: the rest is somebody else's.
    return place in file or ours.may_be_there(place) or held.is_of(ours, place)
