# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The values of payroll periods: by whatever way they came, and who changed what."""

import datetime
import threading
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

# (key, word) of mutationOrigin
BY_USER, BY_IMPORT, COLLECTIVE = (1, "Gebruiker"), (4, "Import"), (3, "Collectief")
SOMEBODY = "Kantoor, A"  # who does what nobody is named for
LINK_USER = "Bergen, S"  # the user whose consent the link has


class Place(NamedTuple):
    """A period of an administration."""

    office_id: str
    year: int
    period: int


class Key(NamedTuple):
    """What makes a record of period data one of its own, within its period.

    The unit is that of the record, never left to be filled in; None for an employer
    that has none. Cost center and cost unit are Loket's whole numbers.
    """

    employment_id: str
    shift: int
    payslip_type: int
    unit_id: str | None
    cost_center: int | None = None
    cost_unit: int | None = None


class Value(NamedTuple):
    """A number, and whether it comes on top of the fixed value."""

    number: Decimal
    is_supplement: bool = False


@dataclass
class Row:
    """A record of period data. What was there and is gone is among ``gone``."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    text: str | None = None
    values: dict[int, Value] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)


class Change(NamedTuple):
    """A line of the audit trail."""

    at: datetime.datetime
    by: str
    origin: tuple[int, str]
    place: Place
    key: Key
    row_id: str
    component: int
    old: Decimal | None
    new: Decimal | None


@dataclass
class Store:
    """All period data of a company. ``places``: {Place: {Key: Row}}.

    ``version`` is another one after each change.
    """

    places: dict[Place, dict[Key, Row]] = field(default_factory=dict)
    trail: list[Change] = field(default_factory=list)
    version: int = 0
    _lock: threading.RLock = field(
        default_factory=threading.RLock, compare=False, repr=False
    )

    def rows(self, place):
        """Return {Key: Row} of a period."""
        return self.places.get(place, {})

    def put(self, place, key, values, *, text=None, by=SOMEBODY, origin=BY_USER):
        """Store values of one record: {component: Value or None}.

        None takes a value away; what is not given stays. Nothing comes of taking away
        what is not there.
        """
        with self._lock:
            self.version += 1
            rows = self.places.setdefault(place, {})
            row = rows.get(key)
            if row is None:
                if not any(value is not None for value in values.values()):
                    return
                row = rows[key] = Row()
            row.text = text or row.text
            for component, value in values.items():
                self._put_one(place, key, row, component, value, by, origin)

    def _put_one(self, place, key, row, component, value, by, origin):
        old = row.values.get(component)
        if value == old:
            return
        if value is None:
            del row.values[component]
            row.gone.add(component)
        else:
            row.values[component] = value
            row.gone.discard(component)
        self.trail.append(
            Change(
                datetime.datetime.now(datetime.UTC),
                by,
                origin,
                place,
                key,
                row.id,
                component,
                old and old.number,
                value and value.number,
            )
        )

    def cells(self):
        """Yield (Place, Key, component, Value) of all that is there."""
        for place, rows in self.places.items():
            for key, row in rows.items():
                for component, value in row.values.items():
                    yield place, key, component, value

    def clear(self):
        """Forget everything."""
        self.version += 1
        self.places.clear()
        self.trail.clear()


def own_unit(job, office, year, period):
    """Return the distribution unit of an employment in a period: the one by default."""
    return job.at(office.period_bounds(year, period)[1]).distribution_unit
