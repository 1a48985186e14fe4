# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...people import one_person
from ...people.known import LINKED


class LoketSharedNumber(models.Model):
    """Two people may have this personnel number: two employers both count from 1."""

    _name = "loket.shared.number"
    _description = "Personnel Number of Two People in Loket"
    _rec_name = "number"

    first_id = fields.Many2one(
        "loket.employee",
        "First Employment",
        required=True,
        ondelete="cascade",
        index=True,
    )
    second_id = fields.Many2one(
        "loket.employee",
        "Second Employment",
        required=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Char(required=True, help="Without leading zeros, as it compares.")
    company_id = fields.Many2one(related="first_id.company_id")

    _pair_unique = models.UniqueIndex("(first_id, second_id, number)")


class LoketEmployee(models.Model):
    """Numbers that two people have, and the person who lets them."""

    _inherit = "loket.employee"

    has_number_clash = fields.Boolean(
        "Number of Two People",
        compute="_compute_has_number_clash",
        compute_sudo=True,
        help="Somebody else has this personnel number too.",
    )

    @api.depends("employee_number", "decision", "employee_id", "name", "birthday")
    def _compute_has_number_clash(self):
        clashing = self._with_number_clash()
        for row in self:
            row.has_number_clash = row in clashing

    def action_share_number(self):
        """These people may keep the number that somebody else has too.

        Asked once for each pair and number. What waited for it is carried out.

        :raise UserError: nobody else has any of these numbers
        """
        self.check_access("write")
        # As the system: the other one may be where this user may not look.
        rows_sudo = self.sudo()
        clashes = one_person.clashing_with(*rows_sudo._number_holders())
        if not clashes:
            raise UserError(
                self.env._("Nobody else has the personnel number of any of these.")
            )
        pairs = {
            one_person.shared_number(row, other)
            for row, others in clashes.items()
            for other in others
        }
        self.env["loket.shared.number"].sudo().create(
            [pair._asdict() for pair in pairs]
        )
        involved_sudo = rows_sudo.browse(
            {id_ for pair in pairs for id_ in (pair.first_id, pair.second_id)}
        )
        freed_sudo = involved_sudo - involved_sudo._with_number_clash()
        freed_sudo.problem = False
        waiting = freed_sudo.with_env(self.env).filtered(
            lambda row: row.decision in LINKED and row.to_apply and not row.is_queued
        )
        return waiting._carry_out() if waiting else True

    def _shared_numbers(self):
        """The numbers that people among these share with somebody, as plain values."""
        # As the system: that somebody said yes counts for everybody.
        pairs_sudo = (
            self.env["loket.shared.number"]
            .sudo()
            .search(
                Domain("first_id", "in", self.ids) | Domain("second_id", "in", self.ids)
            )
        )
        return frozenset(
            one_person.SharedNumber(pair.first_id.id, pair.second_id.id, pair.number)
            for pair in pairs_sudo
        )
