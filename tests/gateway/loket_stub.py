# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small web server that answers like Loket, right or wrong, as a test tells it."""

import json
from urllib.parse import parse_qs, urlsplit

from odoo.addons.l10n_nl_loket.gateway import TokenSet

from .http_stub import HttpStub


class Answer:
    """What the server sends: ``body`` as JSON, or as it is when it is text."""

    def __init__(self, body="", status=200, headers=(), cut=0):
        text = body if isinstance(body, str) else json.dumps(body)
        self.body = text.encode()
        self.status = status
        self.headers = dict(headers)
        self.cut = cut
        """How many bytes of the body are never sent."""


def page(rows, *, size=None, pages=1, current=1):
    """A list reply of the contract."""
    return {
        "totalSize": len(rows) if size is None else size,
        "pageSize": 250,
        "totalPages": pages,
        "currentPage": current,
        "version": {"obsoleteDate": None, "resourceVersion": "2018-01-01"},
        "messages": [],
        "_embedded": rows,
    }


class LoketStub(HttpStub):
    """``routes``: path -> an answer, a list of answers (the last one stays), or a
    function of the query. ``seen``: (method, path, headers, fields) of each request;
    ``sent``: what was sent with it, as text."""

    content_type = "application/json"

    def __init__(self):
        super().__init__()
        self.routes = {}
        self.sent = []
        self.api_url = f"{self.url}/v2"

    def calls(self, path):
        return [request for request in self.seen if request[1] == path]

    def _answer(self, handler, sent):
        parts = urlsplit(handler.path)
        self.sent.append(sent)
        fields = parse_qs(sent if sent and sent[0] not in "{[" else parts.query)
        self.seen.append((handler.command, parts.path, dict(handler.headers), fields))
        answer = self.routes.get(parts.path, Answer(status=404))
        if callable(answer):
            answer = answer(fields)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        self._send(handler, answer.status, answer.body, answer.headers, answer.cut)


class MemoryTokens:
    """A token store that behaves as the port asks."""

    def __init__(self, token):
        self.stored = token
        self.renewals = 0

    def load(self) -> TokenSet:
        return self.stored

    def renew(self, stale, fetch) -> TokenSet:
        if self.stored == stale:
            self.renewals += 1
            self.stored = fetch(stale)
        return self.stored
