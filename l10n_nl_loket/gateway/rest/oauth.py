# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""OAuth 2.0 with Loket: the authorization code, the refresh token, the access token.

Token requests are never retried: a code works once, and a refresh token may rotate,
so a second request could burn the link.
"""

import base64
import hashlib
import math
import re
import time
from collections.abc import Callable
from typing import TypeGuard
from urllib.parse import urlencode

from ...words import _lt
from ..address import checked_url
from ..errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    unexpected_status,
)
from ..http import MAX_SMALL_REPLY, Patience, Reply, is_busy, no_auth, send
from ..port import TokenStore
from ..records import TokenSet
from ..wire import Session
from .reading import JsonObject, json_object

_CALL = _lt("get an access token")
#: Seconds, by Loket's documentation; used where a reply does not tell.
_LIFETIME = 3599
#: Seconds before its end that a token is renewed.
_MARGIN = 60
#: Longer than any token lives, in seconds: a year.
_LONGEST_LIFETIME = 366 * 24 * 3600
#: What goes into a header and a form as it is (RFC 6749, appendix A).
_TOKEN = re.compile("[\x20-\x7e]{1,16384}")


def authorize_url(
    oauth_url: str,
    client_id: str,
    redirect_uri: str,
    state: str,
    *,
    verifier: str = "",
    local: bool = False,
) -> str:
    """Where to send the browser, for somebody to give consent.

    :param redirect_uri: where the browser comes back to, with a code and ``state``
    :param verifier: a secret that the code is bound to (RFC 7636); only its hash is
        in the address
    :param local: whether the address may be one of this machine
    :raise LoketMisconfigured: no client id, or no address
    """
    fields = {
        "client_id": _given(client_id, _lt("client id")),
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "all",
        "state": state,
    }
    if verifier:
        fields["code_challenge"] = _challenge(verifier)
        fields["code_challenge_method"] = "S256"
    return f"{_checked(oauth_url, local)}/authorize?{urlencode(fields)}"


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def exchange_code(
    oauth_url: str,
    client_id: str,
    client_secret: str,
    redirect_uri: str,
    code: str,
    *,
    verifier: str = "",
    local: bool = False,
) -> TokenSet:
    """Trade the code that the browser brought for tokens; it works once.

    :param redirect_uri: as the browser was sent with
    :param verifier: the secret that the code is bound to
    :param local: whether the address may be one of this machine
    :raise LoketError: Loket gives none
    """
    proof = {"code_verifier": verifier} if verifier else {}
    return token_set(
        _post(
            _checked(oauth_url, local),
            client_id,
            client_secret,
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect_uri,
            **proof,
        )
    )


def refresh(
    oauth_url: str,
    client_id: str,
    client_secret: str,
    token: TokenSet,
    *,
    local: bool = False,
) -> TokenSet:
    """New tokens; store them before anything else, the old ones may be void now.

    :param token: whose refresh token is used; it may work once only
    :param local: whether the address may be one of this machine
    :raise LoketRefused: a person has to connect again
    """
    if not token.refresh_token:
        raise LoketRefused(
            _lt("The connection with Loket has expired. Connect to Loket again.")
        )
    reply = _post(
        _checked(oauth_url, local),
        client_id,
        client_secret,
        grant_type="refresh_token",
        refresh_token=token.refresh_token,
    )
    return token_set(reply, previous=token)


def token_set(reply: JsonObject, previous: TokenSet | None = None) -> TokenSet:
    """The tokens of a token reply.

    :param previous: whose refresh token stays, where the reply has no new one
    :raise LoketBadReply: there is no token in it
    """
    access, refresh_token = reply.get("access_token"), reply.get("refresh_token")
    lifetime = reply.get("expires_in", _LIFETIME)
    if not _is_token(access):
        raise LoketBadReply(_CALL, "access_token")
    if refresh_token not in (None, "") and not _is_token(refresh_token):
        raise LoketBadReply(_CALL, "refresh_token")
    try:
        lifetime = float(lifetime)
    except (TypeError, ValueError, OverflowError):
        raise LoketBadReply(_CALL, "expires_in") from None
    if not (math.isfinite(lifetime) and 0 <= lifetime <= _LONGEST_LIFETIME):
        raise LoketBadReply(_CALL, "expires_in", _lt("is out of bounds"))
    return TokenSet(
        access_token=access,
        refresh_token=refresh_token or (previous.refresh_token if previous else None),
        expires_at=time.time() + lifetime,
    )


def _is_token(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(_TOKEN.fullmatch(value))


class AccessToken:
    """The access token of one link, renewed when it has to be.

    :param store: keeps the tokens
    :param refresh: asks Loket for new tokens
    """

    def __init__(self, store: TokenStore, refresh: Callable[[TokenSet], TokenSet]):
        self._store = store
        self._refresh = refresh
        self._tokens: TokenSet | None = None

    def current(self) -> str:
        """The token to call with: renewed shortly before its end, where that can be.

        :raise LoketRefused: there is no link
        """
        tokens = self._tokens or self._store.load()
        if tokens.refresh_token and tokens.expires_at - _MARGIN < time.time():
            tokens = self._store.renew(tokens, self._refresh)
        self._tokens = tokens
        return tokens.access_token

    def renewed(self) -> str:
        """A token in place of the current one, which Loket refused.

        :raise LoketRefused: a person has to connect again
        """
        stale = self._tokens or self._store.load()
        self._tokens = self._store.renew(stale, self._refresh)
        return self._tokens.access_token


def _checked(oauth_url: str, local: bool) -> str:
    return checked_url(oauth_url, _lt("OAuth address"), local=local)


def _post(url: str, client_id: str, client_secret: str, **fields: str) -> JsonObject:
    fields["client_id"] = _given(client_id, _lt("client id"))
    fields["client_secret"] = _given(client_secret, _lt("client secret"))
    with Session() as session:
        response = send(
            session,
            _CALL,
            Patience(),
            "POST",
            f"{url}/token",
            max_size=MAX_SMALL_REPLY,
            data=fields,
            headers={"Accept": "application/json"},
            auth=no_auth,
        )
    if response.status_code == 200:
        return json_object(_CALL, response)
    raise _refusal(response)


def _refusal(response: Reply) -> LoketError:
    status = response.status_code
    if is_busy(response):
        return LoketUnavailable(
            _lt(
                "Loket's login server answered with error %(status)s. Try again later.",
                status=status,
            )
        )
    try:
        error = json_object(_CALL, response).get("error")
    except LoketBadReply:
        error = None
    if error == "invalid_client":
        return LoketRefused(
            _lt(
                "Loket does not accept the client id or the client secret. Connect "
                "again, and fill in those that Loket handed out."
            ),
            is_client=True,
        )
    if error == "invalid_grant":
        return LoketRefused(
            _lt(
                "The connection with Loket has expired or was withdrawn. Connect to "
                "Loket again."
            )
        )
    if status in (400, 401, 403) and not (error and isinstance(error, str)):
        # Not a word of OAuth's: a proxy or a guard may say so for an hour.
        return LoketUnavailable(
            _lt(
                "Loket's login server refused the request (error %(status)s) without "
                "saying why. It is tried again at night. If it stays, connect to Loket "
                "again, and check the client id and the redirect address that Loket "
                "has registered.",
                status=status,
            )
        )
    if status in (400, 401, 403):
        return LoketRefused(
            _lt(
                "Loket's login server refused the request (error %(status)s). Check "
                "the client id and the redirect address that Loket has registered.",
                status=status,
            )
        )
    if 300 <= status < 500:
        return LoketMisconfigured(
            _lt(
                "The OAuth address of the connection does not give tokens (error "
                "%(status)s). Correct it in the settings of the connection.",
                status=status,
            )
        )
    return unexpected_status(_CALL, status)


def _given(value: str | None, label: str) -> str:
    if not value:
        raise LoketMisconfigured(
            _lt(
                "The %(label)s of the connection is empty. Fill it in; Loket hands it "
                "out.",
                label=label,
            )
        )
    return value
