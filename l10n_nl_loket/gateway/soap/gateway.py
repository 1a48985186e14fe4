# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Loket's SOAP service, and the way to a link with it.

Not imported with the package: zeep comes from Odoo and takes a while to load.
"""

import logging
import time
from collections.abc import Callable

from ...words import _lt
from ..errors import LoketBadReply, LoketRefused
from ..http import Patience
from ..port import Gateway
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
from .client import SoapClient
from .description import title

_logger = logging.getLogger(__name__)


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
    """
    given = (username or "").strip(), password or "", (environment_code or "").strip()
    if not all(given):
        raise LoketRefused(
            _lt("Enter the user name, the password and the environment code.")
        )
    if not "".join(given).isprintable():  # XML has no way to write such characters
        raise LoketRefused(
            _lt("The user name, password or code holds a character that can't be sent.")
        )
    client = SoapClient(wsdl_url, patience=patience, sleep=sleep)
    return client.once(
        "LogIn", userName=given[0], password=given[1], environmentCode=given[2]
    ).strip()


class SoapGateway(Gateway):
    """Reads from Loket as the web service user behind ``link_key``."""

    def __init__(
        self,
        *,
        wsdl_url: str | None,
        link_key: str | None,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        """``wsdl_url`` None or empty: the service description that is packaged."""
        self._client = SoapClient(wsdl_url, patience=patience, sleep=sleep)
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

    def components(self, administration_ref: str, year: int) -> list[Component]:
        rows = self._rows(
            "GetPayrollComponents", administrationRef=administration_ref, year=year
        )
        return [mapping.component(row, year) for row in rows]

    def periods(self, administration_ref: str, year: int) -> list[Period]:
        rows = self._rows(
            "GetPayrollPeriods", administrationRef=administration_ref, year=year
        )
        return sorted(
            (mapping.period(row) for row in rows if row.year == year),
            key=lambda period: period.number,
        )

    def employments(self, employer_ref: str, administration_ref: str) -> Employments:
        """Employees by page, each with the employments: never a call per employee."""
        wanted = administration_ref.strip().lower()
        records, problems = [], []
        for row in self._employees(employer_ref, administration_ref):
            person = trouble = None
            try:
                person = mapping.person(row, title("GetEmployees"))
            except LoketBadReply as error:
                trouble = _lt(
                    "%(field)s %(detail)s", field=error.field, detail=error.detail
                )
            for job in row.employment or ():
                if job.administrationRef.strip().lower() != wanted:
                    continue
                if person:
                    records.append(mapping.employment(job, person))
                else:
                    problems.append(
                        Problem(
                            ref=job.ref.strip().lower(),
                            name=mapping.shown_name(row),
                            reason=trouble,
                        )
                    )
        return Employments(records=tuple(records), problems=tuple(problems))

    def hidden_by_filter(self, employer_ref: str) -> list[str]:
        """None: filter settings are of people; a web service user has no screen."""
        return []

    def missing_activities(self, employer_ref: str) -> list[str]:
        """None: a web service user has employers, no set of rights."""
        return []

    def _employees(self, employer_ref: str, administration_ref: str) -> list:
        """All pages; read once more, from the start, when they don't add up.

        The list may have changed while its pages were read. Twice is LoketBadReply.
        """
        refs = {"employerRef": employer_ref, "administrationRef": administration_ref}
        try:
            return self._all_pages(refs)
        except _PagesDontAddUp:
            _logger.info("Loket: GetEmployees: pages don't add up")
        try:
            return self._all_pages(refs)
        except _PagesDontAddUp as error:
            trouble = error.args
        raise LoketBadReply(title("GetEmployees"), *trouble)

    def _all_pages(self, refs: dict) -> list:
        found: dict = {}
        page, pages = 0, 1
        while page < pages:
            page += 1
            reply = self._read("GetEmployees", page=page, **refs)
            rows, size, pages = reply.employee or [], reply.totalSize, reply.totalPages
            if reply.currentPage != page:
                raise _PagesDontAddUp(
                    "currentPage",
                    _lt(
                        "is %(found)s instead of %(page)s",
                        found=reply.currentPage,
                        page=page,
                    ),
                )
            if pages > max(size, 1):
                raise _PagesDontAddUp(
                    "totalPages",
                    _lt("is %(pages)s for %(size)s rows", pages=pages, size=size),
                )
            if page < pages and not rows:
                raise _PagesDontAddUp(
                    "employee",
                    _lt(
                        "is empty on page %(page)s of %(pages)s", page=page, pages=pages
                    ),
                )
            found.update((row.ref.strip().lower(), row) for row in rows)
        if len(found) != size:
            raise _PagesDontAddUp(
                "totalSize",
                _lt(
                    "says %(size)s rows, the pages hold %(found)s",
                    size=size,
                    found=len(found),
                ),
            )
        return list(found.values())

    def _rows(self, operation: str, **arguments) -> list:
        """The list that is all of a reply; zeep hands it out without its wrapping."""
        return self._read(operation, **arguments) or []

    def _read(self, operation: str, **arguments):
        if not self._link_key:
            raise LoketRefused(
                _lt("The connection has no link with Loket. Connect to Loket.")
            )
        return self._client.ask(operation, linkKey=self._link_key, **arguments)


class _PagesDontAddUp(Exception):
    """Arguments: the field, and what is wrong with it."""
