# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Loket's REST API v2."""

import time
from collections.abc import Callable

from ...words import _lt
from ..errors import LoketBadReply, LoketMisconfigured, LoketRefused
from ..http import Patience, checked_url
from ..port import Gateway, TokenStore
from ..records import (
    Administration,
    Component,
    CostCenter,
    Employer,
    Employment,
    Employments,
    Period,
    Problem,
    TokenSet,
)
from . import endpoints, mapping, oauth
from .reading import Reader
from .transport import Transport

#: Seconds before its end that a token is renewed.
_MARGIN = 60

_STATUS_FILTERS = {
    "ActiveEmployments": _lt(
        "Only active employments are shown: those that have ended or have not begun "
        "are hidden."
    ),
    "ActiveAndFutureEmployments": _lt("Employments that have ended are hidden."),
    "ActiveAndHistoricEmployments": _lt("Employments that have not begun are hidden."),
}
_LIST_FILTERS = {
    "filterOnAdministrations": _lt(
        "Only employments of chosen administrations are shown."
    ),
    "filterOnDepartments": _lt("Only employments of chosen departments are shown."),
    "filterOnEmploymentCategoryType": _lt(
        "Only employments of chosen kinds are shown."
    ),
}


class RestGateway(Gateway):
    """Reads from Loket as the user who gave consent.

    Keeps no secret but the client's; the tokens stay with ``tokens``.
    """

    def __init__(
        self,
        *,
        api_url: str,
        oauth_url: str,
        client_id: str,
        client_secret: str,
        tokens: TokenStore,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        checked_url(oauth_url, _lt("OAuth address"))
        self._fetch = lambda token: oauth.refresh(
            oauth_url, client_id, client_secret, token
        )
        self._tokens = tokens
        self._transport = Transport(
            api_url,
            token=self._token,
            renewed=self._renewed,
            patience=patience,
            sleep=sleep,
        )
        self._current: TokenSet | None = None

    def employers(self) -> list[Employer]:
        rows = self._transport.rows(endpoints.EMPLOYERS)
        return [mapping.employer(row) for row in rows]

    def administrations(self, employer_ref: str) -> list[Administration]:
        rows = self._transport.rows(endpoints.ADMINISTRATIONS, employer=employer_ref)
        return [mapping.administration(row) for row in rows]

    def cost_centers(
        self, employer_ref: str, administration_ref: str
    ) -> list[CostCenter]:
        """Both kinds. One kind may be closed to the user; both closed is an error."""
        found, refusals = [], []
        for read, ref in (
            (self._distribution_units, employer_ref),
            (self._cost_centers, administration_ref),
        ):
            try:
                found += read(ref)
            except LoketRefused as error:
                if not error.activity:
                    raise
                refusals.append(error)
        if len(refusals) == 2:
            raise refusals[0]
        return found

    def components(self, administration_ref: str, year: int) -> list[Component]:
        rows = self._transport.rows(
            endpoints.COMPONENTS, administration=administration_ref, year=year
        )
        return [mapping.component(row, year) for row in rows]

    def periods(self, administration_ref: str, year: int) -> list[Period]:
        rows = self._transport.rows(
            endpoints.PERIODS, administration=administration_ref
        )
        found = (mapping.period(row) for row in rows)
        return sorted(
            (period for period in found if period and period.year == year),
            key=lambda period: period.number,
        )

    def employments(self, employer_ref: str, administration_ref: str) -> Employments:
        """Five lists of the whole employer, joined here: never a call per employee."""
        wanted = administration_ref.lower()
        rows = self._transport.rows(endpoints.EMPLOYMENTS, employer=employer_ref)
        employees = self._by_ref(endpoints.EMPLOYEES, employer_ref)
        hours = self._by_ref(endpoints.WORKING_HOURS, employer_ref)
        wages = self._by_ref(endpoints.WAGES, employer_ref)
        places = self._by_ref(endpoints.ORGANIZATIONAL_ENTITIES, employer_ref)

        def join(row: dict, ref: str, employee: dict | None) -> Employment:
            if employee is None:
                raise LoketBadReply(
                    endpoints.EMPLOYEES.title, _lt("the employee"), _lt("is missing")
                )
            return mapping.employment(
                row,
                mapping.person(employee),
                hours=hours.get(ref),
                wage=wages.get(ref),
                organization=places.get(ref),
            )

        records, problems = [], []
        for row in rows:
            ref = str(row.get("id") or "").lower()
            employee = None
            try:
                if mapping.administration_of(row) != wanted:
                    continue
                read = Reader(endpoints.EMPLOYMENTS.title, row)
                employee = employees.get(read.required("ref", "employee.id"))
                records.append(join(row, ref, employee))
            except LoketBadReply as error:
                problems.append(
                    Problem(
                        ref=ref,
                        name=mapping.shown_name(row, employee),
                        reason=_lt(
                            "%(field)s %(detail)s",
                            field=error.field,
                            detail=error.detail,
                        ),
                    )
                )
        return Employments(records=tuple(records), problems=tuple(problems))

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
                    "user of this link sees everybody."
                )
            ]
        read = Reader(endpoints.FILTER_SETTINGS.title, content)
        reasons = []
        status = read.text("employmentFilter.filterOnEmployedStatus")
        if status and status != "AllEmployments":
            reasons.append(
                _STATUS_FILTERS.get(
                    status, _lt("Filter %(status)s hides employments.", status=status)
                )
            )
        for name, reason in _LIST_FILTERS.items():
            if read.list(f"employmentFilter.{name}"):
                reasons.append(reason)
        on_call = read.boolean("employmentFilter.filterOnOnCallEmployment")
        if on_call is not None:
            reasons.append(
                _lt("Only on-call employments are shown.")
                if on_call
                else _lt("On-call employments are hidden.")
            )
        return reasons

    def missing_activities(self, employer_ref: str) -> list[str]:
        rows = self._transport.rows(endpoints.AUTHORIZATIONS, employer=employer_ref)
        granted = {
            Reader(endpoints.AUTHORIZATIONS.title, row)
            .required("text", "description")
            .casefold()
            for row in rows
        }
        return [
            endpoint.title
            for endpoint in endpoints.NEEDED
            if endpoint.operation.casefold() not in granted
        ]

    def _distribution_units(self, employer_ref: str) -> list[CostCenter]:
        rows = self._transport.rows(endpoints.DISTRIBUTION_UNITS, employer=employer_ref)
        return [mapping.distribution_unit(row) for row in rows]

    def _cost_centers(self, administration_ref: str) -> list[CostCenter]:
        """Of all journal profiles of the administration; there are few of those."""
        profiles = self._transport.rows(
            endpoints.JOURNAL_PROFILES, administration=administration_ref
        )
        found = {}
        for profile in profiles:
            ref = Reader(endpoints.JOURNAL_PROFILES.title, profile).required(
                "ref", "id"
            )
            for row in self._transport.rows(endpoints.COST_CENTERS, profile=ref):
                center = mapping.cost_center(row)
                found.setdefault(center.ref, center)
        return list(found.values())

    def _filter_settings(self, employer_ref: str) -> dict:
        """Loket's documents disagree on the address: inside the API, or beside it."""
        try:
            return self._transport.detail(
                endpoints.FILTER_SETTINGS, employer=employer_ref
            )
        except LoketMisconfigured:
            return self._transport.detail(
                endpoints.GLOBAL_FILTER_SETTINGS, at_root=True, employer=employer_ref
            )

    def _by_ref(self, endpoint: endpoints.Endpoint, employer_ref: str) -> dict:
        rows = self._transport.rows(endpoint, employer=employer_ref)
        return {
            Reader(endpoint.title, row).required("ref", endpoint.key): row
            for row in rows
        }

    def _token(self) -> str:
        token = self._current or self._tokens.load()
        if token.refresh_token and token.expires_at - _MARGIN < time.time():
            token = self._tokens.renew(token, self._fetch)
        self._current = token
        return token.access_token

    def _renewed(self) -> str:
        self._current = self._tokens.renew(self._current, self._fetch)
        return self._current.access_token
