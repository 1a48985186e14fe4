# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One record that can't be kept is a problem by name; all others are read.

Of three people the second is damaged, over both protocols in the same way.
"""

import json
import time
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.gateway import RestGateway, SoapGateway, TokenSet
from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE

from .loket_stub import Answer, LoketStub, MemoryTokens, page
from .rest import company
from .soap.stub import SoapStub, body

EMPLOYER, ADMINISTRATION = company.EMPLOYER, company.ADMINISTRATION


class RestCompany:
    """Three people over REST; what is sent is text, so that any of it can be wrong."""

    def __init__(self, stub):
        self.stub = stub
        self.lists = company.rows(3)
        for number, employee in enumerate(self.lists["employees"], start=1):
            employee["personalDetails"]["formattedName"] = f"Persoon {number}"

    def read(self, change=lambda text: text):
        """Read the employments.

        :param change: what becomes of each reply, as bytes
        """
        for path, rows in self.lists.items():
            answer = Answer(page(rows))
            answer.body = change(answer.body)
            self.stub.routes[f"{company.AT_EMPLOYER}/{path}"] = answer
        return RestGateway(
            api_url=self.stub.api_url,
            oauth_url=self.stub.url,
            client_id="odoo",
            client_secret="s",
            tokens=MemoryTokens(
                TokenSet(access_token="access-1", expires_at=time.time() + 3000)
            ),
            local=True,
        ).employments(EMPLOYER, ADMINISTRATION)


def employee(number, person="", job=""):
    """An employee of the SOAP service, with one employment."""
    wage = "" if "Wage" in job else "<monthlyWage>2400.5</monthlyWage>"
    number_of_payroll = "" if "payrollNumber" in job else number
    return (
        f"<employee><ref>{company.ref('ee', number)}</ref>"
        f"<number>{100 + number}</number>"
        f"{person or '<lastName>Bergen</lastName>'}"
        f"<formattedName>Persoon {number}</formattedName>"
        f"<employment><ref>{company.ref('ed', number)}</ref>"
        f"<administrationRef>{ADMINISTRATION}</administrationRef>"
        + (f"<payrollNumber>{number}</payrollNumber>" if number_of_payroll else "")
        + f"{job or '<startDate>2020-03-01</startDate>'}{wage}"
        "</employment></employee>"
    )


def employees(*rows, size=None):
    """The reply to GetEmployees."""
    return body(
        f'<GetEmployeesResponse xmlns="{NAMESPACE}">'
        f"<totalSize>{len(rows) if size is None else size}</totalSize>"
        "<totalPages>1</totalPages><currentPage>1</currentPage>"
        + "".join(rows)
        + "</GetEmployeesResponse>"
    )


@pytest.fixture
def rest():
    with LoketStub() as stub:
        yield RestCompany(stub)


@pytest.fixture
def soap():
    """Reads the employments of replies that are handed to it, as text or bytes."""
    with SoapStub() as stub:
        stub.link = SoapGateway(wsdl_url=stub.wsdl_url, link_key="key", local=True)

        def read(reply):
            stub.raw = reply if isinstance(reply, bytes) else reply.encode()
            return stub.link.employments(EMPLOYER, ADMINISTRATION)

        yield read


def check(reply, field, name="Persoon 2"):
    """The first and the third are there, and why the second is not is told."""
    (problem,) = reply.problems
    refs = [company.ref("ed", number) for number in (1, 2, 3)]
    assert [each.employment_ref for each in reply.records] == [refs[0], refs[2]]
    assert (problem.ref, problem.name) == (refs[1], name)
    assert field in problem.reason
    assert not problem.is_stray


DAMAGED = ["\0", "\x01", "\x1f", "\ud83d", "\udc00", "\ufffe", "\uffff", "\ufdd0"]


@pytest.mark.parametrize("character", DAMAGED)
@pytest.mark.parametrize(
    "field", ["lastName", "firstName", "initials", "prefix", "lastNamePartner"]
)
def test_a_character_that_can_not_be_kept_over_rest(rest, character, field):
    details = rest.lists["employees"][1]["personalDetails"]
    details[field] = f"Jan{character}sen"
    check(rest.read(), field)


@pytest.mark.parametrize(
    ("group", "field"),
    [
        ("address", "street"),
        ("address", "city"),
        ("contactInformation", "emailAddress"),
        ("contactInformation", "mobilePhoneNumber"),
    ],
)
@pytest.mark.parametrize("value", ["a\0b", "a" * 1001, 10**41, ["x"], {"a": 1}, True])
def test_a_text_that_can_not_be_kept_over_rest(rest, group, field, value):
    rest.lists["employees"][1][group][field] = value
    check(rest.read(), field)


@pytest.mark.parametrize(
    "raw", [b"Jan\xe9sen", b"Jan\xed\xa0\xbdsen", b"Jan\0sen", b"Jan\\ud83dsen"]
)
def test_bytes_that_are_no_text_over_rest(rest, raw):
    rest.lists["employees"][1]["personalDetails"]["lastName"] = "VERVANG"
    check(rest.read(lambda text: text.replace(b"VERVANG", raw)), "lastName")


def test_a_damaged_name_is_shown_as_far_as_it_can_be(rest):
    details = rest.lists["employees"][1]["personalDetails"]
    details["lastName"] = details["formattedName"] = "J. Jan\0\ud83dsen"
    check(rest.read(), "lastName", name="J. Jan\ufffd\ufffdsen")


TOO_LARGE = ["2147483648", "-1", "1e400", "1" * 5000, "1e99999999999999999999", "1.5"]


@pytest.mark.parametrize("number", [*TOO_LARGE, "NaN", "Infinity", '"7"', "true", "[]"])
def test_a_number_beyond_its_bounds_over_rest(rest, number):
    rest.lists["employees/employments"][1]["payrollId"] = "VERVANG"

    def change(text):
        return text.replace(b'"VERVANG"', number.encode())

    check(rest.read(change), "payrollId")


@pytest.mark.parametrize(
    ("path", "field", "number"),
    [
        ("actualworkinghours", "shiftNumber", "2147483648"),
        ("actualworkinghours", "aggregatedHoursPerWeek", "168.01"),
        ("actualworkinghours", "aggregatedHoursPerWeek", "-0.01"),
        ("actualworkinghours", "aggregatedHoursPerWeek", "1e-999999"),
        ("actualwages", "grossWage", "1" + "0" * 40),
        ("actualwages", "grossWage", "1e40"),
        ("actualwages", "grossWage", "1e999999999"),
        ("actualwages", "grossWage", "1e-999999999"),
        ("actualwages", "grossWage", "-1"),
        ("actualwages", "grossWage", "NaN"),
    ],
)
def test_an_amount_beyond_all_bounds_over_rest(rest, path, field, number):
    row = rest.lists[path][1]
    group = row.get("workingHours") or row["wage"]
    (group["shift"] if field == "shiftNumber" else group)[field] = "VERVANG"

    def change(text):
        return text.replace(b'"VERVANG"', number.encode())

    check(rest.read(change), field)


def test_a_wage_that_its_hours_make_absurd_over_rest(rest):
    rest.lists["actualworkinghours"][1]["workingHours"]["shift"][
        "fullTimeHoursPerWeek"
    ] = 10**-18
    check(rest.read(), "grossWage")


@pytest.mark.parametrize(
    "value",
    [
        "0001-01-01",
        "1799-12-31",
        "2020-02-30",
        "20200101",
        "2020-W01-1",
        "x",
        7,
        "2020",
    ],
)
@pytest.mark.parametrize("field", ["startDate", "endDate", "commissionUntilDate"])
def test_a_date_that_can_not_be_over_rest(rest, field, value):
    rest.lists["employees/employments"][1][field] = value
    check(rest.read(), field)


@pytest.mark.parametrize("ref", [None, "", " ", 7.5, [], {}, True, "a\0", "a" * 101])
def test_an_employment_that_nothing_tells_apart_over_rest(rest, ref):
    rest.lists["employees/employments"][1]["id"] = ref

    reply = rest.read()

    (problem,) = reply.problems
    assert len(reply.records) == 2
    assert (problem.ref, problem.name) == ("", "Persoon 2")
    assert problem.reason.startswith("id ")
    assert not problem.is_stray


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("actualworkinghours", "employmentId"),
        ("actualwages", "employmentId"),
        ("actualorganizationalentities", "employmentId"),
    ],
)
@pytest.mark.parametrize("ref", [None, "", [], "a\0"])
def test_a_row_of_nobody_over_rest(rest, path, field, ref):
    rest.lists[path][1][field] = ref

    reply = rest.read()

    (problem,) = reply.problems
    assert len(reply.records) == 3
    assert len(reply.records[1].parts) < 3
    assert (problem.ref, problem.is_stray) == ("", True)
    assert field in problem.reason


def test_an_employee_whom_nothing_tells_apart_over_rest(rest):
    rest.lists["employees"][1]["id"] = None

    reply = rest.read()

    assert len(reply.records) == 2
    stray, missing = reply.problems
    assert (stray.name, stray.is_stray) == ("Persoon 2", True)
    assert missing.ref == company.ref("ed", 2)


def test_all_that_comes_of_a_damaged_list_can_be_kept(rest):
    for employee_row in rest.lists["employees"]:
        employee_row["personalDetails"] = {"lastName": None, "formattedName": "\0" * 9}
        employee_row["id"] = employee_row["id"].upper()
    for row in rest.lists["employees/employments"]:
        row["id"] = "\0"
    for problem in rest.read().problems:
        assert "\0" not in json.dumps([problem.ref, problem.name, problem.reason])


# === SOAP === #


@pytest.mark.parametrize(
    "raw",
    [
        b"Jan\0sen",
        b"Jan\x01sen",
        b"Jan\xe9sen",
        b"Jan\xed\xa0\xbdsen",
        b"Jan&#0;sen",
        b"Jan&#x0;sen",
        b"Jan&#xD83D;sen",
        b"Jan&#55357;&#56832;sen",
        b"Jan&#xFFFF;sen",
        b"Jan&#99999999999;sen",
        b"Jan&#x110000;sen",
        b"Jan&#xFDD0;sen",
        b"<![CDATA[Jan\0sen]]>",
    ],
)
@pytest.mark.parametrize(
    "declared", [b"", b'<?xml version="1.0" encoding="UTF-8"?>', b"\xef\xbb\xbf"]
)
def test_a_character_that_can_not_be_kept_over_soap(soap, raw, declared):
    rows = [employee(1), employee(2, "<lastName>VERVANG</lastName>"), employee(3)]
    check(
        soap(declared + employees(*rows).encode().replace(b"VERVANG", raw)), "lastName"
    )


def test_all_other_characters_come_through_a_mended_document(soap):
    rows = [
        employee(
            1, "<lastName>J&amp;\U0001f600&#233;\xeb&#x1F600;&lt;x&gt;</lastName>"
        ),
        employee(2, "<lastName>a&#0;</lastName>"),
        employee(3),
    ]
    reply = soap(employees(*rows))
    check(reply, "lastName")
    name = reply.records[0].person.last_name
    assert name == "J&\U0001f600\xe9\xeb\U0001f600<x>"


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ("<lastName> </lastName>", "lastName"),
        ("<firstName>a</firstName>", "lastName"),
        (f"<lastName>{'a' * 1001}</lastName>", "lastName"),
        ("<lastName>x</lastName><nameFormat>maybe</nameFormat>", "nameFormat"),
        ("<lastName>x</lastName><spy>1</spy>", "spy"),
        ("<lastName><b>x</b></lastName>", "lastName"),
    ],
)
def test_a_person_who_can_not_be_over_soap(soap, person, field):
    check(soap(employees(employee(1), employee(2, person), employee(3))), field)


START = "<startDate>2020-03-01</startDate>"


@pytest.mark.parametrize(
    ("job", "field"),
    [
        (f"<payrollNumber>2147483648</payrollNumber>{START}", "payrollNumber"),
        (f"<payrollNumber>-1</payrollNumber>{START}", "payrollNumber"),
        (f"<payrollNumber>{'1' * 5000}</payrollNumber>{START}", "payrollNumber"),
        (f"<payrollNumber>{'0' * 5000}1</payrollNumber>{START}", "payrollNumber"),
        ("<startDate>0001-01-01</startDate>", "startDate"),
        ("<startDate>2020-01-01Z</startDate>", "startDate"),
        ("<startDate>2020-01-01+02:00</startDate>", "startDate"),
        (f"{START}<endDate>2020-02-30</endDate>", "endDate"),
        ("<endDate>2020-02-28</endDate>", "endDate"),  # without a start
        (f"{START}<shift>9999999999</shift>", "shift"),
        (f"{START}<monthlyWage>1{'0' * 40}</monthlyWage>", "monthlyWage"),
        (f"{START}<monthlyWage>-1</monthlyWage>", "monthlyWage"),
        (f"{START}<monthlyWage>1e40</monthlyWage>", "monthlyWage"),
        (f"{START}<monthlyWage>0.{'0' * 40}1</monthlyWage>", "monthlyWage"),
        (f"{START}<hourlyWage>1{'0' * 40}</hourlyWage>", "hourlyWage"),
        (
            f"{START}<monthlyWage>1</monthlyWage><hoursPerWeek>169</hoursPerWeek>",
            "hoursPerWeek",
        ),
    ],
)
def test_an_employment_that_can_not_be_over_soap(soap, caplog, job, field):
    reply = soap(employees(employee(1), employee(2, job=job), employee(3)))
    check(reply, field)
    assert "python translation" not in caplog.text


def test_what_stands_in_comments_is_no_part_of_a_value(soap):
    job = f"<payrollNumber>12<!-- x -->34</payrollNumber>{START}"
    more = f"<payrollNumber>12<?x y?>34</payrollNumber>{START}"
    reply = soap(employees(employee(1, job=job), employee(2, job=more)))
    assert [each.payroll_number for each in reply.records] == [1234, 1234]


def test_another_employment_of_a_person_is_read_over_soap(soap):
    bad = employee(2, job="<startDate>x</startDate>")
    good = employee(4)
    job = good[good.index("<employment>") : good.index("</employee>")]
    reply = soap(
        employees(employee(1), bad.replace("</employee>", f"{job}</employee>"))
    )
    (problem,) = reply.problems
    assert problem.ref == company.ref("ed", 2)
    refs = [company.ref("ed", number) for number in (1, 4)]
    assert [each.employment_ref for each in reply.records] == refs


def test_damaged_people_count_as_those_that_the_list_has(soap):
    rows = [employee(number, "<lastName> </lastName>") for number in (1, 2, 3)]
    reply = soap(employees(*rows))
    assert not reply.records
    assert len(reply.problems) == 3


def test_somebody_whom_nothing_tells_apart_over_soap(soap):
    nobody = employee(2).replace(f"<ref>{company.ref('ed', 2)}</ref>", "<ref/>")
    reply = soap(employees(employee(1), nobody, employee(3)))
    (problem,) = reply.problems
    assert (problem.ref, problem.name, problem.is_stray) == ("", "Persoon 2", False)
    assert len(reply.records) == 2


@pytest.mark.parametrize("damage", ["a&#0;", "<b/>", ""])
def test_somebody_of_no_readable_administration_is_told(soap, damage):
    other = employee(2).replace(ADMINISTRATION, damage)
    check(soap(employees(employee(1), other, employee(3))), "dministrationRef")


def test_references_that_can_not_be_kept_are_each_counted(soap):
    rows = [employee(number).replace("<ref>ee", "<ref>&#0;", 1) for number in (1, 2)]
    rows = [row.replace(f"0{number}<", "0<", 1) for number, row in enumerate(rows, 1)]
    reply = soap(employees(*rows))
    assert not reply.records
    assert len(reply.problems) == 2


def test_somebody_of_another_administration_is_no_problem_of_this_one(soap):
    other = employee(2, job="<startDate>x</startDate>").replace(
        ADMINISTRATION, company.OTHER_ADMINISTRATION
    )
    reply = soap(employees(employee(1), other, employee(3)))
    assert len(reply.records) == 2
    assert not reply.problems


def test_wages_that_are_right_are_exact_in_both(rest, soap):
    over_rest = rest.read().records[0].wage
    over_soap = soap(employees(employee(1))).records[0].wage
    assert over_rest == Decimal("1200.25")
    assert over_soap == Decimal("2400.5")
