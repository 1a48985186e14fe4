# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the database adds up is what comes of each booking by itself.

Bookings are read added up, as far as the rules do not tell them apart; here they are
read one by one as well, and added up by plain Python. ``./dev test --long`` tries 400
offices in place of 12. A failure tells its seed; ``LOKET_SUMS=SEED ./dev test
l10n_nl_loket/tests/test_export_added_up.py`` tries that one alone.
"""

import os
import random
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo.exceptions import UserError

from ..models.booking import loket_booking
from ..payroll import Booking, Source
from ..payroll.bookings import worked_days
from ..payroll_file import exact, exact_hours
from .common_export import ExportCase

OFFICES = 400 if os.environ.get("LOKET_LONG") else 12
ONLY = os.environ.get("LOKET_SUMS")
AMOUNTS = (8, 8, 7.5, 4, 0.25, 1 / 3, 0.333333, 2 / 3, 0.1, 0.005, 1.0000005, 3e-7)
SHOWN = {
    "line_ids": (
        "employee_id",
        "payroll_number",
        "shift",
        "distribution_unit",
        "component_code",
        "value",
        "hours",
        "employment_ref",
    ),
    "left_out_ids": ("employee_id", "reason", "detail", "hours", "value"),
    "warning_ids": ("reason", "detail", "department_id", "booking_kind"),
    "remark_ids": (
        "reason",
        "employee_id",
        "employment_id",
        "employment_ids",
        "detail",
        "day",
        "booking_kind",
        "source_id",
        "hours",
        "value",
        "counted",
    ),
    "late_ids": ("period_export_id", "kind", "employee_id", "value", "hours", "taken"),
    "total_ids": ("kind", "code", "value", "value_before"),
    "change_ids": ("employee_id", "component_code", "value_before", "value"),
}


# === THE PLAIN WAY === #


def plain_bookings(self, period, people, grain=None):
    """Each booking by itself, read as records and made exact by plain Python."""
    reader = self.sudo().with_context(active_test=False)
    bookings = []
    for kind in reader._booking_kinds():
        domain = [*kind.domain, *reader._days(period, people)]
        records = reader.env[kind.booking_model].search(domain, order="date, id")
        bookings += [_plain(kind, record) for record in records]
    return bookings


def _plain(kind, record):
    value = record[kind.quantity]
    booking = Booking(
        employee=record.employee_id.id,
        day=record.date,
        source=Source(kind.name, record[kind.field].id or 0),
        quantity=exact(value),
        is_hours=kind.is_hours,
        adds=bool(kind.adds and (record[kind.adds] or value < 0)),
    )
    if kind.booking_model != "account.analytic.line":
        return booking
    hour, unit = record.env.ref("uom.product_uom_hour"), record.product_uom_id
    is_time = not unit or unit._has_common_reference(hour)
    factor = Decimal(str(unit.factor or 1)) / Decimal(str(hour.factor))
    return Booking(
        employee=booking.employee,
        day=booking.day,
        source=booking.source,
        quantity=exact_hours(value, factor) if is_time else exact(value),
        is_hours=is_time,
        project=record.project_id.id,
        foreign_unit=None if is_time else unit.name,
    )


def plain_worked_days(self, period, people, time_off, grain):
    """Each worked day by itself."""
    return worked_days(plain_bookings(self, period, people), time_off)


class TestAddedUp(ExportCase):
    """Random offices: every boundary, unit, sign and kind that there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._connection(
            cls.company, 6666, distribution="none", salaried_hours="send"
        )
        cls.connection.salaried_hours = "leave_out"
        cls.sick = cls.env["hr.work.entry.type"].create(
            {"name": "Ziek", "code": "ZIEK", "is_leave": True}
        )
        cls.bonus, cls.travel, cls.meals = cls.env["hr.wage.component"].create(
            [
                {"name": "Bonus", "code": "B", "company_id": cls.company.id},
                {
                    "name": "Reisdagen",
                    "code": "D",
                    "unit": "days",
                    "company_id": cls.company.id,
                },
                {"name": "Maaltijden", "code": "M", "company_id": cls.company.id},
            ]
        )
        sources = [
            ("1", "work_entry_type_id", cls.attendance),
            ("30", "work_entry_type_id", cls.overtime),
            ("86", "wage_component_id", cls.bonus),
            ("90", "wage_component_id", cls.travel),
        ]
        cls.env["loket.component.mapping"].create(
            [
                {"connection_id": link.id, "component_code": code, field: source.id}
                for link in (cls.connection, cls.other)
                for code, field, source in sources[link == cls.connection :]
            ]
        )
        cls.units = [
            *[cls.env.ref("uom.product_uom_hour")] * 6,
            cls.env.ref("uom.product_uom_day"),
            cls.env.ref("uom.product_uom_minute"),
            cls.env.ref("uom.product_uom_dozen"),
        ]
        cls.projects = [cls.project, cls._project(cls.company)]
        cls.projects.append(cls._project(cls.company))

    # === A RANDOM OFFICE === #

    def day(self, first=date(2026, 8, 25), days=45):
        return first + timedelta(days=self.dice.randrange(days))

    def some(self, *choices):
        return self.dice.choice(choices)

    def hire(self, number):
        """Somebody with no employment, one, or two; with every kind of change."""
        person = self._employee(f"Employee {number}", self.shop)
        if self.some(True, False):
            person.create_version(
                {"date_version": self.day(), "department_id": self.office.id}
            )
        for which in range(self.some(0, 1, 1, 1, 2, 2)):
            start, end = self.some("2025-01-01", False, self.day()), False
            if self.dice.random() < 0.4:
                end = (
                    max(self.day(), start or date.min)
                    if start != "2025-01-01"
                    else self.day()
                )
            self._link(
                person,
                10 * number + which,
                connection=self.some(self.connection, self.connection, self.other),
                start_date=start,
                end_date=end,
                in_loket=self.some(True, True, True, False),
                vanished_on=self.some(False, self.day()),
                shift=self.some(0, 3),
                shifts=self.some(None, None, self.some_shifts()),
                hours_by_loket=self.some(True, False, False),
                gets_hours=self.some(True, False, False),
                hours_project_ids=self.some([], [], [(6, 0, self.projects[1].ids)]),
            )
        return person

    def some_shifts(self):
        days = sorted({self.day() for _number in range(2)})
        return [[str(day), self.some(1, 2)] for day in days]

    def book(self, person, count, signs=(1, 1, -1)):
        self.env["account.analytic.line"].create(
            [
                {
                    "name": "/",
                    "employee_id": person.id,
                    "project_id": self.some(*self.projects).id,
                    "date": day,
                    "unit_amount": amount * self.some(*signs),
                    "product_uom_id": self.some(*self.units).id,
                    "work_entry_type_id": self.some(
                        self.attendance, self.attendance, self.overtime, self.sick
                    ).id,
                }
                for day, amount in (
                    (self.day(), self.some(*AMOUNTS, round(self.dice.random() * 9, 7)))
                    for _number in range(count)
                )
            ]
        )
        self.env["hr.wage.entry"].create(
            [
                {
                    "employee_id": person.id,
                    "wage_component_id": component.id,
                    "date": self.day(),
                    "value": self.some(1, -1, 12.5, 0.3333),
                    "adds_to_count": self.some(True, False),
                }
                for component in (self.bonus, self.travel, self.meals)
                for _number in range(self.some(0, 1, 2))
            ]
        )

    def make(self, **vals):
        """A file, unless something is in the way."""
        with suppress(UserError), self.env.cr.savepoint():
            self._generate(accept_left_out=True, **vals)

    def office_of(self, seed):
        """A draft of September in some office, with what was made before it."""
        self.dice = random.Random(seed)
        people = [self.anna, *(self.hire(number) for number in range(1, 6))]
        self.connection.distribution = self.some("distribution_unit", "none")
        for person in people:
            self.book(person, 9, signs=(1,))  # less than nothing is in no file
        for _number in range(self.some(0, 1, 2, 3)):
            self.make(
                connection_id=self.some(self.connection, self.other).id,
                period=self.some(8, 9),
            )
            self.book(self.some(*people), 4)
        for person in people:
            self.book(person, 4)
        if self.dice.random() < 0.3:
            self.env["loket.period"].create(
                [
                    {
                        "connection_id": self.connection.id,
                        "year": 2026,
                        "number": number,
                        "date_from": f"2026-{number - 1:02}-21",
                        "date_to": f"2026-{number:02}-20",
                    }
                    for number in (9, 10)
                ]
            )
        return self._export(
            take_late=self.some(True, False), send_delivered=self.some(True, False)
        )

    # === WHAT CAME OF IT === #

    def seen(self, draft):
        """Everything that a look-up keeps, in an order of its own."""
        draft.action_check()
        self.env.invalidate_all()
        draft_sudo = draft.sudo()
        seen = {
            name: sorted(
                str([self.value_of(row[field]) for field in fields])
                for row in draft_sudo[name]
            )
            for name, fields in SHOWN.items()
        }
        seen["idle"] = sorted(draft_sudo.idle_employment_ids.ids)
        seen["ledger"] = {
            period: {
                name: sorted(str([self.value_of(one) for one in row]) for row in rows)
                for name, rows in part.items()
                if name != "is_coarse"
            }
            for period, part in draft_sudo.ledger.items()
        }
        return seen

    def value_of(self, value):
        """Records by their ids; numbers shortened: a third of an hour has no end."""
        if hasattr(value, "ids"):
            return sorted(value.ids)
        if isinstance(value, str):
            with suppress(ArithmeticError):
                return Decimal(value).quantize(Decimal("1e-9")).normalize()
        return value

    def test_sums_of_the_database_give_what_each_booking_by_itself_gives(self):
        reader = self.registry["loket.booking"]
        for seed in [int(ONLY)] if ONLY else range(OFFICES):
            with (
                self.subTest(seed=seed),
                self.env.cr.savepoint() as office,
                patch.object(loket_booking, "ROWS_AT_ONCE", seed % 9 + 1),
            ):
                draft = self.office_of(seed)
                added_up = self.seen(draft)
                with (
                    patch.object(reader, "_bookings", plain_bookings),
                    patch.object(reader, "_worked_days", plain_worked_days),
                ):
                    plain = self.seen(draft)
                for name in plain:
                    self.assertEqual(added_up[name], plain[name], name)
                office.rollback()
            self.env.invalidate_all()

    # === ONE BY ONE === #

    def look(self, **vals):
        draft = self._export(**vals)
        draft.action_check()
        return draft

    def test_who_booked_and_took_it_back_is_not_somebody_without_bookings(self):
        self._book(self.anna, 1, 8)
        self._book(self.anna, 2, -8)
        self.assertEqual(self.look().idle_employment_ids, self.bram_job)

    def test_a_day_is_counted_where_most_of_it_was_worked(self):
        most, less = self.projects[1], self.projects[2]
        second = self._link(self.anna, 7, hours_project_ids=[(6, 0, most.ids)])
        self.anna_job.gets_hours = True
        for number in (1, 2):
            self._book(self.anna, number, 5, project_id=most.id)
            self._book(self.anna, number, 3, project_id=less.id)
        self._book(self.anna, 3, 8, project_id=less.id)
        days = {
            line.payroll_number: line.value
            for line in self.look().line_ids
            if line.component_code == 90
        }
        self.assertEqual(days, {second.payroll_number: 2, 1: 1})

    def test_what_a_file_delivered_is_found_in_its_own_days(self):
        self.other.period_type = "four_weeks"
        self.anna_job.connection_id = self.other
        self._book(self.anna, 10, 8)
        self._generate(connection_id=self.other.id, period=10)
        self.anna_job.connection_id = self.connection
        self._book(self.anna, 2, 5)
        draft = self.look()
        self.assertEqual((draft.total_hours, draft.left_out_hours), (5, 8))
        self.assertEqual(set(draft.left_out_ids.mapped("reason")), {"delivered"})

    def test_as_many_rows_are_read_for_ten_times_as_many_lines(self):
        def rows():
            export = self._export()
            period, lists = export._payroll_period(), export._lists()
            bookings, _worked = export._bookings(
                period, lists, export._rules(period, lists)
            )
            return len(bookings)

        self._book(self.anna, 1, 8)
        few = rows()
        for number in range(2, 12):
            self._book(self.anna, number, 8)
        self.assertEqual(rows(), few)
