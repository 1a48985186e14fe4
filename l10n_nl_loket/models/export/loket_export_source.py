# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads from Odoo what the payroll file is made of; the rules are elsewhere."""

from collections import defaultdict
from decimal import Decimal

from odoo import models

from ...payroll.landing import Booking, History, Job, Rules
from ..employee.loket_employee import LINKED

#: Categories of Loket whose components count hours (Loket's help page 115003970385).
HOUR_CATEGORIES = ("Uren", "Overwerk", "Tijd voor tijd", "Onregelmatige dienst")


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
            ("employee_id", "in", self._people()),
        ]

    def _people(self):
        """Those of the company, and those paid here who have moved to another one."""
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return employees._search(
            [
                "|",
                ("company_id", "=", self.company_id.id),
                ("loket_employee_ids.connection_id", "=", self.connection_id.id),
            ]
        )

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
            if component.active
            and component.unit == "days"
            and ("wage", component.id) in rules.codes
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
            and rules.pays(employee, day)
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
        return Rules(
            connection=self.connection_id.id,
            jobs=self._jobs(),
            history=self._history(),
            codes=self._codes(),
            offered=self._offered(),
            hour_codes=self._hour_codes(),
            units=self._units(),
            with_unit=self.distribution == "distribution_unit",
            default_shift=self.connection_id.default_shift or None,
        )

    def _jobs(self):
        """Linked employments per employee, of this link and of others that pay.

        A link that is archived pays nobody, nor does one of another environment: what
        is tried out on Loket's acceptance must not take hours from a real file.
        """
        jobs = defaultdict(list)
        employments = (
            self.env["loket.employee"]
            .sudo()
            .search(
                [
                    ("employee_id", "in", self._people()),
                    ("decision", "in", LINKED),
                    "|",
                    ("connection_id", "=", self.connection_id.id),
                    "&",
                    "&",
                    ("in_loket", "=", True),
                    ("connection_id.active", "=", True),
                    ("connection_id.environment", "=", self.connection_id.environment),
                ],
                order="id",
            )
        )
        for employment in employments:
            jobs[employment.employee_id.id].append(
                Job(
                    connection=employment.connection_id.id,
                    start=employment.start_date or None,
                    end=employment.end_date or None,
                    payroll_number=employment.payroll_number or None,
                    shift=employment.shift or None,
                    in_loket=employment.in_loket,
                )
            )
        return dict(jobs)

    def _history(self):
        versions = (
            self.env["hr.version"]
            .sudo()
            .search_fetch(
                [("employee_id", "in", self._people())],
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

        None when there is no list at all: then any numeric code is accepted.
        """
        components = self._components()
        if not components:
            return None
        return {int(one.code): one.collective for one in components}

    def _hour_codes(self):
        components = self._components()
        return frozenset(
            int(one.code) for one in components if one.category in HOUR_CATEGORIES
        )

    def _components(self):
        """Those of the export's year; where that was not fetched, the newest ones."""
        components = (
            self.env["loket.component"]
            .sudo()
            .search([("connection_id", "=", self.connection_id.id)])
            .filtered(lambda one: one.code.isdigit())
        )
        years = components.grouped("year")
        return years.get(self.year) or years[max(years)] if years else components

    def _units(self):
        """{department: code of its distribution unit, None when it is no unit}"""
        mappings = (
            self.env["loket.department.mapping"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("cost_center_id", "!=", False),
                ]
            )
        )
        return {
            mapping.department_id.id: mapping.cost_center_id._unit_code()
            for mapping in mappings
        }
