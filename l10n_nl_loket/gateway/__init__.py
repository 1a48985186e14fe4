# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Talks to Loket. Plain Python: hands out records, raises four errors.

``SoapGateway`` and its ``log_in`` are in ``gateway.soap``: import that where it is
used, for it loads zeep, through Odoo.
"""

from .errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
)
from .port import Gateway, TokenStore
from .records import (
    Administration,
    Component,
    CostCenter,
    Employer,
    Employment,
    Employments,
    Period,
    Person,
    Problem,
    TokenSet,
)
from .rest import RestGateway, oauth

__all__ = [
    "Administration",
    "Component",
    "CostCenter",
    "Employer",
    "Employment",
    "Employments",
    "Gateway",
    "LoketBadReply",
    "LoketError",
    "LoketMisconfigured",
    "LoketRefused",
    "LoketUnavailable",
    "Period",
    "Person",
    "Problem",
    "RestGateway",
    "TokenSet",
    "TokenStore",
    "oauth",
]
