# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the SOAP service listens: the address in its service description.

Messages are always written and read by the description that is packaged. One that
lies elsewhere is only asked for the address, and whether it is of the same service.
"""

import threading
import time
from urllib.parse import urlsplit

import requests

from ...words import _lt
from ..errors import LoketMisconfigured
from ..http import Patience, checked_url, send
from . import xml
from .faults import busy, no_auth

#: Operations of the service that the addon calls, in words.
PURPOSES = {
    "LogIn": _lt("connect"),
    "GetEmployers": _lt("read employers"),
    "GetPayrollAdministrations": _lt("read payroll administrations"),
    "GetCostCenters": _lt("read cost centers and distribution units"),
    "GetPayrollComponents": _lt("read payroll components"),
    "GetPayrollPeriods": _lt("read payroll periods"),
    "GetEmployees": _lt("read employees"),
}
CALL = _lt("read the service description")

_NAMES = {
    "wsdl": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
}


def title(operation: str) -> str:
    """The call in words, with its name in the service description."""
    return _lt(
        "%(purpose)s (%(operation)s)", purpose=PURPOSES[operation], operation=operation
    )


class Cache:
    """Addresses by where their description lies, in the memory of the process.

    Each is kept for ``max_age`` seconds, and no more than ``size`` of them.
    """

    def __init__(self, max_age: float = 3600, size: int = 16, clock=time.monotonic):
        self._max_age = max_age
        self._size = size
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, str]] = {}

    def get(self, url: str) -> str | None:
        with self._lock:
            born, address = self._kept.get(url, (0, None))
            if address and self._clock() - born > self._max_age:
                del self._kept[url]
                return None
            return address

    def keep(self, url: str, address: str) -> None:
        with self._lock:
            self._kept.pop(url, None)
            self._kept[url] = (self._clock(), address)
            while len(self._kept) > self._size:
                del self._kept[next(iter(self._kept))]

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


cache = Cache()


def service_address(
    wsdl_url: str | None, session: requests.Session, patience: Patience
) -> str:
    """Where to send requests. ``wsdl_url`` empty: as the packaged description says.

    Asks once. LoketUnavailable when no answer comes, LoketMisconfigured when it is
    not the description of this service.
    """
    if not (wsdl_url or "").strip():
        return _checked(_address(xml.PACKAGED.read_bytes()))
    url = checked_url(wsdl_url, _lt("WSDL address"))
    address = cache.get(url)
    if address is None:
        address = _checked(_address(_fetched(url, session, patience)))
        cache.keep(url, address)
    return address


def _fetched(url: str, session: requests.Session, patience: Patience) -> bytes:
    response = send(session, CALL, patience, "GET", url, auth=no_auth)
    if response.status_code >= 500 or response.status_code == 429:
        raise busy(CALL, response)
    if response.status_code != 200:
        raise _no_description()
    return response.content


def _address(content: bytes) -> str | None:
    """The address in a description of our service, None when there is none in it."""
    try:
        root = xml.parse(content)
    except xml.NotXml:
        raise _no_description() from None
    if root.tag != f"{{{_NAMES['wsdl']}}}definitions":
        raise _no_description()
    known = root.xpath("wsdl:portType/wsdl:operation/@name", namespaces=_NAMES)
    if root.get("targetNamespace") != xml.NAMESPACE or not set(PURPOSES) <= set(known):
        raise LoketMisconfigured(
            _lt(
                "The WSDL address of the connection gives the description of another "
                "service than the one this addon speaks with. Correct it in the "
                "settings of the connection."
            )
        )
    found = root.xpath(
        "wsdl:service/wsdl:port/soap:address/@location", namespaces=_NAMES
    )
    return found[0] if found else None


def _checked(address: str | None) -> str:
    if (urlsplit(address or "").hostname or "").endswith(".invalid"):
        raise LoketMisconfigured(
            _lt(
                "Where Loket's SOAP service listens is not public. Fill in the WSDL "
                "address of the connection."
            )
        )
    return checked_url(address, _lt("SOAP address"))


def _no_description() -> LoketMisconfigured:
    return LoketMisconfigured(
        _lt(
            "The WSDL address of the connection gives no service description. Correct "
            "it in the settings of the connection."
        )
    )
