# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Company records as elements of the service description."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from .naming import formatted_name
from .periods import FOUR_WEEKS, MONTH, WEEK, period_bounds
from .soap_messages import record

_PERIOD_TYPES = {MONTH: "month", FOUR_WEEKS: "fourWeeks", WEEK: "week"}
_NAME_FORMATS = {1: "own", 2: "ownPartner", 3: "partner", 4: "partnerOwn"}
_GENDERS = {1: "male", 2: "female", 3: "other"}


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
    first, last = period_bounds(office.period_type, year, number)
    return record("period", year=year, number=number, dateFrom=first, dateTo=last)


def employee(person, jobs):
    """Return an employee with the employments ``jobs``."""
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
        nameFormat=_NAME_FORMATS[person.name_format],
        formattedName=formatted_name(person),
        birthday=person.birthday,
        gender=_GENDERS[person.gender],
        street=person.street,
        houseNumber=person.house_number,
        houseNumberAddition=person.house_number_addition,
        zip=person.postal_code,
        city=person.city,
        countryCode=person.country[1],
        email=person.email,
        phone=person.phone,
        mobilePhone=person.mobile,
        workEmail=person.work_email,
        workPhone=person.work_phone,
    )
    found.extend(_employment(job) for job in jobs)
    return found


def _employment(job):
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
        **(_today(job) if _runs_today(job) else {}),
    )


def _runs_today(job):
    today = datetime.date.today()
    return job.start_date <= today and (job.end_date is None or job.end_date >= today)


def _today(job):
    return {
        "shift": job.shift,
        "departmentName": job.department.description,
        "jobTitle": job.function.description,
        "distributionUnit": job.distribution_unit.code,
        "monthlyWage": _monthly_wage(job),
        "hoursPerWeek": job.hours_per_week,
    }


def _monthly_wage(job):
    """Return the part-timer's share of the full-time wage, in whole cents."""
    full = job.administration.shifts.get(job.shift, 40.0)
    if (
        job.gross_wage is None
        or job.hours_per_week is None
        or job.administration.period_type != MONTH
    ):
        return None
    share = Decimal(str(job.hours_per_week)) / Decimal(str(full))
    wage = Decimal(str(job.gross_wage)) * share
    return wage.quantize(Decimal("0.01"), ROUND_HALF_UP)
