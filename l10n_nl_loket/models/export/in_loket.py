# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The period of one payroll file in Loket: where its cells are, and what is there."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache, cached_property
from typing import NamedTuple

from odoo import fields

from ...gateway import LoketMisconfigured, LoketRefused, PeriodValue, chunks
from ...payroll.push import Held, Place
from ...payroll_file import component_number, exact, rounded, unit_number

#: What of a line tells where its cell is, and what it holds.
_COLUMNS = (
    *("id", "employment_ref", "shift", "distribution_unit", "component_code"),
    *("value", "own_unit"),
)


class Line(NamedTuple):
    """A line of a file: where its cell is in Loket, and what it holds.

    :param place: None where it is not known
    """

    id: int
    place: Place | None
    value: Decimal


@dataclass(frozen=True)
class Cells:
    """The cells of a file, by their place in Loket.

    :param lines: all of the file's
    :param values: {place: value}; 0 where something is gone
    :param before: {place: value} of what goes to the own unit of an employment, where
        that was another one when the file was made
    :param twice: places that two cells of the file would have
    """

    lines: list[Line] = field(default_factory=list)
    values: dict[Place, Decimal] = field(default_factory=dict)
    before: dict[Place, Decimal] = field(default_factory=dict)
    twice: set[Place] = field(default_factory=set)


@dataclass(frozen=True)
class Seen(Held):
    """What Loket holds, and beside it what the addon never writes.

    :param others: (place, value) of cells on a cost center or cost unit
    """

    others: list[tuple[Place, Decimal]] = field(default_factory=list)

    def employments(self):
        """References of the employments of which anything can be seen."""
        others = {place.employment for place, _value in self.others}
        return {place.employment for place in self.values} | others


class InLoket:
    """The period of a payroll file in Loket; nothing in Odoo is written by it.

    Its methods raise the errors of the gateway.

    :param export: a ``loket.export`` with a file
    """

    def __init__(self, export):
        # As superuser: a clerk sends, and may not see all that tells where to.
        self._export = export.sudo()
        self._connection = self._export.connection_id
        self._gateway = self._connection._gateway()
        #: None where the connection can carry files only.
        self.data = self._gateway.period_data
        #: A file that was made stays as it is: its cells are read once.
        self.cells_of = cache(self._cells_of)
        self._unit_of = cache(self._unit_of_code)

    @property
    def _period(self):
        return self._export.year, self._export.period

    @property
    def _administration(self):
        return self._connection.administration_ref

    # === WHERE THE CELLS ARE === #

    def _cells_of(self, export_sudo):
        """The cells of a file of this period.

        :return: ``Cells``
        """
        cells = Cells()
        # The cells of a person are in one place but for the component, and nearly all
        # values are the same few.
        start_of, number = cache(self._start_of), cache(_number)
        rows = export_sudo._file_rows(*_COLUMNS)
        for line_id, ref, shift, unit, component, told, own_unit in rows:
            value, start = number(told), start_of(ref, shift, unit)
            if not start:
                cells.lines.append(Line(line_id, None, value))
                continue
            place = Place(*start, component)
            cells.lines.append(Line(line_id, place, value))
            before = cells.values.get(place)
            if before and value:
                cells.twice.add(place)
            cells.values[place] = value or before or value
            own = not unit and self._unit_of(own_unit)
            if own and own.lower() != place.unit:
                cells.before[place._replace(unit=own.lower())] = value
        return cells

    def _start_of(self, ref, shift, unit_code):
        """Where cells are in Loket, but for the component; None: it is not known.

        On the unit of the file, or else that of the employment.

        :return: what a ``Place`` begins with
        """
        if not ref:
            return None
        unit = self._unit_of(unit_code or self._own_units.get(ref.lower()))
        if unit_code and not unit:
            return None
        shift = shift or self._connection.default_shift or 1
        return Place.at(ref, shift, unit, 0)[:3]

    def _unit_of_code(self, code):
        """Loket's reference of a unit; None: there is none, or it is not known."""
        return self._units.get(unit_number(code)) if code else None

    @cached_property
    def _units(self):
        """{number of a distribution unit: Loket's reference}, those of before too."""
        centers = self._connection.env["loket.cost.center"]
        centers = centers.with_context(active_test=False).search(
            [
                ("connection_id", "=", self._connection.id),
                ("kind", "=", "distribution_unit"),
                ("ref", "!=", False),
            ],
            order="active, id",  # of two of one number, that of now counts
        )
        return {unit_number(center.code): center.ref for center in centers}

    def unit_code(self, unit):
        """The number of a unit by its reference, as text; else the reference."""
        codes = {ref.lower(): str(number) for number, ref in self._units.items()}
        return codes.get(unit, unit) or False

    @cached_property
    def _own_units(self):
        """{reference of an employment: number of its own unit}"""
        rows = self._connection.env["loket.employee"].search_fetch(
            [("connection_id", "=", self._connection.id)],
            ["employment_ref", "snapshot"],
        )
        return {row.employment_ref.lower(): row._own_unit() for row in rows}

    # === READING === #

    def status(self):
        """How far the payroll of the period is, as ``gateway.PeriodStatus``."""
        return self.data.status(self._administration, *self._period)

    def look(self, places, sure=frozenset(), components=frozenset()):
        """What Loket holds of the components that matter.

        In one call for each category of components; people whom those calls can't show
        are read one by one.

        :param places: all that matters: of files, and what was sent
        :param components: those that matter beside these places
        :param sure: references of employments of whom a value was surely stored
        :return: ``Seen``
        """
        components = {place.component for place in places} | components
        categories, unknown = self._categories(components)
        rows = self.data.read(self._administration, *self._period, categories)
        held = self._as_seen(rows, components)
        seen = held.employments()
        alone = {place.employment for place in places if place.component in unknown}
        unseen = {place.employment for place in places} - seen
        if unseen:
            alone |= (unseen & sure) | (unseen - self._shown)
        for ref in sorted(alone):
            try:
                rows = self.data.read_one(ref, *self._period)
            except (LoketMisconfigured, LoketRefused) as error:
                if isinstance(error, LoketRefused) and not error.activity:
                    raise
                held.unread.add(ref)  # who is not shown at all; the others are
                continue
            own = self._as_seen(rows, components)
            held.values.update(own.values)
            held.added.update(own.added)
            held.others.extend(
                other for other in own.others if other not in held.others
            )
        return held

    @cached_property
    def mapped(self):
        """The components that the connection sends."""
        codes = self._connection.component_mapping_ids.mapped("component_code")
        return {component_number(code) for code in codes} - {None}

    def _categories(self, components):
        """The categories of components, and the components of which it is not known."""
        key_of = {
            number: row.category_key
            for number, row in self._components.items()
            if row.category_key
        }
        known = components & key_of.keys()
        return sorted({key_of[number] for number in known}), components - known

    @cached_property
    def _components(self):
        """{number: ``loket.component``} of the year of the period."""
        rows = self._connection.env["loket.component"]
        rows = rows.with_context(active_test=False).search(
            [
                ("connection_id", "=", self._connection.id),
                ("year", "=", self._export.year),
            ]
        )
        return {component_number(row.code): row for row in rows}

    def component_name(self, number):
        """What a component is called, maybe not known."""
        return number in self._components and self._components[number].name

    @cached_property
    def _shown(self):
        """References of whom Loket surely shows in the list of all."""
        # Settings of the Loket user may hide people.
        if self._gateway.hidden_by_filter(self._connection.employer_ref):
            return frozenset()
        employments = self._connection.env["loket.employee"]
        query = employments._search(
            [
                ("connection_id", "=", self._connection.id),
                ("in_loket", "=", True),
                *("|", ("start_date", "=", False)),
                ("start_date", "<=", self._export.date_to),
                *("|", ("end_date", "=", False)),
                ("end_date", ">=", self._export.date_from),
            ]
        )
        column = employments._field_to_sql(employments._table, "employment_ref", query)
        rows = employments.env.execute_query(query.select(column))
        return frozenset(ref.lower() for (ref,) in rows)

    def _as_seen(self, rows, components):
        held, number = Seen(), cache(rounded)
        for ref, shift, unit, component, value, has_other_keys, is_supplement in rows:
            if value is None or component not in components:
                continue
            place = Place.at(ref, shift, unit, component)
            if has_other_keys:
                held.others.append((place, value))
            else:
                held.values[place] = number(value)
                if is_supplement:
                    held.added.add(place)
        return held

    def changes(self, places, since):
        """Who changed these places last; empty where Loket does not let us ask.

        :param places: {place: what it holds}
        :param since: the first day that matters
        :return: {place: ``gateway.ValueChange``}
        """
        today = fields.Date.today() + timedelta(days=1)
        try:
            changes = self.data.changes(self._administration, since, today)
        except LoketRefused as error:
            if not error.activity:
                raise
            return {}
        found = {}
        for change in changes:
            place = Place.at(
                change.employment_ref, change.shift, change.unit_ref, change.component
            )
            is_ours = (change.year, change.number) == self._period
            if (
                is_ours
                and not change.has_other_keys
                and places.get(place) == change.new
            ):
                found[place] = change
        return found

    # === WRITING === #

    def parts(self, values):
        """What is to be written, by call.

        :param values: {place: value or None}
        :return: lists of ``gateway.PeriodValue``
        """
        return chunks(PeriodValue(*place, value) for place, value in values.items())

    def send(self, values):
        """Write one part; ``gateway.WriteReply``."""
        return self.data.write(self._connection.employer_ref, *self._period, values)


def _number(value):
    """What a cell holds, of the float that the database has."""
    return rounded(exact(value or 0))
