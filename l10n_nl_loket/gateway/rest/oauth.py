# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""OAuth 2.0 with Loket: the authorization code and the refresh token.

Token requests are never retried: a code works once, and a refresh token may rotate,
so a second request could burn the link.
"""

import time
from urllib.parse import urlencode

import requests

from ...words import _lt
from ..errors import LoketBadReply, LoketMisconfigured, LoketRefused, LoketUnavailable
from ..http import Patience, checked_url, json_object, send
from ..records import TokenSet

_CALL = _lt("get an access token")
#: Seconds, by Loket's documentation; used where a reply does not tell.
_LIFETIME = 3599


def authorize_url(oauth_url: str, client_id: str, redirect_uri: str, state: str) -> str:
    """Where to send the browser; it comes back to ``redirect_uri`` with a code."""
    query = urlencode(
        {
            "client_id": _given(client_id, _lt("client id")),
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": "all",
            "state": state,
        }
    )
    return f"{checked_url(oauth_url, _lt('OAuth address'))}/authorize?{query}"


def exchange_code(
    oauth_url: str, client_id: str, client_secret: str, redirect_uri: str, code: str
) -> TokenSet:
    """Trade the code that the browser brought for tokens."""
    return token_set(
        _post(
            oauth_url,
            client_id,
            client_secret,
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect_uri,
        )
    )


def refresh(
    oauth_url: str, client_id: str, client_secret: str, token: TokenSet
) -> TokenSet:
    """New tokens; store them before anything else, the old ones may be void now."""
    if not token.refresh_token:
        raise LoketRefused(
            _lt("The link with Loket has expired. Connect to Loket again.")
        )
    reply = _post(
        oauth_url,
        client_id,
        client_secret,
        grant_type="refresh_token",
        refresh_token=token.refresh_token,
    )
    return token_set(reply, previous=token)


def token_set(reply: dict, previous: TokenSet | None = None) -> TokenSet:
    """The tokens of a token reply; no new refresh token means: keep the previous."""
    access, refresh_token = reply.get("access_token"), reply.get("refresh_token")
    lifetime = reply.get("expires_in", _LIFETIME)
    if not isinstance(access, str) or not access:
        raise LoketBadReply(_CALL, "access_token")
    if refresh_token is not None and not isinstance(refresh_token, str):
        raise LoketBadReply(_CALL, "refresh_token")
    try:
        lifetime = float(lifetime)
    except (TypeError, ValueError):
        raise LoketBadReply(_CALL, "expires_in") from None
    return TokenSet(
        access_token=access,
        refresh_token=refresh_token or (previous.refresh_token if previous else None),
        expires_at=time.time() + lifetime,
    )


def _post(oauth_url: str, client_id: str, client_secret: str, **fields: str) -> dict:
    url = f"{checked_url(oauth_url, _lt('OAuth address'))}/token"
    fields["client_id"] = _given(client_id, _lt("client id"))
    fields["client_secret"] = _given(client_secret, _lt("client secret"))
    with requests.Session() as session:
        response = send(
            session,
            _CALL,
            Patience(),
            "POST",
            url,
            data=fields,
            headers={"Accept": "application/json"},
            auth=_no_auth,
        )
    if response.status_code == 200:
        return json_object(_CALL, response)
    raise _refusal(response)


def _no_auth(request):
    """The credentials are in the body; keeps a netrc file from adding others."""
    return request


def _refusal(response: requests.Response) -> Exception:
    status = response.status_code
    if status >= 500 or status == 429:
        return LoketUnavailable(
            _lt(
                "Loket's login server answered with error %(status)s. Try again later.",
                status=status,
            )
        )
    try:
        error = response.json().get("error")
    except (ValueError, AttributeError):
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
                "The link with Loket has expired or was withdrawn. Connect to Loket "
                "again."
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
    return LoketBadReply(
        _CALL, _lt("status %(status)s", status=status), _lt("is not expected")
    )


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
