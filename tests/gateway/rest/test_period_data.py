# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of a period: sent, answered in Loket's words, read back; and payslips."""

import itertools
import json
import logging
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    Message,
    PeriodRow,
    PeriodValue,
    WriteReply,
    chunks,
    in_rows,
)
from odoo.addons.l10n_nl_loket.gateway.port import CHUNK
from odoo.addons.l10n_nl_loket.gateway.rest import endpoints, period_mapping
from odoo.addons.l10n_nl_loket.gateway.rest.transport import MAX_PDF
from odoo.addons.l10n_nl_loket.gateway.rest.writing import (
    period_rows,
    period_values,
)

from ..loket_stub import Answer, page
from .company import ADMINISTRATION, AT_EMPLOYER, EMPLOYER

JOB = "5b0c0000-0000-4000-8000-000000000001"
UNIT = "77aa0000-0000-4000-8000-000000000002"
WRITE = f"{AT_EMPLOYER}/payrollperioddata"
AT_OFFICE = f"/v2/providers/employers/payrolladministrations/{ADMINISTRATION}"
AT_JOB = f"/v2/providers/employers/employees/employments/{JOB}"
READ = f"{AT_OFFICE}/payrollPeriods/202611/payrollperioddata"


def cell(component=1, value="8.25", **changes):
    fields = {"employment_ref": JOB, "shift": 1, "unit_ref": UNIT, **changes}
    number = None if value is None else Decimal(value)
    return PeriodValue(component=component, value=number, **fields)


@pytest.fixture
def data(gateway_to_loket):
    return gateway_to_loket.period_data


def write(data, *cells):
    return data.write(EMPLOYER, 2026, 11, cells)


def text(body, status, kind="text/plain; charset=utf-8"):
    return Answer(body, status=status, headers={"Content-Type": kind})


# === WHAT IS SENT === #


def test_a_record_for_each_key_is_sent_with_all_of_its_fields(loket, data):
    loket.routes[WRITE] = Answer()
    reply = write(
        data,
        cell(1, "8.25"),
        cell(2, None, employment_ref=JOB.upper(), unit_ref=UNIT.upper()),
        cell(1, "0", shift=2),
        cell(1, "-1200.50", unit_ref=None),
    )
    assert reply == WriteReply(is_refused=False)
    ((method, _path, headers, _fields),) = loket.calls(WRITE)
    assert (method, headers["Content-Type"]) == ("PATCH", "application/json")
    assert headers["Accept"] == "application/json;version=2018-01-01"

    def record(values, shift=1, **unit):
        return {
            "employmentId": JOB,
            "payrollPeriod": {"year": 2026, "periodNumber": 11},
            "shift": {"shiftNumber": shift},
            "payslipType": {"key": 1},
            "payslipText": None,
            **unit,
            "costCenter": None,
            "costUnit": None,
            "payrollComponents": [
                {
                    "payrollComponent": {"key": key},
                    "value": value,
                    "isSupplement": False,
                }
                for key, value in values.items()
            ],
        }

    with_unit = {"distributionUnit": {"key": UNIT}}
    assert json.loads(loket.sent[-1], parse_float=Decimal) == [
        record({1: Decimal("8.25"), 2: None}, **with_unit),
        record({1: 0}, shift=2, **with_unit),
        record({1: Decimal("-1200.50")}),
    ]


@given(
    number=st.decimals(-100_000_000, 100_000_000, places=2)
    | st.decimals(0, 1, places=9)
)
def test_a_number_is_sent_to_the_last_digit(number):
    sent = period_values(2026, 11, [cell(value=number)]).decode()
    (record,) = json.loads(sent, parse_float=Decimal, parse_int=Decimal)
    (component,) = record["payrollComponents"]
    assert component["value"] == number
    assert re.search(r'"value":-?[0-9]+(\.[0-9]+)?,', sent)


@given(ref=st.text(min_size=1), unit=st.text(min_size=1))
def test_whatever_a_reference_holds_it_is_sent_as_text(ref, unit):
    sent = period_values(2026, 11, [cell(employment_ref=ref, unit_ref=unit)])
    (record,) = json.loads(sent)
    assert record["employmentId"] == ref.lower()
    assert record["distributionUnit"] == {"key": unit.lower()}
    assert len(record) == 9


def test_what_is_no_number_is_never_sent(loket, data):
    for number in ("NaN", "Infinity"):
        with pytest.raises(ValueError, match="not a number"):
            write(data, cell(value=number))
    assert loket.seen == []


@pytest.mark.parametrize(
    "cells",
    [
        [cell(1), cell(1, "9")],
        [cell(1), cell(1, employment_ref=JOB.upper(), unit_ref=UNIT.upper())],
        [cell(1, has_other_keys=True)],
        [cell(1, is_supplement=True)],
        [cell(employment_ref=f"job-{number}") for number in range(CHUNK + 1)],
    ],
)
def test_a_list_that_would_write_something_else_is_not_sent(loket, data, cells):
    with pytest.raises(ValueError):
        write(data, *cells)
    assert loket.seen == []


def test_nothing_is_sent_where_there_is_nothing_to_send(loket, data):
    assert write(data) == WriteReply(is_refused=False)
    assert loket.seen == []


@given(st.lists(st.integers(0, 140), max_size=300))
def test_chunks_hold_everything_once_and_nobody_in_two(numbers):
    cells = [
        cell(component, employment_ref=f"Job-{number}")
        for component, number in enumerate(numbers)
    ]
    lists = chunks(cells)
    assert sorted(itertools.chain(*lists), key=lambda one: one.component) == cells
    people = [{one.employment_ref for one in part} for part in lists]
    assert all(len(part) <= CHUNK for part in people)
    assert sum(map(len, people)) == len(set(numbers))
    assert len(lists) == -(-len(set(numbers)) // CHUNK)
    assert chunks(cells) == lists


def test_small_and_capital_are_one_person():
    several = [
        cell(component, employment_ref=ref)
        for number in range(CHUNK)
        for component, ref in enumerate((f"job-{number}", f"JOB-{number}"))
    ]
    assert chunks(several) == [several]


# === WHAT LOKET SAYS === #

SAID = {
    "type": "BrokenBusinessRule",
    "description": "Component 999 is\u0000 onbekend.\r\n\u202eX",
    "code": 12,
    "id": JOB.upper(),
    "properties": ["value"],
}
HEARD = Message(ref=JOB, text="Component 999 is onbekend. X", kind="BrokenBusinessRule")


@pytest.mark.parametrize("status", [200, 400])
def test_what_loket_says_is_handed_on_with_whom_it_is_about(loket, data, status):
    warning = {"type": {"key": 4, "value": "Warning"}, "description": "Let op"}
    body = {"version": {}, "content": {}, "messages": [SAID, warning]}
    loket.routes[WRITE] = Answer(body, status=status)
    reply = write(data, cell())
    assert reply == WriteReply(
        is_refused=status == 400,
        messages=(HEARD, Message(ref=None, text="Let op", kind="Warning")),
    )
    assert len(loket.seen) == 1


def test_plain_text_beside_a_yes_is_what_loket_says(loket, data):
    loket.routes[WRITE] = text("Opgeslagen.", 200)
    said = Message(ref=None, text="Opgeslagen.", kind="")
    assert write(data, cell()) == WriteReply(is_refused=False, messages=(said,))


@pytest.mark.parametrize("kind", ["text/plain; charset=utf-8", "application/json"])
def test_plain_text_is_what_loket_says_too(loket, data, kind):
    loket.routes[WRITE] = text("Ploeg 9\r\nbestaat niet.\x1b[2J \x07", 400, kind)
    (message,) = write(data, cell()).messages
    assert message == Message(ref=None, text="Ploeg 9 bestaat niet.[2J", kind="")


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("said", "count"),
    [
        ([{"description": "x" * 5000}], 1),
        ([{"description": "x"}] * 5000, 1000),
        ([None, 1, "x", [], {}, {"description": None}, {"description": 1}], 0),
        ([{"type": "Warning"}], 1),
        ([{"description": "x", "id": 7, "type": 7}], 1),
        ({"description": "x"}, 0),
        (None, 0),
    ],
)
def test_messages_of_any_shape_are_read_as_far_as_they_can(
    loket, data, status, said, count
):
    loket.routes[WRITE] = Answer({"messages": said}, status=status)
    messages = write(data, cell()).messages
    assert len(messages) == count
    assert all(0 < len(message.text) <= 1000 for message in messages)


@pytest.mark.parametrize("body", ["", " ", "null", "[]", "true", "{}", '""'])
@pytest.mark.parametrize("status", [200, 201, 202, 400])
def test_an_answer_without_words_is_an_answer(loket, data, body, status):
    loket.routes[WRITE] = Answer(body, status=status)
    assert write(data, cell()) == WriteReply(is_refused=status == 400)


PAGE = "<!DOCTYPE html><html>Onderhoud</html>"


def test_a_page_of_a_proxy_is_no_answer_and_has_no_words(loket, data):
    loket.routes[WRITE] = text(PAGE, 200, "text/html")
    with pytest.raises(LoketBadReply):
        write(data, cell())
    loket.routes[WRITE] = text(PAGE, 400, "text/html")
    assert write(data, cell()) == WriteReply(is_refused=True)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (302, LoketBadReply),
        (403, LoketRefused),
        (404, LoketMisconfigured),
        (409, LoketBadReply),
        (413, LoketBadReply),
    ],
)
def test_other_answers_are_the_errors_that_they_are_when_reading(
    loket, data, status, error
):
    loket.routes[WRITE] = Answer({"message": "Jansen"}, status=status)
    with pytest.raises(error) as caught:
        write(data, cell())
    assert "Jansen" not in caught.value.message
    assert len(loket.seen) == 1
    if status == 403:
        assert caught.value.activity == "PatchCollectivePayrollPeriodDataByEmployerId"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_values_are_sent_again_word_for_word_while_loket_is_away(
    loket, data, pauses, status
):
    loket.routes[WRITE] = [Answer(status=status), Answer("{}", cut=1), Answer()]
    assert write(data, cell()) == WriteReply(is_refused=False)
    assert len(set(loket.sent)) == 1
    assert (len(loket.sent), len(pauses)) == (3, 2)
    loket.routes[WRITE] = Answer(status=status)
    with pytest.raises(LoketUnavailable):
        write(data, cell())


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_is_refused_after_an_answer_that_was_lost_may_be_stored(
    loket, data, pauses, status
):
    loket.routes[WRITE] = [Answer("{}", cut=1), Answer(status=status)]
    with pytest.raises(LoketUnavailable):
        write(data, cell())


def ready(data, comment="Klaar"):
    return data.tell_ready(ADMINISTRATION, 2026, 11, ["kantoor@example.com"], comment)


READY = f"{AT_OFFICE}/periodreadyforpayroll"


@pytest.mark.parametrize("answer", [Answer(status=500), Answer(status=429),
                                    Answer("{}", status=202, cut=1)])  # fmt: skip
def test_the_office_is_never_told_twice(loket, data, pauses, answer):
    loket.routes[READY] = answer
    with pytest.raises(LoketUnavailable):
        ready(data)
    assert (len(loket.seen), pauses) == (1, [])


def test_the_office_is_told_and_what_loket_says_is_handed_on(loket, data):
    loket.routes[READY] = [
        Answer({"content": {}, "messages": []}, status=202),
        Answer({"messages": [SAID]}, status=400),
    ]
    assert ready(data, "") == WriteReply(is_refused=False)
    assert ready(data) == WriteReply(is_refused=True, messages=(HEARD,))
    assert [json.loads(sent)["userComment"] for sent in loket.sent] == [None, "Klaar"]
    assert json.loads(loket.sent[0]) == {
        "payrollPeriodId": 202611,
        "emailAddressPeriodReadyForPayroll": ["kantoor@example.com"],
        "userComment": None,
    }


@pytest.mark.parametrize("ask", ["write", "ready"])
def test_a_token_that_is_refused_is_renewed_once(loket, data, tokens, ask):
    path = {"write": WRITE, "ready": READY}[ask]
    call = {"write": lambda: write(data, cell()), "ready": lambda: ready(data)}[ask]
    loket.routes["/token"] = {
        "access_token": "access-2", "refresh_token": "refresh-2", "expires_in": 3599
    }  # fmt: skip
    loket.routes[path] = [Answer(status=401), Answer()]
    assert call() == WriteReply(is_refused=False)
    assert (tokens.renewals, len(loket.calls(path))) == (1, 2)
    loket.routes[path] = Answer(status=401)
    with pytest.raises(LoketRefused):
        call()


def test_no_value_word_or_person_gets_into_the_log(loket, data, caplog):
    caplog.set_level(logging.DEBUG)
    # Odoo in the same process has set that of its own loggers.
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    loket.routes[WRITE] = [Answer(status=500), Answer({"messages": [SAID]}, status=400)]
    loket.routes[READ] = page([row(employee={"formattedName": "Jansen"})])
    write(data, cell(value="123.45"))
    data.read(ADMINISTRATION, 2026, 11, [1])
    assert "retry" in caplog.text
    for secret in ("123.45", "onbekend", "Jansen", "access-1"):
        assert secret not in caplog.text


# === WHAT IS READ BACK === #


def item(key=1, value=8.25, **more):
    return {"payrollComponent": {"key": key}, "value": value, **more}


def row(*items, **changes):
    return {
        "payrollPeriod": {"year": 2026, "periodNumber": 11},
        "shift": {"shiftNumber": 1},
        "payslipType": {"key": 1},
        "distributionUnit": {"key": UNIT},
        "costCenter": None,
        "costUnit": None,
        "employment": {"id": JOB, "payrollId": 7},
        "employee": {"employeeNumber": 108},
        "payrollComponents": list(items or [item()]),
        **changes,
    }


def read(data, *categories):
    return data.read(ADMINISTRATION, 2026, 11, categories or [1])


def test_a_list_is_read_for_each_category(loket, data):
    answers = {"1": [row(item(1, 8.25), item(2, 0))], "10": [row(item(86, -1200))]}

    def answer(query):
        assert query["payslipType"] == ["1"]
        return page(answers[query["payrollComponentCategory"][0]])

    loket.routes[READ] = answer
    assert read(data, 10, 1, 10) == [cell(1), cell(2, "0"), cell(86, "-1200")]
    assert len(loket.seen) == 2
    assert read(data, *()) and not data.read(ADMINISTRATION, 2026, 11, [])


def test_null_is_nothing_and_the_other_payslip_is_left_out(loket, data):
    loket.routes[READ] = page(
        [
            row(item(1, None, isSupplement=None), item(2, 3, isSupplement=None)),
            row(item(1, 5), payslipType={"key": 2}),
        ]
    )
    assert read(data) == [cell(2, "3")]


def test_what_is_booked_elsewhere_or_on_top_is_another_value(loket, data):
    loket.routes[READ] = page(
        [
            row(item(1, 8.25, isSupplement=True)),
            row(item(1), costCenter={"key": 3}),
            row(item(1), costUnit={"key": 1}),
            row(item(1), distributionUnit=None),
        ]
    )
    other = cell(has_other_keys=True)
    assert read(data) == [
        cell(is_supplement=True), other, other, cell(unit_ref=None)
    ]  # fmt: skip
    assert cell(is_supplement=True) != cell() != other


def test_pages_are_read_to_the_end(loket, data):
    rows = [row(employment={"id": f"job-{number}"}) for number in range(5)]

    def answer(query):
        number = int(query.get("pageNumber", ["1"])[0])
        part = rows[(number - 1) * 2 : number * 2]
        return page(part, size=5, pages=3, current=number)

    loket.routes[READ] = answer
    assert [one.employment_ref for one in read(data)] == [
        f"job-{number}" for number in range(5)
    ]


def test_a_list_that_changes_while_it_is_read_is_read_anew(loket, data):
    first, second = (row(employment={"id": f"job-{number}"}) for number in range(2))
    pages = [first], [first], [first], [second]  # somebody came before the first one
    answers = [
        page(rows, size=2, pages=2, current=number % 2 + 1)
        for number, rows in enumerate(pages)
    ]
    loket.routes[READ] = lambda _query: answers.pop(0)
    with pytest.raises(LoketBadReply):  # a page that comes again is never read on
        read(data)
    third = row(employment={"id": "job-2"})
    rows = [first, second], [second, third], [first, second], [third]
    answers[:] = [
        page(part, size=3, pages=2, current=number % 2 + 1)
        for number, part in enumerate(rows)
    ]
    answers[1]["totalSize"] = 4
    assert [one.employment_ref for one in read(data)] == ["job-0", "job-1", "job-2"]


@pytest.mark.parametrize(
    "rows",
    [
        [row(), row()],
        [row(item(1), item(1))],
        [row(payrollPeriod={"year": 2026, "periodNumber": 10})],
        [row(payrollPeriod=None)],
        [row(shift=None)],
        [row(payslipType=None)],
        [row(employment=None)],
        [row("x")],
        [row(item("x"))],
        [row(item(1, "8"))],
        [row(item(1, True))],
        [row(item(1, 10**10))],
        [row(distributionUnit="x")],
    ],
)
def test_a_list_that_can_not_be_trusted_is_refused_whole(loket, data, rows):
    loket.routes[READ] = page([*rows, row(employment={"id": "other"})])
    with pytest.raises(LoketBadReply):
        read(data)


def test_one_person_is_read_without_those_of_other_periods(loket, data):
    path = f"{AT_JOB}/payrollperioddata"
    other = {"year": 2026, "periodNumber": 10}

    def answer(query):
        assert query["filter"] == [
            "payrollPeriod.year eq 2026 and payrollPeriod.periodNumber eq 11"
        ]
        rows = [row(id="1"), row(item(1, 5), id="2", payrollPeriod=other)]
        return page([{**one, "employment": None} for one in rows])

    loket.routes[path] = loket.routes[path.replace(JOB, JOB.upper())] = answer
    assert data.read_one(JOB, 2026, 11) == [cell()]
    assert data.read_one(JOB.upper(), 2026, 11) == [cell()]


OVERVIEW = f"{AT_OFFICE}/payrollprocessoverview"


def overview(period_id, key, **status):
    return {
        "payrollPeriod": {"payrollPeriodId": period_id},
        "payroll": {"payrollStatus": {"key": key, **status}},
    }


def test_the_status_is_of_that_period_and_not_of_a_neighbour(loket, data):
    loket.routes[OVERVIEW] = page(
        [
            overview(202610, 6, value="Approved"),
            overview(
                202611,
                3,
                value="Waiting for approval",
                payrollStatusAdditionalInfo={"key": "3.1", "value": "A run waits."},
            ),
            overview(202612, 1),
        ]
    )
    status = data.status(ADMINISTRATION, 2026, 11)
    assert (status.key, status.words) == (3, "Waiting for approval: A run waits.")
    assert loket.seen[0][3] == {"payrollPeriodIdStart": ["202611"]}
    assert data.status(ADMINISTRATION, 2026, 12).words == ""
    with pytest.raises(LoketBadReply):
        data.status(ADMINISTRATION, 2027, 1)


def change(number, **changes):
    return {
        "identification": {
            "payrollPeriod": {"year": 2026, "periodNumber": 11},
            "shift": {"shiftNumber": 1},
            "payslipType": {"key": 1},
            "distributionUnit": {"key": UNIT},
        },
        "employment": {"id": JOB},
        "field": {"key": 1, "value": "Uren gewerkt"},
        "payrollComponentCategory": {"key": 1},
        "oldValue": "8.25",
        "newValue": "9,50",
        "performedBy": {"formattedName": "Vries, B"},
        "mutationOrigin": {"key": 1, "value": "Gebruiker"},
        "timeStamp": f"2026-11-26T10:00:0{number}.123Z",
        **changes,
    }


def test_who_changed_what_is_told_oldest_first(loket, data):
    loket.routes[f"{AT_OFFICE}/auditTrail/PayrollPeriodData"] = page(
        [
            change(
                2,
                performedBy=None,
                oldValue=None,
                newValue="Tekst",
                timeStamp="2026-11-26T10:00:02.1230009",
            ),
            change(1),
            change(1, oldValue="8,25", newValue="99999999999"),
            change(0, timeStamp="2026-11-26T10:00:00+01:00"),
            change(3, payrollComponentCategory=None),
            change(3, identification=None),
            change(3, timeStamp="gisteren"),
            change(3, timeStamp="0001-01-01T00:00:00Z"),
            change(3, timeStamp="9999-12-31T23:59:59-01:00"),
            change(3, timeStamp="2026-02-30T00:00:00Z"),
            change(3, employment={"id": None}),
        ]
    )
    found = data.changes(ADMINISTRATION, date(2026, 11, 1), date(2026, 11, 30))
    assert loket.seen[0][3] == {"startDate": ["2026-11-01"], "endDate": ["2026-11-30"]}
    assert [one.at for one in found] == [
        datetime(2026, 11, 26, 9),
        datetime(2026, 11, 26, 10, 0, 1, 123000),
        datetime(2026, 11, 26, 10, 0, 1, 123000),
        datetime(2026, 11, 26, 10, 0, 2, 123000),
    ]
    first, last = found[0], found[-1]
    assert [found[1].new, found[2].new] == [Decimal("9.50"), None]
    assert (first.old, first.new) == (Decimal("8.25"), Decimal("9.50"))
    assert (first.by, first.origin, first.unit_ref) == ("Vries, B", "Gebruiker", UNIT)
    assert (first.year, first.number, first.shift, first.component) == (2026, 11, 1, 1)
    assert (last.old, last.new, last.by) == (None, None, "")


# === PAYSLIPS === #


def test_runs_and_payslips_are_read(loket, data):
    period = {"year": 2026, "periodNumber": 10}
    loket.routes[f"{AT_OFFICE}/payrollruns"] = page(
        [
            {"id": "R-1", "payrollPeriod": period, "payrollRunStatus": {"key": 9},
             "availableForEmployeeDate": "2026-11-25",
             "approvalTime": "2026-11-24T09:30:00Z"},
            {"id": "R-2", "payrollPeriod": period, "payrollRunStatus": {"key": 5},
             "availableForEmployeeDate": None},
        ]
    )  # fmt: skip
    loket.routes[f"{AT_JOB}/payslips"] = page(
        [
            {"payrollrunId": "R-1", "payrollPeriod": {**period, "testYear": False},
             "numberOfPayslips": 2},
            {"payrollrunId": "R-3", "numberOfPayslips": 1,
             "payrollPeriod": {"year": 2025, "periodNumber": None, "testYear": True}},
        ]
    )  # fmt: skip
    loket.routes[f"{AT_JOB}/yearendstatements"] = page([{"year": 2025}, {"year": 2024}])
    first, second = data.runs(ADMINISTRATION)
    assert (first.ref, first.status, first.available_on) == (
        "r-1", 9, date(2026, 11, 25)
    )  # fmt: skip
    assert first.approved == "2026-11-24T09:30:00Z"
    assert (second.status, second.available_on, second.approved) == (5, None, None)
    assert [
        (one.run_ref, one.year, one.number, one.is_test, one.count)
        for one in data.payslips(JOB)
    ] == [("r-1", 2026, 10, False, 2), ("r-3", 2025, None, True, 1)]
    assert data.year_ends(JOB) == [2024, 2025]


PAYSLIP = f"{AT_JOB}/payslips/r-1"


def test_a_payslip_is_a_pdf(loket, data):
    for path, ask in (
        (PAYSLIP, lambda: data.payslip_pdf(JOB, "r-1")),
        (f"{AT_JOB}/yearendstatements/2025", lambda: data.year_end_pdf(JOB, 2025)),
    ):
        loket.routes[path] = [Answer(status=500), Answer("%PDF-1.4 ...")]
        assert ask() == b"%PDF-1.4 ..."
        assert loket.seen[-1][2]["Accept"] == "application/pdf"


@pytest.mark.parametrize(
    "body", ["", "{}", PAGE, " %PDF-1.4", "%PDF", "%PDF-" + " " * MAX_PDF]
)
def test_what_is_no_pdf_or_no_payslip_by_its_size_is_refused(loket, data, body):
    loket.routes[PAYSLIP] = Answer(body)
    with pytest.raises(LoketBadReply):
        data.payslip_pdf(JOB, "r-1")


def test_a_payslip_that_is_gone_is_told_as_unknown(data):
    with pytest.raises(LoketMisconfigured):
        data.payslip_pdf(JOB, "r-1")


# === RIGHTS, AND WHETHER ANYTHING CHANGED === #


def test_rights_go_by_the_names_of_activities(loket, data):
    def granted(*names):
        rows = [{"id": name, "description": name} for name in names]
        loket.routes[f"{AT_EMPLOYER}/authorizations"] = page(rows)

    granted("patchcollectivepayrollperioddatabyemployerid", "GetPayslipsByEmploymentId")
    missing = " ".join(data.missing_activities(EMPLOYER))
    assert "PatchCollective" not in missing
    for name in (
        "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId",
        "GetPayrollPeriodDataByEmploymentId",
        "GetPayrollProcessOverviewByPayrollAdministrationId",
    ):
        assert name in missing
    payslips = " ".join(data.missing_payslip_activities(EMPLOYER))
    assert "(GetPayslipsByEmploymentId)" not in payslips
    assert "GetPayrollRunsByPayrollAdministrationId" in payslips
    assert "GetPayslipsByEmploymentIdAndPayrollRunId" in payslips


VERSIONS = "/v2/providers/employers/lastmodifiedversionnumbers"
HIGH = 70_429_274_999_853


def test_the_version_is_that_of_the_employer_and_no_lower_than_the_last(
    loket, gateway_to_loket
):
    loket.routes[VERSIONS] = page(
        [
            {"id": "other", "lastModifiedVersionNumber": HIGH + 9},
            {"id": EMPLOYER.upper(), "lastModifiedVersionNumber": HIGH},
        ]
    )
    assert gateway_to_loket.highest_version(EMPLOYER, HIGH - 1) == HIGH
    assert loket.seen[0][3]["filter"] == [f"lastModifiedVersionNumber ge {HIGH - 1}"]
    assert gateway_to_loket.highest_version(EMPLOYER, HIGH) == HIGH
    # A Loket that does not filter, or whose count went back, tells nothing.
    assert gateway_to_loket.highest_version(EMPLOYER, HIGH + 1) is None
    loket.routes[VERSIONS] = page([])
    assert gateway_to_loket.highest_version(EMPLOYER, 0) is None


@pytest.mark.parametrize("status", [403, 404])
def test_who_may_not_ask_for_versions_does_not_know(loket, gateway_to_loket, status):
    loket.routes[VERSIONS] = Answer(status=status)
    with pytest.raises(LoketRefused) as caught:
        gateway_to_loket.highest_version(EMPLOYER, 0)
    assert caught.value.activity == "GetEmployerLastModifiedVersionNumbersByUser"


@pytest.mark.parametrize("number", [None, "1", -1, 2**63, 1.5, True])
def test_a_version_that_is_none_is_refused(loket, gateway_to_loket, number):
    loket.routes[VERSIONS] = page(
        [{"id": EMPLOYER, "lastModifiedVersionNumber": number}]
    )
    with pytest.raises(LoketBadReply):
        gateway_to_loket.highest_version(EMPLOYER, 0)


# === THE QUICK WAY AND THE PLAIN ONE === #


ODD = (
    None, True, False, 0, -1, 1, 2, 2**31, 10**9, 10**9 + 1, -(10**9), "", " ", "8.25",
    "1", JOB, JOB.upper(), f" {JOB}", f"{JOB}\n", "x" * 101, "\0", "\ud800", [], [{}],
    {}, {"key": 1}, {"key": None}, {"key": "1"}, {"key": UNIT.upper()}, {"code": "5"},
    {"year": 2026, "periodNumber": 12}, {"year": 2026.0, "periodNumber": 11},
    Decimal("8.250"), Decimal(1), Decimal("NaN"), Decimal("sNaN"),
    Decimal("Infinity"), Decimal("-1E+9"), Decimal("1E+10"), Decimal("1E-21"),
)  # fmt: skip
PLACES = [
    (), ("payrollPeriod",), ("payrollPeriod", "year"),
    ("payrollPeriod", "periodNumber"),
    ("shift",), ("shift", "shiftNumber"), ("payslipType",), ("payslipType", "key"),
    ("distributionUnit",), ("distributionUnit", "key"), ("costCenter",), ("costUnit",),
    ("employment",), ("employment", "id"), ("employment", "payrollId"), ("employee",),
    ("employee", "employeeNumber"), ("payrollComponents",), ("payrollComponents", 0),
    ("payrollComponents", 0, "payrollComponent"),
    ("payrollComponents", 0, "payrollComponent", "key"),
    ("payrollComponents", 0, "value"), ("payrollComponents", 0, "isSupplement"),
]  # fmt: skip


def with_odd(path, odd, is_gone=False):
    """A row of two cells, with one thing in it that is odd, or not there."""
    changed = {"row": row(item(1, Decimal("8.25"), isSupplement=False),
                          item(2, 0, isSupplement=True))}  # fmt: skip
    at, last = changed, "row"
    for name in path:
        at, last = at[last], name
    if is_gone and isinstance(at, dict):
        del at[last]
    else:
        at[last] = odd
    return changed.get("row")


def outcome(row):
    """What tells a row apart, and all that is read of each cell, or what is wrong."""
    values = period_mapping.Values(endpoints.VALUES, 2026, 11)
    read = values.row(row)
    try:
        return read.key, list(map(repr, values.cells([read]).values()))
    except LoketBadReply as error:
        return read.key, error.args, str(error)


def test_a_usual_row_is_read_as_field_by_field_whatever_is_odd_in_it(monkeypatch):
    usual = with_odd(("shift",), {"shiftNumber": 1})
    assert period_mapping.Values(endpoints.VALUES, 2026, 11).row(usual).raw is None
    made = [(path, odd, False) for path in PLACES[1:] for odd in ODD]
    made += [(path, None, True) for path in PLACES[1:]]
    rows = [with_odd(*one) for one in made]
    quick = [outcome(one) for one in rows]
    monkeypatch.setattr(period_mapping, "_usual", lambda _row: None)
    for one, found, how in zip(rows, quick, made, strict=True):
        assert found == outcome(one), how


def test_numbers_that_are_read_once_stay_what_each_of_them_is(loket, data):
    """Of equal texts and values one is worked out; True is no 1."""
    sent = ["8.25", "8.250", "1", "1.0", "0", "0.0", "-0.0", "1E2", "1e2", "-8.25"]
    items = [item(number, f"<{text}>") for number, text in enumerate(sent * 2)]
    body = json.dumps(page([row(*items)]))
    loket.routes[READ] = Answer(re.sub(r'"<(.*?)>"', r"\1", body))
    assert [one.value for one in read(data)] == [Decimal(text) for text in sent * 2]
    for odd in (True, "1", [1], 10**10):
        loket.routes[READ] = page([row(item(1, 1), item(2, odd))])
        with pytest.raises(LoketBadReply):
            read(data)


# === BY ROW === #


OTHER_JOB = JOB.replace("1", "3")
#: Rows that may stand in one list, a third of them with something odd in it.
ROWS = st.builds(
    lambda made, more: made | more,
    st.one_of(
        st.builds(
            row, st.builds(item, st.sampled_from([1, 2]), isSupplement=st.booleans())
        ),
        st.builds(
            row,
            st.builds(item, st.sampled_from([1, 2, 3]), isSupplement=st.just(False)),
            st.builds(item, st.sampled_from([3, 4]), isSupplement=st.just(False)),
        ),
        st.builds(with_odd, st.sampled_from(PLACES[1:]), st.sampled_from(ODD)).filter(
            lambda made: isinstance(made, dict)
        ),
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "employment": st.sampled_from([{"id": OTHER_JOB}, {"id": JOB.upper()}]),
            "shift": st.just({"shiftNumber": 2}),
            "distributionUnit": st.none(),
            "costCenter": st.sampled_from(
                [{"key": 3}, {"code": "K"}, {"key": None}, 7]
            ),
        },
    ),
)


def refusal(work):
    """What it gives, or what is wrong."""
    try:
        return work(), None
    except LoketBadReply as error:
        return None, str(error)


@given(st.lists(ROWS, max_size=6))
def test_rows_tell_of_each_cell_what_the_plain_way_does(rows):
    values = period_mapping.Values(endpoints.VALUES, 2026, 11)
    read = [values.row(one) for one in rows]
    plain, wrong = refusal(lambda: list(values.cells(read).values()))
    found, trouble = refusal(lambda: values.rows(read))
    assert (trouble is None) == (wrong is None)
    if plain is not None:
        cells = [one for each in found for one in each.cells()]
        assert sorted(map(repr, cells)) == sorted(map(repr, plain))
        usual = [each[:3] for each in found if not each.has_other_keys]
        assert len(usual) == len(set(usual))


def test_values_by_row_are_those_cell_by_cell(loket, data):
    lists = {
        "1": [row(item(1, 8.25), item(2, 0)), row(item(1), costUnit={"key": 1})],
        "10": [row(item(86, 3, isSupplement=True)), row(item(1), shift=None)],
    }
    loket.routes[READ] = lambda query: page(
        lists[query["payrollComponentCategory"][0]][: 3 - len(loket.seen)]
    )
    rows = data.rows(ADMINISTRATION, 2026, 11, [10, 1])
    assert [one for each in rows for one in each.cells()] == [
        cell(1),
        cell(2, "0"),
        cell(1, has_other_keys=True),
        cell(86, "3", is_supplement=True),
    ]
    with pytest.raises(LoketBadReply):
        loket.seen.clear()
        lists["1"][1] = row(item(1), shift=None)
        data.rows(ADMINISTRATION, 2026, 11, [1])


def test_cells_are_put_together_by_row_and_the_last_of_two_counts():
    other = cell(has_other_keys=True)
    cells = [cell(1, "3", is_supplement=True), other, other, cell(2), cell(3, None)]
    assert in_rows(cells) == [
        PeriodRow(JOB, 1, UNIT, {1: Decimal(3), 2: Decimal("8.25")}, frozenset({1})),
        *(PeriodRow(*other[:3], {1: other.value}, has_other_keys=True),) * 2,
    ]
    assert in_rows([*cells, cell(1)])[0].supplements == frozenset()


NUMBERS = st.none() | st.decimals(-100_000_000, 100_000_000, places=2)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["Ab", "b\"", "\u00e9"]), st.integers(1, 3),
                  st.none() | st.sampled_from(["U", "v\\"])),
        st.dictionaries(st.integers(1, 999), NUMBERS, min_size=1),
    )
)  # fmt: skip
def test_the_same_is_sent_by_row_as_cell_by_cell(values):
    rows = [PeriodRow(*key, row) for key, row in values.items()]
    cells = [one for row in rows for one in row.cells()]
    assert period_rows(2026, 11, rows) == period_values(2026, 11, cells)


def test_rows_that_would_write_something_else_are_not_sent(loket, data):
    usual = PeriodRow(JOB, 1, UNIT, {1: Decimal(8)})
    crowd = [usual._replace(employment_ref=str(one)) for one in range(CHUNK + 1)]
    for rows in (
        [usual, usual._replace(employment_ref=JOB.upper())],
        [usual._replace(has_other_keys=True)],
        [usual._replace(supplements=frozenset({1}))],
        [usual._replace(values={1: Decimal("NaN")})],
        crowd,
    ):
        with pytest.raises(ValueError):
            data.write_rows(EMPLOYER, 2026, 11, rows)
    assert data.write_rows(EMPLOYER, 2026, 11, []) == WriteReply(is_refused=False)
    assert loket.seen == []
    loket.routes[WRITE] = Answer()
    assert data.write_rows(EMPLOYER, 2026, 11, crowd[1:]) == WriteReply(
        is_refused=False
    )
    assert len(loket.calls(WRITE)) == 1
