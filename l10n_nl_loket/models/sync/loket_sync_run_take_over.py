# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ...people import snapshot
from ..employee.loket_employee import LINKED


class LoketSyncRun(models.Model):
    """Taking over Loket's answer: which employments there are, and what they say."""

    _inherit = "loket.sync.run"

    def _take_over(self, reply):
        """Bring the rows and the linked employees in line with Loket's answer."""
        rows = self.env["loket.employee"].search(
            [("connection_id", "=", self.connection_id.id)]
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
        lines = [self._unreadable_line(one, by_ref) for one in reply.problems]
        fresh = self._create_rows(reply.records, by_ref, lines)
        self._update_rows(reply.records, by_ref, lines)
        self._finish(fresh, lines)

    # === WHAT IS MISSING === #

    def _too_many_missing(self, rows, missing):
        linked = rows._live().filtered(
            lambda row: row.employee_id and row.decision in LINKED
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
        self._tell_trouble(
            self.connection_id, self.env._("Loket: employments have vanished"), message
        )

    # === WHAT IS THERE === #

    def _unreadable_line(self, problem, by_ref):
        """The line of an employment that can't be read, whose row shows why."""
        reason = self.connection_id._translate(problem.reason)
        row = by_ref.get(problem.ref, self.env["loket.employee"])
        if row and (row.problem, row.in_loket) != (reason, True):
            row.write({"problem": reason, "in_loket": True})
        return {
            "kind": "failed",
            "name": problem.name or problem.ref,
            "message": reason,
            "loket_employee_id": row.id,
        }

    def _create_rows(self, records, by_ref, lines):
        """The rows of the employments that are new, made in one go."""
        now = fields.Datetime.now()
        new = {
            one.employment_ref: {
                **snapshot.row_vals(one),
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
        connection = self.connection_id
        connection.write({"last_sync_date": now, "last_error": False})
        self._end_trouble(connection)
        connection._end_deciding()
        if fresh:
            self._tell_new(connection, len(fresh))
