# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Approved expenses as a kind of booking, by expense category."""

from dataclasses import dataclass, replace

from odoo import models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.l10n_nl_loket.models.booking.loket_booking import BookingKind

_lt = LazyTranslate(__name__)

#: Approved, whatever became of it in accounting. A refused one is none of these.
APPROVED = ("approved", "posted", "in_payment", "paid")
#: Of these, what Odoo has paid, or is about to pay.
PAID = ("in_payment", "paid")


@dataclass(frozen=True)
class Euros(BookingKind):
    """A kind whose bookings all are euros."""

    def measure(self, record):
        """Also of a source that has no field that says so."""
        return "money"


EXPENSES = Euros(
    name="expense",
    source_model="product.product",
    field="product_id",
    booking_model="hr.expense",
    quantity="total_amount",
    company="company_id",
    domain=(("state", "in", APPROVED), ("payment_mode", "=", "own_account")),
    read="_expense_bookings",
    correct="action_expense_categories",
    look="_expense_action",
    unnamed=_lt("no expense category"),
    without_code=_lt("Expense category without a code"),
    waits_for_code=True,
)


class LoketBooking(models.AbstractModel):
    """Reads approved expenses."""

    _inherit = "loket.booking"

    @classmethod
    def _booking_kinds(cls):
        return [*super()._booking_kinds(), EXPENSES]

    def _expense_bookings(self, kind, domain, grain=None):
        """Euros; what a company keeps in another currency is listed as that."""
        in_euros = ("company_id.currency_id", "=", self.env.ref("base.EUR").id)
        bookings = self._value_bookings(kind, [*domain, in_euros], grain)
        others = self.env["hr.expense"].search(Domain(domain) & ~Domain([in_euros]))
        for currency, expenses in others.grouped("company_currency_id").items():
            own = [*domain, ("id", "in", expenses.ids)]
            bookings += [
                replace(booking, foreign_unit=currency.name)
                for booking in self._value_bookings(kind, own, grain)
            ]
        return bookings
