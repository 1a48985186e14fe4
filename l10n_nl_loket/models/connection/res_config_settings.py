# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import AccessError


class ResConfigSettings(models.TransientModel):
    """What is of all connections of the database."""

    _inherit = "res.config.settings"

    def action_loket_encrypt_again(self):
        """Encrypt the secrets of all connections with the first of the keys.

        :raise AccessError: the user is no administrator of Odoo
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only an administrator of Odoo may change the key.")
            )
        # As superuser: of every company, of those that nobody may see and of archived
        # ones too, for the former key is thrown away after this.
        connections_sudo = (
            self.env["loket.connection"].sudo().with_context(active_test=False)
        )
        connections_sudo = connections_sudo.search([])  # pylint: disable=no-search-all
        lost_sudo = connections_sudo._encrypt_again()
        if lost_sudo:
            message = self.env._(
                "No key that is here fits the secrets of %(connections)s. Bring the "
                "former key back and encrypt again, or connect them again. All others "
                "are encrypted with the first key.",
                connections=", ".join(lost_sudo.mapped("name")),
            )
        else:
            message = self.env._(
                "The secrets of all connections are encrypted with the first key. "
                "Other keys are not needed any more, but for older backups."
            )
        return connections_sudo._tell_person(
            message, "danger" if lost_sudo else "success"
        )
