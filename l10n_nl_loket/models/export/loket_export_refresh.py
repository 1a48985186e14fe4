# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looks up what is booked now, and keeps on the export what came of it.

One way through: read, land, compare, write. Quantities are decimals until they are
written into a field.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import SQL, split_every

from ...payroll import (
    Amount,
    Cell,
    Remark,
    Source,
    changes,
    days_by_hand,
    doubts,
    land,
    totals,
)
from ...payroll.delivered import trace
from ...payroll.landing import destination
from ...payroll_file import exact, rounded
from ...people.known import LINKED
from ...words import Text, joined
from ..booking.loket_booking import HOURS, WAGES
from ..translated import Name

#: How many cells are in memory as records.
LINES_AT_ONCE = 1000


class LoketExport(models.Model):
    """Looks up what is booked now, and keeps what came of it."""

    _inherit = "loket.export"

    def _refresh(self):
        """Replace everything that was collected by what Odoo holds now.

        But for the cells, see ``_keep_cells``.

        :return: the ``Outcome``, of which the file is made
        :raise ValidationError: the connection has no such period any more
        """
        self.ensure_one()
        self.check_access("write")
        self._check_period()
        # First what is read of the rows that are replaced below: what the tick was set
        # for, and the last file, which is this very one when it is made again.
        accepted = self._accepted()
        last_cells = self._last_cells()
        period, lists = self._payroll_period(), self._lists()
        rules = self._rules(period, lists)
        # Before what is of this period, so that there is only one of them in memory.
        totals_before = self._totals_before(lists, rules)
        self.env["loket.booking"]._take_hour_types(period, self._people())
        recurring = self.env["hr.wage.entry.recurring"]._make(self)
        bookings, worked = self._bookings(period, lists, rules)
        places = [destination(booking, rules) for booking in bookings]
        outcome = land(bookings, rules, places)
        now = trace(bookings, rules, places)
        day_remarks = self._day_remarks(bookings, worked, lists, rules)
        idle_vals = self._idle_vals(bookings)
        del bookings, places, worked  # here they may be hundreds of thousands
        late_vals = self._compose(lists, rules, now, outcome)
        del now
        outcome.remarks.update(day_remarks)
        outcome.remarks.update(self._recurring_remarks(recurring))
        self._add_time_off_remarks(outcome, period, rules)
        self._add_department_remarks(outcome, period, rules)
        self._add_company_remarks(outcome, period, lists, rules)
        people = self._paid_in(period, rules)
        outcome.remarks.update(self._remarks_of_kinds(period, rules, people))
        if rules.offered is None and outcome.cells:
            # Of another year's list nothing follows: it may have other components.
            outcome.remarks[Remark("not_checked", detail=str(period.year))] = Amount()
        # Nobody edits these by hand: they are read-only for every group.
        export_sudo = self.sudo()
        self._drop_cells()
        export_sudo.left_out_ids.unlink()
        export_sudo.warning_ids.unlink()
        export_sudo.remark_ids.unlink()
        export_sudo.late_ids.unlink()
        export_sudo.write(
            {
                "checked_on": fields.Datetime.now(),
                "row_count": outcome.row_count,
                "employee_count": outcome.employee_count,
                "total_hours": float(outcome.hours),
                "warning_ids": _creations(self._warning_vals(outcome)),
                "remark_ids": _creations(self._remark_vals(outcome)),
                **self._change_vals(last_cells, outcome, lists),
                **self._total_vals(outcome, totals_before, lists),
                **idle_vals,
                **late_vals,
            }
        )
        # Last, when what is left out now is there to look at: the tick holds only for
        # what was seen, and a file without more than that must not be made by it.
        if accepted is not None and not export_sudo._acceptable() <= accepted:
            export_sudo.accept_left_out = False
        return outcome

    def _outcome_among(self, among):
        """Where the bookings of some people would go; nothing is written.

        :param among: ids of employees
        :return: an ``Outcome``
        """
        period, lists = self._payroll_period(), self._lists()
        rules = self._rules(period, lists, among)
        bookings, _worked = self._bookings(period, lists, rules, among)
        places = [destination(booking, rules) for booking in bookings]
        return land(bookings, rules, places)

    # === THE TICK === #

    def _accepted(self):
        """What the tick was set for; None when it holds for whatever there will be."""
        ticked = self.accept_left_out and self.checked_on
        return self._acceptable() if ticked else None

    def _acceptable(self):
        """What may be left out on purpose: who, why, and how much."""
        return {
            (
                problem.employee_id.id,
                problem.reason,
                problem.detail,
                problem.hours,
                problem.value,
            )
            for problem in self.sudo().left_out_ids
            if problem.rank == "accept"
        }

    # === CELLS === #

    def _drop_cells(self):
        """Forget the cells of the last look, a few at a time as they were kept."""
        lines_sudo = self.env["loket.export.line"].sudo()  # read-only for every group
        for ids in split_every(LINES_AT_ONCE, self.sudo().line_ids.ids):
            lines_sudo.browse(ids).unlink()

    def _keep_cells(self, outcome):
        """Keep the cells as they are in the file, and the part of each that is hours.

        They may be hundreds of thousands: a few at a time are in memory as records, and
        what a cell has of this file is told with it, not worked out for each. So of a
        file that is made they are kept last.
        """
        # Nobody edits these by hand: they are read-only for every group.
        lines_sudo = self.env["loket.export.line"].sudo()
        self.env.flush_all()
        of_file = {name: self[name] for name in lines_sudo._of_file()}
        vals = lines_sudo._convert_to_write({**of_file, "export_id": self})
        told = [lines_sudo._fields[name] for name in (*of_file, "component_label")]
        for rows in split_every(LINES_AT_ONCE, self._line_vals(outcome)):
            made_sudo = lines_sudo.create([{**row, **vals} for row in rows])
            for field in told:
                self.env.remove_to_compute(field, made_sudo)
            made_sudo.flush_recordset()
            made_sudo.invalidate_recordset(flush=False)
        self.invalidate_recordset(["line_ids", "file_line_ids"])

    def _line_vals(self, outcome):
        """Yield the values of each cell of the file.

        :return: iterator of the field values of ``loket.export.line``
        """
        names = self._catalogue(self.connection_id.sudo()).names()
        labels = cache(self.env["loket.export.line"]._label)
        now, before = self._employment_refs()
        units = self._own_units()
        for cell, amount in self._written(outcome).items():
            refs = (now, before) if cell in outcome.cells else (before, now)
            ref = _ref_of(cell, *refs)
            yield {
                **cell_vals(cell, names),
                "component_label": labels(cell.component, names.get(cell.component)),
                "employment_ref": ref,
                "own_unit": units.get(ref),
                "shift": cell.shift or 0,
                "value": float(rounded(amount.total)),
                "hours": float(rounded(amount.hours)),
            }

    def _own_units(self):
        """{reference of an employment: its own unit}; none where files tell units."""
        if self.connection_id.distribution != "none":
            return {}
        rows_sudo = (
            self.env["loket.employee"]
            .sudo()  # a clerk may not see all employments
            .search_fetch(
                [("connection_id", "=", self.connection_id.id)],
                ["employment_ref", "snapshot"],
            )
        )
        units = {row.employment_ref: row._own_unit() for row in rows_sudo}
        rows_sudo.invalidate_recordset(["snapshot"])
        return units

    def _file_lines(self):
        """The cells of the file, without what Loket has beside them.

        As superuser: a clerk reads what a clerk made.
        """
        return self.sudo().line_ids.filtered("in_file")

    def _employment_refs(self):
        """Loket's references of employments: of now, and as earlier files had them.

        :return: twice {(employee, payroll number): reference}
        """
        made_sudo = self._made_of_same_period()
        before = {
            (employee, number): ref
            for employee, number, ref in made_sudo._file_rows(
                "employee_id", "payroll_number", "employment_ref"
            )
            if ref
        }
        rows_sudo = (
            self.env["loket.employee"]
            .sudo()  # a clerk may not see all employments
            .search_fetch(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("payroll_number", "!=", 0),
                    ("employee_id", "!=", False),
                ],
                [
                    "employee_id",
                    "employment_ref",
                    "former_administration_ref",
                    "in_loket",
                    "payroll_number",
                    "start_date",
                ],
            )
        )
        # Of two with one number the last one counts, and one that is there before.
        now = {
            (row.employee_id.id, row.payroll_number): row.employment_ref
            for row in rows_sudo.sorted(
                lambda row: (row.in_loket, row.start_date or date.min, row.id)
            )
            if not row._is_of_former_administration()
        }
        return now, before

    def _written(self, outcome):
        """{cell: amount} of all that the file tells, what is gone as nothing."""
        return {**{cell: Amount() for cell in outcome.gone}, **outcome.cells}

    def _file_cells(self):
        """The cells of a file that was made, as plain values.

        :return: {``Cell``: ``Amount``}
        """
        cells = {}
        for employee, number, shift, unit, component, value, hours in self._file_rows(
            "employee_id",
            "payroll_number",
            "shift",
            "distribution_unit",
            "component_code",
            "value",
            "hours",
        ):
            cell = Cell(
                employee=employee,
                payroll_number=number,
                shift=shift or None,
                unit=int(unit) if unit else None,
                component=component,
            )
            in_hours = exact(hours or 0)
            value_beside = exact(value or 0) - in_hours
            cells[cell] = Amount(hours=in_hours, value=value_beside)
        return cells

    def _file_rows(self, *names):
        """Fields of the cells of some files, in the order in which they were made.

        Not as records: these are many, and would stay in memory.

        :return: list of tuples; ids for records
        """
        query, columns = self._file_query(names)
        return self.env.execute_query(query.select(*columns))

    def _file_by(self, keys, names):
        """The same, by some of the fields: one tuple for all cells that share these.

        :return: list of tuples: each of ``keys``, and of each of ``names`` the list of
            those of its cells, numbers with decimals as text
        """
        query, columns = self._file_query([*keys, *names, "id"])
        *columns, number = columns
        query.groupby = SQL(", ").join(columns[: len(keys)])
        query.order = SQL("min(%s)", number)
        fields = self.env["loket.export.line"]._fields
        lists = [
            SQL(
                "array_agg(%s%s ORDER BY %s)",
                column,
                SQL("::text" if fields[name].type == "float" else ""),
                number,
            )
            for name, column in zip(names, columns[len(keys) :], strict=True)
        ]
        return self.env.execute_query(query.select(*columns[: len(keys)], *lists))

    def _file_query(self, names):
        """The cells of some files, as a query, and columns of it."""
        lines_sudo = self.env["loket.export.line"].sudo()  # see _file_lines
        query = lines_sudo._search(
            [("export_id", "in", self.ids), ("in_file", "=", True)], order="id"
        )
        return query, [
            lines_sudo._field_to_sql(lines_sudo._table, name, query) for name in names
        ]

    # === WHAT IS DIFFERENT === #

    def _last_cells(self):
        """The cells of the last file of this period; None when this is the first."""
        last = self._latest()
        return last._file_cells() if last else None

    def _change_vals(self, last_cells, outcome, lists):
        """One line per cell that differs from the last file of this period."""
        is_first = last_cells is None
        differences = [] if is_first else changes(last_cells, self._written(outcome))
        names = lists.catalogue.names()
        return {
            "is_first": is_first,
            "change_ids": _replacements(
                {
                    **cell_vals(change.cell, names),
                    "kind": _kind_of_change(change),
                    "value_before": float(change.before or 0),
                    "value": float(change.now or 0),
                }
                for change in differences
            ),
        }

    def _totals_before(self, lists, rules):
        """Those of the period before: of its file, or as booked.

        :return: name of what they are of; ``payroll.Totals``
        """
        previous = self._period_before()
        if not previous:
            return "bookings", {}
        if last := self._latest_of(previous.year, previous.number):
            return "file", totals(last._file_cells())
        rules = replace(rules, offered=lists.catalogue.of(previous.year))
        bookings, _worked = self._bookings(previous, lists, rules)
        return "bookings", totals(land(bookings, rules).cells)

    def _total_vals(self, outcome, totals_before, lists):
        """The totals, next to those of the period before."""
        compared_with, before = totals_before
        now = totals(outcome.cells)
        names = {"component": lists.catalogue.names(), "cost_center": lists.unit_names}
        return {
            "compared_with": compared_with,
            "total_ids": _replacements(
                {
                    "kind": kind,
                    "code": code,
                    "name": names[kind].get(code),
                    "value": float(now.get((kind, code), 0)),
                    "value_before": float(before.get((kind, code), 0)),
                }
                for kind, code in sorted({**before, **now})
                if now.get((kind, code)) or before.get((kind, code))
            ),
        }

    def _idle_vals(self, bookings):
        """Employments of the period of people without hours.

        A travel allowance that recurs is no reason to forget somebody's hours. Where
        nobody has hours: of people for whom nothing at all is booked.
        """
        booked = [booking for booking in bookings if booking.quantity]
        hours = [booking for booking in booked if booking.is_hours]
        booked = {booking.employee for booking in hours or booked}
        idle_sudo = (
            self.env["loket.employee"]
            .sudo()  # the list is read-only, and a clerk may not see all employments
            .search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("in_loket", "=", True),
                    ("decision", "in", LINKED),
                    ("employee_id", "!=", False),
                    ("employee_id", "not in", list(booked)),
                    "|",
                    ("start_date", "=", False),
                    ("start_date", "<=", self.date_to),
                    "|",
                    ("end_date", "=", False),
                    ("end_date", ">=", self.date_from),
                ]
            )
        )
        return {"idle_employment_ids": [Command.set(idle_sudo.ids)]}

    # === WHAT IS NOT IN THE FILE === #

    def _warning_vals(self, outcome):
        """What is not in the file, grouped by what to do about it."""
        names = self._names_of({problem.employee for problem in outcome.left_out})
        groups = defaultdict(list)
        for problem, amount in outcome.left_out.items():
            detail = self._left_out_detail(problem)
            # What is too much of one is not made up for by what another took back.
            is_less = (amount.hours or amount.value) < 0
            key = problem.reason, problem.source, problem.department, detail, is_less
            groups[key].append(
                {
                    "export_id": self.id,
                    "employee_id": problem.employee,
                    "name": names[problem.employee],
                    "reason": problem.reason,
                    "detail": detail,
                    "hours": float(rounded(amount.hours)),
                    "value": float(rounded(amount.value)),
                }
            )
        return [
            {
                "reason": reason,
                "detail": detail,
                "department_id": department,
                **self._source_vals(source),
                "left_out_ids": _creations(problems),
            }
            for (reason, source, department, detail, _less), problems in groups.items()
        ]

    def _day_remarks(self, bookings, worked, lists, rules):
        """Where days were entered by hand: how many, and how many were counted.

        :return: {``Remark``: ``Amount``}
        """
        remarks = {}
        own = [booking for booking in bookings if not booking.other_period]
        days_of = days_by_hand(
            own, lists.day_components, self._time_off(), rules, worked
        )
        for (employee, source), days in days_of.items():
            reason = "days_replaced" if days.replaces else "days_corrected"
            remark = Remark(reason, employee, source=source, counted=days.counted)
            remarks[remark] = Amount(value=days.by_hand)
        return remarks

    def _recurring_remarks(self, recurring):
        """What was made of nothing that recurs, or for a part of the period only.

        :param recurring: list of ``Told``
        :return: {``Remark``: ``Amount``}
        """
        return {
            Remark(
                told.reason,
                told.employee,
                source=Source(WAGES.name, told.component),
                detail=told.periods,
            ): Amount()
            for told in recurring
        }

    def _paid_in(self, period, rules):
        """Ids of the employees with an employment here in a period."""
        return [
            employee
            for employee, jobs in rules.jobs.items()
            if any(
                job.connection == rules.connection
                and job.covers_any(period.start, period.end)
                for job in jobs
            )
        ]

    def _add_time_off_remarks(self, outcome, period, rules):
        """Approved time off of people paid here that made no hours, by leave type."""
        people = self._paid_in(period, rules)
        reader = self.env["loket.booking"]
        missing = reader._time_off_without_hours(period, people)
        for leave_type, employees in missing.items():
            hour_type = reader._leave_hour_type(leave_type)
            if HOURS.source(hour_type) in rules.not_sent:
                continue
            names = ", ".join(employees.sorted("name").mapped("name"))
            kind = Name("record", (leave_type._name, leave_type.id), leave_type.name)
            remark = Remark("time_off", detail=joined(": ", (kind, names)))
            outcome.remarks[remark] = Amount()

    def _add_department_remarks(self, outcome, period, rules):
        """Whose department was changed in place since the last file was made.

        As superuser: a clerk may not see versions, and is told of those in the file.
        """
        made_on = self._last_made_on()
        if not made_on or not rules.with_unit:
            return
        versions_sudo = (
            self.env["hr.version"]
            .sudo()
            .search(
                [
                    ("employee_id", "in", [cell.employee for cell in outcome.cells]),
                    ("loket_department_changed_on", ">=", made_on),
                    # A version made since is how it is to be done.
                    ("create_date", "<=", made_on),
                    ("date_version", "<=", period.end),
                ]
            )
        )
        for version in versions_sudo:
            nothing = self._lt("no department")
            was = version.loket_department_was_id.name or nothing
            now = version.department_id.name or nothing
            moved = Text("%(was)s → %(now)s", {"was": was, "now": now})
            remark = Remark(
                "department",
                version.employee_id.id,
                detail=moved,
                day=version.date_version,
            )
            outcome.remarks[remark] = Amount()

    def _last_made_on(self):
        """When the last file was made, which does not know what changed since; or None.

        As superuser: a clerk may not see all of them.
        """
        # What a file of another period has already may be news to that of this one.
        last = self.sudo()._latest() or self.sudo().search(
            [("connection_id", "=", self.connection_id.id), ("is_latest", "=", True)]
        )
        return max((made for made in last.mapped("made_on") if made), default=None)

    def _add_company_remarks(self, outcome, period, lists, rules):
        """Whose days may be counted by the components of another company.

        And of which components of one company one counts for both.
        """
        for source, counting in lists.twins.items():
            name = self._source_name(WAGES, source.id)
            outcome.remarks[Remark("days_once", source=counting, detail=name)] = (
                Amount()
            )
        if not rules.counted:
            return
        start = fields.Datetime.to_datetime(period.start)
        since = min(self._last_made_on() or start, start)
        # As superuser: a clerk sees neither versions nor each company.
        versions_sudo = self.env["hr.version"].sudo()
        companies_sudo = self.env["res.company"].sudo()
        for doubt in doubts(
            versions_sudo._loket_versions(self._people()),
            rules,
            self._paths_of_companies(),
            period,
            since,
        ):
            now, other = (
                companies_sudo.browse(company).name
                for company in (doubt.company, doubt.other)
            )
            told = Text("%(was)s → %(now)s", {"was": other, "now": now})
            if doubt.reason == "company_differs":
                told = Text("%(now)s / %(was)s", {"was": other, "now": now})
            remark = Remark(doubt.reason, doubt.employee, detail=told, day=doubt.start)
            outcome.remarks[remark] = Amount()

    def _remarks_of_kinds(self, period, rules, people):
        """What is to be known of a kind of booking; addons with one more extend it.

        :param period: a ``periods.Period``
        :param people: ids of the employees who are paid here in it
        :return: {``Remark``: ``Amount``}
        """
        return self._twins("twins", period, people, rules)

    def _remarks_of_late(self, days, rules, kind, people, name):
        """The same, of what is late; a period and a kind at a time.

        :param days: the days of the earlier period, as a ``periods.Period``
        :param kind: name of the kind of booking
        :param people: ids of the employees of whom something of it is late
        :param name: what that period is called
        :return: {``Remark``: ``Amount``}
        """
        if kind != WAGES.name:
            return {}
        return self._twins("twins_late", days, people, rules, name)

    def _twins(self, reason, period, people, rules, name=None):
        """Whose wage entry stands there once more: a spreadsheet imported twice.

        What recurs tells of itself.

        :return: {``Remark``: ``Amount``}, of what may be too much
        """
        # As superuser: a clerk need not see each employee's company.
        entries_sudo = self.env["hr.wage.entry"].sudo()
        twins = entries_sudo._twins(period.start, period.end, people)
        return {
            Remark(
                reason, employee, source=source, detail=name, day=day, counted=count
            ): Amount(value=exact(value))
            for (employee, component), (day, count, value) in twins.items()
            if (source := WAGES.source(component)) not in rules.not_sent
        }

    def _remark_vals(self, outcome):
        """What a clerk is to know of what is in the file."""
        names = self._names_of({remark.employee for remark in outcome.remarks} - {None})
        vals_list = []
        for remark, amount in outcome.remarks.items():
            source = self._source_vals(remark.source)
            vals_list.append(
                {
                    "reason": remark.reason,
                    "employee_id": remark.employee,
                    "name": names.get(remark.employee),
                    "employment_id": remark.job,
                    "employment_ids": [Command.set(remark.jobs)],
                    "detail": remark.detail,
                    "day": remark.day,
                    "booking_kind": source.get("booking_kind"),
                    "source_id": remark.source.id if remark.source else False,
                    "hours": float(rounded(amount.hours)),
                    "value": float(rounded(amount.value)),
                    "counted": float(remark.counted or 0),
                }
            )
        return vals_list

    def _names_of(self, employee_ids):
        """{employee: name}; as superuser, for who is left out must be named."""
        people_sudo = self.env["hr.employee"].sudo().browse(employee_ids)
        return {person.id: person.name for person in people_sudo}

    def _source_vals(self, source):
        """The kind of booking, and what it is of: an hour type, a wage component."""
        if not source:
            return {}
        kind = self.env["loket.booking"]._kind_named(source.kind)
        return {"booking_kind": kind.name, kind.field: source.id or False}

    def _left_out_detail(self, problem):
        """What to look at: the hour type or component, the department, the code."""
        parts = []
        if problem.source:
            kind = self.env["loket.booking"]._kind_named(problem.source.kind)
            parts.append(self._source_name(kind, problem.source.id))
        if problem.reason in ("no_cost_center", "unknown_unit", "bad_unit"):
            department_sudo = self.env["hr.department"].sudo()
            department_sudo = department_sudo.browse(problem.department)
            nothing = self._lt("no department")
            parts.append(department_sudo.name or nothing)
        if problem.reason == "negative":
            parts.append(self._lt("component %(code)s", code=problem.code))
        elif problem.code:
            parts.append(problem.code)
        return joined(", ", parts)

    def _source_name(self, kind, source_id):
        """What was booked on, as its reader calls it.

        :param kind: the BookingKind
        :param source_id: of the source; None: what was booked has none
        """
        if not source_id:
            return Name("kind", (kind.name,), self.env._(kind.unnamed))
        # As superuser: it is only named.
        source_sudo = self.env[kind.source_model].sudo().browse(source_id)
        return Name("record", (kind.source_model, source_id), source_sudo.display_name)


def _ref_of(cell, *refs):
    """The reference of the employment of a cell, where it is found first.

    :param refs: as ``_employment_refs`` gives them
    """
    key = cell.employee, cell.payroll_number
    return next((known[key] for known in refs if key in known), False)


def cell_vals(cell, names):
    """The field values by which a person knows a cell.

    :param names: {component: what it is called}
    """
    return {
        "employee_id": cell.employee,
        "payroll_number": cell.payroll_number,
        "distribution_unit": str(cell.unit) if cell.unit else False,
        "component_code": cell.component,
        "component_name": names.get(cell.component),
    }


def _creations(vals_list):
    return [Command.create(vals) for vals in vals_list]


def _replacements(vals_list):
    return [Command.clear(), *_creations(vals_list)]


def _kind_of_change(change):
    if change.before is None:
        return "new"
    return "gone" if change.now is None else "changed"
