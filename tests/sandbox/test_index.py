# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists are worked out once, and again as soon as a record changed."""

import pytest

from odoo.tools import zeep

from sandbox import data, present, soap_present
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
