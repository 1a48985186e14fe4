# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring_ascii as _text

from psycopg2.extras import Json

from odoo import api, fields, models

from ...payroll.push import Sent, Spot, Value
from ...payroll.rows import places
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
    @contextmanager
    def _keeper(self, export, parts):
        """What keeps the calls of one file: each of them before it, and its answer.

        :param export: the ``loket.export``, of the user who sends
        :param parts: how many calls there are
        :return: context manager of ``Keeper``
        """
        self.env.flush_all()  # it may be this transaction that knows the file
        try:
            with own_transaction(export, self.env.user) as export_sudo:
                yield Keeper(export_sudo, export.env, parts)
        finally:
            # What this transaction knew of them is no longer so.
            export.invalidate_recordset(["sending_ids"])
            self.invalidate_model()

    @api.model
    def _of_period(self, export):
        """All that was ever sent of the period of a file, as is committed now.

        Of its administration in Loket: another one has another period.

        :return: list of ``SentPart``, the first first
        """
        with own_transaction(export) as export_sudo:
            sendings_sudo = export_sudo.env[self._name]
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


class Keeper:
    """Keeps what is sent of one file, and what came of it; each committed at once.

    One statement each, and not as records: every call waits for it, and what is worked
    out for a record costs more than the call itself.

    :param export_sudo: the ``loket.export``, in a transaction of its own
    :param env: of who sends
    :param parts: how many calls there are
    """

    def __init__(self, export_sudo, env, parts):
        self._cr = export_sudo.env.cr
        self._sendings = export_sudo.env["loket.export.sending"]
        # Where the caller alone knows the file, what is kept goes with it.
        self._is_own = self._cr is not env.cr
        self._of_all = {
            "export": export_sudo.id,
            "administration": export_sudo._administration(),
            "year": export_sudo.year,
            "period": export_sudo.period,
            "sender": env.uid,
            "parts": parts,
            "writer": export_sudo.env.uid,
        }

    def keep(self, rows, part):
        """Keep what is about to be sent; committed when this returns.

        :param rows: list of ``gateway.PeriodRow``
        :param part: which of the calls it is, from 1
        :return: ``SentPart`` that nothing is known of yet
        """
        cells = [cell for row in rows for cell in _in_json(row)]
        people = {row.employment_ref for row in rows}
        (sending_id,) = self._commit(
            """
            INSERT INTO loket_export_sending (
                export_id, company_id, administration_ref, year, period, user_id,
                part, parts, people, cells, body, state,
                create_uid, create_date, write_uid, write_date
            )
            SELECT id, company_id, %(administration)s, %(year)s, %(period)s, %(sender)s,
                %(part)s, %(parts)s, %(people)s, %(cells)s, %(body)s, 'asked',
                %(writer)s, now() AT TIME ZONE 'UTC',
                %(writer)s, now() AT TIME ZONE 'UTC'
            FROM loket_export WHERE id = %(export)s
            RETURNING id
            """,
            part=part,
            people=len(people),
            cells=len(cells),
            body=f"[{', '.join(cells)}]",
        )
        return SentPart(
            id=sending_id,
            export=self._of_all["export"],
            is_taken=False,
            rows={row[:3]: row.values for row in rows},
            messages=[],
        )

    def keep_answer(self, sent, state, messages=(), words=""):
        """Keep what came of it; committed when this returns.

        :param sent: as ``keep`` returned it
        :param state: a value of the field
        :param messages: (reference of the employment or None, Loket's words)
        :param words: to be shown, where they are not those of ``messages``
        :return: ``SentPart``, as it is by now
        """
        words = words or "\n".join(dict.fromkeys(text for _ref, text in messages))
        field = self._sendings._fields["words"]
        self._commit(
            """
            UPDATE loket_export_sending
            SET state = %(state)s, answered_on = %(now)s, messages = %(messages)s,
                words = %(words)s, write_uid = %(writer)s,
                write_date = now() AT TIME ZONE 'UTC'
            WHERE id = %(sending)s
            RETURNING id
            """,
            sending=sent.id,
            state=state,
            now=fields.Datetime.now(),
            messages=Json([list(one) for one in messages]) if messages else None,
            words=field.convert_to_column(words or None, self._sendings),
        )
        return replace(sent, is_taken=state == "taken", messages=_said(messages))

    def _commit(self, statement, **values):
        """Execute what returns a row, and commit it; returns the row."""
        self._cr.execute(statement, self._of_all | values)
        row = self._cr.fetchone()
        if self._is_own:
            self._cr.commit()  # pylint: disable=invalid-commit
        return row


def _in_json(row):
    """The cells of a ``gateway.PeriodRow``, each as text of the field ``body``."""
    ref, shift, unit = row[:3]
    where = f"{_text(ref)}, {shift:d}, {_text(unit) if unit else 'null'}"
    return [
        f"[{where}, {component:d}, {'null' if value is None else _text(str(value))}]"
        for component, value in row.values.items()
    ]


def _plain(sending_id, export_id, state, body, messages):
    """One sending as a plain value."""
    number, rows = cache(Decimal), {}
    for ref, shift, unit, component, value in body or ():
        row = rows.setdefault((ref, shift, unit), {})
        row[component] = value and number(value)
    return SentPart(
        id=sending_id,
        export=export_id,
        is_taken=state == "taken",
        rows=rows,
        messages=_said(messages or ()),
    )


def _said(messages):
    return [(ref and ref.lower(), text) for ref, text in messages]


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
    rows: dict[Spot, dict[int, Value]]
    messages: list[tuple[str | None, str]]

    @property
    def people(self):
        """References of the employments."""
        return {spot[0] for spot in self.rows}

    @property
    def texts(self):
        """{reference: what Loket said}; under None what it said of nobody, or all."""
        people, texts = self.people, {}
        for ref, text in self.messages:
            texts.setdefault(ref if ref in people else None, []).append(text)
        return texts

    def sent_at(self, spots):
        """What was sent to some rows, as ``payroll.push.Sent``.

        Whom Loket said something of, it may have refused.
        """
        told = self.texts.keys()
        is_clear = self.is_taken and None not in told
        return [
            Sent(place, value, is_clear and place.employment not in told)
            for place, value in places(self.rows, spots).items()
        ]

    @property
    def words(self):
        """{reference: what Loket said of the employment, or of nobody}; maybe empty."""
        texts = self.texts
        return {
            ref: " ".join(dict.fromkeys(texts.get(ref) or texts.get(None) or ()))
            for ref in self.people
        }
