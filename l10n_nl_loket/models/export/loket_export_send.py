# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What happens with a file that was made: sending, downloading, uploading."""

from collections import defaultdict
from datetime import timedelta
from smtplib import SMTPException, SMTPResponseException

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import config

from ...words import Text, _lt
from ..own_transaction import own_transaction
from ..told import keep_in_chatter
from ..translated import translated
from .loket_export_recipient import HAS_IT

#: Within this, mailing the same person again is a button that was pressed twice.
JUST_NOW = timedelta(minutes=1)


class LoketExport(models.Model):
    """What happens with a file that was made: sending, downloading, uploading."""

    _inherit = "loket.export"

    recipient_ids = fields.One2many(
        "loket.export.recipient", "export_id", string="Who has it", readonly=True
    )
    to_mail = fields.Char(
        string="To be mailed",
        compute="_compute_to_mail",
        help="Who gets the file when it is sent: the recipients of the connection, or "
        "else the person who sends it.",
    )
    has_failed = fields.Boolean(
        compute="_compute_to_mail",
        help="Somebody who is to have the file did not get it.",
    )
    mail_problem = fields.Char(
        compute="_compute_to_mail",
        help="What keeps the file from being mailed, said before it is.",
    )
    uploaded_on = fields.Datetime(string="In Loket since", readonly=True, copy=False)
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

    @api.depends(
        "connection_id.recipient_ids.email",
        "connection_id.recipient_ids.name",
        "recipient_ids.state",
        "recipient_ids.email",
    )
    @api.depends_context("lang", "uid")
    def _compute_to_mail(self):
        """Whom *Send* mails, by name and address, before it is pressed."""
        for export in self:
            # As superuser: a clerk need not see the contacts to know who they are.
            rows_sudo = export.recipient_ids.sudo()
            mailed_sudo = rows_sudo.filtered(lambda row: row.state in HAS_IT)
            has_it = {(row.partner_id.id, row.email) for row in mailed_sudo}
            without_sudo = _not_at(export._chosen_recipients(), has_it)
            export.to_mail = ", ".join(
                f"{partner.name} <{partner.email or self.env._('no e-mail address')}>"
                for partner in without_sudo
            )
            export.mail_problem = export._mail_problem(without_sudo)
            tried_sudo = (rows_sudo - mailed_sudo).partner_id
            export.has_failed = bool(tried_sudo & without_sudo)

    def _mail_problem(self, recipients_sudo):
        """What there is to know before the file is mailed; False: nothing.

        :param recipients_sudo: who is to get it, as superuser
        """
        names = ", ".join(
            partner.name for partner in recipients_sudo if not partner.email_normalized
        )
        if names:
            return self.env._(
                "The file can't be mailed yet: %(names)s has no e-mail address that "
                "can be used. Fill it in on the contact, or download the file.",
                names=names,
            )
        # As superuser: a clerk need not see the contacts.
        if not self.connection_id.sudo().recipient_ids:
            return self.env._(
                "The connection has no recipients: when you send the file, it is "
                "mailed to you. Somebody with the right to manage the connection can "
                "name others there."
            )
        return False

    def action_send(self):
        """Mail the file, with the steps to upload it, to who does not have it yet.

        Who did not get it is told by name; sending again then mails only them.

        :raise UserError: nobody got it, or the file is not one to send
        """
        self.check_access("write")
        for export in self:
            export._send(repeated=False)
        return True

    def action_send_again(self):
        """Mail the file once more, also to who has it.

        :raise UserError: nobody got it, or the file is not one to send
        """
        self.check_access("write")
        for export in self:
            export._send(repeated=True)
        return True

    def _send(self, repeated):
        """Mail the file, and keep who has it.

        :param repeated: also to who was mailed before, not just now
        """
        # Before anything is looked at: of two who send, the second sees who has it.
        self._lock()
        self._require_file()
        self._require_latest()
        self._check_bytes()
        recipients = self._recipients()
        mailed = self.env["loket.export.recipient"]._mailed(self)
        since = fields.Datetime.now() - JUST_NOW
        addresses = {key for key, on in mailed.items() if on > since or not repeated}
        without = _not_at(recipients, addresses)
        if without:
            self._report(self._mail(without))
        else:
            self._notify(
                "info",
                self.env._(
                    "Nothing was mailed: %(names)s has the file already.",
                    names=", ".join(recipients.mapped("name")),
                ),
            )
        # Last: when nobody got the file, it is not sent.
        if self.state == "done":
            # As superuser: nobody writes the state by hand.
            export_sudo = self.sudo()
            export_sudo.state = "sent"

    def action_mark_uploaded(self):
        """The clerk says that the file was uploaded in Loket, however it got there.

        :raise UserError: there is no file, or another one counts
        """
        self.check_access("write")
        for export in self:
            export._lock()
            export._require_file()
            if not export.is_latest:
                raise UserError(
                    self.env._(
                        "A later file was made than %(export)s, and Loket should have "
                        "that one. Open the last file and upload it.",
                        export=export.display_name,
                    )
                )
            if export.state != "uploaded":
                # As superuser: nobody writes the state by hand.
                export_sudo = export.sudo()
                export_sudo.write(
                    {"state": "uploaded", "uploaded_on": fields.Datetime.now()}
                )
        return True

    def action_unmark_uploaded(self):
        """It was not uploaded after all."""
        self.check_access("write")
        for export in self:
            export._lock()
            if export.state == "uploaded":
                mailed = self.env["loket.export.recipient"]._mailed(export)
                # As superuser: nobody writes the state by hand.
                export_sudo = export.sudo()
                export_sudo.write(
                    {"state": "sent" if mailed else "done", "uploaded_on": False}
                )
        return True

    def action_download(self):
        """The file itself, for who uploads it.

        :raise UserError: there is none, or it is not what was made
        """
        self.check_access("read")
        self.ensure_one()
        self._require_file()
        self._check_bytes()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

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

    def _check_bytes(self):
        """Look at the file where it is stored, not at what Odoo keeps of it in mind.

        :raise UserError: it is gone, or other than it was made
        """
        file_sudo = self.attachment_id.sudo()  # it is only looked at
        file_sudo.invalidate_recordset(["raw", "datas", "db_datas"])
        content = file_sudo.raw
        if not content or file_sudo._compute_checksum(content) != file_sudo.checksum:
            raise UserError(
                self.env._(
                    "The file %(file)s can't be read from Odoo's storage any more, or "
                    "is not as it was made. Nothing was sent. Make the file again.",
                    file=file_sudo.name,
                )
            )

    def _chosen_recipients(self):
        """Who is to get the file: those of the connection, else who runs it."""
        # As superuser: a clerk need not see the contacts to send them their file.
        chosen_sudo = self.connection_id.sudo().recipient_ids
        return chosen_sudo or self.env.user.partner_id.sudo()

    def _recipients(self):
        """Who is to get the file.

        :raise UserError: one of them has no address
        """
        recipients_sudo = self._chosen_recipients()
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
        """Mail each of them, in the own language, and keep what came of it.

        One mail for each: what a mail server makes of one is not held against another.

        :return: {partner: (state of ``loket.export.recipient``, why it failed)}
        """
        template = self.env.ref("l10n_nl_loket.mail_template_loket_export")
        trouble = server_trouble(self.env, template.mail_server_id)
        outcomes = {}
        for partner in partners:
            outcomes[partner] = (
                ("failed", trouble)
                if trouble
                else deliver(self._mail_to(partner, template))
            )
            self.env["loket.export.recipient"]._keep(self, partner, *outcomes[partner])
        return outcomes

    def _mail_to(self, partner, template):
        """The mail of the file to somebody, as superuser: users have no right to it."""
        lang = partner.lang or self.env.user.lang
        mail_id = template.with_context(lang=lang).send_mail(
            self.id,
            email_values={
                "recipient_ids": [Command.set(partner.ids)],
                "attachment_ids": [Command.set(self.attachment_id.ids)],
            },
            # Around the template, which anybody may have changed.
            email_layout_xmlid="l10n_nl_loket.loket_export_mail",
        )
        return self.env["mail.mail"].sudo().browse(mail_id)

    def _notify(self, kind, message):
        """Tell the person who is at it; bad news stays on the screen.

        :param kind: ``success``, ``info`` or ``danger``
        """
        self.env.user._bus_send(
            "simple_notification",
            {"type": kind, "message": message, "sticky": kind == "danger"},
        )

    def _report(self, outcomes):
        """Tell the clerk who got the file, and keep who did not.

        :param outcomes: what ``_mail`` returned
        :raise UserError: nobody got it
        """
        failed = self._lt(
            "The file was not sent to %(names)s: %(reason)s. Correct it and send "
            "again, which mails only who does not have it, or download the file."
        )
        message = _not_sent(self.env, outcomes, failed)
        if message:
            # In a transaction of its own: what was tried is told with the file, also
            # when all else is undone because nobody got it.
            author = self.env.user.partner_id
            with own_transaction(self, author) as export_sudo:
                keep_in_chatter(
                    export_sudo, export_sudo._clerk(), message, author_id=author.id
                )
        self._tell_mailed(
            outcomes,
            self.env._("The file was sent to %(names)s."),
            self.env._(
                "The file waits in Odoo's mail queue, and goes to %(names)s from there."
            ),
            failed,
        )

    def _tell_mailed(self, outcomes, sent, queued, failed):
        """Tell the clerk whom a mail reached, and whom not.

        :param outcomes: {whom: (state of ``loket.export.recipient``, why it failed)}
        :param sent: what is said of ``%(names)s`` who have it; ``queued``, ``failed``:
            of the others; a failure is a Text, with a ``%(reason)s`` as well
        :return: whom it reached, or will
        :raise UserError: nobody
        """
        by_state = _by_state(outcomes)
        if by_state["sent"]:
            self._notify("success", sent % {"names": _names(by_state["sent"])})
        if by_state["queued"]:
            self._notify("info", queued % {"names": _names(by_state["queued"])})
        reached = by_state["sent"] + by_state["queued"]
        message = _not_sent(self.env, outcomes, failed)
        if message and not reached:
            raise UserError(message)
        if message:
            self._notify("danger", message)
        return reached


def _not_at(partners, addresses):
    """Those partners who are not among {(partner id, address)}."""
    return partners.filtered(
        lambda partner: (partner.id, partner.email_normalized) not in addresses
    )


def _by_state(outcomes):
    """{state: whom}, of what came of mailing each."""
    result = defaultdict(list)
    for whom, (state, _reason) in outcomes.items():
        result[state].append(whom)
    return result


def _names(people):
    """The names of partners, or of who is told by name."""
    return ", ".join(
        one if isinstance(one, str) else one.name or one.email_normalized
        for one in people
    )


def _not_sent(env, outcomes, words):
    """Who was not reached, and why; empty when everybody was.

    :param words: a Text with ``%(names)s`` and ``%(reason)s``
    """
    failed = _by_state(outcomes)["failed"]
    if not failed:
        return ""
    values = {
        "names": _names(failed),
        "reason": outcomes[failed[0]][1] or _lt("unknown"),
    }
    return translated(env, Text(words.source, values))


def deliver(mail):
    """Hand a mail to the mail server.

    :param mail: a new ``mail.mail``
    :return: a state of ``loket.export.recipient``, and why it failed
    """
    try:
        mail.send()
    except (SMTPException, OSError, UserError) as error:
        return "failed", str(error)
    # A template may have been told to delete what was sent.
    state = mail.state if mail.exists() else "sent"
    if state in ("exception", "cancel"):
        return "failed", mail.failure_reason
    return ("queued" if state == "outgoing" else "sent"), None


def server_trouble(env, server):
    """Why no mail can go out now, as a person can act on it; empty: it can.

    Asked before anything is mailed: else each mail would tell of its own that nobody
    answers, by the number that the machine gives it.

    :param server: the ``ir.mail_server`` of the mail template, empty for the usual one
    """
    # As superuser: mail servers are the administrator's, and are only tried here.
    servers_sudo = env["ir.mail_server"].sudo()
    try:
        session = servers_sudo._connect__(
            mail_server_id=server.id, smtp_from=env.user.email_normalized
        )
    except (SMTPResponseException, UserError) as error:
        return str(error)  # it is there, and says what is wrong
    except OSError:  # nobody is there
        # Odoo's own configuration names this machine where nobody said anything.
        if servers_sudo.search_count([], limit=1) or config["smtp_server"] not in (
            "localhost",
            False,
        ):
            trouble = _lt(
                "the outgoing mail server does not answer; an administrator of Odoo "
                "can test it under Outgoing Mail Servers in the settings"
            )
        else:
            trouble = _lt(
                "no outgoing mail server is set up; an administrator of Odoo can add "
                "one under Outgoing Mail Servers in the settings"
            )
        return translated(env, trouble)
    if session:  # none in a test
        session.quit()
    return ""
