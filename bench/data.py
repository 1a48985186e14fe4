# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Companies of any size, made by SQL: one record by Odoo, and copies of it.

Through the ORM, a hundred thousand people and ten million lines would take hours.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from psycopg2.extras import Json, execute_values

from odoo.addons.l10n_nl_loket.people import shifts, snapshot
from odoo.addons.l10n_nl_loket.people.names import number_key


@dataclass(frozen=True)
class Size:
    """How much there is of what."""

    people: int
    lines: int
    hour_types: int = 24
    wage_components: int = 12
    departments: int = 200
    changing: float = 0.05
    """The part of the people who change department in the middle of a period."""
    twice: float = 0.02
    """The part of the people who have two employments."""


SIZES = {
    "tiny": Size(100, 3_000, departments=10),  # does it run?
    "small": Size(300, 20_000, departments=20),
    "medium": Size(1_000, 100_000, departments=50),
    "full": Size(10_000, 1_000_000),
}

#: Hours of how many types everybody has.
TYPES_EACH = 4
YEAR, PERIOD = 2026, 9
FIRST, LAST = date(YEAR, PERIOD, 1), date(YEAR, PERIOD, 30)
#: What Loket told of a person, as SQL; ``n`` is the number of the person.
SNAPSHOT = """jsonb_build_object(
    'zip', '1234 AA', 'city', 'Leiden', 'street', 'Dorpsstraat ' || n,
    'name', {name}, 'given_name', 'Voornaam' || n % 97, 'last_names', 'Jansen' || n,
    'wage', '3000.00', 'email', 'p' || n || '@example.com', 'phone', NULL,
    'gender', 'female', 'on_call', false, 'birthday', ({birthday})::text,
    'end_date', NULL, 'location', NULL, 'job_title', NULL,
    'start_date', '2020-01-01', 'work_email', NULL, 'work_phone', NULL,
    'hourly_wage', NULL, 'contract_end', NULL, 'country_code', 'NL',
    'contract_type', 'permanent', 'hours_per_week', '40.0',
    'department_name', NULL, 'distribution_unit', NULL)"""
NAME = "'Voornaam' || n % 97 || ' Jansen' || n"
BIRTHDAY = "date '1960-01-01' + n % 16000"


def copies(cr, table, template, source, values):
    """Insert copies of a record: one for each row of ``source``.

    :param template: id of the record
    :param source: SQL of a query, whose columns the values may name as ``s.name``
    :param values: {column: SQL of its value}; the others are as in the template
    """
    columns = _columns(cr, table)
    taken = [values.get(name, f't."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    if "id" not in values:
        taken[columns.index("id")] = f"nextval('{table}_id_seq')"
    cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(taken)} "
        f"FROM {table} t, ({source}) s WHERE t.id = {int(template)}"
    )


def _columns(cr, table):
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        (table,),
    )
    return [name for (name,) in cr.fetchall()]


# === CONNECTIONS === #


def company(env):
    """The company of the bench, with its own country and schedule."""
    company = env.company
    company.country_id = env.ref("base.nl")
    return company


def connection(env, **vals):
    """A connection that is ready, to an administration that nobody is to ask."""
    return env["loket.connection"].create(
        {
            "name": "Bench",
            "company_id": company(env).id,
            "client_id": "odoo",
            "employer_ref": "employer",
            "employer_name": "Voorbeeld B.V.",
            "administration_ref": "administration",
            "administration_name": "Voorbeeld",
            "client_number": 5555,
            "period_type": "month",
            "default_shift": 1,
            "distribution": "distribution_unit",
            "salaried_hours": "send",
            "state": "ready",
            **vals,
        }
    )


def connection_to(env, loket):
    """A connection to the first administration of a sandbox, its lists fetched."""
    office = next(one for one in loket.offices() if one["client_number"] == 5555)
    made = env["loket.connection"].create(
        {
            "name": "Bench",
            "company_id": company(env).id,
            "environment": "custom",
            "api_url": f"{loket.url}/v2",
            "oauth_url": loket.url,
            "client_id": "odoo",
            "client_secret": "sandbox-secret",
            "employer_ref": office["employer_ref"],
            "administration_ref": office["administration_ref"],
        }
    )
    made._loket_store_token(loket.token())
    made.action_fetch()
    made.write({"salaried_hours": "send"})
    _map_units(env, made)
    return made


def _map_units(env, connection):
    """A department for each distribution unit that Loket has."""
    units = env["loket.cost.center"].search(
        [("connection_id", "=", connection.id), ("kind", "=", "distribution_unit")]
    )
    for unit in units:
        department = env["hr.department"].create({"name": unit.name})
        env["loket.department.mapping"].create(
            {
                "connection_id": connection.id,
                "department_id": department.id,
                "cost_center_id": unit.id,
            }
        )


# === PEOPLE === #


def employments(env, connection, people):
    """Employments of nobody yet, as a first synchronisation leaves them."""
    template = env["loket.employee"].create(
        {
            "connection_id": connection.id,
            "employee_ref": "person-0",
            "employment_ref": "job-0",
            "name": "Nobody",
            "payroll_number": 1,
            "start_date": "2020-01-01",
            "is_on_call": False,
            "hours_by_loket": True,
            "shift": 1,
            "shifts": [["2020-01-01", 1]],
            "snapshot": {},
        }
    )
    env.flush_all()
    copies(
        env.cr,
        "loket_employee",
        template.id,
        f"SELECT n FROM generate_series(1, {people}) n",
        {
            "employee_ref": "'person-' || n",
            "employment_ref": "'job-' || n",
            "name": NAME,
            "payroll_number": "n",
            "employee_number": "(100000 + n)::text",
            "number_key": "(100000 + n)::text",
            "email": "'p' || n || '@example.com'",
            "birthday": BIRTHDAY,
            "snapshot": SNAPSHOT.format(name=NAME, birthday=BIRTHDAY),
        },
    )
    env.invalidate_all()
    template.unlink()


def told(env, connection):
    """The employments that Loket tells, of nobody yet, as a first night leaves them."""
    found = connection._gateway().employments(
        connection.employer_ref, connection.administration_ref
    )
    rows = [
        {
            **snapshot.row_vals(record),
            "connection_id": connection.id,
            "shifts": shifts.as_json(shifts.with_told([], record.shifts)),
        }
        for record in found.records
    ]
    first = env["loket.employee"].create(rows[:1])
    env.flush_all()
    names = [*rows[0], "number_key"]
    env.cr.execute("CREATE TEMPORARY TABLE told ON COMMIT DROP AS TABLE loket_employee")
    env.cr.execute("TRUNCATE told")
    execute_values(
        env.cr._obj,
        f"INSERT INTO told ({', '.join(names)}) VALUES %s",
        [
            [Json(value) if isinstance(value, dict | list) else value
             for value in (*row.values(), number_key(row["employee_number"]) or None)]
            for row in rows[1:]
        ],
    )  # fmt: skip
    copies(
        env.cr,
        "loket_employee",
        first.id,
        "SELECT * FROM told",
        {name: f"s.{name}" for name in names},
    )
    env.invalidate_all()


def employees(env, connection):
    """An employee, linked as by *Add*, for each employment that has none.

    The first is added by Odoo, the others are copies of that one.
    """
    rows = env["loket.employee"].search(
        [("connection_id", "=", connection.id), ("employee_id", "=", False)]
    )
    first = rows[:1]
    first.action_add()
    employee = first.employee_id
    if not employee:
        raise RuntimeError(first.problem)
    env.flush_all()
    cr = env.cr
    cr.execute(
        """
        CREATE TEMPORARY TABLE made ON COMMIT DROP AS
        SELECT id AS row_id, snapshot AS told, start_date,
            nextval('res_partner_id_seq') AS partner_id,
            nextval('resource_resource_id_seq') AS resource_id,
            nextval('hr_employee_id_seq') AS employee_id,
            nextval('hr_version_id_seq') AS version_id
        FROM loket_employee WHERE id = ANY(%s) ORDER BY id
        """,
        (rows[1:].ids,),
    )
    name, mail = "s.told->>'name'", "COALESCE(s.told->>'work_email', s.told->>'email')"
    copies(
        cr,
        "res_partner",
        employee.work_contact_id.id,
        "SELECT * FROM made",
        {
            "id": "s.partner_id",
            "commercial_partner_id": "s.partner_id",
            "name": name,
            "complete_name": name,
            "email": mail,
            "email_normalized": mail,
        },
    )
    copies(
        cr,
        "resource_resource",
        employee.resource_id.id,
        "SELECT * FROM made",
        {"id": "s.resource_id", "name": name},
    )
    cr.execute("ALTER TABLE hr_employee DISABLE TRIGGER ALL")
    cr.execute("ALTER TABLE hr_version DISABLE TRIGGER ALL")
    copies(
        cr,
        "hr_employee",
        employee.id,
        "SELECT * FROM made",
        {
            "id": "s.employee_id",
            "resource_id": "s.resource_id",
            "work_contact_id": "s.partner_id",
            "current_version_id": "s.version_id",
            "name": name,
            "legal_name": name,
            "work_email": mail,
            "work_phone": "s.told->>'work_phone'",
            "private_email": "s.told->>'email'",
            "private_phone": "s.told->>'phone'",
            "birthday": "(s.told->>'birthday')::date",
        },
    )
    copies(
        cr,
        "hr_version",
        employee.version_id.id,
        "SELECT m.*, c.id AS country_id, j.id AS job_id FROM made m "
        "LEFT JOIN res_country c ON c.code = m.told->>'country_code' "
        "LEFT JOIN hr_job j ON j.name->>'en_US' = m.told->>'job_title'",
        {
            "id": "s.version_id",
            "employee_id": "s.employee_id",
            "job_id": "s.job_id",
            "sex": "s.told->>'gender'",
            "private_street": "s.told->>'street'",
            "private_city": "s.told->>'city'",
            "private_zip": "s.told->>'zip'",
            "private_country_id": "s.country_id",
            "wage": "(s.told->>'wage')::numeric",
            "date_version": "s.start_date",
            "contract_date_start": "s.start_date",
            "contract_date_end": "COALESCE(s.told->>'end_date', "
            "s.told->>'contract_end')::date",
        },
    )
    cr.execute("ALTER TABLE hr_employee ENABLE TRIGGER ALL")
    cr.execute("ALTER TABLE hr_version ENABLE TRIGGER ALL")
    cr.execute(
        """
        UPDATE loket_employee l SET employee_id = m.employee_id, decision = 'add',
            to_apply = false, is_queued = false, asked_by_id = %s
        FROM made m WHERE l.id = m.row_id
        """,
        (env.uid,),
    )
    env.invalidate_all()
    rows.write({"checks": False, "check_department": False})


def departments(env, connection, number):
    """Departments with a unit each, and everybody in one of them."""
    made = env["hr.department"].create(
        [{"name": f"Afdeling {index}"} for index in range(number)]
    )
    units = env["loket.cost.center"].create(
        [
            {
                "connection_id": connection.id,
                "code": str(1000 + index),
                "name": department.name,
                "kind": "distribution_unit",
                "ref": f"unit-{index}",
            }
            for index, department in enumerate(made)
        ]
    )
    env["loket.department.mapping"].create(
        [
            {
                "connection_id": connection.id,
                "department_id": department.id,
                "cost_center_id": unit.id,
            }
            for department, unit in zip(made, units, strict=True)
        ]
    )
    env.flush_all()
    env.cr.execute(
        "UPDATE hr_version SET department_id = (%s::int[])[1 + employee_id %% %s]",
        (made.ids, number),
    )
    env.invalidate_all()


def move(env, connection, part, day=FIRST + timedelta(days=14)):
    """Some people are in the next department from a day on."""
    env.flush_all()
    every = round(1 / part)
    columns = _columns(env.cr, "hr_version")
    taken = {
        "id": "nextval('hr_version_id_seq')",
        "date_version": f"date '{day}'",
        "department_id": "COALESCE((SELECT min(id) FROM hr_department "
        "WHERE id > v.department_id), v.department_id)",
    }
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(taken.get(name, f'v."{name}"') for name in columns)
    env.cr.execute(
        f"INSERT INTO hr_version ({names}) SELECT {values} FROM hr_version v "
        "WHERE v.employee_id IN (SELECT employee_id FROM loket_employee "
        "WHERE connection_id = %s AND payroll_number %% %s = 0)",
        (connection.id, every),
    )
    env.cr.execute(
        "UPDATE hr_employee e SET current_version_id = (SELECT id FROM hr_version v "
        "WHERE v.employee_id = e.id AND v.date_version <= CURRENT_DATE "
        "ORDER BY date_version DESC LIMIT 1)"
    )
    env.invalidate_all()


def second_employments(env, connection, part, people):
    """Some people begin a second employment within the period, beside the first."""
    env.flush_all()
    every = round(1 / part)
    template = env["loket.employee"].search(
        [("connection_id", "=", connection.id)], limit=1
    )
    copies(
        env.cr,
        "loket_employee",
        template.id,
        "SELECT * FROM loket_employee WHERE connection_id = "
        f"{connection.id} AND payroll_number % {every} = 1",
        {
            **{
                name: f"s.{name}"
                for name in ("employee_id", "employee_ref", "name", "birthday",
                             "email", "snapshot")
            },
            "employee_number": "s.employee_number",
            "number_key": "s.number_key",
            "employment_ref": "s.employment_ref || '-b'",
            "payroll_number": f"s.payroll_number + {people}",
            "start_date": f"date '{FIRST + timedelta(days=9)}'",
        },
    )  # fmt: skip
    env.invalidate_all()


# === HOURS AND WAGES === #


def codes(env, connection, size):
    """Hour types and wage components, each with a component of Loket."""
    types = env["hr.work.entry.type"].create(
        [
            {"name": f"Soort {index}", "code": f"B{index}"}
            for index in range(size.hour_types)
        ]
    )
    wages = env["hr.wage.component"].create(
        [
            {"name": f"Looncomponent {index}", "code": f"W{index}",
             "unit": ("amount", "quantity")[index % 2]}
            for index in range(size.wage_components)
        ]
    )  # fmt: skip
    env["loket.component.mapping"].create(
        [
            {"connection_id": connection.id, "component_code": str(code),
             "work_entry_type_id": one.id}
            for code, one in enumerate(types, start=1)
        ]
        + [
            {"connection_id": connection.id, "component_code": str(code),
             "wage_component_id": one.id}
            for code, one in enumerate(wages, start=101)
        ]
    )  # fmt: skip
    return types, wages


def hours(env, connection, types, lines, start=FIRST, end=LAST):
    """Timesheet lines of all people, over the days and hour types of a period."""
    person = env["loket.employee"].search(
        [("connection_id", "=", connection.id), ("employee_id", "!=", False)], limit=1
    )
    project = env["project.project"].search(
        [("name", "=", "Bench"), ("active", "=", True)], limit=1
    ) or env["project.project"].create({"name": "Bench"})
    line = env["account.analytic.line"].create(
        {
            "name": "/",
            "project_id": project.id,
            "employee_id": person.employee_id.id,
            "date": start,
            "unit_amount": 8,
            "work_entry_type_id": types[:1].id,
        }
    )
    env.flush_all()
    days = (end - start).days + 1
    people = "SELECT array_agg(DISTINCT employee_id) AS ids FROM loket_employee " + (
        f"WHERE connection_id = {connection.id} AND employee_id IS NOT NULL"
    )
    with _unhampered(env.cr, "account_analytic_line"):
        copies(
            env.cr,
            "account_analytic_line",
            line.id,
            f"SELECT n, p.ids[1 + n % array_length(p.ids, 1)] AS employee_id, "
            f"n / array_length(p.ids, 1) AS turn "
            f"FROM ({people}) p, generate_series(0, {lines - 1}) n",
            {
                "employee_id": "s.employee_id",
                "date": f"date '{start}' + s.turn % {days}",
                # of everybody a few of the types, and not the same few
                "work_entry_type_id": f"('{{{','.join(map(str, types.ids))}}}'::int[])"
                f"[1 + (s.employee_id + s.turn % {TYPES_EACH} * 7) % {len(types)}]",
                "unit_amount": "(1 + s.n % 31) * 0.25",
            },
        )
    env.invalidate_all()
    line.unlink()


@contextmanager
def _unhampered(cr, table):
    """Let millions of rows, which are right, come in unchecked; indexed after that."""
    cr.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
        "AND tablename = %s AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        (table,),
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f'DROP INDEX "{name}"')
    cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    yield
    cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    for _name, definition in indexes:
        cr.execute(definition)


def wage_entries(env, connection, wages, start=FIRST):
    """A wage entry or two of everybody."""
    person = env["loket.employee"].search(
        [("connection_id", "=", connection.id), ("employee_id", "!=", False)], limit=1
    )
    entry = env["hr.wage.entry"].create(
        {
            "employee_id": person.employee_id.id,
            "wage_component_id": wages[:1].id,
            "date": start,
            "value": 10,
        }
    )
    env.flush_all()
    copies(
        env.cr,
        "hr_wage_entry",
        entry.id,
        "SELECT DISTINCT l.employee_id, k FROM loket_employee l, "
        f"generate_series(0, 1) k WHERE connection_id = {connection.id} "
        "AND employee_id IS NOT NULL",
        {
            "employee_id": "s.employee_id",
            "wage_component_id": f"('{{{','.join(map(str, wages.ids))}}}'::int[])"
            f"[1 + (s.employee_id + s.k) % {len(wages)}]",
            "value": "10 + s.k * 2.5",
        },
    )
    env.invalidate_all()
    entry.unlink()


def payroll_company(env, size, booked=True):
    """A company whose hours of one period are booked.

    :param booked: whether they are
    :return: (connection, hour types, wage components)
    """
    link = connection(env)
    employments(env, link, size.people)
    employees(env, link)
    departments(env, link, size.departments)
    move(env, link, size.changing)
    second_employments(env, link, size.twice, size.people)
    types, wages = codes(env, link, size)
    if booked:
        hours(env, link, types, size.lines)
        wage_entries(env, link, wages)
    return link, types, wages
