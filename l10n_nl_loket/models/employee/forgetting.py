# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nothing of a person who is deleted stays in the tables of this addon."""

import json
import re

from markupsafe import escape

from odoo.tools import SQL

from ..in_halves import no_person_in_the_log
from ..sentence import MARK

#: What is no text about people: the secrets of a link, what Loket offers and somebody
#: maps, marks and numbers. A company, a unit or a code may be called as a person is.
NO_TEXTS = (
    "loket.booking.mark",
    "loket.component",
    "loket.component.mapping",
    "loket.cost.center",
    "loket.department.mapping",
    "loket.export.kept",
    "loket.export.part",
    "loket.period",
    "loket.shared.number",
    "loket.token",
)
#: The same in single fields: settings, and what is kept of those lists and of Loket.
NO_TEXT_FIELDS = {
    "administration_name",
    "administration_ref",
    "booking_kind",
    "component_name",
    "distribution_unit",
    "employer_name",
    "employment_ref",
}
#: All that may tell of people on a connection: what went wrong.
TEXTS_OF_CONNECTION = ("last_error", "warning", "push_missing")
#: Texts about others too, in a field that holds more than text.
TEXTS_IN_JSON = ("checks",)
#: Texts that are kept of the records of this addon: (table, columns, of which model).
NOTES = (
    ("mail_activity", ("summary", "note"), "res_model"),
    ("mail_message", ("subject", "body"), "model"),
)


@no_person_in_the_log()
def forget(rows_sudo, employees_sudo):
    """Forget these people: rows keep reference and number, nothing else tells of them.

    What a payroll file holds is kept: it has numbers, and an employee who is in one
    can't be deleted.

    :param rows_sudo: loket.employee of these people, as superuser
    :param employees_sudo: hr.employee of these people, as superuser
    """
    env = rows_sudo.env
    texts = _texts_of(rows_sudo, employees_sudo)
    for row_sudo in rows_sudo:
        number = row_sudo.employee_number or row_sudo.payroll_number
        name = env._("Number %(number)s", number=number or row_sudo.employment_ref)
        row_sudo.write(
            {
                "decision": "ignore",
                "employee_id": False,
                "is_forgotten": True,
                "name": name,
                "other_person": False,
            }
        )
    env["loket.sync.run.line"].sudo().search(
        [("loket_employee_id", "in", rows_sudo.ids)]
    ).unlink()
    env["loket.payslip"].sudo().search(
        [("employee_id", "in", employees_sudo.ids)]
    ).unlink()
    env.flush_all()
    for table, columns, condition in _places(env, rows_sudo, employees_sudo):
        for column in columns:
            _take_out(env, table, column, condition, texts)
    env.invalidate_all()


def _texts_of(rows_sudo, employees_sudo):
    """What tells who somebody is: names, e-mail addresses, street."""
    texts = {
        *rows_sudo.filtered(lambda row: not row.is_forgotten).mapped("name"),
        *rows_sudo.mapped("email"),
        *employees_sudo.mapped("name"),
        *employees_sudo.mapped("legal_name"),
        *employees_sudo.mapped("work_email"),
        *employees_sudo.mapped("private_email"),
        *employees_sudo.mapped("private_street"),
    }
    for row_sudo in rows_sudo:
        for told in (row_sudo.snapshot or {}, row_sudo.other_person or {}):
            texts |= {
                told.get(key) for key in ("name", "email", "work_email", "street")
            }
    texts = {text.strip() for text in texts if text and text.strip()}
    # The longest first: one may be a part of another.
    return sorted(texts | {str(escape(text)) for text in texts}, key=len, reverse=True)


def _places(env, rows_sudo, employees_sudo):
    """(table, columns, condition) of all texts that may tell of a person.

    What is of somebody else stays: two people may have one name. And what is of a
    company that has nothing to do with these people.
    """
    owners = {"loket_employee_id": rows_sudo.ids, "employee_id": employees_sudo.ids}
    companies = _family(rows_sudo.company_id | employees_sudo.company_id)
    for name, model in env.registry.items():
        if not name.startswith("loket.") or model._abstract or not model._auto:
            continue
        if name in NO_TEXTS or model._transient:  # which is gone within hours
            continue
        columns = [
            field.name
            for field in model._fields.values()
            if field.type in ("char", "text")
            and field.store
            and not field.translate
            and field.name not in NO_TEXT_FIELDS
        ]
        conditions = [
            SQL(
                "(%(owner)s IS NULL OR %(owner)s = ANY(%(ids)s))",
                owner=SQL.identifier(field),
                ids=ids,
            )
            for field, ids in owners.items()
            if field in model._fields
        ]
        if name == "loket.connection":
            columns = TEXTS_OF_CONNECTION
        if name == "loket.employee":  # whose own fields are emptied already
            columns, conditions = ["problem", *TEXTS_IN_JSON], []
        own = SQL("company_id = ANY(%s)", companies)
        yield model._table, columns, SQL(" AND ").join([own, *conditions])
        if "message_ids" not in model._fields:
            continue
        records = SQL("SELECT id FROM %s WHERE %s", SQL.identifier(model._table), own)
        for table, note_columns, model_name in NOTES:
            of_model = SQL("%s = %s", SQL.identifier(model_name), name)
            yield table, note_columns, SQL("%s AND res_id IN (%s)", of_model, records)


def _family(companies_sudo):
    """Ids of these companies with all branches of their main company."""
    roots_sudo = companies_sudo.root_id
    return companies_sudo.search([("id", "child_of", roots_sudo.ids)]).ids


def _take_out(env, table, column, condition, texts):
    """Put a word in the place of these texts, in one column."""
    _take_out_of_kept(env, table, column, condition, texts)
    if column in TEXTS_IN_JSON:
        return
    for text in texts:
        env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = "
                "regexp_replace(%(column)s, %(pattern)s, %(instead)s, 'g') "
                "WHERE %(condition)s AND strpos(%(column)s, %(text)s) > 0 "
                "AND NOT starts_with(%(column)s, %(mark)s)",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                condition=condition,
                pattern=_pattern(text),
                instead=env._("(deleted)"),
                text=text,
                mark=MARK,
            )
        )


def _take_out_of_kept(env, table, column, condition, texts):
    """The same where JSON is kept: of its values, never of what they are called.

    Among it are sentences, kept as what they are made of (see ``Sentence``).
    """
    is_json = column in TEXTS_IN_JSON
    names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
    # As they stand within a string there.
    shapes = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]
    rows = env.execute_query(
        SQL(
            "SELECT id, %(column)s::text FROM %(table)s WHERE %(condition)s "
            "AND (%(is_json)s OR starts_with(%(column)s::text, %(mark)s)) "
            "AND EXISTS (SELECT FROM unnest(%(shapes)s::text[]) AS told(shape) "
            "WHERE strpos(%(column)s::text, shape) > 0)",
            **names,
            condition=condition,
            is_json=is_json,
            mark=MARK,
            shapes=shapes,
        )
    )
    pattern = re.compile("|".join(map(_pattern, texts)))
    for record_id, raw in rows:
        kept = _without(json.loads(raw), pattern, env._("(deleted)"))
        env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = %(kept)s%(cast)s WHERE id = %(id)s",
                **names,
                kept=json.dumps(kept, ensure_ascii=False),
                cast=SQL("::jsonb" if is_json else ""),
                id=record_id,
            )
        )


def _pattern(text):
    """A regular expression, of Python and PostgreSQL, of a text between words."""
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def _without(kept, pattern, instead):
    """What JSON holds, without what the pattern finds in its values."""
    if isinstance(kept, str):
        return pattern.sub(lambda _found: instead, kept)
    if isinstance(kept, list):
        return [_without(value, pattern, instead) for value in kept]
    if isinstance(kept, dict):
        # What a sentence is made of is ours, and tells of nobody.
        return {
            key: value if key == "say" else _without(value, pattern, instead)
            for key, value in kept.items()
        }
    return kept
