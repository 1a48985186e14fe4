# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

from ...gateway import LoketError, LoketMisconfigured
from ...payroll_file import periods
from ...words import _lt

#: Periods of a payroll year -> kind of period, where the administration does not tell.
PERIOD_TYPE_OF = {12: "month", 13: "four_weeks", 52: "week", 53: "week"}


class LoketConnection(models.Model):
    _inherit = "loket.connection"

    def action_fetch(self):
        """Fetch what the settings need: administration, cost centers, components.

        All of it is taken over, or nothing. Trouble is kept on the connection and
        shown to the person who clicked.
        """
        self.ensure_one()
        self.check_access("write")
        try:
            chosen = self._fetch_whole()
        except LoketError as error:
            return self._tell_person(self._record_error(error))
        if not chosen:
            return self.action_choose_administration()
        return self._tell_person(
            self.env._(
                "Fetched %(centers)s cost centers and %(components)s components.",
                centers=self.cost_center_count,
                components=self.component_count,
            ),
            "success",
        )

    def _fetch_whole(self):
        with self.env.cr.savepoint():
            return self._fetch()

    def _fetch(self):
        """Whether an administration is chosen, and so everything was fetched."""
        gateway = self._gateway()
        if not self._identify(gateway):
            self._is_connected()
            return False
        missing = gateway.missing_activities(self.employer_ref)
        hidden = gateway.hidden_by_filter(self.employer_ref)
        year = fields.Date.context_today(self).year
        loket_periods = gateway.periods(self.administration_ref, year)
        if not self.period_type:
            self.period_type = PERIOD_TYPE_OF.get(len(loket_periods))
        self._take_over_cost_centers(gateway)
        self._take_over_components(gateway)
        warnings = [*self._missing_rights(missing), *map(self._translate, hidden)]
        warnings += self._differing_periods(loket_periods)
        self.sudo().write(
            {
                "state": "ready" if self._is_fetched() else "connected",
                "last_error": False,
                "warning": "\n".join(warnings) or False,
            }
        )
        return True

    # === EMPLOYER AND ADMINISTRATION === #

    def _identify(self, gateway):
        """Look up names and numbers of the administration that was chosen.

        Chooses by itself where there is one only. Returns whether there is a choice.
        """
        employers = {one.ref: one for one in gateway.employers()}
        employer = self._chosen(employers, self.employer_ref, self._no_employer)
        if not employer:
            return False
        administrations = {
            one.ref: one for one in gateway.administrations(employer.ref)
        }
        administration = self._chosen(
            administrations, self.administration_ref, self._no_administration
        )
        if not administration:
            return False
        self.write(
            {
                "employer_ref": employer.ref,
                "employer_name": employer.name,
                "administration_ref": administration.ref,
                "administration_name": administration.name,
                "client_number": administration.client_number,
                "period_type": administration.period_type,
            }
        )
        return True

    def _chosen(self, offered, ref, absent):
        """The one of this reference, or the only one there is, or None."""
        if ref:
            # References are GUIDs, and Loket does not tell small from capital.
            found = offered.get(ref) or offered.get(ref.lower())
            return found or absent(ref)
        return next(iter(offered.values())) if len(offered) == 1 else None

    def _no_employer(self, ref):
        raise LoketMisconfigured(
            _lt(
                "The Loket user has no employer %(ref)s. Choose another one, or give "
                "the user access to it in Loket.",
                ref=ref,
            )
        )

    def _no_administration(self, ref):
        raise LoketMisconfigured(
            _lt(
                "The employer has no payroll administration %(ref)s. Choose another "
                "one, or give the Loket user access to it.",
                ref=ref,
            )
        )

    # === LISTS === #

    def _take_over_cost_centers(self, gateway):
        CostCenter = self.env["loket.cost.center"]
        centers = gateway.cost_centers(self.employer_ref, self.administration_ref)
        CostCenter.sudo()._take_over(
            self,
            ("kind", "ref"),
            [
                {
                    "kind": one.kind,
                    "ref": one.ref,
                    "code": one.code,
                    "name": one.name,
                }
                for one in centers
            ],
        )

    def _take_over_components(self, gateway):
        """Of this year, and in its first weeks those of last year's last period."""
        today = fields.Date.context_today(self)
        years = {today.year, (today - timedelta(days=60)).year}
        components = [
            component
            for year in sorted(years)
            for component in gateway.components(self.administration_ref, year)
        ]
        self.env["loket.component"].sudo()._take_over(
            self,
            ("code", "year"),
            [
                {
                    "code": one.code,
                    "name": one.name,
                    "category": one.category,
                    "collective": one.collective,
                    "year": one.year,
                }
                for one in components
            ],
        )

    # === WARNINGS === #

    def _missing_rights(self, missing):
        if not missing:
            return []
        return [
            self.env._(
                "The Loket user lacks these rights: %(rights)s. Ask whoever manages "
                "users in Loket to grant them.",
                rights=", ".join(self._translate(one) for one in missing),
            )
        ]

    def _differing_periods(self, loket_periods):
        """Periods whose dates in Loket are not those that the file is made for."""
        differing = []
        for period in loket_periods if self.period_type else ():
            if not 1 <= period.number <= periods.count(self.period_type, period.year):
                differing.append(period)
                continue
            bounds = periods.bounds(self.period_type, period.year, period.number)
            if bounds != (period.date_from, period.date_to):
                differing.append(period)
        return [
            self.env._(
                "Period %(number)s of %(year)s runs from %(start)s to %(end)s in "
                "Loket. The payroll file is made for other dates: check with Loket.",
                number=period.number,
                year=period.year,
                start=period.date_from,
                end=period.date_to,
            )
            for period in differing
        ]
