# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Walls between companies hold for what is written, by whatever way in."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_employees import EmployeesCase, employment
from .common_export import ExportCase

MANAGER = "l10n_nl_loket.group_manager"
#: What is of no company: everybody may refer to it.
OF_NOBODY = {"hr.work.entry.type"}


class TwoCompanies:
    """Company A, which asks, and B, beyond the wall; a manager of each."""

    @classmethod
    def make_manager(cls, login, *companies):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{MANAGER},project.group_project_manager",
            company_id=companies[0].id,
            company_ids=[company.id for company in companies],
        )

    def as_user(self, records, user):
        """Records as somebody sees them who works in all companies of that person."""
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )


@tagged("post_install", "-at_install")
class TestWalls(TwoCompanies, ExportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._company("Ander Bedrijf")
        cls.manager = cls.make_manager("muur-a", cls.company)
        cls.stranger = cls.make_manager("muur-b", cls.other)
        cls.both = cls.make_manager("muur-ab", cls.company, cls.other)
        cls.mine = cls.sample(cls.company, cls.connection, cls.anna, cls.shop)
        connection = cls._connection(cls.other, 7777)
        department = cls.env["hr.department"].create(
            {"name": "Elders", "company_id": cls.other.id}
        )
        employee = cls._employee("Vreemde", department, cls.other)
        cls.theirs = cls.sample(cls.other, connection, employee, department)

    @classmethod
    def sample(cls, company, connection, employee, department):
        """{model: a record of this company}, one of each that can be referred to."""
        env = cls.env
        user = cls.manager if company == cls.company else cls.stranger
        records = [company, connection, employee, department, user]
        records.append(cls._project(company))
        partner = {"name": "Wie", "company_id": company.id, "email": "w@x.example"}
        records.append(env["res.partner"].create(partner))
        component = env["hr.wage.component"].create(
            {"name": "Reis", "code": "REIS", "company_id": company.id}
        )
        center = env["loket.cost.center"].create(
            {
                "connection_id": connection.id,
                "code": "900",
                "name": "Los",
                "kind": "distribution_unit",
                "ref": "los",
            }
        )
        job = env["loket.employee"].search(
            [("employee_id", "=", employee.id), ("connection_id", "=", connection.id)]
        ) or cls._link(employee, 9, connection)
        export = env["loket.export"].create(
            {"connection_id": connection.id, "year": 2026, "period": 8}
        )
        remark = env["loket.export.remark"].create(
            {"export_id": export.id, "reason": "several", "employment_ids": job.ids}
        )
        records += [component, center, job, export, remark]
        entered = component.copy({"code": "ENTERED"})
        entry = env["hr.wage.entry"].create(
            {"employee_id": employee.id, "wage_component_id": entered.id}
            | {"value": 1, "date": "2020-01-01"}
        )
        records.append(entry)
        own = env(user=user.id, su=False)
        wizards = [
            ("loket.administration.wizard", {"connection_id": connection.id}),
            (
                "loket.make.wizard",
                {"connection_id": connection.id, "kind": "departments"},
            ),
            (
                "loket.copy.wizard",
                {"connection_id": connection.id, "year": 2026, "period": 8},
            ),
        ]
        for model, vals in wizards:
            context = {"allowed_company_ids": company.ids}
            records.append(own[model].with_context(**context).create(vals))
        return {record._name: record.with_env(env) for record in records}

    def values(self, model):
        """What a manager of A fills in to make a record of a model."""
        mine = {name: record.id for name, record in self.mine.items()}
        fresh = self.env["hr.department"].create(
            {"name": "Nieuw", "company_id": self.company.id}
        )
        code = str(self.env["hr.wage.component"].search_count([]))
        return {
            "hr.wage.component": {"name": "Maaltijd", "code": code},
            "hr.wage.entry": {
                "employee_id": mine["hr.employee"],
                "wage_component_id": mine["hr.wage.component"],
                "value": 10,
            },
            "hr.wage.entry.recurring": {
                "employee_id": mine["hr.employee"],
                "wage_component_id": mine["hr.wage.component"],
                "value": 10,
            },
            "loket.copy.choice": {
                "wizard_id": mine["loket.copy.wizard"],
                "entry_id": mine["hr.wage.entry"],
                "date": "2026-08-01",
            },
            "loket.copy.wizard": {
                "connection_id": mine["loket.connection"],
                "year": 2026,
                "period": 8,
            },
            "loket.administration.choice": {
                "wizard_id": mine["loket.administration.wizard"],
                "ref": "x",
                "name": "x",
            },
            "loket.administration.wizard": {"connection_id": mine["loket.connection"]},
            "loket.component.mapping": {
                "connection_id": mine["loket.connection"],
                "wage_component_id": mine["hr.wage.component"],
            },
            "loket.connect.wizard": {"connection_id": mine["loket.connection"]},
            "loket.connection": {"name": "Nog een"},
            "loket.department.mapping": {
                "connection_id": mine["loket.connection"],
                "department_id": fresh.id,
            },
            "loket.employee.link.wizard": {
                "loket_employee_id": mine["loket.employee"],
                "employee_id": mine["hr.employee"],
            },
            "loket.export": {
                "connection_id": mine["loket.connection"],
                "year": 2026,
                "period": 7,
            },
            "loket.export.wizard": {"connection_id": mine["loket.connection"]},
            "loket.hours.choice": {
                "remark_id": mine["loket.export.remark"],
                "employment_id": mine["loket.employee"],
            },
            "loket.make.choice": {
                "wizard_id": mine["loket.make.wizard"],
                "ref": 1,
                "name": "x",
            },
            "loket.make.wizard": {
                "connection_id": mine["loket.connection"],
                "kind": "departments",
            },
            "loket.ready.wizard": {"export_id": mine["loket.export"]},
            "loket.remind.wizard": {"export_id": mine["loket.export"]},
        }[model]

    def models(self, operation):
        """Models of the addon that a manager may do this with, by what Odoo knows."""
        walls = self.env.registry["loket.walls"]
        for name, model in self.env.registry.items():
            if name.startswith(("loket.", "hr.wage.")) and not model._abstract:
                self.assertTrue(issubclass(model, walls), name)
                if self.as_user(self.env[name], self.manager).has_access(operation):
                    yield name

    def references(self, model):
        """The fields of a model that a manager fills in and that refer to something."""
        records = self.as_user(self.env[model], self.manager)
        for name, field in records._fields.items():
            if not records._is_reference(name) or field.comodel_name in OF_NOBODY:
                continue
            if field.store and records._has_field_access(field, "write"):
                yield name, field

    def theirs_in(self, field):
        """What is of B, as it is written into a field."""
        record = self.theirs[field.comodel_name]
        return record.id if field.type == "many2one" else [Command.link(record.id)]

    @mute_logger("odoo.sql_db")
    def assert_refused(self, work, *args):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            work(*args)

    def assert_refused_silently(self, work, *args):
        """Refused, and what is beyond the wall is not even told by its name."""
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            work(*args)
        for name in ("Vreemde", "Elders", "Ander Bedrijf", "Loket 7777"):
            self.assertNotIn(name, str(caught.exception))

    def own(self, model):
        """A record that the manager of A may write."""
        if model == "loket.employee":  # which Loket alone makes
            return self.as_user(self.mine[model], self.manager)
        return self.as_user(self.env[model], self.manager).create(self.values(model))

    # === EVERY FIELD OF EVERY MODEL === #

    def test_no_reference_is_written_into_another_company(self):
        tried = set()
        for model in self.models("write"):
            record = self.own(model)
            for name, field in self.references(model):
                with self.subTest(model=model, field=name):
                    before = record.sudo()[name]
                    vals = {name: self.theirs_in(field)}
                    self.assert_refused_silently(record.write, vals)
                    record.invalidate_recordset()
                    self.assertEqual(record.sudo()[name], before)
                    tried.add(f"{model}.{name}")
        self.assertLessEqual(
            {
                "hr.wage.component.company_id",
                "hr.wage.entry.employee_id",
                "loket.component.mapping.connection_id",
                "loket.connection.company_id",
                "loket.connection.recipient_ids",
                "loket.employee.employee_id",
                "loket.employee.hours_project_ids",
                "loket.hours.choice.employment_id",
                "loket.make.choice.wizard_id",
            },
            tried,
        )

    def test_nothing_is_made_that_refers_to_another_company(self):
        for model in self.models("create"):
            if model == "loket.employee":
                continue
            vals = self.values(model)
            records = self.as_user(self.env[model], self.manager)
            for name, field in self.references(model):
                foreign = self.theirs_in(field)
                with self.subTest(model=model, field=name):
                    given = {**vals, name: foreign}
                    self.assert_refused_silently(records.create, given)
                if field.type == "many2many" or model == "loket.export":
                    continue  # defaults of the context are not for exports
                with self.subTest(model=model, default=name):
                    rest = {key: vals[key] for key in vals if key != name}
                    by_default = records.with_context(**{f"default_{name}": foreign})
                    self.assert_refused(by_default.create, rest)

    def test_what_a_person_really_writes_is_written(self):
        for model in self.models("create"):
            if model != "loket.employee":
                with self.subTest(model):
                    self.assertTrue(self.own(model))

    # === SEVERAL AT ONCE === #

    def entry(self):
        return self.own("hr.wage.entry")

    def moved(self):
        """Values that move a wage entry, whole, to B."""
        return {
            "employee_id": self.theirs["hr.employee"].id,
            "wage_component_id": self.theirs["hr.wage.component"].id,
        }

    def test_references_that_move_together_are_refused(self):
        self.assert_refused(self.entry().write, self.moved())
        mapping = self.own("loket.component.mapping")
        vals = {
            "connection_id": self.theirs["loket.connection"].id,
            "wage_component_id": self.theirs["hr.wage.component"].id,
        }
        self.assert_refused(mapping.write, vals)

    def test_a_clerk_moves_nothing_either(self):
        entry = self.entry().with_user(self.clerk)
        entry.value = 11
        self.assert_refused(entry.write, self.moved())
        other = self.env["hr.wage.entry"].with_user(self.clerk)
        self.assert_refused(other.create, {**self.moved(), "value": 10_000})

    def test_a_copy_leads_nowhere_else(self):
        self.assert_refused(self.entry().copy, self.moved())

    def test_an_import_leads_nowhere_else(self):
        entries = self.as_user(self.env["hr.wage.entry"], self.manager)
        names = ["employee_id/.id", "wage_component_id/.id", "value"]
        mine = [self.mine["hr.employee"].id, self.mine["hr.wage.component"].id]
        theirs = list(self.moved().values())
        result = entries.load(names, [[*map(str, mine), "5"]])
        self.assertTrue(result["ids"], result["messages"])
        result = entries.load(names, [[*map(str, theirs), "5"]])
        self.assertFalse(result["ids"])

    def test_lines_of_another_record_lead_nowhere_else(self):
        component = self.as_user(self.mine["hr.wage.component"], self.manager)
        connection = self.theirs["loket.connection"].id
        make = [Command.create({"connection_id": connection})]
        self.assert_refused(component.write, {"loket_mapping_ids": make})
        line = self.own("loket.component.mapping")
        move = [Command.update(line.id, {"connection_id": connection})]
        self.assert_refused(component.write, {"loket_mapping_ids": move})
        theirs = self._map_component(
            "5", connection_id=connection, work_entry_type_id=self.attendance.id
        )
        connection = self.as_user(self.connection, self.manager)
        for command in (Command.link(theirs.id), Command.set(theirs.ids)):
            self.assert_refused(connection.write, {"component_mapping_ids": [command]})

    # === WHO IS IN BOTH COMPANIES === #

    def test_who_works_in_both_companies_moves_an_entry(self):
        entry = self.as_user(self.entry(), self.both)
        entry.write(self.moved())
        self.assertEqual(entry.company_id, self.other)

    def test_who_works_in_one_of_both_now_does_not(self):
        entry = self.as_user(self.entry(), self.both)
        entry = entry.with_context(allowed_company_ids=self.company.ids)
        self.assert_refused(entry.write, self.moved())

    def test_a_component_with_something_on_it_stays_in_its_company(self):
        component = self.as_user(self.mine["hr.wage.component"], self.both)
        entry = self.entry()
        self.assert_refused(component.write, {"company_id": self.other.id, "code": "X"})
        entry.unlink()
        component.write({"company_id": self.other.id, "code": "X"})
        self.assertEqual(component.company_id, self.other)

    def test_a_connection_with_something_on_it_stays_in_its_company(self):
        connection = self.as_user(self.connection, self.both)
        self.assert_refused(connection.write, {"company_id": self.other.id})
        self.connection.state = "draft"  # as when it was disconnected
        connection = self.as_user(self.connection, self.both)
        self.assert_refused(connection.write, {"company_id": self.other.id})
        fresh = self.as_user(self.env["loket.connection"], self.both).create(
            {"name": "Leeg"}
        )
        fresh.company_id = self.other
        self.assertEqual(fresh.company_id, self.other)


@tagged("post_install", "-at_install")
class TestWallsLater(TwoCompanies, EmployeesCase):
    """What was asked, or was there, is held against the walls when it is used."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Ander B.V."})
        cls.manager = cls.make_manager("muur-nacht", cls.company)

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.patch(
            type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 60.0
        )

    def queue(self):
        """Two employments that the manager decided to add, later."""
        rows = self.arrive(employment(1), employment(2, "Kees"))
        rows = self.as_user(rows, self.manager)
        rows.decision = "add"
        rows.sudo().is_queued = True
        return rows.with_env(self.env)

    def assert_refused_by_name(self, rows):
        self.env["loket.employee"]._cron_apply()
        self.assertFalse(rows.employee_id)
        self.assertFalse(any(rows.mapped("is_queued")))
        for row in rows:
            self.assertIn(row.name, row.problem)
            self.assertIn(self.manager.name, row.problem)

    def test_what_waits_is_carried_out_for_who_asked(self):
        rows = self.queue()
        self.assertEqual(rows.asked_by_id, self.manager)
        self.env["loket.employee"]._cron_apply()
        self.assertEqual(len(rows.employee_id), 2)
        self.assertEqual(rows.employee_id.create_uid, self.manager)

    def test_of_a_batch_each_is_carried_out_for_who_decided_last(self):
        rows = self.queue()
        other = self.make_manager("muur-ander", self.company)
        kees = self.as_user(rows[1], other)
        kees.decision = "pending"
        kees.decision = "add"
        rows[1].is_queued = True
        self.manager.group_ids = self.env.ref("base.group_user")
        rows._apply_queued()
        self.assertFalse(rows[0].employee_id)
        self.assertIn(self.manager.name, rows[0].problem)
        self.assertEqual(rows[1].employee_id.create_uid, other)

    def test_who_lost_the_role_meanwhile_gets_nothing_done(self):
        rows = self.queue()
        self.manager.group_ids = self.env.ref("base.group_user")
        self.assert_refused_by_name(rows)

    def test_who_left_meanwhile_gets_nothing_done(self):
        rows = self.queue()
        self.manager.active = False
        self.assert_refused_by_name(rows)

    def test_who_went_to_another_company_meanwhile_gets_nothing_done(self):
        rows = self.queue()
        self.manager.write(
            {"company_id": self.other.id, "company_ids": [Command.set(self.other.ids)]}
        )
        self.assert_refused_by_name(rows)

    def test_the_night_does_not_try_again_for_who_lost_the_role(self):
        row = self.arrive(employment(1))
        self.as_user(row, self.manager).decision = "add"
        row.write({"problem": "Het lukte niet.", "is_queued": False})
        self.manager.group_ids = self.env.ref("base.group_user")
        self.sync()
        self.assertFalse(row.employee_id)
        self.assertIn(self.manager.name, row.problem)

    def stored_link(self):
        """An employment that was linked, long ago, to somebody of another company."""
        row = self.arrive(employment(1))
        foreign = self.make_employee(name="Vreemde", company_id=self.other.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loket_employee SET employee_id = %s, decision = 'link', "
            "to_apply = false WHERE id = %s",
            (foreign.id, row.id),
        )
        self.env.invalidate_all()
        return row, foreign

    def test_the_night_writes_nobody_of_another_company(self):
        row, foreign = self.stored_link()
        self.loket.change(1, person={"street": "Nieuweweg 1", "last_name": "Bakkers"})
        run = self.sync()
        self.assertEqual(foreign.name, "Vreemde")
        self.assertFalse(foreign.private_street)
        self.assertIn("another company", row.problem)
        self.assertIn(row.name, row.problem)
        self.assertEqual(run.state, "partial")
        self.assertNotIn("Vreemde", str(run.line_ids.mapped("old_value")))

    def test_carrying_out_writes_nobody_of_another_company(self):
        row, foreign = self.stored_link()
        row.to_apply = True
        row.action_apply()
        self.assertEqual(foreign.name, "Vreemde")
        self.assertIn("another company", row.problem)
