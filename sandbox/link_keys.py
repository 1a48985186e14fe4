# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Web service users, and the link keys that stand for them in SOAP calls."""

import secrets

WEB_SERVICE_USERS = {
    "loket-koppeling": "loket",
    "loket-koppeling-2": "loket",
    "geblokkeerd": "loket",
}
BLOCKED = {"geblokkeerd"}
ENVIRONMENT_CODE = "VOORBEELD"


class LoginRefused(Exception):
    """``reason`` is one of the service description: credentials, blocked ..."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class LinkKeys:
    """Hands out and checks link keys, kept in memory."""

    def __init__(self):
        self._keys = set()

    def log_in(self, user_name, password, environment_code):
        """Return a new link key, or raise LoginRefused."""
        if WEB_SERVICE_USERS.get(user_name) != password:
            raise LoginRefused("credentials")
        if environment_code != ENVIRONMENT_CODE:
            raise LoginRefused("environment")
        if user_name in BLOCKED:
            raise LoginRefused("blocked")
        return self.issue()

    def issue(self):
        """Return a link key without a log-in (for tests)."""
        key = secrets.token_urlsafe(32)
        self._keys.add(key)
        return key

    def accepts(self, key):
        """Return whether a link key is known and was not withdrawn."""
        return key in self._keys

    def revoke_all(self):
        """Withdraw every link key, as an administrator can in Loket."""
        self._keys.clear()
