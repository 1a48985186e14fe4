# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's replies for a made-up company of three employments."""

import copy

from ..loket_stub import page

EMPLOYER = "0e000000-0000-4000-8000-000000000001"
ADMINISTRATION = "0a000000-0000-4000-8000-000000000001"
OTHER_ADMINISTRATION = "0a000000-0000-4000-8000-000000000002"

AT_EMPLOYER = f"/v2/providers/employers/{EMPLOYER}"
AT_ADMINISTRATION = f"/v2/providers/employers/payrolladministrations/{ADMINISTRATION}"


def ref(kind, number):
    return f"{kind}000000-0000-4000-8000-{number:012d}"


def employee(number, **personal):
    return {
        "id": ref("ee", number),
        "employeeNumber": 100 + number,
        "personalDetails": {
            "firstName": "Susan",
            "initials": "S.L.",
            "prefix": "van",
            "lastName": "Bergen",
            "prefixPartner": "van de",
            "lastNamePartner": "Wiel",
            "formattedName": "Wiel - van Bergen S.L. van de",
            "howToFormatLastName": {
                "key": 3,
                "value": "last name partner + last name",
            },
            "dateOfBirth": "1985-02-28",
            "gender": {"key": 2, "value": "female"},
        }
        | personal,
        "address": {
            "street": "Voordijk",
            "houseNumber": 12,
            "houseNumberAddition": "D",
            "postalCode": "1234 AA",
            "city": "Leiden",
            "country": {"key": 1, "value": "Netherlands", "isoCode": "NL"},
        },
        "contactInformation": {
            "emailAddress": "susan@example.com",
            "mobilePhoneNumber": "+31 6-12345678",
            "phoneNumber": None,
            "businessEmailAddress": "s.vanbergen@example.com",
            "businessPhoneNumber": "+31 13-1234567",
        },
        "aFieldOfNextYear": {"ignored": True},
    }


def employment(number, administration=ADMINISTRATION, **more):
    return {
        "id": ref("ed", number),
        "employee": {"id": ref("EE", number), "formattedName": "Bergen S.L. van"},
        "payrollId": number,
        "startDate": "2020-03-01",
        "endDate": None,
        "commissionUntilDate": None,
        "isOnCallEmployment": False,
        "employmentDurationType": {
            "key": 1,
            "value": "Contract of indefinite duration",
        },
        "payrollAdministration": {"id": administration, "clientNumber": 5555},
        "nonPayrollAdministration": None,
    } | more


def hours(number, **more):
    return {
        "employmentId": ref("ed", number),
        "workingHours": {
            "shift": {"shiftNumber": 1, "fullTimeHoursPerWeek": 40},
            "deviatingHoursPerWeek": 20,
            "aggregatedHoursPerWeek": 20,
        }
        | more,
    }


def wage(number, **more):
    return {
        "employmentId": ref("ed", number),
        "wage": {
            "grossWage": 2400.5,
            "grossWageType": {"key": 1, "value": "periodiek"},
            "isGrossWageFullTime": True,
            "payrollPeriodType": {"key": 1, "value": "Maand"},
        }
        | more,
    }


def organization(number, **more):
    return {
        "employmentId": ref("ed", number),
        "organizationalEntity": {
            "department": {"code": 2, "description": "Verkoop"},
            "function": {"description": "Verkoper"},
            "deviatingFunctionDescription": None,
            "distributionUnit": {"code": 7, "description": "Sales"},
        }
        | more,
    }


def rows(count=3):
    """The rows of the five lists that employments are joined from."""
    numbers = range(1, count + 1)
    return copy.deepcopy(
        {
            "employees": [employee(number) for number in numbers],
            "employees/employments": [employment(number) for number in numbers],
            "actualworkinghours": [hours(number) for number in numbers],
            "actualwages": [wage(number) for number in numbers],
            "actualorganizationalentities": [organization(n) for n in numbers],
        }
    )


def serve(stub, lists):
    """Let ``stub`` serve ``lists`` under the employer."""
    for name, found in lists.items():
        stub.routes[f"{AT_EMPLOYER}/{name}"] = page(found)
