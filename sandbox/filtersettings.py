# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The user's filter settings, which silently hide employments."""

from .errors import bad_request
from .present import shaped
from .visibility import effective_settings

STATUSES = (
    "AllEmployments",
    "ActiveEmployments",
    "ActiveAndFutureEmployments",
    "ActiveAndHistoricEmployments",
)


def get_filter_settings(call):
    """Return the settings of the user for one employer."""
    settings = effective_settings(call.server, call.employer)
    return call.detail(shaped("filter_settings", {"employmentFilter": settings}))


def put_filter_settings(call):
    """Replace the settings of the user for one employer."""
    sent = call.request.get_json(silent=True)
    chosen = sent.get("employmentFilter") if isinstance(sent, dict) else None
    if not isinstance(chosen, dict) or set(chosen) - set(call.employer.filter_settings):
        raise bad_request(
            "The body is not a filter setting", call.version, ["employmentFilter"]
        )
    if chosen.get("filterOnEmployedStatus", STATUSES[0]) not in STATUSES:
        raise bad_request(
            "filterOnEmployedStatus has an unknown value",
            call.version,
            ["filterOnEmployedStatus"],
        )
    call.employer.filter_settings.update(chosen)
    return get_filter_settings(call)
