# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass
from decimal import Decimal

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ...payroll.push import Place, Sent, Value
from ..own_transaction import own_transaction
from ..sentence import Sentences


class LoketExportSending(models.Model):
    """What was sent into Loket in one call, and what Loket answered.

    Kept in a transaction of its own before the call: what may be in Loket is known
    whatever becomes of the answer, or of the work around it.
    """

    _name = "loket.export.sending"
    _description = "Sending of a Loket Payroll File"
    _inherit = "loket.walls"
    _order = "export_id, id desc"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    administration_ref = fields.Char("Administration in Loket", required=True)
    year = fields.Integer(required=True, aggregator=None)
    period = fields.Integer(required=True, aggregator=None)
    user_id = fields.Many2one("res.users", string="Sent by")
    part = fields.Integer(aggregator=None)
    parts = fields.Integer("Of", aggregator=None)
    people = fields.Integer("Employees", aggregator=None)
    cells = fields.Integer(aggregator=None)
    state = fields.Selection(
        [
            ("asked", "No answer yet"),
            ("taken", "Answered"),
            ("refused", "Refused in part or whole"),
            ("lost", "No answer"),
            ("denied", "Not let in"),
        ],
        default="asked",
        required=True,
    )
    answered_on = fields.Datetime()
    body = fields.Json(
        copy=False,
        groups="base.group_system",
        help="Reference of the employment, shift, reference of the unit, component and "
        "value of each cell; no value: it is taken away.",
    )
    messages = fields.Json(
        copy=False,
        groups="base.group_system",
        help="What Loket said: reference of the employment, and its words.",
    )
    words = Sentences("Loket's Words")

    _period_index = models.Index("(administration_ref, year, period)")

    @api.depends("export_id", "part", "parts")
    def _compute_display_name(self):
        for sending in self:
            sending.display_name = (
                f"{sending.export_id.display_name}: {sending.part}/{sending.parts}"
            )

    @api.model
    def _keep(self, export, values, part, parts):
        """Keep what is about to be sent; committed when this returns.

        :param export: the ``loket.export``
        :param values: {``Place``: value or None}
        :param part: which of the calls it is, from 1
        :param parts: how many calls there are
        :return: id
        """
        vals = {
            "export_id": export.id,
            "administration_ref": export._administration(),
            "year": export.year,
            "period": export.period,
            "user_id": self.env.uid,
            "part": part,
            "parts": parts,
            "people": len({place.employment for place in values}),
            "cells": len(values),
            "body": [
                [
                    place.employment,
                    place.shift,
                    place.unit,
                    place.component,
                    None if value is None else str(value),
                ]
                for place, value in values.items()
            ],
        }
        with own_transaction(export, self.env.user) as export_sudo:
            sending_id = export_sudo.sending_ids._insert(vals)
        # What this transaction knew of them is no longer so.
        export.invalidate_recordset(["sending_ids"])
        return sending_id

    @api.model
    def _insert(self, vals):
        """One row, in one statement.

        Not as a record: each call waits for it, and what is worked out for a record
        costs more than the call itself. All fields that are stored are here.

        :return: id
        """
        self.env.flush_all()  # it may be the caller's own transaction
        now = self.env.cr.now()
        row = vals | {
            "body": Json(vals["body"]),
            "state": "asked",
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (company_id, %s) SELECT company_id, %s "
                "FROM loket_export WHERE id = %s RETURNING id",
                SQL.identifier(self._table),
                SQL(", ").join(map(SQL.identifier, row)),
                SQL(", ").join(SQL("%s", value) for value in row.values()),
                vals["export_id"],
            )
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _keep_answer(self, export, sending_id, state, messages=(), words=""):
        """Keep what came of it; committed when this returns.

        :param sending_id: as ``_keep`` returned it
        :param state: a value of the field
        :param messages: (reference of the employment or None, Loket's words)
        :param words: to be shown, where they are not those of ``messages``
        """
        words = words or "\n".join(dict.fromkeys(text for _ref, text in messages))
        with own_transaction(export, self.env.user) as export_sudo:
            export_sudo.env.cr.execute(
                SQL(
                    "UPDATE %s SET state = %s, answered_on = %s, messages = %s, "
                    "words = %s, write_uid = %s, write_date = %s WHERE id = %s",
                    SQL.identifier(self._table),
                    state,
                    fields.Datetime.now(),
                    Json([list(message) for message in messages]) if messages else None,
                    self._fields["words"].convert_to_column(words or None, self),
                    export_sudo.env.uid,
                    export_sudo.env.cr.now(),
                    sending_id,
                )
            )
        self.browse(sending_id).invalidate_recordset()

    @api.model
    def _of_period(self, export):
        """All that was ever sent of the period of a file, as is committed now.

        Of its administration in Loket: another one has another period.

        :return: list of ``SentPart``, the first first
        """
        with own_transaction(export) as export_sudo:
            sendings_sudo = export_sudo.sending_ids.browse()
            query = sendings_sudo._search(
                [
                    ("administration_ref", "=", export._administration()),
                    ("year", "=", export.year),
                    ("period", "=", export.period),
                    # Loket did not even look at it.
                    ("state", "!=", "denied"),
                ],
                order="id",
            )
            # Not as records, which copy each body several times over.
            columns = [
                sendings_sudo._field_to_sql(sendings_sudo._table, name, query)
                for name in ("id", "export_id", "state", "body", "messages")
            ]
            rows = export_sudo.env.execute_query(query.select(*columns))
        return [_plain(*row) for row in rows]


def _plain(sending_id, export_id, state, body, messages):
    """One sending as a plain value."""
    return SentPart(
        id=sending_id,
        export=export_id,
        is_taken=state == "taken",
        cells={
            Place(*place): None if value is None else Decimal(value)
            for *place, value in body or ()
        },
        messages=[(ref and ref.lower(), text) for ref, text in messages or ()],
    )


@dataclass(frozen=True)
class SentPart:
    """One call: what was sent by it, and what Loket said of it.

    :param export: id of the file
    :param is_taken: whether Loket answered, and refused nothing
    :param messages: (reference of the employment or None, Loket's words)
    """

    id: int
    export: int
    is_taken: bool
    cells: dict[Place, Value]
    messages: list[tuple[str | None, str]]

    @property
    def people(self):
        """References of the employments."""
        return {place.employment for place in self.cells}

    @property
    def texts(self):
        """{reference: what Loket said}; under None what it said of nobody, or all."""
        people, texts = self.people, {}
        for ref, text in self.messages:
            texts.setdefault(ref if ref in people else None, []).append(text)
        return texts

    @property
    def sent(self):
        """What was sent, as ``payroll.push.Sent``.

        Whom Loket said something of, it may have refused.
        """
        told = self.texts.keys()
        return [
            Sent(
                place,
                value,
                self.is_taken and told.isdisjoint({None, place.employment}),
            )
            for place, value in self.cells.items()
        ]

    @property
    def words(self):
        """{reference: what Loket said of the employment, or of nobody}; maybe empty."""
        texts = self.texts
        return {
            ref: " ".join(dict.fromkeys(texts.get(ref) or texts.get(None) or ()))
            for ref in self.people
        }
