# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The four things that can go wrong between the addon and Loket.

Messages are shown to people: they say what happened, with which call or field,
and what to do. They never hold a token, a reply body or personal data.
"""

from typing import Any

from ..words import _lt


class LoketError(Exception):
    """Base of every error of the gateway.

    :param message: a sentence that may be shown to a person
    """

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class LoketRefused(LoketError):
    """Loket refuses the credentials or the rights. Do not retry.

    :param activity: the right that is missing; None: the credentials are refused
    :param is_client: those of the application, not the link with the person
    """

    def __init__(
        self, message: str, activity: str | None = None, is_client: bool = False
    ):
        super().__init__(message)
        self.activity = activity
        self.is_client = is_client


class LoketUnavailable(LoketError):
    """Loket can't be reached or can't answer now. Retry later.

    :param retry_after: after how many seconds Loket wants to be asked again; None: it
        does not say
    """

    def __init__(self, message: str, retry_after: float | None = None):
        super().__init__(message)
        self.retry_after = retry_after


class LoketMisconfigured(LoketError):
    """A setting of the connection can't work. Tell the person."""


class LoketBadReply(LoketError):
    """A reply breaks the contract.

    :param call: the request, in words
    :param field: the part of the reply, by Loket's name for it
    :param detail: what is wrong with that part; never its value
    """

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

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.call, self.field, self.detail)

    @property
    def reason(self) -> str:
        """What is wrong, for a list where the call goes without saying."""
        return _lt("%(field)s %(detail)s", field=self.field, detail=self.detail)


def not_connected() -> LoketRefused:
    """There is no link with Loket yet."""
    return LoketRefused(
        _lt("There is no connection with Loket yet. Connect to Loket first.")
    )


def link_refused(call: str) -> LoketRefused:
    """There was a link, and Loket does not accept it any more.

    :param call: the request that was refused, in words
    """
    return LoketRefused(
        _lt(
            "Loket does not accept the connection any more, while trying to "
            '"%(call)s". Connect to Loket again.',
            call=call,
        )
    )


def unexpected_status(call: str, status: int) -> LoketBadReply:
    """An HTTP status that has no meaning between the addon and Loket.

    :param call: the request, in words
    """
    return LoketBadReply(
        call, _lt("status %(status)s", status=status), _lt("is not expected")
    )
