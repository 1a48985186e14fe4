# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is sent to Loket's REST API v2, and what it says to that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring_ascii as _text
from typing import Any

from .. import bounds
from ..errors import LoketBadReply
from ..http import Reply
from ..port import CHUNK
from ..records import Message, PeriodRow, PeriodValue, WriteReply
from .reading import json_value

#: More than this nobody reads.
_MOST_MESSAGES = 1000
#: The payslip that values are written to: the normal one, not that of a special rate.
NORMAL_PAYSLIP = 1
#: What a record is of: employment, shift, unit.
_Key = tuple[str, int, str | None]


def period_values(year: int, period: int, values: Sequence[PeriodValue]) -> bytes:
    """The body of the collective PATCH: a record for each key, all of it filled in.

    :raise ValueError: they are of more than ``CHUNK`` employments, or a cell is there
        twice, or is none that may be written
    """
    records: dict[_Key, dict[int, Decimal | None]] = {}
    for ref, shift, unit, component, value, has_other_keys, is_supplement in values:
        components = records.setdefault(_key(ref, shift, unit), {})
        if has_other_keys or is_supplement:
            raise ValueError("a cell of somebody else")
        if component in components:
            raise ValueError("a cell that is there twice")
        components[component] = value
    return _body(year, period, records)


def period_rows(year: int, period: int, rows: Sequence[PeriodRow]) -> bytes:
    """The same, of whole rows.

    :raise ValueError: as ``period_values``; a row that is there twice
    """
    records = {_key(*row[:3]): row.values for row in rows}
    if len(records) < len(rows):
        raise ValueError("a row that is there twice")
    if any(row.has_other_keys or row.supplements for row in rows):
        raise ValueError("a row of somebody else")
    return _body(year, period, records)


def _key(ref: str, shift: int, unit: str | None) -> _Key:
    return ref.lower(), shift, unit.lower() if unit else None


def _body(
    year: int, period: int, records: Mapping[_Key, Mapping[int, Decimal | None]]
) -> bytes:
    """Records as text, put together by hand: ``json`` knows no decimals."""
    if len({ref for ref, _shift, _unit in records}) > CHUNK:
        raise ValueError("more employments than a chunk has")
    number = cache(_number)  # nearly all values are the same few
    return f"[{','.join(_records(year, period, records, number))}]".encode()


def _records(
    year: int,
    period: int,
    records: Mapping[_Key, Mapping[int, Decimal | None]],
    number: Callable[[Decimal | None], str],
) -> Iterator[str]:
    """Loket's schema lets no unit be null: who has none sends none."""
    for (ref, shift, unit), components in records.items():
        where = f'"distributionUnit":{{"key":{_text(unit)}}},' if unit else ""
        cells = ",".join(
            [
                f'{{"payrollComponent":{{"key":{component:d}}},'
                f'"value":{number(value)},"isSupplement":false}}'
                for component, value in components.items()
            ]
        )
        yield (
            f'{{"employmentId":{_text(ref)},'
            f'"payrollPeriod":{{"year":{year:d},"periodNumber":{period:d}}},'
            f'"shift":{{"shiftNumber":{shift:d}}},'
            f'"payslipType":{{"key":{NORMAL_PAYSLIP}}},"payslipText":null,{where}'
            f'"costCenter":null,"costUnit":null,"payrollComponents":[{cells}]}}'
        )


def _number(value: Decimal | None) -> str:
    """A number to its last digit.

    :raise ValueError: it is none
    """
    if value is None:
        return "null"
    if not value.is_finite():
        raise ValueError("not a number")
    return f"{value + 0:f}"


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
