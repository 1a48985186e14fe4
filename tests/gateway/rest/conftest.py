# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A REST gateway to a stub that answers as a test tells it."""

import time

import pytest

from odoo.addons.l10n_nl_loket.gateway import RestGateway, TokenSet

from ..loket_stub import LoketStub, MemoryTokens


@pytest.fixture
def loket():
    with LoketStub() as stub:
        yield stub


@pytest.fixture
def tokens():
    return MemoryTokens(
        TokenSet(
            access_token="access-1",
            refresh_token="refresh-1",
            expires_at=time.time() + 3000,
        )
    )


@pytest.fixture
def gateway_to_loket(loket, tokens, pauses):
    return RestGateway(
        local=True,
        api_url=loket.api_url,
        oauth_url=loket.url,
        client_id="odoo",
        client_secret="top-secret",
        tokens=tokens,
        sleep=pauses.append,
    )
