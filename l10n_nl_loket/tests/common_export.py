# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import TransactionCase, new_test_user

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


class ExportCase(TransactionCase):
    """A Dutch company with a connection, two departments and two linked people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls._company("Bakkerij Jansen")
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.connection = cls._connection(cls.company, 5555)
        cls.shop, cls.office = cls.env["hr.department"].create(
            [
                {"name": "Winkel", "company_id": cls.company.id},
                {"name": "Kantoor", "company_id": cls.company.id},
            ]
        )
        cls._map_department(cls.shop, "100")
        cls._map_department(cls.office, "200")
        cls.attendance = cls.env.ref("hr_work_entry.work_entry_type_attendance")
        cls.overtime = cls.env.ref("hr_work_entry.work_entry_type_overtime")
        cls._map_component("1", work_entry_type_id=cls.attendance.id)
        cls.project = cls._project(cls.company)
        cls.anna = cls._employee("Anna de Vries", cls.shop)
        cls.bram = cls._employee("Bram Bakker", cls.office)
        cls.anna_job = cls._link(cls.anna, 1)
        cls.bram_job = cls._link(cls.bram, 2)
        cls.clerk = new_test_user(
            cls.env,
            login="loket-clerk",
            groups="base.group_user,l10n_nl_loket.group_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def _company(cls, name):
        company = cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref("base.nl").id}
        )
        cls.env.user.company_ids |= company
        return company

    @classmethod
    def _connection(cls, company, client_number, **vals):
        return cls.env["loket.connection"].create(
            {
                "name": f"Loket {client_number}",
                "company_id": company.id,
                "client_id": "odoo",
                "employer_ref": f"employer-{client_number}",
                "employer_name": "Bakkerij Jansen",
                "administration_ref": f"administration-{client_number}",
                "administration_name": "Jansen maand",
                "client_number": client_number,
                "period_type": "month",
                "default_shift": 1,
                "distribution": "distribution_unit",
                "state": "ready",
                **vals,
            }
        )

    @classmethod
    def _map_department(cls, department, code):
        unit = cls.env["loket.cost.center"].create(
            {
                "connection_id": cls.connection.id,
                "code": code,
                "name": f"Unit {code}",
                "kind": "distribution_unit",
                "ref": f"unit-{code}",
            }
        )
        return cls.env["loket.department.mapping"].create(
            {
                "connection_id": cls.connection.id,
                "department_id": department.id,
                "cost_center_id": unit.id,
            }
        )

    @classmethod
    def _map_component(cls, code, **vals):
        return cls.env["loket.component.mapping"].create(
            {"connection_id": cls.connection.id, "component_code": code, **vals}
        )

    @classmethod
    def _offer(cls, code, collective=True, **vals):
        return cls.env["loket.component"].create(
            {
                "connection_id": cls.connection.id,
                "code": code,
                "name": f"Component {code}",
                "category": "Uren",
                "collective": collective,
                "year": 2026,
                **vals,
            }
        )

    @classmethod
    def _project(cls, company):
        return cls.env["project.project"].create(
            {
                "name": f"Work of {company.name}",
                "company_id": company.id,
                "allow_timesheets": True,
            }
        )

    @classmethod
    def _employee(cls, name, department, company=None):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": (company or cls.company).id,
                "department_id": department.id,
                "date_version": "2025-01-01",
            }
        )

    @classmethod
    def _link(cls, employee, number, connection=None, **vals):
        connection = connection or cls.connection
        ref = f"{connection.id}-{employee.id}-{number}"
        return cls.env["loket.employee"].create(
            {
                "connection_id": connection.id,
                "employee_ref": f"employee-{ref}",
                "employment_ref": f"employment-{ref}",
                "name": employee.name,
                "payroll_number": number,
                "start_date": "2025-01-01",
                "decision": "link",
                "employee_id": employee.id,
                **vals,
            }
        )

    @classmethod
    def _book(cls, employee, day, hours, **vals):
        """Timesheet hours on a day of September 2026."""
        return cls.env["account.analytic.line"].create(
            {
                "name": "/",
                "employee_id": employee.id,
                "project_id": cls.project.id,
                "date": FIRST.replace(day=day),
                "unit_amount": hours,
                **vals,
            }
        )

    def of_parent(self, record):
        """A record as a manager has it who may not see a branch, as in a new call."""
        login = "loket-parent"
        manager = self.env["res.users"].search([("login", "=", login)])
        manager = manager or new_test_user(
            self.env,
            login,
            "l10n_nl_loket.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(manager).with_context(
            allowed_company_ids=self.company.ids
        )

    def _export(self, **vals):
        return self.env["loket.export"].create(
            {
                "connection_id": self.connection.id,
                "year": 2026,
                "period": 9,
                **vals,
            }
        )

    def _generate(self, **vals):
        export = self._export(**vals)
        export.action_generate()
        return export

    def _file(self, export):
        return export.attachment_id.raw.decode("ascii")
