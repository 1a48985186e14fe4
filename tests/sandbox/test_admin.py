# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The helper endpoints change the staff and read back the imports."""

import requests

from sandbox.faults import FAULTS


def test_a_changed_employee_shows_in_the_api(loket, client):
    change = {"street": "Nieuweweg", "house_number": 9, "birthday": "1990-02-03"}
    url = f"{loket.url}/_sandbox/employees/107"
    assert requests.post(url, json=change, timeout=5).status_code == 200
    person = loket.company.employer.employees[6]
    body = client.get(f"/providers/employers/employees/{person.id}").json()["content"]
    assert body["address"]["street"] == "Nieuweweg"
    assert body["address"]["houseNumber"] == 9
    assert body["personalDetails"]["dateOfBirth"] == "1990-02-03"


def test_an_employment_can_be_ended_moved_and_hidden(loket, client):
    url = f"{loket.url}/_sandbox/employments/5555/1"
    change = {"end_date": "2026-12-31", "distribution_unit": 20}
    assert requests.post(url, json=change, timeout=5).status_code == 200
    job = loket.company.employer.employees[0].employments[0]
    path = f"/providers/employers/employees/employments/{job.id}"
    assert client.get(path).json()["content"]["endDate"] == "2026-12-31"
    assert job.distribution_unit.code == 20
    requests.post(url, json={"vanished": True}, timeout=5)
    assert client.get(path).status_code == 404


def test_wrong_changes_are_refused(loket):
    url = f"{loket.url}/_sandbox"
    assert requests.post(f"{url}/employees/9", json={}, timeout=5).status_code == 404
    reply = requests.post(f"{url}/employees/101", json={"shoes": 43}, timeout=5)
    assert (reply.status_code, reply.json()["message"]) == (
        400,
        "Unknown fields: shoes",
    )
    reply = requests.post(f"{url}/employments/5555/999", json={}, timeout=5)
    assert reply.status_code == 404


def test_faults_can_be_switched_over_http(loket, client):
    url = f"{loket.url}/_sandbox/faults"
    requests.post(url, json={"name": "error500"}, timeout=5)
    assert client.get("/user").status_code == 500
    requests.delete(url, timeout=5)
    assert client.get("/user").status_code == 200
    assert requests.post(url, json={"name": "x"}, timeout=5).status_code == 400


def test_period_data_has_totals_and_can_be_narrowed(loket, upload):
    upload(
        b"aanslnr;persnr;ploeg;verdelingseenheid;1\r\n5555;1;1;10;8\r\n5555;2;1;20;2,5\r\n"
    )
    url = f"{loket.url}/_sandbox/payroll-period-data"
    assert requests.get(url, timeout=5).json()["totals"] == {"1": "10.5"}
    other = requests.get(url, params={"period": 2}, timeout=5).json()
    assert other == {"cells": [], "totals": {}}


def test_company_token_and_requests_can_be_read(loket, client):
    company = requests.get(f"{loket.url}/_sandbox/company", timeout=5).json()
    assert [item["client_number"] for item in company] == [5555, 5556, 6001]
    assert len(company[0]["staff"]) == 25
    client.get("/user")
    assert loket.requests == ["GET /v2/user"]
    url = f"{loket.url}/_sandbox/token"
    client.token = requests.post(url, timeout=5).json()["access_token"]
    assert client.get("/user").status_code == 200


def test_facts_of_a_later_date_can_be_changed(loket, client):
    url = f"{loket.url}/_sandbox/employments/5555/1"
    change = {"changes": {"2026-10-01": {"shift": 2, "distribution_unit": 20}}}
    assert requests.post(url, json=change, timeout=5).status_code == 200
    path = f"/providers/employers/{loket.company.employer.id}/actualworkinghours"
    shifts = [
        client.get(path, referenceDate=day).json()["_embedded"][0]["workingHours"]
        for day in ("2026-09-30", "2026-10-01")
    ]
    assert [item["shift"]["shiftNumber"] for item in shifts] == [1, 2]


def test_an_administration_and_its_employer_can_be_changed(loket):
    url = f"{loket.url}/_sandbox/administrations/5556"
    change = {"fourteenth": True, "runs": {"202610": [9]}, "years": [2026]}
    assert requests.post(url, json=change, timeout=5).status_code == 200
    _employer, office = loket.company.administration(5556)
    assert office.period_count(2026) == 14
    assert office.is_approved(202610)
    reply = requests.post(f"{url}/employer", json={"modules": []}, timeout=5)
    assert reply.status_code == 200
    assert loket.company.employer.modules == frozenset()
    assert requests.post(url, json={"id": "x"}, timeout=5).status_code == 400
    reply = requests.post(f"{loket.url}/_sandbox/administrations/9", json={}, timeout=5)
    assert reply.status_code == 404


def test_the_page_switches_faults(loket):
    url = f"{loket.url}/_sandbox/page"
    text = requests.get(url, timeout=5).text
    assert all(name in text for name in FAULTS)
    form = {"name": "end_date", "value": "107"}
    text = requests.post(url, data=form, timeout=5).text
    assert "<code>end_date=107</code>" in text
    job = loket.company.employer.employees[6].employments[0]
    assert job.end_date
    reply = requests.post(url, data={"name": "end_date", "value": "9"}, timeout=5)
    assert (reply.status_code, "No employee 9" in reply.text) == (400, True)
    requests.post(url, data={"off": "1"}, timeout=5)
    assert job.end_date is None
