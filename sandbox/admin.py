# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Endpoints under ``/_sandbox/`` for tests and demonstrations; Loket has none of these.

They change the staff, switch faults on and off, and read back what was imported.
"""

import dataclasses
import datetime
from decimal import Decimal

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from .data import Administration, Employee, Employer, Employment
from .errors import Refusal, json_response
from .events import EVENTS
from .faults import FAULTS
from .pages import page
from .period_data import SOMEBODY, Key, Place, Value, own_unit

_RELATIONS = {"department": "departments", "function": "functions",
              "distribution_unit": "distribution_units"}  # fmt: skip
_CLOSED = {"id", "employments", "employees", "administrations", "administration",
           "components", "components_by_year", "cost_centers", "departments",
           "functions", "distribution_units"}  # fmt: skip


def company(server, request):
    """Return the administrations and their staff, with the numbers of the file.

    Query: ``staff=0`` leaves out the staff.
    """
    with_staff = request.args.get("staff") != "0"
    return [
        {
            "employer": employer.name,
            "employer_ref": employer.id,
            "administration": office.name,
            "administration_ref": office.id,
            "client_number": office.client_number,
            "staff": [
                {
                    "employee_number": person.number,
                    "payroll_number": job.payroll_id,
                    "name": f"{person.first_name} {person.last_name}",
                    "distribution_unit": job.distribution_unit
                    and job.distribution_unit.code,
                    "start_date": str(job.start_date),
                    "end_date": job.end_date and str(job.end_date),
                }
                for person, job in (employer.employments() if with_staff else ())
                if job.administration is office
            ],
        }
        for employer in server.company.employers
        for office in employer.administrations
    ]


def change_employee(server, request, number):
    """Change fields of an employee: JSON of the fields of ``data.Employee``."""
    for employer in server.company.employers:
        for person in employer.employees:
            if person.number == number:
                _change(person, Employee, request, employer)
                return {"changed": number}
    raise Refusal(404, {"message": f"No employee {number}"})


def change_employment(server, request, client_number, payroll_number):
    """Change fields of an employment, e.g. ``{"end_date": "2026-12-31"}``."""
    found = server.company.administration(client_number)
    for _person, job in found[0].employments() if found else ():
        if job.administration is found[1] and job.payroll_id == payroll_number:
            _change(job, Employment, request, found[0])
            return {"changed": payroll_number}
    raise Refusal(404, {"message": f"No employment {client_number}/{payroll_number}"})


def change_administration(server, request, client_number):
    """Change fields of an administration, e.g. ``{"runs": {"202610": [9]}}``."""
    employer, office = _administration(server, client_number)
    _change(office, Administration, request, employer)
    return {"changed": client_number}


def change_employer(server, request, client_number):
    """Change fields of the employer of an administration, e.g. ``{"modules": []}``."""
    employer, _office = _administration(server, client_number)
    _change(employer, Employer, request, employer)
    return {"changed": employer.number}


def _administration(server, client_number):
    if found := server.company.administration(client_number):
        return found
    raise Refusal(404, {"message": f"No administration {client_number}"})


def _change(record, kind, request, employer):
    values = request.get_json()
    known = {item.name for item in dataclasses.fields(kind)} - _CLOSED | {"vanished"}
    if unknown := set(values) - known:
        raise Refusal(400, {"message": f"Unknown fields: {', '.join(sorted(unknown))}"})
    for name, value in values.items():
        setattr(record, name, _value(name, value, employer))


def _value(name, value, employer):
    """Return a value of JSON as the field of that name holds it."""
    if value is None:
        return None
    if name.endswith("_date") or name in ("birthday", "commission_until"):
        return datetime.date.fromisoformat(value)
    if name in _RELATIONS:
        items = getattr(employer, _RELATIONS[name])
        return next(item for item in items if item.code == value)
    if name == "changes":
        return {
            datetime.date.fromisoformat(day): {
                key: _value(key, fact, employer) for key, fact in facts.items()
            }
            for day, facts in value.items()
        }
    if name in ("runs", "payroll_status"):
        return {int(period): keys for period, keys in value.items()}
    if name == "approved_at":
        return {int(period): moment for period, moment in value.items()}
    if name == "available_on":
        return {
            int(period): day and datetime.date.fromisoformat(day)
            for period, day in value.items()
        }
    if name in ("missing", "modules"):
        return frozenset(value)
    return tuple(value) if name == "country" else value


def period_data(server, request):
    """Return the values of periods as JSON, one item per cell, and totals.

    Query: ``client_number``, ``year`` and ``period``, each optional. Values are
    decimal strings. DELETE forgets all of it. POST is a change by somebody else, in
    Loket itself: ``{"client_number", "year", "period", "payroll_number", "component",
    "value"}``, the value as text or null, and if it is not the usual ``shift``,
    ``distribution_unit`` (code), ``payslip_type``, ``cost_center``, ``is_supplement``,
    ``by``.
    """
    if request.method == "DELETE":
        server.company.period_data.clear()
    if request.method == "POST":
        return _change_value(server, request.get_json())
    wanted = {
        name: request.args.get(name) for name in ("client_number", "year", "period")
    }
    cells, totals = [], {}
    for place, key, code, value in server.company.period_data.cells():
        cell = _cell(server, place, key, code, value)
        if any(wanted[name] not in (None, str(cell[name])) for name in wanted):
            continue
        totals[code] = totals.get(code, Decimal()) + value.number
        cells.append(cell)
    return {"cells": cells, "totals": {str(code): str(v) for code, v in totals.items()}}


def _cell(server, place, key, code, value):
    employer, office, _person, _job = server.index.find(place.office_id)
    job = server.index.find(key.employment_id)
    units = {unit.id: unit.code for unit in employer.distribution_units}
    return {
        "client_number": office.client_number,
        "year": place.year,
        "period": place.period,
        "employment_ref": key.employment_id,
        "payroll_number": job and job[3].payroll_id,
        "shift": key.shift,
        "payslip_type": key.payslip_type,
        "distribution_unit": units.get(key.unit_id),
        "unit_ref": key.unit_id,
        "cost_center": key.cost_center,
        "cost_unit": key.cost_unit,
        "component": code,
        "value": str(value.number),
        "is_supplement": value.is_supplement,
    }


def _change_value(server, values):
    employer, office = _administration(server, values["client_number"])
    place = Place(office.id, values["year"], values["period"])
    job = next(
        job
        for _person, job in employer.employments()
        if job.administration is office and job.payroll_id == values["payroll_number"]
    )
    unit = own_unit(job, office, place.year, place.period)
    if "distribution_unit" in values:
        unit = _value("distribution_unit", values["distribution_unit"], employer)
    key = Key(
        job.id,
        values.get("shift", job.shift),
        values.get("payslip_type", 1),
        unit and unit.id,
        values.get("cost_center"),
    )
    number = values["value"]
    on_top = values.get("is_supplement", False)
    value = None if number is None else Value(Decimal(number), on_top)
    by = values.get("by", SOMEBODY)
    code = values["component"]
    server.company.period_data.put(place, key, {code: value}, by=by)
    return {"changed": values["payroll_number"]}


def period_trail(server, _request):
    """Return who changed what in the values of periods, in order."""
    return [
        {
            **_cell(server, change.place, change.key, change.component, Value(0)),
            "by": change.by,
            "origin": change.origin[1],
            "old": None if change.old is None else str(change.old),
            "value": None if change.new is None else str(change.new),
        }
        for change in server.company.period_data.trail
    ]


def ready(server, _request):
    """Return what was told to be ready for payroll, as it was sent."""
    return server.company.ready


def faults(server, request):
    """Switch a fault on (POST ``{"name", "value", "path", "times"}``) or all off.

    DELETE switches all off, and takes back what the events among them changed.
    """
    if request.method == "DELETE":
        server.faults.clear()
    elif request.method == "POST":
        values = request.get_json()
        try:
            server.faults.add(
                values["name"],
                values.get("value"),
                path=values.get("path", ""),
                times=values.get("times"),
            )
        except ValueError as error:
            raise Refusal(400, {"message": str(error)}) from None
    return FAULTS


def fault_page(server, request):
    """Show what can go wrong, and switch it on or off."""
    error = None
    if request.method == "POST":
        form = request.form
        try:
            if "off" in form:
                server.faults.clear()
            else:
                server.faults.add(
                    form["name"],
                    form.get("value") or None,
                    path=form.get("path", ""),
                    times=int(form["times"]) if form.get("times") else None,
                )
            return redirect("/_sandbox/page")
        except ValueError as trouble:
            error = str(trouble)
    return page(
        "faults.html",
        400 if error else 200,
        active=server.faults.active(),
        events={name: event.text for name, event in EVENTS.items()},
        answers={name: text for name, text in FAULTS.items() if name not in EVENTS},
        error=error,
    )


def token(server, _request):
    """Return a token response without the consent page."""
    return server.tokens.issue("odoo")


def requests(server, _request):
    """Return the requests so far as "METHOD path"."""
    return list(server.requests)


def request_count(server, _request):
    """Return how many requests there were so far."""
    return len(server.requests)


def reply(function, server, request, **arguments):
    """Answer an admin request."""
    found = function(server, request, **arguments)
    return found if isinstance(found, Response) else json_response(found)
