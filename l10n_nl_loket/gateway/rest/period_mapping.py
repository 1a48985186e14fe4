# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON of Loket's REST API v2 on payroll periods and payslips -> records."""

import re
from collections.abc import Iterable
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple, TypedDict

from ...words import _lt
from .. import bounds
from ..errors import LoketBadReply
from ..port import in_rows
from ..records import (
    PayrollRun,
    Payslip,
    PeriodRow,
    PeriodStatus,
    PeriodValue,
    ValueChange,
)
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

_NONE: frozenset[int] = frozenset()
#: A named tuple of all its values: of the many that are made here, their own way of
#: being made, which is in Python, would be a fifth of the work.
_made = tuple.__new__

#: What tells cells apart.
CellKey = tuple[object, ...]
#: Where the cells of a row are: employment, shift, unit.
_Where = tuple[str, int, str | None]


class Row(NamedTuple):
    """A row of values, as far as it could be read without a doubt.

    :param key: what tells the rows apart: they have no identifier
    :param usual: a row that is as nearly all are
    :param raw: any other row, which is read field by field once the list is whole
    """

    key: str | None
    usual: PeriodRow | None = None
    raw: JsonObject | None = None


class Values:
    """Reads the values of a period.

    :param endpoint: where they come from
    :param employment_ref: of all rows, which may be of other periods too; None: each
        tells its own, and is of the period that is asked for
    """

    def __init__(
        self,
        endpoint: endpoints.Endpoint,
        year: int,
        period: int,
        employment_ref: str | None = None,
    ):
        self._endpoint = endpoint
        self._period = year, period
        self._employment_ref = employment_ref
        #: Nearly all of a list are the same few numbers.
        self._number = lru_cache(10_000, typed=True)(_usual_number)

    def row(self, raw: JsonObject) -> Row:
        """A row as it comes, so that no more of it is kept than what is asked for."""
        where = None if self._employment_ref else _usual(raw)
        usual = self._quick(where, raw) if where else None
        if where and usual:
            ref, shift, unit = where
            return _made(Row, (f"{ref} {shift} 1 {unit or '-'} - -", usual, None))
        read = Reader(self._endpoint.title, raw)
        fields = (
            "employment.id",
            "shift.shiftNumber",
            "payslipType.key",
            "distributionUnit.key",
            *(f"{name}.key" for name in _OTHER_KEYS),
        )
        try:
            key = " ".join(read.ref(field) or "-" for field in fields)
        except LoketBadReply:
            return Row(None, None, raw)
        return Row(key, None, raw)

    def cells(self, rows: Iterable[Row]) -> dict[CellKey, PeriodValue]:
        """The cells of rows: of the normal payslip, and where there is a value.

        :raise LoketBadReply: a row can't be read, is of another period, or has a cell
            that another one has too
        """
        found: dict[CellKey, PeriodValue] = {}
        count = 0
        for _key, usual, raw in rows:
            for cell in usual.cells() if usual else self._strict(raw or {}):
                # Which other keys, the record does not tell.
                key = (id(cell),) if cell.has_other_keys else cell[:4]
                found[key] = cell
                count += 1
        if len(found) < count:
            raise LoketBadReply(
                self._endpoint.title,
                "payrollComponents[]",
                _lt("has a component twice"),
            )
        return found

    def rows(self, rows: Iterable[Row]) -> list[PeriodRow]:
        """What ``cells`` gives, by row: those that are usual as they came.

        :raise LoketBadReply: as ``cells``
        """
        rows = list(rows)
        found = [row.usual for row in rows if row.usual]
        others = in_rows(self.cells(row for row in rows if not row.usual).values())
        spots = {row[:3] for row in found}
        if len(spots) < len(found) or any(
            row[:3] in spots and not row.has_other_keys for row in others
        ):
            return in_rows(self.cells(rows).values())
        return found + others

    def _quick(self, where: _Where, raw: JsonObject) -> PeriodRow | None:
        """A row that is as nearly all are; None: it is read strictly.

        What ``_strict`` gives, in a fraction of the time: of tens of thousands of
        cells, reading field by field is most of the work.
        """
        values, supplements = {}, []
        try:
            period, items = raw["payrollPeriod"], raw["payrollComponents"]
            year, number = period["year"], period["periodNumber"]
            is_of_period = type(year) is type(number) is int
            if not is_of_period or (year, number) != self._period:
                return None
            if type(items) is not list:
                return None
            for item in items:
                component = item["payrollComponent"]["key"]
                value, is_supplement = self._number(item["value"]), item["isSupplement"]
                if (
                    value is None
                    or type(component) is not int
                    or not 0 <= component <= bounds.HIGHEST_INTEGER
                ):
                    return None
                values[component] = value
                if is_supplement is not False:
                    supplements.append(component)
                    if is_supplement is not True:
                        return None
        except (AttributeError, IndexError, KeyError, TypeError):
            return None
        if len(values) < len(items):
            return None  # one is there twice
        added = frozenset(supplements) if supplements else _NONE
        return _made(PeriodRow, (*where, values, added, False))

    def _strict(self, raw: JsonObject) -> Iterable[PeriodValue]:
        """The cells of a row, field by field."""
        read, ref = Reader(self._endpoint.title, raw), self._employment_ref
        if read.required(read.integer, "payslipType.key") != NORMAL_PAYSLIP:
            return ()
        if _period(read, "payrollPeriod") != self._period:
            if ref:
                return ()
            raise LoketBadReply(
                self._endpoint.title, "payrollPeriod", _lt("is not the one asked for")
            )
        return _cells(
            self._endpoint, read, ref or read.required(read.ref, "employment.id")
        )


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
            has_other_keys=_has_other_keys(read, ""),
        )
        yield PeriodValue(
            employment_ref=ref,
            component=one.required(one.integer, "payrollComponent.key"),
            value=value,
            is_supplement=bool(one.boolean("isSupplement")),
            **common,
        )


class _Common(TypedDict):
    """What the cells of a row have in common."""

    shift: int
    unit_ref: str | None
    has_other_keys: bool


def _usual(row: JsonObject) -> _Where | None:
    """Where the cells of a row are; None: it does not tell so as nearly all rows do.

    Whatever is odd, missing or wrong in any way is None, and is read field by field.
    """
    try:
        ref, shift = _guid(row["employment"]["id"]), row["shift"]["shiftNumber"]
        unit, payslip = row.get("distributionUnit"), row["payslipType"]["key"]
        unit_ref = None if unit is None else _guid(unit["key"])
        is_usual = (
            (unit is None or unit_ref is not None)
            and type(payslip) is type(shift) is int
            and payslip == NORMAL_PAYSLIP
            and 0 <= shift <= bounds.HIGHEST_INTEGER
            and row.get("costCenter") is row.get("costUnit") is None
        )
    except (AttributeError, IndexError, KeyError, TypeError):
        return None
    return (ref, shift, unit_ref) if ref and is_usual else None


@lru_cache(1 << 15)
def _guid(ref: object) -> str | None:
    """A reference as nearly all are, in small letters; None: it is none.

    Each person is in the list of each category, and units are few.

    :raise TypeError: it can't be one, nor be looked up
    """
    is_usual = type(ref) is str and _GUID.fullmatch(ref)
    return ref.lower() if isinstance(ref, str) and is_usual else None


def _usual_number(value: int | Decimal) -> Decimal | None:
    """The number that a value is; None: it is none, or none that there can be."""
    if type(value) not in (int, Decimal):
        return None
    number = Decimal(value)
    return None if bounds.wrong_value(number) else number


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
        approved=read.shown("approvalTime"),
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
