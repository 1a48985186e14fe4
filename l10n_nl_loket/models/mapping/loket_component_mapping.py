# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class LoketComponentMapping(models.Model):
    """An hour type or a wage component of Odoo, and its component code in Loket.

    Without a code it is not sent.
    """

    _name = "loket.component.mapping"
    _description = "Loket Component of an Hour Type or Wage Component"
    _order = "is_mapped, is_used desc, work_entry_type_id, wage_component_id, id"
    _check_company_auto = True

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    work_entry_type_id = fields.Many2one(
        "hr.work.entry.type",
        "Hour Type",
        ondelete="cascade",
        index="btree_not_null",
        domain=lambda self: self.env["account.analytic.line"]._domain_hour_type(),
    )
    wage_component_id = fields.Many2one(
        "hr.wage.component",
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    component_code = fields.Char(help="Empty: not sent to Loket.")
    component_name = fields.Char(
        "Name in Loket", compute="_compute_component", compute_sudo=True
    )
    remark = fields.Char(compute="_compute_component", compute_sudo=True)
    is_skipped = fields.Boolean(
        "Not Sent",
        compute="_compute_is_skipped",
        store=True,
        readonly=False,
        help="On purpose without a code, so this line is done. What is booked on it "
        "is still listed, and accepted, with each payroll file.",
    )
    is_mapped = fields.Boolean("Mapped", compute="_compute_is_mapped", store=True)
    is_used = fields.Boolean(
        "In Use",
        readonly=True,
        help="Timesheets have this hour type, as of when the table was opened last.",
    )
    booked = fields.Float(
        "Booked Last Period",
        compute="_compute_booked",
        compute_sudo=True,
        help="Hours, or the value of wage entries, of the last full period.",
    )

    _hour_type_unique = models.UniqueIndex(
        "(connection_id, work_entry_type_id) WHERE work_entry_type_id IS NOT NULL",
        "This hour type is in the list already. Change the line that is there.",
    )
    _wage_component_unique = models.UniqueIndex(
        "(connection_id, wage_component_id) WHERE wage_component_id IS NOT NULL",
        "This wage component is in the list already. Change the line that is there.",
    )
    _one_source = models.Constraint(
        "CHECK(num_nonnulls(work_entry_type_id, wage_component_id) = 1)",
        "Choose either an hour type or a wage component.",
    )

    @api.depends("work_entry_type_id.name", "wage_component_id.name")
    def _compute_display_name(self):
        for mapping in self:
            source = mapping.work_entry_type_id or mapping.wage_component_id
            mapping.display_name = source.display_name

    @api.depends("component_code")
    def _compute_is_skipped(self):
        for mapping in self:
            mapping.is_skipped = mapping.is_skipped and not mapping.component_code

    @api.depends("component_code", "is_skipped")
    def _compute_is_mapped(self):
        for mapping in self:
            has_code = bool((mapping.component_code or "").strip())
            mapping.is_mapped = has_code or mapping.is_skipped

    @api.depends("component_code", "connection_id")
    def _compute_component(self):
        """The component's name, and at once what is wrong with the code."""
        for connection, mappings in self.grouped("connection_id").items():
            components = connection.component_ids
            # The newest year comes first, and is what counts.
            by_code = {_number(one.code): one for one in reversed(components)}
            for mapping in mappings:
                found = by_code.get(_number(mapping.component_code))
                mapping.component_name = found.name if found else False
                mapping.remark = mapping._remark(found, bool(components))

    def _remark(self, component, is_fetched):
        code = (self.component_code or "").strip()
        if not code:
            return False
        if not (code.isascii() and code.isdigit() and 1 <= int(code) <= 9999):
            return self.env._("A component code is a number from 1 to 9999.")
        if component and not component.collective:
            return self.env._("Loket does not accept this one in the payroll file.")
        if not component and is_fetched:
            return self.env._("Loket does not offer this code.")
        return False

    @api.depends("connection_id", "work_entry_type_id", "wage_component_id")
    def _compute_booked(self):
        self.booked = 0
        for connection, mappings in self.grouped("connection_id").items():
            period = connection._last_full_dates()
            hours = self.env["account.analytic.line"]._read_group(
                [
                    ("project_id", "!=", False),
                    ("employee_id.company_id", "=", connection.company_id.id),
                    ("work_entry_type_id", "in", mappings.work_entry_type_id.ids),
                    *period,
                ],
                ["work_entry_type_id"],
                ["unit_amount:sum"],
            )
            values = self.env["hr.wage.entry"]._read_group(
                [
                    ("company_id", "=", connection.company_id.id),
                    ("wage_component_id", "in", mappings.wage_component_id.ids),
                    *period,
                ],
                ["wage_component_id"],
                ["value:sum"],
            )
            booked = dict(hours) | dict(values)
            for mapping in mappings:
                source = mapping.work_entry_type_id or mapping.wage_component_id
                mapping.booked = booked.get(source, 0)

    @api.model
    def _complete_hour_types(self, connection):
        """Add an empty line for each hour type that has none yet.

        Odoo ships those of many countries: the general ones, those of the company's
        country, and those that timesheets use.
        """
        own = [
            ("connection_id", "=", connection.id),
            ("work_entry_type_id", "!=", False),
        ]
        lines = self.search(own)
        used = connection._booked_hour_types()
        country = connection.company_id.country_id.id
        wanted = used | used.search([("country_id", "in", [country, False])])
        lines |= self.create(
            [
                {"connection_id": connection.id, "work_entry_type_id": kind.id}
                for kind in wanted - lines.work_entry_type_id
            ]
        )
        in_use = lines.filtered(lambda line: line.work_entry_type_id in used)
        in_use.is_used = True
        (lines - in_use).is_used = False

    @api.model
    def _complete_wage_components(self, connection):
        """Add an empty line for each wage component that has none yet."""
        there = self.search([("connection_id", "=", connection.id)]).wage_component_id
        wanted = self.env["hr.wage.component"].search(
            [("company_id", "=", connection.company_id.id)]
        )
        self.create(
            [
                {"connection_id": connection.id, "wage_component_id": component.id}
                for component in wanted - there
            ]
        )


def _number(code):
    """A code as a number, so that 010 and 10 are the same; None when it is none."""
    code = (code or "").strip()
    return int(code) if code.isascii() and code.isdigit() else None
