# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class LoketComponentMapping(models.Model):
    """An expense category gets its component code here."""

    _inherit = "loket.component.mapping"

    product_id = fields.Many2one(
        "product.product",
        "Expense Category",
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
        domain=[("can_be_expensed", "=", True)],
    )

    _product_unique = models.UniqueIndex(
        "(connection_id, product_id) WHERE product_id IS NOT NULL",
        "This expense category is in the list already. Change the line that is there.",
    )


class LoketExportWarning(models.Model):
    """What is not in the file may be about an expense category."""

    _inherit = "loket.export.warning"

    product_id = fields.Many2one(
        "product.product", "Expense Category", ondelete="set null"
    )

    def _reason_in_words(self, reason):
        if reason == "foreign_unit" and self and self.booking_kind == "expense":
            return self.env._("Expense of a company that does not count in euros")
        return super()._reason_in_words(reason)
