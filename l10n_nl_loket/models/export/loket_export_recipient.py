# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..own_transaction import own_transaction
from ..sentence import Sentence

#: What means that the file is on its way, so that it is not mailed twice.
HAS_IT = ("sent", "queued")


class LoketExportRecipient(models.Model):
    """Who was mailed the file, and whether it went out.

    Each row is committed as soon as the mail server has answered: what somebody has in
    the mailbox is not undone by what goes wrong after, and is not mailed again.
    """

    _name = "loket.export.recipient"
    _description = "Recipient of a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, name, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", ondelete="set null", index=True)
    name = fields.Char(required=True)
    email = fields.Char(required=True)
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("queued", "Waits in the mail queue"),
            ("failed", "Not sent"),
        ],
        required=True,
    )
    tried_on = fields.Datetime(string="On", required=True)
    reason = Sentence(string="Why not")

    _address_unique = models.UniqueIndex("(export_id, partner_id, email)")

    @api.depends("name", "email")
    def _compute_display_name(self):
        for recipient in self:
            recipient.display_name = f"{recipient.name} <{recipient.email}>"

    @api.model
    def _keep(self, export, partner, state, reason=None):
        """Keep what came of mailing a file to somebody; committed when this returns.

        :param export: the ``loket.export``
        :param partner: the ``res.partner``
        :param state: a value of the field
        :param reason: why it was not sent, in the mail server's words
        """
        address = {"partner_id": partner.id, "email": partner.email_normalized}
        outcome = {
            "name": partner.name or partner.email_normalized,
            "state": state,
            "reason": reason,
            "tried_on": fields.Datetime.now(),
        }
        with own_transaction(export, partner) as export_sudo:
            row = export_sudo.recipient_ids.filtered_domain(
                [(name, "=", value) for name, value in address.items()]
            )
            if row:
                row.write(outcome)
            else:
                row.create({"export_id": export.id, **address, **outcome})
        # What this transaction knew of them is no longer so.
        export.invalidate_recordset(["recipient_ids"])

    @api.model
    def _mailed(self, export):
        """Who has the file by what is committed now, as {(partner id, address): when}.

        :param export: the ``loket.export``, locked by who asks
        """
        with own_transaction(export) as export_sudo:
            return {
                (row.partner_id.id, row.email): row.tried_on
                for row in export_sudo.recipient_ids
                if row.state in HAS_IT
            }
