# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a record of the gateway to values of Odoo. Pure: no environment needed.

The snapshot is what Loket told last, as JSON: it says later which fields Loket has
emptied, and carries what an employee needs that is added in a next session.
"""

from odoo import fields

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


def _plain(value):
    """JSON value of a date, Decimal or text; empty becomes None."""
    if value in (None, False, ""):
        return None
    if isinstance(value, int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def snapshot(employment):
    """All that Loket says of an employment, as a JSON object."""
    person = employment.person
    return {
        "name": person.display_name,
        **{key: _plain(getattr(person, key)) for key in SNAPSHOT_PERSON},
        **{key: _plain(getattr(employment, key)) for key in SNAPSHOT_EMPLOYMENT},
    }


def row_vals(employment):
    """Values of the loket.employee of an employment."""
    person, told = employment.person, snapshot(employment)
    return {
        "employee_ref": person.employee_ref,
        "employment_ref": employment.employment_ref,
        "employee_number": person.employee_number or False,
        "payroll_number": employment.payroll_number or 0,
        "name": told["name"],
        "birthday": person.birthday or False,
        "email": person.work_email or person.email or False,
        "department_name": employment.department_name or False,
        "start_date": employment.start_date or False,
        "end_date": employment.end_date or False,
        "contract_end_date": employment.contract_end or False,
        "shift": employment.shift or 0,
        "snapshot": told,
    }


def person_vals(told, before, countries):
    """Name, address and contact data for hr.employee.

    What Loket leaves empty is emptied in Odoo only when Loket had a value before:
    else linking a person would wipe what Loket never knew.

    :param told: the snapshot of now
    :param before: the snapshot of the run before, or {}
    :param countries: country code -> id
    """
    vals = {"name": told["name"]}
    for field, key in PERSON_FIELDS.items():
        if told[key] or before.get(key):
            vals[field] = told[key] or False
    if vals.get("birthday"):
        vals["birthday"] = fields.Date.to_date(vals["birthday"])
    if told["country_code"] in countries:
        vals["private_country_id"] = countries[told["country_code"]]
    elif before.get("country_code") and not told["country_code"]:
        vals["private_country_id"] = False
    return vals


def contract_vals(told):
    """Contract data that hr.employee gets once; without the many2ones."""
    if not told["start_date"]:
        return {}
    return {
        "contract_date_start": fields.Date.to_date(told["start_date"]),
        "contract_date_end": fields.Date.to_date(told["contract_end"]),
        "wage": float(told["wage"] or 0),
    }
