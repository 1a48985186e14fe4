# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Company records as the JSON of Loket's contract."""

import uuid

from .data import APPROVED
from .naming import NAME_FORMATS, formatted_name
from .periods import PERIOD_NAMES
from .shapes import shaped

GENDERS = {1: "male", 2: "female", 3: "unknown"}
RUN_STATUSES = {
    0: "Staat klaar",
    1: "Gereed",
    2: "Proforma gereed",
    5: "Verwijderd",
    6: "Geannuleerd",
    7: "Fout",
    8: "Geen loonresultaten",
    APPROVED: "Verloning goedgekeurd.",
}


def iso(date):
    """Return a date as Loket writes it, or None."""
    return date and date.isoformat()


def name_id(name):
    """Return the same identifier for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"loket:{name}"))


def period_type(administration):
    """Return the key and word of the payroll period type."""
    key = administration.period_type
    return {"key": key, "value": PERIOD_NAMES[key]}


def employer(record):
    return shaped(
        "employer",
        {"id": record.id, "companyName": record.name, "employerNumber": record.number},
    )


def administration(record, owner):
    return shaped(
        "administration",
        {
            "id": record.id,
            "employerId": owner.id,
            "name": record.name,
            "description": record.name,
            "clientNumber": record.client_number,
            "payrollPeriodType": period_type(record),
        },
    )


def _address(person):
    """Return the address, or null when nothing of it is known."""
    if person.country is None:
        return None
    key, code, name = person.country
    return {
        "street": person.street,
        "houseNumber": person.house_number,
        "houseNumberAddition": person.house_number_addition,
        "location": person.location,
        "postalCode": person.postal_code,
        "city": person.city,
        "country": {"key": key, "isoCode": code, "value": name},
    }


def employee(person, version):
    """Return an employee; version 2018-12-31 has no business contact fields."""
    record = shaped(
        "employee",
        {
            "id": person.id,
            "employeeNumber": person.number,
            "address": _address(person),
            "contactInformation": {
                "emailAddress": person.email,
                "phoneNumber": person.phone,
                "mobilePhoneNumber": person.mobile,
                "businessEmailAddress": person.work_email,
                "businessPhoneNumber": person.work_phone,
            },
            "personalDetails": {
                "firstName": person.first_name,
                "initials": person.initials,
                "prefix": person.prefix,
                "lastName": person.last_name,
                "prefixPartner": person.partner_prefix,
                "lastNamePartner": person.partner_last_name,
                "howToFormatLastName": {
                    "key": person.name_format,
                    "value": person.name_format_words
                    or NAME_FORMATS[person.name_format],
                },
                "formattedName": formatted_name(person),
                "dateOfBirth": iso(person.birthday),
                "gender": {
                    "key": person.gender,
                    "value": person.gender_word or GENDERS[person.gender],
                },
                "aowDate": iso(
                    person.birthday.replace(year=person.birthday.year + 67, day=1)
                ),
            },
        },
    )
    if version < "2021-03-29":
        contact = record["contactInformation"]
        for name in [name for name in contact if name.startswith("business")]:
            del contact[name]
    return record


def employment(pair):
    person, record = pair
    office = record.administration
    return shaped(
        "employment",
        {
            "id": record.id,
            "payrollId": record.payroll_id,
            "startDate": iso(record.start_date),
            "endDate": iso(record.end_date),
            "commissionUntilDate": iso(record.commission_until),
            "isOnCallEmployment": record.on_call,
            "calculateWorkingHours": record.calculates_hours,
            "employmentDurationType": (
                {"key": 1, "value": "Contract of indefinite duration"}
                if record.permanent
                else {"key": 2, "value": "Fixed-term contract"}
            ),
            "payrollAdministration": {
                "id": office.id,
                "name": office.name,
                "description": office.name,
                "clientNumber": office.client_number,
            },
            "employee": {
                "id": person.id,
                "employeeNumber": person.number,
                "dateOfBirth": iso(person.birthday),
                "firstName": person.first_name,
                "initials": person.initials,
                "prefix": person.prefix,
                "lastName": person.last_name,
                "prefixPartner": person.partner_prefix,
                "lastNamePartner": person.partner_last_name,
                "formattedName": formatted_name(person),
            },
        },
    )


def shift(office, number):
    return {
        "shiftNumber": number,
        "fullTimeHoursPerWeek": office.shifts.get(number, 40.0),
        "bonusPercentage": 12.0,
    }


def working_hours(record):
    """Return the hours of one day; a zero hours contract has an average of 0.

    The other fields for hours can't be 0: the contract bounds them to 0.01 and up.
    """
    number = shift(record.administration, record.shift)
    none = record.hours_per_week == 0
    return shaped(
        "working_hours",
        {
            "employmentId": record.id,
            "workingHours": {
                "id": record.id,
                "startDate": iso(record.since),
                "endDate": iso(record.until),
                "shift": number,
                "shiftRateSickLeave": number,
                "deviatingHoursPerWeek": record.hours_per_week or None,
                "aggregatedHoursPerWeek": record.hours_per_week or None,
                "averageHoursPerWeek": 0 if none else None,
                "flexibleHoursContract": (
                    {"key": 1, "value": "Nul uren contract"} if none else None
                ),
            },
        },
    )


def wage(record):
    return shaped(
        "wage",
        {
            "employmentId": record.id,
            "wage": {
                "id": record.id,
                "startDate": iso(record.since),
                "endDate": iso(record.until),
                "grossWage": record.gross_wage,
                "grossWageType": (
                    {"key": 2, "value": "hourly"}
                    if record.hourly
                    else {"key": 1, "value": "periodic"}
                ),
                "payrollPeriodType": period_type(record.administration),
            },
        },
    )


def organizational_entity(record):
    """Return the places of one day.

    Without distribution units there is null, which the contract does not foresee.
    """
    unit = record.distribution_unit
    return shaped(
        "organizational_entity",
        {
            "employmentId": record.id,
            "organizationalEntity": {
                "id": record.id,
                "startDate": iso(record.since),
                "endDate": iso(record.until),
                "department": reference(record.department),
                "distributionUnit": unit and reference(unit),
                "function": {
                    "key": record.function.id,
                    "description": record.function.description,
                },
            },
        },
    )


def reference(named):
    """Return the key, code and description by which one record names another."""
    return {"key": named.id, "code": named.code, "description": named.description}


def named(resource, record):
    """Return a department, distribution unit or cost center."""
    return shaped(
        resource,
        {"id": record.id, "code": record.code, "description": record.description},
    )


def function(record):
    return shaped("function", {"key": record.id, "description": record.description})


_MONEY = {
    "inhouding": {"key": 1, "value": "Inhouding"},
    "betaling": {"key": 2, "value": "Betaling"},
}


def component(record):
    key, word = record.category
    return shaped(
        "component",
        {
            "key": record.key,
            "description": record.description,
            "category": {"key": key, "value": word},
            "deductionOrPayment": next(
                (value for part, value in _MONEY.items() if part in word), None
            ),
            "isCollectiveMutationPossible": record.collective,
        },
    )


def period(office, year, number):
    runs = office.runs.get(year * 100 + number, ())
    return shaped(
        "period",
        {
            **_period(office, year, number),
            "payrollRuns": [
                {
                    "id": name_id(f"run {office.id} {year} {number} {sequence}"),
                    "journalRuns": [],
                    "payrollRunStatus": {"key": key, "value": RUN_STATUSES[key]},
                    "sequenceNumber": sequence,
                    "sequenceNumberApproved": sequence if key == APPROVED else None,
                }
                for sequence, key in enumerate(runs, start=1)
            ],
        },
    )


def minimized_period(office, year, number):
    return shaped(
        "minimized_period",
        {
            **_period(office, year, number),
            "hasApprovedPayrollRun": office.is_approved(year * 100 + number),
        },
    )


def _period(office, year, number):
    first, last = office.period_bounds(year, number)
    return {
        "id": year * 100 + number,
        "year": year,
        "periodNumber": number,
        "startDate": iso(first),
        "endDate": iso(last),
        "payrollPeriodType": period_type(office),
        "testYear": year in office.test_years,
    }
