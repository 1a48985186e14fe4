# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses that secrets may be sent to: which text is one, and where it may lead.

There is one reading of an address, and it is a narrow one. What it does not know it
refuses, so that nothing is left for the HTTP library to read in another way.
"""

import ipaddress
import re
from collections.abc import Iterable

from ..words import _lt
from .errors import LoketMisconfigured

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[0-9a-z.-]+)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:/(?:[0-9a-z._~!$&'()*+,;=:@-]|%[0-9a-f]{2})*)*)"
    r"(?P<query>\?(?:wsdl|singlewsdl))?",
    re.ASCII | re.IGNORECASE,
)
_LABEL = re.compile(r"[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?", re.ASCII)
#: How this machine is called; no other name for it will do.
_LOCAL = ("localhost", "127.0.0.1", "::1")
_PORTS = {"https": "443", "http": "80"}
_HIGHEST_PORT = 65535
_LONGEST_HOST = 253

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
#: The part of IPv6 that is handed out to the internet.
_INTERNET_6 = ipaddress.IPv6Network("2000::/3")
#: IPv4 addresses as a network without IPv4 writes them.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def checked_url(
    url: str | None, label: str, *, local: bool, description: bool = False
) -> str:
    """An address that secrets may be sent to: https on the internet.

    Names are not looked up here: they are judged when they are connected to.

    :param label: what the address is called on the form of the connection
    :param local: whether it may lead to this machine, by http too
    :param description: whether it is one of a service description, which often ends
        in ``?wsdl``; no other address has a query
    :return: the address as it is understood, without closing slash
    :raise LoketMisconfigured: it is another address, or none
    """
    match = _ADDRESS.fullmatch((url or "").strip(" "))
    if not match or (match["query"] and not description):
        raise _not_an_address(label)
    scheme, host = match["scheme"].lower(), match["host"].lower()
    port = match["port"] or _PORTS[scheme]
    if not _is_host(host) or not 0 < int(port) <= _HIGHEST_PORT:
        raise _not_an_address(label)
    if is_local(host):
        if not local:
            raise _not_public(label)
    elif scheme != "https":
        raise _not_an_address(label)
    elif (ip := _ip(host)) and not is_public(ip):
        raise _not_public(label)
    suffix = "" if port == _PORTS[scheme] else f":{int(port)}"
    path = match["path"].rstrip("/")
    return f"{scheme}://{host}{suffix}{path}{match['query'] or ''}"


def is_local(host: str) -> bool:
    """Whether a host, as an address has it, is this machine."""
    return host.strip("[]") in _LOCAL


def leads_here(url: str | None) -> bool:
    """Whether an address, as somebody typed it, leads to this machine."""
    match = _ADDRESS.fullmatch((url or "").strip(" "))
    return match is not None and is_local(match["host"].lower())


def may_connect(host: str, found: Iterable[str]) -> bool:
    """Whether a connection may be made to where a host was found.

    :param host: of an address that was checked
    :param found: the IP addresses of the host
    """
    ips = [ipaddress.ip_address(each) for each in found]
    if is_local(host):
        return all(ip.is_loopback for ip in ips)
    return all(is_public(ip) for ip in ips)


def is_public(ip: _Ip) -> bool:
    """Whether an IP address is one of the internet, and not of some network within."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        # An IPv4 address written as IPv6 (mapped) is outside of this, too.
        if ip not in _INTERNET_6 or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast


def _is_host(host: str) -> bool:
    """Whether a host is a name, or an IP address in its usual form.

    A name that ends in a number is an IP address to whoever connects, in one of many
    forms: 127.1 and 0x7f000001 are this machine.
    """
    if _ip(host):
        return True
    labels = host.split(".")
    is_number = labels[-1].isdigit() or re.fullmatch("0x[0-9a-f]*", labels[-1])
    return (
        len(host) <= _LONGEST_HOST
        and not is_number
        and all(_LABEL.fullmatch(label) for label in labels)
    )


def _ip(host: str) -> _Ip | None:
    try:
        if host.startswith("["):
            return ipaddress.IPv6Address(host.strip("[]"))
        return ipaddress.IPv4Address(host)
    except ValueError:
        return None


def _not_an_address(label: str) -> LoketMisconfigured:
    return LoketMisconfigured(
        _lt(
            "The %(label)s of the connection must be an https address, without user "
            "name, question mark or other signs that don't belong in it. Correct it in "
            "the settings of the connection.",
            label=label,
        )
    )


def _not_public(label: str) -> LoketMisconfigured:
    return LoketMisconfigured(
        _lt(
            "The %(label)s of the connection must be an https address on the internet. "
            "Only under Other addresses it may lead to this machine, as localhost, and "
            "never into a private network. Correct it in the settings of the "
            "connection.",
            label=label,
        )
    )
