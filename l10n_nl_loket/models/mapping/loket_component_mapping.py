# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...payroll import confirmation, contradict, measure_of
from ...payroll_file import component_number
from ..booking.loket_booking import HOURS, WAGES

_lt = LazyTranslate(__name__)

#: What is booked, by what it counts, where Loket would take it for something else.
MISREAD = {
    "hours": _lt(
        "Loket takes this component for euros: 8 hours become 8 euros. Choose another "
        "code, or say that it is meant."
    ),
    "money": _lt(
        "Loket takes this component for hours: 8 euros become 8 hours. Choose another "
        "code, or say that it is meant."
    ),
}
#: And where somebody said that this is right.
MEANT = {
    "hours": _lt("Hours paid as euros: a manager said that it is meant."),
    "money": _lt("Euros taken for hours: a manager said that it is meant."),
}


#: Odoo's hour type for overtime.
#: Odoo's own that a fixed salary does not pay, and that are not marked so.
NOT_NORMAL = (
    "hr_work_entry.work_entry_type_overtime",
    "hr_work_entry.work_entry_type_extra_hours",
    "hr_work_entry.work_entry_type_long_leave",
    "hr_work_entry.hr_work_entry_type_out_of_contract",
)
#: Work that Odoo marks as time off: sent beside a fixed salary it would pay twice.
NORMAL = ("hr_work_entry.work_entry_type_home_working",)


def _key(name):
    """A name as it is compared."""
    return " ".join((name or "").split()).casefold()


class OneSource(models.Constraint):
    """A line maps exactly one source, whatever kinds of booking there are."""

    def __init__(self, message):
        super().__init__("", message)

    def get_definition(self, registry):
        """The check on the fields of all kinds that this database knows."""
        columns = ", ".join(registry["loket.booking"]._source_fields())
        return f"CHECK(num_nonnulls({columns}) = 1)"


class LoketComponentMapping(models.Model):
    """An hour type or a wage component of Odoo, and its component code in Loket.

    Without a code it is not sent. Of the fields that say what is mapped, one for each
    kind of booking, exactly one is filled in.
    """

    _name = "loket.component.mapping"
    _description = "Loket Component of an Hour Type or Wage Component"
    _inherit = "loket.walls"
    _order = "is_mapped, is_used desc, work_entry_type_id, wage_component_id, id"
    _check_company_auto = True

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    work_entry_type_id = fields.Many2one(
        "hr.work.entry.type",
        "Hour Type",
        ondelete="cascade",
        index="btree_not_null",
        domain=lambda self: self.env["account.analytic.line"]._domain_hour_type(),
    )
    wage_component_id = fields.Many2one(
        "hr.wage.component",
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    component_code = fields.Char(help="Empty: not sent to Loket.")
    had_code = fields.Boolean(
        compute="_compute_had_code",
        store=True,
        copy=False,
        help="Whether it has, or once had, a code: what was sent is looked at still.",
    )
    component_name = fields.Char(
        "Name in Loket", compute="_compute_component", compute_sudo=True
    )
    remark = fields.Char(compute="_compute_component", compute_sudo=True)
    confirmed_for = fields.Char(
        compute="_compute_confirmed_for",
        store=True,
        copy=False,
        help="What a manager said yes to: what is counted here, the component, and "
        "what Loket takes that for.",
    )
    asks_confirmation = fields.Boolean(
        compute="_compute_component",
        compute_sudo=True,
        help="Loket would take hours for euros, or euros for hours. Until a manager "
        "says that it is meant, no payroll file is made.",
    )
    is_skipped = fields.Boolean(
        "Not Sent",
        compute="_compute_is_skipped",
        store=True,
        readonly=False,
        help="On purpose without a code, so this line is done. What is booked on it "
        "is still told with each payroll file.",
    )
    is_offered = fields.Boolean(
        "Bookable Anyway",
        help="Employees may book hours on this hour type though it has no code. Those "
        "with a code may always be booked.",
    )
    normal_hours = fields.Boolean(
        compute="_compute_normal_hours",
        store=True,
        readonly=False,
        help="The hours that a fixed salary pays: neither time off nor overtime. "
        "Whether they are sent for people on a fixed salary, the connection says.",
    )
    is_mapped = fields.Boolean("Mapped", compute="_compute_is_mapped", store=True)
    is_used = fields.Boolean(
        "In Use",
        readonly=True,
        help="Timesheets have this hour type, as of when the table was opened last.",
    )
    booked = fields.Float(
        "Booked Last Period",
        compute="_compute_booked",
        compute_sudo=True,
        help="Hours, or the value of wage entries, of the last full period.",
    )

    _hour_type_unique = models.UniqueIndex(
        "(connection_id, work_entry_type_id) WHERE work_entry_type_id IS NOT NULL",
        "This hour type is in the list already. Change the line that is there.",
    )
    _wage_component_unique = models.UniqueIndex(
        "(connection_id, wage_component_id) WHERE wage_component_id IS NOT NULL",
        "This wage component is in the list already. Change the line that is there.",
    )
    _one_source = OneSource("Choose either an hour type or a wage component.")

    def _source(self):
        """The hour type, the wage component, or what else is mapped; maybe empty."""
        kind = self.env["loket.booking"]._kind_of(self)
        return self[kind.field] if kind else None

    def _check_company(self, fnames=None):
        """What a branch books on gets its code here too, which Odoo would refuse."""

        def is_of_branch(line_sudo):
            source_sudo = line_sudo._source()
            has_company = source_sudo is not None and "company_id" in source_sudo
            return has_company and (
                line_sudo.company_id in source_sudo.company_id.parent_ids
            )

        # As superuser: who maps need not see each company.
        of_branches_sudo = self.sudo().filtered(is_of_branch)
        others = self - of_branches_sudo.with_env(self.env)
        return super(LoketComponentMapping, others)._check_company(fnames)

    def _has_code(self):
        """Whether it has a code: blanks are none."""
        return bool((self.component_code or "").strip())

    @api.depends("component_code")
    def _compute_had_code(self):
        for line in self:
            line.had_code = line.had_code or line._has_code()

    @api.depends(
        lambda self: [
            f"{name}.display_name"
            for name in self.pool["loket.booking"]._source_fields()
        ]
    )
    def _compute_display_name(self):
        for mapping in self:
            # As superuser: who maps need not see each company, and the line is theirs.
            source_sudo = mapping.sudo()._source()
            mapping.display_name = source_sudo.display_name if source_sudo else False

    @api.depends("component_code")
    def _compute_is_skipped(self):
        for mapping in self:
            mapping.is_skipped = mapping.is_skipped and not mapping._has_code()

    @api.depends(
        "work_entry_type_id.is_leave",
        "work_entry_type_id.is_extra_hours",
    )
    def _compute_normal_hours(self):
        normal, not_normal = (
            {self.env.ref(name, raise_if_not_found=False) for name in names}
            for names in (NORMAL, NOT_NORMAL)
        )
        for mapping in self:
            hour_type = mapping._hour_type()
            mapping.normal_hours = (
                hour_type in normal
                or bool(hour_type)
                and not (
                    hour_type.is_leave
                    or hour_type.is_extra_hours
                    or hour_type in not_normal
                )
            )

    def _hour_type(self):
        """The hour type whose hours are mapped, whatever they are booked on."""
        return self.work_entry_type_id

    @api.depends("component_code", "is_skipped")
    def _compute_is_mapped(self):
        for mapping in self:
            mapping.is_mapped = mapping._has_code() or mapping.is_skipped

    @api.depends("component_code")
    def _compute_confirmed_for(self):
        """Another code is another question; the same one, written anew, is not."""
        for mapping in self:
            number = component_number(mapping.component_code)
            if f" {number} " not in (mapping.confirmed_for or ""):
                mapping.confirmed_for = False

    @api.depends(
        lambda self: [
            "component_code",
            "connection_id",
            "confirmed_for",
            *self.pool["loket.booking"]._unit_fields(),
        ]
    )
    def _compute_component(self):
        """The component's name, and at once what is wrong with the code."""
        for connection, mappings in self.grouped("connection_id").items():
            offered = defaultdict(list)  # by number; of the newest year first
            for component in connection.component_ids:
                offered[component_number(component.code)].append(component)
            offered.pop(None, None)
            for mapping in mappings:
                number = component_number(mapping.component_code)
                components = offered.get(number, [])
                question = mapping._question(number, components)
                asks = bool(question) and question != mapping.confirmed_for
                mapping.asks_confirmation = asks
                mapping.component_name = components[0].name if components else False
                mapping.remark = mapping._remark(components, bool(offered))

    def _measure(self):
        """What the bookings of this line count; None where that is not known."""
        kind = self.env["loket.booking"]._kind_of(self)
        return kind.measure(self[kind.field]) if kind else None

    def _question(self, number, components):
        """What is to be confirmed of this code, as a confirmation is kept; or None.

        :param number: of the component
        :param components: what Loket offers by that number, of any year: a file may be
            of each of them
        """
        booked = self._measure()
        for component in components:
            measure = measure_of(component.category)
            if contradict(booked, measure):
                return confirmation(booked, number, measure)
        return None

    def _remark(self, components, is_fetched):
        """What is wrong with this code, or odd about it; False when nothing is.

        :param components: what Loket offers by that number, of the newest year first
        :param is_fetched: whether it is known at all what Loket offers
        """
        if not self._has_code():
            return False
        if component_number(self.component_code) is None:
            return self.env._("A component code is a number from 1 to 9999.")
        if not components:
            if not is_fetched:
                return False
            return self.env._("Loket does not offer this code.")
        if not components[0].collective:
            return self.env._("Loket does not accept this one in the payroll file.")
        return self._measure_remark(components)

    def _measure_remark(self, components):
        """What Loket would take for something else, or nobody knows; else False."""
        booked = self._measure()
        question = self._question(component_number(self.component_code), components)
        if question:
            words = MEANT if question == self.confirmed_for else MISREAD
            return self.env._(words[booked])
        category = components[0].category
        measure = measure_of(category)
        if not measure:
            return (
                self.env._(
                    "Check in Loket what this component counts, hours or euros: its "
                    "category (%(category)s) does not tell.",
                    category=category,
                )
                if category
                else self.env._(
                    "Check in Loket what this component counts, hours or euros: it has "
                    "no category."
                )
            )
        if booked and booked != measure and "units" not in (booked, measure):
            return self.env._(
                "This counts days; for Loket the component is of the category "
                "%(category)s. Check that it is meant.",
                category=category,
            )
        return False

    def action_confirm(self):
        """Say that hours are to be paid as euros here, or euros taken for hours.

        It holds for this component only: with another code it is asked again.
        """
        self.check_access("write")
        for mapping in self.filtered("asks_confirmation"):
            number = component_number(mapping.component_code)
            # As the system: offered by Loket, whoever may see that list.
            components_sudo = mapping.sudo().connection_id.component_ids.filtered(
                lambda component, number=number: (
                    component_number(component.code) == number
                )
            )
            # As the system: only this answer writes it, and it is of a branch maybe.
            mapping_sudo = mapping.sudo()
            mapping_sudo.confirmed_for = mapping_sudo._question(number, components_sudo)
        return True

    @api.depends(
        lambda self: ["connection_id", *self.pool["loket.booking"]._source_fields()]
    )
    def _compute_booked(self):
        """Sums of the database, of the kind of each line: hours or values."""
        self.booked = 0
        of_a_connection = self.filtered("connection_id")  # a new line may be of none
        for connection, mappings in of_a_connection.grouped("connection_id").items():
            period = connection._last_full_dates()
            for kind in self.env["loket.booking"]._booking_kinds():
                lines = mappings.filtered(kind.field)
                groups = self.env[kind.booking_model]._read_group(
                    [
                        *kind.domain,
                        (kind.company, "child_of", connection.company_id.id),
                        (kind.field, "in", lines[kind.field].ids),
                        *period,
                    ],
                    [kind.field],
                    [f"{kind.quantity}:sum"],
                )
                booked = dict(groups)
                for line in lines:
                    line.booked = booked.get(line[kind.field], 0)

    @api.model
    def _complete_hour_types(self, connection):
        """Add an empty line for each hour type that has none yet."""
        lines = self._complete(connection, HOURS, connection._hour_types_to_map())
        used = connection._booked_hour_types()
        # As superuser: who opens the table does not write what it shows of them.
        in_use_sudo = lines.sudo().filtered(
            lambda line: line.work_entry_type_id in used
        )
        in_use_sudo.is_used = True
        (lines.sudo() - in_use_sudo).is_used = False

    @api.model
    def _complete_wage_components(self, connection):
        """Add an empty line for each wage component that has none yet."""
        self._complete(connection, WAGES, connection._wage_components_to_map())

    def action_skip(self):
        """Not sent, on purpose: so these lines are done.

        :raise UserError: each of them has a code
        """
        self.check_access("write")
        lines = self.filtered(lambda line: not line._has_code())
        if not lines:
            raise UserError(
                self.env._(
                    "Each of these has a code. Empty the code of what is not sent."
                )
            )
        lines.is_skipped = True
        return lines.connection_id[:1]._tell_skipped(lines, self - lines)

    def action_make(self):
        """From the table: choose of which components its sources are to be made."""
        self.check_access("write")
        connection = self.env["loket.connection"]._of_table()
        if self.env.context.get("loket_source") == WAGES.field:
            return connection.action_make_wage_components()
        return connection.action_make_hour_types()

    @api.model
    def _make_hour_type(self, component, name, counts_as):
        """Map a component of Loket to the hour type of that name, new or not.

        :param component: a ``loket.component`` that has no hour type yet
        :param name: of the hour type, as a person wants it
        :param counts_as: ``payroll.CountsAs``
        """
        country = component.connection_id.company_id.country_id
        types = self.env["hr.work.entry.type"].search(
            [("country_id", "in", [country.id, False])]
        )
        self._map_by_name(
            HOURS,
            component,
            name,
            # Of a general one and one of the country, that of the country.
            types.sorted(lambda hour_type: (not hour_type.country_id, hour_type.id)),
            {
                "code": types._free_loket_code(component.code),
                "country_id": country.id,
                "is_leave": counts_as == "time_off",
                "is_extra_hours": counts_as == "extra",
            },
        )

    @api.model
    def _make_wage_component(self, component, name, unit):
        """Map a component of Loket to the wage component of that name, new or not.

        One that counts something else is another: euros are no number of things.

        :param component: a ``loket.component`` that has no wage component yet
        :param name: of the wage component, as a person wants it
        :param unit: of the wage component
        """
        company = component.connection_id.company_id
        # What only a branch books on is not taken for the company's.
        own = self.env["hr.wage.component"].search([("company_id", "=", company.id)])
        self._map_by_name(
            WAGES,
            component,
            name,
            own,
            {
                "code": own._free_code(company, component.code),
                "company_id": company.id,
                "unit": unit,
            },
            own.filtered(lambda one: one.unit != unit),
        )

    @api.model
    def _map_by_name(self, kind, component, name, sources, vals, others=None):
        """Map a component of Loket to the source of a name; where there is none, a new.

        One that has a code already is not touched: then the new one is told apart by
        the number of the component.

        :param kind: a ``BookingKind``
        :param sources: those that there are, the best first
        :param vals: of a new one, besides its name
        :param others: those of the sources that are not meant, whatever their name
        """
        connection = component.connection_id
        lines = self.search(self._rows(connection, kind))
        taken = lines.filtered(lambda line: line._has_code())[kind.field]
        if others:
            taken |= others
        for wanted in (name, f"{name} ({component.code})"):
            same = sources.filtered(
                lambda one, wanted=wanted: _key(one.name) == _key(wanted)
            )
            source = (same - taken)[:1]
            if source or not same:
                break
        source = source or sources.create({"name": wanted, **vals})
        line = lines.filtered(lambda line: line[kind.field] == source)
        code = {"component_code": component.code, "is_skipped": False}
        if line:
            line.write(code)
        else:
            self.create({"connection_id": connection.id, kind.field: source.id, **code})

    @api.model
    def _rows(self, connection, kind):
        """Domain of what the table of a kind shows: each row is to be decided on.

        :param connection: a ``loket.connection``
        :param kind: a ``BookingKind``
        """
        return [("connection_id", "=", connection.id), (kind.field, "!=", False)]

    @api.model
    def _progress(self, connection, kind, sources):
        """How far the table of a kind is, also before it was opened.

        :param sources: of which the table has a row, once it is opened
        :return: (rows that are decided: a code, or not sent; all rows)
        """
        lines = self.search(self._rows(connection, kind))
        absent = sources - lines[kind.field]
        return len(lines.filtered("is_mapped")), len(lines) + len(absent)

    @api.model
    def _complete(self, connection, kind, sources):
        """Add an empty line for each source of a kind that has none yet.

        :param connection: a ``loket.connection``
        :param kind: a ``BookingKind``
        :param sources: records of its ``source_model``
        :return: all lines of the kind
        """
        lines = self.search(self._rows(connection, kind))
        absent = sources - lines[kind.field]
        if not absent:
            return lines
        self.check_access("create")
        # As superuser: timesheets may have an hour type of a country that this person
        # does not see, and it needs a code all the same.
        new_sudo = self.sudo().create(
            [
                {"connection_id": connection.id, kind.field: source.id}
                for source in absent
            ]
        )
        return lines | new_sudo.with_env(self.env)
