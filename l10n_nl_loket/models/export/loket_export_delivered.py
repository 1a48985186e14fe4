# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the files that count delivered for each period; what is late since."""

import logging
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import format_datetime, formatLang

from ...payroll import Amount, Remark, check, is_left_to_loket, mark_delivered
from ...payroll.delivered import (
    Delivered,
    delivered,
    from_json,
    of_old_file,
    to_json,
    trace,
)
from ...payroll.late import Books, Staff, compose, gone
from ...payroll_file import exact
from ..plain_html import plain_html

_logger = logging.getLogger(__name__)

#: Files of how long ago are watched: thirteen months, and a period of any kind.
LOOK_BACK = timedelta(days=31 * 14)
LATE = "l10n_nl_loket.mail_activity_type_late"
#: How many people are named of a period.
NAMED = 10


class LoketExport(models.Model):
    """What the files that count delivered for each period; what is late since."""

    _inherit = "loket.export"

    ledger = fields.Json(
        copy=False,
        groups="base.group_system",
        help="Of which bookings each cell is, of this period and of those that it took "
        "along of.",
    )
    version = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Which of the files of its period, from 1.",
    )
    replaces_id = fields.Many2one("loket.export", readonly=True, copy=False)
    replaces_words = fields.Char(compute="_compute_replaces_words")
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
    late_now = fields.Char(
        "Late",
        compute="_compute_late_now",
        help="What is booked in this period now, and is in no file.",
    )
    late_words = fields.Text(compute="_compute_late_now")
    elsewhere_words = fields.Char(compute="_compute_late_now")

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
        """The last file of each period of this administration.

        As superuser: whoever looks, what was delivered was delivered.
        """
        return self.sudo().search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("client_number", "=", self.client_number),
                ("is_latest", "=", True),
            ]
        )

    def _ledger(self):
        """What this file delivered, by period.

        :return: {(year, number): ``Delivered``}
        """
        export_sudo = self.sudo()  # it is kept for the system alone
        if export_sudo.ledger:
            return from_json(export_sudo.ledger)
        return {(self.year, self.period): self._delivered_by_old_file()}

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

    def _books(self, files_sudo, lists, rules, coverage):
        """What was delivered, and what is booked now, in the periods of files.

        :param files_sudo: those that are to be looked at
        :param coverage: of which file each day is
        :param rules: of any period; each gets the components of its own year
        """
        ledgers = {
            (file_sudo.year, file_sudo.period): file_sudo._ledger()
            for file_sudo in self._files_that_count()
        }
        return Books(
            ledgers=ledgers,
            now=self._booked_now(files_sudo, lists, rules, coverage),
            staff=_staff(rules),
            with_unit=rules.with_unit,
        )

    def _booked_now(self, files_sudo, lists, rules, coverage):
        """{(year, number): ``Delivered``} if the files were made now; read at once."""
        if not files_sudo:
            return {}
        days = coverage.days(
            (file_sudo.year, file_sudo.period) for file_sudo in files_sudo
        )
        by_file = defaultdict(list)
        for booking in self.env["loket.booking"]._bookings(days, self._people()):
            if file := coverage.owner(booking.day):
                by_file[file.key].append(booking)
        result = {}
        for file_sudo in files_sudo:
            booked = by_file[file_sudo.year, file_sudo.period]
            of_period = replace(
                rules,
                offered=lists.catalogue.of(file_sudo.year),
                sends_delivered=file_sudo.send_delivered,
            )
            booked = self._with_days(booked, lists, of_period)
            others = self._other_files(booked, lists, of_period)
            booked = mark_delivered(booked, others, of_period)
            result[file_sudo.year, file_sudo.period] = trace(booked, of_period)
        return result

    def _compose(self, lists, rules, bookings, outcome):
        """Put late hours of other periods into the outcome, and leave out those that
        others took along; keep what is gone since earlier files.

        :param outcome: what ``bookings`` landed as; is changed
        :return: ``payroll.late.Composed``
        """
        files_sudo = self._files_that_count()
        earlier_sudo = files_sudo.filtered(
            lambda file: (
                file.date_from < self.date_from
                and file.date_to >= self.date_from - LOOK_BACK
                and (file.year, file.period) != (self.year, self.period)
            )
        )
        coverage = self._coverage(self._payroll_period())
        books = self._books(earlier_sudo, lists, rules, coverage)
        period = (self.year, self.period)
        composed = compose(
            period,
            trace(bookings, rules),
            outcome.cells,
            books,
            take=self.take_late,
        )
        outcome.cells.clear()
        outcome.cells.update(composed.cells)
        self._add_taken_remarks(outcome, files_sudo)
        check(outcome, rules)
        sent = self._sent_cells()
        for cell in gone(sent, outcome.cells):
            if reason := self._not_written(cell, rules):
                remark = Remark(reason, cell.employee, detail=str(cell.component))
                outcome.remarks[remark] = sent[cell]
            else:
                outcome.gone.append(cell)
        return composed

    def _add_taken_remarks(self, outcome, files_sudo):
        """What files of later periods took along of this one, by name.

        :param files_sudo: those that count
        """
        for file_sudo in files_sudo:
            if (file_sudo.year, file_sudo.period) == (self.year, self.period):
                continue
            taken = file_sudo._ledger().get((self.year, self.period))
            for cell, amount in (taken.cells if taken else {}).items():
                detail = f"{file_sudo.display_name}, {cell.component}"
                remark = Remark("taken_elsewhere", cell.employee, detail=detail)
                outcome.remarks[remark].hours += amount.hours
                outcome.remarks[remark].value += amount.value

    def _not_written(self, cell, rules):
        """Why a cell that is gone is not written as 0; None when it is.

        :return: the reason of a remark
        """
        number, component = cell.payroll_number, cell.component
        if is_left_to_loket(cell.employee, number, component, rules):
            return "gone_to_loket"
        if not self.connection_id.write_zero or (cell.unit and not rules.with_unit):
            return "gone_by_hand"
        # Maybe Loket refused the earlier file for it, and would refuse this one.
        return None if rules.accepts(component) else "gone_by_hand"

    def _sent_cells(self):
        """{cell: what a file sent last} of all files of this period that were made."""
        # As superuser: what was sent was sent, whoever may see it.
        made_sudo = self.sudo().search(
            [*self._of_same_period(), ("attachment_id", "!=", False)], order="id"
        )
        sent = {}
        for file_sudo in made_sudo:
            for cell, amount in file_sudo._file_cells().items():
                if amount.total or cell not in sent:
                    sent[cell] = amount
        return sent

    def _late_vals(self, composed, lists):
        """What is late, of which period, and whether it goes along."""
        files = {
            (file_sudo.year, file_sudo.period): file_sudo.id
            for file_sudo in self._files_that_count()
        }
        taken = {id(late) for late in (*composed.taken, *composed.kept)}
        kept = {id(late) for late in composed.kept}
        names = lists.catalogue.names()
        rows = [
            {
                "period_export_id": files[late.period],
                "kind": "kept" if id(late) in kept else "late",
                "employee_id": late.cell.employee,
                "payroll_number": late.cell.payroll_number,
                "distribution_unit": str(late.cell.unit or ""),
                "component_code": late.cell.component,
                "component_name": names.get(late.cell.component),
                "value": float(late.amount.total),
                "hours": float(late.amount.hours),
                "taken": id(late) in taken,
            }
            for late in (*composed.kept, *composed.late)
            if late.period in files
        ]
        for period, watch in composed.watches.items():
            for (employee, source), quantity in _by_person(watch.missing).items():
                rows.append(
                    {
                        "period_export_id": files[period],
                        "kind": "missing",
                        "employee_id": employee,
                        "component_name": source and self._late_source(source),
                        "value": float(quantity),
                        "hours": 0 if source else float(quantity),
                    }
                )
        return {
            "late_ids": [Command.create(vals) for vals in rows],
            "ledger": to_json(composed.ledger),
        }

    @api.depends("late_ids.taken")
    def _compute_has_late(self):
        for export in self:
            export.has_late = any(not late.taken for late in export.late_ids)

    @api.depends("replaces_id.attachment_id", "replaces_id.made_on")
    @api.depends_context("lang", "tz")
    def _compute_replaces_words(self):
        for export in self:
            # As superuser: it is only named, also to whom may not see it.
            replaced_sudo = export.replaces_id.sudo()
            export.replaces_words = bool(replaced_sudo) and self.env._(
                "replaces %(file)s, made on %(date)s",
                file=replaced_sudo.attachment_id.name,
                date=format_datetime(
                    self.env, replaced_sudo.made_on, dt_format="d MMM y HH:mm"
                ),
            )

    # === AS OF NOW === #

    @api.depends_context("lang")
    def _compute_late_now(self):
        """What is late of a file that counts; looked up each time it is shown."""
        watches = self._watches()
        for export in self:
            watch = watches.get(export.id)
            export.late_now = watch and self._in_short(watch)
            export.late_words = watch and self._in_words(watch)
            export.elsewhere_words = (
                watch
                and watch.is_elsewhere
                and self.env._(
                    "By the codes, cost centers, shifts and employments of now, some "
                    "of this period would stand elsewhere than in this file. That "
                    "makes nothing late; make the file again if Loket is to have it so."
                )
            )

    def _watches(self):
        """{id: ``payroll.late.Watch``} of those that count and are not too old."""
        since = fields.Date.context_today(self) - LOOK_BACK
        # As superuser: whoever looks, the same is late.
        counting_sudo = self.sudo().filtered(
            lambda one: (
                one.is_latest
                and one.date_to
                and one.date_to >= since
                # Who works at another administration is not known any more.
                and one.client_number == one.connection_id.client_number
            )
        )
        result = {}
        by_administration = counting_sudo.grouped(
            lambda one: (one.connection_id.id, one.client_number)
        )
        for files_sudo in by_administration.values():
            file_sudo = files_sudo[0]
            lists = file_sudo._lists()
            rules = file_sudo._rules(file_sudo._payroll_period(), lists)
            distribution = file_sudo.connection_id.distribution
            rules = replace(rules, with_unit=distribution == "distribution_unit")
            books = file_sudo._books(files_sudo, lists, rules, file_sudo._coverage())
            for one in files_sudo:
                result[one.id] = books.watch((one.year, one.period))
        return result

    def _in_short(self, watch):
        """What is late, as little as a list has room for."""
        hours, values = defaultdict(Decimal), defaultdict(Decimal)
        for late in watch.late:
            hours[late.is_less] += late.amount.hours
            values[late.cell.component, late.is_less] += late.amount.value
        parts = []
        for (_employee, source), quantity in _by_person(watch.missing).items():
            if source:  # values of one source; those of two are no one number
                parts.append(
                    self.env._("%(what)s more", what=self._late_value(source, quantity))
                )
            else:
                hours[False] += quantity
        for (component, is_less), quantity in sorted(values.items(), reverse=True):
            if quantity:
                text = (
                    self.env._("component %(code)s: %(quantity)s less")
                    if is_less
                    else self.env._("component %(code)s: %(quantity)s more")
                )
                number = formatLang(self.env, abs(float(quantity)))
                parts.insert(0, text % {"code": component, "quantity": number})
        for is_less in (True, False):
            if hours[is_less]:
                text = (
                    self.env._("%(quantity)s hours less")
                    if is_less
                    else self.env._("%(quantity)s hours more")
                )
                number = formatLang(self.env, abs(float(hours[is_less])))
                parts.insert(0, text % {"quantity": number})
        return ", ".join(parts)

    def _late_value(self, source, quantity):
        """A value that could not be delivered: of what it is, and how much."""
        bookings = self.env["loket.booking"]
        kind = bookings._kind_named(source.kind)
        record_sudo = self._late_source_sudo(source)
        words = bookings._value_in_words(float(quantity), kind, record_sudo)
        return f"{self._late_source(source)} {words}"

    def _late_source(self, source):
        """The hour type or wage component by name; a word where it is not known."""
        record_sudo = self._late_source_sudo(source)
        return record_sudo.display_name if record_sudo else self.env._("value")

    def _late_source_sudo(self, source):
        """The record of a source, as superuser, for it is only named. Maybe None."""
        kind = self.env["loket.booking"]._kind_named(source.kind)
        if not kind or not source.id:
            return None
        return self.env[kind.source_model].sudo().browse(source.id).exists()

    def _in_words(self, watch):
        """A line for each cell and person that something is late of."""
        people = {late.cell.employee for late in watch.late}
        missing = _by_person(watch.missing)
        names = self._names_of(people | {employee for employee, _source in missing})
        lines = [
            self.env._(
                "%(name)s (%(number)s), component %(code)s: %(value)s",
                name=names[late.cell.employee],
                number=late.cell.payroll_number,
                code=late.cell.component,
                value="+-"[late.amount.total < 0]
                + formatLang(self.env, abs(float(late.amount.total))),
            )
            for late in watch.late
        ]
        for (employee, source), quantity in missing.items():
            text = (
                self.env._(
                    "%(name)s: %(quantity)s that does not go into a file yet; make "
                    "the file again to see why"
                )
                if source
                else self.env._(
                    "%(name)s: %(quantity)s hours that do not go into a file yet; make "
                    "the file again to see why"
                )
            )
            words = (
                self._late_value(source, quantity)
                if source
                else formatLang(self.env, float(quantity))
            )
            lines.append(text % {"name": names[employee], "quantity": words})
        return "\n".join(lines)

    # === WHO IS TOLD === #

    @api.model
    def _cron_late(self):
        """Look what is late since the files were made, and tell the clerk (nightly)."""
        # As the system: whoever runs the scheduler, all files are watched.
        # And of archived ones: what is booked in periods of their files is late too.
        connections_sudo = (
            self.env["loket.connection"]
            .sudo()
            .search([("active", "in", [True, False])])
        )
        for connection_sudo in connections_sudo:
            try:
                with self.env.cr.savepoint():
                    self._tell_late(connection_sudo)
            except Exception as error:  # noqa: BLE001 (no failure stops the next)
                _logger.warning(
                    "Connection %s: what is late can't be looked up: %s",
                    connection_sudo.id,
                    type(error).__name__,
                )

    def _tell_less_late(self):
        """A file was made: what was late may not be any more."""
        # As superuser: the activity is another's, maybe.
        connection_sudo = self.connection_id.sudo()
        if self._late_activities(connection_sudo):
            self._tell_late(connection_sudo)

    @api.model
    def _late_activities(self, connection_sudo):
        exports_sudo = self.sudo().search([("connection_id", "=", connection_sudo.id)])
        return exports_sudo.activity_search([LATE])

    @api.model
    def _tell_late(self, connection_sudo):
        """One activity for all that is late of a connection, on the last such file."""
        files_sudo = self.sudo().search(
            [
                ("connection_id", "=", connection_sudo.id),
                ("client_number", "=", connection_sudo.client_number),
                ("is_latest", "=", True),
            ]
        )
        activities_sudo = self._late_activities(connection_sudo)
        watches = files_sudo._watches()
        late_sudo = files_sudo.filtered(
            lambda one: one.id in watches and _has_late(watches[one.id])
        )
        if not late_sudo:
            activities_sudo.unlink()
            return
        user = late_sudo[0]._clerk()
        # In the language of who is told.
        late_sudo = late_sudo.with_context(lang=user.lang)
        note = "\n".join(
            self.env._(
                "%(period)s: %(late)s.",
                period=one.period_name,
                late=one._in_short(watches[one.id]),
            )
            for one in late_sudo
        )
        vals = {
            "summary": late_sudo.env._("Loket: booked after the file was made"),
            "note": plain_html(
                "\n".join(
                    (
                        note,
                        late_sudo.env._(
                            "Make that period again, or take it along in the file of "
                            "a later period."
                        ),
                    )
                )
            ),
        }
        last_sudo = late_sudo[0]
        here_sudo = activities_sudo.filtered(
            lambda one: one.res_id == last_sudo.id and one.user_id == user
        )[:1]
        (activities_sudo - here_sudo).unlink()
        if here_sudo:
            here_sudo.write(vals)
        else:
            last_sudo.activity_schedule(LATE, user_id=user.id, **vals)

    def _clerk(self):
        """Who is told of a file: who made it, else who is told of the connection."""
        # As superuser: users and their rights are not the user's to read.
        user_sudo, company_sudo = self.sudo().user_id, self.sudo().company_id
        if (
            user_sudo.active
            and company_sudo in user_sudo.company_ids
            and user_sudo.has_group("l10n_nl_loket.group_user")
        ):
            return user_sudo
        return self.connection_id._responsible()


def _staff(rules):
    """Whose employment is whose now; ``payroll.late.Staff``."""
    jobs = [(who, job) for who, of_who in rules.jobs.items() for job in of_who]
    return Staff(
        numbers={
            job.id: job.payroll_number for _who, job in jobs if job.payroll_number
        },
        employees={
            job.id: who for who, job in jobs if job.connection == rules.connection
        },
    )


def _by_person(missing):
    """{(employee id, source; None for hours): quantity}"""
    sums = defaultdict(Decimal)
    for one, quantity in missing.items():
        sums[one.employee, None if one.is_hours else one.source] += quantity
    return sums


def _has_late(watch):
    return bool(watch.late or watch.missing)
