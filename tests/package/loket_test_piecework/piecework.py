# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All that a third kind of booking takes; nothing in the addon itself is changed."""

from odoo import fields, models

from odoo.addons.l10n_nl_loket.models.booking.loket_booking import BookingKind

PIECES = BookingKind(
    name="pieces",
    source_model="loket.test.product",
    field="product_id",
    booking_model="loket.test.piece",
    quantity="pieces",
    company="employee_id.company_id",
    read="_value_bookings",
    correct="action_products",
    look="_piece_action",
    unnamed="no product",
    without_code="Product without a code",
)


class LoketTestProduct(models.Model):
    _name = "loket.test.product"
    _description = "What is made by the piece"

    name = fields.Char(required=True)


class LoketTestPiece(models.Model):
    _name = "loket.test.piece"
    _description = "Pieces that somebody made on a day"

    employee_id = fields.Many2one("hr.employee", required=True)
    date = fields.Date(required=True)
    product_id = fields.Many2one("loket.test.product")
    pieces = fields.Float()


class LoketBooking(models.AbstractModel):
    _inherit = "loket.booking"

    @classmethod
    def _booking_kinds(cls):
        return [*super()._booking_kinds(), PIECES]


class LoketComponentMapping(models.Model):
    _inherit = "loket.component.mapping"

    product_id = fields.Many2one("loket.test.product", ondelete="cascade")


class LoketExportWarning(models.Model):
    _inherit = "loket.export.warning"

    product_id = fields.Many2one("loket.test.product", ondelete="set null")


class LoketConnection(models.Model):
    _inherit = "loket.connection"

    def action_products(self):
        """The table of products and component codes."""
        return self._table_action(
            "action_loket_wage_component_mapping", [("product_id", "!=", False)]
        )


class LoketExport(models.Model):
    _inherit = "loket.export"

    def _piece_action(self, employees, domain=()):
        """What some people made in the period."""
        return self._booked_action(
            "loket_test_piecework.action_piece", PIECES, employees, domain
        )
