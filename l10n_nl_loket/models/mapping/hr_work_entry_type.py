# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class HrWorkEntryType(models.Model):
    """An hour type knows its component at each connection."""

    _inherit = "hr.work.entry.type"

    loket_mapping_ids = fields.One2many(
        "loket.component.mapping",
        "work_entry_type_id",
        string="Components in Loket",
        groups="l10n_nl_loket.group_user",
    )
