# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.l10n_nl_loket.models.export import loket_export_remark
from odoo.addons.l10n_nl_loket.models.told import as_read_by
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
        "expense_paid_late": _lt(
            "%(name)s: expenses of %(value)s euros of %(detail)s were paid in Odoo "
            "already, or are about to be, and some of that period are late. Correct "
            "one of the two before they go along, so that they are not paid twice."
        ),
        "expense_paid_since": _lt(
            "%(name)s: expenses of %(value)s euros in this file were paid in Odoo "
            "since it was made, or are about to be. Correct one of the two, so that "
            "they are not paid twice."
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

    def _remarks_of_kinds(self, period, rules, people):
        remarks = super()._remarks_of_kinds(period, rules, people)
        undated = [
            *EXPENSES.domain,
            *self.env["loket.booking"]._domain_in_use(EXPENSES),
            ("date", "=", False),
            ("employee_id", "in", people),
        ]
        return {
            **remarks,
            **self._paid_by_odoo("expense_paid", period, people),
            **_remarks(self.env, undated, "expense_undated"),
        }

    def _remarks_of_late(self, days, rules, kind, people, name):
        remarks = super()._remarks_of_late(days, rules, kind, people, name)
        if kind == EXPENSES.name:
            remarks |= self._paid_by_odoo("expense_paid_late", days, people, name)
        return remarks

    def _paid_by_odoo(self, reason, period, people, name=None):
        """Who of some people has expenses in a period that Odoo has paid.

        Of the categories that are sent: that Odoo pays the others is as it should be.
        """
        return _remarks(self.env, self._paid_domain(period, people), reason, name)

    def _paid_domain(self, period, people):
        # As superuser: a clerk need not see the codes.
        lines_sudo = self.connection_id.sudo().component_mapping_ids
        sent_sudo = lines_sudo.filtered(lambda line: line._has_code()).product_id
        dated = self.env["loket.booking"]._domain_of(EXPENSES, period, people)
        return [*dated, ("state", "in", PAID), ("product_id", "in", sent_sudo.ids)]

    def _tell_since(self):
        """What Odoo paid of what these files delivered already: once, to the clerk."""
        result = super()._tell_since()
        for export in self:
            told = export._paid_since()
            if not told:
                continue
            export.env["loket.export.remark"].sudo().create(told)
            user = export._clerk()
            export_sudo = as_read_by(export.sudo(), user)
            # Without names: it stays when somebody is deleted.
            export_sudo.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=export_sudo.env._(
                    "Loket: expenses of a file were paid by Odoo"
                ),
                note=export_sudo.env._("The file tells of whom, and how much."),
            )
        return result

    def _paid_since(self):
        """Values of the remarks that tell it, of what was not told yet."""
        # Also days that Loket gave to this period since: their expenses are late in it.
        days = self._coverage().days([(self.year, self.period)])
        # Not only of those in this file: a later one may have taken somebody along.
        domain = self._paid_domain(days, self._people())
        # As superuser: a clerk need not see expenses to be told of them.
        groups_sudo = (
            self.env["hr.expense"]
            .sudo()
            ._read_group(domain, ["employee_id", "product_id"], ["total_amount:sum"])
        )
        sent = Counter()
        for piece, value in self._delivered().pieces.items() if groups_sudo else ():
            if piece.source.kind == EXPENSES.name:
                sent[piece.cell.employee, piece.source.id] += value
        more = Counter()
        for employee_sudo, product_sudo, paid in groups_sudo:
            # What was paid and never sent is not what was sent and never paid.
            both = min(exact(paid), sent[employee_sudo.id, product_sudo.id])
            more[employee_sudo.id] += both
        for told in self.remark_ids:
            if told.reason in ("expense_paid", "expense_paid_since"):
                more[told.employee_id.id] -= exact(told.value)
        untold = {employee: value for employee, value in more.items() if value > 0}
        names = self._names_of(untold)
        return [
            {
                "export_id": self.id,
                "reason": "expense_paid_since",
                "employee_id": employee,
                "name": names[employee],
                "value": float(value),
            }
            for employee, value in untold.items()
        ]

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
        return self._booked_action(
            "hr_expense.hr_expense_actions_all", EXPENSES, employees, domain
        )


def _remarks(env, domain, reason, detail=None):
    """A remark for each employee who has such expenses, with how much they are.

    :return: {``Remark``: ``Amount``}
    """
    # As superuser: a clerk need not see expenses to be told of them.
    groups_sudo = (
        env["hr.expense"]
        .sudo()
        ._read_group(domain, ["employee_id"], ["total_amount:sum"])
    )
    return {
        Remark(reason, employee_sudo.id, detail=detail): Amount(value=exact(amount))
        for employee_sudo, amount in groups_sudo
    }
