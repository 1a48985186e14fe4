# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Getting tokens, keeping them, and losing them."""

import dataclasses
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    TokenSet,
    oauth,
)

from ..loket_stub import Answer, page

EMPLOYERS = "/v2/providers/employers"
NEW_TOKENS = {
    "access_token": "access-2",
    "token_type": "bearer",
    "expires_in": 3599,
    "refresh_token": "refresh-2",
    "two_factor_state": "None",
}
DENIED = Answer(
    {"message": "Authorization has been denied for this request."}, status=401
)


def test_the_browser_is_sent_to_the_consent_page():
    url = urlsplit(
        oauth.authorize_url(
            "https://oauth.loket.nl/", "odoo", "https://odoo.example/back?a=b", "s&t"
        )
    )
    assert (url.scheme, url.netloc, url.path) == (
        "https",
        "oauth.loket.nl",
        "/authorize",
    )
    assert parse_qs(url.query) == {
        "client_id": ["odoo"],
        "redirect_uri": ["https://odoo.example/back?a=b"],
        "response_type": ["code"],
        "scope": ["all"],
        "state": ["s&t"],
    }


def test_the_browser_carries_the_hash_of_the_verifier_and_the_code_its_text(loket):
    # The example of RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    loket.routes["/token"] = NEW_TOKENS

    url = oauth.authorize_url(
        loket.url, "odoo", "https://o/back", "s", verifier=verifier, local=True
    )
    oauth.exchange_code(
        loket.url, "odoo", "x", "https://o/back", "c", verifier=verifier, local=True
    )

    query = parse_qs(urlsplit(url).query)
    assert query["code_challenge"] == ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"]
    assert query["code_challenge_method"] == ["S256"]
    assert verifier not in url
    assert loket.seen[0][3]["code_verifier"] == [verifier]


def test_a_code_is_traded_for_tokens(loket):
    loket.routes["/token"] = NEW_TOKENS

    token = oauth.exchange_code(
        loket.url, "odoo", "secret", "https://o/back", "c0de", local=True
    )

    method, _path, _headers, fields = loket.seen[0]
    assert method == "POST"
    assert fields == {
        "grant_type": ["authorization_code"],
        "code": ["c0de"],
        "redirect_uri": ["https://o/back"],
        "client_id": ["odoo"],
        "client_secret": ["secret"],
    }
    assert (token.access_token, token.refresh_token) == ("access-2", "refresh-2")
    assert 3500 < token.expires_at - time.time() < 3600


def test_secrets_are_hidden_when_shown():
    assert repr(oauth.token_set(NEW_TOKENS)).count("-2") == 0


def test_a_reply_without_new_refresh_token_keeps_the_old_one(loket):
    loket.routes["/token"] = {"access_token": "access-2"}
    old = TokenSet(access_token="access-1", refresh_token="refresh-1")

    assert (
        oauth.refresh(loket.url, "odoo", "s", old, local=True).refresh_token
        == "refresh-1"
    )


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (Answer({"error": "invalid_client"}, 400), LoketRefused, "client secret"),
        (Answer({"error": "invalid_client"}, 401), LoketRefused, "client secret"),
        (Answer({"error": "invalid_grant"}, 400), LoketRefused, "Connect to Loket"),
        (Answer("<html>", 400), LoketUnavailable, "error 400"),
        (Answer("<html>", 401), LoketUnavailable, "error 401"),
        (Answer("<html>", 403), LoketUnavailable, "error 403"),
        (Answer({"message": "no"}, 403), LoketUnavailable, "error 403"),
        (Answer({"error": {"code": 7}}, 401), LoketUnavailable, "error 401"),
        (Answer({"error": "access_denied"}, 403), LoketRefused, "error 403"),
        (Answer(["x"], 400), LoketUnavailable, "error 400"),
        (Answer({"error": "invalid_scope"}, 400), LoketRefused, "error 400"),
        (Answer(status=404), LoketMisconfigured, "OAuth address"),
        (Answer(status=302), LoketMisconfigured, "OAuth address"),
        (Answer(status=500), LoketUnavailable, "error 500"),
        (Answer(status=429), LoketUnavailable, "error 429"),
        (Answer(NEW_TOKENS, cut=9), LoketUnavailable, "Try again later"),
        (Answer("<html>"), LoketBadReply, "body"),
        (Answer({}), LoketBadReply, "access_token"),
        (Answer(NEW_TOKENS | {"refresh_token": 1}), LoketBadReply, "refresh_token"),
        (Answer(NEW_TOKENS | {"expires_in": "x"}), LoketBadReply, "expires_in"),
        (Answer(status=204), LoketBadReply, "status 204"),
    ],
)
def test_a_token_request_is_made_once_and_its_failure_told(loket, answer, error, words):
    loket.routes["/token"] = answer
    token = TokenSet(access_token="access-1", refresh_token="refresh-1")

    with pytest.raises(error, match=words) as caught:
        oauth.refresh(loket.url, "odoo", "top-secret", token, local=True)

    assert len(loket.seen) == 1
    for secret in ("refresh-1", "top-secret", "access-"):
        assert secret not in str(caught.value)


def test_an_empty_client_is_told_before_anything_is_sent(loket):
    with pytest.raises(LoketMisconfigured, match="client id"):
        oauth.authorize_url(loket.url, "", "https://o/back", "s", local=True)
    with pytest.raises(LoketMisconfigured, match="client secret"):
        oauth.exchange_code(loket.url, "odoo", "", "https://o/back", "c", local=True)
    assert loket.seen == []


def test_a_refused_token_is_renewed_once_and_the_call_made_again(
    loket, gateway_to_loket, tokens
):
    loket.routes[EMPLOYERS] = [DENIED, page([])]
    loket.routes["/token"] = NEW_TOKENS

    gateway_to_loket.employers()

    assert tokens.stored.refresh_token == "refresh-2"
    assert [h["Authorization"] for _m, _p, h, _f in loket.calls(EMPLOYERS)] == [
        "Bearer access-1",
        "Bearer access-2",
    ]


def test_a_link_that_stays_refused_is_no_retry_storm(loket, gateway_to_loket, tokens):
    loket.routes[EMPLOYERS] = DENIED
    loket.routes["/token"] = NEW_TOKENS

    with pytest.raises(LoketRefused, match="Connect to Loket again") as caught:
        gateway_to_loket.employers()

    assert caught.value.activity is None
    assert len(loket.calls(EMPLOYERS)) == 2
    assert tokens.renewals == 1


def test_a_withdrawn_link_says_to_connect_again(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = DENIED
    loket.routes["/token"] = Answer({"error": "invalid_grant"}, status=400)

    with pytest.raises(LoketRefused, match="Connect to Loket again"):
        gateway_to_loket.employers()

    assert len(loket.seen) == 2


def test_a_token_near_its_end_is_renewed_before_it_is_refused(
    loket, gateway_to_loket, tokens
):
    tokens.stored = dataclasses.replace(tokens.stored, expires_at=time.time() + 5)
    loket.routes[EMPLOYERS] = page([])
    loket.routes["/token"] = NEW_TOKENS

    gateway_to_loket.employers()
    gateway_to_loket.employers()

    assert [path for _m, path, _h, _f in loket.seen] == ["/token", EMPLOYERS, EMPLOYERS]


def test_tokens_of_another_worker_are_used_as_they_are(loket, gateway_to_loket, tokens):
    loket.routes[EMPLOYERS] = page([])
    gateway_to_loket.employers()
    loket.routes[EMPLOYERS] = [DENIED, page([])]
    tokens.stored = dataclasses.replace(tokens.stored, access_token="access-of-other")

    gateway_to_loket.employers()

    assert loket.seen[-1][2]["Authorization"] == "Bearer access-of-other"
    assert tokens.renewals == 0


def test_a_link_without_refresh_token_says_to_connect_again(
    loket, gateway_to_loket, tokens
):
    tokens.stored = TokenSet(access_token="access-1", expires_at=0)
    loket.routes[EMPLOYERS] = DENIED

    with pytest.raises(LoketRefused, match="Connect to Loket again"):
        gateway_to_loket.employers()
