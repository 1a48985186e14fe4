# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON of Loket's REST API v2 -> records.

Field names and meanings come from Loket's published OpenAPI document. Lists of keys
("metadata") are mostly not published, so values are recognised by their words, in
Dutch or English, and by the few keys that the document gives.
"""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from ...words import _lt
from ..bounds import HIGHEST_AMOUNT
from ..errors import LoketBadReply
from ..person_name import order_of_names
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
from . import endpoints
from .reading import JsonObject, Reader, Value

#: The status of a payroll run that was approved (Loket's OpenAPI document).
APPROVED = 9

_STATUS_FILTERS = {
    "ActiveEmployments": _lt(
        "Only active employments are shown: those that have ended or have not begun "
        "are hidden."
    ),
    "ActiveAndFutureEmployments": _lt("Employments that have ended are hidden."),
    "ActiveAndHistoricEmployments": _lt("Employments that have not begun are hidden."),
}
_LIST_FILTERS = {
    "filterOnAdministrations": _lt(
        "Only employments of chosen administrations are shown."
    ),
    "filterOnDepartments": _lt("Only employments of chosen departments are shown."),
    "filterOnEmploymentCategoryType": _lt(
        "Only employments of chosen kinds are shown."
    ),
}


def ref_of(endpoint: endpoints.Endpoint, row: JsonObject) -> str:
    """What tells a row of this endpoint's list apart; it has to be there."""
    read = Reader(endpoint.title, row)
    return read.required(read.ref, endpoint.key)


def employer(row: JsonObject) -> Employer:
    """An employer."""
    read = Reader(endpoints.EMPLOYERS.title, row)
    return Employer(
        ref=read.required(read.ref, "id"), name=read.required(read.text, "companyName")
    )


def administration(row: JsonObject) -> Administration:
    """A payroll administration."""
    read = Reader(endpoints.ADMINISTRATIONS.title, row)
    return Administration(
        ref=read.required(read.ref, "id"),
        name=read.required(read.text, "name"),
        client_number=read.integer("clientNumber"),
        period_type=_period_type(read, "payrollPeriodType"),
    )


def cost_center(row: JsonObject) -> CostCenter:
    """A cost center."""
    return _cost_center(endpoints.COST_CENTERS, row, "cost_center")


def distribution_unit(row: JsonObject) -> CostCenter:
    """A distribution unit."""
    return _cost_center(endpoints.DISTRIBUTION_UNITS, row, "distribution_unit")


def _cost_center(
    endpoint: endpoints.Endpoint, row: JsonObject, kind: CostCenterKind
) -> CostCenter:
    read = Reader(endpoint.title, row)
    code = read.required(read.text, "code")
    return CostCenter(
        ref=read.required(read.ref, "id"),
        code=code,
        name=read.text("description") or code,
        kind=kind,
    )


def component(row: JsonObject, year: int) -> Component:
    """A payroll component of the list of a year."""
    read = Reader(endpoints.COMPONENTS.title, row)
    code = str(read.required(read.integer, "key"))
    return Component(
        code=code,
        name=read.text("deviatingDescription") or read.text("description") or code,
        category=read.text("category.value") or "",
        collective=read.required(read.boolean, "isCollectiveMutationPossible"),
        year=year,
        category_key=read.integer("category.key"),
    )


def period(row: JsonObject) -> Period | None:
    """A payroll period; None for one of a test year: nothing of it is paid."""
    read = Reader(endpoints.PERIODS.title, row)
    if read.boolean("testYear"):
        return None
    found = Period(
        year=read.required(read.integer, "year"),
        number=read.required(read.integer, "periodNumber"),
        date_from=read.required(read.date, "startDate"),
        date_to=read.required(read.date, "endDate"),
        is_approved=_is_approved(read),
    )
    check_period(endpoints.PERIODS.title, found)
    return found


def _is_approved(read: Reader) -> bool:
    """By the runs of a period; the minimized list has it in a field of its own."""
    if read.boolean("hasApprovedPayrollRun"):
        return True
    for run in read.array("payrollRuns") or ():
        if not isinstance(run, dict):
            raise LoketBadReply(
                endpoints.PERIODS.title, "payrollRuns[]", _lt("is not an object")
            )
        status = Reader(endpoints.PERIODS.title, run)
        if status.integer("payrollRunStatus.key") == APPROVED:
            return True
    return False


def administration_of(row: JsonObject) -> str | None:
    """Reference of the payroll administration of an employment; None: another kind.

    :raise LoketBadReply: it is told of neither kind, so it may be of any administration
    """
    read = Reader(endpoints.EMPLOYMENTS.title, row)
    ref = read.ref("payrollAdministration.id")
    kind = read.text("administration.administrationType")
    if not ref and kind == "payrollAdministration":
        return read.required(read.ref, "administration.id")
    if not ref and not kind:
        read.required(read.ref, "nonPayrollAdministration.id")
    return ref


def employee_of(row: JsonObject) -> str:
    """Reference of the employee of an employment; it has to be there."""
    read = Reader(endpoints.EMPLOYMENTS.title, row)
    return read.required(read.ref, "employee.id")


class Place(NamedTuple):
    """Where an employment belongs, which is asked of each before any is read."""

    administration: str | None = None
    employee: str | None = None
    """None where it can't be read: that is told where the employment is read."""
    is_clear: bool = False
    """Whether it is known of which administration it is."""


def place_of(row: JsonObject) -> Place:
    """Where an employment belongs, as far as it can be read."""
    try:
        administration = administration_of(row)
    except LoketBadReply:
        return Place()
    try:
        employee = Reader(endpoints.EMPLOYMENTS.title, row).ref("employee.id")
    except LoketBadReply:
        employee = None
    return Place(administration, employee, is_clear=True)


def start_of(row: JsonObject) -> tuple[str, date] | None:
    """An employment and when it begins; None: one of them can't be read."""
    read = Reader(endpoints.EMPLOYMENTS.title, row)
    try:
        ref, start = read.ref("id"), read.date("startDate")
    except LoketBadReply:
        return None
    return (ref, start) if ref and start else None


def person(row: JsonObject) -> Person:
    """Name, address and contact data of an employee."""
    read = Reader(endpoints.EMPLOYEES.title, row)
    last_name = read.required(read.text, "personalDetails.lastName")
    partner = read.text("personalDetails.lastNamePartner")
    gender, unknown_words = _gender(read)
    return Person(
        employee_ref=read.required(read.ref, "id"),
        employee_number=read.text("employeeNumber"),
        first_name=read.text("personalDetails.firstName"),
        initials=read.text("personalDetails.initials"),
        prefix=read.text("personalDetails.prefix"),
        last_name=last_name,
        partner_prefix=read.text("personalDetails.prefixPartner"),
        partner_last_name=partner,
        name_format=order_of_names(
            read.text("personalDetails.howToFormatLastName.value"),
            read.text("personalDetails.formattedName"),
            last_name,
            partner,
        ),
        birthday=read.date("personalDetails.dateOfBirth"),
        gender=gender,
        street=_street(read),
        location=read.text("address.location"),
        zip=read.text("address.postalCode"),
        city=read.text("address.city"),
        country_code=(read.text("address.country.isoCode") or "").upper() or None,
        email=read.text("contactInformation.emailAddress"),
        phone=read.text("contactInformation.mobilePhoneNumber")
        or read.text("contactInformation.phoneNumber"),
        work_email=read.text("contactInformation.businessEmailAddress"),
        work_phone=read.text("contactInformation.businessPhoneNumber")
        or read.text("contactInformation.businessMobilePhoneNumber"),
        unknown_words=unknown_words,
    )


def numbers(row: JsonObject, employee: JsonObject) -> tuple[str | None, int | None]:
    """The personnel number and the payroll number of an employment, and no more.

    :raise LoketBadReply: one can't be read
    """
    return (
        Reader(endpoints.EMPLOYEES.title, employee).text("employeeNumber"),
        Reader(endpoints.EMPLOYMENTS.title, row).integer("payrollId"),
    )


def employment(
    row: JsonObject,
    person: Person,
    *,
    hours: JsonObject | None,
    wage: JsonObject | None,
    organization: JsonObject | None,
    earlier: JsonObject | None = None,
    today: date | None = None,
) -> Employment:
    """Join an employment with its person and its rows of the "actual" lists.

    :param hours, wage, organization: None where the list has no row of it
    :param earlier: the hours of a day in the past
    :param today: the day that the lists are of, for employments that run by then
    """
    read = Reader(endpoints.EMPLOYMENTS.title, row)
    working = Reader(endpoints.WORKING_HOURS.title, hours or {})
    paid = Reader(endpoints.WAGES.title, wage or {})
    place = Reader(endpoints.ORGANIZATIONAL_ENTITIES.title, organization or {})
    monthly_wage, hourly_wage = _monthly_wage(paid, working), _hourly_wage(paid)
    contract_type, unknown_words = _contract_type(read)
    return Employment(
        employment_ref=read.required(read.ref, "id"),
        person=person,
        payroll_number=read.integer("payrollId"),
        start_date=read.required(read.date, "startDate"),
        end_date=read.date("endDate"),
        appointed_until=read.date("commissionUntilDate"),
        shift=working.integer("workingHours.shift.shiftNumber"),
        shifts=_shifts(read, hours, earlier, today or date.today()),
        department_name=place.text("organizationalEntity.department.description"),
        job_title=place.text("organizationalEntity.deviatingFunctionDescription")
        or place.text("organizationalEntity.function.description"),
        distribution_unit=place.text("organizationalEntity.distributionUnit.code"),
        wage=monthly_wage,
        hourly_wage=hourly_wage,
        hours_per_week=_first(
            working.hours("workingHours.aggregatedHoursPerWeek"),
            working.hours("workingHours.averageHoursPerWeek"),
        ),
        contract_type=contract_type,
        on_call=read.boolean("isOnCallEmployment"),
        calculates_hours=read.boolean("calculateWorkingHours"),
        told_until=min(
            _last_days(
                (working, "workingHours"),
                (paid, "wage"),
                (place, "organizationalEntity"),
            ),
            default=None,
        ),
        parts=_parts(hours, wage, organization, _first(monthly_wage, hourly_wage)),
        unknown_words=unknown_words,
    )


def _last_days(*entries: tuple[Reader, str]) -> Iterator[date]:
    """The last days of entries of the "actual" lists, as far as they can be read."""
    for read, name in entries:
        try:
            last = read.date(f"{name}.endDate")
        except LoketBadReply:
            continue  # what holds today is no less true
        if last:
            yield last


def _shifts(
    read: Reader, hours: JsonObject | None, earlier: JsonObject | None, today: date
) -> tuple[Shift, ...]:
    """What the hours of today, and of a day in the past, tell of the shift."""
    try:
        past = _shift(earlier, earlier_day(today))
    except LoketBadReply:
        past = None  # what is told of today is no less true
    start = read.date("startDate")
    # Of whoever has yet to begin the lists are those of the first day.
    now = _shift(hours, max(today, start) if start else today)
    return tuple(shift for shift in (past, now) if shift)


def _shift(hours: JsonObject | None, day: date) -> Shift | None:
    working = Reader(endpoints.WORKING_HOURS.title, hours or {})
    number = working.integer("workingHours.shift.shiftNumber")
    if number is None:
        return None
    return Shift(
        asked=day,
        number=number,
        since=working.date("workingHours.startDate"),
        until=working.date("workingHours.endDate"),
    )


def _parts(
    hours: JsonObject | None,
    wage: JsonObject | None,
    organization: JsonObject | None,
    amount: Decimal | None,
) -> frozenset[Part]:
    """Which parts the rows of the "actual" lists tell.

    :param amount: the wage; where it depends on the hours, and these are missing, it
        can't be worked out
    """
    parts: set[Part] = set()
    if _tells((hours or {}).get("workingHours")):
        parts.add("hours")
    if _tells((wage or {}).get("wage")) and ("hours" in parts or amount is not None):
        parts.add("wage")
    if _tells((organization or {}).get("organizationalEntity")):
        parts.add("place")
    return frozenset(parts)


def _tells(entry: Any, name: str = "") -> bool:
    """Whether an entry holds anything, be it the day that it began, beside references.

    One in which all is empty tells nothing, and not that there is nothing.
    """
    if isinstance(entry, dict):
        return any(_tells(value, key) for key, value in entry.items())
    return entry not in (None, "", []) and name != "id"


def filter_reasons(content: JsonObject) -> list[str]:
    """Why the filter settings of a user hide employments, each in a sentence."""
    read = Reader(endpoints.FILTER_SETTINGS.title, content)
    reasons: list[str] = []
    status = read.text("employmentFilter.filterOnEmployedStatus")
    if status and status != "AllEmployments":
        unknown = _lt("Filter %(status)s hides employments.", status=status)
        reasons.append(_STATUS_FILTERS.get(status, unknown))
    for name, reason in _LIST_FILTERS.items():
        if read.array(f"employmentFilter.{name}"):
            reasons.append(reason)
    on_call = read.boolean("employmentFilter.filterOnOnCallEmployment")
    if on_call is not None:
        reasons.append(
            _lt("Only on-call employments are shown.")
            if on_call
            else _lt("On-call employments are hidden.")
        )
    return reasons


def activity(row: JsonObject) -> str:
    """The name of a right that the user has; small and capital are the same."""
    read = Reader(endpoints.AUTHORIZATIONS.title, row)
    return read.required(read.text, "description").casefold()


def shown_name(employment_row: JsonObject, employee_row: JsonObject | None) -> str:
    """A name to show for an employment that can't be read."""
    candidates = (
        (employee_row, "personalDetails.formattedName"),
        (employment_row, "employee.formattedName"),
        (employee_row, "personalDetails.firstName"),
        (employment_row, "employee.firstName"),
    )
    for row, field in candidates:
        name = Reader("", row or {}).shown(field)
        if name:
            return name
    number = Reader("", employment_row).shown("employee.employeeNumber")
    return _lt("employee %(number)s", number=number) if number else _lt("unknown")


def _period_type(read: Reader, field: str) -> PeriodType | None:
    """By its words first: the document's own example has "month" with another key."""
    words = (read.text(f"{field}.value") or "").casefold()
    if "maand" in words or "month" in words:
        return "month"
    if "week" in words or "weken" in words:
        four = any(mark in words for mark in ("4", "vier", "four"))
        return "four_weeks" if four else "week"
    keys: dict[int | None, PeriodType] = {1: "month", 3: "four_weeks", 4: "week"}
    return keys.get(read.integer(f"{field}.key"))


_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(("female", "vrouw", "vrouwelijk", "f", "v"), "female"),
    **dict.fromkeys(("male", "man", "mannelijk", "m"), "male"),
    **dict.fromkeys(("other", "overig", "anders", "x"), "other"),
}
_NOT_KNOWN = ("unknown", "onbekend")


def _gender(read: Reader) -> tuple[Gender | None, tuple[UnknownWord, ...]]:
    """The gender, None where Loket does not tell it; and a word that says nothing."""
    field = "personalDetails.gender"
    word = read.text(f"{field}.value") or ""
    key = word.casefold()
    if key in _GENDERS:
        return _GENDERS[key], ()
    if key in _NOT_KNOWN:
        return None, ()
    if word:
        return None, (UnknownWord(choice=_lt("gender"), word=word),)
    keys: dict[int | None, Gender] = {1: "male", 2: "female"}
    return keys.get(read.integer(f"{field}.key")), ()


def _street(read: Reader) -> str | None:
    parts = (
        read.text("address.street"),
        read.text("address.houseNumber"),
        read.text("address.houseNumberAddition"),
    )
    return " ".join(part for part in parts if part) or None


def _contract_type(
    read: Reader,
) -> tuple[ContractType | None, tuple[UnknownWord, ...]]:
    """The type, None where Loket does not tell it; and a word that says nothing."""
    field = "employmentDurationType"
    word = read.text(f"{field}.value") or ""
    words = word.casefold()
    if "indefinite" in words or "onbepaald" in words:
        return "permanent", ()
    if "definite" in words or "bepaald" in words or "fixed" in words:
        return "temporary", ()
    if read.integer(f"{field}.key") == 1:
        return "permanent", ()
    return None, (UnknownWord(choice=_lt("contract type"), word=word),) if word else ()


def _hourly_wage(paid: Reader) -> Decimal | None:
    """Gross wage an hour, in euros; None for who is not paid by the hour."""
    if paid.integer("wage.grossWageType.key") != 2:
        return None
    return paid.amount("wage.grossWage")


def _monthly_wage(paid: Reader, working: Reader) -> Decimal | None:
    """Gross wage a month, in euros; None when it is hourly or for another period.

    grossWageType.key 1 is a periodic wage, 2 an hourly one. A "full-time" wage is
    what a full-timer would earn, so the part-time hours reduce it; without part-time
    hours it is full time. Nothing is worked out for on-call work without hours.
    """
    gross = paid.amount("wage.grossWage")
    if (
        gross is None
        or paid.integer("wage.grossWageType.key") != 1
        or _period_type(paid, "wage.payrollPeriodType") != "month"
    ):
        return None
    if paid.boolean("wage.isGrossWageFullTime") is False:
        return gross
    full = working.hours("workingHours.shift.fullTimeHoursPerWeek")
    actual = _first(
        working.hours("workingHours.deviatingHoursPerWeek"),
        working.hours("workingHours.aggregatedHoursPerWeek"),
    )
    if not full or actual is None:
        return None
    wage = gross * actual / full
    if wage > HIGHEST_AMOUNT:  # of hours in a full week that can't be
        raise LoketBadReply(
            endpoints.WAGES.title, "wage.grossWage", _lt("is out of bounds")
        )
    return wage.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _first(*values: Value | None) -> Value | None:
    return next((value for value in values if value is not None), None)
