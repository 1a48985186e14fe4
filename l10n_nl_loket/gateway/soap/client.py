# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls of Loket's SOAP service: time-outs, bounded retries of reads, plain errors.

zeep writes the requests and reads the replies. All that goes over the wire passes
``_Wire`` first, so that zeep neither logs a message nor meets one that is not safe.

Import this where a client is made: zeep takes up to a third of a second to load, which
most processes of an Odoo would spend for nothing. It comes through Odoo, whose wrapper
of it hands out plain values only.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from odoo.tools import zeep

from ...words import _lt
from ..address import checked_url
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    link_refused,
    unexpected_status,
)
from ..http import (
    MAX_REPLY,
    MAX_SMALL_REPLY,
    Patience,
    Reply,
    check_not_busy,
    no_auth,
    once,
    patiently,
    send,
)
from ..wire import Deadline, Session
from . import damage, faults, xml
from .description import CALL, service_address
from .operations import LOG_IN, title

_logger = logging.getLogger(__name__)

#: What zeep may raise, besides the errors of the gateway that pass through it.
_ZEEP_TROUBLE = (
    zeep.exceptions.Error,
    etree.LxmlError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class SoapClient:
    """Calls the operations of the service.

    :param wsdl_url: where the service description lies; empty: the packaged one
    :param local: whether the addresses may be of this machine
    :param sleep: waits a number of seconds
    :raise LoketMisconfigured: ``wsdl_url`` can't be an address of one
    """

    def __init__(
        self,
        wsdl_url: str | None,
        *,
        local: bool = False,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        if (wsdl_url or "").strip():
            checked_url(wsdl_url, _lt("WSDL address"), local=local, description=True)
        self._wsdl_url = wsdl_url
        self._local = local
        self._patience = patience or Patience()
        self._sleep = sleep
        self._wire = _Wire(self._patience)
        self._service: Any = None

    def ask(self, operation: str, **arguments: Any) -> Any:
        """The reply to a call that changes nothing: tried again while Loket is away."""
        self._connect()
        return self._patiently(
            title(operation), lambda: self._call(operation, arguments)
        )

    def ask_list(
        self, operation: str, **arguments: Any
    ) -> tuple[Any, tuple[damage.Damaged, ...]]:
        """As ``ask``, for a list that goes on without rows that can't be read.

        :param operation: one of ``damage.ROWS``
        :return: the reply, and what was taken out of it
        """
        reply = self.ask(operation, **arguments)
        return reply, self._wire.damaged

    def ask_once(self, operation: str, **arguments: Any) -> Any:
        """The reply to a call that must not be repeated."""
        self._connect()
        self._wire.deadline = self._patience.deadline()
        return once(lambda: self._call(operation, arguments))

    def _connect(self) -> None:
        """Ask the description for the address, unless that has been done."""
        if self._service is None:
            address = self._patiently(
                CALL,
                lambda: service_address(self._wsdl_url, self._local, self._wire.fetch),
            )
            self._service = _service(self._wire, address, self._patience)

    def _patiently(self, call: str, action: Callable[[], Any]) -> Any:
        self._wire.deadline = self._patience.deadline()
        return patiently(call, action, self._patience, self._sleep, self._wire.deadline)

    def _call(self, operation: str, arguments: Mapping[str, Any]) -> Any:
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


def _service(wire: "_Wire", address: str, patience: Patience) -> Any:
    """The operations at ``address``: the one place where zeep's client is made."""
    client = zeep.Client(
        str(xml.PACKAGED),
        transport=wire,
        timeout=patience.read,
        operation_timeout=patience.read,
        settings=zeep.Settings(
            strict=True,
            forbid_dtd=True,
            forbid_entities=True,
            forbid_external=True,
            xml_huge_tree=False,
        ),
    )
    return client.create_service(f"{{{xml.NAMESPACE}}}LoketBinding", address)


class _Wire(zeep.Transport):  # type: ignore[misc]  # zeep has no types
    """What zeep sends and gets, by the rules of the gateway.

    zeep's own would log messages, passwords included, and open whatever file or
    address a document names.
    """

    def __init__(self, patience: Patience):
        super().__init__(session=Session())
        self._patience = patience
        self._schema = xml.packaged_schema()
        #: When the call ends that is made now.
        self.deadline: Deadline = patience.deadline()
        #: What was taken out of the last reply.
        self.damaged: tuple[damage.Damaged, ...] = ()

    def load(self, url: str) -> bytes:
        """The packaged description, and no other document.

        :raise ValueError: another one was asked for
        """
        if url != str(xml.PACKAGED):
            raise ValueError
        return xml.PACKAGED.read_bytes()

    def fetch(self, url: str) -> Reply:
        """The service description, whatever comes."""
        return self._send(CALL, "GET", url, MAX_SMALL_REPLY)

    def post_xml(
        self, address: str, envelope: etree._Element, headers: Mapping[str, str]
    ) -> Reply:
        """Send a request, as zeep asks for it.

        :return: a reply that is what the service description says
        :raise LoketError: for any other
        """
        operation = etree.QName(xml.content_of(envelope)).localname
        response = self._send(
            title(operation),
            "POST",
            address,
            MAX_SMALL_REPLY if operation == LOG_IN else MAX_REPLY,
            data=etree.tostring(envelope, xml_declaration=True, encoding="utf-8"),
            headers=headers,
        )
        return Reply(
            status_code=response.status_code,
            # What the server says of the kind of its reply leads zeep astray.
            headers={"Content-Type": "text/xml"},
            content=etree.tostring(self._checked(operation, response)),
        )

    def _send(
        self, call: str, method: str, url: str, max_size: int, **options: Any
    ) -> Reply:
        return send(
            self.session,
            call,
            self._patience,
            method,
            url,
            deadline=self.deadline,
            max_size=max_size,
            auth=no_auth,
            **options,
        )

    def _checked(self, operation: str, response: Reply) -> etree._Element:
        """The message, without the rows that are ``damaged``."""
        self.damaged = ()
        call = title(operation)
        try:
            message = xml.parse_mended(response.content)
            content = xml.content_of(message)
        except xml.NotXml:
            content = None
        # A fault tells more than the status it comes with.
        if content is not None and content.tag == faults.FAULT:
            raise faults.error_of(content, call, self._schema)
        if response.status_code != 200:
            check_not_busy(call, response)
            raise _refusal(call, response.status_code)
        if content is None:
            raise LoketBadReply(call, _lt("the body"), _lt("is not a SOAP message"))
        if content.tag != f"{{{xml.NAMESPACE}}}{operation}Response":
            raise LoketBadReply(
                call, _lt("the body"), _lt("is the reply to another call")
            )
        try:
            self._check(operation, content)
        except xml.BreaksSchema as error:
            raise LoketBadReply(
                call, error.field, _lt("does not fit the service description")
            ) from None
        return message

    def _check(self, operation: str, content: etree._Element) -> None:
        """Hold a reply against the description, if need be without a few rows.

        :raise BreaksSchema: it is wrong without them, too
        """
        try:
            xml.check(self._schema, content)
        except xml.BreaksSchema:
            if operation not in damage.ROWS:
                raise
            self.damaged = tuple(damage.taken_out(self._schema, content, operation))


def _refusal(call: str, status: int) -> LoketError:
    """What an HTTP status without a SOAP fault means: neither success nor: later."""
    if status in (401, 403):
        return link_refused(call)
    if 300 <= status < 400 or status in (404, 405, 410):
        return LoketMisconfigured(
            _lt(
                "There is no SOAP service at the address that the service description "
                "gives (error %(status)s). Check the WSDL address of the connection.",
                status=status,
            )
        )
    return unexpected_status(call, status)
