# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

#: What may be written of a payroll file: it says nothing of it, nor of who sees it.
FREE = {"description", "thumbnail"}


class IrAttachment(models.Model):
    """The payroll file that Loket has stays what, where and whose it is.

    For everybody, the superuser too: whatever is written on the attachment of a file
    could replace, move, hide or publish it.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what would pass for a payroll file that was made."""
        attachments = super().create(vals_list)
        attachments._check_no_double()
        return attachments

    def write(self, vals):
        """Refuse what would make another file of one that Loket has."""
        names = (vals.keys() & self._fields.keys()) - FREE
        for file_sudo in self._payroll_files_sudo() if names else ():
            # Odoo writes the same content when it moves its storage.
            if any(file_sudo._as_written(name) != vals[name] for name in names):
                self._refuse()
        result = super().write(vals)
        if not {"name", "res_id", "res_model"}.isdisjoint(vals):
            self._check_no_double()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_payroll_file(self):
        """:raise UserError: one of these is the file of a ``loket.export``"""
        if self._payroll_files_sudo():
            self._refuse()

    def _payroll_files_sudo(self):
        """Those of these that are the file of a ``loket.export``.

        As superuser: whoever touches it, and whatever that person may see.
        """
        exports_sudo = self.env["loket.export"].sudo()
        made_sudo = exports_sudo.search_fetch(
            [("attachment_id", "in", self.ids)], ["attachment_id"]
        )
        return made_sudo.attachment_id

    def _as_written(self, name):
        """The value of a field as one that is to be written."""
        return self._fields[name].convert_to_write(self[name], self)

    def _check_no_double(self):
        """:raise UserError: beside a payroll file one of these has its name"""
        exports_sudo = self.env["loket.export"].sudo()
        for file_sudo in self.sudo():  # whatever this person may see
            if file_sudo.res_model != exports_sudo._name:
                continue
            made_sudo = exports_sudo.browse(file_sudo.res_id).exists().attachment_id
            if (
                made_sudo
                and made_sudo != file_sudo
                and made_sudo.name == file_sudo.name
            ):
                self._refuse()

    def _keep_name_free(self):
        """Nothing else on the payroll file's record may pass for it: it is renamed.

        What was put on a draft lies there before there is a file.
        """
        # As superuser, and whatever is hidden in a field: whoever put it there.
        attachments_sudo = self.sudo().with_context(skip_res_field_check=True)
        doubles_sudo = attachments_sudo.search(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("name", "=", self.name),
                ("id", "!=", self.id),
            ]
        )
        for number, double_sudo in enumerate(doubles_sudo, 1):
            double_sudo.name = f"draft_{number}_{self.name}"

    def _refuse(self):
        """:raise UserError: always"""
        raise UserError(
            self.env._(
                "A payroll file is kept as it was made. Make the file of the "
                "period again to replace it."
            )
        )
