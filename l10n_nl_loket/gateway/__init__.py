# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Talks to Loket. Plain Python: hands out records, raises four errors.

One adapter for each protocol, ``RestGateway`` and ``SoapGateway``, behind one ``port``.
"""

from .errors import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    not_connected,
)
from .port import Gateway, Lists, PeriodData, TokenStore, chunks, in_rows
from .records import (
    Administration,
    Component,
    CostCenter,
    CostCenters,
    Employer,
    Employment,
    Employments,
    Message,
    Part,
    PayrollRun,
    Payslip,
    Period,
    PeriodRow,
    PeriodStatus,
    PeriodValue,
    Person,
    Problem,
    TokenSet,
    UnknownWord,
    ValueChange,
    WriteReply,
)
from .rest import RestGateway, oauth
from .soap import SoapGateway, log_in

__all__ = [
    "Administration",
    "Component",
    "CostCenter",
    "CostCenters",
    "Employer",
    "Employment",
    "Employments",
    "Gateway",
    "Lists",
    "LoketBadReply",
    "LoketError",
    "LoketMisconfigured",
    "LoketRefused",
    "LoketUnavailable",
    "Message",
    "Part",
    "PayrollRun",
    "Payslip",
    "Period",
    "PeriodData",
    "PeriodRow",
    "PeriodStatus",
    "PeriodValue",
    "Person",
    "Problem",
    "RestGateway",
    "SoapGateway",
    "TokenSet",
    "TokenStore",
    "UnknownWord",
    "ValueChange",
    "WriteReply",
    "chunks",
    "in_rows",
    "log_in",
    "not_connected",
    "oauth",
]
