# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Brings the sentences of the plain Python parts into the language of a user."""

from odoo.tools.translate import get_translation

from ..words import Text

MODULE = "l10n_nl_loket"


def translated(env, text):
    """``text`` in the language of ``env``; what is no Text comes back as it is."""
    if not isinstance(text, Text):
        return text
    values = {name: translated(env, value) for name, value in text.values.items()}
    return get_translation(MODULE, env.lang or "en_US", text.source, values)
