# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of sentences that are kept as what they were made of.

A night is run in one language and read in another. The database has the English source
and the values; each reader has the sentence in a language of theirs. What was kept as a
sentence before, and words of others, stay as they are.
"""

import json
from datetime import date, datetime

from odoo import api, fields, models
from odoo.tools import SQL

from ..words import Number, Text
from .translated import Name, translated

#: What a kept sentence begins with, and no sentence of people does.
MARK = '{"say": '
LIKE = ("like", "ilike", "=like", "=ilike")


def pack(text):
    """What is kept of a text, as JSON values; what is no Text comes back as it is."""
    if isinstance(text, Name):
        return {"say": text.source, "keys": text.values["keys"], "as": str(text)}
    if isinstance(text, Text):
        values = {name: _pack_value(value) for name, value in text.values.items()}
        return {"say": text.source, "with": values}
    return text


def unpack(kept):
    """The Text of what ``pack`` made, in English; all else comes back as it is."""
    if not isinstance(kept, dict):
        return kept
    if "keys" in kept:
        return Name(kept["say"], kept["keys"], kept["as"])
    values = {name: _unpack_value(value) for name, value in kept["with"].items()}
    return Text(kept["say"], values)


def _pack_value(value):
    if isinstance(value, Number):
        return {"number": float(value)}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, Text) or value is None or isinstance(value, (int, float)):
        return pack(value)
    return str(value)


def _unpack_value(kept):
    if not isinstance(kept, dict):
        return kept
    if "number" in kept:
        return Number(kept["number"])
    if "at" in kept:
        return datetime.fromisoformat(kept["at"])
    if "on" in kept:
        return date.fromisoformat(kept["on"])
    return unpack(kept)


class LoketWalls(models.AbstractModel):
    """Models of this addon say what is kept by ``self._lt``, as ``self.env._`` does."""

    _inherit = "loket.walls"

    @api.model
    def _lt(self, source, **values):
        """A sentence in the language of this user, which a Sentence keeps for others.

        :param values: text, a sentence, a ``Number``, a date, or a time in UTC
        """
        return translated(self.env, Text(source, values))


class _Kept:
    """What both kinds of field have: kept as JSON, read as a sentence."""

    def convert_to_cache(self, value, record, validate=True):
        if isinstance(value, Text):
            value = json.dumps(pack(value), ensure_ascii=False)
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        value = super().convert_to_record(value, record)
        return self._said(record.env, value) if value else value

    def convert_to_read(self, value, record, use_display_name=True):
        value = super().convert_to_read(value, record, use_display_name)
        return str(value) if value else value

    def _description_groupable(self, env):
        return False  # a group would be called by what is kept

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        """Find sentences by what their reader reads."""
        condition = super().condition_to_sql(
            field_expr, operator, value, model, alias, query
        )
        positive = operator.removeprefix("not ")
        if positive not in LIKE or not isinstance(value, str) or not value:
            return condition
        said = self._kept_like(model, positive, value)
        column = self.to_sql(model, alias)
        is_kept = SQL("starts_with(%s, %s)", column, MARK)
        found = SQL("%s = ANY(%s)", column, said)
        if positive != operator:
            found = SQL("NOT %s", found)
        return SQL("CASE WHEN %s THEN %s ELSE %s END", is_kept, found, condition)

    def _kept_like(self, model, operator, value):
        """All that is kept whose sentence is like ``value`` for who reads it."""
        model.flush_model([self.name])
        table, column = SQL.identifier(model._table), SQL.identifier(self.name)
        rows = model.env.execute_query(
            SQL(
                "SELECT DISTINCT %(column)s FROM %(table)s "
                "WHERE starts_with(%(column)s, %(mark)s)",
                column=column,
                table=table,
                mark=MARK,
            )
        )
        kept = [raw for (raw,) in rows]
        said = [str(self._said(model.env, raw)) for raw in kept]
        if not said:
            return []
        expression = SQL(operator.replace("=", "").upper())
        pattern = value if operator.startswith("=") else f"%{value}%"
        matches = model.env.execute_query(
            SQL(
                "SELECT index FROM unnest(%s::text[]) WITH ORDINALITY "
                "AS told(words, index) WHERE words %s %s",
                said,
                expression,
                pattern,
            )
        )
        return [kept[index - 1] for (index,) in matches]

    def _said(self, env, kept):
        """The sentence of what is kept, in the language of ``env``."""
        if not kept.startswith(MARK):
            return kept
        try:
            return translated(env, unpack(json.loads(kept)))
        except (AttributeError, KeyError, TypeError, ValueError):
            return kept  # of somebody else's making


class Sentence(_Kept, fields.Char):
    """A sentence on one line, read in the language of its reader."""


class Sentences(_Kept, fields.Text):
    """Sentences, read in the language of their reader."""
