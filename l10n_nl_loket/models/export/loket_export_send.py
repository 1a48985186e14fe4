# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What happens with a file that was made: sending, downloading, uploading."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..booking.loket_booking import HOURS


class LoketExport(models.Model):
    """What happens with a file that was made: sending, downloading, uploading."""

    _inherit = "loket.export"

    upload_steps = fields.Html(
        compute="_compute_upload_steps", sanitize=False, string="Upload in Loket"
    )

    @api.depends("attachment_id", "connection_id", "year", "period")
    @api.depends_context("lang")
    def _compute_upload_steps(self):
        """How this very file gets into Loket; on the screen and in the mail."""
        qweb = self.env["ir.qweb"]
        for export in self:
            export.upload_steps = (
                qweb._render("l10n_nl_loket.upload_steps", {"export": export})
                if export.attachment_id
                else False
            )

    def action_send(self):
        """Mail the file to the recipients, with the steps to upload it.

        Who did not get it is told by name.
        """
        for export in self:
            export._require_file()
            export._require_latest()
            export._report(export._mail(export._recipients()))
            # As superuser: nobody writes the state by hand. Last: when nobody got the
            # file, it is not sent.
            export_sudo = export.sudo()
            export_sudo.state = "sent"
        return True

    def action_download(self):
        """The file itself, for who uploads it."""
        self.ensure_one()
        self._require_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

    def action_view_lines(self):
        """The cells of this file alone, on a page of their own."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_nl_loket.action_loket_export_line"
        )
        return {**action, "domain": [("export_id", "=", self.id)], "context": {}}

    def action_view_latest(self):
        """The file that replaced this one."""
        self.ensure_one()
        return self._latest().get_formview_action()

    def action_idle_timesheets(self):
        """The timesheets of the people for whom nothing is booked."""
        self.ensure_one()
        return self._timesheet_action(self.idle_employment_ids.employee_id)

    def _timesheet_action(self, employees, domain=()):
        """Timesheets of the period, of some people.

        :param employees: ``hr.employee``
        :param domain: which of their lines; none: all
        :raise UserError: this person may not see them; says whom to ask
        """
        if not self.env["account.analytic.line"].has_access("read"):
            raise UserError(
                self.env._(
                    "Ask somebody who may see all timesheets to look at those of "
                    "%(names)s.",
                    names=", ".join(employees.mapped("name")),
                )
            )
        standard = self.env["ir.actions.actions"]._for_xml_id(
            "hr_timesheet.timesheet_action_all"
        )
        return {
            **standard,
            "view_mode": "list,form",
            "views": [
                (self.env.ref("hr_timesheet.timesheet_view_tree_user").id, "list"),
                (False, "form"),
            ],
            "domain": [
                *HOURS.domain,
                *self._in_these_days(employees),
                *domain,
            ],
            # Without that of the standard: its filters would hide some of the hours.
            "context": {"default_date": self.date_to, "is_timesheet": 1},
        }

    def _wage_entry_action(self, employees, domain=()):
        """Wage entries of the period, of some people.

        :param employees: ``hr.employee``
        :param domain: which of their entries; none: all
        """
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_nl_loket.action_hr_wage_entry"
        )
        return {
            **action,
            "domain": [*self._in_these_days(employees), *domain],
            "context": {"default_date": self.date_to},
        }

    def _in_these_days(self, employees):
        """Domain of what some people booked in the period, whatever the kind.

        :param employees: ``hr.employee``
        """
        return [
            ("date", ">=", self.date_from),
            ("date", "<=", self.date_to),
            ("employee_id", "in", employees.ids),
        ]

    def _require_file(self):
        """:raise UserError: there is no file yet"""
        if not self.attachment_id:
            raise UserError(
                self.env._(
                    "%(export)s has no file yet. Make the file first.",
                    export=self.display_name,
                )
            )

    def _require_latest(self):
        """:raise UserError: another file of the period counts"""
        if not self.is_latest:
            raise UserError(
                self.env._(
                    "A later file was made than %(export)s: do not send this one. Open "
                    "the last file and send that.",
                    export=self.display_name,
                )
            )

    def _recipients(self):
        """Who gets the file: those of the connection, else the person who runs it.

        :raise UserError: one of them has no address
        """
        # As superuser: a clerk need not see the contacts to send them their file.
        chosen_sudo = self.connection_id.sudo().recipient_ids
        recipients_sudo = chosen_sudo or self.env.user.partner_id.sudo()
        without_sudo = recipients_sudo.filtered(
            lambda partner: not partner.email_normalized
        )
        if without_sudo:
            raise UserError(
                self.env._(
                    "The file was not sent: %(names)s has no e-mail address that can "
                    "be used. Fill it in on the contact.",
                    names=", ".join(without_sudo.mapped("name")),
                )
            )
        return recipients_sudo

    def _mail(self, partners):
        """One mail for each language that the recipients speak; returns the mails."""
        template = self.env.ref("l10n_nl_loket.mail_template_loket_export")
        mails_sudo = self.env["mail.mail"].sudo()  # users have no right to mails
        own_lang = self.env.user.lang
        by_lang = partners.grouped(lambda partner: partner.lang or own_lang)
        for lang, readers in by_lang.items():
            mails_sudo += mails_sudo.browse(
                template.with_context(lang=lang).send_mail(
                    self.id,
                    email_values={
                        "recipient_ids": [Command.set(readers.ids)],
                        "attachment_ids": [Command.set(self.attachment_id.ids)],
                    },
                )
            )
        mails_sudo.send()
        return mails_sudo

    def _notify(self, kind, message):
        """Tell the person who is at it; bad news stays on the screen.

        :param kind: ``success`` or ``danger``
        """
        self.env.user._bus_send(
            "simple_notification",
            {"type": kind, "message": message, "sticky": kind == "danger"},
        )

    def _report(self, mails):
        """Tell the clerk who got the file, and keep who did not.

        When some did, nothing is raised, so that they do not get it twice.

        :raise UserError: nobody got it
        """
        failed = mails.filtered(lambda mail: mail.state == "exception")
        if not failed:
            names = ", ".join(mails.recipient_ids.mapped("name"))
            sent = self.env._("The file was sent to %(names)s.", names=names)
            self._notify("success", sent)
            return
        message = self.env._(
            "The file was not sent to %(names)s: %(reason)s. Correct it and send "
            "again, or download the file.",
            names=", ".join(failed.recipient_ids.mapped("name")),
            reason=failed[0].failure_reason or self.env._("unknown"),
        )
        if failed == mails:
            raise UserError(message)
        self.message_post(body=message)
        self._notify("danger", message)
