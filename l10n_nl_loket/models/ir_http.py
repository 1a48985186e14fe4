# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrHttp(models.AbstractModel):
    """A payroll clerk opens on the work: what is booked in the period at hand."""

    _inherit = "ir.http"

    def session_info(self):
        """What the web client begins with; a home that somebody chose stays."""
        info = super().session_info()
        user = self.env.user
        # Nobody is kept from logging in by a window that somebody deleted.
        preview = self.env.ref(
            "l10n_nl_loket.action_loket_preview", raise_if_not_found=False
        )
        if (
            preview
            and not info.get("home_action_id")
            and user.has_group("l10n_nl_loket.group_user")
            # Whoever does more than payroll begins where Odoo begins.
            and not user.has_group("hr.group_hr_user")
        ):
            info["home_action_id"] = preview.id
        return info
