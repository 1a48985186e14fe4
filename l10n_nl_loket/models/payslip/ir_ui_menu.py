# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: The menus of payslips, for the employee and for HR.
MENUS = (
    "l10n_nl_loket.menu_loket_payslip_my",
    "l10n_nl_loket.menu_loket_payslip",
)


class IrUiMenu(models.Model):
    """No menu for payslips where nobody ever switched them on."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """The menus that are kept, until somebody wants payslips to be fetched."""
        hidden = super()._load_menus_blacklist()
        # As superuser: whoever looks at the menu need not see connections.
        if self.env["loket.payslip"].sudo()._is_used():
            return hidden
        menus = (self.env.ref(menu, False) for menu in MENUS)
        return [*hidden, *(menu.id for menu in menus if menu)]
