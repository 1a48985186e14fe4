# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each request that the addon makes is one that Loket's specification describes."""

import datetime
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import requests

from . import specification

sys.path.append(str(Path(__file__).resolve().parents[2] / "l10n_nl_loket"))

from odoo.addons.l10n_nl_loket.gateway import PeriodValue, RestGateway, oauth

from ..gateway.loket_stub import MemoryTokens


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
    link.highest_version(employer, 0)
    _period_data(link.period_data, loket, employer, office)
    return prepared


def _period_data(data, loket, employer, office):
    """Make every call that writes values, reads them back, and reads payslips."""
    record = loket.company.employer.administrations[0]
    record.runs, record.year_ends = {202601: [9]}, [2025]
    job = loket.company.employer.employees[0].employments[0]
    cells = [
        PeriodValue(
            employment_ref=job.id,
            shift=1,
            unit_ref=unit,
            component=component,
            value=value,
        )
        for component, value in ((1, Decimal("8.25")), (2, None), (86, Decimal(0)))
        for unit in (job.distribution_unit.id, None)
    ]
    data.missing_activities(employer)
    data.missing_payslip_activities(employer)
    data.write(employer, 2026, 1, cells)
    data.read(office, 2026, 1, [1, 10])
    data.read_one(job.id, 2026, 1)
    data.status(office, 2026, 1)
    today = datetime.date.today()
    data.changes(office, today, today)
    for comment in ("Klaar", ""):
        data.tell_ready(office, 2026, 1, ["kantoor@example.com"], comment)
    (run,) = data.runs(office)
    data.payslips(job.id)
    data.payslip_pdf(job.id, run.ref)
    data.year_ends(job.id)
    data.year_end_pdf(job.id, 2025)


def test_every_request_is_described(sent):
    try:
        faults = [
            fault for request in sent for fault in specification.faults_of(request)
        ]
    except specification.Unobtainable as error:
        pytest.skip(str(error))
    assert not faults
    described = {
        specification.described(specification.path_of(request)) for request in sent
    }
    assert len(described - {None}) >= 22
    assert {request.method for request in sent} == {"GET", "PATCH", "POST"}


_JOB_ID = "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    "change",
    [
        {"distributionUnit": None},
        {"shift": {"shiftNumber": "1"}},
        {"employmentId": "x"},
        {"payrollPeriod": {"year": 2026, "periodNumber": 54}},
        {"payslipText": ""},
        {"processingMethod": "overwrite"},
        {"payrollComponents": [{"payrollComponent": {"key": 1}, "value": "8"}]},
    ],
)
def test_what_is_no_request_of_the_specification_is_seen(change):
    try:
        specification.load()
    except specification.Unobtainable as error:
        pytest.skip(str(error))
    address = "/providers/employers/{employerId}/payrollperioddata"

    def found(body):
        return specification.request_errors(address, "2018-01-01", "patch", body)

    assert not found([{"employmentId": _JOB_ID, "costCenter": None}])
    assert found([{"employmentId": _JOB_ID, **change}])
