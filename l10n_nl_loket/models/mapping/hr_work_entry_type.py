# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: What the codes begin with of the hour types that are made in the table.
PREFIX = "LOKET"


class HrWorkEntryType(models.Model):
    """An hour type knows its component at each connection."""

    _inherit = "hr.work.entry.type"

    loket_mapping_ids = fields.One2many(
        "loket.component.mapping",
        "work_entry_type_id",
        string="Components in Loket",
        groups="l10n_nl_loket.group_user",
    )

    loket_may_be_booked = fields.Boolean(
        compute="_compute_loket_may_be_booked",
        search="_search_loket_may_be_booked",
        help="Employees may choose it on their timesheets.",
    )

    @api.depends_context("allowed_company_ids")
    def _compute_loket_may_be_booked(self):
        bookable = self._bookable_here()
        for hour_type in self:
            hour_type.loket_may_be_booked = hour_type in bookable

    def _search_loket_may_be_booked(self, operator, value):
        if operator != "in":
            return NotImplemented
        bookable = self._bookable_here()
        return [("id", "in" if True in value else "not in", bookable.ids)]

    @api.model
    def _bookable_here(self):
        """The hour types that may be chosen in any of the companies one works in."""
        return self.browse().union(*map(self._bookable, self.env.companies))

    @api.model
    def _bookable(self, company):
        """The hour types that may be chosen on a timesheet of a company's employees.

        Those that have a code, or are offered all the same; all of them, as long as no
        hour type of the company has a code.
        """
        # As superuser: whoever books hours need not see what is mapped.
        mappings_sudo = (
            self.env["loket.component.mapping"]
            .sudo()
            .search(
                [
                    ("work_entry_type_id", "!=", False),
                    ("company_id", "parent_of", company.id),
                    ("connection_id.active", "=", True),
                ]
            )
        )
        with_code_sudo = mappings_sudo.filtered(lambda mapping: mapping._has_code())
        if not with_code_sudo:
            everything_sudo = self.sudo().search([])  # pylint: disable=no-search-all
            return everything_sudo.with_env(self.env)
        offered_sudo = with_code_sudo | mappings_sudo.filtered("is_offered")
        return offered_sudo.work_entry_type_id.with_env(self.env)

    @api.model
    def default_get(self, fields):
        """In the table of hour types a name is enough: Odoo asks for a code too."""
        vals = super().default_get(fields)
        if self.env.context.get("loket_hour_type"):
            country = self.env.company.country_id
            own = {"code": self._free_loket_code(), "country_id": country.id}
            vals = {name: own[name] for name in own.keys() & {*fields}} | vals
        return vals

    @api.model
    def _free_loket_code(self, number=""):
        """A code of Odoo's own that no hour type has.

        :param number: what it is to end with, where that is free
        """
        # As superuser, and archived ones too: a code is one hour type's, whoever sees.
        taken = set(
            self.sudo()
            .with_context(active_test=False)
            .search([("code", "=like", f"{PREFIX}%")])
            .mapped("code")
        )
        wanted = f"{PREFIX}{number}"
        codes = [wanted] if number else []
        codes += [
            f"{wanted}-{count}" if number else f"{wanted}-N{count}"
            for count in range(1, len(taken) + 2)
        ]
        return next(code for code in codes if code not in taken)
