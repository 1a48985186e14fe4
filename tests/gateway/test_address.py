# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where secrets may be sent to, by what is written and by what it leads to."""

import ipaddress
import socket

import pytest
import requests

from odoo.addons.l10n_nl_loket.gateway import LoketMisconfigured, LoketUnavailable
from odoo.addons.l10n_nl_loket.gateway.address import checked_url, is_public
from odoo.addons.l10n_nl_loket.gateway.http import Patience, send
from odoo.addons.l10n_nl_loket.gateway.wire import Session

#: They are read in two ways, or are none at all.
ODD = [
    None,
    "",
    "loket.nl",
    "//loket.nl",
    "ftp://loket.nl",
    "http://loket.nl",
    "https://",
    "https:/loket.nl",
    "https:loket.nl",
    r"http://loket.nl\@localhost/",
    r"https://loket.nl\@localhost/",
    r"https:\\loket.nl",
    "https://localhost@loket.nl/",
    "https://user:pass@loket.nl/",
    "https://@loket.nl/",
    "https://loket.nl:x/",
    "https://loket.nl:/",
    "https://loket.nl:0/",
    "https://loket.nl:65536/",
    "https://loket.nl:443:443/",
    "https://loket.nl/?a=b",
    "https://loket.nl?",
    "https://loket.nl/#a",
    "https://loket.nl/%zz",
    "https://loket.nl/a b",
    "https://loket.nl/\tv2",
    "https://loket.nl/\r\nHost: x",
    "https://loket.nl\n",
    "\thttps://loket.nl",
    "https://loket.nl\0",
    "https://loket.nl\u2028/",
    "https://lo\u212aet.nl/",
    "https://loket\u3002nl/",
    "https://loket.nl./",
    "https://.loket.nl/",
    "https://loket..nl/",
    "https://-loket.nl/",
    f"https://{'a' * 64}.nl/",
    f"https://{'a.' * 127}nl/",
    "https://[::1/",
    "https://::1/",
    "https://[fe80::1%25eth0]/",
    "https://[2001:db8::g]/",
    "https://[127.0.0.1]/",
    "https://1.2.3/",
    "https://1.2.3.4.5/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.0x1/",
    "https://0177.0.0.1/",
    "https://127.0.0.1./",
    "https://256.1.1.1/",
]
#: They lead into some network within.
WITHIN = [
    "127.0.0.2",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2002:808:808::]",
    "[2001:0:1::1]",
    "[2001:db8::1]",
]
LOCAL = ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"]


def check(url, **more):
    return checked_url(url, "API address", **{"local": False, **more})


@pytest.mark.parametrize("url", ODD)
@pytest.mark.parametrize("local", [False, True])
@pytest.mark.parametrize("description", [False, True])
def test_what_can_be_read_in_two_ways_is_no_address(url, local, description):
    with pytest.raises(LoketMisconfigured, match="must be an https address") as caught:
        check(url, local=local, description=description)
    assert "API address" in caught.value.message
    assert "port" not in caught.value.message.lower()


@pytest.mark.parametrize("host", WITHIN)
@pytest.mark.parametrize("local", [False, True])
def test_no_address_leads_into_a_network_within(host, local):
    with pytest.raises(LoketMisconfigured, match="on the internet"):
        check(f"https://{host}/", local=local)
    with pytest.raises(LoketMisconfigured):
        check(f"http://{host}/", local=local)


@pytest.mark.parametrize("host", LOCAL)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_this_machine_will_do_where_it_is_allowed_only(scheme, host):
    url = f"{scheme}://{host}:8080/v2"
    assert check(url, local=True) == url.lower()
    with pytest.raises(LoketMisconfigured, match="Other addresses"):
        check(url)


@pytest.mark.parametrize(
    ("url", "understood"),
    [
        ("https://api.loket.nl/v2", "https://api.loket.nl/v2"),
        (" HTTPS://API.Loket.nl:443/v2/ ", "https://api.loket.nl/v2"),
        ("https://api.loket.nl:08443", "https://api.loket.nl:8443"),
        ("https://8.8.8.8/", "https://8.8.8.8"),
        ("https://[2a00:1450::1]/x", "https://[2a00:1450::1]/x"),
        ("https://[64:ff9b::808:808]/", "https://[64:ff9b::808:808]"),
        ("https://xn--lket-0qa.nl/a%20b", "https://xn--lket-0qa.nl/a%20b"),
    ],
)
def test_an_address_of_the_internet_is_read_in_one_way(url, understood):
    assert check(url) == understood
    # and whoever connects reads the same in it
    prepared = requests.Request("GET", understood).prepare()
    assert prepared.url.rstrip("/") == understood


def test_only_a_description_may_have_a_query_and_only_that_one():
    url = "https://loket.nl/soap?wsdl"
    assert check(url, description=True) == url
    for other in (url, url + "=1", url + "&a=b", "https://loket.nl/?a"):
        with pytest.raises(LoketMisconfigured):
            check(other, description=other != url)


@pytest.mark.parametrize("host", [each.strip("[]") for each in WITHIN])
def test_what_is_within_is_not_public(host):
    assert not is_public(ipaddress.ip_address(host))


class Names:
    """Names that lead where a test says; ``connected`` is where somebody went."""

    def __init__(self, monkeypatch):
        self.leads_to = []
        self.looked_up = []
        self.connected = []
        names = self

        def getaddrinfo(host, port, **_kind):
            names.looked_up.append(host)
            ips = names.leads_to.pop(0)
            return [
                (
                    socket.AF_INET6 if ":" in ip else socket.AF_INET,
                    socket.SOCK_STREAM,
                    6,
                    "",
                    (ip, port),
                )
                for ip in ips
            ]

        def connect(_socket, where):
            names.connected.append(where[0])
            raise ConnectionRefusedError

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def names(monkeypatch):
    for variable in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    return Names(monkeypatch)


def ask(url):
    return send(Session(), "read x (GetX)", Patience(), "GET", url)


@pytest.mark.parametrize("host", [each.strip("[]") for each in WITHIN] + ["127.0.0.1"])
def test_a_name_that_leads_within_is_never_connected_to(names, host):
    for found in ([host], ["8.8.8.8", host]):
        names.leads_to = [found]
        with pytest.raises(LoketMisconfigured, match="does not lead to the internet"):
            ask("https://loket.example/")
    assert names.connected == []


def test_localhost_that_leads_elsewhere_is_never_connected_to(names):
    names.leads_to = [["8.8.8.8"]]
    with pytest.raises(LoketMisconfigured):
        ask("http://localhost/")
    assert names.connected == []


def test_a_name_is_looked_up_once_and_what_was_judged_is_connected_to(names):
    names.leads_to = [["8.8.8.8", "8.8.4.4"], ["127.0.0.1"]]  # the second time within
    with pytest.raises(LoketUnavailable):
        ask("https://loket.example/")
    assert names.looked_up == ["loket.example"]
    assert names.connected == ["8.8.8.8", "8.8.4.4"]


def test_a_name_that_leads_to_ever_more_is_given_up(names):
    names.leads_to = [[f"8.8.8.{number}" for number in range(100)]]
    with pytest.raises(LoketUnavailable):
        ask("https://loket.example/")
    assert len(names.connected) == 4


def test_a_proxy_is_not_asked_for_this_machine(names, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    names.leads_to = [["127.0.0.1"]]
    with pytest.raises(LoketUnavailable):
        ask("http://localhost:8080/")
    assert names.looked_up == ["localhost"]


def test_the_proxy_that_the_administrator_chose_may_be_within(names, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    names.leads_to = [["10.0.0.1"]]
    with pytest.raises(LoketUnavailable):
        ask("https://loket.example/")
    assert names.connected == ["10.0.0.1"]


def test_what_the_environment_says_of_a_host_is_of_that_host_alone(monkeypatch):
    """It is looked up once for each, and a session never mixes them up."""
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "direct.example")
    asked, look_up = [], requests.sessions.get_environ_proxies

    def environ_proxies(url, **options):
        asked.append(url)
        return look_up(url, **options)

    monkeypatch.setattr(requests.sessions, "get_environ_proxies", environ_proxies)
    session = Session()

    def settings(url, verify=None, **proxies):
        return session.merge_environment_settings(url, proxies, True, verify, None)

    for _time in range(2):
        one = settings("https://loket.example/a")
        assert one["proxies"]["https"] == "http://proxy.example:3128"
        one.clear()
        assert "https" not in settings("https://direct.example/a")["proxies"]
        assert settings("https://direct.example/b", verify=False)["verify"] is False
    assert len(asked) == 3
    own = settings("https://loket.example/a", https="http://own.example")
    assert own["proxies"]["https"] == "http://own.example"
    assert settings("https://loket.example/b")["proxies"]["https"].endswith(":3128")
