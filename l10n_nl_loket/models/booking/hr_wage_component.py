# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: What a value of a wage component counts.
UNITS = [("amount", "Euros"), ("quantity", "Quantity"), ("days", "Days")]


class HrWageComponent(models.Model):
    """A part of the wage that is entered by hand: travel, meals, a bonus."""

    _name = "hr.wage.component"
    _description = "Wage Component"
    _inherit = "loket.walls"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        "Own Code",
        required=True,
        help="Your own short name for it; the code in Loket is entered per connection.",
    )
    unit = fields.Selection(
        UNITS,
        default="amount",
        required=True,
        help="What a value counts. Days are counted from the timesheets, unless they "
        "are entered by hand.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)
    loket_mapping_ids = fields.One2many(
        "loket.component.mapping",
        "wage_component_id",
        string="Components in Loket",
        groups="l10n_nl_loket.group_user",
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "Another wage component has this code already."
    )

    @api.model
    def _free_code(self, company, number):
        """An own code that no wage component of a company has.

        :param number: of a component of Loket
        """
        # Archived ones too: a code is of one.
        taken = self.with_context(active_test=False).search(
            [("company_id", "=", company.id)]
        )
        codes = {component.code for component in taken}
        again = (f"LOKET{number}-{count}" for count in range(1, len(codes) + 2))
        return next(code for code in (f"LOKET{number}", *again) if code not in codes)

    @api.constrains("company_id")
    def _check_what_hangs_on_it(self):
        """:raise UserError: what refers to it is of another company than it is now"""
        # As superuser, and archived ones too: of the former company they may be out of
        # sight.
        self_sudo = self.sudo().with_context(active_test=False)
        for model in (
            "hr.wage.entry",
            "hr.wage.entry.recurring",
            "loket.component.mapping",
        ):
            hanging_sudo = self_sudo.env[model].search(
                [("wage_component_id", "in", self.ids)]
            )
            hanging_sudo._check_company(["wage_component_id"])
