# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes over the line to a sandbox: noted, judged, and cut off on demand."""

import json
import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from tests.sandbox import specification

COLLECTIVE = re.compile(r"/employers/[^/]+/payrollperioddata$")
LIST = re.compile(r"/payrollPeriods/\d+/payrollperioddata$")
KEYS = ("payrollPeriod", "shift", "payslipType", "payslipText", "distributionUnit")


class Killed(BaseException):
    """The process is gone; nothing of Odoo's may catch it."""


class Wire:
    """All requests that were made.

    ``kill_at``: at which request (from 1) the process is killed: after it where
    ``kill_after``, of those that write only where ``kill_writing``; None: it lives.
    """

    def __init__(self):
        self.requests, self._judged = [], 0
        self.kill_at, self.kill_after, self.kill_writing = None, False, False

    def exchange(self, request, send):
        """Send a request, unless the process is killed before."""
        self.requests.append(request)
        is_last = False
        if self.kill_at and (request.method == "PATCH" or not self.kill_writing):
            self.kill_at -= 1
            is_last = not self.kill_at
        if is_last and not self.kill_after:
            raise Killed
        reply = send()
        if is_last:
            raise Killed
        return reply

    @property
    def count(self):
        """How many requests there were."""
        return len(self.requests)

    def written(self, since=0):
        """The bodies of what was sent to be stored, from some request on."""
        return [
            json.loads(request.body, parse_float=Decimal)
            for request in self.requests[since:]
            if request.method == "PATCH"
        ]

    def faults(self):
        """What is wrong with the requests that were not judged yet, as texts."""
        new, self._judged = self.requests[self._judged :], self.count
        return [fault for request in new for fault in _faults(request)]


def _faults(request):
    path = urlsplit(request.url).path
    if not path.startswith("/v2/"):
        return []
    try:
        found = list(specification.faults_of(request))
    except specification.Unobtainable:
        found = []
    if request.method == "GET":
        return found + _faults_of_list(request, path)
    if not COLLECTIVE.search(path) or request.method != "PATCH":
        return [*found, f"{request.method} {path} is nothing that a push sends"]
    text = request.body.decode()
    if "addUp" in text or "processingMethod" in text:
        found.append("it adds up")
    body = json.loads(text)
    keys = [json.dumps([item.get(name) for name in ("employmentId", *KEYS)])
            for item in body]  # fmt: skip
    if len(set(keys)) != len(keys):
        found.append("a key twice")
    return found + [fault for item in body for fault in _faults_of_item(item)]


def _faults_of_list(request, path):
    query = parse_qs(urlsplit(request.url).query)
    if LIST.search(path) and not (
        query.get("payslipType") == ["1"] and query.get("payrollComponentCategory")
    ):
        return [f"{path} asked for {query}"]
    return []


def _faults_of_item(item):
    whole = (
        item["payrollPeriod"]["year"]
        and item["payrollPeriod"]["periodNumber"]
        and item["shift"]["shiftNumber"]
        and item["payslipType"] == {"key": 1}
        and item["distributionUnit"]["key"]
        and item["costCenter"] is None
        and item["costUnit"] is None
        and item["payrollComponents"]
        and all(one["isSupplement"] is False for one in item["payrollComponents"])
    )
    return [] if whole else [f"not whole: {item}"]
