# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's SOAP service, by the service description that is packaged.

zeep is loaded when the first gateway is made, or the first log-in: see ``client``.
"""

from .gateway import SoapGateway, log_in

__all__ = ["SoapGateway", "log_in"]
