# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Employments: six lists joined, and bad data that stops nobody else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.gateway import LoketBadReply
from odoo.addons.l10n_nl_loket.gateway.rest import lists as rest_lists

from ..loket_stub import page
from .company import (
    ADMINISTRATION,
    AT_EMPLOYER,
    EMPLOYER,
    OTHER_ADMINISTRATION,
    employment,
    ref,
    rows,
    serve,
    wage,
)


@pytest.fixture
def read(loket, gateway_to_loket):
    """Read the employments out of given lists."""

    def employments(lists):
        serve(loket, lists)
        return gateway_to_loket.employments(EMPLOYER, ADMINISTRATION)

    return employments


def test_an_employment_is_joined_from_the_lists_of_the_employer(read):
    found = read(rows()).records[0]

    assert found.employment_ref == ref("ed", 1)
    assert found.payroll_number == 1
    assert found.start_date == date(2020, 3, 1)
    assert found.end_date is None
    assert found.shift == 1
    assert found.department_name == "Verkoop"
    assert found.job_title == "Verkoper"
    assert found.distribution_unit == "7"
    assert found.hours_per_week == 20
    assert found.contract_type == "permanent"
    assert found.on_call is False


def test_a_person_is_read_with_address_and_contact_data(read):
    person = read(rows()).records[0].person

    assert person.employee_ref == ref("ee", 1)
    assert person.employee_number == "101"
    assert person.display_name == "Susan van de Wiel - van Bergen"
    assert person.birthday == date(1985, 2, 28)
    assert person.gender == "female"
    assert person.street == "Voordijk 12 D"
    assert (person.zip, person.city, person.country_code) == ("1234 AA", "Leiden", "NL")
    assert person.email == "susan@example.com"
    assert person.phone == "+31 6-12345678"
    assert person.work_email == "s.vanbergen@example.com"
    assert person.work_phone == "+31 13-1234567"


def test_the_number_of_calls_does_not_grow_with_the_company(loket, read):
    assert len(read(rows(200)).records) == 200
    assert len(loket.seen) == 6


def test_other_administrations_and_people_outside_payroll_are_left_alone(read):
    lists = rows()
    lists["employees/employments"][1] = employment(2, OTHER_ADMINISTRATION)
    lists["employees/employments"][2] = employment(
        3, payrollAdministration=None, nonPayrollAdministration={"id": "N-1"}
    )
    found = read(lists)
    assert [one.payroll_number for one in found.records] == [1]
    assert found.problems == ()


def test_the_administration_may_be_told_the_newer_way(read):
    lists = rows(1)
    lists["employees/employments"][0] |= {
        "payrollAdministration": None,
        "administration": {
            "id": ADMINISTRATION.upper(),
            "administrationType": "payrollAdministration",
        },
    }
    assert len(read(lists).records) == 1


@pytest.mark.parametrize("told", [{}, {"id": ref("ed", 1)}])
def test_an_employment_of_no_administration_may_be_anybody_s(read, told):
    lists = rows(2)
    lists["employees/employments"][0] = dict.fromkeys(employment(1)) | told
    found = read(lists)
    assert len(found.records) == 1
    (problem,) = found.problems
    assert (problem.ref, problem.is_stray) == (told.get("id", ""), False)


def emptied(entry):
    """An entry with nothing in it but a reference."""
    return {
        name: emptied(value) if isinstance(value, dict) else None
        for name, value in entry.items()
    } | {"id": ref("ed", 1)}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("actualworkinghours", "hours"),
        ("actualwages", "wage"),
        ("actualorganizationalentities", "place"),
    ],
)
def test_an_entry_in_which_all_is_empty_tells_nothing(read, name, part):
    lists = rows(1)
    assert part in read(lists).records[0].parts
    lists[name][0] |= {
        key: emptied(entry)
        for key, entry in lists[name][0].items()
        if isinstance(entry, dict)
    }
    assert part not in read(lists).records[0].parts


def test_one_person_can_have_two_employments(read):
    lists = rows(1)
    second = employment(2) | {"employee": {"id": ref("ee", 1)}}
    lists["employees/employments"].append(second)

    first, second = read(lists).records
    assert first.person == second.person


def test_an_employment_that_has_not_begun_has_no_hours_or_wage_yet(read):
    lists = rows(1)
    for name in ("actualworkinghours", "actualwages", "actualorganizationalentities"):
        lists[name] = []
    found = read(lists).records[0]
    assert (found.shift, found.wage, found.distribution_unit) == (None, None, None)


def spoil_last_name(lists):
    lists["employees"][1]["personalDetails"]["lastName"] = None


def spoil_last_name_to_blank(lists):
    lists["employees"][1]["personalDetails"]["lastName"] = "  "


def spoil_birthday(lists):
    lists["employees"][1]["personalDetails"]["dateOfBirth"] = "31-12-1980"


def spoil_details(lists):
    lists["employees"][1]["personalDetails"] = "text"


def spoil_start(lists):
    del lists["employees/employments"][1]["startDate"]


def spoil_payroll_number(lists):
    lists["employees/employments"][1]["payrollId"] = "two"


def spoil_hours(lists):
    lists["actualworkinghours"][1]["workingHours"]["shift"]["shiftNumber"] = True


def lose_employee(lists):
    del lists["employees"][1]


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (spoil_last_name, "personalDetails.lastName"),
        (spoil_last_name_to_blank, "personalDetails.lastName"),
        (spoil_birthday, "personalDetails.dateOfBirth"),
        (spoil_details, "personalDetails.lastName"),
        (spoil_start, "startDate"),
        (spoil_payroll_number, "payrollId"),
        (spoil_hours, "workingHours.shift.shiftNumber"),
        (lose_employee, "the employee"),
    ],
)
def test_one_bad_employment_is_told_by_name_and_the_others_go_on(read, spoil, field):
    lists = rows()
    spoil(lists)

    found = read(lists)

    assert [one.payroll_number for one in found.records] == [1, 3]
    (problem,) = found.problems
    assert problem.ref == ref("ed", 2)
    assert "Bergen" in problem.name
    assert problem.reason.startswith(field)


def test_an_employment_without_id_or_name_is_a_problem_too(read):
    lists = rows(2)
    lists["employees/employments"][1] = {
        "payrollAdministration": {"id": ADMINISTRATION},
        "employee": {"employeeNumber": 102},
    }
    (problem,) = read(lists).problems
    assert problem.name == "employee 102"


def test_a_wage_of_nobody_is_told_and_stops_nobody(read):
    lists = rows(2)
    lists["actualwages"][0]["employmentId"] = None

    reply = read(lists)

    assert len(reply.records) == 2
    assert "wage" not in reply.records[0].parts
    (problem,) = reply.problems
    assert (problem.ref, problem.is_stray) == ("", True)
    assert "GetActualWagesByEmployerId" in problem.reason
    assert "employmentId" in problem.reason


@pytest.mark.parametrize(
    ("wage", "hours", "expected"),
    [
        ({}, {}, "1200.25"),
        ({"isGrossWageFullTime": False}, {}, "2400.5"),
        ({}, {"deviatingHoursPerWeek": None, "aggregatedHoursPerWeek": 40}, "2400.50"),
        ({"grossWage": 1000}, {"deviatingHoursPerWeek": 13.33}, "333.25"),
        ({"grossWage": None}, {}, None),
        ({"grossWageType": {"key": 2, "value": "hourly"}}, {}, None),
        ({"payrollPeriodType": {"key": 3, "value": "4 weken"}}, {}, None),
        ({"payrollPeriodType": {"key": 4, "value": "Week"}}, {}, None),
        ({}, {"deviatingHoursPerWeek": None, "aggregatedHoursPerWeek": None}, None),
        ({}, {"shift": {"shiftNumber": 1}}, None),
    ],
)
def test_only_a_gross_wage_a_month_is_taken_for_the_hours_worked(
    read, wage, hours, expected
):
    lists = rows(1)
    lists["actualwages"][0]["wage"] |= wage
    lists["actualworkinghours"][0]["workingHours"] |= hours

    taken = read(lists).records[0].wage

    assert taken == (expected and Decimal(expected))


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        ({"key": 1, "value": "Onbepaalde tijd"}, "permanent"),
        ({"key": 1, "value": "Other"}, "permanent"),
        ({"key": 2, "value": "Bepaalde tijd"}, "temporary"),
        ({"key": 2, "value": "Contract of definite duration"}, "temporary"),
        ({"key": 9, "value": "Stage"}, None),
        (None, None),
    ],
)
def test_the_contract_type_is_read_from_its_words(read, duration, expected):
    lists = rows(1)
    lists["employees/employments"][0]["employmentDurationType"] = duration
    assert read(lists).records[0].contract_type == expected


@pytest.mark.parametrize(
    ("gender", "expected"),
    [
        ({"key": 1}, "male"),
        ({"key": 2}, "female"),
        ({"key": 1, "value": "Man"}, "male"),
        ({"key": 2, "value": "Vrouw"}, "female"),
        ({"key": 3, "value": "Onbekend"}, None),
        ({"key": 2, "value": "Vrouwspersoon"}, None),
        ({"key": 3, "value": "Overig"}, "other"),
        (None, None),
    ],
)
def test_gender_is_read_from_words_or_key(read, gender, expected):
    lists = rows(1)
    lists["employees"][0]["personalDetails"]["gender"] = gender
    assert read(lists).records[0].person.gender == expected


def test_dates_of_an_end_and_of_an_appointment_are_kept_apart(read):
    lists = rows(1)
    lists["employees/employments"][0] |= {
        "endDate": "2026-01-31",
        "commissionUntilDate": "2026-06-30",
    }
    found = read(lists).records[0]
    assert found.end_date == date(2026, 1, 31)
    assert found.appointed_until == date(2026, 6, 30)


def test_a_half_list_is_never_taken_for_the_whole(loket, gateway_to_loket):
    lists = rows()
    serve(loket, lists)
    loket.routes[f"{AT_EMPLOYER}/employees/employments"]["totalSize"] = 9

    with pytest.raises(LoketBadReply, match="totalSize"):
        gateway_to_loket.employments(EMPLOYER, ADMINISTRATION)


def test_records_show_no_personal_data(read):
    lists = rows()
    spoil_start(lists)
    shown = repr(read(lists))
    for personal in ("Susan", "Bergen", "1985", "Voordijk", "2400", "1200", "@"):
        assert personal not in shown


# === PACKED === #


@pytest.fixture
def lists_of(loket, gateway_to_loket):
    """Read the lists, not yet understood."""

    def read(lists):
        serve(loket, lists)
        return gateway_to_loket.lists(EMPLOYER, ADMINISTRATION)

    return read


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_whoever_is_unpacked_and_with_how_many_is_the_same(
    lists_of, monkeypatch, at_once
):
    monkeypatch.setattr(rest_lists, "_AT_ONCE", at_once)
    lists = rows(7)
    for name in list(lists)[::2]:
        lists[name].reverse()  # each list in an order of its own
    del lists["employees/employments"][3]["startDate"]
    found = lists_of(lists)

    numbers = [one.payroll_number for one in found.employments.records]
    assert numbers == [1, 2, 3, 5, 6, 7]
    (problem,) = found.employments.problems
    assert problem.ref == ref("ed", 4)
    for wanted in ([1], [7, 2], [4, 5], []):
        some = found.some({ref("ed", number) for number in wanted})
        assert list(some.records) == [
            one for one in found.employments.records if one.payroll_number in wanted
        ]
        assert list(some.problems) == [problem] * (4 in wanted)


@pytest.mark.parametrize("at_once", [1, 2, 1000])
@pytest.mark.parametrize("payroll_number", [2, "2", None, 0, "two", 2.5])
@pytest.mark.parametrize("number", [102, "00102", " 102 ", "", None, [], "x" * 300])
def test_the_numbers_are_those_of_the_records(
    lists_of, monkeypatch, number, payroll_number, at_once
):
    monkeypatch.setattr(rest_lists, "_AT_ONCE", at_once)
    lists = rows()
    lists["employees"][1]["employeeNumber"] = number
    lists["employees"].reverse()
    lists["employees/employments"][1]["payrollId"] = payroll_number
    lists["employees/employments"].append(
        employment(4, OTHER_ADMINISTRATION, employee={"id": 5.5})
    )
    found = lists_of(lists)

    assert [tuple(one) for one in found.numbers] == [
        (one.employment_ref, one.person.employee_number, one.payroll_number)
        for one in found.employments.records
    ]
    assert len(found.told) == 3


def test_what_is_told_of_each_is_another_once_any_list_tells_another_of_it(lists_of):
    before = lists_of(rows()).told
    assert before.keys() == {ref("ed", number) for number in (1, 2, 3)}
    assert len(set(before.values())) == 3
    assert lists_of(rows()).told == before

    for name in rows():
        for spoil in ("change", "drop"):
            lists = rows()
            if spoil == "drop" and name in ("employees", "employees/employments"):
                continue
            if spoil == "drop":
                lists[name].pop(1)
            else:
                lists[name][1]["more"] = 5
            told = lists_of(lists).told
            other = {key for key in told if told[key] != before[key]}
            assert other == {ref("ed", 2)}, (name, spoil)


def test_what_is_told_is_not_known_while_anything_of_anybody_is_unclear(lists_of):
    for name, number, spoil in (
        ("employees/employments", 1, {"id": None}),
        ("employees/employments", 1, {"employee": {"id": 5.5}}),
        ("employees/employments", 1, {"payrollAdministration": 5}),
        ("employees", 1, {"id": None}),
        ("actualwages", 1, {"employmentId": None}),
    ):
        lists = rows()
        lists[name][number] |= spoil
        assert lists_of(lists).told is None, (name, spoil)


def test_what_is_told_of_another_administration_is_of_no_concern(lists_of):
    lists = rows()
    lists["employees/employments"][1] = employment(
        2, OTHER_ADMINISTRATION, employee={"id": 5.5}
    )
    found = lists_of(lists)
    assert found.told.keys() == {ref("ed", 1), ref("ed", 3)}
    assert found.employments.problems == ()


def test_a_list_that_changes_while_it_is_read_is_read_anew(loket, gateway_to_loket):
    lists = rows(4)
    serve(loket, lists)
    of_each = lists["employees/employments"]
    answers = [
        page(part, size=3, pages=2, current=number)
        for part, number in [
            (of_each[:2], 1),
            (of_each[2:3], 2),
            (of_each[1:3], 1),
            (of_each[3:], 2),
        ]
    ]
    answers[1]["totalSize"] = 4  # one was removed, and another one came
    loket.routes[f"{AT_EMPLOYER}/employees/employments"] = answers

    found = gateway_to_loket.lists(EMPLOYER, ADMINISTRATION)

    assert found.told.keys() == {ref("ed", number) for number in (2, 3, 4)}
    numbers = [one.payroll_number for one in found.employments.records]
    assert numbers == [2, 3, 4], "who was there in the first reading alone is not"


def test_of_who_has_yet_to_begin_the_first_day_adds_what_today_does_not_tell(
    loket, gateway_to_loket
):
    day = date.today() + timedelta(days=40)
    lists = rows(3)
    lists["employees/employments"][1]["startDate"] = day.isoformat()
    late = {"actualworkinghours": lists["actualworkinghours"][:2]}
    lists["actualworkinghours"].pop(1)
    serve(loket, lists)
    late["actualwages"] = [wage(2, grossWage=9999), wage(3, grossWage=9999)]
    late["actualorganizationalentities"] = []

    def answer(name):
        def of_day(fields):
            asked = fields.get("referenceDate")
            return page(late[name] if asked == [day.isoformat()] else lists[name])

        return of_day

    for name in late:
        loket.routes[f"{AT_EMPLOYER}/{name}"] = answer(name)

    found = gateway_to_loket.lists(EMPLOYER, ADMINISTRATION)

    _first, second, third = found.employments.records
    assert second.hours_per_week == 20, "which today's list does not have"
    assert second.wage == third.wage == Decimal("1200.25"), "what today's list has"
    assert len(found.told) == 3

    late["actualwages"] = [5]  # which is no list of that day
    found = gateway_to_loket.lists(EMPLOYER, ADMINISTRATION)
    _first, second, third = found.employments.records
    assert second.hours_per_week is None, "all of a day, or nothing"
    assert third.hours_per_week == 20
