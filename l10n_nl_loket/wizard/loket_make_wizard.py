# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..payroll import counts_as, measure_of

#: What a value counts, by what Loket takes a component for.
UNIT_OF = {"money": "amount", "units": "quantity"}


class LoketMakeWizard(models.TransientModel):
    """Makes hour types or wage components of Loket's components, departments of units.

    Who sets up a company chooses from what Loket has; what is made is mapped at once.
    """

    _name = "loket.make.wizard"
    _description = "Make Hour Types, Wage Components or Departments from Loket"
    _inherit = "loket.walls"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", readonly=True
    )
    kind = fields.Selection(
        [
            ("hour_types", "Hour types"),
            ("wage_components", "Wage components"),
            ("departments", "Departments"),
        ],
        required=True,
        readonly=True,
    )
    choice_ids = fields.One2many("loket.make.choice", "wizard_id")

    def _open_components(self):
        """The components of which none is made yet."""
        if self.kind == "hour_types":
            return self.connection_id._components_without_hour_type()
        return self.connection_id._components_without_wage_component()

    def _offer_components(self):
        """Offer the components that have no hour type, or wage component, yet.

        :raise UserError: there is none
        """
        components = self._open_components()
        if not components:
            raise UserError(
                self.env._(
                    "Each component of hours that Loket has for the payroll file has "
                    'an hour type. If one is missing, click "Fetch lists again" on '
                    "the connection."
                )
                if self.kind == "hour_types"
                else self.env._(
                    "Each component of euros or a quantity that Loket has for the "
                    "payroll file has a wage component. If one is missing, click "
                    '"Fetch lists again" on the connection.'
                )
            )
        self._offer(
            {
                "ref": component.id,
                "code": component.code,
                "name": component.name,
                "category": component.category,
                "counts_as": counts_as(component.category, component.name),
                "unit": UNIT_OF.get(measure_of(component.category)),
            }
            for component in components
        )

    def _offer_units(self):
        """Offer the units that have no department yet.

        :raise UserError: there is none
        """
        units = self.connection_id._units_without_department()
        if not units:
            raise UserError(
                self.env._(
                    "Each unit that Loket has is that of a department. If one is "
                    'missing, click "Fetch lists again" on the connection.'
                )
            )
        self._offer(
            {"ref": unit.id, "code": unit.code, "name": unit.name, "is_chosen": True}
            for unit in units
        )

    def _offer(self, choices):
        self.env["loket.make.choice"].create(
            [{**choice, "wizard_id": self.id} for choice in choices]
        )

    def action_make(self):
        """Make what is chosen, and map it; what is there by that name is mapped.

        :raise UserError: nothing is chosen, or a name says too little
        """
        self.check_access("write")
        self.ensure_one()
        self.connection_id.check_access("write")
        chosen = self.choice_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one of the list."))
        if self.kind == "departments":
            self._make_departments(chosen)
        else:
            self._make_of_components(chosen)
        return {"type": "ir.actions.act_window_close"}

    def _make_of_components(self, chosen):
        """One hour type or wage component a component.

        :raise UserError: nobody says what the values of a wage component count
        """
        # Looked up anew: what is mapped meanwhile is not made twice.
        open_components = self._open_components()
        mappings = self.env["loket.component.mapping"]
        for choice in chosen:
            component = open_components.filtered(lambda c, ref=choice.ref: c.id == ref)
            if not component:
                continue
            if self.kind == "hour_types":
                mappings._make_hour_type(component, choice.name, choice.counts_as)
            elif choice.unit:
                mappings._make_wage_component(component, choice.name, choice.unit)
            else:
                raise UserError(
                    self.env._(
                        "Choose what a value of %(name)s counts: euros, a quantity, or "
                        "days.",
                        name=choice.name,
                    )
                )

    def _make_departments(self, chosen):
        """One department a unit."""
        # Looked up anew: what is mapped meanwhile is not made twice.
        open_units = self.connection_id._units_without_department()
        mappings = self.env["loket.department.mapping"]
        for choice in chosen:
            unit = open_units.filtered(lambda u, ref=choice.ref: u.id == ref)
            if unit:
                mappings._make_department(unit, choice.name)

    def _window_action(self):
        """Show what there is to choose, in a window over the table."""
        titles = {
            "hour_types": self.env._("Make hour types from Loket"),
            "wage_components": self.env._("Make wage components from Loket"),
            "departments": self.env._("Make departments from Loket"),
        }
        return {
            **self.get_formview_action(),
            "name": titles[self.kind],
            "target": "new",
        }
