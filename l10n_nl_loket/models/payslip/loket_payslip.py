# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: Who sees whose payslip it is, and where it is from.
HR = "hr.group_hr_manager"


class LoketPayslip(models.Model):
    """A payslip or year-end statement of one employment, as Loket made it.

    Only the employee's own user and HR managers read it (see its record rules). Nobody
    writes one by hand: the night fetches them, and takes back what Loket withdrew.
    """

    _name = "loket.payslip"
    _description = "Payslip from Loket"
    _inherit = "loket.walls"
    _order = "year desc, number desc, id desc"

    connection_id = fields.Many2one(
        "loket.connection",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups=HR,
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    # Not by way of the employment: linked to somebody else, it would become theirs.
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups=HR,
    )
    loket_employee_id = fields.Many2one(
        "loket.employee",
        "Employment in Loket",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups=HR,
    )
    kind = fields.Selection(
        [("payslip", "Payslip"), ("year_end", "Year-end statement")],
        required=True,
        readonly=True,
    )
    key = fields.Char(
        required=True,
        readonly=True,
        groups=HR,
        help="Loket's reference of the payroll run, or the year of the statement.",
    )
    year = fields.Integer(readonly=True, aggregator=None)
    number = fields.Integer("Period", readonly=True, aggregator=None)
    available_on = fields.Date(
        "To See From",
        readonly=True,
        help="From when on Loket lets employees see the payslips of this run.",
    )
    approved = fields.Char(
        readonly=True,
        groups=HR,
        help="When the payroll run was approved, in Loket's words.",
    )
    state = fields.Selection(
        [("available", "Available"), ("withdrawn", "Withdrawn")],
        default="available",
        required=True,
        readonly=True,
    )
    withdrawn_on = fields.Date(readonly=True, groups=HR)
    document = fields.Binary("PDF", attachment=True, readonly=True)
    file_name = fields.Char(compute="_compute_file_name")

    is_mine = fields.Boolean(
        compute="_compute_is_mine", search="_search_is_mine", compute_sudo=True
    )

    _once = models.UniqueIndex("(loket_employee_id, kind, key)")

    @api.depends("kind", "year", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for payslip in self:
            if payslip.kind == "year_end":
                payslip.display_name = self.env._(
                    "Year-end statement %(year)s", year=payslip.year
                )
            else:
                payslip.display_name = self.env._(
                    "Payslip, period %(number)s of %(year)s",
                    number=payslip.number,
                    year=payslip.year,
                )

    @api.depends("kind", "year", "number")
    @api.depends_context("lang")
    def _compute_file_name(self):
        for payslip in self:
            payslip.file_name = f"{payslip.display_name}.pdf"

    @api.depends("employee_id.user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for payslip in self:
            payslip.is_mine = payslip.employee_id.user_id == self.env.user

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        # As superuser: whose a payslip is, its reader need not see.
        own = self.sudo()._search([("employee_id.user_id", "=", self.env.uid)])
        return [("id", "in" if True in value else "not in", own)]

    @api.model
    def _is_used(self):
        """Whether payslips are fetched, or were."""
        # As superuser: asked for the menu of whomever.
        connections_sudo = self.env["loket.connection"].sudo()
        return bool(
            connections_sudo.search_count([("fetch_payslips", "=", True)], limit=1)
            or self.sudo().search_count([], limit=1)
        )

    def action_download(self):
        """The PDF, for whoever may read it."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/loket.payslip/{self.id}/document?download=true",
            "target": "download",
        }

    def _withdraw(self):
        """Take the documents away; that they were there stays."""
        self.write(
            {
                "document": False,
                "state": "withdrawn",
                "withdrawn_on": fields.Date.context_today(self),
            }
        )
