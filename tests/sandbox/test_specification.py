# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every reply of the sandbox keeps Loket's published specification."""

import pytest

from sandbox.events import EVENTS

from . import specification

_EMPLOYER = "/providers/employers/{employerId}"
_OFFICE = "/providers/employers/payrolladministrations/{payrollAdministrationId}"
_PERSON = "/providers/employers/employees"
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
    )
    reply = client.get(
        path,
        accept=f"application/json;version={version}",
        **({"payslipType": 1} if path.endswith("payrollperioddata") else {}),
    )
    assert reply.status_code == 200
    return reply.json(), specification.errors(address, version, reply.json())


@pytest.mark.parametrize(("address", "version"), CALLS)
def test_reply_has_every_field_of_the_specification(loket, client, address, version):
    employer = loket.company.employer
    office = employer.administrations[0]
    office.runs = {202601: [5, 9]}
    unit = employer.distribution_units[0].code
    loket.company.period_data[office.id, 2026, 1] = {(1, 1, unit): {1: 8, 86: 12}}
    body, found = errors(loket, client, address, version)
    assert body.get("_embedded") or body.get("content"), "an empty reply proves nothing"
    assert not found


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
        if not address.endswith("payrollperioddata") and "{employeeId}" not in address
        for error in errors(loket, client, address, version)[1]
    ]
    expected = name in _BREAKING and name not in ("no_employees", "nul_character",
                                                  "half_surrogate")  # fmt: skip
    assert bool(found) == expected, found
