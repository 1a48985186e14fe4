# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ...people.brake import NUMBER, ROW_FIELDS
from ...words import Number, Text, joined
from ..sentence import Sentence
from ..translated import Name, translated


class LoketSyncRunLine(models.Model):
    """What one synchronisation did to one employment, or why it could not."""

    _name = "loket.sync.run.line"
    _description = "Loket Synchronisation Line"
    _inherit = "loket.walls"
    _order = "id"

    run_id = fields.Many2one(
        "loket.sync.run", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    loket_employee_id = fields.Many2one("loket.employee", ondelete="set null")
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("created", "New"),
            ("updated", "Changed"),
            ("kept", "Kept"),
            ("waits", "Waits"),
            ("gone", "Gone"),
            ("back", "Back"),
            ("check", "To check"),
            ("payslip", "Payslip"),
            ("failed", "Failed"),
        ],
        required=True,
    )
    field_name = Sentence("Field", groups="hr.group_hr_user")
    old_value = Sentence("Was in Odoo", groups="hr.group_hr_user")
    new_value = Sentence("In Loket", groups="hr.group_hr_user")
    message = Sentence()

    def action_open(self):
        """The employee or, while there is none, the employment."""
        self.check_access("read")
        self.ensure_one()
        return self.loket_employee_id._open_action()

    # === WHAT A SYNCHRONISATION TELLS === #

    @api.model
    def _outcome_vals(self, outcome):
        """Values of the lines that tell what became of one row.

        :param outcome: Outcome of a row (see ``loket_sync_run_night``)
        """
        plan = outcome.plan
        name = {"name": plan.name, "loket_employee_id": outcome.row.id}
        if plan.kind == "missing":
            message = outcome.problem or self._lt("Loket no longer gives it.")
            return [{**name, "kind": "gone", "message": message}]
        lines = [{**name, "kind": "created"}] if plan.kind == "new" else []
        if plan.is_back:
            message = self._lt("Loket gives it again.")
            lines.append({**name, "kind": "back", "message": message})
        if outcome.problem:
            lines.append({**name, "kind": "failed", "message": outcome.problem})
        elif plan.retries:
            done = self._lt("The decision is carried out, which failed before.")
            lines.append({**name, "kind": "updated", "message": done})
        if plan.kept:
            parts = self._part_names()
            message = self._lt(
                "Loket did not tell it this time, so the last known value stays: "
                "%(parts)s.",
                parts=joined(", ", (parts[part] for part in sorted(plan.kept))),
            )
            lines.append({**name, "kind": "kept", "message": message})
        waits = self._lt(
            "It would change for too many people at once. If it is right, let it pass "
            "on the connection."
        )
        for kind, changes, message in (
            ("waits", self._held_in_words(outcome), waits),
            ("updated", self._changes_in_words(outcome), False),
        ):
            lines += [
                {
                    **name,
                    "kind": kind,
                    "field_name": label,
                    "old_value": change.old,
                    "new_value": change.new,
                    "message": message,
                }
                for label, change in changes.items()
            ]
        return lines + [
            {**name, "kind": "check", "message": reason} for reason in outcome.to_check
        ]

    @api.model
    def _part_names(self):
        """What Loket tells in lists of their own, in words."""
        return {
            "hours": self._lt("shift and hours a week"),
            "wage": self._lt("wage"),
            "place": self._lt("department, job and distribution unit"),
        }

    @api.model
    def _held_in_words(self, outcome):
        """{label: Change} of what waits, for people to read."""
        held = dict(outcome.plan.held)
        number = {NUMBER: held.pop(NUMBER)} if NUMBER in held else {}
        return self._in_words(outcome.row.employee_id, held) | self._in_words(
            outcome.row, number
        )

    @api.model
    def _why_it_waits(self, outcome):
        """What a person reads on an employment of which something waits."""
        if not outcome.plan.held:
            return ""
        return self._waits_sentence(self._held_in_words(outcome))

    @api.model
    def _waits_sentence(self, labels):
        """What a person reads where something waits.

        :param labels: of the fields
        """
        return self._lt(
            "Not taken over, for it would change for too many people at once: "
            "%(fields)s. If it is right, let it pass on the connection.",
            fields=joined(", ", labels),
        )

    @api.model
    def _changes_in_words(self, outcome):
        """{label: Change} for people to read.

        What changed in Loket and so in the employee is one change.
        """
        row_changes = {
            name: change
            for name, change in outcome.plan.row_changes.items()
            if ROW_FIELDS.get(name) not in outcome.written
        }
        return self._in_words(outcome.row, row_changes) | self._in_words(
            outcome.row.employee_id, outcome.written
        )

    @api.model
    def _in_words(self, record, changes):
        """{label: Change} for people to read, of {field: Change}."""
        return {
            self._label(record, name): change._replace(
                old=self._value_in_words(record, name, change.old),
                new=self._value_in_words(record, name, change.new),
            )
            for name, change in changes.items()
        }

    @api.model
    def _label(self, record, name):
        """What a field is called, in the language of each reader."""
        label = record._fields[name].get_description(self.env, ["string"])["string"]
        return Name("field", (record._name, name), label)

    @api.model
    def _value_in_words(self, record, name, value):
        """A value of a field (as it is written) for people to read."""
        field = record._fields[name]
        if not value:
            return ""
        if field.type == "date":
            day = fields.Date.to_date(value)  # what waits is kept as JSON
            return translated(self.env, Text("%(day)s", {"day": day}))
        if field.type in ("float", "monetary"):
            return translated(self.env, Text("%(number)s", {"number": Number(value)}))
        if field.type == "many2one":
            named = self.env[field.comodel_name].browse(value).display_name
            return Name("record", (field.comodel_name, value), named)
        if field.type == "selection":
            label = dict(field._description_selection(self.env)).get(value, value)
            return Name("choice", (record._name, name, value), label)
        return str(value)
