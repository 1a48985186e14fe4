# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Employers, administrations, cost centers, components, periods, rights, filters."""

from datetime import date

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketRefused,
    Period,
)
from odoo.addons.l10n_nl_loket.gateway.rest import endpoints

from ..loket_stub import Answer, page
from .company import ADMINISTRATION, AT_ADMINISTRATION, AT_EMPLOYER, EMPLOYER

UNITS = f"{AT_EMPLOYER}/distributionunits"
PROFILES = f"{AT_ADMINISTRATION}/journalProfiles"
FILTERS = f"/v2/user/filtersettings/{EMPLOYER}"
GLOBAL_FILTERS = f"/globalfilter/user/filtersettings/{EMPLOYER}"
FORBIDDEN = Answer({"message": "Insufficient rights"}, status=403)


def centers_of(profile):
    profiles = "/v2/providers/employers/payrolladministrations/journalProfiles"
    return f"{profiles}/{profile}/costCenters"


@pytest.mark.parametrize(
    ("period_type", "expected"),
    [
        ({"key": 1, "value": "Maand"}, "month"),
        ({"key": 2, "value": "month"}, "month"),
        ({"key": 3, "value": "4 weken"}, "four_weeks"),
        ({"key": 3, "value": "four-weekly"}, "four_weeks"),
        ({"key": 4, "value": "Week"}, "week"),
        ({"key": 1}, "month"),
        ({"key": 3}, "four_weeks"),
        ({"key": 4}, "week"),
        ({"key": 7, "value": "Kwartaal"}, None),
        (None, None),
    ],
)
def test_administrations_have_a_client_number_and_a_period_type(
    loket, gateway_to_loket, period_type, expected
):
    loket.routes[f"{AT_EMPLOYER}/payrolladministrations"] = page(
        [
            {
                "id": ADMINISTRATION.upper(),
                "name": " Bakker ",
                "clientNumber": 5555,
                "payrollPeriodType": period_type,
            }
        ]
    )
    (found,) = gateway_to_loket.administrations(EMPLOYER)

    assert (found.ref, found.name) == (ADMINISTRATION, "Bakker")
    assert found.client_number == 5555
    assert found.period_type == expected


def test_cost_centers_of_all_journal_profiles_and_distribution_units_are_listed(
    loket, gateway_to_loket
):
    sales = {"id": "k-1", "code": "SAL073", "description": "Sales Den Bosch"}
    loket.routes[UNITS] = page([{"id": "u-1", "code": 2, "description": "Sales"}])
    loket.routes[PROFILES] = page([{"id": "p-1"}, {"id": "p-2"}])
    loket.routes[centers_of("p-1")] = page([sales])
    loket.routes[centers_of("p-2")] = page([sales, {"id": "k-2", "code": "X"}])

    found = gateway_to_loket.cost_centers(EMPLOYER, ADMINISTRATION)

    assert [(one.kind, one.code, one.name) for one in found.records] == [
        ("distribution_unit", "2", "Sales"),
        ("cost_center", "SAL073", "Sales Den Bosch"),
        ("cost_center", "X", "X"),
    ]


@pytest.mark.parametrize("closed", [FORBIDDEN, Answer(status=404)])
def test_one_kind_that_is_closed_to_the_user_does_not_hide_the_other(
    loket, gateway_to_loket, closed
):
    loket.routes[UNITS] = page([{"id": "u-1", "code": 2, "description": "Sales"}])
    loket.routes[PROFILES] = closed

    found = gateway_to_loket.cost_centers(EMPLOYER, ADMINISTRATION)

    assert [one.kind for one in found.records] == ["distribution_unit"]
    assert found.unseen == {"cost_center"}


def test_both_kinds_closed_is_told_and_no_error(loket, gateway_to_loket):
    loket.routes[UNITS] = loket.routes[PROFILES] = FORBIDDEN

    found = gateway_to_loket.cost_centers(EMPLOYER, ADMINISTRATION)

    assert found.records == ()
    assert found.unseen == {"cost_center", "distribution_unit"}


def test_a_link_that_ended_is_not_taken_for_a_kind_that_is_closed(
    loket, gateway_to_loket
):
    loket.routes[UNITS] = page([])
    loket.routes[PROFILES] = Answer(status=401)
    loket.routes["/token"] = Answer({"error": "invalid_grant"}, status=400)

    with pytest.raises(LoketRefused, match="Connect to Loket again"):
        gateway_to_loket.cost_centers(EMPLOYER, ADMINISTRATION)


def test_components_are_codes_with_a_name_for_a_year(loket, gateway_to_loket):
    loket.routes[f"{AT_ADMINISTRATION}/payrollcomponents/year/2026"] = page(
        [
            {
                "key": 1,
                "description": "Uren gewerkt",
                "category": {"key": 1, "value": "Uren"},
                "isCollectiveMutationPossible": True,
            }
        ]
    )
    (found,) = gateway_to_loket.components(ADMINISTRATION, 2026)

    assert (found.code, found.name, found.category) == ("1", "Uren gewerkt", "Uren")
    assert (found.collective, found.year) == (True, 2026)


def test_a_component_that_hides_whether_it_is_collective_is_a_bad_reply(
    loket, gateway_to_loket
):
    loket.routes[f"{AT_ADMINISTRATION}/payrollcomponents/year/2026"] = page(
        [{"key": 1, "description": "Uren gewerkt"}]
    )
    with pytest.raises(LoketBadReply) as caught:
        gateway_to_loket.components(ADMINISTRATION, 2026)
    assert caught.value.field == "isCollectiveMutationPossible"


def period_row(year, number, **more):
    return {
        "id": year * 100 + number,
        "year": year,
        "periodNumber": number,
        "startDate": f"{year}-{number:02}-01",
        "endDate": f"{year}-{number:02}-28",
    } | more


def period(year, number, **more):
    return Period(
        year=year,
        number=number,
        date_from=date(year, number, 1),
        date_to=date(year, number, 28),
        **more,
    )


PERIODS = f"{AT_ADMINISTRATION}/payrollperiods"


def test_periods_come_in_order_from_a_year_on_without_test_years(
    loket, gateway_to_loket
):
    loket.routes[PERIODS] = page(
        [
            period_row(2027, 1),
            period_row(2026, 2),
            period_row(2025, 1),
            period_row(2026, 1),
            period_row(2026, 3, testYear=True),
        ]
    )
    assert gateway_to_loket.periods(ADMINISTRATION, 2026) == [
        period(2026, 1),
        period(2026, 2),
        period(2027, 1),
    ]


@pytest.mark.parametrize(
    ("statuses", "is_approved"), [([], False), ([0, 7, 8], False), ([6, 9], True)]
)
def test_a_period_is_approved_by_one_run_that_is(
    loket, gateway_to_loket, statuses, is_approved
):
    runs = [{"payrollRunStatus": {"key": key, "value": "?"}} for key in statuses]
    loket.routes[PERIODS] = page([period_row(2026, 1, payrollRuns=runs)])

    assert gateway_to_loket.periods(ADMINISTRATION, 2026) == [
        period(2026, 1, is_approved=is_approved)
    ]


def test_who_may_not_see_the_runs_sees_in_the_short_list_what_is_approved(
    loket, gateway_to_loket
):
    loket.routes[PERIODS] = FORBIDDEN
    loket.routes[f"{PERIODS}/minimized"] = page(
        [
            period_row(2026, 1, hasApprovedPayrollRun=True),
            period_row(2026, 2, hasApprovedPayrollRun=False),
        ]
    )

    assert gateway_to_loket.periods(ADMINISTRATION, 2026) == [
        period(2026, 1, is_approved=True),
        period(2026, 2),
    ]


def test_who_may_see_neither_list_is_told_of_the_first(loket, gateway_to_loket):
    loket.routes[PERIODS] = loket.routes[f"{PERIODS}/minimized"] = FORBIDDEN

    with pytest.raises(LoketRefused) as caught:
        gateway_to_loket.periods(ADMINISTRATION, 2026)
    assert caught.value.activity == endpoints.PERIODS.operation


@pytest.mark.parametrize(
    "wrong", [{"endDate": "2025-12-31"}, {"periodNumber": 0}, {"periodNumber": 54}]
)
def test_a_period_that_can_not_be_is_refused(loket, gateway_to_loket, wrong):
    loket.routes[PERIODS] = page([period_row(2026, 1, **wrong)])

    with pytest.raises(LoketBadReply, match="period"):
        gateway_to_loket.periods(ADMINISTRATION, 2026)


def test_missing_activities_are_named_in_words_and_by_operation(
    loket, gateway_to_loket
):
    granted = [
        one.operation.upper()
        for one, *_others in endpoints.NEEDED
        if one != endpoints.WAGES
    ]
    loket.routes[f"{AT_EMPLOYER}/authorizations"] = page(
        [{"id": str(n), "description": name} for n, name in enumerate(granted)]
    )
    assert gateway_to_loket.missing_activities(EMPLOYER) == [
        "read wages (GetActualWagesByEmployerId)"
    ]


@pytest.mark.parametrize("periods", [endpoints.PERIODS, endpoints.MINIMIZED_PERIODS])
def test_either_list_of_periods_will_do_and_a_product_is_no_right(
    loket, gateway_to_loket, periods
):
    granted = [
        one.operation for one, *_others in endpoints.NEEDED if one != endpoints.PERIODS
    ]
    loket.routes[f"{AT_EMPLOYER}/authorizations"] = page(
        [
            {"id": str(number), "description": name}
            for number, name in enumerate([*granted, periods.operation])
        ]
    )

    assert gateway_to_loket.missing_activities(EMPLOYER) == []
    assert not any("JournalProfile" in name for name in granted)


def settings(**changes):
    nothing = {
        "filterOnAdministrations": [],
        "filterOnDepartments": [],
        "filterOnEmployedStatus": "AllEmployments",
        "filterOnEmploymentCategoryType": [],
        "filterOnOnCallEmployment": None,
    }
    return {"content": {"employmentFilter": nothing | changes}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"filterOnEmployedStatus": "ActiveEmployments"}, "active"),
        ({"filterOnEmployedStatus": "ActiveAndFutureEmployments"}, "ended"),
        ({"filterOnEmployedStatus": "ActiveAndHistoricEmployments"}, "begun"),
        ({"filterOnEmployedStatus": "SomethingNew"}, "SomethingNew"),
        ({"filterOnAdministrations": [{"key": "x"}]}, "administrations"),
        ({"filterOnDepartments": [{"key": "x"}]}, "departments"),
        ({"filterOnEmploymentCategoryType": [{"key": 1}]}, "kinds"),
        ({"filterOnOnCallEmployment": True}, "Only on-call"),
        ({"filterOnOnCallEmployment": False}, "hidden"),
    ],
)
def test_a_filter_that_hides_employments_is_told_in_words(
    loket, gateway_to_loket, changes, words
):
    loket.routes[FILTERS] = settings(**changes)
    (reason,) = gateway_to_loket.hidden_by_filter(EMPLOYER)
    assert words in reason


def test_no_filter_hides_nothing(loket, gateway_to_loket):
    loket.routes[FILTERS] = settings()
    assert gateway_to_loket.hidden_by_filter(EMPLOYER) == []


def test_filters_are_found_at_their_other_address_too(loket, gateway_to_loket):
    loket.routes[GLOBAL_FILTERS] = settings(filterOnDepartments=[{"key": "x"}])
    assert len(gateway_to_loket.hidden_by_filter(EMPLOYER)) == 1


def test_filters_that_may_not_be_read_are_said_to_be_unknown(loket, gateway_to_loket):
    loket.routes[FILTERS] = FORBIDDEN
    (reason,) = gateway_to_loket.hidden_by_filter(EMPLOYER)
    assert "not known" in reason


def test_filters_without_any_address_are_said_to_be_unchecked(gateway_to_loket):
    (reason,) = gateway_to_loket.hidden_by_filter(EMPLOYER)
    assert "could not be checked" in reason


def test_an_ended_link_is_not_taken_for_unknown_filters(loket, gateway_to_loket):
    loket.routes[FILTERS] = Answer(status=401)
    loket.routes["/token"] = Answer({"error": "invalid_grant"}, status=400)
    with pytest.raises(LoketRefused):
        gateway_to_loket.hidden_by_filter(EMPLOYER)


def test_filters_without_content_are_a_bad_reply(loket, gateway_to_loket):
    loket.routes[FILTERS] = {"messages": []}
    with pytest.raises(LoketBadReply) as caught:
        gateway_to_loket.hidden_by_filter(EMPLOYER)
    assert caught.value.field == "content"
