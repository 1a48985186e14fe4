# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_datetime

#: What a person has to look at after reading back.
OPEN = ("missing", "different", "not_withdrawn", "foreign")
#: What is kept of a cell once it was read back: {field: type of its column}
TOLD = {
    "verdict": "varchar",
    "loket_value": "numeric",
    "loket_message": "varchar",
    "changed_by": "varchar",
    "changed_on": "timestamp",
}


class LoketExportLine(models.Model):
    """One cell of a payroll file: a value of one component for one person.

    Beside the cells of the file (``in_file``) there are, once what Loket holds was read
    back, rows of what it has more than the file: these have no value of ours.
    """

    _name = "loket.export.line"
    _description = "Loket Payroll File Cell"
    _inherit = "loket.walls"
    _order = "export_id, payroll_number, shift, distribution_unit, component_code"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(related="export_id.connection_id", store=True)
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    date_from = fields.Date(related="export_id.date_from", store=True, string="Period")
    state = fields.Selection(related="export_id.state", store=True)
    is_latest = fields.Boolean(
        related="export_id.is_latest", store=True, index=True, string="Counts"
    )
    employee_id = fields.Many2one("hr.employee", ondelete="restrict", index=True)
    payroll_number = fields.Integer(aggregator=None)
    shift = fields.Integer(aggregator=None)
    distribution_unit = fields.Char(string="Distribution unit")
    component_code = fields.Integer(string="Component", aggregator=None)
    component_name = fields.Char()
    component_label = fields.Char(
        string="Component and name", compute="_compute_component_label", store=True
    )
    value = fields.Float(digits=(16, 2))
    hours = fields.Float(
        digits=(16, 2), help="The part of the value that comes from timesheets."
    )

    in_file = fields.Boolean(
        "In the File",
        default=True,
        index=True,
        help="No: Loket holds it, and the file does not.",
    )

    # What Loket has there, once it was read back
    employment_ref = fields.Char("Employment in Loket", copy=False)
    # That of the employment when the file was made, where the file tells none: there
    # Loket put the value of a file that was uploaded.
    own_unit = fields.Char("Unit of the employment", copy=False)
    loket_value = fields.Float("In Loket", digits=(16, 2), copy=False)
    verdict = fields.Selection(
        [
            ("stored", "In Loket"),
            ("missing", "Not in Loket"),
            ("different", "Different"),
            ("withdrawn", "Taken away"),
            ("not_withdrawn", "Not taken away"),
            ("foreign", "Not of this file"),
        ],
        copy=False,
    )
    loket_message = fields.Char("Loket's Words", copy=False)
    changed_by = fields.Char("Changed by", copy=False)
    changed_on = fields.Datetime("Changed on", copy=False)
    difference = fields.Float(digits=(16, 2), compute="_compute_difference")
    remedy = fields.Char("What to Do", compute="_compute_remedy")

    @api.model
    def _keep_stored(self, ids):
        """Keep that Loket has these cells as they are, in one statement.

        What ``_keep_told`` does for all that Loket may have there, for nearly all of a
        file in a part of the time.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET (%(names)s, write_uid, write_date) = "
                "(%(new)s, %(user)s, %(now)s) "
                "WHERE id = ANY(%(ids)s::int[]) "
                "AND (%(names)s) IS DISTINCT FROM (%(new)s)",
                table=SQL.identifier(self._table),
                names=SQL(", ").join(map(SQL.identifier, TOLD)),
                new=SQL("'stored', round(coalesce(value, 0), 2), NULL, NULL, NULL"),
                user=self.env.uid,
                now=self.env.cr.now(),
                # As one text: each value of a list costs much more.
                ids=f"{{{','.join(map(str, ids))}}}",
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _keep_told(self, told):
        """Keep what Loket has beside each cell, in one statement.

        Not as records: tens of thousands of cells each have a value of their own, which
        would be as many calls of ``write``. Nothing that is stored follows from these.

        :param told: {id: {field: value}}, of all of ``TOLD``
        """
        self.env.flush_all()
        if not told:
            return
        columns = [
            SQL(
                "%s::%s[]",
                [vals[name] or None if cast != "numeric" else vals[name]
                 for vals in told.values()],
                SQL(cast),
            )
            for name, cast in TOLD.items()
        ]  # fmt: skip
        names = [SQL.identifier(name) for name in TOLD]
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s line SET (%(names)s, write_uid, write_date) = "
                "(%(new)s, %(user)s, %(now)s) "
                "FROM unnest(%(ids)s::int[], %(columns)s) told (id, %(names)s) "
                # what is so already is not written again
                "WHERE line.id = told.id AND (%(old)s) IS DISTINCT FROM (%(new)s)",
                table=SQL.identifier(self._table),
                names=SQL(", ").join(names),
                new=SQL(", ").join(SQL.identifier("told", name) for name in TOLD),
                old=SQL(", ").join(SQL.identifier("line", name) for name in TOLD),
                user=self.env.uid,
                now=self.env.cr.now(),
                ids=list(told),
                columns=SQL(", ").join(columns),
            )
        )
        self.env.invalidate_all(flush=False)

    @api.depends("value", "loket_value", "verdict")
    def _compute_difference(self):
        for line in self:
            line.difference = line.verdict and line.loket_value - line.value

    @api.depends("verdict", "loket_message", "changed_by", "changed_on")
    @api.depends_context("lang", "tz")
    def _compute_remedy(self):
        for line in self:
            line.remedy = line._remedy() if line.verdict in OPEN else False

    def _remedy(self):
        """What a person can do about a cell that is not as in the file."""
        if not self.employment_ref:
            return self.env._(
                "Odoo does not know of which employment in Loket this is: synchronise, "
                "and make the file again."
            )
        if self.verdict == "missing":
            return (
                self.env._("Correct what Loket says, and send again.")
                if self.loket_message
                else self.env._("Send again, or upload the file.")
            )
        if self.verdict == "not_withdrawn":
            return self.env._("Send again, or empty it in Loket.")
        if self.verdict == "foreign":
            return self.env._(
                "Somebody entered this in Loket. It is left alone; if it is wrong, "
                "empty it there."
            )
        if self.changed_by:
            return self.env._(
                "%(who)s changed it in Loket on %(when)s. Ask why; then correct it in "
                "Odoo and make the file again, or send anyway.",
                who=self.changed_by,
                when=format_datetime(
                    self.env, self.changed_on, dt_format="d MMM y HH:mm"
                ),
            )
        return self.env._(
            "Loket holds another value. Ask who entered it; then correct it in Odoo "
            "and make the file again, or send again."
        )

    @api.depends("component_code", "component_name")
    def _compute_component_label(self):
        """To group by: a number would be added up."""
        for line in self:
            line.component_label = self._label(line.component_code, line.component_name)

    @api.model
    def _label(self, code, name):
        return f"{code} {name or ''}".strip()

    @api.model
    def _of_file(self):
        """Names of the fields that are those of the file."""
        return [
            name
            for name, field in self._fields.items()
            if field.related and field.related == f"export_id.{name}"
        ]
