# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each request that the addon makes is one that Loket's specification describes."""

import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from . import specification

sys.path.append(str(Path(__file__).resolve().parents[2] / "l10n_nl_loket"))

from odoo.addons.l10n_nl_loket.gateway import RestGateway, oauth

from ..gateway.loket_stub import MemoryTokens

# Newer than the published edition; described by the current documentation only.
NEWER = ("distributionunits", "journalProfiles", "costCenters", "filtersettings")


@pytest.fixture
def sent(loket, monkeypatch):
    """The requests that reading everything makes, as the HTTP library sends them."""
    prepared = []
    real = requests.Session.send

    def send(session, request, **options):
        prepared.append(request)
        return real(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", send)
    link = RestGateway(
        local=True,
        api_url=loket.api_url,
        oauth_url=loket.oauth_url,
        client_id="odoo",
        client_secret="sandbox-secret",
        tokens=MemoryTokens(oauth.token_set(loket.issue_tokens())),
    )
    employer = link.employers()[0].ref
    office = link.administrations(employer)[0].ref
    link.cost_centers(employer, office)
    link.components(office, 2026)
    link.periods(office, 2026)
    link.employments(employer, office)
    link.hidden_by_filter(employer)
    link.missing_activities(employer)
    return prepared


def _described(path):
    """Return the specification's address of a path, or None."""
    for address in specification.load()["paths"]:
        pattern = re.sub(r"\{[^}]*\}", "[^/]+", address)
        if re.fullmatch(pattern, path):
            return address
    return None


def test_every_request_is_described(sent):
    try:
        specification.load()
    except specification.Unobtainable as error:
        pytest.skip(str(error))
    checked = set()
    for request in sent:
        parts = urlsplit(request.url)
        address = _described(parts.path.removeprefix("/v2"))
        if address is None:
            assert parts.path.endswith(NEWER) or parts.path.split("/")[-2] in NEWER
            continue
        operation = specification.load()["paths"][address]
        assert request.method.lower() in operation
        unknown = set(parse_qs(parts.query)) - specification.query_parameters(address)
        assert not unknown, f"{address} has no parameter {unknown}"
        version = re.fullmatch(
            r"application/json;\s?version=(\d{4}-\d\d-\d\d)", request.headers["Accept"]
        )[1]
        assert specification.response_schema(address, version)
        assert re.fullmatch(r"Bearer\s[\w-]+", request.headers["Authorization"])
        checked.add(address)
    assert len(checked) >= 10
