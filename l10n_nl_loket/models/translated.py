# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Brings sentences into the language of a user."""

from datetime import date, datetime

from odoo.exceptions import MissingError
from odoo.tools.misc import format_date, format_datetime, formatLang
from odoo.tools.translate import code_translations, get_translation

from ..words import Brief, Number, Text

MODULE = "l10n_nl_loket"


def translated(env, text):
    """``text`` in the language of ``env``; what is no Text comes back as it is.

    It stays a Text: kept in a ``Sentence``, each reader has it in a language of theirs.
    """
    if not isinstance(text, Text):
        return text
    if isinstance(text, Name):
        return text.in_language(env)
    values = {name: in_words(env, value) for name, value in text.values.items()}
    lang = env.lang or "en_US"
    words = get_translation(_module_of(env, lang, text), lang, text.source, values)
    return Text(text.source, text.values, words)


def _module_of(env, lang, text):
    """The addon that has a sentence in a language: this one, or one built on it."""
    if lang == "en_US" or text.source in code_translations.get_python_translations(
        MODULE, lang
    ):
        return MODULE
    for name in env.registry._init_modules:
        if name.startswith(f"{MODULE}_") and (
            text.source in code_translations.get_python_translations(name, lang)
        ):
            return name
    return MODULE


def reason_of(error):
    """What an error of Odoo tells its reader; a sentence of ours stays one."""
    reason = error.args[0]
    return reason if isinstance(reason, str) else str(reason)


def lines_of(env, text):
    """The lines of a text that was ``joined``, each a sentence of its own."""
    if not isinstance(text, Text):
        return (text or "").splitlines()
    if "part0" not in text.values:
        return [text]
    return [translated(env, part) for part in text.values.values()]


def in_words(env, value):
    """A value of a text, as the reader writes it.

    :param value: text, a sentence, a ``Number``, a date, or a time in UTC
    """
    if isinstance(value, Brief):
        return formatLang(env, value, digits=value.decimals)
    if isinstance(value, Number):
        return formatLang(env, value)
    if isinstance(value, datetime):
        return format_datetime(env, value, dt_format="d MMM y HH:mm")
    if isinstance(value, date):
        return format_date(env, value, date_format="d MMM y")
    return translated(env, value)


class Name(Text):
    """What something in Odoo is called, in the language of the reader.

    :param kind: ``field`` (model, field), ``choice`` (model, field, value of the
        selection), ``kind`` (of booking, without a source), ``month`` (year, number),
        or ``record`` (model, id); what is gone is called as it was
    :param keys: as the kind says
    :param words: as it is called by who writes it
    """

    __slots__ = ()

    def __new__(cls, kind, keys, words):
        return super().__new__(cls, kind, {"keys": list(keys)}, words)

    def __reduce__(self):
        return type(self), (self.source, self.values["keys"], str(self))

    def in_language(self, env):
        """The same, in the language of ``env``."""
        words = getattr(self, f"_{self.source}")(env, *self.values["keys"])
        return Name(self.source, self.values["keys"], words or str(self))

    def _field(self, env, model, name):
        field = model in env and env[model]._fields.get(name)
        return field and field.get_description(env, ["string"])["string"]

    def _choice(self, env, model, name, key):
        field = model in env and env[model]._fields.get(name)
        return field and dict(field._description_selection(env)).get(key)

    def _kind(self, env, name):
        kind = env["loket.booking"]._kind_named(name)
        return kind and env._(kind.unnamed)

    def _month(self, env, year, number):
        return format_date(env, date(year, number, 1), date_format="MMMM yyyy")

    def _record(self, env, model, record_id):
        if model not in env or not isinstance(record_id, int):
            return None  # of somebody else's making
        try:
            # As superuser: it is only named, to who may read the sentence.
            return env[model].sudo().browse(record_id).display_name
        except MissingError:
            return None
