# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The port: all that the addon asks of Loket, whatever the protocol.

Every method may raise the errors of ``errors``. None changes anything in Loket but
``PeriodData.write`` and ``PeriodData.tell_ready``. An ``employer_ref`` or
``administration_ref`` is the ``ref`` of a record that the gateway handed out; upper and
lower case are the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from ..words import _lt
from .errors import LoketBadReply, LoketRefused
from .records import (
    Administration,
    Component,
    CostCenters,
    Employer,
    Employments,
    PayrollRun,
    Payslip,
    Period,
    PeriodRow,
    PeriodStatus,
    PeriodValue,
    TokenSet,
    ValueChange,
    WriteReply,
)

#: For how many days yet to come Loket is asked what will hold then.
FUTURE_DAYS = 3
#: Loket's contract: periods are weeks at the shortest, and years have four digits.
HIGHEST_PERIOD = 53
YEARS = (2000, 9999)
#: Of how many employments values are written in one call. Loket publishes no bound.
CHUNK = 50

One = TypeVar("One", PeriodValue, PeriodRow)


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


def in_rows(values: Iterable[PeriodValue]) -> list[PeriodRow]:
    """Values by row; of two of one cell the last one counts.

    Each that has other keys is a row of its own: which ones, it does not tell.
    """
    rows: dict[tuple[object, ...], PeriodRow] = {}
    for ref, shift, unit, component, value, has_other_keys, is_supplement in values:
        if value is None:
            continue  # nothing is there
        key = (ref, shift, unit, len(rows) if has_other_keys else None)
        old = rows.get(key) or PeriodRow(ref, shift, unit, {})
        rows[key] = PeriodRow(
            *old[:3],
            {**old.values, component: value},
            old.supplements - {component} | ({component} if is_supplement else set()),
            has_other_keys,
        )
    return list(rows.values())


def chunks(values: Iterable[One]) -> list[list[One]]:
    """Values in lists that ``PeriodData.write`` takes, each employment in one of them.

    The same values in the same order give the same lists.

    :param values: or rows of them
    """
    by_employment: dict[str, list[One]] = {}
    for value in values:
        by_employment.setdefault(value.employment_ref.lower(), []).append(value)
    people = list(by_employment.values())
    return [
        [value for person in people[start : start + CHUNK] for value in person]
        for start in range(0, len(people), CHUNK)
    ]


# pylint: disable=method-required-super  # no model: write and read are its own
class PeriodData(ABC):
    """Values of payroll periods, and payslips: written into Loket, and read back.

    An ``employment_ref`` or ``run_ref`` is that of a record that the gateway handed
    out. Whoever lacks a right is refused with its activity: ``LoketRefused``. What
    Loket does not know, as a period that is not there: ``LoketMisconfigured``.
    """

    @abstractmethod
    def missing_activities(self, employer_ref: str) -> list[str]:
        """Readable names of the rights to write and read back that the user lacks."""

    @abstractmethod
    def missing_payslip_activities(self, employer_ref: str) -> list[str]:
        """Readable names of the rights to read payslips that the user lacks."""

    @abstractmethod
    def write(
        self,
        employer_ref: str,
        year: int,
        period: int,
        values: Sequence[PeriodValue],
    ) -> WriteReply:
        """Store values in a period, each replacing what is there; None takes it away.

        Writing the same again changes nothing more, so it is asked again when Loket is
        away. What is stored, and of whom, only reading back tells: after an answer of
        either kind, and after an error. After ``LoketUnavailable`` and
        ``LoketBadReply`` all, some, or nothing of it may be stored.

        :param values: of at most ``CHUNK`` employments: see ``chunks``; each cell once
        :raise ValueError: they are more, or have a cell twice
        """

    def write_rows(
        self, employer_ref: str, year: int, period: int, rows: Sequence[PeriodRow]
    ) -> WriteReply:
        """The same as ``write``, by row."""
        values = [cell for row in rows for cell in row.cells()]
        return self.write(employer_ref, year, period, values)

    @abstractmethod
    def read(
        self,
        administration_ref: str,
        year: int,
        period: int,
        categories: Collection[int],
    ) -> list[PeriodValue]:
        """What Loket has in a period, of everybody whom the user may see.

        Somebody who is not active in the period, or whom the user's filter settings
        hide, is not among them: ``read_one`` tells of those.

        :param categories: of components, ``Component.category_key``; one call each
        """

    def rows(
        self,
        administration_ref: str,
        year: int,
        period: int,
        categories: Collection[int],
    ) -> list[PeriodRow]:
        """The same as ``read``, by row.

        What comes again counts as it comes last; what has other keys, each time.
        """
        return in_rows(self.read(administration_ref, year, period, categories))

    @abstractmethod
    def read_one(
        self, employment_ref: str, year: int, period: int
    ) -> list[PeriodValue]:
        """All that Loket has of one employment in a period."""

    @abstractmethod
    def status(self, administration_ref: str, year: int, period: int) -> PeriodStatus:
        """How far the payroll of a period is."""

    @abstractmethod
    def changes(
        self, administration_ref: str, start: date, end: date
    ) -> list[ValueChange]:
        """What anybody changed in values from day ``start`` to ``end``, oldest first.

        What can't be read of it, or is of another payslip, is left out.
        """

    @abstractmethod
    def tell_ready(
        self,
        administration_ref: str,
        year: int,
        period: int,
        addresses: Sequence[str],
        comment: str,
    ) -> WriteReply:
        """Let Loket mail that a period is ready for payroll. Never asked twice.

        After ``LoketUnavailable`` the mail may have been sent.

        :param addresses: e-mail addresses
        :param comment: at most 1,000 characters; may be empty
        """

    @abstractmethod
    def runs(self, administration_ref: str) -> list[PayrollRun]:
        """The payroll runs of an administration, of whatever status."""

    @abstractmethod
    def payslips(self, employment_ref: str) -> list[Payslip]:
        """What payslips an employment has, of approved runs.

        Also those that employees may not see yet: ``PayrollRun.available_on``.
        """

    @abstractmethod
    def payslip_pdf(self, employment_ref: str, run_ref: str) -> bytes:
        """The payslips of an employment of a run, as one PDF."""

    @abstractmethod
    def year_ends(self, employment_ref: str) -> list[int]:
        """The years of which an employment has a year-end statement."""

    @abstractmethod
    def year_end_pdf(self, employment_ref: str, year: int) -> bytes:
        """The year-end statement of an employment, as a PDF."""


class Numbers(NamedTuple):
    """The numbers that Loket tells of an employment."""

    employment_ref: str
    employee_number: str | None
    payroll_number: int | None


class Lists:
    """Loket's lists of employments. Most nights they are the same as the night before.

    :param read: makes records of them
    :param digest: a text that is another one as soon as anything in them is, or what
        was asked for; None: not known
    :param told: the same of each employment, over all lists, by its reference; None:
        not known of all of them
    :param some: makes records of those with these references
    :param numbers: the numbers of each that has a record, without making that
    """

    def __init__(
        self,
        read: Callable[[], Employments],
        digest: str | None = None,
        told: Callable[[], Mapping[str, str] | None] = lambda: None,
        some: Callable[[Collection[str]], Employments] | None = None,
        numbers: Callable[[], Iterable[Numbers]] | None = None,
    ):
        self._read = read
        self.digest = digest
        self._told = told
        self._some = some
        self._numbers = numbers

    @cached_property
    def told(self) -> Mapping[str, str] | None:
        """What tells of each employment whether the lists tell the same of it."""
        return self._told() if self._some else None

    def some(self, refs: Collection[str]) -> Employments:
        """These employments alone, as ``employments`` has them."""
        assert self._some  # who knows what is told of each has it
        return self._some(refs)

    @property
    def numbers(self) -> Iterable[Numbers] | None:
        """The numbers of all whom ``told`` tells of, and who can be read; None: to know
        them, all have to be understood."""
        return self._numbers() if self._numbers else None

    @cached_property
    def employments(self) -> Employments:
        """All employments, with their people."""
        return self._read()


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

    def lists(self, employer_ref: str, administration_ref: str) -> "Lists":
        """All that ``employments`` asks Loket for, read but not yet understood.

        :raise LoketBadReply: a list is not whole, so nobody may be taken for gone
        """
        found = self.employments(employer_ref, administration_ref)
        return Lists(lambda: found)

    @abstractmethod
    def hidden_by_filter(self, employer_ref: str) -> list[str]:
        """Readable reasons why Loket hides employments from this user; empty: none."""

    @abstractmethod
    def missing_activities(self, employer_ref: str) -> list[str]:
        """Readable names of the rights that the link needs and the user lacks."""

    @property
    def period_data(self) -> PeriodData | None:
        """The way to write values and to read them back; None: by file only."""
        return None

    def highest_version(self, employer_ref: str, since: int) -> int | None:
        """Loket's own count of what changed of the employer's people.

        The count grows at any change, also when somebody comes or goes, and covers no
        values of periods, nor names of departments, nor what a date alone brings.

        :param since: what this returned before the last full reading; 0: never asked
        :return: the count by now; None: Loket tells none that is as high, so it is not
            known
        :raise LoketRefused: with an activity where the user, or the protocol, can't
            ask: it is not known
        """
        raise LoketRefused(
            _lt("This connection can't ask Loket whether anything changed."),
            activity="GetEmployerLastModifiedVersionNumbersByUser",
        )


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
