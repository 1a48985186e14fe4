# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP faults -> the four errors of the gateway.

Only the typed parts of a fault are used. Its free text is Loket's to write, so it may
hold a name, and is never shown.
"""

import requests
from lxml import etree

from ...words import _lt
from ..errors import LoketBadReply, LoketMisconfigured, LoketRefused, LoketUnavailable
from . import xml

FAULT = f"{{{xml.ENVELOPE}}}Fault"


def error_of(fault, title: str, schema: etree.XMLSchema) -> Exception:
    """What a Fault element says about the call ``title``; ``retry_after``: seconds."""
    typed = _typed(fault, schema)
    if typed is None:
        return _untyped(fault, title)
    kind = etree.QName(typed).localname
    if kind == "RefusedFault":
        return _refused(_text(typed, "reason"), _text(typed, "activity"), title)
    if kind == "NotAvailableFault":
        return unavailable(
            _lt(
                'Loket is not available now, while trying to "%(call)s". Try again '
                "later.",
                call=title,
            ),
            _text(typed, "retryAfter"),
        )
    if _text(typed, "reason") == "unknown":
        return LoketMisconfigured(
            _lt(
                "Loket does not know what was asked for, while trying to "
                '"%(call)s". Choose the employer and the administration again.',
                call=title,
            )
        )
    return _not_understood(title, _text(typed, "field"))


def unavailable(message: str, retry_after: str | None = None) -> LoketUnavailable:
    """With the pause that Loket asks for, in seconds as text."""
    error = LoketUnavailable(message)
    error.retry_after = retry_after
    return error


def busy(call: str, response: requests.Response) -> LoketUnavailable:
    """For an HTTP status that says: later."""
    return unavailable(
        _lt(
            'Loket answered with error %(status)s to "%(call)s". Try again later.',
            status=response.status_code,
            call=call,
        ),
        response.headers.get("Retry-After"),
    )


def no_auth(request):
    """The link key is in the body; keeps a netrc file from adding credentials."""
    return request


def withdrawn(title: str) -> LoketRefused:
    return LoketRefused(
        _lt(
            'Loket does not accept the link any more, while trying to "%(call)s". '
            "Connect to Loket again.",
            call=title,
        )
    )


def _refused(reason: str, activity: str | None, title: str) -> LoketRefused:
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
                call=title,
            ),
            activity=activity or title,
        )
    return withdrawn(title)


def _untyped(fault, title: str) -> Exception:
    """By the fault code: whose fault it is. Without one it is the server's."""
    code = (fault.findtext("faultcode") or "").rpartition(":")[2].strip()
    if code.partition(".")[0] in ("Client", "MustUnderstand", "VersionMismatch"):
        return _not_understood(title)
    return unavailable(
        _lt(
            'Loket answered with an error to "%(call)s". Try again later.',
            call=title,
        )
    )


def _not_understood(title: str, field: str | None = None) -> LoketBadReply:
    return LoketBadReply(
        title, field or _lt("the request"), _lt("is not understood by Loket")
    )


def _typed(fault, schema: etree.XMLSchema):
    """The first detail that the service description knows."""
    for element in fault.iterfind(f"detail/{{{xml.NAMESPACE}}}*"):
        try:
            xml.check(schema, element)
        except xml.BreaksSchema:
            continue
        if etree.QName(element).localname.endswith("Fault"):
            return element
    return None


def _text(element, name: str) -> str | None:
    text = element.findtext(f"{{{xml.NAMESPACE}}}{name}")
    return text.strip() if text else None
