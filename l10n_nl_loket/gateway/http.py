# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP with Loket, whatever the protocol: addresses, time-outs, patience, plain errors.

Nothing of a request or a reply but the name of the call ever gets into a log or an
error: addresses hold identifiers, replies hold people.
"""

import random
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

import requests

from ..words import _lt
from .errors import LoketBadReply, LoketMisconfigured, LoketUnavailable

_LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How long to wait for Loket, in seconds, and how often to ask."""

    connect: float = 10
    read: float = 30
    attempts: int = 3
    pause: float = 1
    """First pause; it doubles, and jitter of up to half of it is added."""
    longest_pause: float = 20
    """Loket asking for a longer pause is told as LoketUnavailable."""

    @property
    def timeout(self) -> tuple[float, float]:
        return (self.connect, self.read)

    def before_retry(self, attempt: int, retry_after: str | None) -> float | None:
        """The pause after failed ``attempt`` (from 1); None: give up."""
        if attempt >= self.attempts:
            return None
        pause = self.pause * 2 ** (attempt - 1)
        pause = min(pause, self.longest_pause) * (1 + random.random() / 2)
        try:
            asked = float(retry_after or 0)
        except ValueError:
            asked = 0  # the date form; our own pause will do
        if asked > self.longest_pause:
            return None
        return max(pause, asked)


def checked_url(url: str | None, label: str) -> str:
    """``url`` without closing slash; https, or http to this machine only."""
    parts = urlsplit((url or "").strip())
    local = parts.hostname in _LOCAL
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and local)
    ):
        raise LoketMisconfigured(
            _lt(
                "The %(label)s of the connection must be an https address. Correct it "
                "in the settings of the connection.",
                label=label,
            )
        )
    return parts.geturl().rstrip("/")


def send(session: requests.Session, call: str, patience: Patience, method, url, **more):
    """One HTTP request, without retries.

    Raises LoketUnavailable when no whole answer came, LoketMisconfigured when none
    can come from this address.
    """
    try:
        response = session.request(
            method, url, timeout=patience.timeout, allow_redirects=False, **more
        )
        _check_whole(response)
        return response
    except requests.exceptions.SSLError:
        raise LoketMisconfigured(
            _lt(
                "The certificate of the server is not trusted, while trying to "
                '"%(call)s". Check the addresses of the connection.',
                call=call,
            )
        ) from None
    except ValueError:  # from the HTTP library, and may quote the token
        raise LoketMisconfigured(
            _lt(
                'The request to "%(call)s" can\'t be sent. Check the settings of the '
                "connection.",
                call=call,
            )
        ) from None
    except requests.exceptions.RequestException as error:
        raise LoketUnavailable(
            _lt(
                'Loket did not answer while trying to "%(call)s" (%(kind)s). Try again '
                "later.",
                call=call,
                kind=type(error).__name__,
            )
        ) from None


def _check_whole(response: requests.Response) -> None:
    """Refuse half a body: requests itself does so with urllib3 2 only."""
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and response.raw.tell() < int(length):
        raise requests.exceptions.ConnectionError


def json_object(call: str, response: requests.Response) -> dict:
    """The body as an object, numbers exact; LoketBadReply when it is not one."""
    try:
        body = response.json(parse_float=Decimal)
    except ValueError:
        raise LoketBadReply(call, _lt("the body"), _lt("is not JSON")) from None
    if not isinstance(body, dict):
        raise LoketBadReply(call, _lt("the body"), _lt("is not an object"))
    return body


class BearerAuth(requests.auth.AuthBase):
    """Sets the header itself, so that a netrc file can't replace it."""

    def __init__(self, access_token: str):
        self._access_token = access_token

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self._access_token}"
        return request
