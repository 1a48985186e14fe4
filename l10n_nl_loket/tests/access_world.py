# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two companies with a record of every model, and somebody of each role to try them."""

import inspect
from dataclasses import dataclass, field
from unittest.mock import patch

from psycopg2 import Error as DatabaseError

from odoo import fields as odoo_fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.models import BaseModel
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user

from ..gateway import LoketUnavailable
from ..words import _lt

MODULE = "l10n_nl_loket"
#: role -> its groups. The last one is of the other company.
ROLES = {
    "portal": "base.group_portal",
    "internal user": "base.group_user",
    "timesheet user": "hr_timesheet.group_hr_timesheet_user",
    "timesheet approver": "hr_timesheet.group_hr_timesheet_approver",
    "HR officer": "hr.group_hr_user",
    "HR manager": "hr.group_hr_manager",
    "clerk": "l10n_nl_loket.group_user",
    "Loket manager": "l10n_nl_loket.group_manager",
    "manager of another company": "l10n_nl_loket.group_manager",
}
OTHER = "manager of another company"
OPERATIONS = {"read": "R", "write": "W", "create": "C", "unlink": "D"}


@dataclass
class Company:
    """A company, one record of each model, and the values that make another one."""

    company: BaseModel
    secret: str
    #: model -> a record of it
    records: dict = field(default_factory=dict)
    #: model -> values that make another one
    fresh: dict = field(default_factory=dict)


class AccessWorld(TransactionCase):
    """``self.near`` is the company of all roles but the last, ``self.far`` of that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.near = cls._make_company("Nabij", 5555)
        cls.far = cls._make_company("Verweg", 6666)
        cls.users = {}
        for number, (role, groups) in enumerate(ROLES.items()):
            company = (cls.far if role == OTHER else cls.near).company
            cls.users[role] = new_test_user(
                cls.env,
                f"access-{number}",
                groups,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
        cls.env.flush_all()
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["loket.connection"],
                "_gateway",
                side_effect=LoketUnavailable(_lt("Loket did not answer.")),
            )
        )
        cls.startClassPatcher(
            patch.object(cls.env.registry["mail.mail"], "send", lambda *_a, **_k: None)
        )

    # === WHAT THERE IS === #

    @classmethod
    def own_models(cls):
        """Names of the models with records that this addon brings."""
        return sorted(
            name
            for name, model in cls.env.registry.items()
            if model._original_module == MODULE and not model._abstract
        )

    @classmethod
    def public_methods(cls):
        """(model, method) of all that a call may name, but for those of every model."""
        found = set()
        for name, model in cls.env.registry.items():
            for base in model.mro():
                if not base.__module__.startswith(f"odoo.addons.{MODULE}."):
                    continue
                found |= {
                    (name, method)
                    for method, value in vars(base).items()
                    if inspect.isfunction(value)
                    and not method.startswith("_")
                    and not hasattr(cls.env.registry["base"], method)
                    and not getattr(getattr(model, method), "_api_private", False)
                    and not model._abstract
                }
        return sorted(found)

    @classmethod
    def _make_company(cls, name, number):
        company = cls.env["res.company"].create(
            {"name": f"{name} B.V.", "country_id": cls.env.ref("base.nl").id}
        )
        cls.env.user.company_ids |= company
        world = Company(company, name)
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        make = _Maker(env, world, name, number)
        make.everything()
        return world

    # === TRYING === #

    def sides(self, role):
        """The company of who has a role, and the other one."""
        return (self.far, self.near) if role == OTHER else (self.near, self.far)

    def record_for(self, world, model, user):
        """The record of a model; of a window that is somebody's own, one of theirs."""
        if not self.env[model]._transient:
            return world.records[model]
        own = self.env[model].with_user(user).sudo()
        return own.with_company(world.company).create(
            self.fresh_for(world, model, user)
        )

    def fresh_for(self, world, model, user):
        """Values that make another record; of a window in a window, the own one."""
        return {
            name: self.record_for(world, one.comodel_name, user).id
            if (one := self.env[model]._fields[name]).type == "many2one"
            and self.env[one.comodel_name]._transient
            else value
            for name, value in world.fresh.get(model, {}).items()
        }

    def call(self, role, model, method, *args, **options):
        """Call a method as a client does: what it answers, or why not.

        All that it did is undone.

        :return: (whether it was done, the answer or the error)
        """
        user = self.users[role]
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids})
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            answer = call_kw(env[model], method, list(args), options)
            env.flush_all()
            return True, answer
        except (UserError, DatabaseError) as error:
            return False, error
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def try_record(self, role, world, model, operation):
        """Whether somebody may do this to the record of a company."""
        user = self.users[role]
        outer = self.env.cr.savepoint()
        try:
            record = self.record_for(world, model, user)
            self.env.flush_all()
            args = {
                "read": ([record.id], ["id", "display_name"]),
                "write": ([record.id], self.harmless(record, user)),
                "create": ([self.fresh_for(world, model, user)],),
                "unlink": ([record.id],),
            }[operation]
            done, answer = self.call(role, model, operation, *args)
            return done or not isinstance(answer, AccessError)
        finally:
            self.env.transaction.clear()
            outer.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def harmless(self, record, user):
        """What is written to see whether anything may be: a value that is there."""
        names = [
            name
            for name, one in record._fields.items()
            if one.store
            and not one.relational
            and not one.readonly
            and one.type in ("char", "boolean", "float", "selection", "date")
            and not one.groups
        ]
        names.sort(key=lambda name: (name != "name", name))
        # What follows from other records has no date of its own.
        name = names[0] if names else "create_date" if record._log_access else "id"
        return {name: record.sudo()[name]}

    def try_method(self, role, world, model, method):
        """Whether somebody may call this method on the record of a company."""
        user = self.users[role]
        outer = self.env.cr.savepoint()
        try:
            if model in world.records or model in world.fresh:
                ids = self.record_for(world, model, user).ids
            else:
                ids = self.env[model].with_user(user).sudo().create({}).ids
            self.env.flush_all()
            done, answer = self.call(role, model, method, ids)
            return done or not isinstance(answer, AccessError)
        finally:
            self.env.transaction.clear()
            outer.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def references(self, model):
        """The fields of a model that may name a record of another company."""
        return {
            name: one
            for name, one in self.env[model]._fields.items()
            if one.relational
            and one.comodel_name in self.far.records
            and (one.store or one.type == "one2many")
            and name not in ("create_uid", "write_uid")
        }

    def given(self, one, record):
        """A record as a value of a field."""
        if one.type == "many2one":
            return record.id
        return [Command.link(record.id)]


class _Maker:
    """Makes a record of each model, for one company."""

    def __init__(self, env, world, name, number):
        self.env, self.world, self.name, self.number = env, world, name, number
        self.birthday = f"19{number % 100}-11-11"

    def keep(self, model, vals, again=None):
        """Make the record, and keep values that make another one."""
        record = self.env[model].create(vals)
        self.world.records[model] = record
        self.world.fresh[model] = {**vals, **(again or {})}
        return record.id

    def everything(self):
        self._odoo()
        self._settings()
        self._people()
        self._file()
        self._windows()

    def _odoo(self):
        company = self.world.company.id
        self.world.records["res.company"] = self.world.company
        department = self.keep(
            "hr.department", {"name": f"Winkel {self.name}", "company_id": company}
        )
        vals = {"name": f"Persoon {self.name}", "company_id": company}
        vals |= {"department_id": department, "birthday": self.birthday}
        self.keep("hr.employee", {**vals, "date_version": "2025-01-01"})
        self.keep(
            "project.project",
            {"name": f"Werk {self.name}", "company_id": company}
            | {"allow_timesheets": True, "privacy_visibility": "followers"},
        )

    def _settings(self):
        name, records = self.name, self.world.records
        ref = f"administration-{self.number}"
        connection = self.keep(
            "loket.connection",
            {
                "name": f"Loket {name}",
                "company_id": self.world.company.id,
                "client_id": "odoo",
                "employer_ref": f"employer-{self.number}",
                "employer_name": name,
                "administration_ref": ref,
                "administration_name": name,
                "client_number": self.number,
                "period_type": "month",
                "distribution": "distribution_unit",
                "state": "ready",
            },
        )
        self.world.fresh["loket.connection"] = {
            "name": f"Nieuw {name}",
            "company_id": self.world.company.id,
        }
        self.env["loket.connection"].browse(connection)._loket_store_token(
            {"access_token": "a", "refresh_token": "b"}
        )
        token = self.env["loket.token"].search([("connection_id", "=", connection)])
        records["loket.token"] = token
        self.world.fresh["loket.token"] = {"connection_id": connection}
        of_it = {"connection_id": connection}
        unit = {"name": f"Eenheid {name}", "kind": "distribution_unit"}
        center = self.keep(
            "loket.cost.center",
            {**of_it, **unit, "code": "100", "ref": f"u{self.number}"},
            {"code": "101", "ref": f"v{self.number}"},
        )
        self.keep(
            "loket.component",
            {**of_it, "code": "200", "name": f"Reis {name}", "year": 2026}
            | {"collective": True, "category": "Toeslagen"},
            {"code": "201"},
        )
        self.keep(
            "loket.period",
            {**of_it, "year": 2026, "number": 9}
            | {"date_from": "2026-09-01", "date_to": "2026-09-30"},
            {"number": 10, "date_from": "2026-10-01", "date_to": "2026-10-31"},
        )
        second = records["hr.department"].copy({"name": f"Kantoor {name}"})
        self.keep(
            "loket.department.mapping",
            {**of_it, "department_id": records["hr.department"].id}
            | {"cost_center_id": center},
            {"department_id": second.id},
        )
        wage = self.keep(
            "hr.wage.component",
            {"name": f"Reis {name}", "code": "R", "unit": "amount"}
            | {"company_id": self.world.company.id},
            {"code": "S"},
        )
        other = self.env["hr.wage.component"].create(
            {**self.world.fresh["hr.wage.component"], "code": "T"}
        )
        self.keep(
            "loket.component.mapping",
            {**of_it, "wage_component_id": wage, "component_code": "200"},
            {"wage_component_id": other.id},
        )
        self.keep(
            "hr.wage.entry",
            {"employee_id": records["hr.employee"].id, "wage_component_id": wage}
            | {"value": 12, "date": "2026-09-02"},
        )
        self.keep(
            "hr.wage.entry.recurring",
            {"employee_id": records["hr.employee"].id, "wage_component_id": other.id}
            | {"value": 30, "date_from": "2027-01-01"},
        )
        self.keep(
            "hr.wage.entry.turn",
            {"recurring_id": records["hr.wage.entry.recurring"].id, "number": 9}
            | {"period_type": "month", "year": 2026, "day": "2026-09-01"}
            | {"entry_id": records["hr.wage.entry"].id},
            {"number": 10, "entry_id": False},
        )

    def _people(self):
        records = self.world.records
        connection = records["loket.connection"].id
        job = self.keep(
            "loket.employee",
            {
                "connection_id": connection,
                "employee_ref": f"p{self.number}",
                "employment_ref": f"e{self.number}",
                "name": f"Persoon {self.name}",
                "birthday": self.birthday,
                "employee_number": str(self.number),
                "payroll_number": self.number,
                "start_date": "2025-01-01",
                "decision": "link",
                "employee_id": records["hr.employee"].id,
            },
        )
        self.world.fresh["loket.employee"] = {
            "connection_id": connection,
            "name": f"Nieuw {self.name}",
            "employment_ref": f"f{self.number}",
        }
        twin = self.env["loket.employee"].create(
            {**self.world.fresh["loket.employee"], "employment_ref": "g"}
        )
        pair = {"first_id": job, "second_id": twin.id}
        self.keep("loket.shared.number", {**pair, "number": "7"}, {"number": "8"})
        payslip = {"connection_id": connection, "loket_employee_id": job}
        payslip |= {"employee_id": records["hr.employee"].id, "kind": "payslip"}
        self.keep(
            "loket.payslip",
            {**payslip, "key": "run-1", "year": 2026, "number": 9},
            {"key": "run-2"},
        )
        run = self.keep("loket.sync.run", {"connection_id": connection})
        self.keep(
            "loket.sync.run.line",
            {"run_id": run, "name": f"Persoon {self.name}", "kind": "created"}
            | {"loket_employee_id": job},
        )

    def _file(self):
        records = self.world.records
        vals = {"connection_id": records["loket.connection"].id}
        vals |= {"year": 2026, "period": 9}
        draft = self.keep("loket.export", vals)
        made = self.env["loket.export"].create(vals)
        made.accept_left_out = True
        made.action_generate()
        employee, job = records["hr.employee"].id, records["loket.employee"].id
        of_it = {"export_id": draft}
        of_person = {**of_it, "employee_id": employee}
        cell = {"payroll_number": self.number, "component_code": 200, "value": 12}
        records["loket.export.line"] = made.line_ids[:1]
        made.line_ids[:1].hours = 1
        for model in ("loket.hours.person", "loket.hours.report"):  # follow from it
            records[model] = self.env[model].search([("export_id", "=", made.id)])[:1]
        warning = self.keep(
            "loket.export.warning",
            {**of_it, "reason": "no_cost_center", "detail": self.name}
            | {"department_id": records["hr.department"].id},
        )
        self.keep(
            "loket.export.left.out",
            {**of_person, "name": self.name, "reason": "no_cost_center"}
            | {"warning_id": warning},
        )
        self.keep(
            "loket.export.remark",
            {**of_person, "name": self.name, "reason": "several"}
            | {"employment_id": job, "employment_ids": [Command.link(job)]},
        )
        self.keep("loket.export.change", {**of_person, **cell, "kind": "new"})
        self.keep(
            "loket.export.late", {**of_person, **cell, "period_export_id": made.id}
        )
        now = odoo_fields.Datetime.now()
        self.keep(
            "loket.booking.mark",
            {"employee_id": employee, "day": now.date(), "transaction": "1"},
        )
        self.keep(
            "loket.export.kept",
            {**of_it, "fingerprint": "-", "snapshot": "1:1:", "found": {"late": []}}
            | {"day_from": now.date(), "day_to": now.date()},
            {"export_id": made.id},
        )
        self.keep(
            "loket.export.part",
            {**of_person, "ledger": {"2026-9": {}}},
            {"export_id": made.id},
        )
        self.keep(
            "loket.export.sending",
            {**of_it, "administration_ref": f"administration-{self.number}"}
            | {"year": 2026, "period": 9},
        )
        self.keep("loket.ready.wizard", of_it)
        self.keep("loket.remind.wizard", of_it)
        self.keep("loket.export.total", {**of_it, "kind": "component", "code": 200})
        self.keep(
            "loket.export.recipient",
            {**of_it, "name": self.name, "email": "x@example.com", "state": "sent"}
            | {"tried_on": odoo_fields.Datetime.now()},
            {"email": "y@example.com"},
        )

    def _windows(self):
        records, fresh = self.world.records, self.world.fresh
        of_it = {"connection_id": records["loket.connection"].id}
        job = {"employment_id": records["loket.employee"].id}
        self.keep("loket.connect.wizard", of_it)
        window = self.keep("loket.administration.wizard", of_it)
        self.keep(
            "loket.administration.choice",
            {"wizard_id": window, "ref": "r", "name": self.name},
        )
        window = self.keep("loket.make.wizard", {**of_it, "kind": "hour_types"})
        self.keep(
            "loket.make.choice", {"wizard_id": window, "ref": 1, "name": self.name}
        )
        copy = self.keep("loket.copy.wizard", {**of_it, "year": 2026, "period": 10})
        self.keep(
            "loket.copy.choice",
            {"wizard_id": copy, "entry_id": records["hr.wage.entry"].id}
            | {"date": "2026-10-02", "value": 12},
        )
        self.keep("loket.export.wizard", {**of_it, "year": 2026, "period": 9})
        self.keep(
            "loket.hours.choice",
            {"remark_id": records["loket.export.remark"].id, **job},
        )
        twin = self.env["loket.employee"].search(
            [*[(n, "=", v) for n, v in of_it.items()], ("employee_id", "=", False)],
            limit=1,
        )
        self.keep(
            "loket.employee.link.wizard",
            {"loket_employee_id": twin.id, "employee_id": records["hr.employee"].id},
        )
        fresh["loket.export.line"] = {"export_id": records["loket.export"].id}
