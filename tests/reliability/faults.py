# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be wrong with an answer, over either protocol."""

import gzip
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

#: Some 200 KB that become 200 MB.
BOMB = gzip.compress(b" " * 200_000_000, 6)
HTML = b"<!DOCTYPE html><html><body><h1>Onderhoud</h1></body></html>"
HUGE = 10**40
TOTALS = ("totalSize", "totalPages", "currentPage", "pageSize")
#: What XML can't say stands for itself in a text until it is written.
NUL, HALF = "\ue000", "\ue001"


@dataclass(frozen=True)
class Answer:
    """An answer, and the way that it goes over the line."""

    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    way: str = "whole"


@dataclass(frozen=True)
class Fault:
    """One way to be wrong: ``play`` makes the answer of a sound one.

    ``is_refusal``: Loket does nothing of what was asked. ``is_slow``: nobody waits for
    the end of it.
    """

    name: str
    play: Callable[[Answer], Answer]
    is_refusal: bool = False
    is_slow: bool = False


def _way(way):
    return lambda answer: Answer(answer.status, answer.body, answer.headers, way)


def _body(change):
    """A fault of the content, whose headers are as they were."""
    return lambda answer: Answer(answer.status, change(answer.body), answer.headers)


def _packed(body):
    return lambda answer: Answer(200, body(answer.body), {"Content-Encoding": "gzip"})


def _status(status, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _answer: Answer(status, b"{}", headers)


# === CONTENT === #


def _deep(body):
    if _is_json(body):
        return b"[" * 200_000 + b"]" * 200_000
    return b"<a>" * 50_000 + b"</a>" * 50_000


def _is_json(body):
    return body[:1] in (b"{", b"[")


def rows_changed(change):
    """A fault of the rows of a list: ``change`` gets them, and gives others."""

    def changed(body):
        if _is_json(body):
            return _json_changed(body, change)
        document = etree.fromstring(body)
        parent = _content(document)
        rows = [row for row in parent if _local(row) not in TOTALS]
        place = parent.index(rows[0]) if rows else 0
        for row in rows:
            parent.remove(row)
        made = change([*rows])
        parent[place:place] = made
        for total, number in _totals(len(made)).items():
            for told in parent.iterfind(f"{{*}}{total}"):
                told.text = str(number)
        return etree.tostring(document)

    return changed


def _json_changed(body, change):
    reply = json.loads(body)
    if isinstance(reply.get("_embedded"), list):
        reply["_embedded"] = made = change(reply["_embedded"])
        reply |= _totals(len(made))
    elif isinstance(reply.get("content"), dict):
        made = change([reply["content"]])
        reply["content"] = made[0] if made else {}
    else:
        made = change([reply])
        reply = made[0] if made else {}
    return json.dumps(reply).encode()


def _totals(size):
    return {"totalSize": size, "totalPages": 1 if size else 0}


def _content(document):
    """Where the rows of a message or a description are."""
    body = document.find("{*}Body")
    return document if body is None or not len(body) else body[0]


def _local(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _values_changed(change):
    """A fault of each value of all rows, references aside."""

    def each(rows):
        return [_of_value(row, change) for row in rows]

    return rows_changed(each)


def _of_value(value, change, name=""):
    if isinstance(value, etree._Element):
        for element in value.iter():
            if not len(element) and not _is_ref(_local(element)):
                element.text = change(element.text or "")
        return value
    if isinstance(value, dict):
        return {key: _of_value(one, change, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_of_value(one, change, name) for one in value]
    return value if _is_ref(name) else change(value)


def _is_ref(name):
    return name.lower().endswith(("id", "ref"))


def _text(mark):
    def changed(value):
        return value[:1] + mark + value[1:] if isinstance(value, str) else value

    return changed


def _damaged_texts(mark, in_json, in_xml):
    change = _values_changed(_text(mark))

    def changed(body):
        text = change(body).decode()
        if _is_json(body):
            return text.replace(json.dumps(mark)[1:-1], in_json).encode()
        return text.replace(f"&#{ord(mark)};", in_xml).replace(mark, in_xml).encode()

    return changed


def _huge(value):
    if isinstance(value, bool):
        return value
    is_number = isinstance(value, int | float) or (
        isinstance(value, str) and value.replace(".", "").isdigit()
    )
    return (str(HUGE) if isinstance(value, str) else HUGE) if is_number else value


def _nothing(value):
    return "" if isinstance(value, str) else None


def _other_type(value):
    return "x" if not isinstance(value, str) else "<<"


def _strangers(rows):
    """All of it is of others: no reference is one that was known."""
    return [_stranger(row) for row in rows]


def _stranger(value, name=""):
    if isinstance(value, etree._Element):
        for element in value.iter():
            if _is_ref(_local(element)) and element.text:
                element.text = element.text[:-3] + "fff"
        return value
    if isinstance(value, dict):
        return {key: _stranger(one, key) for key, one in value.items()}
    if isinstance(value, str) and _is_ref(name):
        return value[:-3] + "fff"
    return value


def _first_empty(rows):
    """The first row has nothing left in it."""
    if not rows:
        return rows
    if isinstance(rows[0], etree._Element):
        for child in [*rows[0]]:
            rows[0].remove(child)
        return rows
    return [dict.fromkeys(rows[0]), *rows[1:]]


def _total_changed(name, number):
    def changed(body):
        if _is_json(body):
            reply = json.loads(body)
            reply[name] = number
            return json.dumps(reply).encode()
        document = etree.fromstring(body)
        for told in document.iter(f"{{*}}{name}"):
            told.text = str(number)
        return etree.tostring(document)

    return changed


def _wrong_top(body):
    return b"[1, 2]" if _is_json(body) else b"<a/>"


def _not_utf8(body):
    return body[: len(body) // 2] + b"\xff\xfe" + body[len(body) // 2 :]


FAULTS = [
    # The line.
    Fault("closed before an answer", _way("closed")),
    Fault("reset before an answer", _way("reset")),
    Fault("reset in the middle", _way("half, reset")),
    Fault("closed in the middle", _way("half")),
    Fault("no answer", _way("silent"), is_slow=True),
    Fault("a byte at a time", _way("drip"), is_slow=True),
    # The status.
    Fault("204 without a body", _status(204, Content_Length=""), is_refusal=True),
    Fault(
        "302 elsewhere", _status(302, Location="http://127.0.0.1:1/"), is_refusal=True
    ),
    *(
        Fault(str(status), _status(status), is_refusal=True)
        for status in (400, 401, 403, 404, 409, 418, 500, 502, 503)
    ),
    Fault("429, in an hour", _status(429, Retry_After="3600"), is_refusal=True),
    # The body.
    Fault("nothing", _body(lambda _body: b"")),
    Fault("a page of HTML", _body(lambda _body: HTML)),
    Fault("text that ends half way", _body(lambda body: body[: len(body) // 2])),
    Fault("no UTF-8", _body(_not_utf8)),
    Fault("200 MB, packed", _packed(lambda _body: BOMB)),
    Fault("not packed as it says", _packed(lambda body: body)),
    Fault("packed, and half", _packed(lambda body: gzip.compress(body)[:-9])),
    Fault("17 MB", _body(lambda body: body + b" " * 17_000_000)),
    Fault("deep", _body(_deep)),
    Fault("another kind of thing", _body(_wrong_top)),
    # The values.
    Fault("an empty list", _body(rows_changed(lambda _rows: []))),
    Fault("half of the list", _body(rows_changed(lambda rows: rows[: len(rows) // 2]))),
    Fault(
        "each row twice",
        _body(rows_changed(lambda rows: [*rows, *map(deepcopy, rows)])),
    ),
    Fault("the first row empty", _body(rows_changed(_first_empty))),
    Fault("all of it of others", _body(rows_changed(_strangers))),
    Fault("NUL in each text", _body(_damaged_texts(NUL, "\\u0000", "&#0;"))),
    Fault("half an emoji", _body(_damaged_texts(HALF, "\\ud83d", "&#xD83D;"))),
    Fault("numbers of 41 digits", _body(_values_changed(_huge))),
    Fault("each value empty", _body(_values_changed(_nothing))),
    Fault("each value another type", _body(_values_changed(_other_type))),
    Fault("a total too many", _body(_total_changed("totalSize", 99))),
    Fault("a milliard pages", _body(_total_changed("totalPages", 10**9))),
    Fault("another page", _body(_total_changed("currentPage", 7))),
]
