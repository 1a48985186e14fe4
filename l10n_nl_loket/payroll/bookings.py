# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is booked, and all that decides where a booking goes. No recordsets.

Quantities are hours, or values: euros, things or days, whatever the component counts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from .jobs import Job, active_job
from .measures import Measure, confirmation, contradict


@dataclass(frozen=True, slots=True)
class Source:
    """What a booking is of, and what gets a component code: an hour type, say.

    :param kind: the name of a kind of booking; the plain part knows none of them
    :param id: of the record; 0 where a booking has none
    """

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Booking:
    """A quantity of one source, of one employee, on one day.

    :param quantity: exact; hours where ``is_hours``, else a value
    :param project: of the hours; 0 where a booking has none
    :param foreign_unit: what it is booked in, where that is no unit of time and hours
        were meant: a dozen
    :param adds: whether a number of days is added to what is counted, not in its place
    """

    employee: int
    day: date
    source: Source
    quantity: Decimal
    is_hours: bool
    project: int = 0
    foreign_unit: str | None = None
    adds: bool = False


class History:
    """The departments of employees through time, as Odoo's versions tell it.

    :param versions: employee, first day, department; in any order
    """

    def __init__(self, versions: Iterable[tuple[int, date, int | None]]):
        self._by_employee: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
        for employee, start, department in sorted(versions, key=lambda v: v[:2]):
            self._by_employee[employee].append((start, department))

    def department(self, employee: int, day: date) -> int | None:
        """The department on a day; before the first version: that of the first.

        :return: its id; None when the person has none, or no version
        """
        versions = self._by_employee.get(employee)
        if not versions:
            return None
        index = bisect_right(versions, day, key=lambda version: version[0])
        return versions[max(index - 1, 0)][1]


@dataclass(frozen=True, slots=True)
class Component:
    """A component that Loket offers in a payroll year.

    :param collective: whether the payroll file may hold it
    :param measure: what Loket takes its values for; None where nobody knows
    """

    name: str
    collective: bool
    measure: Measure | None = None


class Catalogue:
    """The components that Loket offers, by payroll year and number."""

    def __init__(self, components: Iterable[tuple[int, int, Component]]):
        """:param components: payroll year, number and component; in any order"""
        self._years: dict[int, dict[int, Component]] = defaultdict(dict)
        for year, number, component in components:
            self._years[year][number] = component

    def of(self, year: int) -> Mapping[int, Component] | None:
        """Those of a year.

        :return: None when the list of that year was never fetched: nothing is held
            against a code, for another year may have had other components
        """
        return self._years.get(year)

    def names(self) -> dict[int, str]:
        """What each component is called; of two years, the newest tells."""
        return {
            number: component.name
            for _year, components in sorted(self._years.items())
            for number, component in components.items()
        }


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that decides where a booking goes.

    :param connection: the link with Loket that the file is of
    :param jobs: the employments of each employee, those that other links pay too
    :param codes: what a person mapped each source to; text, right or not
    :param offered: the components of the year; None when that list was never fetched
    :param units: what Loket calls the distribution unit of each mapped department;
        None where it is none of Loket's
    :param with_unit: whether the file tells distribution units
    :param default_shift: of employments that have none of their own
    :param not_sent: the sources that a person left without a code on purpose
    :param measures: what the bookings of each mapped source count
    :param confirmed: what a person said yes to, as ``measures.confirmation`` has it
    :param normal_hours: the sources whose hours a fixed salary pays
    :param salaried_hours: what becomes of those (see ``salaried``); None: not answered
    """

    connection: int
    jobs: Mapping[int, Collection[Job]]
    history: History
    codes: Mapping[Source, str]
    offered: Mapping[int, Component] | None
    units: Mapping[int, str | None]
    with_unit: bool
    default_shift: int | None
    not_sent: Collection[Source] = ()
    measures: Mapping[Source, Measure | None] = field(default_factory=dict)
    confirmed: Mapping[Source, str | None] = field(default_factory=dict)
    normal_hours: Collection[Source] = ()
    salaried_hours: Literal["send", "leave_out"] | None = None

    def pays(self, employee: int, day: date) -> bool:
        """Whether this link, and no other, pays what is booked on the day.

        :param employee: id of the one who booked it
        """
        job = active_job(self.jobs.get(employee, ()), day)
        return bool(job and job.connection == self.connection)

    def counts_hours(self, component: int) -> bool:
        """Whether Loket takes all values of the component for hours."""
        return self._measure_at_loket(component) == "hours"

    def is_misread(self, source: Source, component: int) -> bool:
        """Whether Loket would take hours for euros, or euros for hours.

        Not where a person said of this very mapping that it is meant.
        """
        booked, there = self.measures.get(source), self._measure_at_loket(component)
        if not (booked and there and contradict(booked, there)):
            return False
        return self.confirmed.get(source) != confirmation(booked, component, there)

    def _measure_at_loket(self, component: int) -> Measure | None:
        offered = (self.offered or {}).get(component)
        return offered.measure if offered else None


def counted_days(
    bookings: Collection[Booking],
    components: Collection[Source],
    time_off: Collection[Source],
    rules: Rules,
) -> list[Booking]:
    """One booking of 1 per worked day, for each component that counts days.

    A day counts once, when hours are left on it after corrections. Days entered by hand
    for somebody replace the whole count of that person.

    :param bookings: everything of the period, what is entered by hand too
    :param components: the sources that count days
    :param time_off: sources whose hours were not worked
    """
    worked: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    by_hand = set()
    for booking in bookings:
        if booking.is_hours and booking.source not in time_off:
            worked[booking.employee, booking.day] += booking.quantity
        by_hand.add((booking.employee, booking.source))
    return [
        Booking(employee, day, component, Decimal(1), is_hours=False)
        for component in components
        for (employee, day), quantity in worked.items()
        if quantity > 0
        and (employee, component) not in by_hand
        and rules.pays(employee, day)
    ]
