# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway with the sandbox: consent, every list, and the sandbox's faults."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketRefused,
    LoketUnavailable,
    RestGateway,
    oauth,
)

from ..loket_stub import MemoryTokens

Sandbox = pytest.importorskip("sandbox.server").Sandbox
CALLBACK = "http://localhost:8069/loket/callback"


@pytest.fixture
def sandbox():
    with Sandbox() as server:
        yield server


@pytest.fixture
def store(sandbox):
    return MemoryTokens(oauth.token_set(sandbox.issue_tokens()))


@pytest.fixture
def link(sandbox, store):
    return RestGateway(
        local=True,
        api_url=sandbox.api_url,
        oauth_url=sandbox.oauth_url,
        client_id="odoo",
        client_secret="sandbox-secret",
        tokens=store,
        sleep=lambda seconds: None,
    )


@pytest.fixture
def chosen(link):
    """Employer and administration as a person would pick them: the first ones."""
    employer = link.employers()[0].ref
    return employer, link.administrations(employer)[0].ref


def consent(sandbox):
    """Let the user say yes; returns the code that comes back."""
    url = oauth.authorize_url(
        sandbox.oauth_url, "odoo", CALLBACK, "state-1", local=True
    )
    fields = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    fields |= {"username": "hr@voorbeeld.nl", "password": "loket"}
    answer = requests.post(url, data=fields, allow_redirects=False, timeout=10)
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["state-1"]
    return back["code"][0]


def test_consent_gives_tokens_and_a_code_works_once(sandbox):
    code = consent(sandbox)
    client = (sandbox.oauth_url, "odoo", "sandbox-secret", CALLBACK, code)

    token = oauth.exchange_code(*client, local=True)
    assert token.refresh_token

    with pytest.raises(LoketRefused):
        oauth.exchange_code(*client, local=True)


def test_a_wrong_client_secret_is_told(sandbox, store):
    with pytest.raises(LoketRefused, match="client secret"):
        oauth.refresh(sandbox.oauth_url, "odoo", "wrong", store.stored, local=True)


def test_everything_the_addon_needs_can_be_read(link, chosen):
    employer, administration = chosen

    assert link.missing_activities(employer) == []
    assert link.hidden_by_filter(employer) == []
    assert link.administrations(employer)[0].client_number
    assert {one.kind for one in link.cost_centers(*chosen).records} == {
        "cost_center",
        "distribution_unit",
    }
    assert any(one.collective for one in link.components(administration, 2026))
    periods = [p for p in link.periods(administration, 2026) if p.year == 2026]
    assert [period.number for period in periods] == list(range(1, len(periods) + 1))


def test_all_employments_come_without_a_call_per_employee(sandbox, link, chosen):
    before = len(sandbox.requests)
    found = link.employments(*chosen)

    assert len(found.records) >= 20
    assert found.problems == ()
    assert all(one.payroll_number and one.person.last_name for one in found.records)
    assert len(sandbox.requests) - before == 6


def test_pages_of_any_size_give_the_same_employments(store, link, chosen):
    whole = link.employments(*chosen)
    with Sandbox(page_size=7) as small:
        paged = RestGateway(
            local=True,
            api_url=small.api_url,
            oauth_url=small.oauth_url,
            client_id="odoo",
            client_secret="sandbox-secret",
            tokens=MemoryTokens(oauth.token_set(small.issue_tokens())),
        )
        assert paged.employments(*chosen) == whole


def test_a_rotated_refresh_token_is_kept(sandbox, link, store):
    sandbox.faults.add("unauthorized", times=1, path="employers")
    before = store.stored

    link.employers()

    assert store.stored.refresh_token != before.refresh_token
    with pytest.raises(LoketRefused):
        oauth.refresh(sandbox.oauth_url, "odoo", "sandbox-secret", before, local=True)


@pytest.mark.parametrize("fault", ["error500", "rate_limit", "cut"])
def test_trouble_that_passes_is_not_noticed(sandbox, link, fault):
    sandbox.faults.add(fault, times=1, path="employers")
    assert link.employers()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("error500", LoketUnavailable),
        ("cut", LoketUnavailable),
        ("unauthorized", LoketRefused),
        ("forbidden", LoketRefused),
        ("wrong_json", LoketBadReply),
        ("html", LoketBadReply),
        ("half_page", LoketBadReply),
    ],
)
def test_trouble_that_stays_is_one_plain_error(sandbox, link, chosen, fault, error):
    sandbox.faults.add(fault, path="employments")
    with pytest.raises(error):
        link.employments(*chosen)


def test_a_page_served_twice_is_noticed(sandbox, link, chosen):
    sandbox.page_size = 10
    sandbox.faults.add("page_twice", path="employments")
    with pytest.raises(LoketBadReply):
        link.employments(*chosen)


def test_an_employee_without_last_name_stops_nobody_else(sandbox, link, chosen):
    whole = len(link.employments(*chosen).records)
    sandbox.faults.add("missing_field")

    found = link.employments(*chosen)

    assert len(found.problems) >= 1
    assert len(found.records) == whole - len(found.problems)
    assert all(problem.name != "unknown" for problem in found.problems)


def test_a_missing_right_and_a_hiding_filter_are_told(sandbox, link, chosen):
    sandbox.faults.add("missing_activity")
    sandbox.faults.add("hiding_filter")

    assert link.missing_activities(chosen[0]) == [
        "read wages (GetActualWagesByEmployerId)"
    ]
    assert link.hidden_by_filter(chosen[0])
