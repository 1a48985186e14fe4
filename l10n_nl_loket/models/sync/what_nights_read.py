# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All that a night reads in Odoo, in so few words: whether it is as it was.

To read ten thousand employees through the ORM takes longer than to read Loket, and most
nights they are found as they were. So the database makes the digest, in one statement,
of the very fields that ``_plain`` and ``_plain_employees`` read. There is nothing in it
that could be out of date: what is not written yet is written first.
"""

from odoo.tools import SQL, Query

from ...people import quiet
from ..connection.loket_connection import WHICH
from ..employee.loket_employee import CONNECTION_FIELDS, PLAIN_FIELDS
from ..employee.loket_employee_transfer import CONTRACT_FIELDS

#: Settings of a connection that decide what a night reads and takes over.
SETTINGS = (
    "administration_ref",
    "api_url",
    "client_id",
    "employer_ref",
    "environment",
    "protocol",
    "vanish_threshold",
    "wsdl_url",
)
IN_ODOO = ("company_id", "department_id")


def digest_of_odoo(connection):
    """What tells whether Odoo's side of a night is as it was, whatever the day.

    :param connection: loket.connection, as superuser
    :return: a text; None: what an employee has is in no column, so it is not known
    """
    env = connection.env
    env.flush_all()
    parts = _parts(env, connection.id)
    try:
        columns = [_digest(env[model], *part) for model, *part in parts]
    except ValueError:  # a field that another addon works out
        return None
    columns = SQL(", ").join(SQL("(%s)", column) for column in columns)
    (found,) = env.execute_query(SQL("SELECT %s", columns))
    return quiet.digest([(model, names) for model, names, _where in parts], found)


def _parts(env, own):
    """All tables that count: (model, fields, which of its rows)

    :param own: id of the connection
    """
    ours = SQL("FROM loket_employee WHERE connection_id = %s", own)
    # Its employments, and those of others with the same employee, or number.
    concerned = SQL(
        """(
            loket_employee.connection_id = %(own)s
            OR loket_employee.employee_id IN (SELECT employee_id %(ours)s)
            OR loket_employee.number_key IN (SELECT number_key %(ours)s)
        )""",
        own=own,
        ours=ours,
    )
    people = SQL("(SELECT employee_id FROM loket_employee WHERE %s)", concerned)
    employee_fields = env["loket.employee"]._plain_employee_fields()
    return [
        ("loket.employee", PLAIN_FIELDS, concerned),
        (
            "hr.employee",
            (*employee_fields, *IN_ODOO),
            SQL("hr_employee.id IN %s", people),
        ),
        ("hr.version", CONTRACT_FIELDS, SQL("hr_version.employee_id IN %s", people)),
        (
            "loket.connection",
            (*CONNECTION_FIELDS, *SETTINGS),
            SQL(
                "loket_connection.id = %s OR loket_connection.id IN "
                "(SELECT connection_id FROM loket_employee WHERE %s)",
                own,
                concerned,
            ),
        ),
        (
            # Those that may read the same administration: see ``_reads_twice``.
            "loket.connection",
            WHICH,
            SQL("active AND state != 'draft' AND loket_connection.id != %s", own),
        ),
        ("res.company", ("parent_path",), SQL("TRUE")),
        ("res.country", ("code",), SQL("TRUE")),
        (
            "loket.shared.number",
            ("first_id", "second_id", "number"),
            SQL(
                "first_id IN (SELECT id %s) OR second_id IN (SELECT id %s)", ours, ours
            ),
        ),
        (
            "loket.department.mapping",
            ("department_id", "cost_center_id"),
            SQL("connection_id = %s", own),
        ),
        (
            "loket.cost.center",
            ("code", "kind", "name"),
            SQL("connection_id = %s", own),
        ),
        (
            # By another addon names may be put together otherwise.
            "ir.module.module",
            ("name", "latest_version"),
            SQL("ir_module_module.state = 'installed'"),
        ),
    ]


def _digest(model, names, where):
    """The query of the digest of some rows of a table.

    :raise ValueError: a field is in no column
    """
    table = model._table
    query = Query(model.env, table, SQL.identifier(table))
    query.add_where(SQL("(%s)", where))
    # Of employees, Odoo joins the version of today.
    values = [model._field_to_sql(table, name, query) for name in ("id", *names)]
    return query.select(
        SQL(
            "md5(string_agg(md5(ROW(%s)::text), '' ORDER BY %s))",
            SQL(", ").join(values),
            SQL.identifier(table, "id"),
        )
    )
