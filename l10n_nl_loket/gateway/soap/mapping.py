# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Replies of the SOAP service -> records.

The service description has checked types and required fields by now, so only what it
can't say is looked after here: identifiers in one case, blanks, bounds, and damaged
records. Every function that reads a row may raise LoketBadReply, with the field.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from ...words import Text, _lt
from .. import bounds
from ..errors import LoketBadReply
from ..person_name import NameFormat, format_from_sample
from ..port import check_period, earlier_day
from ..records import (
    Administration,
    Component,
    ContractType,
    CostCenter,
    CostCenterKind,
    Employer,
    Employment,
    Gender,
    Part,
    Period,
    PeriodType,
    Person,
    Shift,
    UnknownWord,
)
from .operations import LOG_IN, title

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
_CONTRACT_TYPES: dict[str | None, ContractType] = {
    "permanent": "permanent",
    "temporary": "temporary",
}
_GENDERS: dict[str | None, Gender] = {
    "male": "male",
    "female": "female",
    "other": "other",
}


def ref(identifier: str) -> str:
    """An identifier, in one case: GUIDs are the same in upper and lower case."""
    return identifier.strip().lower()


class _Reader:
    """One row of a reply. What is absent is None; what can't be kept is refused.

    :param operation: the one that the row is of the reply to
    """

    def __init__(self, operation: str, row: Row):
        self._operation = operation
        self._row = row

    def text(self, field: str, longest: int = bounds.LONGEST_TEXT) -> str | None:
        """Trimmed text; empty is None."""
        text = (getattr(self._row, field) or "").strip()
        self._check(field, bounds.wrong_text(text, longest))
        return text or None

    def needed(self, field: str) -> str:
        """Trimmed text that has to be there."""
        text = self.text(field)
        if text is None:
            raise LoketBadReply(title(self._operation), field, _lt("is missing"))
        return text

    def ref(self, field: str = "ref") -> str:
        """An identifier, in one case; it has to be there."""
        text = getattr(self._row, field) or ""
        self._check(field, bounds.wrong_text(text, bounds.LONGEST_REF))
        return ref(self.needed(field))

    def integer(self, field: str) -> int | None:
        """A whole number."""
        number: int | None = getattr(self._row, field)
        if number is not None:
            self._check(field, bounds.wrong_integer(number))
        return number

    def amount(self, field: str) -> Decimal | None:
        """Euros."""
        return self._decimal(field, bounds.HIGHEST_AMOUNT)

    def hours(self, field: str) -> Decimal | None:
        """Hours a week."""
        return self._decimal(field, bounds.HIGHEST_HOURS)

    def _decimal(self, field: str, highest: int) -> Decimal | None:
        number: Decimal | None = getattr(self._row, field)
        if number is not None:
            self._check(field, bounds.wrong_decimal(number, highest))
        return number

    def _check(self, field: str, trouble: Text | None) -> None:
        if trouble:
            raise LoketBadReply(title(self._operation), field, trouble)


def employer(row: Row) -> Employer:
    """An employer."""
    read = _Reader("GetEmployers", row)
    return Employer(ref=read.ref(), name=read.needed("name"))


def administration(row: Row) -> Administration:
    """A payroll administration."""
    read = _Reader("GetPayrollAdministrations", row)
    return Administration(
        ref=read.ref(),
        name=read.needed("name"),
        client_number=read.integer("clientNumber"),
        period_type=_PERIOD_TYPES.get(read.text("periodType")),
    )


def cost_center(row: Row) -> CostCenter:
    """A cost center or a distribution unit."""
    read = _Reader("GetCostCenters", row)
    code = read.needed("code")
    return CostCenter(
        ref=read.ref(),
        code=code,
        name=read.text("name") or code,
        kind=_KINDS[read.needed("kind")],
    )


def component(row: Row, year: int) -> Component:
    """A payroll component of the list of a year."""
    read = _Reader("GetPayrollComponents", row)
    code = str(read.integer("code"))
    return Component(
        code=code,
        name=read.text("name") or code,
        category=read.text("category") or "",
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


def person(row: Row) -> Person:
    """Name, address and contact data of an employee.

    :raise LoketBadReply: there is no last name, or something can't be kept
    """
    read = _Reader("GetEmployees", row)
    gender = read.text("gender")
    street = map(read.text, ("street", "houseNumber", "houseNumberAddition"))
    return Person(
        employee_ref=read.ref(),
        employee_number=read.text("number"),
        first_name=read.text("firstName"),
        initials=read.text("initials"),
        prefix=read.text("prefix"),
        last_name=read.needed("lastName"),
        partner_prefix=read.text("partnerPrefix"),
        partner_last_name=read.text("partnerLastName"),
        name_format=_name_format(read),
        birthday=row.birthday,
        gender=_GENDERS.get(gender),
        street=" ".join(part for part in street if part) or None,
        location=read.text("location"),
        zip=read.text("zip"),
        city=read.text("city"),
        country_code=(read.text("countryCode") or "").upper() or None,
        email=read.text("email"),
        phone=read.text("mobilePhone") or read.text("phone"),
        work_email=read.text("workEmail"),
        work_phone=read.text("workPhone") or read.text("workMobilePhone"),
        unknown_words=(UnknownWord(choice=_lt("gender"), word=gender),)
        if gender and gender not in _GENDERS
        else (),
    )


def may_be_of(row: Row, administration: str) -> bool:
    """Whether an employment is of an administration, or it can't be read of which."""
    return bounds.fit_ref(ref(row.administrationRef)) in ("", administration)


def check_administration(row: Row) -> None:
    """Refuse an employment of which it can't be read of which administration it is."""
    _Reader("GetEmployees", row).ref("administrationRef")


def employment(
    row: Row, person: Person, *, earlier: Row | None, today: date
) -> Employment:
    """An employment of ``person``.

    :param earlier: the employment as it was on a day in the past
    :param today: the day that ``row`` is of, for employments that run by then
    :raise LoketBadReply: something can't be kept
    """
    read = _Reader("GetEmployees", row)
    return Employment(
        employment_ref=read.ref(),
        person=person,
        payroll_number=read.integer("payrollNumber"),
        start_date=row.startDate,
        end_date=row.endDate,
        appointed_until=row.appointedUntil,
        shift=read.integer("shift"),
        shifts=_shifts(row, earlier, today),
        department_name=read.text("departmentName"),
        job_title=read.text("jobTitle"),
        distribution_unit=read.text("distributionUnit"),
        wage=read.amount("monthlyWage"),
        hourly_wage=read.amount("hourlyWage"),
        hours_per_week=read.hours("hoursPerWeek"),
        contract_type=_CONTRACT_TYPES.get(read.text("contractType")),
        on_call=row.onCall,
        calculates_hours=row.calculatesHours,
        parts=_parts(row),
    )


def link_key(reply: str) -> str:
    """The key that a log-in gives.

    :raise LoketBadReply: it is none that can be kept and sent
    """
    key = reply.strip()
    if (
        len(key) > bounds.LONGEST_TEXT
        or not key.isprintable()
        or bounds.UNFIT.search(key)
    ):
        raise LoketBadReply(title(LOG_IN), "linkKey")
    return key


def _shifts(row: Row, earlier: Row | None, today: date) -> tuple[Shift, ...]:
    """What is told of the shift today, and on a day in the past."""
    # Whoever has yet to begin is as on the first day.
    days = ((earlier, earlier_day(today)), (row, max(today, row.startDate)))
    return tuple(
        Shift(asked=day, number=told.shift, since=told.shiftSince)
        for told, day in days
        if told is not None
        and told.shift is not None
        and not bounds.wrong_integer(told.shift)
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
    number = bounds.shown(row.number)
    return (
        bounds.shown(row.formattedName)
        or bounds.shown(row.firstName)
        or (_lt("employee %(number)s", number=number) if number else _lt("unknown"))
    )


def _name_format(read: _Reader) -> NameFormat | None:
    """As over REST: a name that Loket wrote with both last names is surer."""
    written = format_from_sample(
        read.text("formattedName"), read.text("lastName"), read.text("partnerLastName")
    )
    if written in ("own_partner", "partner_own"):
        return written
    return _NAME_FORMATS.get(read.text("nameFormat")) or written
