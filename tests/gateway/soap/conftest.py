# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A SOAP gateway to a stub that answers as a test tells it, and the sandbox."""

import pytest

from odoo.addons.l10n_nl_loket.gateway import SoapGateway

from sandbox.server import Sandbox

from .stub import SoapStub


@pytest.fixture
def sandbox():
    with Sandbox() as server:
        yield server


@pytest.fixture
def stub():
    with SoapStub() as server:
        yield server


@pytest.fixture
def link(stub, pauses):
    return SoapGateway(
        local=True, wsdl_url=stub.wsdl_url, link_key="the-link-key", sleep=pauses.append
    )
