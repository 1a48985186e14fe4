# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

#: What a change of would make another file of it.
CONTENT = {"datas", "db_datas", "mimetype", "name", "raw", "res_id", "res_model"}


class IrAttachment(models.Model):
    """The payroll file that Loket has is not replaced behind the clerk's back."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Refuse what would make another file of one that Loket has."""
        names = CONTENT & vals.keys()
        if names:  # Odoo writes the same content when it moves its storage
            self.filtered(
                lambda file: any(file[name] != vals[name] for name in names)
            )._check_no_payroll_file()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_payroll_file(self):
        """:raise UserError: one of these is the file of a ``loket.export``"""
        self._check_no_payroll_file()

    def _check_no_payroll_file(self):
        """:raise UserError: one of these is the file of a ``loket.export``"""
        # As superuser: whoever touches it, and whatever that person may see.
        files_sudo = self.sudo().filtered(lambda file: file.res_model == "loket.export")
        exports_sudo = self.env["loket.export"].sudo()
        if files_sudo and exports_sudo.search_count(
            [("attachment_id", "in", files_sudo.ids)]
        ):
            raise UserError(
                self.env._(
                    "A payroll file is kept as it was made. Make the file of the "
                    "period again to replace it."
                )
            )
