# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .. import payroll_file
from ..payroll_file import periods
from .export_collect import collect


class LoketExport(models.Model):
    """One payroll file for one period: a document that is kept.

    Draft: what would be in it can be checked. Done: the file is there.
    Sent: the file went to the recipients. The same period can be made again, always
    as a whole, because Loket overwrites what it had.
    """

    _name = "loket.export"
    _description = "Loket Payroll File"
    _inherit = "mail.thread"
    _order = "year desc, period desc, id desc"

    connection_id = fields.Many2one(
        "loket.connection", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    year = fields.Integer(required=True, aggregator=None)
    period = fields.Integer(required=True, aggregator=None)
    date_from = fields.Date(compute="_compute_dates", store=True)
    date_to = fields.Date(compute="_compute_dates", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("sent", "Sent")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    accept_left_out = fields.Boolean(
        string="Leave these out on purpose",
        copy=False,
        help="Make the file without what is listed as left out.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", readonly=True, copy=False
    )
    row_count = fields.Integer(readonly=True, copy=False)
    total_hours = fields.Float(digits=(16, 2), readonly=True, copy=False)
    line_ids = fields.One2many(
        "loket.export.line", "export_id", string="Cells", readonly=True
    )
    left_out_ids = fields.One2many(
        "loket.export.left.out", "export_id", string="Left out", readonly=True
    )
    changes = fields.Text(
        string="Changes since the last file", readonly=True, copy=False
    )
    user_id = fields.Many2one(
        "res.users",
        string="Made by",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
    )

    @api.depends("connection_id.client_number", "year", "period")
    def _compute_display_name(self):
        for export in self:
            number = export.connection_id.client_number or "-"
            export.display_name = f"Loket {number} {export.year}-{export.period:02d}"

    @api.depends("connection_id", "year", "period")
    def _compute_dates(self):
        for export in self:
            if not export._period_exists():
                export.date_from = export.date_to = False
                continue
            export.date_from, export.date_to = periods.bounds(
                export.connection_id.period_type, export.year, export.period
            )

    def _period_exists(self):
        """Whether the connection has this period at all (years as Loket knows them)."""
        period_type = self.connection_id.period_type
        if not period_type or not 2000 <= self.year <= 2100:
            return False
        return 1 <= self.period <= periods.count(period_type, self.year)

    @api.constrains("connection_id", "year", "period")
    def _check_period(self):
        for export in self:
            if not export.connection_id.period_type:
                raise ValidationError(
                    self.env._(
                        "The connection %(connection)s does not know its periods yet. "
                        "Fetch the settings from Loket first.",
                        connection=export.connection_id.name,
                    )
                )
            if not export._period_exists():
                raise ValidationError(
                    self.env._(
                        "There is no period %(period)s in %(year)s at the connection "
                        "%(connection)s. Choose a period that Loket has.",
                        period=export.period,
                        year=export.year,
                        connection=export.connection_id.name,
                    )
                )

    # Making the file

    def action_check(self):
        """Show what would be in the file, and what not, without making it."""
        for export in self:
            export._refresh()
        return True

    def action_generate(self):
        """Make the file; raises one message that lists everything in the way."""
        for export in self:
            export._check_connection()
            before = export._last_cells()
            outcome = export._refresh()
            export._check_outcome(outcome)
            export._store_file(outcome, before)
        return True

    def _check_connection(self):
        if not self.connection_id.client_number:
            raise UserError(
                self.env._(
                    "The connection %(connection)s has no client number, which is on "
                    "every row of the file. Pick the administration on the connection.",
                    connection=self.connection_id.name,
                )
            )

    def _refresh(self):
        """Replace the cells and the left-outs by what Odoo holds now."""
        self.ensure_one()
        self.check_access("write")
        rules = self._rules()
        outcome = collect(self._bookings(rules), rules)
        # Nobody edits cells by hand: they are read-only for every group.
        self.sudo().write(
            {
                "line_ids": [
                    Command.clear(),
                    *map(Command.create, self._cell_vals(outcome)),
                ],
                "left_out_ids": [
                    Command.clear(),
                    *map(Command.create, self._left_out_vals(outcome)),
                ],
            }
        )
        self._write_totals()
        return outcome

    def _write_totals(self):
        rows = {
            (line.payroll_number, line.shift, line.distribution_unit)
            for line in self.line_ids
        }
        # The total is the sum of the rounded cells: what is seen adds up.
        hours = sum(Decimal(str(line.hours)) for line in self.line_ids)
        self.write({"row_count": len(rows), "total_hours": float(hours)})

    def _cell_vals(self, outcome):
        names = self._component_names()
        return [
            {
                "employee_id": cell.employee,
                "payroll_number": cell.payroll_number,
                "shift": cell.shift or 0,
                "distribution_unit": cell.unit,
                "component_code": cell.code,
                "component_name": names.get(cell.code),
                "value": float(payroll_file.rounded(amount.total)),
                "hours": float(payroll_file.rounded(amount.hours)),
            }
            for cell, amount in outcome.cells.items()
        ]

    def _component_names(self):
        components = (
            self.env["loket.component"]
            .sudo()
            .search([("connection_id", "=", self.connection_id.id)], order="year")
        )
        return {
            int(component.code): component.name
            for component in components
            if str(component.code).isdigit()
        }

    def _left_out_vals(self, outcome):
        people = (
            self.env["hr.employee"]
            .sudo()
            .browse({problem.employee for problem in outcome.left_out})
        )
        names = {person.id: person.name for person in people}
        return [
            {
                "employee_id": problem.employee,
                "name": names[problem.employee],
                "reason": problem.reason,
                "detail": self._left_out_detail(problem),
                "hours": float(payroll_file.rounded(amount.hours)),
                "value": float(payroll_file.rounded(amount.total - amount.hours)),
                "blocking": problem.blocking,
            }
            for problem, amount in outcome.left_out.items()
        ]

    def _left_out_detail(self, problem):
        """What to look at: the hour type or component, the department, the code."""
        parts = []
        if problem.source:
            kind, record_id = problem.source
            model = "hr.work.entry.type" if kind == "hours" else "hr.wage.component"
            record = self.env[model].sudo().browse(record_id)
            parts.append(record.name or self.env._("no hour type"))
        if problem.reason in ("no_cost_center", "bad_unit"):
            department = self.env["hr.department"].sudo().browse(problem.department)
            parts.append(department.name or self.env._("no department"))
        if problem.code:
            parts.append(problem.code)
        return ", ".join(parts)

    def _check_outcome(self, outcome):
        blocking = self.left_out_ids.filtered("blocking")
        acceptable = self.left_out_ids - blocking
        if blocking:
            message = self.env._("No file was made. Correct this first:")
            raise UserError(self._listing(message, blocking | acceptable))
        if acceptable and not self.accept_left_out:
            message = self.env._(
                "No file was made. This would be left out. Correct it, or tick "
                '"Leave these out on purpose":'
            )
            raise UserError(self._listing(message, acceptable))
        if not outcome.cells:
            raise UserError(
                self.env._(
                    "No file was made: from %(start)s to %(end)s there are no hours "
                    "or wage entries to send. Choose another period, or enter them.",
                    start=self.date_from,
                    end=self.date_to,
                )
            )

    def _listing(self, message, problems):
        lines = [f"- {problem.display_name}" for problem in problems]
        return "\n".join([message, *lines])

    def _store_file(self, outcome, before):
        try:
            content = payroll_file.write(self._payroll_file(outcome))
        except payroll_file.PayrollFileError as error:
            message = self.env._("No file was made, Loket would refuse it:")
            raise UserError(f"{message}\n{error}") from error
        name = payroll_file.file_name(
            self.connection_id.client_number, self.year, self.period
        )
        attachment = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "mimetype": "text/csv",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {
                "attachment_id": attachment.id,
                "state": "done",
                "user_id": self.env.user.id,
                "changes": self._describe_changes(before),
            }
        )

    def _payroll_file(self, outcome):
        connection = self.connection_id.sudo()
        return payroll_file.collect(
            (
                (
                    payroll_file.Key(
                        client_number=connection.client_number,
                        payroll_number=cell.payroll_number,
                        shift=cell.shift,
                        distribution_unit=cell.unit,
                    ),
                    cell.code,
                    amount.total,
                )
                for cell, amount in outcome.cells.items()
            ),
            with_distribution_unit=connection.distribution == "distribution_unit",
        )

    # Against the last file

    def _last_cells(self):
        """The cells of the last file of this period; None when this is the first."""
        last = self
        if not self.attachment_id:
            last = self.search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("year", "=", self.year),
                    ("period", "=", self.period),
                    ("attachment_id", "!=", False),
                    ("id", "!=", self.id),
                ],
                order="id desc",
                limit=1,
            )
        return last._cells_by_key() if last else None

    def _cells_by_key(self):
        return {
            (
                line.employee_id,
                line.payroll_number,
                line.distribution_unit or "",
                line.component_code,
            ): line.value
            for line in self.sudo().line_ids
        }

    def _describe_changes(self, before):
        """One line per cell that differs from the last file, by name."""
        if before is None:
            return self.env._("This is the first file of this period.")
        now = self._cells_by_key()
        changed = [key for key in {**before, **now} if before.get(key) != now.get(key)]
        if not changed:
            return self.env._("Nothing changed since the last file.")
        changed.sort(key=lambda key: (key[0].name or "", *key[1:]))
        return "\n".join(
            self._describe_change(key, before.get(key), now.get(key)) for key in changed
        )

    def _describe_change(self, key, old, new):
        employee, payroll_number, unit, code = key
        place = self.env._("component %(code)s", code=code)
        if unit:
            place = self.env._(
                "%(place)s, cost center %(unit)s", place=place, unit=unit
            )
        line = self.env._(
            "%(name)s (%(number)s), %(place)s: %(old)s to %(new)s",
            name=employee.name,
            number=payroll_number,
            place=place,
            old=self.env._("nothing") if old is None else f"{old:.2f}",
            new=self.env._("nothing") if new is None else f"{new:.2f}",
        )
        if new is None:
            # An empty cell or a missing row is not known to clear a value in Loket.
            line += self.env._(" - check in Loket that the old value is gone")
        return line

    # Sending and downloading

    def action_send(self):
        """Mail the file to the recipients, with the steps to upload it."""
        for export in self:
            export._require_file()
            export._mail(export._recipients())
            export.state = "sent"
        return True

    def action_download(self):
        self.ensure_one()
        self._require_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

    def action_view_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_nl_loket.action_loket_export_line"
        )
        return {**action, "domain": [("export_id", "=", self.id)], "context": {}}

    def _require_file(self):
        if not self.attachment_id:
            raise UserError(
                self.env._(
                    "%(export)s has no file yet. Make the file first.",
                    export=self.display_name,
                )
            )

    def _recipients(self):
        """Who gets the file: those of the connection, else the person who runs it."""
        found = self.connection_id.sudo().recipient_ids or self.env.user.partner_id
        without = found.filtered(lambda partner: not partner.email)
        if without:
            raise UserError(
                self.env._(
                    "The file was not sent: %(names)s has no e-mail address. "
                    "Fill it in on the contact.",
                    names=", ".join(without.mapped("name")),
                )
            )
        return found

    def _mail(self, partners):
        template = self.env.ref("l10n_nl_loket.mail_template_loket_export")
        template.send_mail(
            self.id,
            force_send=True,
            raise_exception=True,
            email_values={
                "recipient_ids": [Command.set(partners.ids)],
                "attachment_ids": [Command.set(self.attachment_id.ids)],
            },
        )

    # Access

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        if any(export.state != "draft" for export in self):
            raise UserError(
                self.env._(
                    "A payroll file that was made is kept, so that it can be looked "
                    "up later. Only drafts can be deleted."
                )
            )
