# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.l10n_nl_loket.models.export import loket_export_remark
from odoo.addons.l10n_nl_loket.payroll import Amount, Remark
from odoo.addons.l10n_nl_loket.payroll_file import exact

from .loket_booking import EXPENSES, PAID

_lt = LazyTranslate(__name__)

loket_export_remark.SENTENCES.update(
    {
        "expense_paid": _lt(
            "%(name)s: expenses of %(value)s euros in this period were paid in Odoo "
            "already, or are about to be, and are counted for Loket too. Correct one "
            "of the two, so that they are not paid twice."
        ),
        "expense_undated": _lt(
            "%(name)s: approved expenses of %(value)s euros have no date, so they are "
            "in the file of no period. Fill in the date."
        ),
    }
)
loket_export_remark.NOT_HERE.add("expense_undated")


class LoketExport(models.Model):
    """Tells what is to be known of expenses, and leads to them."""

    _inherit = "loket.export"

    def _remarks_of_kinds(self, period, rules):
        remarks = super()._remarks_of_kinds(period, rules)
        people = self._paid_in(period, rules)
        bookings = self.env["loket.booking"]
        dated = bookings._domain_of(EXPENSES, period, people)
        undated = [
            *EXPENSES.domain,
            *bookings._domain_in_use(EXPENSES),
            ("date", "=", False),
            ("employee_id", "in", people),
        ]
        # As superuser: a clerk need not see expenses to be told of them.
        expenses_sudo = self.env["hr.expense"].sudo()
        for reason, domain in (
            ("expense_paid", [*dated, ("state", "in", PAID)]),
            ("expense_undated", undated),
        ):
            for employee_sudo, amount in expenses_sudo._read_group(
                domain, ["employee_id"], ["total_amount:sum"]
            ):
                remark = Remark(reason, employee_sudo.id)
                remarks[remark] = Amount(value=exact(amount))
        return remarks

    def _expense_action(self, employees, domain=()):
        """Expenses of the period, of some people.

        :param employees: ``hr.employee``
        :param domain: which of their expenses; none: all
        :raise UserError: this person may not see them; says whom to ask
        """
        if not self.env.user.has_group("hr_expense.group_hr_expense_user"):
            raise UserError(
                self.env._(
                    "Ask somebody who may see all expenses to look at those of "
                    "%(names)s.",
                    names=", ".join(employees.mapped("name")),
                )
            )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "hr_expense.hr_expense_actions_all"
        )
        return {
            **action,
            "domain": [
                *EXPENSES.domain,
                *self._in_these_days(employees),
                *domain,
            ],
            # Without that of the standard: its filters would hide some of them.
            "context": {},
        }
