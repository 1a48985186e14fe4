# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Replies that are wrong in whatever way: what comes of them can be kept and shown.

Each example asks something and gets one reply that is damaged: a value, the shape, the
bytes. Either records come of it that a database can hold, or one of the four errors.
``./dev test --long tests/reliability/test_replies.py`` plays 100,000 for each adapter.
"""

import dataclasses
import datetime
import functools
import gzip
import io
import json
import os
import random
import re
import time
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from requests import Response
from urllib3 import HTTPResponse

from odoo.addons.l10n_nl_loket.gateway import (
    LoketError,
    PeriodValue,
    RestGateway,
    SoapGateway,
    TokenSet,
    log_in,
    oauth,
)
from odoo.addons.l10n_nl_loket.gateway.bounds import LONGEST_TEXT, UNFIT
from odoo.addons.l10n_nl_loket.gateway.http import Patience
from odoo.addons.l10n_nl_loket.gateway.soap import description
from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE, PACKAGED
from odoo.addons.l10n_nl_loket.gateway.wire import _Adapter

from ..gateway.conftest import fresh_cache  # noqa: F401 (of all tests)
from ..gateway.loket_stub import MemoryTokens, page
from ..gateway.rest import company
from ..gateway.soap.document_types import LAUGHS, OUTSIDE
from ..gateway.soap.stub import body, fault
from ..gateway.test_one_bad_record import employee, employees
from .report import kept

IS_LONG = bool(os.environ.get("LOKET_LONG"))
EXAMPLES = 1_000 if IS_LONG else 400
#: The more examples of one run there were, the longer hypothesis takes for the next.
in_rounds = pytest.mark.parametrize("number", range(100 if IS_LONG else 1))
#: What came of the replies, by adapter.
outcomes = defaultdict(Counter)
HURRY = Patience(attempts=1)
#: In every reply, and in no error.
SECRET = "Geheimstra"
EMPLOYER, ADMINISTRATION = company.EMPLOYER, company.ADMINISTRATION
BRACKETS = "[" * 3000 + "]" * 3000


class FakeLoket:
    """Answers instead of the network, one reply of all being damaged.

    :param replies: what is answered, by what stands in the address or the request
    """

    def __init__(self, replies, damage, which):
        self.replies, self.damage, self.which = replies, damage, which
        self.asked = 0

    def send(self, _adapter, request, **_options):
        asked = request.url.partition("?")[0]
        if isinstance(request.body, bytes):
            asked = request.body.decode()
        content = next(
            reply for part, reply in self.replies.items() if re.search(part, asked)
        )
        status, headers = 200, {}
        if self.asked == self.which:
            status, headers, content = self.damage(content)
        self.asked += 1
        response = Response()
        response.status_code = status
        response.headers.update(headers)
        response.raw = HTTPResponse(
            body=io.BytesIO(content),
            headers=headers,
            status=status,
            preload_content=False,
        )
        return response


# === WHAT IS DAMAGED === #

RAW = [
    b"1e400",
    b"-1e400",
    b"1e99999999999999999999",
    b"1e-999999999",
    b"NaN",
    b"-Infinity",
    b"1" * 5000,
    b"2147483648",
    b"-1",
    b"0.1",
    b'"\\ud83d"',
    b'"\\u0000"',
    b'"\xff"',
    b'"\xed\xa0\xbd"',
    b'"\0"',
    b'"\x1f"',
    b"[[[[[[{}]]]]]]",
    b'"' + b"a" * 3000 + b'"',
    b'"0001-01-01"',
    b'"9999-12-31"',
    b'"2020-13-01"',
    b'"../.."',
    BRACKETS.encode(),
]
TEXTS = [
    b"",
    b" ",
    b"\0",
    b"&#0;",
    b"&#xD83D;",
    b"&#x1F600;",
    b"\xff",
    b"\xed\xa0\xbd",
    b"\x0b",
    b"&lol;",
    b"<b/>",
    b"<!-- x -->",
    b"<?x y?>",
    b"<![CDATA[\0]]>",
    b"]]>",
    b"<",
    b"1" * 5000,
    b"0" * 5000,
    b"2147483648",
    b"-1",
    b"1e40",
    b"0." + b"0" * 50 + b"1",
    b"INF",
    b"true",
    b"0001-01-01",
    b"2020-01-01Z",
    b"2020-13-01",
    b"a" * 3000,
    b" month ",
    b" costCenter ",
    b"<x>" * 300 + b"</x>" * 300,
]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(value, path=()):
    """The ways to all values within a JSON value."""
    if path:
        yield path
    if isinstance(value, dict | list):
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from places(value[key], (*path, key))


@st.composite
def json_damages(draw):
    """A function that damages JSON."""
    kind = draw(st.sampled_from(["raw", "value", "drop", "twice", "value", "raw"]))
    number = draw(st.integers(0, 10_000))
    raw = draw(st.sampled_from(RAW))
    value = draw(json_values)

    def damage(content):
        reply = json.loads(content)
        ways = list(places(reply))
        path = ways[number % len(ways)]
        holder = reply
        for key in path[:-1]:
            holder = holder[key]
        if kind == "drop":
            del holder[path[-1]]
        elif kind == "twice":
            holder[path[-1]] = [holder[path[-1]]] * 2
        else:
            holder[path[-1]] = "VERVANG" if kind == "raw" else value
        return json.dumps(reply).encode().replace(b'"VERVANG"', raw)

    return damage


ELEMENT = re.compile(rb"<([A-Za-z]+)>([^<]*)</\1>")
ATTRIBUTE = re.compile(rb"([A-Za-z:]+)=\"([^\"]*)\"")


@st.composite
def xml_damages(draw):
    """A function that damages XML."""
    kind = draw(
        st.sampled_from(
            ["text", "text", "text", "drop", "twice", "rename", "attribute", "type"]
        )
    )
    number = draw(st.integers(0, 10_000))
    text = draw(st.sampled_from(TEXTS) | st.text(max_size=20).map(encoded))
    word = draw(st.sampled_from([b"spy", b"ref", b"employment", b"lastName"]))

    def damage(content):
        found = list(ELEMENT.finditer(content))
        attributes = [] if found else list(ATTRIBUTE.finditer(content))
        if kind != "type" and attributes:
            one = attributes[number % len(attributes)]
            name, old = one[1], one[2]
            new = {
                "text": b'%b="%b"' % (name, text),
                "drop": b"",
                "twice": one[0] + b" " + one[0],
                "rename": b'%b="%b"' % (word, old),
            }.get(kind, b'%b="%b%b"' % (name, old, text))
            return content[: one.start()] + new + content[one.end() :]
        if kind == "type" or not found:
            evil = (LAUGHS, OUTSIDE)[number % 2].format(url="http://127.0.0.1:1")
            return evil.encode() + content
        element = found[number % len(found)]
        name, old = element[1], element[2]
        new = {
            "text": b"<%b>%b</%b>" % (name, text, name),
            "drop": b"",
            "twice": element[0] * 2,
            "rename": b"<%b>%b</%b>" % (word, old, word),
            "attribute": b'<%b %b="1">%b</%b>' % (name, word, old, name),
        }[kind]
        return content[: element.start()] + new + content[element.end() :]

    return damage


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


@st.composite
def byte_damages(draw):
    """A function that damages whatever bytes."""
    kind = draw(st.sampled_from(["cut", "insert", "flip", "all", "double"]))
    number = draw(st.integers(0, 100_000))
    some = draw(st.binary(max_size=20))

    def damage(content):
        place = number % (len(content) or 1)
        return {
            "cut": content[:place],
            "insert": content[:place] + some + content[place:],
            "flip": content[:place] + some + content[place + len(some) :],
            "all": some,
            "double": content + content[place:],
        }[kind]

    return damage


STATUSES = [201, 204, 302, 400, 401, 403, 404, 500, 503]
PACKINGS = ["gzip", "gzip", "GZIP", "br", "half", "lie"]
HEADERS = [{"Retry-After": "nan"}, {"Location": "//["}, {"Content-Length": "7"}]


def rarely(times):
    """True once in so many times."""
    return st.integers(1, times).map(lambda number: number == times)


@st.composite
def answers(draw, damages):
    """A function that makes an answer of a good reply: status, headers, content."""
    damage = draw(byte_damages() if draw(rarely(5)) else damages)
    status = draw(st.sampled_from(STATUSES)) if draw(rarely(15)) else 200
    packing = draw(st.sampled_from(PACKINGS)) if draw(rarely(8)) else ""
    more = draw(st.sampled_from(HEADERS)) if draw(rarely(8)) else {}

    def answer(content):
        content, headers = damage(content), dict(more)
        if packing:
            headers["Content-Encoding"] = "br" if packing == "br" else "gzip"
        if packing.lower() == "gzip":
            content = gzip.compress(content)
        if packing == "half":
            content = gzip.compress(content)[:-5]
        return status, headers, content

    return answer


# === WHAT IS ASKED === #


def period_replies():
    """Good replies about values of a period and payslips."""
    period = {"year": 2026, "periodNumber": 11}
    keys = {
        "payrollPeriod": period,
        "shift": {"shiftNumber": 1},
        "payslipType": {"key": 1},
        "distributionUnit": {"key": company.ref("d", 1)},
        "costCenter": {"key": 1, "code": "K1"},
        "costUnit": None,
    }
    job = {"id": company.ref("j", 1), "payrollId": 7}
    values = {
        **keys,
        "id": company.ref("v", 1),
        "employment": job,
        "employee": {"employeeNumber": 108, "formattedName": SECRET},
        "payrollComponents": [
            {"payrollComponent": {"key": 1}, "value": -8.25, "isSupplement": None}
        ],
    }
    status = {"key": 3, "value": "x", "payrollStatusAdditionalInfo": {"value": "y"}}
    return {
        "employmentId": {
            "messages": [{"type": "Warning", "description": "x", "id": job["id"]}]
        },
        "/payrollperioddata$": page([values]),
        "/payrollprocessoverview$": page(
            [
                {
                    "payrollPeriod": {"payrollPeriodId": 202611},
                    "payroll": {"payrollStatus": status},
                }
            ]
        ),
        "/auditTrail/": page(
            [
                {
                    "identification": keys,
                    "employment": job,
                    "field": {"key": 1},
                    "payrollComponentCategory": {"key": 1},
                    "oldValue": "8.25",
                    "newValue": "9",
                    "performedBy": {"formattedName": "x"},
                    "mutationOrigin": {"value": "x"},
                    "timeStamp": "2026-11-26T10:00:00Z",
                }
            ]
        ),
        "/payrollruns$": page(
            [
                {
                    "id": company.ref("r", 1),
                    "payrollPeriod": period,
                    "payrollRunStatus": {"key": 9},
                    "availableForEmployeeDate": "2026-11-25",
                }
            ]
        ),
        "/payslips$": page(
            [
                {
                    "payrollrunId": company.ref("r", 1),
                    "payrollPeriod": {**period, "testYear": False},
                    "numberOfPayslips": 1,
                }
            ]
        ),
        "/yearendstatements$": page([{"year": 2025}]),
    }


def period_asks(link):
    """What is asked of values of a period and of payslips."""
    data, job = link.period_data, company.ref("j", 1)
    cell = PeriodValue(
        employment_ref=job,
        shift=1,
        unit_ref=company.ref("d", 1),
        component=1,
        value=Decimal("8.25"),
    )
    day = datetime.date(2026, 11, 1)
    return {
        "write": lambda: data.write(EMPLOYER, 2026, 11, [cell]),
        "values": lambda: data.read(ADMINISTRATION, 2026, 11, [1]),
        "own values": lambda: data.read_one(job, 2026, 11),
        "status": lambda: data.status(ADMINISTRATION, 2026, 11),
        "changes": lambda: data.changes(ADMINISTRATION, day, day),
        "runs": lambda: data.runs(ADMINISTRATION),
        "payslips": lambda: data.payslips(job),
        "year ends": lambda: data.year_ends(job),
    }


def json_replies():
    """Good replies of the REST API, by what stands in the address."""
    lists = company.rows(2)
    for row in lists["employees"]:
        row["personalDetails"]["lastName"] = SECRET
    ref = company.ref
    found = {
        **period_replies(),
        "/token$": {
            "access_token": "access-2",
            "refresh_token": "refresh-2",
            "expires_in": 3599,
        },
        "/authorizations$": page([{"id": "a", "description": "GetX"}]),
        "filtersettings": {
            "content": {
                "employmentFilter": {
                    "filterOnEmployedStatus": "ActiveEmployments",
                    "filterOnDepartments": [1],
                    "filterOnOnCallEmployment": False,
                }
            }
        },
        "/distributionunits$": page(
            [{"id": ref("d", 1), "code": 7, "description": "x"}]
        ),
        "/journalProfiles$": page([{"id": ref("j", 1)}]),
        "/costCenters$": page([{"id": ref("c", 1), "code": "K1", "description": "x"}]),
        "/payrollcomponents/": page(
            [
                {
                    "key": 10,
                    "description": "Uren",
                    "category": {"key": 1, "value": "Uren"},
                    "isCollectiveMutationPossible": True,
                }
            ]
        ),
        "/payrollperiods": page(
            [
                {
                    "id": ref("p", 1),
                    "year": 2026,
                    "periodNumber": 1,
                    "startDate": "2026-01-01",
                    "endDate": "2026-01-31",
                    "testYear": False,
                    "payrollRuns": [{"payrollRunStatus": {"key": 9}}],
                }
            ]
        ),
        "/payrolladministrations$": page(
            [
                {
                    "id": ADMINISTRATION,
                    "name": SECRET,
                    "clientNumber": 5555,
                    "payrollPeriodType": {"key": 1, "value": "Maand"},
                }
            ]
        ),
        "/providers/employers$": page([{"id": EMPLOYER, "companyName": SECRET}]),
    }
    found |= {f"/{name}$": page(rows) for name, rows in lists.items()}
    return {part: json.dumps(reply).encode() for part, reply in found.items()}


def soap_reply(operation, content):
    name = f"{operation}Response"
    return body(f'<{name} xmlns="{NAMESPACE}">{content}</{name}>').encode()


def xml_replies():
    """Good replies of the SOAP service, by what stands in the request."""
    person = f"<lastName>{SECRET}</lastName>"
    full = (
        "<startDate>2020-03-01</startDate><endDate>2030-01-01</endDate>"
        "<appointedUntil>2030-01-01</appointedUntil>"
        "<contractType>temporary</contractType><onCall>false</onCall>"
        "<shift>1</shift><departmentName>Verkoop</departmentName>"
        "<distributionUnit>7</distributionUnit><monthlyWage>2400.50</monthlyWage>"
        "<hoursPerWeek>36</hoursPerWeek>"
    )
    jobs = employees(
        employee(1, person, full.replace("Wage", "Wage")), employee(2, person)
    ).encode()
    refused = "<t:RefusedFault><t:reason>right</t:reason></t:RefusedFault>"
    return {
        "GetEmployees": jobs,
        "GetEmployers": soap_reply(
            "GetEmployers",
            f"<employer><ref>{EMPLOYER}</ref><name>{SECRET}</name></employer>",
        ),
        "GetPayrollAdministrations": soap_reply(
            "GetPayrollAdministrations",
            f"<administration><ref>{ADMINISTRATION}</ref><name>x</name>"
            "<clientNumber>5555</clientNumber><periodType>month</periodType>"
            "</administration>",
        ),
        "GetCostCenters": soap_reply(
            "GetCostCenters",
            "<costCenter><ref>c1</ref><code>K1</code><name>x</name>"
            "<kind>costCenter</kind></costCenter>",
        ),
        "GetPayrollComponents": soap_reply(
            "GetPayrollComponents",
            "<component><code>10</code><name>Uren</name><category>Uren</category>"
            "<collective>true</collective></component>",
        ),
        "GetPayrollPeriods": soap_reply(
            "GetPayrollPeriods",
            "<period><year>2026</year><number>1</number>"
            "<dateFrom>2026-01-01</dateFrom><dateTo>2026-01-31</dateTo></period>",
        ),
        "LogIn": soap_reply("LogIn", "<linkKey>the-key</linkKey>"),
        "wsdl": PACKAGED.read_bytes().replace(b"loket.invalid", b"loket.example"),
        "Fault": fault("Client", refused).encode(),
    }


def asked_of(link):
    """What is asked of a gateway, whatever the protocol."""
    return {
        "employers": link.employers,
        "administrations": lambda: link.administrations(EMPLOYER),
        "cost centers": lambda: link.cost_centers(EMPLOYER, ADMINISTRATION),
        "components": lambda: link.components(ADMINISTRATION, 2026),
        "periods": lambda: link.periods(ADMINISTRATION, 2026),
        "employments": lambda: link.employments(EMPLOYER, ADMINISTRATION),
        "hidden": lambda: link.hidden_by_filter(EMPLOYER),
        "missing": lambda: link.missing_activities(EMPLOYER),
    }


def rest_asks():
    tokens = TokenSet(
        access_token="a", refresh_token="r", expires_at=time.time() + 10**8
    )
    link = RestGateway(
        api_url="https://loket.example/v2",
        oauth_url="https://loket.example",
        client_id="odoo",
        client_secret="s",
        tokens=MemoryTokens(tokens),
        patience=HURRY,
    )
    refresh = ("https://loket.example", "odoo", "s", tokens)
    tokens_too = {"tokens": lambda: oauth.refresh(*refresh)}
    return asked_of(link) | period_asks(link) | tokens_too


def soap_asks():
    """Made once for all examples: zeep takes its time to begin."""
    url = "https://loket.example/?wsdl"
    link = SoapGateway(wsdl_url=url, link_key="key", patience=HURRY)
    return asked_of(link) | {
        "link key": lambda: log_in(url, "u", "p", "c", patience=HURRY)
    }


#: Of "employments" there is most to be wrong.
ASKED = ["employments"] * 10
ASKED += ["employers", "administrations", "cost centers", "components", "periods"]


#: What only the REST API is asked.
PERIOD = ["write", "values", "own values", "status", "changes", "runs", "payslips"]
PERIOD += ["year ends"]


rest, soap = functools.cache(rest_asks), functools.cache(soap_asks)
context = pytest.MonkeyPatch.context


# === WHAT MUST COME OF IT === #


def can_be_kept(value):
    """Whether a database and a form can hold all of a value."""
    if dataclasses.is_dataclass(value):
        return all(
            can_be_kept(getattr(value, each.name)) for each in dataclasses.fields(value)
        )
    if isinstance(value, str):
        return not UNFIT.search(value) and len(value) <= 4 * LONGEST_TEXT
    if isinstance(value, list | tuple | frozenset):
        return all(map(can_be_kept, value))
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int):
        return 0 <= value < 2**31
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) <= 10**9 and len(f"{value:f}") < 60
    if isinstance(value, datetime.date):
        return 1800 <= value.year <= 9999
    return isinstance(value, float) and value < time.time() + 10**9


@pytest.fixture(scope="module", autouse=True)
def figures():
    """Tells at the end what came of all replies."""
    yield
    for what, found in outcomes.items():
        kept(f"replies, {what}", {"replies": found.total(), "outcomes": dict(found)})


def play(what, ask, fake):
    with context() as patch:
        patch.setattr(
            _Adapter, "send", lambda *asked, **more: fake.send(*asked, **more)
        )
        try:
            found = ask()
        except LoketError as error:
            assert type(error) in LoketError.__subclasses__()
            assert can_be_kept(error.message)
            assert SECRET not in error.message
            assert len(error.message) < 600
            outcomes[what][type(error).__name__] += 1
            return
    assert can_be_kept(found), found
    problems = getattr(found, "problems", ())
    for problem in problems:
        assert problem.name and SECRET not in problem.reason
    outcomes[what]["a problem by name" if problems else "records"] += 1


@in_rounds
@settings(max_examples=EXAMPLES, derandomize=False)
@given(
    asked=st.sampled_from([*ASKED, *PERIOD, "hidden", "missing", "tokens", "tokens"]),
    answer=answers(json_damages()),
    which=st.integers(0, 5),
)
def test_any_reply_of_the_rest_api_is_records_or_an_error(number, asked, answer, which):
    fake = FakeLoket(JSON, answer, which if asked == "employments" else which % 2)
    play("REST", rest()[asked], fake)


@in_rounds
@settings(max_examples=EXAMPLES, derandomize=False)
@given(
    asked=st.sampled_from([*ASKED * 3, "link key"]),
    answer=answers(xml_damages()),
    is_fault=rarely(10),
)
def test_any_reply_of_the_soap_service_is_records_or_an_error(
    number, asked, answer, is_fault
):
    replies = {".": XML["Fault"]} if is_fault else XML
    fake = FakeLoket(replies, answer, 0)
    with context() as patch:
        patch.setattr(description, "_fetched", lambda *_asked: XML["wsdl"])
        play("SOAP", soap()[asked], fake)


@in_rounds
@settings(max_examples=EXAMPLES // 10, derandomize=False)
@given(answer=answers(xml_damages()))
def test_any_service_description_is_one_or_an_error(number, answer):
    description.InMemoryCache._cache.clear()
    fake = FakeLoket(DESCRIBED, answer, 0)
    play("service description", soap_asks()["employers"], fake)


JSON = json_replies()
XML = xml_replies()
#: As above; the description is asked for first.
DESCRIBED = {"^https": XML["wsdl"], **XML}


def test_what_is_not_damaged_is_read():
    """Else the others would hold of nothing."""
    nothing = random.Random(0)
    for asks, replies in ((rest_asks, JSON), (soap_asks, DESCRIBED)):
        for name, ask in asks().items():
            fake = FakeLoket(replies, nothing, -1)
            with context() as patch:
                patch.setattr(
                    _Adapter, "send", lambda *a, fake=fake, **b: fake.send(*a, **b)
                )
                found = ask()
            assert can_be_kept(found)
            assert found or name in ("hidden", "missing")
