# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is sent to Loket's REST API v2, and what it says to that."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .. import bounds
from ..errors import LoketBadReply
from ..http import Reply
from ..port import CHUNK
from ..records import Message, PeriodValue, WriteReply
from .reading import json_value

#: More than this nobody reads.
_MOST_MESSAGES = 1000
#: The payslip that values are written to: the normal one, not that of a special rate.
NORMAL_PAYSLIP = 1


def json_bytes(value: Any) -> bytes:
    """A value as JSON, its decimals exactly as they are.

    :raise ValueError: a decimal is no number
    """
    return _json(value).encode()


def _json(value: Any) -> str:
    # ``json.dumps`` of each name and number would be most of the work.
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.encoder.encode_basestring_ascii(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("not a number")
        return f"{value + 0:f}"
    if isinstance(value, dict):
        parts = [f"{_json(name)}:{_json(part)}" for name, part in value.items()]
        return f"{{{','.join(parts)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(_json(part) for part in value)}]"
    return json.dumps(value)


def period_values(
    year: int, period: int, values: Sequence[PeriodValue]
) -> list[dict[str, Any]]:
    """The body of the collective PATCH: a record for each key, all of it filled in.

    :raise ValueError: they are of more than ``CHUNK`` employments, or a cell is there
        twice, or is none that may be written
    """
    records: dict[tuple[str, int, str | None], dict[int, Decimal | None]] = {}
    for cell in values:
        if cell.has_other_keys or cell.is_supplement:
            raise ValueError("a cell of somebody else")
        unit = cell.unit_ref and cell.unit_ref.lower()
        key = (cell.employment_ref.lower(), cell.shift, unit)
        components = records.setdefault(key, {})
        if cell.component in components:
            raise ValueError("a cell that is there twice")
        components[cell.component] = cell.value
    if len({ref for ref, _shift, _unit in records}) > CHUNK:
        raise ValueError("more employments than a chunk has")
    return [
        _record(year, period, key, components) for key, components in records.items()
    ]


def _record(
    year: int,
    period: int,
    key: tuple[str, int, str | None],
    components: dict[int, Decimal | None],
) -> dict[str, Any]:
    """One record. Loket's schema lets no unit be null: who has none sends none."""
    ref, shift, unit = key
    return {
        "employmentId": ref,
        "payrollPeriod": {"year": year, "periodNumber": period},
        "shift": {"shiftNumber": shift},
        "payslipType": {"key": NORMAL_PAYSLIP},
        "payslipText": None,
        **({"distributionUnit": {"key": unit}} if unit else {}),
        "costCenter": None,
        "costUnit": None,
        "payrollComponents": [
            {
                "payrollComponent": {"key": component},
                "value": value,
                "isSupplement": False,
            }
            for component, value in components.items()
        ],
    }


def write_reply(call: str, reply: Reply) -> WriteReply:
    """What Loket says to something that was sent.

    :param call: the request in words
    :param reply: of a status that says yes, or 400
    :raise LoketBadReply: it says yes, and is not of Loket: a page of a proxy, say
    """
    is_refused = reply.status_code == 400
    return WriteReply(
        is_refused=is_refused, messages=_messages(call, reply, is_refused)
    )


def _messages(call: str, reply: Reply, is_refused: bool) -> tuple[Message, ...]:
    if not reply.content.strip():
        return ()
    try:
        body = json_value(call, reply)
    except LoketBadReply:
        is_text = reply.headers.get("Content-Type", "").lower().startswith("text/plain")
        if not is_text and not is_refused:
            raise
        return _plain(reply.content)
    if not isinstance(body, dict):
        return ()
    sent = body.get("messages")
    items = [item for item in (sent if isinstance(sent, list) else ())]
    if not items and isinstance(body.get("message"), str):
        items = [{"description": body["message"]}]
    told = (_message(item) for item in items[:_MOST_MESSAGES])
    return tuple(message for message in told if message)


def _message(item: Any) -> Message | None:
    """One message, as far as it can be read; None: it says nothing."""
    if not isinstance(item, dict):
        return None
    kind = item.get("type")
    if isinstance(kind, dict):
        kind = kind.get("value")
    ref = item.get("id")
    kind = bounds.words(kind) if isinstance(kind, str) else ""
    text = item.get("description")
    text = bounds.words(text) if isinstance(text, str) else ""
    if not (text or kind):
        return None
    ref = bounds.fit_ref(ref.strip().lower()) if isinstance(ref, str) else ""
    return Message(ref=ref or None, text=text or kind, kind=kind)


def _plain(content: bytes) -> tuple[Message, ...]:
    """A body that is only text; a page of HTML has no words of Loket's."""
    start = content[: 4 * bounds.LONGEST_TEXT].decode("utf-8", "replace")
    text = bounds.words(start)
    if not text or text.startswith("<"):
        return ()
    return (Message(ref=None, text=text, kind=""),)
