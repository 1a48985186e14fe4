# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP with Loket, whatever the protocol: addresses, time-outs, patience, plain errors.

Nothing of a request or a reply but the name of the call ever gets into a log or an
error: addresses hold identifiers, replies hold people.
"""

import http.client
import logging
import math
import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import requests
import urllib3

from ..words import _lt
from .errors import LoketBadReply, LoketError, LoketMisconfigured, LoketUnavailable
from .wire import Deadline, NotPublic, Session

_logger = logging.getLogger(__name__)

Result = TypeVar("Result")

#: The status that says: you ask too much.
TOO_MANY_REQUESTS = 429
_MEGABYTE = 1 << 20
#: The most that a reply may be, unpacked.
MAX_REPLY = 16 * _MEGABYTE
#: The most that a log-in or a service description may be.
MAX_SMALL_REPLY = 2 * _MEGABYTE
#: How much of a reply is read at once.
_PIECE = 1 << 16
#: What breaks while a body is read.
_BROKEN = (
    requests.exceptions.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
    AttributeError,  # http.client, when a socket is closed under it
)


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
    total: float = 90
    """What a call may take, with all its attempts and pauses."""

    def deadline(self, spent: float = 0) -> Deadline:
        """The end of a call that begins now.

        :param spent: the seconds that it took already
        """
        return Deadline(self.total - spent)

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
    deadline: Deadline | None = None,
) -> Result:
    """Do what changes nothing in Loket; after a pause again, while Loket is away.

    :param call: the action in words, for the log
    :param sleep: waits a number of seconds
    :param deadline: when to stop asking; None: as long as patience lasts
    :return: what ``action`` returns
    :raise LoketError: the last one that ``action`` raised
    """
    deadline = deadline or patience.deadline()
    attempt = 0
    while True:
        attempt += 1
        try:
            return once(action)
        except LoketUnavailable as error:
            pause = patience.before_retry(attempt, error.retry_after)
            if pause is None or pause >= deadline.left:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A whole answer. Its fields are named as ``requests`` does, for zeep reads it."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


def send(
    session: Session,
    call: str,
    patience: Patience,
    method: str,
    url: str,
    *,
    deadline: Deadline | None = None,
    max_size: int = MAX_REPLY,
    **options: Any,
) -> Reply:
    """One HTTP request, without retries and without redirects.

    What goes wrong on the way is told in one sentence, whatever it was: nobody is to
    learn from it what listens where.

    :param call: the request in words
    :param deadline: of the call; None: it begins now
    :param max_size: how many bytes the body may have, unpacked
    :param options: further arguments of ``requests.Session.request``
    :return: the whole answer, whatever its status
    :raise LoketUnavailable: no whole answer came
    :raise LoketMisconfigured: none can come from this address
    :raise LoketBadReply: the answer is too large, or packed in a way nobody asked for
    """
    deadline = deadline or patience.deadline()
    try:
        with session.until(deadline):
            return _exchanged(session, call, patience, method, url, max_size, options)
    except NotPublic:
        raise LoketMisconfigured(
            _lt(
                'The address that would be asked to "%(call)s" does not lead to the '
                "internet. Only under Other addresses it may lead to this machine, as "
                "localhost. Check the addresses of the connection.",
                call=call,
            )
        ) from None
    except requests.exceptions.SSLError as error:
        if "certificate" not in str(error).lower():
            raise _no_answer(call) from None
        raise LoketMisconfigured(
            _lt(
                "The certificate of the server is not trusted, while trying to "
                '"%(call)s". Check the addresses of the connection.',
                call=call,
            )
        ) from None
    except (
        requests.exceptions.RequestException,
        urllib3.exceptions.HTTPError,
        OSError,
    ) as error:
        # What can't be sent is both, and may quote the token.
        if isinstance(error, ValueError):
            raise _not_sendable(call) from None
        raise _no_answer(call) from None
    except ValueError:
        raise _not_sendable(call) from None


def _exchanged(
    session: Session,
    call: str,
    patience: Patience,
    method: str,
    url: str,
    max_size: int,
    options: Mapping[str, Any],
) -> Reply:
    with session.request(
        method,
        url,
        timeout=(patience.connect, patience.read),
        allow_redirects=False,
        stream=True,
        **options,
    ) as response:
        return Reply(
            status_code=response.status_code,
            headers=response.headers,
            content=b"".join(_unpacked(call, response, max_size)),
        )


def _unpacked(call: str, response: requests.Response, max_size: int) -> Iterator[bytes]:
    """The body in pieces. A small one may unpack to any size, so it is not let.

    :raise LoketBadReply: it is too large, or can't be unpacked
    :raise requests.exceptions.ConnectionError: it is not whole
    """
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise _bad_body(call, _lt("is packed in a way that was not asked for"))
    gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in packing else None
    size = 0
    for piece in _received(call, response, max_size):
        try:
            # One byte more than there may be tells that there is too much.
            part = gzip.decompress(piece, max_size - size + 1) if gzip else piece
        except zlib.error:
            raise _bad_body(call, _lt("can't be unpacked")) from None
        size += len(part)
        if size > max_size:
            raise _too_large(call, max_size)
        yield part
    if gzip and size and not gzip.eof:
        raise requests.exceptions.ConnectionError
    if gzip and gzip.unused_data:
        raise _bad_body(call, _lt("can't be unpacked"))


def _received(call: str, response: requests.Response, max_size: int) -> Iterator[bytes]:
    """The body in pieces, as it comes over the line.

    :raise LoketBadReply: it is too large
    :raise requests.exceptions.ConnectionError: it is not whole
    """
    size = 0
    while True:
        try:
            piece = response.raw.read(_PIECE, decode_content=False)
        except _BROKEN:
            raise requests.exceptions.ConnectionError from None
        if not piece:
            break
        size += len(piece)
        if size > max_size:
            raise _too_large(call, max_size)
        yield piece
    # Half a body: urllib3 itself sees it from its version 2 on only.
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and size < int(length[:20]):
        raise requests.exceptions.ConnectionError


def _too_large(call: str, max_size: int) -> LoketBadReply:
    return _bad_body(
        call, _lt("is larger than %(size)s MB", size=max_size // _MEGABYTE)
    )


def _bad_body(call: str, detail: str) -> LoketBadReply:
    return LoketBadReply(call, _lt("the body"), detail)


def _no_answer(call: str) -> LoketUnavailable:
    return LoketUnavailable(
        _lt(
            'Loket did not answer while trying to "%(call)s". Try again later; if it '
            "stays, check the addresses of the connection.",
            call=call,
        )
    )


def _not_sendable(call: str) -> LoketMisconfigured:
    return LoketMisconfigured(
        _lt(
            'The request to "%(call)s" can\'t be sent. Check the settings of the '
            "connection.",
            call=call,
        )
    )


def is_busy(response: Reply) -> bool:
    """Whether the status says: later."""
    return response.status_code >= 500 or response.status_code == TOO_MANY_REQUESTS


def check_not_busy(call: str, response: Reply) -> None:
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
        pause = float(text or "")
    except ValueError:
        return None
    return pause if math.isfinite(pause) else None


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
