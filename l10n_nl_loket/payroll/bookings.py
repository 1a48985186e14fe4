# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is booked, and all that decides where a booking goes. No recordsets.

Quantities are hours, or values: euros, things or days, whatever the component counts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from ..payroll_file import component_number
from .jobs import Job, active_job
from .measures import Measure, confirmation, contradict

#: What a third of an hour leaves when it is added up; less than any real booking.
NOISE = Decimal("1e-9")


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

    Or the sum of several that the rules do not tell apart (see ``grain``).

    :param day: of several the first one
    :param quantity: exact; hours where ``is_hours``, else a value
    :param project: of the hours; 0 where a booking has none
    :param foreign_unit: what it is booked in, where that is no unit of time and hours
        were meant: a dozen
    :param adds: whether a number of days is added to what is counted, not in its place
    :param is_counted: whether it is a day that was counted, and not entered by anybody
    :param delivered: the file of another link that has it, as a person calls it
    :param other_period: the file of this link that its day is of, where that is the
        file of another period, as a person calls it
    """

    employee: int
    day: date
    source: Source
    quantity: Decimal
    is_hours: bool
    project: int = 0
    foreign_unit: str | None = None
    adds: bool = False
    is_counted: bool = False
    delivered: str | None = None
    other_period: str | None = None


class History:
    """The departments of employees through time, or their companies.

    As Odoo's versions tell it.

    :param versions: employee, first day, id of where that is; in any order
    """

    def __init__(self, versions: Iterable[tuple[int, date, int | None]]):
        self._by_employee: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
        for employee, start, where in sorted(versions, key=lambda v: v[:2]):
            self._by_employee[employee].append((start, where))

    def at(self, employee: int, day: date) -> int | None:
        """Where somebody was on a day; before the first version: as in the first.

        :return: the id; None when the person has none, or no version
        """
        versions = self._by_employee.get(employee)
        if not versions:
            return None
        index = bisect_right(versions, day, key=lambda version: version[0])
        return versions[max(index - 1, 0)][1]

    def moves(self) -> Iterator[tuple[int, date]]:
        """Who goes to another one, and from which day."""
        for employee, versions in self._by_employee.items():
            for (_day, before), (day, where) in pairwise(versions):
                if where != before:
                    yield employee, day


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
    :param undecided: employments that are probably of an employee, by that employee;
        at all links, and nobody has decided yet
    :param links: what each link with Loket is called
    :param sends_delivered: whether somebody said that what another link has delivered
        goes into this file too
    :param not_sent: the sources that a person left without a code on purpose
    :param measures: what the bookings of each mapped source count
    :param confirmed: what a person said yes to, as ``measures.confirmation`` has it
    :param normal_hours: the sources whose hours a fixed salary pays
    :param salaried_hours: what becomes of those (see ``salaried``); None: not answered
    :param writes_zero: whether what is gone since an earlier file is written as 0
    :param counted: of which companies each source counts the days (see ``companies``);
        of one that is not here: of all
    :param companies: who was in which company when; read where ``counted`` asks for it
    """

    connection: int
    jobs: Mapping[int, Collection[Job]]
    history: History
    codes: Mapping[Source, str]
    offered: Mapping[int, Component] | None
    units: Mapping[int, str | None]
    with_unit: bool
    default_shift: int | None
    undecided: Mapping[int, Collection[Job]] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)
    sends_delivered: bool = False
    not_sent: Collection[Source] = ()
    measures: Mapping[Source, Measure | None] = field(default_factory=dict)
    confirmed: Mapping[Source, str | None] = field(default_factory=dict)
    normal_hours: Collection[Source] = ()
    salaried_hours: Literal["send", "leave_out"] | None = None
    writes_zero: bool = True
    counted: Mapping[Source, Collection[int]] = field(default_factory=dict)
    companies: History = field(default_factory=lambda: History([]))

    def job(self, booking: Booking) -> Job | None:
        """The employment that pays a booking, whatever its link; None: none does."""
        jobs = self.jobs.get(booking.employee, ())
        return active_job(jobs, booking.day, booking.project)

    def pays(self, booking: Booking) -> bool:
        """Whether this link, and no other, pays a booking."""
        job = self.job(booking)
        return bool(job and job.connection == self.connection)

    def counts(self, employee: int, day: date, source: Source) -> bool:
        """Whether a source that counts days counts that of an employee."""
        if source not in self.counted:
            return True
        return self.companies.at(employee, day) in self.counted[source]

    def goes_to(self, source: Source) -> int | Source:
        """The component of Loket that a source goes to; itself where it has no code.

        Sources of one component are in one cell, as those of a company and its branch.
        """
        number = component_number(self.codes.get(source))
        return source if number is None else number

    def tells_apart(self, company: int, other: int) -> bool:
        """Whether the days of two companies are counted by other sources."""
        return any(
            (company in whose) != (other in whose) for whose in self.counted.values()
        )

    def accepts(self, component: int) -> bool:
        """Whether the file may hold a component, as far as is known."""
        if self.offered is None:
            return True
        return component in self.offered and self.offered[component].collective

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


@dataclass(frozen=True, slots=True)
class Worked:
    """How many days somebody worked; on the project that most of each went to.

    :param day: of several that the rules do not tell apart (see ``grain``) the first
    """

    employee: int
    day: date
    project: int
    days: int


def counted_days(
    bookings: Collection[Booking],
    components: Collection[Source],
    time_off: Collection[Source],
    rules: Rules,
    worked: Collection[Worked] | None = None,
) -> list[Booking]:
    """One booking of 1 per worked day, for each component that counts days.

    A day counts once, when hours are left on it after corrections. Days entered by hand
    for somebody replace the whole count of that person at this link, whichever of the
    components with that code counted them; those that correct it are added.

    :param bookings: everything of the period, what is entered by hand too
    :param components: the sources that count days
    :param time_off: sources whose hours were not worked
    :param worked: the days that were worked; None: as the bookings tell, which must be
        of one day each then
    """
    if worked is None:
        worked = worked_days(bookings, time_off)
    replaced = {
        (booking.employee, rules.goes_to(booking.source))
        for booking in bookings
        if booking.source in components and not booking.adds and rules.pays(booking)
    }
    return [
        day
        for day in _days(worked, components, rules)
        if (day.employee, rules.goes_to(day.source)) not in replaced
    ]


@dataclass(slots=True)
class DaysByHand:
    """What somebody entered beside what was counted, for one component of Loket.

    :param source: on which it was entered; of several the first one
    :param replaces: whether it takes the place of the count, else it corrects it
    """

    source: Source
    counted: Decimal = Decimal(0)
    by_hand: Decimal = Decimal(0)
    replaces: bool = False

    @property
    def total(self) -> Decimal:
        """How many days the file holds."""
        return self.by_hand + (0 if self.replaces else self.counted)


def days_by_hand(
    bookings: Collection[Booking],
    components: Collection[Source],
    time_off: Collection[Source],
    rules: Rules,
    worked: Collection[Worked] | None = None,
) -> dict[tuple[int, Source], DaysByHand]:
    """Whose days were entered by hand: both numbers, by employee and component.

    :param bookings: everything of the period; days that were counted do not matter
    :param components: the sources that count days
    :param time_off: sources whose hours were not worked
    :param worked: as ``counted_days`` takes it
    """
    result: dict[tuple[int, int | Source], DaysByHand] = {}
    for booking in bookings:
        is_entered = booking.source in components and not booking.is_counted
        if is_entered and rules.pays(booking):
            key = booking.employee, rules.goes_to(booking.source)
            days = result.setdefault(key, DaysByHand(booking.source))
            days.source = min(days.source, booking.source, key=lambda one: one.id)
            days.by_hand += booking.quantity
            days.replaces |= not booking.adds
    if not result:
        return {}
    if worked is None:
        worked = worked_days(bookings, time_off)
    for day in _days(worked, components, rules):
        entered = result.get((day.employee, rules.goes_to(day.source)))
        if entered:
            entered.counted += day.quantity
    return {
        (employee, days.source): days
        for (employee, _component), days in result.items()
        if days.counted
    }


def _days(
    worked: Iterable[Worked], components: Collection[Source], rules: Rules
) -> list[Booking]:
    """All worked days that this link pays, of each component."""
    days = [
        Booking(
            one.employee,
            one.day,
            component,
            Decimal(one.days),
            is_hours=False,
            project=one.project,
            is_counted=True,
        )
        for one in worked
        for component in components
        if rules.counts(one.employee, one.day, component)
    ]
    return [day for day in days if rules.pays(day)]


def worked_days(
    bookings: Iterable[Booking], time_off: Collection[Source]
) -> list[Worked]:
    """The days that were worked, each by itself.

    :param bookings: each of one day
    :param time_off: sources whose hours were not worked
    """
    hours: dict[tuple[int, date], dict[int, Decimal]]
    hours = defaultdict(lambda: defaultdict(Decimal))
    for booking in bookings:
        if booking.is_hours and booking.source not in time_off:
            of_day = hours[booking.employee, booking.day]
            of_day[booking.project] += booking.quantity
    return [
        Worked(
            employee,
            day,
            max(hours_of, key=lambda project: (hours_of[project], project)),
            1,
        )
        for (employee, day), hours_of in hours.items()
        # What thirds of an hour leave when they are taken back is no day.
        if sum(hours_of.values()) >= NOISE
    ]
