# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools.misc import format_datetime

from ..gateway import LoketError
from . import employee_vals
from .employee_lookup import EmployeeLookup
from .loket_employee import LINKED

_logger = logging.getLogger(__name__)


class LoketSyncRun(models.Model):
    """One synchronisation of the employees of one connection, kept as a document."""

    _name = "loket.sync.run"
    _description = "Loket Synchronisation"
    _order = "start desc, id desc"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    start = fields.Datetime(default=fields.Datetime.now, required=True)
    stop = fields.Datetime()
    state = fields.Selection(
        [
            ("running", "Running"),
            ("done", "Done"),
            ("partial", "Done in part"),
            ("failed", "Failed"),
        ],
        default="running",
        required=True,
    )
    created = fields.Integer("New")
    updated = fields.Integer("Changed")
    unchanged = fields.Integer()
    failed = fields.Integer("Problems")
    message = fields.Text()
    line_ids = fields.One2many("loket.sync.run.line", "run_id")
    pending = fields.Integer(related="connection_id.employees_pending")

    @api.depends("connection_id.name", "start")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        for run in self:
            start = format_datetime(self.env, run.start, dt_format="d MMM y HH:mm")
            run.display_name = f"{run.connection_id.name}, {start}"

    def action_decide(self):
        """The employments that wait for a decision."""
        return self.connection_id.action_employees()

    def action_problems(self):
        """The employments with a problem."""
        return self.connection_id._table_action(
            "action_loket_employee", search_default_problems=1
        )

    # === ENTRANCES === #

    @api.model
    def _cron(self):
        """Synchronise each ready connection; the failure of one stops no other.

        A failed connection counts as processed: reported as remaining, the scheduler
        would run it again and again (ir_cron, "loop again").
        """
        cron = self.env["ir.cron"]
        connections = self.env["loket.connection"].search([("state", "=", "ready")])
        cron._commit_progress(remaining=len(connections))
        for connection in connections:
            try:
                self._sync(connection)
            except LockError:
                _logger.info(
                    "Connection %s is being synchronised already", connection.id
                )
            except Exception as error:  # noqa: BLE001 (no failure stops the next)
                self.env.cr.rollback()
                self._record_failure(connection, error)
            cron._commit_progress(1)

    @api.model
    def _sync_by_hand(self, connection):
        """Synchronise for a person who waits; returns the run, failed or not.

        :raise UserError: somebody else is at it
        """
        try:
            with self.env.cr.savepoint():
                return self._sync(connection)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(connection)s is being synchronised already. Wait until that is "
                    "done: it then shows under Synchronisations.",
                    connection=connection.name,
                )
            ) from error
        except LoketError as error:
            return self._record_failure(connection, error)

    @api.model
    def _record_failure(self, connection, error):
        """Keep what went wrong where the person of the connection sees it."""
        if isinstance(error, LoketError):
            message = connection._record_error(error)
        else:
            _logger.error(
                "Synchronising connection %s failed: %s",
                connection.id,
                type(error).__name__,
            )
            message = self.env._(
                "Unexpected error (%(kind)s). Ask your administrator to look into it.",
                kind=type(error).__name__,
            )
            connection.last_error = message
        run = self.sudo().create(
            {
                "connection_id": connection.id,
                "stop": fields.Datetime.now(),
                "state": "failed",
                "message": message,
            }
        )
        self._tell(connection, self.env._("Loket: synchronisation failed"), message)
        return run

    @api.model
    def _sync(self, connection):
        """Synchronise one connection; returns the run.

        :raise LoketError: nothing could be read
        :raise LockError: another worker is at it
        """
        connection.ensure_one()
        connection.lock_for_update(allow_referencing=True)
        gateway = connection._gateway()
        start = fields.Datetime.now()
        reply = gateway.employments(
            connection.employer_ref, connection.administration_ref
        )
        hidden = gateway.hidden_by_filter(connection.employer_ref)
        run = self.sudo().create(
            {
                "connection_id": connection.id,
                "start": start,
                "message": "\n".join(map(connection._translate, hidden)),
            }
        )
        run._take_over(reply)
        return run

    # === TAKING OVER === #

    def _take_over(self, reply):
        """Bring the rows and the linked employees in line with Loket's answer."""
        connection = self.connection_id
        rows = self.env["loket.employee"].search(
            [("connection_id", "=", connection.id)]
        )
        by_ref = {row.employment_ref: row for row in rows}
        seen = {one.employment_ref for one in reply.records}
        seen |= {problem.ref for problem in reply.problems}
        missing = rows.filtered(
            lambda row: row.in_loket and row.employment_ref not in seen
        )
        if self._too_many_missing(rows, missing):
            return self._refuse(missing)
        missing._mark_missing()
        lines = [
            {
                "kind": "failed",
                "name": problem.name or problem.ref,
                "message": self.connection_id._translate(problem.reason),
                "loket_employee_id": by_ref[problem.ref].id
                if problem.ref in by_ref
                else False,
            }
            for problem in reply.problems
        ]
        fresh = self._create_rows(reply.records, by_ref, lines)
        self._update_rows(reply.records, by_ref, lines)
        self._finish(fresh, lines)

    def _too_many_missing(self, rows, missing):
        linked = rows.filtered(
            lambda row: row.in_loket and row.employee_id and row.decision in LINKED
        )
        limit = len(linked) * self.connection_id.vanish_threshold / 100
        return len(missing & linked) > limit

    def _refuse(self, missing):
        message = self.env._(
            "Loket's answer lacks %(count)s linked employments that were there before: "
            "%(names)s. Nothing was changed. Check the rights and the filter of the "
            "Loket user; if it is right, raise the limit on the connection.",
            count=len(missing),
            names=", ".join(missing[:10].mapped("name")),
        )
        self.write(
            {
                "stop": fields.Datetime.now(),
                "state": "failed",
                "failed": len(missing),
                "message": message,
            }
        )
        self.connection_id.last_error = message
        self._tell(
            self.connection_id, self.env._("Loket: employments have vanished"), message
        )

    def _create_rows(self, records, by_ref, lines):
        """The rows of the employments that are new, made in one go."""
        now = fields.Datetime.now()
        new = {
            one.employment_ref: {
                **employee_vals.row_vals(one),
                "connection_id": self.connection_id.id,
                "last_sync_date": now,
            }
            for one in records
            if one.employment_ref not in by_ref
        }
        fresh = self.env["loket.employee"].create(list(new.values()))
        lines.extend(
            {"kind": "created", "name": row.name, "loket_employee_id": row.id}
            for row in fresh
        )
        return fresh

    def _update_rows(self, records, by_ref, lines):
        """Refresh known rows; one employee's bad data rolls back that one only.

        First all rows, so that the end of a contract is decided on what Loket says
        now of every employment of the person; then the employees.
        """
        known = {
            one.employment_ref: one for one in records if one.employment_ref in by_ref
        }
        rows = self.env["loket.employee"].browse(by_ref[ref].id for ref in known)
        before = {row: row.snapshot or {} for row in rows}
        changes = {
            row: self._update_row(row, known[row.employment_ref]) for row in rows
        }
        clashes = rows._clashes()
        countries = EmployeeLookup(self.company_id).countries
        unchanged = 0
        for row in rows:
            problem = clashes.get(row)
            if not problem and row.employee_id and row.decision in LINKED:
                written, problem = self._update_employee(row, before[row], countries)
                changes[row] |= written
            if row.problem != (problem or False):
                row.problem = problem
            if problem:
                lines.append(
                    {
                        "kind": "failed",
                        "name": row.name,
                        "loket_employee_id": row.id,
                        "message": problem,
                    }
                )
            lines.extend(self._change_lines(row, changes[row]))
            unchanged += not problem and not changes[row]
        self.unchanged = unchanged

    @api.model
    def _update_row(self, row, employment):
        """Write what differs; returns {label: (old, new)}."""
        vals = employee_vals.row_vals(employment) | {"in_loket": True}
        changed = {name: new for name, new in vals.items() if row[name] != new}
        old = {row._fields[name].string: row[name] for name in changed}
        if changed:
            row.write(changed | {"last_sync_date": fields.Datetime.now()})
        return {
            row._fields[name].string: (old[row._fields[name].string], new)
            for name, new in changed.items()
            if name not in ("snapshot", "in_loket")
        }

    @api.model
    def _update_employee(self, row, before, countries):
        """Bring one employee up to date: ({label: (old, new)}, problem or None)."""
        employee = row.employee_id
        try:
            if not row._employee_changes(row.snapshot, before, countries):
                return {}, None
            with self.env.cr.savepoint():
                changes = row._update_employee(before, countries)
        except OperationalError:
            raise  # the whole transaction is lost: a later run takes it up
        except Exception as error:  # noqa: BLE001 (whatever an employee's data does)
            return {}, row._explain(error)
        return {
            employee._fields[name].string: pair for name, pair in changes.items()
        }, None

    def _change_lines(self, row, changes):
        return [
            {
                "kind": "updated",
                "name": row.name,
                "loket_employee_id": row.id,
                "field_name": label,
                "old_value": str(old or ""),
                "new_value": str(new or ""),
            }
            for label, (old, new) in changes.items()
        ]

    def _finish(self, fresh, lines):
        """Close the run, and tell the person of the connection what is new."""
        fresh._flag_clashes()
        self.env["loket.sync.run.line"].create(
            [{**line, "run_id": self.id} for line in lines]
        )
        updated = {
            line["loket_employee_id"] for line in lines if line["kind"] == "updated"
        }
        failed = sum(line["kind"] == "failed" for line in lines)
        now = fields.Datetime.now()
        self.write(
            {
                "stop": now,
                "state": "partial" if failed else "done",
                "created": len(fresh),
                "updated": len(updated),
                "failed": failed,
            }
        )
        self.connection_id.write({"last_sync_date": now, "last_error": False})
        if fresh:
            self._tell(
                self.connection_id,
                self.env._("Loket: decide on new employments"),
                self.env._("%(count)s new employments to decide on.", count=len(fresh)),
            )

    @api.model
    def _tell(self, connection, summary, note):
        """One open activity per subject, not one a night."""
        user = connection.user_id
        open_ones = connection.activity_ids.filtered(
            lambda activity: activity.summary == summary and activity.user_id == user
        )
        if user and not open_ones:
            connection.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=note,
                user_id=user.id,
            )
