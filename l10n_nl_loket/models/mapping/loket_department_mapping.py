# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...payroll_file import unit_number


class LoketDepartmentMapping(models.Model):
    """A department in Odoo, and the cost center that Loket has for it.

    Each connection has a line for each department of its company and of the branches,
    and one for each unit of Loket that no department has, from the first time that its
    table is opened. A line is done when it has both, or is not used on purpose. Of one
    without department nothing follows: it only waits for a decision.
    """

    _name = "loket.department.mapping"
    _description = "Loket Cost Center of a Department"
    _inherit = "loket.walls"
    _order = "is_mapped, department_id, id"
    _rec_name = "department_id"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    # Of the company or a branch of it, which check_company would refuse.
    department_id = fields.Many2one(
        "hr.department",
        ondelete="cascade",
        index=True,
        help="Empty: a unit of Loket that no department has.",
    )
    cost_center_id = fields.Many2one(
        "loket.cost.center",
        domain="[('connection_id', '=', connection_id)]",
        ondelete="restrict",
        index="btree_not_null",
    )
    is_skipped = fields.Boolean(
        "Not Used",
        compute="_compute_is_skipped",
        store=True,
        readonly=False,
        help="On purpose a department without cost center, or a unit without "
        "department, so this line is done. What is booked in such a department is "
        "still listed, and accepted, with each payroll file.",
    )
    is_mapped = fields.Boolean("Mapped", compute="_compute_is_mapped", store=True)
    suggestion_id = fields.Many2one(
        "loket.cost.center", compute="_compute_suggestion_id"
    )
    # As superuser: it is of the connection and its cost center, which the line tells.
    remark = fields.Char(compute="_compute_remark", compute_sudo=True)
    employee_count = fields.Integer("Employees", compute="_compute_employee_count")

    kind = fields.Selection(
        related="cost_center_id.kind", string="Kind in Loket", related_sudo=False
    )

    _something = models.Constraint(
        "CHECK(num_nonnulls(department_id, cost_center_id) > 0)",
        "Choose a department.",
    )
    _department_unique = models.UniqueIndex(
        "(connection_id, department_id)",
        "This department is in the list already. Change the line that is there.",
    )

    @api.constrains("connection_id", "department_id")
    def _check_department_company(self):
        """Departments of the connection's company and of its branches, or of none."""
        # As the system: who maps need not see each company.
        for mapping_sudo in self.sudo():
            department, company = mapping_sudo.department_id, mapping_sudo.company_id
            if not (department.company_id.parent_ids or company) & company:
                raise ValidationError(
                    self.env._(
                        "The department %(department)s is of another company than "
                        "%(company)s or one of its branches.",
                        department=department.name,
                        company=company.name,
                    )
                )

    @api.constrains("connection_id", "cost_center_id")
    def _check_cost_center(self):
        for mapping in self:
            center = mapping.cost_center_id
            if center and center.connection_id != mapping.connection_id:
                raise ValidationError(
                    self.env._(
                        "The cost center %(center)s belongs to another connection. "
                        "Choose one of %(connection)s.",
                        center=center.display_name,
                        connection=mapping.connection_id.name,
                    )
                )

    @api.depends("department_id.display_name", "cost_center_id.display_name")
    def _compute_display_name(self):
        # As superuser: who maps need not see each company, and the line is theirs.
        for mapping, mapping_sudo in zip(self, self.sudo(), strict=True):
            named_sudo = mapping_sudo.department_id or mapping_sudo.cost_center_id
            mapping.display_name = named_sudo.display_name

    def _has_both(self):
        return bool(self.department_id and self.cost_center_id)

    @api.depends("department_id", "cost_center_id")
    def _compute_is_skipped(self):
        for mapping in self:
            mapping.is_skipped = mapping.is_skipped and not mapping._has_both()

    @api.depends("department_id", "cost_center_id", "is_skipped")
    def _compute_is_mapped(self):
        for mapping in self:
            mapping.is_mapped = mapping._has_both() or mapping.is_skipped

    @api.depends("department_id.name", "cost_center_id", "connection_id")
    def _compute_suggestion_id(self):
        """The cost center of the same name, or with the name as its code.

        A distribution unit first where the file tells those.
        """
        self.suggestion_id = False
        for connection, mappings in (
            self.filtered(lambda mapping: not mapping.cost_center_id)
            .grouped("connection_id")
            .items()
        ):
            by_name, centers = {}, connection.cost_center_ids
            wanted = centers.filtered_domain([("kind", "=", connection.distribution)])
            for center in wanted | centers:
                for name in (center.code, center.name):
                    by_name.setdefault(name.strip().casefold(), center)
            for mapping in mappings:
                name = (mapping.department_id.name or "").strip().casefold()
                mapping.suggestion_id = by_name.get(name)

    @api.depends(
        "cost_center_id", "connection_id.distribution", "department_id", "is_skipped"
    )
    def _compute_remark(self):
        """At once what keeps the hours of the department out of the file."""
        for mapping in self:
            mapping.remark = mapping._remark()

    def _remark(self):
        """What keeps the hours of the department out of the file, or False.

        Of a unit without department, what becomes of its people.
        """
        center = self.cost_center_id
        if not center or (self.is_skipped and not self.department_id):
            return False
        if not self.department_id:
            return self.env._("Who has this unit in Loket is added without department.")
        if not center.active:
            return self.env._("Loket no longer has this cost center.")
        if self.connection_id.distribution == "none":
            return False
        if not center._unit_code():
            return self.env._("No distribution unit: the payroll file can't tell it.")
        if unit_number(center.code) is None:
            return self.env._("The payroll file wants a code that is a whole number.")
        return False

    @api.depends("department_id")
    def _compute_employee_count(self):
        # As superuser: who maps need not see employees, and sees their number only.
        counts = dict(
            self.env["hr.employee"]
            .sudo()
            ._read_group(
                [
                    ("department_id", "in", self.department_id.ids),
                    ("company_id", "child_of", self.company_id.ids),
                ],
                ["department_id"],
                ["__count"],
            )
        )
        for mapping in self:
            mapping.employee_count = counts.get(mapping.department_id, 0)

    def action_accept_suggestion(self):
        """Take over what is suggested.

        :raise UserError: nothing is suggested for any of these lines
        """
        self.check_access("write")
        suggested = self.filtered("suggestion_id")
        if not suggested:
            raise UserError(
                self.env._(
                    "None of these departments has a suggestion. Choose their cost "
                    "centers in the list."
                )
            )
        for mapping in suggested:
            mapping.cost_center_id = mapping.suggestion_id
        return suggested.connection_id[:1]._tell_skipped(suggested, self - suggested)

    def action_skip(self):
        """Not used, on purpose: so these lines are done.

        :raise UserError: each of them has a department and a unit
        """
        self.check_access("write")
        lines = self.filtered(lambda line: not line._has_both())
        if not lines:
            raise UserError(
                self.env._(
                    "Each of these has a unit. Empty the unit of what is not used."
                )
            )
        lines.is_skipped = True
        return lines.connection_id[:1]._tell_skipped(lines, self - lines)

    def action_make_department(self):
        """Make a department of each of these units that has none, of the same name.

        :raise UserError: which department is meant is not for Odoo to say
        """
        self.check_access("write")
        for line in self.filtered(lambda line: not line.department_id):
            unit = line.cost_center_id
            if unit in line.connection_id._units_without_department():
                self._make_department(unit, unit.name)
        return True

    def action_make(self):
        """From the table: choose of which units departments are to be made."""
        self.check_access("write")
        return self.env["loket.connection"]._of_table().action_make_departments()

    @api.model
    def _make_department(self, unit, name):
        """Map a unit of Loket to the department of that name, new or not.

        :param unit: a ``loket.cost.center`` that has no department yet
        :param name: of the department, as a person wants it
        :return: the mapping
        :raise UserError: which department is meant is not for Odoo to say
        """
        connection = unit.connection_id
        lines = self.search([("connection_id", "=", connection.id)])
        mapped = lines.filtered("cost_center_id").department_id
        departments = self.env["hr.department"].search(connection._own_departments())
        key = " ".join(name.split()).casefold()
        same = departments.filtered(
            lambda department: " ".join(department.name.split()).casefold() == key
        )
        if same & mapped or len(same) > 1:
            raise UserError(
                self.env._(
                    "There is a department %(name)s already, with another unit, or "
                    "there are more of that name. Give the new one another name, or "
                    "choose the unit %(unit)s in the table.",
                    name=name,
                    unit=unit.display_name,
                )
            )
        department = same or same.create(
            {"name": name, "company_id": connection.company_id.id}
        )
        line = lines.filtered(lambda line: line.department_id == department)
        vals = {"cost_center_id": unit.id, "is_skipped": False}
        if line:
            line.write(vals)
            return line
        return self.create(
            {
                "connection_id": connection.id,
                "department_id": department.id,
                **vals,
            }
        )

    @api.model
    def _rows(self, connection):
        """Domain of what the table shows: each row is to be decided on.

        It holds while the table is open: a unit that got its department has gone.
        """
        seen = self.search(
            [("connection_id", "=", connection.id), ("department_id.active", "=", True)]
        )
        # As superuser: a department out of sight has its unit all the same.
        lines_sudo = connection.sudo().department_mapping_ids
        lines_sudo = lines_sudo.filtered("department_id.active") - seen
        unseen = lines_sudo.cost_center_id.with_env(self.env)
        return [
            ("connection_id", "=", connection.id),
            "|",
            ("department_id.active", "=", True),
            "&",
            "&",
            ("department_id", "=", False),
            ("cost_center_id", "in", (connection._units() - unseen).ids),
            (
                "cost_center_id.department_mapping_ids",
                "not any",
                [("department_id.active", "=", True)],
            ),
        ]

    @api.model
    def _progress(self, connection):
        """How far the table is, also before it was opened.

        :return: (rows that are decided: mapped, or not used; all rows)
        """
        lines = self.search(self._rows(connection))
        absent = self._absent(connection, lines)
        return len(lines.filtered("is_mapped")), len(lines) + len(absent)

    @api.model
    def _beyond(self, connection):
        """Departments that are open, and whoever looks does not see; as superuser.

        :return: ``hr.department``
        """
        departments = self.env["hr.department"]
        own = connection._own_departments()
        # As superuser: what is open is so, whoever looks. A company that is archived
        # nobody can choose, so that nobody could do it.
        all_sudo = departments.sudo().search(own).filtered("company_id.active")
        done_sudo = self.sudo().search(
            [("connection_id", "=", connection.id), ("is_mapped", "=", True)]
        )
        return all_sudo - departments.search(own) - done_sudo.department_id

    @api.model
    def _absent(self, connection, lines):
        """Values of the rows that the table is to have, and has not yet.

        :param lines: those that it has
        """
        departments = self.env["hr.department"].search(connection._own_departments())
        units = connection._units_without_department()
        known = lines.filtered(lambda line: not line.department_id).cost_center_id
        return [
            *({"department_id": one.id} for one in departments - lines.department_id),
            *({"cost_center_id": one.id} for one in units - known),
        ]

    @api.model
    def _complete(self, connection):
        """Add a line for each department, and each unit, that has none yet."""
        lines = self.search([("connection_id", "=", connection.id)])
        absent = self._absent(connection, lines)
        self.create([{"connection_id": connection.id, **vals} for vals in absent])
