# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ...gateway import LoketError
from ...payroll_file import periods


class LoketConnection(models.Model):
    """What is set up and what is left to do, and the way there."""

    _inherit = "loket.connection"

    cost_center_ids = fields.One2many("loket.cost.center", "connection_id")
    component_ids = fields.One2many("loket.component", "connection_id")
    department_mapping_ids = fields.One2many(
        "loket.department.mapping", "connection_id"
    )
    component_mapping_ids = fields.One2many("loket.component.mapping", "connection_id")
    cost_center_count = fields.Integer(compute="_compute_list_counts")
    component_count = fields.Integer(compute="_compute_list_counts")
    redirect_uri = fields.Char(
        "Redirect Address",
        compute="_compute_redirect_uri",
        help="Loket must know this address; give it to them with your application.",
    )
    departments_total = fields.Integer(compute="_compute_departments")
    departments_done = fields.Integer(compute="_compute_departments")
    hour_types_total = fields.Integer(compute="_compute_hour_types")
    hour_types_done = fields.Integer(compute="_compute_hour_types")
    wage_components_total = fields.Integer(compute="_compute_wage_components")
    wage_components_done = fields.Integer(compute="_compute_wage_components")
    next_step = fields.Selection(
        [
            ("connect", "Connect"),
            ("administration", "Choose the administration"),
            ("sync", "Fetch the employees"),
            ("departments", "Map departments"),
            ("hour_types", "Map hour types"),
            ("employees", "Decide on employees"),
            ("check", "Check departments and e-mail addresses"),
            ("export", "Make a payroll file"),
        ],
        compute="_compute_next_step",
    )

    def _compute_redirect_uri(self):
        for connection in self:
            connection.redirect_uri = connection._redirect_uri()

    @api.depends("cost_center_ids", "component_ids")
    def _compute_list_counts(self):
        centers = self._counts("loket.cost.center")
        components = self._counts("loket.component")
        for connection in self:
            connection.cost_center_count = centers.get(connection, 0)
            connection.component_count = components.get(connection, 0)

    def _counts(self, model, *domain):
        """{connection: number of records}, in one query."""
        counts = dict(
            self.env[model]._read_group(
                [("connection_id", "in", self.ids), *domain],
                ["connection_id"],
                ["__count"],
            )
        )
        # On a form that is being edited a connection is not yet its record.
        return {one: counts.get(one._origin, 0) for one in self}

    @api.depends("department_mapping_ids.is_mapped")
    def _compute_departments(self):
        done = self._counts(
            "loket.department.mapping",
            ("is_mapped", "=", True),
            ("department_id.active", "=", True),
        )
        for connection in self:
            connection.departments_done = done.get(connection, 0)
            connection.departments_total = len(connection._used_departments())

    def _used_departments(self):
        """Departments that need a cost center: those of the people linked here.

        While nobody is, those that anybody is in; while nobody is in one, all.
        """
        own = [("company_id", "in", [self.company_id.id, False])]
        everywhere = self.env["hr.department"].search(own)
        here = [("loket_employee_ids.connection_id", "in", self.ids)]
        used = self._departments_of(everywhere, here)
        used = used or self._departments_of(everywhere, []) or everywhere
        mappings = self.department_mapping_ids.filtered("is_mapped")
        return used | (mappings.department_id & everywhere)

    def _departments_of(self, departments, domain):
        """Those of ``departments`` that employees are in."""
        groups = (
            self.env["hr.employee"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("department_id", "in", departments.ids),
                    *domain,
                ],
                ["department_id"],
            )
        )
        return self.env["hr.department"].union(*(one for (one,) in groups))

    @api.depends("component_mapping_ids.is_mapped")
    def _compute_hour_types(self):
        done = self._counts(
            "loket.component.mapping",
            ("is_mapped", "=", True),
            ("work_entry_type_id", "!=", False),
        )
        for connection in self:
            connection.hour_types_done = done.get(connection, 0)
            connection.hour_types_total = len(connection._used_hour_types())

    def _used_hour_types(self):
        """Hour types on timesheets of the last year: those that need a code."""
        year_ago = fields.Date.subtract(fields.Date.context_today(self), years=1)
        mapped = self.component_mapping_ids.filtered("is_mapped").work_entry_type_id
        return mapped | self._booked_hour_types(("date", ">=", year_ago))

    def _booked_hour_types(self, *domain):
        """Hour types on timesheets of the company.

        Read as superuser: the person who maps need not see every project.
        """
        groups = (
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [
                    ("employee_id.company_id", "=", self.company_id.id),
                    ("work_entry_type_id", "!=", False),
                    *domain,
                ],
                ["work_entry_type_id"],
            )
        )
        return self.env["hr.work.entry.type"].union(*(kind for (kind,) in groups))

    @api.depends("component_mapping_ids.is_mapped")
    def _compute_wage_components(self):
        done = self._counts(
            "loket.component.mapping",
            ("is_mapped", "=", True),
            ("wage_component_id", "!=", False),
        )
        for connection in self:
            connection.wage_components_done = done.get(connection, 0)
            connection.wage_components_total = self.env[
                "hr.wage.component"
            ].search_count([("company_id", "=", connection.company_id.id)])

    @api.depends(
        "state",
        "distribution",
        "departments_done",
        "departments_total",
        "hour_types_done",
        "hour_types_total",
        "employees_total",
        "employees_pending",
        "employees_to_check",
    )
    def _compute_next_step(self):
        for connection in self:
            connection.next_step = connection._next_step()

    def _next_step(self):
        if self.state in ("draft", "error"):
            return "connect"
        if self.state == "connected":
            return "administration"
        needs_units = self.distribution != "none"
        if needs_units and not self.departments_done:
            return "departments"
        if not self.hour_types_done:
            return "hour_types"
        if not self.employees_total:
            return "sync"
        if self.employees_pending:
            return "employees"
        if self.employees_to_check:
            return "check"
        if needs_units and self.departments_done < self.departments_total:
            return "departments"
        if self.hour_types_done < self.hour_types_total:
            return "hour_types"
        return "export"

    def _last_full_dates(self):
        """Domain on ``date`` of the last period that is complete."""
        today = fields.Date.context_today(self)
        period_type = self.period_type or "month"
        start, end = periods.bounds(period_type, *periods.last_full(period_type, today))
        return [("date", ">=", start), ("date", "<=", end)]

    # === THE WAY THERE === #

    def action_departments(self):
        """The table of departments and cost centers, complete."""
        self.env["loket.department.mapping"]._complete(self)
        return self._table_action("action_loket_department_mapping")

    def action_hour_types(self):
        """The table of hour types and component codes, complete."""
        self.env["loket.component.mapping"]._complete_hour_types(self)
        return self._table_action(
            "action_loket_hour_type_mapping", [("work_entry_type_id", "!=", False)]
        )

    def action_wage_components(self):
        """The table of wage components and component codes, complete."""
        self.env["loket.component.mapping"]._complete_wage_components(self)
        return self._table_action(
            "action_loket_wage_component_mapping", [("wage_component_id", "!=", False)]
        )

    def action_choose_administration(self):
        """Pick the employer and the administration from what Loket offers."""
        self.ensure_one()
        self.check_access("write")
        wizard = self.env["loket.administration.wizard"].create(
            {"connection_id": self.id}
        )
        try:
            wizard._offer_employers()
        except LoketError as error:
            return self._tell_person(self._record_error(error))
        return wizard._action()

    def _form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _back_action(self):
        """Back on the connection, with nothing in between to go back through."""
        return {**self._form_action(), "target": "main"}

    def _form_url(self):
        self.ensure_one()
        return f"/odoo/action-l10n_nl_loket.action_loket_connection/{self.id}"

    def action_cost_centers(self):
        return self._table_action("action_loket_cost_center")

    def action_components(self):
        return self._table_action("action_loket_component")

    def action_runs(self):
        return self._table_action("action_loket_sync_run")

    def action_export(self):
        """Ask for the period of a payroll file."""
        action = self._table_action("action_loket_export_wizard")
        del action["domain"]
        return action

    def _table_action(self, name, domain=(), **context):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"l10n_nl_loket.{name}")
        return {
            **action,
            "domain": [("connection_id", "=", self.id), *domain],
            "context": {"default_connection_id": self.id, **context},
        }
