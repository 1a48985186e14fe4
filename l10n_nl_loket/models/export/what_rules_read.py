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

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from odoo.tools import SQL

from ...payroll_file.periods import Period

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
    "res.company": ("active", "currency_id", "parent_id", "parent_path"),
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
    "told_digest",
    "write_date",
    "write_uid",
}
#: Models of which each row counts. Versions of people leave marks, as bookings do.
ROWS = ("uom.uom",)
#: The same, of one connection each; beside others, of all of them.
ROWS_OF_CONNECTION = (
    "loket.component",
    "loket.component.mapping",
    "loket.cost.center",
    "loket.department.mapping",
    "loket.period",
)

#: Which rows of a table count, and of which connection they are, where all are alike.
ALL, EVERYBODY = SQL("TRUE"), SQL("NULL::integer")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Of one file that counts: all that decides what is late of it.

    :param alone: with what was made of its own link, as far as it concerns this file
    :param beside_others: with all files of all links, for others may hold some of it
    """

    alone: str
    beside_others: str


def fingerprints(env, files):
    """{id of a file: ``Fingerprints``}

    In the same few queries, however many files of a link there are. What is not written
    yet is written first.

    :param files: recordset of ``loket.export``, as superuser
    """
    env.flush_all()
    of_rules = _of_rules(env)
    rows = _made(env)
    everything = _sha(repr(of_rules), repr(rows))
    beside_others = _beside_others(env)
    result = {}
    for connection, of_link in files.grouped("connection_id").items():
        own = [row for row in rows if row.connection == connection.id]
        rules = repr([row for row in of_rules if row[1] in (None, connection.id)])
        concerns = _concerning(connection, own)
        for file in of_link:
            alone = _sha(rules, repr([row for row in own if concerns(row, file)]))
            is_beside = connection.id in beside_others
            result[file.id] = Fingerprints(
                everything if is_beside else alone, everything
            )
    return result


def _sha(*texts):
    return sha256("|".join(texts).encode()).hexdigest()


def _of_rules(env):
    """All but the files that were made: rows of (part, id of a connection, ...)"""
    parts = [
        *(_columns(env[model], names) for model, names in COLUMNS.items()),
        _employments(env["loket.employee"]),
        _arrivals(env["loket.employee"]),
        *(_rows(env[model]._table) for model in _models(env)),
        _rows(env["loket.employee"]._fields["hours_project_ids"].relation),
        _addons(),
        *_marking(env),
        *(
            _rows(env[model]._table, ALL, SQL("connection_id"))
            for model in ROWS_OF_CONNECTION
        ),
    ]
    union = SQL(" UNION ALL ").join(
        SQL("SELECT %s AS part, rows.* FROM (%s) rows", number, part)
        for number, part in enumerate(parts)
    )
    return env.execute_query(SQL("%s ORDER BY 1, 2", union))


# === FILES THAT WERE MADE === #


class _Made(NamedTuple):
    """A file that was made, whether it counts or not.

    :param took: of which periods it took something along
    """

    id: int
    connection: int
    client_number: int
    year: int
    period: int
    start: date
    end: date
    is_latest: bool
    attachment: int
    sends_delivered: bool
    took: list


def _made(env):
    """All files of all links, in order."""
    return [
        _Made(*row)
        for row in env.execute_query(
            SQL(
                """
                SELECT id, connection_id, client_number, year, period, date_from,
                    date_to, is_latest, attachment_id, send_delivered,
                    ARRAY(
                        SELECT DISTINCT ROW(of.year, of.period)::text
                        FROM loket_export_late late
                        JOIN loket_export of ON of.id = late.period_export_id
                        WHERE late.export_id = made.id AND late.taken ORDER BY 1
                    )
                FROM loket_export made
                WHERE attachment_id IS NOT NULL ORDER BY id
                """
            )
        )
    ]


def _concerning(connection, own):
    """Which of the files of a link may change what is late of which other.

    Those that took something along of it, and those that have some of its days, as all
    of the same period do. All of them, where Loket dated periods anew, or gave the link
    another number, since a file was made.

    :param own: list of ``_Made`` of the link
    :return: function of a ``_Made`` and a ``loket.export``
    """
    calendar = connection._calendar()
    is_plain = all(
        made.client_number == connection.client_number
        and calendar.period(made.year, made.period) in (None, _days(made))
        for made in own
    )

    def concerns(made, file):
        return (
            not is_plain
            or f"({file.year},{file.period})" in made.took
            or (made.start <= file.date_to and made.end >= file.date_from)
        )

    return concerns


def _days(made):
    return Period(made.year, made.period, made.start, made.end)


def _beside_others(env):
    """Ids of the links that are not alone: in a company, or in whom they pay."""
    return {
        id_
        for (id_,) in env.execute_query(
            SQL(
                """
                SELECT own.id
                FROM loket_connection own
                JOIN res_company own_company ON own_company.id = own.company_id
                JOIN loket_connection other ON other.id != own.id
                JOIN res_company company ON company.id = other.company_id
                WHERE split_part(own_company.parent_path, '/', 1)
                    = split_part(company.parent_path, '/', 1)
                UNION
                SELECT own.connection_id
                FROM loket_employee own
                JOIN loket_employee other ON other.employee_id = own.employee_id
                    AND other.connection_id != own.connection_id
                """
            )
        )
    }


# === ROWS AND COLUMNS === #


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


def _columns(model, names):
    """Of the columns that are in the table of the model itself."""
    fields = [(name, model._fields[name]) for name in ("id", *names)]
    own = [name for name, field in fields if field.store and not field.inherited]
    return _digest(_as_text(own), model._table)


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


def _arrivals(model):
    """How many there ever were: of who was there for a while, a file may be left."""
    sequence = SQL.identifier(f"{model._table}_id_seq")
    return SQL("SELECT NULL::integer, last_value, 0::numeric FROM %s", sequence)


def _as_text(names):
    return SQL("ROW(%s)::text", SQL(", ").join(map(SQL.identifier, names)))


def _addons():
    """Another version of any addon may decide otherwise."""
    return SQL(
        "SELECT NULL::integer, count(*), sum(hashtextextended(ROW(name, "
        "latest_version)::text, 0)) FROM ir_module_module WHERE state = 'installed'"
    )


def _marking(env):
    """That bookings left marks all the while: no trigger was off, no table emptied."""
    marks = env["loket.booking.mark"]
    triggers = SQL("tgname = ANY(%s)", marks._names_of_triggers())
    tables = SQL(
        "relname = ANY(%s) AND relnamespace = current_schema::regnamespace",
        sorted(marks._tables()),
    )
    return [
        _rows("pg_trigger", triggers),
        _digest(SQL("relfilenode::text"), "pg_class", tables),
    ]
