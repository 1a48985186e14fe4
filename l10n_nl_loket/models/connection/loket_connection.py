# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...gateway import LoketMisconfigured
from ...gateway.address import checked_url, leads_here
from ...words import _lt, joined
from ..secret import Secret
from ..sentence import Sentence, Sentences
from ..told import keep_in_chatter
from ..translated import lines_of, translated
from . import same_loket

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
#: What becomes of the normal hours of who gets a fixed salary.
SALARIED_HOURS = [("send", "Sent to Loket"), ("leave_out", "Not sent")]

#: What is chosen in Loket.
REFS = ("employer_ref", "administration_ref")
#: Where Odoo sends the secrets of a connection.
ADDRESS_FIELDS = ("api_url", "oauth_url", "wsdl_url")
#: What is looked up in Loket of the administration that is chosen.
ADMINISTRATION_FIELDS = (
    "employer_name",
    "administration_name",
    "client_number",
    "client_number_told",
    "period_type",
)
#: What tells which administration of which Loket a connection reads.
WHICH = ("active", "environment", "protocol", "api_url", "wsdl_url", *REFS)
#: What is settled by hand before: in which states it is settled.
SETTLED = {
    "company_id": ("connected", "ready", "error"),
    "period_type": ("ready",),
    "protocol": ("connected", "ready"),
}
#: What tells whether two connections seem to read one administration.
TWIN_FIELDS = ("active", "client_number", "environment")
#: The roles in Loket; a manager is a clerk too.
USER, MANAGER = "l10n_nl_loket.group_user", "l10n_nl_loket.group_manager"
#: The activity of whoever is to decide on employments.
DECIDE = "l10n_nl_loket.mail_activity_type_decide"
#: The activity of whoever is to say what becomes of what a night did not take over.
WAITS = "l10n_nl_loket.mail_activity_type_waits"
#: The activity of whoever is to look at what can't be taken over by itself.
CHECK = "l10n_nl_loket.mail_activity_type_check"
#: The activity of whoever is to mend what keeps the night from its work.
TROUBLE = "l10n_nl_loket.mail_activity_type_trouble"
#: The activity of whoever is to say what becomes of the hours of a fixed salary.
SALARIED = "l10n_nl_loket.mail_activity_type_salaried"


def _has_role(user, company, group=USER):
    """Whether somebody has a role in Loket, in a company."""
    # As superuser: users and their rights are not the user's to read.
    user_sudo = user.sudo()
    return company.sudo() in user_sudo.company_ids and user_sudo.has_group(group)


def _environment_vals(vals):
    """The environment of a new connection, where nobody says which.

    Loket's own description is never on this machine: that is a trial.
    """
    return {"environment": "custom"} if leads_here(vals.get("wsdl_url")) else {}


class LoketConnection(models.Model):
    """One link with one payroll administration in Loket.

    Draft: not connected. Connected: Loket lets us in. Ready: the administration is
    chosen and its lists are fetched, so the night and the payroll file can do their
    work. Error: Loket refuses; somebody has to connect again.

    Here: its settings, and what follows when they are written. Beside it: ``_link``
    (how Loket lets us in), ``_fetch`` (what the settings need of Loket), ``_progress``
    (how far each part is) and ``_steps`` (what is to be done next, and the way there).
    """

    _name = "loket.connection"
    _description = "Loket Connection"
    _inherit = ["mail.thread", "mail.activity.mixin", "loket.walls"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, default=lambda self: self._default_name())
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
        "WSDL Address",
        help="SOAP only: where the service description lies. Empty: the one that comes "
        "with this app.",
    )
    # Filled in by a form of its own, which no log has (see ``controllers``).
    client_id = fields.Char(
        "Client ID",
        readonly=True,
        help="Loket hands out the client id and the client secret of your application.",
    )
    client_secret = Secret(
        readonly=True, groups="base.group_system", copy=False, exportable=False
    )
    state = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connected", "Connected"),
            ("ready", "Administration chosen"),
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
        readonly=True,
        copy=False,
        aggregator=None,
        tracking=True,
        help="The aanslnr of the payroll file.",
    )
    client_number_told = fields.Integer(
        "Client Number in Loket",
        readonly=True,
        copy=False,
        aggregator=None,
        help="What Loket gave last. Another one is taken over once somebody says so.",
    )
    period_type = fields.Selection(PERIOD_TYPES, copy=False)
    default_shift = fields.Integer(
        default=1,
        aggregator=None,
        help="The shift (ploeg) of employments for which Loket gives none.",
    )
    distribution = fields.Selection(
        DISTRIBUTIONS,
        "Distribution Unit of Hours",
        default="none",
        required=True,
        help="Whether the payroll file tells the cost center (verdelingseenheid) of "
        "hours. The upload in Loket asks for the same choice.",
    )
    salaried_hours = fields.Selection(
        SALARIED_HOURS,
        "Normal Hours on a Fixed Salary",
        copy=False,
        tracking=True,
        help="Loket pays a fixed salary by itself. Normal hours that are sent as well "
        "may be paid twice, or lower the wage to the hours that were sent. Overtime, "
        "leave and allowances are always sent. Empty: a manager is to choose, before "
        "a payroll file with such hours can be made.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        domain=lambda self: self._domain_responsible(),
        help="Is told of new employments and of trouble. Instead of a clerk, who can't "
        "act on it, a manager is told.",
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
        help="Who gets the payroll file by e-mail. Empty: the person who sends it.",
    )
    write_zero = fields.Boolean(
        "Write 0 for What Is Gone",
        default=True,
        help="When the file of a period is made again: whether what an earlier file "
        "of it sent, and this one does not, is written as 0. An empty cell may leave "
        "the old value in Loket.",
    )
    vanish_threshold = fields.Integer(
        "Ask First Above (%)",
        default=20,
        help="When Loket's answer lacks more of the linked employments than this, "
        "nothing is changed: it is more likely a right or filter than a fact. And what "
        "would change for more of the employees than this, and at least five, waits "
        "until somebody lets it pass.",
    )
    allow_editing = fields.Boolean(
        "Employee Data May Be Changed in Odoo",
        help="Whether name, private address and the other fields that come from Loket "
        "can be edited on a linked employee. What is entered in Odoo stays until the "
        "next synchronisation.",
    )
    last_sync_date = fields.Datetime("Last Synchronisation", readonly=True, copy=False)
    last_read_date = fields.Datetime(
        "Last Read Whole",
        readonly=True,
        copy=False,
        help="When all of Loket's lists were read last. A night in which nothing has "
        "changed reads nothing, but for once a week.",
    )
    night_hint = Sentence("Faster Nights", readonly=True, copy=False)
    quiet_basis = fields.Json(
        copy=False,
        groups="base.group_system",
        readonly=True,
        help="What the last whole night was founded on (see people/quiet.py).",
    )
    last_try_date = fields.Datetime(
        "Last Try at Night",
        readonly=True,
        copy=False,
        help="Whatever came of it: the one tried longest ago is the next one.",
    )
    last_try_run = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="The run of the scheduler in which it was tried last.",
    )
    open_tries = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Tries at night that have not come to an end: a worker is at it, or died.",
    )
    tested_on = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the preview of one person was looked at last.",
    )
    last_error = Sentences(readonly=True, copy=False)
    warning = Sentences(
        readonly=True,
        copy=False,
        help="What Loket keeps from this connection: rights that are missing, and "
        "filters.",
    )
    push_missing = Sentences(
        "Rights to Ask For",
        readonly=True,
        copy=False,
        help="What the Loket user lacks for hours to be sent straight into Loket.",
    )
    told_words = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Words of Loket that say nothing to us, and were told to a person.",
    )
    told_unreadable = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="References of what can't be read, of which a person was told.",
    )
    fetch_payslips = fields.Boolean(
        "Payslips for Employees",
        copy=False,
        tracking=True,
        help="Each night payslips and year-end statements are fetched, once Loket lets "
        "employees see them. Only the employee, with a user in Odoo, and HR managers "
        "read them. Switched off, what was fetched stays, and is no longer withdrawn "
        "when Loket undoes a payroll run.",
    )
    loket_employee_ids = fields.One2many("loket.employee", "connection_id")
    cost_center_ids = fields.One2many("loket.cost.center", "connection_id")
    component_ids = fields.One2many("loket.component", "connection_id")
    period_ids = fields.One2many("loket.period", "connection_id")
    department_mapping_ids = fields.One2many(
        "loket.department.mapping", "connection_id"
    )
    component_mapping_ids = fields.One2many("loket.component.mapping", "connection_id")

    _default_shift_positive = models.Constraint(
        "CHECK(default_shift >= 0)",
        "The default shift is a number from 1, or empty.",
    )
    _client_number_positive = models.Constraint(
        "CHECK(client_number >= 0)", "The client number is a number from 1."
    )
    _vanish_threshold_percent = models.Constraint(
        "CHECK(vanish_threshold BETWEEN 0 AND 100)",
        "Ask First Above is a percentage from 0 to 100.",
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

    def _may_be_local(self):
        """Whether the addresses may lead to this machine, where a trial Loket runs."""
        return self.environment == "custom"

    @api.constrains("environment", *ADDRESS_FIELDS)
    def _check_urls(self):
        for connection in self:
            for name in ADDRESS_FIELDS:
                if not connection[name]:
                    continue
                label = connection._fields[name].get_description(self.env, ["string"])[
                    "string"
                ]
                try:
                    checked_url(
                        connection[name],
                        label,
                        local=connection._may_be_local(),
                        description=name == "wsdl_url",
                    )
                except LoketMisconfigured as error:
                    raise ValidationError(
                        translated(self.env, error.message)
                    ) from error

    @api.constrains(*WHICH)
    def _check_administration_once(self):
        """Twice, everybody would be linked twice and every hour be sent twice."""
        for connection in self.filtered("active"):
            others_sudo = same_loket.others_of_administration(connection)
            if others_sudo:
                raise ValidationError(
                    translated(self.env, connection._refusal(others_sudo[0]))
                )

    def _refusal(self, other):
        """Why this connection may not read the administration of ``other``."""
        return _lt(
            "This administration is read by %(connection)s already: both files would "
            "hold the same hours. Choose another administration, or archive one of "
            "the two.",
            connection=same_loket.label(other, self),
        )

    def _reads_twice(self):
        """Why neither night nor file may go on; None: it is the only one.

        Two may be there from before it was refused. Which of them is right, only a
        person knows; of those that were never connected nothing comes.
        """
        others_sudo = same_loket.others_of_administration(self)
        others_sudo = others_sudo.filtered(lambda other: other.state != "draft")
        return self._refusal(others_sudo[0]) if others_sudo else None

    def _default_name(self):
        """The company's, for its first connection; another one is to be told apart."""
        company = self.env.company
        connections = self.with_context(active_test=False)
        has_one = connections.search_count([("company_id", "=", company.id)], limit=1)
        return False if has_one else company.name

    # === WRITING === #

    @api.model_create_multi
    def create(self, vals_list):
        connections = super().create(
            [
                {**_environment_vals(vals), **self._nobody_vals(vals), **vals}
                for vals in vals_list
            ]
        )
        for connection in connections:
            connection._tell_twins(connection.browse())
        return connections

    def write(self, vals):
        """Another administration waits for its lists; other addresses, for secrets.

        Who may not read the secrets may not have them sent elsewhere either.
        """
        self._check_settled(vals)
        # Before super(): what the connection was is not known any more afterwards.
        refs = {name: vals[name] or False for name in REFS if name in vals}
        rechosen = self.filtered(
            lambda connection: any(
                connection[name] != ref for name, ref in refs.items()
            )
        )
        formers = {
            connection: (connection.administration_ref, connection.administration_name)
            for connection in self
            if connection._is_other_administration(refs)
        }
        addresses = {connection: connection._addresses() for connection in self}
        twins = {}
        if not set(TWIN_FIELDS).isdisjoint(vals):
            twins = {connection: same_loket.twins(connection) for connection in self}
        # Before anything is forgotten: forgetting is done as superuser, and secrets are
        # gone for good. super() refuses who may not write, and addresses that can't be.
        # By a call, no is also 0 or empty.
        is_archived = "active" in vals and not vals["active"]
        archived = self.filtered("active") if is_archived else []
        result = super().write(vals)
        for connection in archived:
            connection._forget_secrets()
        # Whoever fetches writes references and names at once: those are the new ones.
        if rechosen and "administration_name" not in vals:
            rechosen._forget_administration(vals)
        for connection, former in formers.items():
            connection._forget_employments(*former)
        # In the same call as the new addresses: nothing is sent there in between.
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            self.filtered(
                lambda connection: connection._addresses() != addresses[connection]
            )._forget_secrets()
        for connection, twins_sudo in twins.items():
            connection._tell_twins(twins_sudo)
        if "fetch_payslips" in vals:
            self.env.registry.clear_cache()  # of menus (see models/payslip)
        if vals.get("salaried_hours"):
            # As superuser: it is the responsible person's, not of who answers.
            self.sudo().activity_unlink([SALARIED])
        return result

    def _check_settled(self, vals):
        """What was settled when it was connected is not changed by hand any more.

        :raise AccessError: it would be
        """
        if self.env.su:
            return
        self.check_access("write")
        for connection in self:
            settled = SETTLED.keys() & vals.keys()
            if any(connection.state in SETTLED[name] for name in settled):
                raise AccessError(
                    self.env._(
                        "%(connection)s is connected: its company, its kind of "
                        "connection and its periods stay as they are. Disconnect it "
                        "first, or add another connection.",
                        connection=connection.name,
                    )
                )

    def _tell_twins(self, before):
        """Warn, on both sides, of another connection that may read the same.

        :param before: the twins that were told of already
        """
        now = same_loket.twins(self)
        for twin_sudo in now - before:
            for connection, other in ((self, twin_sudo), (twin_sudo, self)):
                # As the system: the other one may be another company's.
                connection_sudo = connection.sudo()
                sentence = connection._twin_warning(other)
                lines = lines_of(self.env, connection_sudo.warning)
                if sentence not in lines:
                    connection_sudo.warning = joined("\n", [*lines, sentence])
                keep_in_chatter(
                    connection_sudo, connection_sudo._responsible(), sentence
                )
        for twin_sudo in before - now:
            for connection, other in ((self, twin_sudo), (twin_sudo, self)):
                connection_sudo = connection.sudo()
                sentence = connection._twin_warning(other)
                lines = lines_of(self.env, connection_sudo.warning)
                rest = joined("\n", (line for line in lines if line != sentence))
                connection_sudo.warning = rest or False

    def _twin_warning(self, other):
        return self._lt(
            "Client number %(number)s is also that of %(connection)s, which reads "
            "another Loket: one of them production, one of them other addresses. If "
            "both lead to the same administration, every hour is sent twice. Archive "
            "the one that is not needed.",
            number=self.client_number,
            connection=same_loket.label(other, self),
        )

    def _twin_warnings(self):
        """A sentence for each connection that may read the same administration."""
        return [self._twin_warning(twin) for twin in same_loket.twins(self)]

    def unlink(self):
        """Drafts of payroll files go along; files that were made are kept.

        :raise UserError: there are files that were made
        """
        self.check_access("unlink")
        # As superuser: a draft of whomever goes along, a file of whomever is kept.
        exports_sudo = (
            self.env["loket.export"].sudo().search([("connection_id", "in", self.ids)])
        )
        self._check_no_files(
            exports_sudo.filtered(lambda export: export.state != "draft")
        )
        exports_sudo.unlink()
        # As superuser, and here: with the record, Odoo would leave the files behind.
        self.env["loket.payslip"].sudo().search(
            [("connection_id", "in", self.ids)]
        ).unlink()
        return super().unlink()

    def _check_no_files(self, exports):
        """:raise UserError: there are ``exports``, which are files that were made"""
        if exports:
            raise UserError(
                self.env._(
                    "%(connection)s has payroll files, which are kept. Archive the "
                    "connection instead.",
                    connection=exports[0].connection_id.name,
                )
            )

    def _addresses(self):
        return [self[name] for name in ADDRESS_FIELDS]

    def _is_other_administration(self, refs):
        """Whether ``refs`` ({field: reference}) are of another than the one chosen.

        References are GUIDs, and Loket does not tell small from capital.
        """
        return any(
            self[name] and self[name].casefold() != (ref or "").casefold()
            for name, ref in refs.items()
        )

    def _forget_administration(self, vals):
        """What was fetched is another administration's: no file may be made of it.

        :param vals: what is being written, and so is news
        """
        gone = [name for name in ADMINISTRATION_FIELDS if name not in vals]
        # As superuser: nobody writes these by hand, and the lists are Loket's.
        connections_sudo = self.sudo()
        connections_sudo.write(dict.fromkeys(gone, False))
        connections_sudo.period_ids.unlink()
        connections_sudo.component_ids.action_archive()
        connections_sudo.filtered(
            lambda connection: connection.state == "ready"
        ).state = "connected"

    def _forget_employments(self, ref, administration):
        """The employments are of an administration that is not read any more.

        They stay, with their links, for the day that it is chosen again; until then
        they pay nobody.

        :param ref: Loket's reference of that one
        :param administration: the name of that one, where it is known
        """
        # As superuser: who sets up the connection need not see each employee.
        rows_sudo = self.sudo().loket_employee_ids.filtered("in_loket")
        rows_sudo.write({"in_loket": False, "is_queued": False})
        # Nobody has vanished, and nothing of them is to be taken over.
        self.sudo().loket_employee_ids.write(
            {"vanished_on": False, "held": False, "other_person": False}
        )
        self.sudo().loket_employee_ids.filtered(
            lambda row: not row.former_administration_ref
        ).former_administration_ref = ref
        rows_sudo.filtered("employee_id").problem = self._lt(
            "This employment is of another administration (%(administration)s) than "
            "the connection reads now. Choose that one again, or undo the decision.",
            administration=administration or self._lt("name not known"),
        )

    def _forget_secrets(self):
        """Forget the client secret, the tokens and the link key; a draft again."""
        # As superuser: who may do what leads here may not write the secret.
        self.sudo().write(
            {"client_secret": False, "state": "draft", "last_error": False}
        )
        # Last: this is committed at once, whatever becomes of the rest.
        self.env["loket.token"]._forget(self)

    # === SYNCHRONISATION === #

    def action_sync(self):
        """Synchronise the employees now, and show how it went."""
        self.check_access("write")
        self.ensure_one()
        return self.env["loket.sync.run"]._sync_by_hand(self).get_formview_action()

    @api.model
    def _cron_sync(self):
        """Synchronise every ready connection (nightly).

        The scheduler's workers share a night. Called outside it, this is a night of its
        own: all are done once more, though another process did them just before.
        """
        # Last, and whatever Loket answered: what is late is known without it.
        if self.env["loket.sync.run"]._cron() and self.env["loket.payslip"]._cron():
            self.env["loket.export"]._cron_late()

    @api.model
    def _cron_help_sync(self):
        """Synchronise beside ``_cron_sync``, in another worker: what it has not yet."""
        self.env["loket.sync.run"]._cron_help()

    def action_let_pass(self):
        """Synchronise, and let pass what waits now; show how it went."""
        self.check_access("write")
        self.ensure_one()
        run = self.env["loket.sync.run"]._sync_by_hand(self, lets_pass=True)
        return run.get_formview_action()

    def action_waiting(self):
        """The employments of which something waits, or that are gone."""
        return self._table_action(
            "action_loket_employee", search_default_waiting=1, loket_what_waits=True
        )

    def action_last_run(self):
        """The last synchronisation that read Loket, with what waits and its values."""
        self.check_access("read")
        self.ensure_one()
        read = [("connection_id", "=", self.id), ("state", "in", ("done", "partial"))]
        return self.env["loket.sync.run"].search(read, limit=1).get_formview_action()

    def _responsible(self):
        """Who is told of this connection: whoever can act on it.

        A clerk can't, nor can somebody who has left or may not see it: then a manager
        of the company is told. Where there is none, ``_nobody_can_act`` says so.
        """
        self.ensure_one()
        if self._can_act(self.user_id):
            return self.user_id
        return self._managers()[:1] or self._in_place_of_a_manager()

    @api.model
    def _domain_responsible(self):
        """Who may be told of a connection: whoever has a role in Loket, in its company.

        Text, for the company is that of the form.
        """
        group = self.env.ref("l10n_nl_loket.group_user")
        return (
            f"[('all_group_ids', 'in', {group.ids}), "
            "('company_ids', 'in', [company_id])]"
        )

    @api.model
    def _nobody_vals(self, vals):
        """No responsible person, where who makes a connection is not to be told."""
        company = self.env["res.company"].browse(vals.get("company_id"))
        if _has_role(self.env.user, company or self.env.company):
            return {}
        return {"user_id": False}

    @api.constrains("company_id", "user_id")
    def _check_responsible(self):
        """:raise ValidationError: somebody would be told of people without a role"""
        for connection in self:
            user = connection.user_id
            if user and not _has_role(user, connection.company_id):
                raise ValidationError(
                    self.env._(
                        "%(user)s has no role in Loket.nl at %(company)s, and would be "
                        "told of its employees. Choose somebody who has one.",
                        # As superuser: users are not the user's to read.
                        user=user.sudo().name,
                        company=connection.company_id.name,
                    )
                )

    @api.constrains("company_id")
    def _check_what_hangs_on_it(self):
        """:raise UserError: what belongs to it is of another company than it is now"""
        # As superuser: what is of the former company may not be the user's to see.
        for connection_sudo in self.sudo().with_context(active_test=False):
            connection_sudo.loket_employee_ids._check_employee_company()
            connection_sudo.department_mapping_ids._check_department_company()
            connection_sudo.component_mapping_ids._check_company()
            exports_sudo = connection_sudo.env["loket.export"].search(
                [("connection_id", "=", connection_sudo.id)]
            )
            lines_sudo = exports_sudo.line_ids
            companies_sudo = lines_sudo.employee_id.company_id.parent_ids
            if lines_sudo and connection_sudo.company_id not in companies_sudo:
                connection_sudo._check_no_files(exports_sudo)

    def _is_of_loket(self, user):
        """Whether somebody may be told of the people of this connection."""
        return user.sudo().active and _has_role(user, self.company_id)

    def _can_act(self, user):
        """Whether somebody may decide on what this connection asks."""
        return user.sudo().active and _has_role(user, self.company_id, MANAGER)

    def _managers(self):
        """Those who can act on it, the first one first."""
        # As superuser: users and their rights are not the user's to read.
        group = self.env["ir.model.data"]._xmlid_to_res_id(MANAGER)
        managers_sudo = (
            self.env["res.users"].sudo().search([("all_group_ids", "in", group)])
        )
        able_sudo = managers_sudo.filtered(
            lambda user: not user.share and self._can_act(user)
        )
        return able_sudo.sorted("id").with_env(self.env)

    def _in_place_of_a_manager(self):
        """Who is told where nobody can act: a clerk of the company, or administrators.

        Of administrators those of the company first. Whoever they are, it is not lost;
        who has no role in Loket is told whom to ask, and nothing of people.
        """
        # As superuser: users and their rights are not the user's to read.
        company_sudo = self.company_id.sudo()
        clerks_sudo = self.env.ref(USER).sudo().all_user_ids.sorted("id")
        admins_sudo = self.env.ref("base.group_system").sudo().all_user_ids.sorted("id")
        own_sudo = admins_sudo.filtered(lambda user: company_sudo in user.company_ids)
        places_sudo = [
            *(self.user_id.sudo() | clerks_sudo).filtered(self._is_of_loket),
            *own_sudo,
            *admins_sudo,
        ]
        active_sudo = (user for user in places_sudo if user.active and not user.share)
        return next(active_sudo, admins_sudo.browse()).with_env(self.env)

    def _nobody_can_act(self):
        """Who is told though nobody can act on it, and whom to ask; else empty."""
        user = self._responsible()
        if self._can_act(user):
            return ""
        # As superuser: users are not the user's to read.
        return self._lt(
            "%(company)s has no Loket manager who can act on this, so %(user)s is "
            "told. Ask an administrator of Odoo to make somebody a manager.",
            company=self.company_id.sudo().name,
            user=user.sudo().name,
        )
