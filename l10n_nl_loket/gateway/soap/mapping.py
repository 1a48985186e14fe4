# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Replies of the SOAP service -> records.

The service description has checked types and required fields by now, so only what it
can't say is looked after here: identifiers in one case, blanks, and damaged records.
"""

from typing import Any

from ...words import _lt
from ..errors import LoketBadReply
from ..person_name import NameFormat, format_from_sample
from ..port import check_period
from ..records import (
    Administration,
    Component,
    CostCenter,
    CostCenterKind,
    Employer,
    Employment,
    Gender,
    Part,
    Period,
    PeriodType,
    Person,
    UnknownWord,
)
from .operations import title

#: An element of a reply, as zeep reads it: its parts are attributes.
Row = Any

_PERIOD_TYPES: dict[str | None, PeriodType] = {
    "month": "month",
    "fourWeeks": "four_weeks",
    "week": "week",
}
_KINDS: dict[str, CostCenterKind] = {
    "costCenter": "cost_center",
    "distributionUnit": "distribution_unit",
}
_NAME_FORMATS: dict[str | None, NameFormat] = {
    "own": "own",
    "partner": "partner",
    "ownPartner": "own_partner",
    "partnerOwn": "partner_own",
}
_GENDERS: dict[str | None, Gender] = {
    "male": "male",
    "female": "female",
    "other": "other",
}


def ref(identifier: str) -> str:
    """An identifier, in one case: GUIDs are the same in upper and lower case."""
    return identifier.strip().lower()


def employer(row: Row) -> Employer:
    """An employer."""
    return Employer(ref=ref(row.ref), name=row.name.strip())


def administration(row: Row) -> Administration:
    """A payroll administration."""
    return Administration(
        ref=ref(row.ref),
        name=row.name.strip(),
        client_number=row.clientNumber,
        period_type=_PERIOD_TYPES.get(row.periodType),
    )


def cost_center(row: Row) -> CostCenter:
    """A cost center or a distribution unit."""
    code = row.code.strip()
    return CostCenter(
        ref=ref(row.ref),
        code=code,
        name=_text(row.name) or code,
        kind=_KINDS[row.kind],
    )


def component(row: Row, year: int) -> Component:
    """A payroll component of the list of a year."""
    code = str(row.code)
    return Component(
        code=code,
        name=_text(row.name) or code,
        category=_text(row.category) or "",
        collective=row.collective,
        year=year,
    )


def period(row: Row) -> Period:
    """A payroll period."""
    found = Period(
        year=row.year,
        number=row.number,
        date_from=row.dateFrom,
        date_to=row.dateTo,
        is_approved=bool(row.approved),
    )
    check_period(title("GetPayrollPeriods"), found)
    return found


def person(row: Row, call: str) -> Person:
    """Name, address and contact data of an employee.

    :param call: the request in words, for the error
    :raise LoketBadReply: there is no last name
    """
    last_name = _text(row.lastName)
    if not last_name:
        raise LoketBadReply(call, "lastName", _lt("is missing"))
    gender = _text(row.gender)
    street = (_text(row.street), _text(row.houseNumber), _text(row.houseNumberAddition))
    return Person(
        employee_ref=ref(row.ref),
        employee_number=_text(row.number),
        first_name=_text(row.firstName),
        initials=_text(row.initials),
        prefix=_text(row.prefix),
        last_name=last_name,
        partner_prefix=_text(row.partnerPrefix),
        partner_last_name=_text(row.partnerLastName),
        name_format=_name_format(row),
        birthday=row.birthday,
        gender=_GENDERS.get(gender),
        street=" ".join(part for part in street if part) or None,
        location=_text(row.location),
        zip=_text(row.zip),
        city=_text(row.city),
        country_code=(_text(row.countryCode) or "").upper() or None,
        email=_text(row.email),
        phone=_text(row.mobilePhone) or _text(row.phone),
        work_email=_text(row.workEmail),
        work_phone=_text(row.workPhone) or _text(row.workMobilePhone),
        unknown_words=(UnknownWord(choice=_lt("gender"), word=gender),)
        if gender and gender not in _GENDERS
        else (),
    )


def employment(row: Row, person: Person) -> Employment:
    """An employment of ``person``."""
    return Employment(
        employment_ref=ref(row.ref),
        person=person,
        payroll_number=row.payrollNumber,
        start_date=row.startDate,
        end_date=row.endDate,
        appointed_until=row.appointedUntil,
        shift=row.shift,
        department_name=_text(row.departmentName),
        job_title=_text(row.jobTitle),
        distribution_unit=_text(row.distributionUnit),
        wage=row.monthlyWage,
        hourly_wage=row.hourlyWage,
        hours_per_week=row.hoursPerWeek,
        contract_type=row.contractType,
        on_call=row.onCall,
        calculates_hours=row.calculatesHours,
        parts=_parts(row),
    )


def _parts(row: Row) -> frozenset[Part]:
    """Which parts are told: those of which there is anything."""
    parts: dict[Part, tuple[Any, ...]] = {
        "hours": (row.shift, row.hoursPerWeek),
        "wage": (row.monthlyWage, row.hourlyWage),
        "place": (row.departmentName, row.jobTitle, row.distributionUnit),
    }
    return frozenset(
        part
        for part, values in parts.items()
        if any(value is not None for value in values)
    )


def shown_name(row: Row) -> str:
    """A name to show for an employee who can't be read."""
    number = _text(row.number)
    return (
        _text(row.formattedName)
        or _text(row.firstName)
        or (_lt("employee %(number)s", number=number) if number else _lt("unknown"))
    )


def _name_format(row: Row) -> NameFormat | None:
    """As over REST: a name that Loket wrote with both last names is surer."""
    written = format_from_sample(
        _text(row.formattedName), _text(row.lastName), _text(row.partnerLastName)
    )
    if written in ("own_partner", "partner_own"):
        return written
    return _NAME_FORMATS.get(row.nameFormat) or written


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None
