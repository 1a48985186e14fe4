# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person may write: nothing of another company, nothing that Odoo fills in."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.models import LOG_ACCESS_COLUMNS

#: The name of this addon, as fields know it.
MODULE = __name__.split(".")[2]


class LoketWalls(models.AbstractModel):
    """Walls around values, for every way in: forms, imports, copies, calls.

    Odoo asks the rules of a record before it is written, and of what it will refer to
    nothing at all. Here both are asked again when it is written, as the person who
    wrote: two references that move together to another company are refused as one is.

    A field that is read-only in Python is filled in by Odoo: nobody writes it. The code
    of this addon that does so has the rights of the system (``sudo``); what a call may
    pass, a context among it, opens nothing.
    """

    _name = "loket.walls"
    _description = "Walls around What Is Written"

    # === WHAT ODOO FILLS IN === #

    @api.model
    def _has_field_access(self, field, operation):
        """What is read-only on the screen is so for every way in.

        Wizards are their person's own: what they hold is checked when it is used.
        """
        if (
            operation == "write"
            and not self.env.su
            and self._is_filled_in_by_odoo(field)
        ):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _is_filled_in_by_odoo(self, field):
        return field.readonly and MODULE in field._modules and not self._transient

    def copy_data(self, default=None):
        """A copy begins without what Odoo fills in."""
        given = default or {}
        return [
            {
                name: value
                for name, value in vals.items()
                if name in given or self._has_field_access(self._fields[name], "write")
            }
            for vals in super().copy_data(default)
        ]

    # === WHAT IS REFERRED TO === #

    @api.model_create_multi
    def create(self, vals_list):
        """Create, and check all that the new records refer to.

        :raise AccessError: one of them refers to what its person may not see
        """
        records = super().create(vals_list)
        # Not what was given alone: defaults of the context are what somebody says too.
        records._check_walls(
            name for name, field in self._fields.items() if field.store
        )
        return records

    def write(self, vals):
        """Write, and check where the records are now, and what they refer to.

        :raise AccessError: they are, or refer to, what this person may not see
        """
        result = super().write(vals)
        self._check_walls(vals)
        return result

    def _check_walls(self, names):
        """:raise AccessError: what was written is beyond the walls of who wrote it

        :param names: of the fields that were written
        """
        if self.env.su:
            return
        references = [name for name in names if self._is_reference(name)]
        # As superuser: whether the person may see what is there now is what is asked.
        records_sudo = self.sudo().with_context(active_test=False)
        for name in references:
            records = records_sudo.mapped(name).with_env(self.env)
            if hidden(records):
                self._refuse_beyond(name)
        # Last: it writes what is computed meanwhile, which may not be what can be.
        if references:
            self.check_access("write")

    @api.model
    def _refuse_beyond(self, name):
        """:raise AccessError: always; what a field refers to is beyond the walls"""
        label = self._fields[name].get_description(self.env, ["string"])
        raise AccessError(
            self.env._(
                "%(field)s: what you chose is of another company, or not "
                "yours to see. Choose another one.",
                field=label["string"],
            )
        )

    @api.model
    def _is_reference(self, name):
        """Whether a field refers to other records, and is this addon's to look after.

        Of Odoo's own models, these are the fields that this addon adds.
        """
        field = self._fields.get(name)
        if field is None or field.type not in ("many2one", "many2many"):
            return False
        is_ours = self._original_module == MODULE or MODULE in field._modules
        return is_ours and name not in LOG_ACCESS_COLUMNS


def hidden(records):
    """Those of the records that the rules keep from this person.

    The rules alone where the model as a whole is kept from the person: a clerk enters
    what is paid to employees without a right to look at them.
    """
    if records._transient:  # which are of nobody but who made them
        # As superuser: whose they are is what is asked.
        return records.filtered(lambda one: one.sudo().create_uid != records.env.user)
    if records.browse().has_access("read"):
        return records - records._filtered_access("read")
    domain = records.env["ir.rule"]._compute_domain(records._name, "read")
    # As superuser, as Odoo applies rules.
    seen_sudo = records.sudo().with_context(active_test=False).filtered_domain(domain)
    return records - seen_sudo.with_env(records.env)
