# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Loket's SOAP service, and the way to a link with it."""

import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from ...words import _lt
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    not_connected,
)
from ..http import Patience
from ..paging import Page, all_rows
from ..port import Gateway, first_days
from ..records import (
    Administration,
    Component,
    CostCenter,
    Employer,
    Employments,
    Period,
    Problem,
)
from . import mapping
from .operations import title

if TYPE_CHECKING:
    from .client import SoapClient


def log_in(
    wsdl_url: str | None,
    username: str,
    password: str,
    environment_code: str,
    *,
    patience: Patience | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Trade the credentials of a web service user for a link key, and forget them.

    Asked once, never again by itself: a few refusals may block the user.

    :param wsdl_url: where the service description lies; empty: the packaged one
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
    link_key: str = _client(wsdl_url, patience, sleep).ask_once(
        "LogIn",
        userName=username,
        password=password,
        environmentCode=environment_code,
    )
    return link_key.strip()


class SoapGateway(Gateway):
    """Reads from Loket as the web service user behind ``link_key``.

    :param wsdl_url: where the service description lies; empty: the packaged one
    :param link_key: empty: every call is refused
    :param sleep: waits a number of seconds
    :raise LoketMisconfigured: ``wsdl_url`` can't work
    """

    def __init__(
        self,
        *,
        wsdl_url: str | None,
        link_key: str | None,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._client = _client(wsdl_url, patience, sleep)
        self._link_key = link_key

    def employers(self) -> list[Employer]:
        return [mapping.employer(row) for row in self._rows("GetEmployers")]

    def administrations(self, employer_ref: str) -> list[Administration]:
        rows = self._rows("GetPayrollAdministrations", employerRef=employer_ref)
        return [mapping.administration(row) for row in rows]

    def cost_centers(
        self, employer_ref: str, administration_ref: str
    ) -> list[CostCenter]:
        rows = self._rows(
            "GetCostCenters",
            employerRef=employer_ref,
            administrationRef=administration_ref,
        )
        return [mapping.cost_center(row) for row in rows]

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
        they are asked for the first of such days too.
        """
        administration = mapping.ref(administration_ref)
        records, problems = [], []
        employees = self._employees(employer_ref, administration_ref)
        coming = self._coming(employees, employer_ref, administration_ref)
        for employee in employees:
            person = trouble = None
            try:
                person = mapping.person(employee, title("GetEmployees"))
            except LoketBadReply as error:
                trouble = error.reason
            for job in employee.employment or ():
                if mapping.ref(job.administrationRef) != administration:
                    continue
                if person:
                    job = coming.get(mapping.ref(job.ref), job)
                    records.append(mapping.employment(job, person))
                elif trouble:
                    name = mapping.shown_name(employee)
                    problems.append(
                        Problem(ref=mapping.ref(job.ref), name=name, reason=trouble)
                    )
        return Employments(records=tuple(records), problems=tuple(problems))

    def hidden_by_filter(self, employer_ref: str) -> list[str]:
        """None: filter settings are of people; a web service user has no screen."""
        return []

    def missing_activities(self, employer_ref: str) -> list[str]:
        """None: a web service user has employers, no set of rights."""
        return []

    def _coming(
        self, employees: list[mapping.Row], employer_ref: str, administration_ref: str
    ) -> dict[str, mapping.Row]:
        """Employments that have yet to begin, as they will be on their first day.

        :return: by reference
        """
        administration = mapping.ref(administration_ref)
        starts = {
            mapping.ref(job.ref): job.startDate
            for employee in employees
            for job in employee.employment or ()
            if mapping.ref(job.administrationRef) == administration
        }
        coming = {}
        for day, refs in first_days(starts, (), date.today()).items():
            try:
                then = self._employees(employer_ref, administration_ref, day)
            except LoketError:
                break  # it comes by itself, once the employment begins
            for employee in then:
                for job in employee.employment or ():
                    if mapping.ref(job.ref) in refs:
                        coming[mapping.ref(job.ref)] = job
        return coming

    def _employees(
        self, employer_ref: str, administration_ref: str, day: date | None = None
    ) -> list[mapping.Row]:
        reference = {"referenceDate": day} if day else {}

        def read_page(number: int) -> Page[mapping.Row]:
            reply = self._read(
                "GetEmployees",
                employerRef=employer_ref,
                administrationRef=administration_ref,
                page=number,
                **reference,
            )
            return Page(
                rows=reply.employee or [],
                total_size=reply.totalSize,
                total_pages=reply.totalPages,
                current_page=reply.currentPage,
            )

        return all_rows(
            title("GetEmployees"),
            read_page,
            row_key=lambda row: mapping.ref(row.ref),
            rows_field="employee",
        )

    def _rows(self, operation: str, **arguments: Any) -> list[mapping.Row]:
        """The list that is all of a reply; zeep hands it out without its wrapping."""
        return self._read(operation, **arguments) or []

    def _read(self, operation: str, **arguments: Any) -> Any:
        if not self._link_key:
            raise not_connected()
        return self._client.ask(operation, linkKey=self._link_key, **arguments)


def _client(
    wsdl_url: str | None, patience: Patience | None, sleep: Callable[[float], None]
) -> "SoapClient":
    """The client of a link; the first one in a process loads zeep."""
    from .client import SoapClient

    return SoapClient(wsdl_url, patience=patience, sleep=sleep)
