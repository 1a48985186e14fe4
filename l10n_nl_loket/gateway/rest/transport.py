# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists and records of Loket's REST API: the right token, retries, plain errors."""

import logging
import time
from collections.abc import Callable
from datetime import date
from urllib.parse import quote, urlsplit

from ...words import _lt
from ..address import checked_url
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    link_refused,
    unexpected_status,
)
from ..http import BearerAuth, Patience, Reply, check_not_busy, patiently, send
from ..paging import Page, all_rows
from ..wire import Deadline, Session
from .endpoints import Endpoint
from .oauth import AccessToken
from .reading import JsonObject, Reader, json_object

_logger = logging.getLogger(__name__)

#: Parameters of a request.
Params = dict[str, str | int]

#: Where a list has its rows.
_ROWS = "_embedded"


class Transport:
    """Reads single records and whole lists.

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

    def detail(self, endpoint: Endpoint, **refs: str | int) -> JsonObject:
        """The ``content`` of one record.

        :param refs: what stands in the path, by its name there
        :raise LoketBadReply: the reply holds no record
        """
        content = self._body(endpoint, refs, {}).get("content")
        if not isinstance(content, dict):
            raise LoketBadReply(endpoint.title, "content")
        return content

    def rows(
        self, endpoint: Endpoint, day: date | None = None, **refs: str | int
    ) -> list[JsonObject]:
        """All rows of a list, each once: see ``paging``.

        :param day: of an "actual" list, the day that it tells of; None: today
        :param refs: what stands in the path, by its name there
        """
        params: Params = {"referenceDate": day.isoformat()} if day else {}

        def row_key(row: JsonObject) -> str | None:
            try:
                return Reader(endpoint.title, row).ref(endpoint.key)
            except LoketBadReply:
                return None

        return all_rows(
            endpoint.title,
            lambda number: self._page(endpoint, refs, params, number),
            row_key=row_key,
            rows_field=_ROWS,
        )

    def _page(
        self,
        endpoint: Endpoint,
        refs: dict[str, str | int],
        params: Params,
        number: int,
    ) -> Page[JsonObject]:
        # the first page has no number: some lists don't document paging
        page: Params = {"pageNumber": number} if number > 1 else {}
        body = self._body(endpoint, refs, params | page)
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

    def _body(
        self,
        endpoint: Endpoint,
        refs: dict[str, str | int],
        params: Params,
    ) -> JsonObject:
        response = self._answer(endpoint, self._url(endpoint, refs), params)
        body = json_object(endpoint.title, response)
        version = body.get("version")
        if isinstance(version, dict) and version.get("obsoleteDate"):
            _logger.warning(
                "Loket: version %s of %s becomes obsolete",
                endpoint.version,
                endpoint.operation,
            )
        return body

    def _url(self, endpoint: Endpoint, refs: dict[str, str | int]) -> str:
        base = self._api_url
        if endpoint.at_root:
            parts = urlsplit(base)
            base = f"{parts.scheme}://{parts.netloc}"
        if any(str(ref).strip(".") == "" for ref in refs.values()):  # is no reference
            raise _refusal(endpoint, 404)
        quoted = {name: quote(str(ref), safe="") for name, ref in refs.items()}
        return base + endpoint.path.format(**quoted)

    def _answer(self, endpoint: Endpoint, url: str, params: Params) -> Reply:
        """The successful answer: a refused token is renewed once."""

        def get(token: str) -> Reply:
            return self._patient_get(endpoint, url, params, token, deadline)

        token = self._token.current()
        deadline = self._patience.deadline()
        response = get(token)
        if response.status_code == 401:
            response = get(self._token.renewed())
        if response.status_code != 200:
            raise _refusal(endpoint, response.status_code)
        return response

    def _patient_get(
        self,
        endpoint: Endpoint,
        url: str,
        params: Params,
        token: str,
        deadline: Deadline,
    ) -> Reply:
        """Whatever answer comes, but the one that says: later."""

        def get() -> Reply:
            response = send(
                self._session,
                endpoint.title,
                self._patience,
                "GET",
                url,
                deadline=deadline,
                params=params,
                auth=BearerAuth(token),
                headers={"Accept": f"application/json;version={endpoint.version}"},
            )
            check_not_busy(endpoint.title, response)
            return response

        return patiently(endpoint.title, get, self._patience, self._sleep, deadline)


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
