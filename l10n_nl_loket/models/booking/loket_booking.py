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
from functools import cache, partial
from uuid import uuid4

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang
from odoo.tools.translate import LazyTranslate

from ...payroll import Booking, Source, Worked

_lt = LazyTranslate(__name__)
#: How many rows of the database are in memory as such.
ROWS_AT_ONCE = 5000

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
    :param read: method of ``loket.booking``: (kind, domain, grain) -> list of
        ``Booking``
    :param correct: method of ``loket.connection`` that opens the table of codes
    :param look: method of ``loket.export``: (employees, domain) -> a window on what is
        booked in its period
    :param unnamed: how a booking without a source is shown
    :param without_code: what is told of a source that has no code
    :param day_sources: domain of the sources that count worked days; empty: none do
    :param adds: field of the booking: whether its days are added to what is counted
    :param unit: field of the source that says what a value counts, in the words of a
        wage component (``amount``, ``quantity``, ``days``); empty: that is not known
    :param time_unit: field of the booking with the unit of measure of its hours;
        empty: these are hours
    :param project: field of the booking: on what it was worked
    :param waits_for_code: whether nothing of it is booked, for Loket, in a company that
        has given none of its sources a code
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
    time_unit: str = ""
    project: str = ""
    is_hours: bool = False
    waits_for_code: bool = False

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
    time_unit="product_uom_id",
    project="project_id",
    is_hours=True,
    read="_value_bookings",
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
    def _bookings(self, period, people, grain=None):
        """Everything that is booked in a period, of all kinds.

        Read as superuser, and what is archived too: the clerk must not need to see each
        project to pay the hours on it, and a hidden line would be an unpaid one.

        :param period: a ``periods.Period``
        :param people: ids or a query of the employees
        :param grain: a ``payroll.Grain``: what is not added up with each other; None:
            nothing is added up
        :return: list of ``Booking``
        """
        bookings_sudo = self.sudo().with_context(active_test=False)
        bookings = []
        for kind in self._booking_kinds():
            read = getattr(bookings_sudo, kind.read)
            bookings += read(kind, self._domain_of(kind, period, people), grain)
        return bookings

    @api.model
    def _worked_days(self, period, people, time_off, grain):
        """On how many days somebody worked; each counts once, on whatever project.

        A day counts when hours are left on it after corrections. Of two projects it is
        of the one that most of its hours went to. Read as ``_bookings`` does.

        :param time_off: the sources whose hours were not worked
        :param grain: a ``payroll.Grain``: what is not counted with each other
        :return: list of ``Worked``
        """
        bookings_sudo = self.sudo().with_context(active_test=False)
        hours = [
            SQL(
                "SELECT employee, day, part, project, quantity * %s AS quantity"
                " FROM (%s) AS booked WHERE unit = 0 AND source <> ALL(%s)",
                1 if kind.time_unit else 60,
                bookings_sudo._booked(
                    kind, self._domain_of(kind, period, people), grain
                ),
                [source.id for source in time_off if source.kind == kind.name],
            )
            for kind in self._booking_kinds()
            if kind.is_hours
        ]
        of_project = SQL(
            # Who is apart is so by day here, not by line.
            "SELECT employee, day, CASE WHEN part > 0 THEN day - DATE 'epoch' + 1"
            " ELSE part END AS part, project, sum(quantity) AS quantity"
            " FROM (%s) AS hours GROUP BY 1, 2, 3, 4",
            SQL(" UNION ALL ").join(hours),
        )
        of_day = SQL(
            "SELECT employee, day, part,"
            " (array_agg(project ORDER BY quantity DESC, project DESC))[1] AS project"
            " FROM (%s) AS of_project GROUP BY employee, day, part"
            " HAVING sum(quantity) > 0",
            of_project,
        )
        counted = SQL(
            "SELECT employee, min(day) AS first, %s, count(*)::int"
            " FROM (%s) AS of_day GROUP BY employee, part, 3 ORDER BY first, employee",
            _deciding_project(grain),
            of_day,
        )
        return [Worked(*row) for row in self._stream(counted)]

    def _domain_of(self, kind, period, people):
        """Domain of what some people booked in a period, of one kind."""
        return [
            *kind.domain,
            *self._domain_in_use(kind),
            *self._days(period, people),
        ]

    @api.model
    def _domain_in_use(self, kind):
        """Domain of where a kind is used; empty: everywhere.

        In a company from its first code on, also when that is taken away: what was sent
        does not turn into nothing. And of whom a connection with a code pays, or paid:
        who moves to another company takes along what has no company of its own.
        """
        if not kind.waits_for_code:
            return []
        # As superuser: whoever asks, it is what the company has decided. Of a link that
        # is archived too, where files tell what was sent.
        made_sudo = self.env["loket.export"].sudo()._search([("is_latest", "=", True)])
        coded_sudo = (
            self.env["loket.component.mapping"]
            .sudo()
            .search(
                [
                    (kind.field, "!=", False),
                    ("had_code", "=", True),
                    "|",
                    ("connection_id.active", "=", True),
                    ("connection_id", "in", made_sudo.subselect("connection_id")),
                ]
            )
        )
        of_company = Domain(kind.company, "child_of", coded_sudo.company_id.ids)
        if kind.company == "company_id":
            return list(of_company)
        jobs_sudo = self.env["loket.employee"].sudo().with_context(active_test=False)
        paid = jobs_sudo._search(
            [("connection_id", "in", coded_sudo.connection_id.ids)]
        )
        return list(
            of_company | Domain("employee_id", "in", paid.subselect("employee_id"))
        )

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
    def _value_bookings(self, kind, domain, grain=None):
        """What stands in stored fields, added up as far as the grain allows.

        What is below zero is added up by itself: then a sum is nothing only where
        nothing is booked, and negative days correct a count however they were entered.
        """
        query = SQL(
            "SELECT employee, min(day) AS first, source, sum(quantity)::text, unit,"
            " %s, adds FROM (%s) AS booked"
            " GROUP BY employee, part, source, unit, 6, adds, quantity < 0"
            " ORDER BY first, min(id)",
            _deciding_project(grain),
            self._booked(kind, domain, grain),
        )
        name_of = cache(lambda unit: self.env["uom.uom"].browse(unit).name)
        source_of = cache(partial(Source, kind.name))
        bookings = []
        for employee, day, source, sum_, unit, project, adds in self._stream(query):
            is_time = kind.time_unit and not unit
            bookings.append(
                Booking(
                    employee,
                    day,
                    source_of(source),
                    # A third of an hour has no end of decimals: it came as minutes.
                    Decimal(sum_) / 60 if is_time else Decimal(sum_),
                    is_hours=kind.is_hours and not unit,
                    project=project,
                    foreign_unit=name_of(unit) if unit else None,
                    adds=adds,
                )
            )
        return bookings

    def _booked(self, kind, domain, grain):
        """Query of what is booked, one row each, in columns that all kinds have.

        ``quantity`` is as exact as ``payroll_file.exact`` is. Where the kind has units
        of time it is in minutes, and what six decimals can't tell from whole minutes is
        that, as in ``payroll_file.exact_hours``. ``unit`` is what it is booked in where
        that is no time, else 0. What has the same ``part`` may be added up.
        """
        model = self.env[kind.booking_model]
        query = model._search(domain)

        def column(name, otherwise):
            if not name:
                return otherwise
            field = model._field_to_sql(model._table, name, query)
            return SQL("COALESCE(%s, %s)", field, otherwise)

        nothing, no = SQL("0"), SQL("FALSE")
        day = model._field_to_sql(model._table, "date", query)
        value = column(kind.quantity, nothing)
        # By its text, which is the number that Python reads too.
        exact, unit, factor = SQL("%s::text::numeric", value), nothing, SQL("1")
        if kind.time_unit:
            booked_in, hours_of = column(kind.time_unit, nothing), self._units_of_time()
            # Where there is no unit, these are hours.
            times = [0, *hours_of]
            unit = SQL(
                "CASE WHEN %s = ANY(%s) THEN 0 ELSE %s END", booked_in, times, booked_in
            )
            factor = _by_id(booked_in, hours_of)
        columns = {
            "employee": model._field_to_sql(model._table, "employee_id", query),
            "day": day,
            "id": SQL.identifier(model._table, "id"),
            "source": column(kind.field, nothing),
            "exact": SQL("round(%s * %s, 6)", exact, factor),
            "unit": unit,
            "project": column(kind.project, nothing) if _tells(grain) else nothing,
            "part": self._part(model, query, day, grain),
            # Nobody worked minus one day, however it was entered.
            "adds": SQL("%s OR %s < 0", column(kind.adds, no), value)
            if kind.adds
            else no,
        }
        return SQL(
            # OFFSET 0: what is exact is worked out once for each row.
            "SELECT booked.*, %s AS quantity FROM (%s OFFSET 0) AS booked",
            SQL(
                "CASE WHEN unit <> 0 THEN exact"
                " WHEN abs(exact) <= 1e9 AND round(round(exact * 60) / 60, 6) = exact"
                " THEN round(exact * 60) ELSE exact * 60 END"
            )
            if kind.time_unit
            else SQL("exact"),
            query.select(
                *(
                    SQL("%s AS %s", sql, SQL.identifier(name))
                    for name, sql in columns.items()
                )
            ),
        )

    def _part(self, model, query, day, grain):
        """What tells apart what is not added up: a booking, or a part of the period.

        :return: the id of what stays by itself; else 0 or below it
        """
        number = SQL.identifier(model._table, "id")
        if grain is None:
            return number
        part = SQL("0")
        if grain.cuts or grain.own:
            cuts = SQL("%s::date[]", list(grain.cuts))
            if grain.own:
                own = SQL(
                    "(SELECT * FROM unnest(%s::int[], %s::text[]) AS own(who, days))",
                    list(grain.own),
                    [_as_array(days) for days in grain.own.values()],
                )
                employee = model._field_to_sql(model._table, "employee_id", query)
                query.add_join("LEFT JOIN", "own", own, SQL("own.who = %s", employee))
                cuts = SQL("COALESCE(own.days::date[], %s)", cuts)
            part = SQL("-width_bucket(%s, %s)", day, cuts)
        if grain.apart:
            employee = model._field_to_sql(model._table, "employee_id", query)
            part = SQL(
                "CASE WHEN %s = ANY(%s) THEN %s ELSE %s END",
                employee,
                list(grain.apart),
                number,
                part,
            )
        return part

    def _units_of_time(self):
        """{id of a unit of time: how many hours it is}"""
        hour = self.env.ref("uom.product_uom_hour")
        root = int(hour.parent_path.split("/")[0])
        units = self.env["uom.uom"].search([("id", "child_of", root)])
        # Not rounded: a minute is a sixtieth of an hour.
        return {
            unit.id: Decimal(str(unit.factor)) / Decimal(str(hour.factor))
            for unit in units
        }

    def _stream(self, query):
        """The rows of a query, a few thousand at a time: all of them may be millions.

        By a cursor of the server, in this same transaction.
        """
        name = SQL.identifier(f"loket_booking_{uuid4().hex}")
        self.env.flush_query(query)
        self.env.cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, query))
        while True:
            self.env.cr.execute(SQL("FETCH %s FROM %s", ROWS_AT_ONCE, name))
            rows = self.env.cr.fetchall()
            yield from rows
            if len(rows) < ROWS_AT_ONCE:
                break
        self.env.cr.execute(SQL("CLOSE %s", name))

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


def _tells(grain):
    """Whether it matters on which project something is booked."""
    return grain is None or bool(grain.projects)


def _deciding_project(grain):
    """SQL of the project, as far as it decides which employment pays; else 0."""
    if grain is None or not grain.projects:
        return SQL("project")
    projects = list(grain.projects)
    return SQL("CASE WHEN project = ANY(%s) THEN project ELSE 0 END", projects)


def _by_id(record, factors):
    """SQL of a factor that differs by record; 1 where nothing is said of it.

    :param record: SQL of an id
    :param factors: {id: factor}
    """
    cases = [
        SQL("WHEN %s THEN %s", number, factor)
        for number, factor in factors.items()
        if factor != 1
    ]
    return (
        SQL("CASE %s %s ELSE 1 END", record, SQL(" ").join(cases))
        if cases
        else SQL("1")
    )


def _as_array(days):
    """Days as PostgreSQL writes an array of them."""
    return f"{{{','.join(map(str, days))}}}"
