# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Consent, codes and tokens behave as Loket's contract and OAuth 2.0 say."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.server import Sandbox

BACK = "http://localhost:8069/loket/oauth"
APPLICATION = {"client_id": "odoo", "client_secret": "sandbox-secret"}


def consent(loket, **fields):
    form = {
        "client_id": "odoo",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "all",
        "state": "s-1",
        "username": "hr@voorbeeld.nl",
        "password": "loket",
        **fields,
    }
    return requests.post(
        f"{loket.url}/authorize", data=form, allow_redirects=False, timeout=5
    )


def answer_of(reply):
    assert reply.status_code == 302
    assert reply.headers["Location"].startswith(BACK)
    query = parse_qs(urlsplit(reply.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def token(loket, **fields):
    form = {**APPLICATION, **fields}
    return requests.post(f"{loket.url}/token", data=form, timeout=5)


def exchange(loket, code, **fields):
    values = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    return token(loket, **{**values, **fields})


def refresh(loket, refresh_token):
    return token(loket, grant_type="refresh_token", refresh_token=refresh_token)


def test_who_gave_consent_before_is_sent_back_at_once():
    with Sandbox(remembers_consent=True) as loket:
        form = {"client_id": "odoo", "redirect_uri": BACK, "response_type": "code"}
        reply = requests.get(
            f"{loket.url}/authorize", params=form, allow_redirects=False, timeout=5
        )
        assert exchange(loket, answer_of(reply)["code"]).ok


def test_consent_gives_a_code_that_works_once(loket):
    answer = answer_of(consent(loket))
    assert answer["state"] == "s-1"
    tokens = exchange(loket, answer["code"])
    assert tokens.status_code == 200
    assert tokens.json()["expires_in"] == 3599
    assert loket.tokens.accepts(tokens.json()["access_token"])
    assert exchange(loket, answer["code"]).json() == {"error": "invalid_grant"}


CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"


@pytest.mark.parametrize(
    ("verifier", "status"), [(VERIFIER, 200), (VERIFIER[1:], 400), (None, 400)]
)
def test_a_code_with_a_challenge_wants_its_verifier(loket, verifier, status):
    proof = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    code = answer_of(consent(loket, **proof))["code"]
    sent = {"code_verifier": verifier} if verifier else {}
    assert exchange(loket, code, **sent).status_code == status


def test_a_challenge_that_is_no_hash_is_refused(loket):
    answer = answer_of(consent(loket, code_challenge=VERIFIER))
    assert answer["error"] == "invalid_request"


def test_consent_page_shows_who_asks_and_refuses_a_wrong_password(loket):
    url = f"{loket.url}/authorize?client_id=odoo&redirect_uri={BACK}&response_type=code"
    assert "<strong>odoo</strong>" in requests.get(url, timeout=5).text
    reply = consent(loket, password="wrong")
    assert reply.status_code == 401
    assert "wachtwoord is onjuist" in reply.text


def test_refusing_consent_returns_access_denied(loket):
    assert answer_of(consent(loket, decision="deny"))["error"] == "access_denied"


def test_an_unknown_application_is_not_redirected(loket):
    reply = consent(loket, client_id="stranger")
    assert reply.status_code == 400
    assert "Location" not in reply.headers


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"redirect_uri": "http://localhost:1/"}, "invalid_grant"),
        ({"grant_type": "password"}, "unauthorized_client"),
        ({"grant_type": "magic"}, "unsupported_grant_type"),
    ],
)
def test_a_wrong_token_request_is_refused_with_400(loket, fields, error):
    reply = exchange(loket, answer_of(consent(loket))["code"], **fields)
    assert (reply.status_code, reply.json()) == (400, {"error": error})


def test_a_rotated_refresh_token_works_once(loket):
    first = loket.issue_tokens()["refresh_token"]
    second = refresh(loket, first).json()["refresh_token"]
    assert second != first
    assert refresh(loket, first).json() == {"error": "invalid_grant"}
    assert refresh(loket, second).status_code == 200


def test_without_rotation_the_refresh_token_stays():
    with Sandbox(rotate=False) as loket:
        first = loket.issue_tokens()["refresh_token"]
        assert refresh(loket, first).json()["refresh_token"] == first
        assert refresh(loket, first).status_code == 200


def test_a_cut_link_refuses_every_token(loket, client):
    refresh_token = loket.issue_tokens()["refresh_token"]
    loket.tokens.revoke_all()
    assert client.get("/user").status_code == 401
    assert refresh(loket, refresh_token).json() == {"error": "invalid_grant"}
