# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

from ...gateway import LoketError, LoketMisconfigured, LoketRefused
from ...words import _lt, joined
from ..translated import Name, lines_of, translated
from . import same_loket
from .loket_connection import REFS

#: Periods of a payroll year -> kind of period, where the administration does not tell.
PERIOD_TYPE_OF = {
    12: "month",
    13: "four_weeks",
    14: "four_weeks",
    52: "week",
    53: "week",
}
#: How many years back Loket is asked for its periods: files are of those.
YEARS_BACK = 2


class LoketConnection(models.Model):
    """What the settings need of Loket: the administration, its lists, its rights."""

    _inherit = "loket.connection"

    def action_fetch(self):
        """Fetch what the settings need: administration, cost centers, components.

        All of it is taken over, or nothing. Trouble is kept on the connection and
        shown to the person who clicked.
        """
        self.check_access("write")
        self.ensure_one()
        try:
            is_chosen = self._fetch_whole()
        except LoketError as error:
            return self._tell_person(self._record_error(error))
        if not is_chosen:
            return self.action_choose_administration()
        message = self.env._(
            "Fetched %(centers)s cost centers and %(components)s components.",
            centers=self.cost_center_count,
            components=self.component_count,
        )
        if not self.warning:
            return self._tell_person(message, "success")
        look = self.env._("See the warning on the connection.")
        return self._tell_person(f"{message} {look}", "warning")

    def _fetch_whole(self):
        """Fetch everything, or take nothing over.

        :return: whether an administration is chosen, and so everything was fetched
        :raise LoketError: Loket refused, or did not answer well
        """
        with self.env.cr.savepoint():
            return self._fetch()

    def _fetch(self):
        gateway = self._gateway()
        before = self.administration_ref, self.period_type
        if not self._identify(gateway):
            self._mark_connected()
            return False
        missing = gateway.missing_activities(self.employer_ref)
        push_missing = self._push_rights(gateway)
        hidden = gateway.hidden_by_filter(self.employer_ref)
        loket_periods = self._read_periods(gateway)
        kept = self._take_over_periods(loket_periods)
        kept += self._fetch_cost_centers(gateway)
        if not self._component_years():  # the first fetch
            self._follow_distribution()
        try:
            lists = self._read_components(gateway, loket_periods)
        except LoketRefused as error:
            if not error.activity:  # it is the link that is refused, not the right
                raise
            lists = {}
            kept.append(translated(self.env, error.message))
        kept += self._take_over_components(lists)
        warnings = [
            *self._client_number_warnings(),
            *self._period_type_warnings(*before),
            *self._missing_rights(missing),
            *self._payslip_warnings(gateway),
            *(translated(self.env, reason) for reason in hidden),
            *kept,
        ]
        warnings += self._component_warnings()
        warnings += self._period_warnings()
        warnings += self._twin_warnings()
        # Last, when all lists are here: only then may a file be made. As superuser:
        # nobody writes these by hand.
        self.sudo().write(
            {
                "state": "ready" if self._is_fetched() else "connected",
                "last_error": False,
                "push_missing": push_missing,
                "warning": joined("\n", warnings) or False,
            }
        )
        return True

    # === EMPLOYER AND ADMINISTRATION === #

    def _identify(self, gateway):
        """Look up names and numbers of the administration that was chosen.

        Chooses by itself where there is one only.

        :return: whether one is chosen
        :raise LoketMisconfigured: Loket does not offer the one that was chosen, or
            another connection reads it
        """
        employers = {employer.ref: employer for employer in gateway.employers()}
        employer = self._chosen(employers, self.employer_ref, self._refuse_employer)
        if not employer:
            return False
        administrations = {
            administration.ref: administration
            for administration in gateway.administrations(employer.ref)
        }
        administration = self._chosen(
            administrations, self.administration_ref, self._refuse_administration
        )
        if not administration:
            return False
        # Said like all that is wrong with a fetch; writing it would refuse it as well.
        others_sudo = same_loket.others_of_administration(self, administration.ref)
        if others_sudo:
            raise LoketMisconfigured(self._refusal(others_sudo[0]))
        vals = {
            "employer_ref": employer.ref,
            "employer_name": employer.name,
            "administration_ref": administration.ref,
            "administration_name": administration.name,
            "client_number": administration.client_number,
            "client_number_told": administration.client_number,
            "period_type": administration.period_type,
        }
        # Of the same administration, these are not lost because Loket leaves them
        # empty, and files don't go by another client number before somebody said so.
        is_known = not self._is_other_administration(
            {name: vals[name] for name in REFS}
        )
        if is_known and self.administration_ref:
            vals["client_number"] = self.client_number or vals["client_number"]
            vals["period_type"] = vals["period_type"] or self.period_type
        self.sudo().write(vals)  # as superuser: what Loket tells is not written by hand
        return True

    def action_take_client_number(self):
        """The client number that Loket gives is right: payroll files go by it."""
        self.check_access("write")
        self.ensure_one()
        if self.client_number_told:
            over = self._client_number_warnings()
            lines = lines_of(self.env, self.warning)
            rest = joined("\n", (line for line in lines if line not in over))
            # As superuser: nobody writes these by hand.
            self.sudo().write(
                {"client_number": self.client_number_told, "warning": rest}
            )
        return True

    def _client_number_warnings(self):
        """A sentence where Loket gives another client number, or none any more."""
        if not self.client_number or self.client_number_told == self.client_number:
            return []
        if not self.client_number_told:
            return [
                self._lt(
                    "Loket gives no client number of this administration any more. "
                    "%(number)s is kept, and payroll files go by it. Ask Loket what "
                    "happened to it.",
                    number=self.client_number,
                )
            ]
        return [
            self._lt(
                "Loket gives client number %(told)s of this administration, which had "
                "%(number)s. Payroll files go by %(number)s until you take over the "
                "other one.",
                told=self.client_number_told,
                number=self.client_number,
            )
        ]

    def _period_type_warnings(self, administration_ref, period_type):
        """A sentence where the same administration has other periods by now.

        :param administration_ref: that was chosen before
        :param period_type: that it had before
        """
        is_same = administration_ref == self.administration_ref
        if not is_same or not period_type or period_type == self.period_type:
            return []
        labels = {
            key: Name("choice", (self._name, "period_type", key), label)
            for key, label in self._fields["period_type"]._description_selection(
                self.env
            )
        }
        return [
            self._lt(
                "The payroll periods of this administration are of another kind in "
                "Loket by now: %(now)s, and were: %(before)s. Files that were made "
                "keep theirs. Look at the dates of the next payroll file.",
                now=labels[self.period_type],
                before=labels[period_type],
            )
        ]

    def _chosen(self, offered, ref, refuse):
        """What was chosen, else the only one that Loket offers, else None.

        :param offered: {reference: employer or administration}
        :param ref: the reference that was chosen, if any
        :param refuse: called with the reference that is not offered; raises
        """
        if ref:
            # References are GUIDs, and Loket does not tell small from capital.
            return offered.get(ref) or offered.get(ref.lower()) or refuse(ref)
        return next(iter(offered.values())) if len(offered) == 1 else None

    def _refuse_employer(self, ref):
        raise LoketMisconfigured(
            _lt(
                "The Loket user has no employer %(ref)s. Choose another one, or give "
                "the user access to it in Loket.",
                ref=ref,
            )
        )

    def _refuse_administration(self, ref):
        raise LoketMisconfigured(
            _lt(
                "The employer has no payroll administration %(ref)s. Choose another "
                "one, or give the Loket user access to it.",
                ref=ref,
            )
        )

    # === LISTS === #

    def _fetch_cost_centers(self, gateway):
        """Take over both kinds; one that is empty, or not seen, keeps what it had.

        :return: a sentence on each kind that was kept so, and on what is gone
        """
        centers = gateway.cost_centers(self.employer_ref, self.administration_ref)
        given = {center.kind for center in centers.records}
        kept = self.cost_center_ids.filtered(lambda center: center.kind not in given)
        # As superuser: these lists are Loket's, nobody edits them in Odoo.
        gone_sudo = (
            self.env["loket.cost.center"]
            .sudo()
            ._renew_copy(
                self,
                ("kind", "ref"),
                [
                    {
                        "kind": center.kind,
                        "ref": center.ref,
                        "code": center.code,
                        "name": center.name,
                    }
                    for center in (*centers.records, *kept)
                ],
            )
        )
        codes = {(center.kind, center.code) for center in centers.records}
        labels = {
            "cost_center": self._lt("cost centers"),
            "distribution_unit": self._lt("distribution units"),
        }
        return [
            self._lt(
                "Loket gives no %(list)s any more. Those that it gave before are kept. "
                "Check the rights of the Loket user, or ask Loket what happened to "
                "the list.",
                list=labels[kind],
            )
            for kind in sorted(set(kept.mapped("kind")))
        ] + self._gone_of_list(
            # What Loket gives by another reference is there.
            gone_sudo.filtered(lambda center: (center.kind, center.code) not in codes)
        )

    def _gone_of_list(self, gone):
        """A sentence on what is gone of a list; none where nothing is.

        :param gone: cost centers or components that were archived
        """
        if not gone:
            return []
        return [
            self._lt(
                "Loket no longer gives %(names)s. Where one is mapped, choose another, "
                "or ask Loket what happened to it.",
                names=self._first_names(gone),
            )
        ]

    def _follow_distribution(self):
        """What the upload in Loket is to be told, as long as nobody knew better.

        Loket's *Verdelingseenheid: Ja* is for who has distribution units.
        """
        kinds = self.cost_center_ids.mapped("kind")
        if "distribution_unit" in kinds:
            self.distribution = "distribution_unit"

    def _read_components(self, gateway, loket_periods):
        """Ask Loket for its components of each payroll year; writes nothing.

        :param loket_periods: what ``_read_periods`` returned just now
        :return: {year: list of ``gateway.Component``}; None for a year that Loket does
            not have
        """
        return {
            year: gateway.components(self.administration_ref, year)
            for year in self._payroll_years(loket_periods)
        }

    def _take_over_components(self, lists):
        """Keep the components that Loket gave, year by year.

        A list that is empty, or gone, where there was one is a fault: what was there
        is kept, for without it nothing would be held against a wrong code.

        :param lists: what ``_read_components`` returned
        :return: a sentence on each year whose list was kept so, and on what is gone
        """
        # As superuser: these lists are Loket's, nobody edits them in Odoo.
        offered_sudo = self.env["loket.component"].sudo()
        known = self._component_years()
        gone_sudo = offered_sudo.browse()
        sentences = []
        for year, components in lists.items():
            if components:
                gone_sudo += offered_sudo._renew_copy(
                    self,
                    ("code", "year"),
                    [
                        {
                            "code": component.code,
                            "name": component.name,
                            "category": component.category,
                            "category_key": component.category_key or 0,
                            "collective": component.collective,
                            "year": component.year,
                        }
                        for component in components
                    ],
                    among=[("year", "=", year)],
                )
            elif year in known:
                sentences.append(
                    self._lt(
                        "Loket gives no components of %(year)s any more. Those that it "
                        "gave before are kept, and codes are still checked with them. "
                        "Ask Loket what happened to the list.",
                        year=year,
                    )
                )
        return sentences + self._gone_of_list(gone_sudo)

    def _first_names(self, records):
        """The names of the first of these, and how many more there are."""
        names = dict.fromkeys(records.mapped("display_name"))
        return self.env["loket.sync.run"]._first_names([*names])

    def _component_years(self):
        """The payroll years of which a list of components was ever fetched."""
        # As superuser: whoever may ask of a connection may know what was fetched.
        groups = (
            self.env["loket.component"]
            .sudo()
            ._read_group([("connection_id", "=", self.id)], ["year"])
        )
        return {year for (year,) in groups}

    def _push_rights(self, gateway):
        """What the Loket user lacks to have hours sent into Loket; apart from the rest:
        the connection does without.

        :return: a right a line; False where nothing is lacking, or only files can be
            carried
        """
        if not gateway.period_data:
            return False
        missing = gateway.period_data.missing_activities(self.employer_ref)
        rights = (translated(self.env, right) for right in missing)
        return joined("\n", rights) or False

    # === WARNINGS === #

    def _missing_rights(self, activities):
        """A sentence with the ``activities`` that the Loket user lacks, if any."""
        if not activities:
            return []
        return [
            self._lt(
                "The Loket user lacks these rights: %(rights)s. Ask whoever manages "
                "users in Loket to grant them.",
                rights=joined(", ", activities),
            )
        ]

    def _payslip_warnings(self, gateway):
        """A sentence where payslips are wanted, and can't be read.

        :raise LoketError: Loket can't answer
        """
        data = gateway.period_data
        if not self.fetch_payslips:
            return []
        if not data:
            return [
                self._lt(
                    "Payslips can't be fetched by user name and password (SOAP). "
                    "Connect by consent (REST)."
                )
            ]
        rights = data.missing_payslip_activities(self.employer_ref)
        if not rights:
            return []
        return [
            self._lt(
                "To fetch payslips the Loket user lacks these rights: %(rights)s. Ask "
                "whoever manages users in Loket to grant them, or switch payslips off.",
                rights=joined(", ", rights),
            )
        ]

    def _component_warnings(self):
        """A sentence on each year, up to this one, whose codes can't be checked."""
        this_year = fields.Date.context_today(self).year
        years = set(self._payroll_years()) - self._component_years()
        return [
            self._lt(
                "Loket gives no components of %(year)s: the codes in a payroll file of "
                "that year are not checked.",
                year=year,
            )
            for year in sorted(years)
            if year <= this_year
        ]

    def _period_warnings(self):
        """What is odd in Loket's periods: none at all, days in none, or in two."""
        calendar = self._calendar()
        if not calendar.years:
            return [
                self._lt(
                    "Loket gives no dates of its payroll periods, so Odoo works them "
                    "out. Compare the dates of a payroll file with those in Loket."
                )
            ]
        soon = fields.Date.subtract(fields.Date.context_today(self), years=1)
        sentences = []
        for period, following in calendar.breaks():
            if following.end < soon:
                continue
            words = {
                "year": following.year,
                "number": following.number,
                "start": following.start,
                "end": period.end,
            }
            if following.start <= period.end:
                sentence = self._lt(
                    "Period %(number)s of %(year)s starts on %(start)s in Loket, while "
                    "the one before ends on %(end)s: what is booked on the days in "
                    "both is in two payroll files. Ask Loket which dates are right.",
                    **words,
                )
            else:
                sentence = self._lt(
                    "Period %(number)s of %(year)s starts on %(start)s in Loket, while "
                    "the one before ends on %(end)s: what is booked on the days "
                    "between them is in no payroll file. Ask Loket which dates are "
                    "right.",
                    **words,
                )
            sentences.append(sentence)
        return sentences

    # === PERIODS === #

    def _read_periods(self, gateway):
        """Ask Loket for its payroll periods; writes nothing.

        :return: list of ``gateway.Period``; empty where the Loket user may not see them
        """
        year = fields.Date.context_today(self).year - YEARS_BACK
        try:
            return gateway.periods(self.administration_ref, year)
        except LoketRefused as error:
            if not error.activity:  # it is the link that is refused, not the right
                raise
            return []

    def _take_over_periods(self, loket_periods):
        """Keep the periods that Loket gave; none is no news.

        :param loket_periods: what ``_read_periods`` returned
        :return: a sentence where Loket gave periods before, and does not now
        """
        if not self.period_type and loket_periods:
            year = fields.Date.context_today(self).year
            of_year = [period for period in loket_periods if period.year == year]
            # As superuser, also below: these are Loket's, nobody edits them in Odoo.
            self.sudo().period_type = PERIOD_TYPE_OF.get(len(of_year))
        kept_sudo = self.env["loket.period"].sudo()._renew(self, loket_periods)
        if kept_sudo:
            return [
                self._lt(
                    "Loket no longer gives the payroll periods %(periods)s. They are "
                    "kept as it gave them before. Ask Loket what happened to them.",
                    periods=self._first_names(kept_sudo.sorted()),
                )
            ]
        if loket_periods or not self.period_ids:
            return []
        return [
            self._lt(
                "Loket gives no payroll periods any more. Those that it gave before "
                "are kept. Check the rights of the Loket user."
            )
        ]

    def _calendar(self):
        """The ``PayrollCalendar``: Loket's periods, computed where it gives none.

        Whoever needs more than one period asks it once.
        """
        self.ensure_one()
        return self.env["loket.period"]._calendar(self)

    def _period(self, year, number):
        """A payroll period as a plain value; None where there is no such period.

        :param year: as Loket counts
        :param number: from 1
        :return: a ``periods.Period``
        """
        return self._calendar().period(year, number)

    def _periods_between(self, first, last):
        """The periods with a day from ``first`` to ``last``, in order.

        :return: list of ``periods.Period``
        """
        return self._calendar().between(first, last)

    def _payroll_years(self, loket_periods=()):
        """The payroll years from last year on that Loket has periods of.

        This year where it gives none, and in its first weeks last year too.

        :param loket_periods: ``gateway.Period`` values that were not taken over yet
        """
        today = fields.Date.context_today(self)
        years = {*self._calendar().years, *(period.year for period in loket_periods)}
        given = sorted(year for year in years if year >= today.year - 1)
        return given or sorted({today.year, (today - timedelta(days=60)).year})
