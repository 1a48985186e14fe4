# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Marks whose bookings were touched, so that only these are read again.

The database itself writes the marks, by triggers on the table of each kind of booking:
what comes past the ORM (a merge, what is removed with something else, a line that
somebody writes by SQL) leaves one as well, and whoever books pays no query for it.
Marks are only added, never changed: people who book do not wait for each other.

A mark tells in which transaction it was written. Who reads bookings keeps what that
reading saw (``Point``), and later asks for the marks that it did not see: of a booking
that was not committed by then, the mark was not to be seen either. Times or numbers in
order would not tell that.
"""

from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Of the function and the triggers; one trigger for each of these, on each table.
TRIGGER = "loket_booking_mark"
EVENTS = {
    "INSERT": "NEW TABLE AS loket_now",
    "UPDATE": "OLD TABLE AS loket_before NEW TABLE AS loket_now",
    "DELETE": "OLD TABLE AS loket_before",
}
#: Somebody's department and company decide of all days of a person, a booking of one.
VERSIONS = "hr_version"
#: Nothing that reads takes as long.
_A_DAY = timedelta(days=1)

# With the rights of its owner: who may book by SQL may still do so. Who is deleted
# just now leaves no mark, nor does a table whose addon is gone.
_FUNCTION = """
CREATE OR REPLACE FUNCTION loket_booking_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $body$
DECLARE
    day text := TG_ARGV[0];
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT employee_id, %1$s AS day FROM loket_now'
        WHEN 'DELETE' THEN 'SELECT employee_id, %1$s AS day FROM loket_before'
        ELSE 'SELECT employee_id, %1$s AS day FROM loket_now '
             'UNION SELECT employee_id, %1$s FROM loket_before'
    END;
BEGIN
    IF to_regclass('loket_booking_mark') IS NOT NULL THEN
        EXECUTE format(
            'INSERT INTO loket_booking_mark '
            '(employee_id, day, transaction, create_date) '
            'SELECT DISTINCT touched.employee_id, touched.day, '
            '       pg_current_xact_id()::text, now() AT TIME ZONE ''UTC'' '
            'FROM (%s) touched JOIN hr_employee people '
            '  ON people.id = touched.employee_id', format(touched, day));
    END IF;
    RETURN NULL;
END $body$
"""


@dataclass(frozen=True, slots=True)
class Point:
    """What a reading saw, by which later marks are told from earlier ones.

    :param snapshot: the transactions that it saw, as PostgreSQL writes it
    :param transaction: its own, when it had written something; else None
    :param last: the last number that a mark had, for those of its own transaction
    """

    snapshot: str
    transaction: str | None
    last: int


class LoketBookingMark(models.Model):
    """Whose bookings of which day were touched. Written by the database alone."""

    _name = "loket.booking.mark"
    _description = "Mark of a Touched Booking"
    _inherit = "loket.walls"

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="cascade"
    )
    # Empty: of all days.
    day = fields.Date(readonly=True, index=True)
    transaction = fields.Char(required=True, readonly=True)
    # === THE TRIGGERS === #

    def init(self):
        """The tables of all kinds are there when all models are."""
        self.env.cr.execute(_FUNCTION)
        self.pool.post_init(self._mark_tables)

    def _register_hook(self):
        """A kind of another addon gets its triggers when that is installed."""
        super()._register_hook()
        self._mark_tables()

    @api.model
    def _mark_tables(self):
        """Make the triggers that are missing."""
        there = self._triggers()
        if not there:
            self.env.cr.execute(_FUNCTION)
        for table in self._tables():
            for event, changed in EVENTS.items():
                name = f"{TRIGGER}_{event.lower()}"
                if (table, name) in there or not self._is_table(table):
                    continue
                self.env.cr.execute(
                    SQL(
                        "DROP TRIGGER IF EXISTS %s ON %s",
                        SQL.identifier(name),
                        SQL.identifier(table),
                    )
                )
                self.env.cr.execute(
                    SQL(
                        "CREATE TRIGGER %s AFTER %s ON %s REFERENCING %s "
                        "FOR EACH STATEMENT EXECUTE FUNCTION loket_booking_mark(%s)",
                        SQL.identifier(name),
                        SQL(event),
                        SQL.identifier(table),
                        SQL(changed),
                        SQL("'date'" if table != VERSIONS else "'NULL::date'"),
                    )
                )
                # Also for a tool that copies rows in as a replica.
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s",
                        SQL.identifier(table),
                        SQL.identifier(name),
                    )
                )

    @api.model
    def _tables(self):
        """The tables of all kinds of booking, and of who is where in the company."""
        kinds = self.env["loket.booking"]._booking_kinds()
        return {VERSIONS} | {
            self.env[kind.booking_model]._table
            for kind in kinds
            if kind.booking_model in self.env
        }

    @api.model
    def _triggers(self):
        """{(table, name)} of the triggers that are there and at work, always."""
        return set(
            self.env.execute_query(
                SQL(
                    "SELECT relname, tgname FROM pg_trigger "
                    "JOIN pg_class ON pg_class.oid = tgrelid "
                    "WHERE pg_class.relnamespace = current_schema::regnamespace "
                    "AND tgname = ANY(%s) AND tgenabled = 'A'",
                    self._names_of_triggers(),
                )
            )
        )

    @api.model
    def _names_of_triggers(self):
        """They are the same on each table."""
        return [f"{TRIGGER}_{event.lower()}" for event in EVENTS]

    @api.model
    def _is_table(self, table):
        """Whether it can have triggers: a view of several tables can't."""
        return bool(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM pg_class WHERE relname = %s AND relkind = 'r' "
                    "AND relnamespace = current_schema::regnamespace",
                    table,
                )
            )
        )

    @api.model
    def _is_complete(self):
        """Whether nothing can be booked without leaving a mark.

        Where what is a booking depends on another table, it can.
        """
        wanted = {
            (table, f"{TRIGGER}_{event.lower()}")
            for table in self._tables()
            for event in EVENTS
        }
        kinds = self.env["loket.booking"]._booking_kinds()
        return wanted <= self._triggers() and all(map(self._is_of_itself, kinds))

    @api.model
    def _is_of_itself(self, kind):
        """Whether its own rows alone tell what is booked of a kind."""
        booked = self.env[kind.booking_model]
        names = [term[0] for term in kind.domain if not isinstance(term, str)]
        names += ["employee_id", "date", kind.field, kind.quantity]
        names += [name for name in (kind.adds, kind.time_unit) if name]
        return all(
            (field := booked._fields.get(name))
            and field.store
            and field.column_type
            and not field.inherited
            for name in names
        )

    # === WHAT A READING SAW === #

    @api.model
    def _point(self):
        """What is seen from now on; to be asked before bookings are read."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT pg_current_snapshot()::text, "
                "pg_current_xact_id_if_assigned()::text, "
                "(SELECT CASE WHEN is_called THEN last_value ELSE 0 END "
                "FROM loket_booking_mark_id_seq)"
            )
        )
        return Point(*rows[0])

    @api.autovacuum
    def _gc_marks(self):
        """Marks go when all that is kept has seen them.

        A reading that is under way may not have: it takes no day. What nobody looked
        up for days is not kept, so that it keeps no marks.
        """
        self.env["loket.export.kept"]._forget_old()
        self.env.cr.execute(
            SQL(
                "DELETE FROM loket_booking_mark WHERE create_date < %s "
                "AND (transaction::numeric < coalesce((SELECT min("
                "pg_snapshot_xmin(snapshot::pg_snapshot)::text::numeric) "
                "FROM loket_export_kept), 'infinity')"
                # Of a transaction that is still to come: of another server.
                " OR transaction::xid8 >= pg_snapshot_xmax(pg_current_snapshot())"
                " AND transaction IS DISTINCT FROM"
                " pg_current_xact_id_if_assigned()::text)",
                fields.Datetime.now() - _A_DAY,
            )
        )
