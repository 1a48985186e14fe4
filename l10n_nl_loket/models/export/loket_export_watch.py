# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is late of the files that count, as of now; and the clerk who is told."""

import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..connection.loket_connection import TROUBLE
from ..plain_html import plain_html
from .loket_export_delivered import LOOK_BACK

_logger = logging.getLogger(__name__)

LATE = "l10n_nl_loket.mail_activity_type_late"


class LoketExport(models.Model):
    """What is late of the files that count, as of now; and the clerk who is told."""

    _inherit = "loket.export"

    late_now = fields.Char(
        "Late",
        compute="_compute_late_now",
        help="What is booked in this period now, and is in no file.",
    )
    late_words = fields.Text(compute="_compute_late_now")
    elsewhere_words = fields.Char(compute="_compute_late_now")

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
            lambda file: (
                file.is_latest
                and file.date_to
                and file.date_to >= since
                # Who works at another administration is not known any more.
                and file.client_number == file.connection_id.client_number
            )
        )
        result = {}
        by_administration = counting_sudo.grouped(
            lambda file: (file.connection_id.id, file.client_number)
        )
        for files_sudo in by_administration.values():
            last_sudo = files_sudo[0]
            lists = last_sudo._lists()
            rules = last_sudo._rules(last_sudo._payroll_period(), lists)
            distribution = last_sudo.connection_id.distribution
            rules = replace(rules, with_unit=distribution == "distribution_unit")
            counting_sudo = last_sudo._files_that_count()
            coverage = last_sudo._coverage()
            books = last_sudo._books(counting_sudo, files_sudo, coverage, lists, rules)
            for file_sudo in files_sudo:
                period = (file_sudo.year, file_sudo.period)
                result[file_sudo.id] = books.watch(period)
        return result

    def _in_short(self, watch):
        """What is late, as little as a list has room for."""
        parts = [
            text % {"quantity": formatLang(self.env, float(quantity))}
            for text, quantity in zip(
                (
                    self.env._("%(quantity)s hours more"),
                    self.env._("%(quantity)s hours less"),
                ),
                watch.hours(),
                strict=True,
            )
            if quantity
        ]
        for component, (more, less) in sorted(watch.values().items()):
            for text, quantity in (
                (self.env._("component %(code)s: %(quantity)s more"), more),
                (self.env._("component %(code)s: %(quantity)s less"), less),
            ):
                if quantity:
                    number = formatLang(self.env, float(quantity))
                    parts.append(text % {"code": component, "quantity": number})
        for (_employee, source), quantity in watch.missing_of().items():
            if source:  # values of one source; those of two are no one number
                what = self._late_value(source, quantity)
                parts.append(self.env._("%(what)s more", what=what))
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
        missing = watch.missing_of()
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
        # As the system: whoever runs the scheduler, all files are watched. Of archived
        # ones too: what is booked in the periods of their files is late as well.
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
                # Told, for who sees no activity would take it that nothing is late.
                self.env["loket.sync.run"]._tell(
                    connection_sudo,
                    TROUBLE,
                    self.env._("Loket: what is late is not known"),
                    self.env._(
                        "Odoo could not look up what was booked after the payroll "
                        "files were made, so nobody is told of it. Open the last "
                        "payroll file; if that fails too, ask your administrator to "
                        "look at the log of Odoo."
                    ),
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
        files_sudo = self._counting_of(connection_sudo, connection_sudo.client_number)
        watches = files_sudo._watches()
        late_sudo = files_sudo.filtered(
            lambda file: file.id in watches and watches[file.id].is_late
        )
        activities_sudo = self._late_activities(connection_sudo)
        if not late_sudo:
            activities_sudo.unlink()
            return
        last_sudo = late_sudo[0]
        user = last_sudo._clerk()
        # In the language of who is told.
        vals = late_sudo.with_context(lang=user.lang)._late_activity_vals(watches)
        here_sudo = activities_sudo.filtered(
            lambda activity: (
                activity.res_id == last_sudo.id and activity.user_id == user
            )
        )[:1]
        (activities_sudo - here_sudo).unlink()
        if here_sudo:
            here_sudo.write(vals)
        else:
            last_sudo.activity_schedule(LATE, user_id=user.id, **vals)

    def _late_activity_vals(self, watches):
        """What is late of these files, as an activity tells it.

        :param watches: as ``_watches`` gives them
        """
        lines = [
            self.env._(
                "%(period)s: %(late)s.",
                period=file.period_name,
                late=file._in_short(watches[file.id]),
            )
            for file in self
        ]
        lines.append(
            self.env._(
                "Make that period again, or take it along in the file of a later "
                "period."
            )
        )
        return {
            "summary": self.env._("Loket: booked after the file was made"),
            "note": plain_html("\n".join(lines)),
        }

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
