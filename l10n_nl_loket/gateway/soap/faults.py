# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP faults -> the four errors of the gateway.

Only the typed parts of a fault are used. Its free text is Loket's to write, so it may
hold a name, and is never shown.
"""

import re

from lxml import etree

from ...words import _lt
from .. import bounds
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    link_refused,
)
from ..http import seconds
from . import xml

#: The tag of a fault in the body of a message.
FAULT = f"{{{xml.ENVELOPE}}}Fault"
_NAME = re.compile("[A-Za-z][A-Za-z0-9.]*")


def error_of(fault: etree._Element, call: str, schema: etree.XMLSchema) -> LoketError:
    """What a Fault element says.

    :param call: the request that it answers, in words
    :param schema: of the service description, which knows the typed parts
    """
    typed = _typed(fault, schema)
    if typed is None:
        return _untyped(fault, call)
    kind = etree.QName(typed).localname
    if kind == "RefusedFault":
        return _refused(_text(typed, "reason"), _text(typed, "activity"), call)
    if kind == "NotAvailableFault":
        return LoketUnavailable(
            _lt(
                'Loket is not available now, while trying to "%(call)s". Try again '
                "later.",
                call=call,
            ),
            retry_after=seconds(_text(typed, "retryAfter")),
        )
    if _text(typed, "reason") == "unknown":
        return LoketMisconfigured(
            _lt(
                "Loket does not know what was asked for, while trying to "
                '"%(call)s". Choose the employer and the administration again.',
                call=call,
            )
        )
    return _not_understood(call, _text(typed, "field"))


def _refused(reason: str | None, activity: str | None, call: str) -> LoketRefused:
    if reason == "credentials":
        return LoketRefused(
            _lt(
                "Loket does not accept the user name or the password. Enter those of "
                "a web service user."
            )
        )
    if reason == "environment":
        return LoketRefused(
            _lt(
                "Loket does not know this environment code. Correct it, or ask Loket "
                "for the code of your environment."
            )
        )
    if reason == "blocked":
        return LoketRefused(
            _lt(
                "Loket has blocked this web service user. Let an administrator in "
                "Loket unblock the user, then connect again."
            )
        )
    if reason == "right":
        return LoketRefused(
            _lt(
                "The Loket user may not do this: %(call)s. Give the user's team this "
                "right, or this employer, in Loket.",
                call=call,
            ),
            activity=activity or call,
        )
    return link_refused(call)


def _untyped(fault: etree._Element, call: str) -> LoketError:
    """By the fault code: whose fault it is. Without one it is the server's."""
    code = (fault.findtext("faultcode") or "").rpartition(":")[2].strip()
    if code.partition(".")[0] in ("Client", "MustUnderstand", "VersionMismatch"):
        return _not_understood(call)
    return LoketUnavailable(
        _lt(
            'Loket answered with an error to "%(call)s". Try again later.',
            call=call,
        )
    )


def _not_understood(call: str, field: str | None = None) -> LoketBadReply:
    if field and not _NAME.fullmatch(field):
        field = None  # it is no name of a field, so it may be anything
    return LoketBadReply(
        call, field or _lt("the request"), _lt("is not understood by Loket")
    )


def _typed(fault: etree._Element, schema: etree.XMLSchema) -> etree._Element | None:
    """The first detail that the service description knows."""
    for element in fault.iterfind(f"detail/{{{xml.NAMESPACE}}}*"):
        try:
            xml.check(schema, element)
        except xml.BreaksSchema:
            continue
        if etree.QName(element).localname.endswith("Fault"):
            return element
    return None


def _text(element: etree._Element, name: str) -> str | None:
    text = element.findtext(f"{{{xml.NAMESPACE}}}{name}")
    return bounds.shown(text)
