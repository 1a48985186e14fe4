# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The period of one payroll file in Loket: where its cells are, and what is there."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache, cached_property

from odoo import fields

from ...gateway import LoketMisconfigured, LoketRefused, PeriodRow, chunks, in_rows
from ...payroll.push import Place, Spot
from ...payroll.rows import HeldRows, places
from ...payroll_file import component_number, exact, rounded, unit_number

#: What of a line tells in which row its cell is.
_WHERE = ("employment_ref", "shift", "distribution_unit", "own_unit")

#: A line of a file: its id, its component, and what it holds.
Line = tuple[int, int, Decimal]


@dataclass(frozen=True)
class Cells:
    """The cells of a file, by their row in Loket.

    :param lines: {spot: (id, component, value) of each line of the file there}
    :param nowhere: lines whose place is not known
    :param rows: {spot: {component: value}}; 0 where something is gone
    :param before: the same, of what goes to the own unit of an employment, where that
        was another one when the file was made
    :param twice: places that two cells of the file would have
    :param shared: rows of which it may have more lines than cells
    """

    lines: dict[Spot, list[Line]] = field(default_factory=dict)
    nowhere: list[Line] = field(default_factory=list)
    rows: dict[Spot, dict[int, Decimal]] = field(default_factory=dict)
    before: dict[Spot, dict[int, Decimal]] = field(default_factory=dict)
    twice: set[Place] = field(default_factory=set)
    shared: set[Spot] = field(default_factory=set)

    def joined(self, spot):
        """The row of lines of which several may be one cell: a zero gives way."""
        row = {}
        self.shared.add(spot)
        for _id, component, value in self.lines[spot]:
            if value and row.get(component):
                self.twice.add(Place(*spot, component))
            row[component] = value or row.get(component) or value
        return row


@dataclass(frozen=True)
class Seen(HeldRows):
    """What Loket holds, and beside it what the addon never writes.

    :param others: (place, value) of cells on a cost center or cost unit
    """

    others: list[tuple[Place, Decimal]] = field(default_factory=list)

    def employments(self):
        """References of the employments of which anything can be seen."""
        others = {place.employment for place, _value in self.others}
        return {spot[0] for spot in self.values} | others


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
        number = cache(_number)  # nearly all values are the same few
        for ref, shift, unit, own_unit, ids, components, told in export_sudo._file_by(
            _WHERE, ("id", "component_code", "value")
        ):
            values = list(map(number, told))
            lines = zip(ids, components, values, strict=True)
            spot = self._spot_of(ref, shift, unit)
            if not spot:
                cells.nowhere.extend(lines)
                continue
            cells.lines.setdefault(spot, []).extend(lines)
            row = dict(zip(components, values, strict=True))
            if own_spot := self._own_spot(spot, unit, own_unit):
                cells.before[own_spot] = cells.before.get(own_spot, {}) | row
            if spot in cells.rows or len(row) < len(ids):
                row = cells.joined(spot)
            cells.rows[spot] = row
        return cells

    def _spot_of(self, ref, shift, unit_code):
        """Where cells are in Loket, but for the component; None: it is not known.

        On the unit of the file, or else that of the employment.

        :return: ``payroll.push.Spot``
        """
        if not ref:
            return None
        unit = self._unit_of(unit_code or self._own_units.get(ref.lower()))
        if unit_code and not unit:
            return None
        shift = shift or self._connection.default_shift or 1
        return ref.lower(), shift, unit.lower() if unit else None

    def _own_spot(self, spot, unit_code, own_unit_code):
        """Where the cells went to with a file that was uploaded; None: to the same."""
        own = None if unit_code else self._unit_of(own_unit_code)
        return (*spot[:2], own.lower()) if own and own.lower() != spot[2] else None

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

    def look(self, ours, components=frozenset()):
        """What Loket holds of the components that matter.

        In one call for each category of components; people whom those calls can't show
        are read one by one.

        :param ours: ``payroll.rows.OurRows``: all that matters
        :param components: those that matter beside these
        :return: ``Seen``
        """
        components = ours.components | components
        categories, unknown = self._categories(components)
        held = Seen()
        rows = self.data.rows(self._administration, *self._period, categories)
        self._see(held, rows, components)
        alone = ours.of_components(unknown)
        unseen = ours.employments - held.employments()
        if unseen:
            alone |= ours.surely_stored(unseen) | (unseen - self._shown)
        for ref in sorted(alone):
            try:
                cells = self.data.read_one(ref, *self._period)
            except (LoketMisconfigured, LoketRefused) as error:
                if isinstance(error, LoketRefused) and not error.activity:
                    raise
                held.unread.add(ref)  # who is not shown at all; the others are
                continue
            own = Seen()
            self._see(own, in_rows(cells), components)
            for spot, values in own.values.items():
                held.put(spot, values)
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

    def _see(self, held, rows, components):
        """Add what rows of Loket tell of some components."""
        for ref, shift, unit, values, supplements, has_other_keys in rows:
            if not values.keys() <= components:
                values = {
                    component: value
                    for component, value in values.items()
                    if component in components
                }
            spot = (ref.lower(), shift, unit.lower() if unit else None)
            if has_other_keys:
                held.others.extend(places({spot: values}, [spot]).items())
                continue
            if not values:
                continue
            held.put(spot, values)
            if held.added or supplements:
                held.added.difference_update(places({spot: values}, [spot]))
                held.added.update(
                    Place(*spot, component) for component in supplements & values.keys()
                )

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

    def parts(self, rows):
        """What is to be written, by call.

        :param rows: {spot: {component: value or None}}
        :return: lists of ``gateway.PeriodRow``
        """
        return chunks(PeriodRow(*spot, values) for spot, values in rows.items())

    def send(self, rows):
        """Write one part; ``gateway.WriteReply``."""
        employer = self._connection.employer_ref
        return self.data.write_rows(employer, *self._period, rows)


def _number(text):
    """What a cell holds, of the text of the float that the database has."""
    return rounded(exact(float(text or 0)))
