# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import tagged

from ..models.sync import what_nights_read
from ..models.sync.what_nights_read import digest_of_odoo
from .common_employees import EmployeesCase, employment

#: Another value of a column, by its type in the database.
OTHER = {
    "bool": "NOT COALESCE({0}, FALSE)",
    "date": "COALESCE({0}, date '2026-01-01') + 1",
    "int4": "COALESCE({0}, 0) + 1",
    "jsonb": """'{{"else": "where"}}'""",
    "varchar": "'XX'",
}


@tagged("post_install", "-at_install")
class TestWhatNightsRead(EmployeesCase):
    def setUp(self):
        super().setUp()
        self.loket.people = [
            employment(number, last=f"Bakker{number}") for number in range(1, 4)
        ]
        self.connection.action_sync()
        rows = self.connection.loket_employee_ids
        rows.decision = "add"
        rows.action_apply()
        self.other = self.connection.copy(
            {"name": "Elders", "administration_ref": "elsewhere"}
        )
        self.env.flush_all()

    def digest(self):
        return digest_of_odoo(self.connection.sudo())

    def assert_seen(self, statement, is_seen=True):
        """Whether what a statement writes makes another digest."""
        before = self.digest()
        with self.env.cr.savepoint() as savepoint:
            # Foreign keys are checked at the end, which does not come.
            self.env.cr.execute("SET LOCAL session_replication_role = replica")
            self.env.cr.execute(statement)
            self.assertTrue(self.env.cr.rowcount, statement)
            self.assertEqual(self.digest() != before, is_seen, statement)
            savepoint.close(rollback=True)
        self.assertEqual(self.digest(), before)

    def test_any_other_value_of_any_field_that_a_night_reads_is_seen(self):
        tables = set()
        for name, names, _where in what_nights_read._parts(
            self.env, self.connection.id
        ):
            for field_name in names:
                field = self.env[name]._fields[field_name]
                if not field.store:
                    self.assertTrue(field.inherited, field)
                    field = field.inherited_field
                tables.add(table := self.env[field.model_name]._table)
                kind = field.column_type[0]
                if table in ("loket_shared_number", "loket_cost_center") or (
                    table == "loket_department_mapping"
                ):
                    continue  # of which there is none here: below
                value = OTHER[kind].format(field.name)
                where = {
                    "loket_employee": f"connection_id = {self.connection.id}",
                    "loket_connection": f"id = {self.connection.id}",
                    "res_country": "code = 'NL'",
                    "ir_module_module": "name = 'mail'",
                    "res_company": f"id = {self.company.id}",
                    "hr_version": f"employee_id IN {self.people()}",
                    "hr_employee": f"id IN {self.people()}",
                }[table]
                with self.subTest(f"{table}.{field.name}"):
                    self.assert_seen(
                        f"UPDATE {table} SET {field.name} = {value} WHERE {where} "
                        f"AND id = (SELECT max(id) FROM {table} WHERE {where})"
                    )
        self.assertIn("hr_version", tables)

    def people(self):
        ids = self.connection.loket_employee_ids.employee_id.ids
        return f"({','.join(map(str, ids))})"

    def test_a_row_more_or_less_is_seen(self):
        one, two, _three = self.connection.loket_employee_ids.ids
        own = self.connection.id
        department = self.env["hr.department"].create({"name": "Werkplaats"})
        center = (
            "INSERT INTO loket_cost_center (connection_id, ref, code, name, kind, "
            f"active) VALUES ({own}, 'r', '1', 'n', 'cost_center', TRUE)"
        )
        pair = (
            "INSERT INTO loket_shared_number (first_id, second_id, number) "
            f"VALUES ({one}, {two}, '7')"
        )
        mapping = (
            "INSERT INTO loket_department_mapping (connection_id, department_id) "
            f"VALUES ({own}, {department.id})"
        )
        for statement in (
            f"DELETE FROM loket_employee WHERE id = {two}",
            pair,
            center,
            mapping,
            "UPDATE ir_module_module SET state = 'uninstalled' WHERE name = 'mail'",
            f"DELETE FROM hr_version WHERE employee_id IN {self.people()}",
        ):
            with self.subTest(statement):
                self.assert_seen(statement)

    def test_another_connection_that_may_read_the_same_is_seen_once_it_is_connected(
        self,
    ):
        where = f"WHERE id = {self.other.id}"
        other = f"UPDATE loket_connection SET administration_ref = 'x' {where}"
        self.assert_seen(other, is_seen=False)
        self.assert_seen(f"UPDATE loket_connection SET state = 'ready' {where}")
        self.other.state = "ready"
        self.env.flush_all()
        self.assert_seen(other)
        # Whether Loket lets it in says nothing of what it reads.
        self.assert_seen(
            f"UPDATE loket_connection SET state = 'error' {where}", is_seen=False
        )

    def test_employments_of_other_links_count_with_the_same_employee_or_number(self):
        row = self.connection.loket_employee_ids[0]
        add = (
            "INSERT INTO loket_employee (connection_id, company_id, employment_ref, "
            "name, decision, employee_id, number_key) "
            f"VALUES ({self.other.id}, {self.company.id}, 'e', 'n', 'add', %s, %s)"
        )
        for employee, number, is_seen in (
            (row.employee_id.id, "'else'", True),
            ("NULL", f"'{row.number_key}'", True),
            ("NULL", "'else'", False),
            ("NULL", "NULL", False),
        ):
            with self.subTest(employee=employee, number=number):
                self.assert_seen(add % (employee, number), is_seen)

    def test_what_is_not_written_yet_is_seen(self):
        before = self.digest()
        employee = self.connection.loket_employee_ids[0].employee_id
        employee.private_city = "Elders"
        self.assertNotEqual(self.digest(), before)

    def test_nothing_and_an_empty_text_are_two_things_and_so_are_two_people(self):
        city = "UPDATE hr_version SET private_city = {} WHERE employee_id IN {}"
        self.env.cr.execute(city.format("NULL", self.people()))
        self.assert_seen(city.format("''", self.people()))
        one, two, _three = self.connection.loket_employee_ids.employee_id.ids
        self.assert_seen(
            f"UPDATE hr_employee SET birthday = date '1990-01-01' + id % 2 "
            f"WHERE id IN ({one}, {two})"
        )

    def test_what_payslips_and_people_keep_beside_it_is_not_of_a_night(self):
        for name in ("payslips_tried = now()", "last_sync_date = now()"):
            self.assert_seen(f"UPDATE loket_employee SET {name}", is_seen=False)
        self.assert_seen(
            f"UPDATE hr_employee SET barcode = id WHERE id IN {self.people()}",
            is_seen=False,
        )

    def test_of_a_field_that_another_addon_works_out_nothing_is_known(self):
        names = self.env["loket.employee"]._plain_employee_fields()
        with patch.object(
            type(self.env["loket.employee"]),
            "_plain_employee_fields",
            lambda _self: [*names, "is_loket_readonly"],
        ):
            self.assertIsNone(self.digest())
            self.connection.action_sync()
            self.assertFalse(self.connection.quiet_basis)
        self.connection.action_sync()
        self.assertTrue(self.connection.quiet_basis)

    def test_another_field_that_is_read_makes_another_digest(self):
        before = self.digest()
        names = self.env["loket.employee"]._plain_employee_fields()
        with patch.object(
            type(self.env["loket.employee"]),
            "_plain_employee_fields",
            lambda _self: [*names, "barcode"],
        ):
            self.assertNotEqual(self.digest(), before)
