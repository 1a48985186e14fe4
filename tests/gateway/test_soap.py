# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What only SOAP has: log-in, service description, faults, and XML that bites."""

import datetime
import logging
import time
import traceback

import pytest
from freezegun import freeze_time
from zeep.cache import InMemoryCache

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
)
from odoo.addons.l10n_nl_loket.gateway.http import Patience
from odoo.addons.l10n_nl_loket.gateway.soap import SoapGateway, log_in
from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE, NotXml, parse

from sandbox.server import Sandbox

from .soap_stub import EMPLOYER, SoapStub, body, employers, fault

USER, PASSWORD, CODE = "loket-koppeling", "loket", "VOORBEELD"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
ELSEWHERE = '<!DOCTYPE x SYSTEM "{url}/evil.dtd">'


@pytest.fixture
def sandbox():
    with Sandbox() as server:
        yield server


@pytest.fixture
def stub():
    with SoapStub() as server:
        yield server


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def link(stub, pauses):
    return SoapGateway(
        wsdl_url=stub.wsdl_url, link_key="the-link-key", sleep=pauses.append
    )


# -- Connecting -----------------------------------------------------------------------


def test_credentials_give_a_link_key_that_works(sandbox):
    key = log_in(sandbox.wsdl_url, f" {USER} ", PASSWORD, CODE)
    assert SoapGateway(wsdl_url=sandbox.wsdl_url, link_key=key).employers()


@pytest.mark.parametrize(
    ("credentials", "words"),
    [
        ((USER, "wrong", CODE), "user name or the password"),
        (("nobody", PASSWORD, CODE), "user name or the password"),
        ((USER, PASSWORD, "ELDERS"), "environment code"),
        (("geblokkeerd", PASSWORD, CODE), "blocked"),
        ((USER, PASSWORD, "  "), "environment code"),
        ((USER, "", CODE), "password"),
        ((USER, "a\x01b", CODE), "character"),
    ],
)
def test_a_refused_log_in_says_why(sandbox, credentials, words):
    with pytest.raises(LoketRefused, match=words):
        log_in(sandbox.wsdl_url, *credentials)
    assert sum("LogIn" in line for line in sandbox.requests) <= 1


@pytest.mark.parametrize("trouble", ["error500", "cut", "rate_limit", "not_available"])
def test_a_log_in_is_never_repeated(sandbox, trouble, pauses):
    sandbox.faults.add(trouble, path="LogIn")
    with pytest.raises(LoketUnavailable):
        log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, sleep=pauses.append)
    assert sum("LogIn" in line for line in sandbox.requests) == 1
    assert pauses == []


@pytest.mark.parametrize(
    "trouble",
    ["wrong password", "error500", "cut", "html", "wrong_json", "latency", "forbidden"],
)
def test_user_name_and_password_are_left_nowhere(sandbox, caplog, trouble):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    user, password, code = "user-to-hide", "password-to-hide", "code-to-hide"
    if trouble != "wrong password":
        sandbox.faults.add(trouble, path="LogIn")
    patience = Patience(connect=0.3, read=0.3, attempts=1)

    with pytest.raises(LoketError) as caught:
        log_in(sandbox.wsdl_url, user, password, code, patience=patience)

    error = caught.value
    assert error.__cause__ is None and error.__context__ is None
    told = "".join(traceback.format_exception(error)) + caplog.text + repr(error)
    told += "".join(sandbox.requests)
    assert "to-hide" not in told
    frames = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    inside = [f for f in frames if f.f_code.co_name in ("post_xml", "send", "_call")]
    assert inside == []


def test_the_link_key_is_left_nowhere(stub, link, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    link.employers()
    assert "the-link-key" in stub.posts()[0][3]
    stub.reply = (500, "<html>oops the-link-key</html>")
    with pytest.raises(LoketUnavailable) as caught:
        link.employers()
    assert "the-link-key" not in caplog.text + str(caught.value)
    assert "Authorization" not in stub.posts()[0][2]


def test_no_link_key_is_refused_without_a_request(stub):
    with pytest.raises(LoketRefused, match="Connect to Loket"):
        SoapGateway(wsdl_url=stub.wsdl_url, link_key=None).employers()
    assert stub.seen == []


# -- The service description ----------------------------------------------------------


def test_the_description_is_read_once_for_all(stub):
    for _time in range(3):
        SoapGateway(wsdl_url=stub.wsdl_url, link_key="x").employers()
    assert [request[0] for request in stub.seen] == ["GET", "POST", "POST", "POST"]


def test_a_description_is_forgotten_in_time(stub):
    with freeze_time() as now:
        for minutes in (59, 2):
            SoapGateway(wsdl_url=stub.wsdl_url, link_key="x").employers()
            now.tick(datetime.timedelta(minutes=minutes))
        assert [request[0] for request in stub.seen].count("GET") == 1

        SoapGateway(wsdl_url=stub.wsdl_url, link_key="x").employers()
        assert [request[0] for request in stub.seen].count("GET") == 2


def test_the_packaged_description_has_no_address_to_call():
    for empty in (None, "", "  "):
        with pytest.raises(LoketMisconfigured, match="WSDL address"):
            log_in(empty, USER, PASSWORD, CODE)


def other_service(wsdl):
    return wsdl.replace(NAMESPACE, "urn:somebody:else")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda wsdl: "<html><body>Welkom</body></html>", "no service description"),
        (lambda wsdl: "Welkom <br>", "no service description"),
        (lambda wsdl: "", "no service description"),
        (lambda wsdl: wsdl[: len(wsdl) // 2], "no service description"),
        (other_service, "another service"),
        (lambda wsdl: wsdl.replace('"GetEmployees"', '"GetStaff"'), "another service"),
        (lambda wsdl: wsdl.replace("http://127.0.0.1", "http://example.com"), "https"),
        (lambda wsdl: wsdl.replace("http://127.0.0.1", "file:///etc"), "https"),
        (lambda wsdl: wsdl.replace("<soap:address", "<soap:adres"), "https"),
    ],
)
def test_a_description_that_will_not_do_is_told(stub, link, change, words):
    good, stub.wsdl = stub.wsdl, change(stub.wsdl)
    with pytest.raises(LoketMisconfigured, match=words):
        link.employers()
    assert stub.posts() == []

    stub.wsdl = good  # and the bad one is not remembered
    assert link.employers()


@pytest.mark.parametrize("status", [302, 401, 403, 404])
def test_a_description_that_is_not_there_is_told(stub, link, status):
    stub.wsdl_status = status
    with pytest.raises(LoketMisconfigured, match="no service description"):
        link.employers()


def test_a_description_out_of_reach_is_retried_then_told(sandbox, pauses):
    sandbox.faults.add("error500", path="wsdl", times=2)
    log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, sleep=pauses.append)
    assert len(pauses) == 2

    sandbox.stop()
    InMemoryCache._cache.clear()
    with pytest.raises(LoketUnavailable, match="service description"):
        log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, sleep=pauses.append)


def test_a_slow_description_is_given_up(sandbox):
    sandbox.faults.add("latency", 2, path="wsdl")
    patience = Patience(connect=0.2, read=0.2, attempts=1)
    started = time.monotonic()
    with pytest.raises(LoketUnavailable):
        log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, patience=patience)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("evil", [LAUGHS, OUTSIDE, ELSEWHERE])
def test_a_description_with_a_document_type_is_not_read(stub, link, evil):
    start = stub.wsdl.index("<wsdl:definitions")
    stub.wsdl = evil.format(url=stub.url) + stub.wsdl[start:]
    with pytest.raises(LoketMisconfigured):
        link.employers()
    assert len(stub.seen) == 1


def test_a_description_leads_to_no_other_document(stub, link):
    extra = f'<wsdl:import namespace="urn:x" location="{stub.url}/other.wsdl"/>'
    start = stub.wsdl.index("  <wsdl:types>")
    stub.wsdl = stub.wsdl[:start] + extra + stub.wsdl[start:]
    assert link.employers()
    assert [request[1] for request in stub.seen] == ["/soap?wsdl", "/soap"]


# -- Replies --------------------------------------------------------------------------


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
            f"<employment>{job}</employment></employee></GetEmployeesResponse>"
        )

    stub.reply = (200, reply())
    assert values[field] == good
    assert len(link.employments("e1", "A1").records) == 1

    values[field] = bad
    stub.reply = (200, reply())
    with pytest.raises(LoketBadReply, match=field) as caught:
        link.employments("e1", "A1")
    assert bad not in str(caught.value) + caplog.text


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
        wsdl_url=sandbox.wsdl_url, link_key="unknown", sleep=pauses.append
    )
    with pytest.raises(LoketRefused):
        link.employers()
    assert pauses == []
    assert len([line for line in sandbox.requests if "POST" in line]) == 1
