# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls of Loket's REST API: the right token, retries, plain errors."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from ...words import _lt
from ..address import checked_url
from ..ahead import AT_ONCE, Ahead
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    link_refused,
    unexpected_status,
)
from ..http import (
    MAX_REPLY,
    TOO_MANY_REQUESTS,
    BearerAuth,
    Patience,
    Reply,
    check_not_busy,
    once,
    patiently,
    send,
)
from ..paging import Page, all_rows
from ..wire import Deadline, Session
from .endpoints import Endpoint
from .oauth import AccessToken
from .packed import Depot, PackedList
from .reading import Cut, JsonObject, Reader, cut_object, json_object

_logger = logging.getLogger(__name__)

#: Parameters of a request.
Params = dict[str, str | int]

Row = TypeVar("Row")

#: Where a list has its rows.
_ROWS = "_embedded"


#: The most that a PDF may be: a payslip is a page or three.
MAX_PDF = 5 << 20
_PDF = "application/pdf"
#: What PDFs begin with.
_PDF_MARK = b"%PDF-"
_OK = (200,)
#: What says yes to something that was sent, or tells what is wrong with it.
_SENT = (200, 201, 202, 204, 400)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Request:
    """One request, but for its token."""

    endpoint: Endpoint
    url: str = field(repr=False)
    method: str = "GET"
    params: Params = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    accept: str
    max_size: int = MAX_REPLY
    answers: Container[int] = _OK
    """The statuses that are an answer, not trouble."""
    may_repeat: bool = True
    """Whether the same again changes nothing more in Loket."""

    def headers(self) -> dict[str, str]:
        """What is asked for, and what is sent."""
        sent = {"Content-Type": "application/json"} if self.body is not None else {}
        return {"Accept": self.accept, **sent}


#: A page: where it may have been asked for ahead, and its number.
_Turn = tuple[Ahead, int]


class Transport:
    """Reads records, whole lists and PDFs, and sends what is to be stored.

    :param token: what the calls are let in with
    :param local: whether the address may be one of this machine
    :param sleep: waits a number of seconds
    :raise LoketMisconfigured: ``api_url`` can't be an address of the API
    """

    def __init__(
        self,
        api_url: str,
        *,
        token: AccessToken,
        local: bool = False,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._api_url = checked_url(api_url, _lt("API address"), local=local)
        self._token = token
        self._patience = patience or Patience()
        self._sleep = sleep
        self._session = Session()
        self._spare: list[Session] = []
        self._one_at_a_time = False
        """Whether Loket said that it is asked too much."""
        self._heard: hashlib._Hash | None = None
        """Digests what is read, while somebody listens."""

    @contextmanager
    def listening(self) -> Iterator["hashlib._Hash"]:
        """A digest of all that is read in this context, as Loket wrote it.

        Of what was asked for, too: an answer to another question is another one.
        """
        self._heard = hashlib.sha256()
        try:
            yield self._heard
        finally:
            self._heard = None

    def detail(self, endpoint: Endpoint, **refs: str | int) -> JsonObject:
        """The ``content`` of one record.

        :param refs: what stands in the path, by its name there
        :raise LoketBadReply: the reply holds no record
        """
        content = self._body(self._read_request(endpoint, refs, {})).get("content")
        if not isinstance(content, dict):
            raise LoketBadReply(endpoint.title, "content")
        return content

    def rows(
        self,
        endpoint: Endpoint,
        day: date | None = None,
        *,
        params: Mapping[str, str | int] | None = None,
        as_row: Callable[[JsonObject], Any] = lambda row: row,
        row_key: Callable[[Any], str | None] | None = None,
        **refs: str | int,
    ) -> list[Any]:
        """All rows of a list, each once: see ``paging``.

        :param day: of an "actual" list, the day that it tells of; None: today
        :param params: what stands behind the path
        :param as_row: what is made of each row as it comes; raises nothing
        :param row_key: what tells them apart; None: the endpoint's field
        :param refs: what stands in the path, by its name there
        """

        def page(request: _Request, turn: _Turn) -> Page[Any]:
            found = self._page_of(endpoint, self._body(request, turn))
            return _with_rows(found, [as_row(row) for row in found.rows])

        return self._all_rows(
            endpoint,
            _asked(day) | dict(params or {}),
            refs,
            page,
            row_key or partial(_key_of, endpoint),
        )

    def packed(
        self,
        endpoint: Endpoint,
        depot: Depot,
        day: date | None = None,
        *,
        note: Callable[[JsonObject], Any] = lambda _row: None,
        mark: Callable[[JsonObject], Any] = lambda _row: None,
        only: Collection[str] | None = None,
        **refs: str | int,
    ) -> PackedList:
        """The same as ``rows``, of a list that holds everybody: see ``packed``.

        :param note: what has to be known of a row at once; None: nothing
        :param mark: what may be asked of a row later, without unpacking it
        :param only: the keys of the rows that are kept; None: all are
        """
        found = PackedList(depot)

        def page(request: _Request, turn: _Turn) -> Page[str | None]:
            reply = self._reply(request, turn)
            body, cut = cut_object(endpoint.title, reply, _ROWS)
            _tell_obsolete(endpoint, body)
            page = self._page_of(endpoint, body)
            keys = [_key_of(endpoint, row) for row in page.rows]
            if turn[1] == 1:
                found.clear()  # the list may be read anew
            rows, cut, wanted = _only(only, page.rows, cut, keys)
            found.add(rows, cut, wanted, map(mark, rows))
            notes = map(note, rows)
            found.notes.extend(one for one in notes if one is not None)
            return _with_rows(page, keys)

        self._all_rows(endpoint, _asked(day), refs, page, lambda key: key)
        return found

    def _all_rows(
        self,
        endpoint: Endpoint,
        asked: Params,
        refs: dict[str, str | int],
        read_page: Callable[[_Request, _Turn], Page[Row]],
        row_key: Callable[[Row], str | None],
    ) -> list[Row]:
        def request(number: int) -> _Request:
            # the first page has no number: some lists don't document paging
            page: Params = {"pageNumber": number} if number > 1 else {}
            return self._read_request(endpoint, refs, asked | page)

        with Ahead(self._spare) as ahead:
            return all_rows(
                endpoint.title,
                lambda number: read_page(request(number), (ahead, number)),
                row_key=row_key,
                rows_field=_ROWS,
                prepare=lambda numbers: self._ask_ahead(ahead, numbers, request),
            )

    def patch(self, endpoint: Endpoint, body: bytes, **refs: str | int) -> Reply:
        """Send what may be sent again: it is, while Loket is away.

        :param body: JSON
        :param refs: what stands in the path, by its name there
        :return: the answer, also where Loket says that something is wrong (400)
        """
        return self._send(endpoint, "PATCH", body, refs, may_repeat=True)

    def post(self, endpoint: Endpoint, body: Any, **refs: str | int) -> Reply:
        """Send what must not be sent again, but where the token was refused.

        :param body: as ``json`` takes it
        :param refs: what stands in the path, by its name there
        :return: the answer, also where Loket says that something is wrong (400)
        """
        sent = json.dumps(body).encode()
        return self._send(endpoint, "POST", sent, refs, may_repeat=False)

    def pdf(self, endpoint: Endpoint, **refs: str | int) -> bytes:
        """A PDF, whole.

        :param refs: what stands in the path, by its name there
        :raise LoketBadReply: it is none, or larger than ``MAX_PDF``
        """
        request = _Request(
            endpoint=endpoint,
            url=self._url(endpoint, refs),
            accept=_PDF,
            max_size=MAX_PDF,
        )
        content = self._answer(request).content
        if not content.startswith(_PDF_MARK):
            raise LoketBadReply(endpoint.title, _lt("the body"), _lt("is not a PDF"))
        return content

    def _page_of(self, endpoint: Endpoint, body: JsonObject) -> Page[JsonObject]:
        size, pages, current = (
            _count(endpoint, body, name)
            for name in ("totalSize", "totalPages", "currentPage")
        )
        rows = body.get(_ROWS)
        if not isinstance(rows, list):
            raise LoketBadReply(endpoint.title, _ROWS)
        if not all(isinstance(row, dict) for row in rows):
            raise LoketBadReply(endpoint.title, f"{_ROWS}[]", _lt("is not an object"))
        return Page(rows=rows, total_size=size, total_pages=pages, current_page=current)

    def _ask_ahead(
        self,
        ahead: Ahead,
        numbers: Sequence[int],
        request: Callable[[int], _Request],
    ) -> None:
        """Have the next pages under way; after a 429 none but the one in turn.

        :param numbers: of all pages that are left
        :param request: what is asked for a page
        """
        next_pages = numbers[:AT_ONCE]
        token = self._token.current() if next_pages else ""
        ahead.keep(next_pages, token)
        for number in next_pages:
            if self._one_at_a_time:
                return
            ahead.begin(number, token, partial(self._sent, request(number), token))

    def _read_request(
        self, endpoint: Endpoint, refs: dict[str, str | int], params: Params
    ) -> _Request:
        return _Request(
            endpoint=endpoint,
            url=self._url(endpoint, refs),
            params=params,
            accept=_json_of(endpoint),
        )

    def _body(self, request: _Request, turn: _Turn | None = None) -> JsonObject:
        endpoint = request.endpoint
        body = json_object(endpoint.title, self._reply(request, turn))
        _tell_obsolete(endpoint, body)
        return body

    def _reply(self, request: _Request, turn: _Turn | None) -> Reply:
        """The answer, which is listened to."""
        reply = self._answer(request, turn)
        if self._heard:
            asked = json.dumps([request.url, request.params, len(reply.content)])
            self._heard.update(asked.encode())
            self._heard.update(reply.content)
        return reply

    def _url(self, endpoint: Endpoint, refs: dict[str, str | int]) -> str:
        base = self._api_url
        if endpoint.at_root:
            parts = urlsplit(base)
            base = f"{parts.scheme}://{parts.netloc}"
        if any(str(ref).strip(".") == "" for ref in refs.values()):  # is no reference
            raise _refusal(endpoint, 404)
        quoted = {name: quote(str(ref), safe="") for name, ref in refs.items()}
        return base + endpoint.path.format(**quoted)

    def _send(
        self,
        endpoint: Endpoint,
        method: str,
        body: bytes,
        refs: dict[str, str | int],
        may_repeat: bool,
    ) -> Reply:
        return self._answer(
            _Request(
                endpoint=endpoint,
                url=self._url(endpoint, refs),
                method=method,
                body=body,
                accept=_json_of(endpoint),
                answers=_SENT,
                may_repeat=may_repeat,
            )
        )

    def _answer(self, request: _Request, turn: _Turn | None = None) -> Reply:
        """The answer, unless it is trouble: a refused token is renewed once.

        Loket does nothing of what comes with a token that it refuses.

        :param turn: of a page, which may have been asked for ahead
        :raise LoketUnavailable: also where something that was sent is refused now, and
            an earlier try of it, whose answer was lost, may have been carried out
        """
        lost: list[LoketUnavailable] = []
        try:
            return self._whole_answer(request, lost, turn)
        except (LoketRefused, LoketMisconfigured) as error:
            if not lost or request.body is None:
                raise
            reason = error.message
        raise LoketUnavailable(reason)

    def _whole_answer(
        self, request: _Request, lost: list[LoketUnavailable], turn: _Turn | None
    ) -> Reply:
        token = self._token.current()
        came, took = (turn and turn[0].take(turn[1], token)) or (None, 0.0)
        # What the try that was made ahead took is of the time of the call.
        deadline = self._patience.deadline(took)
        response = self._patient_answer(request, token, deadline, lost, came)
        if response.status_code == 401:
            token = self._token.renewed()
            response = self._patient_answer(request, token, deadline, lost)
        if response.status_code not in request.answers:
            raise _refusal(request.endpoint, response.status_code)
        return response

    def _patient_answer(
        self,
        request: _Request,
        token: str,
        deadline: Deadline,
        lost: list[LoketUnavailable],
        came: Reply | Exception | None = None,
    ) -> Reply:
        """Whatever answer comes, but the one that says: later.

        :param lost: gets the tries whose answer did not come
        :param came: what came of the first try, where that was made ahead
        """
        title = request.endpoint.title
        tries = [came] if came is not None else []

        def ask() -> Reply:
            try:
                if tries:
                    first = tries.pop()
                    if isinstance(first, Exception):
                        raise first
                    response = first
                else:
                    response = self._sent(request, token, self._session, deadline)
                check_not_busy(title, response)
            except LoketUnavailable as error:
                lost.append(error)
                raise
            return response

        if not request.may_repeat:
            return once(ask)
        return patiently(title, ask, self._patience, self._sleep, deadline)

    def _sent(
        self,
        request: _Request,
        token: str,
        session: Session,
        deadline: Deadline | None = None,
    ) -> Reply:
        """One try; in any thread. See ``send``."""
        response = send(
            session,
            request.endpoint.title,
            self._patience,
            request.method,
            request.url,
            deadline=deadline,
            max_size=request.max_size,
            params=request.params,
            data=request.body,
            auth=BearerAuth(token),
            headers=request.headers(),
        )
        if response.status_code == TOO_MANY_REQUESTS:
            self._one_at_a_time = True
        return response


def _asked(day: date | None) -> Params:
    return {"referenceDate": day.isoformat()} if day else {}


def _key_of(endpoint: Endpoint, row: JsonObject) -> str | None:
    """What tells a row of a list apart; None: nothing does."""
    try:
        return Reader(endpoint.title, row).ref(endpoint.key)
    except LoketBadReply:
        return None


def _only(
    wanted: Collection[str] | None,
    rows: list[JsonObject],
    cut: Cut | None,
    keys: list[str | None],
) -> tuple[list[JsonObject], Cut | None, list[str | None]]:
    """The rows of a page with these keys, where they are, and their keys."""
    if wanted is None:
        return rows, cut, keys
    kept = [index for index, key in enumerate(keys) if key in wanted]
    return (
        [rows[index] for index in kept],
        cut and Cut(cut.text, [cut.spans[index] for index in kept]),
        [keys[index] for index in kept],
    )


def _with_rows(page: Page[Any], rows: list[Row]) -> Page[Row]:
    """A page with what its rows became."""
    return replace(page, rows=rows)


def _tell_obsolete(endpoint: Endpoint, body: JsonObject) -> None:
    version = body.get("version")
    if isinstance(version, dict) and version.get("obsoleteDate"):
        _logger.warning(
            "Loket: version %s of %s becomes obsolete",
            endpoint.version,
            endpoint.operation,
        )


def _json_of(endpoint: Endpoint) -> str:
    """The Accept header of an endpoint."""
    return f"application/json;version={endpoint.version}"


def _count(endpoint: Endpoint, body: JsonObject, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise LoketBadReply(endpoint.title, name)
    return value


def _refusal(endpoint: Endpoint, status: int) -> LoketError:
    """What a status means that is neither success nor: later."""
    if status == 401:
        return link_refused(endpoint.title)
    if status == 403:
        return LoketRefused(
            _lt(
                'The Loket user may not "%(purpose)s": activity %(operation)s is '
                "missing. Give the user this right in Loket.",
                purpose=endpoint.purpose,
                operation=endpoint.operation,
            ),
            activity=endpoint.operation,
        )
    if status == 404:
        return LoketMisconfigured(
            _lt(
                "Loket does not know what was asked for, while trying to "
                '"%(call)s". Check the API address, and choose the employer and the '
                "administration again.",
                call=endpoint.title,
            )
        )
    return unexpected_status(endpoint.title, status)
