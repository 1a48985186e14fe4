# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads from Odoo what the payroll file is made of; the rules are elsewhere."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from odoo import models

from ...payroll import (
    Catalogue,
    Component,
    Coverage,
    DayComponent,
    FileDays,
    History,
    Job,
    Measure,
    OtherFile,
    Rules,
    Source,
    counted_days,
    grain,
    mark_delivered,
    measure_of,
    twins,
    whose_days,
)
from ...payroll_file import component_number, unit_number
from ...people import shifts
from ...people.known import LINKED
from ...words import Text
from ..booking.loket_booking import HOURS
from ..translated import translated

#: What is read of an employment; all that Loket told of it is ten times as much.
FIELDS_OF_A_JOB = [
    "connection_id",
    "employee_id",
    "end_date",
    "former_administration_ref",
    "gets_hours",
    "hours_by_loket",
    "hours_project_ids",
    "in_loket",
    "is_on_call",
    "number_waits",
    "payroll_number",
    "salaried_hours",
    "shift",
    "shifts",
    "start_date",
    "vanished_on",
]


@dataclass(frozen=True)
class Lists:
    """What Loket offers and what is mapped to it, read once for a whole refresh.

    :param catalogue: the components that Loket offers, of all years
    :param codes: {source: what it is mapped to}
    :param measures: {source: what its bookings count}
    :param confirmed: {source: what a manager said yes to}
    :param normal_hours: the sources whose hours a fixed salary pays
    :param day_components: the sources whose value is the number of worked days
    :param counted: {source: ids of the companies whose days it counts}, where these are
        not all
    :param twins: {source that counts days: the one that counts them in its place}
    :param not_sent: the sources that have no code on purpose
    :param units: {department id: Loket's code of its unit, None when it is no unit}
    :param unit_names: {number of a cost center or unit: what it is called}
    """

    catalogue: Catalogue
    codes: dict[Source, str]
    measures: dict[Source, Measure | None]
    confirmed: dict[Source, str]
    day_components: list[Source]
    counted: dict[Source, frozenset[int]]
    twins: dict[Source, Source]
    not_sent: set[Source]
    normal_hours: set[Source]
    units: dict[int, str | None]
    unit_names: dict[int, str]


class LoketExport(models.Model):
    """Reads from Odoo what the payroll file is made of."""

    _inherit = "loket.export"

    def _bookings(self, period, lists, rules, among=None):
        """Everything of a period: what is booked, and the days counted from it.

        What is of the file of another period, which has the same days, says so.

        :param period: a ``periods.Period``, of this export or another one
        :param among: ids of employees, where only these matter; None: all
        :return: list of ``Booking``, and list of ``Worked``: of its own days
        """
        own, others = [], []
        coverage = self._coverage(period)
        grain = self._grain(period, coverage, rules)
        people = self._people(among)
        for booking in self.env["loket.booking"]._bookings(period, people, grain):
            file = coverage.owner(booking.day)
            if file.is_draft:
                own.append(booking)
            else:
                name = self._name_of_days(file.days)
                others.append(replace(booking, other_period=name))
        worked = [
            one
            for one in self._worked_days(period, lists, grain, among)
            if coverage.owner(one.day).is_draft
        ]
        booked = self._with_days(own, lists, rules, worked)
        booked = mark_delivered(booked, self._other_files(booked, lists, rules), rules)
        return booked + others, worked

    def _grain(self, period, coverage, rules):
        """What is not to be added up of what is booked in some days.

        :param period: a ``periods.Period``: from the first to the last day
        :param coverage: of which file each day is
        :param rules: of any period
        """
        return grain(
            rules,
            period.start,
            period.end,
            common=coverage.turns(),
            apart=self._people_elsewhere(period),
        )

    def _worked_days(self, period, lists, grain, among=None):
        """On how many days people worked, where some component counts them.

        :param among: ids of employees, where only these matter; None: all
        :return: list of ``Worked``
        """
        if not lists.day_components:
            return []
        return self.env["loket.booking"]._worked_days(
            period, self._people(among), self._time_off(), grain
        )

    def _with_days(self, booked, lists, rules, worked=None):
        """What is booked in one period, and the days counted from it.

        :param booked: list of ``Booking``
        :param worked: list of ``Worked``; None: as those bookings tell
        """
        if not lists.day_components:
            return booked
        # Counted last: what is entered by hand replaces the count.
        days = counted_days(
            booked, lists.day_components, self._time_off(), rules, worked
        )
        return booked + days

    def _other_files(self, booked, lists, rules):
        """What other links delivered, in these days, of the people paid here.

        As superuser, whoever sees them: also those of a link that is archived, and of
        an administration that a link was for, this one too.

        :param booked: list of ``Booking``; what was delivered of them is looked for
        :return: list of ``OtherFile``, the last one first
        """
        files_sudo = self.sudo().with_context(active_test=False)
        others = self._domain_elsewhere()
        # Most companies have one administration, and nothing to look for.
        if not files_sudo.search_count(others, limit=1):
            return []
        paid = [booking for booking in booked if rules.pays(booking)]
        if not paid:
            return []
        people = {booking.employee for booking in paid}
        files_sudo = files_sudo.search(
            [
                *others,
                ("date_from", "<=", max(booking.day for booking in paid)),
                ("date_to", ">=", min(booking.day for booking in paid)),
                "|",
                (
                    "line_ids",
                    "any",
                    [("employee_id", "in", list(people)), ("in_file", "=", True)],
                ),
                # or in a later file, that took it along
                ("id", "in", self._files_of_taken(people).ids),
            ]
        )
        return [
            file_sudo._as_other_file(people, lists, rules) for file_sudo in files_sudo
        ]

    def _domain_elsewhere(self):
        """Domain of the files that count of other links, and of who this one was of."""
        connection = self.connection_id
        return [
            ("is_latest", "=", True),
            ("connection_id.environment", "=", connection.environment),
            "|",
            ("connection_id", "!=", connection.id),
            ("client_number", "!=", self.client_number),
        ]

    def _people_elsewhere(self, period):
        """Ids of those of whom other links delivered something in these days.

        Of what is booked of them the earliest is what was delivered.

        :param period: a ``periods.Period``
        """
        # As superuser: what was delivered was delivered, whoever may see it.
        files_sudo = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    *self._domain_elsewhere(),
                    ("date_from", "<=", period.end),
                    ("date_to", ">=", period.start),
                ]
            )
        )
        if not files_sudo:
            return set()
        lines = [("export_id", "in", files_sudo.ids), ("in_file", "=", True)]
        taken = [
            (
                "period_export_id",
                "any",
                [("connection_id", "in", files_sudo.connection_id.ids)],
            ),
            ("taken", "=", True),
            ("export_id.is_latest", "=", True),
        ]
        found_sudo = files_sudo.env["loket.export.line"]._read_group(
            lines, ["employee_id"]
        ) + files_sudo.env["loket.export.late"]._read_group(taken, ["employee_id"])
        return {employee_sudo.id for (employee_sudo,) in found_sudo}

    def _files_of_taken(self, people):
        """The files that count of the periods that others took something along of.

        :param people: ids of the employees of whom it was
        """
        # As superuser: what was delivered was delivered, whoever may see it.
        taken_sudo = self.env["loket.export.late"].sudo()
        files_sudo = taken_sudo.search(
            [
                ("employee_id", "in", list(people)),
                ("taken", "=", True),
                ("export_id.is_latest", "=", True),
            ]
        ).period_export_id
        return self.sudo().union(*(file_sudo._latest() for file_sudo in files_sudo))

    def _as_other_file(self, people, lists, rules):
        """This file, as one that wants to pay the same people sees it.

        :param people: ids of the employees
        :param lists: what is mapped for the one who asks
        :param rules: of the one who asks: who pays whom today
        """
        connection = self.connection_id
        is_of_now = self.client_number == connection.client_number
        is_own = connection.id == rules.connection
        ids = {job.id for jobs in rules.jobs.values() for job in jobs}
        delivered, components = self._delivered(), None
        if delivered.is_coarse:  # a file of before the sources were kept
            delivered = delivered.coarse()
            components = {
                source: component_number(code) or 0
                for source, code in self._codes(connection)["codes"].items()
            }
        sums = defaultdict(Decimal)
        for piece, quantity in delivered.pieces.items():
            # The number of an administration may be corrected: the same employments.
            is_renumbered = is_own and not is_of_now and piece.job in ids
            if piece.cell.employee in people and not is_renumbered:
                sums[piece.cell.employee, piece.source] += quantity
        period, coverage = self._payroll_period(), self._coverage()
        booked = [
            booking
            for booking in self.env["loket.booking"]._bookings(period, list(people))
            if coverage.owner(booking.day).key == (self.year, self.period)
        ]
        theirs = replace(rules, connection=connection.id)
        return OtherFile(
            connection=connection.id if is_of_now else None,
            name=f"{connection.name}, {self.display_name}",
            start=period.start,
            end=period.end,
            delivered=sums,
            booked=self._with_days(booked, lists, theirs),
            components=components,
            ours=self._with_days(booked, lists, rules),
        )

    def _coverage(self, draft=None):
        """Of which file of this administration each day is.

        :param draft: a ``periods.Period`` that has no file yet, or is made again;
            None: of the files that count alone
        :return: a ``Coverage``
        """
        # As superuser: what was made was made, whoever may see it.
        made_sudo = self.sudo().search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("client_number", "=", self.client_number),
                ("attachment_id", "!=", False),
                ("date_from", "!=", False),
            ]
        )
        since = {}
        for file_sudo in made_sudo.sorted(lambda file: file.attachment_id.id):
            since.setdefault(file_sudo._payroll_period(), file_sudo.attachment_id.id)
        connection = self.connection_id
        calendar = connection._calendar()
        is_of_now = self.client_number == connection.client_number
        files = [
            FileDays(
                days := file_sudo._payroll_period(),
                calendar.period(days.year, days.number) if is_of_now else None,
                since[days],
            )
            for file_sudo in made_sudo.filtered("is_latest")
        ]
        if draft:
            key = draft.year, draft.number
            first = since.get(draft, max(since.values(), default=0) + 1)
            files = [file for file in files if file.key != key]
            files.append(FileDays(draft, None, first, is_draft=True))
        return Coverage(files)

    def _name_of_days(self, period):
        """A period with its days, which may not be those of now.

        :param period: a ``periods.Period``
        """
        name = self._name_of_period(period)
        days = {"first": period.start, "last": period.end}
        text = Text("%(name)s (%(first)s - %(last)s)", {"name": name, **days})
        return translated(self.env, text)

    def _people(self, among=None):
        """Those of the company, and those paid here who have moved to another one.

        And of the branches that nobody else pays: nobody else would miss their hours.

        As superuser, and who left too: their last hours are to be paid, and a clerk
        need not see who works where.

        :param among: ids of employees, where only these matter; None: all
        """
        employees_sudo = self.env["hr.employee"].sudo().with_context(active_test=False)
        return employees_sudo._search(
            [
                *([] if among is None else [("id", "in", list(among))]),
                "|",
                ("company_id", "in", self._companies()),
                ("loket_employee_ids.connection_id", "=", self.connection_id.id),
            ]
        )

    def _companies(self):
        """Ids of the company, and of the branches that have no connection of their own.

        A branch of a branch that has one is paid there too.
        """
        # As superuser: a clerk need not see each branch.
        companies_sudo = self.company_id.sudo()
        own_sudo = companies_sudo.search([("id", "child_of", self.company_id.id)])
        branches_sudo = own_sudo - companies_sudo
        paid_sudo = (
            self.env["loket.connection"]
            .sudo()
            .search(
                [
                    ("company_id", "in", branches_sudo.ids),
                    # What is tried out on Loket's acceptance pays nobody.
                    ("environment", "=", self.connection_id.environment),
                ]
            )
            .company_id
        )
        return own_sudo.filtered(lambda own: not own.parent_ids & paid_sudo).ids

    def _time_off(self):
        """The sources whose hours were not worked; archived hour types too."""
        types_sudo = self.env["hr.work.entry.type"].sudo()
        leaves_sudo = types_sudo.with_context(active_test=False).search(
            [("is_leave", "=", True)]
        )
        return {HOURS.source(leave) for leave in leaves_sudo}

    # === WHAT LOKET OFFERS, AND WHAT IS MAPPED TO IT === #

    def _lists(self):
        """Read once what each of the questions below is about.

        As superuser: a clerk makes the file, and only a manager may see the tables.
        """
        connection_sudo = self.connection_id.sudo()
        return Lists(
            catalogue=self._catalogue(connection_sudo),
            **self._codes(connection_sudo),
            units=self._units(connection_sudo),
            unit_names=self._unit_names(connection_sudo),
        )

    def _of_connection(self, connection_sudo, model):
        """The list of the connection, whole; with the rights that it was given."""
        own = [("connection_id", "=", connection_sudo.id)]
        return connection_sudo.env[model].search(own)

    def _catalogue(self, connection_sudo):
        """The components of all years; what Loket no longer offers is archived."""
        return Catalogue(
            (
                component.year,
                number,
                Component(
                    name=component.name,
                    collective=component.collective,
                    measure=measure_of(component.category),
                ),
            )
            for component in self._of_connection(connection_sudo, "loket.component")
            if (number := component_number(component.code))
        )

    def _codes(self, connection_sudo):
        """What is mapped: the codes, what is counted, what was confirmed of it.

        :return: fields of ``Lists``
        """
        codes, measures, confirmed = {}, {}, {}
        days, not_sent, normal_hours = [], set(), set()
        bookings = self.env["loket.booking"]
        for mapping in self._of_connection(connection_sudo, "loket.component.mapping"):
            code = (mapping.component_code or "").strip()
            kind = bookings._kind_of(mapping)
            if not kind:
                continue
            record = mapping[kind.field]
            source = kind.source(record)
            if mapping.is_skipped:
                not_sent.add(source)
            if mapping.normal_hours:
                normal_hours.add(source)
            if not code:
                continue
            codes[source] = code
            measures[source] = kind.measure(record)
            confirmed[source] = mapping.confirmed_for
            if kind.day_sources and record.filtered_domain(kind.day_sources):
                company, number = record.company_id.id, component_number(code)
                days.append(DayComponent(source, company, number))
        return {
            "codes": codes,
            "measures": measures,
            "confirmed": confirmed,
            "day_components": [one.source for one in days],
            "counted": whose_days(
                days,
                self._paths_of_companies() if days else {},
                connection_sudo.company_id.id,
            ),
            "twins": twins(days),
            "not_sent": not_sent,
            "normal_hours": normal_hours,
        }

    def _paths_of_companies(self):
        """{company: ids from the highest company above it down to itself}"""
        # As superuser, and archived ones too: whoever asks, days are of some company.
        companies_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        return {
            company.id: company.parent_ids.ids for company in companies_sudo.search([])
        }

    def _units(self, connection_sudo):
        """{department: code of its distribution unit, None when it is no unit}"""
        mappings = self._of_connection(connection_sudo, "loket.department.mapping")
        return {
            mapping.department_id.id: mapping.cost_center_id._unit_code()
            # A unit that no department has is nobody's, not of who has no department.
            for mapping in mappings.filtered("department_id").filtered("cost_center_id")
        }

    def _unit_names(self, connection_sudo):
        """{number: name}; archived ones too, for a file of before has them still."""
        centers_sudo = self._of_connection(
            connection_sudo.with_context(active_test=False), "loket.cost.center"
        )
        return {
            number: center.name
            for center in centers_sudo
            if (number := unit_number(center.code))
        }

    # === THE RULES === #

    def _rules(self, period, lists, among=None):
        """Everything that decides where a booking of a period goes.

        :param period: a ``periods.Period``, of this export or another one
        :param among: ids of employees, where only their bookings matter; None: all
        """
        return Rules(
            connection=self.connection_id.id,
            jobs=self._jobs(among),
            history=self._history(among),
            codes=lists.codes,
            not_sent=lists.not_sent,
            undecided=self._undecided_jobs(),
            links=self._links(),
            sends_delivered=self.send_delivered,
            measures=lists.measures,
            confirmed=lists.confirmed,
            offered=lists.catalogue.of(period.year),
            units=lists.units,
            with_unit=self.distribution == "distribution_unit",
            default_shift=self.connection_id.default_shift or None,
            normal_hours=lists.normal_hours,
            salaried_hours=self.connection_id.salaried_hours or None,
            writes_zero=self.connection_id.write_zero,
            counted=lists.counted,
            companies=self._companies_through_time(lists, among),
        )

    def _jobs(self, among=None):
        """Linked employments per employee, of this link and of others that pay.

        A link that is archived pays nobody, nor does one of another environment: what
        is tried out on Loket's acceptance must not take hours from a real file. As
        superuser: who is linked elsewhere decides too, whoever may see that.
        """
        jobs = defaultdict(list)
        employments_sudo = (
            self.env["loket.employee"]
            .sudo()
            .search_fetch(
                [
                    ("employee_id", "in", self._people(among)),
                    ("decision", "in", LINKED),
                    "|",
                    ("connection_id", "=", self.connection_id.id),
                    "&",
                    ("connection_id.active", "=", True),
                    ("connection_id.environment", "=", self.connection_id.environment),
                ],
                FIELDS_OF_A_JOB,
                order="id",
            )
        )
        for employment in employments_sudo:
            if employment._is_of_former_administration():
                continue  # its number is somebody else's at the present one
            jobs[employment.employee_id.id].append(_job(employment))
        # They may be a hundred thousand, and are not needed as records any more.
        employments_sudo.invalidate_recordset()
        return dict(jobs)

    def _undecided_jobs(self):
        """Employments that nobody has decided on, by whom they are sure to be of.

        At all links of the company that pay. As superuser: whose hours wait for a
        decision is told, whoever may see the employment.
        """
        rows_sudo = (
            self.env["loket.employee"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("decision", "=", "pending"),
                    ("in_loket", "=", True),
                    ("connection_id.active", "=", True),
                    ("connection_id.environment", "=", self.connection_id.environment),
                ],
                order="id",
            )
        )
        jobs = defaultdict(list)
        for row, finding in rows_sudo._findings().items():
            if finding.employee_id and finding.is_strong:
                jobs[finding.employee_id].append(_job(row))
        return dict(jobs)

    def _links(self):
        """{id of a link: what it is called}; as superuser, for they are only named."""
        links_sudo = self.env["loket.connection"].sudo()
        links_sudo = links_sudo.with_context(active_test=False).search(
            [("environment", "=", self.connection_id.environment)]
        )
        return {link.id: link.name for link in links_sudo}

    def _history(self, among=None):
        """Who was in which department when; as superuser, for a clerk sees none."""
        # Not as records: there are as many as ever worked here, and each would stay in
        # memory.
        versions_sudo = self.env["hr.version"].sudo()
        query = versions_sudo._search([("employee_id", "in", self._people(among))])
        columns = [
            versions_sudo._field_to_sql(versions_sudo._table, name, query)
            for name in ("employee_id", "date_version", "department_id")
        ]
        return History(self.env.execute_query(query.select(*columns)))

    def _companies_through_time(self, lists, among=None):
        """Who was in which company when, where some component asks for it.

        As superuser, for a clerk sees neither versions nor each company.
        """
        if not lists.counted:
            return History([])
        versions_sudo = self.env["hr.version"].sudo()
        return History(versions_sudo._loket_companies(self._people(among)))


def _job(employment):
    """The plain value of a ``loket.employee``."""
    return Job(
        connection=employment.connection_id.id,
        start=employment.start_date or None,
        end=employment.end_date or None,
        payroll_number=employment.payroll_number or None,
        shift=employment.shift or None,
        shifts=tuple(shifts.from_json(employment.shifts)),
        in_loket=employment.in_loket,
        number_waits=employment.number_waits,
        id=employment.id,
        gone_since=employment.vanished_on or None,
        salaried=employment.hours_by_loket and not employment.is_on_call,
        salaried_hours=employment.salaried_hours or None,
        is_chosen=employment.gets_hours,
        projects=frozenset(employment.hours_project_ids.ids),
    )
