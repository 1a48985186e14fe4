# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway with the sandbox: consent, every list, and the sandbox's faults."""

import datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketRefused,
    LoketUnavailable,
    PeriodValue,
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


# === VALUES OF A PERIOD === #


class Hours:
    """What is sent of the people of the first administration in January 2026."""

    def __init__(self, sandbox, link, chosen):
        self.employer, self.office = chosen
        self.data = link.period_data
        self.jobs = [
            job
            for _person, job in sandbox.company.employer.employments()
            if job.administration.id == self.office
        ]

    def cell(self, number, value="8.25", component=1, **changes):
        job = self.jobs[number]
        fields = {"shift": 1, "unit_ref": job.distribution_unit.id, **changes}
        return PeriodValue(
            employment_ref=job.id,
            component=component,
            value=None if value is None else Decimal(value),
            **fields,
        )

    def write(self, *cells):
        return self.data.write(self.employer, 2026, 1, cells)

    def read(self, categories=(1, 10)):
        return set(self.data.read(self.office, 2026, 1, categories))


@pytest.fixture
def hours(sandbox, link, chosen):
    return Hours(sandbox, link, chosen)


def test_what_is_sent_is_read_back_to_the_cent(hours):
    cells = [
        hours.cell(0),
        hours.cell(0, "0.1", shift=2),
        hours.cell(0, "-1200.55", component=86),
        hours.cell(1, "0"),
    ]
    assert hours.write(*cells).messages == ()
    assert hours.read() == set(cells)
    assert set(hours.data.read_one(hours.jobs[0].id, 2026, 1)) == set(cells[:3])
    hours.write(hours.cell(0, None), hours.cell(1, None))
    assert hours.read() == set(cells[1:3])


def test_who_is_refused_is_named_in_the_words_of_loket(sandbox, hours):
    wrong, right = hours.cell(0, "1000"), hours.cell(1)
    reply = hours.write(wrong, right)
    assert not reply.is_refused
    (message,) = reply.messages
    assert (message.ref, message.kind) == (hours.jobs[0].id, "BrokenBusinessRule")
    assert "tussen 0 en 999,99" in message.text
    assert hours.read() == {right}
    sandbox.faults.add("refused_in_part")
    sandbox.faults.add("plain_refusal")
    reply = hours.write(wrong, hours.cell(2))
    assert (reply.is_refused, len(reply.messages)) == (True, 1)
    assert hours.read() == {right, hours.cell(2)}


@pytest.mark.parametrize("fault", ["lost_answer", "half_stored", "error500",
                                   "rate_limit", "cut"])  # fmt: skip
def test_a_write_that_fails_on_the_way_is_whole_in_the_end(sandbox, hours, fault):
    sandbox.faults.add(fault, times=1, path="/payrollperioddata$")
    cells = [hours.cell(number) for number in range(4)]
    assert hours.write(*cells).messages == ()
    assert hours.read() == set(cells)
    assert len(sandbox.company.period_data.trail) == 4


def test_a_right_that_is_missing_is_named(sandbox, hours):
    rights = sandbox.company.employer.activities
    assert hours.data.missing_activities(hours.employer) == []
    assert hours.data.missing_payslip_activities(hours.employer) == []
    rights.remove("PatchCollectivePayrollPeriodDataByEmployerId")
    (title,) = hours.data.missing_activities(hours.employer)
    assert "PatchCollectivePayrollPeriodDataByEmployerId" in title
    with pytest.raises(LoketRefused) as caught:
        hours.write(hours.cell(0))
    assert caught.value.activity == "PatchCollectivePayrollPeriodDataByEmployerId"


def test_status_changes_and_payslips_come_through(sandbox, hours):
    data, office = hours.data, sandbox.company.employer.administrations[0]
    hours.write(hours.cell(0))
    office.runs = {202601: [9]}
    assert data.status(hours.office, 2026, 1).key == 6
    today = datetime.datetime.now(datetime.timezone.utc).date()
    (change,) = data.changes(hours.office, today, today)
    assert (change.employment_ref, change.new) == (hours.jobs[0].id, Decimal("8.25"))
    assert (change.by, change.component, change.year) == ("Bergen, S", 1, 2026)
    (run,) = data.runs(hours.office)
    assert run.available_on == datetime.date(2026, 1, 31)
    assert run.approved == "2026-01-31T12:00:00Z"
    (payslip,) = data.payslips(hours.jobs[0].id)
    assert (payslip.run_ref, payslip.number) == (run.ref, 1)
    assert data.payslip_pdf(hours.jobs[0].id, run.ref).endswith(b"%%EOF\n")
    sandbox.faults.add("no_pdf")
    with pytest.raises(LoketBadReply):
        data.payslip_pdf(hours.jobs[0].id, run.ref)


def test_a_change_of_people_is_news_and_a_change_of_hours_is_not(sandbox, link, hours):
    seen = link.highest_version(hours.employer, 0)
    hours.write(hours.cell(0))
    assert link.highest_version(hours.employer, seen) == seen
    sandbox.company.employer.employees[0].city = "Delft"
    assert link.highest_version(hours.employer, seen) > seen
