# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Loket's REST API v2."""

import time
from collections.abc import Callable, Collection
from datetime import date
from functools import partial

from ...words import _lt
from ..address import checked_url
from ..errors import LoketBadReply, LoketError, LoketMisconfigured, LoketRefused
from ..http import Patience
from ..port import Gateway, Lists, TokenStore, earlier_day, first_days
from ..records import (
    Administration,
    Component,
    CostCenter,
    CostCenterKind,
    CostCenters,
    Employer,
    Employments,
    Period,
    Problem,
)
from . import endpoints, mapping, oauth, period_mapping, rights
from .lists import FACTS, Facts, ReadLists
from .packed import Depot, PackedList
from .period_data import RestPeriodData
from .reading import JsonObject
from .transport import Transport


class RestGateway(Gateway):
    """Reads from Loket as the user who gave consent.

    Keeps no secret but the client's; the tokens stay with ``tokens``.

    :param local: whether the addresses may be of this machine
    :param sleep: waits a number of seconds
    :raise LoketMisconfigured: an address can't work
    """

    def __init__(
        self,
        *,
        api_url: str,
        oauth_url: str,
        client_id: str,
        client_secret: str,
        tokens: TokenStore,
        local: bool = False,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        checked_url(oauth_url, _lt("OAuth address"), local=local)
        token = oauth.AccessToken(
            tokens,
            lambda stale: oauth.refresh(
                oauth_url, client_id, client_secret, stale, local=local
            ),
        )
        self._transport = Transport(
            api_url, token=token, local=local, patience=patience, sleep=sleep
        )

    def employers(self) -> list[Employer]:
        rows = self._transport.rows(endpoints.EMPLOYERS)
        return [mapping.employer(row) for row in rows]

    def administrations(self, employer_ref: str) -> list[Administration]:
        rows = self._transport.rows(endpoints.ADMINISTRATIONS, employer=employer_ref)
        return [mapping.administration(row) for row in rows]

    def cost_centers(self, employer_ref: str, administration_ref: str) -> CostCenters:
        """Both kinds; journal profiles are a product that not each employer has."""
        centers: list[CostCenter] = []
        unseen: set[CostCenterKind] = set()
        kinds: dict[CostCenterKind, list[CostCenter] | None] = {
            "distribution_unit": self._allowed(self._distribution_units, employer_ref),
            "cost_center": self._allowed(self._cost_centers, administration_ref),
        }
        for kind, records in kinds.items():
            if records is None:
                unseen.add(kind)
            else:
                centers += records
        return CostCenters(records=tuple(centers), unseen=frozenset(unseen))

    def components(self, administration_ref: str, year: int) -> list[Component] | None:
        try:
            rows = self._transport.rows(
                endpoints.COMPONENTS, administration=administration_ref, year=year
            )
        except LoketMisconfigured:  # the administration was found before
            return None
        return [mapping.component(row, year) for row in rows]

    def periods(self, administration_ref: str, first_year: int) -> list[Period]:
        periods = (mapping.period(row) for row in self._period_rows(administration_ref))
        return sorted(
            (period for period in periods if period and period.year >= first_year),
            key=lambda period: (period.year, period.number),
        )

    def employments(self, employer_ref: str, administration_ref: str) -> Employments:
        return self.lists(employer_ref, administration_ref).employments

    def lists(self, employer_ref: str, administration_ref: str) -> Lists:
        """Six lists of the whole employer, joined here: never a call per employee.

        Whoever has yet to begin is in three of them from that day on only; they are
        asked for the first of such days too. That of the hours is asked for a day in
        the past as well, for hours go by the shift of their own day.
        """
        with self._transport.listening() as heard:
            read = self._read_lists(employer_ref, administration_ref.lower())
        return Lists(
            read.employments,
            heard.hexdigest(),
            read.told,
            read.employments,
            read.numbers,
        )

    def _read_lists(self, employer_ref: str, administration: str) -> ReadLists:
        today = date.today()
        depot = Depot()
        rows = self._transport.packed(
            endpoints.EMPLOYMENTS,
            depot,
            note=partial(_begins_later, administration, today),
            mark=lambda row: tuple(mapping.place_of(row)),
            employer=employer_ref,
        )
        problems: list[Problem] = []
        employees = self._by_ref(endpoints.EMPLOYEES, employer_ref, depot, problems)
        facts = self._facts(employer_ref, depot, problems)
        earlier = self._earlier_hours(employer_ref, depot, earlier_day(today))
        starts = dict(rows.notes)
        known = _keys_among(starts, facts.hours)
        for day, refs in first_days(starts, known, today).items():
            try:
                self._add_facts(facts, employer_ref, depot, refs, day)
            except LoketError:
                break  # it comes by itself, once the employment begins
        return ReadLists(
            administration=administration,
            rows=rows,
            employees=employees,
            facts=facts,
            earlier=earlier,
            problems=problems,
            today=today,
        )

    def hidden_by_filter(self, employer_ref: str) -> list[str]:
        try:
            content = self._filter_settings(employer_ref)
        except LoketRefused as error:
            if not error.activity:
                raise
            return [
                _lt(
                    "It is not known whether a filter hides employments. %(reason)s",
                    reason=error.message,
                )
            ]
        except LoketMisconfigured:  # neither address exists
            return [
                _lt(
                    "Whether a filter hides employments could not be checked: Loket "
                    "does not give the filter settings. Check in Loket whether the "
                    "user of this connection sees everybody."
                )
            ]
        return mapping.filter_reasons(content)

    def missing_activities(self, employer_ref: str) -> list[str]:
        return rights.missing(self._transport, employer_ref, endpoints.NEEDED)

    @property
    def period_data(self) -> RestPeriodData:
        return RestPeriodData(self._transport)

    def highest_version(self, employer_ref: str, since: int) -> int | None:
        endpoint = endpoints.VERSIONS
        try:
            rows = self._transport.rows(
                endpoint,
                params={
                    # "ge": what comes back empty proves nothing.
                    "filter": f"lastModifiedVersionNumber ge {since}",
                    "orderBy": "-lastModifiedVersionNumber",
                },
            )
        except LoketMisconfigured as error:  # the employer was found before
            raise LoketRefused(error.message, activity=endpoint.operation) from None
        version = period_mapping.version_of(rows, employer_ref)
        return version if version and version >= since else None

    def _allowed(
        self, read: Callable[[str], list[CostCenter]], ref: str
    ) -> list[CostCenter] | None:
        """What is read; None where the user may not, or the employer has no such."""
        try:
            return read(ref)
        except LoketMisconfigured:  # 404; employer and administration were found before
            return None
        except LoketRefused as error:
            if not error.activity:  # it is the link that is refused
                raise
            return None

    def _period_rows(self, administration_ref: str) -> list[JsonObject]:
        """From whichever of the two lists the user may see.

        :raise LoketRefused: neither
        """
        try:
            return self._transport.rows(
                endpoints.PERIODS, administration=administration_ref
            )
        except LoketRefused as error:
            if not error.activity:
                raise
            try:
                return self._transport.rows(
                    endpoints.MINIMIZED_PERIODS, administration=administration_ref
                )
            except (LoketRefused, LoketMisconfigured):
                raise error from None

    def _distribution_units(self, employer_ref: str) -> list[CostCenter]:
        rows = self._transport.rows(endpoints.DISTRIBUTION_UNITS, employer=employer_ref)
        return [mapping.distribution_unit(row) for row in rows]

    def _cost_centers(self, administration_ref: str) -> list[CostCenter]:
        """Of all journal profiles of the administration; there are few of those."""
        profiles = self._transport.rows(
            endpoints.JOURNAL_PROFILES, administration=administration_ref
        )
        centers: dict[str, CostCenter] = {}
        for profile in profiles:
            ref = mapping.ref_of(endpoints.JOURNAL_PROFILES, profile)
            for row in self._transport.rows(endpoints.COST_CENTERS, profile=ref):
                center = mapping.cost_center(row)
                centers.setdefault(center.ref, center)
        return list(centers.values())

    def _filter_settings(self, employer_ref: str) -> JsonObject:
        """From whichever of the two addresses exists."""
        try:
            return self._transport.detail(
                endpoints.FILTER_SETTINGS, employer=employer_ref
            )
        except LoketMisconfigured:
            return self._transport.detail(
                endpoints.GLOBAL_FILTER_SETTINGS, employer=employer_ref
            )

    def _facts(self, employer_ref: str, depot: Depot, problems: list[Problem]) -> Facts:
        """The three lists of what holds today.

        :param problems: gets the rows that tell nobody by whom they are
        """
        hours, wages, organizations = (
            self._by_ref(endpoint, employer_ref, depot, problems) for endpoint in FACTS
        )
        return Facts(hours=hours, wages=wages, organizations=organizations)

    def _add_facts(
        self,
        facts: Facts,
        employer_ref: str,
        depot: Depot,
        refs: Collection[str],
        day: date,
    ) -> None:
        """Add what holds on another day, of employments of which today's has nothing.

        :param refs: of the employments
        :raise LoketError: nothing is added
        """
        lists = facts.lists()
        more = [
            self._by_ref(
                endpoint,
                employer_ref,
                depot,
                [],
                day,
                only=set(refs) - _keys_among(refs, known),
            )
            for endpoint, known in zip(FACTS, lists, strict=True)
        ]
        for known, others in zip(lists, more, strict=True):
            known.extend(others)

    def _earlier_hours(self, employer_ref: str, depot: Depot, day: date) -> PackedList:
        """The hours, with the shift, of a day in the past; none where that fails."""
        try:
            return self._by_ref(endpoints.WORKING_HOURS, employer_ref, depot, [], day)
        except LoketError:
            return PackedList(depot)  # what holds today is no less true

    def _by_ref(
        self,
        endpoint: endpoints.Endpoint,
        employer_ref: str,
        depot: Depot,
        problems: list[Problem],
        day: date | None = None,
        only: Collection[str] | None = None,
    ) -> PackedList:
        """The rows of a list that tell of somebody.

        :param problems: gets those that don't tell of whom
        :param only: of whom it is asked; None: of all
        """
        found = self._transport.packed(
            endpoint,
            depot,
            day,
            note=partial(_stray, endpoint),
            only=only,
            employer=employer_ref,
        )
        problems += found.notes
        return found


def _keys_among(wanted: Collection[str], rows: PackedList) -> set[str]:
    """Those of some keys that rows of a list have."""
    found = (row.key for row in rows) if wanted else ()
    return {key for key in found if key and key in wanted}


def _begins_later(
    administration: str, today: date, row: JsonObject
) -> tuple[str, date] | None:
    """An employment of the administration that has yet to begin, and when it does."""
    found = mapping.start_of(row)
    if not found or found[1] <= today:
        return None
    return found if mapping.place_of(row).administration == administration else None


def _stray(endpoint: endpoints.Endpoint, row: JsonObject) -> Problem | None:
    """What is wrong with a row of a list that does not tell of whom it is."""
    try:
        mapping.ref_of(endpoint, row)
    except LoketBadReply as error:
        return Problem(
            ref="",
            name=mapping.shown_name(row, row),
            reason=_lt(
                "%(call)s: %(reason)s", call=endpoint.title, reason=error.reason
            ),
            is_stray=True,
        )
    return None
