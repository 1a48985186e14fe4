# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Company records as the JSON of Loket's contract."""

import uuid

from .naming import NAME_FORMATS, formatted_name
from .periods import PERIOD_NAMES, period_bounds
from .shapes import shaped

GENDERS = {1: "male", 2: "female", 3: "unknown"}


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
    key, code, name = person.country
    return {
        "street": person.street,
        "houseNumber": person.house_number,
        "houseNumberAddition": person.house_number_addition,
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
                    "value": NAME_FORMATS[person.name_format],
                },
                "formattedName": formatted_name(person),
                "dateOfBirth": iso(person.birthday),
                "gender": {"key": person.gender, "value": GENDERS[person.gender]},
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


def employment(person, record):
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


def working_hours(_person, record):
    number = shift(record.administration, record.shift)
    return shaped(
        "working_hours",
        {
            "employmentId": record.id,
            "workingHours": {
                "id": record.id,
                "startDate": iso(record.start_date),
                "shift": number,
                "shiftRateSickLeave": number,
                "deviatingHoursPerWeek": record.hours_per_week,
                "aggregatedHoursPerWeek": record.hours_per_week,
            },
        },
    )


def wage(_person, record):
    return shaped(
        "wage",
        {
            "employmentId": record.id,
            "wage": {
                "id": record.id,
                "startDate": iso(record.start_date),
                "grossWage": record.gross_wage,
                "grossWageType": {"key": 1, "value": "periodic"},
                "payrollPeriodType": period_type(record.administration),
            },
        },
    )


def organizational_entity(_person, record):
    return shaped(
        "organizational_entity",
        {
            "employmentId": record.id,
            "organizationalEntity": {
                "id": record.id,
                "startDate": iso(record.start_date),
                "department": reference(record.department),
                "distributionUnit": reference(record.distribution_unit),
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


def component(record):
    key, word = record.category
    return shaped(
        "component",
        {
            "key": record.key,
            "description": record.description,
            "category": {"key": key, "value": word},
            "isCollectiveMutationPossible": record.collective,
        },
    )


def period(office, year, number):
    first, last = period_bounds(office.period_type, year, number)
    return shaped(
        "period",
        {
            "id": year * 100 + number,
            "year": year,
            "periodNumber": number,
            "startDate": iso(first),
            "endDate": iso(last),
            "payrollPeriodType": period_type(office),
        },
    )


def period_data(owner, office, year, number, key, values):
    """Return one row of the payroll period data of an administration."""
    payroll_id, shift_number, unit_code = key
    person, record = next(
        (person, record)
        for person, record in owner.employments()
        if record.administration is office and record.payroll_id == payroll_id
    )
    units = {unit.code: unit for unit in owner.distribution_units}
    first, last = period_bounds(office.period_type, year, number)
    components = {item.key: item for item in office.components}
    return shaped(
        "period_data",
        {
            "payrollPeriod": {
                "year": year,
                "periodNumber": number,
                "periodStartDate": iso(first),
                "periodEndDate": iso(last),
            },
            "shift": shift(office, shift_number),
            "payslipType": {"key": 1, "value": "Normale strook"},
            "distributionUnit": reference(
                units.get(unit_code, record.distribution_unit)
            ),
            "employment": {
                "id": record.id,
                "payrollId": payroll_id,
                "incomeRelationshipNumber": 1,
            },
            "employee": {
                "employeeNumber": person.number,
                "firstName": person.first_name,
                "formattedName": formatted_name(person),
            },
            "payrollComponents": [
                {
                    "payrollComponent": {
                        **component(components[code]),
                        "deviatingDescription": None,
                    },
                    "value": float(value),
                    "isSupplement": False,
                }
                for code, value in sorted(values.items())
            ],
        },
    )
