# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The SOAP service: one address, the same company as REST, the same faults.

To a fault the path of an operation is ``/soap/GetEmployees``, and that of the service
description ``/soap/wsdl``.
"""

import base64
import datetime
from types import SimpleNamespace

from lxml import etree
from werkzeug.wrappers import Response

from . import soap_present as present
from .errors import Refusal
from .importing import Choices, ImportRefused
from .index import staff
from .link_keys import LoginRefused
from .soap_messages import (
    NAMESPACE,
    SoapFault,
    description,
    element,
    fault,
    invalid,
    not_available,
    read,
    record,
    refused,
    reply,
    text_of,
)
from .upload_page import import_and_keep
from .visibility import missing_module, without_vanished

_HTML = "<!DOCTYPE html><html><body><h1>Onderhoud</h1></body></html>"


def answer(server, request):
    """Answer a request to /soap: the service description, or an operation."""
    if request.method == "GET" and "wsdl" in request.args:
        server.requests.append("GET /soap?wsdl")
        server.faults.before(_as_seen_by_faults(request, "/soap/wsdl"))
        if server.faults.take("html", "/soap/wsdl"):
            return _html()
        return description(f"{server.url}/soap")
    if request.method != "POST":
        return Response(status=405)
    if request.mimetype != "text/xml":
        return Response(status=415)
    try:
        return _operation(server, request)
    except SoapFault as trouble:
        return fault(trouble)


def _operation(server, request):
    sent = read(request.get_data())
    name = etree.QName(sent).localname
    if name not in _OPERATIONS:
        raise SoapFault("Client", "Onbekende operatie.")
    server.requests.append(f"POST /soap {name}")
    path = f"/soap/{name}"
    try:
        server.faults.before(_as_seen_by_faults(request, path))
    except Refusal as refusal:
        if refusal.status in (401, 403):
            reason = {401: "link", 403: "right"}[refusal.status]
            raise refused(reason, name if reason == "right" else None) from None
        raise
    if server.faults.take("not_available", path):
        raise not_available()
    call = _Call(server, sent, path)
    found = _OPERATIONS[name](call)
    if server.faults.take("html", path):
        return _html()
    response = reply(found, strict=server.company.keeps_contract)
    if server.faults.take("wrong_json", path):
        data = response.get_data()
        response.set_data(data[: len(data) // 2])
    return response


def _as_seen_by_faults(request, path):
    return SimpleNamespace(path=path, environ=request.environ)


def _html():
    return Response(_HTML, content_type="text/html; charset=utf-8")


class _Call:
    """One request: its values, and the entities that its references name."""

    def __init__(self, server, sent, path):
        self.server, self.sent, self.path = server, sent, path
        self.name = etree.QName(sent).localname
        if self.name != "LogIn" and not server.link_keys.accepts(self.text("linkKey")):
            raise refused("link")

    def text(self, name):
        return (self.sent.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()

    def number(self, name):
        return int(self.text(name))

    def employer(self):
        for employer in self.server.company.employers:
            if employer.id == self.text("employerRef").lower():
                return employer
        raise invalid("employerRef", reason="unknown")

    def office(self):
        """Return the employer and the administration that the request names."""
        for employer in self.server.company.employers:
            for office in employer.administrations:
                if office.id == self.text("administrationRef").lower():
                    return employer, office
        raise invalid("administrationRef", reason="unknown")

    def response(self, *children, **values):
        found = record(f"{self.name}Response", **values)
        found.extend(children)
        return found


def _log_in(call):
    values = [
        call.text("userName"),
        call.sent.findtext(f"{{{NAMESPACE}}}password"),
        call.text("environmentCode"),
    ]
    try:
        return call.response(linkKey=call.server.link_keys.log_in(*values))
    except LoginRefused as refusal:
        raise refused(refusal.reason) from None


def _employers(call):
    return call.response(*map(present.employer, call.server.company.employers))


def _administrations(call):
    found = call.employer().administrations
    return call.response(*map(present.administration, found))


def _cost_centers(call):
    employer, office = call.office()
    if call.employer() is not employer:
        raise invalid("administrationRef", reason="unknown")
    journals = not missing_module(employer, _COST_CENTERS_OF_REST)
    return call.response(
        *(
            present.cost_center(item, "distributionUnit")
            for item in employer.distribution_units
        ),
        *(
            present.cost_center(item, "costCenter")
            for item in (office.cost_centers if journals else ())
        ),
    )


_COST_CENTERS_OF_REST = "GetCostCentersAtPayrollAdministrationLevelByJournalProfileId"


def _components(call):
    _employer, office = call.office()
    year = call.number("year")
    if year not in office.component_years():
        raise invalid("year", reason="unknown")
    return call.response(*map(present.component, office.components_of(year)))


def _periods(call):
    _employer, office = call.office()
    year = call.number("year")
    count = office.period_count(year) if year in office.period_years() else 0
    return call.response(
        *(present.period(office, year, number) for number in range(1, count + 1))
    )


def _employees(call):
    employer, office = call.office()
    if call.employer() is not employer:
        raise invalid("administrationRef", reason="unknown")
    text = call.text("referenceDate")
    day = datetime.date.fromisoformat(text) if text else datetime.date.today()
    people = _staff(call, employer, office)
    size, faults = call.server.page_size, call.server.faults
    current = asked = call.number("page")
    if faults.take("page_twice", call.path):
        asked = 1
    shown = people[(asked - 1) * size : asked * size]
    if faults.take("half_page", call.path):
        shown = shown[: len(shown) // 2]
    rows = [present.employee(*item, day) for item in shown]
    if missing := faults.take("missing_field", call.path):
        _remove_last_name(rows, missing.value or "108")
    return call.response(
        *rows,
        totalSize=len(people),
        totalPages=-(-len(people) // size),
        currentPage=current,
    )


def _staff(call, employer, office):
    """Return the (employee, employments) pairs of an administration."""
    index, path = call.server.index, call.path
    if not call.server.faults.is_on("vanished_employees", path):
        return index.staff(employer, office)
    pairs = without_vanished(call.server, index.pairs(employer), path)
    return staff(pairs, office)


def _remove_last_name(rows, number):
    for row in rows:
        if number in ("all", row.findtext(f"{{{NAMESPACE}}}number")):
            row.remove(row.find(f"{{{NAMESPACE}}}lastName"))


def _import(call):
    employer, office = call.office()
    year, period = call.number("year"), call.number("period")
    if not 1 <= period <= office.period_count(year):
        raise invalid("period", [f"'{period}' is geen periode van {year}."])
    choices = Choices(
        year,
        period,
        call.text("action") == "Overschrijven",
        call.text("withDistributionUnit") in ("true", "1"),
    )
    try:
        outcome = import_and_keep(
            call.server.company,
            employer,
            office,
            choices,
            base64.b64decode(call.text("file")),
            call.text("fileName"),
        )
    except ImportRefused as refusal:
        raise invalid("file", refusal.messages) from None
    return call.response(element.rowCount(text_of(outcome["row_count"])))


_OPERATIONS = {
    "LogIn": _log_in,
    "GetEmployers": _employers,
    "GetPayrollAdministrations": _administrations,
    "GetCostCenters": _cost_centers,
    "GetPayrollComponents": _components,
    "GetPayrollPeriods": _periods,
    "GetEmployees": _employees,
    "ImporteerGegevens": _import,
}
