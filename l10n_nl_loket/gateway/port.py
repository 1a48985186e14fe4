# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The port: all that the addon asks of Loket, whatever the protocol.

Every method may raise the errors of ``errors``. None of them changes anything in
Loket. An ``employer_ref`` or ``administration_ref`` is the ``ref`` of a record that
the gateway handed out; upper and lower case are the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Protocol

from ..words import _lt
from .errors import LoketBadReply
from .records import (
    Administration,
    Component,
    CostCenters,
    Employer,
    Employments,
    Period,
    TokenSet,
)

#: For how many days yet to come Loket is asked what will hold then.
FUTURE_DAYS = 3
#: Loket's contract: periods are weeks at the shortest, and years have four digits.
HIGHEST_PERIOD = 53
YEARS = (2000, 9999)


def first_days(
    starts: Mapping[str, date], known: Collection[str], today: date
) -> dict[date, list[str]]:
    """The first days that employments begin on, of which Loket tells too little today.

    There are as many calls as days; what begins later is asked on a later night.

    :param starts: when each employment begins, by reference
    :param known: references of employments of which all is told already
    :return: {day: references of what begins on it}
    """
    days: dict[date, list[str]] = {}
    for ref, start in starts.items():
        if start > today and ref not in known:
            days.setdefault(start, []).append(ref)
    return {day: days[day] for day in sorted(days)[:FUTURE_DAYS]}


def check_period(call: str, period: Period) -> None:
    """Refuse a period that can't be: whatever is booked in it would be lost.

    :param call: the request in words, for the error
    :raise LoketBadReply: it can't be
    """
    if period.date_to < period.date_from:
        raise LoketBadReply(
            call, _lt("the end of a period"), _lt("is before its start")
        )
    if not (
        1 <= period.number <= HIGHEST_PERIOD and YEARS[0] <= period.year <= YEARS[1]
    ):
        raise LoketBadReply(
            call, _lt("the year or number of a period"), _lt("is out of bounds")
        )


def earlier_day(today: date) -> date:
    """The day in the past that Loket is asked for too: two months back, the first.

    What holds today began on some day after it, or holds since then: so what held in
    the last full period is known from the first time that Loket is read.
    """
    months = today.year * 12 + today.month - 1 - 2
    return date(months // 12, months % 12 + 1, 1)


class Gateway(ABC):
    """Reads what the addon needs to know from one Loket link."""

    @abstractmethod
    def employers(self) -> list[Employer]:
        """Employers that the Loket user may see."""

    @abstractmethod
    def administrations(self, employer_ref: str) -> list[Administration]:
        """Payroll administrations of an employer."""

    @abstractmethod
    def cost_centers(self, employer_ref: str, administration_ref: str) -> CostCenters:
        """Cost centers and distribution units, as far as Loket gives them."""

    @abstractmethod
    def components(self, administration_ref: str, year: int) -> list[Component] | None:
        """Payroll components of a payroll year.

        :param year: of payroll, which for weeks is not quite that of the calendar
        :return: None where Loket does not have that year
        """

    @abstractmethod
    def periods(self, administration_ref: str, first_year: int) -> list[Period]:
        """Payroll periods of all payroll years that Loket knows, in order.

        :param first_year: of payroll; those of earlier years are left out
        :raise LoketRefused: the user may not see them
        :raise LoketBadReply: one has days that can't be
        """

    @abstractmethod
    def employments(self, employer_ref: str, administration_ref: str) -> Employments:
        """All employments of a payroll administration, with their people.

        One that can't be read is among the problems of the reply, and stops no other.

        :raise LoketBadReply: a list is not whole, so nobody may be taken for gone
        """

    @abstractmethod
    def hidden_by_filter(self, employer_ref: str) -> list[str]:
        """Readable reasons why Loket hides employments from this user; empty: none."""

    @abstractmethod
    def missing_activities(self, employer_ref: str) -> list[str]:
        """Readable names of the rights that the link needs and the user lacks."""


class TokenStore(Protocol):
    """Keeps the tokens of one link, safe from rollbacks and other workers."""

    def load(self) -> TokenSet:
        """The stored tokens.

        :raise LoketRefused: there are none
        """

    def renew(self, stale: TokenSet, fetch: Callable[[TokenSet], TokenSet]) -> TokenSet:
        """Replace the stored tokens, unless another worker has done so.

        Locks them and reads them again: when they are no longer ``stale``, they are
        returned and ``fetch`` is not called, for Loket may void a refresh token that
        is used twice. Else what ``fetch`` returns is committed before it is returned.

        :param stale: the tokens that don't do any more
        :param fetch: asks Loket for new tokens, by the ones that are stored
        :return: the tokens to use from now on
        """
