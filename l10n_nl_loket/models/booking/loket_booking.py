# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The kinds of booking that a payroll file is made of: the one list of them.

To add a kind (expenses, attendance), one new file is enough. It

* adds a many2one to the kind's sources, by one name, to ``loket.component.mapping``
  (where a source gets its code) and to ``loket.export.warning``;
* extends ``_booking_kinds`` below, and has the method that the kind names as ``read``;
* has the method of ``loket.connection`` that the kind names as ``correct``.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang
from odoo.tools.translate import LazyTranslate

from ...payroll import Booking, Source
from ...payroll_file import exact, exact_hours

_lt = LazyTranslate(__name__)

#: The unit of a source -> what its bookings count.
MEASURES = {"amount": "money", "quantity": "units", "days": "days"}


@dataclass(frozen=True)
class BookingKind:
    """One kind of booking, and where it stands in Odoo.

    :param name: by which the plain part knows the kind
    :param source_model: what a booking is of, and what gets a component code
    :param field: many2one to the source: on the booking, the mapping and the warning
    :param booking_model: what is booked
    :param quantity: the field of what is booked: hours where ``is_hours``, else a
        value; stored, as ``field`` and ``adds`` are
    :param domain: which records of ``booking_model`` are bookings
    :param company: path from the booking to its company
    :param read: method of ``loket.booking``: (kind, domain) -> list of ``Booking``
    :param correct: method of ``loket.connection`` that opens the table of codes
    :param look: method of ``loket.export``: (employees, domain) -> a window on what is
        booked in its period
    :param unnamed: how a booking without a source is shown
    :param without_code: what is told of a source that has no code
    :param day_sources: domain of the sources that count worked days; empty: none do
    :param adds: field of the booking: whether its days are added to what is counted
    :param unit: field of the source that says what a value counts, in the words of a
        wage component (``amount``, ``quantity``, ``days``); empty: that is not known
    """

    name: str
    source_model: str
    field: str
    booking_model: str
    quantity: str
    company: str
    read: str
    correct: str
    look: str
    unnamed: str
    without_code: str
    domain: tuple = ()
    day_sources: tuple = ()
    adds: str = ""
    unit: str = ""
    is_hours: bool = False

    def source(self, record):
        """The plain value of a source.

        :param record: of ``source_model``; may be empty
        """
        return Source(self.name, record.id or 0)

    def measure(self, record):
        """What the bookings of a source count; None where that is not known.

        :param record: of ``source_model``
        :return: a ``Measure``
        """
        if self.is_hours:
            return "hours"
        return MEASURES.get(record[self.unit]) if self.unit else None


HOURS = BookingKind(
    name="hours",
    source_model="hr.work.entry.type",
    field="work_entry_type_id",
    booking_model="account.analytic.line",
    quantity="unit_amount",
    domain=(("project_id", "!=", False),),
    company="employee_id.company_id",
    is_hours=True,
    read="_hour_bookings",
    correct="action_hour_types",
    look="_timesheet_action",
    unnamed=_lt("no hour type"),
    without_code=_lt("Hour type without a code"),
)
WAGES = BookingKind(
    name="wage",
    source_model="hr.wage.component",
    field="wage_component_id",
    booking_model="hr.wage.entry",
    quantity="value",
    company="company_id",
    read="_value_bookings",
    correct="action_wage_components",
    look="_wage_entry_action",
    unnamed=_lt("no wage component"),
    without_code=_lt("Wage component without a code"),
    day_sources=(("active", "=", True), ("unit", "=", "days")),
    adds="adds_to_count",
    unit="unit",
)


class LoketBooking(models.AbstractModel):
    """Reads what is booked, of all kinds, as plain values."""

    _name = "loket.booking"
    _description = "Bookings for Loket"

    @classmethod
    def _booking_kinds(cls):
        """All kinds of booking, in the order in which they are read.

        A class method, for the table of the mapping asks before there are records.
        """
        return [HOURS, WAGES]

    @classmethod
    def _source_fields(cls):
        """The fields of a mapping and a warning that say which source they are of."""
        return [kind.field for kind in cls._booking_kinds()]

    @classmethod
    def _unit_fields(cls):
        """Paths from a mapping to what says what its bookings count."""
        kinds = cls._booking_kinds()
        return [f"{kind.field}.{kind.unit}" for kind in kinds if kind.unit] + [
            kind.field for kind in kinds
        ]

    @api.model
    def _kind_of(self, record):
        """The kind whose source a mapping or a warning has; None when it has none."""
        kinds = (kind for kind in self._booking_kinds() if record[kind.field])
        return next(kinds, None)

    @api.model
    def _kind_named(self, name):
        """The kind of that name; None when its addon was uninstalled.

        :param name: as the source of a plain booking has it
        """
        kinds = (kind for kind in self._booking_kinds() if kind.name == name)
        return next(kinds, None)

    @api.model
    def _bookings(self, period, people):
        """Everything that is booked in a period, of all kinds.

        Read as superuser, and what is archived too: the clerk must not need to see each
        project to pay the hours on it, and a hidden line would be an unpaid one.

        :param period: a ``periods.Period``
        :param people: ids or a query of the employees
        :return: list of ``Booking``
        """
        bookings_sudo = self.sudo().with_context(active_test=False)
        domain = self._days(period, people)
        bookings = []
        for kind in self._booking_kinds():
            read = getattr(bookings_sudo, kind.read)
            bookings += read(kind, [*kind.domain, *domain])
        return bookings

    def _days(self, period, people):
        """Domain of what some people booked in a period.

        :param people: ids or a query of the employees
        """
        return [
            ("date", ">=", period.start),
            ("date", "<=", period.end),
            ("employee_id", "in", people),
        ]

    @api.model
    def _hour_bookings(self, kind, domain):
        """Timesheet lines, in hours whatever unit of time they were entered in."""
        rows = self._rows(kind, domain, "product_uom_id", "project_id")
        hour = self.env.ref("uom.product_uom_hour")
        units = self.env["uom.uom"].browse({row[-2] for row in rows if row[-2]})
        times = units.filtered(lambda unit: unit._has_common_reference(hour))
        # Not rounded: a minute is a sixtieth of an hour.
        hours_of = {
            unit.id: Decimal(str(unit.factor)) / Decimal(str(hour.factor))
            for unit in times
        }
        names = {unit.id: unit.name for unit in units - times}
        in_hours = cache(exact_hours)  # most lines are of the same few amounts
        bookings = []
        for employee, day, source, amount, _adds, unit, project in rows:
            is_hours = unit not in names  # a dozen of something is no hours
            bookings.append(
                Booking(
                    employee=employee,
                    day=day,
                    source=Source(kind.name, source or 0),
                    quantity=in_hours(amount or 0, hours_of.get(unit, Decimal(1)))
                    if is_hours
                    else exact(amount or 0),
                    is_hours=is_hours,
                    project=project or 0,
                    foreign_unit=names.get(unit),
                )
            )
        return bookings

    @api.model
    def _value_bookings(self, kind, domain):
        """Records of any model that hold a value, in the unit of their source."""
        return [
            Booking(
                employee=employee,
                day=day,
                source=Source(kind.name, source or 0),
                quantity=exact(value or 0),
                is_hours=kind.is_hours,
                # Nobody worked minus one day, however it was entered.
                adds=bool(kind.adds and (adds or (value or 0) < 0)),
            )
            for employee, day, source, value, adds in self._rows(kind, domain)
        ]

    def _rows(self, kind, domain, *more_fields):
        """What is booked: employee, day, source, quantity, whether it adds, and more.

        In one query, and not as records: who looks what is late reads the timesheets
        of a year, which as records takes four times as long.

        :param more_fields: names of stored fields
        :return: list of tuples; ids for records, None for what is empty
        """
        model = self.env[kind.booking_model]
        names = ["employee_id", "date", kind.field, kind.quantity, kind.adds]
        query = model._search(domain, order="date, id")
        columns = [
            model._field_to_sql(model._table, name, query) if name else SQL("FALSE")
            for name in (*names, *more_fields)
        ]
        return self.env.execute_query(query.select(*columns))

    # === IN WORDS === #

    @api.model
    def _hours_in_words(self, hours):
        """A number of hours as a person reads it."""
        return self.env._("%(hours)s hours", hours=formatLang(self.env, hours))

    @api.model
    def _value_in_words(self, value, kind=None, source=None):
        """A value of one source as a person reads it: euros, days, or a number.

        :param kind: the ``BookingKind`` that it is of; None when that is not known
        :param source: record of its ``source_model``; maybe empty
        """
        number = formatLang(self.env, value)
        measure = kind.measure(source) if kind and source else None
        if measure == "money":
            return self.env._("€ %(amount)s", amount=number)
        if measure == "days":
            return self.env._("%(number)s days", number=number)
        return number
