# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls of Loket's SOAP service: timeouts, bounded retries of reads, plain errors.

zeep writes the requests and reads the replies. All that goes over the wire passes
``_Wire`` first, so that zeep neither logs a message nor meets one that is not safe.
"""

import logging
import time
from collections.abc import Callable

import requests
from lxml import etree

from odoo.tools import zeep

from ...words import _lt
from ..errors import LoketBadReply, LoketError, LoketMisconfigured, LoketUnavailable
from ..http import Patience, checked_url, send
from . import description, faults, xml
from .description import service_address, title
from .faults import busy, no_auth

_logger = logging.getLogger(__name__)

#: What zeep may raise, besides the errors of the gateway that pass through it.
_ZEEP_TROUBLE = (
    zeep.exceptions.Error,
    etree.LxmlError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class SoapClient:
    """``wsdl_url`` is where the service description lies; empty: the packaged one."""

    def __init__(
        self,
        wsdl_url: str | None,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        if (wsdl_url or "").strip():
            checked_url(wsdl_url, _lt("WSDL address"))
        self._wsdl_url = wsdl_url
        self._patience = patience or Patience()
        self._sleep = sleep
        self._service = None

    def ask(self, operation: str, **arguments):
        """The reply to a call that changes nothing: tried again while Loket is away."""
        self._patiently(description.CALL, self._connect)
        return self._patiently(
            title(operation), lambda: self._call(operation, arguments)
        )

    def once(self, operation: str, **arguments):
        """The reply to a call that must not be repeated."""
        self._patiently(description.CALL, self._connect)
        try:
            return self._call(operation, arguments)
        except LoketError as error:
            raise _bare(error) from None

    def _patiently(self, call: str, action: Callable):
        attempt = 0
        while True:
            attempt += 1
            try:
                return action()
            except LoketUnavailable as error:
                retry_after = getattr(error, "retry_after", None)
                pause = self._patience.before_retry(attempt, retry_after)
                if pause is None:
                    raise _bare(error) from None
            except LoketError as error:
                raise _bare(error) from None
            _logger.info("Loket: %s: retry in %.1f s", call, pause)
            self._sleep(pause)

    def _connect(self) -> None:
        """Ask the description for the address, unless that has been done."""
        if self._service is None:
            wire = _Wire(self._patience)
            address = service_address(self._wsdl_url, wire.session, self._patience)
            self._service = _service(wire, address)

    def _call(self, operation: str, arguments: dict):
        try:
            return self._service[operation](**arguments)
        except _ZEEP_TROUBLE as error:
            trouble = type(error).__name__
        _logger.warning("Loket: %s: %s in zeep", operation, trouble)
        raise LoketBadReply(
            title(operation),
            _lt("the body"),
            _lt("does not fit the service description"),
        )


def _service(wire: "_Wire", address: str):
    """The operations at ``address``: the one place where zeep's client is made."""
    client = zeep.Client(
        str(xml.PACKAGED),
        transport=wire,
        timeout=wire.timeout,
        operation_timeout=wire.timeout,
        settings=zeep.Settings(
            strict=True,
            forbid_dtd=True,
            forbid_entities=True,
            forbid_external=True,
            xml_huge_tree=False,
        ),
    )
    return client.create_service(f"{{{xml.NAMESPACE}}}LoketBinding", address)


class _Wire(zeep.Transport):
    """What zeep sends and gets, by the rules of the gateway.

    zeep's own would log messages, passwords included, and open whatever file or
    address a document names.
    """

    def __init__(self, patience: Patience):
        super().__init__()
        self._patience = patience
        self._schema = xml.packaged_schema()
        self.timeout = patience.timeout

    def load(self, url):
        """The packaged description, and no other document."""
        if url != str(xml.PACKAGED):
            raise ValueError
        return xml.PACKAGED.read_bytes()

    def post_xml(self, address, envelope, headers):
        """Send a request. Raises the gateway's errors for all but a good reply."""
        operation = etree.QName(xml.content_of(envelope)).localname
        response = send(
            self.session,
            title(operation),
            self._patience,
            "POST",
            address,
            data=etree.tostring(envelope, xml_declaration=True, encoding="utf-8"),
            headers=headers,
            auth=no_auth,
        )
        self._check(operation, response)
        return response

    def _check(self, operation: str, response: requests.Response) -> None:
        call, status = title(operation), response.status_code
        try:
            found = xml.content_of(xml.parse(response.content))
        except xml.NotXml:
            found = None
        if found is not None and found.tag == faults.FAULT:
            raise faults.error_of(found, call, self._schema)
        if status != 200:
            raise _refusal(call, response)
        if found is None:
            raise LoketBadReply(call, _lt("the body"), _lt("is not a SOAP message"))
        if found.tag != f"{{{xml.NAMESPACE}}}{operation}Response":
            raise LoketBadReply(
                call, _lt("the body"), _lt("is the reply to another call")
            )
        try:
            xml.check(self._schema, found)
        except xml.BreaksSchema as error:
            raise LoketBadReply(
                call, error.field, _lt("does not fit the service description")
            ) from None


def _refusal(call: str, response: requests.Response) -> Exception:
    """What an HTTP status without a SOAP fault says."""
    status = response.status_code
    if status >= 500 or status == 429:
        return busy(call, response)
    if status in (401, 403):
        return faults.withdrawn(call)
    if 300 <= status < 400 or status in (404, 405, 410):
        return LoketMisconfigured(
            _lt(
                "There is no SOAP service at the address that the service description "
                "gives (error %(status)s). Check the WSDL address of the connection.",
                status=status,
            )
        )
    return LoketBadReply(
        call, _lt("status %(status)s", status=status), _lt("is not expected")
    )


def _bare(error: LoketError) -> LoketError:
    """Without the frames and causes that hold requests: keys and passwords."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
