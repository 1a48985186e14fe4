# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists and records of Loket's REST API: retries of reads, pages, plain errors."""

import logging
import time
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import requests

from ...words import _lt
from ..errors import LoketBadReply, LoketMisconfigured, LoketRefused, LoketUnavailable
from ..http import BearerAuth, Patience, checked_url, json_object, send
from .endpoints import Endpoint

_logger = logging.getLogger(__name__)

_BUSY = 429


class Transport:
    """Reads details and whole lists of the REST API.

    ``token()`` gives the access token; ``renewed()`` gives one in place of the last,
    which Loket refused.
    """

    def __init__(
        self,
        api_url: str,
        *,
        token: Callable[[], str],
        renewed: Callable[[], str],
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._api_url = checked_url(api_url, _lt("API address"))
        self._token = token
        self._renewed = renewed
        self._patience = patience or Patience()
        self._sleep = sleep
        self._session = requests.Session()

    def detail(self, endpoint: Endpoint, *, at_root: bool = False, **refs) -> dict:
        """The ``content`` of one record.

        ``at_root``: the path starts at the host, not at the API's version.
        """
        body = self._read(endpoint, None, at_root, refs)
        content = body.get("content")
        if not isinstance(content, dict):
            raise LoketBadReply(endpoint.title, "content")
        return content

    def rows(self, endpoint: Endpoint, **refs) -> list[dict]:
        """All rows of a list, each once.

        A list may change while its pages are read. So when the rows don't add up to
        the size that Loket gives, the list is read once more, from the start; then
        LoketBadReply.
        """
        try:
            return self._all_pages(endpoint, refs)
        except _PagesDontAddUp:
            _logger.info("Loket: %s: pages don't add up", endpoint.operation)
        try:
            return self._all_pages(endpoint, refs)
        except _PagesDontAddUp as error:
            raise LoketBadReply(endpoint.title, *error.args) from None

    def _all_pages(self, endpoint: Endpoint, refs: dict) -> list[dict]:
        rows: dict = {}
        page, pages = 0, 1
        while page < pages:
            page += 1
            body = self._read(endpoint, page, False, refs)
            size, pages = self._check_page(endpoint, body, page)
            for row in body["_embedded"]:
                rows[_row_key(endpoint, row, len(rows))] = row
        if len(rows) != size:
            raise _PagesDontAddUp(
                "totalSize",
                _lt(
                    "says %(size)s rows, the pages hold %(found)s",
                    size=size,
                    found=len(rows),
                ),
            )
        return list(rows.values())

    def _check_page(self, endpoint: Endpoint, body: dict, page: int) -> tuple[int, int]:
        """Size and number of pages of the list, as the page tells them."""
        size, pages, current = (
            self._number(endpoint, body, name)
            for name in ("totalSize", "totalPages", "currentPage")
        )
        found = body.get("_embedded")
        if not isinstance(found, list):
            raise LoketBadReply(endpoint.title, "_embedded")
        if current != page and (size or current > 1):
            raise _PagesDontAddUp(
                "currentPage",
                _lt("is %(found)s instead of %(page)s", found=current, page=page),
            )
        if pages > max(size, 1):
            raise _PagesDontAddUp(
                "totalPages",
                _lt("is %(pages)s for %(size)s rows", pages=pages, size=size),
            )
        if page < pages and not found:
            raise _PagesDontAddUp(
                "_embedded",
                _lt("is empty on page %(page)s of %(pages)s", page=page, pages=pages),
            )
        return size, pages

    @staticmethod
    def _number(endpoint: Endpoint, body: dict, name: str) -> int:
        value = body.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise LoketBadReply(endpoint.title, name)
        return value

    def _read(self, endpoint: Endpoint, page, at_root: bool, refs: dict) -> dict:
        base = self._api_url
        if at_root:
            base = "{0.scheme}://{0.netloc}".format(urlsplit(base))
        places = {name: quote(str(ref), safe="") for name, ref in refs.items()}
        response = self._answer(
            endpoint,
            base + endpoint.path.format(**places),
            # the first page has no number: some lists don't document paging
            {"pageNumber": page} if page and page > 1 else None,
        )
        body = json_object(endpoint.title, response)
        version = body.get("version")
        if isinstance(version, dict) and version.get("obsoleteDate"):
            _logger.warning(
                "Loket: version %s of %s becomes obsolete",
                endpoint.version,
                endpoint.operation,
            )
        return body

    def _answer(self, endpoint: Endpoint, url: str, params) -> requests.Response:
        """The successful answer: a refused token is renewed once."""
        token = self._token()
        response = self._patient_get(endpoint, url, params, token)
        if response.status_code == 401:
            token = self._renewed()
            response = self._patient_get(endpoint, url, params, token)
        if response.status_code != 200:
            raise _refusal(endpoint, response.status_code)
        return response

    def _patient_get(self, endpoint: Endpoint, url, params, token: str):
        attempt = 0
        while True:
            attempt += 1
            retry_after = None
            try:
                response = send(
                    self._session,
                    endpoint.title,
                    self._patience,
                    "GET",
                    url,
                    params=params,
                    auth=BearerAuth(token),
                    headers={"Accept": f"application/json;version={endpoint.version}"},
                )
                if response.status_code < 500 and response.status_code != _BUSY:
                    return response
                retry_after = response.headers.get("Retry-After")
                trouble = LoketUnavailable(
                    _lt(
                        'Loket answered with error %(status)s to "%(call)s". Try again '
                        "later.",
                        status=response.status_code,
                        call=endpoint.title,
                    )
                )
            except LoketUnavailable as error:
                trouble = error
            pause = self._patience.before_retry(attempt, retry_after)
            if pause is None:
                raise trouble
            _logger.info("Loket: %s: retry in %.1f s", endpoint.operation, pause)
            self._sleep(pause)


def _row_key(endpoint: Endpoint, row, position: int) -> str:
    """What makes a row unique; a row without it stays, for its reader to refuse."""
    if not isinstance(row, dict):
        raise LoketBadReply(endpoint.title, "_embedded[]", _lt("is not an object"))
    key = row.get(endpoint.key)
    return str(key).lower() if key else f"#{position}"


class _PagesDontAddUp(Exception):
    """Arguments: the field, and what is wrong with it."""


def _refusal(endpoint: Endpoint, status: int) -> Exception:
    if status == 401:
        return LoketRefused(
            _lt(
                "Loket does not accept the link any more, while trying to "
                '"%(call)s". Connect to Loket again.',
                call=endpoint.title,
            )
        )
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
    return LoketBadReply(
        endpoint.title, _lt("status %(status)s", status=status), _lt("is not expected")
    )
