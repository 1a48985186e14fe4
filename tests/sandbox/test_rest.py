# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Versions, paging, filters and rights of the REST endpoints."""

import pytest
import requests

from sandbox.generate import generate
from sandbox.server import Sandbox

from .conftest import VERSION, Client


def employees_path(loket):
    return f"/providers/employers/{loket.company.employer.id}/employees"


@pytest.mark.parametrize(
    "accept",
    [None, "application/json", "application/json;version=1999-01-01",
     "application/json;version=soon"],
)  # fmt: skip
def test_a_missing_or_wrong_version_is_refused(client, accept):
    reply = client.get("/user", accept=accept)
    assert reply.status_code == 400
    assert reply.json()["messages"][0]["properties"] == ["Accept"]
    assert reply.json()["content"] == {}


def test_the_version_on_or_before_the_date_is_taken(loket, client):
    path = employees_path(loket)
    old = client.get(path, accept="application/json;version=2020-01-01").json()
    new = client.get(path).json()
    assert old["version"]["resourceVersion"] == "2018-12-31"
    assert new["version"]["resourceVersion"] == "2021-03-29"
    field = "businessEmailAddress"
    assert field not in old["_embedded"][0]["contactInformation"]
    assert field in new["_embedded"][0]["contactInformation"]


def test_pages_hold_everyone_once():
    with Sandbox(employees=60, page_size=25) as loket:
        client, path, numbers, page = Client(loket), employees_path(loket), [], 0
        while True:
            page += 1
            body = client.get(path, pageNumber=page).json()
            numbers += [item["employeeNumber"] for item in body["_embedded"]]
            if body["currentPage"] == body["totalPages"]:
                break
        assert page == 3
        assert numbers == [person.number for person in loket.company.employer.employees]


@pytest.mark.parametrize("name", ["pageNumber", "pageSize"])
@pytest.mark.parametrize("value", ["0", "-1", "x"])
def test_a_wrong_page_is_refused(loket, client, name, value):
    reply = client.get(employees_path(loket), **{name: value})
    assert reply.status_code == 400
    assert reply.json()["messages"][0]["properties"] == [name]


def test_the_default_page_size_is_that_of_the_contract(loket, client):
    assert client.get(employees_path(loket)).json()["pageSize"] == 250


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"filter": "employeeNumber ge 103 and employeeNumber le 104"}, [103, 104]),
        ({"filter": "employeeNumber eq 101 or employeenumber eq 103"}, [101, 103]),
        ({"filter": "personalDetails.lastName eq 'HART'"}, [104]),
        ({"filter": "personalDetails.lastName lk 'illiams'"}, [105]),
        ({"filter": "employeeNumber lt 103", "orderBy": "-employeeNumber"}, [102, 101]),
    ],
)
def test_filter_and_order_work(loket, client, query, numbers):
    body = client.get(employees_path(loket), **query).json()
    assert [item["employeeNumber"] for item in body["_embedded"]] == numbers


@pytest.mark.parametrize(
    "query",
    [{"filter": "nothing eq 1"}, {"filter": "employeeNumber like 1"},
     {"filter": "employeeNumber"}, {"orderBy": "nothing"}],
)  # fmt: skip
def test_a_wrong_filter_is_refused(loket, client, query):
    assert client.get(employees_path(loket), **query).status_code == 400


def test_no_token_or_an_expired_one_is_refused(loket, client):
    url = f"{loket.api_url}/user"
    assert requests.get(url, headers={"Accept": VERSION}, timeout=5).status_code == 401
    loket.tokens.expire_access()
    reply = client.get("/user")
    assert reply.status_code == 401
    message = "Authorization has been denied for this request."
    assert reply.json() == {"message": message}


def test_a_missing_activity_is_named(loket, client):
    loket.company.employer.activities.remove("GetEmployeesByEmployerId")
    reply = client.get(employees_path(loket))
    assert reply.status_code == 403
    assert "GetEmployeesByEmployerId" in reply.json()["message"]


def test_an_unknown_entity_or_path_is_not_found(client):
    unknown = "00000000-0000-4000-8000-000000000000"
    assert client.get(f"/providers/employers/{unknown}").status_code == 404
    assert client.get("/nothing").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/v2", "/globalfilter", "/v2/globalfilter"])
def test_filter_settings_have_all_published_addresses(loket, client, prefix):
    employer = loket.company.employer
    url = f"{loket.url}{prefix}/user/filtersettings/{employer.id}"
    headers = {"Authorization": f"Bearer {client.token}", "Accept": VERSION}
    reply = requests.get(url, headers=headers, timeout=5)
    settings = reply.json()["content"]["employmentFilter"]
    assert settings["filterOnEmployedStatus"] == "AllEmployments"
    settings["filterOnDepartments"] = [{"key": employer.departments[0].id}]
    body = {"employmentFilter": settings}
    assert requests.put(url, headers=headers, json=body, timeout=5).status_code == 200
    shown = client.get(f"{employees_path(loket)}/employments").json()["totalSize"]
    expected = [job for _person, job in employer.employments() if
                job.department is employer.departments[0]]  # fmt: skip
    assert shown == len(expected) > 0


def test_a_wrong_filter_setting_is_refused(loket, client):
    url = f"{loket.url}/user/filtersettings/{loket.company.employer.id}"
    headers = {"Authorization": f"Bearer {client.token}", "Accept": VERSION}
    for body in ({}, {"employmentFilter": {"filterOnEmployedStatus": "Some"}}):
        assert (
            requests.put(url, headers=headers, json=body, timeout=5).status_code == 400
        )


def test_actual_lists_hold_the_employments_of_the_reference_date(loket, client):
    path = employees_path(loket).replace("/employees", "/actualwages")
    assert client.get(path, referenceDate="1990-01-01").json()["totalSize"] == 0
    assert client.get(path).json()["totalSize"] == 28
    assert client.get(path, referenceDate="today").status_code == 400


def test_four_weekly_periods_cover_the_year_of_53_weeks(loket, client):
    office = loket.company.employer.administrations[1]
    path = f"/providers/employers/payrolladministrations/{office.id}/payrollperiods"
    periods = {item["id"]: item for item in client.get(path).json()["_embedded"]}
    assert periods[202613]["startDate"] == "2026-11-30"
    assert periods[202613]["endDate"] == "2027-01-03"
    assert periods[202701]["startDate"] == "2027-01-04"


def test_the_same_seed_makes_the_same_company():
    assert generate(40, 7) == generate(40, 7)
    assert generate(40, 7) != generate(40, 8)


def test_more_employers_have_people_of_their_own_and_change_nothing_else():
    plain, more = generate(5), generate(5, employers=3)
    known, added = more.employers[:-3], more.employers[-3:]
    numbers = [
        [person.number for person in employer.employees] for employer in more.employers
    ]

    assert known == plain.employers
    assert [len(employer.employees) for employer in added] == [5] * 3
    assert len(set(sum(numbers[-3:], numbers[0]))) == 15 + len(numbers[0])


def test_payroll_numbers_are_unique_within_an_administration():
    for employer in generate(300, 3).employers:
        keys = [(job.administration.id, job.payroll_id)
                for _person, job in employer.employments()]  # fmt: skip
        assert len(keys) == len(set(keys))
