# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Loket's SOAP service, and the way to a link with it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ...words import _lt
from .. import bounds
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    not_connected,
)
from ..http import Patience
from ..paging import Page, all_rows
from ..port import Gateway, earlier_day, first_days
from ..records import (
    Administration,
    Component,
    CostCenters,
    Employer,
    Employment,
    Employments,
    Period,
    Person,
    Problem,
)
from . import mapping
from .damage import Damaged
from .operations import LOG_IN, title

if TYPE_CHECKING:
    from .client import SoapClient


@dataclass(frozen=True, slots=True)
class _Employees:
    """What a reading of the employees gave."""

    rows: list[mapping.Row]
    damaged: list[Damaged]


def log_in(
    wsdl_url: str | None,
    username: str,
    password: str,
    environment_code: str,
    *,
    local: bool = False,
    patience: Patience | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Trade the credentials of a web service user for a link key, and forget them.

    Asked once, never again by itself: a few refusals may block the user.

    :param wsdl_url: where the service description lies; empty: the packaged one
    :param local: whether the addresses may be of this machine
    :param sleep: waits a number of seconds
    :return: the link key
    :raise LoketRefused: with a sentence for the person who typed them
    """
    username = (username or "").strip()
    password = password or ""
    environment_code = (environment_code or "").strip()
    if not (username and password and environment_code):
        raise LoketRefused(
            _lt("Enter the user name, the password and the environment code.")
        )
    # XML has no way to write such characters
    if not (username + password + environment_code).isprintable():
        raise LoketRefused(
            _lt("The user name, password or code holds a character that can't be sent.")
        )
    reply: str = _client(wsdl_url, local, patience, sleep).ask_once(
        LOG_IN,
        userName=username,
        password=password,
        environmentCode=environment_code,
    )
    return mapping.link_key(reply)


class SoapGateway(Gateway):
    """Reads from Loket as the web service user behind ``link_key``.

    :param wsdl_url: where the service description lies; empty: the packaged one
    :param link_key: empty: every call is refused
    :param local: whether the addresses may be of this machine
    :param sleep: waits a number of seconds
    :raise LoketMisconfigured: ``wsdl_url`` can't work
    """

    def __init__(
        self,
        *,
        wsdl_url: str | None,
        link_key: str | None,
        local: bool = False,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._client = _client(wsdl_url, local, patience, sleep)
        self._link_key = link_key

    def employers(self) -> list[Employer]:
        return [mapping.employer(row) for row in self._rows("GetEmployers")]

    def administrations(self, employer_ref: str) -> list[Administration]:
        rows = self._rows("GetPayrollAdministrations", employerRef=employer_ref)
        return [mapping.administration(row) for row in rows]

    def cost_centers(self, employer_ref: str, administration_ref: str) -> CostCenters:
        rows = self._rows(
            "GetCostCenters",
            employerRef=employer_ref,
            administrationRef=administration_ref,
        )
        return CostCenters(records=tuple(mapping.cost_center(row) for row in rows))

    def components(self, administration_ref: str, year: int) -> list[Component] | None:
        try:
            rows = self._rows(
                "GetPayrollComponents", administrationRef=administration_ref, year=year
            )
        except LoketMisconfigured:  # the administration was found before
            return None
        return [mapping.component(row, year) for row in rows]

    def periods(self, administration_ref: str, first_year: int) -> list[Period]:
        """Year by year, up to the next one; a year that Loket does not know has none.

        :raise LoketMisconfigured: it knows none of the years, so not what was asked for
        """
        periods: list[Period] = []
        last_year = date.today().year + 1
        unknown = []
        for year in range(first_year, last_year + 1):
            try:
                rows = self._rows(
                    "GetPayrollPeriods", administrationRef=administration_ref, year=year
                )
            except LoketMisconfigured as error:
                unknown.append(error)
                continue
            periods += (mapping.period(row) for row in rows if row.year == year)
        if len(unknown) == last_year - first_year + 1:
            raise unknown[0]
        return sorted(periods, key=lambda period: (period.year, period.number))

    def employments(self, employer_ref: str, administration_ref: str) -> Employments:
        """Employees by page, each with the employments: never a call per employee.

        Of whoever has yet to begin, hours, wage and place are told from that day on;
        they are asked for the first of such days too. And for a day in the past, for
        hours go by the shift of their own day.
        """
        administration = mapping.ref(administration_ref)
        records: list[Employment] = []
        employees = self._employees(employer_ref, administration_ref)
        problems = _problems(employees.damaged, administration)
        coming = self._coming(employees, employer_ref, administration_ref)
        today = date.today()
        earlier = self._earlier(employer_ref, administration_ref, earlier_day(today))
        for employee in employees.rows:
            person, trouble = _person(employee)
            for job in employee.employment or ():
                if not mapping.may_be_of(job, administration):
                    continue
                ref = mapping.ref(job.ref)
                try:
                    mapping.check_administration(job)
                    if not person:
                        raise trouble or LoketBadReply(
                            title("GetEmployees"), "employee"
                        )
                    records.append(
                        mapping.employment(
                            coming.get(ref, job),
                            person,
                            earlier=earlier.get(ref),
                            today=today,
                        )
                    )
                except LoketBadReply as error:
                    name = mapping.shown_name(employee)
                    problems.append(
                        Problem(ref=bounds.fit_ref(ref), name=name, reason=error.reason)
                    )
        return Employments(records=tuple(records), problems=tuple(problems))

    def hidden_by_filter(self, employer_ref: str) -> list[str]:
        """None: filter settings are of people; a web service user has no screen."""
        return []

    def missing_activities(self, employer_ref: str) -> list[str]:
        """None: a web service user has employers, no set of rights."""
        return []

    def _coming(
        self, employees: _Employees, employer_ref: str, administration_ref: str
    ) -> dict[str, mapping.Row]:
        """Employments that have yet to begin, as they will be on their first day.

        :return: by reference
        """
        administration = mapping.ref(administration_ref)
        starts = {
            mapping.ref(job.ref): job.startDate
            for employee in employees.rows
            for job in employee.employment or ()
            if mapping.ref(job.administrationRef) == administration
        }
        coming = {}
        for day, refs in first_days(starts, (), date.today()).items():
            try:
                then = self._employees(employer_ref, administration_ref, day)
            except LoketError:
                break  # it comes by itself, once the employment begins
            for employee in then.rows:
                for job in employee.employment or ():
                    if mapping.ref(job.ref) in refs:
                        coming[mapping.ref(job.ref)] = job
        return coming

    def _earlier(
        self, employer_ref: str, administration_ref: str, day: date
    ) -> dict[str, mapping.Row]:
        """Employments as they were on a day in the past; none where that fails.

        :return: by reference
        """
        try:
            then = self._employees(employer_ref, administration_ref, day)
        except LoketError:
            return {}  # what holds today is no less true
        return {
            mapping.ref(job.ref): job
            for employee in then.rows
            for job in employee.employment or ()
        }

    def _employees(
        self, employer_ref: str, administration_ref: str, day: date | None = None
    ) -> _Employees:
        reference = {"referenceDate": day} if day else {}

        partly: list[Damaged] = []

        def read_page(number: int) -> Page[mapping.Row]:
            if number == 1:  # also when the list is read anew
                partly.clear()
            reply, damaged = self._client.ask_list(
                "GetEmployees",
                linkKey=self._given_key(),
                employerRef=employer_ref,
                administrationRef=administration_ref,
                page=number,
                **reference,
            )
            partly.extend(each for each in damaged if not each.is_whole)
            return Page(
                # Who is damaged is one of those that are counted.
                rows=[*(reply.employee or ()), *(d for d in damaged if d.is_whole)],
                total_size=_count(reply, "totalSize"),
                total_pages=_count(reply, "totalPages"),
                current_page=_count(reply, "currentPage"),
            )

        rows = all_rows(
            title("GetEmployees"),
            read_page,
            row_key=lambda row: bounds.fit_ref(mapping.ref(row.ref)) or None,
            rows_field="employee",
        )
        whole = [row for row in rows if isinstance(row, Damaged)]
        return _Employees(
            [row for row in rows if not isinstance(row, Damaged)], whole + partly
        )

    def _rows(self, operation: str, **arguments: Any) -> list[mapping.Row]:
        """The list that is all of a reply; zeep hands it out without its wrapping."""
        return self._read(operation, **arguments) or []

    def _read(self, operation: str, **arguments: Any) -> Any:
        return self._client.ask(operation, linkKey=self._given_key(), **arguments)

    def _given_key(self) -> str:
        if not self._link_key:
            raise not_connected()
        return self._link_key


def _person(employee: mapping.Row) -> tuple[Person | None, LoketBadReply | None]:
    """The person of an employee, or why there is none."""
    try:
        return mapping.person(employee), None
    except LoketBadReply as error:
        return None, error


def _problems(damaged: Iterable[Damaged], administration: str) -> list[Problem]:
    """Employments of an administration that could not even be read as such.

    Somebody of whom no employment can be read may be of any administration, so is told.
    """
    problems = []
    for person in damaged:
        parts = [
            part
            for part in person.parts
            if part.administration_ref in ("", administration)
        ]
        refs = [part.ref for part in parts] if person.parts else [""]
        problems += [
            Problem(ref=ref, name=person.name, reason=person.reason) for ref in refs
        ]
    return problems


def _count(reply: Any, name: str) -> int:
    """One of the numbers that say how long the list is."""
    value = getattr(reply, name)
    if not isinstance(value, int):
        raise LoketBadReply(title("GetEmployees"), name)
    return value


def _client(
    wsdl_url: str | None,
    local: bool,
    patience: Patience | None,
    sleep: Callable[[float], None],
) -> "SoapClient":
    """The client of a link; the first one in a process loads zeep."""
    from .client import SoapClient

    return SoapClient(wsdl_url, local=local, patience=patience, sleep=sleep)
