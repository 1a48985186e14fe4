# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON of Loket's REST API v2 on payroll periods and payslips -> records."""

import re
from collections.abc import Iterable
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from ...words import _lt
from .. import bounds
from ..errors import LoketBadReply
from ..records import PayrollRun, Payslip, PeriodStatus, PeriodValue, ValueChange
from . import endpoints
from .reading import JsonObject, Reader
from .writing import NORMAL_PAYSLIP

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
#: Where a value is booked, beside its unit.
_OTHER_KEYS = ("costCenter", "costUnit")
_GUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBERS = (int, Decimal)


def values_key(row: JsonObject) -> str | None:
    """What tells the rows of the values of a period apart: they have no identifier."""
    if usual := _usual(row):
        unit = usual["unit_ref"] or "-"
        return f"{usual['employment_ref']} {usual['shift']} 1 {unit} - -"
    read = Reader(endpoints.VALUES.title, row)
    fields = (
        "employment.id",
        "shift.shiftNumber",
        "payslipType.key",
        "distributionUnit.key",
        *(f"{name}.key" for name in _OTHER_KEYS),
    )
    try:
        return " ".join(read.ref(field) or "-" for field in fields)
    except LoketBadReply:
        return None


def values(
    endpoint: endpoints.Endpoint,
    rows: Iterable[JsonObject],
    year: int,
    period: int,
    employment_ref: str | None = None,
) -> list[PeriodValue]:
    """The cells of rows of values: of the normal payslip, and where there is one.

    :param employment_ref: of all rows, which may be of other periods too; None: each
        tells its own, and is of the period that was asked for
    :raise LoketBadReply: a row can't be read, is of another period, or has a cell that
        another one has too
    """
    cells: list[PeriodValue] = []
    for row in rows:
        quick = None if employment_ref else _usual_cells(row, year, period)
        if quick is not None:
            cells += quick
            continue
        read = Reader(endpoint.title, row)
        if read.required(read.integer, "payslipType.key") != NORMAL_PAYSLIP:
            continue
        if _period(read, "payrollPeriod") != (year, period):
            if employment_ref:
                continue
            raise LoketBadReply(
                endpoint.title, "payrollPeriod", _lt("is not the one asked for")
            )
        ref = employment_ref or read.required(read.ref, "employment.id")
        cells += _cells(endpoint, read, ref)
    if len({cell_key(cell) for cell in cells}) < len(cells):
        raise LoketBadReply(
            endpoint.title, "payrollComponents[]", _lt("has a component twice")
        )
    return cells


def cell_key(cell: PeriodValue) -> tuple[object, ...]:
    """What tells cells apart."""
    if cell.has_other_keys:  # which, the record does not tell
        return (id(cell),)
    return (cell.employment_ref, cell.shift, cell.unit_ref, cell.component)


def _cells(
    endpoint: endpoints.Endpoint, read: Reader, ref: str
) -> Iterable[PeriodValue]:
    """The cells of one row. What is null is nothing.

    What the cells of a row have in common is read once, and only where there are any:
    of tens of thousands of cells that is most of the work.
    """
    common: _Common | None = None
    for item in read.array("payrollComponents") or ():
        if not isinstance(item, dict):
            raise LoketBadReply(
                endpoint.title, "payrollComponents[]", _lt("is not an object")
            )
        one = Reader(endpoint.title, item)
        value = one.value("value")
        if value is None:
            continue
        common = common or _Common(
            shift=read.required(read.integer, "shift.shiftNumber"),
            unit_ref=read.ref("distributionUnit.key"),
            employee_number=read.text("employee.employeeNumber"),
            payroll_number=read.integer("employment.payrollId"),
            has_other_keys=_has_other_keys(read, ""),
        )
        yield PeriodValue(
            employment_ref=ref,
            component=one.required(one.integer, "payrollComponent.key"),
            value=value,
            is_supplement=bool(one.boolean("isSupplement")),
            **common,
        )


def _usual(row: JsonObject) -> "_Usual | None":
    """What a row has beside its cells; None: not as nearly all rows have it.

    Whatever is odd, missing or wrong in any way is None, and is read field by field.
    """
    try:
        ref, shift = row["employment"]["id"], row["shift"]["shiftNumber"]
        unit = row.get("distributionUnit")
        unit_ref = None if unit is None else unit["key"]
        number = row["employee"]["employeeNumber"]
        payroll_number = row["employment"]["payrollId"]
        is_usual = (
            type(ref) is str
            and _GUID.fullmatch(ref)
            and (unit is None or (type(unit_ref) is str and _GUID.fullmatch(unit_ref)))
            and _is_integer(row["payslipType"]["key"])
            and row["payslipType"]["key"] == NORMAL_PAYSLIP
            and row.get("costCenter") is row.get("costUnit") is None
            and _is_integer(shift)
            and _is_integer(payroll_number)
            and _is_integer(number)
        )
    except (AttributeError, IndexError, KeyError, TypeError):
        return None
    if not is_usual:
        return None
    return _Usual(
        employment_ref=ref.lower(),
        shift=shift,
        unit_ref=unit_ref and unit_ref.lower(),
        employee_number=str(number),
        payroll_number=payroll_number,
        has_other_keys=False,
    )


def _usual_cells(row: JsonObject, year: int, period: int) -> list[PeriodValue] | None:
    """The cells of a row that is as nearly all are; None: it is to be read strictly.

    What ``_cells`` gives, in a fourth of the time: of tens of thousands of cells,
    reading field by field is most of the work.
    """
    common = _usual(row)
    if common is None:
        return None
    cells = []
    try:
        told = row["payrollPeriod"]["year"], row["payrollPeriod"]["periodNumber"]
        items = row["payrollComponents"]
        is_of_period = all(map(_is_integer, told)) and told == (year, period)
        if not is_of_period or type(items) is not list:
            return None
        for item in items:
            value, component = item["value"], item["payrollComponent"]["key"]
            is_supplement = item["isSupplement"]
            if (
                type(value) not in _NUMBERS
                or bounds.wrong_value(number := Decimal(value))
                or not _is_integer(component)
                or type(is_supplement) is not bool
            ):
                return None
            cells.append(
                PeriodValue(
                    component=component,
                    value=number,
                    is_supplement=is_supplement,
                    **common,
                )
            )
    except (AttributeError, IndexError, KeyError, TypeError):
        return None
    return cells


def _is_integer(value: object) -> bool:
    return type(value) is int and bounds.wrong_integer(value) is None


class _Common(TypedDict):
    """What the cells of a row have in common."""

    shift: int
    unit_ref: str | None
    employee_number: str | None
    payroll_number: int | None
    has_other_keys: bool


class _Usual(_Common):
    """And whose they are."""

    employment_ref: str


def status(rows: Iterable[JsonObject], year: int, period: int) -> PeriodStatus:
    """How far the payroll of a period is, out of rows of that and its neighbours.

    :raise LoketBadReply: it is not among them
    """
    title = endpoints.PROCESS_OVERVIEW.title
    for row in rows:
        read = Reader(title, row)
        if read.integer("payrollPeriod.payrollPeriodId") != year * 100 + period:
            continue
        field = "payroll.payrollStatus"
        told = (
            read.shown(f"{field}.value"),
            read.shown(f"{field}.payrollStatusAdditionalInfo.value"),
        )
        return PeriodStatus(
            key=read.required(read.integer, f"{field}.key"),
            words=": ".join(words for words in told if words),
        )
    raise LoketBadReply(title, "payrollPeriod.payrollPeriodId", _lt("is missing"))


def changes(rows: Iterable[JsonObject]) -> list[ValueChange]:
    """Lines of the audit trail, oldest first; without those that can't be read."""
    found = []
    for row in rows:
        try:
            change = _change(Reader(endpoints.AUDIT_TRAIL.title, row))
        except LoketBadReply:
            continue  # what is stored is no less true
        if change:
            found.append(change)
    return sorted(found, key=lambda change: change.at)


def _change(read: Reader) -> ValueChange | None:
    """A line; None: not of a component, or not of the normal payslip."""
    is_component = read.integer("payrollComponentCategory.key") is not None
    payslip_type = read.integer("identification.payslipType.key")
    if not is_component or payslip_type not in (None, NORMAL_PAYSLIP):
        return None
    year, number = _period(read, "identification.payrollPeriod")
    return ValueChange(
        employment_ref=read.required(read.ref, "employment.id"),
        year=year,
        number=number,
        shift=read.required(read.integer, "identification.shift.shiftNumber"),
        unit_ref=read.ref("identification.distributionUnit.key"),
        component=read.required(read.integer, "field.key"),
        old=_number(read.text("oldValue")),
        new=_number(read.text("newValue")),
        by=read.shown("performedBy.formattedName") or "",
        at=_moment(read, "timeStamp"),
        origin=read.shown("mutationOrigin.value") or "",
        has_other_keys=_has_other_keys(read, "identification."),
    )


def run(row: JsonObject) -> PayrollRun:
    """A payroll run."""
    read = Reader(endpoints.RUNS.title, row)
    year, number = _period(read, "payrollPeriod")
    return PayrollRun(
        ref=read.required(read.ref, "id"),
        year=year,
        number=number,
        status=read.required(read.integer, "payrollRunStatus.key"),
        available_on=read.date("availableForEmployeeDate"),
    )


def payslip(row: JsonObject) -> Payslip:
    """The payslips of an employment of one run."""
    read = Reader(endpoints.PAYSLIPS.title, row)
    return Payslip(
        run_ref=read.required(read.ref, "payrollrunId"),
        year=read.required(read.integer, "payrollPeriod.year"),
        number=read.integer("payrollPeriod.periodNumber"),
        is_test=bool(read.boolean("payrollPeriod.testYear")),
        count=read.integer("numberOfPayslips") or 1,
    )


def year_end(row: JsonObject) -> int:
    """A year of which there is a year-end statement."""
    read = Reader(endpoints.YEAR_ENDS.title, row)
    return read.required(read.integer, "year")


def version_of(rows: Iterable[JsonObject], employer_ref: str) -> int | None:
    """The version of an employer; None: it is not among the rows."""
    for row in rows:
        read = Reader(endpoints.VERSIONS.title, row)
        if read.ref("id") == employer_ref.lower():
            return read.required(read.version, "lastModifiedVersionNumber")
    return None


def _period(read: Reader, field: str) -> tuple[int, int]:
    return (
        read.required(read.integer, f"{field}.year"),
        read.required(read.integer, f"{field}.periodNumber"),
    )


def _has_other_keys(read: Reader, start: str) -> bool:
    return any(
        read.shown(f"{start}{name}.key") or read.shown(f"{start}{name}.code")
        for name in _OTHER_KEYS
    )


def _number(text: str | None) -> Decimal | None:
    """A value in the audit trail, which is text; None: it is no number."""
    try:
        number = Decimal((text or "").replace(",", "."))
    except InvalidOperation:
        return None
    return None if bounds.wrong_value(number) else number


def _moment(read: Reader, field: str) -> datetime:
    """A moment, in UTC, which is what Loket's times are in."""
    found = _MOMENT.fullmatch(read.required(read.text, field))
    try:
        if not found:
            raise ValueError
        second, fraction, zone = found.groups(default="")
        # Any number of digits: not each Python reads so many, nor a Z.
        text = f"{second}.{fraction:<06.6}{zone.replace('Z', '+00:00') or '+00:00'}"
        moment = datetime.fromisoformat(text).astimezone(timezone.utc)
        if bounds.wrong_date(moment.date()):
            raise ValueError
    except (ValueError, OverflowError):
        raise LoketBadReply(
            endpoints.AUDIT_TRAIL.title, field, _lt("is not a date")
        ) from None
    return moment.replace(tzinfo=None)
