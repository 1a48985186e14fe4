# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the service listens: a description that will do, and others."""

import datetime
import time

import pytest
from freezegun import freeze_time
from zeep.cache import InMemoryCache

from odoo.addons.l10n_nl_loket.gateway import (
    LoketMisconfigured,
    LoketUnavailable,
)
from odoo.addons.l10n_nl_loket.gateway.http import Patience
from odoo.addons.l10n_nl_loket.gateway.soap import SoapGateway, log_in
from odoo.addons.l10n_nl_loket.gateway.soap.xml import NAMESPACE

from .document_types import ELSEWHERE, LAUGHS, OUTSIDE

USER, PASSWORD, CODE = "loket-koppeling", "loket", "VOORBEELD"


def test_the_description_is_read_once_for_all(stub):
    for _time in range(3):
        SoapGateway(wsdl_url=stub.wsdl_url, link_key="x", local=True).employers()
    assert [request[0] for request in stub.seen] == ["GET", "POST", "POST", "POST"]


def test_a_description_is_forgotten_in_time(stub):
    with freeze_time() as now:
        for minutes in (59, 2):
            SoapGateway(wsdl_url=stub.wsdl_url, link_key="x", local=True).employers()
            now.tick(datetime.timedelta(minutes=minutes))
        assert [request[0] for request in stub.seen].count("GET") == 1

        SoapGateway(wsdl_url=stub.wsdl_url, link_key="x", local=True).employers()
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
    log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, sleep=pauses.append, local=True)
    assert len(pauses) == 2

    sandbox.stop()
    InMemoryCache._cache.clear()
    with pytest.raises(LoketUnavailable, match="service description"):
        log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, sleep=pauses.append, local=True)


def test_a_slow_description_is_given_up(sandbox):
    sandbox.faults.add("latency", 2, path="wsdl")
    patience = Patience(connect=0.2, read=0.2, attempts=1)
    started = time.monotonic()
    with pytest.raises(LoketUnavailable):
        log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, patience=patience, local=True)
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
