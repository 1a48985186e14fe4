# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The four things that can go wrong between the addon and Loket.

Messages are shown to people: they say what happened, with which call or field,
and what to do. They never hold a token, a reply body or personal data.
"""

from ..words import _lt


class LoketError(Exception):
    """Base of every error of the gateway; ``message`` may be shown to a person."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class LoketRefused(LoketError):
    """Loket refuses the credentials or the rights. Do not retry.

    ``activity`` names the right that is missing; None: the credentials are refused.
    ``is_client``: those of the application, not the link with the person.
    """

    def __init__(
        self, message: str, activity: str | None = None, is_client: bool = False
    ):
        super().__init__(message)
        self.activity = activity
        self.is_client = is_client


class LoketUnavailable(LoketError):
    """Loket can't be reached or can't answer now. Retry later."""


class LoketMisconfigured(LoketError):
    """A setting of the connection can't work. Tell the person."""


class LoketBadReply(LoketError):
    """A reply breaks the contract: ``call`` names the request, ``field`` the part."""

    def __init__(self, call: str, field: str, detail: str | None = None):
        self.call = call
        self.field = field
        self.detail = detail or _lt("is missing or unreadable")
        super().__init__(
            _lt(
                "Loket's reply to \"%(call)s\" can't be used: %(field)s %(detail)s. "
                "Try again later; if it stays, report the call and the field to Loket.",
                call=call,
                field=field,
                detail=self.detail,
            )
        )

    def __reduce__(self):
        return type(self), (self.call, self.field, self.detail)
