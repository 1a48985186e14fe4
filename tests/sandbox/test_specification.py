# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every reply of the sandbox keeps Loket's published specification."""

from decimal import Decimal

import pytest

from sandbox import payroll_present
from sandbox.events import EVENTS
from sandbox.period_data import Key, Place, Value

from . import specification

_EMPLOYER = "/providers/employers/{employerId}"
_OFFICE = "/providers/employers/payrolladministrations/{payrollAdministrationId}"
_PERSON = "/providers/employers/employees"
_JOB = f"{_PERSON}/employments/{{employmentId}}"
# What has to be asked for.
QUERIES = {
    "/payrollperioddata": {"payslipType": 1, "payrollComponentCategory": 1},
    "/PayrollPeriodData": {"startDate": "2000-01-01", "endDate": "2099-12-31"},
    "/payrollprocessoverview": {"payrollPeriodIdStart": 202601},
}
CALLS = [
    ("/user", "2018-01-01"),
    ("/providers", "2018-01-01"),
    ("/providers/employers", "2018-01-01"),
    (_EMPLOYER, "2018-01-01"),
    (f"{_EMPLOYER}/authorizations", "2018-01-01"),
    (f"{_EMPLOYER}/authorizations", "2019-02-11"),
    (f"{_EMPLOYER}/payrolladministrations", "2018-01-01"),
    (f"{_EMPLOYER}/employees", "2018-12-31"),
    (f"{_EMPLOYER}/employees", "2021-03-29"),
    (f"{_PERSON}/{{employeeId}}", "2021-03-29"),
    (f"{_EMPLOYER}/employees/employments", "2019-12-16"),
    (f"{_PERSON}/{{employeeId}}/employments", "2019-12-16"),
    (f"{_PERSON}/employments/{{employmentId}}", "2019-12-16"),
    (f"{_EMPLOYER}/actualworkinghours", "2018-01-01"),
    (f"{_EMPLOYER}/actualwages", "2018-01-01"),
    (f"{_EMPLOYER}/actualorganizationalentities", "2018-01-01"),
    (f"{_EMPLOYER}/departments", "2018-01-01"),
    (f"{_EMPLOYER}/functions", "2018-01-01"),
    (f"{_OFFICE}/payrollcomponents/year/{{year}}", "2018-01-01"),
    (f"{_OFFICE}/payrollperiods", "2018-01-01"),
    (f"{_OFFICE}/payrollperiods/minimized", "2018-01-01"),
    ("/user/filtersettings/{employerId}", "2018-01-01"),
    (
        f"{_OFFICE}/payrollPeriods/{{payrollPeriodId}}/payrollperioddata",
        "2018-01-01",
    ),
    (f"{_JOB}/payrollperioddata", "2018-01-01"),
    (f"{_OFFICE}/auditTrail/PayrollPeriodData", "2018-01-01"),
    (f"{_OFFICE}/payrollprocessoverview", "2018-01-01"),
    (f"{_OFFICE}/payrollruns", "2018-01-01"),
    (f"{_JOB}/payslips", "2018-01-01"),
    (f"{_JOB}/payslips/{{payrollrunId}}", "2018-01-01"),
    (f"{_JOB}/yearendstatements", "2018-01-01"),
    ("/providers/employers/lastmodifiedversionnumbers", "2018-01-01"),
    (f"{_EMPLOYER}/employees/employments/lastmodifiedversionnumbers", "2018-01-01"),
]


@pytest.fixture(scope="module", autouse=True)
def published():
    """Skip, saying why, on a machine that cannot have the specification."""
    try:
        specification.load()
    except specification.Unobtainable as error:
        pytest.skip(str(error))


def errors(loket, client, address, version):
    """Return what the reply to a call has against the specification."""
    employer = loket.company.employer
    person = employer.employees[8]
    office = person.employments[0].administration
    path = address.format(
        employerId=employer.id,
        payrollAdministrationId=office.id,
        employeeId=person.id,
        employmentId=person.employments[0].id,
        year=2026,
        payrollPeriodId=202601,
        payrollrunId=payroll_present.run_id(office, 202601, 2),
    )
    asked = next((asks for end, asks in QUERIES.items() if path.endswith(end)), {})
    if "{employmentId}" in address:
        asked = {}
    reply = client.get(path, accept=f"application/json;version={version}", **asked)
    assert reply.status_code == 200
    return reply.json(), specification.errors(address, version, reply.json())


@pytest.mark.parametrize(("address", "version"), CALLS)
def test_reply_has_every_field_of_the_specification(loket, client, address, version):
    employer = loket.company.employer
    office = employer.administrations[0]
    office.runs = {202601: [5, 9]}
    office.year_ends = [2025]
    store(loket, 8, {1: Value(Decimal("8.25")), 86: Value(Decimal(12))})
    body, found = errors(loket, client, address, version)
    assert body.get("_embedded") or body.get("content"), "an empty reply proves nothing"
    assert not found


def store(loket, number, values):
    """Give an employment values of January 2026."""
    employer = loket.company.employer
    job = employer.employees[number].employments[0]
    place = Place(job.administration.id, 2026, 1)
    key = Key(job.id, 1, 1, employer.distribution_units[0].id, cost_center=2)
    loket.company.period_data.put(place, key, values)


def test_values_that_are_null_are_as_the_specification_has_them(loket, client):
    loket.faults.add("null_values")
    address = f"{_OFFICE}/payrollPeriods/{{payrollPeriodId}}/payrollperioddata"
    body, found = errors(loket, client, address, "2018-01-01")
    values = [item for row in body["_embedded"] for item in row["payrollComponents"]]
    assert not found
    assert {(item["value"], item["isSupplement"]) for item in values} == {(None, None)}
    assert len(body["_embedded"]) == 25


def test_an_audit_trail_without_a_component_keeps_the_specification(loket, client):
    store(loket, 8, {1: Value(Decimal(8))})
    store(loket, 8, {1: None})
    loket.company.employer.administrations[0].components = []
    address = f"{_OFFICE}/auditTrail/PayrollPeriodData"
    body, found = errors(loket, client, address, "2018-01-01")
    shown = [(row["oldValue"], row["newValue"]) for row in body["_embedded"]]
    assert (shown, found) == ([(None, "8"), ("8", None)], [])


@pytest.mark.parametrize("key", range(9))
def test_each_status_of_payroll_is_one_of_the_specification(loket, client, key):
    loket.faults.add("payroll_status", f"202601:{key}")
    address = f"{_OFFICE}/payrollprocessoverview"
    body, found = errors(loket, client, address, "2018-01-01")
    shown = {
        row["payrollPeriod"]["payrollPeriodId"]: row["payroll"]["payrollStatus"]["key"]
        for row in body["_embedded"]
    }
    assert (shown, found) == ({202512: 1, 202601: key, 202602: 1}, [])


_READING = f"{_OFFICE}/payrollPeriods/202601/payrollperioddata"
_UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("method", "address", "query", "body"),
    [
        ("get", _READING, {}, None),
        ("get", _READING, {"payslipType": 1}, None),
        ("get", f"{_OFFICE}/auditTrail/PayrollPeriodData", {}, None),
        ("get", f"{_OFFICE}/payrollprocessoverview", {}, None),
        ("patch", f"{_EMPLOYER}/payrollperioddata", {}, {}),
        ("patch", f"{_EMPLOYER}/payrollperioddata", {}, [{"employmentId": _UNKNOWN}]),
        ("patch", f"{_JOB}/payrollperioddata", {}, {}),
        ("post", f"{_OFFICE}/periodreadyforpayroll", {}, {"payrollPeriodId": 202613}),
    ],
)
def test_a_refusal_is_as_the_specification_has_it(
    loket, client, method, address, query, body
):
    employer = loket.company.employer
    path = address.format(
        employerId=employer.id,
        payrollAdministrationId=employer.administrations[0].id,
        employmentId=employer.employees[8].employments[0].id,
    )
    reply = client.request(method, path, json=body, params=query)
    described = address.replace("202601", "{payrollPeriodId}")
    assert reply.status_code == 400
    assert reply.json()["messages"]
    assert not specification.errors(
        described, "2018-01-01", reply.json(), method, "400"
    )
    loket.company.employer.activities.clear()
    reply = client.request(method, path, json=body, params=query)
    assert reply.status_code == 403
    assert not specification.errors(
        described, "2018-01-01", reply.json(), method, "403"
    )


def test_what_is_ready_is_accepted_as_the_specification_has_it(loket, client):
    office = loket.company.employer.administrations[0]
    address = f"{_OFFICE}/periodreadyforpayroll"
    reply = client.request(
        "post",
        address.format(payrollAdministrationId=office.id),
        json={
            "payrollPeriodId": 202601,
            "emailAddressPeriodReadyForPayroll": ["kantoor@example.com"],
            "userComment": None,
        },
    )
    assert reply.status_code == 202
    found = specification.errors(address, "2018-01-01", reply.json(), "post", "202")
    assert not found


# There may be none of them: an employment that is gone, a period without values.
_ONLY_OF_SOME = ("{payrollrunId}", "/payslips", "/yearendstatements")
# Not foreseen by the specification, and named so: an employment without a unit.
_BREAKING = {"no_distribution_units"} | {
    name for name, event in EVENTS.items() if event.text.startswith("broken")
}


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_only_a_broken_loket_breaks_the_specification(loket, client, name):
    loket.faults.add(name)
    found = [
        error
        for address, version in CALLS
        if "{employeeId}" not in address and not address.endswith(_ONLY_OF_SOME)
        for error in errors(loket, client, address, version)[1]
    ]
    expected = name in _BREAKING and name not in ("no_employees", "nul_character",
                                                  "half_surrogate")  # fmt: skip
    assert bool(found) == expected, found
