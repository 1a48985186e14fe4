# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Loket told of an employment, and what a new employee gets of it."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.people.snapshot import (
    contract_dates,
    hours_of,
    name_fields,
    not_yet_emptied,
    person_changes,
    person_vals,
    row_vals,
    snapshot_of,
    taken_before,
    whole_name,
    with_dates_of,
)

from .company import START, employee, job, row

COUNTRIES = {"NL": 31, "BE": 32}
END = date(2026, 6, 30)
PERSON = {
    "first_name": "Jan",
    "last_name": "Bakker",
    "birthday": date(1980, 1, 2),
    "gender": "male",
    "street": "Dorpsstraat 1",
    "zip": "1234 AB",
    "city": "Utrecht",
    "location": "Toren",
    "country_code": "be",
    "email": "jan@thuis.example",
    "work_email": "jan@werk.example",
    "phone": "030 1234567",
    "work_phone": "030 7654321",
    "employee_number": "77",
}
EMPLOYMENT = {
    "payroll_number": 7,
    "start_date": START,
    "end_date": END,
    "contract_type": "temporary",
    "appointed_until": date(2026, 3, 31),
    "department_name": "Winkel",
    "distribution_unit": "10",
    "job_title": "Bakker",
    "hours_per_week": Decimal("36.5"),
    "wage": Decimal(3000),
    "hourly_wage": Decimal("18.25"),
    "on_call": True,
    "shift": 3,
}


def whole_job():
    """An employment of which Loket tells everything."""
    return job(1, PERSON, **EMPLOYMENT)


def holds(vals, expected):
    """More may be told later; of what is expected all is there."""
    return {key: vals[key] for key in expected} == expected


def test_all_that_loket_tells_is_kept_as_json():
    told = whole_job()
    assert holds(
        snapshot_of(told),
        {
            "name": "Jan Bakker",
            "birthday": "1980-01-02",
            "city": "Utrecht",
            "country_code": "be",
            "email": "jan@thuis.example",
            "gender": "male",
            "given_name": "Jan",
            "last_names": "Bakker",
            "location": "Toren",
            "phone": "030 1234567",
            "street": "Dorpsstraat 1",
            "work_email": "jan@werk.example",
            "work_phone": "030 7654321",
            "zip": "1234 AB",
            "contract_end": "2026-06-30",
            "contract_type": "temporary",
            "department_name": "Winkel",
            "distribution_unit": "10",
            "end_date": "2026-06-30",
            "hourly_wage": "18.25",
            "hours_per_week": "36.5",
            "job_title": "Bakker",
            "on_call": True,
            "start_date": "2024-03-01",
            "wage": "3000",
        },
    )


def test_empty_is_nothing_but_zero_and_no_are_told():
    snapshot = snapshot_of(job(1, {"city": ""}, hours_per_week=Decimal(0), wage=0))
    assert snapshot["city"] is None
    assert snapshot["hours_per_week"] == "0"
    assert snapshot["wage"] == 0
    assert snapshot["job_title"] is None


def test_a_row_keeps_what_a_person_looks_at_or_searches():
    told = whole_job()
    assert holds(
        row_vals(told),
        {
            "employee_ref": "person-1",
            "employment_ref": "job-1",
            "employee_number": "77",
            "payroll_number": 7,
            "name": "Jan Bakker",
            "birthday": date(1980, 1, 2),
            "email": "jan@werk.example",
            "department_name": "Winkel",
            "start_date": START,
            "end_date": END,
            "contract_end_date": END,
            "shift": 3,
            "snapshot": snapshot_of(told),
        },
    )


def test_what_loket_does_not_tell_is_empty_on_a_row():
    vals = row_vals(job(1, {"employee_ref": ""}, payroll_number=None))
    assert vals["employee_ref"] is None
    assert vals["employee_number"] is None
    assert vals["payroll_number"] == 0
    assert vals["email"] is None
    assert vals["department_name"] is None
    assert vals["shift"] == 0
    assert row_vals(job(1, {"email": "jan@thuis.example"}))["email"] == (
        "jan@thuis.example"
    )


def test_who_is_new_gets_name_address_and_contact_data():
    told = whole_job()
    assert person_vals(snapshot_of(told), COUNTRIES) == {
        "name": "Jan Bakker",
        "private_street": "Dorpsstraat 1",
        "private_street2": "Toren",
        "private_zip": "1234 AB",
        "private_city": "Utrecht",
        "private_country_id": 32,
        "private_email": "jan@thuis.example",
        "private_phone": "030 1234567",
        "birthday": date(1980, 1, 2),
        "sex": "male",
    }


def test_what_loket_never_knew_of_who_is_new_is_not_emptied():
    vals = person_vals(snapshot_of(job(1, {"country_code": None})), COUNTRIES)
    assert "private_email" not in vals
    assert vals["private_street2"] is None
    assert vals["private_country_id"] is None


def test_a_name_is_kept_where_this_odoo_keeps_it():
    def naming(name, first_name, last_names):
        return {"name": name, "firstname": first_name, "lastname": last_names}

    told = whole_job()
    vals = person_vals(snapshot_of(told), COUNTRIES, naming)
    assert vals["firstname"] == "Jan"
    assert vals["lastname"] == "Bakker"
    assert whole_name("Jan Bakker", "Jan", "Bakker") == {"name": "Jan Bakker"}


def test_the_fields_of_a_name_are_those_of_odoo_and_of_this_one():
    def naming(_name, first_name, last_names):
        return {"firstname": first_name, "lastname": last_names}

    assert name_fields(whole_name) == {"name", "legal_name"}
    assert name_fields(naming) == {"name", "legal_name", "firstname", "lastname"}


@pytest.mark.parametrize(
    ("on_call", "calculates", "is_on_call", "hours_by_loket"),
    [
        (None, None, False, False),
        (False, None, False, True),
        (True, None, True, False),
        (True, True, True, True),
        (None, True, False, True),
        (False, False, False, False),
    ],
)
def test_that_loket_pays_the_hours_is_known_or_of_who_is_not_on_call(
    on_call, calculates, is_on_call, hours_by_loket
):
    vals = row_vals(job(1, on_call=on_call, calculates_hours=calculates))
    assert (vals["is_on_call"], vals["hours_by_loket"]) == (is_on_call, hours_by_loket)


@pytest.mark.parametrize(
    ("values", "dates"),
    [
        ({}, {"contract_date_start": START, "contract_date_end": None}),
        (
            {"end_date": END},
            {"contract_date_start": START, "contract_date_end": END},
        ),
        ({"start_date": None, "end_date": END}, {}),
    ],
)
def test_a_contract_has_an_end_only_with_a_start(values, dates):
    assert contract_dates(snapshot_of(job(1, **values))) == dates


@pytest.mark.parametrize(
    ("values", "hours"),
    [
        ({"hours_per_week": Decimal("36.5")}, 36.5),
        ({"hours_per_week": Decimal(0)}, 0),
        ({"hours_per_week": Decimal(8), "on_call": True}, 8),
        ({"on_call": True}, 0),
        ({"on_call": False}, None),
        ({}, None),
    ],
)
def test_the_hours_of_a_contract_are_known_none_or_on_call(values, hours):
    assert hours_of(snapshot_of(job(1, **values))) == hours


def test_the_dates_of_a_contract_stay_as_they_were_taken_over():
    now, before = snapshot_of(whole_job()), snapshot_of(job(1))
    kept = with_dates_of(now, before)
    assert {key for key in now if kept[key] != now[key]} == {
        "end_date",
        "contract_end",
    }
    assert kept["end_date"] is None and kept["contract_end"] is None
    assert with_dates_of(before, now)["contract_end"] == "2026-06-30"
    assert with_dates_of(before, {})["start_date"] is None


# === WHAT ANOTHER EMPLOYMENT TOOK OVER === #


@pytest.mark.parametrize(
    ("key", "told", "field", "value", "other"),
    [
        ("birthday", "1980-01-01", "birthday", date(1980, 1, 1), date(1980, 1, 2)),
        ("country_code", "NL", "private_country_id", 31, 32),
        ("street", "Dorpsstraat 1", "private_street", "Dorpsstraat 1", "Kerkstraat 2"),
        ("location", "Toren", "private_street2", "Toren", None),
    ],
)
def test_what_another_employment_told_is_ours_while_odoo_has_it(
    key, told, field, value, other
):
    before = [row(1, told=job(1, {"location": "Toren"}))]
    same, changed = (employee(1, **{field: has}) for has in (value, other))
    assert taken_before({}, before, same, COUNTRIES)[key] == told
    assert taken_before({}, before, changed, COUNTRIES)[key] is None


def test_a_word_for_the_gender_that_says_nothing_empties_nothing():
    before = {"gender": "male", "phone": "06 1"}
    now = row(2, told=job(2, {"gender": None, "phone": None}))
    someone = employee(1, sex="male", private_phone="06 1")
    changes = person_changes(now, [now], someone, now.snapshot, before, COUNTRIES)
    assert "sex" not in changes
    assert changes["private_phone"].new is None


def test_what_an_employment_took_over_itself_goes_before_what_others_did():
    others = [row(2, told=job(2, {"phone": "06 1"})), row(3, snapshot=None)]
    someone = employee(1, private_phone="06 1")
    own = taken_before({"phone": "06 2"}, others, someone, COUNTRIES)
    assert own["phone"] == "06 2"
    taken = taken_before({"phone": None}, others, someone, COUNTRIES)
    assert taken["phone"] == "06 1"
    assert "email" not in taken


@pytest.mark.parametrize(
    "key", ["street", "zip", "city", "location", "country_code", "phone", "birthday"]
)
def test_what_loket_emptied_is_not_forgotten_before_odoo_has_emptied_it(key):
    before = {"street": None, "job_title": "Bakker", key: "old"}
    assert not_yet_emptied({key: None, "job_title": None}, before)[key] == "old"
    assert not_yet_emptied({key: "new"}, before)[key] == "new"
    assert not_yet_emptied({key: None}, {key: ""}) == {key: None}
    assert not_yet_emptied({"job_title": None}, before)["job_title"] is None
    assert key not in not_yet_emptied({}, {})
