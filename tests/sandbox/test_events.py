# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can happen in Loket shows over REST and SOAP alike, and can be taken back."""

import datetime
import functools
import json

import pytest
import requests
from lxml import etree

from odoo.tools import zeep

from sandbox.events import EVENTS
from sandbox.generate import generate

TODAY = datetime.date.today()
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NAMESPACE = "urn:l10n-nl-loket:soap:1"


class View:
    """What REST and SOAP give of the employee with a number."""

    def __init__(self, loket, client):
        self.loket, self.client = loket, client
        self.employer = loket.company.employer
        self.key = loket.link_keys.issue()

    @functools.cached_property
    def service(self):
        return zeep.Client(self.loket.wsdl_url).service

    def rows(self, part, **query):
        path = f"/providers/employers/{self.employer.id}/{part}"
        return self.client.get(path, **query).json()["_embedded"]

    def person(self, number=108):
        return next(
            row for row in self.rows("employees") if row["employeeNumber"] == number
        )

    def employment(self, number=108):
        return next(
            row
            for row in self.rows("employees/employments")
            if row["employee"]["employeeNumber"] == number
        )

    def actual(self, part, number=108, **query):
        """Return the row of an actual list, or None."""
        wanted = self.employment(number)["id"]
        for row in self.rows(part, **query):
            if row["employmentId"] == wanted:
                return next(
                    value for key, value in row.items() if key != "employmentId"
                )
        return None

    def soap(self, number=108, **query):
        """Return the employee as SOAP gives it."""
        reply = self.service.GetEmployees(
            linkKey=self.key,
            employerRef=self.employer.id,
            administrationRef=self.employer.administrations[0].id,
            page=1,
            **query,
        )
        return next((one for one in reply.employee if one.number == str(number)), None)

    def soap_job(self, number=108, **query):
        return self.soap(number, **query).employment[0]


@pytest.fixture
def view(loket, client):
    return View(loket, client)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_event_changes_the_company_and_can_be_taken_back(loket, name):
    company = loket.company
    before = generate(25)
    assert company == before
    loket.faults.add(name)
    assert company != before
    loket.faults.clear()
    assert company == before


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_soap_keeps_its_description_unless_loket_is_broken(loket, view, name):
    loket.faults.add(name)
    body = (
        f"<GetEmployees><linkKey>{view.key}</linkKey>"
        f"<employerRef>{view.employer.id}</employerRef>"
        f"<administrationRef>{view.employer.administrations[0].id}</administrationRef>"
        "<page>1</page></GetEmployees>"
    )
    reply = requests.post(
        f"{loket.url}/soap",
        data=f'<s:Envelope xmlns:s="{SOAP}" xmlns="{NAMESPACE}"><s:Body>{body}'
        "</s:Body></s:Envelope>",
        headers={"Content-Type": "text/xml; charset=utf-8"},
        timeout=5,
    )
    assert reply.status_code == 200
    if name in ("nul_character", "half_surrogate"):
        assert (b"&#x0000;" in reply.content) or (b"&#xd83d;" in reply.content)
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(reply.content)
    else:
        etree.fromstring(reply.content)
    assert loket.company.keeps_contract == (
        name not in ("nul_character", "half_surrogate", "huge_numbers", "huge_texts")
    )


def test_events_are_of_the_employee_that_is_named(loket, view):
    loket.faults.add("hourly_wage", 109)
    assert view.actual("actualwages", 109)["grossWageType"]["key"] == 2
    assert view.actual("actualwages", 108)["grossWageType"]["key"] == 1
    with pytest.raises(ValueError, match="No employee 9"):
        loket.faults.add("hourly_wage", 9)


def test_numbers_are_shuffled(loket, view):
    before = view.person(108)["id"]
    loket.faults.add("shuffled_numbers")
    assert view.person(109)["id"] != view.person(108)["id"] != before
    assert view.soap(108).ref == view.person(108)["id"]


def test_somebody_is_there_twice(loket, view):
    loket.faults.add("double_person")
    names = [
        (row["personalDetails"]["formattedName"], row["personalDetails"]["dateOfBirth"])
        for row in view.rows("employees")
    ]
    assert len(names) - len(set(names)) == 1
    assert view.soap(128).lastName == view.soap(108).lastName


def test_the_id_under_an_employment_is_another_one(loket, view):
    before = view.employment()
    loket.faults.add("other_employee_id")
    after = view.employment()
    assert after["id"] == before["id"]
    assert after["employee"]["id"] != before["employee"]["id"]
    assert view.person()["id"] == after["employee"]["id"] == view.soap().ref


def test_another_person_stands_under_an_employment(loket, view):
    before = view.employment()
    loket.faults.add("other_person")
    (after,) = [
        row for row in view.rows("employees/employments") if row["id"] == before["id"]
    ]
    assert after["employee"]["id"] != before["employee"]["id"]
    assert after["employee"]["lastName"] == "Vreemdeling"
    assert all(row["id"] != before["employee"]["id"] for row in view.rows("employees"))
    assert view.soap(128).employment[0].ref == before["id"]


def test_name_and_birth_date_change_at_once(loket, view):
    before = view.person()
    loket.faults.add("other_name_and_birthday")
    after = view.person()
    assert after["id"] == before["id"] == view.soap().ref
    for name in ("lastName", "dateOfBirth"):
        assert after["personalDetails"][name] != before["personalDetails"][name]


def test_two_have_swapped_payroll_numbers(loket, view):
    numbers = [view.employment(number)["payrollId"] for number in (108, 109)]
    loket.faults.add("swapped_payroll_numbers")
    swapped = [view.employment(number)["payrollId"] for number in (109, 108)]
    assert swapped == numbers
    assert view.soap_job(109).payrollNumber == numbers[0]


@pytest.mark.parametrize(
    "part", ["actualworkinghours", "actualwages", "actualorganizationalentities"]
)
def test_actual_lists_know_a_hire_from_its_first_day(loket, view, part):
    loket.faults.add("future_hire", 10)
    first = TODAY + datetime.timedelta(days=10)
    day_before = first - datetime.timedelta(days=1)
    assert view.employment(128)["startDate"] == first.isoformat()
    assert view.actual(part, 128) is None
    assert view.actual(part, 128, referenceDate=day_before.isoformat()) is None
    assert view.actual(part, 128, referenceDate=first.isoformat())
    assert view.soap_job(128).departmentName is None
    assert view.soap_job(128, referenceDate=first).departmentName
    assert view.soap_job(128, referenceDate=first).shift == 1


def test_zero_hours_are_not_unknown_hours(loket, view):
    loket.faults.add("zero_hours", 108)
    loket.faults.add("unknown_hours", 109)
    hours = ("deviatingHoursPerWeek", "aggregatedHoursPerWeek", "averageHoursPerWeek")
    zero, unknown = (view.actual("actualworkinghours", item) for item in (108, 109))
    assert [zero[name] for name in hours] == [None, None, 0]
    assert zero["flexibleHoursContract"]["value"] == "Nul uren contract"
    assert [unknown[name] for name in hours] == [None, None, None]
    assert unknown["flexibleHoursContract"] is None
    assert view.employment()["isOnCallEmployment"] is True
    assert view.soap_job(108).hoursPerWeek == 0
    assert view.soap_job(109).hoursPerWeek is None


def test_a_wage_by_the_hour(loket, view):
    loket.faults.add("hourly_wage")
    wage = view.actual("actualwages")
    assert (wage["grossWage"], wage["grossWageType"]["value"]) == (17.5, "hourly")
    assert view.soap_job().monthlyWage is None
    assert float(view.soap_job().hourlyWage) == 17.5


@pytest.mark.parametrize(
    ("name", "field", "value", "soap_field"),
    [
        ("address_location", "location", "Gebouw C, 4e etage", "location"),
        ("unknown_country", "country.isoCode", "AN", "countryCode"),
        ("lower_case_country", "country.isoCode", "nl", "countryCode"),
        ("foreign_address", "country.isoCode", "DE", "countryCode"),
        ("foreign_address", "postalCode", "D-47533", "zip"),
    ],
)
def test_addresses(loket, view, name, field, value, soap_field):
    loket.company.employer.employees[7].country = (1, "NL", "Nederland")
    loket.faults.add(name)
    found = view.person()["address"]
    for part in field.split("."):
        found = found[part]
    assert found == value == view.soap()[soap_field]


def test_words_that_nobody_knows(loket, view):
    loket.faults.add("unknown_gender", 107)
    loket.faults.add("unknown_name_format", 108)
    loket.faults.add("contradicting_name_format", 109)
    gender = view.person(107)["personalDetails"]["gender"]
    assert gender == {"key": 9, "value": "Anders benoemd"}
    assert view.soap(107).gender == "Anders benoemd"
    for number, words, soap_format in (
        (108, "Aanschrijfnaam volgens opgave", None),
        (109, "last name", "own"),
    ):
        details = view.person(number)["personalDetails"]
        assert details["howToFormatLastName"]["value"] == words
        assert details["formattedName"].startswith("Wiel - ")
        assert details["lastName"] in details["formattedName"]
        assert view.soap(number).nameFormat == soap_format
        assert view.soap(number).formattedName == details["formattedName"]


@pytest.mark.parametrize(
    ("name", "part", "soap_field"),
    [
        ("no_working_hours", "actualworkinghours", "shift"),
        ("no_wages", "actualwages", "monthlyWage"),
        ("no_organization", "actualorganizationalentities", "departmentName"),
    ],
)
def test_a_list_misses_one_row_or_all(loket, view, name, part, soap_field):
    whole = len(view.rows(part))
    loket.faults.add(name, 108)
    assert len(view.rows(part)) == whole - 1
    assert view.actual(part) is None
    assert view.soap_job(108)[soap_field] is None
    assert view.soap_job(107)[soap_field] is not None
    loket.faults.add(name)
    assert view.rows(part) == []
    assert view.soap_job(107)[soap_field] is None
    assert len(view.rows("employees/employments")) == 28
    loket.faults.clear()
    assert len(view.rows(part)) == whole


def test_the_list_of_employees_misses_one_or_all(loket, view):
    loket.faults.add("no_employees", 108)
    assert len(view.rows("employees")) == 26
    assert view.employment()
    assert view.soap() is None
    loket.faults.add("no_employees")
    assert view.rows("employees") == []
    assert len(view.rows("employees/employments")) == 28


def test_a_night_that_ends_all(loket, view):
    loket.faults.add("all_ended", "2026-03-31")
    ends = {row["endDate"] for row in view.rows("employees/employments")}
    assert ends == {"2026-03-31"}
    assert view.soap_job().endDate == datetime.date(2026, 3, 31)
    loket.faults.clear()
    assert view.employment()["endDate"] is view.soap_job().endDate is None


def test_a_night_without_addresses_and_one_with_one_name(loket, view):
    loket.faults.add("no_addresses")
    loket.faults.add("one_name")
    people = view.rows("employees")
    assert {row["address"] for row in people} == {None}
    names = {row["personalDetails"]["formattedName"] for row in people}
    assert names == {"Jansen J."}
    assert view.soap().street is view.soap().city is view.soap().countryCode is None
    assert view.soap().formattedName == "Jansen J."


def test_an_end_date_is_given_and_withdrawn(loket, view):
    loket.faults.add("end_date")
    day = TODAY + datetime.timedelta(days=30)
    assert view.employment()["endDate"] == day.isoformat()
    assert view.soap_job().endDate == day
    loket.faults.clear()
    assert view.employment()["endDate"] is None


def test_department_and_shift_change_on_a_date(loket, view):
    job = loket.company.employer.employees[7].employments[0]
    first = datetime.date(2026, 10, 1)
    other = next(
        item for item in loket.company.employer.departments if item != job.department
    )
    job.changes = {first: {"shift": 2, "department": other}}
    for day, shift, department in (
        (datetime.date(2026, 9, 30), 1, job.department),
        (first, 2, other),
    ):
        date = day.isoformat()
        hours = view.actual("actualworkinghours", referenceDate=date)
        place = view.actual("actualorganizationalentities", referenceDate=date)
        assert hours["shift"]["shiftNumber"] == shift
        assert place["department"]["key"] == department.id
        assert (
            hours["startDate"] == (first if shift == 2 else job.start_date).isoformat()
        )
        found = view.soap_job(referenceDate=day)
        assert (found.shift, found.departmentName) == (shift, department.description)


def test_everybody_can_be_unreadable(loket, view):
    loket.faults.add("missing_field", "all")
    people = view.rows("employees")
    assert not any("lastName" in row["personalDetails"] for row in people)
    assert view.soap().lastName is None


@pytest.mark.parametrize(
    ("name", "text"), [("nul_character", "\0"), ("half_surrogate", "\ud83d")]
)
def test_characters_that_no_database_takes(loket, client, view, name, text):
    loket.faults.add(name)
    path = f"/providers/employers/{view.employer.id}/employees"
    people = json.loads(client.get(path).content)["_embedded"]
    assert sum(text in row["personalDetails"]["lastName"] for row in people) == 1


def test_numbers_over_every_bound(loket, view):
    loket.faults.add("huge_numbers")
    assert view.employment()["payrollId"] == 10**20
    assert view.actual("actualwages")["grossWage"] == 1e30


def test_two_clients_see_the_same_administrations(loket, client):
    path = f"/providers/employers/{loket.company.employer.id}/payrolladministrations"
    first = client.get(path).json()
    client.token = loket.issue_tokens("odoo-2")["access_token"]
    assert client.get(path).json() == first
