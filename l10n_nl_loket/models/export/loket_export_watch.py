# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is late of the files that count, as of now; and the clerk who is told."""

import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...payroll.coverage import LOOK_BACK
from ...payroll.kept import in_order, renewed
from ...payroll.late import Books, Staff, Watch
from ..connection.loket_connection import TROUBLE
from ..plain_html import plain_html
from ..told import as_read_by, keep_activity

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

    def _watches(self, *, afresh=False):
        """{id: ``payroll.late.Watch``} of those that count and are not too old.

        What was found before is told as long as it is known to hold.

        :param afresh: whether all bookings are read, whatever is known
        """
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
        if not counting_sudo:
            return {}
        kept_sudo = self.env["loket.export.kept"].sudo()
        # Before anything else is read: what is written after it leaves a mark.
        point = self.env["loket.booking.mark"].sudo()._point()
        prints = kept_sudo._fingerprints(counting_sudo)
        result = {}
        for connection, files_sudo in counting_sudo.grouped("connection_id").items():
            known = kept_sudo._found(files_sudo, prints) if prints else {}
            found, ledgers = files_sudo._look_again({} if afresh else known)
            if afresh:
                _tell_differences(connection, known, found)
            result |= {id_: watch for id_, (watch, _people) in known.items()}
            result |= {id_: watch for id_, watch, _days, _is_shared in found}
            if prints:
                kept_sudo._keep(
                    found, ledgers, prints, point, connection.id, waits=afresh
                )
        return result

    def _look_again(self, known):
        """Look up what is not known of these files of one administration.

        :param known: as ``loket.export.kept`` found it: of whom it is to be looked up
            again, of all others it holds
        :return: what ``loket.export.kept`` keeps, of those that were looked up; and
            {id of a file: all that it delivered}, of those that were read whole
        """
        new = self.filtered(lambda file: file.id not in known)
        touched = self.filtered(lambda file: file.id in known and known[file.id][1])
        result, ledgers = new._look_up() if new else ([], {})
        if touched:
            people = set().union(*(known[file.id][1] for file in touched))
            result += [
                (id_, renewed(known[id_][0], watch, people), days, is_shared)
                for id_, watch, days, is_shared in touched._look_up(people)[0]
            ]
        return result, ledgers

    def _look_up(self, people=None):
        """What is late of these files of one administration, from what is booked now.

        :param people: ids of the employees whose bookings are read; None: all
        :return: list of (id, ``Watch``, the days that are of it, whether a file of
            another link may hold some of it); and {id of a file: what it delivered}
        """
        first_sudo = self[0]
        counting_sudo = first_sudo._files_that_count()
        ledgers = first_sudo._ledgers(counting_sudo, self, people)
        among = people
        if people is not None:
            # Whose payroll number and employment it is by now decides too.
            among = people | first_sudo._who_has(
                {
                    piece
                    for ledger in ledgers.values()
                    for part in ledger.values()
                    for piece in part.pieces
                }
            )
        lists = first_sudo._lists()
        rules = first_sudo._rules(first_sudo._payroll_period(), lists, among)
        distribution = first_sudo.connection_id.distribution
        rules = replace(rules, with_unit=distribution == "distribution_unit")
        coverage = first_sudo._coverage()
        books = Books(
            ledgers=ledgers,
            now=first_sudo._booked_now(self, coverage, lists, rules, people),
            staff=Staff.of(rules),
            with_unit=rules.with_unit,
        )
        paid = {
            employee
            for employee, jobs in rules.jobs.items()
            if any(job.connection == rules.connection for job in jobs)
        }
        result = []
        for file_sudo in self:
            key = (file_sudo.year, file_sudo.period)
            days = coverage.days([key])
            is_shared = not paid.isdisjoint(first_sudo._people_elsewhere(days))
            watch = in_order(books.watch(key))
            result.append((file_sudo.id, watch, days, is_shared))
        ids = {
            (file_sudo.year, file_sudo.period): file_sudo.id
            for file_sudo in counting_sudo
        }
        return result, {ids[key]: ledger for key, ledger in ledgers.items()}

    def _who_has(self, pieces):
        """Ids of the employees whose payroll number is one of these, at this link.

        Or whose employment: its number may be another one since.

        :param pieces: of ``payroll.delivered``
        """
        rows_sudo = (
            self.env["loket.employee"]
            .sudo()  # whoever looks, the same is late
            .search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("employee_id", "!=", False),
                    "|",
                    ("id", "in", list({piece.job for piece in pieces})),
                    (
                        "payroll_number",
                        "in",
                        list({piece.cell.payroll_number for piece in pieces}),
                    ),
                ]
            )
        )
        return set(rows_sudo.employee_id.ids)

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
        """Look what is late since the files were made, and tell the clerk (nightly).

        All bookings are read, whatever is known: so what was kept is set right as well.
        """
        # As the system: whoever runs the scheduler, all files are watched. Of archived
        # ones too: what is booked in the periods of their files is late as well.
        for (connection_sudo,) in self.sudo()._read_group([], ["connection_id"]):
            try:
                with self.env.cr.savepoint():
                    number = connection_sudo.client_number
                    files_sudo = self._counting_of(connection_sudo, number)
                    files_sudo._watches(afresh=True)
                    self._tell_late(connection_sudo)
                    since = fields.Date.context_today(self) - LOOK_BACK
                    recent = [("date_to", ">=", since)]
                    files_sudo.filtered_domain(recent)._tell_since()
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
                    self._lt("Loket: what is late is not known"),
                    self._lt(
                        "Odoo could not look up what was booked after the payroll "
                        "files were made, so nobody is told of it. Open the last "
                        "payroll file; if that fails too, ask your administrator to "
                        "look at the log of Odoo."
                    ),
                )

    def _tell_since(self):
        """Tell what is to be known of these files since they were made, each once.

        Of kinds of booking that addons bring: they extend it.
        """

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
        vals = as_read_by(late_sudo, user)._late_activity_vals(watches)
        here_sudo = activities_sudo.filtered(
            lambda activity: (
                activity.res_id == last_sudo.id and activity.user_id == user
            )
        )[:1]
        (activities_sudo - here_sudo).unlink()
        keep_activity(last_sudo, LATE, user, vals)

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


def _tell_differences(connection, known, found):
    """That what was kept was not what is booked; how many files, and nobody's name.

    :param known: what would have been told, without reading any booking
    :param found: what the bookings tell
    """
    wrong = [
        id_
        for id_, again, _days, _is_shared in found
        if id_ in known and not _is_alike(again, *known[id_])
    ]
    if wrong:
        _logger.warning(
            "Connection %s: what was kept as late of the payroll files %s was not what "
            "is booked; it is set right",
            connection.id,
            wrong,
        )


def _is_alike(again, watch, people):
    """Whether the same is found of all but some people, who were booked for since."""
    nothing = Watch()
    return renewed(watch, nothing, people) == renewed(again, nothing, people)
