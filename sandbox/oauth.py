# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The consent page and the token endpoint: authorization code and refresh."""

from urllib.parse import urlencode, urlsplit

from werkzeug.utils import redirect

from .errors import json_response
from .pages import page

# Two clients see the same administrations, as two links of one company would.
CLIENTS = {"odoo": "sandbox-secret", "odoo-2": "sandbox-secret-2"}
USERS = {"hr@voorbeeld.nl": "loket"}


def authorize(server, request):
    """Show the consent page (GET) or handle its answer (POST)."""
    fields = request.form if request.method == "POST" else request.args
    client_id, redirect_uri = fields.get("client_id"), fields.get("redirect_uri", "")
    parts = urlsplit(redirect_uri)
    if client_id not in CLIENTS or parts.scheme not in ("http", "https"):
        # Never redirect to an address that the client has not been checked for.
        return page(
            "error.html", 400, text="Deze toepassing is niet bekend bij Loket.nl."
        )
    if fields.get("response_type") != "code":
        return _back(fields, error="unsupported_response_type")
    challenge = fields.get("code_challenge", "")
    if challenge and fields.get("code_challenge_method") != "S256":
        return _back(fields, error="invalid_request")
    if server.remembers_consent:
        code = server.tokens.new_code(client_id, redirect_uri, challenge)
        return _back(fields, code=code)
    if request.method == "GET":
        return page("consent.html", fields=fields)
    if fields.get("decision") == "deny":
        return _back(fields, error="access_denied")
    if USERS.get(fields.get("username")) != fields.get("password"):
        return page(
            "consent.html",
            401,
            fields=fields,
            error="De gebruikersnaam of het wachtwoord is onjuist.",
        )
    code = server.tokens.new_code(client_id, redirect_uri, challenge)
    return _back(fields, code=code)


def _back(fields, **answer):
    if fields.get("state"):
        answer["state"] = fields["state"]
    separator = "&" if urlsplit(fields["redirect_uri"]).query else "?"
    return redirect(fields["redirect_uri"] + separator + urlencode(answer))


def token(server, request):
    """Exchange a code or a refresh token; errors have status 400 (RFC 6749, 5.2)."""
    form = request.form
    client_id = form.get("client_id")
    if CLIENTS.get(client_id) != form.get("client_secret") or not client_id:
        return _error("invalid_client")
    if form.get("grant_type") == "authorization_code":
        answer = server.tokens.exchange(
            form.get("code"),
            client_id,
            form.get("redirect_uri"),
            form.get("code_verifier"),
        )
    elif form.get("grant_type") == "refresh_token":
        answer = server.tokens.refresh(form.get("refresh_token"), client_id)
    elif form.get("grant_type") == "password":
        return _error("unauthorized_client")  # not for external clients
    else:
        return _error("unsupported_grant_type")
    if answer is None:
        return _error("invalid_grant")
    return json_response(answer, headers={"Cache-Control": "no-store"})


def _error(name):
    return json_response({"error": name}, 400)
