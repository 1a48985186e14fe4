# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every reply of the sandbox keeps Loket's published specification."""

import jsonschema
import pytest

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


@pytest.mark.parametrize(("address", "version"), CALLS)
def test_reply_has_every_field_of_the_specification(loket, client, address, version):
    employer = loket.company.employer
    person = employer.employees[6]
    office = employer.administrations[0]
    unit = employer.distribution_units[0].code
    loket.company.period_data[office.id, 2026, 1] = {(1, 1, unit): {1: 8, 86: 12}}
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
    body = reply.json()
    assert body.get("_embedded") or body.get("content"), "an empty reply proves nothing"
    validator = jsonschema.Draft202012Validator(
        specification.response_schema(address, version),
        format_checker=jsonschema.FormatChecker(),
    )
    errors = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(body)]
    assert not errors
