# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A file that was made stays what it was, whatever happens to its connection."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ..connection.loket_connection import DISTRIBUTIONS, PERIOD_TYPES

#: What a draft has of its connection as it is now, and a file as it was when made.
AS_MADE = (
    "administration_name",
    "client_number",
    "distribution",
    "employer_name",
    "period_type",
)
#: What a person may fill in, in a draft.
FILLED_IN = {"connection_id", "year", "period", "accept_left_out"}


class LoketExport(models.Model):
    _inherit = "loket.export"

    employer_name = fields.Char(compute="_compute_as_made", store=True)
    administration_name = fields.Char(compute="_compute_as_made", store=True)
    client_number = fields.Integer(
        compute="_compute_as_made", store=True, aggregator=None
    )
    period_type = fields.Selection(PERIOD_TYPES, compute="_compute_as_made", store=True)
    distribution = fields.Selection(
        DISTRIBUTIONS, compute="_compute_as_made", store=True
    )

    @api.depends(*(f"connection_id.{name}" for name in AS_MADE))
    def _compute_as_made(self):
        for export in self:
            is_made = export.attachment_id and export.client_number
            source = export if is_made else export.connection_id
            for name in AS_MADE:
                export[name] = source[name]

    def write(self, vals):
        """What is read-only on the screen is so for every way in; a file is kept."""
        if not self.env.su:
            self._check_filled_in(vals)
        return super().write(vals)

    def _check_filled_in(self, vals):
        own = {
            name
            for name in vals
            if name in self._fields and self._fields[name]._module == "l10n_nl_loket"
        }
        kept = FILLED_IN if any(one.state != "draft" for one in self) else set()
        if own - FILLED_IN or own & kept:
            raise AccessError(
                self.env._(
                    "What is in a payroll file is made by Odoo and can't be written by "
                    "hand. Make the file again instead."
                )
            )
        if vals.get("connection_id"):
            connection = self.env["loket.connection"].browse(vals["connection_id"])
            connection.check_access("read")

    @api.model_create_multi
    def create(self, vals_list):
        """A person makes drafts; all else follows from what is booked."""
        exports = self
        if not self.env.su:
            for vals in vals_list:
                self.browse()._check_filled_in(vals)
            # Defaults of the context would fill in the rest.
            exports = self.with_env(self.env(context=clean_context(self.env.context)))
        return super(LoketExport, exports).create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        if any(export.state != "draft" for export in self):
            raise UserError(
                self.env._(
                    "A payroll file that was made is kept, so that it can be looked "
                    "up later. Only drafts can be deleted."
                )
            )
