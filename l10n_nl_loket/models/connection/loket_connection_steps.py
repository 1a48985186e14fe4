# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import asdict, dataclass
from enum import IntEnum

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...gateway import LoketError
from ..booking.loket_booking import HOURS, WAGES
from .loket_connection import MANAGER, USER


class Turn(IntEnum):
    """When it is a step's turn, the first first; among equals, as they are listed."""

    BEGIN = 1  # nothing after it works before this has begun
    PEOPLE = 2  # somebody waits for a decision
    FINISH = 3  # it works, in part
    FILE = 4  # all is done: what one comes for


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of setting up: what its row says, and whether it is to be done.

    Texts are in the user's language.
    """

    name: str
    """Its value in ``next_step``."""
    title: str
    help: str
    done: int
    total: int
    progress: str = ""
    """How far it is, in words."""
    problem: str = ""
    action: str
    """The method of the connection that does it, or leads there; empty: not yet."""
    label: str
    """Of the button of the action."""
    groups: str = MANAGER
    """Who may do it."""
    turn: Turn | None = None
    """None: there is nothing that must be done."""
    may_be_empty: bool = False
    """Done as well where there is nothing to do."""
    is_shown: bool = True
    """Whether it has a row."""

    @property
    def is_done(self):
        if self.problem:
            return False
        return self.done >= self.total and (bool(self.done) or self.may_be_empty)


def step_to_do(steps):
    """The step whose turn it is; one that may always be done is among ``steps``."""
    return min((step for step in steps if step.turn), key=lambda step: step.turn)


class LoketConnection(models.Model):
    """What is to be done next, and the way there: told once, by ``_steps``."""

    _inherit = "loket.connection"

    redirect_uri = fields.Char(
        "Redirect Address",
        compute="_compute_redirect_uri",
        help="Loket must know this address; give it to them with your application.",
    )
    next_step = fields.Selection(
        [
            ("connect", "Connect"),
            ("administration", "Choose the administration"),
            ("sync", "Fetch the employees"),
            ("departments", "Map departments"),
            ("hour_types", "Map hour types"),
            ("test", "Test with one person"),
            ("employees", "Decide on employees"),
            ("check", "Check what was not taken over"),
            ("export", "Make a payroll file"),
        ],
        compute="_compute_steps",
    )
    stage = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connected", "Connected"),
            ("ready", "Ready"),
            ("error", "Connect again"),
        ],
        "Status",
        compute="_compute_steps",
        help="Ready: nothing is lacking that a first payroll file needs.",
    )
    steps = fields.Json(
        compute="_compute_steps",
        help="What the form shows of each step, for the user who looks.",
    )

    def _compute_redirect_uri(self):
        for connection in self:
            connection.redirect_uri = connection._redirect_uri()

    @api.depends(
        "state",
        "protocol",
        "administration_name",
        "distribution",
        "has_code",
        "departments_done",
        "departments_total",
        "hour_types_done",
        "hour_types_total",
        "wage_components_done",
        "wage_components_total",
        "employees_done",
        "employees_linked",
        "employees_total",
        "employees_pending",
        "tested_on",
        "employees_problem",
        "employees_to_check",
        "push_missing",
        "salaried_hours",
        "employees_salaried",
        "recipient_ids.email",
        "recipient_ids.name",
    )
    @api.depends_context("allowed_company_ids", "lang", "uid")
    def _compute_steps(self):
        user = self.env.user
        for connection in self:
            steps = connection._steps()
            current = step_to_do(steps)
            connection.next_step = current.name
            connection.stage = connection._stage(current)
            connection.steps = [
                {
                    **asdict(step),
                    "action": step.action if user.has_group(step.groups) else "",
                    "is_done": step.is_done,
                    "is_next": step is current,
                }
                for step in steps
            ]

    def _stage(self, step):
        """What a person reads of the state: ready is who can make a file of something.

        :param step: whose turn it is
        """
        if self.state == "ready" and step.turn == Turn.BEGIN:
            return "connected" if self._works() else "error"
        return self.state

    # === THE STEPS === #

    def _steps(self):
        """The steps in the order in which they are shown: the only list of them."""
        self.ensure_one()
        return [
            self._step_ask(),
            self._step_connect(),
            self._step_administration(),
            self._step_departments(),
            self._step_hour_types(),
            self._step_wage_components(),
            self._step_test(),
            self._step_employees(),
            self._step_check(),
            self._step_salaried(),
            self._step_push(),
            self._step_recipients(),
            self._step_export(),
        ]

    def _step_ask(self):
        """Loket takes days to answer, so it comes first; it is nobody's turn."""
        is_connected = self._works()
        return Step(
            name="ask",
            title=self.env._("What to ask Loket for"),
            help=self.env._("A web service user, and the environment code.")
            if self.protocol == "soap"
            else self.env._("Client id and secret, a user and its rights."),
            done=int(is_connected or self._has_client()),
            total=1,
            action="action_ask",
            label=self.env._("Read or mail it"),
            is_shown=not is_connected,
        )

    def _step_connect(self):
        is_connected = self._works()
        state = "error" if self._lost_key() else self.state
        state = "connected" if state == "ready" else state
        states = dict(self._fields["stage"]._description_selection(self.env))
        return Step(
            name="connect",
            title=self.env._("Connection with Loket"),
            help=self.env._("With the user name and password of a web service user.")
            if self.protocol == "soap"
            else self.env._("You give your consent on a page of Loket."),
            done=int(is_connected),
            total=1,
            progress=states.get(state, ""),
            action="" if is_connected else "action_connect",
            label=self.env._("Connect"),
            turn=None if is_connected else Turn.BEGIN,
        )

    def _step_administration(self):
        is_connected = self.state in ("connected", "ready")
        return Step(
            name="administration",
            title=self.env._("Payroll administration"),
            help=self.env._(
                "The one whose employees and hours this connection is for."
            ),
            done=int(bool(self.administration_name)),
            total=1,
            progress=self.administration_name or "",
            action="action_choose_administration" if is_connected else "",
            label=self.env._("Choose administration"),
            turn=Turn.BEGIN if self.state == "connected" else None,
        )

    def _step_departments(self):
        is_optional = self.distribution == "none"
        beyond_sudo = self.env["loket.department.mapping"]._beyond(self._origin)
        return Step(
            name="departments",
            title=self.env._("Departments and cost centers"),
            help=self.env._("Optional: gives employees who are added their department.")
            if is_optional
            else self.env._(
                "A department without cost center is not in the payroll file."
            ),
            **self._counted(self.departments_done, self.departments_total),
            action=self._once_chosen("action_departments"),
            label=self.env._("Map departments"),
            problem=self._beyond_in_words(beyond_sudo),
            turn=self._turn_of_departments(len(beyond_sudo)),
        )

    def _turn_of_departments(self, beyond):
        """Before the first employees: they are added with the department of a unit.

        :param beyond: how many are open that whoever looks does not see
        """
        if self.distribution == "none":
            return None
        done, total = self.departments_done, self.departments_total + beyond
        if done < total and not self.employees_done:
            return Turn.BEGIN
        return self._turn_of_list(done, total)

    def _step_hour_types(self):
        return Step(
            name="hour_types",
            title=self.env._("Hour types and component codes"),
            help=self.env._(
                "Hours of a type without code are not in the payroll file."
            ),
            **self._counted(self.hour_types_done, self.hour_types_total),
            action=self._once_chosen("action_hour_types"),
            label=self.env._("Map hour types"),
            problem=self.env._("none has a code")
            if self.hour_types_done and not self.has_code
            else "",
            turn=self._turn_of_list(
                self.hour_types_done if self.has_code else 0, self.hour_types_total
            ),
        )

    def _step_wage_components(self):
        return Step(
            name="wage_components",
            title=self.env._("Wage components and component codes"),
            help=self.env._("Optional: travel, meals, bonuses."),
            **self._counted(self.wage_components_done, self.wage_components_total),
            action=self._once_chosen("action_wage_components"),
            label=self.env._("Map wage components"),
            problem=self._beyond_in_words(self._origin._wage_components_beyond()),
            # Before that nothing is done, not even nothing.
            may_be_empty=bool(self.administration_name),
        )

    def _step_test(self):
        """With one, a wrong mapping shows before it is everybody's."""
        is_shown = bool(self.employees_pending) and self.employees_linked <= 1
        # Who undoes the one that was tested, tests again.
        is_tested = bool(self.tested_on and self.employees_linked)
        return Step(
            name="test",
            title=self.env._("Test with one person"),
            help=self.env._(
                "Add or link one, and see what the payroll file would tell of this "
                "person. Then the others."
            ),
            done=int(is_tested),
            total=1,
            action="action_test",
            label=self.env._("See the preview")
            if self.employees_linked
            else self.env._("Choose one person"),
            turn=Turn.PEOPLE if is_shown and not is_tested else None,
            is_shown=is_shown,
        )

    def _step_employees(self):
        """To get them first, and then to decide on them."""
        number = self.employees_problem
        row = {
            "title": self.env._("Employees"),
            "help": self.env._(
                "Add those who are new, link those who are in Odoo already."
            ),
            "problem": self.env._("%(number)s with a problem", number=number)
            if number
            else "",
        }
        if not self.employees_total:
            return Step(
                name="sync",
                done=0,
                total=0,
                action=self._once_chosen("action_sync"),
                label=self.env._("Get employees"),
                turn=Turn.BEGIN,
                **row,
            )
        return Step(
            name="employees",
            **self._counted(self.employees_done, self.employees_total)
            | self._undecided(),
            action="action_employees",
            label=self.env._("Decide on employees"),
            turn=Turn.PEOPLE if self.employees_pending else None,
            **row,
        )

    def _step_check(self):
        number = self.employees_to_check
        return Step(
            name="check",
            title=self.env._("What to check"),
            help=self.env._(
                "What can't be taken over from Loket by itself, with the reason."
            ),
            done=0,
            total=number,
            progress=self.env._("%(number)s to check", number=number),
            action="action_check_employees",
            label=self.env._("Check employees"),
            turn=Turn.PEOPLE if number else None,
            may_be_empty=True,
            is_shown=bool(number),
        )

    def _step_salaried(self):
        """A file of their hours waits for it, a file of others does not."""
        number = self.employees_salaried
        answer = dict(self._fields["salaried_hours"]._description_selection(self.env))
        return Step(
            name="salaried",
            title=self.env._("Normal hours on a fixed salary"),
            help=self.env._(
                "Loket pays a fixed salary by itself. A manager says whether normal "
                "hours are sent as well, before a payroll file with such hours is "
                'made: on the page "Payroll file".'
            ),
            done=int(bool(self.salaried_hours)),
            total=1,
            progress=answer.get(self.salaried_hours, ""),
            problem=""
            if self.salaried_hours
            else self.env._("to be chosen, people: %(number)s", number=number),
            action="",
            label="",
            is_shown=bool(number),
        )

    def _step_push(self):
        """Optional: the file can be carried, so it is never anybody's turn."""
        lacking = self.push_missing
        return Step(
            name="push",
            title=self.env._("Hours straight into Loket"),
            help=self.env._(
                "Optional: sends payroll files into Loket and compares. Ask Loket for "
                "these rights, for the user and for your application: %(rights)s. "
                "Then fetch the lists again.",
                rights=lacking.replace("\n", ", "),
            )
            if lacking
            else self.env._("Optional: sends payroll files into Loket and compares."),
            done=int(not lacking),
            total=1,
            progress=self.env._("rights are missing")
            if lacking
            else self.env._("ready"),
            action="",
            label="",
            # Over SOAP the file is the only way.
            is_shown=self.protocol == "rest" and self.state == "ready",
        )

    def _step_recipients(self):
        """Optional: without anybody, who sends the file gets it too."""
        # As superuser: a clerk need not see the contacts to know who they are.
        recipients_sudo = self.sudo().recipient_ids
        without_sudo = recipients_sudo.filtered(lambda one: not one.email_normalized)
        return Step(
            name="recipients",
            title=self.env._("Recipients of the payroll file"),
            help=self.env._(
                "Optional: who is mailed each file. With nobody here, it is mailed to "
                "the person who sends it. Choose them above, at Recipients."
            ),
            done=int(bool(recipients_sudo)),
            total=1,
            progress=", ".join(recipients_sudo.mapped("name"))
            or self.env._("nobody yet"),
            problem=self.env._(
                "%(names)s has no e-mail address",
                names=", ".join(without_sudo.mapped("name")),
            )
            if without_sudo
            else "",
            action="",
            label="",
            is_shown=self.state == "ready",
        )

    def _step_export(self):
        """What it is all for; it has no row, and is never done."""
        return Step(
            name="export",
            title=self.env._("Make a payroll file"),
            help="",
            done=0,
            total=1,
            action="action_export",
            label=self.env._("Make a payroll file"),
            groups=USER,
            turn=Turn.FILE,
            is_shown=False,
        )

    def _counted(self, done, total):
        """What a Step says of ``done`` out of ``total``."""
        progress = self.env._("%(done)s of %(total)s", done=done, total=total)
        return {"done": done, "total": total, "progress": progress}

    def _undecided(self):
        """What is said of employees as long as some wait: the number on the list."""
        number = self.employees_pending
        if not number:
            return {}
        return {"progress": self.env._("%(number)s to decide", number=number)}

    def _once_chosen(self, action):
        """``action`` where the administration is chosen, else nothing."""
        return action if self.administration_name or self.state == "ready" else ""

    def _turn_of_list(self, done, total):
        """The turn of a list that the payroll file needs."""
        if not done:
            return Turn.BEGIN
        return Turn.FINISH if done < total else None

    # === THE WAY THERE === #

    def action_choose_administration(self):
        """Pick the employer and the administration from what Loket offers."""
        self.check_access("write")
        self.ensure_one()
        wizard = self.env["loket.administration.wizard"].create(
            {"connection_id": self.id}
        )
        try:
            wizard._offer_employers()
        except LoketError as error:
            return self._tell_person(self._record_error(error))
        return wizard._window_action()

    def action_departments(self):
        """The table of departments and cost centers, complete."""
        self.check_access("read")
        table = self.env["loket.department.mapping"]
        table._complete(self)
        return self._table_action("action_loket_department_mapping", table._rows(self))

    def action_hour_types(self):
        """The table of hour types and component codes, complete."""
        self.check_access("read")
        self.env["loket.component.mapping"]._complete_hour_types(self)
        return self._codes_action("action_loket_hour_type_mapping", HOURS)

    def action_make_hour_types(self):
        """Choose from Loket's components which are to be an hour type.

        :raise UserError: each has one
        """
        wizard = self._make_wizard("hour_types")
        wizard._offer_components()
        return wizard._window_action()

    def action_make_wage_components(self):
        """Choose from Loket's components which are to be a wage component.

        :raise UserError: each has one
        """
        wizard = self._make_wizard("wage_components")
        wizard._offer_components()
        return wizard._window_action()

    def action_make_departments(self):
        """Choose from Loket's units which are to be a department.

        :raise UserError: each has one
        """
        wizard = self._make_wizard("departments")
        wizard._offer_units()
        return wizard._window_action()

    @api.model
    def _of_table(self):
        """The connection whose table is open.

        :raise UserError: the table is of several connections
        """
        opened = self.env.context.get("default_connection_id")
        connection = self.browse(opened) if opened else self.search([], limit=2)
        if len(connection) != 1:
            raise UserError(
                self.env._("Open this table from the connection that it is for.")
            )
        return connection

    def _make_wizard(self, kind):
        self.check_access("write")
        self.ensure_one()
        return self.env["loket.make.wizard"].create(
            {"connection_id": self.id, "kind": kind}
        )

    def action_wage_components(self):
        """The table of wage components and component codes, complete."""
        self.check_access("read")
        self.env["loket.component.mapping"]._complete_wage_components(self)
        return self._codes_action("action_loket_wage_component_mapping", WAGES)

    def _codes_action(self, name, kind):
        """The table of codes of a kind of booking.

        :param name: the action's XML id, in this addon where it names none
        :param kind: a ``BookingKind``
        """
        rows = self.env["loket.component.mapping"]._rows(self, kind)
        return self._table_action(name, rows, loket_source=kind.field)

    def action_employees(self):
        """The employments to decide on, else those with a problem, else all of them."""
        self.check_access("read")
        has_problems = bool(self.employees_problem) and not self.employees_pending
        return self._table_action(
            "action_loket_employee",
            # One that Loket gives no longer may have a problem still.
            [] if has_problems else [("in_loket", "=", True)],
            search_default_pending=int(bool(self.employees_pending)),
            search_default_problems=int(has_problems),
        )

    def action_test(self):
        """Choose one person to add or link, and then see the preview of that one."""
        self.check_access("write")
        linked = self.loket_employee_ids.filtered(
            lambda row: row.in_loket and row.employee_id
        )
        if linked:
            return linked[0].action_preview()
        action = self.action_employees()
        return {**action, "context": {**action["context"], "loket_test": True}}

    def action_check_employees(self):
        """The linked employees whose department or e-mail differs from Loket's."""
        return self._table_action(
            "action_loket_employee_check",
            [("to_check", "=", True), ("in_loket", "=", True)],
        )

    def action_export(self):
        """Ask for the period of a payroll file."""
        action = self._table_action("action_loket_export_wizard")
        del action["domain"]
        return action

    def action_cost_centers(self):
        """The cost centers and distribution units, as Loket gave them."""
        return self._table_action("action_loket_cost_center", search_default_by_kind=1)

    def action_components(self):
        """The components, as Loket gave them."""
        return self._table_action("action_loket_component")

    def action_periods(self):
        """The payroll periods, as Loket dates them."""
        return self._table_action("action_loket_period")

    def action_runs(self):
        """What the synchronisations did."""
        return self._table_action("action_loket_sync_run")

    def _table_action(self, name, domain=(), **context):
        """A window of this addon with what is of this connection.

        :param name: the action's XML id, in this addon where it names none
        :param domain: which records of the connection it shows
        :param context: what the window begins with, besides the connection
        :raise AccessError: the connection is not this person's to look at
        """
        self.check_access("read")
        self.ensure_one()
        name = name if "." in name else f"l10n_nl_loket.{name}"
        action = self.env["ir.actions.actions"]._for_xml_id(name)
        own = ("connection_id", "=", self.id)
        return {
            **action,
            "domain": [own, *(term for term in domain if term != own)],
            "context": {"default_connection_id": self.id, **context},
        }

    def _back_action(self):
        """Back on the connection, with nothing in between to go back through."""
        self.ensure_one()
        # Without the defaults of the form or list that one comes from.
        return {**self.get_formview_action(), "context": {}, "target": "main"}

    def _form_url(self):
        """Its address within Odoo, for who comes back from Loket."""
        self.ensure_one()
        return f"/odoo/action-l10n_nl_loket.action_loket_connection/{self.id}"
