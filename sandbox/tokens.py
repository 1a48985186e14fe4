# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Codes and tokens of the sandbox's OAuth server, kept in memory."""

import base64
import hashlib
import secrets
import threading
import time

ACCESS_LIFETIME = 3599  # seconds, as in Loket's specification
CODE_LIFETIME = 600


class Tokens:
    """Hands out and checks codes, access tokens and refresh tokens.

    With ``rotate`` each refresh token works once, and a refresh returns the next one;
    without it the same refresh token is returned again. Loket does not publish which
    of the two it does.
    """

    def __init__(self, rotate=True, access_lifetime=ACCESS_LIFETIME):
        self.rotate = rotate
        self.access_lifetime = access_lifetime
        self._lock = threading.Lock()
        self._codes = {}
        self._access = {}
        self._refresh = {}

    def new_code(self, client_id, redirect_uri, challenge=""):
        """Return a code that can be exchanged once.

        :param challenge: the hash (S256) of what must come with the code
        """
        code = secrets.token_urlsafe(24)
        end = time.time() + CODE_LIFETIME
        self._codes[code] = (client_id, redirect_uri, challenge, end)
        return code

    def exchange(self, code, client_id, redirect_uri, verifier=""):
        """Return a token response for a code, or None when the code is no good."""
        with self._lock:
            owner, address, challenge, end = self._codes.pop(code, (None, None, "", 0))
            if (owner, address) != (client_id, redirect_uri) or end < time.time():
                return None
            if challenge and challenge != _hash(verifier):
                return None
            return self._issue(client_id, secrets.token_urlsafe(32))

    def refresh(self, refresh_token, client_id):
        """Return a token response for a refresh token, or None when it is no good."""
        with self._lock:
            if self._refresh.get(refresh_token) != client_id:
                return None
            if self.rotate:
                del self._refresh[refresh_token]
                refresh_token = secrets.token_urlsafe(32)
            return self._issue(client_id, refresh_token)

    def issue(self, client_id):
        """Return a token response without a browser (for tests)."""
        with self._lock:
            return self._issue(client_id, secrets.token_urlsafe(32))

    def accepts(self, access_token):
        """Return whether an access token is known and has not expired."""
        return self._access.get(access_token, 0) > time.time()

    def expire_access(self):
        """Let every access token expire; refresh tokens go on working."""
        self._access.clear()

    def revoke_all(self):
        """Cut the link, as a user can in Loket: no token works any more."""
        with self._lock:
            self._access.clear()
            self._refresh.clear()

    def _issue(self, client_id, refresh_token):
        access_token = secrets.token_urlsafe(32)
        self._access[access_token] = time.time() + self.access_lifetime
        self._refresh[refresh_token] = client_id
        return {
            "access_token": access_token,
            "token_type": "bearer",
            "expires_in": self.access_lifetime,
            "refresh_token": refresh_token,
            "two_factor_state": "None",
        }


def _hash(verifier):
    """The challenge of a verifier (RFC 7636, S256)."""
    digest = hashlib.sha256((verifier or "").encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
