# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize, email_split

#: Loket takes no longer comment.
LONGEST = 1000


class LoketReadyWizard(models.TransientModel):
    """Tells the payroll office that a period is ready (*klaar met muteren*)."""

    _name = "loket.ready.wizard"
    _description = "Ready for Payroll"
    _inherit = "loket.walls"

    export_id = fields.Many2one(
        "loket.export", required=True, ondelete="cascade", readonly=True
    )
    push_state = fields.Selection(related="export_id.push_state")
    ready_on = fields.Datetime(related="export_id.ready_on")
    addresses = fields.Char(
        "To",
        compute="_compute_addresses",
        store=True,
        readonly=False,
        help="The e-mail addresses of the payroll office, with commas.",
    )
    comment = fields.Text()
    is_sure = fields.Boolean(
        "Tell it all the same",
        help="Not everything of the file was read back as stored in Loket.",
    )

    @api.depends("export_id")
    def _compute_addresses(self):
        for wizard in self:
            # As superuser: a clerk need not see the contacts to know who they are.
            partners_sudo = wizard.export_id.connection_id.sudo().recipient_ids
            emails = partners_sudo.mapped("email_normalized")
            wizard.addresses = ", ".join(filter(None, emails))

    def action_tell(self):
        """Let Loket mail the payroll office.

        :raise UserError: what was filled in can't be used, or Loket does not take it
        """
        self.check_access("write")
        self.ensure_one()
        self.export_id.check_access("write")
        if self.push_state != "stored" and not self.is_sure:
            raise UserError(
                self.env._(
                    "Not everything of this file was read back as stored in Loket. "
                    'Compare first, or tick "Tell it all the same".'
                )
            )
        comment = (self.comment or "").strip()
        if len(comment) > LONGEST:
            raise UserError(
                self.env._(
                    "The comment is longer than Loket takes: %(count)s characters of "
                    "at most %(most)s.",
                    count=len(comment),
                    most=LONGEST,
                )
            )
        self.export_id._tell_ready(self._checked_addresses(), comment)
        return {"type": "ir.actions.act_window_close"}

    def _checked_addresses(self):
        """The addresses, one by one.

        :raise UserError: there are none, or one can't be used
        """
        typed = [
            text.strip() for text in (self.addresses or "").replace(";", ",").split(",")
        ]
        typed = [text for text in typed if text]
        wrong = [text for text in typed if len(email_split(text)) != 1]
        if wrong or not typed:
            raise UserError(
                self.env._(
                    "Fill in the e-mail addresses of the payroll office, with commas. "
                    "Not usable: %(addresses)s.",
                    addresses=", ".join(wrong) or "-",
                )
            )
        return [email_normalize(text) for text in typed]

    def _window_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ready for payroll"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
