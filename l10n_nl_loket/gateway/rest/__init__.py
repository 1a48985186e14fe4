# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's REST API v2: OAuth 2.0, JSON, pages."""

from . import endpoints, oauth
from .gateway import RestGateway

__all__ = ["RestGateway", "endpoints", "oauth"]
