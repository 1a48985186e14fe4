# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.l10n_nl_loket.models.connection.loket_connection_steps import Step

from .loket_booking import EXPENSES


class LoketConnection(models.Model):
    """Setting up has a step more, which may be left out."""

    _inherit = "loket.connection"

    def _steps(self):
        steps = super()._steps()
        names = [step.name for step in steps]
        place = names.index("wage_components") + 1
        return [*steps[:place], self._step_expenses(), *steps[place:]]

    def _step_expenses(self):
        connection = self._origin
        categories = connection._expense_categories()
        done, total = self.env["loket.component.mapping"]._progress(
            connection, EXPENSES, categories
        )
        beyond_sudo = connection._sources_beyond(
            EXPENSES, categories, connection._domain_expense_categories()
        )
        return Step(
            name="expense_categories",
            title=self.env._("Expense categories and component codes"),
            help=self.env._(
                "Optional: approved expenses go along once one category has a code."
            ),
            **self._counted(done, total),
            action=self._once_chosen("action_expense_categories"),
            label=self.env._("Map expense categories"),
            problem=self._beyond_in_words(beyond_sudo),
            may_be_empty=bool(self.administration_name),
        )

    def _domain_expense_categories(self):
        """The categories of the company and its branches, and those of all."""
        return [
            ("can_be_expensed", "=", True),
            "|",
            ("company_id", "=", False),
            ("company_id", "child_of", self.company_id.ids),
        ]

    def _expense_categories(self):
        """Those that whoever looks finds, and those that people here book on."""
        categories = self.env["product.product"].search(
            self._domain_expense_categories()
        )
        return categories | self._booked_out_of_sight(EXPENSES, categories)

    def action_expense_categories(self):
        """The table of expense categories and component codes, complete."""
        self.check_access("read")
        lines = self.env["loket.component.mapping"]
        lines._complete(self, EXPENSES, self._expense_categories())
        return self._codes_action(
            "l10n_nl_loket_hr_expense.action_loket_expense_mapping", EXPENSES
        )
