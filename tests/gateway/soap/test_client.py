# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Replies, right and wrong, faults, and XML that bites."""

import logging

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
)
from odoo.addons.l10n_nl_loket.gateway.soap import SoapGateway
from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE, NotXml, parse

from .document_types import ELSEWHERE, LAUGHS, OUTSIDE
from .stub import EMPLOYER, body, employers, fault


def test_a_good_reply_is_read(link):
    (employer,) = link.employers()
    assert (employer.ref, employer.name) == ("a1", "Voorbeeld")


@pytest.mark.parametrize("evil", [LAUGHS, OUTSIDE, ELSEWHERE])
def test_a_reply_with_a_document_type_is_not_read(stub, link, evil):
    named = EMPLOYER.replace("Voorbeeld", "&a;" if evil != ELSEWHERE else "x")
    stub.reply = (200, evil.format(url=stub.url) + employers(named))
    with pytest.raises(LoketBadReply, match="not a SOAP message"):
        link.employers()
    assert [request[1] for request in stub.seen] == ["/soap?wsdl", "/soap"]


def test_a_document_type_is_found_in_any_encoding():
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}<x>&c;</x>'
        with pytest.raises(NotXml):
            parse(text.encode(encoding))


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (employers("<employer><ref>A1</ref></employer>"), "employer"),
        (employers("<employer><ref>A1</ref><name> </name></employer>"), "name"),
        (employers(EMPLOYER.replace("ref>", "id>")), "id"),
        (employers(EMPLOYER + "<extra>Jan Jansen</extra>"), "extra"),
        (body(f'<LogInResponse xmlns="{NAMESPACE}"/>'), "another call"),
        (body("<x>Jan Jansen</x>"), "another call"),
        (body(""), "not a SOAP message"),
        ("<html><body>Jan Jansen</body></html>", "not a SOAP message"),
        ("<html><body>Jan Jansen<br></body>", "not a SOAP message"),
        ("", "not a SOAP message"),
        (employers()[:-9], "not a SOAP message"),
    ],
)
def test_a_reply_that_breaks_the_description_is_bad(stub, link, caplog, reply, words):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    stub.reply = (200, reply)
    with pytest.raises(LoketBadReply, match=words) as caught:
        link.employers()
    assert "GetEmployers" in caught.value.message
    assert "Jansen" not in caught.value.message + caplog.text


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("startDate", "2020-01-01", "01-01-2020"),
        ("startDate", "2020-01-01", "0000-01-01"),
        ("payrollNumber", "7", "seven"),
        ("onCall", "false", "nee"),
        ("contractType", "permanent", "forever"),
        ("monthlyWage", "2500.10", "2500,10"),
    ],
)
def test_values_of_the_wrong_type_are_not_read(stub, link, caplog, field, good, bad):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    values = {
        "ref": "ED1",
        "administrationRef": "A1",
        "payrollNumber": "7",
        "startDate": "2020-01-01",
        "contractType": "permanent",
        "onCall": "false",
        "monthlyWage": "2500.10",
    }

    def reply():
        job = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
        return body(
            f'<GetEmployeesResponse xmlns="{NAMESPACE}"><totalSize>1</totalSize>'
            "<totalPages>1</totalPages><currentPage>1</currentPage><employee>"
            "<ref>EE1</ref><lastName>Jansen</lastName>"
            "<formattedName>J. Jansen</formattedName>"
            f"<employment>{job}</employment></employee></GetEmployeesResponse>"
        )

    stub.reply = (200, reply())
    assert values[field] == good
    assert len(link.employments("e1", "A1").records) == 1

    values[field] = bad
    stub.reply = (200, reply())
    answer = link.employments("e1", "A1")
    (problem,) = answer.problems
    assert not answer.records
    assert (problem.ref, problem.name) == ("ed1", "J. Jansen")
    assert field in problem.reason
    assert bad not in problem.reason + caplog.text


def test_half_a_reply_is_no_reply(stub, link, pauses):
    stub.cut = 30
    with pytest.raises(LoketUnavailable):
        link.employers()
    assert len(pauses) == 2


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (302, LoketMisconfigured),
        (400, LoketBadReply),
        (401, LoketRefused),
        (403, LoketRefused),
        (404, LoketMisconfigured),
        (429, LoketUnavailable),
        (500, LoketUnavailable),
        (503, LoketUnavailable),
    ],
)
def test_an_html_error_page_is_the_right_error(stub, link, status, error):
    stub.reply = (status, "<html><body>Jan Jansen</body></html>")
    stub.headers = {"Location": f"{stub.url}/elsewhere"}
    with pytest.raises(error) as caught:
        link.employers()
    assert "Jansen" not in caught.value.message
    assert {request[1] for request in stub.seen} == {"/soap?wsdl", "/soap"}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (fault("Client"), LoketBadReply),
        (fault("Server"), LoketUnavailable),
        (fault("Server.Timeout"), LoketUnavailable),
        (fault("", "<t:Unheard/>"), LoketUnavailable),
        (fault("Client", "<t:RefusedFault/>"), LoketBadReply),
        (
            fault(
                "Client", "<t:RefusedFault><t:reason>link</t:reason></t:RefusedFault>"
            ),
            LoketRefused,
        ),
        (
            fault(
                "Client",
                "<t:InvalidRequestFault><t:reason>unknown</t:reason>"
                "</t:InvalidRequestFault>",
            ),
            LoketMisconfigured,
        ),
        (
            fault(
                "Client",
                "<t:InvalidRequestFault><t:reason>invalid</t:reason>"
                "<t:field>year</t:field></t:InvalidRequestFault>",
            ),
            LoketBadReply,
        ),
        (fault("Server", "<t:NotAvailableFault/>"), LoketUnavailable),
    ],
)
def test_a_fault_is_the_right_error(stub, link, reply, error):
    for status in (500, 200):
        stub.reply = (status, reply)
        with pytest.raises(error) as caught:
            link.employers()
        assert "Jansen" not in caught.value.message


def test_a_pause_that_loket_asks_for_is_kept(stub, link, pauses):
    wait = "<t:NotAvailableFault><t:retryAfter>{}</t:retryAfter></t:NotAvailableFault>"
    stub.reply = (500, fault("Server", wait.format(7)))
    with pytest.raises(LoketUnavailable):
        link.employers()
    assert len(pauses) == 2 and min(pauses) >= 7

    stub.reply = (500, fault("Server", wait.format(3600)))
    with pytest.raises(LoketUnavailable):
        link.employers()
    assert len(pauses) == 2


def test_a_refusal_is_not_asked_again(sandbox, pauses):
    link = SoapGateway(
        local=True, wsdl_url=sandbox.wsdl_url, link_key="unknown", sleep=pauses.append
    )
    with pytest.raises(LoketRefused):
        link.employers()
    assert pauses == []
    assert len([line for line in sandbox.requests if "POST" in line]) == 1
