# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP with Loket, whatever the protocol: addresses, time-outs, patience, plain errors.

Nothing of a request or a reply but the name of the call ever gets into a log or an
error: addresses hold identifiers, replies hold people.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from ..words import _lt
from .errors import LoketError, LoketMisconfigured, LoketUnavailable

_logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_LOCAL = {"localhost", "127.0.0.1", "::1"}
_TOO_MANY_REQUESTS = 429


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
        """The time-outs of one request, as ``requests`` wants them."""
        return (self.connect, self.read)

    def before_retry(self, attempt: int, retry_after: float | None) -> float | None:
        """How long to wait before asking again.

        :param attempt: the one that failed, counted from 1
        :param retry_after: the seconds that Loket asks for, if it does
        :return: the pause in seconds; None: give up
        """
        if attempt >= self.attempts:
            return None
        asked = retry_after or 0
        if asked > self.longest_pause:
            return None
        pause = min(self.pause * 2.0 ** (attempt - 1), self.longest_pause)
        return max(pause * (1 + random.random() / 2), asked)


def patiently(
    call: str,
    action: Callable[[], Result],
    patience: Patience,
    sleep: Callable[[float], None],
) -> Result:
    """Do what changes nothing in Loket; after a pause again, while Loket is away.

    :param call: the action in words, for the log
    :param sleep: waits a number of seconds
    :return: what ``action`` returns
    :raise LoketError: the last one that ``action`` raised
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return once(action)
        except LoketUnavailable as error:
            pause = patience.before_retry(attempt, error.retry_after)
            if pause is None:
                raise
        _logger.info("Loket: %s: retry in %.1f s", call, pause)
        sleep(pause)


def once(action: Callable[[], Result]) -> Result:
    """Do ``action``, with an error that leads to nothing of what it did.

    The frames and causes behind an error hold requests: tokens, keys, passwords. Who
    shows or reports the error must not get at them.

    :return: what ``action`` returns
    :raise LoketError: the one that ``action`` raised, bare
    """
    try:
        return action()
    except LoketError as error:
        error.__cause__ = error.__context__ = None
        raise error.with_traceback(None) from None


def checked_url(url: str | None, label: str) -> str:
    """An address that secrets may be sent to: https, or http to this machine.

    :param label: what the address is called on the form of the connection
    :return: ``url`` without closing slash
    :raise LoketMisconfigured: it is another address, or none
    """
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


def send(
    session: requests.Session,
    call: str,
    patience: Patience,
    method: str,
    url: str,
    **options: Any,
) -> requests.Response:
    """One HTTP request, without retries and without redirects.

    :param call: the request in words
    :param options: further arguments of ``requests.Session.request``
    :return: the whole answer, whatever its status
    :raise LoketUnavailable: no whole answer came
    :raise LoketMisconfigured: none can come from this address
    """
    try:
        response = session.request(
            method, url, timeout=patience.timeout, allow_redirects=False, **options
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


def is_busy(response: requests.Response) -> bool:
    """Whether the status says: later."""
    return response.status_code >= 500 or response.status_code == _TOO_MANY_REQUESTS


def check_not_busy(call: str, response: requests.Response) -> None:
    """Leave alone every answer but the one that says: later.

    :param call: the request in words
    :raise LoketUnavailable: with the pause that Loket asks for
    """
    if is_busy(response):
        raise LoketUnavailable(
            _lt(
                'Loket answered with error %(status)s to "%(call)s". Try again later.',
                status=response.status_code,
                call=call,
            ),
            retry_after=seconds(response.headers.get("Retry-After")),
        )


def seconds(text: str | None) -> float | None:
    """The pause that Loket asks for; None for a date, where our own pause will do."""
    try:
        return float(text or "")
    except ValueError:
        return None


def no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """For credentials in the body: keeps a netrc file from adding others."""
    return request


class BearerAuth(requests.auth.AuthBase):
    """Sets the header itself, so that a netrc file can't replace it."""

    def __init__(self, access_token: str):
        self._access_token = access_token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._access_token}"
        return request
