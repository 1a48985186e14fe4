# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refusals in the words and bodies of Loket's contract."""

import json

from werkzeug.wrappers import Response


class Refusal(Exception):
    """Ends a request with an HTTP status and a JSON body (or none)."""

    def __init__(self, status, body=None, headers=None):
        super().__init__(f"HTTP {status}")
        self.status, self.body, self.headers = status, body, headers

    def response(self):
        """Return the refusal as a werkzeug response."""
        if self.body is None:
            return Response(status=self.status, headers=self.headers)
        return json_response(self.body, self.status, self.headers)


def json_response(body, status=200, headers=None):
    """Return ``body`` as JSON, in the key order given."""
    return Response(
        json_text(body),
        status=status,
        headers=headers,
        content_type="application/json; charset=utf-8",
    )


def json_text(body):
    """Return ``body`` as JSON; half a surrogate can be written as an escape only."""
    text = json.dumps(body, ensure_ascii=False)
    return text if text.isascii() or _encodable(text) else json.dumps(body)


def _encodable(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def message(description, properties=(), kind="Exception", code=400):
    """Return one item of the ``messages`` list."""
    return {
        "code": code,
        "description": description,
        "id": None,
        "properties": list(properties),
        "type": kind,
    }


def bad_request(description, version=None, properties=()):
    """Return the 400 of the contract: version, messages and no content."""
    return Refusal(
        400,
        {
            "version": {"obsoleteDate": None, "resourceVersion": version},
            "messages": [message(description, properties)],
            "content": {},
        },
    )


def of_list(refusal):
    """Return a refusal as a list has it: a 400 with no record, in pages."""
    if refusal.status != 400:
        return refusal
    body = {
        "totalSize": 0,
        "pageSize": 0,
        "totalPages": 0,
        "currentPage": 0,
        **{name: part for name, part in refusal.body.items() if name != "content"},
        "_embedded": [],
    }
    return Refusal(400, body)


def unauthorized():
    """Return the 401 of a missing, unknown or expired access token."""
    return Refusal(
        401,
        {"message": "Authorization has been denied for this request."},
        {"WWW-Authenticate": "Bearer"},
    )


def forbidden(reason):
    """Return the 403 of a missing right."""
    text = f'Insufficient rights for this request, reason "{reason}"'
    return Refusal(403, {"message": text})


def not_found():
    """Return a 404; the contract documents no body for it."""
    return Refusal(404)
