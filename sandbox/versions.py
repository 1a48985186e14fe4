# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The resource version in the Accept header, which Loket makes mandatory."""

import datetime
import re

from .errors import bad_request

_ACCEPT = re.compile(r"application/json\s*;\s*version=(\S+)", re.IGNORECASE)


def negotiate(accept, versions):
    """Return the newest of ``versions`` on or before the date that was asked for.

    Refuses a missing or malformed version, and a date before the first version.
    """
    match = _ACCEPT.search(accept or "")
    if not match:
        raise bad_request(
            "The Accept header needs a version: application/json;version=yyyy-MM-dd",
            max(versions),
            ["Accept"],
        )
    try:
        asked = datetime.date.fromisoformat(match[1].rstrip(",;")).isoformat()
    except ValueError:
        raise bad_request(
            f"'{match[1]}' is not a version: use yyyy-MM-dd", max(versions), ["Accept"]
        ) from None
    fitting = [version for version in versions if version <= asked]
    if not fitting:
        raise bad_request(
            f"This resource has no version {asked}", max(versions), ["Accept"]
        )
    return max(fitting)
