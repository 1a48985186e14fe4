# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods, components, modules and units: what a payroll file is made with."""

import pytest

from odoo.tools import zeep

from sandbox.data import Component


class Office:
    """An administration of the first employer, over REST and SOAP."""

    def __init__(self, loket, client, number):
        self.client = client
        self.employer = loket.company.employer
        self.record = self.employer.administrations[number]
        self.key = loket.link_keys.issue()
        self.service = zeep.Client(loket.wsdl_url).service

    def get(self, part):
        return self.client.get(
            f"/providers/employers/payrolladministrations/{self.record.id}/{part}"
        )

    def dates(self, year):
        """Return {number: (first, last)}, the same over REST and SOAP."""
        by_rest = {
            row["periodNumber"]: (row["startDate"], row["endDate"])
            for row in self.get("payrollperiods").json()["_embedded"]
            if row["year"] == year
        }
        rows = self.service.GetPayrollPeriods(
            linkKey=self.key, administrationRef=self.record.id, year=year
        )
        by_soap = {
            row.number: (str(row.dateFrom), str(row.dateTo)) for row in rows or ()
        }
        assert by_soap == by_rest
        return by_rest

    def soap_components(self, year):
        return self.service.GetPayrollComponents(
            linkKey=self.key, administrationRef=self.record.id, year=year
        )

    def soap_cost_centers(self):
        rows = self.service.GetCostCenters(
            linkKey=self.key,
            employerRef=self.employer.id,
            administrationRef=self.record.id,
        )
        return {row.kind for row in rows or ()}


@pytest.fixture
def monthly(loket, client):
    return Office(loket, client, 0)


@pytest.fixture
def four_weekly(loket, client):
    return Office(loket, client, 1)


def test_week_53_is_in_the_thirteenth_period_or_is_the_fourteenth(loket, four_weekly):
    assert four_weekly.dates(2026)[13] == ("2026-11-30", "2027-01-03")
    loket.faults.add("fourteenth_period")
    dates = four_weekly.dates(2026)
    assert dates[13] == ("2026-11-30", "2026-12-27")
    assert dates[14] == ("2026-12-28", "2027-01-03")
    assert len(dates) == 14
    assert len(four_weekly.dates(2025)) == 13


def test_months_can_run_from_the_21st(loket, monthly):
    loket.faults.add("months_from_day")
    dates = monthly.dates(2026)
    assert dates[1] == ("2025-12-21", "2026-01-20")
    assert dates[3] == ("2026-02-21", "2026-03-20")
    assert dates[12] == ("2026-11-21", "2026-12-20")


def test_payroll_runs_tell_what_is_approved(loket, monthly):
    monthly.record.runs = {202601: [5, 9], 202602: [1]}
    rows = {row["id"]: row for row in monthly.get("payrollperiods").json()["_embedded"]}
    runs = rows[202601]["payrollRuns"]
    assert [run["payrollRunStatus"]["key"] for run in runs] == [5, 9]
    assert [run["sequenceNumberApproved"] for run in runs] == [None, 2]
    assert rows[202603]["payrollRuns"] == []
    small = monthly.get("payrollperiods/minimized").json()["_embedded"]
    approved = [row["id"] for row in small if row["hasApprovedPayrollRun"]]
    assert approved == [202601]
    rows = monthly.service.GetPayrollPeriods(
        linkKey=monthly.key, administrationRef=monthly.record.id, year=2026
    )
    assert [row.number for row in rows if row.approved] == [1]


def test_a_period_can_be_approved_by_name(loket, monthly):
    loket.faults.add("approved_period", 202604)
    small = monthly.get("payrollperiods/minimized").json()["_embedded"]
    assert [row["id"] for row in small if row["hasApprovedPayrollRun"]] == [202604]


def test_each_year_has_components_of_its_own(monthly):
    monthly.record.components_by_year = {
        2025: [Component(77, "Oude uren", (1, "Uren"))],
    }
    rows = monthly.get("payrollcomponents/year/2025").json()["_embedded"]
    assert [row["key"] for row in rows] == [77]
    assert [row.code for row in monthly.soap_components(2025)] == [77]
    rows = monthly.get("payrollcomponents/year/2026").json()["_embedded"]
    assert len(rows) == len(monthly.soap_components(2026)) == 18


def test_a_year_that_loket_does_not_have(loket, monthly):
    loket.faults.add("only_year", 2026)
    assert monthly.get("payrollcomponents/year/2025").status_code == 404
    assert monthly.get("payrollcomponents/year/2026").status_code == 200
    rows = monthly.get("payrollperiods").json()["_embedded"]
    assert {row["year"] for row in rows} == {2026}
    assert monthly.dates(2025) == {}
    with pytest.raises(zeep.exceptions.Fault):
        monthly.soap_components(2025)


def test_categories_tell_money_from_hours(monthly):
    rows = monthly.get("payrollcomponents/year/2026").json()["_embedded"]
    kinds = {
        row["key"]: row["deductionOrPayment"] and row["deductionOrPayment"]["value"]
        for row in rows
    }
    assert (kinds[1], kinds[120], kinds[300]) == (None, "Betaling", "Inhouding")


def test_a_list_of_components_can_be_empty(loket, monthly):
    loket.faults.add("no_components")
    assert monthly.get("payrollcomponents/year/2026").json()["_embedded"] == []
    assert not monthly.soap_components(2026)


def test_without_module_940_there_are_no_journal_profiles(loket, client, monthly):
    assert monthly.get("journalProfiles").status_code == 200
    loket.faults.add("no_journals")
    reply = monthly.get("journalProfiles")
    assert reply.status_code == 403
    assert "Module 940" in reply.json()["message"]
    path = (
        "/providers/employers/payrolladministrations/journalProfiles/"
        f"{monthly.record.journal_profile_id}/costCenters"
    )
    assert client.get(path).status_code == 403
    path = f"/providers/employers/{monthly.employer.id}/authorizations"
    names = {row["description"] for row in client.get(path).json()["_embedded"]}
    assert "GetJournalProfilesByPayrollAdministrationId" not in names
    assert "GetDistributionUnitsByEmployerId" in names
    assert monthly.soap_cost_centers() == {"distributionUnit"}


def test_an_employer_without_distribution_units(loket, client, monthly):
    loket.faults.add("no_distribution_units")
    start = f"/providers/employers/{monthly.employer.id}"
    assert client.get(f"{start}/distributionunits").json()["_embedded"] == []
    rows = client.get(f"{start}/actualorganizationalentities").json()["_embedded"]
    assert {row["organizationalEntity"]["distributionUnit"] for row in rows} == {None}
    assert monthly.soap_cost_centers() == {"costCenter"}


def test_who_is_on_call_and_whose_hours_loket_works_out(loket, client, monthly):
    path = f"/providers/employers/{monthly.employer.id}/employees/employments"

    def facts():
        row = next(
            row
            for row in client.get(path).json()["_embedded"]
            if row["employee"]["employeeNumber"] == 108
        )
        people = monthly.service.GetEmployees(
            linkKey=monthly.key,
            employerRef=monthly.employer.id,
            administrationRef=monthly.record.id,
            page=1,
        ).employee
        (job,) = next(one for one in people if one.number == "108").employment
        by_rest = (row["isOnCallEmployment"], row["calculateWorkingHours"])
        assert (job.onCall, job.calculatesHours) == by_rest
        return by_rest

    monthly.employer.employees[7].employments[0].on_call = False
    monthly.employer.employees[7].employments[0].calculates_hours = True
    assert facts() == (False, True)
    loket.faults.add("on_call")
    assert facts() == (True, False)


def test_the_upload_page_knows_the_periods_and_components_of_the_year(
    monthly, four_weekly, upload, imported
):
    data = b"aanslnr;persnr;ploeg;77\r\n5556;1;1;8,00\r\n"
    four_weekly.record.components_by_year = {
        2026: [Component(77, "Nieuwe uren", (1, "Uren"))],
    }
    fields = {"administratie": "5556", "periode": "14", "verdelingseenheid": "Nee"}
    assert upload(data, **fields).status_code == 422
    four_weekly.record.fourteenth = True
    assert upload(data, **fields).status_code == 200
    unit = four_weekly.employer.employees[25].employments[0].distribution_unit.code
    assert imported() == {(1, 1, unit, 77, "8.00")}
