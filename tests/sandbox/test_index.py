# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists are worked out once, and again as soon as a record changed."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.tools import zeep

from sandbox import (
    change_versions,
    data,
    payroll_endpoints,
    payroll_present,
    present,
    soap_present,
)
from sandbox.period_data import Key, Place, Value
from sandbox.server import Sandbox

from .conftest import Client

LISTS = (
    "employees", "employees/employments", "actualworkinghours", "actualwages",
    "actualorganizationalentities",
)  # fmt: skip


def page(loket, client, part, **query):
    path = f"/providers/employers/{loket.company.employer.id}/{part}"
    return client.get(path, **query).json()


@pytest.mark.parametrize("part", LISTS)
def test_a_page_costs_what_is_on_it(monkeypatch, part):
    shaped, seen = [], []
    real, walk = present.shaped, data.Employer.employments
    monkeypatch.setattr(
        present, "shaped", lambda *args: shaped.append(args) or real(*args)
    )
    monkeypatch.setattr(
        data.Employer, "employments", lambda self: seen.append(self) or walk(self)
    )
    with Sandbox(employees=200) as loket:
        client = Client(loket)
        for number in range(1, 11):
            page(loket, client, part, pageSize=20, pageNumber=number)
    assert len(shaped) == 200
    assert len(seen) <= 1, "the staff is walked once for all pages"


def test_a_page_over_soap_costs_what_is_on_it(monkeypatch):
    made, seen = [], []
    real, walk = soap_present.employee, data.Employer.employments
    monkeypatch.setattr(
        soap_present, "employee", lambda *args: made.append(args) or real(*args)
    )
    monkeypatch.setattr(
        data.Employer, "employments", lambda self: seen.append(self) or walk(self)
    )
    with Sandbox(employees=200, page_size=20) as loket:
        employer = loket.company.employer
        service, key = zeep.Client(loket.wsdl_url).service, loket.link_keys.issue()
        for number in range(1, 11):
            service.GetEmployees(
                linkKey=key,
                employerRef=employer.id,
                administrationRef=employer.administrations[0].id,
                page=number,
            )
    assert len(made) == 200
    assert len(seen) == 1


@pytest.mark.parametrize("people", [20, 200])
def test_a_page_of_period_data_costs_what_is_on_it(monkeypatch, people):
    rows, seen, shown = [], [], []
    make, walk = payroll_endpoints._rows_of, data.Employer.employments
    show = payroll_present.period_data
    monkeypatch.setattr(
        payroll_endpoints, "_rows_of", lambda *a, **k: rows.append(a) or make(*a, **k)
    )
    monkeypatch.setattr(
        data.Employer, "employments", lambda self: seen.append(self) or walk(self)
    )
    monkeypatch.setattr(
        payroll_present, "period_data", lambda *args: shown.append(args) or show(*args)
    )
    with Sandbox(employees=people) as loket:
        office = loket.company.employer.administrations[0]
        place = Place(office.id, *office.period_years()[:1], 1)
        for _person, job in loket.index.pairs(loket.company.employer):
            if job.administration is office:
                job.start_date = date(2010, 1, 1)
                key = Key(job.id, 1, 1, job.distribution_unit.id)
                loket.company.period_data.put(place, key, {1: Value(Decimal(8))})
        seen.clear()
        path = (
            f"/providers/employers/payrolladministrations/{office.id}/payrollPeriods/"
            f"{place.year}{place.period:02}/payrollperioddata"
        )
        asked = {"payslipType": 1, "payrollComponentId": 1, "pageSize": 5}
        client = Client(loket)
        pages = [client.get(path, **asked, pageNumber=n).json() for n in (1, 2, 3, 4)]

        assert {len(found["_embedded"]) for found in pages} == {5}
        assert len(shown) == 20
        assert len(rows) == 1 and len(seen) <= 1, "worked out once for all pages"

        loket.company.period_data.put(place, key, {1: None})
        total = client.get(path, **asked).json()["totalSize"]
        assert total == pages[0]["totalSize"] - 1, "a change shows on the next page"


def test_the_count_of_changes_is_worked_out_again_only_after_a_change(monkeypatch):
    facts, real = [], change_versions._facts
    monkeypatch.setattr(
        change_versions, "_facts", lambda record: facts.append(record) or real(record)
    )
    with Sandbox(employees=20) as loket:
        client = Client(loket)
        path = "/providers/employers/lastmodifiedversionnumbers"

        def highest():
            return max(
                row["lastModifiedVersionNumber"]
                for row in client.get(path).json()["_embedded"]
            )

        first = highest()
        worked_out = len(facts)
        assert highest() == first and len(facts) == worked_out

        job = loket.company.employer.employees[0].employments[0]
        job.changes[date(2030, 1, 1)] = {"shift": 2}
        assert highest() > first


@pytest.mark.parametrize("part", LISTS)
def test_a_change_shows_on_the_next_page(loket, client, part):
    employer = loket.company.employer
    total = page(loket, client, part)["totalSize"]
    gone = employer.employees.pop()
    assert page(loket, client, part)["totalSize"] < total
    employer.employees.append(gone)
    assert page(loket, client, part)["totalSize"] == total
    employer.employees[3].vanished = True
    assert page(loket, client, part)["totalSize"] == total - 1
    loket.company.employers.reverse()
    other = page(loket, client, part)["totalSize"]
    assert other == 4


def test_a_set_of_a_record_cannot_change_unseen(loket):
    job = loket.company.employer.employees[0].employments[0]
    job.missing = {"hours"}
    with pytest.raises(AttributeError):
        job.missing.add("wages")
