# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Loket told of an employment, and what of it goes where in Odoo.

The snapshot is what Loket told last, as JSON: it says later which fields Loket has
emptied, and carries what an employee needs who is added in a next session.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from ..gateway.records import Employment
from .address import REST_OF_ADDRESS, country_of, rest_of_address
from .contracts import leads
from .known import Change, Changes, Employee, Row, Snapshot, Values, text_of_parts

PERSON_FIELDS = {
    "private_street": "street",
    "private_zip": "zip",
    "private_city": "city",
    "private_email": "email",
    "private_phone": "phone",
    "birthday": "birthday",
    "sex": "gender",
}
"""Field of hr.employee -> key of the snapshot, for name and address data."""

FIELDS_WITH_A_KEY = {
    **PERSON_FIELDS,
    "private_street2": "location",
    "private_country_id": "country_code",
}
"""The same of all that Loket may empty, the rest of the address too."""

SNAPSHOT_PERSON = (
    "birthday",
    "city",
    "country_code",
    "email",
    "gender",
    "given_name",
    "last_names",
    "location",
    "phone",
    "street",
    "work_email",
    "work_phone",
    "zip",
)
SNAPSHOT_EMPLOYMENT = (
    "contract_end",
    "contract_type",
    "department_name",
    "distribution_unit",
    "end_date",
    "hourly_wage",
    "hours_per_week",
    "job_title",
    "on_call",
    "start_date",
    "wage",
)

CONTRACT_PARTS = {
    "hours": ("hours_per_week",),
    "wage": ("wage", "hourly_wage"),
    "job": ("job_title",),
    "department": ("department_name", "distribution_unit"),
}
"""Part of a new contract that is taken over once -> the keys of the snapshot, of which
any is enough."""

NEVER_EMPTY = frozenset({"gender"})
"""Keys that Loket always has a value of: none is a word that says nothing here."""

Naming = Callable[[str, str | None, str | None], Values]
"""Name, first name and last names -> the fields of hr.employee that keep them."""


def whole_name(name: str, _first_name: str | None, _last_names: str | None) -> Values:
    """A name as Odoo itself keeps it."""
    return {"name": name}


def name_fields(naming: Naming) -> frozenset[str]:
    """The fields of hr.employee that keep a name."""
    return frozenset({"name", "legal_name", *naming("", None, None)})


EMPLOYEE_FIELDS = (
    "name",
    "legal_name",
    "private_country_id",
    *REST_OF_ADDRESS,
    *PERSON_FIELDS,
)
"""The fields of hr.employee that a night may change; see also ``contracts``."""


def _json_value(value: Any) -> int | str | None:
    """JSON value of a date, Decimal or text; empty becomes None."""
    if value is None or value is False or value == "":
        return None  # but no hours at all are hours: Decimal(0) stays
    if isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def snapshot_of(employment: Employment) -> Values:
    """All that Loket says of an employment, as a JSON object."""
    person = employment.person
    return {
        "name": person.display_name,
        **{key: _json_value(getattr(person, key)) for key in SNAPSHOT_PERSON},
        **{key: _json_value(getattr(employment, key)) for key in SNAPSHOT_EMPLOYMENT},
    }


def row_vals(employment: Employment) -> Values:
    """Values of the loket.employee of an employment."""
    person, snapshot = employment.person, snapshot_of(employment)
    return {
        "employee_ref": person.employee_ref or None,
        "employment_ref": employment.employment_ref,
        "employee_number": person.employee_number or None,
        "payroll_number": employment.payroll_number or 0,
        "name": snapshot["name"],
        "birthday": person.birthday,
        "email": person.work_email or person.email or None,
        "department_name": employment.department_name or None,
        "start_date": employment.start_date,
        "end_date": employment.end_date,
        "contract_end_date": employment.contract_end,
        "shift": employment.shift or 0,
        "is_on_call": employment.on_call is True,
        "hours_by_loket": _hours_by_loket(employment),
        "snapshot": snapshot,
    }


def _hours_by_loket(employment: Employment) -> bool:
    """Whether Loket works out the hours; where it does not say: not of who is on call.

    Where that is not known either, nobody may take it that Loket pays these hours.
    """
    if employment.calculates_hours is None:
        return employment.on_call is False
    return employment.calculates_hours


def person_vals(
    snapshot: Snapshot,
    countries: Mapping[str, int],
    naming: Naming = whole_name,
) -> Values:
    """Name, address and contact data for a new hr.employee.

    :param snapshot: what Loket tells
    :param countries: country code -> id
    :param naming: which fields keep the name
    """
    vals = _names(snapshot, naming) | _told_vals(snapshot, {})
    vals["private_street2"] = snapshot.get("location")
    vals["private_country_id"] = country_of(snapshot, countries)
    return vals


def _names(snapshot: Snapshot, naming: Naming) -> Values:
    """The fields that keep the name, filled in."""
    return naming(
        snapshot["name"], snapshot.get("given_name"), snapshot.get("last_names")
    )


def _told_vals(snapshot: Snapshot, before: Snapshot) -> Values:
    """Values of the fields that each have a key of their own.

    What Loket leaves empty is emptied in Odoo only when Loket had a value before:
    else linking a person would wipe what Loket never knew.

    :param snapshot: what Loket tells now
    :param before: what was taken over last, or {}
    """
    vals: Values = {}
    for name, key in PERSON_FIELDS.items():
        if snapshot[key] or (before.get(key) and key not in NEVER_EMPTY):
            vals[name] = snapshot[key] or None
    if vals.get("birthday"):
        vals["birthday"] = _date(vals["birthday"])
    return vals


def person_changes(
    row: Row,
    links: Iterable[Row],
    employee: Employee,
    snapshot: Snapshot,
    before: Snapshot,
    countries: Mapping[str, int],
    naming: Naming = whole_name,
) -> Changes:
    """What name, address and contact data of an employee lack.

    :param row: the employment that tells it
    :param links: all employments that tell about this employee
    :param snapshot: what Loket tells now of ``row``
    :param before: what was taken over last, or {}
    """
    if not leads(row, links):
        return {}
    names = _names(snapshot, naming)
    parts = {name: value for name, value in names.items() if name != "name"}
    if parts and not _differences(parts, employee):
        names = {}  # the name is made of its parts, in an order of Odoo's own
    changes = _differences(names | _told_vals(snapshot, before), employee)
    rest = rest_of_address(snapshot, before, changes, employee, countries)
    changes |= _differences(rest, employee)
    if "name" in changes and employee.values["legal_name"] == employee.values["name"]:
        changes |= _differences({"legal_name": names["name"]}, employee)
    return changes


def taken_before(
    before: Snapshot,
    others: Iterable[Row],
    employee: Employee,
    countries: Mapping[str, int],
) -> Snapshot:
    """What was taken over last of a person, by whichever employment told it.

    Who goes over to another administration is told by another employment from then on.
    What that one never had, and Odoo still has of the other one, is emptied in Loket.

    :param before: what was taken over last of the employment that tells now, or {}
    :param others: all that were linked to the employee, as they were before tonight
    """
    taken = dict(before)
    for other in others:
        for name, key in FIELDS_WITH_A_KEY.items():
            told = (other.snapshot or {}).get(key)
            if told and not taken.get(key):
                value = employee.values.get(name)
                is_ours = value == _value_of(key, told, countries)
                taken[key] = told if is_ours else None
    return taken


def _value_of(key: str, told: str, countries: Mapping[str, int]) -> Any:
    """What an employee has of what a snapshot tells."""
    if key == "birthday":
        return _date(told)
    return country_of({key: told}, countries) if key == "country_code" else told


def not_yet_emptied(snapshot: Snapshot, before: Snapshot) -> Snapshot:
    """What Loket tells, with what it emptied while another employment told the person.

    It is not forgotten: that one may end, before Odoo has emptied it.
    """
    emptied = {
        key: before[key]
        for key in FIELDS_WITH_A_KEY.values()
        if before.get(key) and not snapshot.get(key)
    }
    return {**snapshot, **emptied}


def _differences(vals: Values, employee: Employee) -> Changes:
    return {
        name: Change(employee.values[name], new)
        for name, new in vals.items()
        if (employee.values[name] or None) != (new or None)
    }


def contract_dates(snapshot: Snapshot) -> Values:
    """Start and end of a new contract, as Loket tells."""
    if not snapshot["start_date"]:
        return {}
    return {
        "contract_date_start": _date(snapshot["start_date"]),
        "contract_date_end": _date(snapshot["contract_end"]),
    }


def place_of(snapshot: Snapshot) -> tuple[str | None, str | None]:
    """The name of the department that Loket tells, and the code of its unit."""
    return snapshot.get("department_name"), snapshot.get("distribution_unit")


def with_dates_of(snapshot: Snapshot, before: Snapshot) -> Snapshot:
    """What Loket tells, with the dates of the contract as they were taken over last."""
    dates = ("start_date", "end_date", "contract_end")
    return {**snapshot, **{key: before.get(key) for key in dates}}


def parts_told(snapshot: Snapshot) -> set[str]:
    """The parts of a contract of which Loket tells something."""
    return {
        part
        for part, keys in CONTRACT_PARTS.items()
        if any(snapshot.get(key) is not None for key in keys)
    }


def parts_to_come(
    snapshot: Snapshot, parts: AbstractSet[str] = CONTRACT_PARTS.keys()
) -> str | None:
    """What of these parts Loket has not told yet, as a row keeps it.

    :param parts: those that a new contract takes over, by default all
    """
    return text_of_parts(parts - parts_told(snapshot))


def hours_of(snapshot: Snapshot) -> float | None:
    """The hours a week of the contract; None: Loket does not tell.

    Whoever works on call has none that are fixed.
    """
    hours = snapshot["hours_per_week"]
    if hours is None:
        return 0.0 if snapshot.get("on_call") else None
    return float(hours)
