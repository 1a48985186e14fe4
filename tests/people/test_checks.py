# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person has to look at: told once, and over when it is over."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.l10n_nl_loket.people.checks import (
    Check,
    archived_check,
    country_check,
    data_checks,
    events_and_states,
    hourly_check,
    kept_checks,
    moved_check,
    start_check,
    unit_check,
)
from odoo.addons.l10n_nl_loket.people.snapshot import (
    hours_of,
    parts_to_come,
    parts_told,
    row_vals,
)

from .company import job

HOURS = Check("unknown 40", "Hours are not known.")
MOVED = Check("moved 20", "The department changed.")


def seen(kept):
    return {kind: {**entry, "seen": True} for kind, entry in kept.items()}


def test_it_is_told_once_as_long_as_it_is_the_same():
    kept = kept_checks({}, {"hours": HOURS}, states=True)
    assert kept == {
        "hours": {"key": "unknown 40", "text": "Hours are not known.", "seen": False}
    }
    again = kept_checks(seen(kept), {"hours": HOURS}, states=True)
    assert again["hours"]["seen"]
    other = HOURS._replace(key="unknown 36")
    assert not kept_checks(again, {"hours": other}, states=True)["hours"]["seen"]


def test_a_state_is_over_by_itself_and_an_event_is_not():
    kept = kept_checks({}, {"hours": HOURS, "department": MOVED}, states=True)
    assert list(kept_checks(kept, {}, states=True)) == ["department"]
    assert kept_checks(kept, {}, states=False) == kept


def test_what_loket_does_not_tell_yet_is_to_check():
    assert list(data_checks({"hours", "wage", "job"}, "40 hours")) == ["hours", "wage"]
    checks = data_checks({"hours", "wage"}, "40 hours")
    assert checks["hours"].key == "unknown 40 hours"
    assert "schedule 40 hours until" in checks["hours"].text
    assert checks["wage"].key == "unknown"
    assert "the wage in Odoo is 0 until" in checks["wage"].text
    assert "schedule - until" in data_checks({"hours"}, "")["hours"].text


def test_no_hours_are_told_and_unknown_ones_are_not():
    none = row_vals(job(1, hours_per_week=0))["snapshot"]
    unknown = row_vals(job(1))["snapshot"]
    on_call = row_vals(job(1, on_call=True))["snapshot"]
    assert parts_told(none) == {"hours"}
    assert parts_to_come(none) == "department,job,wage"
    assert parts_to_come(unknown) == "department,hours,job,wage"
    assert [hours_of(one) for one in (none, unknown, on_call)] == [0, None, 0]


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("hours", "hours_per_week", Decimal(36)),
        ("wage", "wage", Decimal(3000)),
        ("wage", "hourly_wage", Decimal(20)),
        ("job", "job_title", "Baker"),
        ("department", "department_name", "Shop"),
        ("department", "distribution_unit", "20"),
    ],
)
def test_one_fact_of_a_part_of_the_contract_is_enough(part, key, value):
    snapshot = row_vals(job(1, **{key: value}))["snapshot"]
    assert parts_told(snapshot) == {part}
    others = {"hours", "wage", "job", "department"} - {part}
    assert parts_to_come(snapshot) == ",".join(sorted(others))


def test_to_come_is_only_what_is_asked_for():
    told = row_vals(job(1, hours_per_week=36))["snapshot"]
    assert parts_to_come(told, {"hours", "wage", "job"}) == "job,wage"
    assert parts_to_come(told, {"hours"}) is None


def test_once_all_is_told_nothing_is_to_come():
    facts = {"hours_per_week": 36, "wage": 3000, "job_title": "Baker"}
    told = row_vals(job(1, department_name="Shop", **facts))["snapshot"]
    assert parts_to_come(told) is None


def test_what_happened_stays_and_what_is_so_is_over_by_itself():
    states = dict.fromkeys(("hours", "wage", "contract", "country"), HOURS)
    events = dict.fromkeys(("start", "department", "hourly", "archived"), MOVED)

    assert events_and_states(states | events) == (events, states)
    kept = kept_checks({}, states | events, states=True)
    assert kept_checks(kept, {}, states=True).keys() == events.keys()


def test_a_unit_that_is_not_exactly_one_department_is_to_check():
    unit = {"distribution_unit": "20", "department_name": "Shop"}

    assert unit_check(unit, ["Shop"]) is None
    assert unit_check({"distribution_unit": None, "department_name": None}, []) is None
    assert unit_check(unit, []).key == "unit 20 Shop 0"
    assert "(20 Shop). Map it" in unit_check(unit, []).text
    assert unit_check(unit, ["North", "South"]).key == "unit 20 Shop 2"
    assert "(20 Shop): North, South." in unit_check(unit, ["North", "South"]).text


def test_another_department_in_loket_is_to_check_by_what_loket_tells_of_it():
    check = moved_check({"distribution_unit": None, "department_name": "Shop"})
    none = moved_check({"distribution_unit": None, "department_name": None})

    assert check.key == "moved Shop"
    assert "(Shop)" in check.text
    assert none.key == "moved "
    assert "(-)" in none.text


def test_each_check_says_what_is_and_is_told_again_when_that_changes():
    assert hourly_check().key == "hourly"
    assert hourly_check().text.startswith("Paid by the hour in Loket")
    assert archived_check().key == "archived"
    assert archived_check().text.startswith("Archived in Odoo")
    assert country_check("AN").key == "AN"
    assert "the country with code AN." in country_check("AN").text


def test_a_start_that_moves_is_told_with_both_days():
    moved = start_check(date(2026, 2, 1), date(2026, 3, 31))
    gone = start_check(date(2026, 2, 1), None)

    assert moved.key == "2026-03-31"
    # Dates, which each reader has as they write dates.
    assert moved.text.values == {"old": date(2026, 2, 1), "new": date(2026, 3, 31)}
    assert gone.key == "None"
    assert gone.text.values == {"old": date(2026, 2, 1), "new": "-"}
