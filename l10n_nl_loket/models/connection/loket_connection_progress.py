# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_datetime

from ...payroll import measure_of
from ...payroll_file import PayrollCalendar, component_number
from ..booking.loket_booking import HOURS, WAGES
from .loket_connection import CHECK, DECIDE, WAITS

#: The employments that Loket gives.
IN_LOKET = Domain("in_loket", "=", True)
#: Those that are being carried out.
QUEUED = IN_LOKET & Domain("is_queued", "=", True)
#: Those that wait for a decision. One that could not be carried out is to be looked at
#: again.
PENDING = (
    IN_LOKET
    & Domain("is_queued", "=", False)
    & Domain("decision", "!=", "ignore")
    & Domain("employee_id", "=", False)
)
#: Those of which a person is to look at something.
TO_CHECK = IN_LOKET & Domain("to_check", "=", True)
#: Those of which a night left something to a person.
WAITING = (
    Domain("is_held", "=", True)
    | Domain("is_other_person", "=", True)
    | Domain("vanished_on", "!=", False)
)
#: After so many days without a night that read the employees, a clerk is warned.
STALE_DAYS = 2


class LoketConnection(models.Model):
    """How far each part of a connection is: how many are done, of how many."""

    _inherit = "loket.connection"

    cost_center_count = fields.Integer(compute="_compute_list_counts")
    component_count = fields.Integer(compute="_compute_list_counts")
    departments_total = fields.Integer(compute="_compute_departments")
    departments_done = fields.Integer(compute="_compute_departments")
    hour_types_total = fields.Integer(compute="_compute_hour_types")
    hour_types_done = fields.Integer(compute="_compute_hour_types")
    wage_components_total = fields.Integer(compute="_compute_wage_components")
    wage_components_done = fields.Integer(compute="_compute_wage_components")
    has_code = fields.Boolean(
        compute="_compute_has_code",
        help="Whether anything that is booked has a component code.",
    )
    employees_total = fields.Integer(compute="_compute_employees")
    employees_done = fields.Integer(compute="_compute_employees")
    employees_pending = fields.Integer(compute="_compute_employees")
    employees_linked = fields.Integer(compute="_compute_employees")
    employees_queued = fields.Integer(compute="_compute_employees")
    employees_problem = fields.Integer(compute="_compute_employees")
    employees_salaried = fields.Integer(
        "Employees on a Fixed Salary",
        compute="_compute_employees_salaried",
        help="Whose normal hours go as the connection says, once it does.",
    )
    employees_to_check = fields.Integer(compute="_compute_employees")
    employees_waiting = fields.Integer(compute="_compute_employees_waiting")
    can_let_pass = fields.Boolean(compute="_compute_employees_waiting")

    def _counts(self, model, *domain):
        """{connection: number of records of ``model`` in ``domain``}, in one query."""
        counts = dict(
            self.env[model]._read_group(
                [("connection_id", "in", self.ids), *domain],
                ["connection_id"],
                ["__count"],
            )
        )
        # On a form that is being edited a connection is not yet its record.
        return {connection: counts.get(connection._origin, 0) for connection in self}

    @api.depends("cost_center_ids", "component_ids")
    def _compute_list_counts(self):
        centers = self._counts("loket.cost.center")
        components = self._counts("loket.component")
        for connection in self:
            connection.cost_center_count = centers[connection]
            connection.component_count = components[connection]

    # === DEPARTMENTS === #

    @api.depends(
        "cost_center_ids.active",
        "department_mapping_ids.cost_center_id",
        "department_mapping_ids.department_id",
        "department_mapping_ids.is_mapped",
    )
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_departments(self):
        for connection in self:
            table = self.env["loket.department.mapping"]
            done, total = table._progress(connection._origin)
            connection.departments_done = done
            connection.departments_total = total

    def _own_departments(self):
        """Domain of the departments of the company, of its branches, and of none."""
        return [
            "|",
            ("company_id", "=", False),
            ("company_id", "child_of", self.company_id.id),
        ]

    def _units(self):
        """Loket's distribution units; else its cost centers.

        :return: ``loket.cost.center``
        """
        centers = self.cost_center_ids
        units = centers.filtered(lambda center: center.kind == "distribution_unit")
        return units or centers

    def _units_without_department(self):
        """Those of its units that no department has.

        :return: ``loket.cost.center``
        """
        # As superuser: a department out of sight has its unit all the same.
        lines_sudo = self.sudo().department_mapping_ids
        lines_sudo = lines_sudo.filtered("department_id.active")
        return self._units() - lines_sudo.cost_center_id.with_env(self.env)

    # === WHAT IS OUT OF SIGHT === #

    def _beyond_in_words(self, records_sudo):
        """What is open in companies that whoever looks does not see: how many.

        Nothing of it is named. Who can do it is.

        :param records_sudo: with a company, as superuser
        :return: empty where there is none
        """
        if not records_sudo:
            return ""
        number, user = len(records_sudo), self.env.user
        companies_sudo = records_sudo.company_id
        if companies_sudo <= user.sudo().company_ids:  # only chosen they are not
            return self.env._(
                "%(number)s in other companies: choose these too, at the top",
                number=number,
            )
        # As superuser: whom to ask is only named.
        connection_sudo = self._origin.sudo()
        managers_sudo = connection_sudo._managers().sudo()
        managers_sudo = (connection_sudo.user_id & managers_sudo) | managers_sudo
        able_sudo = managers_sudo.filtered(
            lambda user: companies_sudo <= user.company_ids
        )
        if not able_sudo:
            return self.env._(
                "%(number)s in other companies: ask an administrator of Odoo",
                number=number,
            )
        return self.env._(
            "%(number)s in other companies: ask %(name)s",
            number=number,
            name=able_sudo[0].name,
        )

    # === HOUR TYPES AND WAGE COMPONENTS === #

    @api.depends("component_mapping_ids.is_mapped")
    def _compute_hour_types(self):
        for connection in self:
            origin = connection._origin
            done, total = self.env["loket.component.mapping"]._progress(
                origin, HOURS, origin._hour_types_to_map()
            )
            connection.hour_types_done = done
            connection.hour_types_total = total

    def _hour_types_to_map(self):
        """The hour types that people here may book on, and those that they did.

        Odoo ships those of many countries: the general ones, those of the company's
        country, and those that timesheets use.
        """
        hour_types = self.env["hr.work.entry.type"]
        general = hour_types.search(
            [("country_id", "in", [self.company_id.country_id.id, False])]
        )
        # Of timesheets there may be millions: only of the others they are asked. As
        # superuser, and archived ones too: these hours are to be paid, whoever looks.
        foreign_sudo = (
            hour_types.sudo()
            .with_context(active_test=False)
            .search([("id", "not in", general.ids)])
        )
        return general | self._booked_hour_types(
            ("work_entry_type_id", "in", foreign_sudo.ids)
        )

    def _of_people_here(self):
        """The domain of what is booked by whom the table is for.

        Those of the company and its branches, and who is paid here and went to another
        company meanwhile.
        """
        return [
            "|",
            ("employee_id.company_id", "child_of", self.company_id.id),
            ("employee_id.loket_employee_ids.connection_id", "=", self.id),
        ]

    def _booked_hour_types(self, *domain):
        """Hour types on timesheets of people here."""
        # As superuser: who maps need not see every project, and sees its types only.
        groups = (
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [
                    *self._of_people_here(),
                    ("work_entry_type_id", "!=", False),
                    *domain,
                ],
                ["work_entry_type_id"],
            )
        )
        hour_types = self.env["hr.work.entry.type"]
        return hour_types.union(*(hour_type for (hour_type,) in groups))

    def _components_without_hour_type(self):
        """Components that hours may go to, and nothing goes to yet."""
        return self._components_free({"hours", None})

    def _components_without_wage_component(self):
        """Components that euros or a number of things may go to, and nothing does."""
        return self._components_free({"money", "units", None})

    def _components_free(self, measures):
        """Components of this year's list for the payroll file that no line has.

        :param measures: what they are to count; None: also those of which nobody knows
        :return: ``loket.component``, by number
        """
        years = set(self.component_ids.mapped("year"))
        today = fields.Date.context_today(self).year
        year = max((y for y in years if y <= today), default=max(years, default=0))
        lines = self.component_mapping_ids
        numbers = {component_number(line.component_code) for line in lines}
        return self.component_ids.filtered(
            lambda component: (
                component.year == year
                and component.collective
                and measure_of(component.category) in measures
                and component_number(component.code) not in {None, *numbers}
            )
        ).sorted(lambda component: component_number(component.code))

    @api.depends("component_mapping_ids.is_mapped")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_wage_components(self):
        for connection in self:
            origin = connection._origin
            done, total = self.env["loket.component.mapping"]._progress(
                origin, WAGES, origin._wage_components_to_map()
            )
            connection.wage_components_done = done
            connection.wage_components_total = total

    def _wage_components_to_map(self):
        """The wage components of the company, and of its branches: they book on own."""
        components = self.env["hr.wage.component"].search(
            [("company_id", "child_of", self.company_id.id)]
        )
        return components | self._booked_out_of_sight(WAGES, components)

    def _wage_components_beyond(self):
        """Those to be mapped that whoever looks does not find; as superuser."""
        return self._sources_beyond(
            WAGES,
            self._wage_components_to_map(),
            [("company_id", "child_of", self.company_id.id)],
        )

    def _sources_beyond(self, kind, sources, domain):
        """Sources of branches out of sight that have no row yet, as superuser.

        :param kind: a ``BookingKind`` whose sources are of companies
        :param sources: of which the table has a row, once it is opened
        :param domain: of all that the table is to have
        """
        table = self.env["loket.component.mapping"]
        rows = table.search(table._rows(self, kind))
        # As superuser: what is open is so, whoever looks. A company that is archived
        # nobody can choose; what is booked there is in the table all the same.
        all_sudo = sources.sudo().search(domain).filtered("company_id.active")
        return all_sudo - sources - rows[kind.field]

    def _booked_out_of_sight(self, kind, sources):
        """Sources that people here book on, and whoever maps does not find.

        :param kind: a ``BookingKind`` whose sources are of companies
        :param sources: those that are found
        """
        # As superuser, and archived ones too: of a branch that this person does not
        # see it is to be paid too, whoever looks.
        unseen_sudo = (
            sources.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "child_of", self.company_id.id),
                    ("id", "not in", sources.ids),
                ]
            )
        )
        if not unseen_sudo:
            return sources.browse()
        groups = (
            self.env[kind.booking_model]
            .sudo()
            ._read_group(
                [
                    *kind.domain,
                    (kind.field, "in", unseen_sudo.ids),
                    ("employee_id.loket_employee_ids.connection_id", "=", self.id),
                ],
                [kind.field],
            )
        )
        return sources.union(*(source for (source,) in groups))

    @api.depends("component_mapping_ids.component_code")
    def _compute_has_code(self):
        for connection in self:
            lines = connection.component_mapping_ids
            connection.has_code = any(line._has_code() for line in lines)

    def _last_full_dates(self):
        """Domain on ``date`` of the last period that is complete."""
        today = fields.Date.context_today(self)
        period = self._calendar().last_full(today) or PayrollCalendar(
            "month", ()
        ).last_full(today)
        return [("date", ">=", period.start), ("date", "<=", period.end)]

    # === EMPLOYEES === #

    @api.depends(
        "loket_employee_ids.decision",
        "loket_employee_ids.employee_id",
        "loket_employee_ids.in_loket",
        "loket_employee_ids.is_queued",
        "loket_employee_ids.problem",
        "loket_employee_ids.to_check",
    )
    def _compute_employees(self):
        total = self._counts("loket.employee", IN_LOKET)
        queued = self._counts("loket.employee", QUEUED)
        pending = self._counts("loket.employee", PENDING)
        linked = self._counts(
            "loket.employee", IN_LOKET & Domain("employee_id", "!=", False)
        )
        to_check = self._counts("loket.employee", TO_CHECK)
        # Also of those that Loket no longer gives: that is their problem.
        problem = self._counts("loket.employee", Domain("problem", "!=", False))
        for connection in self:
            connection.employees_total = total[connection]
            connection.employees_queued = queued[connection]
            connection.employees_linked = linked[connection]
            connection.employees_problem = problem[connection]
            connection.employees_to_check = to_check[connection]
            connection.employees_pending = pending[connection]
            connection.employees_done = (
                total[connection] - pending[connection] - queued[connection]
            )

    @api.depends(
        "loket_employee_ids.employee_id",
        "loket_employee_ids.hours_by_loket",
        "loket_employee_ids.in_loket",
        "loket_employee_ids.is_on_call",
        "loket_employee_ids.salaried_hours",
    )
    def _compute_employees_salaried(self):
        salaried = self._counts(
            "loket.employee",
            ("in_loket", "=", True),
            ("employee_id", "!=", False),
            ("hours_by_loket", "=", True),
            ("is_on_call", "=", False),
            ("salaried_hours", "=", False),
        )
        for connection in self:
            connection.employees_salaried = salaried[connection]

    @api.depends(
        "loket_employee_ids.is_held",
        "loket_employee_ids.is_other_person",
        "loket_employee_ids.vanished_on",
    )
    def _compute_employees_waiting(self):
        held = self._counts("loket.employee", ("is_held", "=", True))
        waiting = self._counts("loket.employee", WAITING)
        for connection in self:
            connection.employees_waiting = waiting[connection]
            connection.can_let_pass = bool(held[connection])

    def _end_waiting(self):
        """End what asks to look at what waits, where nothing does any more."""
        self._end_asking(WAITS, WAITING)

    def _end_checking(self):
        """End what asks to check employees, where nothing is left to look at."""
        self._end_asking(CHECK, TO_CHECK)

    def _end_deciding(self):
        """End what asks to decide, where nothing is left to decide on."""
        self._end_asking(DECIDE, PENDING)

    def _end_asking(self, kind, left):
        """End an activity, where nothing is left of what it asks about.

        After each batch of a first import: nothing is counted that nobody was asked.

        :param kind: the activity type
        :param left: the domain of the employments that it asks about
        """
        # As superuser: the activity is of the responsible person, not of who answers.
        activities_sudo = self.sudo().activity_search([kind])
        asked_sudo = self.sudo().browse(set(activities_sudo.mapped("res_id")))
        for connection_sudo in asked_sudo:
            of_connection = Domain("connection_id", "=", connection_sudo.id)
            Employee_sudo = connection_sudo.env["loket.employee"]
            if not Employee_sudo.search_count(left & of_connection, limit=1):
                connection_sudo.activity_unlink([kind])

    # === WHETHER IT IS OF TODAY === #

    def _stale_reasons(self):
        """Why what is known of the employees may not be what Loket has, in sentences.

        A payroll file goes by it: who came, who left, who has which number.
        """
        self.ensure_one()
        reasons = []
        runs = self.env["loket.sync.run"]
        own = [("connection_id", "=", self.id), ("state", "!=", "running")]
        last = runs.search(own, limit=1)
        since = self._last_sync_in_words()
        if self.state == "error":
            reasons.append(
                self.env._(
                    "Loket does not let this connection in any more, so employees and "
                    "periods are not renewed (%(since)s). Connect again.",
                    since=since,
                )
            )
        elif last.state == "failed":
            reasons.append(
                self.env._(
                    "The last synchronisation failed, so employees and periods are not "
                    "those of today (%(since)s). %(message)s",
                    since=since,
                    message=last.message or "",
                )
            )
        elif self._is_stale():
            reasons.append(
                self.env._(
                    "The employees are not those of today (%(since)s): synchronise "
                    "first. Who started, left or changed since is not in this file.",
                    since=since,
                )
            )
        read = runs.search([*own, ("state", "in", ("done", "partial"))], limit=1)
        unread = read.line_ids.filtered(lambda line: line.kind in ("failed", "kept"))
        if unread:
            names = list(dict.fromkeys(unread.mapped("name")))
            reasons.append(
                self.env._(
                    "The last synchronisation could not take over all of %(names)s: "
                    "check their dates and payroll numbers.",
                    names=runs._first_names(names),
                )
            )
        return reasons

    def _is_stale(self):
        """Whether the employees were read too long ago, or never."""
        oldest = fields.Datetime.subtract(fields.Datetime.now(), days=STALE_DAYS)
        return not self.last_sync_date or self.last_sync_date < oldest

    def _last_sync_in_words(self):
        if not self.last_sync_date:
            return self.env._("never synchronised")
        return self.env._(
            "last synchronised on %(day)s",
            day=format_datetime(
                self.env, self.last_sync_date, dt_format="d MMM y HH:mm"
            ),
        )
