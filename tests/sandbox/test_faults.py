# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each switch fails in the way that it says, and can be switched off again."""

import json
import time

import pytest
import requests

from sandbox.events import EVENTS
from sandbox.faults import FAULTS, Faults
from sandbox.generate import generate


@pytest.fixture
def employees(loket):
    return f"/providers/employers/{loket.company.employer.id}/employees"


@pytest.mark.parametrize(
    ("name", "status"),
    [("error500", 500), ("rate_limit", 429), ("unauthorized", 401), ("forbidden", 403)],
)
def test_a_failing_status_lasts_as_often_as_asked(loket, client, name, status):
    loket.faults.add(name, times=2)
    assert [client.get("/user").status_code for _try in range(3)] == [
        status,
        status,
        200,
    ]


def test_429_tells_how_long_to_wait(loket, client):
    loket.faults.add("rate_limit", 7)
    assert client.get("/user").headers["Retry-After"] == "7"


def test_a_fault_can_be_bound_to_a_path(loket, client, employees):
    loket.faults.add("error500", path="/employees$")
    assert client.get("/user").status_code == 200
    assert client.get(employees).status_code == 500
    loket.faults.clear()
    assert client.get(employees).status_code == 200


def test_a_cut_connection_gives_no_reply(loket, client):
    loket.faults.add("cut", times=1)
    with pytest.raises(requests.ConnectionError):
        client.get("/user")
    assert client.get("/user").status_code == 200


def test_latency_delays_the_reply(loket, client):
    loket.faults.add("latency", 0.2)
    start = time.monotonic()
    client.get("/user")
    assert time.monotonic() - start >= 0.2


def test_a_reply_can_be_html_or_half_json(loket, client):
    loket.faults.add("html", times=1)
    reply = client.get("/user")
    assert (reply.status_code, reply.text[:9]) == (200, "<!DOCTYPE")
    loket.faults.add("wrong_json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(client.get("/user").text)


def test_half_a_page_holds_fewer_records_than_it_says(loket, client, employees):
    loket.faults.add("half_page")
    body = client.get(employees).json()
    assert (body["totalSize"], len(body["_embedded"])) == (27, 13)


def test_page_twice_repeats_the_first_page(loket, client, employees):
    loket.faults.add("page_twice")
    first, second = (
        client.get(employees, pageSize=10, pageNumber=number).json()
        for number in (1, 2)
    )
    assert second["currentPage"] == 2
    assert second["_embedded"] == first["_embedded"]


def test_one_employee_lacks_a_last_name(loket, client, employees):
    loket.faults.add("missing_field")
    lacking = [
        item["employeeNumber"]
        for item in client.get(employees).json()["_embedded"]
        if "lastName" not in item["personalDetails"]
    ]
    assert lacking == [108]


def test_employments_vanish(loket, client, employees):
    loket.faults.add("vanished_employees", 50)
    assert client.get(f"{employees}/employments").json()["totalSize"] == 14
    loket.faults.clear()
    assert client.get(f"{employees}/employments").json()["totalSize"] == 28


def test_a_right_is_missing(loket, client, employees):
    loket.faults.add("missing_activity", "GetEmployeesByEmployerId")
    assert client.get(employees).status_code == 403
    path = f"/providers/employers/{loket.company.employer.id}/authorizations"
    names = {item["description"] for item in client.get(path).json()["_embedded"]}
    assert "GetEmployeesByEmployerId" not in names
    assert "GetEmploymentsByEmployerId" in names


def test_filter_settings_hide_employments(loket, client, employees):
    loket.faults.add("hiding_filter")
    path = f"/user/filtersettings/{loket.company.employer.id}"
    settings = client.get(path).json()["content"]["employmentFilter"]
    assert settings["filterOnEmployedStatus"] == "ActiveEmployments"


def test_an_unknown_fault_is_refused():
    with pytest.raises(ValueError, match="Unknown fault 'gremlins'; choose from"):
        Faults(["gremlins"])


def test_every_fault_can_be_named_on_the_command_line():
    faults = Faults(f"{name}=1" for name in FAULTS if name not in EVENTS)
    assert all(faults.take(name) for name in FAULTS if name not in EVENTS)
    for name in EVENTS:  # one by one: they may contradict each other
        faults = Faults([name], generate(6))
        assert faults.take(name)
