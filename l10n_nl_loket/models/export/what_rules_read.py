# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Everything but bookings that decides what is late, in so few words.

Two fingerprints that are alike mean that nothing of it changed. Of most tables each
row counts, by the version of it that the database has: whoever wrote it, and whatever.
A time at which it was written would not do: it is that at which the writing began, and
somebody may look before it ends. Of tables that are written all the time for other
reasons, the columns count that matter. Without any of that, what was found is looked
up again by the next night all the same.
"""

from hashlib import sha256

from odoo.tools import SQL

#: Model -> columns that matter, of tables that are written for other reasons too.
COLUMNS = {
    "hr.employee": (
        "active",
        "barcode",
        "birthday",
        "company_id",
        "name",
        "private_email",
        "work_email",
    ),
    "loket.connection": (
        "active",
        "administration_ref",
        "client_number",
        "company_id",
        "default_shift",
        "distribution",
        "environment",
        "period_type",
        "salaried_hours",
        "write_zero",
    ),
    "loket.export": (
        "attachment_id",
        "client_number",
        "connection_id",
        "date_from",
        "date_to",
        "is_latest",
        "period",
        "send_delivered",
        "year",
    ),
    "res.company": ("active", "parent_id", "parent_path"),
}
#: Columns of employments that nights and windows write, and that decide nothing.
NOT_OF_EMPLOYMENTS = {
    "asked_by_id",
    "check_department",
    "check_email",
    "checks",
    "connection_sync_date",
    "create_date",
    "create_uid",
    "is_queued",
    "last_sync_date",
    "payslips_asked",
    "payslips_tried",
    "problem",
    "snapshot",
    "to_apply",
    "to_check",
    "to_come",
    "write_date",
    "write_uid",
}
#: Models of which each row counts.
ROWS = ("hr.version", "uom.uom")
#: The same, of one connection each.
ROWS_OF_CONNECTION = (
    "loket.component",
    "loket.component.mapping",
    "loket.cost.center",
    "loket.department.mapping",
    "loket.period",
)

#: Which rows of a table count, and of which connection they are, where all are alike.
ALL, EVERYBODY = SQL("TRUE"), SQL("NULL::integer")


def fingerprints(env, connections):
    """{id of a connection: all that decides what is late of it, as a fingerprint}

    In one query, whatever the number of connections. What is not written yet is
    written first.

    :param connections: recordset of ``loket.connection``
    """
    env.flush_all()
    parts = [
        *(_columns(env[model], names) for model, names in COLUMNS.items()),
        _employments(env["loket.employee"]),
        *(_rows(env[model]._table) for model in _models(env)),
        _rows(env["loket.employee"]._fields["hours_project_ids"].relation),
        _addons(),
        *(_rows_of(env[model], connections) for model in ROWS_OF_CONNECTION),
    ]
    union = SQL(" UNION ALL ").join(
        SQL("SELECT %s AS part, rows.* FROM (%s) rows", number, part)
        for number, part in enumerate(parts)
    )
    found = env.execute_query(SQL("%s ORDER BY 1, 2", union))
    everybodys = [row for row in found if row[1] is None]
    return {
        connection.id: sha256(
            repr(
                [*everybodys, *(row for row in found if row[1] == connection.id)]
            ).encode()
        ).hexdigest()
        for connection in connections
    }


def _models(env):
    """All of which each row counts: what is booked on, too, of each kind."""
    kinds = env["loket.booking"]._booking_kinds()
    return sorted({*ROWS, *(kind.source_model for kind in kinds)})


def _digest(value, table, where=ALL, owner=EVERYBODY):
    """For whom, how many rows, and the sum of what is in each.

    :param value: SQL of a text
    :param where: SQL: which rows count
    :param owner: SQL: of which connection they are; NULL: they count for all
    """
    return SQL(
        "SELECT %(owner)s, count(*), sum(hashtextextended(%(value)s, 0)) "
        "FROM %(table)s WHERE %(where)s GROUP BY 1",
        owner=owner,
        value=value,
        table=SQL.identifier(table),
        where=where,
    )


def _rows(table, *more):
    """By the version of each row: where it is, and which transaction wrote it."""
    return _digest(SQL("ctid::text || ' ' || xmin::text"), table, *more)


def _rows_of(model, connections):
    own = SQL("connection_id = ANY(%s)", connections.ids)
    return _rows(model._table, own, SQL("connection_id"))


def _columns(model, names):
    """Of the columns that are in the table of the model itself."""
    fields = [(name, model._fields[name]) for name in ("id", *names)]
    own = [name for name, field in fields if field.store and not field.inherited]
    # A draft is no file yet.
    is_file = SQL("attachment_id IS NOT NULL") if "attachment_id" in own else ALL
    return _digest(_as_text(own), model._table, is_file)


def _employments(model):
    """Of what Loket told last, only the addresses matter, and of who is not linked."""
    names = [
        name
        for name, field in model._fields.items()
        if field.store and field.column_type and name not in NOT_OF_EMPLOYMENTS
    ]
    told = SQL("(CASE WHEN employee_id IS NULL THEN snapshot END)::text")
    value = SQL("%s || coalesce(%s, '')", _as_text(sorted(names)), told)
    return _digest(value, model._table)


def _as_text(names):
    return SQL("ROW(%s)::text", SQL(", ").join(map(SQL.identifier, names)))


def _addons():
    """Another version of any addon may decide otherwise."""
    return SQL(
        "SELECT NULL::integer, count(*), sum(hashtextextended(ROW(name, "
        "latest_version)::text, 0)) FROM ir_module_module WHERE state = 'installed'"
    )
