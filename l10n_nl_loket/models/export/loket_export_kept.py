# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was found late of a file is kept, as long as it is known to hold."""

from datetime import date, timedelta

from psycopg2 import Error
from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ...payroll import kept
from .what_rules_read import fingerprints

#: What nobody looked up for so long is not kept; each night looks up all.
KEPT = timedelta(days=3)
#: Of more people than this all are read: one by one that would not be less.
MANY = 1000
#: By which it is told from other locks of a database; with the connection's id.
LOCK = 0x10CE


class LoketExportKept(models.Model):
    """What was late of a file that counts, when that was looked up last.

    It holds as long as what the rules read has the same fingerprint, and of whom no
    booking was touched since (see ``loket.booking.mark``). Else it is looked up again,
    of the touched people or of all.

    What is shown rests on it. A file that is made does not: it reads all bookings.
    """

    _name = "loket.export.kept"
    _description = "What Is Late of a Loket Payroll File, as Kept"
    _inherit = "loket.walls"

    export_id = fields.Many2one(
        "loket.export", required=True, readonly=True, ondelete="cascade"
    )
    fingerprint = fields.Char(required=True, readonly=True)
    snapshot = fields.Char(required=True, readonly=True)
    transaction = fields.Char(readonly=True)
    last_mark = fields.Integer(readonly=True)
    day_from = fields.Date(required=True, readonly=True)
    day_to = fields.Date(required=True, readonly=True)
    # A file of another link may hold some of it: what of it is of whom, hangs together.
    is_shared = fields.Boolean(readonly=True)
    found = fields.Json(required=True, readonly=True)

    _one_of_each = models.Constraint(
        "UNIQUE (export_id)", "What is late of a file is kept once."
    )

    @api.model
    def _fingerprints(self, files):
        """{id of a file: ``Fingerprints`` of what decides what is late of it}

        Empty where somebody could book without a mark: then nothing is kept.

        :param files: ``loket.export``, as superuser
        """
        if not self.env["loket.booking.mark"]._is_complete():
            return {}
        return fingerprints(self.env, files)

    @api.model
    def _found(self, files, prints):
        """What is kept of files, and of whom it is to be looked up again.

        :param files: ``loket.export`` of one administration
        :param prints: {id of a file: ``Fingerprints`` of now}
        :return: {id of a file: (``Watch``, ids of employees)}; of those that are not
            in it, everything is to be looked up
        """
        files = files.filtered(lambda file: file.id in prints)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kept.export_id, kept.found, kept.is_shared,
                    kept.fingerprint, ARRAY(
                    SELECT DISTINCT mark.employee_id FROM loket_booking_mark mark
                    WHERE (
                        mark.day BETWEEN kept.day_from AND kept.day_to
                        OR mark.day IS NULL
                    )
                    AND NOT pg_visible_in_snapshot(
                        mark.transaction::xid8, kept.snapshot::pg_snapshot
                    )
                    AND NOT coalesce(
                        mark.transaction = kept.transaction
                        AND mark.id <= kept.last_mark, FALSE
                    )
                    LIMIT %s
                )
                FROM loket_export_kept kept
                WHERE kept.export_id = ANY(%s)
                -- A restored database may have brought it along from another server,
                -- whose transactions had other numbers.
                AND kept.write_date >= pg_postmaster_start_time() AT TIME ZONE 'UTC'
                AND pg_snapshot_xmax(kept.snapshot::pg_snapshot)
                    <= pg_snapshot_xmax(pg_current_snapshot())
                """,
                MANY + 1,
                files.ids,
            )
        )
        periods = {file.id: (file.year, file.period) for file in files}
        return {
            file: (kept.from_json(periods[file], found), set(people))
            for file, found, is_shared, fingerprint, people in rows
            if fingerprint == _of(prints[file], is_shared)
            and len(people) <= (0 if is_shared else MANY)
        }

    @api.model
    def _keep(self, rows, ledgers, prints, point, connection_id, *, waits=False):
        """Keep what was found, unless somebody else is about to.

        :param rows: list of (id of a file, ``Watch``, ``Period`` of the days that it
            may have, whether it is shared)
        :param ledgers: {id of a file: all that it delivered}, of those that were read
        :param prints: {id of a file: ``Fingerprints``}
        :param point: a ``loket_booking_mark.Point`` of before bookings were read
        :param waits: whether to wait for who else keeps something of it now
        """
        cr = self.env.cr
        if cr.readonly or not rows or not self._has_turn(connection_id, waits=waits):
            return
        try:
            with cr.savepoint(flush=False):
                self.env["loket.export.part"]._keep(ledgers)
                for file, watch, days, is_shared in rows:
                    cr.execute(
                        SQL(
                            """
                            INSERT INTO loket_export_kept AS kept (
                                export_id, fingerprint, snapshot, transaction,
                                last_mark, day_from, day_to, is_shared, found,
                                write_date
                            ) VALUES (
                                %s, %s, %s, %s, %s, %s, %s, %s, %s,
                                now() AT TIME ZONE 'UTC'
                            )
                            ON CONFLICT (export_id) DO UPDATE SET
                                fingerprint = excluded.fingerprint,
                                snapshot = excluded.snapshot,
                                transaction = excluded.transaction,
                                last_mark = excluded.last_mark,
                                day_from = excluded.day_from,
                                day_to = excluded.day_to,
                                is_shared = excluded.is_shared,
                                found = excluded.found,
                                write_date = excluded.write_date
                            """,
                            file,
                            _of(prints[file], is_shared),
                            point.snapshot,
                            point.transaction,
                            point.last,
                            date.min if is_shared else days.start,
                            date.max if is_shared else days.end,
                            is_shared,
                            Json(kept.to_json(watch)),
                        ),
                        log_exceptions=False,
                    )
        except Error:
            # Somebody else kept it meanwhile; what was found is told all the same.
            return

    @api.model
    def _has_turn(self, connection_id, *, waits):
        """Whether nobody else keeps anything of a connection in this moment."""
        if waits:
            lock = SQL("pg_advisory_xact_lock(%s, %s)", LOCK, connection_id)
            self.env.cr.execute(SQL("SELECT %s", lock))
            return True
        lock = SQL("pg_try_advisory_xact_lock(%s, %s)", LOCK, connection_id)
        return self.env.execute_query(SQL("SELECT %s", lock))[0][0]

    @api.model
    def _forget_old(self):
        """What no night looked up again is kept no longer."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM loket_export_kept "
                "WHERE write_date < now() AT TIME ZONE 'UTC' - %s",
                KEPT,
            )
        )


def _of(prints, is_shared):
    """The fingerprint that a file is kept with."""
    return prints.beside_others if is_shared else prints.alone
