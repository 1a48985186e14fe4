# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept of whom: of those who are not imported, number and name only."""

from .known import Row, Values

#: What tells which employment it is; a number is no person.
NUMBERS = ("employee_ref", "employment_ref", "employee_number", "payroll_number")

#: What is not kept of whoever is not imported, and what a row has instead.
NOT_KEPT: Values = {
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


def of_not_imported(row: Row, vals: Values) -> Values:
    """What is kept of what Loket tells of somebody who is not imported.

    Of whoever was deleted in Odoo not the name either.

    :param vals: values of the row, as Loket tells
    """
    name = row.name if row.is_forgotten else vals["name"]
    kept = {key: vals[key] for key in NUMBERS}
    return {**vals, **NOT_KEPT, **kept, "name": name}
