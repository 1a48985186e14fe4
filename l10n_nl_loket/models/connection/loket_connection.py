# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...gateway import LoketError, LoketMisconfigured, LoketRefused, RestGateway
from ...gateway.http import checked_url
from ..translated import translated

#: (API, OAuth) addresses of Loket's environments (Loket's API documentation).
ADDRESSES = {
    "production": ("https://api.loket.nl/v2", "https://oauth.loket.nl"),
    "acceptance": ("https://api.loket-acc.nl/v2", "https://oauth.loket-acc.nl"),
}

PERIOD_TYPES = [("month", "Month"), ("four_weeks", "Four weeks"), ("week", "Week")]
DISTRIBUTIONS = [
    ("none", "Not in the file"),
    ("distribution_unit", "Distribution unit"),
]

#: What is chosen in Loket.
REFS = ("employer_ref", "administration_ref")


class LoketConnection(models.Model):
    """One link with one payroll administration in Loket.

    Draft: not connected. Connected: Loket lets us in. Ready: the administration is
    chosen and its lists are fetched, so the night and the payroll file can do their
    work. Error: Loket refuses; somebody has to connect again.
    """

    _name = "loket.connection"
    _description = "Loket Connection"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    protocol = fields.Selection(
        [
            ("rest", "Consent on a page of Loket (REST)"),
            ("soap", "User name and password (SOAP, no longer maintained by Loket)"),
        ],
        "Connect by",
        default="rest",
        required=True,
        help="REST is what Loket offers today.",
    )
    environment = fields.Selection(
        [
            ("production", "Production"),
            ("acceptance", "Acceptance"),
            ("custom", "Other addresses"),
        ],
        default="production",
        required=True,
    )
    api_url = fields.Char(
        "API Address", compute="_compute_urls", store=True, readonly=False
    )
    oauth_url = fields.Char(
        "OAuth Address", compute="_compute_urls", store=True, readonly=False
    )
    wsdl_url = fields.Char(
        "Address of the Service Description",
        help="SOAP only. Empty: the service description that comes with this app.",
    )
    client_id = fields.Char(
        "Client ID",
        help="Loket hands out the client id and the client secret of your application.",
    )
    client_secret = fields.Char(
        groups="base.group_system", copy=False, exportable=False
    )
    state = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connected", "Connected"),
            ("ready", "Ready"),
            ("error", "Connect again"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    employer_ref = fields.Char("Employer in Loket", copy=False)
    employer_name = fields.Char("Employer", readonly=True, copy=False)
    administration_ref = fields.Char("Administration in Loket", copy=False)
    administration_name = fields.Char("Administration", readonly=True, copy=False)
    client_number = fields.Integer(
        copy=False,
        aggregator=None,
        help="The aanslnr of the payroll file.",
    )
    period_type = fields.Selection(PERIOD_TYPES, copy=False)
    default_shift = fields.Integer(
        default=1,
        aggregator=None,
        help="The shift (ploeg) of employments for which Loket gives none.",
    )
    distribution = fields.Selection(
        DISTRIBUTIONS,
        default="none",
        required=True,
        help="Whether the payroll file tells the cost center (verdelingseenheid) of "
        "hours. The upload in Loket asks for the same choice.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        help="Is told of new employments and of trouble.",
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
        help="Who gets the payroll file by e-mail. Empty: the person who sends it.",
    )
    last_sync_date = fields.Datetime("Last Synchronisation", readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    warning = fields.Text(
        readonly=True,
        copy=False,
        help="What Loket keeps from this link: rights that are missing, and filters.",
    )

    _default_shift_positive = models.Constraint(
        "CHECK(default_shift >= 0)",
        "The default shift is a number from 1, or empty.",
    )
    _client_number_positive = models.Constraint(
        "CHECK(client_number >= 0)", "The client number is a number from 1."
    )

    @api.depends("environment")
    def _compute_urls(self):
        for connection in self:
            if connection.environment in ADDRESSES:
                addresses = ADDRESSES[connection.environment]
                connection.api_url, connection.oauth_url = addresses
            else:  # typed in by hand
                connection.api_url = connection.api_url
                connection.oauth_url = connection.oauth_url

    @api.constrains("api_url", "oauth_url", "wsdl_url")
    def _check_urls(self):
        for connection in self:
            for name in ("api_url", "oauth_url", "wsdl_url"):
                if not connection[name]:
                    continue
                label = connection._fields[name].get_description(self.env, ["string"])[
                    "string"
                ]
                try:
                    checked_url(connection[name], label)
                except LoketMisconfigured as error:
                    raise ValidationError(
                        translated(self.env, error.message)
                    ) from error

    def write(self, vals):
        """Another administration waits for its lists; other addresses, for secrets.

        Who may not read the secrets may not have them sent elsewhere either.
        """
        refs = {name: vals[name] or False for name in REFS if name in vals}
        moved = self.filtered(
            lambda one: any(one[name] != ref for name, ref in refs.items())
        )
        left = {one: one.administration_name for one in self if one._leaves(refs)}
        before = {one: one._addresses() for one in self}
        result = super().write(vals)
        if moved and "administration_name" not in vals:
            moved._forget_administration(vals)
        for one, name in left.items():
            one._forget_employments(name)
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            for one in self.filtered(lambda one: one._addresses() != before[one]):
                one._forget_secrets()
        return result

    def unlink(self):
        """Drafts of payroll files go along; files that were made are kept."""
        self.check_access("unlink")
        exports = self.env["loket.export"].sudo()
        exports = exports.search([("connection_id", "in", self.ids)])
        self._check_no_files(exports.filtered(lambda one: one.state != "draft"))
        exports.unlink()
        return super().unlink()

    def _check_no_files(self, made):
        """:raise UserError: there are files that were made"""
        if made:
            raise UserError(
                self.env._(
                    "%(connection)s has payroll files, which are kept. Archive the "
                    "connection instead.",
                    connection=made[0].connection_id.name,
                )
            )

    def _addresses(self):
        return [self[name] for name in ("api_url", "oauth_url", "wsdl_url")]

    def _forget_administration(self, vals):
        """What was fetched is another administration's: no file may be made of it."""
        gone = {"employer_name", "administration_name", "client_number", "period_type"}
        self.write(dict.fromkeys(gone - set(vals), False))
        self.filtered(lambda one: one.state == "ready").write({"state": "connected"})

    def _forget_secrets(self):
        self.sudo().write({"client_secret": False, "state": "draft"})
        self.env["loket.token"]._forget(self)

    # === GATEWAY === #

    def _gateway(self):
        """The gateway of this connection, whatever its protocol.

        :raise LoketRefused: there is no link yet
        :raise LoketMisconfigured: a setting can't work
        """
        self.ensure_one()
        connection = self.sudo()
        return RestGateway(
            api_url=connection.api_url,
            oauth_url=connection.oauth_url,
            client_id=connection.client_id,
            client_secret=connection.client_secret,
            tokens=connection.env["loket.token"]._store(connection),
        )

    def _translate(self, text):
        """A sentence of the gateway in the user's language."""
        return translated(self.env, text)

    def _record_error(self, error):
        """Keep what went wrong where people see it.

        Refused credentials need a person: the nightly run leaves the connection alone
        until somebody connects again. All else may be over tomorrow.

        :return: the sentence, in the user's language
        """
        assert isinstance(error, LoketError)
        message = self._translate(error.message)
        vals = {"last_error": message}
        if isinstance(error, LoketRefused) and not error.activity:
            vals["state"] = "error"
            if error.is_client:  # so that connecting again asks for another one
                vals["client_secret"] = False
        self.sudo().write(vals)
        return message

    def _tell_person(self, message, kind="danger"):
        """A notification on the screen; the form behind it is read again."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === SYNCHRONISATION === #

    def action_sync(self):
        """Synchronise the employees now, and show how it went."""
        self.ensure_one()
        self.check_access("write")
        run = self.env["loket.sync.run"]._sync_by_hand(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
        }

    @api.model
    def _cron_sync(self):
        """Synchronise every ready connection (nightly)."""
        self.env["loket.sync.run"]._cron()
