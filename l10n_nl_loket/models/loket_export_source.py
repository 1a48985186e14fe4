# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads from Odoo what the payroll file is made of; the rules are elsewhere."""

from collections import defaultdict
from decimal import Decimal

from odoo import models

from .export_collect import Booking, History, Job, Rules, active_job

LINKED = ("add", "link")


class LoketExport(models.Model):
    _inherit = "loket.export"

    def _bookings(self, rules):
        """Everything of the period: hours, wage entries, counted days.

        Read as superuser within one company: the clerk must not need to see each
        project to pay the hours on it, and a hidden line would be an unpaid one.
        """
        hours = self._hour_bookings()
        wages = self._wage_bookings()
        return hours + wages + self._counted_days(hours, wages, rules)

    def _period_domain(self):
        return [
            ("date", ">=", self.date_from),
            ("date", "<=", self.date_to),
            ("employee_id.company_id", "=", self.company_id.id),
        ]

    def _hour_bookings(self):
        domain = [("project_id", "!=", False), *self._period_domain()]
        lines = (
            self.env["account.analytic.line"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                domain,
                [
                    "employee_id",
                    "date",
                    "work_entry_type_id",
                    "unit_amount",
                    "product_uom_id",
                ],
                order="date, id",
            )
        )
        hour = self.env.ref("uom.product_uom_hour")
        per_unit = {
            unit: Decimal(str(unit.factor)) / Decimal(str(hour.factor))
            for unit in lines.product_uom_id
        }
        return [
            Booking(
                line.employee_id.id,
                line.date,
                ("hours", line.work_entry_type_id.id),
                Decimal(str(line.unit_amount)) * per_unit.get(line.product_uom_id, 1),
            )
            for line in lines
        ]

    def _wage_bookings(self):
        entries = (
            self.env["hr.wage.entry"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                self._period_domain(),
                ["employee_id", "date", "wage_component_id", "value"],
                order="date, id",
            )
        )
        return [
            Booking(
                entry.employee_id.id,
                entry.date,
                ("wage", entry.wage_component_id.id),
                Decimal(str(entry.value)),
            )
            for entry in entries
        ]

    def _counted_days(self, hours, wages, rules):
        """One booking per worked day for each component that counts days.

        Time off is not worked. Days entered by hand for somebody replace the count.
        """
        counting = [
            component.id
            for component in self._wage_components()
            if component.unit == "days" and ("wage", component.id) in rules.codes
        ]
        if not counting:
            return []
        time_off = self._time_off_types()
        worked = defaultdict(Decimal)
        for booking in hours:
            if booking.source[1] not in time_off:
                worked[booking.employee, booking.day] += booking.quantity
        by_hand = {(booking.employee, booking.source[1]) for booking in wages}
        return [
            Booking(employee, day, ("wage", component), Decimal(1))
            for component in counting
            for (employee, day), quantity in worked.items()
            if quantity > 0
            and (employee, component) not in by_hand
            and active_job(rules.jobs.get(employee, ()), day)
        ]

    def _wage_components(self):
        mappings = self._component_mappings()
        return mappings.wage_component_id

    def _time_off_types(self):
        types = self.env["hr.work.entry.type"].sudo().with_context(active_test=False)
        return set(types.search([("is_leave", "=", True)]).ids)

    def _component_mappings(self):
        return (
            self.env["loket.component.mapping"]
            .sudo()
            .search([("connection_id", "=", self.connection_id.id)])
        )

    def _rules(self):
        connection = self.connection_id.sudo()
        jobs, elsewhere = self._jobs()
        return Rules(
            jobs=jobs,
            elsewhere=elsewhere,
            history=self._history(),
            codes=self._codes(),
            offered=self._offered(),
            units=self._units(),
            with_unit=connection.distribution == "distribution_unit",
            default_shift=connection.default_shift or None,
        )

    def _jobs(self):
        """Linked employments per employee: of this link, and of the others."""
        here, elsewhere = defaultdict(list), defaultdict(list)
        employments = (
            self.env["loket.employee"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("employee_id", "!=", False),
                    ("decision", "in", LINKED),
                ],
                order="id",
            )
        )
        for employment in employments:
            jobs = here if employment.connection_id == self.connection_id else elsewhere
            jobs[employment.employee_id.id].append(
                Job(
                    start=employment.start_date or None,
                    end=employment.end_date or None,
                    payroll_number=employment.payroll_number or None,
                    shift=employment.shift or None,
                )
            )
        return dict(here), dict(elsewhere)

    def _history(self):
        versions = (
            self.env["hr.version"]
            .sudo()
            .search_fetch(
                [
                    ("employee_id.company_id", "=", self.company_id.id),
                    ("employee_id.active", "in", [True, False]),
                ],
                ["employee_id", "date_version", "department_id"],
            )
        )
        return History(
            (version.employee_id.id, version.date_version, version.department_id.id)
            for version in versions
        )

    def _codes(self):
        codes = {}
        for mapping in self._component_mappings():
            code = str(mapping.component_code or "").strip()
            if not code:
                continue
            if mapping.work_entry_type_id:
                codes["hours", mapping.work_entry_type_id.id] = code
            if mapping.wage_component_id:
                codes["wage", mapping.wage_component_id.id] = code
        return codes

    def _offered(self):
        """Whether each component that Loket offers may be in the file.

        The list of the export's year; where that was not fetched, the newest one.
        None when there is no list at all: then any numeric code is accepted.
        """
        components = (
            self.env["loket.component"]
            .sudo()
            .search([("connection_id", "=", self.connection_id.id)])
        )
        if not components:
            return None
        years = set(components.mapped("year"))
        year = self.year if self.year in years else max(years)
        return {
            int(component.code): component.collective
            for component in components
            if component.year == year and str(component.code).isdigit()
        }

    def _units(self):
        mappings = (
            self.env["loket.department.mapping"]
            .sudo()
            .search([("connection_id", "=", self.connection_id.id)])
        )
        return {
            mapping.department_id.id: mapping.cost_center_id.code
            for mapping in mappings
            if mapping.cost_center_id.code
        }
