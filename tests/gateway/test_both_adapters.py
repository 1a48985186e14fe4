# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""REST and SOAP are one gateway: same company in, same records and same errors out."""

import datetime
import time
from decimal import Decimal
from types import SimpleNamespace

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    Gateway,
    LoketBadReply,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    RestGateway,
    TokenSet,
)
from odoo.addons.l10n_nl_loket.gateway.http import Patience
from odoo.addons.l10n_nl_loket.gateway.port import earlier_day
from odoo.addons.l10n_nl_loket.gateway.records import Shift
from odoo.addons.l10n_nl_loket.gateway.soap import SoapGateway

from sandbox.server import Sandbox

from .loket_stub import MemoryTokens

YEAR = datetime.date.today().year
#: Where a fault strikes the reading of employments.
PATHS = {"rest": "employees/employments", "soap": "GetEmployees"}


def rest(sandbox, **more):
    reply = sandbox.issue_tokens()
    token = TokenSet(
        access_token=reply["access_token"],
        refresh_token=reply["refresh_token"],
        expires_at=time.time() + reply["expires_in"],
    )
    return RestGateway(
        local=True,
        api_url=sandbox.api_url,
        oauth_url=sandbox.oauth_url,
        client_id="odoo",
        client_secret="sandbox-secret",
        tokens=MemoryTokens(token),
        **more,
    )


def soap(sandbox, **more):
    key = sandbox.link_keys.issue()
    return SoapGateway(wsdl_url=sandbox.wsdl_url, link_key=key, local=True, **more)


ADAPTERS = {"rest": rest, "soap": soap}


@pytest.fixture
def sandbox():
    with Sandbox() as server:
        yield server


@pytest.fixture(params=ADAPTERS)
def link(request, sandbox):
    """A gateway to the sandbox, and employer and administration as a person picks."""
    pauses = []
    gateway = ADAPTERS[request.param](sandbox, sleep=pauses.append)
    employer = sandbox.company.employer
    return SimpleNamespace(
        name=request.param,
        gateway=gateway,
        pauses=pauses,
        path=PATHS[request.param],
        chosen=(employer.id, employer.administrations[0].id),
    )


def everything(gateway: Gateway):
    """All that a gateway hands out, by what was asked."""
    found = {"employers": gateway.employers()}
    for employer in found["employers"]:
        offices = found[employer.ref] = gateway.administrations(employer.ref)
        found[employer.ref, "hidden"] = gateway.hidden_by_filter(employer.ref)
        found[employer.ref, "missing"] = gateway.missing_activities(employer.ref)
        for office in offices:
            both = (employer.ref, office.ref)
            found[both, "cost centers"] = gateway.cost_centers(*both)
            found[both, "employments"] = gateway.employments(*both)
            for year in (YEAR, YEAR + 1, 1999):
                found[both, year] = gateway.components(office.ref, year)
            for year in (YEAR - 1, YEAR, YEAR + 1):
                found[both, "periods", year] = gateway.periods(office.ref, year)
    return found


def test_the_same_company_gives_the_same_records(sandbox):
    over_rest, over_soap = everything(rest(sandbox)), everything(soap(sandbox))

    assert over_soap == over_rest
    assert len(over_rest["employers"]) == 2
    assert sum(len(item.records) for item in over_rest.values()
               if hasattr(item, "records")) > 30  # fmt: skip


@pytest.mark.parametrize(("seed", "page_size"), [(2, 7), (3, 5), (4, 60)])
def test_pages_of_any_size_give_the_same_records(seed, page_size):
    with Sandbox(employees=60, seed=seed, page_size=page_size) as server:
        assert everything(soap(server)) == everything(rest(server))


def test_values_of_periods_go_over_rest_and_with_soap_by_file(sandbox):
    over_rest, over_soap = rest(sandbox), soap(sandbox)
    employer = sandbox.company.employer
    office = employer.administrations[0].id

    assert over_rest.period_data.missing_activities(employer.id) == []
    assert over_soap.period_data is None
    assert over_rest.highest_version(employer.id, 0) > 0
    with pytest.raises(LoketRefused) as caught:
        over_soap.highest_version(employer.id, 0)
    assert caught.value.activity
    (first, *_others) = over_rest.components(office, YEAR)
    assert (first.category, first.category_key) == ("Uren", 1)
    assert over_soap.components(office, YEAR)[0].category_key is None


def test_an_empty_company_gives_the_same_records():
    with Sandbox(employees=0) as server:
        assert everything(soap(server)) == everything(rest(server))


def test_odd_people_and_contracts_are_the_same(sandbox):
    today = datetime.date.today()
    people = sandbox.company.employer.employees
    jobs = [person.employments[0] for person in people[:12]]
    jobs[0].end_date = today - datetime.timedelta(days=1)
    jobs[1].start_date = today + datetime.timedelta(days=1)
    jobs[2].end_date = today
    jobs[3].gross_wage, jobs[4].hours_per_week = None, None
    jobs[5].shift, jobs[5].hours_per_week = 2, 17.25
    jobs[6].on_call, jobs[6].permanent = True, False
    jobs[7].commission_until = today
    people[8].email = people[8].phone = people[8].mobile = people[8].first_name = None
    people[9].last_name, people[9].prefix = "Ünlü & Zn <x>", " van  der "
    people[10].partner_last_name, people[10].name_format = "de Groot", 4
    people[11].gender, people[11].mobile = 3, None

    assert everything(soap(sandbox)) == everything(rest(sandbox))


def employment_of(link, person):
    """What a gateway tells of the only employment of somebody."""
    (found,) = (
        one
        for one in link.gateway.employments(*link.chosen).records
        if one.person.employee_ref == person.id
    )
    return found


def somebody(sandbox):
    office = sandbox.company.employer.administrations[0]
    return next(
        person
        for person in sandbox.company.employer.employees
        if [job.administration for job in person.employments] == [office]
    )


def test_all_of_an_address_is_told(sandbox, link):
    person = somebody(sandbox)
    person.location, person.country = "Gebouw C", (5, "be", "Belgie")
    found = employment_of(link, person).person
    assert (found.location, found.country_code) == ("Gebouw C", "BE")


def test_a_wage_by_the_hour_is_no_wage_a_month(sandbox, link):
    person = somebody(sandbox)
    person.employments[0].hourly, person.employments[0].gross_wage = True, 15.25
    found = employment_of(link, person)
    assert (found.wage, found.hourly_wage) == (None, Decimal("15.25"))


def test_no_hours_and_unknown_hours_are_not_the_same(sandbox, link):
    person = somebody(sandbox)
    job = person.employments[0]
    job.hours_per_week = 0
    assert employment_of(link, person).hours_per_week == 0
    job.hours_per_week = None
    assert employment_of(link, person).hours_per_week is None


def test_whoever_begins_soon_is_told_as_of_that_day(sandbox, link):
    person = somebody(sandbox)
    job = person.employments[0]
    job.start_date = datetime.date.today() + datetime.timedelta(days=40)
    job.hours_per_week = 24
    found = employment_of(link, person)
    assert found.hours_per_week == 24
    assert found.department_name == job.department.description


def test_only_the_first_few_days_to_come_are_asked_for(sandbox, link):
    office = sandbox.company.employer.administrations[0]
    jobs = [
        job
        for _person, job in sandbox.company.employer.employments()
        if job.administration is office
    ][:5]
    today = datetime.date.today()
    for number, job in enumerate(jobs, start=1):
        job.start_date = today + datetime.timedelta(days=number)
    found = {
        one.employment_ref: one.department_name
        for one in link.gateway.employments(*link.chosen).records
    }
    told = [bool(found[job.id]) for job in jobs]
    assert told == [True, True, True, False, False]


def test_a_day_to_come_that_is_refused_stops_nothing(sandbox, link, monkeypatch):
    person = somebody(sandbox)
    job = person.employments[0]
    job.start_date = datetime.date.today() + datetime.timedelta(days=40)
    name = {"rest": "_add_facts", "soap": "_employees"}[link.name]
    read = getattr(link.gateway, name)

    def refuse(*asked):
        if isinstance(asked[-1], datetime.date):
            raise LoketBadReply("the call", "the body")
        return read(*asked)

    monkeypatch.setattr(link.gateway, name, refuse)
    assert employment_of(link, person).hours_per_week is None


def test_a_reference_in_capitals_is_the_same(link):
    employer, office = link.chosen
    found = link.gateway.employments(employer, office.upper())
    assert found == link.gateway.employments(employer, office)
    assert found.records


@pytest.mark.parametrize("fault", ["error500", "rate_limit", "cut"])
def test_trouble_that_passes_is_not_noticed(sandbox, link, fault):
    sandbox.faults.add(fault, times=1, path=link.path)
    assert link.gateway.employments(*link.chosen).records
    assert len(link.pauses) == 1


@pytest.mark.parametrize(
    ("fault", "value", "error"),
    [
        ("error500", None, LoketUnavailable),
        ("cut", None, LoketUnavailable),
        ("rate_limit", 3600, LoketUnavailable),
        ("unauthorized", None, LoketRefused),
        ("forbidden", None, LoketRefused),
        ("wrong_json", None, LoketBadReply),
        ("html", None, LoketBadReply),
        ("half_page", None, LoketBadReply),
        ("page_twice", None, LoketBadReply),
    ],
)
def test_trouble_that_stays_is_the_same_error(sandbox, link, fault, value, error):
    sandbox.page_size = 10
    sandbox.faults.add(fault, value, path=link.path)

    with pytest.raises(error) as caught:
        link.gateway.employments(*link.chosen)

    message = caught.value.message
    assert message == str(caught.value)
    assert message[0].isupper() and message.endswith(".")
    people = {person.last_name for person in sandbox.company.employer.employees}
    assert not [name for name in people if name in message]


def test_a_slow_loket_is_given_up(sandbox):
    patience = Patience(connect=0.2, read=0.2, attempts=2, pause=0)
    sandbox.faults.add("latency", 2)
    for name, adapter in ADAPTERS.items():
        started = time.monotonic()
        with pytest.raises(LoketUnavailable):
            adapter(sandbox, patience=patience).employers()
        assert time.monotonic() - started < 1.5, name


def test_a_loket_that_is_gone_is_unavailable(sandbox, link):
    sandbox.stop()
    with pytest.raises(LoketUnavailable):
        link.gateway.employers()
    assert len(link.pauses) == 2


def test_a_withdrawn_link_is_refused_at_once(sandbox, link):
    sandbox.tokens.revoke_all()
    sandbox.link_keys.revoke_all()
    with pytest.raises(LoketRefused, match="Connect to Loket again"):
        link.gateway.employers()
    assert link.pauses == []


def test_a_wrong_choice_is_told_to_the_person(link):
    with pytest.raises(LoketMisconfigured, match="choose|Choose"):
        link.gateway.administrations("0e000000-0000-4000-8000-000000000001")


def test_a_missing_right_is_named(sandbox, link):
    sandbox.faults.add("forbidden", path=link.path)
    with pytest.raises(LoketRefused) as caught:
        link.gateway.employments(*link.chosen)
    assert caught.value.activity
    assert caught.value.activity in caught.value.message


def test_an_employee_without_last_name_stops_nobody_else(sandbox):
    sandbox.faults.add("missing_field")
    found = [
        adapter(sandbox).employments(
            sandbox.company.employer.id, sandbox.company.employer.administrations[0].id
        )
        for adapter in ADAPTERS.values()
    ]

    assert found[0].records == found[1].records
    assert len(found[0].records) == 24
    for one in found:
        (problem,) = one.problems
        assert "lastName" in problem.reason
    assert found[0].problems[0].ref == found[1].problems[0].ref
    assert found[0].problems[0].name == found[1].problems[0].name


def test_vanished_employees_are_the_same(sandbox):
    sandbox.faults.add("vanished_employees", 40)
    assert everything(soap(sandbox)) == everything(rest(sandbox))


@pytest.mark.parametrize(
    "url", ["", "loket.nl", "http://example.com/x", "ftp://localhost/x", "file:///etc"]
)
def test_only_https_or_this_machine_will_do(url):
    tokens = MemoryTokens(TokenSet(access_token="x"))
    with pytest.raises(LoketMisconfigured):
        RestGateway(
            api_url=url,
            oauth_url="https://oauth.loket.nl",
            client_id="odoo",
            client_secret="x",
            tokens=tokens,
        )
    if url:  # SOAP has a description of its own
        with pytest.raises(LoketMisconfigured):
            SoapGateway(wsdl_url=url, link_key="x")


def test_the_shift_is_told_of_today_and_of_a_day_in_the_past(link, sandbox):
    today = datetime.date.today()
    job = sandbox.company.employer.employees[0].employments[0]
    first = today.replace(day=1)
    job.start_date, job.end_date = datetime.date(2020, 1, 1), None
    job.changes = {first: {"shift": 2}}

    records = link.gateway.employments(*link.chosen).records
    (told,) = (one for one in records if one.employment_ref == job.id)

    is_rest = isinstance(link.gateway, RestGateway)  # SOAP tells no last day
    last = first - datetime.timedelta(days=1) if is_rest else None
    assert told.shifts == (
        Shift(asked=earlier_day(today), number=1, since=job.start_date, until=last),
        Shift(asked=today, number=2, since=first),
    )


def test_what_will_change_on_a_day_is_told_until_the_day_before(link, sandbox):
    today = datetime.date.today()
    job = sandbox.company.employer.employees[0].employments[0]
    job.start_date, job.end_date = datetime.date(2020, 1, 1), None
    coming = [today + datetime.timedelta(days=days) for days in (9, 5)]
    job.changes = {coming[0]: {"shift": 2}, coming[1]: {"gross_wage": 1.0}}

    records = link.gateway.employments(*link.chosen).records
    (told,) = (one for one in records if one.employment_ref == job.id)

    is_rest = isinstance(link.gateway, RestGateway)  # SOAP tells no last day
    last = today + datetime.timedelta(days=4)
    assert told.told_until == (last if is_rest else None)


def test_whoever_has_yet_to_begin_has_the_shift_of_the_first_day(link, sandbox):
    start = datetime.date.today() + datetime.timedelta(days=20)
    job = sandbox.company.employer.employees[0].employments[0]
    job.start_date, job.end_date, job.shift = start, None, 2

    records = link.gateway.employments(*link.chosen).records
    (told,) = (one for one in records if one.employment_ref == job.id)

    assert told.shifts == (Shift(asked=start, number=2, since=start),)


@pytest.mark.parametrize(
    ("today", "earlier"),
    [
        (datetime.date(2026, 11, 26), datetime.date(2026, 9, 1)),
        (datetime.date(2026, 2, 1), datetime.date(2025, 12, 1)),
        (datetime.date(2026, 1, 31), datetime.date(2025, 11, 1)),
        (datetime.date(2026, 3, 31), datetime.date(2026, 1, 1)),
    ],
)
def test_the_day_in_the_past_is_two_months_back(today, earlier):
    assert earlier_day(today) == earlier
