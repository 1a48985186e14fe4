# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Loket's REST API v2."""

import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
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
    Employment,
    Employments,
    Period,
    Problem,
)
from . import endpoints, mapping, oauth, period_mapping, rights
from .packed import DIGEST, PackedRow, unpacked
from .period_data import RestPeriodData
from .reading import JsonObject
from .transport import Transport

#: How many employments are unpacked at once, with all that the lists tell of them.
_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """Rows of the "actual" lists of a day, by reference of the employment."""

    hours: dict[str, PackedRow]
    wages: dict[str, PackedRow]
    organizations: dict[str, PackedRow]

    def add(self, other: "_Facts", refs: Collection[str]) -> None:
        """Add those of another day, of some employments."""
        for mine, theirs in (
            (self.hours, other.hours),
            (self.wages, other.wages),
            (self.organizations, other.organizations),
        ):
            for ref in theirs.keys() & set(refs):
                mine.setdefault(ref, theirs[ref])


@dataclass(frozen=True, kw_only=True)
class _Read:
    """All lists of employments as they were read on a day, not yet understood."""

    administration: str
    rows: list[PackedRow]
    """Of employments; each notes its ``mapping.Place``."""
    employees: dict[str, PackedRow]
    facts: _Facts
    earlier: dict[str, PackedRow]
    problems: list[Problem]
    today: date

    def employments(self, only: Collection[str] | None = None) -> Employments:
        """The employments of the administration.

        :param only: the references of those that are wanted; None: all
        """
        records: list[Employment] = []
        unreadable = list(self.problems)
        wanted = [row for row in self.rows if only is None or (row.key or "") in only]
        for start in range(0, len(wanted), _AT_ONCE):
            some = [self._all_of(row) for row in wanted[start : start + _AT_ONCE]]
            found = unpacked(row for rows in some for row in rows if row)
            for rows in some:
                row, employee, *facts = (found[one] if one else None for one in rows)
                assert row and rows[0]
                try:
                    if mapping.administration_of(row) == self.administration:
                        records.append(self._join(row, employee, facts))
                except LoketBadReply as error:
                    name = mapping.shown_name(row, employee)
                    ref = rows[0].key or ""
                    unreadable.append(Problem(ref=ref, name=name, reason=error.reason))
        return Employments(records=tuple(records), problems=tuple(unreadable))

    def told(self) -> dict[str, str] | None:
        """A digest of what all lists tell of each; None: of one it is not clear."""
        nothing = bytes(DIGEST)
        digests: dict[str, str] = {}
        for row in self.rows:
            place: mapping.Place = row.note
            if place.is_clear and place.administration != self.administration:
                continue
            rows = self._all_of(row)
            if self.problems or not (place.is_clear and row.key and rows[1]):
                return None
            together = b"".join(one.digest if one else nothing for one in rows)
            digest = hashlib.blake2b(together, digest_size=DIGEST)
            digests[row.key] = digest.hexdigest()
        return digests

    def starts(self) -> dict[str, date]:
        """When the employments begin, as far as it can be read."""
        return {
            row.key: row.note.start
            for row in self.rows
            if row.key
            and row.note.start
            and row.note.administration == self.administration
        }

    def _all_of(self, row: PackedRow) -> list[PackedRow | None]:
        """What all lists have of an employment: itself, its employee, and the facts."""
        key = row.key or ""
        return [
            row,
            self.employees.get(row.note.employee),
            self.facts.hours.get(key),
            self.facts.wages.get(key),
            self.facts.organizations.get(key),
            self.earlier.get(key),
        ]

    def _join(
        self,
        row: JsonObject,
        employee: JsonObject | None,
        facts: Sequence[JsonObject | None],
    ) -> Employment:
        mapping.employee_of(row)
        if employee is None:
            raise LoketBadReply(
                endpoints.EMPLOYEES.title, _lt("the employee"), _lt("is missing")
            )
        person = mapping.person(employee)
        hours, wage, organization, earlier = facts
        return mapping.employment(
            row,
            person,
            hours=hours,
            wage=wage,
            organization=organization,
            earlier=earlier,
            today=self.today,
        )


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
        return Lists(read.employments, heard.hexdigest(), read.told, read.employments)

    def _read_lists(self, employer_ref: str, administration: str) -> _Read:
        rows = self._transport.packed(
            endpoints.EMPLOYMENTS, note=mapping.place_of, employer=employer_ref
        )
        problems: list[Problem] = []
        employees = self._by_ref(endpoints.EMPLOYEES, employer_ref, problems)
        facts = self._facts(employer_ref, problems)
        today = date.today()
        read = _Read(
            administration=administration,
            rows=rows,
            employees=employees,
            facts=facts,
            earlier=self._earlier_hours(employer_ref, earlier_day(today)),
            problems=problems,
            today=today,
        )
        for day, refs in first_days(read.starts(), facts.hours, today).items():
            try:
                facts.add(self._facts(employer_ref, [], day), refs)
            except LoketError:
                break  # it comes by itself, once the employment begins
        return read

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
                    "filter": f"lastModifiedVersionNumber gt {since}",
                    "orderBy": "-lastModifiedVersionNumber",
                },
            )
        except LoketMisconfigured as error:  # the employer was found before
            raise LoketRefused(error.message, activity=endpoint.operation) from None
        version = period_mapping.version_of(rows, employer_ref)
        return version if version and version > since else None

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

    def _facts(
        self, employer_ref: str, problems: list[Problem], day: date | None = None
    ) -> "_Facts":
        """The three lists of what holds on a day.

        :param problems: gets the rows that tell nobody by whom they are
        :param day: None: today
        """
        return _Facts(
            hours=self._by_ref(endpoints.WORKING_HOURS, employer_ref, problems, day),
            wages=self._by_ref(endpoints.WAGES, employer_ref, problems, day),
            organizations=self._by_ref(
                endpoints.ORGANIZATIONAL_ENTITIES, employer_ref, problems, day
            ),
        )

    def _earlier_hours(self, employer_ref: str, day: date) -> dict[str, PackedRow]:
        """The hours, with the shift, of a day in the past; none where that fails."""
        try:
            return self._by_ref(endpoints.WORKING_HOURS, employer_ref, [], day)
        except LoketError:
            return {}  # what holds today is no less true

    def _by_ref(
        self,
        endpoint: endpoints.Endpoint,
        employer_ref: str,
        problems: list[Problem],
        day: date | None = None,
    ) -> dict[str, PackedRow]:
        """The rows of a list, by whom they tell of.

        :param problems: gets those that don't tell
        """
        found = {}
        rows = self._transport.packed(
            endpoint, day, note=partial(_stray, endpoint), employer=employer_ref
        )
        for row in rows:
            if row.key:
                found[row.key] = row
            else:
                problems.append(row.note)
        return found


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
