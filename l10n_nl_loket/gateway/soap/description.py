# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the SOAP service listens: the address in its service description.

Messages are always written and read by the description that is packaged. One that
lies elsewhere is only asked for the address, and whether it is of the same service.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from zeep.cache import InMemoryCache  # not in Odoo's wrapper of zeep

from ...words import _lt
from ..address import checked_url, is_local
from ..errors import LoketMisconfigured
from ..http import Reply, check_not_busy
from . import xml
from .operations import PURPOSES

#: The reading of a description, in words.
CALL = _lt("read the service description")
#: The seconds that a description is kept, in the memory of the process.
MAX_AGE = 3600

_NAMES = {
    "wsdl": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
}


def service_address(
    wsdl_url: str | None, local: bool, fetch: Callable[[str], Reply]
) -> str:
    """Where to send requests; asks for the description once.

    :param wsdl_url: where the description lies; empty: the packaged one
    :param local: whether the addresses may be of this machine
    :param fetch: asks for what lies at an address
    :raise LoketUnavailable: no answer came
    :raise LoketMisconfigured: it is not the description of this service
    """
    if not (wsdl_url or "").strip():
        return _address(xml.PACKAGED.read_bytes(), local)
    url = checked_url(wsdl_url, _lt("WSDL address"), local=local, description=True)
    # A description that comes from elsewhere leads to no service of this machine.
    local = local and is_local(urlsplit(url).hostname or "")
    # zeep shares what it keeps with all its users, so that is checked like any other.
    cache = InMemoryCache(timeout=MAX_AGE)
    content = cache.get(url)
    if content:
        return _address(content, local)
    content = _fetched(url, fetch)
    address = _address(content, local)
    cache.add(url, content)  # only now: one that won't do may be mended
    return address


def _fetched(url: str, fetch: Callable[[str], Reply]) -> bytes:
    response = fetch(url)
    check_not_busy(CALL, response)
    if response.status_code != 200:
        raise _no_description()
    return response.content


def _address(content: bytes, local: bool) -> str:
    """The address in a description of our service, if secrets may be sent there."""
    try:
        root = xml.parse(content)
    except xml.NotXml:
        raise _no_description() from None
    if root.tag != f"{{{_NAMES['wsdl']}}}definitions":
        raise _no_description()
    operations = root.iterfind("wsdl:portType/wsdl:operation", _NAMES)
    is_ours = root.get("targetNamespace") == xml.NAMESPACE
    if not is_ours or not set(PURPOSES) <= {each.get("name") for each in operations}:
        raise LoketMisconfigured(
            _lt(
                "The WSDL address of the connection gives the description of another "
                "service than the one this addon speaks with. Correct it in the "
                "settings of the connection."
            )
        )
    address = root.find("wsdl:service/wsdl:port/soap:address", _NAMES)
    location = "" if address is None else address.get("location", "")
    checked = checked_url(location, _lt("SOAP address"), local=local)
    if (urlsplit(checked).hostname or "").endswith(".invalid"):
        raise LoketMisconfigured(
            _lt(
                "Where Loket's SOAP service listens is not public. Fill in the WSDL "
                "address of the connection."
            )
        )
    return checked


def _no_description() -> LoketMisconfigured:
    return LoketMisconfigured(
        _lt(
            "The WSDL address of the connection gives no service description. Correct "
            "it in the settings of the connection."
        )
    )
