# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's SOAP service, by the service description that is packaged."""

from .gateway import SoapGateway, log_in
