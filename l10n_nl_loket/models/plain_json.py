# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON that is read very often."""

from odoo import fields

#: What of a value of JSON can be changed, and so is to be copied.
_CHANGEABLE = (dict, list)


class PlainJson(fields.Json):
    """A field of JSON, of which each reading is a copy, as of Odoo's own.

    Odoo's is made by ``copy.deepcopy``, which looks for all that a value of Python may
    be, and takes three times as long: adding an employee reads what Loket told of it
    dozens of times.
    """

    def convert_to_record(self, value, record):
        return False if value is None else _copied(value)


def _copied(value):
    if isinstance(value, dict):
        return {
            name: _copied(one) if isinstance(one, _CHANGEABLE) else one
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [_copied(one) for one in value]
    return value
