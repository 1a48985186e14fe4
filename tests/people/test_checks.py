# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person has to look at: told once, and over when it is over."""

from odoo.addons.l10n_nl_loket.people.checks import (
    Check,
    data_checks,
    events_and_states,
    kept_checks,
    moved_check,
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
    assert not kept["hours"]["seen"]
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
    assert "40 hours" in data_checks({"hours"}, "40 hours")["hours"].text


def test_no_hours_are_told_and_unknown_ones_are_not():
    none = row_vals(job(1, hours_per_week=0))["snapshot"]
    unknown = row_vals(job(1))["snapshot"]
    on_call = row_vals(job(1, on_call=True))["snapshot"]
    assert parts_told(none) == {"hours"}
    assert parts_to_come(none) == "department,job,wage"
    assert parts_to_come(unknown) == "department,hours,job,wage"
    assert [hours_of(one) for one in (none, unknown, on_call)] == [0, None, 0]


def test_what_happened_stays_and_what_is_so_is_over_by_itself():
    checks = {"start": MOVED, "contract": HOURS, "country": HOURS}

    events, states = events_and_states(checks)

    assert list(events) == ["start"]
    assert list(states) == ["contract", "country"]


def test_a_unit_that_is_not_exactly_one_department_is_to_check():
    unit = {"distribution_unit": "20", "department_name": "Shop"}

    assert unit_check(unit, ["Shop"]) is None
    assert unit_check({"distribution_unit": None, "department_name": None}, []) is None
    assert unit_check(unit, []).key == "unit 20 Shop 0"
    assert "(20 Shop): North, South." in unit_check(unit, ["North", "South"]).text


def test_another_department_in_loket_is_to_check_by_what_loket_tells_of_it():
    check = moved_check({"distribution_unit": None, "department_name": "Shop"})
    none = moved_check({"distribution_unit": None, "department_name": None})

    assert check.key == "moved Shop"
    assert "(Shop)" in check.text
    assert none.key == "moved "
    assert "(-)" in none.text
