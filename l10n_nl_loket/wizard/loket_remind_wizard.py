# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize, formataddr, is_html_empty

from ..models.export.loket_export_send import deliver, server_trouble
from ..models.told import keep_in_chatter

#: More than these at once wait in Odoo's mail queue, so that nobody waits for them.
AT_ONCE = 20


class LoketRemindWizard(models.TransientModel):
    """The mail to who has nothing booked: seen, and changed, before it goes."""

    _name = "loket.remind.wizard"
    _description = "Remind Employees of Their Hours"
    _inherit = "loket.walls"

    export_id = fields.Many2one(
        "loket.export", required=True, ondelete="cascade", readonly=True
    )
    idle_employment_ids = fields.Many2many(related="export_id.idle_employment_ids")
    employment_ids = fields.Many2many(
        "loket.employee",
        string="To",
        compute="_compute_employment_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', idle_employment_ids)]",
        help="Who is mailed, each apart. Take out who did not work.",
    )
    without_address = fields.Char(compute="_compute_without_address")
    subject = fields.Char(compute="_compute_mail", store=True, readonly=False)
    body = fields.Html(compute="_compute_mail", store=True, readonly=False)

    @api.depends("export_id")
    def _compute_employment_ids(self):
        """All who can be mailed; each person once, however many employments.

        Who is archived in Odoo can't book any hours there.
        """
        for wizard in self:
            by_person = {}
            for row in wizard.export_id.idle_employment_ids:
                # As superuser: a clerk need not see the employees themselves.
                employee_sudo = row.sudo().employee_id
                if employee_sudo.active and _address(row):
                    by_person.setdefault(employee_sudo.id, row.id)
            wizard.employment_ids = list(by_person.values())

    @api.depends("export_id")
    def _compute_without_address(self):
        for wizard in self:
            rows = wizard.export_id.idle_employment_ids
            names = [row.name for row in rows if not _address(row)]
            wizard.without_address = ", ".join(dict.fromkeys(names))

    @api.depends("export_id")
    @api.depends_context("lang")
    def _compute_mail(self):
        """As the mail template has it, in each language of who is mailed."""
        template = self.env.ref("l10n_nl_loket.mail_template_loket_reminder")
        for wizard in self:
            ids = wizard.export_id.ids
            if not ids:  # a form that names no file yet
                wizard.subject = wizard.body = False
                continue
            wordings = [
                template.with_context(lang=lang) for lang in wizard._languages()
            ]
            wizard.subject = " / ".join(
                wording._render_field("subject", ids)[ids[0]] for wording in wordings
            )
            wizard.body = Markup("<hr/>").join(
                wording._render_field("body_html", ids)[ids[0]] for wording in wordings
            )

    def _languages(self):
        """The languages of who is mailed, that of most of them first."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        # As superuser: a clerk need not see the employees themselves.
        people_sudo = self.employment_ids.sudo().employee_id
        langs = Counter(
            one.lang if one.lang in installed else self.env.lang for one in people_sudo
        )
        return [lang for lang, _count in langs.most_common()] or [self.env.lang]

    def action_send(self):
        """Mail those who are chosen, each apart, and tell who could not be reached.

        :raise UserError: something is missing, or nobody could be reached
        """
        self.check_access("write")
        self.ensure_one()
        self.export_id.check_access("write")
        # Pressed twice, nobody is mailed twice.
        self.lock_for_update()
        rows = self._checked_rows()
        template = self.env.ref("l10n_nl_loket.mail_template_loket_reminder")
        trouble = server_trouble(self.env, template.mail_server_id)
        if trouble:
            raise UserError(self.env._("Nobody was mailed: %s.", trouble))
        mails = self._mails(rows, template)
        outcomes = {
            row: deliver(mail) if len(rows) <= AT_ONCE else ("queued", None)
            for row, mail in mails.items()
        }
        reached = self.export_id._tell_mailed(
            outcomes,
            self.env._("Reminded of their hours: %(names)s."),
            self.env._(
                "The reminder waits in Odoo's mail queue, and goes to %(names)s from "
                "there."
            ),
            self._lt(
                "Not reminded: %(names)s: %(reason)s. Correct it and remind them again."
            ),
        )
        self.employment_ids = False
        # A number and no names: it stays when somebody is deleted.
        keep_in_chatter(
            self.export_id,
            self.export_id._clerk(),
            self._lt("Mailed a reminder to %(count)s employees.", count=len(reached)),
        )
        return {"type": "ir.actions.act_window_close"}

    def _checked_rows(self):
        """Whom to mail, each person once.

        :raise UserError: nobody, nothing, or somebody without an address
        """
        rows = self.employment_ids & self.export_id.idle_employment_ids
        if not rows or not (self.subject or "").strip() or is_html_empty(self.body):
            raise UserError(
                self.env._("Choose whom to remind, and fill in a subject and a text.")
            )
        without = rows.filtered(lambda row: not _address(row))
        if without:
            raise UserError(
                self.env._(
                    "Nobody was mailed: %(names)s has no e-mail address. Take them "
                    "out, or ask HR to fill it in on the employee.",
                    names=", ".join(without.mapped("name")),
                )
            )
        # As superuser: a clerk need not see the employees themselves.
        by_person = rows.grouped(lambda row: row.sudo().employee_id)
        return rows.browse().union(*(alike[:1] for alike in by_person.values()))

    def _mails(self, rows, template):
        """{employment: the mail to its person}.

        As superuser: users have no right to mails.

        :raise UserError: who sends it has no address
        """
        sender = self.env.user.email_formatted
        if not sender:
            raise UserError(
                self.env._(
                    "You have no e-mail address to send from. Fill it in under My "
                    "Preferences."
                )
            )
        mails_sudo = self.env["mail.mail"].sudo()
        mails_sudo = mails_sudo.create(
            [
                {
                    "subject": self.subject,
                    "body_html": self.body,
                    "email_from": sender,
                    "reply_to": sender,
                    "email_to": formataddr((row.name, _address(row))),
                    "mail_server_id": template.mail_server_id.id,
                    "auto_delete": True,
                }
                for row in rows
            ]
        )
        return dict(zip(rows, mails_sudo, strict=True))

    def _window_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remind of hours"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


def _address(row):
    """Where the person of an employment reads mail at work; empty: nowhere known."""
    # As superuser: a clerk need not see the employees themselves.
    employee_sudo = row.sudo().employee_id
    for address in (employee_sudo.work_email, employee_sudo.user_id.email):
        if usable := email_normalize(address):
            return usable
    return ""
