# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of payroll periods and payslips over Loket's REST API v2."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from operator import attrgetter

from ..port import PeriodData
from ..records import (
    PayrollRun,
    Payslip,
    PeriodRow,
    PeriodStatus,
    PeriodValue,
    ValueChange,
    WriteReply,
)
from . import endpoints, period_mapping, rights, writing
from .transport import Transport


# pylint: disable=method-required-super  # no model: write and read are its own
class RestPeriodData(PeriodData):
    """See ``PeriodData``.

    :param transport: of the gateway
    """

    def __init__(self, transport: Transport):
        self._transport = transport

    def missing_activities(self, employer_ref: str) -> list[str]:
        return rights.missing(self._transport, employer_ref, endpoints.NEEDED_TO_WRITE)

    def missing_payslip_activities(self, employer_ref: str) -> list[str]:
        return rights.missing(
            self._transport, employer_ref, endpoints.NEEDED_FOR_PAYSLIPS
        )

    def write(
        self, employer_ref: str, year: int, period: int, values: Sequence[PeriodValue]
    ) -> WriteReply:
        body = writing.period_values(year, period, values)
        return self._write(employer_ref, body if values else b"")

    def write_rows(
        self, employer_ref: str, year: int, period: int, rows: Sequence[PeriodRow]
    ) -> WriteReply:
        body = writing.period_rows(year, period, rows)
        return self._write(employer_ref, body if rows else b"")

    def _write(self, employer_ref: str, body: bytes) -> WriteReply:
        """:param body: empty: there is nothing to write"""
        if not body:
            return WriteReply(is_refused=False)
        reply = self._transport.patch(
            endpoints.WRITE_VALUES, body, employer=employer_ref
        )
        return writing.write_reply(endpoints.WRITE_VALUES.title, reply)

    def read(
        self,
        administration_ref: str,
        year: int,
        period: int,
        categories: Collection[int],
    ) -> list[PeriodValue]:
        # A list that tells more than its category tells it again in the next one.
        cells: dict[period_mapping.CellKey, PeriodValue] = {}
        for reader, rows in self._lists(administration_ref, year, period, categories):
            cells |= reader.cells(rows)
        return list(cells.values())

    def rows(
        self,
        administration_ref: str,
        year: int,
        period: int,
        categories: Collection[int],
    ) -> list[PeriodRow]:
        lists = self._lists(administration_ref, year, period, categories)
        return [row for reader, rows in lists for row in reader.rows(rows)]

    def _lists(
        self,
        administration_ref: str,
        year: int,
        period: int,
        categories: Collection[int],
    ) -> Iterator[tuple[period_mapping.Values, list[period_mapping.Row]]]:
        """The list of each category, and what reads its cells."""
        for category in sorted(set(categories)):
            reader = period_mapping.Values(endpoints.VALUES, year, period)
            yield (
                reader,
                self._transport.rows(
                    endpoints.VALUES,
                    params={
                        "payslipType": writing.NORMAL_PAYSLIP,
                        "payrollComponentCategory": category,
                    },
                    as_row=reader.row,
                    row_key=attrgetter("key"),
                    administration=administration_ref,
                    period=_period_id(year, period),
                ),
            )

    def read_one(
        self, employment_ref: str, year: int, period: int
    ) -> list[PeriodValue]:
        rows = self._transport.rows(
            endpoints.OWN_VALUES,
            params={
                "filter": f"payrollPeriod.year eq {year} and "
                f"payrollPeriod.periodNumber eq {period}"
            },
            employment=employment_ref,
        )
        reader = period_mapping.Values(
            endpoints.OWN_VALUES, year, period, employment_ref.lower()
        )
        return list(reader.cells(map(reader.row, rows)).values())

    def status(self, administration_ref: str, year: int, period: int) -> PeriodStatus:
        rows = self._transport.rows(
            endpoints.PROCESS_OVERVIEW,
            params={"payrollPeriodIdStart": _period_id(year, period)},
            administration=administration_ref,
        )
        return period_mapping.status(rows, year, period)

    def changes(
        self, administration_ref: str, start: date, end: date
    ) -> list[ValueChange]:
        rows = self._transport.rows(
            endpoints.AUDIT_TRAIL,
            params={"startDate": start.isoformat(), "endDate": end.isoformat()},
            row_key=lambda _row: None,  # two changes may be the same
            administration=administration_ref,
        )
        return period_mapping.changes(rows)

    def tell_ready(
        self,
        administration_ref: str,
        year: int,
        period: int,
        addresses: Sequence[str],
        comment: str,
    ) -> WriteReply:
        reply = self._transport.post(
            endpoints.READY,
            {
                "payrollPeriodId": _period_id(year, period),
                "emailAddressPeriodReadyForPayroll": list(addresses),
                "userComment": comment or None,
            },
            administration=administration_ref,
        )
        return writing.write_reply(endpoints.READY.title, reply)

    def runs(self, administration_ref: str) -> list[PayrollRun]:
        rows = self._transport.rows(endpoints.RUNS, administration=administration_ref)
        return [period_mapping.run(row) for row in rows]

    def payslips(self, employment_ref: str) -> list[Payslip]:
        rows = self._transport.rows(endpoints.PAYSLIPS, employment=employment_ref)
        return [period_mapping.payslip(row) for row in rows]

    def payslip_pdf(self, employment_ref: str, run_ref: str) -> bytes:
        return self._transport.pdf(
            endpoints.PAYSLIP, employment=employment_ref, run=run_ref
        )

    def year_ends(self, employment_ref: str) -> list[int]:
        rows = self._transport.rows(endpoints.YEAR_ENDS, employment=employment_ref)
        return sorted(period_mapping.year_end(row) for row in rows)

    def year_end_pdf(self, employment_ref: str, year: int) -> bytes:
        return self._transport.pdf(
            endpoints.YEAR_END, employment=employment_ref, year=year
        )


def _period_id(year: int, period: int) -> int:
    """A period as Loket names it in addresses."""
    return year * 100 + period
