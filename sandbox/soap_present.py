# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Company records as elements of the service description."""

from decimal import ROUND_HALF_UP, Decimal

from .naming import NAME_FORMATS, formatted_name
from .periods import FOUR_WEEKS, MONTH, WEEK
from .soap_messages import record

_PERIOD_TYPES = {MONTH: "month", FOUR_WEEKS: "fourWeeks", WEEK: "week"}
_NAME_FORMATS = {1: "own", 2: "ownPartner", 3: "partner", 4: "partnerOwn"}
_GENDERS = {1: "male", 2: "female", 3: None}


def employer(item):
    return record("employer", ref=item.id, name=item.name)


def administration(item):
    return record(
        "administration",
        ref=item.id,
        name=item.name,
        clientNumber=item.client_number,
        periodType=_PERIOD_TYPES[item.period_type],
    )


def cost_center(item, kind):
    return record(
        "costCenter", ref=item.id, code=item.code, name=item.description, kind=kind
    )


def component(item):
    return record(
        "component",
        code=item.key,
        name=item.description,
        category=item.category[1],
        collective=item.collective,
    )


def period(office, year, number):
    first, last = office.period_bounds(year, number)
    return record(
        "period",
        year=year,
        number=number,
        dateFrom=first,
        dateTo=last,
        approved=office.is_approved(year * 100 + number),
    )


def employee(person, jobs, day):
    """Return an employee with the employments ``jobs``, as they are on a day."""
    found = record(
        "employee",
        ref=person.id,
        number=person.number,
        firstName=person.first_name,
        initials=person.initials,
        prefix=person.prefix,
        lastName=person.last_name,
        partnerPrefix=person.partner_prefix,
        partnerLastName=person.partner_last_name,
        nameFormat=_name_format(person),
        formattedName=formatted_name(person),
        birthday=person.birthday,
        gender=person.gender_word or _GENDERS[person.gender],
        street=person.street,
        houseNumber=person.house_number,
        houseNumberAddition=person.house_number_addition,
        location=person.location,
        zip=person.postal_code,
        city=person.city,
        countryCode=person.country and person.country[1],
        email=person.email,
        phone=person.phone,
        mobilePhone=person.mobile,
        workEmail=person.work_email,
        workPhone=person.work_phone,
    )
    found.extend(_employment(job, day) for job in jobs)
    return found


def _name_format(person):
    """Return the format, or None for words that the description has no value for."""
    if not person.name_format_words:
        return _NAME_FORMATS[person.name_format]
    keys = {words: key for key, words in NAME_FORMATS.items()}
    return _NAME_FORMATS.get(keys.get(person.name_format_words))


def _employment(job, day):
    return record(
        "employment",
        ref=job.id,
        administrationRef=job.administration.id,
        payrollNumber=job.payroll_id,
        startDate=job.start_date,
        endDate=job.end_date,
        appointedUntil=job.commission_until,
        contractType="permanent" if job.permanent else "temporary",
        onCall=job.on_call,
        calculatesHours=job.calculates_hours,
        **(_of_day(job.at(day)) if job.runs_on(day) else {}),
    )


def _of_day(job):
    """Return the facts of a day: those that REST has in its actual lists."""
    facts = {
        "hours": {
            "shift": job.shift,
            "shiftSince": job.since,
            "hoursPerWeek": job.hours_per_week,
        },
        "organization": {
            "departmentName": job.department.description,
            "jobTitle": job.function.description,
            "distributionUnit": job.distribution_unit and job.distribution_unit.code,
        },
        "wages": {
            "monthlyWage": _monthly_wage(job),
            "hourlyWage": job.gross_wage if job.hourly else None,
        },
    }
    values = {}
    for kind, found in facts.items():
        if kind not in job.missing:
            values |= found
    return {name: values[name] for name in _OF_DAY if name in values}


# In the order of the service description.
_OF_DAY = (
    "shift", "shiftSince", "departmentName", "jobTitle", "distributionUnit",
    "monthlyWage", "hourlyWage", "hoursPerWeek",
)  # fmt: skip


def _monthly_wage(job):
    """Return the part-timer's share of the full-time wage, in whole cents."""
    full = job.administration.shifts.get(job.shift, 40.0)
    if (
        job.gross_wage is None
        or job.hourly
        or job.hours_per_week is None
        or job.administration.period_type != MONTH
    ):
        return None
    share = Decimal(str(job.hours_per_week)) / Decimal(str(full))
    wage = Decimal(str(job.gross_wage)) * share
    if wage > _MOST_MONEY:
        return wage
    return wage.quantize(Decimal("0.01"), ROUND_HALF_UP)


_MOST_MONEY = Decimal(10) ** 9  # more can't be rounded to cents, and is broken anyway
