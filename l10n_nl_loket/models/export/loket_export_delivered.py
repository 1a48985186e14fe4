# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the files that count delivered, and a file put together beside them."""

from collections import defaultdict
from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ...payroll import Amount, Remark, check, mark_delivered
from ...payroll.coverage import LOOK_BACK
from ...payroll.delivered import (
    Delivered,
    delivered,
    from_json,
    of_kinds,
    of_old_file,
    to_text,
    trace,
)
from ...payroll.gone import write_gone
from ...payroll.kept import of_people
from ...payroll.late import Books, Staff, compose
from ...payroll_file import exact
from .loket_export_refresh import cell_vals


class LoketExport(models.Model):
    """What the files that count delivered, and a file put together beside them."""

    _inherit = "loket.export"

    ledger = fields.Json(
        readonly=True,
        copy=False,
        # Of ten thousand people it is large: read where it is asked for alone.
        prefetch=False,
        groups="base.group_system",
        help="Of which bookings each cell is, of this period and of those that it took "
        "along of.",
    )
    late_ids = fields.One2many(
        "loket.export.late",
        "export_id",
        string="What Is Late",
        readonly=True,
        help="What is booked in earlier periods and was not delivered with their file.",
    )
    take_late = fields.Boolean(
        "Take Along What Is Late",
        copy=False,
        help="Put into this file what was booked in earlier periods since their files "
        "were made.",
    )
    has_late = fields.Boolean(compute="_compute_has_late")
    # === WHAT WAS DELIVERED === #

    def _delivered(self):
        """What was delivered for the period of this file, which counts.

        With what later files took along for it.

        :return: ``payroll.delivered.Delivered``, also where there is no file
        """
        self.ensure_one()
        ledgers = [file_sudo._ledger() for file_sudo in self._files_that_count()]
        return delivered(ledgers, (self.year, self.period))

    def _files_that_count(self):
        """The last file of each period of this administration, the newest first."""
        return self._counting_of(self.connection_id, self.client_number)

    @api.model
    def _counting_of(self, connection, client_number):
        """The last file of each period of an administration, the newest first.

        As superuser: whoever looks, what was delivered was delivered.

        :param connection: a ``loket.connection``
        :param client_number: of the administration that it was of then
        """
        return self.sudo().search(
            [
                ("connection_id", "=", connection.id),
                ("client_number", "=", client_number),
                ("is_latest", "=", True),
            ]
        )

    def _ledger(self):
        """What this file delivered, by period.

        :return: {(year, number): ``Delivered``}
        """
        export_sudo = self.sudo()  # it is kept for the system alone
        if export_sudo.ledger:
            return of_kinds(from_json(export_sudo.ledger), self._known_kinds())
        return {(self.year, self.period): self._delivered_by_old_file()}

    @api.model
    def _known_kinds(self):
        """The names of the kinds of booking; not those of addons that are gone."""
        return {kind.name for kind in self.env["loket.booking"]._booking_kinds()}

    def _delivered_by_old_file(self):
        """Of a file that was made before the sources were kept."""
        if not self.attachment_id:
            return Delivered()
        export_sudo = self.sudo()
        left_out_sudo = export_sudo.left_out_ids.filtered(
            lambda problem: problem.rank == "accept"
        )
        return of_old_file(
            self._file_cells(),
            [
                (
                    problem.employee_id.id,
                    Amount(hours=exact(problem.hours), value=exact(problem.value)),
                )
                for problem in left_out_sudo
            ],
        )

    # === WHAT IS LATE === #

    def _ledgers(self, counting_sudo, watched_sudo, people=None):
        """{(year, number): what the file of that period delivered, by period}

        Of those that may have delivered anything of a period that is looked at.

        :param counting_sudo: the files of this administration that count
        :param watched_sudo: those of them that are to be looked at
        :param people: ids of the employees that matter; None: all
        """
        # Who takes along is of a later period. With room for dates that Loket changed.
        first = min([self.date_from, *watched_sudo.mapped("date_from")]) - LOOK_BACK
        files_sudo = counting_sudo.filtered(lambda file: file.date_to >= first)
        parts = {} if people is None else self._parts_of(files_sudo, people)
        return {
            (file_sudo.year, file_sudo.period): parts[file_sudo.id]
            if file_sudo.id in parts
            else _of(people, file_sudo._ledger())
            for file_sudo in files_sudo
        }

    @api.model
    def _parts_of(self, files_sudo, people):
        """What files delivered to some people, of those of which that is kept apart.

        :param people: ids of the employees
        :return: {id of a file: ledger}
        """
        # As superuser: what was delivered was delivered, whoever may see it.
        return self.env["loket.export.part"].sudo()._ledgers(files_sudo, people)

    def write(self, vals):
        """What was kept apart of a ledger is of that one."""
        result = super().write(vals)
        if "ledger" in vals:
            # As superuser: nobody may see these.
            self.env["loket.export.part"].sudo()._forget(self)
        return result

    def _books(self, counting_sudo, watched_sudo, coverage, lists, rules):
        """What was delivered, and what is booked now, in the periods of files.

        :param counting_sudo: the files of this administration that count
        :param watched_sudo: those of them that are to be looked at
        :param coverage: of which file each day is
        :param rules: of any period; each gets the components of its own year
        """
        return Books(
            ledgers=self._ledgers(counting_sudo, watched_sudo),
            now=self._booked_now(watched_sudo, coverage, lists, rules),
            staff=Staff.of(rules),
            with_unit=rules.with_unit,
        )

    def _booked_now(self, files_sudo, coverage, lists, rules, among=None):
        """{(year, number): ``Delivered``} if the files were made now.

        A period at a time: those of a year are not to be in memory at once.

        :param among: ids of the employees whose bookings are read; None: all
        """
        result = {}
        for file_sudo in files_sudo:
            key = (file_sudo.year, file_sudo.period)
            days = coverage.days([key])
            grain = self._grain(days, coverage, rules)
            bookings = self.env["loket.booking"]._bookings(
                days, self._people(among), grain
            )
            booked = [one for one in bookings if _is_of(coverage.owner(one.day), key)]
            worked = [
                one
                for one in self._worked_days(days, lists, grain, among)
                if _is_of(coverage.owner(one.day), key)
            ]
            of_period = replace(
                rules,
                offered=lists.catalogue.of(file_sudo.year),
                sends_delivered=file_sudo.send_delivered,
            )
            booked = self._with_days(booked, lists, of_period, worked)
            others = self._other_files(booked, lists, of_period)
            booked = mark_delivered(booked, others, of_period)
            result[key] = trace(booked, of_period)
        return result

    def _compose(self, lists, rules, now, outcome):
        """Put late hours of other periods into the outcome, and leave out those that
        others took along; keep what is gone since earlier files.

        :param now: what is booked in its period, as ``Delivered``
        :param outcome: the same, as it landed; is changed
        :return: values of fields
        """
        counting_sudo = self._files_that_count()
        earlier_sudo = counting_sudo.filtered(
            lambda file: (
                file.date_from < self.date_from
                and file.date_to >= self.date_from - LOOK_BACK
                and (file.year, file.period) != (self.year, self.period)
            )
        )
        coverage = self._coverage(self._payroll_period())
        books = self._books(counting_sudo, earlier_sudo, coverage, lists, rules)
        composed = compose(
            (self.year, self.period),
            now,
            outcome.cells,
            books,
            take=self.take_late,
        )
        outcome.cells.clear()
        outcome.cells.update(composed.cells)
        self._add_taken_remarks(outcome, counting_sudo, books)
        self._add_late_remarks(outcome, composed, coverage, rules)
        check(outcome, rules)
        made_sudo = self._made_of_same_period()
        write_gone(outcome, [file_sudo._file_cells() for file_sudo in made_sudo], rules)
        files = {
            (file_sudo.year, file_sudo.period): file_sudo.id
            for file_sudo in counting_sudo
        }
        rows = self._late_rows(composed, files, lists.catalogue.names())
        self._keep_ledger(composed.ledger)
        return {"late_ids": [Command.create(vals) for vals in rows]}

    def _keep_ledger(self, ledger):
        """Keep of which bookings each cell is.

        Past the ORM: a ledger is as large as its file, and a field would hold it in
        memory three times.
        """
        # As superuser: it is kept for the system alone.
        self.sudo().flush_recordset(["ledger"])
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET ledger = %s::jsonb WHERE id = %s",
                SQL.identifier(self._table),
                to_text(ledger),
                self.id,
            )
        )
        self.sudo().invalidate_recordset(["ledger"])
        # As superuser: nobody may see these. What was kept apart was of the former one.
        self.env["loket.export.part"].sudo()._forget(self)

    def _add_taken_remarks(self, outcome, counting_sudo, books):
        """What files of later periods took along of this one, by name.

        :param counting_sudo: the files that count
        :param books: ``payroll.late.Books``: what they hold
        """
        own = (self.year, self.period)
        for file_sudo in counting_sudo:
            key = (file_sudo.year, file_sudo.period)
            taken = key != own and books.ledgers.get(key, {}).get(own)
            for cell, amount in (taken.cells if taken else {}).items():
                detail = f"{file_sudo.display_name}, {cell.component}"
                remark = Remark("taken_elsewhere", cell.employee, detail=detail)
                outcome.remarks[remark] += amount

    def _add_late_remarks(self, outcome, composed, coverage, rules):
        """What is to be known of what is late, by kind, whether it goes along or not.

        Who ticks that it goes along has read it.

        :param composed: ``payroll.late.Composed``
        :param coverage: of which file each day is
        """
        people = defaultdict(set)
        for late in (*composed.kept, *composed.taken, *composed.late):
            for piece, _quantity in late.pieces:
                people[late.period, piece.source.kind].add(late.cell.employee)
        for (key, kind), employees in people.items():
            outcome.remarks.update(
                self._remarks_of_late(
                    coverage.days([key]),
                    rules,
                    kind,
                    sorted(employees),
                    f"{key[0]}-{key[1]:02d}",
                )
            )

    def _late_rows(self, composed, files, names):
        """What is late, of which period, and whether it goes along.

        :param composed: ``payroll.late.Composed``
        :param files: {(year, number): id of the file of that period}
        :param names: {component: what it is called}
        :return: list of the field values of ``loket.export.late``
        """
        rows = [
            {
                **cell_vals(late.cell, names),
                "period_export_id": files[late.period],
                "kind": kind,
                "value": float(late.amount.total),
                "hours": float(late.amount.hours),
                "taken": is_taken,
            }
            for kind, is_taken, part in (
                ("kept", True, composed.kept),
                ("late", True, composed.taken),
                ("late", False, composed.late),
            )
            for late in part
        ]
        rows += [
            {
                "period_export_id": files[period],
                "kind": "missing",
                "employee_id": employee,
                "component_name": source and self._late_source(source),
                "value": float(quantity),
                "hours": 0 if source else float(quantity),
            }
            for period, watch in composed.watches.items()
            for (employee, source), quantity in watch.missing_of().items()
        ]
        return rows

    @api.depends("late_ids.taken")
    def _compute_has_late(self):
        for export in self:
            export.has_late = any(not late.taken for late in export.late_ids)


def _is_of(file, key):
    """Whether it is the file of a period; not where no file has the day."""
    return bool(file) and file.key == key


def _of(people, ledger):
    """What a ledger tells of some people; None: of all."""
    return ledger if people is None else of_people(ledger, people)
