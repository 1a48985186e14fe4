# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept of who is not imported: number and name, and in the end no name."""

import pytest

from odoo.addons.l10n_nl_loket.people.privacy import of_not_imported
from odoo.addons.l10n_nl_loket.people.snapshot import row_vals

from .company import job, night, row

NOTHING = {
    "birthday": None,
    "contract_end_date": None,
    "department_name": None,
    "email": None,
    "end_date": None,
    "hours_by_loket": False,
    "is_on_call": False,
    "shift": 0,
    "shifts": None,
    "snapshot": None,
    "start_date": None,
}
NUMBERS = ("employee_ref", "employment_ref", "employee_number", "payroll_number")


def told():
    return row_vals(job(7, {"email": "jan@voorbeeld.example"}, shift=3))


@pytest.mark.parametrize(
    ("is_forgotten", "name"), [(False, "Jan7 Bakker"), (True, "-")]
)
def test_numbers_are_kept_and_the_name_of_who_was_not_deleted(is_forgotten, name):
    vals = told()
    ignored = row(7, decision="ignore", is_forgotten=is_forgotten, name="-")
    kept = of_not_imported(ignored, vals)
    assert {key: kept[key] for key in NUMBERS} == {key: vals[key] for key in NUMBERS}
    assert kept["name"] == name
    assert {key: kept[key] for key in NOTHING} == NOTHING


def test_a_night_empties_what_was_kept_and_does_not_tell_of_it():
    (planned,) = night([job(7, shift=3)], [row(7, decision="ignore", shift=4)]).rows
    for name in ("birthday", "start_date", "snapshot"):
        assert planned.vals[name] is None
    assert planned.vals["shift"] == 0
    assert not set(planned.row_changes) & set(NOTHING)


def test_of_who_is_imported_or_not_decided_on_all_is_kept():
    (planned,) = night([job(7, shift=3)], [row(7, shift=4)]).rows
    assert planned.vals["shift"] == 3
    assert "birthday" not in planned.vals


def test_a_new_name_of_who_is_not_imported_is_told():
    other = job(7, {"first_name": "Johannes"})
    (planned,) = night([other], [row(7, decision="ignore")]).rows
    assert planned.vals["name"] == "Johannes Bakker"
    assert planned.row_changes["name"].new == "Johannes Bakker"
