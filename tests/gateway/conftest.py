# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway needs no database, and neither do its tests."""

import pytest
from zeep.cache import InMemoryCache


@pytest.fixture(autouse=True)
def fresh_cache(monkeypatch):
    """No service description is known yet; ports are used again."""
    monkeypatch.setattr(InMemoryCache, "_cache", {})


@pytest.fixture
def pauses():
    """The pauses that the gateway made, in seconds; none of them really waits."""
    return []
