# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway needs no database, and neither do its tests."""

import time

import pytest
from zeep.cache import InMemoryCache

from odoo.addons.l10n_nl_loket.gateway import RestGateway, TokenSet

from .loket_stub import LoketStub, MemoryTokens


@pytest.fixture(autouse=True)
def fresh_cache(monkeypatch):
    """No service description is known yet; ports are used again."""
    monkeypatch.setattr(InMemoryCache, "_cache", {})


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
def pauses():
    """The pauses that the gateway made, in seconds; none of them really waits."""
    return []


@pytest.fixture
def gateway_to_loket(loket, tokens, pauses):
    return RestGateway(
        api_url=loket.api_url,
        oauth_url=loket.url,
        client_id="odoo",
        client_secret="top-secret",
        tokens=tokens,
        sleep=pauses.append,
    )
