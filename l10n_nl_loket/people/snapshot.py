# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Loket told of an employment, and what of it goes where in Odoo.

The snapshot is what Loket told last, as JSON: it says later which fields Loket has
emptied, and carries what an employee needs who is added in a next session.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..gateway.records import Employment
from .contracts import leading
from .known import Change, Changes, Employee, Row, Snapshot, Values

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

SNAPSHOT_PERSON = (
    "birthday",
    "city",
    "country_code",
    "email",
    "gender",
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
    "hours_per_week",
    "job_title",
    "start_date",
    "wage",
)

ADDRESS = {"private_street", "private_zip", "private_city"}
REST_OF_ADDRESS = ("private_street2", "private_state_id")
"""Parts of an address that Loket doesn't know: of the old one, once it is replaced."""

EMPLOYEE_FIELDS = (
    "name",
    "legal_name",
    "private_country_id",
    *REST_OF_ADDRESS,
    *PERSON_FIELDS,
)
"""The fields of hr.employee that a night may change; see also ``contracts``."""


def _plain(value: Any) -> int | str | None:
    """JSON value of a date, Decimal or text; empty becomes None."""
    if value in (None, False, ""):
        return None
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
        **{key: _plain(getattr(person, key)) for key in SNAPSHOT_PERSON},
        **{key: _plain(getattr(employment, key)) for key in SNAPSHOT_EMPLOYMENT},
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
        "snapshot": snapshot,
    }


def person_vals(
    snapshot: Snapshot, before: Snapshot, countries: Mapping[str, int]
) -> Values:
    """Name, address and contact data for hr.employee.

    What Loket leaves empty is emptied in Odoo only when Loket had a value before:
    else linking a person would wipe what Loket never knew.

    :param snapshot: what Loket tells now
    :param before: what was taken over last, or {}
    :param countries: country code -> id
    """
    vals: Values = {"name": snapshot["name"]}
    for name, key in PERSON_FIELDS.items():
        if snapshot[key] or before.get(key):
            vals[name] = snapshot[key] or None
    if vals.get("birthday"):
        vals["birthday"] = _date(vals["birthday"])
    if snapshot["country_code"] in countries:
        vals["private_country_id"] = countries[snapshot["country_code"]]
    elif before.get("country_code") and not snapshot["country_code"]:
        vals["private_country_id"] = None
    return vals


def person_changes(
    row: Row,
    links: Iterable[Row],
    employee: Employee,
    snapshot: Snapshot,
    before: Snapshot,
    countries: Mapping[str, int],
) -> Changes:
    """What name, address and contact data of an employee lack.

    :param row: the employment that tells it
    :param links: all employments that tell about this employee
    :param snapshot: what Loket tells now of ``row``
    :param before: what was taken over last, or {}
    """
    if (leading(links) or row).id != row.id:
        return {}
    vals = person_vals(snapshot, before, countries)
    changes = _differences(vals, employee)
    if not ADDRESS.isdisjoint(changes):
        changes |= _differences(dict.fromkeys(REST_OF_ADDRESS), employee)
    if "name" in changes and employee.values["legal_name"] == employee.values["name"]:
        changes |= _differences({"legal_name": vals["name"]}, employee)
    return changes


def _differences(vals: Values, employee: Employee) -> Changes:
    return {
        name: Change(employee.values[name], new)
        for name, new in vals.items()
        if (employee.values[name] or None) != (new or None)
    }


def contract_vals(snapshot: Snapshot) -> Values:
    """Contract data that hr.employee gets once, without the many2ones.

    The wage is in euros a month.
    """
    if not snapshot["start_date"]:
        return {}
    return {
        "contract_date_start": _date(snapshot["start_date"]),
        "contract_date_end": _date(snapshot["contract_end"]),
        "wage": float(snapshot["wage"] or 0),
    }
