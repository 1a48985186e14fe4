# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Switches that make the sandbox fail on purpose, as the real world does."""

import json
import re
import socket
import threading
import time
from dataclasses import dataclass

from .errors import Refusal, forbidden, unauthorized
from .events import EVENTS, Changes

# name -> what a client meets
_ANSWERS = {
    "latency": "every answer waits VALUE seconds (default 1)",
    "error500": "an internal error without a body",
    "rate_limit": "429 with Retry-After: VALUE seconds (default 1)",
    "unauthorized": "401, as for an expired access token",
    "forbidden": "403, as for a missing right",
    "cut": "the connection is cut before an answer",
    "not_available": "the fault of that name, over SOAP",
    "wrong_json": "JSON, or over SOAP XML, that ends in the middle",
    "html": "an HTML page (of a proxy, say) with status 200",
    "half_page": "each page misses the second half of its records",
    "page_twice": "page 2 and up answer with page 1",
    "missing_field": "employee VALUE (default 108; or all) comes without a last name",
    "vanished_employees": "VALUE of 100 employments (default 50) are gone",
    "missing_activity": "the right VALUE (default GetActualWagesByEmployerId) is gone",
    "lost_answer": "what is sent is taken, and the answer never comes; it is cut after"
    " VALUE seconds (default 0)",
    "half_stored": "half of what is sent is stored, then an internal error",
    "refused_in_part": "a list with something wrong is answered by 400, and what is"
    " good of it is stored all the same",
    "plain_refusal": "the 400 of what is sent is plain text",
    "absent_null": "taking away a value that is not there is refused",
    "closed_periods": "values of an approved period are refused",
    "null_values": "reading back a period has null where there is no value",
    "no_pdf": "payslips say that they are a PDF, and are none",
    "hiding_filter": "the user's filter settings show active employments only",
}
FAULTS = _ANSWERS | {name: event.text for name, event in EVENTS.items()}
_BEFORE = ("latency", "cut", "error500", "rate_limit", "unauthorized", "forbidden")


@dataclass
class Fault:
    """One switched-on fault; ``times`` None means until it is switched off."""

    name: str
    value: str | None = None
    path: str = ""
    times: int | None = None


class Faults:
    """The faults that are switched on. ``add`` and ``clear`` may be called any time.

    Some are trouble with answers. Others are events: changes of the company, which
    ``clear`` takes back; path and times mean nothing to those.
    """

    def __init__(self, names=(), company=None):
        self._active = []
        self._lock = threading.Lock()
        self._company = company
        self._changes = Changes()
        for text in names:
            name, _sep, value = text.partition("=")
            self.add(name, value or None)

    def add(self, name, value=None, *, path="", times=None):
        """Switch a fault on, for paths matching the pattern, a number of times."""
        if name not in FAULTS:
            raise ValueError(f"Unknown fault '{name}'; choose from {', '.join(FAULTS)}")
        value = None if value is None else str(value)
        if name in EVENTS:
            EVENTS[name].play(self._company, self._changes, value)
        self._active.append(Fault(name, value, path, times))

    def clear(self):
        """Switch everything off, and take the events back."""
        self._active.clear()
        self._changes.undo()

    def active(self):
        """Return the faults that are on, as pairs of a name and a value or None."""
        return [(fault.name, fault.value) for fault in self._active]

    def is_on(self, name, path=""):
        """Return whether a fault holds for a path, without counting a use."""
        return any(
            fault.name == name and fault.times != 0 and re.search(fault.path, path)
            for fault in self._active
        )

    def take(self, name, path=""):
        """Return the active fault of that name for a path, counting the use."""
        with self._lock:  # several calls may come at once
            for fault in self._active:
                if fault.name != name or not re.search(fault.path, path):
                    continue
                if fault.times is None:
                    return fault
                if fault.times > 0:
                    fault.times -= 1
                    return fault
        return None

    def before(self, request):
        """Fail, wait or cut the connection before the request is answered."""
        for name in _BEFORE:
            if fault := self.take(name, request.path):
                _BEFORE_ACTIONS[name](request, fault)

    def after_writing(self, request):
        """Lose the answer to what was taken."""
        if fault := self.take("lost_answer", request.path):
            time.sleep(float(fault.value or 0))
            _cut(request, fault)

    def after(self, request, body):
        """Return the text to send instead of ``body``, or None to leave it."""
        if self.take("html", request.path):
            return "<!DOCTYPE html><html><body><h1>Onderhoud</h1></body></html>"
        records = body.get("_embedded")
        if records is not None and self.take("half_page", request.path):
            body["_embedded"] = records[: len(records) // 2]
        if self.take("wrong_json", request.path):
            text = json.dumps(body)
            return text[: len(text) // 2]
        return None


def _wait(_request, fault):
    time.sleep(float(fault.value or 1))


def _cut(request, _fault):
    request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise Refusal(500)


def _error500(_request, _fault):
    raise Refusal(500)


def _rate_limit(_request, fault):
    raise Refusal(429, None, {"Retry-After": fault.value or "1"})


def _unauthorized(_request, _fault):
    raise unauthorized()


def _forbidden(_request, fault):
    raise forbidden(fault.value or "The user has no access to this entity")


_BEFORE_ACTIONS = {
    "latency": _wait,
    "cut": _cut,
    "error500": _error500,
    "rate_limit": _rate_limit,
    "unauthorized": _unauthorized,
    "forbidden": _forbidden,
}
