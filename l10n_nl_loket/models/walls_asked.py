# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a form that is not saved may ask: nothing about what its person may not see."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from .walls import MODULE, hidden


class LoketWalls(models.AbstractModel):
    """Walls around what is asked of a record that is not there yet.

    Such a record computes its fields with the rights of the system, of what a form
    gives. So what it gives is looked at first: a record that its person may not see is
    refused before anything is computed of it, and what Odoo fills in is not theirs to
    suppose.
    """

    _inherit = "loket.walls"

    # === WHAT IS WRITTEN === #

    @api.model_create_multi
    def create(self, vals_list):
        """Create, once it is sure that nothing is named that is not theirs to see.

        :raise AccessError: something is
        """
        self._check_given(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Write, once it is sure that nothing is named that is not theirs to see.

        :raise AccessError: something is
        """
        self._check_given([vals])
        return super().write(vals)

    def _check_given(self, vals_list):
        """:raise AccessError: values that are to be written name what is out of sight

        Before they are written, and in few queries: whatever else refuses them, rules
        of ours, of Odoo and of the database, would tell of what they name.
        """
        if self.env.su:
            return
        for name in {name for vals in vals_list for name in vals}:
            if not self._is_reference(name):
                continue
            ids = {id_ for vals in vals_list for id_ in _named(vals.get(name))}
            named = self.env[self._fields[name].comodel_name].browse(ids)
            # As superuser, it is only compared: what is there is no question.
            if named and hidden(named - self.sudo().mapped(name).with_env(self.env)):
                self._refuse_beyond(name)

    # === WHAT IS ASKED === #

    def onchange(self, values, field_names, fields_spec):
        """Answer a form.

        :raise AccessError: it names what its person may not see
        """
        self.check_access("write" if self else "create")
        if not self.env.su:
            self._check_asked(values)
            values = self._supposed(values)
            field_names = [name for name in field_names if name in values]
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        """What a new record begins with; a link may bring it along.

        :raise AccessError: it names what its person may not see
        """
        defaults = super().default_get(fields)
        if not self.env.su:
            self._check_asked(defaults)
        return defaults

    @api.model
    @api.private
    def new(self, values=None, origin=None, ref=None):
        """A record that is not there yet.

        :raise AccessError: it names what its person may not see
        """
        if not (self.env.su or origin):  # what is there is read by the rules
            self._check_asked(values or {})
        return super().new(values, origin, ref)

    def _supposed(self, values):
        """Without what Odoo fills in, and nobody may suppose."""
        return {
            name: [self._line_supposed(name, line) for line in value]
            if self._is_ours(name) and isinstance(value, list)
            else value
            for name, value in values.items()
            if name == "id"
            or name not in self._fields
            or not self._is_filled_in_by_odoo(self._fields[name])
        }

    def _line_supposed(self, name, line):
        """The same for a command on a list of records."""
        lines = self.env[self._fields[name].comodel_name]
        if not hasattr(lines, "_supposed") or not isinstance(line, list | tuple):
            return line
        return [
            lines._supposed(part) if isinstance(part, dict) else part for part in line
        ]

    def _check_asked(self, values):
        """:raise AccessError: values name what this person may not see

        What the record refers to already is no question: its person may see the record.
        """
        for name, value in values.items():
            if not self._is_ours(name):
                continue
            others = self.env[self._fields[name].comodel_name]
            named = others.browse(_named(value))
            if named and self and len(self) == 1 and self.id:
                # As superuser: it is only compared.
                named -= self.sudo()[name].with_env(self.env)
            if hidden(named):
                raise AccessError(
                    self.env._("What you ask about is not yours to see, or not there.")
                )
            if hasattr(others, "_check_asked"):
                for nested in _nested(value):
                    others._check_asked(nested)

    @api.model
    def _is_ours(self, name):
        """Whether a field names other records, and is this addon's to look after."""
        field = self._fields.get(name)
        if field is None or field.type not in ("many2one", "one2many", "many2many"):
            return False
        return self._original_module == MODULE or MODULE in field._modules


class Base(models.AbstractModel):
    """Forms of Odoo's own models name our records too, as lines of a list."""

    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """Answer a form.

        :raise AccessError: lines of this addon in it name what is out of sight
        """
        if not self.env.su:
            _check_lines(self, values)
            context = self.env.context
            defaults = [key for key in context if key.startswith("default_")]
            _check_lines(
                self, {key.removeprefix("default_"): context[key] for key in defaults}
            )
        return super().onchange(values, field_names, fields_spec)


def _check_lines(records, values):
    """:raise AccessError: lines of this addon, at any depth, name what is out of sight

    :param values: of a form of any model
    """
    for name, value in values.items():
        field = records._fields.get(name)
        if field is None or field.type not in ("one2many", "many2many"):
            continue
        others = records.env[field.comodel_name]
        is_ours = hasattr(others, "_check_asked")
        if is_ours and hidden(others.browse(_named(value))):
            raise AccessError(
                records.env._("What you ask about is not yours to see, or not there.")
            )
        for nested in _nested(value):
            if is_ours:
                others._check_asked(nested)
            else:
                _check_lines(others, nested)


def _named(value):
    """Ids of the records that a value of such a field names, in whatever form."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int):
        return [value]
    if isinstance(value, models.BaseModel):
        return value.ids
    if isinstance(value, dict):
        return _named(value.get("id"))
    if isinstance(value, list | tuple):
        return [id_ for part in value for id_ in _named_by(part)]
    return []


def _named_by(part):
    """Ids that a command, or an element of a list, names."""
    if not isinstance(part, list | tuple) or not part:
        return _named(part)
    if part[0] == Command.SET:
        return _named(part[2] if len(part) > 2 else [])
    return _named(part[1] if len(part) > 1 else None)


def _nested(value):
    """The values within a value: of records that a form makes or changes."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _nested(part)
