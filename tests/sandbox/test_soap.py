# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The SOAP service: its description, log-in, strictness, and the import of a file."""

import pytest
import requests
from lxml import etree

from odoo.tools import zeep

USER, PASSWORD, CODE = "loket-koppeling", "loket", "VOORBEELD"
NAMESPACE = "urn:l10n-nl-loket:soap:1"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
FILE = b"aanslnr;persnr;ploeg;verdelingseenheid;1\r\n5555;1;1;10;152,50\r\n"


@pytest.fixture
def service(loket):
    """The operations, as any SOAP client gets them from the description."""
    return zeep.Client(loket.wsdl_url).service


@pytest.fixture
def key(service):
    return service.LogIn(userName=USER, password=PASSWORD, environmentCode=CODE)


@pytest.fixture
def post(loket):
    """Send a raw body; returns the response."""

    def send(text, content_type="text/xml; charset=utf-8"):
        return requests.post(
            f"{loket.url}/soap",
            data=text.encode(),
            headers={"Content-Type": content_type},
            timeout=5,
        )

    return send


@pytest.fixture
def send_file(loket, service, key):
    """Import a file by SOAP; keywords change the request."""

    def send(data=FILE, **more):
        request = {
            "linkKey": key,
            "administrationRef": loket.company.employer.administrations[0].id,
            "year": 2026,
            "period": 1,
            "action": "Overschrijven",
            "withDistributionUnit": True,
            "fileName": "loket_5555_2026_1.csv",
            "file": data,
            **more,
        }
        return service.ImporteerGegevens(**request)

    return send


def message(content, start=""):
    return (
        f'{start}<s:Envelope xmlns:s="{SOAP}" xmlns="{NAMESPACE}"><s:Body>{content}'
        "</s:Body></s:Envelope>"
    )


def reason(caught):
    return caught.value.detail[0].findtext(f"{{{NAMESPACE}}}reason")


def test_the_description_has_the_address_of_this_server(loket):
    reply = requests.get(loket.wsdl_url, timeout=5)
    assert reply.headers["Content-Type"].startswith("text/xml")
    found = etree.fromstring(reply.content).find(
        ".//{http://schemas.xmlsoap.org/wsdl/soap/}address"
    )
    assert found.get("location") == f"{loket.url}/soap"


def test_every_operation_of_the_description_is_answered(loket, service, key):
    employer = loket.company.employer
    office = employer.administrations[0]
    refs = {"employerRef": employer.id, "administrationRef": office.id}
    calls = {
        "GetEmployers": {},
        "GetPayrollAdministrations": {"employerRef": employer.id},
        "GetCostCenters": refs,
        "GetPayrollComponents": {"administrationRef": office.id, "year": 2026},
        "GetPayrollPeriods": {"administrationRef": office.id, "year": 2026},
        "GetEmployees": {**refs, "page": 1},
    }
    assert set(calls) | {"LogIn", "ImporteerGegevens"} == set(vars(service))
    for name, arguments in calls.items():
        assert service[name](linkKey=key, **arguments)


@pytest.mark.parametrize(
    ("user", "password", "code", "why"),
    [
        (USER, "fout", CODE, "credentials"),
        ("niemand", PASSWORD, CODE, "credentials"),
        (USER, PASSWORD, "ELDERS", "environment"),
        ("geblokkeerd", PASSWORD, CODE, "blocked"),
    ],
)
def test_a_log_in_is_refused_with_its_reason(service, user, password, code, why):
    with pytest.raises(zeep.exceptions.Fault) as caught:
        service.LogIn(userName=user, password=password, environmentCode=code)
    assert reason(caught) == why


def test_a_link_key_works_until_it_is_revoked(loket, service, key):
    assert service.GetEmployers(linkKey=key)
    loket.link_keys.revoke_all()
    with pytest.raises(zeep.exceptions.Fault) as caught:
        service.GetEmployers(linkKey=key)
    assert reason(caught) == "link"


def test_the_request_log_holds_no_secret(loket, service, key):
    service.GetEmployers(linkKey=key)
    assert loket.requests == [
        "GET /soap?wsdl",
        "POST /soap LogIn",
        "POST /soap GetEmployers",
    ]


def test_what_does_not_exist_is_unknown(loket, service, key):
    first, second = loket.company.employers
    for refs in (("nobody", "nothing"), (second.id, first.administrations[0].id)):
        with pytest.raises(zeep.exceptions.Fault) as caught:
            service.GetEmployees(
                linkKey=key, employerRef=refs[0], administrationRef=refs[1], page=1
            )
        assert reason(caught) == "unknown"


@pytest.mark.parametrize(
    "content",
    [
        "<GetEmployers/>",
        "<GetEmployers><linkKey>x</linkKey><more/></GetEmployers>",
        "<GetEmployers><linkKey>  </linkKey></GetEmployers>",
        "<DoSomethingElse/>",
    ],
)
def test_a_request_that_breaks_the_description_is_refused(post, content):
    reply = post(message(content))
    assert reply.status_code == 500
    assert "InvalidRequestFault" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "linkKey=x",
        "<x/>",
        message(""),
        message("<GetEmployersResponse/>"),
        message(
            "<GetEmployers><linkKey>&a;</linkKey></GetEmployers>",
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        ),
    ],
)
def test_what_is_no_soap_request_is_a_fault(post, text):
    reply = post(text)
    assert reply.status_code == 500
    assert "faultcode" in reply.text


def test_only_xml_is_taken_and_only_by_post(loket, post):
    assert post(message(""), "application/json").status_code == 415
    assert requests.get(f"{loket.url}/soap", timeout=5).status_code == 405


def test_a_file_is_imported_as_on_the_page(loket, send_file, imported, upload):
    assert send_file() == 1
    by_soap = imported()
    assert by_soap == {(1, 1, 10, 1, "152.50")}

    loket.company.period_data.clear()
    assert upload(FILE).status_code == 200
    assert imported() == by_soap
    assert len(loket.company.imports) == 2


def test_a_wrong_file_is_refused_whole(send_file, imported):
    with pytest.raises(zeep.exceptions.Fault) as caught:
        send_file(FILE + b"5555;9999;1;10;1,00\r\n5555;2;1;77;1,00\r\n")
    messages = caught.value.detail[0].findall(f"{{{NAMESPACE}}}message")
    assert ["9999" in messages[0].text, "77" in messages[1].text] == [True, True]
    assert imported() == set()


def test_adding_what_is_there_already_is_refused(send_file, imported):
    send_file()
    with pytest.raises(zeep.exceptions.Fault):
        send_file(action="Toevoegen")
    assert imported() == {(1, 1, 10, 1, "152.50")}


def test_a_period_that_is_none_is_refused(send_file, imported):
    with pytest.raises(zeep.exceptions.Fault) as caught:
        send_file(period=13)
    assert reason(caught) == "invalid"
    assert imported() == set()


def test_the_fault_not_available_is_typed(loket, service, key):
    loket.faults.add("not_available", path="GetEmployers", times=1)
    with pytest.raises(zeep.exceptions.Fault) as caught:
        service.GetEmployers(linkKey=key)
    assert caught.value.detail[0].tag.endswith("NotAvailableFault")
    assert service.GetEmployers(linkKey=key)
